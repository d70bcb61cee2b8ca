"""What people did about partners, as far as it says something of a new need: whether they fitted needs like
it, and whether they would say yes. Pure, and bounded: what is told of a partner lies between -1 and 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

DOES_NOT_FIT, FITS = "does-not-fit", "fits"
REQUESTED, REFUSED, ACCEPTED = "requested", "refused", "accepted"
INTRODUCED, OUTCOME = "introduced", "outcome"

WORTH: Mapping[str, float] = MappingProxyType(
    {
        DOES_NOT_FIT: -1.0,
        REFUSED: -0.5,
        REQUESTED: 0.3,
        ACCEPTED: 0.6,
        INTRODUCED: 0.8,
        FITS: 1.0,
        OUTCOME: 1.0,
    }
)
"""What each of them says for a partner; of a case only how far it came counts."""
LEAST_ALIKE = 0.4
"""From which likeness on another need says something of this one."""
_PRIOR = 1.0
"""So much likeness is added as if it had said nothing: a single voice never has its full worth."""
FEWEST_WORDS = 2
"""Words that a wish has to share with what the asker does, to be a wish for them."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What became of a partner (one of :data:`WORTH`) for a need, in its words."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Openness:
    """What lets an organisation say yes or no when it is asked, apart from what it is asked for."""

    n_asked: int = 0
    most: int = 1
    n_answered: int = 0
    n_accepted: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of an organisation: ``n_shown`` cards of it, what people made of it, its openness, and
    whether its profile has not been confirmed for long (``is_ageing``)."""

    n_shown: int = 0
    signals: tuple[Signal, ...] = ()
    openness: Openness = Openness()
    is_ageing: bool = False


def leaning(query: str, signals: Iterable[Signal]) -> float:
    """Whether a partner fitted needs like this one (-1 to 1): the mean worth of the signals, each by how
    alike its need is, drawn towards 0 where there are few; 0 where there are none."""
    near = [(alike(query, signal.text), WORTH[signal.kind]) for signal in signals]
    told = [(likeness, worth) for likeness, worth in near if likeness >= LEAST_ALIKE]
    total = sum(likeness for likeness, _ in told)
    return sum(likeness * worth for likeness, worth in told) / (total + _PRIOR)


def alike(one: str, other: str) -> float:
    """How alike two needs are (0-1): the words that both have, by the geometric mean of how many each has."""
    first, second = _words(one), _words(other)
    most = (len(first) * len(second)) ** 0.5
    return len(first & second) / most if most else 0.0


def willingness(openness: Openness, wishes: Iterable[str], offered: frozenset[str]) -> float:
    """Whether a partner would say yes (-1 to 1): that it looks for what the asker offers, how often it
    accepted, and how much it is asked already; 0 where nothing is known.

    ``offered``: the words of what the asker does.
    """
    seeks = any(len(offered & _words(wish)) >= FEWEST_WORDS for wish in wishes)
    acceptance = 2 * (openness.n_accepted + 1) / (openness.n_answered + 2) - 1
    load = min(1.0, openness.n_asked / openness.most)
    return max(-1.0, min(1.0, (float(seeks) + acceptance - load) / 2))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    # Here, because it brings the dictionary along, which read models should not wait for.
    from index.tokeniser import words

    return frozenset(words(text))
