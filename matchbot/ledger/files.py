"""The files of a ledger, and what their tables look like."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from matchbot.errors import LedgerMovedError, NoLedgerError
from matchbot.ledger import event_store, outbox, private
from matchbot.ledger.event_store import Identity
from matchbot.sql import Step
from matchbot.sqlite import connect, faults_named, prepare

LEDGER_STEPS: tuple[Step, ...] = (
    event_store.FIRST_SCHEMA,
    outbox.FIRST_SCHEMA,
    outbox.BY_RECIPIENT,
)
PRIVATE_STEPS: tuple[Step, ...] = (private.FIRST_SCHEMA,)


@dataclass(frozen=True, slots=True)
class Files:
    """Where a ledger in a folder keeps what."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """Events and outbox: no names, no texts."""
        return self.folder / "ledger.db"

    @property
    def private(self) -> Path:
        """What may be erased."""
        return self.folder / "private.db"

    @property
    def erasures(self) -> Path:
        """The list of what was erased; a restore adds to it, and takes nothing away."""
        return self.folder / "erasures.jsonl"

    @property
    def moved(self) -> Path:
        """Is there once the ledger is kept elsewhere, and says where."""
        return self.folder / "ledger.moved"

    def moved_to(self) -> str:
        """Where the ledger is kept now, when that is not here; "" while it is."""
        try:
            return self.moved.read_text("utf-8").strip()
        except FileNotFoundError:
            return ""

    def require_here(self) -> None:
        """Let pass while the ledger is kept here. Raises LedgerMovedError."""
        to = self.moved_to()
        if to:
            raise LedgerMovedError(folder=str(self.folder), to=to)

    def prepare(self) -> None:
        """Make the databases, or bring them to the present schema. Raises as `sqlite.prepare` does."""
        prepare(self.ledger, "ledger", LEDGER_STEPS)
        prepare(self.private, "private", PRIVATE_STEPS)

    def identity(self) -> Identity:
        """What the ledger is. Raises NoLedgerError where none was created."""
        with faults_named(self.ledger), closing(connect(self.ledger, is_read_only=True)) as connection:
            identity = Identity.read(connection)
        if identity is None:
            raise NoLedgerError(folder=str(self.folder))
        return identity
