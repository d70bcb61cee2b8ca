"""Whom to show first of those who fit: relevance, and beside it variety and a fair share of being seen.

Pure. What moves a partner is a term with a name and a bound (:class:`~matchbot.ranking.Ranking`), so
that a list can be explained; the score of relevance itself stays as the search gave it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from index.hits import Hit
from matchbot.funding import Fit, fitness
from matchbot.ranking import Ranking

DIVERSITY, EXPOSURE, NEWCOMER = "diversity", "exposure", "newcomer"
FEEDBACK, OTHER_SIDE, MANDATE = "feedback", "other-side", "mandate"


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of a partner besides its profile.

    ``n_shown``: cards of it within the last time; ``feedback``: whether it fitted needs like this one, and
    ``other_side``: whether it would say yes, both from -1 to 1. ``fits``: how its mandate agrees with the
    need.
    """

    n_shown: int = 0
    feedback: float = 0.0
    other_side: float = 0.0
    fits: tuple[Fit, ...] = ()


NOTHING_KNOWN: Mapping[str, Background] = MappingProxyType({})
_UNKNOWN = Background()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A hit in its place, with what moved it there: term → what it adds to the score; and the ``half`` of the
    need that it was found for, where it is one of a pair. ``fits``: how its mandate agrees with the need."""

    hit: Hit
    terms: Mapping[str, float] = field(default_factory=dict)
    half: str = ""
    fits: tuple[Fit, ...] = ()

    @property
    def combined(self) -> float:
        """Relevance and all terms together."""
        return self.hit.score + sum(self.terms.values())


def arranged(
    hits: Sequence[Hit],
    ranking: Ranking,
    backgrounds: Mapping[str, Background] = NOTHING_KNOWN,
    first: int = 3,
) -> list[Chosen]:
    """The hits in the order to show them; ``first``: how many are seen at once.

    Greedily, each place goes to the best of the rest by its score and terms, less what it repeats of
    those before it (maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998); ties by the order
    of relevance. Where all of the first were shown lately, the last of them makes room for the best
    of the others who were not, as long as that one scores hardly less.
    """
    known = [backgrounds.get(hit.organisation.id, _UNKNOWN) for hit in hits]
    chosen = [
        Chosen(hit, _terms(of_hit, ranking), fits=of_hit.fits)
        for hit, of_hit in zip(hits, known, strict=True)
    ]
    scores = np.array([one.combined for one in chosen])
    less_for = ranking.diversity * repetitions(hits)
    less = np.zeros(len(chosen))
    placed: list[Chosen] = []
    for _ in chosen:
        best = int((scores - less).argmax())
        placed.append(_varied(chosen[best], float(less[best])))
        scores[best] = -np.inf
        np.maximum(less, less_for[best], out=less)
    return _with_newcomer(placed, ranking, backgrounds, first)


def repetitions(hits: Sequence[Hit]) -> NDArray[np.float64]:
    """How much each partner repeats of each: half for the same kind, half for the same home cluster."""
    kinds = np.array([hit.organisation.kind for hit in hits], object)
    clusters = np.array([hit.organisation.home_cluster for hit in hits], object)
    has_same_cluster = np.equal.outer(clusters, clusters) & (clusters != "")
    repeated: NDArray[np.float64] = (np.equal.outer(kinds, kinds).astype(float) + has_same_cluster) / 2
    return repeated


def gini(known: Sequence[float]) -> float:
    """How unequally a whole is shared out: 0 where all have the same, near 1 where one has all.

    Σ (2i − n − 1)·xᵢ ÷ (n·Σx) over values in rising order, i from 1; NaN where there is nothing to share.
    """
    total, n = sum(known), len(known)
    if not total:
        return float("nan")
    return sum((2 * i - n - 1) * x for i, x in enumerate(sorted(known), 1)) / (n * total)


def _terms(background: Background, ranking: Ranking) -> dict[str, float]:
    """What is added to the score for what is known; nothing that would add nothing."""
    share = min(1.0, background.n_shown / ranking.exposure_cap)
    terms = {
        EXPOSURE: -ranking.exposure * share,
        FEEDBACK: ranking.feedback * background.feedback,
        OTHER_SIDE: ranking.other_side * background.other_side,
        MANDATE: ranking.mandate * fitness(background.fits),
    }
    return {name: term for name, term in terms.items() if term}


def _varied(chosen: Chosen, less: float) -> Chosen:
    return replace(chosen, terms={**chosen.terms, DIVERSITY: -less}) if less else chosen


def _with_newcomer(
    placed: list[Chosen], ranking: Ranking, backgrounds: Mapping[str, Background], first: int
) -> list[Chosen]:
    def was_shown(chosen: Chosen) -> bool:
        return backgrounds.get(chosen.hit.organisation.id, _UNKNOWN).n_shown > 0

    seen, others = placed[:first], placed[first:]
    if first < 2 or len(seen) < first or not all(map(was_shown, seen)):
        return placed
    least = seen[-1].combined - ranking.newcomer
    newcomer = next((one for one in others if not was_shown(one) and one.combined > least), None)
    if newcomer is None:
        return placed
    by = seen[-1].combined - newcomer.combined
    lifted = replace(newcomer, terms={**newcomer.terms, NEWCOMER: by})
    return [*seen[:-1], lifted, seen[-1], *(one for one in others if one is not newcomer)]
