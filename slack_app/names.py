"""What things are called in the language of a reader, as Slack shows it: what came from people is escaped."""

from collections.abc import Iterable

from matchbot.matchmaking import Match
from matchbot.members import Member
from matchbot.need import Piece
from matchbot.service import Service
from matchbot.texts import LANGUAGES, Language, Texts
from matchbot.wording import Wording
from slack_app.blocks import escaped
from slack_app.speaker import Speaker


class Names:
    """The names of partners and of the pieces of a need, as Slack shows them."""

    def __init__(self, service: Service, texts: Texts) -> None:
        self._texts = texts
        self.plain = Wording(texts, service.all_clusters)
        """The same for where Slack takes no markup: on buttons and in menus."""

    def partner(self, match: Match) -> str:
        """A partner that was found: its name, or its code."""
        return escaped(self.plain.organisation(match.hit.organisation))

    def marks(self, match: Match) -> str:
        """What should be seen of a partner at once."""
        return self.plain.marks(match.hit.organisation, is_other_cluster=match.is_other_cluster)

    def facts(self, match: Match) -> str:
        """What a partner is, where, in which clusters, and how large."""
        return escaped(self.plain.facts(match.hit.organisation))

    def piece(self, piece: Piece) -> str:
        """One understood piece of a need."""
        return escaped(self.plain.piece(piece))

    def listed(self, names: Iterable[str]) -> str:
        """Several names in a row."""
        return self._texts("list-separator").join(names)


def texts_for(member: Member | None, slack_id: str, speaker: Speaker, otherwise: Language) -> Texts:
    """The words for somebody: in the language they chose, else in that of their Slack where we speak it."""
    chosen = member.language if member else ""
    locale = chosen or (speaker.person(slack_id).locale if slack_id else "")
    return Texts(next((language for language in LANGUAGES if locale.startswith(language)), otherwise))
