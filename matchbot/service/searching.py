"""What finds partners: for a need, for an organisation, for a case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.names import name_key
from corpus.records import MembershipRole
from corpus.registry import Registry
from corpus.writing import fold
from matchbot.errors import CorpusError, IndexingError, UnknownClusterError, UnknownOrganisationError
from matchbot.finding import Answer
from matchbot.masking import code_of, is_code
from matchbot.matchmaking import Match
from matchbot.members import Member
from matchbot.need import Asker, Aspect, Piece
from matchbot.policy import Role
from matchbot.service.clusters import Clusters
from matchbot.understanding import understand

if TYPE_CHECKING:
    from matchbot.desk import CaseView, PairView

_PREVIEWED = 10
"""How many partners of a list are compared in a preview."""
_LOOKED_THROUGH = 50
"""How far down a partner is looked for that was chosen by somebody."""


@dataclass(frozen=True, slots=True)
class RankChange:
    """A partner whom a change would move in the list for a query; None: not among the first."""

    query: str
    name: str
    rank_before: int | None
    rank_after: int | None


class Searching(Clusters):
    """Searches, and on whose behalf they are."""

    def asker(self, who: str) -> Asker:
        """On whose behalf is asked: an organisation by id, or by a name that only one has.

        Raises UnknownOrganisationError.
        """
        with self._open_registry() as registry:
            profile = registry.profile(_id_of(who, registry))
        ranked = sorted(profile.memberships, key=lambda said: said.role is not MembershipRole.HOME)
        organisation = profile.organisation
        clusters = tuple(membership.cluster_id for membership in ranked)
        return Asker(organisation.id, clusters, organisation.prefecture)

    def partner_id(self, told: str, *, by: Member | None = None) -> str:
        """The id of an organisation that was shown: told by id, by name, or a masked one by its code.

        ``by``: a firm knows a masked one by its code alone, or it could try names until one has the code.
        Raises UnknownOrganisationError.
        """
        with self._open_registry() as registry:
            decoded = _decoded(told, registry, self._mask_key) if is_code(told) else ""
            if decoded:
                return decoded
            named = registry.profile(_id_of(told, registry)).organisation
        if named.is_masked and by and by.role is Role.FIRM and not by.speaks_for(named.id):
            raise UnknownOrganisationError(id=told)
        return named.id

    def prepare_search(self) -> None:
        """Opens ahead of the first question what a search reads, so that it is quick, and so that questions
        are answered also when the disk has become full: who opens the corpus when nobody has it open needs
        room for the log of its writes. Raises NoSnapshotError, SnapshotError."""
        with self._open_registry():
            pass  # kept from then on
        # The first search also reads the dictionary, and the words that mean the same.
        self._finder.searcher().search("検査", limit=1)

    def search(
        self,
        text: str,
        *,
        wishes: Sequence[Piece] = (),
        asker: Asker | None = None,
        limit: int,
        has_ties: bool = True,
    ) -> Answer:
        """The best partners for a message; ``wishes`` hold beside those that it states itself.
        ``has_ties``: whether whom the asker knows from before comes sooner.

        Raises NoSnapshotError, SnapshotError; UnknownClusterError for a cluster that nobody knows.
        """
        known = self.all_clusters()
        for id in (id for wish in wishes if wish.aspect is Aspect.CLUSTER for id in wish.values):
            if id not in known:
                raise UnknownClusterError(id=id)
        need = understand(text, asker=asker).with_pieces(wishes)
        return self._finder.find(need, asker, limit=limit, has_ties=has_ties)

    def fit(self, text: str, organisation_id: str, partner_id: str) -> Match | None:
        """Why a partner fits what an organisation looks for; None where no search finds it (any more).

        Raises NoSnapshotError, SnapshotError, UnknownOrganisationError.
        """
        found = self.search(text, asker=self.asker(organisation_id), limit=_LOOKED_THROUGH)
        return next((one for one in found.matches.items if one.organisation_id == partner_id), None)

    def fits(self, case: "CaseView") -> Mapping[str, Match]:
        """For those who decide on a case: why each partner fits what its requester looks for, by id.

        None that no search finds; nothing where nobody can search now.
        """
        need = case.card.need or case.card.brief if case.card else ""
        requester = next((party.id for party in case.parties if party.is_requester), "")
        if not need or not requester:
            return {}
        try:
            found = {p.id: self.fit(need, requester, p.id) for p in case.parties if not p.is_requester}
        except (IndexingError, CorpusError):
            return {}
        return {id: match for id, match in found.items() if match}

    def suggested_pairs(self, by: Member) -> "list[PairView]":
        """The latest suggestions for the clusters of who asks, each with that of the partner which fits; what
        it does first of all where nobody can search now. Raises NotAllowedError."""
        return [
            replace(pair, offer=self._fitting(pair) or pair.offer) for pair in self.desk.suggested_pairs(by)
        ]

    def _fitting(self, pair: "PairView") -> str:
        """The sentence on what the partner does that speaks to the wish; "" where no search finds one."""
        try:
            match = self.fit(pair.wish, pair.organisation_id, pair.partner_id) if pair.wish else None
        except (IndexingError, CorpusError):
            return ""
        reason = match.what_it_does if match else None
        return reason.sentence if reason else ""

    def preview_synonyms(self, words: Sequence[str]) -> list[RankChange]:
        """Who would come to another place if these words meant the same: in searches for each of them, and
        for the needs of the golden set that hold one.

        Raises NoSnapshotError, SnapshotError.
        """
        golden = (need.text for need in self._sources.bundled.golden())
        texts = [*words, *(text for text in golden if any(fold(word) in fold(text) for word in words))]
        return [change for text in dict.fromkeys(texts) for change in self._rank_changes(text, words)]

    def _rank_changes(self, text: str, words: Sequence[str]) -> Iterator[RankChange]:
        need = understand(text)
        before, after = (
            {match.organisation_id: (match, rank) for rank, match in enumerate(answer.matches.items, 1)}
            for answer in (
                self._finder.find(need, None, limit=_PREVIEWED, on_trial=trial) for trial in ((), (words,))
            )
        )
        for id, (match, _) in {**before, **after}.items():
            was, becomes = (found[id][1] if id in found else None for found in (before, after))
            if was != becomes:
                yield RankChange(text, match.hit.organisation.name, was, becomes)


def _id_of(who: str, registry: Registry) -> str:
    """``who`` itself, or the id of the one organisation of that name."""
    found = registry.find(who)
    same = [organisation.id for organisation in found if name_key(organisation.name) == name_key(who)]
    candidates = same or [organisation.id for organisation in found]
    return candidates[0] if len(candidates) == 1 else who


def _decoded(code: str, registry: Registry, mask_key: bytes) -> str:
    """The id of the masked organisation with this code; "" where there is none."""
    alike = (id for id in registry.ids() if code_of(id, mask_key) == code)
    return next((id for id in alike if registry.profile(id).organisation.is_masked), "")
