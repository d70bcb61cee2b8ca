"""What notices have alike: their first line, the plainest of them, and for whom their reader speaks."""

from matchbot.desk import CaseView, PartyView
from matchbot.errors import NotAllowedError
from matchbot.members import Member
from slack_app.limits import Posting
from slack_app.notices import Telling
from slack_app.views.news import news


def headline(telling: Telling, **facts: object) -> str:
    """What a message is about, in one line: it also stands in the notification."""
    return marked(telling, telling.texts(f"slack-told-{telling.message.kind}", id=telling.case_id, **facts))


def marked(telling: Telling, told: str) -> str:
    """With the mark of a sample where the ledger is one: nobody is to take its cases for real."""
    return f"{told} {telling.texts('mark-sample')}" if telling.desk.is_sample else told


def of_case(telling: Telling) -> Posting:
    """What became of a case."""
    case = telling.desk.case(telling.case_id, telling.member)
    return news(headline(telling), case, telling.member, telling.texts, telling.names)


def its_organisation(telling: Telling) -> tuple[str, ...]:
    """The organisation that a message is about, as the stream of its events."""
    return (f"organisation:{telling.facts['organisation_id']}",)


def own_party(case: CaseView, member: Member) -> PartyView:
    """The party that a member speaks for, of several the one that was asked. Raises NotAllowedError."""
    own = [party for party in case.parties if member.speaks_for(party.id)]
    asked = [party for party in own if not party.is_requester]
    if not own:
        raise NotAllowedError(role=member.role, action="see_case", reason="not-your-organisation")
    return (asked or own)[0]
