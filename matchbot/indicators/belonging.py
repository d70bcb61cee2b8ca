"""What rows belong to: the parts of each breakdown, and the organisations behind them."""

from collections.abc import Iterator, Mapping
from copy import copy

import numpy as np

from matchbot.indicators.columns import Ids, Lists, Numbers, Rows
from matchbot.indicators.definitions import Breakdown
from matchbot.indicators.known import Known
from matchbot.indicators.values import UNKNOWN

CARRIERS = (
    "pair",
    "case_id",
    "outcome_id",
    "survey_id",
    "visit_id",
    "organisation_id",
    "need_id",
    "award_id",
)
"""The columns that say what a row belongs to, the nearest first."""

_BEHIND = "organisations"


class Belonging:
    """Looks up once what cases, outcomes, organisations and the like have, for all figures."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.parts = Ids()
        self.unknown = self.parts[UNKNOWN]
        self.organisations = Ids()
        self._ids = {carrier: Ids() for carrier in CARRIERS} | {"organisation_id": self.organisations}
        self._lists: dict[tuple[str, str], Lists | None] = {}
        self._of_members: dict[tuple[str, str], Lists | None] = {}

    def turned_to(self, known: Known) -> "Belonging":
        """The same for another period of what was known: only who is a member is looked up anew."""
        turned = copy(self)
        turned._known, turned._of_members = known, {}
        return turned

    def numbers(self, carrier: str, ids: tuple[str | None, ...]) -> Numbers:
        """The ids of what rows belong to as numbers; an empty one is none."""
        return self._ids[carrier].numbers([id or None for id in ids])

    def parts_of(self, rows: Rows, by: Breakdown) -> tuple[Numbers, Numbers]:
        """Places of rows and the parts they are in, side by side; ``unknown`` where they are in none."""
        if by is Breakdown.EVIDENCE:
            return np.arange(len(rows)), self.parts.numbers(rows.evidence or [UNKNOWN] * len(rows))
        places, parts, left = rows.nearest(lambda carrier: self._list(carrier, by))
        unknown = np.full(len(left), self.unknown)
        return np.concatenate((places, left)), np.concatenate((parts, unknown))

    def organisations_of(self, rows: Rows) -> Lists:
        """The organisations behind each row, by its place."""
        places, organisations, _ = rows.nearest(self._organisations_by)
        return Lists.of(places, organisations, len(rows))

    def _organisations_by(self, carrier: str) -> Lists | None:
        if carrier == "organisation_id":
            themselves = np.arange(len(self.organisations))
            return Lists(themselves, themselves[:-1])
        if carrier == "pair":
            pairs = self._ids[carrier].in_order
            both = self.organisations.numbers([id for pair in pairs for id in pair.split(" ")])
            return Lists(np.arange(0, 2 * len(pairs) + 1, 2), both)
        return self._list(carrier, _BEHIND)

    def _list(self, carrier: str, what: str) -> Lists | None:
        """What each of a carrier has; None where it never has any."""
        lists = self._of_members if carrier == "organisation_id" else self._lists
        if (carrier, what) not in lists:
            lists[carrier, what] = None
            for query, columns in _SOURCES[carrier].items():
                if what in columns:
                    lists.update(self._read(carrier, query, columns))
        return lists[carrier, what]

    def _read(
        self, carrier: str, query: str, columns: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, str], Lists]]:
        """All that one query tells of a carrier."""
        owners, *told = list(zip(*self._known.rows(query), strict=True)) or [()] * (1 + len(columns))
        numbers = self._ids[carrier].numbers(owners)
        for column, has in zip(columns, told, strict=True):
            ids = self.organisations if column is _BEHIND else self.parts
            yield (carrier, column), Lists.of(numbers, ids.numbers(has))


def _continued(table: str, id: str, cluster: str, day: str = "day") -> str:
    """Each id of a table with the clusters that continue today the one it had on a day."""
    return (
        f"SELECT {id}, t.today FROM {table} x JOIN continued t ON t.cluster = x.{cluster} "
        f"AND {day} BETWEEN t.first AND t.last"
    )


def _pairs_of_homes(table: str, id: str) -> str:
    """Each id of a table with the pairs of home clusters that its pairs of parties have."""
    return (
        f"SELECT a.{id}, MIN(a.home_cluster, b.home_cluster) || ' ' || MAX(a.home_cluster, b.home_cluster) "
        f"FROM {table} a JOIN {table} b ON b.{id} = a.{id} AND b.organisation_id > a.organisation_id "
        "WHERE a.home_cluster <> '' AND b.home_cluster <> ''"
    )


_SOURCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "pair": {},
    "case_id": {
        "SELECT case_id, home_cluster, kind, organisation_id FROM parties": (
            Breakdown.CLUSTER,
            Breakdown.KIND,
            _BEHIND,
        ),
        "SELECT case_id, purpose, path, coordinator FROM cases": (
            Breakdown.PURPOSE,
            Breakdown.PATH,
            Breakdown.COORDINATOR,
        ),
        _continued("parties", "case_id", "home_cluster"): (Breakdown.CLUSTER_TODAY,),
        _pairs_of_homes("parties", "case_id"): (Breakdown.PAIR,),
    },
    "outcome_id": {
        "SELECT outcome_id, home_cluster, kind, organisation_id FROM outcome_parties": (
            Breakdown.CLUSTER,
            Breakdown.KIND,
            _BEHIND,
        ),
        "SELECT o.outcome_id, c.purpose, c.path FROM outcome_cases o JOIN cases c ON c.case_id = o.case_id": (
            Breakdown.PURPOSE,
            Breakdown.PATH,
        ),
        "SELECT outcome_id, novelty, start FROM outcomes": (Breakdown.NOVELTY, Breakdown.START),
        _continued("outcome_parties", "outcome_id", "home_cluster"): (Breakdown.CLUSTER_TODAY,),
        _pairs_of_homes("outcome_parties", "outcome_id"): (Breakdown.PAIR,),
    },
    "survey_id": {
        "SELECT survey_id, cluster, role, side, organisation_id FROM surveys": (
            Breakdown.CLUSTER,
            Breakdown.ROLE,
            Breakdown.SIDE,
            _BEHIND,
        ),
        _continued("surveys", "survey_id", "cluster"): (Breakdown.CLUSTER_TODAY,),
    },
    "visit_id": {"SELECT visit_id, member_id FROM visits": (Breakdown.COORDINATOR,)},
    "organisation_id": {
        "SELECT organisation_id, cluster, kind FROM members": (Breakdown.CLUSTER, Breakdown.KIND),
        _continued("members", "organisation_id", "cluster", ":last"): (Breakdown.CLUSTER_TODAY,),
    },
    "need_id": {
        "SELECT need_id, purpose, organisation_id FROM needs": (Breakdown.PURPOSE, _BEHIND),
    },
    "award_id": {
        "SELECT award_id, scheme FROM awards": (Breakdown.SCHEME,),
        "SELECT award_id, organisation_id FROM award_winners": (_BEHIND,),
    },
}
"""Of each carrier what there is to know, one query after the other: its id, then what the columns tell."""
