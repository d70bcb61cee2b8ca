"""Guests who say to whom they belong: whoever decides for the organisation's cluster confirms it, or not."""

from matchbot.desk import MessageKind
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import actions, button
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling


def card(telling: Telling) -> Posting:
    """Who says so, with two buttons until somebody has decided, or the guest has said otherwise."""
    member_id, organisation_id = str(telling.facts["member_id"]), str(telling.facts["organisation_id"])
    guest, names, say = telling.desk.member(member_id), telling.names, telling.texts
    told = headline(telling, member=names.member(member_id), organisation=names.organisation(organisation_id))
    if guest.claims == organisation_id:
        value = packed(member_id, organisation_id)
        confirming = button(say("slack-confirm-claim"), Click.CONFIRM_CLAIM, value, style="primary")
        return said(told, actions(confirming, button(say("slack-reject-claim"), Click.REJECT_CLAIM, value)))
    outcome = "confirmed" if guest.speaks_for(organisation_id) else "not-confirmed"
    return said(f"{told}\n{say(f'slack-claim-{outcome}')}")


def confirm(call: Call) -> None:
    """They do belong to it."""
    member_id, organisation_id = call.ids
    call.desk.confirm_claim(member_id, organisation_id=organisation_id, by=call.member, key=call.key)


def reject(call: Call) -> None:
    """They do not."""
    member_id, organisation_id = call.ids
    call.desk.reject_claim(member_id, organisation_id=organisation_id, by=call.member, key=call.key)


def _the_guest(telling: Telling) -> tuple[str, ...]:
    return (f"member:{telling.facts['member_id']}",)


ROUTES = (
    Route(Kind.CLICK, Click.CONFIRM_CLAIM, confirm),
    Route(Kind.CLICK, Click.REJECT_CLAIM, reject),
)

NOTICES = (Notice(MessageKind.CLAIMED, card, streams=_the_guest),)
