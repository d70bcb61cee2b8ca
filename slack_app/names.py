"""What things are called in the language of a reader, as Slack shows it: what came from people is escaped."""

from collections.abc import Iterable

from matchbot.desk import OTHER_SIDE, PartyView
from matchbot.errors import AlreadyHandledError, MatchbotError, UnknownRecordError, user_message
from matchbot.matchmaking import Match
from matchbot.members import MATCHBOT, Member
from matchbot.need import Piece
from matchbot.service import Service
from matchbot.texts import LANGUAGES, Language, Texts
from matchbot.wording import Wording
from slack_app.blocks import escaped
from slack_app.speaker import Speaker
from slack_app.workspaces import local, team_of


class Names:
    """The names of partners and of the pieces of a need, as Slack shows them."""

    def __init__(self, service: Service, texts: Texts, reader: str = "") -> None:
        """``reader``: in Slack; whoever is in another workspace cannot be mentioned to them."""
        self._service = service
        self._reader = reader
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

    def party(self, party: PartyView) -> str:
        """A party of a case: its name, or its code."""
        return self.name(party.name)

    def organisation(self, organisation_id: str) -> str:
        """An organisation by its id; for those who know it by name."""
        return self.name(self._service.called(organisation_id))

    def name(self, name: str) -> str:
        """An organisation by what it is called."""
        return escaped(self.plain.name(name))

    def about(self, party: PartyView) -> str:
        """What a party is, where it is at home, and how large."""
        home = self.plain.cluster(party.home_cluster) if party.home_cluster else ""
        facts = (self._texts(f"kind-{party.kind}"), escaped(home), escaped(self.plain.size(party.size_band)))
        return self._texts("fact-separator").join(filter(None, facts))

    def member(self, member_id: str) -> str:
        """Somebody who acts: as a mention where they are in Slack."""
        if member_id in (OTHER_SIDE, MATCHBOT.id):
            return self._texts(f"slack-{member_id}")
        try:
            slack_id = self._service.desk.member(member_id).slack_id
        except UnknownRecordError:
            slack_id = ""
        is_here = slack_id and team_of(slack_id) == team_of(self._reader)
        return f"<@{local(slack_id)}>" if is_here else escaped(member_id)

    def error(self, error: MatchbotError) -> str:
        """What went wrong and what to do about it, as it is told in Slack."""
        if isinstance(error, AlreadyHandledError):
            done, by = f"event-{error.facts['event']}", self.member(str(error.facts["member"]))
            return self._texts("slack-already-handled", id=error.facts["id"], by=by, done=self._texts(done))
        return escaped(user_message(error, self._texts))

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
