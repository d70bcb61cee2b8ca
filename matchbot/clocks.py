"""What tells the time: the clock on the wall, or one that stands."""

from datetime import datetime
from typing import Protocol

from corpus.places import JAPAN_TIME


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time, with its zone: Japan's, so that its date is the day people mean."""
        ...


class WallClock:
    """The clock on the wall in Japan."""

    def now(self) -> datetime:
        """The time now."""
        return datetime.now(JAPAN_TIME)


class FixedClock:
    """A clock that stands."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The time it was made for."""
        return self._now


class SetClock(FixedClock):
    """A clock that stands until it is set."""

    def set(self, now: datetime) -> None:
        """Make it another time."""
        self._now = now
