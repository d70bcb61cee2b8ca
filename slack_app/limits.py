"""Slack's limits, and how a message that is too long becomes messages that are not.

Everything posted passes here, in tests and in production: a text that is too long is shortened with
「…」, too many blocks go on in a further message, and what no shortening mends is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_app.blocks import Block, option

BLOCKS_PER_MESSAGE = 50
BLOCKS_PER_VIEW = 100
LONGEST_INPUT = 3_000
"""Letters that a field of a modal takes."""
MESSAGE_TEXT = 13_000
"""Letters of a whole message, blocks and fallback text together."""

_ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}
_OPTIONS = 100
_OVERFLOW_OPTIONS = 5
_VIEW_TITLE = 24
_METADATA = 3_000
_ID = 255
_TEXTS: Mapping[str, int] = {"section": 3_000, "header": 150, "context": 3_000}
_FIELD, _FIELDS = 2_000, 10
_BUTTON_TEXT, _BUTTON_VALUE = 75, 2_000
_OPTION_TEXT, _OPTION_VALUE = 75, 150
_LABEL, _PLACEHOLDER = 2_000, 150
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Posting:
    """One message: its blocks, and the text that stands for them in notifications."""

    text: str
    blocks: tuple[Block, ...] = ()


def fitted(posting: Posting) -> list[Posting]:
    """The messages that a posting becomes: one, or several where it has too much for one.

    Raises ValueError for what cannot be shortened (ids, values, two like ids): a mistake of ours.
    """
    shortened = [_fitted_block(block) for block in posting.blocks]
    text = _cut(posting.text, _TEXTS["section"])
    pages = list(_pages(shortened)) or [[]]
    postings = [replace(posting, text=text, blocks=tuple(page)) for page in pages]
    for each in postings:
        _require_sound(each.blocks)
    return postings


def fitted_view(view: Mapping[str, Any]) -> dict[str, Any]:
    """A modal or home tab within the limits; what is too much is left out at the end, and said so by 「…」.

    Raises ValueError as `fitted` does.
    """
    blocks = [_fitted_block(block) for block in view["blocks"]]
    if len(blocks) > BLOCKS_PER_VIEW:
        more = {"type": "context", "elements": [{"type": "mrkdwn", "text": _MORE}]}
        blocks = [*blocks[: BLOCKS_PER_VIEW - 1], more]
    _require_sound(blocks)
    within = {**view, "blocks": blocks}
    for part in ("title", "submit", "close"):
        if part in view:
            within[part] = _cut_text(view[part], _VIEW_TITLE)
    if len(view.get("private_metadata", "")) > _METADATA:
        raise ValueError("too much private_metadata in a view")
    return within


def fitted_options(offered: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a menu offers (value → label), within the limits; what Slack cannot carry back is left out."""
    options = [option(label, value) for value, label in offered.items() if len(value) <= _OPTION_VALUE]
    return [_fitted_option(each) for each in options[:_OPTIONS]]


def _pages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    n_letters = 0
    for block in blocks:
        letters = _letters(block)
        if page and (
            len(page) == BLOCKS_PER_MESSAGE or n_letters + letters > MESSAGE_TEXT - _TEXTS["section"]
        ):
            yield page
            page, n_letters = [], 0
        page.append(block)
        n_letters += letters
    if page:
        yield page


def _letters(value: Any) -> int:
    """The letters of every text within a block."""
    if isinstance(value, Mapping):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_letters(part) for name, part in value.items() if not isinstance(part, str))
    if isinstance(value, list | tuple):
        return sum(map(_letters, value))
    return 0


def _fitted_block(block: Block) -> Block:
    fitted_block = dict(block)
    kind = block["type"]
    if "text" in block:
        fitted_block["text"] = _cut_text(block["text"], _TEXTS[kind])
    if "fields" in block:
        fitted_block["fields"] = [_cut_text(each, _FIELD) for each in block["fields"][:_FIELDS]]
    if "accessory" in block:
        fitted_block["accessory"] = _fitted_element(block["accessory"])
    if kind == "rich_text":
        return fitted_block
    if "elements" in block:
        elements = block["elements"][: _ELEMENTS[kind]]
        fitted_block["elements"] = [_fitted_element(each) for each in elements]
    if "element" in block:
        fitted_block["element"] = _fitted_element(block["element"])
    for part in ("label", "hint"):
        if part in block:
            fitted_block[part] = _cut_text(block[part], _LABEL)
    return fitted_block


def _fitted_element(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    if kind in ("mrkdwn", "plain_text"):
        return _cut_text(element, _TEXTS["context"])
    within = dict(element)
    if kind == "button":
        within["text"] = _cut_text(element["text"], _BUTTON_TEXT)
    if "placeholder" in element:
        within["placeholder"] = _cut_text(element["placeholder"], _PLACEHOLDER)
    if "options" in element:
        most = _OVERFLOW_OPTIONS if kind == "overflow" else _OPTIONS
        within["options"] = [_fitted_option(each) for each in element["options"][:most]]
    if "initial_option" in element:
        within["initial_option"] = _fitted_option(element["initial_option"])
    if "initial_value" in element and "max_length" in element:
        within["initial_value"] = _cut(element["initial_value"], element["max_length"])
    if "confirm" in element:
        within["confirm"] = {
            part: _cut_text(text, _CONFIRM[part]) if part in _CONFIRM else text
            for part, text in element["confirm"].items()
        }
    return within


def _fitted_option(offered: dict[str, Any]) -> dict[str, Any]:
    within = {**offered, "text": _cut_text(offered["text"], _OPTION_TEXT)}
    if "description" in offered:
        within["description"] = _cut_text(offered["description"], _OPTION_TEXT)
    return within


def _cut_text(text: dict[str, Any], longest: int) -> dict[str, Any]:
    return {**text, "text": _cut(text["text"], longest)}


def _cut(text: str, longest: int) -> str:
    """The text, or its beginning with 「…」; Slack refuses an empty one, so that is a space."""
    if len(text) <= longest:
        return text or " "
    kept = text[: longest - len(_MORE)]
    # Not through the middle of an escape such as &amp; or of a mention such as <@U1>.
    for opening, closing in (("&", ";"), ("<", ">")):
        start = kept.rfind(opening)
        if start > kept.rfind(closing) and len(kept) - start < _OPTION_VALUE:
            kept = kept[:start]
    return kept + _MORE


def _require_sound(blocks: Sequence[Block]) -> None:
    """Raises ValueError for what no shortening mends."""
    ids: list[str] = []
    for element in _interactive(blocks):
        ids.append(element["action_id"])
        values = [element.get("value", ""), *(each["value"] for each in element.get("options", ()))]
        longest = _BUTTON_VALUE if element["type"] == "button" else _OPTION_VALUE
        if any(len(value) > longest for value in values):
            raise ValueError(f"a value of {element['action_id']} is too long for Slack")
        if "options" in element and not element["options"]:
            raise ValueError(f"{element['action_id']} has no options")
    ids += [block["block_id"] for block in blocks if "block_id" in block and block["type"] != "input"]
    if any(len(id) > _ID for id in ids):
        raise ValueError("an id is too long for Slack")
    repeated = {id for id in ids if ids.count(id) > 1}
    if repeated:
        raise ValueError(f"ids stand twice in one message: {', '.join(sorted(repeated))}")


def _interactive(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        elements = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        yield from (each for each in elements if each and "action_id" in each)
