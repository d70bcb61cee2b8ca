"""How far figures are on the way to their targets, and where they will be if things go on as they did."""

import calendar
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.storage import moment
from matchbot.aftermath.outcomes import Certainty
from matchbot.indicators.definitions import Basis, Breakdown, Figure, Indicator, Measure
from matchbot.indicators.forecasting import FEWEST_MONTHS, MOST_MONTHS, Forecast, forecast
from matchbot.indicators.known import Known
from matchbot.indicators.periods import Period
from matchbot.indicators.stated import MEASURES_OF_THE_PROGRAMME, Target
from matchbot.indicators.values import Flag, Value

if TYPE_CHECKING:
    from matchbot.indicators.counting import Counter

Figures = Mapping[str, tuple[Indicator, Figure]]

_DAYS_OF_A_MONTH = 365.25 / 12
_BESIDE = {"I10a": "I10b"}
"""What cases led to, beside what there is in all."""


class NoForecast(StrEnum):
    """Why nothing is foreseen."""

    NOT_A_COUNT = "not-a-count"
    """Shares, means and stocks do not add up over time."""
    TOO_SHORT = "too-short"
    """Fewer than twelve whole months are known."""
    NOT_BEGUN = "not-begun"
    """The period lies ahead."""
    OVER = "over"
    """The period has ended."""


@dataclass(frozen=True, slots=True)
class Gain:
    """How many things one span of days brought that none before it had, and the organisations behind them."""

    period: Period
    n: int
    n_organisations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProgress:
    """One figure on its way to a target within ``period``, as counted up to the day ``until``.

    ``cluster``: of one project, "" for the programme. ``target``: None where the figure has none and is
    shown all the same. ``source``: where the target is written. ``straight`` and ``seasonal``: what it
    would be by then, were the target reached in equal steps, or in those that the months usually take;
    None for what is no count.
    """

    figure: str
    cluster: str
    period: Period
    until: date
    value: Value
    target: float | None = None
    source: str = ""
    straight: float | None = None
    seasonal: float | None = None
    gains: tuple[Gain, ...] = ()
    forecast: Forecast | None = None
    no_forecast: NoForecast | None = None

    @property
    def share(self) -> float | None:
        """How much of the target is reached, as 0–100 and more; None without a target or a value."""
        if not self.target or self.value.value is None:
            return None
        return 100 * self.value.value / self.target


def targets_known(sql: sqlite3.Connection, as_of: datetime) -> list[Target]:
    """The targets that stood at a time, by period, figure and cluster; the whole before its parts."""
    rows = sql.execute(
        "SELECT figure, first, last, value, cluster, source FROM ("
        "SELECT *, ROW_NUMBER() OVER (PARTITION BY figure, cluster, first, last ORDER BY seq DESC) AS place "
        "FROM main.fact_targets WHERE recorded_at <= ?) WHERE place = 1 AND value IS NOT NULL "
        "ORDER BY first, last DESC, figure, cluster",
        [moment(as_of)],
    )
    return [
        Target(
            figure=figure,
            period=Period(date.fromisoformat(first), date.fromisoformat(last)),
            value=value,
            cluster=cluster,
            source_id=source,
        )
        for figure, first, last, value, cluster, source in rows
    ]


def progress(counter: "Counter", figures: Figures, text: Callable[[str], str]) -> list[TargetProgress]:
    """The targets of periods that touch the one in question, each counted up to its last day or today.

    The figures by which the programme manages itself come too where they have no target. ``text`` gives
    the words of an id. Leaves the tables turned to the period in question, as they were.
    """
    known = counter.known
    until = min(known.period.last, known.today)
    found = list(_wanted(known, until, targets_known(known.sql, known.as_of)))
    sources = {target: text(target.source_id) for target in found if target.source_id}
    months = _months(_begins(known), until)
    result: list[TargetProgress] = []
    turned = counter
    for period, own in groupby(found, key=lambda each: each.period):
        targets = list(own)
        if period.first > until:
            result += [_not_begun(each, figures, known, until, sources.get(each, "")) for each in targets]
            continue
        reached = replace(known, period=Period(period.first, min(period.last, until)))
        turned = turned.turned_to(reached, is_headline_only=counter.is_headline_only)
        counted = _counted(turned, figures, targets, months)
        result += [
            replace(one, source=sources.get(target, "")) for target, one in zip(targets, counted, strict=True)
        ]
    turned.turned_to(known, is_headline_only=counter.is_headline_only)
    return result


def _wanted(known: Known, until: date, targets: Iterable[Target]) -> Iterator[Target]:
    """The targets of periods that touch the one in question, and the programme's figures that have none."""
    own = known.period
    under_way = [t for t in targets if t.period.first <= own.last and t.period.last >= own.first]
    has_target = {target.figure for target in under_way if not target.cluster}
    has_target |= {_BESIDE[figure] for figure in has_target & _BESIDE.keys()}
    bare = [
        Target(figure=figure, period=known.period)
        for figure in MEASURES_OF_THE_PROGRAMME
        if figure not in has_target and known.period.first <= until
    ]
    beside = [
        replace(target, figure=_BESIDE[target.figure], value=None, source_id="")
        for target in under_way
        if target.figure in _BESIDE
    ]
    whole = {(target.figure, target.cluster, target.period) for target in under_way}
    added = [each for each in (*bare, *beside) if (each.figure, each.cluster, each.period) not in whole]
    order = {figure: place for place, figure in enumerate(MEASURES_OF_THE_PROGRAMME)}
    yield from sorted(
        dict.fromkeys((*under_way, *added)),
        key=lambda t: (t.period.first, t.period.last, t.cluster, order.get(t.figure, len(order)), t.figure),
    )


def _counted(
    counter: "Counter", figures: Figures, targets: Sequence[Target], months: Sequence[Period]
) -> Iterator[TargetProgress]:
    """What the targets of one period have come to."""
    known = counter.known
    wanted: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        wanted[target.figure].append(target)
    values, histories, gains = {}, {}, {}
    for id, own in wanted.items():
        indicator, figure = figures[id]
        by = (Breakdown.CLUSTER,) if any(target.cluster for target in own) else ()
        values[id] = _values(counter, indicator, figure, by)
        if _adds_up(indicator, figure):
            parts = {target.cluster for target in own}
            histories[id] = _histories(counter, figure, parts, months)
            set_for = {target.cluster for target in own if target.value is not None}
            gains[id] = _histories(counter, figure, set_for, _years(known.period)) if set_for else {}
    for target in targets:
        indicator, _ = figures[target.figure]
        value = values[target.figure].get(target.cluster) or _nothing(target, indicator, known)
        history = histories.get(target.figure, {}).get(target.cluster)
        so_far = _with_forecast(target, value, known.period.last, history)
        yield replace(so_far, gains=tuple(gains.get(target.figure, {}).get(target.cluster, ())))


def _values(
    counter: "Counter", indicator: Indicator, figure: Figure, by: Sequence[Breakdown]
) -> dict[str, Value]:
    """The values of one figure that are no expectations: of the whole (""), and of each cluster."""
    only = replace(indicator, figures=(figure,))
    return {
        value.part: value
        for value in counter.values(only, by)
        if Flag.EXPECTED not in value.flags and (value.part or not value.by)
    }


def _nothing(target: Target, indicator: Indicator, known: Known) -> Value:
    """The value of the whole, or of a cluster, in which nothing was counted."""
    return Value(
        figure=target.figure,
        by=Breakdown.CLUSTER if target.cluster else "",
        part=target.cluster,
        value=0,
        n=0,
        distinct=0,
        version=indicator.version,
        flags=(Flag.SAMPLE,) if known.is_sample else (),
    )


def _not_begun(target: Target, figures: Figures, known: Known, until: date, source: str) -> TargetProgress:
    indicator, _ = figures[target.figure]
    return TargetProgress(
        figure=target.figure,
        cluster=target.cluster,
        period=target.period,
        until=until,
        value=_nothing(target, indicator, known),
        target=target.value,
        source=source,
        no_forecast=NoForecast.NOT_BEGUN,
    )


def _with_forecast(
    target: Target, value: Value, until: date, history: Sequence[Gain] | None
) -> TargetProgress:
    so_far = TargetProgress(
        figure=target.figure,
        cluster=target.cluster,
        period=target.period,
        until=until,
        value=value,
        target=target.value,
    )
    if history is None:
        return replace(so_far, no_forecast=NoForecast.NOT_A_COUNT)
    if so_far.target is not None:
        so_far = replace(
            so_far,
            straight=so_far.target * target.period.share_by(until),
            seasonal=_seasonal(so_far.target, target.period, until, history),
        )
    if until >= target.period.last:
        return replace(so_far, no_forecast=NoForecast.OVER)
    left = (target.period.last - until).days / _DAYS_OF_A_MONTH
    foreseen = forecast(int(value.value or 0), [month.n for month in history], left)
    return replace(so_far, forecast=foreseen, no_forecast=None if foreseen else NoForecast.TOO_SHORT)


# --- The months and years before ---


def _adds_up(indicator: Indicator, figure: Figure) -> bool:
    """Whether counts of months make the count of a year."""
    is_count = figure.measure in (Measure.EVENTS, Measure.DISTINCT)
    return is_count and indicator.basis is Basis.PERIOD


def _begins(known: Known) -> date | None:
    """The first day of which the ledger told by then anything that is counted."""
    (day,) = known.rows(
        "SELECT MIN(day) FROM (SELECT MIN(opened_on) AS day FROM cases "
        "UNION ALL SELECT MIN(day) FROM outcomes)"
    ).fetchone()
    return date.fromisoformat(day) if day else None


def _months(begins: date | None, until: date) -> list[Period]:
    """The last whole months up to a day, in order, from the first of which the ledger knows on."""
    after = (until + timedelta(days=1)).replace(day=1)
    months: list[Period] = []
    while begins is not None and len(months) < MOST_MONTHS:
        last = after - timedelta(days=1)
        after = last.replace(day=1)
        if after < begins:
            break
        months.append(Period(after, last))
    return months[::-1]


def _years(period: Period) -> list[Period]:
    """The fiscal years of a period, as far as they lie in it."""
    return [
        Period(max(year.first, period.first), min(year.last, period.last)) for year in period.fiscal_years
    ]


def _histories(
    counter: "Counter", figure: Figure, clusters: Iterable[str], spans: Sequence[Period]
) -> dict[str, list[Gain]]:
    """How many things each span brought that none before it had: as a whole (""), and in clusters."""
    seen: dict[str, set[str | int]] = {cluster: set() for cluster in clusters}
    gains: dict[str, list[Gain]] = {cluster: [] for cluster in clusters}
    by = (Breakdown.CLUSTER,) if any(seen) else ()
    for span in spans:
        found: dict[str, set[str | int]] = defaultdict(set)
        n_organisations: dict[str, int] = defaultdict(int)
        for lot in counter.within(span).lots(figure, by):
            if lot.part in seen and (lot.part or not lot.by) and lot.certainty is not Certainty.EXPECTED:
                found[lot.part] |= lot.things(figure.measure)
                n_organisations[lot.part] += lot.n_organisations
        for cluster, known in seen.items():
            gains[cluster].append(Gain(span, len(found[cluster] - known), n_organisations[cluster]))
            known |= found[cluster]
    return gains


def _seasonal(target: float, period: Period, until: date, history: Sequence[Gain]) -> float | None:
    """What a target would have come to by a day, were it reached in the steps of the last whole years."""
    n_whole = len(history) // FEWEST_MONTHS * FEWEST_MONTHS
    weights: dict[int, int] = defaultdict(int)
    for month in history[len(history) - n_whole :]:
        weights[month.period.first.month] += month.n
    whole = _weight(period.first, period.last, weights)
    return target * _weight(period.first, until, weights) / whole if whole else None


def _weight(first: date, last: date, weights: Mapping[int, int]) -> float:
    """How much of what the months bring falls on the days from one to another, both included."""
    total, day = 0.0, first
    while day <= last:
        n_days = calendar.monthrange(day.year, day.month)[1]
        ends = min(last, day.replace(day=n_days))
        total += weights[day.month] * Period(day, ends).n_days / n_days
        day = ends + timedelta(days=1)
    return total
