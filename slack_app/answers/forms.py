"""Fields that several forms have alike."""

from collections.abc import Mapping
from typing import Any

from matchbot.need import Need, Purpose
from matchbot.texts import Texts
from slack_app.blocks import Block, choice_input, field, text_input
from slack_app.ids import Field

LONGEST_NEED = 2_000
"""Letters of a need that can be written into a form."""


def purpose_field(texts: Texts, need: Need) -> Block:
    """What a partnership is for; as it was said, where it was."""
    purposes = {purpose.value: texts(f"purpose-{purpose}") for purpose in Purpose}
    chosen = need.purpose.value if need.purpose else ""
    return field(texts("slack-request-purpose"), Field.PURPOSE, choice_input(purposes, chosen=chosen))


def text_field(label: str, need: Need, *, hint: str) -> Block:
    """The need in words, as it was said."""
    draft = text_input(initial=need.text or need.query, is_long=True, longest=LONGEST_NEED)
    return field(label, Field.TEXT, draft, hint=hint)


def no_text(values: Mapping[str, Any], told: str) -> Mapping[str, str]:
    """What is wrong with a form in whose text nothing is written."""
    return {} if str(values.get(Field.TEXT) or "").strip() else {Field.TEXT: told}
