"""What a report is made of: all that is asked for it, as known at one time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from corpus.progress import Progress
from corpus.records import Cluster, LineageEvent
from matchbot.desk import BreakView, CommentView, Counted, Opened, StoryView
from matchbot.indicators import FIGURES, Breakdown, Credit, Passed, Performance, Period, Question, Value
from matchbot.indicators.periods import fiscal_year_of
from matchbot.indicators.values import Flag
from matchbot.members import Member
from matchbot.service import Service

LISTED = ("I05", "I08", "I09a", "I10a")
"""The figures whose cases a report lists."""

TRENDS = ("I05", "I06", "I07", "I08", "I09a", "I10a")
"""The figures that a report follows over the years."""

_MOST_YEARS = 6
BREAKDOWNS = (
    Breakdown.CLUSTER,
    Breakdown.CLUSTER_TODAY,
    Breakdown.KIND,
    Breakdown.PURPOSE,
    Breakdown.PATH,
    Breakdown.PAIR,
    Breakdown.ROLE,
    Breakdown.SIDE,
    Breakdown.NOVELTY,
    Breakdown.START,
    Breakdown.SCHEME,
    Breakdown.EVIDENCE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """``years``: the fiscal years up to the period, of each what is followed over them (`TRENDS`) as a
    whole. ``waiting``: the cases on their way: id, day, path. ``exposure``: how often each organisation
    was shown. ``opened``: the cases behind a figure; ``credits``: outcomes by the clusters that claim
    them; both empty where they stay within.
    """

    counted: Counted
    years: Sequence[Counted]
    passed: Sequence[Passed]
    waiting: Sequence[tuple[str, date, str]]
    exposure: Sequence[float]
    opened: dict[str, list[Opened]]
    clusters: Sequence[Cluster]
    lineage: Sequence[LineageEvent]
    breaks: Sequence[BreakView]
    comments: Sequence[CommentView]
    credits: Sequence[Credit]
    performance: Sequence[Performance]
    stories: Sequence[StoryView]

    def value(self, figure: str) -> Value:
        """The value of a figure for the whole period, 確定 where it knows both."""
        return next(v for v in self.counted.values if v.figure == figure and not v.by)

    def parts(self, figure: str, by: Breakdown) -> dict[str, Value]:
        """The values of a figure by the parts of a breakdown, 確定 where it knows both."""
        own = [v for v in self.counted.values if v.figure == figure and v.by == by]
        return {value.part: value for value in reversed(own)}

    @property
    def published(self) -> "Material":
        """What of it may leave the programme: small cells hidden, and no list of cases.

        Of how far cases have come, the paths together alone, and only where no step is reached by few.
        """
        from matchbot.indicators.disclosure import FEWEST

        together = [step for step in self.passed if not step.path]
        has_few = any(0 < n < FEWEST for step in together for n in (step.n, step.n_immature))
        counted = self.counted.published
        is_hidden = any(v.figure == "I21a" and Flag.HIDDEN in v.flags for v in counted.values)
        return replace(
            self,
            counted=counted,
            years=[year.published for year in self.years],
            passed=[] if has_few else together,
            exposure=[] if is_hidden else self.exposure,
            opened={},
            credits=[],
            performance=[one for one in self.performance if one.n_panel >= FEWEST],
        )


def gather(
    service: Service,
    period: Period,
    as_of: datetime,
    by: Member,
    *,
    progress: Progress,
    with_lists: bool = True,
) -> Material:
    """Asks for everything, the lists of cases if wanted. Raises NotAllowedError, NoLedgerError."""
    whole = Question(period=period, as_of=as_of, breakdowns=BREAKDOWNS, with_progress=True)
    followed = tuple(FIGURES[figure][0].id for figure in TRENDS)
    years = [Question(period=year, as_of=as_of, only=followed) for year in years_up_to(service, period, by)]
    with service.evaluation(by=by) as asked:
        counted = asked.indicators(whole, progress=progress)
        exposure = [row.measure or 0.0 for row in asked.opened("I21a", whole)]
        passed = asked.funnel(whole)
        waiting = asked.open_cases(whole)
        opened = {figure: asked.opened(figure, whole) for figure in LISTED if with_lists}
        credits = asked.credits(whole, per=Breakdown.CLUSTER)
        performance = asked.performance(whole)
        by_year = [asked.indicators(year) for year in years]
    return Material(
        counted=counted,
        years=by_year,
        passed=passed,
        waiting=waiting,
        exposure=exposure,
        opened=opened,
        clusters=_in_groups(list(service.all_clusters().values())),
        lineage=service.lineage(),
        breaks=service.desk.breaks(by, as_of=as_of),
        comments=service.desk.comments(by, period=period, as_of=as_of),
        credits=credits,
        performance=performance,
        stories=service.desk.stories(by, as_of=as_of),
    )


def years_up_to(service: Service, period: Period, by: Member) -> list[Period]:
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
