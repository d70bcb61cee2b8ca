"""What somebody looks for: the structured request that a message becomes, piece by piece.

A need is what is searched (``query``) and the pieces that were understood besides. Each piece can
be shown as a filter and taken away again; all else is read off the pieces, so that what is shown and
what is done cannot differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from corpus.records import Kind

Language = Literal["ja", "en"]


class Scope(StrEnum):
    """Which clusters partners may come from, seen from the asker."""

    OWN = "own"
    OTHER = "other"
    ALL = "all"
    MIXED = "mixed"
    """All clusters, with at least one partner of another cluster among the first (the default)."""


class Purpose(StrEnum):
    """What the partnership is for: the programme's kinds of support, and funding."""

    RESEARCH = "research"
    SALES = "sales"
    START_UP = "start_up"
    CROSS_INDUSTRY = "cross_industry"
    INTERNATIONAL = "international"
    FUNDING = "funding"


class Aspect(StrEnum):
    """What a piece of a need speaks of."""

    KIND = "kind"
    PLACE = "place"
    CLUSTER = "cluster"
    SCOPE = "scope"
    TERM = "term"
    PURPOSE = "purpose"
    STAGE = "stage"
    """Of the venture that money is sought for."""
    AMOUNT = "amount"
    URGENCY = "urgency"
    OFFER = "offer"
    """What the asker does itself."""


FILTERING = frozenset({Aspect.KIND, Aspect.PLACE, Aspect.CLUSTER, Aspect.SCOPE})
"""The aspects that leave organisations out of a search; the others only describe."""

_ONE_ONLY = frozenset({Aspect.SCOPE, Aspect.PURPOSE})
_ALSO_SEARCHED = frozenset({Aspect.TERM, Aspect.STAGE})
"""The aspects whose words stay in the query for as long as the piece is there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing understood, with the words it was understood from ("" where no words say it exactly).

    ``values``: kinds, prefectures, cluster ids, one scope, one purpose, one exact term, stages, a sum in yen
    (or its least and its most, "" for no limit), or what was said of the time or of oneself.
    ``is_excluded``: everything but these.
    """

    aspect: Aspect
    values: tuple[str, ...]
    said: str = ""
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf is asked. ``clusters`` holds all memberships, the home cluster first.

    ``sees_masked``: whether masked organisations are found too, each under its code.
    """

    organisation_id: str = ""
    clusters: tuple[str, ...] = ()
    prefecture: str = ""
    sees_masked: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody looks for.

    ``text`` is what was said last; ``query`` is what is searched: the content of all that was said,
    without greetings, wishes about kind and place, and the phrases of asking.
    """

    text: str
    query: str
    pieces: tuple[Piece, ...] = ()
    language: Language = "ja"

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds asked for; empty: any."""
        return frozenset(map(Kind, self._values(Aspect.KIND, is_excluded=False)))

    @property
    def not_kinds(self) -> frozenset[Kind]:
        """The kinds that are not wanted."""
        return frozenset(map(Kind, self._values(Aspect.KIND, is_excluded=True)))

    @property
    def prefectures(self) -> frozenset[str]:
        """The prefectures asked for; empty: any."""
        return self._values(Aspect.PLACE, is_excluded=False)

    @property
    def not_prefectures(self) -> frozenset[str]:
        """The prefectures that are not wanted."""
        return self._values(Aspect.PLACE, is_excluded=True)

    @property
    def clusters(self) -> frozenset[str]:
        """The clusters asked for by name; empty: any."""
        return self._values(Aspect.CLUSTER, is_excluded=False)

    @property
    def not_clusters(self) -> frozenset[str]:
        """The clusters that are not wanted."""
        return self._values(Aspect.CLUSTER, is_excluded=True)

    @property
    def scope(self) -> Scope:
        """Which clusters, seen from the asker; MIXED where nothing was said."""
        return next((Scope(p.values[0]) for p in self.pieces if p.aspect is Aspect.SCOPE), Scope.MIXED)

    @property
    def exact_terms(self) -> tuple[str, ...]:
        """Part numbers, standards, corporate numbers and quoted words, in the order said."""
        return tuple(value for p in self.pieces if p.aspect is Aspect.TERM for value in p.values)

    @property
    def purpose(self) -> Purpose | None:
        """What the partnership is for, where it was said."""
        return next((Purpose(p.values[0]) for p in self.pieces if p.aspect is Aspect.PURPOSE), None)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the venture that money is sought for."""
        return tuple(value for p in self.pieces if p.aspect is Aspect.STAGE for value in p.values)

    @property
    def amount(self) -> tuple[int | None, int | None] | None:
        """The sum sought, at least and at most, in yen; None: no limit, or nothing was said."""
        said = next((p.values for p in self.pieces if p.aspect is Aspect.AMOUNT), None)
        return bounds(said) if said else None

    @property
    def offer(self) -> str:
        """What the asker does itself, as it was said; "" where it was not."""
        return next((p.values[0] for p in self.pieces if p.aspect is Aspect.OFFER), "")

    @property
    def seeks_funding(self) -> bool:
        """Whether money is sought: said so, or from a financier."""
        return self.purpose is Purpose.FUNDING or Kind.FINANCIER in self.kinds

    @property
    def is_filtered(self) -> bool:
        """Whether some organisations are left out because of what was said."""
        return any(p.aspect in FILTERING for p in self.pieces)

    def with_pieces(self, pieces: Iterable[Piece]) -> "Need":
        """The need with further pieces. What is said later holds.

        A scope or purpose replaces the former one; kinds, places and clusters asked for replace
        those asked for before; exclusions and terms add up. What was asked for is no longer
        excluded, and the reverse; of pieces given together, the exclusion holds.
        """
        once: dict[tuple[object, ...], Piece] = {}
        for piece in pieces:
            once.setdefault((piece.aspect, piece.values, piece.is_excluded), piece)
        new = _without_contradiction(tuple(once.values()))
        kept = tuple(remains for p in self.pieces if (remains := _beside(p, new)) is not None)
        return replace(self, pieces=(*kept, *(p for p in new if p not in kept)))

    def without(self, piece: Piece) -> "Need":
        """The need after a piece was taken away; an exact term or a stage leaves the query as well, unless
        nothing would be left of it."""
        query = self.query
        if piece.aspect in _ALSO_SEARCHED and piece.said and piece in self.pieces:
            query = " ".join(query.replace(piece.said, " ").split())
            query = query or (self.query if piece.aspect is Aspect.STAGE else "")
        return replace(self, query=query, pieces=tuple(p for p in self.pieces if p != piece))

    def _values(self, aspect: Aspect, *, is_excluded: bool) -> frozenset[str]:
        said = (p for p in self.pieces if p.aspect is aspect and p.is_excluded is is_excluded)
        return frozenset(value for piece in said for value in piece.values)


def bounds(told: Sequence[str]) -> tuple[int | None, int | None]:
    """The least and the most of a sum as `Piece.values` tell it, in yen; None: no limit."""
    least, most = (int(told[place]) if told[place] else None for place in (0, -1))
    return least, most


def _without_contradiction(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces given together, less what is both asked for and excluded among them."""
    excluded = [p for p in pieces if p.is_excluded]
    return tuple(left for p in pieces if (left := p if p.is_excluded else _less(p, excluded)) is not None)


def _beside(old: Piece, new: tuple[Piece, ...]) -> Piece | None:
    """What is left of an old piece once new ones were said."""
    rivals = [p for p in new if p.aspect is old.aspect and p.aspect is not Aspect.TERM]
    if rivals and old.aspect in _ONE_ONLY:
        return None
    if not old.is_excluded and any(not p.is_excluded for p in rivals):
        return None
    return _less(old, [p for p in rivals if p.is_excluded is not old.is_excluded])


def _less(piece: Piece, others: Iterable[Piece]) -> Piece | None:
    """The piece without what others of its aspect speak of; None where nothing is left."""
    taken = {value for other in others if other.aspect is piece.aspect for value in other.values}
    left = tuple(value for value in piece.values if value not in taken)
    if left == piece.values:
        return piece
    return replace(piece, values=left, said="") if left else None
