"""Units of work, and what a place has to offer in which a ledger is kept."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, Self

from matchbot.ledger.backups import Backup
from matchbot.ledger.chain import Head
from matchbot.ledger.erasures import Erasure
from matchbot.ledger.event_store import Identity, SqlEventStore
from matchbot.ledger.outbox import SqlOutbox
from matchbot.ledger.stores import PrivateStore
from matchbot.ledger.verification import Verification
from matchbot.sql import Pending, Sql


class PrivatePart(PrivateStore, Protocol):
    """A private store of which a part can be undone, where it does so with a transaction of its own."""

    def begin_part(self) -> None: ...

    def undo_part(self) -> None: ...

    def end_part(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Unit:
    """The stores of one transaction on one connection, and of the private one that goes before it."""

    events: SqlEventStore
    outbox: SqlOutbox
    private: PrivatePart
    pending: Pending[Any]

    @classmethod
    def of(cls, pending: Pending[Any], private: PrivatePart, genesis: Head) -> Self:
        """The stores on a connection."""
        return cls(SqlEventStore(pending, genesis), SqlOutbox(pending), private, pending)

    @property
    def connection(self) -> Sql:
        """For questions that say best in SQL what they ask."""
        sql: Sql = self.pending.settled
        return sql

    @contextmanager
    def part(self) -> Iterator[Self]:
        """A part of the unit that can fail alone: undone after an error, while the rest stays."""
        self.pending.begin_part()
        self.private.begin_part()
        n_before = self.events.begin_part()
        try:
            yield self
        except BaseException:
            if self.pending.unsettled.in_transaction:
                self.pending.undo_part()
                self.private.undo_part()
                self.events.undo_part()
            raise
        finally:
            if self.pending.unsettled.in_transaction:
                self.pending.end_part()
                self.private.end_part()
            self.events.end_part(n_before)


class Place(Protocol):
    """Where a ledger is kept: in the files of a folder, or on a server."""

    @property
    def identity(self) -> Identity: ...

    @property
    def folder(self) -> Path:
        """The folder of what stays on this machine."""

    def writing(self) -> AbstractContextManager[Unit]:
        """A transaction, the only one that writes; undone after an error. Raises LedgerBusyError."""

    def reading(self) -> AbstractContextManager[Unit]:
        """A transaction that sees the ledger as it is at one moment, and changes nothing."""

    def verify(self, exported: Head | None) -> Verification:
        """Whether everything is as it was recorded."""

    def back_up(self, to: Path, *, made_at: datetime) -> Backup:
        """A verified copy in the files of a new folder. Raises BackupError."""

    def erase(self, erasure: Erasure) -> None:
        """List an erasure, and carry it out for good."""

    def erasures(self) -> list[Erasure]:
        """What was erased, in its order."""

    def close(self) -> None:
        """Let go of it; the next unit of work takes it up again."""
