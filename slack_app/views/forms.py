"""Forms: modals in which something is said, chosen or dated, and the fields that several have alike."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, OutcomeKind
from matchbot.aftermath.reports import MeetingForm
from matchbot.following import PartyAnswer
from matchbot.introductions.words import Means
from matchbot.need import Need, Purpose
from matchbot.texts import Texts
from slack_app.blocks import (
    Block,
    choice_input,
    choices_input,
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


def purpose_field(texts: Texts, need: Need) -> Block:
    """What a partnership is for; as it was said, where it was."""
    purposes = {purpose.value: texts(f"purpose-{purpose}") for purpose in Purpose}
    chosen = need.purpose.value if need.purpose else ""
    return field(texts("slack-request-purpose"), Field.PURPOSE, choice_input(purposes, chosen=chosen))


def need_field(label: str, need: Need, *, hint: str) -> Block:
    """The need in words, as it was said."""
    draft = text_input(initial=need.text or need.query, is_long=True, longest=LONGEST_TEXT)
    return field(label, Field.TEXT, draft, hint=hint)


def reason_form(form: Form, texts: Texts, *, metadata: str, is_optional: bool = False) -> dict[str, Any]:
    """Why something is decided."""
    written = text_input(is_long=True, longest=LONGEST_REASON)
    asked = field(
        texts(f"slack-{form}-reason"),
        Field.REASON,
        written,
        hint=texts(f"slack-{form}-hint"),
        is_optional=is_optional,
    )
    return _modal(form, texts, (asked,), metadata)


def day_form(form: Form, texts: Texts, *, metadata: str, hint: str = "") -> dict[str, Any]:
    """Until which day, or on which day. ``hint``: which days there are to choose from."""
    asked = field(texts(f"slack-{form}-day"), Field.DAY, day_input(), hint=hint)
    return _modal(form, texts, (asked,), metadata)


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


def meeting_form(form: Form, texts: Texts, *, metadata: str, initial: str = "") -> dict[str, Any]:
    """On which day people meet or met, and how."""
    day = field(texts(f"slack-{form}-day"), Field.DAY, day_input(initial=initial))
    ways = {each.value: texts(f"form-{each}") for each in MeetingForm}
    how = field(texts("slack-meeting-form"), Field.FORM, choice_input(ways, chosen=MeetingForm.IN_PERSON))
    return _modal(form, texts, (day, how), metadata)


def outcome_form(
    form: Form, texts: Texts, *, metadata: str, parties: Mapping[str, str], own: Collection[str], today: date
) -> dict[str, Any]:
    """What came of a case. ``parties``: id → name; ``own``: those it is said of, unless changed."""
    kinds = {each.value: texts(f"outcome-{each}") for each in OutcomeKind}
    certainties = {each.value: texts(f"certainty-{each}") for each in Certainty}
    shares = {each.value: texts(f"attribution-{each}") for each in Attribution}
    anyway = {each.value: texts(f"slack-anyway-{each}") for each in Anyway}
    document, note = text_input(longest=500), text_input(is_long=True, longest=LONGEST_REASON)
    blocks = (
        field(texts("slack-outcome-kind"), Field.KIND, choice_input(kinds)),
        field(texts("slack-outcome-of"), Field.ORGANISATIONS, choices_input(parties, chosen=own)),
        field(texts("slack-outcome-day"), Field.DAY, day_input(initial=today.isoformat())),
        field(texts("column-certainty"), Field.CERTAINTY, choice_input(certainties)),
        field(texts("slack-outcome-attribution"), Field.ATTRIBUTION, choice_input(shares)),
        field(texts("slack-outcome-anyway"), Field.ANYWAY, choice_input(anyway, chosen=Anyway.UNKNOWN)),
        field(
            texts("slack-outcome-subject"),
            Field.SUBJECT,
            text_input(longest=100),
            hint=texts("slack-outcome-subject-hint"),
            is_optional=True,
        ),
        field(
            texts("slack-outcome-document"),
            Field.DOCUMENT,
            document,
            hint=texts("slack-outcome-document-hint"),
            is_optional=True,
        ),
        field(texts("slack-outcome-note"), Field.TEXT, note, is_optional=True),
    )
    return _modal(form, texts, blocks, metadata)


def survey_form(form: Form, texts: Texts, *, metadata: str) -> dict[str, Any]:
    """One optional sentence, and whether one would recommend it."""
    degrees = {str(n): str(n) for n in range(11)}
    said = text_input(is_long=True, longest=LONGEST_REASON)
    blocks = (
        field(
            texts("slack-survey-recommendation"),
            Field.RECOMMENDATION,
            choice_input(degrees),
            is_optional=True,
        ),
        field(texts("slack-survey-comment"), Field.TEXT, said, is_optional=True),
    )
    return _modal(form, texts, blocks, metadata)


def needs(*fields: Field, told: str = "slack-form-missing") -> Check:
    """What is wrong with a form in which one of these fields says nothing; ``told``: the key of its text."""

    def missing(values: Mapping[str, Any], texts: Texts) -> Mapping[str, str]:
        empty = (field for field in fields if not str(values.get(field) or "").strip())
        return {field: texts(told) for field in empty}

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
