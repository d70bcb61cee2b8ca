"""Need → ranked matches, each with the reasons that its own profile gives."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.records import PassageType
from index.hits import NO_TIES, Filters, Found, Hit, Searcher, Tie
from matchbot.choosing import NOTHING_KNOWN, Background, Chosen, arranged
from matchbot.funding import Fit, is_for
from matchbot.halves import complementary, halves
from matchbot.masking import coarse_size, code_of
from matchbot.need import Asker, Need, Scope
from matchbot.ranking import Ranking
from matchbot.reasons import MOST_WORDS, Reason, as_written, masked_reason, reason_in

CARDS = 3
"""How many partners are shown at a time."""
_OTHERS_LOOKED_AT = 20
FINANCIERS = 200
"""How many are arranged anew where money is sought: mandates tell more than words."""
POOL = 20
"""How many of the most relevant are arranged anew; who comes behind them keeps the place of relevance."""

_LOOKED_THROUGH_FOR_BOTH = 100
"""How many of each half are looked through for one who does both."""

_NOBODY = Asker()


class Notice(StrEnum):
    """What the reader of a list should know about how it came to be."""

    SCOPE_NEEDS_ASKER = "scope-needs-asker"
    """One's own or other clusters were asked for, but whose is not known: all were searched."""


@dataclass(frozen=True, slots=True)
class Match:
    """A hit that is fit to be shown, and why.

    Of a masked organisation the ``hit`` knows a code (as name and id), kind, home cluster and size
    band, nothing else. ``organisation_id`` is for the program, never for people. ``tie``: what it has
    in common with the asker from before.
    """

    hit: Hit
    reasons: tuple[Reason, ...]
    is_other_cluster: bool
    organisation_id: str = field(repr=False)
    tie: Tie | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    """What moved it besides relevance: term → what it adds to the score."""
    half: str = ""
    """The half of the need that it does, where two only together do all of it."""
    fits: tuple[Fit, ...] = ()
    """How what it states that it funds agrees with the need; of a masked one nothing is told."""
    missing: tuple[str, ...] = ()
    """Words of the need, as they stand there, that its profile has not; of a masked one nothing is told."""

    @property
    def what_it_does(self) -> Reason | None:
        """The first reason that is not what the partner looks for itself; None where there is no such."""
        return next((one for one in self.reasons if one.passage_type != PassageType.NEED), None)

    @property
    def combined(self) -> float:
        """Relevance and all terms together."""
        return self.hit.score + sum(self.terms.values())


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of the partners found for a need, best first; empty where nobody was found. ``offset``: how
    many were shown before it."""

    need: Need
    items: tuple[Match, ...] = ()
    offset: int = 0
    has_more: bool = False
    notices: tuple[Notice, ...] = ()
    probability: float | None = None
    """That the likeliest of the first has to do with the need at all; None where it cannot be told, or
    nobody was found."""

    @property
    def pair(self) -> tuple[Match, ...]:
        """The two who only together do all that was asked for: the first of the page; else nobody."""
        return tuple(match for match in self.items if match.half)


class Matchmaker:
    """Finds partners for a need, or says that nobody is good enough.

    ``mask_key``: secret from which the codes of masked organisations are made. Corporate numbers are
    public, so whoever has the key, or an empty one, can find the organisation to a code by trying.
    ``ties``: of the asker, by organisation; they move up who is found, and are named. ``backgrounds``: what
    is known of organisations besides their profiles, by which, as ``ranking`` says, they are arranged.
    """

    def __init__(
        self,
        searcher: Searcher,
        *,
        mask_key: bytes = b"",
        ties: Mapping[str, Tie] = NO_TIES,
        ranking: Ranking = Ranking(),  # noqa: B008 - frozen, so it may be shared
        backgrounds: Callable[[Sequence[str]], Mapping[str, Background]] = lambda ids: NOTHING_KNOWN,
    ) -> None:
        self._searcher = searcher
        self._mask_key = mask_key
        self._ties = ties
        self._ranking = ranking
        self._backgrounds = backgrounds

    def matches(
        self,
        need: Need,
        *,
        asker: Asker | None = None,
        limit: int = CARDS,
        shown: Sequence[str] = (),
        kept: Sequence[str] = (),
        excluded_ids: AbstractSet[str] = frozenset(),
    ) -> Matches:
        """The first ``limit`` partners for this need of those who were not ``shown`` on pages before; whoever
        was on this page already (``kept``) stays in its place.

        The asker's own organisation is never among them, nor is a hit with a score of zero; and nobody is
        where none of the most relevant is likely to have to do with the need (``least_probability``), unless
        money is sought, and one states that it funds such a venture or a place was asked for. In the order of
        :func:`~matchbot.choosing.arranged`, except that in the default scope the last of a first page is the
        best likely partner of another cluster than the asker's (than that of the others, where the asker has
        none) if there would be none otherwise; a list of one is left alone. Where a need asks for two things,
        and nobody is likely to do both, a first page begins with the two who together do.
        """
        asker = asker or _NOBODY
        notices = _notices(need, asker)
        if not need.query or limit <= 0:
            return Matches(need, offset=len(shown), notices=notices)
        filters = filters_for(need, asker, excluded_ids | frozenset(shown))
        found = self._search(need, filters, max(_n_arranged(need), limit + 1))
        likeliest = _likeliest(found)
        ranked = self._ranked(
            found, likeliest, need, asker, filters, limit=limit, kept=kept, is_first_page=not shown
        )
        return Matches(
            need,
            tuple(self._match(chosen, need, asker) for chosen in ranked[:limit]),
            len(shown),
            len(ranked) > limit,
            notices,
            likeliest,
        )

    def code(self, organisation_id: str) -> str:
        """What a masked organisation is called: the same for the same organisation and key."""
        return code_of(organisation_id, self._mask_key)

    def _ranked(
        self,
        found: Sequence[Hit],
        likeliest: float | None,
        need: Need,
        asker: Asker,
        filters: Filters,
        *,
        limit: int,
        kept: Sequence[str],
        is_first_page: bool,
    ) -> list[Chosen]:
        """Who was found, in the order in which they are shown; nobody where nobody answers the need."""
        pool, behind = found[: _n_arranged(need)], found[_n_arranged(need) :]
        pair = self._pair(need, filters) if is_first_page and limit > 1 else ()
        is_likely = self._is_likely(likeliest)
        is_answered = bool(pair) or is_likely or not is_first_page
        if not (is_answered or need.seeks_funding):
            return []
        backgrounds = self._backgrounds([hit.organisation.id for hit in pool])
        # 「福井の銀行から融資を受けたい」 says all that matters by its conditions.
        is_near = bool(need.prefectures)
        if not (is_answered or is_near or any(is_for(known.fits) for known in backgrounds.values())):
            return []
        # Where the words tell of nobody, what financiers state decides.
        ranking = self._ranking if is_likely else self._ranking.model_copy(update={"mandate": 1.0})
        ranked = [*arranged(pool, ranking, backgrounds, limit), *map(Chosen, behind)]
        ranked = [*pair, *_without(pair, _with_first(kept, ranked))]
        if is_first_page and limit > len(pair):  # of a pair nobody makes room
            return self._mixed(need, asker, filters, ranked, limit)
        return ranked

    def _search(self, need: Need, filters: Filters, limit: int) -> list[Hit]:
        hits = self._searcher.search(need.query, filters=filters, ties=self._ties, limit=limit)
        return [hit for hit in hits if hit.score > 0]

    def _mixed(
        self, need: Need, asker: Asker, filters: Filters, ranked: list[Chosen], limit: int
    ) -> list[Chosen]:
        """The list with a partner of another cluster among the first ``limit``, if there is one."""
        first = ranked[:limit]
        if need.scope is not Scope.MIXED or len(first) < 2:
            return ranked
        own = frozenset(asker.clusters) or _clusters_of(first[0].hit)
        if not own or any(_is_of_other_cluster(chosen.hit, own) for chosen in first):
            return ranked

        def is_fit(chosen: Chosen) -> bool:
            return _is_of_other_cluster(chosen.hit, own) and self._is_likely(chosen.hit.probability)

        found = sorted(ranked[limit:], key=lambda chosen: chosen.hit.rank)
        other = next(filter(is_fit, found), None)
        if other is None:
            beyond = replace(filters, not_clusters=filters.not_clusters | own)
            others = map(Chosen, self._search(need, beyond, _OTHERS_LOOKED_AT))
            other = next(filter(is_fit, others), None)
        if other is None:
            return ranked
        return [*first[:-1], other, *(one for one in (first[-1], *ranked[limit:]) if one is not other)]

    def _pair(self, need: Need, filters: Filters) -> tuple[Chosen, ...]:
        """Two who only together do what a need of two halves asks for; nobody for any other need."""
        parts = halves(need.query)
        if parts is None:
            return ()
        first, second = (self._likely(replace(need, query=part), filters) for part in parts)
        pair = complementary(first, second, parts)
        return tuple(Chosen(hit, half=part) for hit, part in zip(pair, parts, strict=True)) if pair else ()

    def _likely(self, need: Need, filters: Filters) -> list[Hit]:
        """Who is likely to have to do with a need; nobody where that cannot be told."""
        found = self._search(need, filters, _LOOKED_THROUGH_FOR_BOTH)
        return [hit for hit in found if hit.probability is not None and self._is_likely(hit.probability)]

    def _is_likely(self, probability: float | None) -> bool:
        return probability is None or probability >= self._ranking.least_probability

    def _match(self, chosen: Chosen, need: Need, asker: Asker) -> Match:
        hit = chosen.hit
        reasons: tuple[Reason, ...] = ()
        if hit.evidence:
            reasons = (reason_in(hit.evidence, hit.organisation.name),)
        organisation_id = hit.organisation.id
        is_other_cluster = _is_of_other_cluster(hit, frozenset(asker.clusters))
        tie = self._ties.get(organisation_id)
        if hit.organisation.is_masked:
            # What they did together would tell whose code it is.
            reasons, tie = tuple(masked_reason(reason, need.query) for reason in reasons), None
            hit, chosen = self._masked(hit), replace(chosen, fits=())
        missing = as_written(hit.missing, chosen.half or need.query)[:MOST_WORDS]
        return Match(
            hit,
            reasons,
            is_other_cluster,
            organisation_id,
            tie,
            chosen.terms,
            chosen.half,
            chosen.fits,
            missing,
        )

    def _masked(self, hit: Hit) -> Hit:
        known, code = hit.organisation, self.code(hit.organisation.id)
        shown = Found(
            id=code,
            name=code,
            kind=known.kind,
            home_cluster=known.home_cluster,
            clusters=tuple(filter(None, (known.home_cluster,))),
            size_band=coarse_size(known.size_band),
            is_masked=True,
            is_sample=known.is_sample,
        )
        return replace(hit, organisation=shown, evidence=None, missing=())


def filters_for(
    need: Need, asker: Asker | None = None, excluded_ids: AbstractSet[str] = frozenset()
) -> Filters:
    """What a searcher has to leave out: all that the need says, the asker itself, and ``excluded_ids``.

    A scope of one's own or other clusters restricts only where the asker's clusters are known.
    """
    asker = asker or _NOBODY
    own = frozenset(asker.clusters)
    return Filters(
        kinds=frozenset(map(str, need.kinds)),
        not_kinds=frozenset(map(str, need.not_kinds)),
        prefectures=need.prefectures,
        not_prefectures=need.not_prefectures,
        clusters=need.clusters or (own if need.scope is Scope.OWN else frozenset()),
        not_clusters=need.not_clusters | (own if need.scope is Scope.OTHER else frozenset()),
        excluded_ids=frozenset(excluded_ids) | frozenset(filter(None, (asker.organisation_id,))),
        is_open_only=not asker.sees_masked,
    )


def _n_arranged(need: Need) -> int:
    return FINANCIERS if need.seeks_funding else POOL


def _without(others: Sequence[Chosen], ranked: Sequence[Chosen]) -> list[Chosen]:
    """The list without these organisations."""
    ids = {chosen.hit.organisation.id for chosen in others}
    return [chosen for chosen in ranked if chosen.hit.organisation.id not in ids]


def _with_first(ids: Sequence[str], ranked: list[Chosen]) -> list[Chosen]:
    """The list with these first, in this order, as far as they are in it."""
    places = {id: place for place, id in enumerate(ids)}
    return sorted(ranked, key=lambda chosen: places.get(chosen.hit.organisation.id, len(places)))


def _likeliest(hits: Sequence[Hit]) -> float | None:
    """The highest probability among the first; None where one of them is not known, or there are none."""
    known = [hit.probability for hit in hits[:CARDS]]
    return max((p for p in known if p is not None), default=None) if None not in known else None


def _notices(need: Need, asker: Asker) -> tuple[Notice, ...]:
    needs_asker = need.scope in (Scope.OWN, Scope.OTHER) and not asker.clusters
    return (Notice.SCOPE_NEEDS_ASKER,) if needs_asker else ()


def _clusters_of(hit: Hit) -> frozenset[str]:
    return frozenset(filter(None, (hit.organisation.home_cluster, *hit.organisation.clusters)))


def _is_of_other_cluster(hit: Hit, own: AbstractSet[str]) -> bool:
    """Whether it belongs to a cluster, and to none of one's own."""
    clusters = _clusters_of(hit)
    return bool(own and clusters) and clusters.isdisjoint(own)
