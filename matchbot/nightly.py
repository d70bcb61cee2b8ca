"""The work of a night, step by step: back up, take in, build, do what is due, report, clear away.

Each step can be done again: whatever broke off, the next run goes on from what is there, and nothing is
lost or doubled. A step that fails does not keep the others from being done: bots go on with what they had,
and the staff are told.
"""

import json
import logging
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Any

from corpus.durability import sole, whole_folder, write_whole
from corpus.progress import Progress
from index.comparison import Turnover
from index.gate import Figure
from matchbot.config import Settings
from matchbot.errors import EmptyCorpusError, MatchbotError, NightlyRunningError, StorageError
from matchbot.happenings import Happening, telling
from matchbot.inbox import Arrival, Outcome, arrivals, put_away
from matchbot.jobs import Run
from matchbot.members import MATCHBOT
from matchbot.service import ImportReport, Service
from matchbot.texts import LANGUAGES, Texts
from matchbot.wording import Wording
from matchbot.workdays import day_of

_LOG = logging.getLogger(__name__)

_LOCK = "nightly.lock"
_BACKUP = re.compile(r"\d{8}-\d+")
_REPORT = re.compile(r"\d{8}")
_REMAINS = re.compile(r"\..+\.partial")


class Step(StrEnum):
    """A step of a night: a code with a text ``nightly-step-<code>``."""

    BACKUP = "backup"
    INBOX = "inbox"
    BUILD = "build"
    JOBS = "jobs"
    REPORT = "report"
    PRUNE = "prune"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of the inbox: what became of it, where it is now, and what its import did, or why it did not."""

    file: str
    outcome: Outcome
    place: str = ""
    report: ImportReport | None = None
    error: MatchbotError | None = None


@dataclass(slots=True)
class Night:
    """What a night's work came to; of a dry run, what it would have come to, as far as that can be told.

    ``changes``: of the search data, by kind and cluster; None where nothing was built, or where those before
    cannot be read. ``n_behind``: organisations that changed since they
    were built, in a dry run. ``failures``: by step, in their order.
    """

    at: datetime
    is_dry_run: bool
    backup: str = ""
    taken: list[Taken] = field(default_factory=list)
    snapshot: str = ""
    is_new: bool = False
    n_read: int = 0
    n_encoded: int = 0
    gate: tuple[Figure, ...] = ()
    changes: list[Turnover] | None = None
    n_behind: int = 0
    done: Mapping[str, int] = field(default_factory=dict)
    report: str = ""
    pruned: list[str] = field(default_factory=list)
    failures: dict[Step, MatchbotError] = field(default_factory=dict)
    duration_s: float = 0.0

    @property
    def exit_code(self) -> int:
        """0, or that of the first step that failed."""
        return next((error.exit_code for error in self.failures.values()), 0)

    @property
    def failed(self) -> dict[str, str]:
        """The steps that failed, by the code of their error."""
        return {str(step): error.code for step, error in self.failures.items()}

    def to_json(self) -> dict[str, Any]:
        """Everything, errors as code and facts."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        failures = {step: _as_values(error) for step, error in self.failures.items()}
        taken = [
            {each.name: getattr(one, each.name) for each in fields(one)}
            | {"error": _as_values(one.error) if one.error else None}
            for one in self.taken
        ]
        return {**values, "failures": failures, "taken": taken, "exit_code": self.exit_code}


@dataclass(frozen=True, slots=True)
class LastNight:
    """How the last work of a night went: ``failed`` steps by the code of their error."""

    ended_at: datetime
    duration_s: float
    failed: Mapping[str, str]


def last_night(settings: Settings) -> LastNight | None:
    """How the last work of a night went; None where there was none, or that cannot be read."""
    try:
        told = json.loads(settings.last_night_path.read_text("utf-8"))
        return LastNight(datetime.fromisoformat(told["ended_at"]), told["duration_s"], told["failed"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Nightly:
    """The work of one night."""

    def __init__(
        self,
        settings: Settings,
        service: Service,
        *,
        run_jobs: Callable[[], Run],
        has_ledger: bool,
        plain: Callable[[Any], object],
    ) -> None:
        """``run_jobs``: does what is due. ``plain``: makes plain values of what JSON cannot hold."""
        self._settings = settings
        self._service = service
        self._run_jobs = run_jobs
        self._has_ledger = has_ledger
        self._plain = plain

    def run(self, *, is_dry_run: bool, is_retrained: bool, progress: Progress) -> Night:
        """Do all steps, or in a dry run tell what they would do. Raises NightlyRunningError."""
        night, begun = Night(self._service.now(), is_dry_run), monotonic()
        self._settings.home.mkdir(parents=True, exist_ok=True)
        try:
            with sole(self._settings.home / _LOCK):
                self._do_all(night, is_retrained, progress)
                night.duration_s = round(monotonic() - begun, 3)
                self._note_end(night)
        except BlockingIOError as error:
            raise NightlyRunningError(folder=self._settings.home) from error
        return night

    def _do_all(self, night: Night, is_retrained: bool, progress: Progress) -> None:
        steps: dict[Step, Callable[[], None]] = {
            Step.BACKUP: lambda: self._back_up(night),
            Step.INBOX: lambda: self._take_in(night, progress),
            Step.BUILD: lambda: self._build(night, is_retrained, progress),
            Step.JOBS: lambda: self._do_what_is_due(night),
            Step.REPORT: lambda: self._report(night, progress),
            Step.PRUNE: lambda: self._prune(night),
        }
        for step, do in steps.items():
            progress(f"nightly-{step}", 0, 1)
            with _noting(step, night), telling(Happening.STEP, step=step):
                do()
            progress(f"nightly-{step}", 1, 1)

    def _note_end(self, night: Night) -> None:
        """Tell the staff what failed, and keep how it ended; on a full disk the exit code has to do."""
        for finish in () if night.is_dry_run else (self._tell_staff, self._keep_end):
            try:
                finish(night)
            except (MatchbotError, OSError, sqlite3.OperationalError) as error:
                _LOG.warning("how the night went could not be kept: %s", type(error).__name__)

    def _tell_staff(self, night: Night) -> None:
        if night.failures and self._has_ledger:
            self._service.desk.report_failures(f"{day_of(night.at)}", night.failed)

    def _keep_end(self, night: Night) -> None:
        ended = LastNight(self._service.now(), night.duration_s, night.failed)
        told = {**asdict(ended), "ended_at": ended.ended_at.isoformat()}
        write_whole(self._settings.last_night_path, json.dumps(told))
        self._settings.unfinished_path.unlink(missing_ok=True)

    def _back_up(self, night: Night) -> None:
        """A backup for each day and state of the ledger, verified when it is made and when met again."""
        if not self._has_ledger:
            return
        desk = self._service.desk
        folder = self._settings.backups_path / f"{_day(night)}-{desk.head(MATCHBOT).seq}"
        if not night.is_dry_run:
            if folder.exists():
                desk.verify_backup(folder, MATCHBOT)
            else:
                desk.back_up(folder, MATCHBOT)
        night.backup = str(folder)

    def _take_in(self, night: Night, progress: Progress) -> None:
        for arrival in arrivals(self._settings.inbox_path):
            night.taken.append(self._taken(arrival, night, progress))

    def _taken(self, arrival: Arrival, night: Night, progress: Progress) -> Taken:
        if not arrival.is_at_rest:
            return Taken(arrival.file.name, Outcome.WAITING)
        report: ImportReport | None = None
        error: MatchbotError | None = None
        try:
            report = self._service.import_files(
                [arrival.file],
                mapping=arrival.mapping,
                is_dry_run=night.is_dry_run,
                is_complete=False,
                progress=progress,
            )
        except MatchbotError as refused:
            error = refused
        is_used = report is not None and (len(report.rejections) < report.n_rows or not report.n_rows)
        outcome = Outcome.DONE if is_used else Outcome.REJECTED
        if night.is_dry_run:
            return Taken(arrival.file.name, outcome, report=report, error=error)
        told = report if error is None else _as_values(error)
        place = put_away(arrival.file, outcome, told, day=_day(night), plain=self._plain)
        return Taken(arrival.file.name, outcome, str(place), report, error)

    def _build(self, night: Night, is_retrained: bool, progress: Progress) -> None:
        if night.is_dry_run:
            night.n_behind = self._service.index_status().n_changed
            return
        live = self._service.live_snapshot()
        begun_with = self._begun_with(live)
        before = self._service.snapshot_facts(begun_with)
        try:
            manifest = self._service.build_index(
                is_retrained=is_retrained, is_kept_if_same=True, progress=progress
            )
        except EmptyCorpusError:
            return
        night.snapshot, night.is_new = manifest.name, manifest.name != live
        if before is not None or not begun_with:
            night.changes = self._service.index_changes(before)
        if night.is_new:
            night.n_read, night.n_encoded, night.gate = manifest.n_read, manifest.n_encoded, manifest.gate

    def _begun_with(self, live: str) -> str:
        """The snapshot that was live when this night began, also where a run of it broke off before."""
        if not self._settings.unfinished_path.exists():
            write_whole(self._settings.unfinished_path, live)
        return self._settings.unfinished_path.read_text("utf-8")

    def _do_what_is_due(self, night: Night) -> None:
        """What is due at this hour; alerts and reminders wait for the office to open."""
        if self._has_ledger and not night.is_dry_run:
            night.done = {str(kind): n for kind, n in self._run_jobs().done.items()}

    def _report(self, night: Night, progress: Progress) -> None:
        if not self._has_ledger or night.is_dry_run:
            return
        # Here, since most of what uses this room does not need charts.
        from matchbot.reporting.material import gather
        from matchbot.reporting.pages import write_report
        from matchbot.reporting.tables import Reader, this_fiscal_year

        folder = self._settings.reports_path / _day(night)
        period = this_fiscal_year(day_of(night.at))
        material = gather(self._service, period, night.at, MATCHBOT, progress=progress)
        texts = [Texts(language) for language in LANGUAGES]
        readers = [Reader(each, Wording(each, self._service.all_clusters)) for each in texts]
        with whole_folder(folder) as aside:
            write_report(aside, material, readers, progress=progress)
            shutil.rmtree(folder, ignore_errors=True)
        night.report = str(folder)

    def _prune(self, night: Night) -> None:
        settings = self._settings
        old = [
            *_all_but(settings.nightly.backups_kept, settings.backups_path, _BACKUP),
            *_all_but(settings.nightly.reports_kept, settings.reports_path, _REPORT),
            *_all_but(0, settings.backups_path, _REMAINS),
            *_all_but(0, settings.reports_path, _REMAINS),
        ]
        for folder in old:
            if not night.is_dry_run:
                shutil.rmtree(folder)
            night.pruned.append(str(folder))


@contextmanager
def _noting(step: Step, night: Night) -> Iterator[None]:
    """Makes a failure of one step known, and goes on with the next."""
    try:
        yield
    except MatchbotError as error:
        night.failures[step] = error
    except (OSError, sqlite3.OperationalError) as error:
        trouble = StorageError.of(error)
        if trouble is None:
            raise
        night.failures[step] = trouble


def backups_in(settings: Settings) -> Sequence[Path]:
    """The backups that nights have made, the oldest first."""
    return _all_but(0, settings.backups_path, _BACKUP)


def _day(night: Night) -> str:
    return f"{day_of(night.at):%Y%m%d}"


def _all_but(kept: int, folder: Path, name: re.Pattern[str]) -> Sequence[Path]:
    """The folders of such names but the last ones, the oldest first."""
    found = [each for each in folder.iterdir() if name.fullmatch(each.name)] if folder.is_dir() else []
    ordered = sorted(found, key=lambda each: [int(part) for part in re.findall(r"\d+", each.name)])
    return ordered[: len(ordered) - kept] if kept else ordered


def _as_values(error: MatchbotError) -> dict[str, object]:
    return {"code": error.code, "facts": {name: str(value) for name, value in error.facts.items()}}
