"""What goes wrong with Slack, its channels and people: nothing is lost or doubled, and somebody is told."""

from dataclasses import replace

import pytest

from slack_app.demo.records import BOT_USER
from slack_workplace import (
    AWAY,
    COLLEAGUE,
    FIRM,
    HOME,
    HOME_2,
    NEED,
    PARTNER,
    Workplace,
    at_work,
    buttons,
    consented,
    group,
    with_button,
)

QUEUE = "C0QUEUE"


@pytest.mark.parametrize(
    "method",
    ["chat.postMessage", "chat.update", "views.open", "views.publish", "conversations.open", "users.info"],
)
def test_whatever_slack_puts_off_is_done_once_when_it_says(place: Workplace, method: str) -> None:
    place.server.faults.rate_limited(1, method, times=1)
    case_id = place.requested()
    place.click(HOME, place.inbox(HOME)[-1], "return")
    place.fill(HOME, reason="もう少し詳しく")
    assert place.state(case_id) == "returned"
    told = [m.text for m in place.inbox(FIRM)]
    assert sum("差し戻されました" in text for text in told) == 1
    assert place.server.faults.meet(method) is None  # it was met


def test_what_slack_puts_off_for_long_waits_and_holds_nothing_back_that_it_takes(place: Workplace) -> None:
    case_id = place.requested()
    place.server.faults.rate_limited(1, "chat.update")
    place.click(HOME, place.inbox(HOME)[-1], "approve")
    assert any("希望が届いています" in m.text for m in place.inbox(PARTNER))
    place.server.faults.clear()
    place.settle()
    assert all("approve" not in buttons(m) for m in place.inbox(HOME))
    assert place.state(case_id) == "asked"


def test_a_card_is_put_right_before_all_that_waits_has_gone_out(place: Workplace) -> None:
    place.requested()
    place.server.people.click(HOME, with_button(place, HOME, "approve"), "approve")
    assert place.bot.lanes.is_idle(timeout_s=60)
    n_before = len(place.server.api.calls)
    assert place.bot.notifier.drain() > 1
    said = [method for method, _ in place.server.api.calls[n_before:] if method.startswith("chat.")]
    assert "chat.update" in said[: said.index("chat.postMessage") + 2]


def test_a_queue_channel_that_is_archived_or_left_gives_way_to_the_dm(tmp_path) -> None:
    for lose in (
        lambda place: place.workspace.archive(QUEUE),
        lambda place: place.workspace.leave(QUEUE, BOT_USER),
    ):
        home = tmp_path / str(len(list(tmp_path.iterdir())))
        with at_work(home, queue_channels=f"krip={QUEUE}") as place:
            place.workspace.add_channel("queue", [BOT_USER, HOME, HOME_2], kind="private", id=QUEUE)
            lose(place)
            case_id = place.requested()
            place.click(HOME, with_button(place, HOME, "approve"), "approve")
            assert place.state(case_id) == "asked"


def test_a_card_in_a_channel_that_is_archived_holds_nothing_up(tmp_path) -> None:
    with at_work(tmp_path / "home", queue_channels=f"krip={QUEUE}") as place:
        place.workspace.add_channel("queue", [BOT_USER, HOME, HOME_2], kind="private", id=QUEUE)
        case_id = place.requested()
        (card,) = place.channel(QUEUE)
        place.workspace.archive(QUEUE)
        place.click(HOME, card, "approve")
        assert place.state(case_id) == "asked"
        assert any("希望が届いています" in m.text for m in place.inbox(PARTNER))


def test_where_nobody_of_the_partner_is_in_slack_any_more_its_coordinator_asks(place: Workplace) -> None:
    for gone in (PARTNER, COLLEAGUE):
        place.workspace.deactivate(gone)
    case_id = place.asked()
    card = with_button(place, AWAY, "record_answer")
    assert case_id in card.text
    place.click(AWAY, card, "record_answer")
    place.fill(AWAY, answer="yes", means="phone", day="2026-06-01")
    assert place.state(case_id) == "consented"


def test_whoever_was_renamed_is_still_the_same(place: Workplace) -> None:
    case_id = place.asked()
    place.workspace.add_user(replace(place.workspace.user(PARTNER), name="yamada"))
    place.click(PARTNER, with_button(place, PARTNER, "consent"), "consent")
    assert place.state(case_id) == "consented"


def test_a_question_that_was_deleted_is_answered_all_the_same(place: Workplace) -> None:
    place.write(FIRM, NEED)
    asked = place.workspace.messages(place.workspace.dm(FIRM).id, seen_by=FIRM)[0]
    place.server.people.delete(asked)
    place.settle()
    (answer,) = place.inbox(FIRM)
    place.click(FIRM, answer, "details")
    assert place.form(FIRM)


def test_a_very_long_question_is_answered(place: Workplace) -> None:
    answer = place.write(
        FIRM, NEED + "。真空蒸着の工程で困っていることは、" + "膜の厚さのばらつきです。" * 900
    )
    assert "kind" in buttons(answer)


def test_a_letter_with_code_and_mentions_reaches_both_sides_as_it_was_written(place: Workplace) -> None:
    case_id = consented(place)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text="<!channel> `A&B` <@U0STAFF>\n\n```x < y```")
    assert place.state(case_id) == "introduced"
    (message,) = group(place)
    assert "&lt;!channel&gt; `A&amp;B` &lt;@U0STAFF&gt;" in str(message.blocks)
