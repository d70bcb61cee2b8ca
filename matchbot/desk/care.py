"""The care of the ledger: verifying, making the read models again, backing up."""

from pathlib import Path

from corpus.progress import Progress
from matchbot.desk.work import Room
from matchbot.happenings import correlation_id
from matchbot.ledger import Head, Recorded, read_backup
from matchbot.ledger.backups import Backup
from matchbot.ledger.verification import Verification
from matchbot.members import Member
from matchbot.policy import Action
from matchbot.readmodels.files import Rebuilding


class Care(Room):
    """What keeps the ledger whole."""

    @property
    def is_sample(self) -> bool:
        """Whether everything in the ledger is invented: then 見本 stands on every output."""
        return self._office.ledger.is_sample

    def verify(self, by: Member, *, exported: Head | None = None) -> Verification:
        """Whether every event and text is what was recorded; ``exported``: a head kept elsewhere."""
        with self._look(Action.VERIFY_LEDGER, by):
            pass
        return self._office.ledger.verify(exported)

    def head(self, by: Member) -> Head:
        """The last event: to be kept elsewhere, for `verify`."""
        with self._look(Action.VERIFY_LEDGER, by) as work:
            return work.unit.events.head()

    def traced(self, correlation: str, by: Member) -> list[Recorded]:
        """The events of what the log knows by this id, in their order."""
        with self._look(Action.VERIFY_LEDGER, by) as work:
            every = work.unit.events.read_all()
            return [recorded for recorded in every if correlation_id(recorded.key) == correlation]

    def rebuild(self, by: Member, *, progress: Progress) -> Rebuilding:
        """Makes every read model again from the events, and compares."""
        with self._look(Action.REBUILD, by):
            pass
        with self._office.ledger.unit() as unit:
            return self._office.models.rebuild(unit.events, progress=progress)

    def back_up(self, to: Path, by: Member) -> Backup:
        """A verified copy of the ledger in a new folder. Raises BackupError."""
        with self._look(Action.BACK_UP, by):
            pass
        return self._office.ledger.back_up(to, made_at=self._office.clock.now())

    def verify_backup(self, folder: Path, by: Member) -> Backup:
        """What a backup holds, when every part of it is as it was made. Raises BackupError."""
        with self._look(Action.BACK_UP, by):
            pass
        return read_backup(folder)
