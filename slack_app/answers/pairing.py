"""Mondays: up to three pairs that nobody asked for, each one click to propose."""

from collections.abc import Sequence

from matchbot.desk import MessageKind, PairView
from matchbot.texts import Texts
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, button, context, divider, quote, section
from slack_app.call import Call, Route
from slack_app.ids import Click, numbered, packed
from slack_app.limits import Posting
from slack_app.names import Names
from slack_app.notices import Notice, Telling


def card(telling: Telling) -> Posting | None:
    """The pairs of its week; nothing where there are none, or others by now."""
    pairs = [
        pair
        for pair in _pairs_of(telling.service.suggested_pairs(telling.member), str(telling.facts["cluster"]))
        if pair.week.isoformat() == telling.facts["week"]
    ]
    return _posting(headline(telling), pairs, telling.texts, telling.names) if pairs else None


def propose(call: Call) -> None:
    """The two are proposed to meet, by whoever clicks; both will be asked."""
    cluster, organisation_id, partner_id = call.ids
    pairs = _pairs_of(call.desk.suggested_pairs(call.member), cluster)
    pair = next(
        (p for p in pairs if (p.organisation_id, p.partner_id) == (organisation_id, partner_id)), None
    )
    if pair is None:
        call.tell("slack-outdated")
        return
    if pair.case_id:
        call.tell("slack-pair-known", id=pair.case_id)
        return
    # A saved need is its owner's to show; what stands in the profile may be read by anybody.
    wish = "" if pair.need_id else pair.wish
    receipt = call.desk.propose(
        [organisation_id, partner_id],
        purpose=pair.purpose,
        need_id=pair.need_id,
        brief=call.texts("slack-pair-brief", wish=wish, has_wish="yes" if wish else "no"),
        cluster=cluster,
        by=call.member,
        key=call.key,
    )
    call.tell("slack-proposed", id=receipt.id)


def _pairs_of(pairs: Sequence[PairView], cluster: str) -> list[PairView]:
    return [pair for pair in pairs if pair.cluster == cluster]


def _posting(told: str, pairs: Sequence[PairView], texts: Texts, names: Names) -> Posting:
    blocks = [block for number, pair in enumerate(pairs) for block in _pair(number, pair, texts, names)]
    return Posting(told, (section(told), *blocks))


def _pair(number: int, pair: PairView, texts: Texts, names: Names) -> list[Block]:
    both = texts("slack-pair", one=names.name(pair.organisation), other=names.name(pair.partner))
    blocks = [divider(), section(both), context(texts("slack-pair-wish")), quote((pair.wish or " ", False))]
    if pair.offer:
        blocks += [context(texts("slack-pair-offer")), quote((pair.offer, False))]
    if pair.case_id:
        return [*blocks, context(texts("slack-case-number", id=pair.case_id))]
    value = packed(pair.cluster, pair.organisation_id, pair.partner_id)
    return [
        *blocks,
        actions(button(texts("slack-propose"), numbered(Click.PROPOSE, number), value, style="primary")),
    ]


def _its_cluster(telling: Telling) -> tuple[str, ...]:
    return (f"cluster:{telling.facts['cluster']}",)


ROUTES = (Route(Kind.CLICK, Click.PROPOSE, propose),)

NOTICES = (Notice(MessageKind.PAIRS, card, streams=_its_cluster),)
