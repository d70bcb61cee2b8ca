"""What falls due without anybody asking, and for whom: told from the clock and what is known, and pure.

Reminders, escalation, expiry, follow-ups, alerts, digests. A task's key is made of what it is about and
never of the moment it was told at, so that whatever is due twice is known to be the same.

Where several steps of one kind were missed, because nobody looked for a while, only the latest is due:
nobody gets a pile of old reminders.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from matchbot.aftermath.reports import Aftermath
from matchbot.deadlines import (
    NudgeKind,
    acting_for,
    digest_day,
    due_follow_ups,
    due_nudges,
    escalated_to,
    expiry_notice_date,
    has_expired,
    is_memo_due,
    is_office_open,
    is_urgent,
)
from matchbot.introductions.cases import OF_A_PARTY, Act, Introduction, Turn
from matchbot.introductions.words import OPEN, State
from matchbot.members import Member
from matchbot.participation import SuggestedPair
from matchbot.policy import Role, eligible_approvers
from matchbot.rules import Rules
from matchbot.workdays import day_of, working_days_between


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
        assigned = self._looked_after_by.get(organisation, "")
        if assigned and not cluster:
            acting = acting_for(assigned, self._coverage, on)
            return (acting,) if acting else self._staff(on)
        return self.deciding_for(cluster, on, in_charge=assigned or in_charge)

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
        key=digest_key(day, member),
        recipients=(member,),
        facts={
            "cases": tuple(watched.case.id for watched in cases),
            "late": tuple(watched.case.id for watched in cases if _is_late(watched, day, rules)),
            "expiring": tuple(w.case.id for w in cases if _expires_soon(w.case, day, rules)),
            "silent": tuple(its_day.silent),
            "help": tuple(its_day.calls),
        },
    )


def digest_key(day: date, member: str) -> str:
    """Under which the digest of a day for a member is on record."""
    return f"job:{TaskKind.DIGEST}:{day}:{member}"


def _is_late(watched: Watched, day: date, rules: Rules) -> bool:
    """Whether a coordinator has let it wait for as long as it may."""
    return any(
        turn.act not in OF_A_PARTY and working_days_between(since, day) >= rules.escalation_working_days
        for turn, since in watched.since.items()
    )
