"""The read models on one connection, kept up with the events; the questions are added subject by subject."""

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial, wraps
from hashlib import sha256
from typing import Any, Self, TypeVar, cast

from corpus.progress import Progress, unheard
from matchbot.happenings import Happening, telling
from matchbot.histories import Histories
from matchbot.ledger import EventStore, Head, Recorded
from matchbot.projections import FORMAT, SCHEMA, TABLES, Memory, Pending, Projector

Subject = TypeVar("Subject", bound="Upkeep")
Known = TypeVar("Known")

Count = Callable[[int, int], None]
"""Takes how many events are taken, and how many there are."""

_EVENTS_PER_FLUSH = 50_000
_ROWS_PER_READ = 1_000
_WITHOUT_REFERENCES = 2
"""The version of marshal's format in which equal rows have equal bytes."""


class Anew(StrEnum):
    """Why read models are made again by whoever needs them: each with a text ``stage-rebuild-<reason>``."""

    MISSING = "missing"
    OTHER_FORMAT = "other-format"
    OTHER_LEDGER = "other-ledger"
    """They go on after an event that the ledger does not have: an older one was restored."""


class Upkeep:
    """The read models on one connection, as events up to a position leave them.

    What the events taken last have changed is written when something is asked of it, mostly for many
    commands together.
    """

    def __init__(self, connection: sqlite3.Connection, events: EventStore) -> None:
        self._pending = Pending(connection)
        self._events = events
        self.remember(Memory())
        self._position: Head | None = None
        """The last event taken, once it is known."""
        self._written: Head | None = None
        """The last event of which, as of all before it, every row is put down."""

    @property
    def _settled(self) -> sqlite3.Connection:
        """The connection, for questions on all else."""
        return self._pending.settled

    @property
    def _sql(self) -> sqlite3.Connection:
        """The connection, with every row written: for questions on cases, facts and tallies."""
        self.settle()
        return self._pending.unsettled

    def position(self) -> Head | None:
        """The last event taken; None where the tables are missing or of another format."""
        if self._position is None:
            try:
                row = self._settled.execute("SELECT seq, hash, format FROM position").fetchone()
            except sqlite3.OperationalError:
                return None
            self._position = self._written = Head(row[0], row[1]) if row and row[2] == FORMAT else None
        return self._position

    def catch_up(self, progress: Progress = unheard) -> Anew | None:
        """Take the events after the position, or all of them where it is none of this ledger: gives why."""
        head, position = self._events.head(), self.position()
        if position == head:
            return None
        if position is not None and self._is_known(position, head):
            self._take_after(position, head, _uncounted)
            return None
        reason = self._why_anew()
        if head.seq:
            with telling(Happening.REBUILD, reason=reason, n_events=head.seq):
                self.make_again(partial(progress, f"rebuild-{reason}"))
        else:
            self.make_again(_uncounted)
        return reason

    def make_again(self, count: Count) -> int:
        """Take all events, in place of whatever was taken; gives how many."""
        self._begin_anew()
        return self._take_after(Head(0, ""), self._events.head(), count)

    def _take_after(self, position: Head, head: Head, count: Count) -> int:
        count(position.seq, head.seq)
        n_taken = 0
        for recorded in self._events.read_all(position.seq):
            self._projector.apply(recorded)
            n_taken += 1
            if n_taken % _EVENTS_PER_FLUSH == 0:
                self._projector.flush()
                self._pending.settle()
                count(position.seq + n_taken, head.seq)
        self._position = head
        self.settle()
        count(head.seq, head.seq)
        return n_taken

    def _why_anew(self) -> Anew:
        if self.position() is not None:
            return Anew.OTHER_LEDGER
        table = self._settled.execute("SELECT 1 FROM sqlite_schema WHERE name = 'position'").fetchone()
        return Anew.OTHER_FORMAT if table else Anew.MISSING

    def remember(self, memory: Memory) -> None:
        """Go on from what was known at the position, before anything is taken."""
        self._memory = memory
        self._projector = Projector(self._pending, self._events.read, memory)

    def left(self) -> tuple[Head | None, Memory]:
        """What is known now, and up to which event: for a later unit that begins there."""
        return self._position, self._memory

    def take(self, recorded: Iterable[Recorded]) -> None:
        """Take events that were just appended; those that were taken before are passed over."""
        position = self.position() or Head(0, "")
        new = [one for one in recorded if one.seq > position.seq]
        for one in new:
            self._projector.apply(one)
        if new:
            self._position = Head(new[-1].seq, new[-1].hash)

    def settle(self) -> None:
        """Write all rows that the events taken have changed."""
        if self._position is not None and self._position != self._written:
            self._written = self._position
            self._projector.flush()
            row = (FORMAT, self._position.seq, self._position.hash)
            self._pending.add("INSERT OR REPLACE INTO position VALUES (1,?,?,?)", row)
        self._pending.settle()

    @contextmanager
    def part(self) -> Iterator[Self]:
        """A part that can fail alone."""
        self._pending.begin_part()
        mark, position, written = self._projector.mark(), self._position, self._written
        try:
            yield self
        except BaseException:
            self._pending.undo_part()
            self._projector.go_back(mark)
            self._position, self._written = position, written
            raise
        finally:
            self._pending.end_part()

    def digests(self) -> dict[str, str]:
        """What stands in each table, as a hash."""
        return {table: self._digest(table, order) for table, order in TABLES.items()}

    def _digest(self, table: str, order: str) -> str:
        seen = sha256()
        rows = self._sql.execute(f"SELECT * FROM {table} ORDER BY {order}")
        while together := rows.fetchmany(_ROWS_PER_READ):
            seen.update(marshal.dumps(together, _WITHOUT_REFERENCES))
        return seen.hexdigest()

    def _is_known(self, position: Head, head: Head) -> bool:
        """Whether the position is in this ledger's chain: not after a restore of an older one."""
        if position.seq > head.seq:
            return False
        at = next(iter(self._events.read_all(position.seq - 1)), None) if position.seq else None
        return at is not None and at.hash == position.hash

    @property
    def about_people(self) -> dict[str, dict[str, Any]]:
        """What was answered since it changed last, by whom it is about and what was asked."""
        return self._memory.people

    def _begin_anew(self) -> None:
        sql = self._pending.writable
        tables = sql.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            sql.execute(f"DROP TABLE {table}")
        for statement in SCHEMA:
            sql.execute(statement)
        self._written = None
        self.remember(Memory(histories=Histories(is_whole=self._events.head().seq == 0)))


def remembered(ask: Callable[[Subject, str], Known]) -> Callable[[Subject, str], Known]:
    """A question about a person, an organisation or a cluster that is asked of the tables once, until
    something about them changes."""

    @wraps(ask)
    def answer(models: Subject, id: str) -> Known:
        known = models.about_people.setdefault(id, {})
        if ask.__name__ not in known:
            known[ask.__name__] = ask(models, id)
        return cast(Known, known[ask.__name__])

    return answer


def one_of(values: Sequence[str]) -> str:
    """The placeholders of as many values, to stand after IN."""
    return f"({','.join('?' * len(values))})"


def _uncounted(n_taken: int, n_events: int) -> None:
    """Nobody waits for few events."""
