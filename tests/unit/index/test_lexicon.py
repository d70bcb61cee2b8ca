"""Words of the same meaning: how terms are found in a text, and what stands for them."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.hybrid import Query
from index.lexicon import Lexicon, Term, key, without
from index.tokeniser import words

FIELDS = Lexicon().with_translations(
    [
        ("薄膜", "thin film"),
        ("膜", "film"),
        ("再生可能エネルギー", "再エネ", "renewable energy"),
        ("炉", "of"),
    ]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thin Films", "thin film"),
        ("thin-film", "thin film"),
        ("optical fibres", "Optical Fiber"),
        ("standardisation", "standardization"),
        ("ｐｈｏｔｏｖｏｌｔａｉｃｓ", "photovoltaic"),
    ],
)
def test_spellings_of_a_term_meet(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_words_have_the_same_stems_in_many_threads_at_once() -> None:
    terms = [f"{word}{letter}{ending}" for word in ("inspec", "coat", "measur", "crystalli")
             for letter in "abcdefgh" for ending in ("tions", "ational", "ings", "iveness")]  # fmt: skip
    one_by_one = list(map(key, terms))
    key.cache_clear()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            at_once = list(threads.map(key, terms * 4))
    finally:
        sys.setswitchinterval(before)
    assert at_once == one_by_one * 4


def test_the_longest_term_is_taken_and_none_within_it() -> None:
    assert list(FIELDS.terms("Coating of thin films")) == [Term("thin films", ("薄膜",))]
    assert list(FIELDS.terms("金属の薄膜")) == [Term("薄膜", ("thin film",))]


def test_particles_are_no_terms() -> None:
    assert list(FIELDS.terms("evaluation of it")) == []


def test_a_term_ends_where_its_words_do() -> None:
    assert list(FIELDS.terms("filmmaker")) == []


def test_translations_stand_for_the_other_language_only() -> None:
    assert FIELDS.others("再エネ") == ("renewable energy",)
    assert FIELDS.others("renewable energy") == ("再生可能エネルギー", "再エネ")


def test_synonyms_stand_for_each_other_and_come_first() -> None:
    lexicon = Lexicon().with_synonyms([("薄膜", "うすい膜")]).with_translations([("薄膜", "thin film")])
    assert lexicon.others("薄膜") == ("うすい膜", "thin film")
    assert lexicon.others("うすい膜") == ("薄膜",)


def test_what_a_text_says_besides_its_terms() -> None:
    text = "Campylobacter on thin films"
    assert without(text, FIELDS.terms(text)).split() == ["campylobacter", "on"]


def test_a_need_in_english_is_searched_in_japanese_with_the_names_it_holds() -> None:
    query = Query.read("KUMADAI thin films", None, FIELDS)
    assert query.words == ["薄膜", "kumadai"]
    assert query.bigrams == ["薄膜"]
    assert query.related == words("thin film")


def test_a_need_in_japanese_stays_and_finds_who_writes_english() -> None:
    query = Query.read("薄膜の評価", None, FIELDS)
    assert query.words == ["薄膜", "評価"]
    assert query.related == words("thin film")


def test_without_known_terms_a_query_is_what_it_says() -> None:
    assert Query.read("deposition", None, FIELDS) == Query.read("deposition", None)


EVERYDAY = Lexicon().with_everyday(
    [
        (("導電", "電極"), ("電気を通す", "電気が流れる")),
        (("電力",), ("電気",)),
        (("切断",), ("切る",)),
        ((), ("困る", "知る", "ところ")),
    ]
)


@pytest.mark.parametrize(
    "said", ["電気を通すシート", "電気もよく通したい", "電気が少しでも通れば", "シートに電気が、流れない"]
)
def test_what_is_said_in_everyday_words_is_known_whatever_its_endings(said: str) -> None:
    known = [term for term in EVERYDAY.everyday(said) if "導電" in term.others]
    assert bool(known) is ("通れ" not in said)  # 通る is another verb than 通す


def test_of_two_ways_to_say_something_the_one_counts_that_takes_more_words() -> None:
    assert EVERYDAY.everyday("電気を通す") == [Term("電気を通す", ("導電", "電極"))]
    assert EVERYDAY.everyday("電気をつくる") == [Term("電気", ("電力",))]


def test_verbs_that_help_others_can_say_something_by_themselves() -> None:
    assert EVERYDAY.everyday("細く切りたい") == [Term("切る", ("切断",))]


def test_words_far_from_each_other_say_nothing_together() -> None:
    far = "電気の工場で朝から晩まで部品と箱と紙と布と油と石を通す"
    assert [term.said for term in EVERYDAY.everyday(far)] == ["電気"]


def test_the_words_of_wishing_and_asking_are_left_out_unless_there_are_no_others() -> None:
    assert words(EVERYDAY.telling("電気で困っているところを知りたい")) == ["電気"]
    assert EVERYDAY.telling("困っている") == "困っている"


def test_a_need_in_everyday_words_is_searched_by_its_terms_too() -> None:
    query = Query.read("電気を通すところ", None, EVERYDAY)
    assert query.words == ["電気"]
    assert query.related == words("導電 電極")
