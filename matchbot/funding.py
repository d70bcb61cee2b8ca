"""Whether what a financier states that it funds is what is sought: stage, sum, region and field. Pure.

Told beside relevance, and never a filter: what a mandate does not state is open, and of who states something
else the card says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.places import SPOKEN_REGIONS, region_of
from corpus.records import Mandate
from index.tokeniser import words
from matchbot.need import Need

_EVERYWHERE = frozenset({"全国", "日本全国", "日本"})


class Point(StrEnum):
    """On what a mandate can agree with a need."""

    STAGE = "stage"
    AMOUNT = "amount"
    REGION = "region"
    FIELD = "field"


_DECISIVE = (Point.STAGE, Point.AMOUNT)
"""A financier makes an exception of a region or a field, hardly of these."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One point of which both sides say something.

    ``sought``, ``stated``: stages, prefectures or regions, fields; of sums the least and the most in yen ("":
    no limit). A field that the need does not name was told by the asker's profile.
    """

    point: Point
    is_met: bool
    sought: tuple[str, ...]
    stated: tuple[str, ...]


def fits(
    mandate: Mandate, need: Need, *, prefecture: str = "", fields: Sequence[str] = ()
) -> tuple[Fit, ...]:
    """How a mandate agrees with a need, point by point. ``prefecture``, ``fields``: of the asker."""
    told = (
        _stage(mandate, need.stages),
        _amount(mandate, need.amount),
        _region(mandate, need.prefectures or frozenset(filter(None, [prefecture]))),
        _field(mandate, f"{need.query} {need.offer}", fields),
    )
    return tuple(fit for fit in told if fit is not None)


def fitness(told: Iterable[Fit]) -> float:
    """How well a mandate agrees, from -1 (on no point, or not on the stage or the sum) to 1 (on all); 0 where
    nothing is told."""
    met = {fit.point: fit.is_met for fit in told}
    if not all(met.get(point, True) for point in _DECISIVE):
        return -1.0
    return (2 * sum(met.values()) - len(met)) / len(met) if met else 0.0


def is_for(told: Sequence[Fit]) -> bool:
    """Whether a mandate is for such a venture: for its stage or its sum, and against it on no point."""
    is_stated = any(fit.point in _DECISIVE for fit in told)
    return is_stated and all(fit.is_met for fit in told)


def _stage(mandate: Mandate, stages: tuple[str, ...]) -> Fit | None:
    if not stages or not mandate.stages:
        return None
    return Fit(Point.STAGE, not set(stages).isdisjoint(mandate.stages), stages, mandate.stages)


def _amount(mandate: Mandate, amount: tuple[int | None, int | None] | None) -> Fit | None:
    ticket = mandate.ticket_min, mandate.ticket_max
    if amount is None or ticket == (None, None):
        return None
    is_met = _reaches(ticket[0], amount[1]) and _reaches(amount[0], ticket[1])
    return Fit(Point.AMOUNT, is_met, _told(amount), _told(ticket))


def _region(mandate: Mandate, prefectures: frozenset[str]) -> Fit | None:
    if not prefectures or not mandate.regions:
        return None
    is_met = any(_lies_in(prefecture, region) for prefecture in prefectures for region in mandate.regions)
    return Fit(Point.REGION, is_met, tuple(sorted(prefectures)), mandate.regions)


def _field(mandate: Mandate, said: str, fields: Sequence[str]) -> Fit | None:
    """By what is said, or else by the fields of the asker."""
    named = frozenset(words(said))
    about = tuple(name for name in mandate.fields if named.issuperset(words(name)))
    if about:
        return Fit(Point.FIELD, is_met=True, sought=about, stated=mandate.fields)
    if not fields or not mandate.fields:
        return None
    return Fit(Point.FIELD, not set(fields).isdisjoint(mandate.fields), tuple(fields), mandate.fields)


def _reaches(least: int | None, most: int | None) -> bool:
    return least is None or most is None or least <= most


def _lies_in(prefecture: str, region: str) -> bool:
    is_named = region in (*_EVERYWHERE, prefecture, prefecture[:-1], region_of(prefecture))
    return is_named or prefecture in SPOKEN_REGIONS.get(region, ())


def _told(bounds: tuple[int | None, int | None]) -> tuple[str, ...]:
    return tuple("" if bound is None else str(bound) for bound in bounds)
