"""A closer look at one partner (詳しく): all that speaks for it, and saying that it does not fit."""

from collections.abc import Iterator, Sequence

from matchbot.reasons import Reason
from matchbot.service import Details
from slack_app import cards
from slack_app.answers import asking
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, button, context, divider, escaped, modal, section
from slack_app.call import Call, Route
from slack_app.ids import Click, packed

LOOK = "look"
"""The callback_id of a modal that is only read."""


def open_details(call: Call) -> None:
    """All that can be told of a partner; the look is put on record for whom it was at."""
    (partner,) = call.ids
    details = call.service.details(call.card, partner, call.member)
    match = details.match
    call.open(_view(call, list(_details(call, details, partner))))
    if not match.hit.organisation.is_masked:
        call.desk.view_profile(match.organisation_id, by=call.member, key=call.key)


def unfit(call: Call) -> None:
    """This one does not fit what is looked for (条件に合わない): it goes from the cards, which is noted."""
    card, flow, partner = call.ids
    partner_id, need = call.service.partner_id(partner), call.service.need_of(card)
    call.desk.rate(
        "",
        call.member.organisations[0],
        partner_id,
        text=need.text or need.query,
        is_fitting=False,
        by=call.member,
        key=call.key,
    )
    asking.take_out(call, card, flow, partner_id)
    told = _view(call, [section(call.texts("slack-unfit-noted"))])
    call.speaker.replace_view(str(call.payload["view_id"]), told)


# --- within ---


def _view(call: Call, blocks: list[Block]) -> dict[str, object]:
    return modal(call.texts("slack-details"), LOOK, blocks, close=call.texts("slack-close"))


def _details(call: Call, details: Details, partner: str) -> Iterator[Block]:
    say, names, match = call.texts, call.names, details.match
    yield section(f"*{names.partner(match)}* {names.marks(match)}\n{names.facts(match)}")
    if match.hit.organisation.is_masked:
        yield context(say("chat-masked"))
    for each in match.reasons:
        yield from cards.reason(each, say, names)
        if each.sentence and each.words:
            yield context(say("card-words", words=names.listed(map(escaped, each.words))))
    if match.missing:
        yield context(say("details-missing", words=names.listed(map(escaped, match.missing))))
    yield from _told(call, "details-further", details.further)
    yield from _told(call, "details-wants", details.wants)
    yield from _circumstances(call, details)
    if call.member.organisations:
        yield divider()
        yield actions(button(say("slack-unfit"), Click.UNFIT, packed(call.card, call.flow, partner)))


def _told(call: Call, headline: str, reasons: Sequence[Reason]) -> Iterator[Block]:
    if reasons:
        yield section(f"*{call.texts(headline)}*")
    for each in reasons:
        yield from cards.reason(each, call.texts, call.names)


def _circumstances(call: Call, details: Details) -> Iterator[Block]:
    """What does not speak of the need: how far, and whether they might say yes."""
    say, side = call.texts, details.side
    if details.distance_km is not None:
        yield context(say("details-distance", km=details.distance_km))
    if side:
        yield context(say("details-asked", n=side.n_asked_this_quarter, most=side.most_per_quarter))
        if side.n_answered:
            yield context(say("details-accepted", n=side.n_answered, yes=side.n_accepted))


ROUTES = (
    Route(Kind.CLICK, Click.DETAILS, open_details, opens=True),
    Route(Kind.CLICK, Click.UNFIT, unfit),
)
