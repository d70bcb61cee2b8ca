"""What somebody wants with a case, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from small_cases import (
    BANK,
    BY_PHONE,
    EXPIRY,
    FIRM,
    ITSELF,
    LATER,
    NEIGHBOUR,
    UNIVERSITY,
    WHY,
    approved,
    asked,
    consented,
    introduced,
    proposed,
    refusal,
    requested,
    then,
    yes,
)

from corpus.records import Kind
from matchbot.errors import Obstacle, TransitionError
from matchbot.introductions import decisions as do
from matchbot.introductions.cases import Act, Turn, fold
from matchbot.introductions.events import ConsentGiven, IntroductionMade
from matchbot.introductions.parties import Party, Statement
from matchbot.introductions.words import CasePath, CrossCluster, Means, Nda, State
from matchbot.need import Purpose
from matchbot.references import TextRef

# --- from the request to the introduction ---


def test_asking_for_an_introduction_is_the_requesters_consent():
    case = requested()
    assert case.state is State.REQUESTED
    assert case.path is CasePath.BOT
    assert [(given.organisation_id, given.member_id, given.wording) for given in case.consents] == [
        ("firm", "suzuki", "w1")
    ]


def test_the_whole_way_in_the_open_needs_one_approval_and_one_answer():
    case = introduced()
    assert case.state is State.INTRODUCED
    assert [approval.member_id for approval in case.approvals] == ["coordinator-north"]
    assert [given.organisation_id for given in case.consents] == ["firm", "university"]
    assert case.pairs == (("firm", "university"),)


def test_the_requester_comes_first_whatever_the_order_given():
    events = do.request(
        "C-1",
        need_id="need",
        parties=[UNIVERSITY, FIRM],
        purpose=Purpose.RESEARCH,
        by=ITSELF,
        wording="w1",
        cross_cluster=CrossCluster.NOTIFY,
        expires_on=EXPIRY,
    )
    case = fold(events)
    assert case is not None
    assert case.organisation_ids == ("firm", "university")
    assert case.counterparts == (UNIVERSITY,)


def test_an_organisation_is_not_introduced_to_itself():
    assert refusal(requested, FIRM) == Obstacle.TOO_FEW_PARTIES


def test_a_request_without_a_requester_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="1 requester"):
        do.request(
            "C-1",
            need_id="need",
            parties=[NEIGHBOUR, UNIVERSITY],
            purpose=Purpose.RESEARCH,
            by=ITSELF,
            wording="w1",
            cross_cluster=CrossCluster.NOTIFY,
            expires_on=EXPIRY,
        )


def test_the_parties_are_kept_as_they_stand_on_the_day_of_the_introduction():
    case = consented()
    moved = replace(FIRM, home_cluster="west", is_requester=False)
    case = then(case, do.introduce(case, delivered_by=Means.MAIL, parties=[UNIVERSITY, moved]))
    assert case.parties == (replace(FIRM, home_cluster="west"), UNIVERSITY)


def test_nobody_else_can_be_introduced_in_the_end():
    case = consented()
    other = {"delivered_by": Means.MAIL, "parties": [FIRM, BANK]}
    assert refusal(do.introduce, case, **other) == Obstacle.OTHER_PARTIES


# --- approvals ---


@pytest.mark.parametrize(
    ("parties", "cross_cluster", "needed", "told"),
    [
        ([FIRM, NEIGHBOUR], "notify", ("north",), ()),
        ([FIRM, NEIGHBOUR], "both", ("north",), ()),
        ([FIRM, UNIVERSITY], "notify", ("north",), ("south",)),
        ([FIRM, UNIVERSITY], "both", ("north", "south"), ()),
        ([FIRM, replace(UNIVERSITY, is_masked=True)], "notify", ("north", "south"), ()),
        ([replace(FIRM, is_masked=True), UNIVERSITY], "notify", ("north", "south"), ()),
        ([FIRM, BANK], "notify", ("north",), ()),
        ([FIRM, BANK], "both", ("north", ""), ()),
        ([FIRM, UNIVERSITY, NEIGHBOUR, BANK], "notify", ("north",), ("south",)),
        ([FIRM, UNIVERSITY, NEIGHBOUR, BANK], "both", ("north", "south", ""), ()),
    ],
)
def test_who_approves_and_who_is_told_follows_from_clusters_and_masks(parties, cross_cluster, needed, told):
    assert do.approvals_of(parties, "north", CrossCluster(cross_cluster)) == (needed, told)


def test_a_requester_that_stays_anonymous_is_masked_in_its_case_like_one_whose_profile_is():
    said = {"need_id": "", "purpose": Purpose.RESEARCH, "by": ITSELF, "wording": "w1", "expires_on": EXPIRY}
    case = fold(
        do.request(
            "C-1",
            parties=[UNIVERSITY, FIRM],
            cross_cluster=CrossCluster.NOTIFY,
            is_anonymous=True,
            **said,
        )
    )
    assert case is not None
    assert case.is_anonymous
    assert case.parties == (replace(FIRM, is_masked=True), UNIVERSITY)
    assert (case.approvals_needed, case.told) == (("north", "south"), ())


def test_where_both_have_to_approve_one_approval_is_not_enough():
    case = requested(cross_cluster="both")
    case = then(case, do.approve(case, cluster="north", member_id="tanaka"))
    assert case.state is State.REQUESTED
    assert case.waiting_for == (Turn(Act.APPROVE, "south"),)
    case = then(case, do.approve(case, cluster="south", member_id="sato"))
    assert case.state is State.APPROVED


def test_one_person_cannot_approve_for_both_clusters():
    case = requested(cross_cluster="both")
    case = then(case, do.approve(case, cluster="north", member_id="tanaka"))
    assert refusal(do.approve, case, cluster="south", member_id="tanaka") == Obstacle.SAME_PERSON


def test_a_cluster_approves_once():
    case = requested(cross_cluster="both")
    case = then(case, do.approve(case, cluster="north", member_id="tanaka"))
    assert refusal(do.approve, case, cluster="north", member_id="sato") == Obstacle.ALREADY_APPROVED


def test_a_cluster_that_is_only_told_cannot_approve():
    assert refusal(do.approve, requested(), cluster="south", member_id="sato") == Obstacle.NOT_APPROVER


def test_an_approval_despite_a_warning_needs_a_reason():
    close = {"cluster": "north", "member_id": "tanaka", "warning": "main-bank"}
    assert refusal(do.approve, requested(), **close) == Obstacle.NO_REASON
    assert then(requested(), do.approve(requested(), **close, reason=WHY)).approvals[0].reason == WHY


def test_who_approves_first_is_in_charge():
    assert approved().coordinator == "coordinator-north"


def test_nothing_is_asked_before_the_approval():
    with pytest.raises(TransitionError) as caught:
        do.ask(requested(), organisation_id="university", means=Means.SLACK, expires_on=EXPIRY)
    assert caught.value.facts == {"id": "C-1", "state": State.REQUESTED, "command": "ask"}


def test_a_decline_ends_the_case():
    case = then(requested(), do.decline(requested(), cluster="north", member_id="tanaka", reason=WHY))
    assert case.state is State.DECLINED


def test_a_returned_request_comes_again_and_is_approved_anew():
    case = requested(cross_cluster="both")
    case = then(case, do.approve(case, cluster="north", member_id="tanaka"))
    back = {"cluster": "south", "member_id": "sato", "reason": WHY, "expires_on": LATER}
    case = then(case, do.return_(case, **back))
    assert case.waiting_for == (Turn(Act.RESUBMIT, "north", "firm"),)
    assert case.expires_on == LATER
    brief = TextRef(id="t2", commitment="beef")
    case = then(case, do.resubmit(case, member_id="suzuki", expires_on=LATER, brief=brief))
    assert case.state is State.REQUESTED
    assert case.approvals_missing == ("north", "south")
    assert case.brief == brief
    assert case.consents_missing == (UNIVERSITY,)


# --- the other cluster's stop ---


@pytest.mark.parametrize("case", [requested(), approved(), asked()], ids=lambda case: case.state)
def test_a_cluster_that_was_told_can_stop_it_until_its_party_has_answered(case):
    assert do.can_stop(case, "south")
    stopped = then(case, do.stop(case, cluster="south", member_id="sato", reason=WHY))
    assert stopped.state is State.CANCELLED


def test_after_the_answer_nobody_can_stop_it():
    assert not do.can_stop(consented(), "south")
    with pytest.raises(TransitionError):
        do.stop(consented(), cluster="south", member_id="sato", reason=WHY)


def test_in_a_consortium_the_stop_ends_with_the_answer_of_the_clusters_own_party():
    third = Party(organisation_id="institute", kind=Kind.PUBLIC_INSTITUTE, home_cluster="west")
    case = asked(requested(UNIVERSITY, third))
    case = then(case, yes(case, "university"))
    assert not do.can_stop(case, "south")
    assert do.can_stop(case, "west")
    assert refusal(do.stop, case, cluster="south", member_id="sato", reason=WHY) == Obstacle.ANSWERED


def test_a_cluster_that_has_to_approve_declines_rather_than_stops():
    case = requested(cross_cluster="both")
    assert refusal(do.stop, case, cluster="south", member_id="sato", reason=WHY) == Obstacle.NOT_TOLD


# --- answers ---


def test_a_party_outside_slack_is_heard_by_its_coordinator_and_flagged_as_attested():
    case = asked()
    case = then(case, yes(case, "university", BY_PHONE))
    assert case.state is State.CONSENTED
    given = case.consents[-1]
    assert (given.is_attested, given.attested_by, given.means) == (True, "coordinator-south", Means.PHONE)


def test_an_attested_answer_needs_its_means_and_an_answer_needs_somebody():
    by_nothing = Statement(attested_by="coordinator-south")
    assert refusal(yes, asked(), "university", by_nothing) == Obstacle.NO_MEANS
    assert refusal(yes, asked(), "university", Statement()) == Obstacle.NOBODY


def test_only_a_party_that_was_asked_can_answer():
    third = Party(organisation_id="institute", kind=Kind.PUBLIC_INSTITUTE, home_cluster="west")
    case = approved(requested(UNIVERSITY, third))
    asking = {"organisation_id": "university", "means": Means.SLACK, "expires_on": EXPIRY}
    case = then(case, do.ask(case, **asking))
    assert refusal(yes, case, "institute") == Obstacle.NOT_ASKED
    assert refusal(yes, case, "bank") == Obstacle.NOT_A_PARTY
    assert case.waiting_for == (Turn(Act.ANSWER, "south", "university"), Turn(Act.ASK, "west", "institute"))


def test_a_party_says_yes_once():
    third = Party(organisation_id="institute", kind=Kind.PUBLIC_INSTITUTE, home_cluster="west")
    case = asked(requested(UNIVERSITY, third))
    case = then(case, yes(case, "university"))
    assert refusal(yes, case, "university") == Obstacle.ANSWERED


def test_a_party_that_is_silent_can_be_asked_again_by_other_means():
    case = asked()
    again = {"organisation_id": "university", "means": Means.PHONE, "expires_on": LATER}
    case = then(case, do.ask(case, **again))
    assert case.state is State.ASKED
    assert case.expires_on == LATER


def test_a_no_ends_the_case_and_names_who_said_it():
    case = asked()
    case = then(case, do.refuse(case, organisation_id="university", answer=ITSELF, reason=WHY))
    assert (case.state, case.refused_by) == (State.REFUSED, "university")


def test_a_yes_can_be_taken_back_until_contacts_are_released():
    case = then(consented(), do.refuse(consented(), organisation_id="university", answer=ITSELF))
    assert case.state is State.REFUSED
    assert [given.organisation_id for given in case.consents] == ["firm"]
    with pytest.raises(TransitionError):
        do.refuse(introduced(), organisation_id="university", answer=ITSELF)


def test_a_consortium_needs_the_yes_of_every_party_and_makes_all_its_pairs():
    case = asked(requested(UNIVERSITY, NEIGHBOUR, BANK))
    case = then(case, yes(case, "university"))
    case = then(case, yes(case, "bank"))
    assert case.state is State.ASKED
    case = then(case, yes(case, "neighbour"))
    assert case.state is State.CONSENTED
    assert len(case.pairs) == 4 * 3 // 2


# --- time ---


def test_thinking_about_it_is_an_answer_that_puts_the_expiry_off():
    case = asked()
    case = then(case, do.defer(case, organisation_id="university", answer=ITSELF, until=LATER))
    assert case.state is State.ASKED
    assert refusal(do.expire, case, on=LATER) == Obstacle.NOT_DUE
    case = then(case, do.expire(case, on=LATER + timedelta(days=1)))
    assert case.state is State.EXPIRED


def test_a_case_does_not_expire_before_the_day_that_was_told():
    assert refusal(do.expire, requested(), on=EXPIRY) == Obstacle.NOT_DUE
    assert then(requested(), do.expire(requested(), on=EXPIRY + timedelta(days=1))).state is State.EXPIRED


def test_what_everybody_has_agreed_to_does_not_expire():
    with pytest.raises(TransitionError):
        do.expire(consented(), on=EXPIRY + timedelta(days=1000))


# --- ways out ---


@pytest.mark.parametrize("case", [requested(), approved(), asked(), consented()], ids=lambda case: case.state)
def test_an_open_case_can_be_withdrawn_by_the_requester_or_cancelled_by_the_coordinator(case):
    withdrawn = then(case, do.withdraw(case, organisation_id="firm", member_id="suzuki"))
    assert withdrawn.state is State.WITHDRAWN
    assert then(case, do.cancel(case, member_id="tanaka", reason=WHY)).state is State.CANCELLED


def test_only_the_requester_withdraws():
    other = {"organisation_id": "university", "member_id": "mori"}
    assert refusal(do.withdraw, requested(), **other) == Obstacle.NOT_REQUESTER
    assert refusal(do.withdraw, proposed(), **other) == Obstacle.NOT_REQUESTER


def test_an_introduction_recorded_by_mistake_is_reversed_and_stays_in_the_log():
    case = then(introduced(), do.reverse(introduced(), member_id="tanaka", reason=WHY))
    assert case.state is State.CANCELLED
    assert case.n_events == introduced().n_events + 1


# --- coordinators ---


def test_a_request_entered_by_the_coordinator_is_an_attested_consent_on_the_coordinators_path():
    case = requested(by=Statement(attested_by="tanaka", means=Means.VISIT))
    assert case.path is CasePath.COORDINATOR
    assert case.coordinator == "tanaka"
    assert case.consents[0].is_attested


def test_a_proposal_is_the_proposers_approval_and_every_party_has_to_consent():
    case = proposed()
    assert case.state is State.APPROVED
    assert case.path is CasePath.COORDINATOR
    assert case.consents == ()
    assert case.told == ("south",)
    assert [turn.organisation_id for turn in case.waiting_for] == ["neighbour", "university"]
    assert introduced(case).state is State.INTRODUCED


def test_a_proposal_across_clusters_waits_for_the_other_one_where_both_approve():
    case = proposed(cross_cluster="both")
    assert case.waiting_for == (Turn(Act.APPROVE, "south"),)
    assert refusal(do.approve, case, cluster="south", member_id="coordinator-north") == Obstacle.SAME_PERSON
    back = {"cluster": "south", "member_id": "sato", "reason": WHY, "expires_on": LATER}
    case = then(case, do.return_(case, **back))
    assert case.waiting_for == (Turn(Act.RESUBMIT, "north"),)
    case = then(case, do.resubmit(case, member_id="coordinator-north", expires_on=LATER))
    assert case.approvals_missing == ("south",)


def test_an_outside_introduction_is_made_at_once_on_a_path_of_its_own():
    events = do.log_outside(
        "C-1",
        need_id="",
        parties=[FIRM, UNIVERSITY],
        purpose=Purpose.SALES,
        means=Means.FAIR,
        member_id="tanaka",
        wording="w1",
        made_on=EXPIRY,
    )
    case = fold(events)
    assert case is not None
    assert (case.state, case.path, case.coordinator) == (State.INTRODUCED, CasePath.OUTSIDE, "tanaka")
    assert all(given.is_attested and given.means is Means.FAIR for given in case.consents)
    assert [type(event) for event in events[1:]] == [ConsentGiven, ConsentGiven, IntroductionMade]


def test_what_was_made_in_slack_was_not_made_outside():
    facts = {"parties": [FIRM, UNIVERSITY], "purpose": Purpose.SALES, "made_on": EXPIRY}
    how = {"need_id": "", "means": Means.SLACK, "member_id": "tanaka", "wording": "w1"}
    assert refusal(do.log_outside, "C-1", **facts, **how) == Obstacle.NOT_OUTSIDE


def test_a_case_is_handed_over_by_whoever_is_in_charge_also_after_the_introduction():
    case = introduced()
    handed = then(case, do.hand_over(case, from_member="coordinator-north", to_member="yamada"))
    assert (handed.coordinator, handed.state) == ("yamada", State.INTRODUCED)
    assert refusal(do.hand_over, case, from_member="sato", to_member="x") == Obstacle.NOT_IN_CHARGE


# --- documents ---


def test_documents_open_with_the_consents_but_wait_for_an_agreement_that_was_asked_for():
    case = consented()
    case = then(case, do.attach(case, organisation_id="firm", member_id="suzuki", document=WHY))
    assert case.documents_closed_by(LATER) is None
    case = then(case, do.request_nda(case, organisation_id="university", member_id="mori"))
    assert case.documents_closed_by(LATER) is Obstacle.NDA_MISSING
    case = then(case, do.sign_nda(case, signed_on=LATER, member_id="tanaka"))
    assert case.documents_closed_by(LATER - timedelta(days=1)) is Obstacle.NDA_MISSING
    assert case.documents_closed_by(LATER) is None
    assert (case.nda, case.nda_signed_on) == (Nda.SIGNED, LATER)
    assert [attached.document for attached in case.documents] == [WHY]


def test_the_day_of_an_agreement_is_corrected_with_a_reason_only():
    case = then(asked(), do.request_nda(asked(), organisation_id="firm", member_id="suzuki"))
    case = then(case, do.sign_nda(case, signed_on=LATER, member_id="tanaka"))
    right = LATER - timedelta(days=3)
    assert refusal(do.sign_nda, case, signed_on=right, member_id="tanaka") == Obstacle.NO_REASON
    case = then(case, do.sign_nda(case, signed_on=right, member_id="tanaka", reason=WHY))
    assert (case.nda, case.nda_signed_on) == (Nda.SIGNED, right)


def test_the_agreement_goes_its_stages_in_order():
    assert refusal(do.sign_nda, consented(), signed_on=LATER, member_id="tanaka") == Obstacle.NDA_STAGE
    case = then(asked(), do.request_nda(asked(), organisation_id="firm", member_id="suzuki"))
    again = {"organisation_id": "firm", "member_id": "suzuki"}
    assert refusal(do.request_nda, case, **again) == Obstacle.NDA_STAGE
