"""What coordinators and counterparts see and decide in Slack, with the real bot, ledger and search."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from matchbot.desk import MessageKind
from matchbot.policy import Closeness
from slack_app.demo.records import BOT_USER, View
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_workplace import (
    AWAY,
    COLLEAGUE,
    FIRM,
    HOME,
    HOME_2,
    MASKED,
    NEED,
    OURS,
    PARTNER,
    SECRET,
    THEIRS,
    Workplace,
    at_work,
    button,
    buttons,
)

QUEUE = "C0QUEUE"


@pytest.fixture
def with_queue(tmp_path) -> Iterator[Workplace]:
    with at_work(tmp_path / "home", queue_channels=f"krip={QUEUE}") as place:
        place.workspace.add_channel("queue", [BOT_USER, HOME, HOME_2, FIRM], kind="private", id=QUEUE)
        yield place


@pytest.fixture
def hasty(tmp_path) -> Iterator[Workplace]:
    with at_work(tmp_path / "home", patience_s=0.2) as place:
        yield place


def test_a_card_tells_a_coordinator_all_that_the_case_shows(place: Workplace) -> None:
    case_id = place.requested()
    card = place.inbox(HOME)[-1]
    case = place.service.desk.case(case_id, place.member("k-home"))
    for known in (
        case_id,
        "北0工業",
        "北1工業",
        "試作をご一緒したい",
        "4件",
        "を1台もつ",
        "利害関係",
    ):
        assert known in card.shown, known
    assert "打診前" in card.shown
    assert "会ってみる" not in card.shown
    assert buttons(card) == ["approve", "return", "decline", "hand_over"]
    assert case.card.quota_left == 4
    assert [buttons(place.inbox(user)[-1]) for user in (HOME_2, AWAY)] == [buttons(card), ["stop"]]


def test_nothing_reaches_the_partner_before_approval(place: Workplace) -> None:
    place.requested()
    assert place.inbox(PARTNER) == []
    place.click(HOME, place.inbox(HOME)[-1], "approve")
    (card,) = place.inbox(PARTNER)
    assert buttons(card) == ["consent", "refuse", "defer", "question"]
    assert "北0工業" in card.shown


def test_after_a_decision_every_card_changes_in_its_place_and_its_buttons_go(place: Workplace) -> None:
    case_id = place.requested()
    cards = [place.inbox(user)[-1] for user in (HOME, HOME_2)]
    place.click(HOME, cards[0], "approve")
    for card in map(place.now, cards):
        assert buttons(card) == []
        assert "承認: <@U0HOME>" in card.shown
    assert place.state(case_id) == "asked"


def test_a_decided_card_asks_for_nothing_any_more(place: Workplace) -> None:
    case_id = place.requested()
    card = place.inbox(HOME)[-1]
    assert "承認のお願い" in card.shown
    place.click(HOME, card, "approve")
    assert "承認のお願い" not in place.now(card).shown
    assert f"案件 {case_id}（こちらでの対応は済みました）" in place.now(card).text


def test_a_need_that_the_partner_would_read_as_it_is_stands_on_the_card_once(place: Workplace) -> None:
    place.requested(brief=NEED)
    card = place.inbox(HOME)[-1].shown
    assert card.count(NEED) == 1
    assert "ニーズ・相手に読んでもらう内容" in card


def test_the_receipt_of_a_request_says_where_it_stands(place: Workplace) -> None:
    case_id = place.requested()
    receipt = place.inbox(FIRM)[-1]
    assert "次はコーディネーターの確認です" in receipt.shown
    place.click(HOME, place.inbox(HOME)[-1], "approve")
    now = place.now(receipt).shown
    assert f"受け付けました（案件 {case_id}）" in now
    assert "次はコーディネーターの確認です" not in now
    assert "相手の返事待ち・期限" in now


def test_who_clicks_late_is_told_who_was_first(place: Workplace) -> None:
    case_id = place.requested()
    cards = {user: place.inbox(user)[-1] for user in (HOME, HOME_2)}
    place.click(HOME, cards[HOME], "approve")
    for action in ("approve", "return", "decline"):
        place.click(HOME_2, cards[HOME_2], action)
        assert f"案件 {case_id} は、<@{HOME}>が対応済みです" in place.inbox(HOME_2)[-1].text
    assert place.events(case_id).count("IntroductionApproved") == 1


def test_a_button_clicked_five_times_decides_once(place: Workplace) -> None:
    case_id = place.requested()
    card = place.inbox(HOME)[-1]
    first = place.click(HOME, card, "approve")
    place.server.people.replay(first)
    place.restart()
    place.server.people.replay(first)
    place.click(HOME, card, "approve")
    place.settle()
    assert place.events(case_id).count("IntroductionApproved") == 1
    assert len(place.inbox(PARTNER)) == 1


def test_in_the_queue_channel_one_card_stands_for_all(with_queue: Workplace) -> None:
    place = with_queue
    case_id = place.requested()
    (card,) = place.channel(QUEUE)
    assert place.inbox(HOME) == []
    place.click(FIRM, card, "approve")
    assert "権限にありません" in place.channel(QUEUE, FIRM)[-1].text
    assert len(place.channel(QUEUE, HOME)) == 1
    place.click(HOME_2, card, "approve")
    assert buttons(place.now(card)) == []
    place.click(HOME, card, "approve")
    assert f"<@{HOME_2}>が対応済み" in place.channel(QUEUE, HOME)[-1].text
    assert place.state(case_id) == "asked"


def test_a_card_in_the_channel_goes_on_when_the_coordinator_it_was_posted_for_has_left(
    with_queue: Workplace,
) -> None:
    place = with_queue
    place.requested()
    (card,) = place.channel(QUEUE)
    place.service.desk.remove_member("k-home", by=place.member("staff"), key="left")
    place.click(HOME_2, card, "approve")
    assert buttons(place.now(card)) == []
    assert "承認" in place.now(card).shown


def test_where_the_channel_cannot_be_written_to_the_card_comes_by_dm(tmp_path) -> None:
    with at_work(tmp_path / "home", queue_channels="krip=C0NOWHERE") as place:
        place.requested()
        assert all("approve" in buttons(place.inbox(user)[-1]) for user in (HOME, HOME_2))


def test_a_request_is_declined_with_a_reason_that_the_requester_never_reads(place: Workplace) -> None:
    case_id = place.requested()
    place.click(HOME, place.inbox(HOME)[-1], "decline")
    assert place.fill(HOME, reason=" ").errors == {"reason": "入力してください。"}
    place.fill(HOME, reason="競合のおそれ")
    assert place.state(case_id) == "declined"
    assert "競合のおそれ" in place.inbox(HOME)[0].shown
    assert "競合のおそれ" not in place.everything_seen(FIRM)


def test_the_other_cluster_stops_a_case_until_its_side_has_answered(place: Workplace) -> None:
    case_id = place.asked()
    told = next(m for m in place.inbox(AWAY) if "stop" in buttons(m))
    place.click(AWAY, told, "stop")
    place.fill(AWAY, reason="すでに取引がある")
    assert place.state(case_id) == "cancelled"
    assert buttons(place.now(told)) == []
    assert all(buttons(place.now(card)) == [] for card in place.inbox(PARTNER))
    assert "すでに取引がある" not in place.everything_seen(FIRM) + place.everything_seen(PARTNER)


def test_a_case_is_stopped_no_longer_once_its_side_has_answered(place: Workplace) -> None:
    case_id = place.asked()
    told = next(m for m in place.inbox(AWAY) if "stop" in buttons(m))
    place.click(PARTNER, place.inbox(PARTNER)[0], "consent")
    assert buttons(place.now(told)) == []
    place.click(AWAY, told, "stop")
    assert "対応済み" in place.inbox(AWAY)[-1].text
    assert place.state(case_id) == "consented"


def test_who_works_for_a_party_cannot_approve_and_who_is_close_gives_a_reason(place: Workplace) -> None:
    desk, staff = place.service.desk, place.member("staff")
    desk.declare_closeness("k-home", THEIRS, Closeness.MAIN_BANK, by=staff, key="close")
    desk.declare_closeness("k-home-2", OURS, Closeness.EMPLOYED, by=staff, key="employed")
    case_id = place.requested()
    card = place.inbox(HOME)[-1]
    assert "<@U0HOME>: 北1工業（主取引銀行）" in card.shown
    assert place.inbox(HOME_2) == []
    place.click(HOME_2, card, "approve")
    assert place.state(case_id) == "requested"
    place.click(HOME, card, "approve")
    place.click(HOME, place.inbox(HOME)[-1], "approve_with_reason")
    place.fill(HOME, reason="取引とは関係がない")
    assert place.state(case_id) == "asked"


def test_a_case_is_handed_over_to_another_coordinator(place: Workplace) -> None:
    case_id = place.requested()
    card = place.inbox(HOME)[-1]
    place.click(HOME, card, "hand_over")
    place.fill(HOME, person=FIRM)
    assert "担当している人だけ" in place.inbox(HOME)[-1].text
    place.click(HOME, card, "hand_over")
    place.fill(HOME, person=HOME_2)
    case = place.service.desk.case(case_id, place.member("k-home-2"))
    assert case.coordinator == "k-home-2"
    assert "approve" in buttons(place.now(card))


# --- The counterpart ---


def test_a_masked_requester_stays_a_code_for_the_partner(place: Workplace) -> None:
    place.requested(THEIRS, user=SECRET, brief="北4工業です。お会いしたい")
    for user in (HOME, AWAY):
        place.click(user, next(m for m in place.inbox(user) if "approve" in buttons(m)), "approve")
    (card,) = place.inbox(PARTNER)
    assert "M-" in card.shown
    assert "北4" not in place.everything_seen(PARTNER)
    assert MASKED not in str(card.blocks)


def test_a_requester_can_choose_to_be_named_only_after_the_partner_has_consented(place: Workplace) -> None:
    case_id = place.requested(brief="北0工業の試作です。https://kita0.example", visibility="anonymous")
    for user in (HOME, AWAY):
        card = next(m for m in place.inbox(user) if "approve" in buttons(m))
        assert "北0工業 は、希望により、全員が同意するまで M-" in card.shown
        place.click(user, card, "approve")
    (card,) = place.inbox(PARTNER)
    assert "M-" in card.shown
    place.click(PARTNER, card, "question")
    place.fill(PARTNER, text="どんな試作ですか")
    place.click(FIRM, next(m for m in place.inbox(FIRM) if "reply" in buttons(m)), "reply")
    place.fill(FIRM, text="北0工業では、薄い膜を作ります")
    place.clock.go_on(days=4)
    place.do_jobs()
    place.server.people.open_home(PARTNER)
    place.settle()
    assert "薄い膜を作ります" in place.everything_seen(PARTNER)
    assert [
        told for told in place.posted_to(PARTNER) if "北0" in told or "kita0" in told or OURS in told
    ] == []

    assert "名称は、双方が同意するまで" in place.now(card).shown
    place.click(PARTNER, card, "consent")
    assert "北0工業" in place.now(card).shown
    assert "名称は、双方が同意するまで" not in place.now(card).shown
    assert place.state(case_id) == "consented"


def test_a_firm_with_a_masked_profile_is_not_asked_how_it_is_to_be_named(place: Workplace) -> None:
    card = place.write(SECRET, NEED)
    place.click(SECRET, card, "request")
    form = place.form(SECRET)
    assert "visibility" not in [block.get("block_id") for block in form.blocks]
    assert "貴機関のプロフィールは非公開" in str(form.blocks)


def test_a_form_that_takes_long_has_something_in_its_place_until_it_is_there(hasty: Workplace) -> None:
    case_id = hasty.requested()
    card = hasty.inbox(HOME)[-1]
    with busy(hasty):
        hasty.server.people.click(HOME, card, "return")
        waiting = opened(hasty, HOME)
        assert waiting.content["callback_id"] == "waiting"
        assert "準備しています… / One moment…" in str(waiting.blocks)
    hasty.settle()
    assert hasty.form(HOME).id == waiting.id
    assert hasty.form(HOME).content["callback_id"] == "return_form"
    hasty.fill(HOME, reason="もう少し詳しく")
    assert hasty.state(case_id) == "returned"


def test_what_stands_for_a_form_says_why_there_is_none(hasty: Workplace) -> None:
    case_id = hasty.requested()
    card = hasty.inbox(HOME)[-1]
    with busy(hasty):
        hasty.server.people.click(HOME_2, card, "decline")
        hasty.service.desk.approve(case_id, cluster="krip", by=hasty.member("k-home"), key="meanwhile")
        opened(hasty, HOME_2)
    hasty.settle()
    assert "対応済み" in str(hasty.form(HOME_2).blocks)


@pytest.mark.parametrize("lost", ["views.open", "nothing"])
def test_what_stands_for_a_form_gives_way_to_it_when_slack_is_back(hasty: Workplace, lost: str) -> None:
    hasty.requested()
    card = hasty.inbox(HOME)[-1]
    with busy(hasty):
        # Slack opens it, and we never learn so.
        hasty.server.faults.silent_after_acceptance(0.0, lost)
        hasty.server.people.click(HOME, card, "return")
        waiting = opened(hasty, HOME)
        hasty.server.faults.clear()
        hasty.server.faults.unavailable()
    hasty.settle()
    assert hasty.form(HOME).content["callback_id"] == "waiting"
    hasty.server.faults.clear()
    hasty.settle()
    hasty.settle()
    assert (hasty.form(HOME).id, hasty.form(HOME).content["callback_id"]) == (waiting.id, "return_form")


def test_what_stands_for_a_form_that_is_not_to_be_had_any_more_says_so_when_slack_is_back(
    hasty: Workplace,
) -> None:
    case_id = hasty.requested()
    card = hasty.inbox(HOME_2)[-1]
    with busy(hasty):
        hasty.server.people.click(HOME_2, card, "decline")
        opened(hasty, HOME_2)
        hasty.server.faults.unavailable()
        hasty.service.desk.approve(case_id, cluster="krip", by=hasty.member("k-home"), key="meanwhile")
    hasty.settle()
    hasty.server.faults.clear()
    hasty.settle()
    hasty.settle()
    assert "対応済み" in str(hasty.form(HOME_2).blocks)


def test_whoever_got_no_form_since_slack_was_away_is_told_so_when_it_is_back(place: Workplace) -> None:
    place.requested()
    n_seen = len(place.inbox(HOME))
    place.server.faults.unavailable()
    place.click(HOME, place.inbox(HOME)[-1], "return")
    assert place.workspace.modal(HOME) is None
    place.server.faults.clear()
    place.server.faults.fail("expired_trigger_id", "views.open", times=1)
    place.settle()
    place.settle()
    assert place.workspace.modal(HOME) is None
    assert "ボタンをもう一度押してください" in place.inbox(HOME)[n_seen].text


@contextmanager
def busy(place: Workplace) -> Iterator[None]:
    """Every thread that answers has something else to do."""
    is_over = Event()
    for number in range(place.settings.slack.workers):
        place.bot.lanes.put(f"busy-{number}", lambda: is_over.wait(60))
    try:
        yield
    finally:
        is_over.set()


def opened(place: Workplace, user: str) -> View:
    """The form that somebody sees after a while."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if view := place.workspace.modal(user):
            return view
        time.sleep(0.05)
    raise AssertionError("nothing was opened")


def test_one_of_two_colleagues_answers_and_the_other_sees_it(place: Workplace) -> None:
    case_id = place.asked()
    cards = [place.inbox(user)[0] for user in (PARTNER, COLLEAGUE)]
    place.click(PARTNER, cards[0], "consent")
    place.click(PARTNER, cards[0], "consent")
    assert place.events(case_id).count("ConsentGiven") == 2
    for card in map(place.now, cards):
        assert "「会ってみる」と回答済み" in card.shown
        assert buttons(card) == ["refuse"]
    place.click(COLLEAGUE, cards[1], "consent")
    assert f"<@{PARTNER}>が対応済み" in place.inbox(COLLEAGUE)[-1].text


def test_a_refusal_keeps_its_reason_from_the_requester(place: Workplace) -> None:
    case_id = place.asked()
    card = place.inbox(PARTNER)[0]
    place.click(PARTNER, card, "refuse")
    place.fill(PARTNER, reason="人手が足りない")
    assert place.state(case_id) == "refused"
    assert "「見送る」と回答済み" in place.now(card).shown
    assert "人手が足りない" not in place.everything_seen(FIRM)
    log = place.service.desk.case_log(case_id, place.member("k-home"))
    assert "人手が足りない" in [entry.texts.get("reason") for entry in log]


def test_an_answer_is_put_off_until_a_day(place: Workplace) -> None:
    case_id = place.asked()
    card = place.inbox(PARTNER)[0]
    place.click(PARTNER, card, "defer")
    # Thirty working days after the first of June, a Monday: six weeks, and a day for the holiday (海の日).
    assert "明日から2026年7月13日までの日" in str(place.form(PARTNER).blocks)
    place.fill(PARTNER, day="2027-12-31")
    assert "2027/12/31" in place.inbox(PARTNER)[-1].text
    place.click(PARTNER, card, "defer")
    place.fill(PARTNER, day="2026-06-30")
    assert "検討中" in place.now(card).shown
    assert buttons(place.now(card)) == ["consent", "refuse", "defer", "question"]
    case = place.service.desk.case(case_id, place.member("staff"))
    assert case.expires_on.isoformat() == "2026-06-30"


def test_a_stale_card_says_what_became_of_it(place: Workplace) -> None:
    case_id = place.asked()
    card = place.inbox(PARTNER)[0]
    withdrawing = next(m for m in place.inbox(FIRM) if "withdraw" in buttons(m))
    assert button(withdrawing, "withdraw")["value"] == case_id
    place.click(FIRM, withdrawing, "withdraw")
    assert "終了しました" in place.now(card).shown
    place.click(PARTNER, card, "consent")
    assert "対応済み" in place.inbox(PARTNER)[-1].text
    assert place.state(case_id) == "withdrawn"


def test_a_notice_that_fails_holds_up_no_other_and_is_told_later(place: Workplace) -> None:
    def broken(telling: Telling) -> Posting:
        raise TypeError("a mistake of ours")

    told = place.bot.notifier._notices
    place.bot.notifier._notices = {**told, MessageKind.APPROVED: Notice(MessageKind.APPROVED, broken)}
    place.asked()
    assert "consent" in buttons(place.inbox(PARTNER)[0])
    n_seen = len(place.inbox(FIRM))
    place.bot.notifier._notices = told
    place.clock.go_on(minutes=11)
    place.settle()
    assert "承認されました" in place.inbox(FIRM)[n_seen].text
