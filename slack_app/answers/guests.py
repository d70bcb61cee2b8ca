"""Guests: whoever writes and is nobody's member yet says to whom they belong, and somebody confirms it."""

from collections.abc import Iterator, Mapping

from slack_app.answers.home import suggest_organisations
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, context, search_menu
from slack_app.call import Call, Route, Suggesting
from slack_app.cards import said
from slack_app.ids import Click
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling


def invitation(call: Call) -> Iterator[Block]:
    """What stands below an answer to a guest: who may ask for introductions, and how to become one."""
    if call.member.is_guest and not call.member.claims:
        yield context(call.texts("guest-choose"))
        yield actions(search_menu(call.texts("guest-organisation"), Click.CLAIM))


def claim(call: Call) -> None:
    """A guest has chosen their organisation; a coordinator is asked to confirm it."""
    (organisation_id,) = call.ids
    call.desk.claim_organisation(organisation_id, by=call.member, key=call.key)
    call.say(said(call.texts("guest-claimed", organisation=call.names.organisation(organisation_id))))


def confirmed(telling: Telling) -> Posting:
    """They speak for the organisation from now on."""
    return said(telling.texts("guest-confirmed", organisation=_named(telling)))


def rejected(telling: Telling) -> Posting:
    """They may choose another one."""
    below = actions(search_menu(telling.texts("guest-organisation"), Click.CLAIM))
    return said(telling.texts("guest-rejected", organisation=_named(telling)), below)


def _named(telling: Telling) -> str:
    return telling.names.organisation(str(telling.facts["organisation_id"]))


SUGGESTIONS: Mapping[str, Suggesting] = {Click.CLAIM: suggest_organisations}

ROUTES = (Route(Kind.CLICK, Click.CLAIM, claim, changes_home=True),)

NOTICES = (Notice("claim-confirmed", confirmed), Notice("claim-rejected", rejected))
