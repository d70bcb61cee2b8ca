"""What came of an introduction."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from corpus.records import Kind
from matchbot import aftermath as after
from matchbot.aftermath import (
    SCALE,
    Aftermath,
    Anyway,
    Attribution,
    Certainty,
    Evidence,
    Facts,
    MeetingForm,
    Outcome,
    OutcomeKind,
    Progress,
    Side,
    SurveyAnswered,
    SurveySent,
    natural_key,
)
from matchbot.errors import Obstacle, StepError, TransitionError
from matchbot.introductions import decisions as do
from matchbot.introductions.cases import Introduction, fold
from matchbot.introductions.parties import Party
from matchbot.introductions.words import CrossCluster, Means
from matchbot.need import Purpose
from matchbot.references import TextRef

DAY = date(2026, 6, 1)
WHY = TextRef(id="t1", commitment="c0ffee")
CONTRACT = TextRef(id="t2", commitment="beef")

FIRM = Party(organisation_id="firm", kind=Kind.FIRM, home_cluster="north")
UNIVERSITY = Party(organisation_id="university", kind=Kind.UNIVERSITY, home_cluster="south")


def introduced() -> Introduction:
    events = do.log_outside(
        "C-1",
        need_id="need",
        parties=[FIRM, UNIVERSITY],
        purpose=Purpose.RESEARCH,
        means=Means.FAIR,
        member_id="tanaka",
        wording="w1",
        made_on=DAY,
    )
    case = fold(events)
    assert case is not None
    return case


CASE = introduced()


def proposed() -> Introduction:
    case = fold(
        do.propose(
            "C-2",
            need_id="need",
            parties=[FIRM, UNIVERSITY],
            purpose=Purpose.RESEARCH,
            cluster="north",
            member_id="tanaka",
            cross_cluster=CrossCluster.NOTIFY,
            expires_on=DAY,
        )
    )
    assert case is not None
    return case


def met(*reporters: str, on: date = DAY, document: TextRef | None = None) -> Aftermath:
    events = []
    for reporter in reporters:
        facts = {"met_on": on, "form": MeetingForm.ONLINE, "document": document}
        events += after.record_meeting(CASE, member_id="m", organisation_id=reporter, **facts)
    return after.fold(events)


def at(progress: Progress, since: Aftermath = Aftermath(), **facts: object) -> Aftermath:  # noqa: B008
    (event,) = after.record_progress(CASE, since, progress=progress, member_id="m", **facts)
    return after.evolve(since, event)


def facts_of(kind: OutcomeKind = OutcomeKind.DEAL, **facts: object) -> Facts:
    given = {"on": DAY, "parties": (FIRM, UNIVERSITY), "certainty": Certainty.CONFIRMED, **facts}
    return Facts(kind=kind, **given)


def recorded(facts: Facts | None = None, **claim: object) -> Outcome:
    claim = {"member_id": "tanaka", **claim}
    outcome = after.fold_outcome(after.record_outcome("O-1", facts=facts or facts_of(), **claim))
    assert outcome is not None
    return outcome


def claimed(outcome: Outcome, **claim: object) -> Outcome:
    claim = {"member_id": "sato", **claim}
    for event in after.claim_outcome(outcome, **claim):
        outcome = after.evolve_outcome(outcome, event)
    return outcome


def refusal(command: object, *args: object, **facts: object) -> object:
    with pytest.raises(StepError) as caught:
        command(*args, **facts)
    return caught.value.facts["reason"]


# --- progress ---


def test_the_scale_goes_from_no_contact_to_giving_up():
    assert sorted(SCALE, key=SCALE.__getitem__) == [
        Progress.NO_CONTACT,
        Progress.MEETING,
        Progress.CONTINUING,
        Progress.GIVEN_UP,
    ]


def test_a_case_of_which_nothing_was_heard_has_no_contact_yet():
    silent = after.fold([])
    assert (silent.progress, silent.meetings, silent.meeting_evidence) == (Progress.NO_CONTACT, (), None)


def test_nothing_comes_of_a_case_before_its_introduction():
    with pytest.raises(TransitionError):
        after.record_progress(proposed(), Aftermath(), progress=Progress.CONTINUING, member_id="m")
    with pytest.raises(TransitionError):
        after.record_meeting(proposed(), met_on=DAY, form=MeetingForm.IN_PERSON, member_id="m")


def test_a_meeting_brings_the_case_to_meeting_and_never_back_from_further_on():
    assert met("firm").progress is Progress.MEETING
    talks = at(Progress.CONTINUING, met("firm"))
    (second,) = after.record_meeting(CASE, met_on=DAY, form=MeetingForm.ONLINE, member_id="m")
    assert after.evolve(talks, second).progress is Progress.CONTINUING


def test_the_scale_knows_a_meeting_only_with_its_day():
    meeting = {"progress": Progress.MEETING, "member_id": "m"}
    assert refusal(after.record_progress, CASE, Aftermath(), **meeting) == Obstacle.NO_SUCH_MEETING


def test_backwards_progress_needs_a_reason():
    ended = at(Progress.GIVEN_UP)
    back = {"progress": Progress.CONTINUING, "member_id": "m"}
    assert refusal(after.record_progress, CASE, ended, **back) == Obstacle.BACKWARDS
    assert at(Progress.CONTINUING, ended, reason=WHY).is_ongoing


def test_only_a_party_or_the_coordinator_reports():
    other = {"progress": Progress.CONTINUING, "member_id": "m", "organisation_id": "bank"}
    assert refusal(after.record_progress, CASE, Aftermath(), **other) == Obstacle.NOT_A_PARTY


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
    (event,) = after.reverse_meeting(CASE, met("firm"), met_on=DAY, member_id="m", reason=WHY)
    assert after.evolve(met("firm"), event).progress is Progress.NO_CONTACT
    wrong = {"met_on": DAY + timedelta(days=1), "member_id": "m", "reason": WHY}
    assert refusal(after.reverse_meeting, CASE, met("firm"), **wrong) == Obstacle.NO_SUCH_MEETING


# --- follow-ups ---


def asked() -> Aftermath:
    when = {"days": 14, "answer_by": DAY + timedelta(days=28)}
    return after.fold(after.ask_follow_up(CASE, Aftermath(), organisation_id="firm", **when))


def test_silence_is_recorded_as_silence_and_is_no_progress():
    (event,) = after.close_follow_up(CASE, asked(), organisation_id="firm", days=14)
    silent = after.evolve(asked(), event)
    assert silent.unanswered == {("firm", 14)}
    assert silent.awaited == frozenset()
    assert silent.progress is Progress.NO_CONTACT


def test_a_late_answer_still_counts_as_an_answer():
    (silence,) = after.close_follow_up(CASE, asked(), organisation_id="firm", days=14)
    silent = after.evolve(asked(), silence)
    (answer,) = after.answer_follow_up(CASE, silent, organisation_id="firm", days=14, member_id="m")
    heard = after.evolve(silent, answer)
    assert (heard.answered, heard.unanswered) == ({("firm", 14)}, frozenset())


def test_a_party_is_asked_once_for_each_date():
    again = {"organisation_id": "firm", "days": 14, "answer_by": DAY}
    assert after.ask_follow_up(CASE, asked(), **again) == ()
    assert len(after.ask_follow_up(CASE, asked(), **{**again, "organisation_id": "university"})) == 1


def test_there_is_no_silence_after_an_answer():
    (answer,) = after.answer_follow_up(CASE, asked(), organisation_id="firm", days=14, member_id="m")
    heard = after.evolve(asked(), answer)
    assert after.close_follow_up(CASE, heard, organisation_id="firm", days=14) == ()
    assert after.answer_follow_up(CASE, heard, organisation_id="firm", days=14, member_id="m") == ()


def test_nobody_answers_what_was_not_asked():
    other = {"organisation_id": "firm", "days": 90}
    assert refusal(after.close_follow_up, CASE, asked(), **other) == Obstacle.NOT_ASKED


# --- outcomes ---


def test_an_outcome_rests_on_its_claims():
    assert recorded().evidence is Evidence.D
    assert recorded(organisation_id="firm").evidence is Evidence.C
    assert claimed(recorded(organisation_id="firm"), organisation_id="university").evidence is Evidence.B
    assert recorded(document=CONTRACT).evidence is Evidence.A
    assert recorded(evidence=Evidence.B).evidence is Evidence.B


def test_the_claim_of_one_claimant_replaces_its_former_one():
    outcome = claimed(recorded(organisation_id="firm"), organisation_id="firm", document=CONTRACT)
    assert len(outcome.claims) == 1
    assert outcome.evidence is Evidence.A


def test_two_coordinators_who_claim_one_deal_share_it():
    outcome = claimed(recorded(cluster="north"), cluster="south")
    assert outcome.shares(by=lambda claim: claim.cluster) == {
        "north": Fraction(1, 2),
        "south": Fraction(1, 2),
    }
    assert sum(outcome.shares(by=lambda claim: claim.member_id).values()) == 1


def test_who_says_that_it_had_nothing_to_do_with_the_network_has_no_share():
    outcome = claimed(recorded(cluster="north"), cluster="south", attribution=Attribution.UNRELATED)
    assert outcome.shares(by=lambda claim: claim.cluster) == {"north": 1}


def test_on_attribution_the_parties_word_comes_before_the_coordinators():
    outcome = recorded(attribution=Attribution.DECISIVE, would_have_met=Anyway.NO)
    assert outcome.attribution is Attribution.DECISIVE
    assert outcome.would_have_met is Anyway.UNKNOWN
    heard = {"attribution": Attribution.CONTRIBUTING, "would_have_met": Anyway.YES}
    outcome = claimed(outcome, organisation_id="firm", **heard)
    assert outcome.attribution is Attribution.CONTRIBUTING
    assert outcome.would_have_met is Anyway.YES


def test_parties_who_differ_on_meeting_anyway_leave_it_unknown():
    outcome = recorded(organisation_id="firm", would_have_met=Anyway.YES)
    outcome = claimed(outcome, organisation_id="university", would_have_met=Anyway.NO)
    assert outcome.would_have_met is Anyway.UNKNOWN
    assert outcome.attribution is None


def test_an_outcome_may_come_of_several_cases_or_of_none():
    assert recorded().case_ids == ()
    assert claimed(recorded(case_id="C-2"), case_id="C-1").case_ids == ("C-1", "C-2")


def test_only_its_organisations_claim_it_as_parties():
    assert refusal(claimed, recorded(), organisation_id="bank") == Obstacle.NOT_A_PARTY


def test_an_agreement_takes_two_organisations_and_a_listing_one():
    alone = {"parties": (FIRM,)}
    assert refusal(recorded, facts_of(OutcomeKind.DEAL, **alone)) == Obstacle.TOO_FEW_PARTIES
    assert recorded(facts_of(OutcomeKind.LISTING, **alone)).facts.organisation_ids == ("firm",)


def test_a_new_business_has_an_id_of_its_own():
    assert refusal(recorded, facts_of(OutcomeKind.NEW_BUSINESS)) == Obstacle.NO_SUBJECT


def test_what_is_expected_is_confirmed_once_with_its_day():
    outcome = recorded(facts_of(certainty=Certainty.EXPECTED))
    (event,) = after.confirm_outcome(outcome, on=DAY + timedelta(days=9), member_id="tanaka")
    outcome = after.evolve_outcome(outcome, event)
    assert (outcome.facts.certainty, outcome.facts.on) == (Certainty.CONFIRMED, DAY + timedelta(days=9))
    again = {"on": DAY, "member_id": "tanaka"}
    assert refusal(after.confirm_outcome, outcome, **again) == Obstacle.CONFIRMED
    expected = recorded(facts_of(certainty=Certainty.EXPECTED))
    assert refusal(after.confirm_outcome, expected, parties=[FIRM], **again) == Obstacle.OTHER_PARTIES


def test_a_correction_changes_the_facts_and_keeps_the_claims():
    outcome = recorded(organisation_id="firm")
    facts = facts_of(OutcomeKind.JOINT_RESEARCH)
    (event,) = after.correct_outcome(outcome, facts=facts, member_id="tanaka", reason=WHY)
    corrected = after.evolve_outcome(outcome, event)
    assert (corrected.facts, corrected.claims) == (facts, outcome.claims)


def test_nothing_more_happens_to_an_outcome_that_was_reversed():
    (event,) = after.reverse_outcome(recorded(), member_id="tanaka", reason=WHY, same_as="O-2")
    outcome = after.evolve_outcome(recorded(), event)
    assert (outcome.is_reversed, outcome.same_as) == (True, "O-2")
    with pytest.raises(TransitionError):
        claimed(outcome)


def test_an_outcome_begins_by_being_recorded():
    claim = after.claim_outcome(recorded(), member_id="sato")
    with pytest.raises(TransitionError):
        after.fold_outcome(claim)
    twice = after.record_outcome("O-1", facts=facts_of(), member_id="tanaka")
    with pytest.raises(TransitionError):
        after.fold_outcome([*twice, *twice])


# --- the same outcome, reported again ---


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        (facts_of(), facts_of(parties=(UNIVERSITY, FIRM)), True),
        (facts_of(), facts_of(on=DAY + timedelta(days=1)), False),
        (facts_of(), facts_of(OutcomeKind.JOINT_RESEARCH), False),
        (facts_of(subject_id="frame"), facts_of(subject_id="frame", on=DAY + timedelta(days=1)), True),
        (
            facts_of(OutcomeKind.NEW_BUSINESS, subject_id="bark", parties=(FIRM,)),
            facts_of(OutcomeKind.NEW_BUSINESS, subject_id="bark", on=DAY + timedelta(days=400)),
            True,
        ),
        (
            facts_of(OutcomeKind.LISTING, parties=(FIRM,)),
            facts_of(OutcomeKind.LISTING, parties=(FIRM,), on=DAY + timedelta(days=400), subject_id="x"),
            True,
        ),
        (
            facts_of(OutcomeKind.FOUNDING, parties=(FIRM,), subject_id="new"),
            facts_of(OutcomeKind.UNIVERSITY_VENTURE, parties=(FIRM,), subject_id="new"),
            False,
        ),
    ],
)
def test_an_outcome_is_told_by_what_it_is_and_not_by_who_reports_it(one, other, are_same):
    assert (natural_key(one) == natural_key(other)) is are_same


# --- surveys ---

SENT = SurveySent(
    wave="2026", member_id="suzuki", organisation_id="firm", role="firm", side=Side.REQUESTER, cluster="north"
)


def answered(**said: object) -> SurveyAnswered:
    (answer,) = after.answer_survey(SENT, **said)
    assert isinstance(answer, SurveyAnswered)
    return answer


def test_an_answer_keeps_on_whose_side_it_was_given():
    answer = answered(satisfaction=5, recommendation=0)
    assert (answer.side, answer.role, answer.cluster) == (Side.REQUESTER, "firm", "north")
    assert (answer.satisfaction, answer.recommendation) == (5, 0)


@pytest.mark.parametrize("said", [{"satisfaction": 0}, {"satisfaction": 6}, {"recommendation": -1}])
def test_an_answer_outside_its_scale_is_refused(said):
    assert refusal(answered, **said) == Obstacle.OUT_OF_RANGE


def test_eleven_is_too_much_and_nothing_too_little():
    assert refusal(answered, recommendation=11) == Obstacle.OUT_OF_RANGE
    assert refusal(answered) == Obstacle.NOTHING_SAID
