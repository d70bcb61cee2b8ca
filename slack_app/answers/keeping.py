"""Needs that are kept so that matchbot goes on looking: an alert when a new partner appears."""

from matchbot.desk import MessageKind
from matchbot.need import Purpose
from slack_app.answers import asking
from slack_app.arrivals import Kind
from slack_app.blocks import actions, button, modal, section
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import need_field, needs, purpose_field


def open_alert(call: Call) -> None:
    """What to look out for, as it was said."""
    need, say = call.service.need_of(call.card), call.texts
    view = modal(
        say("slack-alert"),
        Form.ALERT,
        [
            section(say("slack-alert-what-happens")),
            need_field(say("slack-need"), need, hint=say("slack-rewrite-hint")),
            purpose_field(say, need),
        ],
        submit=say("slack-keep"),
        close=say("slack-close"),
    )
    call.open(view)


def keep(call: Call) -> None:
    """The need is kept; whoever may fit it and is new is told of."""
    purpose = Purpose(call.text(Field.PURPOSE))
    kept = call.desk.save_need(
        call.member.organisations[0],
        call.text(Field.TEXT),
        purpose,
        by=call.member,
        key=call.key,
        wants_alerts=True,
    )
    call.say(said(call.texts("slack-alert-kept", id=kept.id)))


def partner_appeared(telling: Telling) -> Posting:
    """Who is new and may fit a need that is kept."""
    need_id, say, names = str(telling.facts["need_id"]), telling.texts, telling.names
    partners = names.listed(map(names.organisation, telling.facts["partners"]))
    told = say("slack-told-alert", id=need_id, partners=partners)
    return said(told, actions(button(say("slack-alert-look"), Click.NEED, need_id, style="primary")))


def look(call: Call) -> None:
    """The partners for a need that is kept, as they are found now."""
    (need_id,) = call.ids
    needs = [need for id in call.member.organisations for need in call.desk.needs(id, call.member)]
    need = next((need for need in needs if need.id == need_id and need.text), None)
    if need is None:
        call.tell("slack-outdated")
        return
    asking.in_direct_message_from(call, need.text, is_restated=True)


NOTICES = (Notice(MessageKind.ALERT, partner_appeared),)

ROUTES = (
    Route(Kind.CLICK, Click.NEED, look),
    Route(Kind.CLICK, Click.ALERT, open_alert, opens=True),
    Route(Kind.FORM, Form.ALERT, keep, check=needs(Field.TEXT, told="slack-need-no-text"), changes_home=True),
)
