"""What people enter into the elements of Block Kit, in the words of the payloads that tell of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_app.demo.block_kit import interactive_elements

Element = Mapping[str, Any]
Values = dict[str, dict[str, Any]]

_KEY_OF_ONE = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
}
_INITIAL = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_user": "initial_user",
    "selected_conversation": "initial_conversation",
    "value": "initial_value",
}


def keeps_a_value(element: Element) -> bool:
    """Whether the element has a place in ``state.values``; buttons and overflow menus have none."""
    return element["type"] in _KEY_OF_ONE and element["type"] != "overflow"


def entry(element: Element, value: Any) -> dict[str, Any]:
    """What the element holds once this was entered.

    An option is named by its value; one from outside (``external_select``) is given whole. Several are a
    list. Raises ValueError for an option that the element does not offer.
    """
    key = _KEY_OF_ONE[element["type"]]
    if key == "selected_option":
        value = None if value is None else _option(element, value)
    elif key == "selected_options":
        value = [_option(element, one) for one in value or ()]
    elif value is not None:
        value = str(value)
    return {"type": element["type"], key: value}


def beginnings(blocks: Sequence[Mapping[str, Any]]) -> Values:
    """What the elements of a message or view hold before anybody touched them."""
    values: Values = {}
    for block_id, element in _kept(blocks):
        key = _KEY_OF_ONE[element["type"]]
        begin = element.get(_INITIAL[key], [] if key == "selected_options" else None)
        values.setdefault(block_id, {})[element["action_id"]] = {"type": element["type"], key: begin}
    return values


def find(blocks: Sequence[Mapping[str, Any]], action_id: str) -> tuple[str, Element]:
    """The element of this action id, or in this block, with the id of its block. Raises LookupError."""
    for block_id, element in interactive_elements(blocks):
        if action_id in (element["action_id"], block_id):
            return block_id, element
    raise LookupError(f"nothing here has the action id {action_id}")


def _kept(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Element]]:
    return (
        (block_id, element) for block_id, element in interactive_elements(blocks) if keeps_a_value(element)
    )


def _option(element: Element, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    groups = element.get("option_groups") or ()
    for option in (*(element.get("options") or ()), *(o for group in groups for o in group["options"])):
        if option["value"] == value:
            found: Mapping[str, Any] = option
            return found
    raise ValueError(f"{element.get('action_id')} does not offer {value}")
