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
from matchbot.introductions import TextRef
from matchbot.ledger.chain import Draw, commitment
from matchbot.ledger.stores import PrivateText
from matchbot.sql import Step
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
        self._connection: sqlite3.Connection | None = None

    def put(self, text: str, *, kind: str, about: Iterable[str], recorded_at: datetime) -> TextRef:
        if not self._sql.in_transaction:
            begin_writing(self._sql)
        id, salt = self._draw(ID_BYTES).hex(), self._draw(SALT_BYTES)
        number = self._sql.execute(
            "INSERT INTO texts (id, kind, text, salt, recorded_at) VALUES (?,?,?,?,?)",
            [id, kind, text, salt, moment(recorded_at)],
        ).lastrowid
        self._sql.executemany(
            "INSERT INTO subjects (subject, number) VALUES (?,?)",
            [(subject, number) for subject in set(about)],
        )
        return TextRef(id, commitment(salt, text))

    def text(self, ref: TextRef | str) -> str | None:
        return self.texts([ref]).get(id_of(ref))

    def texts(self, refs: Iterable[TextRef | str]) -> dict[str, str]:
        # As one value: there may be more of them than a statement takes.
        wanted = [*map(id_of, refs)]
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

    def begin_part(self) -> bool:
        """Mark where to go back to; gives what `undo_part` wants."""
        if self._is_writing:
            self._sql.execute("SAVEPOINT part")
        return self._is_writing

    def undo_part(self, was_writing: bool) -> None:
        if self._is_writing:
            self._sql.execute("ROLLBACK TO part" if was_writing else "ROLLBACK")

    def end_part(self, was_writing: bool) -> None:
        if was_writing:
            self._sql.execute("RELEASE part")

    def close(self) -> None:
        """End the unit; what was not committed is gone."""
        self._connection = None
        self._lent.close()

    @property
    def _is_writing(self) -> bool:
        return self._connection is not None and self._connection.in_transaction

    @property
    def _sql(self) -> sqlite3.Connection:
        if self._connection is None:
            lent = self._connections.one(is_read_only=self._is_read_only)
            self._connection = self._lent.enter_context(lent)
        return self._connection

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
