"""Rows → values: every figure, as a whole and told apart, with what has to be known about it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from math import isnan, sqrt
from statistics import NormalDist, median

from matchbot.aftermath import Certainty
from matchbot.choosing import gini
from matchbot.indicators.definitions import Breakdown, Figure, Indicator, Measure
from matchbot.indicators.graphs import OF_GRAPHS, OF_PATHS, Graph, graph_of
from matchbot.indicators.known import Known
from matchbot.indicators.periods import Period

UNKNOWN = ""
"""The part of a breakdown that nobody knows: 不明."""

_HEADLINE = frozenset({"A", "B"})
_FEW_ANSWERS = 10
_Z = NormalDist().inv_cdf(0.975)


class Flag(StrEnum):
    """What has to be known of a value."""

    EXPECTED = "expected"
    """見込み: it has not happened yet. Never to be added to what has."""
    CONFIRMED = "confirmed"
    """確定."""
    BREAK = "series-break"
    """時系列の断層: not comparable with what came before."""
    SAMPLED = "sampled-paths"
    """Shortest paths were taken from a sample of nodes."""
    HIDDEN = "hidden"
    """秘匿: too few organisations stand behind it, or it would give away one behind which they do."""
    FEW = "few-answers"
    """Fewer than ten answers."""
    SAMPLE = "sample"
    """見本."""


Carriers = tuple[tuple[str, str], ...]
"""What a row belongs to, as kinds and ids."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing counted, as the SQL gives it. ``carriers``: what it belongs to, the nearest first."""

    thing: str
    same: str | None
    measure: float | None = 1.0
    evidence: str | None = None
    certainty: str | None = None
    case_id: str | None = None
    pair: str | None = None
    outcome_id: str | None = None
    need_id: str | None = None
    organisation_id: str | None = None
    survey_id: str | None = None
    award_id: str | None = None
    carriers: Carriers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "carriers", tuple(_carriers(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number and what belongs to it.

    ``by`` and ``part``: which part of which breakdown ("": of none; a part "" is 不明). ``value``: None
    where nothing is known. ``n``: rows (延べ). ``distinct``: what they are about (実数). ``denominator``:
    what a share, mean or distribution is taken over. ``missing``: rows of unknown measure. ``weaker``:
    rows of evidence C or D that a headline leaves out. ``low`` and ``high``: 95 % interval.
    ``n_organisations``: how many organisations stand behind it.
    """

    figure: str
    by: str = ""
    part: str = ""
    value: float | None
    n: int
    distinct: int
    denominator: int | None = None
    missing: int = 0
    weaker: int = 0
    low: float | None = None
    high: float | None = None
    n_organisations: int = 0
    version: int
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """The rows behind one value."""

    by: str
    part: str
    certainty: str | None
    rows: Sequence[Row]


class Counter:
    """Counts figures in what was known: parts and organisations are looked up once, for all of them."""

    def __init__(self, known: Known, *, is_headline_only: bool = True) -> None:
        self._known = known
        self._is_headline_only = is_headline_only
        self._tables: dict[tuple[Breakdown, str], Mapping[str, Sequence[str]]] = {}
        self._parts: dict[Breakdown, dict[Carriers, Sequence[str]]] = defaultdict(dict)
        self._belonging: list[Carriers] = []
        self._found: dict[Breakdown, Sequence[tuple[str, list[int]]]] = {}
        self._organisations: dict[str, Mapping[str, Sequence[str]]] = {}
        self._behind: dict[Carriers, Sequence[str]] = {}

    def values(self, indicator: Indicator, breakdowns: Iterable[Breakdown] = ()) -> Iterator[Value]:
        """Every figure of an indicator, as a whole and by each breakdown that it has."""
        for figure in indicator.figures:
            if figure.measure in OF_GRAPHS:
                yield from self._values_of_graphs(indicator, figure, breakdowns)
                continue
            for cell in self.cells(figure, breakdowns):
                yield self._value(indicator, figure, cell)

    def turned_to(self, period: Period) -> "Counter":
        """The same for another period of what was prepared: for counts of events, which ask no members."""
        known = replace(self._known, period=period)
        turned = Counter(known, is_headline_only=self._is_headline_only)
        turned._tables, turned._parts = self._tables, self._parts
        turned._organisations, turned._behind = self._organisations, self._behind
        return turned

    @cached_property
    def _graphs(self) -> Mapping[str, Graph]:
        """The network as a whole (""), and within each cluster."""
        whole = graph_of(self._known)
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

    def cells(self, figure: Figure, breakdowns: Iterable[Breakdown] = ()) -> Iterator[Cell]:
        """The rows of a figure: all of them, then by each part; what is expected apart from what is not."""
        if figure.measure in OF_GRAPHS:
            yield from self._cells_of_graphs(figure, breakdowns)
            return
        by_certainty = self._by_certainty(figure)
        for certainty, rows in by_certainty.items():
            yield Cell("", "", certainty, rows)
        for by in breakdowns:
            for certainty, rows in by_certainty.items():
                yield from (Cell(by, part, certainty, own) for part, own in self._split(by, rows))

    def _cells_of_graphs(self, figure: Figure, breakdowns: Iterable[Breakdown]) -> Iterator[Cell]:
        wanted = self._graphs if Breakdown.CLUSTER in breakdowns else {"": self._graphs[""]}
        for part, graph in wanted.items():
            rows = [
                Row(thing, thing, number, organisation_id=organisations[0], pair=" ".join(organisations))
                for thing, organisations, number in graph.opened(figure.measure)
            ]
            yield Cell(Breakdown.CLUSTER if part else "", part, None, rows)

    def _by_certainty(self, figure: Figure) -> Mapping[str | None, list[Row]]:
        """The rows of a figure apart by 確定 and 見込み, or in one lot where it knows neither."""
        cursor = self._known.rows(figure.sql)
        names = [column[0] for column in cursor.description]
        has_same = "same" in names
        lots: dict[str | None, list[Row]] = defaultdict(list)
        lots[Certainty.CONFIRMED.value if "certainty" in names else None] = []
        for values in cursor:
            told = dict(zip(names, values, strict=True))
            row = Row(**told) if has_same else Row(same=told["thing"], **told)
            lots[row.certainty].append(row)
        return lots

    def _split(self, by: Breakdown, rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
        for part, places in self._places(by, [row.carriers for row in rows]):
            yield part, [rows[place] for place in places]

    def _places(self, by: Breakdown, belonging: list[Carriers]) -> Sequence[tuple[str, list[int]]]:
        """Which rows each part has; the figures of an indicator often have the same ones, found once."""
        if belonging != self._belonging:
            self._belonging, self._found = belonging, {}
        if by not in self._found:
            known = self._parts[by]
            parts: dict[str, list[int]] = defaultdict(list)
            for place, carriers in enumerate(belonging):
                for part in known.get(carriers) or self._parts_of(by, carriers):
                    parts[part].append(place)
            self._found[by] = sorted(parts.items()) if set(parts) - {UNKNOWN} else []
        return self._found[by]

    def _parts_of(self, by: Breakdown, carriers: Carriers) -> Sequence[str]:
        """The parts of what belongs there, looked up once: by the nearest carrier that has any."""
        found = (self._table(by, carrier).get(id) for carrier, id in carriers)
        parts = self._parts[by][carriers] = next(filter(None, found), (UNKNOWN,))
        return parts

    def _table(self, by: Breakdown, carrier: str) -> Mapping[str, Sequence[str]]:
        if (by, carrier) not in self._tables:
            self._tables[by, carrier] = self._look_up(by, carrier)
        return self._tables[by, carrier]

    def _look_up(self, by: Breakdown, carrier: str) -> Mapping[str, Sequence[str]]:
        if by is Breakdown.CLUSTER_TODAY:
            return self._clusters_today(carrier)
        if by is Breakdown.PAIR:
            return {id: _pairs(homes) for id, homes in self._homes(carrier).items()}
        query = _PARTS.get((by, carrier))
        return _grouped(self._known.rows(query)) if query else {}

    def _homes(self, carrier: str) -> Mapping[str, Sequence[str]]:
        """The home clusters of a case's parties, each as often as it has parties there."""
        query = _HOMES.get(carrier)
        return _grouped(self._known.rows(query), keep_all=True) if query else {}

    def _clusters_today(self, carrier: str) -> Mapping[str, Sequence[str]]:
        query = _DATED_CLUSTERS.get(carrier)
        if query is None:
            return {}
        continued: dict[tuple[str, str], tuple[str, ...]] = {}
        rows = []
        for id, cluster, day in self._known.rows(query):
            if (cluster, day) not in continued:
                continued[cluster, day] = self._known.today_of(cluster, date.fromisoformat(day))
            rows += [(id, today) for today in continued[cluster, day]]
        return _grouped(rows)

    def organisations_of(self, row: Row) -> Sequence[str]:
        """The organisations behind a row, looked up once for all that belongs to the same."""
        known = self._behind.get(row.carriers)
        if known is None:
            found = (self._organisations_by(carrier, id) for carrier, id in row.carriers)
            known = self._behind[row.carriers] = next(filter(None, found), ())
        return known

    def _organisations_by(self, carrier: str, id: str) -> Sequence[str]:
        if carrier == "organisation":
            return (id,)
        if carrier == "pair":
            return id.split(" ")
        if carrier not in self._organisations and carrier in _ORGANISATIONS:
            self._organisations[carrier] = _grouped(self._known.rows(_ORGANISATIONS[carrier]))
        return self._organisations.get(carrier, {}).get(id, ())

    def _flags(self, figure: Figure, by: str, part: str) -> Iterator[Flag]:
        """What has to be known of every value of a figure in a part, whatever its rows are."""
        is_reorganised = by == Breakdown.CLUSTER and _is_reorganised(self._known, part)
        if is_reorganised or any(
            broken in ("", figure.id, figure.id.rstrip("abcdefgh"))
            and (not cluster or (by == Breakdown.CLUSTER and cluster == part))
            for broken, cluster in self._breaks
        ):
            yield Flag.BREAK
        if self._known.is_sample:
            yield Flag.SAMPLE

    @cached_property
    def _breaks(self) -> Sequence[tuple[str, str]]:
        """The breaks that were marked within the period: figure and cluster, "" for all."""
        return self._known.rows(
            "SELECT figure, cluster FROM breaks WHERE day BETWEEN :first AND :last"
        ).fetchall()

    def counted(self, cell: Cell) -> Sequence[Row]:
        """The rows that make the value: for a headline, those of evidence A and B."""
        if not self._is_headline_only:
            return cell.rows
        return [row for row in cell.rows if row.evidence is None or row.evidence in _HEADLINE]

    def _value(self, indicator: Indicator, figure: Figure, cell: Cell) -> Value:
        counted = self.counted(cell)
        known = [row.measure for row in counted if row.measure is not None]
        value = Value(
            figure=figure.id,
            by=cell.by,
            part=cell.part,
            value=None,
            n=len(counted),
            distinct=len({row.same for row in counted if row.same is not None}),
            missing=len(counted) - len(known),
            weaker=len(cell.rows) - len(counted),
            n_organisations=len(set[str]().union(*map(self.organisations_of, counted))),
            version=indicator.version,
            flags=(*_certainty(cell), *self._flags(figure, cell.by, cell.part)),
        )
        return _measured(figure.measure, value, known)


def _measured(measure: Measure, value: Value, known: Sequence[float]) -> Value:
    """The value with its number; counts have no denominator, all others what is known."""
    if measure is Measure.EVENTS:
        return replace(value, value=value.n)
    if measure is Measure.DISTINCT:
        return replace(value, value=value.distinct)
    value = replace(value, denominator=len(known))
    if measure in _OF_ANSWERS and len(known) < _FEW_ANSWERS:
        value = replace(value, flags=(*value.flags, Flag.FEW))
    if not known:
        return value
    low, high = _INTERVALS[measure](known) if measure in _INTERVALS else (None, None)
    number = _MEASURES[measure](known)
    return replace(value, value=None if isnan(number) else number, low=low, high=high)


_OF_ANSWERS = frozenset({Measure.NPS, Measure.MEAN})


def _certainty(cell: Cell) -> tuple[Flag, ...]:
    if cell.certainty is None:
        return ()
    return (Flag.EXPECTED if cell.certainty == Certainty.EXPECTED else Flag.CONFIRMED,)


def _is_reorganised(known: Known, cluster: str) -> bool:
    """Whether a cluster began, ended or changed by a reorganisation within the period."""
    period = known.period
    return any(
        period.first <= event.day <= period.last and cluster in (*event.before, *event.after)
        for event in known.network.lineage()
    )


def _carriers(row: Row) -> Iterator[tuple[str, str]]:
    """What a row belongs to, the nearest first."""
    if row.pair:
        yield "pair", row.pair
    if row.case_id:
        yield "case", row.case_id
    if row.outcome_id:
        yield "outcome", row.outcome_id
    if row.survey_id:
        yield "survey", row.survey_id
    if row.organisation_id:
        yield "organisation", row.organisation_id
    if row.need_id:
        yield "need", row.need_id
    if row.award_id:
        yield "award", row.award_id


def _grouped(rows: Iterable[tuple[str, str]], *, keep_all: bool = False) -> dict[str, Sequence[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for id, part in rows:
        if keep_all or part not in groups[id]:
            groups[id].append(part)
    return dict(groups)


def _pairs(homes: Sequence[str]) -> tuple[str, ...]:
    """The pairs of clusters that a case connects: those of its pairs of parties, each once."""
    pairs = {f"{a} {b}" for a, b in combinations(sorted(homes), 2) if a and b}
    return tuple(sorted(pairs)) or (UNKNOWN,)


# --- Measures ---


def _share(known: Sequence[float]) -> float:
    return 100 * sum(known) / len(known)


def _mean(known: Sequence[float]) -> float:
    return sum(known) / len(known)


def ninth_decile(known: Sequence[float]) -> float:
    """The smallest that nine tenths do not exceed."""
    return sorted(known)[-(-9 * len(known) // 10) - 1]


def net_promoter_score(known: Sequence[float]) -> float:
    """100 · (share of 9–10 − share of 0–6), −100 to 100."""
    return 100 * (sum(answer >= 9 for answer in known) - sum(answer <= 6 for answer in known)) / len(known)


def top_tenth(known: Sequence[float]) -> float:
    """What the tenth with the most (rounded up) has of all, as 0–100; NaN where there is nothing."""
    total, n_top = sum(known), -(-len(known) // 10)
    return 100 * sum(sorted(known)[-n_top:]) / total if total else float("nan")


_MEASURES: Mapping[Measure, Callable[[Sequence[float]], float]] = {
    Measure.SHARE: _share,
    Measure.MEAN: _mean,
    Measure.MEDIAN: median,
    Measure.NINTH_DECILE: ninth_decile,
    Measure.NPS: net_promoter_score,
    Measure.GINI: gini,
    Measure.TOP_TENTH: top_tenth,
}

Interval = tuple[float, float]


def wilson(n_yes: float, n: int) -> Interval:
    """The 95 % interval of a share (Wilson 1927), as 0–100."""
    p, z = n_yes / n, _Z
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def _share_interval(known: Sequence[float]) -> Interval:
    return wilson(sum(known), len(known))


def _nps_interval(known: Sequence[float]) -> Interval:
    """NPS ± 1.96 standard errors, of the variance 100²·(p + d − (p − d)²) ÷ n."""
    n = len(known)
    promoters, detractors = sum(a >= 9 for a in known) / n, sum(a <= 6 for a in known) / n
    half = 100 * _Z * sqrt((promoters + detractors - (promoters - detractors) ** 2) / n)
    score = 100 * (promoters - detractors)
    return max(-100.0, score - half), min(100.0, score + half)


_INTERVALS: Mapping[Measure, Callable[[Sequence[float]], Interval]] = {
    Measure.SHARE: _share_interval,
    Measure.NPS: _nps_interval,
}

# --- Parts of a breakdown, by what a row belongs to ---

_HOMES: Mapping[str, str] = {
    "case": "SELECT case_id, home_cluster FROM parties",
    "outcome": "SELECT outcome_id, home_cluster FROM outcome_parties",
}

_PARTS: Mapping[tuple[Breakdown, str], str] = {
    (Breakdown.CLUSTER, "case"): "SELECT case_id, home_cluster FROM parties",
    (Breakdown.CLUSTER, "outcome"): "SELECT outcome_id, home_cluster FROM outcome_parties",
    (Breakdown.CLUSTER, "organisation"): "SELECT organisation_id, cluster FROM members",
    (Breakdown.CLUSTER, "survey"): "SELECT survey_id, cluster FROM surveys",
    (Breakdown.KIND, "case"): "SELECT case_id, kind FROM parties",
    (Breakdown.KIND, "outcome"): "SELECT outcome_id, kind FROM outcome_parties",
    (Breakdown.KIND, "organisation"): "SELECT organisation_id, kind FROM members",
    (Breakdown.PURPOSE, "case"): "SELECT case_id, purpose FROM cases",
    (Breakdown.PURPOSE, "need"): "SELECT need_id, purpose FROM needs",
    (Breakdown.PURPOSE, "outcome"): "SELECT o.outcome_id, c.purpose FROM outcome_cases o "
    "JOIN cases c ON c.case_id = o.case_id",
    (Breakdown.PATH, "case"): "SELECT case_id, path FROM cases",
    (Breakdown.PATH, "outcome"): "SELECT o.outcome_id, c.path FROM outcome_cases o "
    "JOIN cases c ON c.case_id = o.case_id",
    (Breakdown.COORDINATOR, "case"): "SELECT case_id, coordinator FROM cases",
    (Breakdown.ROLE, "survey"): "SELECT survey_id, role FROM surveys",
    (Breakdown.SIDE, "survey"): "SELECT survey_id, side FROM surveys",
    (Breakdown.SCHEME, "award"): "SELECT award_id, scheme FROM awards",
}

_DATED_CLUSTERS: Mapping[str, str] = {
    "case": "SELECT p.case_id, p.home_cluster, COALESCE(c.made_on, c.opened_on) FROM parties p "
    "JOIN cases c ON c.case_id = p.case_id",
    "outcome": "SELECT p.outcome_id, p.home_cluster, o.day FROM outcome_parties p "
    "JOIN outcomes o ON o.outcome_id = p.outcome_id",
    "organisation": "SELECT organisation_id, cluster, :last FROM members",
    "survey": "SELECT survey_id, cluster, day FROM surveys",
}

_ORGANISATIONS: Mapping[str, str] = {
    "case": "SELECT case_id, organisation_id FROM parties",
    "outcome": "SELECT outcome_id, organisation_id FROM outcome_parties",
    "survey": "SELECT survey_id, organisation_id FROM surveys",
    "need": "SELECT need_id, organisation_id FROM needs",
    "award": "SELECT award_id, organisation_id FROM award_winners",
}
