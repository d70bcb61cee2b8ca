"""How good a ranking is, against judgements of relevance. Pure; the standard measures.

``ranking`` is a list of ids, best first; ``relevant`` gives each relevant id its grade (> 0).
Everything is a share, 0–1. Definitions as in trec_eval, which the tests compare with.
"""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

BOOTSTRAP_RESAMPLES = 2000


def ndcg(ranking: Sequence[Hashable], relevant: Mapping[Any, float], k: int = 10) -> float:
    """Normalised discounted cumulative gain: gain = grade, discount = log2(rank + 1), ranks from 1.

    Järvelin and Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, 2002.
    """
    gained = _discounted([relevant.get(id, 0.0) for id in ranking[:k]])
    ideal = _discounted(sorted(relevant.values(), reverse=True)[:k])
    return gained / ideal if ideal else 0.0


def recall(ranking: Sequence[Hashable], relevant: Mapping[Any, float], k: int) -> float:
    """Share of the relevant ids that stand in the first ``k``."""
    return sum(id in relevant for id in ranking[:k]) / len(relevant) if relevant else 0.0


def success(ranking: Sequence[Hashable], relevant: Mapping[Any, float], k: int) -> float:
    """1 if any relevant id stands in the first ``k``, else 0."""
    return float(any(id in relevant for id in ranking[:k]))


def reciprocal_rank(ranking: Sequence[Hashable], relevant: Mapping[Any, float], k: int = 10) -> float:
    """1 / rank of the first relevant id, 0 if it does not stand in the first ``k``."""
    return next((1 / rank for rank, id in enumerate(ranking[:k], 1) if id in relevant), 0.0)


MEASURES: Mapping[str, Callable[[Sequence[Hashable], Mapping[Any, float]], float]] = {
    "success@1": lambda ranking, relevant: success(ranking, relevant, 1),
    "success@10": lambda ranking, relevant: success(ranking, relevant, 10),
    "recall@10": lambda ranking, relevant: recall(ranking, relevant, 10),
    "recall@100": lambda ranking, relevant: recall(ranking, relevant, 100),
    "mrr@10": reciprocal_rank,
    "ndcg@10": ndcg,
}
DEPTH = 100
"""How long a ranking must be for all of :data:`MEASURES`."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95 % bootstrap interval (None for fewer than two queries)."""

    mean: float
    low: float | None
    high: float | None


def estimate(values: Sequence[float]) -> Estimate:
    """The mean and its percentile bootstrap interval; the same values give the same interval."""
    mean = float(np.mean(values)) if len(values) else 0.0
    if len(values) < 2:
        return Estimate(mean, None, None)
    from scipy.stats import bootstrap

    interval = bootstrap(
        (np.asarray(values),),
        np.mean,
        n_resamples=BOOTSTRAP_RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(0),
        batch=100,
    ).confidence_interval
    return Estimate(mean, float(interval.low), float(interval.high))


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
