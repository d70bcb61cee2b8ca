"""What falls due, and for whom, at a fixed time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain

import pytest

from corpus.records import Kind
from matchbot.aftermath.reports import Aftermath, CaseProgress
from matchbot.deadlines import Absence
from matchbot.duties import People, Task, TaskKind, Watched, WatchedNeed, WatchedSilence, alerts, due
from matchbot.introductions.cases import Act, Introduction, evolve, fold
from matchbot.introductions.decisions import approve, ask, consent, introduce, propose, request, return_
from matchbot.introductions.parties import Party, Statement
from matchbot.introductions.words import CrossCluster, Means
from matchbot.members import Member
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.references import TextRef
from matchbot.rules import Rules
from matchbot.workdays import OFFICE_ZONE, add_working_days, is_working_day, subtract_working_days

RULES = Rules()
MONDAY = date(2026, 6, 1)
EXPIRES = add_working_days(MONDAY, RULES.expiry_working_days)

ASKER = Party(organisation_id="asker", kind=Kind.FIRM, home_cluster="tokai-mono", is_requester=True)
MAKER = Party(organisation_id="maker", kind=Kind.FIRM, home_cluster="tokai-mono")
SCHOOL = Party(organisation_id="school", kind=Kind.UNIVERSITY, home_cluster="tokai-mono")

MEMBERS = (
    Member(id="M-asker", role=Role.FIRM, organisations=("asker",), slack_id="U1"),
    Member(id="M-maker", role=Role.FIRM, organisations=("maker",), slack_id="U2"),
    Member(id="C-first", role=Role.COORDINATOR, clusters=("tokai-mono",), deputy="C-second"),
    Member(id="C-second", role=Role.COORDINATOR, clusters=("tokai-bio",)),
    Member(id="S-staff", role=Role.STAFF),
)
REASON = TextRef("reason", "0" * 64)


def test_a_case_never_goes_to_a_deputy_who_has_left() -> None:
    members = [replace(one, has_left=True) if one.id == "C-second" else one for one in MEMBERS]
    day = add_working_days(MONDAY, RULES.escalation_working_days)
    (task,) = tasks(waiting(requested()), at(day), TaskKind.ESCALATION, members=members)
    assert task.recipients == ("S-staff",)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE)


def requested(other: Party = MAKER, expires_on: date = EXPIRES, asker: Party = ASKER) -> Introduction:
    return _folded(
        request(
            "case",
            need_id="need",
            parties=[asker, other],
            purpose=Purpose.RESEARCH,
            by=Statement(member_id="M-asker"),
            wording="1",
            cross_cluster=CrossCluster.NOTIFY,
            expires_on=expires_on,
        )
    )


def asked(other: Party = MAKER) -> Introduction:
    case = _then(requested(other), approve(requested(other), cluster="tokai-mono", member_id="C-first"))
    return _then(
        case, ask(case, organisation_id=other.organisation_id, means=Means.SLACK, expires_on=EXPIRES)
    )


def agreed() -> Introduction:
    return _then(
        asked(), consent(asked(), organisation_id="maker", answer=Statement(member_id="M-maker"), wording="1")
    )


def introduced(other: Party = MAKER) -> Introduction:
    case = asked(other)
    case = _then(
        case,
        consent(
            case, organisation_id=other.organisation_id, answer=Statement(member_id="M-maker"), wording="1"
        ),
    )
    return _then(case, introduce(case, delivered_by=Means.MAIL))


def _folded(events):
    return fold(events)


def _then(case, events):
    for event in events:
        case = evolve(case, event)
    return case


def waiting(case: Introduction, since: date = MONDAY) -> Watched:
    return Watched(case=case, since=dict.fromkeys(case.waiting_for, since))


def tasks(watched: Watched, now: datetime, *kinds: TaskKind, members=MEMBERS, rules=RULES) -> list[Task]:
    found = due([watched], People(members), now, rules)
    return [task for task in found if task.kind in kinds] if kinds else found


def steps(watched: Watched, kind: TaskKind, days: int) -> list[tuple[date, int, tuple[str, ...]]]:
    """What is new on each day at 10:00, as a diary."""
    diary, seen = [], set()
    for day in (MONDAY + timedelta(days=n) for n in range(days)):
        for task in tasks(watched, at(day), kind):
            if task.key not in seen:
                diary.append((day, task.n_days, task.recipients))
            seen.add(task.key)
    return diary


# --- Reminders and escalation ---


def test_whoever_must_approve_is_reminded_after_two_and_four_working_days():
    told = ("C-first",)
    assert steps(waiting(requested()), TaskKind.REMINDER, 10) == [
        (add_working_days(MONDAY, 2), 2, told),
        (add_working_days(MONDAY, 4), 4, told),
    ]


def test_a_reminder_that_is_overdue_twice_is_sent_once():
    late = at(add_working_days(MONDAY, 9))
    (reminder,) = tasks(waiting(requested()), late, TaskKind.REMINDER)
    assert reminder.n_days == max(RULES.reminder_working_days)


def test_over_golden_week_nobody_is_reminded_before_two_working_days_have_passed():
    before = date(2026, 4, 28)  # then 29 April is a holiday, 3 to 6 May are Sunday and holidays
    case = waiting(requested(expires_on=add_working_days(before, 15)), since=before)
    on = [
        day
        for day in (before + timedelta(days=n) for n in range(12))
        if any(task.n_days == 2 for task in tasks(case, at(day), TaskKind.REMINDER))
    ]
    assert on[0] == date(2026, 5, 1)  # 30 April is the first, 1 May the second
    fourth = next(
        day
        for day in (before + timedelta(days=n) for n in range(20))
        if any(task.n_days == 4 for task in tasks(case, at(day), TaskKind.REMINDER))
    )
    assert fourth == date(2026, 5, 8)  # 7 and 8 May follow the holidays


def test_after_five_working_days_without_a_decision_it_goes_to_the_deputy():
    assert steps(waiting(requested()), TaskKind.ESCALATION, 14) == [
        (add_working_days(MONDAY, 5), 5, ("C-second",))
    ]


def test_without_a_deputy_it_goes_to_the_staff():
    members = (*MEMBERS[:2], replace(MEMBERS[2], deputy=""), MEMBERS[4])
    (task,) = tasks(
        waiting(requested()), at(add_working_days(MONDAY, 5)), TaskKind.ESCALATION, members=members
    )
    assert task.recipients == ("S-staff",)


def test_while_a_coordinator_is_away_the_deputy_is_reminded():
    absence = Absence(MONDAY, MONDAY + timedelta(days=30))
    members = (*MEMBERS[:2], replace(MEMBERS[2], absences=(absence,)), *MEMBERS[3:])
    (task,) = tasks(waiting(requested()), at(add_working_days(MONDAY, 2)), TaskKind.REMINDER, members=members)
    assert task.recipients == ("C-second",)


def test_a_party_in_slack_is_reminded_itself_and_its_silence_is_not_escalated():
    week_later = at(add_working_days(MONDAY, 6))
    (reminder,) = tasks(waiting(asked()), week_later, TaskKind.REMINDER, TaskKind.ESCALATION)
    assert (reminder.kind, reminder.recipients) == (TaskKind.REMINDER, ("M-maker",))
    assert reminder.facts["act"] == Act.ANSWER


def test_a_party_outside_slack_is_reached_through_its_coordinator():
    (reminder,) = tasks(waiting(asked(SCHOOL)), at(add_working_days(MONDAY, 2)), TaskKind.REMINDER)
    assert reminder.recipients == ("C-first",)
    assert reminder.organisation_id == "school"


def test_who_is_employed_by_a_party_is_neither_reminded_to_approve_nor_in_for_the_digest():
    employed = replace(MEMBERS[2], employer="maker")
    members, day = (*MEMBERS[:2], employed, *MEMBERS[3:]), add_working_days(MONDAY, 5)
    found = tasks(waiting(requested()), at(day), members=members)
    told = {task.kind: task.recipients for task in found}
    assert told[TaskKind.REMINDER] == ("S-staff",)
    assert told[TaskKind.ESCALATION] == ("C-second",)
    assert told[TaskKind.DIGEST] == ("S-staff",)
    deputy_too = replace(MEMBERS[3], employer="asker")
    (task,) = tasks(
        waiting(requested()), at(day), TaskKind.ESCALATION, members=(employed, deputy_too, MEMBERS[4])
    )
    assert task.recipients == ("S-staff",)


def test_an_organisation_assigned_to_a_coordinator_is_reached_through_that_one():
    second = replace(MEMBERS[3], clusters=("tokai-mono",))
    people = People((*MEMBERS[:3], second), {"school": "C-second"})
    assert people.reached_for("school", "tokai-mono", MONDAY) == ("C-second",)


def test_a_returned_request_waits_for_its_requester():
    case = requested()
    case = _then(
        case, return_(case, cluster="tokai-mono", member_id="C-first", reason=REASON, expires_on=EXPIRES)
    )
    (reminder,) = tasks(waiting(case), at(add_working_days(MONDAY, 2)), TaskKind.REMINDER)
    assert reminder.recipients == ("M-asker",)


def test_reminders_are_switched_off_by_an_empty_list():
    silent = RULES.model_copy(update={"reminder_working_days": ()})
    assert not tasks(waiting(requested()), at(add_working_days(MONDAY, 4)), TaskKind.REMINDER, rules=silent)


def test_a_case_without_a_cluster_waits_for_the_staff():
    case = requested(asker=replace(ASKER, home_cluster=""))
    (reminder,) = tasks(waiting(case), at(add_working_days(MONDAY, 2)), TaskKind.REMINDER)
    assert reminder.recipients == ("S-staff",)


# --- Expiry ---


def test_a_request_expires_on_the_day_after_its_last():
    assert not tasks(waiting(requested()), at(EXPIRES, 23, 59), TaskKind.EXPIRY)
    (expiry,) = tasks(waiting(requested()), at(EXPIRES + timedelta(days=1), 0, 5), TaskKind.EXPIRY)
    assert expiry.case_id == "case"


def test_what_expires_now_is_neither_reminded_of_nor_in_a_digest():
    working = add_working_days(EXPIRES, 1)
    assert [task.kind for task in tasks(waiting(requested()), at(working))] == [TaskKind.EXPIRY]


def test_what_everybody_agreed_to_never_expires():
    late = at(add_working_days(EXPIRES, 3))
    found = {task.kind for task in tasks(waiting(agreed()), late)}
    assert found == {TaskKind.REMINDER, TaskKind.ESCALATION, TaskKind.DIGEST}


def test_before_it_expires_whoever_must_act_and_whoever_asked_are_told():
    day = subtract_working_days(EXPIRES, RULES.expiry_notice_working_days)
    before = tasks(waiting(asked()), at(day - timedelta(days=1)), TaskKind.EXPIRY_NOTICE)
    (notice,) = tasks(waiting(asked()), at(day), TaskKind.EXPIRY_NOTICE)
    assert not before
    assert notice.recipients == ("M-maker", "M-asker")


def test_a_counterpart_that_was_not_asked_yet_is_not_told_of_the_end():
    day = subtract_working_days(EXPIRES, RULES.expiry_notice_working_days)
    (notice,) = tasks(waiting(requested()), at(day), TaskKind.EXPIRY_NOTICE)
    assert notice.recipients == ("C-first", "M-asker")


# --- Office hours ---


@pytest.mark.parametrize("moment", [at(MONDAY, 8, 29), at(MONDAY, 18, 0), at(date(2026, 6, 6))])
def test_outside_office_hours_nobody_is_told_anything_that_can_wait(moment):
    long_ago = subtract_working_days(MONDAY, 8)
    waits = waiting(requested(expires_on=add_working_days(MONDAY, 12)), since=long_ago)
    assert tasks(waits, at(MONDAY))
    assert not tasks(waits, moment)


def test_what_expires_within_two_working_days_is_told_at_any_hour():
    evening = at(subtract_working_days(EXPIRES, RULES.urgent_working_days), 20)
    found = {task.kind for task in tasks(waiting(requested()), evening)}
    assert found == {TaskKind.REMINDER, TaskKind.ESCALATION, TaskKind.EXPIRY_NOTICE}


# --- Digests ---


def test_each_who_decides_gets_one_digest_from_nine_on():
    assert not tasks(waiting(requested()), at(MONDAY, 8, 59), TaskKind.DIGEST)
    (nine,) = tasks(waiting(requested()), at(MONDAY, 9), TaskKind.DIGEST)
    (later,) = tasks(waiting(requested()), at(MONDAY, 16), TaskKind.DIGEST)
    assert nine.recipients == ("C-first",)
    assert nine.key == later.key
    assert nine.facts["cases"] == ("case",)


def test_there_is_no_digest_on_a_holiday():
    assert not is_working_day(date(2026, 5, 4))
    case = waiting(requested(expires_on=date(2026, 5, 20)), since=date(2026, 5, 1))
    assert not tasks(case, at(date(2026, 5, 4)), TaskKind.DIGEST)


def test_a_coordinator_with_nothing_to_do_gets_no_digest():
    digests = tasks(waiting(requested()), at(MONDAY), TaskKind.DIGEST)
    assert list(chain.from_iterable(task.recipients for task in digests)) == ["C-first"]


def test_a_digest_says_what_is_late_and_what_expires_soon():
    (digest,) = tasks(waiting(requested()), at(subtract_working_days(EXPIRES, 1)), TaskKind.DIGEST)
    assert (digest.facts["late"], digest.facts["expiring"]) == (("case",), ("case",))
    (early,) = tasks(waiting(requested()), at(MONDAY), TaskKind.DIGEST)
    assert (early.facts["late"], early.facts["expiring"]) == ((), ())


def test_a_proposal_waits_in_the_digest_of_whoever_has_to_ask():
    proposed = propose(
        "case",
        need_id="",
        parties=[replace(ASKER, is_requester=False), MAKER],
        purpose=Purpose.SALES,
        cluster="tokai-mono",
        member_id="C-first",
        cross_cluster=CrossCluster.NOTIFY,
        expires_on=EXPIRES,
    )
    (digest,) = tasks(waiting(_folded(proposed)), at(MONDAY), TaskKind.DIGEST)
    assert digest.recipients == ("C-first",)


# --- Follow-ups ---


def followed(case: Introduction, **known) -> Watched:
    return Watched(case=case, introduced_on=MONDAY, **known)


def test_both_parties_are_asked_on_the_days_of_the_calendar_and_then_every_year_up_to_1200_days():
    case, seen = introduced(), set()
    for n in range(1500):
        for task in tasks(followed(case), at(MONDAY + timedelta(days=n), 12), TaskKind.FOLLOW_UP):
            seen.add((task.organisation_id, task.n_days))
    calendar = {14, 90, 180, 365, 365 + 365, 365 + 2 * 365}
    assert seen == {(party, n_days) for party in ("asker", "maker") for n_days in calendar}


def test_a_party_that_was_asked_is_not_asked_again():
    known = Aftermath(asked=frozenset({("asker", 14)}))
    day = at(MONDAY + timedelta(days=14))
    (task,) = tasks(followed(introduced(), aftermath=known), day, TaskKind.FOLLOW_UP)
    assert (task.organisation_id, task.recipients) == ("maker", ("M-maker",))


def test_a_case_that_was_given_up_is_not_asked_about():
    known = Aftermath(progress=CaseProgress.GIVEN_UP)
    assert not tasks(followed(introduced(), aftermath=known), at(MONDAY + timedelta(days=14)))


def test_a_follow_up_that_was_not_answered_in_time_is_recorded_at_any_hour():
    known = Aftermath(asked=frozenset({("asker", 14), ("maker", 14)}), answered=frozenset({("maker", 14)}))
    watched = followed(introduced(), aftermath=known, overdue=frozenset({("asker", 14)}))
    (task,) = tasks(watched, at(MONDAY + timedelta(days=40), 23))
    assert (task.kind, task.organisation_id, task.n_days) == (TaskKind.UNANSWERED, "asker", 14)
    assert not task.recipients


def test_nobody_is_asked_about_what_is_older_than_the_calendar():
    assert not tasks(followed(introduced()), at(MONDAY + timedelta(days=RULES.follow_up_until_days + 10)))


def test_a_university_outside_slack_is_followed_up_through_its_coordinator():
    found = tasks(followed(introduced(SCHOOL)), at(MONDAY + timedelta(days=14)), TaskKind.FOLLOW_UP)
    assert {task.organisation_id: task.recipients for task in found} == {
        "asker": ("M-asker",),
        "school": ("C-first",),
    }


# --- Silence ---


def silent(**known) -> WatchedSilence:
    return WatchedSilence(organisation_id="school", home_cluster="tokai-mono", **known)


def found_of(silence: WatchedSilence, now: datetime) -> list[Task]:
    return due([], People(MEMBERS), now, RULES, silent=[silence])


def test_a_silent_organisation_stands_in_the_digest_of_its_coordinator():
    (digest,) = found_of(silent(), at(MONDAY))
    assert (digest.kind, digest.recipients) == (TaskKind.DIGEST, ("C-first",))
    assert (digest.facts["silent"], digest.facts["cases"]) == (("school",), ())


def test_a_silent_organisation_is_paused_where_that_is_switched_on_and_both_hear_of_it():
    pause, _ = found_of(silent(is_to_be_paused=True, n_answers=3), at(MONDAY))
    assert (pause.kind, pause.organisation_id) == (TaskKind.SILENCE, "school")
    assert pause.recipients == ("C-first",)


def test_a_later_silence_is_another_one():
    first, later = (found_of(silent(is_to_be_paused=True, n_answers=n), at(MONDAY))[0] for n in (3, 6))
    assert first.key != later.key


# --- Alerts ---


def test_a_partner_never_shown_for_a_saved_need_is_told_of_once():
    need = WatchedNeed(
        id="need", organisation_id="asker", home_cluster="tokai-mono", shown=frozenset({"old"})
    )
    people = People(MEMBERS)
    (alert,) = alerts([need], {"need": ["old", "new"]}, people, at(MONDAY), RULES)
    assert (alert.recipients, alert.partners) == (("M-asker",), ("new",))
    afterwards = replace(need, shown=frozenset({"old", "new"}))
    assert not alerts([afterwards], {"need": ["old", "new"]}, people, at(MONDAY), RULES)


def test_alerts_wait_for_office_hours():
    need = WatchedNeed(id="need", organisation_id="asker", home_cluster="tokai-mono")
    assert not alerts([need], {"need": ["new"]}, People(MEMBERS), at(MONDAY, 20), RULES)


def test_the_same_is_due_under_the_same_key_on_every_day():
    watched = waiting(requested())
    first, later = (tasks(watched, at(add_working_days(MONDAY, n)), TaskKind.REMINDER) for n in (2, 3))
    assert [task.key for task in first] == [task.key for task in later]
