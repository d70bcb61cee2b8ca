"""Bolt's listeners: each hands what arrived to the reception and acknowledges. Nothing is decided here."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext

from slack_app import arrivals, ids
from slack_app.arrivals import Arrived
from slack_app.limits import fitted_options
from slack_app.reception import Reception

Body = Mapping[str, Any]

_ANYTHING = re.compile(".*", re.DOTALL)


Address = Callable[[str, str], str]
"""By what a person or channel, of this workspace, is known in all of matchbot."""


def register(app: App, reception: Reception, address: Address, lose_access: Callable[[str], None]) -> None:
    """Has a Bolt app listen to everything that matchbot answers. ``lose_access``: what is to be done when a
    workspace has taken our token back."""
    _register_events(app, reception, address, lose_access)
    _register_interactions(app, reception, address)


def _register_events(
    app: App, reception: Reception, address: Address, lose_access: Callable[[str], None]
) -> None:
    here = _here(address)

    @app.event("message")
    @app.event("app_mention")
    def _message(event: Body, body: Body, context: BoltContext, ack: Ack) -> None:
        _take(reception, arrivals.message(event, body["team_id"]), here(context))
        ack()

    @app.event("app_home_opened")
    def _home(event: Body, body: Body, context: BoltContext, ack: Ack) -> None:
        _take(reception, arrivals.home(event, body["team_id"]), here(context))
        ack()

    @app.event("assistant_thread_started")
    def _panel(event: Body, body: Body, context: BoltContext, ack: Ack) -> None:
        _take(reception, arrivals.panel(event, body["team_id"]), here(context))
        ack()

    # Which channel somebody looks at beside the panel changes nothing: what others write there is not read.
    @app.event("assistant_thread_context_changed")
    def _noted(ack: Ack) -> None:
        ack()

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    def _revoked(event: Body, context: BoltContext, ack: Ack) -> None:
        # A token that acts for a person is none of ours.
        if event["type"] == "app_uninstalled" or event.get("tokens", {}).get("bot"):
            lose_access(context.team_id or "")
        ack()


def _register_interactions(app: App, reception: Reception, address: Address) -> None:
    here = _here(address)

    @app.command(ids.COMMAND)
    def _command(body: Body, context: BoltContext, ack: Ack) -> None:
        _take(reception, arrivals.command(body), here(context))
        ack()

    @app.message_shortcut(_ANYTHING)
    def _shortcut(body: Body, context: BoltContext, ack: Ack) -> None:
        _take(reception, arrivals.shortcut(body), here(context))
        ack()

    @app.action(_ANYTHING)
    def _click(body: Body, context: BoltContext, ack: Ack) -> None:
        _take(reception, arrivals.click(body), here(context))
        ack()

    @app.view(_ANYTHING)
    def _form(body: Body, context: BoltContext, ack: Ack) -> None:
        arrived = arrivals.addressed(arrivals.form(body), here(context))
        faults = reception.faults(arrived)
        if faults:
            ack(response_action="errors", errors=dict(faults))
            return
        reception.take(arrived)
        ack()

    @app.options(_ANYTHING)
    def _typed(body: Body, context: BoltContext, ack: Ack) -> None:
        offered = reception.suggestions(
            ids.bare(body["action_id"]),
            here(context)(body["user"]["id"]),
            body.get("value", ""),
        )
        ack(options=fitted_options(offered))


def _here(address: Address) -> Callable[[BoltContext], Callable[[str], str]]:
    """Addresses of the workspace in which something arrived."""
    return lambda context: lambda id: address(id, context.team_id or "")


def _take(reception: Reception, arrived: Arrived | None, address: Callable[[str], str]) -> None:
    if arrived is not None:
        reception.take(arrivals.addressed(arrived, address))
