"""What came of introductions, and what that rests on."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from small_cases import CONTRACT, FIRM, UNIVERSITY, WHY, refusal

from matchbot.aftermath import outcomes
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import (
    Anyway,
    Attribution,
    Certainty,
    Facts,
    Outcome,
    OutcomeKind,
    natural_key,
)
from matchbot.errors import Obstacle, TransitionError

DAY = date(2026, 6, 1)


def facts_of(kind: OutcomeKind = OutcomeKind.DEAL, **facts: object) -> Facts:
    given = {"on": DAY, "parties": (FIRM, UNIVERSITY), "certainty": Certainty.CONFIRMED, **facts}
    return Facts(kind=kind, **given)


def recorded(facts: Facts | None = None, **claim: object) -> Outcome:
    claim = {"member_id": "tanaka", **claim}
    outcome = outcomes.fold(outcomes.record("O-1", facts=facts or facts_of(), **claim))
    assert outcome is not None
    return outcome


def claimed(outcome: Outcome, **claim: object) -> Outcome:
    claim = {"member_id": "sato", **claim}
    for event in outcomes.claim(outcome, **claim):
        outcome = outcomes.evolve(outcome, event)
    return outcome


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
    (event,) = outcomes.confirm(outcome, on=DAY + timedelta(days=9), member_id="tanaka")
    outcome = outcomes.evolve(outcome, event)
    assert (outcome.facts.certainty, outcome.facts.on) == (Certainty.CONFIRMED, DAY + timedelta(days=9))
    again = {"on": DAY, "member_id": "tanaka"}
    assert refusal(outcomes.confirm, outcome, **again) == Obstacle.CONFIRMED
    expected = recorded(facts_of(certainty=Certainty.EXPECTED))
    assert refusal(outcomes.confirm, expected, parties=[FIRM], **again) == Obstacle.OTHER_PARTIES


def test_a_correction_changes_the_facts_and_keeps_the_claims():
    outcome = recorded(organisation_id="firm")
    facts = facts_of(OutcomeKind.JOINT_RESEARCH)
    (event,) = outcomes.correct(outcome, facts=facts, member_id="tanaka", reason=WHY)
    corrected = outcomes.evolve(outcome, event)
    assert (corrected.facts, corrected.claims) == (facts, outcome.claims)


def test_nothing_more_happens_to_an_outcome_that_was_reversed():
    (event,) = outcomes.reverse(recorded(), member_id="tanaka", reason=WHY, same_as="O-2")
    outcome = outcomes.evolve(recorded(), event)
    assert (outcome.is_reversed, outcome.same_as) == (True, "O-2")
    with pytest.raises(TransitionError):
        claimed(outcome)


def test_an_outcome_begins_by_being_recorded():
    claim = outcomes.claim(recorded(), member_id="sato")
    with pytest.raises(TransitionError):
        outcomes.fold(claim)
    twice = outcomes.record("O-1", facts=facts_of(), member_id="tanaka")
    with pytest.raises(TransitionError):
        outcomes.fold([*twice, *twice])


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
