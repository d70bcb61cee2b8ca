"""What feedback does to later lists: simulated people rate what they are shown, then like needs are asked.

People look at the upper places more often than at the lower ones, err now and then, and dislike some partners
for reasons that no profile tells. Whether all that helps is judged on needs that nobody rated.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from index.evaluate import ndcg
from index.hits import Hit
from index.tokeniser import analyse
from matchbot.choosing import FEEDBACK, Background, Chosen, arranged, gini
from matchbot.ranking import Ranking
from matchbot.signals import DOES_NOT_FIT, FITS, Signal, leaning

ROUNDS = 5
"""How often each need is asked and what comes of it rated."""
SEEN = 10
"""Places that anybody looks at; the k-th with a probability of 1/k."""
NOISE = 0.1
"""The share of ratings that say the contrary of what is meant."""
DISLIKED = 0.2
"""The share of partners whom nobody wants, whatever their profile says."""

Signals = Mapping[str, Sequence[Signal]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A need, the hits for it in the order of relevance, and the grades of who answers it."""

    text: str
    hits: Sequence[Hit]
    relevant: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lists:
    """How good the lists for needs that nobody rated are (``ndcg``@10), and how unequally their first cards
    are shared out (``gini``)."""

    ndcg: float
    gini: float


@dataclass(frozen=True, slots=True)
class Learning:
    """The lists before and after, how many ratings lie between, and what feedback moved anybody at most."""

    before: Lists
    after: Lists
    n_ratings: int
    most: float


def learning(
    rated: Sequence[Asked], held_out: Sequence[Asked], ranking: Ranking, n_cards: int, seed: int = 0
) -> Learning:
    """What ratings of the one needs do to the lists for the others; the same seed gives the same people."""
    dice = Random(seed)
    found = sorted({hit.organisation.id for asked in (*rated, *held_out) for hit in asked.hits})
    disliked = frozenset(id for id in found if dice.random() < DISLIKED)
    signals: dict[str, list[Signal]] = defaultdict(list)
    for _ in range(ROUNDS):
        for asked in rated:
            for place, id in enumerate(_order(asked, ranking, signals, n_cards)[:SEEN], 1):
                if dice.random() < 1 / place:
                    fits = (id in asked.relevant and id not in disliked) != (dice.random() < NOISE)
                    signals[id].append(Signal(asked.text, FITS if fits else DOES_NOT_FIT))
    wanted = [
        Asked(one.text, one.hits, {id: g for id, g in one.relevant.items() if id not in disliked})
        for one in held_out
    ]
    judged = [asked for asked in wanted if asked.relevant]
    placed = (one for asked in judged for one in _arranged(asked, ranking, signals, n_cards))
    most = max((abs(one.terms.get(FEEDBACK, 0.0)) for one in placed), default=0.0)
    before, after = (_lists(judged, ranking, heard, n_cards) for heard in ({}, signals))
    return Learning(before, after, sum(map(len, signals.values())), most)


def like(text: str) -> str:
    """A need like this one: the same without every third of its words.

    >>> like("ガラス基板の欠陥検査")
    'ガラス基板の検査'
    """
    rest, place = text, 0
    for word in analyse(text)[2::3]:
        start = rest.find(word.surface, place)
        if start >= 0:
            rest, place = rest[:start] + rest[start + len(word.surface) :], start
    return rest or text


def _arranged(asked: Asked, ranking: Ranking, signals: Signals, n_cards: int) -> list[Chosen]:
    known = {
        hit.organisation.id: Background(feedback=leaning(asked.text, signals.get(hit.organisation.id, ())))
        for hit in asked.hits
    }
    return arranged(asked.hits, ranking, known, n_cards)


def _order(asked: Asked, ranking: Ranking, signals: Signals, n_cards: int) -> list[str]:
    return [one.hit.organisation.id for one in _arranged(asked, ranking, signals, n_cards)]


def _lists(judged: Sequence[Asked], ranking: Ranking, signals: Signals, n_cards: int) -> Lists:
    shown = Counter({hit.organisation.id: 0 for asked in judged for hit in asked.hits})
    gains = []
    for asked in judged:
        order = _order(asked, ranking, signals, n_cards)
        gains.append(ndcg(order, asked.relevant))
        shown.update(order[:n_cards])
    return Lists(sum(gains) / max(len(gains), 1), gini(list(shown.values())))
