"""Who lives in a simulated network: organisations with their temperaments, and their coordinators.

Everything is drawn from one source of random numbers, in a fixed order, so that equal seeds give equal
people.
"""

from bisect import bisect
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import TypeVar

from corpus.records import Kind
from matchbot.directory import Listed
from matchbot.need import Purpose

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_SHARE_IN_SLACK = {Kind.FIRM: 0.35, Kind.UNIVERSITY: 0.3, Kind.PUBLIC_INSTITUTE: 0.5}
_SHARE_IN_SLACK_ELSE = 0.4
_ORGANISATIONS_PER_COORDINATOR = 400
_N_STAFF = 3

_SHARE_SILENT = 0.08
"""Organisations that hardly ever answer."""
_SPREAD_OF_ACTIVITY = 1.1
_SPREAD_OF_POPULARITY = 0.7
"""Of the logarithms: a few organisations ask, and are asked, many times as often as most."""

_SOUGHT: Mapping[Purpose, Mapping[Kind, float]] = {
    Purpose.RESEARCH: {Kind.UNIVERSITY: 0.55, Kind.PUBLIC_INSTITUTE: 0.2, Kind.FIRM: 0.25},
    Purpose.SALES: {Kind.FIRM: 0.7, Kind.TRADING_HOUSE: 0.3},
    Purpose.START_UP: {Kind.FIRM: 0.4, Kind.FINANCIER: 0.35, Kind.SUPPORT_BODY: 0.25},
    Purpose.CROSS_INDUSTRY: {Kind.FIRM: 1.0},
    Purpose.INTERNATIONAL: {Kind.FIRM: 0.6, Kind.TRADING_HOUSE: 0.4},
    Purpose.FUNDING: {Kind.FINANCIER: 1.0},
}
_PURPOSES: Mapping[Purpose, float] = {
    Purpose.RESEARCH: 0.32,
    Purpose.SALES: 0.3,
    Purpose.CROSS_INDUSTRY: 0.18,
    Purpose.FUNDING: 0.09,
    Purpose.START_UP: 0.06,
    Purpose.INTERNATIONAL: 0.05,
}
_SHARE_FROM_OWN_CLUSTER = 0.68


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitant:
    """An organisation with its temperament.

    ``member_id``: who speaks for it in Slack, "" where nobody does. ``answers`` and ``agrees`` are the
    shares of what it is asked that it answers at all, and of its answers that say yes.
    """

    id: str
    kind: Kind
    home_cluster: str
    is_masked: bool
    member_id: str
    activity: float
    popularity: float
    answers: float
    agrees: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A coordinator of one cluster, or staff (cluster ""). ``strictness``: how readily they say no."""

    id: str
    cluster: str
    deputy_id: str
    strictness: float


class Population:
    """All of them, and who is drawn when somebody is needed."""

    def __init__(self, listed: Iterable[Listed], draw: Random) -> None:
        """``listed``: the organisations of the network, in a fixed order; some firms with a home cluster."""
        self._draw = draw
        self.inhabitants = tuple(_inhabitant(each, draw) for each in listed)
        self.officials = tuple(_officials(self.inhabitants, draw))
        self._by_id = {each.id: each for each in self.inhabitants}
        self._of_cluster = _grouped(self.officials, lambda official: official.cluster)
        firms = [each for each in self.inhabitants if each.kind is Kind.FIRM and each.home_cluster]
        self._firms = _Urn(firms, lambda firm: firm.activity)
        self._firms_in_slack = _Urn([firm for firm in firms if firm.member_id], lambda firm: firm.activity)
        self._partners = _urns(self.inhabitants, lambda each: (each.kind, ""))
        self._neighbours = _urns(self.inhabitants, lambda each: (each.kind, each.home_cluster))

    def __getitem__(self, organisation_id: str) -> Inhabitant:
        return self._by_id[organisation_id]

    def firm(self, *, is_in_slack: bool) -> Inhabitant:
        """A firm that has a need; of those in Slack, or of all."""
        return (self._firms_in_slack if is_in_slack else self._firms).one(self._draw)

    def purpose(self) -> Purpose:
        """What the next need is for."""
        return _one_of(_PURPOSES, self._draw)

    def partners(self, asker: Inhabitant, purpose: Purpose, n_partners: int) -> tuple[Inhabitant, ...]:
        """Different organisations that might fit; fewer than wanted where there are few."""
        found: dict[str, Inhabitant] = {}
        for _ in range(4 * n_partners):
            partner = self._partner(asker, purpose)
            if partner is not None and partner is not asker and len(found) < n_partners:
                found.setdefault(partner.id, partner)
        return tuple(found.values())

    def official(self, cluster: str) -> Official:
        """Any coordinator of a cluster; the staff for none ("")."""
        return self._draw.choice(self._of_cluster[cluster])

    def n_officials(self, cluster: str) -> int:
        """How many coordinators a cluster has; how many are the staff ("")."""
        return len(self._of_cluster[cluster])

    def _partner(self, asker: Inhabitant, purpose: Purpose) -> Inhabitant | None:
        kind = _one_of(_SOUGHT[purpose], self._draw)
        is_near = self._draw.random() < _SHARE_FROM_OWN_CLUSTER
        near = self._neighbours.get((kind, asker.home_cluster)) if is_near else None
        urn = near or self._partners.get((kind, ""))
        return urn.one(self._draw) if urn else None


class _Urn:
    """Organisations, each drawn as often as its weight says."""

    def __init__(self, content: Sequence[Inhabitant], weight: Callable[[Inhabitant], float]) -> None:
        self._content = content
        self._bounds = list(accumulate(map(weight, content)))

    def one(self, draw: Random) -> Inhabitant:
        return self._content[bisect(self._bounds, draw.random() * self._bounds[-1])]


def _urns(
    content: Iterable[Inhabitant], group: Callable[[Inhabitant], tuple[Kind, str]]
) -> dict[tuple[Kind, str], _Urn]:
    return {key: _Urn(each, lambda one: one.popularity) for key, each in _grouped(content, group).items()}


def _grouped(content: Iterable[Value], group: Callable[[Value], Key]) -> dict[Key, list[Value]]:
    groups: dict[Key, list[Value]] = {}
    for each in content:
        groups.setdefault(group(each), []).append(each)
    return groups


def _one_of(shares: Mapping[Value, float], draw: Random) -> Value:
    return draw.choices(list(shares), list(shares.values()))[0]


def _inhabitant(listed: Listed, draw: Random) -> Inhabitant:
    share_in_slack = _SHARE_IN_SLACK.get(listed.kind, _SHARE_IN_SLACK_ELSE)
    is_silent = draw.random() < _SHARE_SILENT
    return Inhabitant(
        id=listed.id,
        kind=listed.kind,
        home_cluster=listed.home_cluster,
        is_masked=listed.is_masked,
        member_id=f"sim:member:{listed.id}"[:64] if draw.random() < share_in_slack else "",
        activity=draw.lognormvariate(0, _SPREAD_OF_ACTIVITY),
        popularity=draw.lognormvariate(0, _SPREAD_OF_POPULARITY),
        answers=0.1 if is_silent else draw.betavariate(9, 2.5),
        agrees=draw.betavariate(5.5, 4.5),
    )


def _officials(inhabitants: Iterable[Inhabitant], draw: Random) -> Iterator[Official]:
    """Coordinators as the size of their cluster asks for, two at least; then the staff.

    Each is the deputy of the one before it.
    """
    for cluster, its in sorted(_grouped(inhabitants, lambda each: each.home_cluster).items()):
        n_coordinators = max(2, round(len(its) / _ORGANISATIONS_PER_COORDINATOR))
        ids = (
            [f"sim:coordinator:{cluster}:{number}" for number in range(1, n_coordinators + 1)]
            if cluster
            else []
        )
        for id, deputy in zip(ids, [*ids[1:], *ids[:1]], strict=True):
            yield Official(id=id, cluster=cluster, deputy_id=deputy, strictness=draw.uniform(0.08, 0.22))
    for number in range(1, _N_STAFF + 1):
        yield Official(id=f"sim:staff:{number}", cluster="", deputy_id="", strictness=0.1)
