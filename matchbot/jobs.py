"""Has done what falls due: gathers what is known, asks `matchbot.duties` what is due, does each task once.

The key of a task is that of its command, so that a second run finds every key used, and nothing happens
twice.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

from matchbot.deadlines import Silence, digest_day, follow_up_dates, is_office_open, pairs_week, silence
from matchbot.desk import Desk, MessageKind, Office
from matchbot.desk.pairs import Finder, unasked_pairs
from matchbot.desk.work import Room, Work
from matchbot.duties import (
    People,
    Task,
    TaskKind,
    Watched,
    WatchedCall,
    WatchedNeed,
    WatchedSilence,
    alerts,
    digest_key,
    due,
)
from matchbot.errors import CaseError
from matchbot.following import Followed
from matchbot.happenings import correlated, part_of
from matchbot.ledger import Message
from matchbot.members import MATCHBOT
from matchbot.participation import OrganisationPaused, PartnersShown, PauseCause, SavedNeed, SuggestedPair
from matchbot.policy import Action, months_after, profile_days
from matchbot.readmodels.found import HelpTicket
from matchbot.workdays import add_working_days, day_of

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

    def __init__(
        self,
        office: Office,
        *,
        find: Finder | None = None,
        changed_since: Callable[[datetime], Collection[str]] | None = None,
    ) -> None:
        """``find``: how partners for saved needs are searched; without it nobody is alerted.
        ``changed_since``: who may be found since a moment that was not before; None: whoever was not shown.
        """
        super().__init__(office)
        self._desk = Desk(office)
        self._find = find
        self._changed_since = changed_since

    def run(self) -> Run:
        """Does everything that is due by the clock and was not done yet. Raises LedgerBusyError."""
        with correlated(f"jobs:{uuid4()}"):
            return self._run()

    def _run(self) -> Run:
        self._desk.forget_again()
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
                fitting = [id for id in self._find(text, owner) if id not in kept_off]
                found[need.id] = self._new_since(need, fitting, work)
                needs.append(
                    WatchedNeed(
                        id=need.id,
                        organisation_id=owner,
                        home_cluster=work.home_of(owner),
                        shown=work.models.shown_for(need.id),
                    )
                )
        return alerts(needs, found, people, at, work.rules)

    def _new_since(self, need: SavedNeed, fitting: Sequence[str], work: Work) -> Sequence[str]:
        """Those that could not be found yet when a need was saved."""
        if not fitting or self._changed_since is None:
            return fitting
        changed = self._changed_since(work.unit.events.read(f"need:{need.id}")[0].recorded_at)
        return [id for id in fitting if id in changed]

    def _pairs(self, work: Work, people: People, at: datetime) -> list[Task]:
        week = pairs_week(at, work.rules)
        if self._find is None or week is None:
            return []
        keys = {cluster: f"job:{TaskKind.PAIRS}:{week}:{cluster}" for cluster in people.clusters}
        left = [cluster for cluster, key in keys.items() if not work.unit.events.recorded_under(key)]
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
        work.unit.outbox.get(_message_id(digest_key(day, member), member)) for member in people.deciding
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
