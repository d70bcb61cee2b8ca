"""What a recogniser makes of one message."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from corpus.records import Kind
from matchbot.need import Aspect, Piece, Scope

HERE = "@prefecture"
"""Stands among prefectures for the asker's own, which a recogniser does not know."""
NEARBY = "@region"
"""Stands among prefectures for those of the asker's region."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of a message, and what it wishes besides.

    ``content`` is the message without greetings, the phrases of asking and what became a piece;
    a message that holds none of these is its own content. ``is_request``: somebody asks for a partner.
    ``is_addition``: the pieces widen what was said before instead of replacing it. ``dropped``: pieces
    to take back; those marked as exclusions are excluded where there is nothing to take back.
    ``forgotten``: aspects about which nothing shall be said any more.
    """

    content: str
    pieces: tuple[Piece, ...] = ()
    is_request: bool = False
    is_addition: bool = False
    dropped: tuple[Piece, ...] = ()
    forgotten: frozenset[Aspect] = frozenset()


def combined(readings: Iterable[Reading], joint: str) -> Reading:
    """The readings of a message's sentences as one; their contents joined by ``joint``."""
    return reduce(lambda first, second: _beside(first, second, joint), readings, Reading(""))


def kind_pieces(kinds: Iterable[Kind], said: str) -> tuple[Piece, ...]:
    """One piece per kind, each removable by itself."""
    return tuple(Piece(Aspect.KIND, (kind,), said) for kind in kinds)


def place_piece(prefectures: tuple[str, ...], said: str) -> Piece:
    """The wish for a place."""
    return Piece(Aspect.PLACE, prefectures, said)


def scope_piece(scope: Scope, said: str) -> Piece:
    """The wish for one's own cluster, for others, or for all."""
    return Piece(Aspect.SCOPE, (scope,), said)


def excluded_pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same pieces as what is not wanted."""
    return tuple(replace(piece, is_excluded=True) for piece in pieces)


def _beside(first: Reading, second: Reading, joint: str) -> Reading:
    return Reading(
        content=joint.join(filter(None, (first.content, second.content))),
        pieces=(*first.pieces, *second.pieces),
        is_request=first.is_request or second.is_request,
        is_addition=first.is_addition or second.is_addition,
        dropped=(*first.dropped, *second.dropped),
        forgotten=first.forgotten | second.forgotten,
    )
