"""Block Kit in our own few words: pure functions from texts to blocks.

What people wrote is escaped here, once, so that nobody mentions a channel or forges a link through us.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

_SHOWN_OF_TEXT = 200
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escaped(text: str) -> str:
    """What people wrote, as Slack shows it unchanged.

    >>> escaped("<!channel> A & B")
    '&lt;!channel&gt; A &amp; B'
    """
    return text.translate(_ESCAPES)


def shortened(text: str) -> str:
    """As much of what people wrote as a line of a list shows."""
    return text if len(text) <= _SHOWN_OF_TEXT else f"{text[:_SHOWN_OF_TEXT]}…"


def plain(text: str) -> Element:
    """A text without markup."""
    return {"type": "plain_text", "text": text, "emoji": True}


def markdown(text: str) -> Element:
    """A text in Slack's markup; what people wrote in it is escaped already."""
    return {"type": "mrkdwn", "text": text}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text)}


def section(text: str, *, accessory: Element | None = None) -> Block:
    """A paragraph in Slack's markup."""
    block: Block = {"type": "section", "text": markdown(text)}
    if accessory:
        block["accessory"] = accessory
    return block


def fields(pairs: Mapping[str, str]) -> Block:
    """Labels with their values, two in a row; at most ten."""
    shown = [markdown(f"*{label}*\n{value}") for label, value in pairs.items()]
    return {"type": "section", "fields": shown}


def quote(*parts: tuple[str, bool]) -> Block:
    """What somebody said, word for word; of each part, whether it is to be seen at once (bold).

    Not in Slack's markup, where bold needs a space on either side, which Japanese does not have.
    """
    elements = [
        {"type": "text", "text": text, "style": {"bold": True}} if is_bold else {"type": "text", "text": text}
        for text, is_bold in parts
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]}


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [markdown(text) for text in texts]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(*elements: Element, block_id: str = "") -> Block:
    """A row of buttons and menus."""
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str = "",
    confirm: Element | None = None,
) -> Element:
    """A button; ``style``: primary or danger."""
    element: Element = {"type": "button", "text": plain(label), "action_id": action_id}
    optional = {"value": value, "style": style, "confirm": confirm}
    return element | {name: given for name, given in optional.items() if given}


def confirmation(title: str, text: str, yes: str, no: str) -> Element:
    """What is asked before a button takes effect."""
    return {"title": plain(title), "text": markdown(text), "confirm": plain(yes), "deny": plain(no)}


def option(label: str, value: str) -> Element:
    """One choice of a menu."""
    return {"text": plain(label), "value": value}


def menu(
    placeholder: str,
    action_id: str,
    options: Mapping[str, str],
    *,
    chosen: str = "",
) -> Element:
    """A menu; ``options``: value → label."""
    element: Element = {
        "type": "static_select",
        "placeholder": plain(placeholder),
        "action_id": action_id,
        "options": [option(label, value) for value, label in options.items()],
    }
    if chosen in options:
        element["initial_option"] = option(options[chosen], chosen)
    return element


def field(label: str, field_id: str, element: Element, *, hint: str = "", is_optional: bool = False) -> Block:
    """One field of a modal, with its label."""
    block: Block = {
        "type": "input",
        "block_id": field_id,
        "label": plain(label),
        "element": {**element, "action_id": field_id},
        "optional": is_optional,
    }
    return {**block, "hint": plain(hint)} if hint else block


def text_input(*, initial: str = "", is_long: bool = False, longest: int = 0) -> Element:
    """A field to write in."""
    element: Element = {"type": "plain_text_input", "multiline": is_long}
    optional = {
        "initial_value": initial,
        "max_length": longest,
    }
    return element | {name: given for name, given in optional.items() if given}


def day_input(*, initial: str = "") -> Element:
    """A field to choose a day in; ``initial``: as ``2026-04-01``."""
    element: Element = {"type": "datepicker"}
    return {**element, "initial_date": initial} if initial else element


def search_input(placeholder: str) -> Element:
    """A field to choose in what is offered for what was typed."""
    return {"type": "external_select", "placeholder": plain(placeholder), "min_query_length": 1}


def search_menu(placeholder: str, action_id: str) -> Element:
    """A menu that offers something for what was typed."""
    return {**search_input(placeholder), "action_id": action_id}


def person_input() -> Element:
    """A field to choose somebody of the workspace in."""
    return {"type": "users_select"}


def choices_input(options: Mapping[str, str], *, chosen: Collection[str] = ()) -> Element:
    """A field to choose any of several in; ``options``: value → label."""
    offered = [option(label, value) for value, label in options.items()]
    element: Element = {"type": "checkboxes", "options": offered}
    begun = [each for each in offered if each["value"] in chosen]
    return {**element, "initial_options": begun} if begun else element


def choice_input(options: Mapping[str, str], *, chosen: str = "") -> Element:
    """A field to choose one of several in; ``options``: value → label."""
    element: Element = {
        "type": "static_select",
        "options": [option(label, value) for value, label in options.items()],
    }
    if chosen in options:
        element["initial_option"] = option(options[chosen], chosen)
    return element


def modal(
    title: str,
    form: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str = "",
    metadata: str = "",
) -> dict[str, Any]:
    """A modal; without ``submit`` it is only read. ``metadata``: ids that come back with it."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": form,
        "title": plain(title),
        "close": plain(close),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }
    return {**view, "submit": plain(submit)} if submit else view


def feedback(action_id: str, good: str, bad: str) -> Block:
    """Whether an answer was any good, as one click; ``good`` and ``bad`` are said to screen readers."""
    element = {
        "type": "feedback_buttons",
        "action_id": action_id,
        "positive_button": {"text": plain(good), "value": "good"},
        "negative_button": {"text": plain(bad), "value": "bad"},
    }
    return {"type": "context_actions", "elements": [element]}


def home(blocks: Sequence[Block]) -> dict[str, Any]:
    """The home tab."""
    return {"type": "home", "blocks": list(blocks)}
