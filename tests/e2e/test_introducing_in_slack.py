"""From a request to the group DM in which both sides meet, with the real bot, ledger and search."""

import re
from dataclasses import replace

import pytest

from corpus.records import Profile
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from slack_app.demo.records import Message, User
from slack_workplace import (
    AWAY,
    COLLEAGUE,
    FIRM,
    HOME,
    HOME_2,
    LETTER,
    NEED,
    OURS,
    OUTSIDE,
    PARTNER,
    THEIRS,
    Workplace,
    at_work,
    buttons,
    consented,
    consented_outside,
    group,
    introduced,
    introduced_outside,
    profiles,
    with_button,
)


def test_both_sides_meet_in_a_group_dm_with_the_letter_as_the_coordinator_left_it(place: Workplace) -> None:
    case_id = consented(place)
    card = with_button(place, HOME, "letter")
    assert "北0工業 の連絡先: 北0工業の窓口・info0@kita.example" in card.shown
    place.click(HOME, card, "letter")
    (field,) = [block for block in place.form(HOME).blocks if block["type"] == "input"]
    assert "北0工業、北1工業 の皆さま" in field["element"]["initial_value"]
    place.fill(HOME, text=LETTER)
    (message,) = group(place)
    assert "お引き合わせします。" in message.shown
    assert message.shown.count("2026年6月") == 3
    assert place.state(case_id) == "introduced"
    assert buttons(place.now(card)) == []
    assert place.service.desk.case(case_id, place.member("m-firm")).letter == LETTER
    for user in (FIRM, PARTNER):
        assert "グループDMで引き合わせました" in place.inbox(user)[-1].text


def test_no_contact_is_seen_by_the_other_side_before_both_have_agreed(place: Workplace) -> None:
    consented(place)
    for user in (FIRM, PARTNER, COLLEAGUE):
        assert "@kita.example" not in place.everything_seen(user)


def test_nobody_reads_the_id_of_an_organisation_anywhere(place: Workplace) -> None:
    introduced_outside(place)
    introduced(place)
    place.clock.go_on(days=14)
    place.do_jobs()
    for user in (FIRM, PARTNER, COLLEAGUE, HOME, HOME_2, AWAY):
        place.server.people.open_home(user)
    place.settle()
    for user in (FIRM, PARTNER, COLLEAGUE, HOME, HOME_2, AWAY):
        home = place.workspace.home(user)
        read = place.everything_seen(user) + str([block.get("text") for block in home.blocks])
        assert re.findall(r".{0,20}seed:[a-z0-9-]+", read) == []


def test_where_slack_opens_no_group_both_coordinators_are_told_and_it_does_not_count(
    place: Workplace,
) -> None:
    case_id = consented(place)
    place.server.faults.fail("invalid_user_combination", "conversations.open", times=1)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    assert place.state(case_id) == "consented"
    for user in (HOME, HOME_2, AWAY):
        told = place.inbox(user)[-1]
        assert "別の組織の方がいて" in told.text
        assert "まだ紹介には数えません" in told.text
    place.click(AWAY, place.inbox(AWAY)[-1], "introduced_outside")
    place.fill(AWAY, means="mail")
    assert place.state(case_id) == "introduced"
    assert all(buttons(m) == [] for m in place.inbox(HOME))


def test_a_program_that_ended_between_posting_and_counting_posts_no_second_letter(place: Workplace) -> None:
    case_id = consented(place)
    desk = place.service.desk
    confirm = type(desk).confirm_delivery
    try:
        type(desk).confirm_delivery = lambda *_, **__: (_ for _ in ()).throw(SystemExit)
        place.click(HOME, with_button(place, HOME, "letter"), "letter")
        with pytest.raises(SystemExit):
            place.fill(HOME, text=LETTER)
    finally:
        type(desk).confirm_delivery = confirm
    assert place.state(case_id) == "consented"
    place.restart()
    assert place.state(case_id) == "introduced"
    assert len(group(place)) == 1


@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_letter_that_arrived_without_our_learning_so_is_found_in_the_group_and_counts(
    place: Workplace, is_restarted: bool
) -> None:
    case_id = consented(place)
    place.server.faults.silent_after_acceptance(0.0, "chat.postMessage", times=1)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    assert (place.state(case_id), len(group(place))) == ("consented", 1)
    assert "お引き合わせします。" in group(place)[0].shown
    if is_restarted:
        place.restart()
    else:
        place.settle()
    assert (place.state(case_id), len(group(place))) == ("introduced", 1)


def test_what_slack_took_without_our_learning_so_is_told_once_and_in_order(place: Workplace) -> None:
    case_id = place.requested()
    place.server.faults.silent_after_acceptance(0.0, "chat.postMessage", times=1)
    place.service.desk.approve(case_id, by=place.member("k-home"), key="approve")
    place.settle()
    place.restart()
    (card,) = place.inbox(PARTNER)
    told = [message.text for message in place.inbox(FIRM)]
    assert sorted(told) == sorted(set(told))
    place.click(PARTNER, card, "consent")
    assert "「会ってみる」と回答済み" in place.now(card).shown


@pytest.mark.parametrize("is_in_thread", [False, True])
def test_an_answer_that_slack_took_without_our_learning_so_is_given_once(
    place: Workplace, is_in_thread: bool
) -> None:
    thread_ts = place.write(FIRM, NEED).ts if is_in_thread else ""
    before = len(place.inbox(FIRM))
    place.server.faults.fail("unknown_method", "chat.startStream")
    place.server.faults.silent_after_acceptance(0.0, "chat.postMessage", times=1)
    place.server.people.dm(FIRM, "関西以外で" if is_in_thread else NEED, thread_ts=thread_ts)
    place.settle()
    assert len(place.inbox(FIRM)) == before + 1
    place.clock.go_on(minutes=1)
    place.settle()
    (answer,) = place.inbox(FIRM)[before:]
    place.click(FIRM, answer, "kind")
    assert "✓ 企業" in place.now(answer).shown


def test_where_matchbot_may_not_look_whether_the_letter_arrived_the_coordinators_do(place: Workplace) -> None:
    case_id = consented(place)
    place.server.faults.silent_after_acceptance(0.0, "chat.postMessage", times=1)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    place.server.faults.fail("missing_scope", "conversations.history")
    place.settle()
    assert (place.state(case_id), len(group(place))) == ("consented", 1)
    assert "グループDMをご確認ください" in place.inbox(HOME)[-1].text


def test_a_partner_that_pauses_in_the_middle_is_not_introduced(place: Workplace) -> None:
    case_id = consented(place)
    place.service.desk.pause(THEIRS, by=place.member("m-partner"), key="pause")
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    assert "いまご紹介できません" in place.inbox(HOME)[-1].text
    assert place.state(case_id) == "consented"


def test_slack_is_down_for_an_hour_and_everything_comes_in_order_once(place: Workplace) -> None:
    case_id = place.requested()
    place.server.faults.unavailable()
    desk = place.service.desk
    desk.approve(case_id, by=place.member("k-home"), key="approve")
    place.settle()
    desk.consent(case_id, THEIRS, by=place.member("m-partner"), key="consent")
    place.settle()
    desk.order_delivery(case_id, letter=LETTER, by=place.member("k-home"), key="letter")
    place.settle()
    place.clock.go_on(hours=1)
    assert place.inbox(PARTNER) == []
    place.server.faults.clear()
    place.settle()
    place.settle()
    texts = [message.text for message in place.inbox(FIRM)[2:]]
    assert [text.partition("（")[0][:14] for text in texts] == [
        "紹介の希望が承認されました",
        f"案件 {case_id}: グループD",
    ]
    assert len(group(place)) == 1
    before = [len(place.inbox(user)) for user in (FIRM, PARTNER, HOME, AWAY)]
    place.restart()
    assert [len(place.inbox(user)) for user in (FIRM, PARTNER, HOME, AWAY)] == before


def test_a_refused_letter_is_put_right_by_sending_it_again(place: Workplace) -> None:
    case_id = consented(place)
    place.server.faults.fail("channel_not_found", "chat.postMessage", times=1)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    assert place.state(case_id) == "consented"
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    assert place.state(case_id) == "introduced"


# --- A party outside Slack ---


def test_a_party_outside_slack_is_asked_and_answered_for_by_its_coordinator(place: Workplace) -> None:
    case_id = place.requested(OUTSIDE)
    place.click(HOME, place.inbox(HOME)[-1], "approve")
    card = with_button(place, AWAY, "record_answer")
    assert "北3工業 御中" in card.shown
    assert "試作をご一緒したい" in card.shown
    place.click(AWAY, card, "record_asked")
    place.fill(AWAY, means="phone")
    assert buttons(place.now(card)) == ["record_answer"]
    place.click(AWAY, card, "record_answer")
    place.fill(AWAY, answer="deferred", means="phone", day="2026-06-01")
    assert "いつまでか" in place.inbox(AWAY)[-1].text
    place.click(AWAY, card, "record_answer")
    place.fill(AWAY, answer="yes", means="phone", day="2026-06-01", said_by="佐藤部長")
    assert place.state(case_id) == "consented"
    assert buttons(place.now(card)) == []
    case = place.service.desk.case(case_id, place.member("staff"))
    assert [party.is_attested for party in case.parties] == [False, True]


def test_who_is_outside_slack_is_introduced_by_mail(place: Workplace) -> None:
    case_id = consented_outside(place)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    assert "Slackにいない機関があります" in place.inbox(HOME)[-1].text
    place.click(HOME, with_button(place, HOME, "introduced_outside"), "introduced_outside")
    place.fill(HOME, means="mail")
    assert place.state(case_id) == "introduced"
    assert "info3@kita.example" in place.inbox(FIRM)[-1].shown


# --- Sent back, reminded, expired, handed over ---


def test_a_request_that_is_sent_back_comes_again_improved(place: Workplace) -> None:
    case_id = place.requested()
    place.click(HOME, place.inbox(HOME)[-1], "return")
    place.fill(HOME, reason="数量を書いてください")
    card = with_button(place, FIRM, "resubmit")
    assert "数量を書いてください" in card.shown
    place.click(FIRM, card, "resubmit")
    (field,) = [block for block in place.form(FIRM).blocks if block["type"] == "input"]
    assert field["element"]["initial_value"] == "試作をご一緒したい"
    place.fill(FIRM, text="試作を月に百個ご一緒したい")
    assert buttons(place.now(card)) == []
    assert "試作を月に百個" in with_button(place, HOME, "approve").shown
    assert place.state(case_id) == "requested"


def test_a_coordinator_is_reminded_with_the_card_and_then_the_deputy_takes_over(place: Workplace) -> None:
    case_id = place.requested()
    place.clock.go_on(days=2)
    place.do_jobs()
    reminder = next(m for m in place.inbox(HOME) if "お待ちしています" in m.text)
    assert "approve" in buttons(reminder)
    place.clock.go_on(days=5)
    place.do_jobs()
    escalated = next(m for m in place.inbox(HOME_2) if "代わりに対応" in m.text)
    place.click(HOME_2, escalated, "approve")
    assert place.state(case_id) == "asked"
    assert buttons(place.now(reminder)) == buttons(place.now(escalated)) == []


def test_who_lets_a_case_expire_finds_it_over(place: Workplace) -> None:
    case_id = place.asked()
    place.clock.go_on(days=21)
    place.do_jobs()
    assert any("期限を迎えます" in m.text for m in place.inbox(PARTNER))
    place.clock.go_on(days=2)
    place.do_jobs()
    assert place.state(case_id) == "expired"
    assert any("期限までにお返事がそろわず" in m.text for m in place.inbox(FIRM))
    assert all("consent" not in buttons(m) for m in place.inbox(PARTNER))


def test_the_morning_list_brings_the_cards_on_which_a_queue_is_cleared(place: Workplace) -> None:
    case_id = place.requested()
    place.clock.go_on(days=1)
    place.do_jobs()
    digest = next(m for m in place.inbox(HOME) if "今日の対応待ち 1件" in m.text)
    place.click(HOME, digest, "open_card")
    card = place.inbox(HOME)[-1]
    place.click(HOME, card, "approve")
    assert place.state(case_id) == "asked"
    assert buttons(place.now(card)) == []


def test_a_queue_of_ten_is_cleared_from_the_morning_list(tmp_path) -> None:
    with at_work(tmp_path / "home", requests_per_week=10) as place:
        cases = ten_requested(place)
        place.clock.go_on(days=1)
        place.do_jobs()
        digest = next(m for m in place.inbox(HOME) if "今日の対応待ち 10件" in m.text)
        for case_id, form in zip(cases, ["", "decline", "return", *[""] * 7], strict=True):
            place.click(HOME, digest, opening(digest, case_id))
            card = place.inbox(HOME)[-1]
            place.click(HOME, card, form or "approve")
            if form:
                place.fill(HOME, reason="もう少し詳しく")
            assert buttons(place.now(card)) == []
        assert place.now(digest).text == "今日の対応待ち 10件は、すべて対応済みです。"
        assert "open_card" not in str(place.now(digest).blocks)
        states = [place.state(case_id) for case_id in cases]
        # Nobody of the ten is in Slack: the coordinators of the other cluster ask them now.
        assert states == ["approved", "declined", "returned", *["approved"] * 7]
        place.server.people.open_home(HOME)
        place.settle()
        assert "対応を待っているものはありません" in str(place.workspace.home(HOME).blocks)


def test_what_was_decided_elsewhere_goes_from_the_morning_list(tmp_path) -> None:
    with at_work(tmp_path / "home", requests_per_week=10) as place:
        cases = ten_requested(place)
        card = next(m for m in place.inbox(HOME) if cases[0] in str(m.blocks))
        place.clock.go_on(days=1)
        place.do_jobs()
        digest = next(m for m in place.inbox(HOME) if "今日の対応待ち 10件" in m.text)
        place.click(HOME, card, "approve")
        assert place.now(digest).text == "今日の対応待ち 9件（ほか1件は対応済み）"
        with pytest.raises(StopIteration):
            opening(place.now(digest), cases[0])
        assert all(opening(place.now(digest), case_id) for case_id in cases[1:])


def test_who_asks_for_help_is_answered_from_the_morning_list(place: Workplace) -> None:
    ticket = place.service.desk.ask_for_help("契約のことで相談したい", by=place.member("m-firm"), key="help")
    place.clock.go_on(days=1)
    place.do_jobs()
    digest = next(m for m in place.inbox(HOME) if "今日の対応待ち 1件" in m.text)
    assert "契約のことで相談したい" in str(digest.blocks)
    place.click(HOME, digest, "help_answer")
    place.fill(HOME, text="火曜にお電話します")
    assert "火曜にお電話します" in place.inbox(FIRM)[-1].shown
    assert place.now(digest).text == "今日の対応待ち 1件は、すべて対応済みです。"
    assert ticket.id not in str(place.now(digest).blocks)


def ten_requested(place: Workplace) -> list[str]:
    """A firm asks to meet ten others; the cases."""
    partners = [another(number) for number in range(10)]
    with place.service._open_registry() as registry:
        registry.put(partners, recorded_at=place.clock.now())
    firm = place.member("m-firm")
    receipts = [
        place.service.desk.request(
            OURS,
            [partner.organisation.id],
            by=firm,
            key=f"request {number}",
            purpose=Purpose.RESEARCH,
            brief=f"{number}番の装置で試作をしたい",
        )
        for number, partner in enumerate(partners)
    ]
    place.settle()
    return [receipt.id for receipt in receipts]


def another(number: int) -> Profile:
    """One more firm of the other cluster."""
    known = profiles()[1]
    id = f"seed:more-{number}"
    return replace(
        known,
        organisation=replace(known.organisation, id=id, name=f"南{number}工業"),
        passages=(replace(known.passages[0], id=f"{id}:1", organisation_id=id),),
        memberships=(replace(known.memberships[0], organisation_id=id),),
    )


def opening(digest: Message, case_id: str) -> str:
    """The button of the list that brings the card of a case."""
    accessories = (block["accessory"] for block in digest.blocks if "accessory" in block)
    return next(each["action_id"] for each in accessories if each["value"].split("|")[0] == case_id)


def test_a_guest_is_confirmed_with_one_click_by_whoever_is_first(place: Workplace) -> None:
    place.workspace.add_user(User("U0GUEST", "guest"))
    place.write("U0GUEST", "真空蒸着の装置を探しています")
    desk = place.service.desk
    guest = desk.member_in_slack("U0GUEST")
    desk.claim_organisation(OUTSIDE, by=guest, key="claim")
    desk.register_member(
        MemberRow(row=9, id="k-away-2", role=Role.COORDINATOR, clusters=("hokkaido",)), by=MATCHBOT, key="k"
    )
    place.settle()
    card = with_button(place, AWAY, "confirm_claim")
    assert "<@U0GUEST> は 北3工業 の方ですか" in card.shown
    place.click(AWAY, card, "confirm_claim")
    assert desk.member_in_slack("U0GUEST").organisations == (OUTSIDE,)
    assert buttons(place.now(card)) == []
    assert "確認済み" in place.now(card).shown


def test_a_silent_firm_is_paused_and_returns_with_one_click(tmp_path) -> None:
    with at_work(tmp_path / "home", silences=1, pauses_the_silent=True) as place:
        place.asked()
        place.clock.go_on(days=23)
        place.do_jobs()
        place.clock.go_on(days=1)
        place.do_jobs()
        card = with_button(place, PARTNER, "resume")
        assert "紹介を休止しました" in card.text
        place.click(PARTNER, card, "resume")
        assert "紹介に戻っています" in place.now(card).shown
