"""The ledger itself, and the units of work that read and write it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes
from threading import local
from types import TracebackType
from typing import Self

from matchbot.errors import LedgerExistsError, NoLedgerError
from matchbot.ledger import backups
from matchbot.ledger.backups import Backup
from matchbot.ledger.chain import Head
from matchbot.ledger.erasures import Erasure, carry_out, list_erasure, read_erasures
from matchbot.ledger.event_store import Identity, SqliteEventStore
from matchbot.ledger.files import Files
from matchbot.ledger.outbox import SqliteOutbox
from matchbot.ledger.private import Draw, SqlitePrivateStore, connections_to
from matchbot.ledger.sqlite import Connections, begin_reading, begin_writing, connect, faults_named, writing
from matchbot.ledger.verification import Verification, verify


@dataclass(frozen=True, slots=True)
class Unit:
    """The stores of one transaction on one connection, and of the private one that goes before it."""

    events: SqliteEventStore
    outbox: SqliteOutbox
    private: SqlitePrivateStore
    connection: sqlite3.Connection

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the unit that can fail alone: undone after an error, while the rest stays."""
        self.connection.execute("SAVEPOINT part")
        n_before, was_writing = self.events.begin_part(), self.private.begin_part()
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO part")
                self.events.undo_part()
                self.private.undo_part(was_writing)
            raise
        finally:
            if self.connection.in_transaction:
                self.connection.execute("RELEASE part")
                self.private.end_part(was_writing)
            self.events.end_part(n_before)


class Ledger:
    """The ledger in one folder: ``ledger.db``, ``private.db`` and ``erasures.jsonl``.

    One object serves any number of threads of the process that opened it; each unit of work has a
    connection that no other has. Times are given by the caller and need a zone.
    """

    def __init__(self, files: Files, identity: Identity, draw: Draw) -> None:
        """Use `create` or `open`."""
        self._files = files
        self._identity = identity
        self._draw = draw
        self._running = local()
        self._ledger = Connections(files.ledger, partial(connect, files.ledger, is_for_one_thread=False))
        self._private = connections_to(files.private)

    @classmethod
    def create(cls, folder: Path, *, is_sample: bool, created_at: datetime, draw: Draw = token_bytes) -> Self:
        """A new ledger in a folder, for good wholly real or wholly sample.

        ``draw`` gives the random bytes of its id and its salts; for anything real they must be secret.

        Raises LedgerExistsError where there is one, of either sort; what `open` raises.
        """
        files = Files(folder)
        files.prepare()
        identity = Identity(id=draw(16).hex(), is_sample=is_sample, created_at=created_at)
        with faults_named(files.ledger), closing(connect(files.ledger)) as connection, writing(connection):
            if Identity.read(connection):
                raise LedgerExistsError(folder=str(folder))
            identity.write(connection)
        return cls.open(folder, draw=draw)

    @classmethod
    def open(cls, folder: Path, *, draw: Draw = token_bytes) -> Self:
        """The ledger in a folder, brought to the present schema, with every listed erasure carried out.

        Raises NoLedgerError where there is none; UnreadableFileError for files that are no ledger of this
        version; LedgerBusyError.
        """
        files = Files(folder)
        if not files.ledger.exists():
            raise NoLedgerError(folder=str(folder))
        files.prepare()
        ledger = cls(files, files.identity(), draw)
        carry_out(files.private, files.erasures)
        return ledger

    @classmethod
    def restore(cls, backup: Path, folder: Path, *, may_lose_events: bool = False) -> Self:
        """Make the ledger in a folder what it was at a backup, but for what has been erased since.

        There may be no ledger yet; where there is one, other processes may have it open. Read models must
        be made again.

        Raises BackupError where the backup is not whole, or of another ledger than the one that is there;
        and, unless ``may_lose_events``, where that has newer events or cannot be read.
        """
        backups.restore(backup, Files(folder), may_lose_events=may_lose_events)
        return cls.open(folder)

    def close(self) -> None:
        """Let go of the files; the next unit of work opens them again."""
        self._ledger.close()
        self._private.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def id(self) -> str:
        """32 hexadecimal digits that no other ledger has."""
        return self._identity.id

    @property
    def is_sample(self) -> bool:
        """Whether everything in it is invented."""
        return self._identity.is_sample

    @property
    def created_at(self) -> datetime:
        return self._identity.created_at

    @property
    def folder(self) -> Path:
        return self._files.folder

    # Units of work

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A unit of work: everything done in it is kept, or after an error nothing; one at a time.

        Private texts reach the disk before the events that commit to them. A unit within a unit of the
        same thread is a part of it: what it did is undone when it fails, and kept when the whole is.

        Raises LedgerBusyError where others have been writing for too long.
        """
        whole = self._whole
        if whole is not None:
            with whole.part():
                yield whole
            return
        with self._opened(begin_writing) as unit:
            self._running.unit = unit
            try:
                yield unit
            finally:
                self._running.unit = None
            with faults_named(self._files.private):
                unit.private.commit()
            with faults_named(self._files.ledger):
                unit.connection.execute("COMMIT")

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """The ledger as it is at this moment, whoever writes meanwhile; nothing can be changed.

        Within a unit of work of the same thread, that unit.
        """
        whole = self._whole
        if whole is not None:
            yield whole
            return
        with self._opened(begin_reading, is_read_only=True) as unit:
            yield unit

    def head(self) -> Head:
        """The last event; its ``str``, kept elsewhere, shows later that nothing was cut off."""
        with self.read() as unit:
            return unit.events.head()

    # Care

    def verify(self, exported: Head | None = None) -> Verification:
        """Whether every event, and every text that is not erased, is what was recorded.

        Only ``exported``, a `head` kept elsewhere, shows that the end was cut off or all was written
        anew. Others may write meanwhile.
        """
        return verify(self._files, exported)

    def back_up(self, to: Path, *, made_at: datetime) -> Backup:
        """A verified copy in a new folder, outside the ledger's, while others write.

        Raises BackupError where that cannot be, or the ledger is not intact.
        """
        return backups.back_up(self._files, to, made_at=made_at)

    def erase(
        self, *, about: Iterable[str] = (), texts: Iterable[str] = (), by: str, erased_at: datetime
    ) -> Erasure:
        """Delete every private text about somebody, and others by their ids, with their salts, for good.

        When this returns no file of the ledger holds a trace of them, and no restore brings them back.
        The events stay. Not within a unit of work.

        Raises LedgerBusyError where somebody has been reading for too long: it is listed then, and
        carried out when the ledger is opened next.
        """
        if self._whole is not None:
            raise RuntimeError("nothing can be erased within a unit of work")
        subjects = tuple(about)
        with self.read() as unit:
            of_subjects = [text.ref.id for subject in subjects for text in unit.private.about(subject)]
        ids = tuple(dict.fromkeys([*of_subjects, *texts]))
        erasure = Erasure(erased_at=erased_at, by=by, about=subjects, texts=ids)
        list_erasure(self._files.erasures, erasure)
        carry_out(self._files.private, self._files.erasures)
        return erasure

    def erasures(self) -> list[Erasure]:
        """What was erased, in its order."""
        return read_erasures(self._files.erasures)

    # Within

    @property
    def _whole(self) -> Unit | None:
        """The unit of work that this thread is in."""
        return getattr(self._running, "unit", None)

    @contextmanager
    def _opened(
        self, begin: Callable[[sqlite3.Connection], None], *, is_read_only: bool = False
    ) -> Iterator[Unit]:
        """The stores, each on a connection that nobody else has; what is not committed is undone."""
        with (
            self._ledger.one(is_read_only=is_read_only) as connection,
            closing(SqlitePrivateStore(self._private, is_read_only=is_read_only, draw=self._draw)) as texts,
        ):
            with faults_named(self._files.ledger):
                begin(connection)
                events = SqliteEventStore(connection, self._identity.genesis)
            yield Unit(events, SqliteOutbox(connection), texts, connection)
