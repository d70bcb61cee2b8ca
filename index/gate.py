"""Whether what was built may take the place of what serves: not where it holds much less or finds much worse.

Each snapshot is measured when it is built, on the questions of the golden set that it can answer. One that
was asked the same is compared by that; else by what was measured on held-out passages. Where neither can
be had, or the corpus has grown a lot, the counts alone decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from index.build import GoldenQuery, Limits
from index.evaluate import ndcg, recall
from index.hits import Searcher
from index.tuning import MIN_JUDGED, Tuning

NDCG, RECALL = "nDCG@10", "recall@50"
_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Measured:
    """How well a snapshot answers: the mean of each measure. ``asked``: a hash of the questions."""

    asked: str = ""
    means: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A snapshot as the gate sees it; ``counts`` by name."""

    counts: Mapping[str, int]
    measured: Measured
    tuning: Tuning


@dataclass(frozen=True, slots=True)
class Figure:
    """What the gate looks at, as it is and as it would be. ``is_refused``: beyond the limit."""

    name: str
    before: float
    after: float
    is_refused: bool

    def __str__(self) -> str:
        form = ".3f" if self.name in (NDCG, RECALL) else ",.0f"
        return f"{self.name} {self.before:{form}} → {self.after:{form}}"


def measure(searcher: Searcher, golden: Sequence[GoldenQuery]) -> Measured:
    """The answers to the questions whose answers a snapshot holds; nothing where those are too few."""
    asked = [question for question in golden if all(map(searcher.organisation, question.relevant))]
    if len(asked) < MIN_JUDGED:
        return Measured()
    values = []
    for question in asked:
        found = [hit.organisation.id for hit in searcher.search(question.text, limit=_DEPTH)]
        values.append((ndcg(found, question.relevant), recall(found, question.relevant, _DEPTH)))
    means = dict(zip((NDCG, RECALL), np.mean(values, axis=0).tolist(), strict=True))
    return Measured(sha256("\n".join(question.text for question in asked).encode()).hexdigest()[:16], means)


def compare(live: Standing, built: Standing, limits: Limits) -> list[Figure]:
    """Every figure that both have: counts first, then measures."""
    counts = [
        Figure(name, before, built.counts[name], built.counts[name] < (1 - limits.counts) * before)
        for name, before in live.counts.items()
    ]
    # Among many more, the same answers are harder to find: that is no fault of what was built.
    has_grown = any(built.counts[name] > (1 + limits.counts) * before for name, before in live.counts.items())
    means, others = ({}, {}) if has_grown else _comparable(live, built)
    return counts + [
        Figure(name, before, others[name], before - others[name] > limits.measures)
        for name, before in means.items()
    ]


def _comparable(live: Standing, built: Standing) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The means of both, by the same measure; none where they were measured on different things."""
    if live.measured.asked and live.measured.asked == built.measured.asked:
        return live.measured.means, built.measured.means
    one, other = live.tuning, built.tuning
    if one.basis != other.basis or one.chosen_ndcg is None or other.chosen_ndcg is None:
        return {}, {}
    return {NDCG: one.chosen_ndcg}, {NDCG: other.chosen_ndcg}
