"""What a report is made of: all that is asked for it, as known at one time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.records import Cluster, LineageEvent
from matchbot.desk import Counted, Opened
from matchbot.indicators import Breakdown, Passed, Period, Question, Value
from matchbot.indicators.periods import fiscal_year_of
from matchbot.members import Member
from matchbot.service import Service

LISTED = ("I05", "I08", "I09a", "I10a")
"""The figures whose cases a report lists."""

_MOST_YEARS = 6
_BREAKDOWNS = (
    Breakdown.CLUSTER,
    Breakdown.CLUSTER_TODAY,
    Breakdown.KIND,
    Breakdown.PURPOSE,
    Breakdown.PATH,
    Breakdown.PAIR,
    Breakdown.ROLE,
    Breakdown.SIDE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """``years``: the fiscal years up to the period, each counted as a whole. ``opened``: by figure."""

    counted: Counted
    years: Sequence[Counted]
    passed: Sequence[Passed]
    exposure: Sequence[float]
    opened: dict[str, list[Opened]]
    clusters: Sequence[Cluster]
    lineage: Sequence[LineageEvent]

    def value(self, figure: str) -> Value:
        """The value of a figure for the whole period, 確定 where it knows both."""
        return next(v for v in self.counted.values if v.figure == figure and not v.by)

    def parts(self, figure: str, by: Breakdown) -> dict[str, Value]:
        """The values of a figure by the parts of a breakdown, 確定 where it knows both."""
        own = [v for v in self.counted.values if v.figure == figure and v.by == by]
        return {value.part: value for value in reversed(own)}


def gather(service: Service, period: Period, as_of: datetime, by: Member) -> Material:
    """Asks for everything. Raises NotAllowedError, NoLedgerError."""
    whole = Question(period=period, as_of=as_of, breakdowns=_BREAKDOWNS)
    years = [Question(period=year, as_of=as_of) for year in _years(service, period, by)]
    counted, *by_year = service.indicators_of([whole, *years], by=by)
    exposure = service.open_figure("I21a", whole, by=by)
    return Material(
        counted=counted,
        years=by_year,
        passed=service.funnel(whole, by=by),
        exposure=[row.measure or 0.0 for row in exposure],
        opened={figure: service.open_figure(figure, whole, by=by) for figure in LISTED},
        clusters=_in_groups(list(service.all_clusters().values())),
        lineage=service.lineage(),
    )


def _years(service: Service, period: Period, by: Member) -> list[Period]:
    """The last fiscal years up to the period's end, from the first case on."""
    first = service.desk.first_day(by) or period.first
    last = fiscal_year_of(period.last)
    earliest = min(max(fiscal_year_of(first), last - _MOST_YEARS + 1), last)
    return [Period.fiscal_year(year) for year in range(earliest, last + 1)]


def _in_groups(clusters: list[Cluster]) -> list[Cluster]:
    """The clusters in their order, those whose sizes are stated together next to each other."""
    places = {cluster.id: place for place, cluster in enumerate(clusters)}
    first: dict[str, int] = {}
    for cluster in clusters:
        first.setdefault(cluster.size_group or cluster.id, places[cluster.id])
    return sorted(clusters, key=lambda c: (first[c.size_group or c.id], places[c.id]))
