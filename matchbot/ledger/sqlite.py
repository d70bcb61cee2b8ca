"""How the ledger uses SQLite: connections, transactions and migrations.

Write-ahead log, so that readers never wait; ``synchronous`` FULL, so that what was committed has reached
the disk; transactions that take the write lock at their start, so that a writer who has read never finds
that another wrote in between.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from weakref import WeakSet

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from corpus.errors import Reason
from matchbot.errors import LedgerBusyError, UnreadableFileError

BUSY_TIMEOUT_S = 30.0
"""How long a writer waits for the others before it gives up."""
_PAGES_BEFORE_TIDYING = 8_192
"""How long the write-ahead log may grow before its pages go where they belong. A command writes some twenty,
and the one that has to tidy up waits for the disk: one in four hundred now, and not one in fifty."""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its name, which stays for good, and its statements."""

    name: str
    statements: Sequence[str]


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
        f"wal_autocheckpoint = {_PAGES_BEFORE_TIDYING}",
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
            Database(connection).enable_wal()
            if not _migrate(connection, set_name, steps):
                raise UnreadableFileError(file=str(file), reason=Reason.NEWER_VERSION)


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


class Attendance:
    """Idle connections that keep the write-ahead logs of files in place between units of work.

    Whoever closes a database last tidies its log away, which would cost every lone unit of work several
    waits for the disk. A connection does not survive a fork, so they are closed before one.
    """

    def __init__(self, *files: Path) -> None:
        self._files = files
        self._connections: list[sqlite3.Connection] = []
        self._lock = Lock()
        _attending.add(self)

    def begin(self) -> None:
        """Have the files open; nothing happens where they are already."""
        with self._lock:
            if not self._connections:
                for file in self._files:
                    with faults_named(file):
                        connection = connect(file, is_for_one_thread=False)
                        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
                    self._connections.append(connection)

    def end(self) -> None:
        """Let go of the files."""
        with self._lock:
            while self._connections:
                self._connections.pop().close()


_attending: WeakSet[Attendance] = WeakSet()


def _end_all() -> None:
    for attendance in list(_attending):
        attendance.end()


os.register_at_fork(before=_end_all)


def _migrate(connection: sqlite3.Connection, set_name: str, steps: Sequence[Step]) -> bool:
    """Take the steps that are missing; False where the database has some that nobody here knows."""
    migrations, database = Migrations(set_name), Database(connection)
    for step in steps:
        migrations(name=step.name)(_migration(step))
    if {done.name for done in migrations.applied(database)} - {step.name for step in steps}:
        return False
    if migrations.pending(database):
        with writing(connection):
            migrations.apply(database)
    return True


def _migration(step: Step) -> Callable[[Database], None]:
    def take(database: Database) -> None:
        for statement in step.statements:
            database.execute(statement)

    return take
