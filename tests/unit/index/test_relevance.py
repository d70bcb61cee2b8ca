"""Whether somebody has to do with a need at all."""

from math import exp, log

import numpy as np
import pytest

from index.relevance import (
    BLIND,
    COMMON,
    ENOUGH,
    HALF_LEARNED,
    LEAST_TRUST,
    MIDDLE,
    RELATED,
    SLOPE,
    SURE,
    Wanted,
    probability,
    trust,
    weight,
)


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


def test_vectors_are_trusted_as_far_as_their_words_were_learned_and_something_is_near() -> None:
    half_learned = np.array([int(HALF_LEARNED)])
    assert trust(half_learned, 1000, 0.7) == pytest.approx((0.5 * 0.7 - BLIND) / (SURE - BLIND))
    assert (
        trust(half_learned, 1000, 0.6) < trust(half_learned, 1000, 0.7) < trust(half_learned * 2, 1000, 0.7)
    )
    assert trust(np.array([500]), 1000, 1.0) == 1


def test_of_the_words_of_a_query_those_that_tell_most_decide_whether_its_vector_is_trusted() -> None:
    everybodys, nobodys = 900, 0
    assert trust(np.array([everybodys] * 3), 1000, 0.6) == 1
    assert trust(np.array([everybodys] * 3 + [nobodys]), 1000, 0.6) == LEAST_TRUST
