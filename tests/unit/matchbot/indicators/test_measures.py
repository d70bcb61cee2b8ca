"""How rows become a value: expected numbers as arithmetic."""

from math import sqrt

import numpy as np
import pytest

from matchbot.indicators.definitions import Measure
from matchbot.indicators.measures import (
    interval,
    measured,
    net_promoter_score,
    ninth_decile,
    nps_interval,
    top_tenth,
    wilson,
)


def known(*numbers):
    return np.array(numbers, np.float64)


def test_the_top_tenth_is_rounded_up_to_whole_organisations():
    assert top_tenth(known(*[1] * 9, 11)) == 100 * 11 / 20
    assert top_tenth(known(*[1] * 10, 5)) == 100 * (5 + 1) / 15


def test_the_ninth_decile_is_one_of_the_values():
    assert ninth_decile(known(*range(1, 11))) == 9
    assert ninth_decile(known(*range(11, 0, -1))) == 10
    assert ninth_decile(known(7)) == 7


def test_nps_and_its_interval_are_as_by_hand():
    answers = known(10, 10, 9, 9, 8, 7, 6, 5, 0, 10)
    p, d, n = 5 / 10, 3 / 10, 10
    assert net_promoter_score(answers) == pytest.approx(100 * (p - d))
    half = 1.959964 * sqrt(100**2 * (p + d - (p - d) ** 2) / n)
    low, high = nps_interval(answers)
    assert low == pytest.approx(100 * (p - d) - half, abs=1e-4)
    assert high == pytest.approx(100 * (p - d) + half, abs=1e-4)


def test_wilson_is_never_beyond_what_a_share_can_be():
    low, high = wilson(0, 10)
    assert low == pytest.approx(0)
    assert high == pytest.approx(100 * 1.959964**2 / (10 + 1.959964**2), abs=1e-4)
    assert 99 < wilson(10, 10)[1] <= 100


def test_the_interval_of_a_mean_is_as_by_hand_and_none_is_told_of_a_single_answer():
    mean, variance = (5 + 4 + 4 + 3) / 4, (1 + 0 + 0 + 1) / 3
    half = 1.959964 * sqrt(variance / 4)
    assert interval(Measure.MEAN, known(5, 4, 4, 3)) == pytest.approx((mean - half, mean + half), abs=1e-6)
    assert interval(Measure.MEAN, known(4)) == (None, None)


@pytest.mark.parametrize("measure", [Measure.SHARE, Measure.GINI, Measure.MEDIAN, Measure.NINTH_DECILE])
def test_where_nothing_is_known_nothing_is_measured(measure):
    assert measured(measure, known()) is None
    assert interval(measure, known()) == (None, None)


def test_where_nothing_was_shared_out_no_inequality_is_told():
    assert measured(Measure.GINI, known(0, 0)) is None
    assert measured(Measure.TOP_TENTH, known(0, 0)) is None
    assert measured(Measure.SHARE, known(0, 0, 1, 0)) == 100 * 1 / 4
