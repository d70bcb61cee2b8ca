"""What arrives is known by what the person did, however it was delivered."""

from typing import Any

from slack_app import arrivals
from slack_app.arrivals import Kind
from slack_app.words import plain_words


def said(**facts: object) -> dict[str, Any]:
    message = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.1"}
    return {**message, "text": "検査", **facts}


def clicked(action: dict[str, Any], **facts: object) -> dict[str, Any]:
    return {
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "t1",
        "container": {"type": "message", "message_ts": "5.5", "channel_id": "D1"},
        "actions": [action],
        **facts,
    }


def test_a_message_is_known_by_channel_and_time() -> None:
    arrived = arrivals.message(said(), "T1")
    assert arrived is not None
    assert (arrived.key, arrived.kind, arrived.who) == ("message:T1:D1:1.1", Kind.MESSAGE, "U1")


def test_a_mention_has_the_same_key_as_the_message_that_holds_it() -> None:
    as_message = arrivals.message(said(channel_type="channel", channel="C1"), "T1")
    as_mention = arrivals.message(said(type="app_mention", channel_type=None, channel="C1"), "T1")
    assert as_message is not None
    assert as_mention is not None
    assert as_message.key == as_mention.key
    assert as_message.kind is as_mention.kind is Kind.MENTION


def test_what_no_person_wrote_is_no_message() -> None:
    assert arrivals.message(said(bot_id="B1"), "T1") is None
    assert arrivals.message(said(subtype="message_changed"), "T1") is None
    assert arrivals.message(said(text="  "), "T1") is None
    assert arrivals.message(said(text="", channel_type="channel", files=[{"id": "F1"}]), "T1") is None


def test_a_file_or_a_recording_in_the_dm_is_a_message_without_words() -> None:
    arrived = arrivals.message(said(text="", subtype="file_share", files=[{"id": "F1"}]), "T1")
    assert arrived is not None
    assert (arrived.payload["text"], arrived.payload["has_files"]) == ("", True)


def test_a_message_arrives_as_the_words_that_were_meant() -> None:
    said_so = "<@U0BOT> ```A&amp;B```用の膜 :pray:\n<http://kita.example|kita.example> <!here> <#C1|general>"
    arrived = arrivals.message(said(text=said_so), "T1")
    assert arrived is not None
    assert arrived.payload["text"] == "A&B 用の膜\nkita.example"


def test_times_and_ratios_are_no_emoji() -> None:
    assert plain_words("10:30:45に 比は3:a:b") == "10:30:45に 比は3:a:b"


def changed(before: str, now: str, **facts: object) -> dict[str, Any]:
    message = {"type": "message", "user": "U1", "ts": "1.1", "text": now, "edited": {"ts": "2.2"}, **facts}
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "D1",
        "channel_type": "im",
        "message": message,
        "previous_message": {**message, "text": before},
    }


def test_a_message_that_was_changed_is_said_anew() -> None:
    arrived = arrivals.message(changed("検査", "真空蒸着"), "T1")
    assert arrived is not None
    assert arrived.key == "message:T1:D1:1.1:2.2"
    assert (arrived.payload["text"], arrived.payload["ts"]) == ("真空蒸着", "1.1")
    assert arrived.payload["is_rewritten"]


def test_a_preview_below_a_message_and_a_change_of_ours_are_nothing_new() -> None:
    assert arrivals.message(changed("検査", "検査"), "T1") is None
    assert arrivals.message(changed("検査", "真空", edited=None), "T1") is None
    assert arrivals.message(changed("検査", "真空", bot_id="B1"), "T1") is None


def test_clicking_a_button_of_a_card_twice_is_one_thing_done() -> None:
    button = {"type": "button", "action_id": "approve#1", "value": "c-4"}
    first = arrivals.click(clicked({**button, "action_ts": "9.1"}))
    second = arrivals.click(clicked({**button, "action_ts": "9.7"}))
    assert first.key == second.key
    assert (first.what, first.payload["value"]) == ("approve", "c-4")


def test_the_same_button_on_a_later_card_is_something_else() -> None:
    button = {"type": "button", "action_id": "approve", "value": "c-4"}
    earlier = arrivals.click(clicked(button))
    later = arrivals.click(clicked(button, container={"message_ts": "6.6", "channel_id": "D1"}))
    assert earlier.key != later.key


def test_choosing_from_a_menu_again_is_a_new_choice() -> None:
    menu = {"type": "static_select", "action_id": "scope", "selected_option": {"value": "own"}}
    first = arrivals.click(clicked({**menu, "action_ts": "9.1"}))
    second = arrivals.click(clicked({**menu, "action_ts": "9.7"}))
    assert first.key != second.key
    assert first.payload["chosen"] == "own"


def test_a_click_in_the_home_tab_has_no_card() -> None:
    button = {"type": "button", "action_id": "pause", "value": "o-1", "action_ts": "9.1"}
    arrived = arrivals.click(clicked(button, container={"type": "view", "view_id": "V1"}, view={"id": "V1"}))
    assert (arrived.payload["view_id"], arrived.payload["channel"]) == ("V1", "")


def test_a_form_tells_what_was_filled_into_each_field() -> None:
    view = {
        "id": "V1",
        "callback_id": "request_form",
        "private_metadata": "c-4",
        "state": {
            "values": {
                "text": {"text": {"type": "plain_text_input", "value": "試作したい"}},
                "note": {"note": {"type": "plain_text_input", "value": None}},
                "purpose": {"purpose": {"type": "static_select", "selected_option": {"value": "research"}}},
                "day": {"day": {"type": "datepicker", "selected_date": "2026-12-01"}},
                "kinds": {
                    "kinds": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}
                },
            }
        },
    }
    arrived = arrivals.form({"team": {"id": "T1"}, "user": {"id": "U1"}, "view": view})
    assert arrived.payload["values"] == {
        "text": "試作したい",
        "note": "",
        "purpose": "research",
        "day": "2026-12-01",
        "kinds": ["a", "b"],
    }
    assert arrived.key == "form:T1:U1:request_form:V1"
