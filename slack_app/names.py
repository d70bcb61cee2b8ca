"""What things are called in the language of a reader, as Slack shows it: what came from people is escaped."""

from collections.abc import Iterable

from matchbot.errors import UnknownRecordError
from matchbot.matchmaking import Match
from matchbot.need import Piece
from matchbot.service import Service
from matchbot.texts import Texts
from matchbot.wording import Wording
from slack_app.blocks import escaped


class Names:
    """The names of organisations, clusters, prefectures and people, as Slack shows them."""

    def __init__(self, service: Service, texts: Texts) -> None:
        self._service = service
        self._texts = texts
        self.plain = Wording(texts, service.all_clusters)
        """The same for where Slack takes no markup: on buttons and in menus."""

    def cluster(self, id: str) -> str:
        """A cluster; its id where the corpus does not know it, the programme's office for none."""
        return escaped(self.plain.cluster(id)) or self._texts("staff")

    def prefecture(self, prefecture: str) -> str:
        """A prefecture."""
        return escaped(self.plain.prefecture(prefecture))

    def partner(self, match: Match) -> str:
        """A partner that was found: its name, or its code."""
        return escaped(self.plain.organisation(match.hit.organisation))

    def piece(self, piece: Piece) -> str:
        """One understood piece of a need."""
        return escaped(self.plain.piece(piece))

    def member(self, member_id: str) -> str:
        """A member, as a mention where they are in Slack."""
        try:
            member = self._service.desk.member(member_id)
        except UnknownRecordError:
            return escaped(member_id)
        return f"<@{member.slack_id}>" if member.is_in_slack else escaped(member_id)

    def listed(self, names: Iterable[str]) -> str:
        """Several names in a row."""
        return self._texts("list-separator").join(names)
