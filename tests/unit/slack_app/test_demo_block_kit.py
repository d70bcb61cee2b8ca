"""The shapes of Block Kit, beyond what a message posted over HTTP shows."""

import pytest

from slack_app.demo.block_kit import problems_of_blocks, problems_of_view, text_of_blocks
from slack_app.demo.entries import beginnings, entry, find
from slack_app.demo.faults import Faults, RateLimit


def plain(text):
    return {"type": "plain_text", "text": text}


def option(value):
    return {"text": plain(value.upper()), "value": value}


def text_input(block_id, action_id):
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("l"),
        "element": {"type": "plain_text_input", "action_id": action_id, "initial_value": "begun"},
    }


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": list(blocks), **more}


MENU = {"type": "static_select", "action_id": "m", "options": [option("a"), option("b")]}


def actions(*elements):
    return [{"type": "actions", "block_id": "row", "elements": list(elements)}]


@pytest.mark.parametrize(
    "wrong",
    [
        {**MENU, "options": []},
        {**MENU, "options": [option("a")] * 101},
        {**MENU, "options": None},
        {**MENU, "initial_option": option("c")},
        {**MENU, "options": [{"text": {"type": "mrkdwn", "text": "a"}, "value": "a"}]},
        {"type": "overflow", "action_id": "o", "options": [option(c) for c in "abcdef"]},
        {"type": "checkboxes", "action_id": "c", "options": [option(str(i)) for i in range(11)]},
        {"type": "button", "action_id": "b", "text": plain("a" * 76)},
        {"type": "button", "action_id": "b", "text": plain("a"), "value": "v" * 2001},
        {"type": "button", "action_id": "b" * 256, "text": plain("a")},
        {"type": "button", "action_id": "b", "text": plain("a"), "style": "loud"},
        {"type": "datepicker", "action_id": "d", "initial_date": "2026/01/05"},
        {"type": "plain_text_input", "action_id": "t"},
    ],
)
def test_an_element_that_slack_would_not_take_is_named(wrong):
    assert problems_of_blocks(actions(MENU)) == []
    (problem, *_) = problems_of_blocks(actions(wrong))
    assert "/blocks/0/elements/0" in problem


def test_a_modal_with_inputs_needs_a_submit_button_and_names_it():
    view = modal(text_input("b", "a"))
    assert problems_of_view(view) == []
    del view["submit"]
    assert problems_of_view(view) == ["[ERROR] missing required field: submit [json-pointer:/view]"]


def test_ids_may_repeat_between_the_blocks_of_a_view_but_not_within_one():
    assert problems_of_view(modal(text_input("one", "a"), text_input("two", "a"))) == []
    assert problems_of_view(modal(text_input("one", "a"), text_input("one", "b"))) != []


def test_a_person_reads_texts_and_not_ids_or_values():
    section = {"type": "section", "block_id": "id", "text": {"type": "mrkdwn", "text": "*読む*"}}
    button = {"type": "button", "text": plain("押す"), "value": "secret", "action_id": "secret"}
    assert text_of_blocks([section, *actions(button)]) == "*読む*\n押す"


def test_what_is_entered_has_the_shape_of_state_values():
    assert entry(MENU, "b") == {"type": "static_select", "selected_option": option("b")}
    boxes = {**MENU, "type": "checkboxes"}
    assert entry(boxes, ["a", "b"]) == {"type": "checkboxes", "selected_options": [option("a"), option("b")]}
    assert entry({"type": "number_input"}, 3) == {"type": "number_input", "value": "3"}
    assert entry({"type": "datepicker"}, "2026-01-05")["selected_date"] == "2026-01-05"


def test_untouched_elements_hold_what_they_began_with():
    blocks = [text_input("b", "a"), *actions(MENU, {"type": "button", "action_id": "x", "text": plain("x")})]
    assert beginnings(blocks) == {
        "b": {"a": {"type": "plain_text_input", "value": "begun"}},
        "row": {"m": {"type": "static_select", "selected_option": None}},
    }
    with pytest.raises(LookupError):
        find(blocks, "nowhere")


def test_a_channel_takes_a_burst_and_then_one_message_a_second():
    now = [100.0]
    limit = RateLimit(per_second=1, burst=2, clock=lambda: now[0])
    assert [limit.wait_s("C1") for _ in range(3)] == [0, 0, 1]
    now[0] += 0.25
    assert limit.wait_s("C1") == 0.75
    now[0] += 0.75
    assert [limit.wait_s("C1"), limit.wait_s("C1")] == [0, 1]
    assert limit.wait_s("C2") == 0


def test_a_fault_counts_down_and_then_all_is_well():
    faults = Faults()
    faults.fail("user_not_found", "users.*", times=2)
    assert [
        faults.meet(method) is None for method in ("chat.update", "users.info", "users.info", "users.info")
    ] == [
        True,
        False,
        False,
        True,
    ]
