"""When things fall due."""

from datetime import date, datetime, timedelta

import pytest

from matchbot.deadlines import (
    Absence,
    Coverage,
    Nudge,
    NudgeKind,
    Silence,
    acting_for,
    deferred_expiry,
    digest_day,
    due_follow_ups,
    due_nudges,
    escalated_to,
    expiry_date,
    expiry_notice_date,
    follow_up_dates,
    has_expired,
    is_office_open,
    is_urgent,
    nudges,
    send_time,
    silence,
)
from matchbot.errors import DeferralError
from matchbot.rules import Rules
from matchbot.workdays import OFFICE_ZONE

RULES = Rules()
# Monday; the 29th is a holiday, and so are the 4th, 5th and 6th of May.
ASKED = date(2026, 4, 27)
EXPIRES = date(2026, 5, 22)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE)


# --- expiry ---


def test_a_request_expires_after_fifteen_working_days():
    assert expiry_date(ASKED, RULES) == EXPIRES
    assert not has_expired(EXPIRES, EXPIRES)
    assert has_expired(EXPIRES, EXPIRES + timedelta(days=1))


def test_everybody_is_told_three_working_days_before():
    assert expiry_notice_date(EXPIRES, RULES) == date(2026, 5, 19)


def test_who_needs_more_time_gets_it_and_never_less_than_there_was():
    later, earlier = date(2026, 6, 5), date(2026, 5, 15)
    assert deferred_expiry(later, on=ASKED, expires_on=EXPIRES, rules=RULES) == later
    assert deferred_expiry(earlier, on=ASKED, expires_on=EXPIRES, rules=RULES) == EXPIRES


def test_more_time_until_a_sunday_is_until_the_monday():
    sunday = date(2026, 6, 7)
    assert deferred_expiry(sunday, on=ASKED, expires_on=EXPIRES, rules=RULES) == sunday + timedelta(days=1)


def test_more_time_is_not_without_end():
    latest = date(2026, 6, 12)  # 15 working days after 22 May
    assert deferred_expiry(latest, on=ASKED, expires_on=EXPIRES, rules=RULES) == latest
    for until in (latest + timedelta(days=1), ASKED):
        with pytest.raises(DeferralError) as caught:
            deferred_expiry(until, on=ASKED, expires_on=EXPIRES, rules=RULES)
        assert caught.value.facts == {"until": until, "latest": latest}


# --- whoever must act ---

SECOND, FOURTH, FIFTH = date(2026, 4, 30), date(2026, 5, 7), date(2026, 5, 8)


def test_whoever_lets_others_wait_is_reminded_twice_and_then_the_deputy_is_told():
    assert nudges(ASKED, RULES) == (
        Nudge(NudgeKind.REMINDER, 2, SECOND),
        Nudge(NudgeKind.REMINDER, 4, FOURTH),
        Nudge(NudgeKind.ESCALATION, 5, FIFTH),
    )


@pytest.mark.parametrize(
    ("on", "n_due"),
    [
        (date(2026, 4, 28), 0),
        (date(2026, 4, 29), 0),  # the second day, were it no holiday
        (SECOND, 1),
        (date(2026, 5, 6), 1),
        (FOURTH, 2),
        (FIFTH, 3),
    ],
)
def test_nothing_is_due_before_its_working_day(on, n_due):
    assert len(due_nudges(ASKED, on, RULES)) == n_due


def test_reminders_can_be_switched_off():
    rules = Rules(reminder_working_days=())
    assert [nudge.kind for nudge in nudges(ASKED, rules)] == [NudgeKind.ESCALATION]


MAY = Absence(date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("coverage", "who"),
    [
        ({}, "ito"),
        ({"ito": Coverage("ueda")}, "ito"),
        ({"ito": Coverage("ueda", (MAY,))}, "ueda"),
        ({"ito": Coverage("ueda", (Absence(MAY.first, MAY.last, "endo"),))}, "endo"),
        ({"ito": Coverage("ueda", (MAY,)), "ueda": Coverage("endo", (MAY,))}, "endo"),
        ({"ito": Coverage("ueda", (MAY,)), "ueda": Coverage("ito", (MAY,))}, ""),
        ({"ito": Coverage("", (MAY,))}, ""),
    ],
    ids=["unknown", "there", "away", "delegated", "deputy-away-too", "both-away", "nobody-named"],
)
def test_an_absent_coordinator_is_stood_in_for(coverage, who):
    assert acting_for("ito", coverage, MAY.first) == who


def test_an_absence_holds_from_its_first_through_its_last_day():
    coverage = {"ito": Coverage("ueda", (MAY,))}
    day = timedelta(days=1)
    days = [MAY.first - day, MAY.first, MAY.last, MAY.last + day]
    assert [acting_for("ito", coverage, each) for each in days] == ["ito", "ueda", "ueda", "ito"]


@pytest.mark.parametrize(
    ("coverage", "who"),
    [
        ({"ito": Coverage("ueda")}, "ueda"),
        ({"ito": Coverage("ueda"), "ueda": Coverage("endo", (MAY,))}, "endo"),
        ({"ito": Coverage("ueda"), "ueda": Coverage("ito", (MAY,))}, ""),
        ({}, ""),
    ],
    ids=["deputy", "deputy-away", "back-to-the-same", "nobody-named"],
)
def test_a_case_goes_to_the_deputy_and_never_back_to_who_let_it_wait(coverage, who):
    assert escalated_to("ito", coverage, MAY.first) == who


# --- silence ---


@pytest.mark.parametrize(
    ("answered", "follows"),
    [
        ([], Silence.NOTHING),
        ([False, False], Silence.NOTHING),
        ([False, False, False], Silence.LISTED),
        ([True, False, False, False], Silence.LISTED),
        ([False, False, True, False], Silence.NOTHING),
        ([False, False, False, True], Silence.NOTHING),
    ],
)
def test_three_silences_in_a_row_are_listed(answered, follows):
    assert silence(answered, RULES) is follows


def test_who_is_silent_is_paused_only_where_that_is_switched_on():
    assert silence([False] * 3, Rules(pauses_the_silent=True)) is Silence.PAUSED
    assert silence([False] * 2, Rules(pauses_the_silent=True)) is Silence.NOTHING


# --- follow-ups ---


def test_follow_ups_come_after_14_90_180_and_365_days_and_then_yearly_to_1200():
    days = [14, 90, 180, 365, 365 + 365, 365 + 2 * 365]
    assert follow_up_dates(ASKED, RULES) == tuple(ASKED + timedelta(days=n) for n in days)


def test_a_follow_up_on_the_last_day_is_still_asked():
    rules = Rules(follow_up_days=(14, 90), follow_up_until_days=90)
    assert follow_up_dates(ASKED, rules) == (ASKED + timedelta(days=14), ASKED + timedelta(days=90))
    assert follow_up_dates(ASKED, Rules(follow_up_until_days=13)) == ()


def test_a_follow_up_is_due_from_its_day_on():
    assert due_follow_ups(ASKED, ASKED + timedelta(days=13), RULES) == ()
    assert due_follow_ups(ASKED, ASKED + timedelta(days=14), RULES) == (ASKED + timedelta(days=14),)


# --- office hours ---

FRIDAY, MONDAY = date(2026, 5, 15), date(2026, 5, 18)


def test_a_message_of_friday_night_goes_out_on_monday_morning():
    assert send_time(at(FRIDAY, 20), RULES) == at(MONDAY, 8, 30)
    assert send_time(at(FRIDAY, 17), RULES) == at(FRIDAY, 17)
    assert is_office_open(at(FRIDAY, 17), RULES)
    assert not is_office_open(at(FRIDAY, 20), RULES)


@pytest.mark.parametrize(
    ("expires_on", "is_soon"),
    [
        (FRIDAY, True),
        (MONDAY, True),
        (date(2026, 5, 19), True),  # the second working day
        (date(2026, 5, 20), False),
        (date(2026, 5, 14), False),  # it is too late for a hurry
    ],
)
def test_only_what_expires_within_two_working_days_is_told_at_night(expires_on, is_soon):
    night = at(FRIDAY, 20)
    assert is_urgent(expires_on, FRIDAY, RULES) is is_soon
    assert send_time(night, RULES, expires_on=expires_on) == (night if is_soon else at(MONDAY, 8, 30))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(FRIDAY, 8, 59), None),
        (at(FRIDAY, 9), FRIDAY),
        (at(FRIDAY, 17, 59), FRIDAY),
        (at(FRIDAY, 18), None),
        (at(date(2026, 5, 16), 9), None),
    ],
)
def test_the_digest_is_of_a_working_day_from_nine_on(moment, day):
    assert digest_day(moment, RULES) == day
