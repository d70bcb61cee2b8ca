"""How matchbot uses SQLite for what it records: connections, transactions and migrations.

Write-ahead log, so that readers never wait; ``synchronous`` FULL, so that what was committed has reached
the disk; transactions that take the write lock at their start, so that a writer who has read never finds
that another wrote in between.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from corpus.errors import Reason
from corpus.sparing import without_pandas
from matchbot.errors import LedgerBusyError, UnreadableFileError
from matchbot.sql import Step

if TYPE_CHECKING:
    from sqlite_utils import Database

BUSY_TIMEOUT_S = 30.0
"""How long a writer waits for the others before it gives up."""
_MOST_IDLE = 2
"""How many connections to a file are kept while nobody needs them: only one can write at a time."""
PAGES_BEFORE_TIDYING = 8_192
"""How long the write-ahead log may grow before its pages go where they belong. A command writes some twenty,
and the one that has to tidy up waits for the disk: one in four hundred now, and not one in fifty."""


def connect(file: Path, *, is_read_only: bool = False, is_for_one_thread: bool = True) -> sqlite3.Connection:
    """A connection to a database that exists, in autocommit mode.

    Triggers see also what REPLACE removes; what is deleted is overwritten; nothing goes to temporary
    files. Raises sqlite3.OperationalError where there is no such file.
    """
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=is_for_one_thread,
    )
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cache_size = -65536",
        f"wal_autocheckpoint = {PAGES_BEFORE_TIDYING}",
        f"query_only = {is_read_only:d}",
    ):
        connection.execute(f"PRAGMA {setting}")
    return connection


def prepare(file: Path, set_name: str, steps: Sequence[Step]) -> None:
    """Make a database, only for this user, or bring one to the present schema.

    Raises UnreadableFileError for a file that is no database, or one of a newer version;
    LedgerBusyError.
    """
    with faults_named(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with closing(connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            if not _migrate(connection, set_name, steps):
                raise UnreadableFileError(file=str(file), reason=Reason.NEWER_VERSION)


def remove_database(database: Path) -> None:
    """Takes a database away, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    """The statements that made a database's tables, indexes and triggers, by name."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'")
    return dict(rows.fetchall())


def schema_after(set_name: str, steps: Sequence[Step]) -> dict[str, str]:
    """The `schema` that the steps lead to."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _migrate(connection, set_name, steps)
        return schema(connection)


def begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a transaction that holds the write lock from its start.

    Whoever waits asks again every few milliseconds: SQLite's own waiting sleeps up to 100 at a time, and
    who came first then comes last. Raises sqlite3.OperationalError after ``BUSY_TIMEOUT_S``.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        _until_free(connection.execute, "BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000:.0f}")


def begin_reading(connection: sqlite3.Connection) -> None:
    """Begin a transaction that sees the database as it is when it first reads."""
    connection.execute("BEGIN")


def is_busy(error: BaseException) -> bool:
    """Whether SQLite refused something because another connection is at it."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


_until_free = Retrying(
    retry=retry_if_exception(is_busy),
    wait=wait_random(0.001, 0.004),
    stop=stop_after_delay(BUSY_TIMEOUT_S),
    reraise=True,
)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that holds the write lock from its start; undone after an error."""
    begin_writing(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def faults_named(file: Path) -> Iterator[None]:
    """What SQLite says of a file, as errors of ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if is_busy(error):
            raise LedgerBusyError(file=str(file)) from error
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN:
            raise UnreadableFileError(file=str(file), reason=Reason.NOT_READABLE) from error
        raise
    except OSError as error:
        raise UnreadableFileError(file=str(file), reason=Reason.NOT_READABLE) from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            raise UnreadableFileError(file=str(file), reason=Reason.NOT_A_DATABASE) from error
        raise


class Connections:
    """The connections of this process to one file: each for one unit of work, then for the next.

    A new one costs as much as a short command: its settings, the tables it reads, every statement anew.
    And whoever closes a database last tidies its write-ahead log away, which takes several waits for the
    disk. A connection does not survive a fork, so the idle ones are closed before it.
    """

    def __init__(self, file: Path, connected: Callable[[], sqlite3.Connection]) -> None:
        """``connected`` opens the file, for any thread."""
        self._file = file
        self._connected = connected
        self._idle: list[_Opened] = []
        self._lock = Lock()
        _pools.add(self)

    @contextmanager
    def one(self, *, is_read_only: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else has, outside any transaction; what is not committed is undone."""
        with faults_named(self._file):
            opened = self._take()
        try:
            opened.connection.execute(f"PRAGMA query_only = {is_read_only:d}")
            yield opened.connection
        finally:
            self._give_back(opened)

    def close(self) -> None:
        """Let go of the file; whoever needs it opens it again."""
        with self._lock:
            while self._idle:
                self._idle.pop().connection.close()

    def _take(self) -> "_Opened":
        inode = _inode(self._file)
        with self._lock:
            while self._idle:
                opened = self._idle.pop()
                if opened.inode == inode:
                    return opened
                opened.connection.close()  # another file has come in its place
        connection = self._connected()
        return _Opened(connection, _inode(self._file))

    def _give_back(self, opened: "_Opened") -> None:
        with suppress(sqlite3.Error):
            if opened.connection.in_transaction:
                opened.connection.execute("ROLLBACK")
            with self._lock:
                if len(self._idle) < _MOST_IDLE:
                    # Else each would keep what it has read, up to its cache's 64 MB, for as long as it idles.
                    opened.connection.execute("PRAGMA shrink_memory")
                    self._idle.append(opened)
                    return
        opened.connection.close()


@dataclass(frozen=True, slots=True)
class _Opened:
    connection: sqlite3.Connection
    inode: int | None


_pools: WeakSet[Connections] = WeakSet()


def _inode(file: Path) -> int | None:
    return file.stat().st_ino if file.exists() else None


def _close_all() -> None:
    for connections in list(_pools):
        connections.close()


os.register_at_fork(before=_close_all)


def _migrate(connection: sqlite3.Connection, set_name: str, steps: Sequence[Step]) -> bool:
    """Take the steps that are missing; False where the database has some that nobody here knows."""
    known, taken = {step.name for step in steps}, _taken(connection, set_name)
    if taken - known:
        return False
    if known - taken:
        # Here, because it is slow to load, and rarely needed. It would load pandas to know its numbers.
        with without_pandas():
            from sqlite_utils import Database
            from sqlite_utils.migrations import Migrations

        migrations = Migrations(set_name)
        for step in steps:
            migrations(name=step.name)(_migration(step))
        with writing(connection):
            migrations.apply(Database(connection))
    return True


def _taken(connection: sqlite3.Connection, set_name: str) -> set[str]:
    """The names of the steps that a database has taken, as sqlite-utils notes them."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (set_name,))
    return {name for (name,) in rows}


def _migration(step: Step) -> "Callable[[Database], None]":
    def take(database: "Database") -> None:
        for statement in step.statements:
            database.execute(statement)

    return take
