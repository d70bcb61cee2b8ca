"""What a count comes to if things go on as they did."""

from statistics import mean, variance

import numpy as np
import pytest

from matchbot.indicators.forecasting import forecast


def test_less_than_a_year_is_too_little_to_foresee_anything():
    assert forecast(40, [4] * 11, 12) is None


def test_it_goes_on_at_the_rate_of_the_months_before():
    foreseen = forecast(120, [10] * 12, 24)
    assert foreseen.value == 120 + 24 * 120 / 12
    assert foreseen.low < foreseen.value < foreseen.high


def test_nothing_is_left_to_come_once_the_period_is_over():
    foreseen = forecast(120, [10] * 12, 0)
    assert (foreseen.value, foreseen.low, foreseen.high) == (120, 120, 120)


def test_what_was_counted_is_never_taken_back():
    assert forecast(7, [0] * 12, 12).low == 7


def test_months_that_differ_widen_the_interval_by_their_dispersion():
    even, uneven = [10] * 24, [0, 20] * 12
    assert forecast(0, even, 12).dispersion == 1
    wide, narrow = forecast(0, uneven, 12), forecast(0, even, 12)
    assert wide.dispersion == pytest.approx(variance(uneven) / mean(uneven))
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_few_counts_make_a_wide_interval():
    few, many = forecast(0, [1] * 12, 12), forecast(0, [100] * 12, 12)
    assert (few.high - few.low) / few.value > 4 * (many.high - many.low) / many.value


@pytest.mark.parametrize("rate", [0.5, 3, 40])
def test_nineteen_of_twenty_intervals_hold_what_comes(rate):
    """Poisson draws of two years, then of the year after, a thousand times."""
    random = np.random.default_rng(5)
    n_held = 0
    for _ in range(1000):
        months = random.poisson(rate, 24).tolist()
        foreseen = forecast(0, months, 12)
        n_held += foreseen.low <= random.poisson(12 * rate) <= foreseen.high
    assert n_held / 1000 > 0.94
