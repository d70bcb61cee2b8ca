"""What an evaluation adds to the counts: targets, breaks in a series, and what the committee says of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from pathlib import Path

from corpus.errors import UnknownClusterError
from corpus.storage import moment
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import Obstacle, StepError, UnknownRecordError
from matchbot.indicators import FIGURES, SERIES, TARGETS, Network, Period, Target, targets_known
from matchbot.indicators.periods import fiscal_year_of
from matchbot.members import Member
from matchbot.policy import Action
from matchbot.references import TextRef
from matchbot.reviewing import ActionTaken, BreakLifted, CommentMade, SeriesBroken, TargetLifted, TargetSet
from matchbot.rows import RowRejection, RowsTold
from matchbot.target_files import TargetRow, read_targets


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetImport:
    """What a file of targets brought; ``n_known``: those that stood like that already."""

    n_rows: int
    n_recorded: int
    n_known: int
    rejections: tuple[RowRejection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakView:
    """A break in a series. ``figure`` and ``cluster``: "" for all; ``reason``: "" where it was erased."""

    id: str
    on: date
    figure: str
    cluster: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """What was done about a comment, and when."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """What the committee said of a figure in a fiscal year, and what was done about it, in order."""

    id: str
    figure: str
    fiscal_year: int
    on: date
    text: str
    actions: tuple[ActionView, ...]


class Reviewing(Room):
    """Targets are set by the staff, corrected with a reason, and never changed without a trace."""

    def set_target(
        self,
        target: Target,
        network: Network,
        *,
        by: Member,
        key: str,
        source: str = "",
        reason: str = "",
    ) -> Receipt:
        """A figure is to reach a value; one that has another value so far is corrected, with a ``reason``.

        Raises UnknownRecordError, UnknownClusterError, StepError, NotAllowedError.
        """
        with self._work(Action.SET_TARGET, by, key) as work:
            return work.repeated() or _set(work, target, _cluster_ids(network), source, reason)

    def set_targets_of_the_programme(self, network: Network, *, source: str, by: Member, key: str) -> int:
        """Sets what the programme's document sets; gives how many were not there. Raises NotAllowedError."""
        with self._work(Action.SET_TARGET, by, key) as work:
            known = {_place(target) for target in targets_known(work.models.connection, work.now)}
            missing = [target for target in TARGETS if _place(target) not in known]
            for target in missing:
                _set(work, target, _cluster_ids(network), source, "")
            return len(missing)

    def import_targets(self, file: Path, network: Network, *, by: Member, key: str) -> TargetImport:
        """Takes in a list of targets; rows that cannot be used are reported. Raises UnreadableFileError."""
        with self._work(Action.SET_TARGET, by, key) as work:
            rows, clusters = read_targets(file), _cluster_ids(network)
            receipts, rejections = rows.taken(lambda row: _imported(work, row, clusters, rows))
        n_known = sum(one.is_repeated for one in receipts)
        return TargetImport(
            n_rows=len(receipts) + len(rejections),
            n_recorded=len(receipts) - n_known,
            n_known=n_known,
            rejections=rejections,
        )

    def lift_target(
        self, figure: str, period: Period, *, reason: str, by: Member, key: str, cluster: str = ""
    ) -> Receipt:
        """A correction: there is no such target. Raises UnknownRecordError, StepError, NotAllowedError."""
        with self._work(Action.SET_TARGET, by, key) as work:
            if again := work.repeated():
                return again
            lifted = Target(figure=figure, period=period, cluster=cluster)
            id = _id(lifted)
            if _standing(work, lifted) is None:
                raise UnknownRecordError(reason="no-target", id=id)
            event = TargetLifted(
                figure=figure,
                first=period.first,
                last=period.last,
                cluster=cluster,
                member_id=work.by.id,
                reason=work.keep_reason(reason, id, Action.SET_TARGET),
            )
            work.record(f"target:{id}", [event])
            return Receipt(id=id)

    # Breaks

    def mark_break(
        self,
        network: Network,
        *,
        on: date,
        reason: str,
        by: Member,
        key: str,
        figure: str = "",
        cluster: str = "",
    ) -> Receipt:
        """From a day on, numbers are not comparable with those before: of a figure or all, a cluster or all.

        Raises UnknownRecordError, UnknownClusterError, StepError, NotAllowedError.
        """
        with self._work(Action.MARK_BREAK, by, key) as work:
            if again := work.repeated():
                return again
            if figure and figure not in SERIES:
                raise UnknownRecordError(reason="no-figure", id=figure)
            if cluster and cluster not in _cluster_ids(network):
                raise UnknownClusterError(id=cluster)
            id = work.new_id("b")
            kept = work.keep_reason(reason, id, Action.MARK_BREAK)
            event = SeriesBroken(
                break_id=id, on=on, figure=figure, cluster=cluster, member_id=work.by.id, reason=kept
            )
            work.record(f"break:{id}", [event])
            return Receipt(id=id)

    def lift_break(self, break_id: str, *, reason: str, by: Member, key: str) -> Receipt:
        """A correction: there is no such break. Raises UnknownRecordError, StepError, NotAllowedError."""
        with self._work(Action.MARK_BREAK, by, key) as work:
            if again := work.repeated():
                return again
            if break_id not in (one.id for one in _breaks(work, work.now)):
                raise UnknownRecordError(reason="no-break", id=break_id)
            kept = work.keep_reason(reason, break_id, Action.MARK_BREAK)
            event = BreakLifted(break_id=break_id, member_id=work.by.id, reason=kept)
            work.record(f"break:{break_id}", [event])
            return Receipt(id=break_id)

    def breaks(self, by: Member, *, as_of: datetime | None = None) -> list[BreakView]:
        """The breaks known at a time (now), by day and id. Raises NotAllowedError."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            return _breaks(work, as_of or work.now)

    # Comments

    def add_comment(self, figure: str, fiscal_year: int, text: str, *, by: Member, key: str) -> Receipt:
        """What the committee says of an indicator or a figure in a year.

        Raises UnknownRecordError, StepError, NotAllowedError.
        """
        with self._work(Action.ADD_COMMENT, by, key) as work:
            if again := work.repeated():
                return again
            if figure not in SERIES:
                raise UnknownRecordError(reason="no-figure", id=figure)
            id = work.new_id("r")
            event = CommentMade(
                comment_id=id,
                figure=figure,
                fiscal_year=fiscal_year,
                member_id=work.by.id,
                text=_kept(work, text, figure, Action.ADD_COMMENT),
            )
            work.record(f"comment:{id}", [event])
            return Receipt(id=id)

    def act_on_comment(self, comment_id: str, text: str, *, by: Member, key: str) -> Receipt:
        """What was done about a comment. Raises UnknownRecordError, StepError, NotAllowedError."""
        with self._work(Action.ACT_ON_COMMENT, by, key) as work:
            if again := work.repeated():
                return again
            if not work.unit.events.read(f"comment:{comment_id}"):
                raise UnknownRecordError(reason="no-comment", id=comment_id)
            words = _kept(work, text, comment_id, Action.ACT_ON_COMMENT)
            event = ActionTaken(comment_id=comment_id, member_id=work.by.id, text=words)
            work.record(f"comment:{comment_id}", [event])
            return Receipt(id=comment_id)

    def comments(
        self, by: Member, *, figure: str = "", period: Period | None = None, as_of: datetime | None = None
    ) -> list[CommentView]:
        """What the committee said by a time (now): of one figure, of the fiscal years that a period touches.

        By figure, year and id. Raises NotAllowedError.
        """
        with self._look(Action.SEE_INDICATORS, by) as work:
            years = {fiscal_year_of(year.first) for year in period.fiscal_years} if period else None
            return [
                one
                for one in _comments(work, as_of or work.now)
                if figure in ("", one.figure) and (years is None or one.fiscal_year in years)
            ]


def _kept(work: Work, text: str, id: str, action: Action) -> TextRef:
    """Keep what somebody says. Raises StepError where nothing is said."""
    words = work.keep(text, "comment")
    if words is None:
        raise StepError(id=id, command=action, reason=Obstacle.NO_TEXT)
    return words


def _breaks(work: Work, as_of: datetime) -> list[BreakView]:
    rows = work.models.connection.execute(
        "SELECT break_id, day, figure, cluster, reason FROM fact_breaks WHERE recorded_at <= ? "
        # What lifts a break has no day.
        "GROUP BY break_id HAVING COUNT(*) = COUNT(day) ORDER BY day, seq",
        [moment(as_of)],
    )
    return [
        BreakView(id=id, on=date.fromisoformat(on), figure=figure, cluster=cluster, reason=work.text(reason))
        for id, on, figure, cluster, reason in rows
    ]


def _comments(work: Work, as_of: datetime) -> list[CommentView]:
    rows = work.models.connection.execute(
        "SELECT comment_id, figure, fiscal_year, day, text FROM fact_comments WHERE recorded_at <= ? "
        "ORDER BY seq",
        [moment(as_of)],
    )
    said: dict[str, CommentView] = {}
    for id, figure, year, day, text in rows:
        on, words = date.fromisoformat(day), work.text(text)
        if id in said:
            actions = (*said[id].actions, ActionView(on=on, text=words))
            said[id] = replace(said[id], actions=actions)
        else:
            said[id] = CommentView(id=id, figure=figure, fiscal_year=year, on=on, text=words, actions=())
    return sorted(said.values(), key=lambda one: (one.figure, one.fiscal_year))


def _set(work: Work, target: Target, clusters: Iterable[str], source: str, reason: str) -> Receipt:
    """A target as it now stands; one that stood like that already is left alone."""
    id = _id(target)
    if target.figure not in FIGURES:
        raise UnknownRecordError(reason="no-figure", id=target.figure)
    if target.cluster and target.cluster not in clusters:
        raise UnknownClusterError(id=target.cluster)
    if target.value is None or not isfinite(target.value) or target.value <= 0:
        raise StepError(id=id, command=Action.SET_TARGET, reason=Obstacle.OUT_OF_RANGE)
    standing = _standing(work, target)
    if standing is not None and standing.value == target.value:
        return Receipt(id=id, is_repeated=True)
    event = TargetSet(
        figure=target.figure,
        first=target.period.first,
        last=target.period.last,
        value=target.value,
        cluster=target.cluster,
        member_id=work.by.id,
        source=work.keep(source, "source"),
        reason=None if standing is None else work.keep_reason(reason, id, Action.SET_TARGET),
    )
    work.record(f"target:{id}", [event])
    return Receipt(id=id)


def _imported(
    work: Work, row: TargetRow, clusters: Iterable[str], rows: RowsTold[TargetRow]
) -> Receipt | RowRejection:
    target = Target(figure=row.figure, period=row.period, value=row.value, cluster=row.cluster)
    try:
        return _set(work, target, clusters, row.source, row.reason)
    except (UnknownRecordError, UnknownClusterError, StepError) as error:
        reason = str(error.facts.get("reason", error.code))
        return rows.refused(row.row, "", str(error.facts["id"]), reason)


def _standing(work: Work, target: Target) -> Target | None:
    known = targets_known(work.models.connection, work.now)
    return next((one for one in known if _place(one) == _place(target)), None)


def _place(target: Target) -> Target:
    """What makes two targets the same one, whatever they ask for."""
    return replace(target, value=None, source_id="")


def _id(target: Target) -> str:
    parts = (target.figure, target.cluster, target.period.first, target.period.last)
    return "/".join(str(part) for part in parts if part)


def _cluster_ids(network: Network) -> frozenset[str]:
    return frozenset(cluster.id for cluster in network.clusters())
