"""The search data on record: what indicators tell of their age, and of how well they find."""

from collections.abc import Iterable
from datetime import datetime

from matchbot.desk.work import Room
from matchbot.members import Member
from matchbot.policy import Action
from matchbot.search_data import Answered, SearchDataServed


class Serving(Room):
    """Each good build is an event: later numbers do not depend on snapshots that are gone by then."""

    def note_search_data(
        self, snapshot: str, *, good_at: datetime, answered: Iterable[Answered], by: Member, key: str
    ) -> None:
        """Puts on record that a snapshot is what is searched from now on. Raises NotAllowedError."""
        with self._work(Action.NOTE_SEARCH_DATA, by, key) as work:
            if work.earlier():
                return
            stream = f"snapshot:{snapshot}"
            is_known = bool(work.unit.events.read(stream))
            told = () if is_known else tuple(answered)
            work.record(stream, [SearchDataServed(snapshot=snapshot, good_at=good_at, answered=told)])
