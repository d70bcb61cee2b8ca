"""What falls due without anybody asking: reminders, escalation, expiry, follow-ups, alerts, digests.

:func:`due` and :func:`alerts` tell, from what is known at a moment, what is due for whom; they are pure.
:class:`Jobs` gathers what is known and has it done. A task's key is made of what it is about and never
of the run, so that a second run finds every key used, and nothing happens twice.

Where several steps of one kind were missed, because the jobs did not run for a while, only the latest is
due: nobody gets a pile of old reminders.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import uuid4

from matchbot.aftermath import Aftermath
from matchbot.deadlines import (
    NudgeKind,
    Silence,
    acting_for,
    digest_day,
    due_follow_ups,
    due_nudges,
    escalated_to,
    expiry_notice_date,
    follow_up_dates,
    has_expired,
    is_memo_due,
    is_office_open,
    is_urgent,
    pairs_week,
    silence,
)
from matchbot.desk import Desk, MessageKind, Office
from matchbot.desk.pairs import Finder, unasked_pairs
from matchbot.desk.work import Room, Work
from matchbot.errors import CaseError
from matchbot.following import Followed
from matchbot.happenings import correlated, part_of
from matchbot.introductions import OF_A_PARTY, OPEN, Act, Introduction, State, Turn
from matchbot.ledger import Message
from matchbot.members import MATCHBOT, Member
from matchbot.participation import OrganisationPaused, PartnersShown, PauseCause, SuggestedPair
from matchbot.policy import Action, Role, eligible_approvers, months_after, profile_days
from matchbot.readmodels import HelpTicket
from matchbot.rules import Rules
from matchbot.workdays import add_working_days, day_of, working_days_between


class TaskKind(StrEnum):
    """What is due; also, where it is told to somebody, the kind of the message (`MessageKind`)."""

    EXPIRY = "expiry"
    UNANSWERED = "unanswered"
    """Nobody answered a follow-up in time (無回答)."""
    EXPIRY_NOTICE = "expiry-notice"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    FOLLOW_UP = "follow-up"
    MEETING_MEMO = "meeting-memo"
    """What those who meet on the next working day should know (面談メモ)."""
    SILENCE = "silence"
    """An organisation has left so many introductions unanswered that it is paused."""
    PROFILE_NOTICE = "profile-notice"
    """An organisation is asked to confirm its profile, before it is not shown any more."""
    ALERT = "alert"
    DIGEST = "digest"
    PAIRS = "pairs"
    """Whom the coordinators of a cluster could introduce unasked, once a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that is due, and whom it is told (nobody where it is only recorded).

    ``key`` is the same whenever the same is due. ``n_days``: of a follow-up, after the introduction, or
    working days that somebody has let others wait. ``partners``: of an alert. ``pairs``: that could be
    proposed. ``facts``: what else the message says, as plain values.
    """

    kind: TaskKind
    key: str
    recipients: tuple[str, ...] = ()
    case_id: str = ""
    organisation_id: str = ""
    n_days: int = 0
    partners: tuple[str, ...] = ()
    pairs: tuple[SuggestedPair, ...] = ()
    facts: Mapping[str, str | int | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A case as the jobs look at it.

    ``since``: from which day each turn waits. ``introduced_on`` and what follows are for a case that was
    introduced: what is known since, and the follow-ups (organisation, days) that nobody can answer in
    time any more.
    """

    case: Introduction
    since: Mapping[Turn, date] = field(default_factory=dict)
    introduced_on: date | None = None
    aftermath: Aftermath = field(default_factory=Aftermath)
    overdue: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedNeed:
    """A need whose owner wants to hear of new partners; ``shown``: partners it was shown already."""

    id: str
    organisation_id: str
    home_cluster: str
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSilence:
    """An organisation that has left so many introductions unanswered that something follows (C16)."""

    organisation_id: str
    home_cluster: str
    is_to_be_paused: bool = False
    n_answers: int = 0
    """Of how many questions it was asked; tells one silence from a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCall:
    """A call for help that is not settled. ``in_charge``: who took it or looks after who asked, or ""."""

    id: str
    cluster: str
    in_charge: str = ""


# --- Whom to turn to ---


class People:
    """Who speaks for an organisation, who answers for a cluster, and who stands in for them."""

    def __init__(self, members: Iterable[Member], looked_after_by: Mapping[str, str] | None = None) -> None:
        """``looked_after_by``: organisation → the coordinator it was assigned to."""
        everybody = sorted(members, key=lambda member: member.id)
        self._members = [member for member in everybody if not member.has_left]
        self._coverage = {member.id: member.coverage for member in everybody}
        self._ties = [tie for member in self._members for tie in member.all_ties]
        self._looked_after_by = looked_after_by or {}
        self._speakers: dict[str, list[str]] = {}
        self._coordinators: dict[str, list[str]] = {}
        for member in self._members:
            for organisation in member.organisations if member.is_in_slack else ():
                self._speakers.setdefault(organisation, []).append(member.id)
            for cluster in member.clusters if member.role is Role.COORDINATOR else ():
                self._coordinators.setdefault(cluster, []).append(member.id)

    @property
    def clusters(self) -> tuple[str, ...]:
        """The clusters that have coordinators, by id."""
        return tuple(sorted(self._coordinators))

    @property
    def deciding(self) -> tuple[str, ...]:
        """Everybody who may have to decide, by id."""
        return tuple(member.id for member in self._members if member.role in (Role.COORDINATOR, Role.STAFF))

    def reached_for(
        self, organisation: str, cluster: str, on: date, *, in_charge: str = ""
    ) -> tuple[str, ...]:
        """Whom to turn to about an organisation: its own members in Slack, else its coordinators."""
        own = self._speakers.get(organisation)
        if own:
            return tuple(own)
        return self.deciding_for(
            cluster, on, in_charge=self._looked_after_by.get(organisation, "") or in_charge
        )

    def deciding_for(self, cluster: str, on: date, *, in_charge: str = "") -> tuple[str, ...]:
        """Who decides for a cluster on a day: the coordinator in charge, or else all of the cluster's, or
        those who stand in; the programme's staff where nobody is left."""
        acting = (acting_for(member, self._coverage, on) for member in self._responsible(cluster, in_charge))
        return tuple(dict.fromkeys(filter(None, acting))) or self._staff(on)

    def escalated_for(self, cluster: str, on: date, *, in_charge: str = "") -> tuple[str, ...]:
        """Whom a case goes to that those who decide have let wait: their deputies, or the staff."""
        responsible = self._responsible(cluster, in_charge)
        deputies = (escalated_to(member, self._coverage, on) for member in responsible)
        return tuple(dict.fromkeys(filter(None, deputies))) or self._staff(on)

    def approving(self, candidates: Iterable[str], case: Introduction, on: date) -> tuple[str, ...]:
        """Those of the candidates who may approve a case; the programme's staff where none of them may."""
        approved_by = [approval.member_id for approval in case.approvals]
        return eligible_approvers(
            candidates, case.organisation_ids, self._ties, approved_by=approved_by, staff=self._staff(on)
        )

    def _responsible(self, cluster: str, in_charge: str) -> Sequence[str]:
        of_cluster = self._coordinators.get(cluster, [])
        return (in_charge,) if in_charge in of_cluster else of_cluster

    def _staff(self, on: date) -> tuple[str, ...]:
        everybody = tuple(member.id for member in self._members if member.role is Role.STAFF)
        return tuple(id for id in everybody if self._coverage[id].absence(on) is None) or everybody


def _acting(case: Introduction, turn: Turn, people: People, on: date) -> tuple[str, ...]:
    if turn.act in OF_A_PARTY:
        return people.reached_for(turn.organisation_id, turn.cluster, on, in_charge=case.coordinator)
    return _deciding(case, turn, people, on)


def _deciding(case: Introduction, turn: Turn, people: People, on: date) -> tuple[str, ...]:
    """The coordinator in charge or all of the cluster's, who may approve where that is asked for."""
    if turn.act is not Act.APPROVE:
        return people.deciding_for(turn.cluster, on, in_charge=case.coordinator)
    free = people.approving(people.deciding_for(turn.cluster, on), case, on)
    return (case.coordinator,) if case.coordinator in free else free


def _escalated(case: Introduction, turn: Turn, people: People, on: date) -> tuple[str, ...]:
    deputies = people.escalated_for(turn.cluster, on, in_charge=case.coordinator)
    return people.approving(deputies, case, on) if turn.act is Act.APPROVE else deputies


# --- What is due ---


def due(
    cases: Iterable[Watched],
    people: People,
    now: datetime,
    rules: Rules,
    *,
    silent: Sequence[WatchedSilence] = (),
    calls: Sequence[WatchedCall] = (),
) -> list[Task]:
    """What is due at a moment: case by case in the order given, then pauses, then digests by recipient.

    Outside office hours that is what is only recorded, and what is about a case that expires soon.
    """
    watched = list(cases)
    tasks = [task for each in watched for task in _due_for(each, people, now, rules)]
    if is_office_open(now, rules):
        tasks += [_pause(each, people, day_of(now)) for each in silent if each.is_to_be_paused]
    return [*tasks, *_digests(watched, silent, calls, people, now, rules)]


def alerts(
    needs: Iterable[WatchedNeed],
    found: Mapping[str, Sequence[str]],
    people: People,
    now: datetime,
    rules: Rules,
) -> list[Task]:
    """Who is to hear of partners that a search for their need finds now and that they were never shown.

    ``found``: need → organisations, the best first.
    """
    if not is_office_open(now, rules):
        return []
    return [task for need in needs for task in _alert(need, found.get(need.id, ()), people, day_of(now))]


def _alert(need: WatchedNeed, found: Sequence[str], people: People, on: date) -> Iterator[Task]:
    new = tuple(partner for partner in found if partner not in need.shown)
    if new:
        yield Task(
            kind=TaskKind.ALERT,
            key=f"job:{TaskKind.ALERT}:{need.id}:{'+'.join(sorted(new))}",
            recipients=people.reached_for(need.organisation_id, need.home_cluster, on),
            organisation_id=need.organisation_id,
            partners=new,
            facts={"need_id": need.id},
        )


def _due_for(watched: Watched, people: People, now: datetime, rules: Rules) -> Iterator[Task]:
    case, on = watched.case, day_of(now)
    if case.state is State.INTRODUCED:
        yield from _follow_ups(watched, people, now, rules)
        yield from _memo(watched, people, now, rules)
    elif _is_over(case, on):
        yield Task(kind=TaskKind.EXPIRY, key=f"job:{TaskKind.EXPIRY}:{case.id}", case_id=case.id)
    elif case.is_open and (is_office_open(now, rules) or _is_urgent(case, on, rules)):
        yield from _expiry_notice(case, people, on, rules)
        for turn in case.waiting_for:
            if not _waits_itself(case, turn):
                yield from _nudges(case, turn, watched.since[turn], people, on, rules)


def _waits_itself(case: Introduction, turn: Turn) -> bool:
    """Whether somebody is to answer who has asked something, and got no reply yet."""
    asking = {question.organisation_id for question in case.open_questions}
    return turn.act is Act.ANSWER and turn.organisation_id in asking


def _can_expire(case: Introduction) -> bool:
    """Once everybody has said yes, only the delivery is missing."""
    return case.state in OPEN - {State.CONSENTED}


def _is_over(case: Introduction, on: date) -> bool:
    return _can_expire(case) and has_expired(case.expires_on, on)


def _is_urgent(case: Introduction, on: date, rules: Rules) -> bool:
    return _can_expire(case) and is_urgent(case.expires_on, on, rules)


def _expires_soon(case: Introduction, on: date, rules: Rules) -> bool:
    return _can_expire(case) and on >= expiry_notice_date(case.expires_on, rules)


def _expiry_notice(case: Introduction, people: People, on: date, rules: Rules) -> Iterator[Task]:
    """To whoever has to act and to whoever asked; a party that knows of nothing yet is not told."""
    if not _expires_soon(case, on, rules):
        return
    told = [member for turn in case.waiting_for for member in _acting(case, turn, people, on)]
    if asker := case.requester:
        told.extend(people.reached_for(asker.organisation_id, asker.home_cluster, on))
    yield Task(
        kind=TaskKind.EXPIRY_NOTICE,
        key=f"job:{TaskKind.EXPIRY_NOTICE}:{case.id}:{case.expires_on}",
        recipients=tuple(dict.fromkeys(told)),
        case_id=case.id,
        facts={"expires_on": case.expires_on.isoformat()},
    )


def _nudges(
    case: Introduction, turn: Turn, since: date, people: People, on: date, rules: Rules
) -> Iterator[Task]:
    """The latest reminder that is due, and the escalation of what a coordinator has to do."""
    latest = {nudge.kind: nudge for nudge in due_nudges(since, on, rules)}
    if reminder := latest.get(NudgeKind.REMINDER):
        told = _acting(case, turn, people, on)
        yield _nudge(TaskKind.REMINDER, case, turn, since, reminder.n_days, told)
    escalation = latest.get(NudgeKind.ESCALATION)
    if escalation and turn.act not in OF_A_PARTY:
        told = _escalated(case, turn, people, on)
        yield _nudge(TaskKind.ESCALATION, case, turn, since, escalation.n_days, told)


def _nudge(
    kind: TaskKind, case: Introduction, turn: Turn, since: date, n_days: int, told: tuple[str, ...]
) -> Task:
    about = turn.organisation_id or turn.cluster
    return Task(
        kind=kind,
        key=f"job:{kind}:{case.id}:{turn.act}:{about}:{since}:{n_days}",
        recipients=told,
        case_id=case.id,
        organisation_id=turn.organisation_id,
        n_days=n_days,
        facts={"act": turn.act.value, "expires_on": case.expires_on.isoformat()},
    )


def _follow_ups(watched: Watched, people: People, now: datetime, rules: Rules) -> Iterator[Task]:
    """What nobody answered in time is recorded so; the latest follow-up that has come is asked."""
    case, aftermath, on = watched.case, watched.aftermath, day_of(now)
    for organisation_id, n_days in sorted(watched.overdue):
        yield _follow_up(TaskKind.UNANSWERED, case, organisation_id, n_days)
    if watched.introduced_on is None or not aftermath.is_ongoing or not is_office_open(now, rules):
        return
    if (on - watched.introduced_on).days > rules.follow_up_until_days:
        return
    for day in due_follow_ups(watched.introduced_on, on, rules)[-1:]:
        n_days = (day - watched.introduced_on).days
        for party in case.parties:
            if (party.organisation_id, n_days) not in aftermath.asked:
                asked = people.reached_for(party.organisation_id, party.home_cluster, on)
                yield _follow_up(TaskKind.FOLLOW_UP, case, party.organisation_id, n_days, asked)


def _memo(watched: Watched, people: People, now: datetime, rules: Rules) -> Iterator[Task]:
    """To everybody of the parties; a day that was changed has a memo of its own."""
    case, planned, on = watched.case, watched.aftermath.planned, day_of(now)
    if planned is None or not watched.aftermath.is_ongoing or not is_office_open(now, rules):
        return
    if is_memo_due(planned.on, on):
        told = (
            member
            for party in case.parties
            for member in people.reached_for(party.organisation_id, party.home_cluster, on)
        )
        yield Task(
            kind=TaskKind.MEETING_MEMO,
            key=f"job:{TaskKind.MEETING_MEMO}:{case.id}:{planned.on}",
            recipients=tuple(dict.fromkeys(told)),
            case_id=case.id,
            facts={"on": planned.on.isoformat(), "form": planned.form.value},
        )


def _follow_up(
    kind: TaskKind, case: Introduction, organisation_id: str, n_days: int, asked: tuple[str, ...] = ()
) -> Task:
    return Task(
        kind=kind,
        key=f"job:{kind}:{case.id}:{organisation_id}:{n_days}",
        recipients=asked,
        case_id=case.id,
        organisation_id=organisation_id,
        n_days=n_days,
    )


# --- Silence and digests ---


def _pause(silent: WatchedSilence, people: People, on: date) -> Task:
    told = (
        *people.reached_for(silent.organisation_id, silent.home_cluster, on),
        *people.deciding_for(silent.home_cluster, on),
    )
    return Task(
        kind=TaskKind.SILENCE,
        key=f"job:{TaskKind.SILENCE}:{silent.organisation_id}:{silent.n_answers}",
        recipients=tuple(dict.fromkeys(told)),
        organisation_id=silent.organisation_id,
    )


@dataclass(frozen=True, slots=True)
class _Day:
    """What one member has to hear of on a day."""

    cases: dict[str, Watched] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


def _digests(
    cases: Iterable[Watched],
    silent: Iterable[WatchedSilence],
    calls: Iterable[WatchedCall],
    people: People,
    now: datetime,
    rules: Rules,
) -> Iterator[Task]:
    """One for each who has to decide something, once on a working day, from its hour on."""
    day = digest_day(now, rules)
    if day is None:
        return
    days: dict[str, _Day] = {}
    for watched in cases:
        for turn in () if _is_over(watched.case, day) else watched.case.waiting_for:
            for member in _deciding(watched.case, turn, people, day):
                days.setdefault(member, _Day()).cases[watched.case.id] = watched
    for each in silent:
        for member in people.deciding_for(each.home_cluster, day):
            days.setdefault(member, _Day()).silent.append(each.organisation_id)
    for call in calls:
        for member in people.deciding_for(call.cluster, day, in_charge=call.in_charge):
            days.setdefault(member, _Day()).calls.append(call.id)
    for member, its_day in sorted(days.items()):
        yield _digest(member, day, its_day, rules)


def _digest(member: str, day: date, its_day: _Day, rules: Rules) -> Task:
    cases = its_day.cases.values()
    return Task(
        kind=TaskKind.DIGEST,
        key=_digest_key(day, member),
        recipients=(member,),
        facts={
            "cases": tuple(watched.case.id for watched in cases),
            "late": tuple(watched.case.id for watched in cases if _is_late(watched, day, rules)),
            "expiring": tuple(w.case.id for w in cases if _expires_soon(w.case, day, rules)),
            "silent": tuple(its_day.silent),
            "help": tuple(its_day.calls),
        },
    )


def _digest_key(day: date, member: str) -> str:
    return f"job:{TaskKind.DIGEST}:{day}:{member}"


def _is_late(watched: Watched, day: date, rules: Rules) -> bool:
    """Whether a coordinator has let it wait for as long as it may."""
    return any(
        turn.act not in OF_A_PARTY and working_days_between(since, day) >= rules.escalation_working_days
        for turn, since in watched.since.items()
    )


# --- Doing it ---

_TASKS_PER_UNIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of the jobs did: how many of each kind, without what was done before.

    ``n_overtaken``: what was due when the run began, and no longer when its turn came.
    """

    at: datetime
    done: Mapping[TaskKind, int]
    n_overtaken: int = 0


class Jobs(Room):
    """Has done what falls due. To be run every few minutes; any number of runs may overlap."""

    def __init__(self, office: Office, *, find: Finder | None = None) -> None:
        """``find``: how partners for saved needs are searched; without it nobody is alerted."""
        super().__init__(office)
        self._desk = Desk(office)
        self._find = find

    def run(self) -> Run:
        """Does everything that is due by the clock and was not done yet. Raises LedgerBusyError."""
        with correlated(f"jobs:{uuid4()}"):
            return self._run()

    def _run(self) -> Run:
        at = self._office.clock.now()
        done: Counter[TaskKind] = Counter()
        tasks = self._due(at)
        for first in range(0, len(tasks), _TASKS_PER_UNIT):
            with self._desk.together():
                done.update(task.kind for task in tasks[first : first + _TASKS_PER_UNIT] if self._do(task))
        return Run(at=at, done=dict(done), n_overtaken=len(tasks) - done.total())

    def _due(self, at: datetime) -> list[Task]:
        """What is due and not done yet, read without keeping anybody from writing."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            people = People(work.models.members(), work.models.assignments())
            calls = [_as_watched_call(work, ticket) for ticket in work.models.help_tickets()]
            silent = _silent(work) if _is_first_of_day(work, people, at) else ()
            tasks = due(_watched(work), people, at, work.rules, silent=silent, calls=calls)
            tasks += _profile_notices(work, people, at)
            tasks += self._alerts(work, people, at)
            tasks += self._pairs(work, people, at)
            return [task for task in tasks if not _is_told(work, task)]

    def _alerts(self, work: Work, people: People, at: datetime) -> list[Task]:
        if self._find is None or not is_office_open(at, work.rules):
            return []
        away = work.models.away(work.today)
        found: dict[str, Sequence[str]] = {}
        needs = []
        for need in work.models.needs_with_alerts():
            owner, text = need.organisation_id, work.text(need.text_id)
            if owner not in away and text and work.still_listed(owner):
                kept_off = away | work.models.kept_off(owner) | {owner}
                found[need.id] = [id for id in self._find(text, owner) if id not in kept_off]
                needs.append(
                    WatchedNeed(
                        id=need.id,
                        organisation_id=owner,
                        home_cluster=work.home_of(owner),
                        shown=work.models.shown_for(need.id),
                    )
                )
        return alerts(needs, found, people, at, work.rules)

    def _pairs(self, work: Work, people: People, at: datetime) -> list[Task]:
        week = pairs_week(at, work.rules)
        if self._find is None or week is None:
            return []
        keys = {cluster: f"job:{TaskKind.PAIRS}:{week}:{cluster}" for cluster in people.clusters}
        left = [cluster for cluster, key in keys.items() if work.unit.events.has_key(key) is None]
        found = unasked_pairs(work, left, self._find, week) if left else {}
        return [
            _suggestion(cluster, week, keys[cluster], pairs, people.deciding_for(cluster, work.today))
            for cluster, pairs in found.items()
        ]

    def _do(self, task: Task) -> bool:
        """Does one task, or nothing; False where somebody was quicker."""
        try:
            with self._desk.together():
                return self._record(task) and self._tell(task)
        except CaseError:
            return False

    def _record(self, task: Task) -> bool:
        match task.kind:
            case TaskKind.EXPIRY:
                return not self._desk.expire(task.case_id, by=MATCHBOT, key=task.key).is_repeated
            case TaskKind.UNANSWERED | TaskKind.FOLLOW_UP:
                return self._record_follow_up(task)
            case TaskKind.PAIRS:
                return self._record_pairs(task)
            case TaskKind.ALERT | TaskKind.SILENCE:
                return self._record_of_organisation(task)
            case _:
                return True

    def _record_follow_up(self, task: Task) -> bool:
        case_id, party, days = task.case_id, task.organisation_id, task.n_days
        if task.kind is TaskKind.UNANSWERED:
            receipt = self._desk.close_follow_up(case_id, party, days=days, by=MATCHBOT, key=task.key)
        else:
            rules = self._office.rules
            answer_by = add_working_days(day_of(self._office.clock.now()), rules.expiry_working_days)
            receipt = self._desk.ask_follow_up(
                case_id, party, days=days, answer_by=answer_by, by=MATCHBOT, key=task.key
            )
        return not receipt.is_repeated

    def _record_pairs(self, task: Task) -> bool:
        cluster, week = str(task.facts["cluster"]), date.fromisoformat(str(task.facts["week"]))
        receipt = self._desk.suggest_pairs(cluster, week, task.pairs, by=MATCHBOT, key=task.key)
        return not receipt.is_repeated

    def _record_of_organisation(self, task: Task) -> bool:
        with self._work(Action.RUN_JOBS, MATCHBOT, task.key) as work:
            if work.earlier():
                return False
            id = task.organisation_id
            if task.kind is TaskKind.SILENCE:
                paused = OrganisationPaused(
                    organisation_id=id, member_id=MATCHBOT.id, cause=PauseCause.SILENCE
                )
                work.record(f"organisation:{id}", [paused])
            else:
                need_id = str(task.facts["need_id"])
                shown = PartnersShown(need_id=need_id, organisation_id=id, partners=task.partners)
                work.record(f"need:{need_id}", [shown])
            return True

    def _tell(self, task: Task) -> bool:
        """Puts the messages of a task where they are sent from, each once."""
        with self._work(Action.RUN_JOBS, MATCHBOT, task.key) as work:
            if task.kind not in _RECORDED and _is_told(work, task):
                return False
            about = {
                "case_id": task.case_id,
                "organisation_id": task.organisation_id,
                "n_days": task.n_days,
                "partners": task.partners,
                "pairs": [asdict(pair) for pair in task.pairs],
            }
            payload = {**{name: value for name, value in about.items() if value}, **task.facts}
            for id, recipient in _messages(task):
                kind = MessageKind(task.kind)
                work.unit.outbox.put(
                    Message(id=id, recipient=recipient, kind=kind, not_before=work.now, payload=payload)
                )
            return True


_RECORDED = frozenset(
    {
        TaskKind.EXPIRY,
        TaskKind.UNANSWERED,
        TaskKind.FOLLOW_UP,
        TaskKind.SILENCE,
        TaskKind.ALERT,
        TaskKind.PAIRS,
    }
)
"""What is an event first of all; the rest is only told."""


def _messages(task: Task) -> list[tuple[str, str]]:
    """The id of each message of a task, with its recipient."""
    return [(_message_id(task.key, recipient), recipient) for recipient in task.recipients]


def _message_id(key: str, recipient: str) -> str:
    return part_of(key, f"to:{recipient}")


def _is_told(work: Work, task: Task) -> bool:
    """Whether a task that is only told has reached everybody it is for."""
    return task.kind not in _RECORDED and all(work.unit.outbox.get(id) for id, _ in _messages(task))


def _suggestion(
    cluster: str, week: date, key: str, pairs: tuple[SuggestedPair, ...], told: tuple[str, ...]
) -> Task:
    """Nobody is told that there is nothing to suggest; it is on record, and not looked for again."""
    return Task(
        kind=TaskKind.PAIRS,
        key=key,
        recipients=told if pairs else (),
        pairs=pairs,
        facts={"cluster": cluster, "week": week.isoformat()},
    )


def _is_first_of_day(work: Work, people: People, at: datetime) -> bool:
    """Whether digests are due and nobody has got one of this day."""
    day = digest_day(at, work.rules)
    return day is not None and not any(
        work.unit.outbox.get(_message_id(_digest_key(day, member), member)) for member in people.deciding
    )


def _watched(work: Work) -> list[Watched]:
    """Every open case, and the introductions that may have to be followed up, by id."""
    open_ids = work.models.case_ids(is_everybody=True)
    overdue: dict[str, set[tuple[str, int]]] = {}
    for follow_up in work.models.unanswered_follow_ups(on=work.today):
        overdue.setdefault(follow_up.case_id, set()).add((follow_up.organisation_id, follow_up.days))
    soon = work.models.planned_meetings(after=work.today, until=add_working_days(work.today, 1))
    ids = {*open_ids, *overdue, *soon, *_to_be_followed_up(work)}
    return [_as_watched(work.followed(id), overdue.get(id, set())) for id in sorted(ids)]


def _as_watched(followed: Followed, overdue: Iterable[tuple[str, int]]) -> Watched:
    return Watched(
        case=followed.case,
        since=followed.since,
        introduced_on=followed.introduced_on,
        aftermath=followed.aftermath,
        overdue=frozenset(overdue),
    )


def _as_watched_call(work: Work, ticket: HelpTicket) -> WatchedCall:
    in_charge = ticket.taken_by or work.models.looks_after(ticket.organisation_id)
    return WatchedCall(id=ticket.id, cluster=ticket.cluster, in_charge=in_charge)


def _to_be_followed_up(work: Work) -> Iterator[str]:
    """The introductions whose latest follow-up that has come was not asked of every party."""
    days = [(day - work.today).days for day in follow_up_dates(work.today, work.rules)]
    for n_days, until in pairwise([*days, work.rules.follow_up_until_days + 1]):
        yield from work.models.without_follow_up(
            days=n_days,
            introduced_after=work.today - timedelta(days=until),
            introduced_by=work.today - timedelta(days=n_days),
        )


def _profile_notices(work: Work, people: People, at: datetime) -> list[Task]:
    """Who is to confirm a profile, once for each time that nobody did for so long."""
    days = profile_days(work.today, work.rules)
    if days is None or not is_office_open(at, work.rules):
        return []
    ageing = work.models.unconfirmed(days[0])
    return [
        Task(
            kind=TaskKind.PROFILE_NOTICE,
            key=f"job:{TaskKind.PROFILE_NOTICE}:{id}:{confirmed_on}",
            recipients=people.reached_for(id, work.home_of(id), work.today),
            organisation_id=id,
            facts={"hidden_on": months_after(confirmed_on, work.rules.profile_months).isoformat()},
        )
        for id, confirmed_on in ageing.items()
        if work.still_listed(id)
    ]


def _silent(work: Work) -> list[WatchedSilence]:
    """The organisations that have been silent too often and take part still, by id."""
    away = work.models.away(work.today)
    found = []
    for id in work.models.asked_organisations():
        answered = work.models.answers(id, since=work.models.resumed_on(id))
        follows = silence(answered, work.rules)
        if follows is not Silence.NOTHING and id not in away:
            found.append(
                WatchedSilence(
                    organisation_id=id,
                    home_cluster=work.home_of(id),
                    is_to_be_paused=follows is Silence.PAUSED,
                    n_answers=len(answered),
                )
            )
    return found
