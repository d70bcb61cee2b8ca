"""Needs that are kept so that matchbot goes on looking: an alert when a new partner appears."""

from collections.abc import Mapping
from typing import Any

from matchbot.need import Purpose
from matchbot.texts import Texts
from slack_app.answers.forms import no_text, purpose_field, text_field
from slack_app.arrivals import Kind
from slack_app.blocks import modal, section
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form


def open_alert(call: Call) -> None:
    """What to look out for, as it was said."""
    need, say = call.service.need_of(call.card), call.texts
    view = modal(
        say("slack-alert"),
        Form.ALERT,
        [
            section(say("slack-alert-what-happens")),
            text_field(say("slack-need"), need, hint=say("slack-rewrite-hint")),
            purpose_field(say, need),
        ],
        submit=say("slack-keep"),
        close=say("slack-close"),
    )
    call.open(view)


def faults(values: Mapping[str, Any], texts: Texts) -> Mapping[str, str]:
    """Nobody can look out for nothing."""
    return no_text(values, texts("slack-need-no-text"))


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


ROUTES = (
    Route(Kind.CLICK, Click.ALERT, open_alert, opens=True),
    Route(Kind.FORM, Form.ALERT, keep, check=faults, changes_home=True),
)
