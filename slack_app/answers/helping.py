"""When matchbot is not who can help: a question goes to a human, who says that they have it."""

from slack_app.arrivals import Kind
from slack_app.blocks import actions, button, escaped, field, modal, section, text_input
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling


def open_form(call: Call) -> None:
    """What do you want to ask? ``value``: what was asked already, to be gone on from."""
    say = call.texts
    asked = str(call.payload.get("value") or "")
    view = modal(
        say("slack-help-title"),
        Form.HELP,
        [field(say("slack-help-text"), Field.TEXT, text_input(initial=asked, is_long=True, longest=2000))],
        submit=say("slack-send"),
        close=say("slack-close"),
    )
    call.open(view)


def ask(call: Call) -> None:
    """The question goes to the coordinator of whoever asks, or to the programme's office."""
    receipt = call.desk.ask_for_help(call.text(Field.TEXT), by=call.member, key=call.key)
    call.tell("slack-help-asked", id=receipt.id)


def take(call: Call) -> None:
    """Somebody answers for it; whoever comes later hears who was first."""
    (help_id,) = call.ids
    receipt = call.desk.take_help(help_id, by=call.member, key=call.key)
    asked = call.desk.help(help_id, call.member)
    call.replace(
        _card(
            call.texts("slack-help-taken-by-you", id=receipt.id, who=call.names.member(asked.member_id)),
            asked.text,
        )
    )


def tell_asked(telling: Telling) -> Posting:
    """To those who may answer."""
    asked = telling.desk.help(str(telling.facts["help_id"]), telling.member)
    who = telling.names.member(asked.member_id)
    if asked.taken_by:
        taken = telling.texts("slack-help-taken", id=asked.id, who=telling.names.member(asked.taken_by))
        return _card(taken, asked.text)
    posting = _card(telling.texts("slack-help-question", id=asked.id, who=who), asked.text)
    taking = button(telling.texts("slack-help-take"), Click.TAKE_HELP, asked.id, style="primary")
    return Posting(posting.text, (*posting.blocks, actions(taking)))


def tell_taken(telling: Telling) -> Posting:
    """To whoever asked."""
    facts = telling.facts
    who = telling.names.member(str(facts["member_id"]))
    return Posting(telling.texts("slack-help-taken", id=str(facts["help_id"]), who=who))


def _card(title: str, text: str) -> Posting:
    return Posting(title, (section(title), section(f"> {escaped(text)}".replace("\n", "\n> "))))


ROUTES = (
    Route(Kind.CLICK, Click.HELP, open_form, opens=True),
    Route(Kind.FORM, Form.HELP, ask),
    Route(Kind.CLICK, Click.TAKE_HELP, take),
)

NOTICES = (Notice("help-asked", tell_asked), Notice("help-taken", tell_taken))
