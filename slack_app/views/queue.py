"""What waits for a coordinator, as a list: one line each, with a button that brings the card."""

from collections.abc import Iterable, Iterator

from matchbot.desk import HelpView, QueueItem
from matchbot.texts import Texts
from slack_app.blocks import Block, button, escaped, section, shortened
from slack_app.ids import Click, numbered, packed
from slack_app.names import Names

MOST_SHOWN = 20


def queue(items: Iterable[QueueItem], texts: Texts, names: Names) -> list[Block]:
    """The queue, the earliest expiry first: what is to be done, for how long it has waited, until when."""
    shown = list(items)
    if not shown:
        return [section(texts("slack-queue-empty"))]
    rest = len(shown) - MOST_SHOWN
    rows = [_row(number, item, texts, names) for number, item in enumerate(shown[:MOST_SHOWN])]
    return [*rows, section(texts("slack-queue-more", n=rest))] if rest > 0 else rows


def asking(tickets: Iterable[HelpView], texts: Texts, names: Names) -> Iterator[Block]:
    """Who has asked for help and can be helped by the reader, with a button to answer."""
    for place, ticket in enumerate((one for one in tickets if one.can_help), start=1):
        asked = texts(
            "home-ticket",
            id=ticket.id,
            who=names.member(ticket.member_id),
            text=escaped(shortened(ticket.text)) or texts("home-erased"),
            n=ticket.n_days,
        )
        answering = button(texts("slack-help-answer"), numbered(Click.HELP_ANSWER, place), ticket.id)
        yield section(asked, accessory=answering)


def _row(number: int, item: QueueItem, texts: Texts, names: Names) -> Block:
    value = packed(item.case_id, item.act, item.cluster)
    opening = button(texts("slack-open-card"), numbered(Click.OPEN_CARD, number), value)
    return section(texts("fact-separator").join(_facts(item, texts, names)), accessory=opening)


def _facts(item: QueueItem, texts: Texts, names: Names) -> Iterator[str]:
    yield f"*{texts(f'act-{item.act}')}*"
    yield texts("slack-case-number", id=item.case_id)
    yield names.listed(map(names.name, item.parties))
    yield texts("slack-waited", n=item.n_days)
    yield texts("slack-expires", on=item.expires_on)
    if item.members:
        yield names.listed(map(names.member, item.members))
