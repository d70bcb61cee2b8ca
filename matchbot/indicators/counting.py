"""Rows → values: every figure, as a whole and told apart, with what has to be known about it.

numpy comes along with this module: whoever does not count should not wait for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.arrays import distinct
from matchbot.aftermath.outcomes import Certainty
from matchbot.indicators.belonging import CARRIERS, Belonging
from matchbot.indicators.columns import NOBODY, Ids, Lists, Numbers, Rows
from matchbot.indicators.definitions import Breakdown, Figure, Indicator, Measure
from matchbot.indicators.graphs import OF_GRAPHS, OF_PATHS, Graph, graph_of
from matchbot.indicators.known import OF_PERIOD, Known, turn_to_period
from matchbot.indicators.measures import interval, measured
from matchbot.indicators.periods import Period
from matchbot.indicators.values import Flag, Value

_WEAK = ("C", "D")
"""Evidence that a headline leaves out."""
_EXPECTED = (Certainty.EXPECTED,)
_FEW_ANSWERS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One thing counted. ``organisations``: those behind it, by id."""

    thing: str
    measure: float | None
    organisations: tuple[str, ...]
    day: str = ""
    case_id: str = ""
    evidence: str = ""
    certainty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """The rows behind one value. ``places``: of those that make it, rising; ``n_weaker``: how many a
    headline leaves out. ``certainty``: None where the rows are neither expected nor confirmed."""

    rows: Rows
    by: str
    part: str
    certainty: Certainty | None
    places: Numbers
    n_weaker: int
    n_distinct: int
    n_organisations: int

    def things(self, measure: Measure) -> set[str] | set[int]:
        """What is counted, each once: the things themselves, or for 実数 what they are about."""
        if measure is Measure.DISTINCT:
            return set(self.rows.same[self.places].tolist()) - {NOBODY}
        return {self.rows.things[place] for place in self.places}


class Counter:
    """Counts figures in what was known: what rows belong to is looked up once, for all of them."""

    def __init__(self, known: Known, *, is_headline_only: bool = True) -> None:
        self.known = known
        self.is_headline_only = is_headline_only
        self._belonging = Belonging(known)
        self._same = Ids()

    def values(self, indicator: Indicator, breakdowns: Sequence[Breakdown] = ()) -> Iterator[Value]:
        """Every figure of an indicator, as a whole and by each breakdown that it has."""
        for sql, alike in groupby(indicator.figures, key=lambda figure: figure.sql):
            figures = list(alike)
            if sql:
                yield from self._values(indicator, figures, breakdowns)
            else:
                for figure in figures:
                    yield from self._values_of_graphs(indicator, figure, breakdowns)

    def _values(
        self, indicator: Indicator, figures: Sequence[Figure], breakdowns: Sequence[Breakdown]
    ) -> Iterator[Value]:
        """Figures that count the same rows."""
        rows = self._rows(figures)
        lots = list(self._lots(rows, breakdowns))
        for figure, measures in zip(figures, rows.measures, strict=True):
            for lot in lots:
                yield self._value(indicator, figure, lot, measures[lot.places])

    def turned_to(self, known: Known, *, is_headline_only: bool) -> "Counter":
        """For another question of what was known at the same time; turns the tables to its period."""
        if (known, is_headline_only) == (self.known, self.is_headline_only):
            return self
        if known.period != self.known.period:
            turn_to_period(known)
        return self._sharing(known, is_headline_only=is_headline_only)

    def within(self, period: Period) -> "Counter":
        """For another period of the tables as they are: for counts of events, which ask for no members."""
        self.known.require(OF_PERIOD)
        return self._sharing(replace(self.known, period=period), is_headline_only=self.is_headline_only)

    def _sharing(self, known: Known, *, is_headline_only: bool) -> "Counter":
        """Another one that looks up with this one what belongs to what."""
        other = Counter(known, is_headline_only=is_headline_only)
        other._same, other._belonging = self._same, self._belonging.turned_to(known)
        return other

    # --- Rows, and the lots they fall into ---

    def lots(self, figure: Figure, breakdowns: Iterable[Breakdown] = ()) -> Iterator[Lot]:
        """The rows of a figure: all of them, then by each part; what is expected apart from what is not.

        Not of figures that are measured on the network.
        """
        return self._lots(self._rows([figure], with_things=True), breakdowns)

    def opened(self, figure: Figure, by: Breakdown | None = None, part: str = "") -> Iterator[Row]:
        """What a number counted: as a whole, or of one part of a breakdown."""
        if figure.measure in OF_GRAPHS:
            yield from self._opened_graph(figure, part)
            return
        rows = self._rows([figure], with_things=True)
        organisations = self._belonging.organisations_of(rows)
        names = self._belonging.organisations.in_order
        for lot in self._lots(rows, [by] if by else ()):
            if (lot.by, lot.part) == (by or "", part):
                for place in lot.places.tolist():
                    measure = float(rows.measures[0][place])
                    yield Row(
                        thing=rows.things[place],
                        measure=None if np.isnan(measure) else measure,
                        organisations=tuple(sorted(names[number] for number in organisations[place])),
                        day=rows.days[place] if rows.days else "",
                        case_id=(rows.case_ids and rows.case_ids[place]) or "",
                        evidence=rows.evidence[place] if rows.evidence else "",
                        certainty=lot.certainty or "",
                    )

    def measures(self, figure: Figure, *, is_expected: bool) -> dict[str, float | None]:
        """The measure of each thing that a number as a whole counted: of `opened`, what is told quickly."""
        if figure.measure in OF_GRAPHS:
            return {row.thing: row.measure for row in self._opened_graph(figure, "")}
        return {
            lot.rows.things[place]: None if np.isnan(measure) else measure
            for lot in self.lots(figure)
            if (lot.certainty is Certainty.EXPECTED) is is_expected
            for place, measure in zip(
                lot.places.tolist(), lot.rows.measures[0][lot.places].tolist(), strict=True
            )
        }

    def _rows(self, figures: Sequence[Figure], *, with_things: bool = False) -> Rows:
        """The rows that figures have alike, with a column of measures for each of them."""
        sql = figures[0].sql
        given = [name for name, *_ in self.known.rows(f"SELECT * FROM ({sql}) LIMIT 0").description]
        same = "same" if "same" in given else "thing"
        wanted = {same, "evidence", "certainty", *CARRIERS} | ({"thing", "day"} if with_things else set())
        measures = [figure.quantity for figure in figures if figure.quantity]
        read = list(dict.fromkeys([*(name for name in given if name in wanted), *measures]))
        told = self.known.rows(f"SELECT {', '.join(read)} FROM ({sql})").fetchall()
        columns = dict(zip(read, list(zip(*told, strict=True)) or [()] * len(read), strict=True))
        return Rows(
            things=columns["thing"] if with_things else (),
            days=columns.get("day"),
            same=self._same.numbers(columns[same]),
            measures=[
                np.array(columns[figure.quantity], np.float64) if figure.quantity else np.ones(len(told))
                for figure in figures
            ],
            evidence=columns.get("evidence"),
            is_weak=_is_any(columns["evidence"], _WEAK)
            if "evidence" in columns
            else np.zeros(len(told), bool),
            is_expected=_is_any(columns["certainty"], _EXPECTED) if "certainty" in columns else None,
            case_ids=columns.get("case_id"),
            carriers={
                carrier: self._belonging.numbers(carrier, columns[carrier])
                for carrier in CARRIERS
                if carrier in columns
            },
        )

    def _lots(self, rows: Rows, breakdowns: Iterable[Breakdown]) -> Iterator[Lot]:
        organisations = self._belonging.organisations_of(rows)
        everywhere = np.arange(len(rows))
        yield from self._told_apart(rows, organisations, "", everywhere, np.zeros_like(everywhere))
        for by in breakdowns:
            places, parts = self._belonging.parts_of(rows, by)
            if np.any(parts != self._belonging.unknown):
                yield from self._told_apart(rows, organisations, by, places, parts)

    def _told_apart(
        self, rows: Rows, organisations: Lists, by: str, places: Numbers, parts: Numbers
    ) -> Iterator[Lot]:
        """The lots of one breakdown, by certainty and part. ``parts``: those of the rows at ``places``."""
        names = self._belonging.parts.in_order if by else [""]
        groups = parts if rows.is_expected is None else parts + len(names) * rows.is_expected[places]
        n_groups = 2 * len(names)
        n_rows = np.bincount(groups, minlength=n_groups)
        if self.is_headline_only and by != Breakdown.EVIDENCE:
            groups, places = groups[~rows.is_weak[places]], places[~rows.is_weak[places]]
        n_counted = np.bincount(groups, minlength=n_groups)
        n_distinct = _n_different(groups, rows.same[places], n_groups)
        of, behind = organisations.spread(places)
        n_organisations = _n_different(groups[of], behind, n_groups)
        in_lots = np.split(places[np.lexsort((places, groups))], np.cumsum(n_counted)[:-1])
        for group in sorted(np.flatnonzero(n_rows).tolist(), key=lambda group: _order(group, names)) or [0]:
            yield Lot(
                rows=rows,
                by=by,
                part=names[group % len(names)],
                certainty=_certainty(rows, is_expected=group >= len(names)),
                places=in_lots[group],
                n_weaker=int(n_rows[group] - n_counted[group]),
                n_distinct=int(n_distinct[group]),
                n_organisations=int(n_organisations[group]),
            )

    def _value(self, indicator: Indicator, figure: Figure, lot: Lot, measures: NDArray[np.float64]) -> Value:
        """A lot's value; counts have no denominator, all others what is known."""
        counts = {Measure.EVENTS: len(measures), Measure.DISTINCT: lot.n_distinct}
        is_count = figure.measure in counts
        known = measures[~np.isnan(measures)]
        is_few = figure.is_of_answers and len(known) < _FEW_ANSWERS
        low, high = interval(figure.measure, known)
        return Value(
            figure=figure.id,
            by=lot.by,
            part=lot.part,
            value=counts[figure.measure] if is_count else measured(figure.measure, known),
            n=len(measures),
            distinct=lot.n_distinct,
            denominator=None if is_count else len(known),
            missing=len(measures) - len(known),
            weaker=lot.n_weaker,
            low=low,
            high=high,
            n_organisations=lot.n_organisations,
            version=indicator.version,
            flags=(
                *([_FLAGS[lot.certainty]] if lot.certainty else []),
                *self._flags(figure, lot.by, lot.part),
                *([Flag.FEW] if is_few else []),
            ),
        )

    def _flags(self, figure: Figure, by: str, part: str) -> Iterator[Flag]:
        """What has to be known of every value of a figure in a part, whatever its rows are."""
        is_reorganised = by == Breakdown.CLUSTER and part in self._reorganised
        if is_reorganised or any(
            broken in ("", figure.id, figure.id.rstrip("abcdefgh"))
            and (not cluster or (by == Breakdown.CLUSTER and cluster == part))
            for broken, cluster in self._breaks
        ):
            yield Flag.BREAK
        if figure.is_of_members and self._is_before_members:
            yield Flag.UNRECORDED
        if self.known.is_sample:
            yield Flag.SAMPLE

    @cached_property
    def _is_before_members(self) -> bool:
        """Whether at the time of the question it was not recorded yet who is in which cluster."""
        since = self.known.network.members_since()
        return since is None or self.known.as_of < since

    @cached_property
    def _breaks(self) -> Sequence[tuple[str, str]]:
        """The breaks that were marked within the period: figure and cluster, "" for all."""
        return self.known.rows(
            "SELECT figure, cluster FROM breaks WHERE day BETWEEN :first AND :last"
        ).fetchall()

    @cached_property
    def _reorganised(self) -> frozenset[str]:
        """The clusters that began, ended or changed by a reorganisation within the period."""
        period = self.known.period
        return frozenset(
            cluster
            for event in self.known.network.lineage()
            if period.first <= event.day <= period.last
            for cluster in (*event.before, *event.after)
        )

    # --- The network ---

    @cached_property
    def _graphs(self) -> Mapping[str, Graph]:
        """The network as a whole (""), and within each cluster."""
        whole = graph_of(self.known)
        clusters = sorted({cluster for own in whole.clusters.values() for cluster in own})
        return {"": whole} | {cluster: whole.within(cluster) for cluster in clusters}

    def _values_of_graphs(
        self, indicator: Indicator, figure: Figure, breakdowns: Iterable[Breakdown]
    ) -> Iterator[Value]:
        """A measure of the network, and of the networks within clusters; n are ties, distinct are nodes."""
        wanted = self._graphs if Breakdown.CLUSTER in breakdowns else {"": self._graphs[""]}
        for part, graph in wanted.items():
            n_nodes = len(graph.organisations)
            flags = [Flag.SAMPLED] if graph.is_sampled and figure.measure in OF_PATHS else []
            yield Value(
                figure=figure.id,
                by=Breakdown.CLUSTER if part else "",
                part=part,
                value=graph.measured(figure.measure),
                n=len(graph.pairs),
                distinct=n_nodes,
                denominator=n_nodes * (n_nodes - 1) // 2,
                n_organisations=n_nodes,
                version=indicator.version,
                flags=(*flags, *self._flags(figure, Breakdown.CLUSTER if part else "", part)),
            )

    def _opened_graph(self, figure: Figure, part: str) -> Iterator[Row]:
        for thing, organisations, number in self._graphs[part].opened(figure.measure):
            yield Row(thing, number, organisations)


_FLAGS = {Certainty.CONFIRMED: Flag.CONFIRMED, Certainty.EXPECTED: Flag.EXPECTED}


def _certainty(rows: Rows, *, is_expected: bool) -> Certainty | None:
    if rows.is_expected is None:
        return None
    return Certainty.EXPECTED if is_expected else Certainty.CONFIRMED


def _order(group: int, names: Sequence[str]) -> tuple[bool, str]:
    """What is confirmed comes first, then by the name of the part."""
    return group >= len(names), names[group % len(names)]


def _is_any(column: Sequence[object], wanted: Sequence[str]) -> NDArray[np.bool_]:
    return np.fromiter((each in wanted for each in column), np.bool_, len(column))


def _n_different(groups: Numbers, things: Numbers, n_groups: int) -> Numbers:
    """How many different things each group has, of those that have a number."""
    is_known = things != NOBODY
    width = int(things.max(initial=0)) + 1
    pairs = distinct(groups[is_known] * width + things[is_known])
    return np.bincount(pairs // width, minlength=n_groups)
