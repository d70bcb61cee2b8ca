"""Whether what was built may take the place of what serves: not where it holds much less or finds much worse.

Each snapshot is measured when it is built: on the questions of the golden set that it can answer, and on
passages held out of it. How well it finds is compared with the best snapshot there was, on the same
questions one by one, so that a little that is lost every night is seen, too. Beside another corpus, or where
hardly any questions are the same, the counts alone decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from index.build import GoldenQuery, Limits
from index.evaluate import estimate, ndcg, recall
from index.hits import Searcher
from index.tuning import MIN_JUDGED

NDCG, RECALL = "nDCG@10", "recall@50"
_DEPTH = 50

Values = Mapping[str, float]
"""One measure: by question."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A snapshot as the gate sees it: counts by name, and the values of each measure on the golden questions
    and on held-out passages."""

    counts: Mapping[str, int] = field(default_factory=dict)
    golden: Mapping[str, Values] = field(default_factory=dict)
    held_out: Mapping[str, Values] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """What the gate looks at, as it is and as it would be. ``is_refused``: beyond the limit. ``basis``: what
    a measure was taken on, "golden" or "held-out"; "" for a count."""

    name: str
    before: float
    after: float
    is_refused: bool
    basis: str = ""

    def __str__(self) -> str:
        form = ".3f" if self.basis else ",.0f"
        return f"{self.name} {self.before:{form}} → {self.after:{form}}"


class Figures(tuple[Figure, ...]):
    """Figures as a fact of an error: one line where nobody puts them into words."""

    def __str__(self) -> str:
        return ", ".join(map(str, self))


def measure(searcher: Searcher, golden: Sequence[GoldenQuery]) -> dict[str, Values]:
    """How well a snapshot answers the questions whose answers it holds openly: what is masked is not to be
    found by all that it says, which is no fault of what was built."""
    asked = {_key(question): question for question in golden if _can_be_asked(question, searcher)}
    values: dict[str, dict[str, float]] = {NDCG: {}, RECALL: {}} if asked else {}
    for key, question in asked.items():
        found = [hit.organisation.id for hit in searcher.search(question.text, limit=_DEPTH)]
        values[NDCG][key] = round(ndcg(found, question.relevant), 4)
        values[RECALL][key] = round(recall(found, question.relevant, _DEPTH), 4)
    return dict(values)


def compare(live: Standing, best: Standing, built: Standing, limits: Limits) -> list[Figure]:
    """Every figure that both have: counts beside the live snapshot, then measures beside the best one."""
    counts = [
        Figure(name, before, built.counts[name], built.counts[name] < (1 - limits.counts) * before)
        for name, before in live.counts.items()
    ]
    basis, pairs = _paired(best, built, limits)
    measures = [
        Figure(
            name, float(before.mean()), float(after.mean()), _is_lost(before, after, limits.measures), basis
        )
        for name, (before, after) in pairs.items()
    ]
    return counts + measures


def better(best: Standing, built: Standing, limits: Limits) -> Standing:
    """Which of the two later ones are compared with: the new one where it finds as well, or where the
    two cannot be compared."""
    _, pairs = _paired(best, built, limits)
    is_worse = any(after.mean() < before.mean() for before, after in pairs.values())
    return best if is_worse else built


def _paired(
    best: Standing, built: Standing, limits: Limits
) -> tuple[str, Mapping[str, tuple[np.ndarray, np.ndarray]]]:
    """What both were measured on, and the values of both on the same questions, by measure; none where too
    few are the same.

    None, too, where the corpus has grown a lot: among many more, the same answers are harder to find, which
    is no fault of what was built.
    """
    if any(built.counts[name] > (1 + limits.counts) * before for name, before in best.counts.items()):
        return "", {}
    for basis, before, after in (
        ("golden", best.golden, built.golden),
        ("held-out", best.held_out, built.held_out),
    ):
        same = {name: sorted(before[name].keys() & after.get(name, {}).keys()) for name in before}
        if same and min(map(len, same.values())) >= MIN_JUDGED:
            return basis, {
                name: (
                    np.array([before[name][key] for key in keys]),
                    np.array([after[name][key] for key in keys]),
                )
                for name, keys in same.items()
            }
    return "", {}


def _is_lost(before: np.ndarray, after: np.ndarray, limit: float) -> bool:
    """Whether a larger share is lost than may be, and not by chance: the 95 % interval of the difference
    (bootstrap over the questions) lies above zero."""
    lost = before - after
    if lost.mean() <= limit * before.mean():
        return False
    low = estimate(lost.tolist()).low
    return low is not None and low > 0


def _can_be_asked(question: GoldenQuery, searcher: Searcher) -> bool:
    return len(searcher.open_among(question.relevant)) == len(question.relevant)


def _key(question: GoldenQuery) -> str:
    told = "\n".join([question.text, *sorted(question.relevant)])
    return blake2b(told.encode(), digest_size=6).hexdigest()
