"""The events in a database: rows that are only ever added, each tied to the one before.

The schema is SQLite's; what is asked of it any database understands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

import orjson

from corpus.storage import moment
from matchbot.errors import StreamMovedError
from matchbot.events import encode
from matchbot.ledger.chain import Draw, Head, canonical, genesis, link
from matchbot.ledger.stores import Recorded
from matchbot.sql import Pending, Sql, Step

COLUMNS = "seq, stream, version, type, event_date, recorded_at, actor, key, part, payload, hash"
_INSERT = f"INSERT INTO events ({COLUMNS}) VALUES ({','.join('?' * len(COLUMNS.split(',')))})"
_PAGE = 2_000

FIRST_SCHEMA = Step(
    "events",
    (
        # What this ledger is: one row, written when it is made.
        """
        CREATE TABLE identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id TEXT NOT NULL,
            is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
            created_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY,
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            event_date TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            actor TEXT NOT NULL,
            key TEXT NOT NULL,
            part INTEGER NOT NULL,
            payload TEXT NOT NULL,
            hash TEXT NOT NULL,
            UNIQUE (stream, version),
            UNIQUE (key, part)
        ) STRICT
        """,
        # Refuses REPLACE too, also on a connection that has not set recursive_triggers.
        """
        CREATE TRIGGER events_are_appended BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)
            OR NEW.version IS NOT (
                SELECT COALESCE(MAX(version), 0) + 1 FROM events WHERE stream = NEW.stream)
            OR NEW.part IS NOT (SELECT COALESCE(MAX(part), 0) + 1 FROM events WHERE key = NEW.key)
        BEGIN SELECT RAISE(ABORT, 'events are only appended'); END
        """,
        """
        CREATE TRIGGER identity_is_fixed BEFORE INSERT ON identity
        WHEN EXISTS (SELECT 1 FROM identity)
        BEGIN SELECT RAISE(ABORT, 'identity is fixed'); END
        """,
        *(
            f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} may not be changed'); END"
            for table in ("events", "identity")
            for change in ("UPDATE", "DELETE")
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a ledger is, from its creation on."""

    id: str
    is_sample: bool
    created_at: datetime

    @classmethod
    def drawn(cls, draw: Draw, *, is_sample: bool, created_at: datetime) -> Self:
        """A new one. ``draw`` gives the random bytes of its id."""
        return cls(draw(16).hex(), is_sample, created_at)

    @property
    def genesis(self) -> Head:
        """The head before the first event."""
        facts = {"id": self.id, "is_sample": self.is_sample, "created_at": moment(self.created_at)}
        return genesis(facts)

    @classmethod
    def read(cls, connection: Sql) -> Self | None:
        """The identity in a database; None where it has none yet."""
        row = connection.execute("SELECT id, is_sample, created_at FROM identity").fetchone()
        return row and cls(row[0], bool(row[1]), datetime.fromisoformat(row[2]))

    def write(self, connection: Sql) -> None:
        connection.execute(
            # Quoted, because others than SQLite have the word to themselves.
            'INSERT INTO identity ("only", id, is_sample, created_at) VALUES (1, ?, ?, ?)',
            [self.id, int(self.is_sample), moment(self.created_at)],
        )


class SqlEventStore:
    """The `EventStore` of one transaction: nobody else adds any meanwhile, so what was looked up holds."""

    def __init__(self, pending: Pending[Any], genesis: Head) -> None:
        self._pending = pending
        self._genesis = genesis
        self._head: Head | None = None
        """The last event, once it was looked up, as what follows."""
        self._keys: dict[str, tuple[int, int]] = {}
        """The number of the first event of a key, and how many it has."""
        self._versions: dict[str, int] = {}
        self._appended_to: set[str] = set()
        """The streams whose last events may not be written yet."""
        self._n_before = self.head().seq

    def begin_part(self) -> int:
        """Count what was recorded so far as recorded before; gives what `end_part` wants."""
        n_before, self._n_before = self._n_before, self.head().seq
        return n_before

    def undo_part(self) -> None:
        """Forget what was recorded in a part that is undone: what is known is looked up again."""
        if self.head().seq == self._n_before:
            return
        self._pending.settle()
        self._head = None
        self._keys.clear()
        self._versions.clear()

    def end_part(self, n_before: int) -> None:
        self._n_before = n_before

    def append(
        self,
        stream: str,
        events: Iterable[object],
        *,
        actor: str,
        key: str,
        event_date: date,
        recorded_at: datetime,
        expected_version: int | None = None,
    ) -> list[Recorded]:
        if not key:
            raise ValueError("what a person did needs a key")
        first, n_known = self._known(key)
        if n_known and first <= self._n_before:
            return self.recorded_under(key)
        head, version = self.head(), self.version(stream)
        if expected_version not in (None, version):
            raise StreamMovedError(stream=stream, expected=expected_version, found=version)
        appended = []
        day, at, hash = event_date.isoformat(), moment(recorded_at), head.hash
        recorded_at = recorded_at.astimezone(UTC)
        for number, event in enumerate(events, 1):
            type, payload = encode(event)
            seq, at_version, part = head.seq + number, version + number, n_known + number
            row = (seq, stream, at_version, type, day, at, actor, key, part, canonical(payload))
            hash = link(hash, row)
            self._pending.add(_INSERT, (*row, hash))
            appended.append(
                Recorded(
                    seq=seq,
                    stream=stream,
                    version=at_version,
                    type=type,
                    event_date=event_date,
                    recorded_at=recorded_at,
                    actor=actor,
                    key=key,
                    payload=payload,
                    hash=hash,
                    appended=event,
                )
            )
        if appended:
            self._head = Head(appended[-1].seq, hash)
            self._keys[key] = (first or appended[0].seq, n_known + len(appended))
            self._versions[stream] = appended[-1].version
            self._appended_to.add(stream)
        return appended

    def read(self, stream: str) -> list[Recorded]:
        if self._versions.get(stream) == 0:
            return []
        if stream in self._appended_to:
            self._pending.settle()
        recorded = list(self._rows("WHERE stream = ? ORDER BY version", stream))
        self._versions[stream] = recorded[-1].version if recorded else 0
        return recorded

    def read_all(self, after: int = 0) -> Iterator[Recorded]:
        self._pending.settle()
        # Page by page: a server hands over all rows of an answer at once.
        while page := list(self._rows("WHERE seq > ? ORDER BY seq LIMIT ?", after, _PAGE)):
            yield from page
            after = page[-1].seq

    def recorded_under(self, key: str) -> list[Recorded]:
        if not self._known(key)[1]:
            return []
        self._pending.settle()
        return list(self._rows("WHERE key = ? ORDER BY part", key))

    def version(self, stream: str) -> int:
        if stream not in self._versions:
            row = self._sql.execute("SELECT MAX(version) FROM events WHERE stream = ?", [stream]).fetchone()
            self._versions[stream] = row[0] or 0
        return self._versions[stream]

    def head(self) -> Head:
        if self._head is None:
            row = self._sql.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
            self._head = Head(*row) if row else self._genesis
        return self._head

    @property
    def _sql(self) -> Sql:
        """The connection, for questions on what no event that is not written has to do with."""
        sql: Sql = self._pending.unsettled
        return sql

    def _known(self, key: str) -> tuple[int, int]:
        """The number of the first event of a key, and how many it has; without reading what may be many."""
        if key not in self._keys:
            last = self._sql.execute("SELECT MAX(part) FROM events WHERE key = ?", [key]).fetchone()[0]
            first = last and self._sql.execute("SELECT seq FROM events WHERE key = ? AND part = 1", [key])
            self._keys[key] = (first.fetchone()[0], last) if first else (0, 0)
        return self._keys[key]

    def _rows(self, condition: str, *values: str | int) -> Iterator[Recorded]:
        return map(_recorded, self._sql.execute(f"SELECT {COLUMNS} FROM events {condition}", values))


def _recorded(row: tuple[int, str, int, str, str, str, str, str, int, str, str]) -> Recorded:
    seq, stream, version, type, event_date, recorded_at, actor, key, _, payload, hash = row
    return Recorded(
        seq=seq,
        stream=stream,
        version=version,
        type=type,
        event_date=date.fromisoformat(event_date),
        recorded_at=datetime.fromisoformat(recorded_at),
        actor=actor,
        key=key,
        payload=orjson.loads(payload),
        hash=hash,
    )
