"""What is learnt about a case after its introduction."""

from datetime import date, timedelta

import pytest
from small_cases import CONTRACT, WHY, introduced, proposed, refusal

from matchbot.aftermath import reports
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.reports import SCALE, Aftermath, CaseProgress, MeetingForm
from matchbot.errors import Obstacle, TransitionError
from matchbot.references import TextRef

DAY = date(2026, 6, 1)
CASE = introduced()


def met(*reporters: str, on: date = DAY, document: TextRef | None = None) -> Aftermath:
    events = []
    for reporter in reporters:
        facts = {"met_on": on, "form": MeetingForm.ONLINE, "document": document}
        events += reports.record_meeting(CASE, member_id="m", organisation_id=reporter, **facts)
    return reports.fold(events)


def at(progress: CaseProgress, since: Aftermath = Aftermath(), **facts: object) -> Aftermath:  # noqa: B008
    (event,) = reports.record_progress(CASE, since, progress=progress, member_id="m", **facts)
    return reports.evolve(since, event)


# --- progress ---


def test_the_scale_goes_from_no_contact_to_giving_up():
    assert sorted(SCALE, key=SCALE.__getitem__) == [
        CaseProgress.NO_CONTACT,
        CaseProgress.MEETING,
        CaseProgress.CONTINUING,
        CaseProgress.GIVEN_UP,
    ]


def test_a_case_of_which_nothing_was_heard_has_no_contact_yet():
    silent = reports.fold([])
    assert (silent.progress, silent.meetings, silent.meeting_evidence) == (CaseProgress.NO_CONTACT, (), None)


def test_nothing_comes_of_a_case_before_its_introduction():
    with pytest.raises(TransitionError):
        reports.record_progress(proposed(), Aftermath(), progress=CaseProgress.CONTINUING, member_id="m")
    with pytest.raises(TransitionError):
        reports.record_meeting(proposed(), met_on=DAY, form=MeetingForm.IN_PERSON, member_id="m")


def test_a_meeting_brings_the_case_to_meeting_and_never_back_from_further_on():
    assert met("firm").progress is CaseProgress.MEETING
    talks = at(CaseProgress.CONTINUING, met("firm"))
    (second,) = reports.record_meeting(CASE, met_on=DAY, form=MeetingForm.ONLINE, member_id="m")
    assert reports.evolve(talks, second).progress is CaseProgress.CONTINUING


def test_the_scale_knows_a_meeting_only_with_its_day():
    meeting = {"progress": CaseProgress.MEETING, "member_id": "m"}
    assert refusal(reports.record_progress, CASE, Aftermath(), **meeting) == Obstacle.NO_SUCH_MEETING


def test_backwards_progress_needs_a_reason():
    ended = at(CaseProgress.GIVEN_UP)
    back = {"progress": CaseProgress.CONTINUING, "member_id": "m"}
    assert refusal(reports.record_progress, CASE, ended, **back) == Obstacle.BACKWARDS
    assert at(CaseProgress.CONTINUING, ended, reason=WHY).is_ongoing


def test_only_a_party_or_the_coordinator_reports():
    other = {"progress": CaseProgress.CONTINUING, "member_id": "m", "organisation_id": "bank"}
    assert refusal(reports.record_progress, CASE, Aftermath(), **other) == Obstacle.NOT_A_PARTY


@pytest.mark.parametrize(
    ("reporters", "document", "evidence"),
    [
        ([""], None, Evidence.D),
        (["", ""], None, Evidence.D),
        (["firm"], None, Evidence.C),
        (["firm", "firm"], None, Evidence.C),
        (["firm", ""], None, Evidence.C),
        (["firm", "university"], None, Evidence.B),
        ([""], CONTRACT, Evidence.A),
    ],
)
def test_a_meeting_rests_on_whoever_reports_it(reporters, document, evidence):
    assert met(*reporters, document=document).meeting_evidence is evidence


def test_a_meeting_that_two_report_is_one():
    assert met("firm", "university").meetings == (DAY,)


def test_a_meeting_that_never_was_is_taken_back():
    (event,) = reports.reverse_meeting(CASE, met("firm"), met_on=DAY, member_id="m", reason=WHY)
    assert reports.evolve(met("firm"), event).progress is CaseProgress.NO_CONTACT
    wrong = {"met_on": DAY + timedelta(days=1), "member_id": "m", "reason": WHY}
    assert refusal(reports.reverse_meeting, CASE, met("firm"), **wrong) == Obstacle.NO_SUCH_MEETING


# --- follow-ups ---


def asked() -> Aftermath:
    when = {"days": 14, "answer_by": DAY + timedelta(days=28)}
    return reports.fold(reports.ask_follow_up(CASE, Aftermath(), organisation_id="firm", **when))


def test_silence_is_recorded_as_silence_and_is_no_progress():
    (event,) = reports.close_follow_up(CASE, asked(), organisation_id="firm", days=14)
    silent = reports.evolve(asked(), event)
    assert silent.unanswered == {("firm", 14)}
    assert silent.awaited == frozenset()
    assert silent.progress is CaseProgress.NO_CONTACT


def test_a_late_answer_still_counts_as_an_answer():
    (silence,) = reports.close_follow_up(CASE, asked(), organisation_id="firm", days=14)
    silent = reports.evolve(asked(), silence)
    (answer,) = reports.answer_follow_up(CASE, silent, organisation_id="firm", days=14, member_id="m")
    heard = reports.evolve(silent, answer)
    assert (heard.answered, heard.unanswered) == ({("firm", 14)}, frozenset())


def test_a_party_is_asked_once_for_each_date():
    again = {"organisation_id": "firm", "days": 14, "answer_by": DAY}
    assert reports.ask_follow_up(CASE, asked(), **again) == ()
    assert len(reports.ask_follow_up(CASE, asked(), **{**again, "organisation_id": "university"})) == 1


def test_there_is_no_silence_after_an_answer():
    (answer,) = reports.answer_follow_up(CASE, asked(), organisation_id="firm", days=14, member_id="m")
    heard = reports.evolve(asked(), answer)
    assert reports.close_follow_up(CASE, heard, organisation_id="firm", days=14) == ()
    assert reports.answer_follow_up(CASE, heard, organisation_id="firm", days=14, member_id="m") == ()


def test_nobody_answers_what_was_not_asked():
    other = {"organisation_id": "firm", "days": 90}
    assert refusal(reports.close_follow_up, CASE, asked(), **other) == Obstacle.NOT_ASKED
