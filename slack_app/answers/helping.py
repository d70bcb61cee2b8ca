"""Help from a person: what matchbot does not answer goes to somebody by name, whose answer comes back."""

from collections.abc import Iterator

from matchbot.desk import HelpState, HelpView, MessageKind
from slack_app.arrivals import Kind
from slack_app.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    field,
    modal,
    quote,
    section,
    text_input,
)
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import LONGEST_TEXT, needs


def off_topic(call: Call) -> Posting:
    """Kindly: what matchbot is for, and who can help with what was asked."""
    told = call.texts("slack-off-topic", helpers=_helpers(call))
    asking = button(call.texts("slack-help"), Click.HELP, style="primary")
    return said(told, actions(asking))


def open_form(call: Call) -> None:
    """What is to be asked; as it was written, or else what is looked for."""
    say = call.texts
    draft = call.service.matter_of(call.card)[:LONGEST_TEXT]
    written = text_input(initial=draft, is_long=True, longest=LONGEST_TEXT)
    view = modal(
        say("slack-help"),
        Form.HELP,
        [
            section(say("slack-help-what-happens", helpers=_helpers(call))),
            field(say("slack-help-text"), Field.TEXT, written),
        ],
        submit=say("slack-send"),
        close=say("slack-close"),
    )
    call.open(view)


def ask(call: Call) -> None:
    """A ticket for somebody by name."""
    receipt = call.desk.ask_for_help(call.text(Field.TEXT), by=call.member, key=call.key)
    call.say(said(call.texts("slack-help-asked", id=receipt.id, helpers=_helpers(call))))


# --- Whoever helps ---


def card(telling: Telling) -> Posting:
    """What somebody asks, and who takes care of it."""
    ticket, say = _ticket(telling), telling.texts
    of = telling.names.organisation(ticket.organisation_id) if ticket.organisation_id else say("slack-guest")
    headline = say("slack-told-help-asked", id=ticket.id)
    who = say("slack-help-from", who=telling.names.member(ticket.member_id), of=of)
    return Posting(headline, (section(f"*{headline}*\n{who}"), *_content(ticket, telling)))


def take(call: Call) -> None:
    """Who clicks takes care of it."""
    (ticket_id,) = call.ids
    call.desk.take_help(ticket_id, by=call.member, key=call.key)


def open_answer(call: Call) -> None:
    """What is answered."""
    (ticket_id,) = call.ids
    say, ticket = call.texts, call.desk.help_ticket(call.ids[0], call.member)
    reply = field(say("slack-help-reply"), Field.TEXT, text_input(is_long=True, longest=LONGEST_TEXT))
    view = modal(
        say("slack-help-answer"),
        Form.HELP_ANSWER,
        [quote((ticket.text or say("home-erased"), False)), reply],
        submit=say("slack-send"),
        close=say("slack-close"),
        metadata=ticket_id,
    )
    call.open(view)


def answer(call: Call) -> None:
    """The answer is sent, and the ticket is settled."""
    (ticket_id,) = call.ids
    call.desk.close_help(ticket_id, by=call.member, key=call.key, reply=call.text(Field.TEXT))


# --- Whoever asked ---


def taken(telling: Telling) -> Posting | None:
    """Who takes care of it, for whoever asked; the others see it on their card."""
    ticket = _ticket(telling)
    if telling.member.id != ticket.member_id:
        return None
    by = telling.names.member(str(telling.facts["taken_by"]))
    return said(telling.texts("slack-told-help-taken", id=ticket.id, by=by))


def answered(telling: Telling) -> Posting:
    """What was answered."""
    ticket = _ticket(telling)
    by = telling.names.member(ticket.closed_by)
    told = telling.texts("slack-told-help-answered", id=ticket.id, by=by)
    below = [quote((ticket.reply, False))] if ticket.reply else []
    return said(told, *below)


# --- within ---


def _ticket(telling: Telling) -> HelpView:
    return telling.desk.help_ticket(str(telling.facts["ticket_id"]), telling.member)


def _helpers(call: Call) -> str:
    """Who would help: by name, or where nobody is named, the office."""
    named = call.names.listed(map(call.names.member, call.desk.helpers(call.member)))
    return named or call.texts("staff")


def _content(ticket: HelpView, telling: Telling) -> Iterator[Block]:
    say = telling.texts
    yield quote((ticket.text or say("home-erased"), False))
    if ticket.taken_by:
        yield context(say("slack-help-taken-by", by=telling.names.member(ticket.taken_by)))
    if ticket.closed_by:
        yield context(say("slack-help-closed-by", by=telling.names.member(ticket.closed_by)))
    if ticket.can_help:
        yield actions(*_buttons(ticket, telling))


def _buttons(ticket: HelpView, telling: Telling) -> Iterator[Element]:
    if ticket.state is HelpState.OPEN:
        yield button(telling.texts("slack-help-take"), Click.HELP_TAKE, ticket.id, style="primary")
    yield button(telling.texts("slack-help-answer"), Click.HELP_ANSWER, ticket.id)


def _its_ticket(telling: Telling) -> tuple[str, ...]:
    return (f"help:{telling.facts['ticket_id']}",)


ROUTES = (
    Route(Kind.CLICK, Click.HELP, open_form, opens=True),
    Route(Kind.FORM, Form.HELP, ask, check=needs(Field.TEXT)),
    Route(Kind.CLICK, Click.HELP_TAKE, take, changes_home=True),
    Route(Kind.CLICK, Click.HELP_ANSWER, open_answer, opens=True),
    Route(Kind.FORM, Form.HELP_ANSWER, answer, check=needs(Field.TEXT), changes_home=True),
)

NOTICES = (
    Notice(MessageKind.HELP_ASKED, card, streams=_its_ticket),
    Notice(MessageKind.HELP_TAKEN, taken),
    Notice(MessageKind.HELP_ANSWERED, answered),
)
