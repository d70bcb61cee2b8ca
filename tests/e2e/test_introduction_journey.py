"""All of it at work: from a need to an outcome, and every way a case can end before.

Through the desk as its users have it, on a real ledger, with a clock that is set.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, OutcomeKind
from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.desk import Claim
from matchbot.errors import (
    AlreadyHandledError,
    ConflictError,
    NotAllowedError,
    StepError,
    TransitionError,
    UnavailableError,
)
from matchbot.following import PartyAnswer
from matchbot.introductions.cases import Act
from matchbot.introductions.words import Means, State
from matchbot.members import MATCHBOT
from matchbot.need import Purpose
from matchbot.workdays import add_working_days
from small_network import MONDAY, SOUTH, Network

TODAY = MONDAY.date()


def state_of(network: Network, case_id: str) -> State:
    return network.desk.case(case_id, network.member("staff")).state


def test_a_need_becomes_an_introduction_and_months_later_an_outcome(network: Network) -> None:
    desk, acting = network.desk, network.acting
    need = desk.save_need(
        "yamada", "樹皮を使った土壌改良材を量産したい", Purpose.RESEARCH, **acting("m-yamada")
    )
    desk.show_partners(need.id, "yamada", ["suzuki", "sato"], **acting("m-yamada"))

    case = desk.request("yamada", ["suzuki"], need_id=need.id, brief="試作の相談", **acting("m-yamada"))
    assert (case.state, case.expires_on) == (State.REQUESTED, add_working_days(TODAY, 15))
    assert network.told("approval-needed") == {"k-north", "k-north-2"}
    assert network.told("told") == {"k-south"}
    assert network.told("asked") == set()

    assert desk.approve(case.id, **acting("k-north")).state is State.ASKED
    assert network.told("asked") == {"m-suzuki"}

    assert desk.consent(case.id, "suzuki", **acting("m-suzuki")).state is State.CONSENTED
    assert desk.case(case.id, network.member("m-yamada")).contacts == ()
    desk.order_delivery(case.id, letter="鈴木様をご紹介します。", **acting("k-north"))
    assert network.told("delivery") == {MATCHBOT.id}
    assert state_of(network, case.id) is State.CONSENTED
    introduced = desk.confirm_delivery(case.id, channel="G1", ts="1.1", key="delivered")
    assert introduced.state is State.INTRODUCED
    seen = desk.case(case.id, network.member("m-yamada"))
    assert [contact.mail for contact in seen.contacts] == ["info@yamada.example", "info@suzuki.example"]
    assert seen.letter == "鈴木様をご紹介します。"

    network.clock.go_to(TODAY + timedelta(days=14))
    met_on = TODAY + timedelta(days=9)
    for organisation in ("yamada", "suzuki"):
        desk.record_meeting(
            case.id,
            met_on=met_on,
            form=MeetingForm.IN_PERSON,
            organisation_id=organisation,
            **acting(f"m-{organisation}"),
        )
    desk.record_progress(case.id, CaseProgress.CONTINUING, **acting("k-north"))

    network.clock.go_to(TODAY + timedelta(days=180))
    deal = {"kind": OutcomeKind.DEAL, "organisations": ["yamada", "suzuki"], "certainty": Certainty.CONFIRMED}
    first = desk.claim_outcome(
        **deal,
        on=TODAY + timedelta(days=170),
        claim=Claim(organisation_id="yamada", case_id=case.id, attribution=Attribution.DECISIVE),
        **acting("m-yamada"),
    )
    second = desk.claim_outcome(
        **deal,
        on=TODAY + timedelta(days=170),
        claim=Claim(organisation_id="suzuki", case_id=case.id, would_have_met=Anyway.NO),
        **acting("m-suzuki"),
    )
    assert second.id == first.id
    assert network.n_events("OutcomeRecorded") == 1
    outcome = desk.outcome(first.id, network.member("k-south"))
    assert (outcome.evidence, outcome.case_ids) == (Evidence.B, (case.id,))

    seen = desk.case(case.id, network.member("k-north"))
    assert (seen.progress, seen.meetings, seen.outcomes) == (CaseProgress.CONTINUING, (met_on,), (first.id,))
    assert [(p.name, p.answer) for p in seen.parties] == [
        ("株式会社yamada", PartyAnswer.YES),
        ("株式会社suzuki", PartyAnswer.YES),
    ]
    assert network.ledger.verify().is_intact


def test_a_declined_request_tells_its_reason_to_coordinators_only(network: Network) -> None:
    case_id = network.requested()
    network.desk.decline(case_id, reason="競合のため", **network.acting("k-north"))
    assert state_of(network, case_id) is State.DECLINED
    assert network.told("declined") >= {"m-yamada", "k-south"}
    assert network.told("declined").isdisjoint({"m-suzuki"})
    log = network.desk.case_log(case_id, network.member("k-north"))
    assert log[-1].texts == {"reason": "競合のため"}
    with pytest.raises(NotAllowedError):
        network.desk.case_log(case_id, network.member("m-yamada"))


def test_a_refusal_reaches_the_requester_without_its_reason(network: Network) -> None:
    case_id = network.asked()
    network.desk.refuse(case_id, "suzuki", reason="手一杯", **network.acting("m-suzuki"))
    assert state_of(network, case_id) is State.REFUSED
    told = [message for message in network.unsent() if message.kind == "refused"]
    assert {message.recipient for message in told} >= {"m-yamada", "k-north"}
    assert all(dict(message.payload) == {"case_id": case_id} for message in told)


def test_the_other_cluster_can_stop_a_case_until_its_party_has_answered(network: Network) -> None:
    case_id = network.asked()
    network.desk.stop(case_id, reason="別件で交渉中", **network.acting("k-south"))
    assert state_of(network, case_id) is State.CANCELLED
    assert "m-yamada" in network.told("stopped")

    answered = network.asked("uni-south", "suzuki")
    network.desk.consent(answered, "suzuki", **network.acting("m-suzuki"))
    network.desk.record_answer(
        answered, "uni-south", PartyAnswer.YES, means=Means.PHONE, **network.acting("k-south")
    )
    with pytest.raises(AlreadyHandledError):
        network.desk.stop(answered, reason="遅かった", **network.acting("k-south"))


def test_a_masked_party_needs_both_coordinators_and_keeps_its_name_until_all_consent(
    network: Network,
) -> None:
    case_id = network.requested("secret")
    network.desk.approve(case_id, **network.acting("k-north"))
    assert state_of(network, case_id) is State.REQUESTED
    assert network.told("asked") == set()
    with pytest.raises(NotAllowedError):
        network.desk.approve(case_id, cluster=SOUTH, **network.acting("k-north"))
    network.desk.approve(case_id, **network.acting("k-south"))
    assert network.told("asked") == {"m-secret"}

    hidden = network.desk.case(case_id, network.member("m-yamada")).parties[1]
    assert hidden.name.startswith("M-")
    assert "secret" not in repr(hidden)
    network.desk.consent(case_id, "secret", **network.acting("m-secret"))
    assert network.desk.case(case_id, network.member("m-yamada")).parties[1].name == "株式会社secret"


def test_the_same_person_never_approves_twice(network: Network) -> None:
    case_id = network.requested("secret")
    network.desk.approve(case_id, cluster="north", **network.acting("staff"))
    with pytest.raises(ConflictError):
        network.desk.approve(case_id, cluster=SOUTH, **network.acting("staff"))


def test_silence_expires_a_case_and_gives_the_request_back(network: Network) -> None:
    case_id = network.requested()
    quotas = network.desk.quotas("yamada", network.member("m-yamada"))
    assert quotas["quota-week"].used == 1
    with pytest.raises(StepError):
        network.desk.expire(case_id, by=MATCHBOT, key="job:early")
    network.clock.go_to(add_working_days(TODAY, 16))
    assert network.desk.expire(case_id, by=MATCHBOT, key="job:expiry").state is State.EXPIRED
    assert network.desk.expire(case_id, by=MATCHBOT, key="job:expiry").is_repeated
    assert {"m-yamada", "k-north"} <= network.told("expired")
    quotas = network.desk.quotas("yamada", network.member("m-yamada"))
    assert (quotas["quota-week"].used, quotas["quota-open"].used) == (0, 0)
    assert network.n_events("IntroductionMade") == 0


def test_an_answer_put_off_moves_the_expiry(network: Network) -> None:
    case_id = network.asked()
    until = add_working_days(TODAY, 20)
    receipt = network.desk.defer(case_id, "suzuki", until=until, **network.acting("m-suzuki"))
    assert receipt.expires_on == until


def test_the_requester_withdraws_and_has_its_request_back(network: Network) -> None:
    case_id = network.asked()
    network.desk.withdraw(case_id, **network.acting("m-yamada"))
    assert state_of(network, case_id) is State.WITHDRAWN
    assert "m-suzuki" in network.told("withdrawn")
    assert network.desk.quotas("yamada", network.member("m-yamada"))["quota-week"].used == 0


def test_an_introduction_made_outside_counts_once_however_often_it_is_logged(network: Network) -> None:
    def log(member_id: str, made_on: date) -> tuple[str, tuple[str, ...]]:
        receipt = network.desk.log_outside(
            ["tanaka", "sato"],
            means=Means.FAIR,
            made_on=made_on,
            purpose=Purpose.SALES,
            **network.acting(member_id),
        )
        return receipt.id, receipt.notices

    first, notices = log("k-north", TODAY - timedelta(days=3))
    assert notices == ()
    again, notices = log("k-south", TODAY - timedelta(days=2))
    assert (again, notices) == (first, ("already-logged",))
    assert network.n_events("IntroductionMade") == 1
    assert network.desk.case(first, network.member("k-south")).introduced_on == TODAY - timedelta(days=3)


def test_a_party_outside_slack_is_asked_by_its_coordinator_and_its_answer_attested(
    network: Network,
) -> None:
    case_id = network.asked("uni-south")
    assert network.told("asked") == set()
    assert network.told("to-ask") == {"k-south"}
    turn = network.desk.case(case_id, network.member("k-south")).turns[0]
    assert (turn.act, turn.members) == (Act.ASK, ("k-south",))
    letter = network.desk.letter_facts(case_id, "uni-south", network.member("k-south"))
    assert letter.partners == ("株式会社yamada",)

    network.desk.record_asked(case_id, "uni-south", means=Means.MAIL, **network.acting("k-south"))
    network.clock.go_to(TODAY + timedelta(days=3))
    network.desk.record_answer(
        case_id,
        "uni-south",
        PartyAnswer.YES,
        means=Means.PHONE,
        said_by="産学連携室 佐々木様",
        on=TODAY + timedelta(days=2),
        **network.acting("k-south"),
    )
    consent = network.desk.case_log(case_id, network.member("k-south"))[-1]
    assert (consent.is_attested, consent.actor) == (True, "k-south")
    assert consent.event_date == TODAY + timedelta(days=2)
    assert consent.texts == {"said_by": "産学連携室 佐々木様"}
    party = network.desk.case(case_id, network.member("k-north")).parties[1]
    assert (party.answer, party.is_attested) == (PartyAnswer.YES, True)


def test_a_proposal_is_an_approval_and_every_party_consents(network: Network) -> None:
    receipt = network.desk.propose(
        ["tanaka", "suzuki"], purpose=Purpose.CROSS_INDUSTRY, **network.acting("k-north")
    )
    assert receipt.state is State.ASKED
    assert network.told("asked") == {"m-tanaka", "m-suzuki"}
    network.desk.consent(receipt.id, "tanaka", **network.acting("m-tanaka"))
    with pytest.raises(TransitionError):
        network.desk.order_delivery(receipt.id, letter="早すぎる手紙", **network.acting("k-north"))
    network.desk.consent(receipt.id, "suzuki", **network.acting("m-suzuki"))
    network.desk.introduce(receipt.id, delivered_by=Means.VISIT, **network.acting("k-north"))
    assert state_of(network, receipt.id) is State.INTRODUCED


def test_a_pause_acts_at_once_and_ends_with_one_click(network: Network) -> None:
    network.desk.pause("suzuki", **network.acting("m-suzuki"))
    assert network.desk.not_to_be_shown("yamada") == {"suzuki"}
    with pytest.raises(UnavailableError):
        network.requested()
    network.desk.resume("suzuki", **network.acting("m-suzuki"))
    assert network.desk.not_to_be_shown("yamada") == set()
    network.requested()


def test_a_leaving_coordinator_hands_everything_over(network: Network) -> None:
    network.desk.assign("yamada", "k-north", **network.acting("staff"))
    open_case, introduced = network.requested("sato"), network.introduced()
    handover = network.desk.handover("k-north", "k-north-2", **network.acting("staff"))
    assert (handover.n_cases, handover.n_organisations) == (2, 1)
    for case_id in (open_case, introduced):
        assert network.desk.case(case_id, network.member("staff")).coordinator == "k-north-2"
        log = network.desk.case_log(case_id, network.member("staff"))
        assert log[-1].facts["from_member"] == "k-north"
    load = {row.member_id: row.n_items for row in network.desk.load(network.member("staff"))}
    assert "k-north" not in load


def test_a_person_is_forgotten_while_counts_and_chain_stay(network: Network, tmp_path: Path) -> None:
    case_id = network.introduced()
    network.desk.log_visit(["yamada"], on=TODAY, note="山田花子さんと面談", **network.acting("k-north"))
    report = network.desk.privacy_report("m-yamada", network.member("m-yamada"))
    assert [(d.to, d.about, d.consent.wording) for d in report.disclosures] == [
        ("suzuki", "yamada", "request-2")
    ]
    assert report.disclosures[0].case_id == case_id
    tallies = network.desk.tallies(network.member("evaluator"))

    forgotten = network.desk.erase("m-yamada", **network.acting("admin"))
    assert forgotten.n_texts >= 3
    after = network.desk.tallies(network.member("evaluator"))
    assert after == {**tallies, "MemberLeft": 1}
    assert network.ledger.verify().is_intact
    network.ledger.close()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert "山田花子".encode() not in file.read_bytes(), file


def test_the_same_click_five_times_decides_once_and_others_are_told_who_was_first(
    network: Network,
) -> None:
    case_id = network.requested()
    member = network.member("k-north")
    receipts = [network.desk.approve(case_id, by=member, key="click:k-north:approve") for _ in range(5)]
    assert [receipt.is_repeated for receipt in receipts] == [False, True, True, True, True]
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.approve(case_id, **network.acting("k-north-2"))
    assert raised.value.facts["member"] == "k-north"
    assert network.n_events("IntroductionApproved") == 1
