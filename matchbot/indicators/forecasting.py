"""What a count comes to if things go on as they did, with an interval that is as wide as it must be.

The counts of the last months (12 to 36, whole ones) are taken for draws from one rate. With little known
of a rate (Jeffreys' prior), what is still to come is negative binomial: the Poisson noise of the months
ahead, and what is not known of the rate. Months that differ more than Poisson draws would (seasons,
campaigns) widen it: counts are scaled by their dispersion φ = variance ÷ mean, at least 1 (quasi-Poisson).
A trend is not foreseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import mean, variance

FEWEST_MONTHS, MOST_MONTHS = 12, 36
"""How many whole months have to be known, and how many are looked at."""

_LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A count at the end of a period, and its 95 % prediction interval.

    ``n_months``: what it rests on. ``dispersion``: how much more the months differ than chance would have it.
    """

    value: float
    low: int
    high: int
    n_months: int
    dispersion: float


def forecast(n_so_far: int, monthly: Sequence[int], months_left: float) -> Forecast | None:
    """What a count will be after the months that are left; None where too few months are known.

    ``monthly``: the counts of the last whole months, those without any included.

    >>> forecast(120, [10] * 12, 12).value
    240.0
    """
    if len(monthly) < FEWEST_MONTHS:
        return None
    # Here, so that no help waits for scipy.
    from scipy.stats import nbinom

    known, n_known = sum(monthly), len(monthly)
    dispersion = max(1.0, variance(monthly) / mean(monthly)) if known else 1.0
    low = high = 0.0
    if months_left > 0:
        rest = nbinom(known / dispersion + 0.5, n_known / (n_known + months_left))
        low, high = (dispersion * float(rest.ppf(p)) for p in ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2))
    return Forecast(
        value=n_so_far + known / n_known * months_left,
        low=n_so_far + floor(low),
        high=n_so_far + ceil(high),
        n_months=n_known,
        dispersion=dispersion,
    )
