"""The desk: rules, quotas, people, outcomes and privacy, on a real ledger with a clock that is set."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import Reason
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.aftermath.surveys import Side
from matchbot.desk import Desk
from matchbot.errors import (
    AlreadyHandledError,
    ConflictError,
    MatchbotError,
    NotAllowedError,
    Obstacle,
    PausedError,
    QuotaExceededError,
    ReasonNeededError,
    RepeatedRequestError,
    RepeatedTextError,
    RowFault,
    SampleError,
    StepError,
    TransitionError,
    UnavailableError,
    UnknownClusterError,
    UnknownOrganisationError,
    UnknownRecordError,
    user_message,
)
from matchbot.following import PartyAnswer
from matchbot.introductions.cases import Act
from matchbot.introductions.words import Means, State
from matchbot.jobs import Jobs
from matchbot.ledger import Ledger
from matchbot.masking import code_of
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Barred, Closeness, Role
from matchbot.readmodels.files import ReadModels
from matchbot.readmodels.upkeep import Anew
from matchbot.rules import Rules
from matchbot.texts import Texts
from matchbot.workdays import add_working_days
from small_network import MONDAY, NORTH, SOUTH, Network, listed

TODAY = MONDAY.date()


def with_rules(tmp_path: Path, **rules: object) -> Network:
    return Network(tmp_path / "strict", rules=Rules(**rules))


# --- What lets a request pass ---


def test_a_firm_that_used_its_week_is_told_when_a_request_is_free_again(tmp_path: Path) -> None:
    network = with_rules(tmp_path, requests_per_week=2)
    for partner in ("suzuki", "sato"):
        network.requested(partner)
    with pytest.raises(QuotaExceededError) as raised:
        network.requested("tanaka")
    assert raised.value.facts["frees_on"] == TODAY + timedelta(days=7)


def test_one_text_sent_to_many_is_refused(tmp_path: Path) -> None:
    network = with_rules(tmp_path, identical_requests=2)
    for partner in ("suzuki", "sato"):
        network.requested(partner, brief="ぜひ一度お会いしたく存じます")
    with pytest.raises(RepeatedTextError):
        network.requested("tanaka", brief="ぜひ　一度お会いしたく存じます")


def test_whom_somebody_keeps_off_is_refused_without_a_word_of_why(network: Network) -> None:
    network.desk.never_introduce("suzuki", "yamada", **network.acting("m-suzuki"))
    with pytest.raises(UnavailableError) as raised:
        network.requested("suzuki")
    assert raised.value.facts == {}
    assert network.desk.not_to_be_shown("yamada") == {"suzuki"}
    network.desk.never_introduce("suzuki", "yamada", is_lifted=True, **network.acting("m-suzuki"))
    network.requested("suzuki")


def test_persons_and_groups_are_kept_off_with_their_organisations(network: Network) -> None:
    network.desk.never_introduce("yamada", "m-suzuki", kind=Barred.PERSON, **network.acting("m-yamada"))
    network.desk.group("sato", "g1", **network.acting("staff"))
    network.desk.never_introduce("yamada", "g1", kind=Barred.GROUP, **network.acting("m-yamada"))
    assert network.desk.not_to_be_shown("yamada") == {"suzuki", "sato"}
    for partner in ("suzuki", "sato"):
        with pytest.raises(UnavailableError):
            network.requested(partner)


def test_a_firm_that_paused_asks_for_nothing_until_it_is_back(network: Network) -> None:
    until = TODAY + timedelta(days=10)
    network.desk.pause("yamada", until=until, **network.acting("m-yamada"))
    with pytest.raises(PausedError):
        network.requested()
    network.clock.go_to(until + timedelta(days=1))
    network.requested()


def test_nobody_pauses_until_a_day_that_is_past(network: Network) -> None:
    with pytest.raises(StepError) as refused:
        network.desk.pause("yamada", until=TODAY - timedelta(days=1), **network.acting("m-yamada"))
    assert refused.value.facts["reason"] == Obstacle.PAST_DAY
    assert user_message(refused.value, Texts("ja")).startswith("株式会社yamada では")
    assert network.n_events("OrganisationPaused") == 0
    network.desk.pause("yamada", until=TODAY, **network.acting("m-yamada"))


def test_the_same_request_to_the_same_partner_waits_until_the_first_is_closed(network: Network) -> None:
    def asks(text: str, *partners: str) -> str:
        """As in Slack: each request saves what is looked for."""
        need = network.desk.save_need("yamada", text, Purpose.RESEARCH, **network.acting("m-yamada"))
        return network.requested(*partners, need_id=need.id)

    first = asks("アルミのめっきを頼める会社を探しています", "suzuki")
    with pytest.raises(RepeatedRequestError) as refused:
        asks("アルミのめっきを頼める会社を　探しています", "suzuki")
    assert first in user_message(refused.value, Texts("ja"))
    network.desk.approve(first, **network.acting("k-north"))
    with pytest.raises(RepeatedRequestError):
        network.desk.enter_request(
            "yamada",
            ["suzuki"],
            means=Means.PHONE,
            need_id=network.desk.needs("yamada", network.member("k-north"))[0].id,
            **network.acting("k-north"),
        )
    asks("真空炉の保守を頼める会社を探しています", "suzuki")
    asks("アルミのめっきを頼める会社を探しています", "sato")
    network.desk.refuse(first, "suzuki", **network.acting("m-suzuki"))
    asks("アルミのめっきを頼める会社を探しています", "suzuki")


def test_without_a_need_the_same_words_for_the_same_purpose_are_the_same_request(network: Network) -> None:
    network.requested(brief="一度お会いしたい")
    with pytest.raises(RepeatedRequestError):
        network.requested(brief="一度 お会いしたい")
    network.requested(brief="一度お会いしたい", purpose=Purpose.SALES)


def test_a_second_request_of_a_pair_points_to_the_first(network: Network) -> None:
    first = network.requested()
    network.desk.withdraw(first, **network.acting("m-yamada"))
    second = network.requested()
    card = network.desk.case(second, network.member("k-north"))
    assert card.repeats == first
    assert card.notices == ("repeated-pair",)
    assert card.card is not None
    assert card.card.earlier_cases == (first,)


def test_a_party_that_was_never_told_of_an_earlier_case_is_not_pointed_to_it(network: Network) -> None:
    first = network.requested()
    network.desk.decline(first, reason="時期尚早", **network.acting("k-north"))
    second = network.asked()
    seen = {id: network.desk.case(second, network.member(id)) for id in ("m-yamada", "m-suzuki")}
    assert (seen["m-yamada"].repeats, seen["m-yamada"].notices) == (first, ("repeated-pair",))
    assert (seen["m-suzuki"].repeats, seen["m-suzuki"].notices) == ("", ())


def test_where_the_requester_is_hidden_no_earlier_case_tells_who_it_is(network: Network) -> None:
    named = network.asked()
    network.desk.refuse(named, "suzuki", **network.acting("m-suzuki"))
    second = network.requested(is_anonymous=True)
    for coordinator in ("k-north", "k-south"):
        network.desk.approve(second, **network.acting(coordinator))
    seen = {id: network.desk.case(second, network.member(id)) for id in ("k-south", "m-yamada", "m-suzuki")}
    assert {id: case.repeats for id, case in seen.items()} == {
        "k-south": named,
        "m-yamada": named,
        "m-suzuki": "",
    }


def test_a_requester_that_stays_anonymous_is_a_code_to_the_other_side_until_it_consents(
    network: Network,
) -> None:
    desk, code = network.desk, code_of("yamada", b"key")
    case_id = network.requested(is_anonymous=True, brief="株式会社yamadaの者です")
    assert network.told("approval-needed") >= {"k-north", "k-south"}
    for coordinator in ("k-north", "k-south"):
        card = desk.case(case_id, network.member(coordinator)).card
        assert card is not None
        assert (card.codes, card.anonymous) == ({"yamada": code}, "yamada")
        desk.approve(case_id, **network.acting(coordinator))
    desk.ask_question(case_id, "yamada", "yamadaです。公開できますか", **network.acting("m-yamada"))

    def read_by_the_other_side() -> str:
        member = network.member("m-suzuki")
        letter = desk.letter_facts(case_id, "suzuki", member)
        return repr((desk.case(case_id, member), desk.cases(member), desk.questions(case_id, member), letter))

    before = read_by_the_other_side()
    assert code in before
    assert "yamada" not in before
    assert "yamada" not in repr(desk.letter_facts(case_id, "suzuki", network.member("k-south")))
    desk.consent(case_id, "suzuki", **network.acting("m-suzuki"))
    after = read_by_the_other_side()
    assert "株式会社yamada" in after
    assert code not in after


def test_a_firm_outside_slack_can_stay_anonymous_too(network: Network) -> None:
    entered = network.desk.enter_request(
        "tanaka",
        ["suzuki"],
        means=Means.PHONE,
        purpose=Purpose.SALES,
        is_anonymous=True,
        **network.acting("k-north"),
    )
    letter = network.desk.letter_facts(entered.id, "suzuki", network.member("k-south"))
    assert letter.partners == (code_of("tanaka", b"key"),)


def test_a_party_reads_what_the_requester_wrote_without_the_names_of_the_masked(network: Network) -> None:
    case_id = network.requested("suzuki", requester="secret", brief="株式会社secretの者です")
    network.desk.approve(case_id, **network.acting("k-south"))
    code = code_of("secret", b"key")
    read = {id: network.desk.case(case_id, network.member(id)).brief for id in ("m-suzuki", "k-south")}
    assert read == {"m-suzuki": f"株式会社{code}の者です", "k-south": "株式会社secretの者です"}


def test_a_real_ledger_refuses_samples_and_a_sample_one_takes_them(tmp_path: Path) -> None:
    real, sample = Network(tmp_path / "real"), Network(tmp_path / "sample", is_sample=True)
    with pytest.raises(SampleError):
        real.requested("invented")
    case_id = sample.requested("invented")
    assert sample.desk.case(case_id, sample.member("k-north")).is_sample


def test_a_request_needs_a_purpose_or_a_known_need(network: Network) -> None:
    with pytest.raises(UnknownRecordError):
        network.requested(need_id="n-999")
    with pytest.raises(StepError) as raised:
        network.requested(purpose=None)
    assert raised.value.facts["reason"] == "no-purpose"


def test_the_same_need_said_again_within_a_week_counts_once(network: Network) -> None:
    def save(text: str) -> tuple[str, ...]:
        return network.desk.save_need("yamada", text, Purpose.SALES, **network.acting("m-yamada")).notices

    assert save("アルミのめっきを頼める会社を探しています") == ()
    assert save("アルミのめっきを頼める会社を　探しています") == ("repeated-need",)
    network.clock.go_to(TODAY + timedelta(days=8))
    assert save("アルミのめっきを頼める会社を探しています") == ()
    needs = network.desk.needs("yamada", network.member("k-north"))
    assert [need.text[:3] for need in needs] == ["アルミ"] * 3


# --- Who decides ---


def test_a_decision_without_its_reason_asks_for_one_and_speaks_of_nothing_else(network: Network) -> None:
    case_id = network.requested()
    with pytest.raises(StepError) as refused:
        network.desk.decline(case_id, reason=" ", **network.acting("k-north"))
    told = user_message(refused.value, Texts("ja"))
    assert "理由が要ります" in told
    assert "承認" not in told


def test_whoever_is_employed_by_a_party_does_not_approve(network: Network) -> None:
    row = MemberRow(row=1, id="k-both", role=Role.COORDINATOR, clusters=(NORTH,), employer="yamada")
    network.desk.register_member(row, **network.acting("staff"))
    case_id = network.requested()
    with pytest.raises(ConflictError):
        network.desk.approve(case_id, **network.acting("k-both"))


def test_without_a_coordinator_who_may_approve_the_staff_is_asked_to(network: Network) -> None:
    for coordinator in ("k-north", "k-north-2"):
        row = MemberRow(row=1, id=coordinator, role=Role.COORDINATOR, clusters=(NORTH,), employer="tanaka")
        network.desk.register_member(row, **network.acting("admin"))
    case_id = network.requested("tanaka")
    assert network.told("approval-needed") == {"staff"}
    (turn,) = network.desk.case(case_id, network.member("staff")).turns
    assert turn.members == ("staff",)
    assert [item.case_id for item in network.desk.queue(network.member("staff"))] == [case_id]
    assert network.desk.queue(network.member("k-north")) == []
    assert network.desk.approve(case_id, **network.acting("staff")).state is State.ASKED


def test_whoever_is_close_to_a_party_says_why_it_is_right_all_the_same(network: Network) -> None:
    network.desk.declare_closeness("k-north", "yamada", Closeness.MAIN_BANK, **network.acting("staff"))
    case_id = network.requested()
    with pytest.raises(ReasonNeededError) as refused:
        network.desk.approve(case_id, **network.acting("k-north"))
    assert refused.value.facts["organisation"] == "株式会社yamada"
    network.desk.approve(case_id, reason="ほかに相手がいない", **network.acting("k-north"))
    approved = next(
        entry
        for entry in network.desk.case_log(case_id, network.member("k-north"))
        if entry.type == "IntroductionApproved"
    )
    assert approved.facts["warning"] == "main-bank"
    assert approved.texts == {"reason": "ほかに相手がいない"}


def test_a_deputy_decides_for_a_coordinator_who_is_away(network: Network) -> None:
    row = MemberRow(row=1, id="k-east", role=Role.COORDINATOR, clusters=("east",))
    network.desk.register_member(row, **network.acting("staff"))
    case_id = network.requested("tanaka")
    with pytest.raises(NotAllowedError):
        network.desk.approve(case_id, **network.acting("k-east"))
    friday = TODAY + timedelta(days=4)
    for id in ("k-north", "k-north-2"):
        network.desk.set_absence(id, TODAY, friday, delegate_id="k-east", **network.acting("staff"))
    assert [item.members for item in network.desk.queue(network.member("k-east"))] == [("k-east",)]
    network.desk.approve(case_id, **network.acting("k-east"))


def test_where_every_coordinator_is_away_the_staff_decides(network: Network) -> None:
    network.desk.set_absence("k-south", TODAY, TODAY, **network.acting("k-south"))
    network.asked("uni-south")
    assert network.told("to-ask") == {"staff"}


def test_a_returned_request_comes_again_improved(network: Network) -> None:
    case_id = network.requested()
    network.desk.return_request(case_id, reason="時期を書いてください", **network.acting("k-north"))
    turn = network.desk.case(case_id, network.member("k-north")).turns[0]
    assert (turn.act, turn.members) == (Act.RESUBMIT, ("m-yamada",))
    receipt = network.desk.resubmit(case_id, brief="来年の春までに", **network.acting("m-yamada"))
    assert receipt.state is State.REQUESTED
    seen = network.desk.case(case_id, network.member("k-north"))
    assert seen.card is not None
    assert seen.card.brief == "来年の春までに"


def test_the_setting_both_asks_both_home_coordinators(tmp_path: Path) -> None:
    network = with_rules(tmp_path, cross_cluster="both")
    case_id = network.requested()
    network.desk.approve(case_id, **network.acting("k-north"))
    assert network.told("asked") == set()
    network.desk.approve(case_id, **network.acting("k-south"))
    assert network.told("asked") == {"m-suzuki"}


def test_a_coordinator_enters_what_a_firm_asked_for_on_the_telephone(network: Network) -> None:
    receipt = network.desk.enter_request(
        "tanaka",
        ["suzuki"],
        means=Means.PHONE,
        purpose=Purpose.SALES,
        said_by="田中社長",
        **network.acting("k-north"),
    )
    consent = network.desk.case_log(receipt.id, network.member("k-north"))[1]
    assert (consent.type, consent.is_attested) == ("ConsentGiven", True)
    assert receipt.state is State.REQUESTED


# --- The queue ---


def test_the_queue_and_the_load_name_whoever_is_to_act_and_the_party_it_is_about(network: Network) -> None:
    row = MemberRow(row=1, id="k-south", role=Role.COORDINATOR, clusters=(SOUTH,), name="南　良子")
    network.desk.register_member(row, **network.acting("admin"))
    network.asked("uni-south")
    (item,) = network.desk.queue(network.member("k-south"))
    assert item.names == {"uni-south": "株式会社uni-south", "k-south": "南　良子"}
    (load,) = network.desk.load(network.member("k-south"))
    assert (load.member_id, load.name) == ("k-south", "南　良子")


def test_members_are_listed_with_the_names_of_their_organisations_and_of_who_stands_in(
    network: Network,
) -> None:
    row = MemberRow(row=1, id="k-north-2", role=Role.COORDINATOR, clusters=(NORTH,), name="北　二郎")
    network.desk.register_member(row, **network.acting("admin"))
    names = {member.id: member.names for member in network.desk.members(network.member("staff"))}
    assert names["m-yamada"] == {"yamada": "株式会社yamada"}
    assert names["k-north"] == {"k-north-2": "北　二郎"}


def test_outcomes_are_listed_with_names_and_to_a_firm_with_codes_of_the_masked(network: Network) -> None:
    facts = {"on": TODAY, "certainty": Certainty.CONFIRMED}
    network.desk.record_outcome(OutcomeKind.DEAL, ["yamada", "secret"], **facts, **network.acting("staff"))

    def names(member: str) -> object:
        (outcome,) = network.desk.outcomes(network.member(member))
        return outcome.names

    assert names("k-north") == {"secret": "株式会社secret", "yamada": "株式会社yamada"}
    assert names("m-yamada") == {"secret": code_of("secret", b"key"), "yamada": "株式会社yamada"}


def test_the_load_adds_up_to_the_queue(network: Network) -> None:
    network.requested("suzuki")
    network.asked("uni-south")
    network.clock.go_to(add_working_days(TODAY, 3))
    staff = network.member("staff")
    queue = network.desk.queue(staff, is_whole=True)
    load = network.desk.load(staff)
    assert sum(row.n_items for row in load) == len(queue) == 2
    assert {row.member_id: row.median_days for row in load} == {"k-north": 3.0, "k-south": 3.0}
    assert [item.act for item in network.desk.queue(network.member("k-south"))] == [Act.ASK]


def test_beside_the_load_stand_the_visits_of_the_fiscal_year(network: Network) -> None:
    def visited(member: str, *organisations: str, on: date = TODAY) -> str:
        return network.desk.log_visit(list(organisations), on=on, **network.acting(member)).id

    case_id = network.requested("suzuki")
    visit = visited("k-north", "yamada", "tanaka")
    network.desk.link_visit(visit, case_id=case_id, **network.acting("k-north"))
    visited("k-north", "yamada", on=date(TODAY.year - 1, 3, 31))
    visited("k-south", "sato")

    def seen_by(member: str) -> dict[str, tuple[int, int]]:
        return {
            row.member_id: (row.n_items, row.n_visits) for row in network.desk.load(network.member(member))
        }

    assert seen_by("staff") == {"k-north": (1, 2), "k-south": (0, 1)}
    assert seen_by("k-south") == {"k-south": (0, 1)}
    (idle,) = network.desk.load(network.member("k-south"))
    assert (idle.oldest, idle.median_days) == (None, None)


def test_what_a_party_in_slack_has_to_answer_waits_for_no_coordinator(network: Network) -> None:
    network.asked("suzuki")
    assert network.desk.queue(network.member("k-south"), is_whole=True) == []


# --- Once, and together ---


def test_the_same_key_gives_the_same_case(network: Network) -> None:
    member = network.member("m-yamada")
    first = network.desk.request("yamada", ["suzuki"], purpose=Purpose.SALES, by=member, key="click:m-yamada")
    again = network.desk.request("yamada", ["suzuki"], purpose=Purpose.SALES, by=member, key="click:m-yamada")
    assert (again.id, again.is_repeated) == (first.id, True)
    assert network.n_events("IntroductionRequested") == 1
    assert len({m.id for m in network.unsent()}) == len(network.unsent())


def test_a_command_that_fails_leaves_nothing(network: Network) -> None:
    case_id = network.asked()
    before = network.ledger.head(), network.unsent()
    with pytest.raises(TransitionError):
        network.desk.introduce(
            case_id, delivered_by=Means.MAIL, letter="早すぎる手紙", **network.acting("k-north")
        )
    assert (network.ledger.head(), network.unsent()) == before
    with network.ledger.read() as unit:
        assert unit.private.holding("早すぎる") == []


def stops_in_the_middle(network: Network) -> None:
    with network.desk.together():
        network.requested("tanaka")
        raise RuntimeError("the machine stops")


def test_commands_done_together_are_one_unit(network: Network) -> None:
    head = network.ledger.head()
    with pytest.raises(RuntimeError):
        stops_in_the_middle(network)
    assert network.ledger.head() == head
    assert network.desk.cases(network.member("staff")) == []


def test_of_commands_done_together_one_can_fail_alone(network: Network) -> None:
    with network.desk.together():
        case_id = network.requested("suzuki")
        network.desk.never_introduce("sato", "yamada", **network.acting("k-south"))
        with pytest.raises(UnavailableError):
            network.requested("sato")
        network.desk.approve(case_id, **network.acting("k-north"))
    assert [case.state for case in network.desk.cases(network.member("staff"))] == [State.ASKED]


def is_approved_and_stops(network: Network, case_id: str) -> None:
    with network.desk.together():
        network.desk.approve(case_id, **network.acting("k-north"))
        network.desk.cases(network.member("staff"))
        raise RuntimeError("the machine stops")


def test_what_a_failed_part_did_is_undone_and_what_was_not_written_before_it_is_not(
    network: Network,
) -> None:
    with network.desk.together():
        case_id = network.requested("suzuki")
        network.desk.never_introduce("sato", "yamada", **network.acting("k-south"))
        with pytest.raises(RuntimeError):
            is_approved_and_stops(network, case_id)
        assert [case.state for case in network.desk.cases(network.member("staff"))] == [State.REQUESTED]
    assert network.desk.rebuild(MATCHBOT, progress=lambda *_: None).is_equal


# --- What came of it ---


def test_progress_goes_back_with_a_reason_only(network: Network) -> None:
    case_id = network.introduced()
    with pytest.raises(StepError):
        network.desk.record_progress(case_id, CaseProgress.MEETING, **network.acting("k-north"))
    met = {"met_on": TODAY, "form": MeetingForm.ONLINE}
    network.desk.record_meeting(case_id, **met, **network.acting("k-north"))
    network.desk.record_progress(case_id, CaseProgress.CONTINUING, **network.acting("k-north"))
    with pytest.raises(StepError):
        network.desk.record_progress(case_id, CaseProgress.NO_CONTACT, **network.acting("k-north"))
    network.desk.record_progress(case_id, CaseProgress.NO_CONTACT, reason="誤記", **network.acting("k-north"))
    assert network.desk.case(case_id, network.member("staff")).progress is CaseProgress.NO_CONTACT


def test_a_follow_up_is_asked_once_and_answered_with_what_came_of_it(network: Network) -> None:
    case_id = network.introduced()
    network.clock.go_to(TODAY + timedelta(days=14))
    asked = {"days": 14, "answer_by": TODAY + timedelta(days=90)}
    for key in ("job:1", "job:2"):
        network.desk.ask_follow_up(case_id, "yamada", **asked, by=MATCHBOT, key=key)
    assert network.n_events("FollowUpAsked") == 1
    network.desk.answer_follow_up(
        case_id,
        "yamada",
        days=14,
        met_on=TODAY + timedelta(days=5),
        progress=CaseProgress.CONTINUING,
        **network.acting("m-yamada"),
    )
    seen = network.desk.case(case_id, network.member("m-yamada"))
    assert (seen.progress, seen.meetings) == (CaseProgress.CONTINUING, (TODAY + timedelta(days=5),))


def test_an_answer_that_they_met_needs_the_day_and_keeps_what_was_noted(network: Network) -> None:
    case_id = network.introduced()
    network.desk.ask_follow_up(case_id, "yamada", days=14, answer_by=TODAY, by=MATCHBOT, key="job:1")

    def answer(**said: object) -> CaseProgress:
        network.desk.answer_follow_up(case_id, "yamada", days=14, **said, **network.acting("m-yamada"))
        return network.desk.case(case_id, network.member("staff")).progress

    with pytest.raises(StepError):
        answer(progress=CaseProgress.MEETING)
    assert network.n_events("FollowUpAnswered") == 0
    assert answer(note="来月お会いします") is CaseProgress.NO_CONTACT
    log = network.desk.case_log(case_id, network.member("staff"))
    assert log[-1].texts == {"note": "来月お会いします"}
    assert answer(progress=CaseProgress.CONTINUING) is CaseProgress.CONTINUING
    assert answer(progress=CaseProgress.MEETING, met_on=TODAY) is CaseProgress.CONTINUING


def test_silence_after_a_follow_up_is_recorded_as_silence(network: Network) -> None:
    case_id = network.introduced()
    network.desk.ask_follow_up(case_id, "yamada", days=14, answer_by=TODAY, by=MATCHBOT, key="job:1")
    network.desk.close_follow_up(case_id, "yamada", days=14, by=MATCHBOT, key="job:2")
    network.desk.close_follow_up(case_id, "yamada", days=14, by=MATCHBOT, key="job:3")
    assert network.n_events("FollowUpUnanswered") == 1
    assert network.desk.case(case_id, network.member("staff")).progress is CaseProgress.NO_CONTACT


def test_a_new_business_counts_once_whoever_adds_it(network: Network) -> None:
    business = {"on": TODAY, "certainty": Certainty.CONFIRMED}
    first = network.desk.add_business(["yamada"], "b1", **business, **network.acting("k-north"))
    again = network.desk.add_business(["yamada", "suzuki"], "b1", **business, **network.acting("k-south"))
    assert (again.id, again.notices) == (first.id, ("known-outcome",))
    assert network.desk.outcome(first.id, network.member("k-north")).evidence is Evidence.D


def test_the_survey_file_is_taken_in_once_and_tells_its_bad_rows(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "survey.csv"
    file.write_text(
        "種類,年月日,機関,確度,事業ID\n"
        "新事業,2026-04-01,yamada,確定,b-7\n"
        "成約,2026/05/10,yamada suzuki,確定,\n"
        "成約,いつか,yamada suzuki,,\n"
        "新事業,2026-04-01,nobody,,b-8\n"
        "新事業,2026-04-01,tanaka,,\n"
        "新事業,2026-07-01,tanaka,確定,b-9\n"
        "結婚,2026-04-01,tanaka,,\n"
        "成約,2026-04-01,tanaka,たぶん,\n",
        "utf-8",
    )
    report = network.desk.import_outcomes(file, wave="2026", **network.acting("staff"))
    assert (report.n_rows, report.n_recorded, report.n_claimed) == (8, 2, 0)
    assert [(r.row, r.value, r.reason) for r in report.rejections] == [
        (4, "いつか", Reason.NOT_A_DATE),
        (5, "nobody", "unknown-organisation"),
        (6, "", "no-subject"),
        (7, "tanaka", "not-yet"),
        (8, "結婚", RowFault.OUTCOME_KIND),
        (9, "たぶん", RowFault.CERTAINTY),
    ]
    again = network.desk.import_outcomes(file, wave="2026", **network.acting("staff"))
    assert (again.n_recorded, again.n_claimed) == (0, 2)
    assert network.n_events("OutcomeRecorded") == 2


def test_a_list_of_awards_is_taken_in_once_with_those_of_others(network: Network, tmp_path: Path) -> None:
    known, other, invalid = "5835678256246", "4835678256247", "6835678256247"
    network.directory.organisations[known] = listed(known, NORTH)
    file = tmp_path / "awards.csv"
    file.write_text(
        "制度,採択番号,採択日,法人番号\n"
        f"コンソーシアム,R-1,2026-03-01,{known} {other}\n"
        f"コンソーシアム,R-2,2026/03/01,4-8356-7825-6247\n"
        f"新連携,R-1,2026-03-01,{known}\n"
        f"新連携,R-2,2026-03-01,{invalid}\n"
        f"新連携,R-3,2026-07-01,{known}\n"
        f"新連携,,2026-03-01,{known}\n"
        "新連携,R-5,2026-03-01,seed:nobody\n"
        "新連携,R-6,いつか,seed:nobody\n",
        "utf-8",
    )
    report = network.desk.import_awards(file, **network.acting("staff"))
    assert (report.n_rows, report.n_recorded, report.n_of_members, report.n_known) == (8, 3, 2, 0)
    assert [(r.row, r.field, r.reason) for r in report.rejections] == [
        (5, "法人番号", Reason.CHECK_DIGIT),
        (6, "採択日", "not-yet"),
        (7, "採択番号", Reason.EMPTY),
        (8, "法人番号", "unknown-organisation"),
        (9, "採択日", Reason.NOT_A_DATE),
    ]
    with network.ledger.read() as unit:
        (award,) = (recorded.event for recorded in unit.events.read("award:コンソーシアム/R-1"))
    assert (award.n_winners, [party.clusters for party in award.parties]) == (2, [(NORTH,)])
    again = network.desk.import_awards(file, **network.acting("staff"))
    assert (again.n_recorded, again.n_known) == (0, 3)


def test_a_correction_of_an_outcome_leaves_what_was_said_in_the_log(network: Network) -> None:
    sure = {"on": TODAY, "certainty": Certainty.CONFIRMED}
    id = network.desk.add_business(["yamada"], "b1", **sure, **network.acting("k-north")).id
    earlier = TODAY - timedelta(days=9)
    network.desk.correct_outcome(id, on=earlier, reason="登記簿で確認", **network.acting("k-north"))
    outcome = network.desk.outcome(id, network.member("k-north"))
    assert (outcome.facts.on, outcome.facts.certainty) == (earlier, Certainty.CONFIRMED)
    with network.ledger.read() as unit:
        types = [recorded.type for recorded in unit.events.read(f"outcome:{id}")]
    assert types == ["OutcomeRecorded", "OutcomeClaimed", "OutcomeCorrected"]


def test_only_who_was_introduced_is_known_from_an_introduction(network: Network) -> None:
    network.requested()
    assert network.desk.introduced_to("yamada") == frozenset()
    network.introduced()
    assert "suzuki" in network.desk.introduced_to("yamada")
    assert "yamada" in network.desk.introduced_to("suzuki")


def test_a_partner_is_rated_for_what_was_looked_for_without_saving_that_as_a_need(network: Network) -> None:
    said = {"by": network.member("m-yamada"), "text": "めっきの相談", "is_fitting": False}
    for key in ("1", "1", "2"):
        network.desk.rate("", "yamada", "suzuki", key=key, **said)
    assert (network.n_events("Rated"), network.n_events("NeedSaved")) == (2, 0)
    with network.ledger.read() as unit:
        kept = unit.private.about("yamada")
    assert [each.text for each in kept if each.kind == "need"] == ["めっきの相談"] * 2


def test_a_firm_learns_no_id_of_a_masked_partner_from_its_own_ratings(network: Network) -> None:
    need = network.desk.save_need("yamada", "需要", Purpose.SALES, **network.acting("m-yamada")).id
    for partner in ("secret", "sato"):
        network.desk.rate(need, "yamada", partner, is_fitting=False, **network.acting("m-yamada"))
    (seen,) = network.desk.needs("yamada", network.member("m-yamada"))
    assert set(seen.ratings) == {code_of("secret", b"key"), "sato"}
    (seen,) = network.desk.needs("yamada", network.member("k-north"))
    assert set(seen.ratings) == {"secret", "sato"}


def test_a_survey_asks_everybody_who_takes_part_where_nobody_is_named(network: Network) -> None:
    network.desk.remove_member("m-tanaka", **network.acting("admin"))
    network.desk.send_survey("2026", **network.acting("staff"))
    with network.ledger.read() as unit:
        asked = {recorded.event.member_id for recorded in unit.events.read("survey:2026")}
    assert asked == {"m-yamada", "m-suzuki", "m-secret", "k-north", "k-north-2", "k-south"}


def test_a_survey_also_asks_those_who_were_left_without_a_match(network: Network) -> None:
    network.introduced()
    asked = ["m-yamada", "m-suzuki", "m-tanaka"]
    first = network.desk.send_survey("2026", asked[:2], **network.acting("staff"))
    again = network.desk.send_survey("2026", asked, **network.acting("staff"))
    assert [(each.n_asked, each.n_asked_before) for each in (first, again)] == [(2, 0), (1, 2)]
    with network.ledger.read() as unit:
        sent = [recorded.event for recorded in unit.events.read("survey:2026")]
    assert [(each.member_id, each.side, each.ended_as) for each in sent] == [
        ("m-yamada", Side.REQUESTER, State.INTRODUCED),
        ("m-suzuki", Side.COUNTERPART, State.INTRODUCED),
        ("m-tanaka", Side.NEITHER, None),
    ]
    network.desk.answer_survey("2026", satisfaction=4, recommendation=9, **network.acting("m-tanaka"))
    with pytest.raises(UnknownRecordError):
        network.desk.answer_survey("2026", satisfaction=4, **network.acting("m-secret"))
    with pytest.raises(StepError):
        network.desk.answer_survey("2026", satisfaction=6, **network.acting("m-yamada"))


def test_a_survey_asks_of_the_latest_case_that_an_organisation_knows_of(network: Network) -> None:
    met = {"means": Means.FAIR, "made_on": TODAY, "purpose": Purpose.SALES}
    outside = network.desk.log_outside(["yamada", "suzuki"], **met, **network.acting("k-north")).id
    own = network.requested("tanaka", requester="suzuki")
    network.desk.send_survey("2026", ["m-yamada", "m-suzuki", "m-tanaka"], **network.acting("staff"))
    with network.ledger.read() as unit:
        sent = [recorded.event for recorded in unit.events.read("survey:2026")]
    assert [(each.case_id, each.side, each.ended_as) for each in sent] == [
        (outside, Side.COUNTERPART, State.INTRODUCED),
        (own, Side.BOTH, State.REQUESTED),
        ("", Side.NEITHER, None),
    ]


def test_a_visit_can_lead_to_an_introduction(network: Network) -> None:
    visit = network.desk.log_visit(["yamada"], on=TODAY, note="融資を相談", **network.acting("k-north"))
    case_id = network.requested("bank-north")
    network.desk.link_visit(visit.id, case_id=case_id, **network.acting("k-north"))
    assert (network.n_events("VisitLogged"), network.n_events("VisitLinked")) == (1, 1)


def test_an_nda_is_for_networks_that_switched_it_on(network: Network, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        network.desk.request_nda(network.asked(), "yamada", **network.acting("k-north"))
    strict = with_rules(tmp_path, nda_stage=True)
    case_id = strict.asked()
    strict.desk.request_nda(case_id, "yamada", **strict.acting("k-north"))
    strict.desk.sign_nda(case_id, signed_on=TODAY, **strict.acting("k-north"))
    assert strict.desk.case(case_id, strict.member("staff")).nda == "signed"


def test_three_silences_are_listed_to_the_coordinator(network: Network) -> None:
    for number in range(3):
        case_id = network.asked("suzuki")
        day = network.clock.now().date()
        network.clock.go_to(add_working_days(day, 16))
        network.desk.expire(case_id, by=MATCHBOT, key=f"job:{number}")
    assert [s.organisation_id for s in network.desk.silent(network.member("k-south"))] == ["suzuki"]
    assert network.desk.silent(network.member("k-north")) == []
    network.desk.resume("suzuki", **network.acting("m-suzuki"))
    network.clock.go_to(network.clock.now().date() + timedelta(days=1))
    assert network.desk.silent(network.member("k-south")) == []


# --- Who knows of a case ---


def test_a_party_knows_of_a_case_only_once_it_was_put_to_it(network: Network) -> None:
    case_id = network.requested()
    suzuki = network.member("m-suzuki")
    assert network.desk.cases(suzuki, with_closed=True) == []
    for look in (
        lambda: network.desk.case(case_id, suzuki),
        lambda: network.desk.letter_facts(case_id, "suzuki", suzuki),
        lambda: network.desk.consent(case_id, "suzuki", **network.acting("m-suzuki")),
        lambda: network.desk.refuse(case_id, "suzuki", **network.acting("m-suzuki")),
        lambda: network.desk.attach(case_id, "suzuki", "資料", **network.acting("m-suzuki")),
    ):
        with pytest.raises(NotAllowedError):
            look()
    network.desk.approve(case_id, **network.acting("k-north"))
    assert [case.id for case in network.desk.cases(suzuki)] == [case_id]


def test_a_party_never_learns_of_a_request_that_its_coordinator_turned_down(network: Network) -> None:
    case_id = network.requested()
    network.desk.decline(case_id, reason="時期尚早", **network.acting("k-north"))
    assert network.desk.cases(network.member("m-suzuki"), with_closed=True) == []
    with pytest.raises(NotAllowedError):
        network.desk.case(case_id, network.member("m-suzuki"))
    network.desk.send_survey("2026", ["m-suzuki", "m-yamada"], **network.acting("staff"))
    with network.ledger.read() as unit:
        sent = {r.event.member_id: (r.event.case_id, r.event.side) for r in unit.events.read("survey:2026")}
    assert sent == {"m-suzuki": ("", Side.NEITHER), "m-yamada": (case_id, Side.REQUESTER)}


def test_who_was_asked_for_cannot_hand_in_a_returned_request(network: Network) -> None:
    case_id = network.requested()
    network.desk.return_request(case_id, reason="具体的に", **network.acting("k-north"))
    for other in ("m-suzuki", "k-south"):
        with pytest.raises(NotAllowedError):
            network.desk.resubmit(case_id, **network.acting(other))
    assert network.desk.resubmit(case_id, **network.acting("m-yamada")).state is State.REQUESTED


def test_a_letter_to_a_masked_party_is_not_for_the_other_one(network: Network) -> None:
    case_id = network.requested("suzuki", requester="secret")
    network.desk.approve(case_id, **network.acting("k-south"))
    own = network.desk.letter_facts(case_id, "suzuki", network.member("m-suzuki"))
    assert own.partners[0].startswith("M-")
    with pytest.raises(NotAllowedError):
        network.desk.letter_facts(case_id, "secret", network.member("m-suzuki"))


# --- People ---


def test_members_come_from_a_file_and_a_second_time_change_nothing(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(
        "ID,役割,機関,クラスター,代理,氏名,メール\n"
        "m-sato,会員,sato,,,佐藤次郎,jiro@sato.example\n"
        "k-new,コーディネーター,,north south,k-north,,\n"
        ",会員,sato,,,,\n"
        "m-odd,王様,,,,,\n"
        "m-lost,会員,nobody,,,,\n",
        "utf-8",
    )
    report = network.desk.import_members(file, **network.acting("admin"))
    assert (report.n_rows, report.n_added) == (5, 2)
    assert [(r.row, r.field, r.reason) for r in report.rejections] == [
        (4, "ID", Reason.EMPTY),
        (5, "役割", RowFault.MEMBER_ROLE),
        (6, "機関", "unknown-organisation"),
    ]
    again = network.desk.import_members(file, **network.acting("admin"))
    assert (again.n_added, again.n_changed, again.n_unchanged) == (0, 0, 2)
    shown = {member.id: member for member in network.desk.members(network.member("staff"))}
    assert shown["m-sato"].name == "佐藤次郎"
    assert network.member("k-new").clusters == (NORTH, SOUTH)


def test_the_clusters_are_asked_for_once_however_many_rows_name_some(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(network.directory, "clusters", lambda: asked.append(1) or {NORTH, SOUTH})
    file = tmp_path / "members.csv"
    file.write_text(
        f"ID,役割,クラスター\nk-1,コーディネーター,{NORTH}\nk-2,コーディネーター,{SOUTH}\n", "utf-8"
    )
    assert network.desk.import_members(file, **network.acting("admin")).n_added == 2
    assert len(asked) == 1


def test_a_file_of_members_is_refused_row_by_row_where_it_names_whom_nobody_knows(
    network: Network, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text(
        "ID,役割,クラスター,代理,slack\n"
        "k-1,事務局,,k-2,\n"
        "k-2,コーディネーター,north,k-1,\n"
        "k-3,コーディネーター,nowhere,,\n"
        "k-4,コーディネーター,north,nobody,\n"
        "k-5,会員企業,,,たぶん\n"
        "k-1,評価者,,,\n",
        "utf-8",
    )
    for n_added in (2, 0):
        report = network.desk.import_members(file, **network.acting("admin"))
        assert (report.n_added, report.n_changed, report.n_unchanged) == (n_added, 0, 2 - n_added)
        assert [(r.row, r.field, r.value, r.reason) for r in report.rejections] == [
            (4, "クラスター", "nowhere", RowFault.CLUSTER),
            (5, "代理", "nobody", "no-member"),
            (6, "slack", "たぶん", RowFault.SLACK_ID),
            (7, "ID", "k-1", RowFault.TOLD_BEFORE),
        ]
    assert network.member("k-1").deputy == "k-2"


@pytest.mark.parametrize(
    ("unknown", "error"),
    [
        ({"clusters": ("nowhere",)}, UnknownClusterError),
        ({"organisations": ("nobody",)}, UnknownOrganisationError),
    ],
)
def test_nobody_is_registered_for_what_nobody_knows(
    network: Network, unknown: dict[str, Any], error: type[MatchbotError]
) -> None:
    with pytest.raises(error):
        network.desk.register_member(
            MemberRow(row=0, id="k-1", role=Role.COORDINATOR, **unknown), **network.acting("staff")
        )
    with pytest.raises(UnknownRecordError):
        network.member("k-1")


def test_a_deputy_who_is_not_registered_yet_is_noticed(network: Network) -> None:
    one = MemberRow(row=0, id="k-1", role=Role.STAFF, deputy="k-2")
    other = MemberRow(row=0, id="k-2", role=Role.STAFF, deputy="k-1")
    noticed = [network.desk.register_member(row, **network.acting("staff")).notices for row in (one, other)]
    assert noticed == [("unknown-deputy",), ()]


def test_absences_come_with_the_file_of_members_and_each_is_recorded_once(
    network: Network, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text(
        "ID,役割,クラスター,代理,不在開始,不在終了,不在中の代理\n"
        "k-north,コーディネーター,north,k-north-2,2026/6/1,2026-06-05,k-east\n"
        "k-north-2,コーディネーター,north,,2026-06-01,2026-06-05,k-east\n"
        "k-east,コーディネーター,east,,,,\n"
        "k-south,コーディネーター,south,,2026-06-05,2026-06-01,\n"
        "k-late,コーディネーター,south,,2026-06-05,,\n",
        "utf-8",
    )
    counts = []
    for _ in range(2):
        report = network.desk.import_members(file, **network.acting("admin"))
        counts.append((report.n_added, report.n_changed, report.n_unchanged))
        assert [(r.row, r.reason) for r in report.rejections] == [
            (5, RowFault.ABSENCE),
            (6, RowFault.ABSENCE),
        ]
    assert counts == [(1, 2, 0), (0, 0, 3)]
    network.requested("tanaka")
    assert [item.members for item in network.desk.queue(network.member("k-east"))] == [("k-east",)]


def test_names_and_mail_stand_in_the_private_store_only(network: Network, tmp_path: Path) -> None:
    network.ledger.close()
    for name in ("ledger.db", "ledger.db-wal", "readmodels.db", "readmodels.db-wal"):
        file = tmp_path / "home" / name
        if file.exists():
            assert "山田花子".encode() not in file.read_bytes()


# --- Privacy ---


def test_a_person_learns_who_was_told_what_on_which_consent(network: Network) -> None:
    case_id = network.introduced()
    report = network.desk.privacy_report("m-suzuki", network.member("m-suzuki"))
    (disclosure,) = report.disclosures
    assert (disclosure.case_id, disclosure.to, disclosure.about) == (case_id, "yamada", "suzuki")
    assert disclosure.items == ("organisation", "contact-name", "mail", "phone", "address")
    consent = disclosure.consent
    assert (consent.member_id, consent.wording, consent.given_on) == ("m-suzuki", "consent-1", TODAY)
    assert [text.text for text in report.texts] == ["鈴木一郎", "ichiro@suzuki.example"]
    with pytest.raises(NotAllowedError):
        network.desk.privacy_report("m-suzuki", network.member("m-yamada"))


def test_nothing_is_told_of_contacts_before_every_party_has_consented(network: Network) -> None:
    case_id = network.asked("suzuki", "uni-south")
    everybody = ("m-yamada", "m-suzuki", "k-north", "k-south", "staff")

    def told() -> bool:
        return any(network.desk.case(case_id, network.member(who)).contacts for who in everybody)

    assert not told()
    network.desk.consent(case_id, "suzuki", **network.acting("m-suzuki"))
    assert not told()
    network.desk.record_answer(
        case_id, "uni-south", PartyAnswer.YES, means=Means.VISIT, **network.acting("k-south")
    )
    assert network.desk.case(case_id, network.member("m-yamada")).contacts == ()
    assert network.desk.case(case_id, network.member("k-north")).contacts != ()


def test_where_no_contact_is_known_the_parties_reach_each_others_members(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network.directory, "contact", lambda organisation_id: None)
    case_id = network.introduced()
    shown = network.desk.case(case_id, network.member("m-yamada")).contacts
    assert [(contact.organisation_id, contact.name, contact.mail) for contact in shown] == [
        ("yamada", "山田花子", "hanako@yamada.example"),
        ("suzuki", "鈴木一郎", "ichiro@suzuki.example"),
    ]
    network.desk.erase("m-suzuki", **network.acting("admin"))
    shown = network.desk.case(case_id, network.member("m-yamada")).contacts
    assert [contact.organisation_id for contact in shown] == ["yamada"]


def test_who_looked_is_told_as_a_count_until_they_have_met(network: Network) -> None:
    network.desk.view_profile("suzuki", **network.acting("m-yamada"))
    network.desk.view_profile("suzuki", **network.acting("m-tanaka"))
    seen = network.desk.accesses("suzuki", network.member("m-suzuki"))
    assert (seen.n_accesses, seen.n_viewers, seen.known) == (2, 2, ())
    network.introduced()
    seen = network.desk.accesses("suzuki", network.member("m-suzuki"))
    assert seen.known == ((TODAY, "m-yamada", "yamada"),)
    assert seen.names == {"yamada": "株式会社yamada", "m-yamada": "山田花子"}


def test_a_letter_to_the_other_side_does_not_name_a_masked_party(network: Network) -> None:
    case_id = network.requested("secret")
    letter = network.desk.letter_facts(case_id, "yamada", network.member("k-north"))
    assert letter.partners[0].startswith("M-")


def test_what_a_masked_firm_writes_of_itself_reaches_nobody_before_the_consents(network: Network) -> None:
    brief = "株式会社　ｓｅｃｒｅｔ の技術です。https://secret.example/x または info@secret.example へ"
    case_id = network.requested("tanaka", requester="secret", brief=brief)
    letter = network.desk.letter_facts(case_id, "tanaka", network.member("k-north"))
    assert "secret" not in letter.brief
    assert letter.brief.count(letter.partners[0]) == 3
    network.desk.approve(case_id, **network.acting("k-south"))
    network.desk.approve(case_id, **network.acting("k-north"))
    network.desk.consent(case_id, "tanaka", **network.acting("m-tanaka"))
    assert network.desk.letter_facts(case_id, "tanaka", network.member("k-north")).brief == brief


# --- The read models ---


def test_the_read_models_come_out_the_same_from_the_events_alone(network: Network) -> None:
    network.introduced()
    network.asked("uni-south")
    network.desk.pause("sato", **network.acting("k-south"))
    network.desk.save_need("yamada", "需要", Purpose.SALES, **network.acting("m-yamada"))
    network.desk.add_business(
        ["yamada"], "b1", on=TODAY, certainty=Certainty.EXPECTED, **network.acting("k-north")
    )
    rebuilt = network.desk.rebuild(network.member("admin"), progress=lambda *_: None)
    assert rebuilt.is_equal
    assert rebuilt.n_events == network.ledger.head().seq
    assert network.desk.not_to_be_shown() == {"sato"}


@pytest.mark.parametrize("left", [b"", b"no database at all", b"SQLite format 3\0" + bytes(9000)])
def test_a_spoilt_file_of_read_models_is_made_again(network: Network, left: bytes) -> None:
    case_id = network.asked()
    network.models.file.write_bytes(left)
    assert network.desk.case(case_id, network.member("k-north")).state is State.ASKED


def test_a_rebuild_replaces_tables_that_cannot_be_read(network: Network) -> None:
    network.asked()
    file = network.models.file
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'cases'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(bytes(size))
    assert "cases" in network.desk.rebuild(MATCHBOT, progress=lambda *_: None).differing
    assert network.desk.rebuild(MATCHBOT, progress=lambda *_: None).is_equal


def test_who_has_the_read_models_open_sees_them_rebuilt(network: Network) -> None:
    case_id = network.asked()
    with closing(sqlite3.connect(network.models.file)) as reader:
        query = "SELECT state FROM cases WHERE id = ?"
        network.models.file.with_suffix(".rebuilt").write_text("left by a crash")
        with closing(sqlite3.connect(network.models.file)) as other:
            other.execute("UPDATE cases SET state = 'introduced'")
            other.commit()
        assert reader.execute(query, [case_id]).fetchone() == ("introduced",)
        network.desk.rebuild(network.member("admin"), progress=lambda *_: None)
        assert reader.execute(query, [case_id]).fetchone() == ("asked",)


def test_a_lost_file_of_read_models_is_made_again(network: Network) -> None:
    case_id = network.asked()
    for file in network.models.file.parent.glob("readmodels.db*"):
        file.unlink()
    assert network.desk.case(case_id, network.member("k-north")).state is State.ASKED


def test_a_rebuild_tells_which_table_was_changed_by_hand(network: Network) -> None:
    network.asked()
    with closing(sqlite3.connect(network.models.file)) as connection:
        connection.execute("UPDATE cases SET state = 'introduced'")
        connection.commit()
    rebuilt = network.desk.rebuild(network.member("admin"), progress=lambda *_: None)
    assert rebuilt.differing == ("cases",)


def test_read_models_that_are_ahead_of_a_restored_ledger_are_made_anew(
    network: Network, tmp_path: Path
) -> None:
    kept = network.asked()
    network.ledger.back_up(tmp_path / "backup", made_at=MONDAY)
    lost = network.asked("sato")
    network.ledger.close()
    ledger = Ledger.restore(tmp_path / "backup", tmp_path / "home", may_lose_events=True)
    desk = type(network.desk)(replace(network.office, ledger=ledger))
    assert desk.case(kept, network.member("staff")).state is State.ASKED
    with pytest.raises(UnknownRecordError):
        desk.case(lost, desk.member("staff"))


def test_who_was_erased_has_left_again_in_an_older_ledger_unless_registered_anew_since(
    network: Network, tmp_path: Path
) -> None:
    for id in ("m-tanaka", "m-suzuki"):
        network.desk.erase(id, **network.acting("admin"))
    network.clock.go_to(TODAY + timedelta(days=1))
    anew = MemberRow(row=1, id="m-suzuki", role=Role.FIRM, organisations=("suzuki",), slack_id="U-suzuki")
    network.desk.register_member(anew, **network.acting("admin"))
    older = Network(tmp_path / "older")
    for erasure in network.ledger.erasures():
        older.ledger.erase(about=erasure.about, by=erasure.by, erased_at=erasure.erased_at)

    assert (older.desk.forget_again(), network.desk.forget_again()) == (2, 0)
    assert all(older.member(id).has_left for id in ("m-tanaka", "m-suzuki"))
    assert [network.member(id).has_left for id in ("m-tanaka", "m-suzuki")] == [True, False]
    assert older.desk.forget_again() == 0


def test_the_jobs_see_off_who_was_erased_and_came_back(network: Network) -> None:
    network.ledger.erase(about=["m-tanaka"], by="admin", erased_at=network.clock.now())
    Jobs(network.office).run()
    assert network.member("m-tanaka").has_left


def test_a_case_past_its_decision_tells_who_decided(network: Network) -> None:
    case_id = network.asked()
    network.desk.refuse(case_id, "suzuki", **network.acting("m-suzuki"))
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.withdraw(case_id, **network.acting("m-yamada"))
    assert "相手方が対応済み" in user_message(raised.value, Texts("ja"))
    assert "m-suzuki" not in str(raised.value.facts)
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.cancel(case_id, reason="不要", **network.acting("k-north"))
    assert (raised.value.facts["member"], raised.value.facts["event"]) == ("m-suzuki", "ConsentRefused")


def test_a_party_that_was_merged_meanwhile_can_still_be_introduced(network: Network) -> None:
    case_id = network.asked()
    network.directory.organisations["suzuki"] = listed("sato", SOUTH)
    network.desk.consent(case_id, "suzuki", **network.acting("m-suzuki"))
    made = network.desk.introduce(case_id, delivered_by=Means.MAIL, **network.acting("k-north"))
    assert made.state is State.INTRODUCED
    parties = network.desk.case(case_id, network.member("k-north")).parties
    assert [party.id for party in parties] == ["yamada", "suzuki"]


def test_what_is_done_under_a_key_of_somebody_else_is_not_taken_for_it(network: Network) -> None:
    case_id = network.requested()
    deed = {"by": network.member("m-yamada"), "key": "once"}
    network.desk.withdraw(case_id, **deed)
    assert network.desk.withdraw(case_id, **deed).is_repeated
    with pytest.raises(ValueError, match="somebody else"):
        network.desk.pause("suzuki", by=network.member("m-suzuki"), key="once")
    with pytest.raises(ValueError, match="somebody else"):
        network.desk.request(
            "suzuki", ["sato"], purpose=Purpose.SALES, by=network.member("m-suzuki"), key="once"
        )


def test_nobody_uses_the_need_of_somebody_else(network: Network) -> None:
    need = network.desk.save_need("tanaka", "需要", Purpose.SALES, **network.acting("m-tanaka")).id
    with pytest.raises(UnknownRecordError):
        network.requested("suzuki", need_id=need)
    with pytest.raises(UnknownRecordError):
        network.desk.rate(need, "yamada", "suzuki", is_fitting=False, **network.acting("m-yamada"))
    with pytest.raises(UnknownRecordError):
        network.desk.show_partners(need, "yamada", ["suzuki"], **network.acting("m-yamada"))
    with pytest.raises(NotAllowedError):
        network.desk.show_partners(need, "tanaka", ["suzuki"], **network.acting("m-yamada"))
    network.desk.rate(need, "tanaka", "suzuki", is_fitting=False, **network.acting("m-tanaka"))


def test_what_is_still_ahead_has_not_happened(network: Network, tmp_path: Path) -> None:
    tomorrow, by = TODAY + timedelta(days=1), network.acting
    case_id, waiting = network.introduced(), network.asked("uni-south")
    sure = {"on": tomorrow, "certainty": Certainty.CONFIRMED}
    ahead = [
        lambda: network.desk.record_meeting(
            case_id, met_on=tomorrow, form=MeetingForm.ONLINE, **by("k-north")
        ),
        lambda: network.desk.record_answer(
            waiting, "uni-south", PartyAnswer.YES, means=Means.PHONE, on=tomorrow, **by("k-south")
        ),
        lambda: network.desk.log_outside(
            ["yamada", "sato"], means=Means.FAIR, made_on=tomorrow, purpose=Purpose.SALES, **by("k-north")
        ),
        lambda: network.desk.log_visit(["yamada"], on=tomorrow, **by("k-north")),
        lambda: network.desk.add_business(["yamada"], "b1", **sure, **by("k-north")),
    ]
    for attempt in ahead:
        with pytest.raises(StepError) as raised:
            attempt()
        assert raised.value.facts["reason"] == "not-yet"
    expected = {"on": tomorrow, "certainty": Certainty.EXPECTED}
    business = network.desk.add_business(["yamada"], "b1", **expected, **by("k-north"))
    with pytest.raises(StepError):
        network.desk.confirm_outcome(business.id, on=tomorrow, **by("k-north"))
    network.clock.go_to(tomorrow)
    network.desk.confirm_outcome(business.id, on=tomorrow, **by("k-north"))


@pytest.mark.parametrize("away", ["yamada", "suzuki"])
def test_a_coordinator_is_not_told_that_it_paused_itself_where_a_party_did(
    network: Network, away: str
) -> None:
    network.desk.pause(away, **network.acting(f"m-{away}"))
    with pytest.raises(UnavailableError):
        network.desk.propose(["yamada", "suzuki"], purpose=Purpose.SALES, **network.acting("k-north"))


def test_nothing_came_of_a_case_before_there_was_one(network: Network) -> None:
    yesterday, by = TODAY - timedelta(days=1), network.acting
    introduced, waiting = network.introduced(), network.asked("uni-south")
    too_early = [
        lambda: network.desk.record_meeting(
            introduced, met_on=yesterday, form=MeetingForm.ONLINE, **by("k-north")
        ),
        lambda: network.desk.record_answer(
            waiting, "uni-south", PartyAnswer.YES, means=Means.PHONE, on=yesterday, **by("k-south")
        ),
    ]
    for attempt in too_early:
        with pytest.raises(StepError) as raised:
            attempt()
        assert raised.value.facts["reason"] == Obstacle.BEFORE_CASE


def test_a_meeting_may_be_older_than_the_record_of_an_introduction_made_outside(network: Network) -> None:
    at_the_fair = TODAY - timedelta(days=9)
    case_id = network.desk.log_outside(
        ["yamada", "sato"],
        means=Means.FAIR,
        made_on=at_the_fair,
        purpose=Purpose.SALES,
        **network.acting("k-north"),
    ).id
    network.desk.record_meeting(
        case_id, met_on=at_the_fair, form=MeetingForm.IN_PERSON, **network.acting("k-north")
    )
    assert network.desk.case(case_id, network.member("k-north")).meetings == (at_the_fair,)


def test_a_correction_without_a_reason_is_refused(network: Network) -> None:
    sure = {"on": TODAY, "certainty": Certainty.CONFIRMED}
    business = network.desk.add_business(["yamada"], "b1", **sure, **network.acting("k-north"))
    for correct in (network.desk.reverse_outcome, network.desk.correct_outcome):
        with pytest.raises(StepError) as raised:
            correct(business.id, reason=" ", **network.acting("k-north"))
        assert raised.value.facts["reason"] == "no-reason"


def test_whoever_has_left_is_nobodys_deputy(network: Network) -> None:
    network.desk.set_absence("k-north", TODAY, TODAY, **network.acting("staff"))
    network.desk.remove_member("k-north-2", **network.acting("staff"))
    network.requested("tanaka")
    assert network.told("approval-needed") == {"staff"}


def test_an_organisation_without_a_cluster_is_asked_through_whom_it_was_assigned_to(
    network: Network,
) -> None:
    network.desk.assign("abroad", "k-north", **network.acting("staff"))
    for assigner in (network.member("staff"), MATCHBOT):
        with pytest.raises(NotAllowedError):
            network.desk.assign("suzuki", "k-north", by=assigner, key=network.key())
    case_id = network.asked("abroad")
    assert network.told("to-ask") == set(), "whoever approves knows already"
    (item,) = network.desk.queue(network.member("k-north"))
    assert (item.act, item.organisation, item.members) == (Act.ASK, "abroad", ("k-north",))
    with pytest.raises(NotAllowedError):
        network.desk.record_answer(
            case_id, "abroad", PartyAnswer.YES, means=Means.MAIL, **network.acting("k-south")
        )
    network.desk.set_absence("k-north", TODAY, TODAY, delegate_id="k-south", **network.acting("k-north"))
    answered = network.desk.record_answer(
        case_id, "abroad", PartyAnswer.YES, means=Means.MAIL, **network.acting("k-south")
    )
    assert answered.state is State.CONSENTED
    assert network.desk.queue(network.member("staff")) == []
    need = network.desk.enter_need("abroad", "部品の加工先", Purpose.SALES, **network.acting("k-north"))
    assert need.id


def test_after_a_handover_nothing_waits_for_who_leaves(network: Network) -> None:
    network.requested("tanaka")
    network.requested("uni-south")
    own = network.requested("suzuki")
    network.desk.approve(own, **network.acting("k-north"))
    network.desk.assign("tanaka", "k-north", **network.acting("staff"))
    network.desk.handover("k-north", "k-north-2", **network.acting("staff"))
    network.requested("sato", requester="tanaka")
    assert network.desk.queue(network.member("k-north")) == []
    staff = network.member("staff")
    assert {row.member_id for row in network.desk.load(staff)} == {"k-north-2"}
    log = network.desk.case_log(own, network.member("k-north-2"))
    assert [entry.type for entry in log if entry.actor == "staff"] == ["CaseHandedOver"]


def test_an_introduction_logged_twice_counts_once_whether_or_not_a_need_is_named(network: Network) -> None:
    need = network.desk.save_need("yamada", "需要", Purpose.SALES, **network.acting("m-yamada")).id
    other = network.desk.save_need("yamada", "別の話", Purpose.SALES, **network.acting("m-yamada")).id

    def is_new(partner: str, need_id: str) -> bool:
        made = {"means": Means.FAIR, "made_on": TODAY, "purpose": Purpose.SALES, "need_id": need_id}
        return not network.desk.log_outside(["yamada", partner], **made, **network.acting("k-north")).notices

    assert [is_new("sato", each) for each in (need, "", need, other)] == [True, False, False, True]
    assert [is_new("suzuki", each) for each in ("", need)] == [True, False]


def test_a_visit_is_linked_to_what_there_is_by_whose_it_is(network: Network) -> None:
    visit = network.desk.log_visit(["yamada"], on=TODAY, **network.acting("k-north")).id
    with pytest.raises(NotAllowedError):
        network.desk.link_visit(visit, case_id=network.requested(), **network.acting("k-south"))
    with pytest.raises(UnknownRecordError):
        network.desk.link_visit(visit, case_id="c-999", **network.acting("k-north"))
    with pytest.raises(UnknownRecordError):
        network.desk.log_visit(["yamada"], on=TODAY, need_id="n-999", **network.acting("k-north"))


def test_a_paused_organisation_is_away_through_its_last_day_in_japan(network: Network) -> None:
    network.desk.pause("sato", until=TODAY, **network.acting("k-south"))
    midnight = MONDAY.replace(hour=0) + timedelta(days=1)
    network.clock.at = (midnight - timedelta(minutes=1)).astimezone(UTC)
    assert network.desk.not_to_be_shown() == {"sato"}
    network.clock.at = midnight.astimezone(UTC)
    assert network.desk.not_to_be_shown() == frozenset()


def test_times_are_days_of_japan(network: Network) -> None:
    assert date(2026, 6, 1) == TODAY
    network.clock.at = MONDAY.replace(hour=0, minute=30)
    assert network.desk.case(network.requested(), network.member("k-north")).opened_on == TODAY


def test_read_models_of_another_format_are_made_again_once_and_it_is_told_why(network: Network) -> None:
    network.asked()
    with closing(sqlite3.connect(network.models.file)) as connection:
        connection.execute("UPDATE position SET format = format - 1")
        connection.commit()
    told: list[tuple[str, int, int]] = []
    models = ReadModels(network.models.file, progress=lambda *report: told.append(report))
    desk = Desk(replace(network.office, models=models))
    n_events = network.ledger.head().seq
    assert desk.member("admin").id == "admin"
    assert told == [("rebuild-other-format", 0, n_events), ("rebuild-other-format", n_events, n_events)]
    rebuilt = desk.rebuild(MATCHBOT, progress=lambda *report: told.append(report))
    assert (rebuilt.n_events, rebuilt.is_equal, rebuilt.reason) == (n_events, True, Anew.OTHER_FORMAT)
    assert len(told) == 2
    network.desk.pause("sato", **network.acting("k-south"))
    assert desk.rebuild(MATCHBOT, progress=lambda *report: told.append(report)).reason is None
    assert [stage for stage, *_ in told[2:]] == ["rebuild", "rebuild"]


def test_what_few_events_have_changed_elsewhere_is_caught_up_with_in_silence(network: Network) -> None:
    told: list[tuple[str, int, int]] = []
    elsewhere = ReadModels(network.models.file.with_name("other.db"), progress=lambda *it: told.append(it))
    desk = Desk(replace(network.office, models=elsewhere))
    assert desk.member("admin").id == "admin"
    assert {stage for stage, *_ in told} == {"rebuild-missing"}
    told.clear()
    network.asked()
    assert len(desk.cases(network.member("staff"))) == 1
    assert told == []
