"""The ledger itself, and the units of work that read and write it."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from threading import local
from types import TracebackType
from typing import Self

from matchbot.ledger import backups
from matchbot.ledger.backups import Backup
from matchbot.ledger.chain import Draw, Head
from matchbot.ledger.disk import Disk
from matchbot.ledger.erasures import Erasure
from matchbot.ledger.event_store import Identity
from matchbot.ledger.files import Files
from matchbot.ledger.units import Place, Unit
from matchbot.ledger.verification import Verification


class Ledger:
    """A ledger, wherever it is kept: in a folder (`create`, `open`) or on a server (`ledger.server`).

    One object serves any number of threads of the process that opened it. Times are given by the caller
    and need a zone.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._running = local()

    @classmethod
    def create(cls, folder: Path, *, is_sample: bool, created_at: datetime, draw: Draw = token_bytes) -> Self:
        """A new ledger in a folder, for good wholly real or wholly sample.

        ``draw`` gives the random bytes of its id and its salts; for anything real they must be secret.

        Raises LedgerExistsError where there is one, of either sort; what `open` raises.
        """
        identity = Identity.drawn(draw, is_sample=is_sample, created_at=created_at)
        return cls(Disk.create(folder, identity, draw))

    @classmethod
    def open(cls, folder: Path, *, draw: Draw = token_bytes) -> Self:
        """The ledger in a folder, brought to the present schema, with every listed erasure carried out.

        Raises NoLedgerError where there is none; LedgerMovedError where it is kept elsewhere now;
        UnreadableFileError for files that are no ledger of this version; LedgerBusyError.
        """
        return cls(Disk.open(folder, draw))

    @classmethod
    def restore(cls, backup: Path, folder: Path, *, may_lose_events: bool = False) -> Self:
        """Make the ledger in a folder what it was at a backup, but for what has been erased since.

        There may be no ledger yet; where there is one, other processes may have it open. Read models must
        be made again.

        Raises BackupError where the backup is not whole, or of another ledger than the one that is there;
        and, unless ``may_lose_events``, where that has newer events or cannot be read. LedgerMovedError.
        """
        files = Files(folder)
        files.require_here()
        backups.restore(backup, files, may_lose_events=may_lose_events)
        return cls.open(folder)

    def close(self) -> None:
        """Let go of it; the next unit of work takes it up again."""
        self._place.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def id(self) -> str:
        """32 hexadecimal digits that no other ledger has."""
        return self._place.identity.id

    @property
    def is_sample(self) -> bool:
        """Whether everything in it is invented."""
        return self._place.identity.is_sample

    @property
    def created_at(self) -> datetime:
        return self._place.identity.created_at

    @property
    def folder(self) -> Path:
        """Where it is kept, or what of it stays on this machine."""
        return self._place.folder

    # Units of work

    def unit(self) -> AbstractContextManager[Unit]:
        """A unit of work: everything done in it is kept, or after an error nothing; one at a time.

        A unit within a unit of the same thread is a part of it: what it did is undone when it fails, and
        kept when the whole is.

        Raises LedgerBusyError where others have been writing for too long.
        """
        whole = self._whole
        return self._begun() if whole is None else whole.part()

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """The ledger as it is at this moment, whoever writes meanwhile; nothing can be changed.

        Within a unit of work of the same thread, that unit.
        """
        whole = self._whole
        if whole is not None:
            yield whole
            return
        with self._place.reading() as unit:
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
        return self._place.verify(exported)

    def back_up(self, to: Path, *, made_at: datetime) -> Backup:
        """A verified copy in a new folder, outside the ledger's, while others write.

        Raises BackupError where that cannot be, or the ledger is not intact.
        """
        return self._place.back_up(to, made_at=made_at)

    def erase(
        self, *, about: Iterable[str] = (), texts: Iterable[str] = (), by: str, erased_at: datetime
    ) -> Erasure:
        """Delete every private text about somebody, and others by their ids, with their salts, for good.

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
        self._place.erase(erasure)
        return erasure

    def erasures(self) -> list[Erasure]:
        """What was erased, in its order."""
        return self._place.erasures()

    # Within

    @contextmanager
    def _begun(self) -> Iterator[Unit]:
        with self._place.writing() as unit:
            self._running.unit = unit
            try:
                yield unit
            finally:
                self._running.unit = None

    @property
    def _whole(self) -> Unit | None:
        """The unit of work that this thread is in."""
        return getattr(self._running, "unit", None)
