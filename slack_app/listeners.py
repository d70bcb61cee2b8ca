"""Bolt's listeners: each hands what arrived to the reception and acknowledges. Nothing is decided here."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App

from slack_app import arrivals, ids
from slack_app.arrivals import Arrived
from slack_app.limits import fitted_options
from slack_app.reception import Reception

Body = Mapping[str, Any]

_ANYTHING = re.compile(".*", re.DOTALL)


def register(app: App, reception: Reception) -> None:
    """Has a Bolt app listen to everything that matchbot answers."""
    _register_events(app, reception)
    _register_interactions(app, reception)


def _register_events(app: App, reception: Reception) -> None:
    @app.event("message")
    @app.event("app_mention")
    def _message(event: Body, body: Body, ack: Ack) -> None:
        _take(reception, arrivals.message(event, body["team_id"]))
        ack()

    @app.event("app_home_opened")
    def _home(event: Body, body: Body, ack: Ack) -> None:
        _take(reception, arrivals.home(event, body["team_id"]))
        ack()

    @app.event("assistant_thread_started")
    def _panel(event: Body, body: Body, ack: Ack) -> None:
        _take(reception, arrivals.panel(event, body["team_id"]))
        ack()

    # Which channel somebody looks at beside the panel changes nothing: what others write there is not read.
    @app.event("assistant_thread_context_changed")
    def _noted(ack: Ack) -> None:
        ack()

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    def _revoked(event: Body, ack: Ack) -> None:
        # A token that acts for a person is none of ours.
        if event["type"] == "app_uninstalled" or event.get("tokens", {}).get("bot"):
            reception.lose_access()
        ack()


def _register_interactions(app: App, reception: Reception) -> None:
    @app.command(ids.COMMAND)
    def _command(body: Body, ack: Ack) -> None:
        _take(reception, arrivals.command(body))
        ack()

    @app.message_shortcut(_ANYTHING)
    def _shortcut(body: Body, ack: Ack) -> None:
        _take(reception, arrivals.shortcut(body))
        ack()

    @app.action(_ANYTHING)
    def _click(body: Body, ack: Ack) -> None:
        _take(reception, arrivals.click(body))
        ack()

    @app.view(_ANYTHING)
    def _form(body: Body, ack: Ack) -> None:
        arrived = arrivals.form(body)
        faults = reception.faults(arrived)
        if faults:
            ack(response_action="errors", errors=dict(faults))
            return
        _take(reception, arrived)
        ack()

    @app.options(_ANYTHING)
    def _typed(body: Body, ack: Ack) -> None:
        offered = reception.suggestions(
            ids.bare(body["action_id"]), body["user"]["id"], body.get("value", "")
        )
        ack(options=fitted_options(offered))


def _take(reception: Reception, arrived: Arrived | None) -> None:
    if arrived is not None:
        reception.take(arrived)
