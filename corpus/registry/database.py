"""The database of the corpus: opened, brought to the present schema, written as a whole or not at all."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import Reason, RegistryBusyError, UnknownOrganisationError, UnreadableFileError
from corpus.places import JAPAN_TIME
from corpus.records import ReviewState
from corpus.storage import MIGRATIONS, moment

_BUSY_TIMEOUT_S = 30.0


class Database:
    """One connection to the file, and what every room does with it."""

    def __init__(self, connection: sqlite3.Connection, *, review_states: Sequence[str]) -> None:
        """``connection``: one that `connected` made; `open` makes one that is closed afterwards.

        ``review_states`` are the steps from the first draft to what is published, in order.
        """
        if len(review_states) < 2:
            raise ValueError("review needs a first and a last state")
        self._sql = connection
        self._review_states = tuple(review_states)

    @classmethod
    def open(cls, path: Path, *, review_states: Sequence[str] = tuple(ReviewState)) -> Self:
        """The registry at ``path``, on a connection of its own. Raises what `connected` does."""
        return cls(connected(path), review_states=review_states)

    @classmethod
    def in_memory(cls, *, review_states: Sequence[str] = tuple(ReviewState)) -> Self:
        """An empty registry that is gone when it is closed."""
        registry = cls(sqlite3.connect(":memory:", isolation_level=None), review_states=review_states)
        registry._prepare()
        return registry

    def close(self) -> None:
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A view of the corpus that no other connection's writing changes."""
        if self._sql.in_transaction:
            yield
            return
        self._sql.execute("BEGIN")
        with self._ended():
            yield

    def _prepare(self) -> None:
        """Take the steps that are missing to the present schema, all of them or none."""
        # Triggers see also what REPLACE removes, so that it cannot get round what is append-only.
        for setting in ("foreign_keys = ON", "recursive_triggers = ON", "cache_size = -65536"):
            self._sql.execute(f"PRAGMA {setting}")
        if self._version() < len(MIGRATIONS):
            with self._writing():
                for number, statements in enumerate(MIGRATIONS[self._version() :], self._version() + 1):
                    for statement in statements:
                        self._sql.execute(statement)
                    self._sql.execute(f"PRAGMA user_version = {number}")
        if self._version() > len(MIGRATIONS):
            raise UnreadableFileError(file=self._file(), reason=Reason.NEWER_VERSION)

    def _version(self) -> int:
        return self._number("PRAGMA user_version")

    @contextmanager
    def _writing(self, *, is_kept: bool = True) -> Iterator[None]:
        """A transaction that holds the write lock from its start; undone after an error, or on request."""
        try:
            self._sql.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _is_busy(error):
                raise RegistryBusyError(file=self._file()) from error
            raise
        with self._ended(is_kept=is_kept):
            yield

    @contextmanager
    def _ended(self, *, is_kept: bool = True) -> Iterator[None]:
        """Ends the transaction that has begun; undoes it after an error, or on request."""
        try:
            yield
            self._sql.execute("COMMIT" if is_kept else "ROLLBACK")
        except BaseException:
            self._sql.rollback()
            raise

    def _file(self) -> str:
        return str(self._sql.execute("SELECT file FROM pragma_database_list").fetchone()[0])

    def _number(self, query: str, *values: str) -> int:
        return int(self._sql.execute(query, values).fetchone()[0])

    def _root(self, id: str) -> str:
        """The id that an organisation is known by: its own, or that of the one it was merged into."""
        row = self._sql.execute(
            "SELECT COALESCE(merged_into, id) FROM organisations WHERE id = ?", [id]
        ).fetchone()
        if row is None:
            raise UnknownOrganisationError(id=id)
        return str(row[0])

    def _members(self, root: str) -> list[str]:
        """The id and those merged into it."""
        rows = self._sql.execute("SELECT id FROM organisations WHERE merged_into = ? ORDER BY id", [root])
        return [root, *(id for (id,) in rows)]

    def _touch(self, ids: Iterable[str], at: datetime) -> None:
        self._sql.executemany(
            "UPDATE organisations SET changed_at = ? WHERE id = ?", [(moment(at), id) for id in ids]
        )


def connected(path: Path) -> sqlite3.Connection:
    """A connection to the registry at ``path``, created where there is none, brought to the present schema.

    For one thread after the other. Raises RegistryBusyError, and UnreadableFileError for a file that is no
    such database, or one of a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        connection = sqlite3.connect(
            path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.OperationalError) as error:
        raise UnreadableFileError(file=str(path), reason=Reason.NOT_READABLE) from error
    try:
        Database(connection, review_states=tuple(ReviewState))._prepare()
        connection.execute("PRAGMA journal_mode = WAL")
    except BaseException as error:
        connection.close()
        if _is_busy(error):
            raise RegistryBusyError(file=str(path)) from error
        if isinstance(error, sqlite3.DatabaseError):
            is_fault = isinstance(error, sqlite3.OperationalError)
            reason = Reason.NOT_READABLE if is_fault else Reason.NOT_A_DATABASE
            raise UnreadableFileError(file=str(path), reason=reason) from error
        raise
    return connection


def today() -> date:
    return datetime.now(JAPAN_TIME).date()


def _is_busy(error: BaseException) -> bool:
    return (
        isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )
