"""What is known of the search data: each time they were made or found to be right, and how well they find."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How well one question of the fixed set is answered. ``question``: a key of its text; both 0–1."""

    question: str
    ndcg: float
    """nDCG@10."""
    recall: float
    """Recall@50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDataServed:
    """A snapshot is what is searched from now on: newly built, found to hold what a new one would, or gone
    back to. ``good_at``: when it was last known to. ``answered``: told once of each snapshot, of the
    questions that it can answer."""

    snapshot: str
    good_at: datetime
    answered: tuple[Answered, ...] = ()


EVENTS: tuple[type, ...] = (SearchDataServed,)
"""Every event of this room."""
