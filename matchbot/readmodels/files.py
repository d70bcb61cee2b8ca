"""The file of the read models: begun with a unit of work, kept up, made again where it is lost or spoilt."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import local

from corpus.progress import Progress, unheard
from matchbot.ledger import EventStore, Head
from matchbot.projections import TABLES, Memory
from matchbot.readmodels.models import Models
from matchbot.readmodels.upkeep import Anew
from matchbot.sqlite import BUSY_TIMEOUT_S, PAGES_BEFORE_TIDYING, Connections, remove_database, writing


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """What making the read models again showed. ``differing``: the tables that came out otherwise.

    ``reason``: why there was nothing to compare with; None where there was.
    """

    n_events: int
    differing: tuple[str, ...]
    reason: Anew | None = None

    @property
    def is_equal(self) -> bool:
        """Whether they came out as they were."""
        return not self.differing


class ReadModels:
    """The read models in one file. One object serves any number of threads."""

    def __init__(self, file: Path, *, progress: Progress = unheard) -> None:
        """``progress`` is told where they have to be made again, be it in the middle of something else."""
        self.file = file
        self._progress = progress
        self._made_anew: tuple[Anew, Head] | None = None
        """Why they were made again here last, and up to which event."""
        self._running = local()
        self._connections = Connections(file, partial(_whole, file))
        self._left: tuple[Head | None, Memory] | None = None
        """What the last unit knew when it ended, and up to which event."""

    def unit(self, events: EventStore) -> AbstractContextManager["Models"]:
        """The read models as the events have it, to be written to within one transaction.

        To be begun within the ledger's unit of work and ended after it, so that nothing is kept here that
        the ledger does not have. A unit within a unit of the same thread is a part of it.
        """
        whole: Models | None = getattr(self._running, "models", None)
        return self._begun(events) if whole is None else whole.part()

    @contextmanager
    def _begun(self, events: EventStore) -> Iterator["Models"]:
        with self._connections.one() as connection:
            models = Models(connection, events)
            self._running.models = models
            try:
                with writing(connection):
                    # One unit has it at a time: whoever comes meanwhile begins without.
                    left, self._left = self._left, None
                    if left is not None and left[0] is not None and left[0] == models.position():
                        models.remember(left[1])
                    self._catch_up(models)
                    yield models
                    models.settle()
                self._left = models.left()
            finally:
                self._running.models = None

    @contextmanager
    def read(self, events: EventStore) -> Iterator["Models"]:
        """The read models as the events have it, for questions only."""
        whole: Models | None = getattr(self._running, "models", None)
        if whole is not None:
            yield whole
            return
        with self._connections.one() as connection:
            models = Models(connection, events)
            # Looked up apart: where it is behind, somebody else may have caught up by the time it may write.
            if Models(connection, events).position() != events.head():
                with writing(connection):
                    self._catch_up(models)
            yield models

    def _catch_up(self, models: "Models") -> None:
        reason = models.catch_up(self._progress)
        position = models.position()
        if reason is not None and position is not None:
            self._made_anew = reason, position

    def rebuild(self, events: EventStore, *, progress: Progress) -> Rebuilding:
        """Makes them again from the events alone, in place of the present ones, and compares the two.

        Where they had to be made again just to be looked at, that was it.
        """
        before = self._digests_before(events)
        if isinstance(before, Anew):
            return Rebuilding(events.head().seq, (), before)
        aside = self.file.with_suffix(".rebuilt")
        remove_database(aside)
        with closing(_connected(aside)) as connection:
            models = Models(connection, events)
            with writing(connection):
                n_events = models.make_again(partial(progress, "rebuild"))
            after = models.digests()
            # Into the file that others have open, as one transaction of it.
            with self._connections.one() as present:
                connection.backup(present)
        remove_database(aside)
        return Rebuilding(n_events, tuple(table for table in TABLES if before.get(table) != after[table]))

    def _digests_before(self, events: EventStore) -> dict[str, str] | Anew:
        """What stands in the present tables, or why they have just been made again; nothing where the file is
        spoilt, which is then removed."""
        try:
            with self.read(events) as models:
                if self._made_anew is not None and self._made_anew[1] == models.position():
                    return self._made_anew[0]
                return models.digests()
        except sqlite3.DatabaseError as error:
            if not _is_spoilt(error):
                raise
            self._connections.close()
            remove_database(self.file)
            return {}


def _whole(file: Path) -> sqlite3.Connection:
    """A connection to a file that is made anew where it is missing or spoilt."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(file)
    except sqlite3.DatabaseError as error:
        if not _is_spoilt(error):
            raise
        remove_database(file)
        return _connected(file)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # What a crash takes is made again from the events.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES_BEFORE_TIDYING}")
        connection.execute("PRAGMA cache_size = -65536")
        # Where each command is a part of a long transaction, a part's journal is not worth a file.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_spoilt(error: sqlite3.DatabaseError) -> bool:
    """Whether a file is no database any more: a crash may leave it so, as nothing waits for the disk."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
