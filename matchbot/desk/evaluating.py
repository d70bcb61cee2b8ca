"""What evaluators ask: indicators, and the cases behind each number."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from matchbot.desk.work import Room, Work
from matchbot.errors import UnknownRecordError
from matchbot.indicators import (
    FIGURES,
    Breakdown,
    Credit,
    Known,
    Network,
    Part,
    Passed,
    Performance,
    Period,
    Question,
    TargetProgress,
    Value,
    clear_away,
    count,
    credits,
    funnel,
    performance,
    prepare,
    progress,
    turn_to_period,
)
from matchbot.ledger import Head
from matchbot.masking import code_of
from matchbot.members import Member
from matchbot.policy import Action, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The answer to a question, and where it comes from. ``progress``: towards targets, if asked for."""

    period: Period
    as_of: datetime
    head: Head
    is_sample: bool
    values: Sequence[Value]
    progress: Sequence[TargetProgress] = ()

    @property
    def published(self) -> "Counted":
        """What may leave the programme: small cells hidden, and those that would give them away."""
        # Here, so that nothing else waits for scipy.
        from matchbot.indicators.disclosure import protect, protect_progress

        values = protect(self.values)
        return replace(self, values=values, progress=protect_progress(self.progress, values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One thing behind a number. ``organisations`` are ids, masked ones codes."""

    thing: str
    case_id: str
    day: date | None
    measure: float | None
    evidence: str
    certainty: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorView:
    """Who reports on a year. ``name``: "" where none is kept."""

    name: str
    clusters: tuple[str, ...]


class Evaluating(Room):
    """Counts: nothing is recorded."""

    @contextmanager
    def _prepared(
        self, question: Question, network: Network, by: Member, *, breakdowns: Iterable[Breakdown] = ()
    ) -> Iterator[tuple[Work, Known]]:
        """What is known of a question, laid out to be counted. Raises NotAllowedError."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            _require_breakdowns(work, [*question.breakdowns, *breakdowns])
            known = _known(work, question, network)
            try:
                prepare(known)
                yield work, known
            finally:
                clear_away(known)

    def indicators(self, question: Question, network: Network, by: Member) -> Counted:
        """The values of a set of indicators.

        By coordinator the staff sees all, a coordinator its own part. Raises NotAllowedError.
        """
        return self.indicators_of([question], network, by)[0]

    def indicators_of(self, questions: Sequence[Question], network: Network, by: Member) -> list[Counted]:
        """The answers to several questions of what was known at one time, in less time than one by one."""
        (as_of,) = {question.as_of for question in questions}
        asked_by = {by_part for question in questions for by_part in question.breakdowns}
        with self._prepared(questions[0], network, by, breakdowns=asked_by) as (work, _):
            counted = []
            for number, question in enumerate(questions):
                known = _known(work, question, network)
                if number:
                    turn_to_period(known)
                counted.append(
                    Counted(
                        period=question.period,
                        as_of=as_of,
                        head=work.unit.events.head(),
                        is_sample=work.office.ledger.is_sample,
                        values=[v for v in count(known, question) if _may_see(work, v.by, v.part)],
                        progress=_progress(work, known, question) if question.with_progress else (),
                    )
                )
            return counted

    def progress(self, question: Question, network: Network, by: Member) -> list[TargetProgress]:
        """How far the targets of a period are reached at a time. Raises NotAllowedError."""
        with self._prepared(question, network, by) as (work, known):
            return _progress(work, known, question)

    def credits(self, question: Question, network: Network, by: Member, *, per: Breakdown) -> list[Credit]:
        """The outcomes of a period split among the clusters or coordinators that claim them.

        Of coordinators the staff sees all, a coordinator its own part. Raises NotAllowedError.
        """
        with self._prepared(question, network, by, breakdowns=[per]) as (work, known):
            found = credits(known, per, is_headline_only=question.is_headline_only)
            return [one for one in found if not one.name or _may_see(work, per, one.name)]

    def performance(
        self, question: Question, network: Network, by: Member, *, per: Part | None = None
    ) -> list[Performance]:
        """How member firms do against the national average, in the five years up to a period's end.

        Of all, and then of each cluster or industry.

        Raises NotAllowedError.
        """
        with self._prepared(question, network, by) as (_, known):
            return performance(known, per)

    def coordinator(self, member_id: str, by: Member) -> CoordinatorView:
        """A coordinator, to whom a yearly report belongs and to the staff.

        Raises UnknownRecordError, NotAllowedError.
        """
        with self._look(Action.SEE_INDICATORS, by) as work:
            work.require(
                Action.SEE_INDICATORS,
                work.by.role is Role.STAFF or work.by.id == member_id,
                "not-of-coordinators",
            )
            member = work.member(member_id)
            if member.role is not Role.COORDINATOR:
                raise UnknownRecordError(reason="no-coordinator", id=member_id)
            return CoordinatorView(name=work.text(member.name), clusters=member.clusters)

    def funnel(self, question: Question, network: Network, by: Member) -> list[Passed]:
        """How far the cases opened in a period have come, as a whole and per path. Raises NotAllowedError."""
        with self._prepared(question, network, by) as (_, known):
            return funnel(known)

    def open_cases(self, question: Question, network: Network, by: Member) -> list[tuple[str, date, str]]:
        """The cases that were on their way at the time: id, day, path. Raises NotAllowedError."""
        with self._prepared(question, network, by) as (_, known):
            rows = known.rows(
                "SELECT case_id, opened_on, path FROM cases WHERE made_on IS NULL AND ended_on IS NULL "
                "ORDER BY opened_on, case_id"
            )
            return [(id, date.fromisoformat(day), path) for id, day, path in rows]

    def first_day(self, by: Member) -> date | None:
        """The day of the earliest case; None where there is none. Raises NotAllowedError."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            row = work.models.connection.execute("SELECT MIN(day) FROM fact_cases").fetchone()
            return date.fromisoformat(row[0]) if row[0] else None

    def opened(
        self, figure_id: str, question: Question, network: Network, by: Member, *, part: str | None = None
    ) -> list[Opened]:
        """What a number counted, by what it is; of one ``part`` of the only breakdown, where one is given.

        Raises NotAllowedError, UnknownRecordError.
        """
        # Here, because numpy comes along.
        from matchbot.indicators.counting import Counter

        if figure_id not in FIGURES:
            raise UnknownRecordError(reason="no-figure", id=figure_id)
        with self._prepared(question, network, by) as (work, known):
            by_part = question.breakdowns[0] if part is not None and question.breakdowns else None
            if not _may_see(work, by_part or "", part or ""):
                return []
            counter = Counter(known, is_headline_only=question.is_headline_only)
            made_on = dict(known.rows("SELECT case_id, COALESCE(made_on, opened_on) FROM cases").fetchall())
            return [
                Opened(
                    thing=_shown_thing(row.thing, called),
                    case_id=row.case_id,
                    day=date.fromisoformat(made_on[row.case_id]) if row.case_id in made_on else None,
                    measure=row.measure,
                    evidence=row.evidence,
                    certainty=row.certainty,
                    organisations=tuple(called.values()),
                )
                for row in counter.opened(FIGURES[figure_id][1], by_part, part or "")
                for called in [_called(work, row.organisations)]
            ]


def _known(work: Work, question: Question, network: Network) -> Known:
    return Known(
        sql=work.models.connection,
        period=question.period,
        as_of=question.as_of,
        network=network,
        sla_working_days=work.rules.escalation_working_days,
        is_sample=work.office.ledger.is_sample,
        shown_days=question.shown_days,
    )


def _progress(work: Work, known: Known, question: Question) -> list[TargetProgress]:
    return progress(known, FIGURES, work.text, is_headline_only=question.is_headline_only)


def _require_breakdowns(work: Work, breakdowns: Sequence[Breakdown]) -> None:
    if Breakdown.COORDINATOR in breakdowns:
        is_right = work.by.role in (Role.STAFF, Role.COORDINATOR)
        work.require(Action.SEE_INDICATORS, is_right, "not-of-coordinators")


def _may_see(work: Work, by: str, part: str) -> bool:
    is_of_others = by == Breakdown.COORDINATOR and work.by.role is not Role.STAFF and part != work.by.id
    return not is_of_others


def _called(work: Work, organisations: Sequence[str]) -> dict[str, str]:
    """What organisations are called in a list: masked ones by their codes, whoever reads it."""
    return {id: _code(work, id) for id in organisations}


def _code(work: Work, organisation_id: str) -> str:
    known = work.still_listed(organisation_id)
    if known is not None and known.is_masked:
        return code_of(organisation_id, work.office.mask_key)
    return organisation_id


def _shown_thing(thing: str, called: dict[str, str]) -> str:
    return " ".join(called.get(word, word) for word in thing.split(" "))
