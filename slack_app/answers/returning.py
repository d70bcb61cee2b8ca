"""A request that was sent back (差戻し) comes again, improved (出し直し)."""

from matchbot.desk import MessageKind
from matchbot.introductions.words import State
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import actions, button, context, quote, section
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import needs, text_form
from slack_app.views.news import about


def card(telling: Telling, told: str = "") -> Posting:
    """What is to be improved, and the way to do so for as long as it waits."""
    told = told or headline(telling)
    case = telling.desk.case(telling.case_id, telling.member)
    blocks = [section(told), context(about(case, telling.member, telling.texts, telling.names))]
    if case.state is State.RETURNED:
        resubmitting = button(telling.texts("slack-resubmit"), Click.RESUBMIT, case.id, style="primary")
        withdrawing = button(telling.texts("slack-withdraw"), Click.WITHDRAW, case.id)
        blocks += [quote((case.to_improve, False))] if case.to_improve else []
        blocks += [actions(resubmitting, withdrawing)]
    return Posting(told, tuple(blocks))


def open_resubmission(call: Call) -> None:
    """The message as it was, to be improved."""
    (case_id,) = call.ids
    case = call.desk.case(case_id, call.member)
    view = text_form(Form.RESUBMIT, call.texts, metadata=case_id, initial=case.brief, about=case.to_improve)
    call.open(view)


def resubmit(call: Call) -> None:
    """It goes to the coordinator again."""
    (case_id,) = call.ids
    receipt = call.desk.resubmit(case_id, brief=call.text(Field.TEXT), by=call.member, key=call.key)
    call.tell("slack-resubmitted", id=case_id, expires_on=receipt.expires_on)


ROUTES = (
    Route(Kind.CLICK, Click.RESUBMIT, open_resubmission, opens=True),
    Route(Kind.FORM, Form.RESUBMIT, resubmit, check=needs(Field.TEXT), changes_home=True),
)

NOTICES = (Notice(MessageKind.RETURNED, card),)
