"""What passes between people and matchbot in a chat: what came in, how far each thread is, what was posted.

One SQLite file that may be erased, apart from the ledger: losing it loses no introduction, only threads
and messages that were not answered yet. What is written here survives the end of the process, also a
sudden one.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import TypeAdapter

from corpus.storage import moment
from corpus.writing import closed_up
from matchbot.conversation import Conversation
from matchbot.errors import LedgerBusyError
from matchbot.need import Asker
from matchbot.sql import Step
from matchbot.sqlite import Connections, connect, faults_named, prepare, writing

_STEPS = (
    Step(
        "arrivals, threads and postings",
        (
            # Of what is done only the key stays, so that it is known when it comes once more.
            """
            CREATE TABLE arrivals (
                number INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL,
                who TEXT NOT NULL,
                payload TEXT NOT NULL,
                received_at TEXT NOT NULL,
                n_attempts INTEGER NOT NULL DEFAULT 0,
                done_at TEXT
            ) STRICT
            """,
            "CREATE INDEX arrivals_waiting ON arrivals (received_at, number) WHERE done_at IS NULL",
            "CREATE INDEX arrivals_done ON arrivals (done_at) WHERE done_at IS NOT NULL",
            """
            CREATE TABLE threads (
                id TEXT PRIMARY KEY,
                who TEXT NOT NULL,
                before TEXT NOT NULL,
                state TEXT NOT NULL,
                last_key TEXT NOT NULL,
                need_text TEXT NOT NULL,
                asker TEXT NOT NULL,
                n_turns INTEGER NOT NULL,
                put_at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX threads_by_day ON threads (put_at)",
            """
            CREATE TABLE postings (
                number INTEGER PRIMARY KEY,
                message_id TEXT NOT NULL UNIQUE,
                recipient TEXT NOT NULL,
                channel TEXT NOT NULL,
                ts TEXT NOT NULL,
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                version INTEGER NOT NULL,
                is_live INTEGER NOT NULL,
                put_at TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX postings_live ON postings (subject, number) WHERE is_live",
        ),
    ),
)

_CONVERSATION = TypeAdapter(Conversation)
_ASKER = TypeAdapter(Asker)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in and is not answered yet.

    ``key`` stands for what the person did, whatever delivers it; ``who``: the chat's id of who did it.
    """

    key: str
    kind: str
    who: str
    payload: Mapping[str, Any] = field(repr=False)
    received_at: datetime
    n_attempts: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """How far a thread is.

    ``who``: the ids of the members whose thread it is, parted by spaces. ``before``: the state that the
    last turn began with, so that what is done once more under ``last_key`` gives the same turn again.
    ``need_text``: all that was said of the present need, a line each. ``asker``: on whose behalf the last
    turn asked. ``n_turns`` counts the turns and so tells two at once apart.
    """

    id: str
    who: str
    before: Conversation = field(repr=False)
    state: Conversation = field(repr=False)
    last_key: str = ""
    need_text: str = field(default="", repr=False)
    n_turns: int = 1
    asker: Asker = field(default_factory=Asker)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message where it was posted, to be changed in its place.

    ``ts``: "" from before it is posted until it is known to be. ``subject``: what it is about (a case, a
    need …); ``version``: which state of that it shows;
    ``is_live``: whether it still offers something to click.
    """

    message_id: str
    recipient: str
    channel: str
    ts: str
    kind: str
    subject: str = ""
    version: int = 0
    is_live: bool = True


def to_json(conversation: Conversation) -> str:
    """The state of a thread, to be read by `from_json`."""
    return _CONVERSATION.dump_json(conversation).decode()


def from_json(text: str) -> Conversation:
    """The state of a thread that `to_json` wrote."""
    return _CONVERSATION.validate_json(text)


class Correspondence:
    """The correspondence in one file, made when first used. One object serves any number of threads.

    Each call is one transaction. Times are given by the caller and need a
    zone. Raises LedgerBusyError where others have been writing for too long; UnreadableFileError.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connections = Connections(file, partial(_connected, file))
        self._is_prepared = False
        self._preparing = Lock()
        self._turn = Lock()

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        self._connections.close()

    # What came in

    def take(self, key: str, kind: str, who: str, payload: Mapping[str, Any], at: datetime) -> bool:
        """Keep what came in until it is `done`; False where it is known already, done or not."""
        row = [key, kind, who, _json(payload), moment(at)]
        with self._writing() as sql:
            added = sql.execute(
                "INSERT INTO arrivals (key, kind, who, payload, received_at) VALUES (?,?,?,?,?) "
                "ON CONFLICT (key) DO NOTHING",
                row,
            )
            return added.rowcount == 1

    def waiting(self, before: datetime | None = None) -> list[Arrival]:
        """What came in (before a time) and is not done, the oldest first: to go on with after a restart."""
        condition = "AND received_at < ?" if before else ""
        values = [moment(before)] if before else []
        with self._reading() as sql:
            rows = sql.execute(
                "SELECT key, kind, who, payload, received_at, n_attempts FROM arrivals "
                f"WHERE done_at IS NULL {condition} ORDER BY received_at, number",
                values,
            ).fetchall()
        return [
            Arrival(key, kind, who, json.loads(payload), datetime.fromisoformat(received_at), n_attempts)
            for key, kind, who, payload, received_at, n_attempts in rows
        ]

    def attempt(self, key: str) -> None:
        """Count that somebody sets about it."""
        with self._writing() as sql:
            sql.execute("UPDATE arrivals SET n_attempts = n_attempts + 1 WHERE key = ?", [key])

    def done(self, key: str, at: datetime) -> None:
        """It is answered: what it said is forgotten, that it came is known until `prune`."""
        with self._writing() as sql:
            sql.execute(f"{_EMPTIED}, done_at = ? WHERE key = ? AND done_at IS NULL", [moment(at), key])

    def release(self, key: str) -> None:
        """It came to nothing: the same thing done once more is new."""
        with self._writing() as sql:
            sql.execute("DELETE FROM arrivals WHERE key = ?", [key])

    # How far each thread is

    def thread(self, id: str) -> Thread | None:
        """A thread; None where there is none."""
        with self._reading() as sql:
            row = sql.execute(
                "SELECT who, before, state, last_key, need_text, n_turns, asker FROM threads WHERE id = ?",
                [id],
            ).fetchone()
        if row is None:
            return None
        who, before, state, last_key, need_text, n_turns, asker = row
        return Thread(
            id=id,
            who=who,
            before=from_json(before),
            state=from_json(state),
            last_key=last_key,
            need_text=need_text,
            n_turns=n_turns,
            asker=_ASKER.validate_json(asker),
        )

    def put_thread(self, thread: Thread, at: datetime) -> bool:
        """Keep a thread one turn on.

        False, and nothing is kept, where it is not at the turn before: somebody else was first, or it
        was forgotten meanwhile.
        """
        facts = {
            "id": thread.id,
            "who": thread.who,
            "before": to_json(thread.before),
            "state": to_json(thread.state),
            "last_key": thread.last_key,
            "need_text": thread.need_text,
            "asker": _ASKER.dump_json(thread.asker).decode(),
            "n_turns": thread.n_turns,
            "put_at": moment(at),
        }
        with self._writing() as sql:
            return sql.execute(_FIRST_TURN if thread.n_turns == 1 else _NEXT_TURN, facts).rowcount == 1

    def branch_thread(self, id: str, new_id: str, at: datetime) -> None:
        """Have a thread go on from where another one is, whatever it was before."""
        with self._writing() as sql:
            sql.execute(_BRANCHED, {"id": id, "new_id": new_id, "put_at": moment(at)})

    # What was posted where

    def posted(self, message_id: str) -> Posted | None:
        """Where a message was posted; None where it was not."""
        with self._reading() as sql:
            return next(_postings(sql, "WHERE message_id = ?", message_id), None)

    def put_posted(self, posted: Posted, at: datetime) -> None:
        """Keep where a message was posted; the same message again replaces it."""
        row = [
            posted.message_id,
            posted.recipient,
            posted.channel,
            posted.ts,
            posted.kind,
            posted.subject,
            posted.version,
            posted.is_live,
            moment(at),
        ]
        with self._writing() as sql:
            sql.execute(
                f"INSERT OR REPLACE INTO postings ({_POSTED}, put_at) VALUES (?,?,?,?,?,?,?,?,?)", row
            )

    def live(self, subject: str = "") -> list[Posted]:
        """The messages that still offer something to click (about a subject), in the order of posting."""
        with self._reading() as sql:
            if subject:
                return list(_postings(sql, "WHERE is_live AND subject = ? ORDER BY number", subject))
            return list(_postings(sql, "WHERE is_live ORDER BY number"))

    def settle(self, message_id: str, version: int, is_live: bool) -> None:
        """A message was changed in its place; a state older than the one it shows changes nothing."""
        with self._writing() as sql:
            sql.execute(
                "UPDATE postings SET version = ?, is_live = ? WHERE message_id = ? AND version <= ?",
                [version, is_live, message_id, version],
            )

    # Forgetting

    def forget(self, who: str, words: Iterable[str] = ()) -> int:
        """Forget everything of somebody and all that holds one of these words; gives how much it was.

        Words are found however they are spaced and typed. When this returns no file holds a trace of it.
        What came in is known by its key until `prune`, but no longer waits. Raises LedgerBusyError where
        somebody has been reading for too long; to be done again then.
        """
        held = [closed_up(_json(word)[1:-1]) for word in words if word.strip()]
        with self._writing() as sql:
            n_forgotten = _forgotten(sql, _OF_SOMEBODY, who)
            n_forgotten += sum(_forgotten(sql, _HOLDING, word) for word in held)
        self._tidy_away()
        return n_forgotten

    def prune(self, before: datetime) -> int:
        """Drop what has not changed since a time and is settled: keys, threads, old postings; gives how many.

        What waits and what is live stays.
        """
        with self._writing() as sql:
            return sum(sql.execute(f"DELETE FROM {what}", [moment(before)]).rowcount for what in _SETTLED)

    # Within

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        # Threads of one process need not ask the file again and again whose turn it is.
        with self._turn, self._opened() as connection, writing(connection):
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._opened(is_read_only=True) as connection:
            yield connection

    @contextmanager
    def _opened(self, *, is_read_only: bool = False) -> Iterator[sqlite3.Connection]:
        self._prepare()
        with faults_named(self.file), self._connections.one(is_read_only=is_read_only) as connection:
            yield connection

    def _prepare(self) -> None:
        with self._preparing:
            if not self._is_prepared:
                prepare(self.file, "correspondence", _STEPS)
                self._is_prepared = True

    def _tidy_away(self) -> None:
        """Write the file anew without what was deleted, and empty its log."""
        with self._opened() as connection:
            connection.execute("VACUUM")
            is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise LedgerBusyError(file=str(self.file))


def _connected(file: Path) -> sqlite3.Connection:
    connection = connect(file, is_for_one_thread=False)
    # A fall of the whole machine may take the last moments; the end of a process takes nothing.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.create_function("closed_up", 1, closed_up, deterministic=True)
    return connection


_POSTED = "message_id, recipient, channel, ts, kind, subject, version, is_live"
_EMPTIED = "UPDATE arrivals SET payload = '{}', who = ''"
_FIRST_TURN = (
    "INSERT INTO threads (id, who, before, state, last_key, need_text, asker, n_turns, put_at) "
    "VALUES (:id, :who, :before, :state, :last_key, :need_text, :asker, :n_turns, :put_at) "
    "ON CONFLICT (id) DO NOTHING"
)
_NEXT_TURN = (
    "UPDATE threads SET who = :who, before = :before, state = :state, last_key = :last_key, "
    "need_text = :need_text, asker = :asker, n_turns = :n_turns, put_at = :put_at "
    "WHERE id = :id AND n_turns = :n_turns - 1"
)
_BRANCHED = (
    "INSERT OR REPLACE INTO threads (id, who, before, state, last_key, need_text, asker, n_turns, put_at) "
    "SELECT :new_id, who, before, state, last_key, need_text, asker, n_turns, :put_at "
    "FROM threads WHERE id = :id"
)
# What to do where something is of somebody, and where it holds a word: each statement has one value.
_OF_SOMEBODY = (
    f"{_EMPTIED}, done_at = COALESCE(done_at, received_at) WHERE who = ?",
    "DELETE FROM threads WHERE INSTR(' ' || who || ' ', ' ' || ? || ' ')",
    "DELETE FROM postings WHERE recipient = ?",
)
_HOLDING = (
    f"{_EMPTIED}, done_at = COALESCE(done_at, received_at) WHERE INSTR(closed_up(payload), ?)",
    "DELETE FROM threads WHERE INSTR(closed_up(need_text || before || state), ?)",
)
_SETTLED = (
    "arrivals WHERE done_at < ?",
    "threads WHERE put_at < ?",
    "postings WHERE NOT is_live AND put_at < ?",
)


def _forgotten(sql: sqlite3.Connection, statements: Iterable[str], value: str) -> int:
    return sum(sql.execute(statement, [value]).rowcount for statement in statements)


def _postings(sql: sqlite3.Connection, condition: str, *values: str) -> Iterator[Posted]:
    rows = sql.execute(f"SELECT {_POSTED} FROM postings {condition}", values)
    return map(_posting, rows)


def _posting(row: tuple[str, str, str, str, str, str, int, int]) -> Posted:
    message_id, recipient, channel, ts, kind, subject, version, is_live = row
    return Posted(message_id, recipient, channel, ts, kind, subject, version, bool(is_live))


def _json(value: object) -> str:
    """JSON in which words stand as they are written; half a character, which is no text, becomes 「?」."""
    return json.dumps(value, ensure_ascii=False).encode(errors="replace").decode()
