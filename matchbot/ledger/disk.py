"""A ledger in the files of a folder: ``ledger.db``, ``private.db`` and ``erasures.jsonl``."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from matchbot.errors import LedgerExistsError, NoLedgerError
from matchbot.ledger import backups
from matchbot.ledger.backups import Backup
from matchbot.ledger.chain import Draw, Head
from matchbot.ledger.erasures import Erasure, carry_out, list_erasure, read_erasures
from matchbot.ledger.event_store import Identity
from matchbot.ledger.files import Files
from matchbot.ledger.private import SqlitePrivateStore, connections_to
from matchbot.ledger.units import Unit
from matchbot.ledger.verification import Verification, verify
from matchbot.sql import Pending
from matchbot.sqlite import Connections, begin_reading, begin_writing, connect, faults_named, writing


@dataclass(frozen=True, slots=True)
class _Opened:
    """A connection to the ledger, and the private store of the same unit of work."""

    unit: Unit
    connection: sqlite3.Connection
    texts: SqlitePrivateStore


class Disk:
    """The `Place` of a ledger in a folder; each unit of work has a connection that no other has."""

    def __init__(self, files: Files, identity: Identity, draw: Draw) -> None:
        """Use `create` or `open`."""
        self.identity = identity
        self._files = files
        self._draw = draw
        self._ledger = Connections(files.ledger, partial(connect, files.ledger, is_for_one_thread=False))
        self._private = connections_to(files.private)

    @classmethod
    def create(cls, folder: Path, identity: Identity, draw: Draw) -> Self:
        """A new ledger in a folder. Raises LedgerExistsError; what `open` raises."""
        files = Files(folder)
        files.prepare()
        with faults_named(files.ledger), closing(connect(files.ledger)) as connection, writing(connection):
            if Identity.read(connection):
                raise LedgerExistsError(folder=str(folder))
            identity.write(connection)
        return cls.open(folder, draw)

    @classmethod
    def open(cls, folder: Path, draw: Draw) -> Self:
        """The ledger in a folder, brought to the present schema, with every listed erasure carried out.

        Raises NoLedgerError where there is none; LedgerMovedError where it is kept elsewhere now;
        UnreadableFileError for files that are no ledger of this version; LedgerBusyError.
        """
        files = Files(folder)
        if not files.ledger.exists():
            raise NoLedgerError(folder=str(folder))
        files.require_here()
        files.prepare()
        place = cls(files, files.identity(), draw)
        carry_out(files.private, files.erasures)
        return place

    @property
    def folder(self) -> Path:
        return self._files.folder

    def close(self) -> None:
        self._ledger.close()
        self._private.close()

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Private texts reach the disk before the events that commit to them."""
        with self._opened(begin_writing) as opened:
            yield opened.unit
            with faults_named(self._files.ledger):
                opened.unit.pending.settle()
            with faults_named(self._files.private):
                opened.texts.commit()
            with faults_named(self._files.ledger):
                opened.connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        with self._opened(begin_reading, is_read_only=True) as opened:
            yield opened.unit

    def verify(self, exported: Head | None) -> Verification:
        return verify(self._files, exported)

    def back_up(self, to: Path, *, made_at: datetime) -> Backup:
        return backups.back_up(self._files, to, made_at=made_at)

    def erase(self, erasure: Erasure) -> None:
        """No file of the ledger holds a trace afterwards, and no restore brings it back.

        Raises LedgerBusyError where somebody has been reading for too long: it is listed then, and
        carried out when the ledger is opened next.
        """
        list_erasure(self._files.erasures, erasure)
        carry_out(self._files.private, self._files.erasures)

    def erasures(self) -> list[Erasure]:
        return read_erasures(self._files.erasures)

    @contextmanager
    def _opened(
        self, begin: Callable[[sqlite3.Connection], None], *, is_read_only: bool = False
    ) -> Iterator[_Opened]:
        """The stores, each on a connection that nobody else has; what is not committed is undone."""
        with (
            self._ledger.one(is_read_only=is_read_only) as connection,
            closing(SqlitePrivateStore(self._private, is_read_only=is_read_only, draw=self._draw)) as texts,
        ):
            with faults_named(self._files.ledger):
                begin(connection)
                # Looked at in turn with who moves it: afterwards nothing is written here any more.
                self._files.require_here()
                pending = Pending(connection, is_read_only=is_read_only)
                unit = Unit.of(pending, texts, self.identity.genesis)
            yield _Opened(unit, connection, texts)
