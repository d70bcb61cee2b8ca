"""How what is known of many things becomes one number, and between which two it may as well lie."""

from collections.abc import Callable, Mapping
from math import isnan, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchbot.choosing import gini
from matchbot.indicators.definitions import Measure

Known = NDArray[np.float64]
Interval = tuple[float, float]

_Z = NormalDist().inv_cdf(0.975)


def measured(measure: Measure, known: Known) -> float | None:
    """A measure of what is known; None where that is nothing, or nothing to measure."""
    if not len(known):
        return None
    number = _MEASURES[measure](known)
    return None if isnan(number) else number


def interval(measure: Measure, known: Known) -> tuple[float, float] | tuple[None, None]:
    """The 95 % interval of a measure, where it has one and enough is known to tell it."""
    if measure not in _INTERVALS or len(known) < _FEWEST_FOR_INTERVAL.get(measure, 1):
        return None, None
    return _INTERVALS[measure](known)


def _share(known: Known) -> float:
    return 100 * float(known.sum()) / len(known)


def _mean(known: Known) -> float:
    return float(known.sum()) / len(known)


def _median(known: Known) -> float:
    return float(np.median(known))


def ninth_decile(known: Known) -> float:
    """The smallest that nine tenths do not exceed."""
    place = -(-9 * len(known) // 10) - 1
    return float(np.partition(known, place)[place])


def net_promoter_score(known: Known) -> float:
    """100 · (share of 9–10 − share of 0–6), −100 to 100."""
    return 100 * (_n(known >= 9) - _n(known <= 6)) / len(known)


def top_tenth(known: Known) -> float:
    """What the tenth with the most (rounded up) has of all, as 0–100; NaN where there is nothing."""
    total, n_top = float(known.sum()), -(-len(known) // 10)
    return 100 * float(np.sort(known)[-n_top:].sum()) / total if total else float("nan")


def _gini(known: Known) -> float:
    return gini(known.tolist())


_MEASURES: Mapping[Measure, Callable[[Known], float]] = {
    Measure.SHARE: _share,
    Measure.MEAN: _mean,
    Measure.MEDIAN: _median,
    Measure.NINTH_DECILE: ninth_decile,
    Measure.NPS: net_promoter_score,
    Measure.GINI: _gini,
    Measure.TOP_TENTH: top_tenth,
}


def wilson(n_yes: float, n: int) -> Interval:
    """The 95 % interval of a share (Wilson 1927), as 0–100."""
    p, z = n_yes / n, _Z
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def _share_interval(known: Known) -> Interval:
    return wilson(float(known.sum()), len(known))


def nps_interval(known: Known) -> Interval:
    """NPS ± 1.96 standard errors, of the variance 100²·(p + d − (p − d)²) ÷ n."""
    n = len(known)
    promoters, detractors = _n(known >= 9) / n, _n(known <= 6) / n
    half = 100 * _Z * sqrt((promoters + detractors - (promoters - detractors) ** 2) / n)
    score = 100 * (promoters - detractors)
    return max(-100.0, score - half), min(100.0, score + half)


def mean_interval(known: Known) -> Interval:
    """Mean ± 1.96 standard errors, of the variance over n − 1."""
    half = _Z * float(np.std(known, ddof=1)) / sqrt(len(known))
    return _mean(known) - half, _mean(known) + half


_FEWEST_FOR_INTERVAL = {Measure.MEAN: 2}
_INTERVALS: Mapping[Measure, Callable[[Known], Interval]] = {
    Measure.SHARE: _share_interval,
    Measure.MEAN: mean_interval,
    Measure.NPS: nps_interval,
}


def _n(those: NDArray[Any]) -> int:
    return int(np.count_nonzero(those))
