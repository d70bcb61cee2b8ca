"""What is published of a figure: a number, and all that has to be known of it."""

from dataclasses import dataclass
from enum import StrEnum

UNKNOWN = ""
"""The part of a breakdown that nobody knows: 不明."""


class Flag(StrEnum):
    """What has to be known of a value."""

    EXPECTED = "expected"
    """見込み: it has not happened yet. Never to be added to what has."""
    CONFIRMED = "confirmed"
    """確定."""
    BREAK = "series-break"
    """時系列の断層: not comparable with what came before."""
    SAMPLED = "sampled-paths"
    """Shortest paths were taken from a sample of nodes."""
    HIDDEN = "hidden"
    """秘匿: too few organisations stand behind it, or it would give away one behind which they do."""
    UNRECORDED = "before-members"
    """名簿の記録前: who is in which cluster was not recorded yet, and by that it is counted."""
    FEW = "few-answers"
    """Fewer than ten answers."""
    SAMPLE = "sample"
    """見本."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number and what belongs to it.

    ``by`` and ``part``: which part of which breakdown ("": of none; a part "" is 不明). ``value``: None
    where nothing is known. ``n``: rows (延べ). ``distinct``: what they are about (実数). ``denominator``:
    what a share, mean or distribution is taken over. ``missing``: rows of unknown measure. ``weaker``:
    rows of evidence C or D that a headline leaves out. ``low`` and ``high``: 95 % interval.
    ``n_organisations``: how many organisations stand behind it.
    """

    figure: str
    by: str = ""
    part: str = ""
    value: float | None
    n: int
    distinct: int
    denominator: int | None = None
    missing: int = 0
    weaker: int = 0
    low: float | None = None
    high: float | None = None
    n_organisations: int = 0
    version: int
    flags: tuple[Flag, ...] = ()
