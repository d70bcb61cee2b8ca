"""Every action by every role: what a role may not do at all is refused at the desk, whoever asks.

Each command is given with arguments that would do; where its role is right it goes on to the checks
that follow, whatever they say.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.desk import Claim
from matchbot.errors import MatchbotError, NotAllowedError
from matchbot.following import PartyAnswer
from matchbot.indicators import FixedNetwork, Period, Target
from matchbot.introductions.words import Means
from matchbot.members import MemberRow
from matchbot.need import Purpose
from matchbot.policy import ALLOWED, Action, Role
from matchbot.profiles import Change
from small_network import PEOPLE, Network

DAY = date(2026, 6, 1)
MEMBERS = {row.role: row.id for row in reversed(PEOPLE)}
"""One member of each role: for firms and coordinators, those of the case below."""

Attempt = Callable[[Network, str, str, dict[str, Any]], object]


def drafted(network: Network) -> str:
    """A change of a profile that waits to be looked at."""
    by = network.acting("m-yamada")
    return network.desk.suggest_profile("yamada", Change.ADD, text="溶接もできる", **by).id


DEAL = {"kind": OutcomeKind.DEAL, "organisations": ["yamada", "suzuki"], "certainty": Certainty.CONFIRMED}

ATTEMPTS: dict[Action, Attempt] = {
    Action.SAVE_NEED: lambda n, c, _, by: n.desk.save_need("yamada", "需要", Purpose.SALES, **by),
    Action.ENTER_NEED: lambda n, c, _, by: n.desk.enter_need("yamada", "需要", Purpose.SALES, **by),
    Action.SHOW_PARTNERS: lambda n, c, _, by: n.desk.show_partners("", "yamada", ["sato"], **by),
    Action.RATE: lambda n, c, _, by: n.desk.rate("n-1", "yamada", "sato", is_fitting=True, **by),
    Action.REQUEST: lambda n, c, _, by: n.desk.request("yamada", ["sato"], purpose=Purpose.SALES, **by),
    Action.ENTER_REQUEST: lambda n, c, _, by: n.desk.enter_request(
        "yamada", ["sato"], means=Means.PHONE, purpose=Purpose.SALES, **by
    ),
    Action.PROPOSE: lambda n, c, _, by: n.desk.propose(["yamada", "sato"], purpose=Purpose.SALES, **by),
    Action.APPROVE: lambda n, c, _, by: n.desk.approve(c, **by),
    Action.RETURN_REQUEST: lambda n, c, _, by: n.desk.return_request(c, reason="もう少し詳しく", **by),
    Action.DECLINE: lambda n, c, _, by: n.desk.decline(c, reason="見送り", **by),
    Action.STOP: lambda n, c, _, by: n.desk.stop(c, reason="中止", **by),
    Action.CONSENT: lambda n, c, _, by: n.desk.consent(c, "yamada", **by),
    Action.REFUSE: lambda n, c, _, by: n.desk.refuse(c, "yamada", **by),
    Action.DEFER: lambda n, c, _, by: n.desk.defer(c, "yamada", until=DAY, **by),
    Action.RECORD_ANSWER: lambda n, c, _, by: n.desk.record_answer(
        c, "yamada", PartyAnswer.YES, means=Means.PHONE, **by
    ),
    Action.ASK_QUESTION: lambda n, c, _, by: n.desk.ask_question(c, "yamada", "量産できますか", **by),
    Action.ANSWER_QUESTION: lambda n, c, _, by: n.desk.answer_question(c, "q1", "できます", **by),
    Action.INTRODUCE: lambda n, c, _, by: n.desk.introduce(c, delivered_by=Means.MAIL, **by),
    Action.ORDER_DELIVERY: lambda n, c, _, by: n.desk.order_delivery(c, letter="紹介状", **by),
    Action.WITHDRAW: lambda n, c, _, by: n.desk.withdraw(c, **by),
    Action.CANCEL: lambda n, c, _, by: n.desk.cancel(c, reason="取消し", **by),
    Action.EXPIRE: lambda n, c, _, by: n.desk.expire(c, **by),
    Action.RECORD_NDA: lambda n, c, _, by: n.desk.sign_nda(c, signed_on=DAY, **by),
    Action.ATTACH: lambda n, c, _, by: n.desk.attach(c, "yamada", "会社案内", **by),
    Action.OPEN_DOCUMENT: lambda n, c, _, by: n.desk.open_document(c, "t-1", **by),
    Action.LOG_OUTSIDE: lambda n, c, _, by: n.desk.log_outside(
        ["yamada", "sato"], means=Means.FAIR, made_on=DAY, purpose=Purpose.SALES, **by
    ),
    Action.RECORD_PROGRESS: lambda n, c, _, by: n.desk.record_meeting(
        c, met_on=DAY, form=MeetingForm.ONLINE, organisation_id="yamada", **by
    ),
    Action.RECORD_OUTCOME: lambda n, c, _, by: n.desk.record_outcome(**DEAL, on=DAY, **by),
    Action.CLAIM_OUTCOME: lambda n, c, _, by: n.desk.claim_outcome(
        **DEAL, on=DAY, claim=Claim(organisation_id="yamada"), **by
    ),
    Action.ANSWER_FOLLOW_UP: lambda n, c, _, by: n.desk.answer_follow_up(
        c, "yamada", days=14, progress=CaseProgress.NO_CONTACT, **by
    ),
    Action.SEND_SURVEY: lambda n, c, _, by: n.desk.send_survey("2026", ["m-yamada"], **by),
    Action.ANSWER_SURVEY: lambda n, c, _, by: n.desk.answer_survey("2026", satisfaction=5, **by),
    Action.IMPORT_OUTCOMES: lambda n, c, file, by: n.desk.import_outcomes(Path(file), wave="2026", **by),
    Action.IMPORT_AWARDS: lambda n, c, file, by: n.desk.import_awards(Path(file), **by),
    Action.ADD_BUSINESS: lambda n, c, _, by: n.desk.add_business(
        ["yamada"], "b1", on=DAY, certainty=Certainty.EXPECTED, **by
    ),
    Action.LOG_VISIT: lambda n, c, _, by: n.desk.log_visit(["yamada"], on=DAY, **by),
    Action.CORRECT: lambda n, c, _, by: n.desk.reverse(c, reason="誤記", **by),
    Action.PAUSE: lambda n, c, _, by: n.desk.pause("yamada", **by),
    Action.RESUME: lambda n, c, _, by: n.desk.resume("yamada", **by),
    Action.OPT_OUT: lambda n, c, _, by: n.desk.opt_out("yamada", **by),
    Action.NEVER_INTRODUCE: lambda n, c, _, by: n.desk.never_introduce("yamada", "tanaka", **by),
    Action.SET_ABSENCE: lambda n, c, _, by: n.desk.set_absence(by["by"].id, DAY, DAY, **by),
    Action.HAND_OVER_CASE: lambda n, c, _, by: n.desk.hand_over_case(c, "k-north", **by),
    Action.HANDOVER: lambda n, c, _, by: n.desk.handover("k-north", "k-north-2", **by),
    Action.CLAIM_ORGANISATION: lambda n, c, _, by: n.desk.claim_organisation("tanaka", **by),
    Action.CONFIRM_CLAIM: lambda n, c, _, by: n.desk.confirm_claim("m-tanaka", **by),
    Action.REJECT_CLAIM: lambda n, c, _, by: n.desk.reject_claim("m-tanaka", **by),
    Action.CHOOSE_LANGUAGE: lambda n, c, _, by: n.desk.choose_language("en", **by),
    Action.SUGGEST_PROFILE: lambda n, c, _, by: n.desk.suggest_profile(
        "yamada", Change.ADD, text="溶接もできる", **by
    ),
    Action.DECIDE_DRAFT: lambda n, c, _, by: n.desk.decide_draft(drafted(n), True, **by),
    Action.SEE_DRAFTS: lambda n, c, _, by: n.desk.drafts(by["by"]),
    Action.SEE_OTHER_SIDE: lambda n, c, _, by: n.desk.other_side("suzuki", by["by"]),
    Action.REDUCE_NEEDS: lambda n, c, _, by: n.desk.reduce_needs("yamada", by["by"], len),
    Action.ASK_FOR_HELP: lambda n, c, _, by: n.desk.ask_for_help("補助金を教えて", **by),
    Action.TAKE_HELP: lambda n, c, _, by: n.desk.take_help("h-1", **by),
    Action.CLOSE_HELP: lambda n, c, _, by: n.desk.close_help("h-1", **by),
    Action.SEE_HELP: lambda n, c, _, by: n.desk.help_tickets(by["by"]),
    Action.MANAGE_MEMBERS: lambda n, c, _, by: n.desk.register_member(
        MemberRow(row=1, id="new", role=Role.STAFF), **by
    ),
    Action.SEE_CASE: lambda n, c, _, by: n.desk.case(c, by["by"]),
    Action.SEE_CASES: lambda n, c, _, by: n.desk.cases(by["by"]),
    Action.SEE_CASE_LOG: lambda n, c, _, by: n.desk.case_log(c, by["by"]),
    Action.SEE_QUEUE: lambda n, c, _, by: n.desk.queue(by["by"]),
    Action.SEE_LOAD: lambda n, c, _, by: n.desk.load(by["by"]),
    Action.SEE_ACCESSES: lambda n, c, _, by: n.desk.accesses("yamada", by["by"]),
    Action.SEE_INDICATORS: lambda n, c, _, by: n.desk.tallies(by["by"]),
    Action.DRAFT_STORY: lambda n, c, _, by: n.desk.draft_story(c, "成果", **by),
    Action.CONSENT_TO_STORY: lambda n, c, _, by: n.desk.consent_to_story(c, "yamada", **by),
    Action.PUBLISH_STORY: lambda n, c, _, by: n.desk.publish_story(c, **by),
    Action.SET_TARGET: lambda n, c, _, by: n.desk.set_target(
        Target(figure="I10a", period=Period.fiscal_year(2026), value=40), FixedNetwork(), **by
    ),
    Action.IMPORT_PERFORMANCE: lambda n, c, file, by: n.desk.import_performance(Path(file), **by),
    Action.MARK_BREAK: lambda n, c, _, by: n.desk.mark_break(FixedNetwork(), on=DAY, reason="改定", **by),
    Action.ADD_COMMENT: lambda n, c, _, by: n.desk.add_comment("I05", 2026, "増えています", **by),
    Action.ACT_ON_COMMENT: lambda n, c, _, by: n.desk.act_on_comment("r-1", "対応しました", **by),
    Action.PRIVACY_REPORT: lambda n, c, _, by: n.desk.privacy_report("m-yamada", by["by"]),
    Action.ERASE: lambda n, c, _, by: n.desk.erase("m-tanaka", **by),
    Action.VERIFY_LEDGER: lambda n, c, _, by: n.desk.verify(by["by"]),
    Action.REBUILD: lambda n, c, _, by: n.desk.rebuild(by["by"], progress=lambda *_: None),
    Action.BACK_UP: lambda n, c, file, by: n.desk.back_up(Path(file).parent / by["by"].id, by["by"]),
    Action.RUN_JOBS: lambda n, c, _, by: n.desk.close_follow_up(c, "yamada", days=14, **by),
    Action.NOTE_SEARCH_DATA: lambda n, c, _, by: n.desk.note_search_data(
        "20260601T030000Z-0", good_at=n.clock.now(), answered=(), **by
    ),
}

ELSEWHERE = {Action.RESTORE, Action.SIMULATE}
"""Done on a ledger that is not open, or of its own: not at the desk."""


def is_refused(attempt: Callable[[], object]) -> bool:
    """Whether it is refused because of the role, rather than for another reason or not at all."""
    try:
        attempt()
    except MatchbotError as error:
        return isinstance(error, NotAllowedError) and error.facts["reason"] == "not-your-role"
    return False


def test_every_action_is_tried() -> None:
    assert set(ATTEMPTS) | ELSEWHERE == set(Action)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_matrix_says_and_nothing_else(
    network: Network, tmp_path: Path, role: Role
) -> None:
    file = tmp_path / "outcomes.csv"
    file.write_text("kind,on,organisations\ndeal,2026-05-01,yamada suzuki\n")
    case_id = network.requested()
    refused = {
        action
        for action, attempt in ATTEMPTS.items()
        if is_refused(partial(attempt, network, case_id, str(file), network.acting(MEMBERS[role])))
    }
    assert refused == set(ATTEMPTS) - ALLOWED[role]


def test_whoever_has_left_may_do_nothing(network: Network) -> None:
    case_id = network.requested()
    member = network.member("k-north")
    network.desk.remove_member("k-north", **network.acting("staff"))
    with pytest.raises(NotAllowedError) as raised:
        network.desk.approve(case_id, by=member, key="late")
    assert raised.value.facts["reason"] == "not-registered"


def test_a_member_holds_the_role_that_is_registered_not_the_one_they_claim(network: Network) -> None:
    pretender = replace(network.member("m-yamada"), role=Role.STAFF)
    case_id = network.requested()
    with pytest.raises(NotAllowedError):
        network.desk.approve(case_id, by=pretender, key="pretending")


@pytest.mark.parametrize("member_id", ["m-tanaka", "k-south"])
def test_nobody_decides_for_others(network: Network, member_id: str) -> None:
    need = network.desk.save_need("yamada", "需要", Purpose.SALES, **network.acting("m-yamada"))
    case_id = network.requested("tanaka")
    attempts: list[Callable[[], object]] = [
        lambda: network.desk.approve(case_id, **network.acting(member_id)),
        lambda: network.desk.withdraw(case_id, **network.acting(member_id)),
        lambda: network.desk.pause("yamada", **network.acting(member_id)),
        lambda: network.desk.close_need(need.id, **network.acting(member_id)),
        lambda: network.desk.privacy_report("m-yamada", network.member(member_id)),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()
