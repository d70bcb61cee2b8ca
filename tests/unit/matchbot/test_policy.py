"""What the network allows."""

from datetime import date, timedelta

import pytest

from matchbot.errors import (
    ConflictError,
    NotAllowedError,
    PausedError,
    QuotaExceededError,
    ReasonNeededError,
    RepeatedTextError,
    UnavailableError,
    user_message,
)
from matchbot.policy import (
    ALLOWED,
    Action,
    Barred,
    Closeness,
    NeverIntroduce,
    PastRequest,
    Quota,
    Repeat,
    Role,
    Standing,
    Tie,
    are_barred,
    check_approver,
    check_parties,
    check_quotas,
    check_role,
    check_text,
    conflicts,
    eligible_approvers,
    may,
    months_after,
    open_quota,
    recipient_quota,
    repeats,
    similarity,
    weekly_quota,
)
from matchbot.rules import Rules
from matchbot.texts import Texts

RULES = Rules()
TODAY = date(2026, 5, 20)


def days(n: int) -> timedelta:
    return timedelta(days=n)


# --- roles and actions ---

F, C, S, E, A = Role.FIRM, Role.COORDINATOR, Role.STAFF, Role.EVALUATOR, Role.ADMINISTRATOR

MATRIX = {
    Action.SAVE_NEED: {F},
    Action.ENTER_NEED: {C},
    Action.ENTER_REQUEST: {C},
    Action.SHOW_PARTNERS: {F, C, S, A},
    Action.RATE: {F},
    Action.REQUEST: {F},
    Action.PROPOSE: {C},
    Action.APPROVE: {C, S},
    Action.RETURN_REQUEST: {C, S},
    Action.DECLINE: {C, S},
    Action.STOP: {C, S},
    Action.CONSENT: {F},
    Action.REFUSE: {F},
    Action.DEFER: {F},
    Action.RECORD_ANSWER: {C, S},
    Action.ASK_QUESTION: {F, C, S},
    Action.ANSWER_QUESTION: {F, C, S},
    Action.INTRODUCE: {C, S},
    Action.ORDER_DELIVERY: {C, S},
    Action.WITHDRAW: {F, C},
    Action.CANCEL: {C, S},
    Action.EXPIRE: {A},
    Action.RECORD_NDA: {C},
    Action.ATTACH: {F, C, S},
    Action.OPEN_DOCUMENT: {F, C, S},
    Action.LOG_OUTSIDE: {C},
    Action.RECORD_PROGRESS: {F, C},
    Action.RECORD_OUTCOME: {C, S},
    Action.CLAIM_OUTCOME: {F, C, S},
    Action.ANSWER_FOLLOW_UP: {F, C, S},
    Action.ANSWER_SURVEY: {F, C, S},
    Action.SEND_SURVEY: {S},
    Action.IMPORT_OUTCOMES: {S},
    Action.IMPORT_AWARDS: {S},
    Action.ADD_BUSINESS: {C, S},
    Action.LOG_VISIT: {C},
    Action.CORRECT: {C, S},
    Action.PAUSE: {F, C},
    Action.RESUME: {F, C},
    Action.OPT_OUT: {F, C},
    Action.NEVER_INTRODUCE: {F, C},
    Action.SET_ABSENCE: {C, S},
    Action.HAND_OVER_CASE: {C, S},
    Action.HANDOVER: {S},
    Action.MANAGE_MEMBERS: {S, A},
    Action.CLAIM_ORGANISATION: {F},
    Action.CONFIRM_CLAIM: {C, S},
    Action.REJECT_CLAIM: {C, S},
    Action.CHOOSE_LANGUAGE: {F, C, S, E, A},
    Action.SUGGEST_PROFILE: {F},
    Action.DECIDE_DRAFT: {C, S},
    Action.SEE_DRAFTS: {F, C, S},
    Action.REDUCE_NEEDS: {F, C, S},
    Action.SEE_OTHER_SIDE: {F, C, S},
    Action.ASK_FOR_HELP: {F, C, S, E, A},
    Action.TAKE_HELP: {C, S},
    Action.CLOSE_HELP: {C, S},
    Action.SEE_HELP: {F, C, S, E, A},
    Action.DRAFT_STORY: {C, S},
    Action.CONSENT_TO_STORY: {F, C, S},
    Action.PUBLISH_STORY: {S},
    Action.SET_TARGET: {S},
    Action.IMPORT_PERFORMANCE: {S},
    Action.MARK_BREAK: {S},
    Action.ADD_COMMENT: {S},
    Action.ACT_ON_COMMENT: {S},
    Action.SEE_CASE: {F, C, S},
    Action.SEE_CASES: {F, C, S},
    Action.SEE_CASE_LOG: {C, S},
    Action.SEE_QUEUE: {C, S},
    Action.SEE_LOAD: {C, S},
    Action.SEE_ACCESSES: {F},
    Action.SEE_INDICATORS: {C, S, E, A},
    Action.PRIVACY_REPORT: {F, C, S, A},
    Action.ERASE: {A},
    Action.VERIFY_LEDGER: {E, A},
    Action.REBUILD: {A},
    Action.BACK_UP: {A},
    Action.RESTORE: {A},
    Action.RUN_JOBS: {A},
    Action.SIMULATE: {A},
    Action.NOTE_SEARCH_DATA: {A},
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_stands_in_the_matrix_and_nothing_else(role, action):
    assert may(role, action) is (role in MATRIX[action])


def test_an_evaluator_changes_nothing_and_reads_no_case():
    about_oneself = {Action.CHOOSE_LANGUAGE, Action.ASK_FOR_HELP, Action.SEE_HELP}
    assert ALLOWED[E] - about_oneself == {Action.SEE_INDICATORS, Action.VERIFY_LEDGER}


def test_who_may_not_is_told_what_and_why():
    check_role(C, Action.APPROVE)
    with pytest.raises(NotAllowedError) as caught:
        check_role(F, Action.APPROVE)
    assert caught.value.facts == {"role": F, "action": Action.APPROVE, "reason": "not-your-role"}
    assert "会員企業・研究者の権限にありません" in user_message(caught.value, Texts("ja"))


# --- who approves ---

PARTIES = {"firm:a": "株式会社甲", "univ:b": "乙大学"}
EMPLOYED = Tie("ito", "univ:b", Closeness.EMPLOYED)
BANK = Tie("ueda", "firm:a", Closeness.MAIN_BANK)
ELSEWHERE = Tie("endo", "firm:z", Closeness.EMPLOYED)
TIES = (EMPLOYED, BANK, ELSEWHERE)


def test_only_ties_to_a_party_are_conflicts():
    assert conflicts("ito", PARTIES, TIES) == (EMPLOYED,)
    assert conflicts("endo", PARTIES, TIES) == ()


@pytest.mark.parametrize("has_reason", [False, True])
def test_an_approver_employed_by_a_party_is_refused_whatever_the_reason(has_reason):
    with pytest.raises(ConflictError) as caught:
        check_approver("ito", PARTIES, TIES, has_reason=has_reason)
    assert caught.value.facts == {"organisation": "乙大学", "reason": "employed"}


@pytest.mark.parametrize("closeness", [Closeness.MAIN_BANK, Closeness.SAME_GROUP, Closeness.OTHER])
def test_other_closeness_asks_for_a_reason_and_then_warns(closeness):
    tie = Tie("ueda", "firm:a", closeness)
    with pytest.raises(ReasonNeededError) as caught:
        check_approver("ueda", PARTIES, [tie])
    assert caught.value.facts == {"organisation": "株式会社甲", "reason": closeness}
    assert check_approver("ueda", PARTIES, [tie], has_reason=True) == (tie,)


def test_employment_counts_before_any_other_closeness():
    with pytest.raises(ConflictError):
        check_approver("ito", PARTIES, [Tie("ito", "firm:a", Closeness.OTHER), EMPLOYED], has_reason=True)


def test_who_is_close_to_nobody_approves_without_a_reason():
    assert check_approver("endo", PARTIES, TIES) == ()


def test_nobody_gives_both_approvals():
    with pytest.raises(ConflictError) as caught:
        check_approver("endo", PARTIES, TIES, approved_by={"endo"})
    assert caught.value.facts["reason"] == "approved-before"


@pytest.mark.parametrize(
    ("candidates", "approved_by", "who"),
    [
        (["ito", "ueda", "endo"], [], ("ueda", "endo")),
        (["endo"], ["endo"], ("office",)),
        (["ito"], [], ("office",)),
        ([], [], ("office",)),
    ],
)
def test_without_an_approver_the_case_goes_to_the_staff(candidates, approved_by, who):
    assert eligible_approvers(candidates, PARTIES, TIES, approved_by=approved_by, staff=["office"]) == who


def test_staff_employed_by_a_party_does_not_stand_in():
    assert eligible_approvers([], PARTIES, TIES, staff=["ito"]) == ()


# --- how often ---


def asked(
    n_days_ago: int, *others: str, by: str = "firm:a", n_days_left: int = 15, case_id: str = "", **facts
) -> PastRequest:
    on = TODAY - days(n_days_ago)
    parties = frozenset({by, *others} - {""})
    return PastRequest(case_id or f"case-{n_days_ago}", by, parties, on, TODAY + days(n_days_left), **facts)


def test_five_requests_in_seven_days_are_all_and_the_sixth_knows_its_day():
    history = [asked(n) for n in (6, 5, 4, 3)]
    assert weekly_quota("firm:a", history, on=TODAY, rules=RULES) == Quota(used=4, limit=5)
    full = [*history, asked(0)]
    quota = weekly_quota("firm:a", full, on=TODAY, rules=RULES)
    assert quota == Quota(used=5, limit=5, frees_on=TODAY - days(6) + days(7))
    assert quota.left == 5 - 5
    assert weekly_quota("firm:a", full, on=quota.frees_on, rules=RULES).left == 1


def test_a_request_of_a_week_ago_no_longer_counts():
    assert weekly_quota("firm:a", [asked(7)], on=TODAY, rules=RULES).used == 0


def test_what_was_given_back_or_asked_by_others_does_not_count():
    history = [asked(1), asked(1, is_refunded=True, is_open=False), asked(1, by="firm:c")]
    assert weekly_quota("firm:a", history, on=TODAY, rules=RULES).used == 1


def test_a_limit_that_was_lowered_frees_only_when_enough_have_passed():
    rules = Rules(requests_per_week=2)
    history = [asked(n) for n in (6, 4, 2, 1)]
    quota = weekly_quota("firm:a", history, on=TODAY, rules=rules)
    assert quota.left == 0
    assert quota.frees_on == TODAY - days(2) + days(7)  # then only one of them, of yesterday, counts


def test_open_requests_free_the_day_after_the_first_expires():
    rules = Rules(open_requests=2)
    history = [asked(30, n_days_left=3), asked(29, n_days_left=8), asked(28, is_open=False)]
    quota = open_quota("firm:a", history, on=TODAY, rules=rules)
    assert quota == Quota(used=2, limit=2, frees_on=TODAY + days(3 + 1))
    assert open_quota("firm:a", history, on=quota.frees_on, rules=rules).left == 1


def test_a_recipient_is_asked_for_so_often_in_a_quarter():
    rules = Rules(recipient_per_quarter=2)
    first_of_quarter = (TODAY - date(2026, 4, 1)).days
    history = [
        asked(first_of_quarter + 1, "univ:b"),
        asked(first_of_quarter, "univ:b"),
        asked(3, "univ:b", by="firm:c"),
        asked(2, "univ:b", is_refunded=True),
        asked(2, "firm:a", by="univ:b"),
    ]
    assert recipient_quota("univ:b", history, on=TODAY, rules=rules) == Quota(2, 2, date(2026, 7, 1))
    assert recipient_quota("univ:b", history, on=date(2026, 7, 1), rules=rules).left == 2


def test_the_last_quarter_of_a_year_ends_with_it():
    rules = Rules(recipient_per_quarter=1)
    december = date(2026, 12, 15)
    history = [PastRequest("1", "firm:a", frozenset(PARTIES), december, december)]
    assert recipient_quota("univ:b", history, on=december, rules=rules).frees_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("rules", "reason", "frees_on"),
    [
        (Rules(requests_per_week=1), "quota-week", TODAY - days(3) + days(7)),
        (Rules(open_requests=1), "quota-open", TODAY + days(15 + 1)),
        (Rules(recipient_per_quarter=1), "quota-recipient", date(2026, 7, 1)),
    ],
)
def test_a_request_beyond_a_limit_is_refused_with_the_date_that_frees_it(rules, reason, frees_on):
    history = [asked(3, "univ:b")]
    check_quotas("firm:a", PARTIES, history, on=TODAY, rules=RULES)
    with pytest.raises(QuotaExceededError) as caught:
        check_quotas("firm:a", PARTIES, history, on=TODAY, rules=rules)
    assert caught.value.facts == {"reason": reason, "limit": 1, "frees_on": frees_on}


def test_a_proposal_has_no_limit_but_those_of_its_parties():
    history = [asked(1, "firm:a", "univ:b", by="")]
    check_quotas("", PARTIES, history, on=TODAY, rules=Rules(requests_per_week=1, open_requests=1))
    with pytest.raises(QuotaExceededError):
        check_quotas("", PARTIES, history, on=TODAY, rules=Rules(recipient_per_quarter=1))


# --- the same again ---


def test_a_pair_that_met_within_a_year_is_linked_whoever_asked():
    history = [asked(40, "univ:b", case_id="old"), asked(20, "firm:a", by="univ:b", case_id="new")]
    found = repeats(PARTIES, history, on=TODAY, rules=RULES)
    assert found == (Repeat(frozenset(PARTIES), "new", TODAY - days(20)),)


def test_a_pair_is_forgotten_after_twelve_months():
    year = (TODAY - date(2025, 5, 20)).days
    assert repeats(PARTIES, [asked(year, "univ:b")], on=TODAY, rules=RULES)
    assert not repeats(PARTIES, [asked(year + 1, "univ:b")], on=TODAY, rules=RULES)


def test_every_two_of_a_consortium_are_a_pair():
    history = [asked(9, "univ:b", "bank:c", case_id="three")]
    assert [each.case_id for each in repeats(["bank:c", "univ:b"], history, on=TODAY, rules=RULES)] == [
        "three"
    ]
    assert len(repeats(["firm:a", "univ:b", "bank:c", "firm:d"], history, on=TODAY, rules=RULES)) == 3
    assert not repeats(["firm:a", "firm:d"], history, on=TODAY, rules=RULES)


@pytest.mark.parametrize(
    ("day", "n_months", "then"),
    [
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_a_month_ends_where_it_ends(day, n_months, then):
    assert months_after(day, n_months) == then


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("abcd", "abcd", 1.0),
        ("ＡＢＣ　ｄ", "abcd", 1.0),
        ("abcd", "abce", 1 / 3),  # abc of abc, bcd, bce
        ("abc", "xyz", 0.0),
        ("ab", "ab", 1.0),
        ("", "", 1.0),
        ("", "abc", 0.0),
    ],
)
def test_texts_are_compared_by_their_trigrams_however_they_are_typed(one, other, share):
    assert similarity(one, other) == pytest.approx(share)


TEXT = (
    "ガラス基板の微細な欠陥を検査できる装置を共同で開発したいと考えています。"
    "量産工程への組み込みを想定しています。"
)


def sent(n_days_ago: int, text: str = TEXT) -> tuple[date, str]:
    return TODAY - days(n_days_ago), text


def test_the_same_text_to_many_is_refused_until_the_first_is_a_week_old():
    history = [sent(5), sent(3), sent(1)]
    with pytest.raises(RepeatedTextError) as caught:
        check_text(TEXT, history, on=TODAY, rules=RULES)
    assert caught.value.facts == {"limit": 3, "days": 7, "frees_on": TODAY - days(5) + days(7)}
    check_text(TEXT, history, on=TODAY - days(5) + days(7), rules=RULES)


def test_a_dot_more_does_not_make_another_text():
    history = [sent(5), sent(3), sent(1)]
    with pytest.raises(RepeatedTextError):
        check_text(TEXT + "！", history, on=TODAY, rules=RULES)


@pytest.mark.parametrize(
    "history",
    [
        [sent(5), sent(3)],
        [sent(9), sent(3), sent(1)],
        [sent(5), sent(3), sent(1, text="樹皮を使った土壌改良材を量産したい")],
    ],
    ids=["few", "long-ago", "another-text"],
)
def test_a_text_that_has_not_gone_to_many_passes(history):
    check_text(TEXT, history, on=TODAY, rules=RULES)


def test_no_text_at_all_is_no_repetition():
    check_text("", [sent(n, text="") for n in (1, 2, 3)], on=TODAY, rules=RULES)


# --- with whom ---

ASKER = Standing("firm:a", frozenset({"ando"}), "group:a")
OTHER = Standing("univ:b", frozenset({"baba"}), "group:b")


@pytest.mark.parametrize(
    "entry",
    [
        NeverIntroduce("firm:a", Barred.ORGANISATION, "univ:b"),
        NeverIntroduce("firm:a", Barred.PERSON, "baba"),
        NeverIntroduce("firm:a", Barred.GROUP, "group:b"),
        NeverIntroduce("univ:b", Barred.ORGANISATION, "firm:a"),
        NeverIntroduce("univ:b", Barred.PERSON, "ando"),
        NeverIntroduce("univ:b", Barred.GROUP, "group:a"),
    ],
)
def test_a_never_introduce_entry_holds_both_ways(entry):
    assert are_barred(ASKER, OTHER, [entry])
    assert are_barred(OTHER, ASKER, [entry])


@pytest.mark.parametrize(
    "entry",
    [
        NeverIntroduce("firm:z", Barred.ORGANISATION, "univ:b"),
        NeverIntroduce("firm:a", Barred.ORGANISATION, "baba"),
        NeverIntroduce("firm:a", Barred.GROUP, ""),
    ],
    ids=["somebody-else's", "another-kind-of-id", "no-group"],
)
def test_an_entry_holds_for_nobody_else(entry):
    assert not are_barred(ASKER, Standing("univ:b", frozenset({"baba"})), [entry])


def test_a_pause_holds_through_its_last_day_and_an_opt_out_for_good():
    paused = Standing("univ:b", paused_until=TODAY)
    assert not paused.takes_part(TODAY)
    assert paused.takes_part(TODAY + days(1))
    assert not Standing("univ:b", is_opted_out=True).takes_part(TODAY + days(9999))


def test_nobody_can_tell_a_never_introduce_entry_from_a_pause_or_an_opt_out():
    told = []
    for other, entries in [
        (OTHER, [NeverIntroduce("univ:b", Barred.ORGANISATION, "firm:a")]),
        (Standing("univ:b", paused_until=TODAY), []),
        (Standing("univ:b", is_opted_out=True), []),
    ]:
        with pytest.raises(UnavailableError) as caught:
            check_parties(ASKER, [other], entries, on=TODAY)
        told.append((type(caught.value), str(caught.value), user_message(caught.value, Texts("ja"))))
    assert len(set(told)) == 1
    assert caught.value.facts == {}


def test_no_two_parties_of_a_consortium_may_be_barred():
    bank = Standing("bank:c")
    entry = NeverIntroduce("bank:c", Barred.ORGANISATION, "univ:b")
    check_parties(ASKER, [OTHER, bank], [], on=TODAY)
    with pytest.raises(UnavailableError):
        check_parties(ASKER, [OTHER, bank], [entry], on=TODAY)


@pytest.mark.parametrize(
    ("requester", "facts"),
    [
        (Standing("firm:a", paused_until=TODAY), {"reason": "own-pause", "until": TODAY}),
        (Standing("firm:a", paused_until=date.max), {"reason": "own-pause-open", "until": ""}),
        (Standing("firm:a", is_opted_out=True), {"reason": "own-opt-out", "until": ""}),
    ],
)
def test_who_has_paused_itself_is_told_so(requester, facts):
    with pytest.raises(PausedError) as caught:
        check_parties(requester, [OTHER], [], on=TODAY)
    assert caught.value.facts == facts
