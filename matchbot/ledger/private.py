"""The private store in SQLite: a file of its own, with what may be erased and the salts of its commitments.

The ledger holds commitments only. Once a text and its salt are gone, nothing tells what it said, and the
chain stays as it was.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from corpus.storage import moment
from corpus.writing import closed_up
from matchbot.ledger.chain import Draw, commitment
from matchbot.ledger.stores import PrivateText
from matchbot.references import TextRef
from matchbot.sql import Pending, Step
from matchbot.sqlite import Connections, begin_writing, connect

FIRST_SCHEMA = Step(
    "texts",
    (
        """
        CREATE TABLE texts (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            salt BLOB NOT NULL,
            recorded_at TEXT NOT NULL
        ) STRICT
        """,
        # Whose erasure takes a text with it.
        """
        CREATE TABLE subjects (
            subject TEXT NOT NULL,
            number INTEGER NOT NULL REFERENCES texts (number) ON DELETE CASCADE,
            PRIMARY KEY (subject, number)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX subjects_by_text ON subjects (number)",
    ),
)

_INSERT_TEXT = "INSERT INTO texts (number, id, kind, text, salt, recorded_at) VALUES (?,?,?,?,?,?)"
_INSERT_SUBJECT = "INSERT INTO subjects (subject, number) VALUES (?,?)"
_SELECT = "SELECT number, id, kind, text, salt, recorded_at FROM texts"
ID_BYTES, SALT_BYTES = 16, 32


def connections_to(file: Path) -> Connections:
    """The connections to a private store, in which SQL knows ``closed_up``."""

    def connected() -> sqlite3.Connection:
        connection = connect(file, is_for_one_thread=False)
        connection.create_function("closed_up", 1, closed_up, deterministic=True)
        return connection

    return Connections(file, connected)


class SqlitePrivateStore:
    """The `PrivateStore` of one unit of work; touches the disk when it is first used."""

    def __init__(self, connections: Connections, *, is_read_only: bool, draw: Draw) -> None:
        self._connections = connections
        self._draw = draw
        self._is_read_only = is_read_only
        self._lent = ExitStack()
        self._opened: Pending[sqlite3.Connection] | None = None
        self._last: int | None = None
        """The number of the last text, once it was looked up: within a transaction nobody else adds any."""
        self._last_before: list[int | None] = []
        """The same when each of the parts began that have not ended."""

    def put(self, text: str, *, kind: str, about: Iterable[str], recorded_at: datetime) -> TextRef:
        id, salt = self._draw(ID_BYTES).hex(), self._draw(SALT_BYTES)
        number = self._last = self._last_number() + 1
        self._pending.add(_INSERT_TEXT, (number, id, kind, text, salt, moment(recorded_at)))
        self._pending.add_all(_INSERT_SUBJECT, [(subject, number) for subject in set(about)])
        return TextRef(id, commitment(salt, text))

    def text(self, ref: TextRef | str) -> str | None:
        return self.texts([ref]).get(id_of(ref))

    def texts(self, refs: Iterable[TextRef | str]) -> dict[str, str]:
        # As one value: there may be more of them than a statement takes.
        wanted = [*map(id_of, refs)]
        if not wanted:
            return {}
        condition = "WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._sql.execute(f"SELECT id, text FROM texts {condition}", [json.dumps(wanted)]))

    def about(self, subject: str) -> list[PrivateText]:
        return self._private_texts(
            "WHERE number IN (SELECT number FROM subjects WHERE subject = ?) ORDER BY number", subject
        )

    def holding(self, words: str) -> list[PrivateText]:
        sought = closed_up(words)
        return (
            self._private_texts("WHERE INSTR(closed_up(text), ?) ORDER BY number", sought) if sought else []
        )

    # The transaction

    def commit(self) -> None:
        if self._is_writing:
            self._sql.execute("COMMIT")

    def begin_part(self) -> None:
        self._last_before.append(self._last)
        if self._opened is not None:
            self._opened.begin_part()

    def undo_part(self) -> None:
        self._last = self._last_before[-1]
        if self._opened is not None:
            self._opened.undo_part()

    def end_part(self) -> None:
        self._last_before.pop()
        if self._opened is not None:
            self._opened.end_part()

    def close(self) -> None:
        """End the unit; what was not committed is gone."""
        self._opened = None
        self._lent.close()

    @property
    def _is_writing(self) -> bool:
        return self._opened is not None and self._opened.unsettled.in_transaction

    @property
    def _pending(self) -> Pending[sqlite3.Connection]:
        if self._opened is None:
            lent = self._connections.one(is_read_only=self._is_read_only)
            connection = self._lent.enter_context(lent)
            self._opened = Pending(connection, is_read_only=self._is_read_only)
            for _ in self._last_before:
                self._opened.begin_part()
        return self._opened

    @property
    def _sql(self) -> sqlite3.Connection:
        return self._pending.settled

    def _last_number(self) -> int:
        if self._last is not None:
            return self._last
        if not self._is_writing:
            begin_writing(self._sql)
        (last,) = self._sql.execute("SELECT COALESCE(MAX(number), 0) FROM texts").fetchone()
        return int(last)

    def _private_texts(self, condition: str, value: str) -> list[PrivateText]:
        rows = self._sql.execute(f"{_SELECT} {condition}", [value]).fetchall()
        return list(self._with_subjects(rows))

    def _with_subjects(self, rows: Iterable[tuple[int, str, str, str, bytes, str]]) -> Iterator[PrivateText]:
        for number, id, kind, text, salt, recorded_at in rows:
            subjects = self._sql.execute(
                "SELECT subject FROM subjects WHERE number = ? ORDER BY subject", [number]
            )
            yield PrivateText(
                ref=TextRef(id, commitment(salt, text)),
                kind=kind,
                text=text,
                about=tuple(subject for (subject,) in subjects),
                recorded_at=datetime.fromisoformat(recorded_at),
            )


def id_of(ref: TextRef | str) -> str:
    """The id of a text, however it is referred to."""
    return ref if isinstance(ref, str) else ref.id
