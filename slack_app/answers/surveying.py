"""The survey by DM: one click, and one sentence for whoever likes to add one."""

from matchbot.desk import MessageKind
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import actions, button
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, numbered, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import survey_form

_DEGREES = (5, 4, 3, 2, 1)


def card(telling: Telling) -> Posting:
    """How satisfied the reader is."""
    wave = str(telling.facts["wave"])
    clicks = (
        button(telling.texts(f"slack-satisfied-{n}"), numbered(Click.SURVEY, n), packed(wave, str(n)))
        for n in _DEGREES
    )
    return said(headline(telling), actions(*clicks))


def answer(call: Call) -> None:
    """That was all; a sentence may be added."""
    wave, degree = call.ids
    call.desk.answer_survey(wave, satisfaction=int(degree), by=call.member, key=call.key)
    adding = button(call.texts("slack-survey-more"), Click.SURVEY_MORE, packed(wave, degree))
    told = call.texts("slack-survey-thanks", degree=call.texts(f"slack-satisfied-{degree}"))
    call.replace(said(told, actions(adding)))


def open_more(call: Call) -> None:
    """The sentence."""
    call.open(survey_form(Form.SURVEY, call.texts, metadata=packed(*call.ids)))


def add(call: Call) -> None:
    """The sentence goes with what was clicked."""
    wave, degree = call.ids
    recommendation = call.text(Field.RECOMMENDATION)
    call.desk.answer_survey(
        wave,
        satisfaction=int(degree),
        recommendation=int(recommendation) if recommendation else None,
        comment=call.text(Field.TEXT),
        by=call.member,
        key=call.key,
    )
    call.tell("slack-survey-added")


ROUTES = (
    Route(Kind.CLICK, Click.SURVEY, answer),
    Route(Kind.CLICK, Click.SURVEY_MORE, open_more, opens=True),
    Route(Kind.FORM, Form.SURVEY, add),
)

NOTICES = (Notice(MessageKind.SURVEY, card),)
