"""Text → tokens: what is found whole, what meets, what is left out."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.tokeniser import analyse, bigrams, identity, words


def test_particles_auxiliaries_and_symbols_are_left_out() -> None:
    assert words("ガラス基板の、検査を！") == ["ガラス", "基板", "検査"]


def test_words_are_normalised_so_that_spellings_meet() -> None:
    assert words("打ち込み") == words("打込み")
    assert words("半導體") == words("半導体")


def test_words_keep_their_order_and_repetitions() -> None:
    assert words("検査と検査") == ["検査", "検査"]


@pytest.mark.parametrize(
    "spelling", ["AB-1234", "ＡＢ－１２３４", "ab1234", "AB‐1234", "AB_1234", "AB.1234", "AB/1234"]
)
def test_a_part_number_survives_whole_however_it_is_separated(spelling: str) -> None:
    assert "ab1234" in words(f"型番{spelling}の在庫")


@pytest.mark.parametrize("spelling", ["JIS B 0601", "JISB0601", "ＪＩＳ　Ｂ０６０１", "jis b-0601"])
def test_a_standard_survives_whole_however_it_is_spaced(spelling: str) -> None:
    assert "jisb0601" in words(f"{spelling}による測定")


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("ISO 9001:2015を取得", "iso90012015"),
        ("ISO/IEC 17025", "iec17025"),
        ("法人番号7000012050002です", "7000012050002"),
        ("C++とC#", "c++"),
        ("C++とC#", "c#"),
        ("Li-ion電池", "liion"),
        ("MT-300X型", "mt300x"),
    ],
)
def test_names_with_digits_or_signs_survive_whole(text: str, token: str) -> None:
    assert token in words(text)


def test_a_number_that_is_already_one_word_is_not_counted_twice() -> None:
    assert words("7000012050002") == ["7000012050002"]


def test_a_latin_letter_alone_is_no_part_number() -> None:
    assert words("BとC") == ["b", "c"]


def test_english_particles_are_left_out_but_not_the_field_of_it() -> None:
    assert words("the use of IT for B") == ["use", "it", "b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("yeast", "east"), ("bus", "bath"), ("hall", "hole"), ("light", "right"), ("roll", "role")],
)
def test_english_words_that_katakana_spells_alike_are_different_words(one: str, other: str) -> None:
    assert words(other) == [other]
    assert words(one) != words(other)


def test_conjunctions_are_no_words() -> None:
    assert words("印刷および製本、または梱包") == words("印刷、製本、梱包")


def test_english_words_meet_the_katakana_that_means_them() -> None:
    assert words("laser sheet") == words("レーザー シート")
    assert words("yeast") == words("イースト")


def test_english_plurals_meet_the_singular_and_abbreviations_stay_whole() -> None:
    assert (
        words("lasers, lenses, batteries")
        == words("レーザー レンズ バッテリー")
        == words("laser lens battery")
    )
    for abbreviation in ("cmos", "pfas", "caes", "hems", "leds"):
        assert words(abbreviation) == [abbreviation]
    assert words("gas and its analysis") == ["ガス", *words("its"), *words("analysis")]


def test_bigrams_overlap_within_a_run_of_letters_only() -> None:
    assert bigrams("半導体、検査") == ["半導", "導体", "検査"]


def test_bigrams_of_two_hiragana_are_left_out() -> None:
    assert bigrams("探しています") == ["探し"]


def test_a_single_character_is_its_own_bigram() -> None:
    assert bigrams("銅") == ["銅"]


@pytest.mark.parametrize("nothing", ["", " ", "　", "、。！", "\n\t"])
def test_a_text_without_letters_has_no_tokens(nothing: str) -> None:
    assert words(nothing) == bigrams(nothing) == []


def test_every_token_tells_the_piece_of_text_it_was_read_from() -> None:
    read = {word.token: word.surface for word in analyse("ＭＴ－３００Ｘの粗さ")}
    assert read["mt300x"] == "mt-300x"
    assert read["粗い"] == "粗"


def test_a_text_longer_than_sudachi_takes_at_once_is_read_in_full() -> None:
    sentence = "ガラス基板の検査。"
    n = 70_000 // len(sentence)
    assert words(sentence * n) == words(sentence) * n


def test_a_long_text_without_a_place_to_cut_is_read_all_the_same() -> None:
    assert "".join(word.surface for word in analyse("銅" * 60_000)) == "銅" * 60_000


def test_many_threads_may_tokenise_at_once() -> None:
    text = "ガラス基板の欠陥検査ができる相手を探しています" * 20
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(words, [text] * 40))
    assert read == [words(text)] * 40


def test_the_identity_names_what_the_tokens_depend_on() -> None:
    assert identity() == identity()
    assert "sudachi" in identity()
