"""The operator's list of synonyms in its file: adding, taking away, importing, and several at once."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from corpus import bundled
from corpus.errors import UnreadableFileError
from index.lexicon import key
from index.tokeniser import spoken_words
from matchbot.synonyms import Synonyms, read_meanings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "synonyms.txt"


def test_a_meaning_is_added_once_however_it_is_written(file: Path) -> None:
    synonyms = Synonyms(file)
    assert synonyms.add([["歯切り", "gear hobbing"], ["Gear  Hobbing", "歯切り"], ["一語"]]) == 1
    assert synonyms.add([["歯切り", "gear hobbing"]]) == 0
    assert Synonyms(file).meanings() == [("歯切り", "gear hobbing")]


def test_what_is_taken_away_is_gone_and_the_rest_stays(file: Path) -> None:
    synonyms = Synonyms(file)
    synonyms.add([["歯切り", "gear hobbing"], ["絞り", "deep drawing"]])
    assert synonyms.remove("Gear hobbing") == 1
    assert synonyms.remove("gear hobbing") == 0
    assert synonyms.meanings() == [("絞り", "deep drawing")]


def test_a_list_that_was_imported_can_be_taken_back_as_a_whole(file: Path) -> None:
    synonyms = Synonyms(file)
    synonyms.add([["歯切り", "gear hobbing"], ["絞り", "deep drawing"], ["曲げ", "bending"]])
    assert (
        synonyms.take_back([["deep  drawing", "絞り"], ["歯切り", "gear hobbing"], ["研磨", "polishing"]])
        == 2
    )
    assert synonyms.meanings() == [("曲げ", "bending")]


def test_a_search_knows_the_list_as_it_is_now_and_the_terms_that_ship(file: Path) -> None:
    one, other = Synonyms(file), Synonyms(file)
    assert one.lexicon().others("歯切り") == ()
    assert one.lexicon() is one.lexicon()
    other.add([["歯切り", "gear hobbing"]])
    assert one.lexicon().others("歯切り") == ("gear hobbing",)
    assert one.lexicon().others("thin film") == ("薄膜",)


def test_a_meaning_on_trial_is_not_kept(file: Path) -> None:
    synonyms = Synonyms(file)
    assert synonyms.lexicon(["歯切り", "gear hobbing"]).others("歯切り") == ("gear hobbing",)
    assert synonyms.lexicon().others("歯切り") == ()


def test_no_addition_is_lost_where_several_add_at_once(file: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(partial(_add, file), range(24)))
    assert sorted(Synonyms(file).meanings()) == sorted((f"語{n}", f"word{n}") for n in range(24))


def _add(file: Path, n: int) -> None:
    Synonyms(file).add([[f"語{n}", f"word{n}"]])


def test_lists_are_read_from_lines_and_from_groups(tmp_path: Path) -> None:
    lines, groups = tmp_path / "lines.txt", tmp_path / "groups.csv"
    lines.write_text("# ours\n歯切り|gear hobbing\n\n絞り | deep drawing\n", "utf-8")
    groups.write_text("group,field,surface\n1,(),曖昧\n1,(),あいまい\n2,(),一つだけ\n", "utf-8")
    assert read_meanings(lines) == [("歯切り", "gear hobbing"), ("絞り", "deep drawing")]
    assert read_meanings(groups) == [("曖昧", "あいまい")]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", "見出しだけ\n".encode()])
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError):
        read_meanings(file)
    with pytest.raises(UnreadableFileError):
        read_meanings(tmp_path / "missing.txt")


def test_the_open_synonyms_of_sudachi_can_be_imported(file: Path, shared: Path) -> None:
    synonyms = Synonyms(file)
    assert synonyms.add(read_meanings(shared / "data" / "sudachi_synonyms.csv")) > 10_000
    assert "あいまい" in synonyms.lexicon().others("曖昧")


def test_the_terms_that_ship_name_each_meaning_in_both_languages_and_no_word_twice() -> None:
    for meaning in bundled.terms():
        assert len(set(map(key, meaning))) == len(meaning), meaning
        assert any(word.isascii() for word in meaning), meaning


def test_every_everyday_way_to_say_something_that_ships_holds_words_to_find_it_by() -> None:
    told = bundled.everyday()
    assert any(not terms for terms, _ in told)
    for terms, ways in told:
        assert ways, terms
        assert all(spoken_words(way) for way in ways), ways
        assert not set(terms) & set(ways), terms
    empty = {word for terms, ways in told if not terms for way in ways for word in spoken_words(way)}
    single = [way for terms, ways in told if terms for way in ways if len(spoken_words(way)) == 1]
    assert [way for way in single if spoken_words(way)[0] in empty] == []


def test_a_need_in_everyday_words_finds_the_words_of_the_trade(file: Path) -> None:
    told = {other for term in Synonyms(file).lexicon().everyday("部品がすぐさびる") for other in term.others}
    assert {"腐食", "防錆"} <= told
