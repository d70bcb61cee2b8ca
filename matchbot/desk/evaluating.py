"""What evaluators ask: indicators, and the cases behind each number."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.progress import Progress, unheard
from matchbot.desk.work import Room, Work
from matchbot.errors import UnknownRecordError
from matchbot.indicators import (
    FIGURES,
    SERIES,
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
    progress,
    targets_known,
)
from matchbot.ledger import Head
from matchbot.masking import code_of
from matchbot.members import MATCHBOT, Member
from matchbot.policy import Action, Role

if TYPE_CHECKING:
    from matchbot.indicators.counting import Counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The answer to a question, and where it comes from.

    ``members_since``: when the first membership was recorded. ``progress``: towards targets, if asked for.
    """

    period: Period
    as_of: datetime
    head: Head
    is_sample: bool
    values: Sequence[Value]
    members_since: datetime | None
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
    """One thing behind a number. ``organisations`` are ids, masked ones codes.

    ``is_attested``: somebody else recorded a party's consent to its case.
    """

    thing: str
    case_id: str
    day: date | None
    measure: float | None
    evidence: str
    certainty: str
    organisations: tuple[str, ...]
    is_attested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorView:
    """Who reports on a year. ``name``: "" where none is kept."""

    name: str
    clusters: tuple[str, ...]


class Evaluation:
    """What was known at a time, laid out once for any number of questions.

    A question lays out anew only what is not as the one before left it. Everything but breakdowns by
    coordinator is the same for all who may ask; of those the staff and matchbot itself see all, a
    coordinator its own part.
    """

    def __init__(self, work: Work, network: Network) -> None:
        self._work = work
        self._network = network
        self._counter: Counter | None = None

    def indicators(self, question: Question, *, progress: Progress = unheard) -> Counted:
        """The values of a set of indicators. Raises NotAllowedError, UnknownRecordError."""
        if unknown := sorted(set(question.only) - SERIES):
            raise UnknownRecordError(reason="no-figure", id=unknown[0])
        counter = self._asked(question)
        return Counted(
            period=question.period,
            as_of=question.as_of,
            head=self._work.unit.events.head(),
            is_sample=self._work.office.ledger.is_sample,
            values=[v for v in count(counter, question, progress=progress) if self._may_see(v.by, v.part)],
            members_since=self._network.members_since(),
            progress=self.progress(question) if question.with_progress else (),
        )

    def progress(self, question: Question) -> list[TargetProgress]:
        """How far the targets of a period are reached at a time."""
        return progress(self._asked(question), FIGURES, self._work.text)

    def progress_of_all(self, question: Question) -> list[TargetProgress]:
        """How far every target is reached that stands, of whichever period.

        Where none stands, the figures of the programme in the period of the question.
        """
        targets = targets_known(self._work.models.connection, question.as_of)
        periods = {target.period for target in targets}
        if not periods:
            return self.progress(question)
        whole = Period(min(each.first for each in periods), max(each.last for each in periods))
        return [one for one in self.progress(replace(question, period=whole)) if one.period in periods]

    def credits(self, question: Question, *, per: Breakdown) -> list[Credit]:
        """The outcomes of a period split among the clusters or coordinators that claim them.

        Raises NotAllowedError.
        """
        self._require_breakdowns([per])
        known = self._asked(question).known
        found = credits(known, per, is_headline_only=question.is_headline_only)
        return [one for one in found if not one.name or self._may_see(per, one.name)]

    def performance(self, question: Question, *, per: Part | None = None) -> list[Performance]:
        """How member firms do against the national average, in the five years up to a period's end.

        Of all, and then of each cluster or industry.
        """
        return performance(self._asked(question).known, per)

    def funnel(self, question: Question) -> list[Passed]:
        """How far the cases opened in a period have come, as a whole and per path."""
        return funnel(self._asked(question).known)

    def open_cases(self, question: Question) -> list[tuple[str, date, str]]:
        """The cases that were on their way at the time: id, day, path."""
        rows = self._asked(question).known.rows(
            "SELECT case_id, opened_on, path FROM cases WHERE made_on IS NULL AND ended_on IS NULL "
            "ORDER BY opened_on, case_id"
        )
        return [(id, date.fromisoformat(day), path) for id, day, path in rows]

    def opened(self, figure_id: str, question: Question, *, part: str | None = None) -> list[Opened]:
        """What a number counted, by what it is; of one ``part`` of the only breakdown, where one is given.

        Raises NotAllowedError, UnknownRecordError.
        """
        if figure_id not in FIGURES:
            raise UnknownRecordError(reason="no-figure", id=figure_id)
        counter = self._asked(question)
        by_part = question.breakdowns[0] if part is not None and question.breakdowns else None
        if not self._may_see(by_part or "", part or ""):
            return []
        made_on = dict(
            counter.known.rows("SELECT case_id, COALESCE(made_on, opened_on) FROM cases").fetchall()
        )
        # A consent without a member of the party was recorded by whoever heard of it.
        attested = {
            id
            for (id,) in counter.known.rows(
                "SELECT DISTINCT case_id FROM steps WHERE step = 'ConsentGiven' AND member_id = ''"
            )
        }
        return [
            Opened(
                thing=_shown_thing(row.thing, called),
                case_id=row.case_id,
                day=date.fromisoformat(day) if (day := row.day or made_on.get(row.case_id)) else None,
                measure=row.measure,
                evidence=row.evidence,
                certainty=row.certainty,
                organisations=tuple(called.values()),
                is_attested=row.case_id in attested,
            )
            for row in counter.opened(FIGURES[figure_id][1], by_part, part or "")
            for called in [{id: self._code(id) for id in row.organisations}]
        ]

    def measures(
        self, figure_id: str, question: Question, *, is_expected: bool = False
    ) -> dict[str, float | None]:
        """The measure of each thing that a number as a whole counted: its things are no names yet (`codes`).

        Raises NotAllowedError.
        """
        return self._asked(question).measures(FIGURES[figure_id][1], is_expected=is_expected)

    def codes(self, things: Iterable[str]) -> list[str]:
        """Things as they may be shown, in order: where one is a masked organisation, its code."""
        return sorted(" ".join(map(self._code, thing.split(" "))) for thing in things)

    def clear_away(self) -> None:
        """Leave nothing of it on the connection."""
        clear_away(self._work.models.connection)

    def _asked(self, question: Question) -> "Counter":
        """Counts what a question asks for. Raises NotAllowedError."""
        # Here, because numpy comes along.
        from matchbot.indicators.counting import Counter

        self._require_breakdowns(question.breakdowns)
        known = _known(self._work, question, self._network)
        before = self._counter
        if before is None or before.known.as_of != known.as_of:
            clear_away(known.sql)
            self._counter = Counter(known, is_headline_only=question.is_headline_only)
        else:
            self._counter = before.turned_to(known, is_headline_only=question.is_headline_only)
        return self._counter

    def _require_breakdowns(self, breakdowns: Sequence[Breakdown]) -> None:
        if Breakdown.COORDINATOR in breakdowns:
            is_right = self._work.by.role in (Role.STAFF, Role.COORDINATOR)
            self._work.require(Action.SEE_INDICATORS, is_right, "not-of-coordinators")

    def _may_see(self, by: str, part: str) -> bool:
        who = self._work.by
        return by != Breakdown.COORDINATOR or who == MATCHBOT or who.role is Role.STAFF or part == who.id

    def _code(self, organisation_id: str) -> str:
        """What an organisation is called in a list: a masked one by its code, whoever reads it."""
        is_masked = organisation_id in self._masked
        return code_of(organisation_id, self._work.office.mask_key) if is_masked else organisation_id

    @cached_property
    def _masked(self) -> frozenset[str]:
        return self._network.masked_ids()


class Evaluating(Room):
    """Counts: nothing is recorded."""

    @contextmanager
    def evaluation(self, network: Network, by: Member) -> Iterator[Evaluation]:
        """To be asked any number of questions; nothing else of the desk within. Raises NotAllowedError."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            evaluation = Evaluation(work, network)
            try:
                yield evaluation
            finally:
                evaluation.clear_away()

    def indicators(self, question: Question, network: Network, by: Member) -> Counted:
        """The values of a set of indicators, for a single question.

        Raises NotAllowedError, UnknownRecordError.
        """
        with self.evaluation(network, by) as evaluation:
            return evaluation.indicators(question)

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

    def first_day(self, by: Member) -> date | None:
        """The day of the earliest case; None where there is none. Raises NotAllowedError."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            row = work.models.connection.execute("SELECT MIN(day) FROM fact_cases").fetchone()
            return date.fromisoformat(row[0]) if row[0] else None


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


def _shown_thing(thing: str, called: dict[str, str]) -> str:
    return " ".join(called.get(word, word) for word in thing.split(" "))
