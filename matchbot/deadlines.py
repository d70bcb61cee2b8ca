"""When things fall due: expiry, reminders, escalation, absence, silence, follow-ups, office hours.

Pure functions over days and :class:`matchbot.rules.Rules`; what is due is told, not done. A request
lives through its expiry date and has expired on the day after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from matchbot.errors import DeferralError
from matchbot.rules import Rules
from matchbot.workdays import (
    add_working_days,
    day_of,
    in_office_hours,
    next_office_time,
    subtract_working_days,
    working_day_from,
    working_days_between,
)

# --- expiry ---


def expiry_date(asked_on: date, rules: Rules) -> date:
    """The last day on which an answer counts."""
    return add_working_days(asked_on, rules.expiry_working_days)


def expiry_notice_date(expires_on: date, rules: Rules) -> date:
    """The day on which everybody concerned is told that it will expire."""
    return subtract_working_days(expires_on, rules.expiry_notice_working_days)


def has_expired(expires_on: date, on: date) -> bool:
    """Whether the last day is over."""
    return on > expires_on


def latest_deferral(on: date, rules: Rules) -> date:
    """The last day until which an answer can be put off (検討中)."""
    return add_working_days(on, rules.deferral_working_days)


def deferred_expiry(until: date, *, on: date, expires_on: date, rules: Rules) -> date:
    """The new expiry date after 「検討中(○日まで)」: never earlier than the old one.

    Raises DeferralError for a day that is not ahead, or further ahead than ``deferral_working_days``.
    """
    latest = latest_deferral(on, rules)
    if not on < until <= latest:
        raise DeferralError(until=until, latest=latest)
    return max(expires_on, working_day_from(until))


# --- meetings ---

_PROPOSED_AFTER = (5, 7, 9)
"""Working days: time to agree on one, and three days of the week."""


def proposed_meetings(on: date) -> tuple[date, ...]:
    """Three days to meet, for parties who get to know each other on a day."""
    return tuple(add_working_days(on, n_days) for n_days in _PROPOSED_AFTER)


def is_memo_due(planned_on: date, on: date) -> bool:
    """Whether those who are to meet on a day get their memo: from the working day before it on."""
    return subtract_working_days(planned_on, 1) <= on < planned_on


# --- whoever must act ---


class NudgeKind(StrEnum):
    """What happens to whoever lets others wait."""

    REMINDER = "reminder"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True)
class Nudge:
    """That somebody is to be told on a day that others wait for them; ``n_days`` working days by then."""

    kind: NudgeKind
    n_days: int
    due_on: date


def nudges(waiting_since: date, rules: Rules) -> tuple[Nudge, ...]:
    """The reminders and the escalation of one turn, by day."""
    reminders = [(n, NudgeKind.REMINDER) for n in rules.reminder_working_days]
    steps = sorted([*reminders, (rules.escalation_working_days, NudgeKind.ESCALATION)])
    return tuple(Nudge(kind, n, add_working_days(waiting_since, n)) for n, kind in steps)


def due_nudges(waiting_since: date, on: date, rules: Rules) -> tuple[Nudge, ...]:
    """Those of :func:`nudges` whose day has come, by day."""
    return tuple(nudge for nudge in nudges(waiting_since, rules) if nudge.due_on <= on)


@dataclass(frozen=True, slots=True)
class Absence:
    """That a coordinator is away from one day through another, and who answers meanwhile.

    Without a ``delegate_id`` of its own, the coordinator's deputy does.
    """

    first: date
    last: date
    delegate_id: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who stands in for a coordinator."""

    deputy_id: str = ""
    absences: tuple[Absence, ...] = ()

    def absence(self, on: date) -> Absence | None:
        """The absence on this day, None if the coordinator is there."""
        return next((each for each in self.absences if each.first <= on <= each.last), None)


def acting_for(member_id: str, coverage: Mapping[str, Coverage], on: date) -> str:
    """Who answers for a coordinator on this day: itself, or during an absence the delegate or deputy.

    Whoever stands in may be away, too, and is stood in for; "" if nobody is left, and staff takes over.
    """
    seen: set[str] = set()
    while member_id and member_id not in seen:
        seen.add(member_id)
        known = coverage.get(member_id, Coverage())
        absence = known.absence(on)
        if absence is None:
            return member_id
        member_id = absence.delegate_id or known.deputy_id
    return ""


def escalated_to(member_id: str, coverage: Mapping[str, Coverage], on: date) -> str:
    """Whom a case goes to that a coordinator has let wait: the named deputy, or who answers for it.

    "" if there is nobody but the coordinator, and staff takes over.
    """
    deputy = acting_for(coverage.get(member_id, Coverage()).deputy_id, coverage, on)
    return "" if deputy == member_id else deputy


# --- silence ---


class Silence(StrEnum):
    """What follows from unanswered introductions."""

    NOTHING = "nothing"
    LISTED = "listed"
    PAUSED = "paused"


def silence(answered: Sequence[bool], rules: Rules) -> Silence:
    """What follows from an organisation's introductions, in order: whether each was answered at all.

    Only the unbroken run at the end counts. Begin again after a pause was lifted.
    """
    n_silent = sum(1 for _ in takewhile(lambda was_answered: not was_answered, reversed(answered)))
    if n_silent < rules.silences:
        return Silence.NOTHING
    return Silence.PAUSED if rules.pauses_the_silent else Silence.LISTED


# --- follow-ups ---

YEAR_DAYS = 365


def follow_up_dates(introduced_on: date, rules: Rules) -> tuple[date, ...]:
    """The days on which the parties are asked what came of an introduction, while its case is open."""
    until = rules.follow_up_until_days
    yearly = range(rules.follow_up_days[-1] + YEAR_DAYS, until + 1, YEAR_DAYS)
    days = [n for n in rules.follow_up_days if n <= until]
    return tuple(introduced_on + timedelta(days=n) for n in [*days, *yearly])


def due_follow_ups(introduced_on: date, on: date, rules: Rules) -> tuple[date, ...]:
    """Those of :func:`follow_up_dates` that have come."""
    return tuple(day for day in follow_up_dates(introduced_on, rules) if day <= on)


# --- office hours ---


def is_urgent(expires_on: date, on: date, rules: Rules) -> bool:
    """Whether something expires so soon that it is told outside office hours, too."""
    return on <= expires_on and working_days_between(on, expires_on) <= rules.urgent_working_days


def send_time(moment: datetime, rules: Rules, *, expires_on: date | None = None) -> datetime:
    """When a message that is ready at this moment goes out: at once, or when the office opens next.

    ``expires_on`` is the date of what it is about, if that can expire.
    """
    if expires_on is not None and is_urgent(expires_on, day_of(moment), rules):
        return moment
    return next_office_time(moment, rules.office_opens, rules.office_closes)


def is_office_open(moment: datetime, rules: Rules) -> bool:
    """Whether ordinary messages go out at this moment."""
    return in_office_hours(moment, rules.office_opens, rules.office_closes)


def pairs_week(moment: datetime, rules: Rules) -> date | None:
    """The Monday of the week whose pairs are told at this moment: with the first digest of it; else None."""
    day = digest_day(moment, rules)
    monday = day - timedelta(days=day.weekday()) if day else None
    return monday if monday is not None and working_day_from(monday) == day else None


def digest_day(moment: datetime, rules: Rules) -> date | None:
    """The day whose digest may be sent at this moment: this working day from ``digest_at`` on, or None."""
    is_time = in_office_hours(moment, rules.digest_at, rules.office_closes)
    return day_of(moment) if is_time else None
