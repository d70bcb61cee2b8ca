"""The partners for a need, found by all that is known now: the search data, the corpus and the ledger.

How an answer is put together of it is :mod:`~matchbot.matchmaking`'s to say; what is known is gathered here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from corpus.records import PassageType
from corpus.registry import Registry
from index.hits import NO_TIES, Searcher, Tie
from index.hybrid import HybridSearcher
from index.snapshot import SnapshotStore
from index.tokeniser import words
from matchbot.choosing import Background
from matchbot.config import Settings
from matchbot.funding import Fit, fits
from matchbot.happenings import Happening, telling
from matchbot.matchmaking import Matches, Matchmaker
from matchbot.need import Asker, Need
from matchbot.signals import Heard, leaning, willingness
from matchbot.synonyms import Synonyms

if TYPE_CHECKING:
    from matchbot.desk import Desk

_MET = 0.5
"""How close a tie an introduction is: as two undertakings that four organisations each share."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The partners found for a need, how the parts were weighted, and what should be known of the search.

    ``notices`` are codes with a text ``notice-<code>`` each. ``has_own``: who asks is of a cluster, so that
    own and other clusters can be told apart.
    """

    matches: Matches
    notices: tuple[str, ...]
    has_own: bool = False


class Finder:
    """Finds the partners for needs."""

    def __init__(
        self,
        *,
        settings: Settings,
        open_registry: Callable[[], AbstractContextManager[Registry]],
        snapshots: SnapshotStore,
        synonyms: Synonyms,
        mask_key: bytes,
        desk: "Callable[[], Desk | None]",
        today: Callable[[], date],
    ) -> None:
        """``desk``: gives that of the ledger, or None where there is no ledger."""
        self._settings = settings
        self._open_registry = open_registry
        self._snapshots = snapshots
        self._synonyms = synonyms
        self._mask_key = mask_key
        self._desk = desk
        self._today = today

    def find(
        self,
        need: Need,
        asker: Asker | None,
        *,
        limit: int,
        before: Sequence[str] = (),
        kept: Sequence[str] = (),
        has_ties: bool = True,
        on_trial: Sequence[Sequence[str]] = (),
        without: Collection[str] = (),
    ) -> Answer:
        """The best ``limit`` partners for a need, after those of the pages ``before``, the best first.

        ``kept``: whoever was on this page already stays in its place. ``without``: whom to leave out.
        ``has_ties``: whether whom the asker knows from before comes sooner. ``on_trial``: groups of words to
        be taken as meaning the same.

        Whoever withdrew or was masked since the snapshot was built is left out here, at every search, and
        so is whom an older snapshot still shows openly. Raises NoSnapshotError, SnapshotError.
        """
        with telling(Happening.SEARCH) as told:
            searcher = self.searcher(on_trial)
            with self._open_registry() as registry:
                left_out = registry.withdrawn_ids() | self._not_to_be_shown(registry, asker) | set(without)
                left_out |= searcher.open_among(registry.masked_ids())
            ties = self._ties(searcher, asker) if has_ties and self._settings.ties else NO_TIES
            matchmaker = Matchmaker(
                searcher,
                mask_key=self._mask_key,
                ties=ties,
                ranking=self._settings.ranking,
                backgrounds=partial(self._backgrounds, need=need, asker=asker),
            )
            matches = matchmaker.matches(
                need, asker=asker, limit=limit, shown=before, kept=kept, excluded_ids=left_out
            )
            told["n_found"] = len(matches.items)
            notices = (*searcher.notices, *matches.notices)
            return Answer(matches, notices, bool(asker and asker.clusters))

    def searcher(self, on_trial: Sequence[Sequence[str]] = ()) -> HybridSearcher:
        """The live search data, searched for words of the same meaning too.

        Raises NoSnapshotError, SnapshotError.
        """
        return self._snapshots.open().with_lexicon(self._synonyms.lexicon(*on_trial))

    def _ties(self, searcher: Searcher, asker: Asker | None) -> Mapping[str, Tie]:
        """Whom the asker knows: from the same undertakings, and from introductions that were made."""
        if not asker or not asker.organisation_id:
            return NO_TIES
        desk = self._desk()
        met = desk.introduced_to(asker.organisation_id) if desk else ()
        return {**dict.fromkeys(met, Tie(_MET)), **searcher.ties(asker.organisation_id)}

    def _backgrounds(self, ids: Sequence[str], need: Need, asker: Asker | None) -> Mapping[str, Background]:
        """What is known of organisations besides their profiles."""
        ranking = self._settings.ranking
        heard = self._heard_of(ids)
        with self._open_registry() as registry:
            told = _mandates_told(registry, ids, need, asker)
            offered = _offered(registry, asker) | frozenset(words(need.offer))
            wishes = registry.wishes(ids) if offered else {}
        return {
            id: Background(
                known.n_shown,
                leaning(need.query, known.signals) if ranking.feedback else 0.0,
                _other_side(known, wishes.get(id, ()), offered) if ranking.other_side else 0.0,
                told.get(id, ()),
            )
            for id, known in heard.items()
        }

    def _heard_of(self, ids: Sequence[str]) -> Mapping[str, Heard]:
        desk = self._desk()
        if desk is None:
            return dict.fromkeys(ids, Heard())
        ranking = self._settings.ranking
        shown_since = self._today() - timedelta(days=ranking.exposure_days)
        return desk.heard_of(ids, shown_since=shown_since, heard_since=ranking.feedback_since)

    def _not_to_be_shown(self, registry: Registry, asker: Asker | None) -> frozenset[str]:
        """Who is paused, has opted out or is kept off; and beside a real ledger, every sample."""
        desk = self._desk()
        if desk is None:
            return frozenset()
        left_out = desk.not_to_be_shown(asker.organisation_id if asker else "")
        return left_out if desk.is_sample else left_out | registry.sample_ids()


def _mandates_told(
    registry: Registry, ids: Sequence[str], need: Need, asker: Asker | None
) -> Mapping[str, tuple[Fit, ...]]:
    """How mandates agree with a need, by organisation, where money is sought."""
    if not need.seeks_funding:
        return {}
    own = registry.profile(asker.organisation_id).organisation if asker and asker.organisation_id else None
    return {
        id: fits(
            mandate,
            need,
            prefecture=asker.prefecture if asker else "",
            fields=own.fields if own else (),
        )
        for id, mandate in registry.mandates(ids).items()
    }


def _other_side(known: Heard, wishes: Iterable[str], offered: frozenset[str]) -> float:
    """Whether a partner would say yes: hardly, where nobody has confirmed its profile for long."""
    return -1.0 if known.is_ageing else willingness(known.openness, wishes, offered)


def _offered(registry: Registry, asker: Asker | None) -> frozenset[str]:
    """The words of what an asker does; none for nobody known."""
    if not asker or not asker.organisation_id:
        return frozenset()
    passages = registry.profile(asker.organisation_id).passages
    said = (p for p in passages if p.type is not PassageType.NEED)
    return frozenset(word for passage in said for word in words(f"{passage.title} {passage.text}"))
