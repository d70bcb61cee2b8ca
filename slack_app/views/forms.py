"""Forms about a case: modals in which something is said, chosen or dated."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from matchbot.following import PartyAnswer
from matchbot.introductions import Means
from matchbot.texts import Texts
from slack_app.blocks import (
    Block,
    choice_input,
    context,
    day_input,
    field,
    modal,
    person_input,
    section,
    text_input,
)
from slack_app.ids import Field, Form

LONGEST_REASON = 1_000
LONGEST_TEXT = 2_000

_ANSWERS = (PartyAnswer.YES, PartyAnswer.NO, PartyAnswer.DEFERRED)

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


def text_form(
    form: Form, texts: Texts, *, metadata: str, initial: str, about: str = "", longest: int = LONGEST_TEXT
) -> dict[str, Any]:
    """A text to be looked over before it goes. ``about``: what should be known before."""
    told = (section(about),) if about else ()
    written = text_input(initial=initial, is_long=True, longest=longest)
    asked = field(texts(f"slack-{form}-text"), Field.TEXT, written, hint=texts(f"slack-{form}-hint"))
    return _modal(form, texts, (*told, asked), metadata)


def means_form(form: Form, texts: Texts, *, metadata: str) -> dict[str, Any]:
    """By which means something was done outside Slack."""
    return _modal(form, texts, (section(texts(f"slack-{form}-about")), means_field(texts)), metadata)


def means_field(texts: Texts) -> Block:
    """How somebody was reached outside Slack."""
    means = {each.value: texts(f"means-{each}") for each in Means if each is not Means.SLACK}
    return field(texts("slack-means"), Field.MEANS, choice_input(means, chosen=Means.PHONE))


def answer_form(form: Form, texts: Texts, *, metadata: str, today: date) -> dict[str, Any]:
    """What a party outside Slack said, by which means and when."""
    answers = {each.value: texts(f"answer-{each}") for each in _ANSWERS}
    said_by, reason = text_input(longest=100), text_input(is_long=True, longest=LONGEST_REASON)
    blocks = (
        field(texts("slack-answer"), Field.ANSWER, choice_input(answers)),
        means_field(texts),
        field(texts("slack-said-on"), Field.DAY, day_input(initial=today.isoformat())),
        field(texts("slack-said-by"), Field.SAID_BY, said_by, is_optional=True),
        field(texts("slack-until"), Field.UNTIL, day_input(), is_optional=True),
        field(texts("slack-reason"), Field.REASON, reason, is_optional=True),
    )
    return _modal(form, texts, blocks, metadata)


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
