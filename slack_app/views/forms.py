"""Forms about a case: modals in which something is said, chosen or dated."""

from collections.abc import Callable, Mapping
from typing import Any

from matchbot.texts import Texts
from slack_app.blocks import Block, context, day_input, field, modal, person_input, section, text_input
from slack_app.ids import Field, Form

LONGEST_REASON = 1_000
LONGEST_TEXT = 2_000

Check = Callable[[Mapping[str, Any], Texts], Mapping[str, str]]


def reason_form(
    form: Form, texts: Texts, *, metadata: str, about: str = "", is_optional: bool = False
) -> dict[str, Any]:
    """Why something is decided. ``about``: what should be known before."""
    told = (section(about),) if about else ()
    written = text_input(is_long=True, longest=LONGEST_REASON)
    asked = field(
        texts(f"slack-{form}-reason"),
        Field.REASON,
        written,
        hint=texts(f"slack-{form}-hint"),
        is_optional=is_optional,
    )
    return _modal(form, texts, (*told, asked), metadata)


def day_form(form: Form, texts: Texts, *, metadata: str, about: str = "") -> dict[str, Any]:
    """Until which day, or on which day."""
    told = (context(about),) if about else ()
    return _modal(form, texts, (*told, field(texts(f"slack-{form}-day"), Field.DAY, day_input())), metadata)


def person_form(form: Form, texts: Texts, *, metadata: str) -> dict[str, Any]:
    """Somebody of the workspace."""
    asked = field(texts(f"slack-{form}-person"), Field.PERSON, person_input())
    return _modal(form, texts, (section(texts(f"slack-{form}-about")), asked), metadata)


def needs(*fields: Field) -> Check:
    """What is wrong with a form in which one of these fields says nothing."""

    def missing(values: Mapping[str, Any], texts: Texts) -> Mapping[str, str]:
        empty = (field for field in fields if not str(values.get(field) or "").strip())
        return {field: texts("slack-form-missing") for field in empty}

    return missing


def _modal(form: Form, texts: Texts, blocks: tuple[Block, ...], metadata: str) -> dict[str, Any]:
    return modal(
        texts(f"slack-{form}-title"),
        form,
        blocks,
        submit=texts("slack-send"),
        close=texts("slack-close"),
        metadata=metadata,
    )
