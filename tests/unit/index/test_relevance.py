"""Whether somebody has to do with a need at all."""

from math import exp, log

import pytest

from index.relevance import COMMON, ENOUGH, MIDDLE, RELATED, SLOPE, Wanted, probability, weight


def test_a_word_weighs_the_more_the_fewer_use_it_and_most_where_nobody_does() -> None:
    assert weight(0, 100) == 1
    assert weight(9, 99) == pytest.approx(log(1 + 99 / 10) / log(100))
    assert weight(100, 100) == COMMON
    assert weight(0, 0) == 1


def reached(said: dict[str, float], matched: set[str], **related: float) -> float:
    return Wanted.of([[[word]] for word in said], related, {**said, **related}).reach(matched)


def test_reach_is_the_share_of_what_was_said() -> None:
    assert reached({"ガラス": 0.6, "検査": 0.4}, {"ガラス"}) == pytest.approx(0.6 / (0.6 + 0.4))
    assert reached({"めっき": 0.3}, {"めっき"}) == 1


def test_of_a_long_need_two_telling_words_are_enough() -> None:
    said = dict.fromkeys("abcdefgh", 0.9)
    assert reached(said, {"a"}) == pytest.approx(0.9 / ENOUGH)
    assert reached(said, {"a", "b", "c"}) == 1


def test_words_of_the_same_meaning_count_half() -> None:
    assert reached({"thin": 0.9, "film": 0.9}, {"薄膜"}, 薄膜=0.8) == pytest.approx(RELATED * 0.8 / 1.8)


def test_a_meaning_is_answered_by_any_way_to_say_it_and_weighs_as_people_say_it() -> None:
    ways = [[["衛星"], ["satellite"]], [["instrument"]]]
    weights = {"衛星": 0.6, "satellite": 1.0, "instrument": 1.0}
    assert Wanted.of(ways, (), weights).reach({"衛星"}) == pytest.approx(0.6 / (0.6 + 1.0))
    used = {**weights, "satellite": 0.9}
    assert Wanted.of(ways, (), used).reach({"衛星"}) == pytest.approx(0.6 / (0.9 + 1.0))
    assert Wanted.of(ways, (), used).reach({"衛星", "satellite"}) == pytest.approx(0.9 / (0.9 + 1.0))


def test_where_nothing_was_said_or_nothing_stands_nobody_is_reached() -> None:
    assert reached({}, {"薄膜"}, 薄膜=0.8) == 0
    assert reached({"猫": 1.0}, set()) == 0


def test_the_probability_rises_with_reach_and_is_even_in_the_middle() -> None:
    assert probability(MIDDLE) == 0.5
    assert probability(0.0) == pytest.approx(1 / (1 + exp(SLOPE * MIDDLE)))
    assert probability(0.2) < probability(0.5) < probability(0.9)
