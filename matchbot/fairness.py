"""How the cards are shared out among those who could be shown, and what it costs to share them better."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.evaluate import ndcg
from index.hits import Hit
from matchbot.choosing import Background, arranged, gini
from matchbot.ranking import Ranking

ROUNDS = 5
"""How often each need is asked: needs like it come again."""
BY_RELEVANCE = Ranking(diversity=0, exposure=0, newcomer=0, feedback=0, other_side=0, mandate=0)


@dataclass(frozen=True, slots=True)
class Shares:
    """What became of the cards: ``gini`` of how often each was shown who was found for any need, the
    share of them who ``never`` were, and the mean ``ndcg`` (nDCG@10)."""

    gini: float
    never: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class Fairness:
    """The same needs answered by relevance alone, and as the settings say."""

    by_relevance: Shares
    arranged: Shares


def fairness(
    found: Sequence[tuple[Sequence[Hit], Mapping[str, float]]], ranking: Ranking, n_cards: int
) -> Fairness:
    """What arranging does to needs asked :data:`ROUNDS` times in turn, each card counting from then on.

    ``found``: for each need the hits in the order of relevance, and the grades of who answers it.
    """
    return Fairness(_shared(found, BY_RELEVANCE, n_cards), _shared(found, ranking, n_cards))


def _shared(
    found: Sequence[tuple[Sequence[Hit], Mapping[str, float]]], ranking: Ranking, n_cards: int
) -> Shares:
    shown = Counter({hit.organisation.id: 0 for hits, _ in found for hit in hits})
    gains = []
    for _ in range(ROUNDS):
        for hits, relevant in found:
            backgrounds = {hit.organisation.id: Background(shown[hit.organisation.id]) for hit in hits}
            order = [one.hit.organisation.id for one in arranged(hits, ranking, backgrounds, n_cards)]
            gains.append(ndcg(order, relevant))
            shown.update(order[:n_cards])
    counts = list(shown.values())
    return Shares(gini(counts), counts.count(0) / max(len(counts), 1), sum(gains) / max(len(gains), 1))
