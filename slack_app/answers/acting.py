"""What somebody has to do in a case, as the card on which it is done: for reminders and the like."""

from datetime import date

from matchbot.desk import CaseView, MessageKind, TurnView
from matchbot.introductions.cases import Act
from slack_app.answers import consenting, deciding, introducing, outside, returning
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.call import Call, Route
from slack_app.ids import Click
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.news import news


def card(telling: Telling) -> Posting:
    """The card of what the reader can do now; else only what it is about."""
    case = telling.desk.case(telling.case_id, telling.member)
    turn = _turn(telling, case)
    if turn is None:
        return news(_told(telling), case, telling.member, telling.texts, telling.names)
    match turn.act:
        case Act.APPROVE:
            return deciding.card_for(telling, turn.cluster, _told(telling))
        case Act.ASK:
            return outside.card(telling, _told(telling))
        case Act.ANSWER if telling.member.speaks_for(turn.organisation_id):
            return consenting.card(telling, _told(telling))
        case Act.ANSWER:
            return outside.card(telling, _told(telling))
        case Act.RESUBMIT:
            return returning.card(telling, _told(telling))
        case Act.INTRODUCE:
            return introducing.card(telling, _told(telling))
        case _:
            return news(_told(telling), case, telling.member, telling.texts, telling.names)


def _turn(telling: Telling, case: CaseView) -> TurnView | None:
    """The turn the message is about, of those that the reader can take: as a firm its own only."""
    wanted, cluster = telling.facts.get("act"), telling.facts.get("cluster")
    return next(
        (
            turn
            for turn in case.turns
            if (case.card or telling.member.speaks_for(turn.organisation_id))
            and wanted in (None, turn.act)
            and cluster in (None, turn.cluster)
        ),
        None,
    )


def _told(telling: Telling) -> str:
    act, until = telling.facts.get("act"), telling.facts.get("expires_on")
    return headline(
        telling,
        act=telling.texts(f"act-{act}") if act else "",
        n=int(telling.facts.get("n_days", 0)),
        expires_on=date.fromisoformat(until) if until else "",
    )


def open_card(call: Call) -> None:
    """The card of something in the queue, in the DM."""
    case_id, act, cluster = call.ids
    call.desk.send_card(case_id, act, cluster, by=call.member, key=call.key)


ROUTES = (Route(Kind.CLICK, Click.OPEN_CARD, open_card),)

NOTICES = (
    Notice(MessageKind.REMINDER, card),
    Notice(MessageKind.ESCALATION, card),
    Notice(MessageKind.EXPIRY_NOTICE, card),
    Notice(MessageKind.CASE_HANDED_OVER, card),
    Notice(MessageKind.TO_DO, card),
)
