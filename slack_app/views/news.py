"""What somebody is told of a case, and of everything that is not a card of its own."""

from matchbot.desk import CaseView
from matchbot.introductions.words import OPEN
from matchbot.members import Member
from matchbot.texts import Texts
from slack_app.blocks import Block, context, section
from slack_app.limits import Posting
from slack_app.names import Names


def news(headline: str, case: CaseView, reader: Member, texts: Texts, names: Names, *below: Block) -> Posting:
    """One line, with whom the case is about; ``below``: what can be done."""
    return Posting(headline, (section(headline), context(about(case, reader, texts, names)), *below))


def about(case: CaseView, reader: Member, texts: Texts, names: Names) -> str:
    """Whom a case is about, seen by one who reads of it, where it stands, and while it is open until when."""
    others = [party for party in case.parties if not reader.speaks_for(party.id)]
    told = names.listed(
        texts("slack-party", name=names.party(party), about=names.about(party)) for party in others
    )
    stands = texts("slack-case-about", id=case.id, parties=told, state=texts(f"state-{case.state}"))
    until = [texts("slack-expires", on=case.expires_on)] if case.state in OPEN else []
    return texts("fact-separator").join((stands, *until))
