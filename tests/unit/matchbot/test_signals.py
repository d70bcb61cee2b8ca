"""What people did about partners: what it says of a new need, and how far it can go."""

import pytest

from matchbot.signals import (
    DOES_NOT_FIT,
    FITS,
    OUTCOME,
    REFUSED,
    REQUESTED,
    WORTH,
    Openness,
    Signal,
    alike,
    leaning,
    willingness,
)

NEED = "ガラス基板の欠陥検査装置"


def test_likeness_is_the_words_in_common_by_how_many_each_has() -> None:
    assert alike(NEED, NEED) == pytest.approx(1)
    assert alike("ガラスの検査", "ガラスの研磨と洗浄") == pytest.approx(1 / (2 * 3) ** 0.5)
    assert alike(NEED, "") == 0


def test_one_voice_on_the_same_need_has_half_its_worth_and_many_come_near_to_it() -> None:
    assert leaning(NEED, [Signal(NEED, DOES_NOT_FIT)]) == pytest.approx(-1 / (1 + 1))
    assert leaning(NEED, [Signal(NEED, DOES_NOT_FIT)] * 9) == pytest.approx(-9 / (9 + 1))


def test_voices_on_other_needs_say_nothing() -> None:
    assert leaning(NEED, [Signal("うなぎの養殖", DOES_NOT_FIT)]) == 0
    assert leaning(NEED, []) == 0


def test_good_and_bad_outweigh_each_other_by_how_alike_their_needs_are() -> None:
    both = leaning(NEED, [Signal(NEED, FITS), Signal("ガラス基板の検査", DOES_NOT_FIT)])
    assert 0 < both < leaning(NEED, [Signal(NEED, FITS)])


def test_what_came_of_it_is_worth_more_the_further_it_came_and_nothing_goes_beyond_one() -> None:
    assert WORTH[DOES_NOT_FIT] < WORTH[REFUSED] < 0 < WORTH[REQUESTED] < WORTH[OUTCOME]
    for kind in WORTH:
        assert -1 < leaning(NEED, [Signal(NEED, kind)] * 1000) < 1


def test_nothing_known_is_neither_willing_nor_unwilling() -> None:
    assert willingness(Openness(), (), frozenset()) == 0


def test_who_seeks_what_is_offered_and_often_accepted_is_willing_and_who_is_asked_much_less_so() -> None:
    offered = frozenset({"ガラス", "研磨"})
    seeks = willingness(Openness(), ["ガラスの研磨ができる相手"], offered)
    assert seeks == 1 / 2
    assert willingness(Openness(), ["ガラスの洗浄"], offered) == 0
    accepted = willingness(Openness(n_answered=8, n_accepted=8), (), offered)
    assert accepted == pytest.approx((2 * 9 / 10 - 1) / 2)
    assert willingness(Openness(n_asked=5, most=10, n_answered=8, n_accepted=8), (), offered) < accepted
    assert willingness(Openness(n_asked=99, most=10), (), offered) == -1 / 2
