"""Questions between parties before they answer (質問する): passed on, and answered, by name or code."""

from matchbot.desk import MessageKind, QuestionView
from matchbot.errors import UnknownRecordError
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, button, context, escaped, quote, section
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import needs, text_form
from slack_app.views.news import about


def card(telling: Telling) -> Posting:
    """A question, and its answer or the way to give one."""
    question, say = _question(telling), telling.texts
    told = headline(telling, asked_by=telling.names.name(question.asked_by))
    case = telling.desk.case(telling.case_id, telling.member)
    blocks: list[Block] = [section(told), quote((question.text or say("slack-erased"), False))]
    if question.answered_on:
        blocks += [context(say("slack-replied", by=telling.names.name(question.answered_by)))]
        blocks += [quote((question.answer or say("slack-erased"), False))]
    elif question.can_answer:
        replying = button(say("slack-reply"), Click.REPLY, packed(case.id, question.id), style="primary")
        blocks += [actions(replying)]
    return Posting(told, (*blocks, context(about(case, telling.member, say, telling.names))))


def _question(telling: Telling) -> QuestionView:
    """Raises UnknownRecordError."""
    id = str(telling.facts["question_id"])
    for question in telling.desk.questions(telling.case_id, telling.member):
        if question.id == id:
            return question
    raise UnknownRecordError(reason="no-question", id=id)


def open_question(call: Call) -> None:
    """What one would like to know first."""
    case_id, organisation_id = call.ids
    case = call.desk.case(case_id, call.member)
    is_masked = any(party.id == organisation_id and party.is_masked for party in case.parties)
    about = call.texts("slack-question-masked") if is_masked else ""
    call.open(text_form(Form.QUESTION, call.texts, metadata=packed(*call.ids), initial="", about=about))


def ask(call: Call) -> None:
    """The question goes to the other side, and to the coordinators."""
    case_id, organisation_id = call.ids
    text = call.text(Field.TEXT)
    call.desk.ask_question(case_id, organisation_id, text, by=call.member, key=call.key)
    call.tell("slack-question-sent", id=case_id)


def open_reply(call: Call) -> None:
    """The answer to a question."""
    case_id, question_id = call.ids
    asked = next(q for q in call.desk.questions(case_id, call.member) if q.id == question_id)
    view = text_form(
        Form.REPLY, call.texts, metadata=packed(*call.ids), initial="", about=escaped(asked.text)
    )
    call.open(view)


def reply(call: Call) -> None:
    """The answer goes back to whoever asked."""
    case_id, question_id = call.ids
    call.desk.answer_question(case_id, question_id, call.text(Field.TEXT), by=call.member, key=call.key)
    call.tell("slack-reply-sent", id=case_id)


ROUTES = (
    Route(Kind.CLICK, Click.QUESTION, open_question, opens=True),
    Route(Kind.CLICK, Click.REPLY, open_reply, opens=True),
    Route(Kind.FORM, Form.QUESTION, ask, check=needs(Field.TEXT)),
    Route(Kind.FORM, Form.REPLY, reply, check=needs(Field.TEXT)),
)

NOTICES = (Notice(MessageKind.QUESTION_ASKED, card), Notice(MessageKind.QUESTION_ANSWERED, card))
