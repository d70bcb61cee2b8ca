"""What an evaluation adds to what is counted: targets, breaks in a series, and what the committee says.

Each target, break and comment has a stream of its own. Words of people lie in the private store.
"""

from dataclasses import dataclass
from datetime import date

from matchbot.references import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet:
    """A figure is to reach ``value`` from ``first`` to ``last``, both days included.

    ``cluster``: of one project, "" for the programme as a whole. ``source``: where that is written.
    ``reason``: why it is no longer what it was; None for a first one.
    """

    figure: str
    first: date
    last: date
    value: float
    member_id: str
    cluster: str = ""
    source: TextRef | None = None
    reason: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLifted:
    """A correction: there is no such target (any more)."""

    figure: str
    first: date
    last: date
    member_id: str
    reason: TextRef
    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBroken:
    """From a day on, numbers are not comparable with those before (時系列の断層): a rule or a scope changed.

    ``figure``: of a figure or indicator, "" for all. ``cluster``: of one project, "" for all.
    """

    break_id: str
    on: date
    member_id: str
    reason: TextRef
    figure: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakLifted:
    """A correction: there is no such break."""

    break_id: str
    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMade:
    """The committee has something to say about a figure in a fiscal year."""

    comment_id: str
    figure: str
    fiscal_year: int
    member_id: str
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTaken:
    """What was done about a comment."""

    comment_id: str
    member_id: str
    text: TextRef


EVENTS: tuple[type, ...] = (
    TargetSet,
    TargetLifted,
    SeriesBroken,
    BreakLifted,
    CommentMade,
    ActionTaken,
)
"""Every event of this room."""
