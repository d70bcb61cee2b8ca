"""Backups: a folder each, made while the ledger is at work, verified when it is made and when it is used."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path

from corpus.durability import sync, whole_folder
from corpus.storage import moment
from matchbot.errors import BackupError
from matchbot.ledger.chain import Head, canonical
from matchbot.ledger.erasures import add_to_list, listed_lines, mark_carried_out, read_erasures, remove
from matchbot.ledger.event_store import SqlEventStore
from matchbot.ledger.files import Files
from matchbot.ledger.verification import verify
from matchbot.sql import Pending
from matchbot.sqlite import connect, faults_named, remove_database

_MANIFEST = "backup.json"
_FORMAT = 1


class Refusal(StrEnum):
    """Why a backup is not made, or not restored: a code with a text ``reason-<code>`` each."""

    WITHIN_LEDGER = "within-ledger"
    NOT_EMPTY = "not-empty"
    NO_BACKUP = "no-backup"
    DAMAGED = "backup-damaged"
    NOT_INTACT = "ledger-not-intact"
    OTHER_LEDGER = "other-ledger"
    NEWER_EVENTS = "newer-events"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. ``digests`` are the SHA-256 of its files by name."""

    ledger_id: str
    is_sample: bool
    made_at: datetime
    head: Head
    digests: Mapping[str, str]


def back_up(files: Files, to: Path, *, made_at: datetime) -> Backup:
    """Copy a ledger into a new folder, as it is at this moment, whoever writes meanwhile.

    Raises what `make` raises.
    """

    def copy(copies: Files) -> None:
        # Texts are written before the events that refer to them, so that they are copied after them; what
        # is erased meanwhile stands on the list, which is copied last.
        _copy_aside(files.ledger, copies.ledger)
        _copy_aside(files.private, copies.private)
        add_to_list(copies.erasures, listed_lines(files.erasures))

    return make(copy, to, home=files.folder, made_at=made_at)


def make(copy: Callable[[Files], None], to: Path, *, home: Path, made_at: datetime) -> Backup:
    """A backup of what ``copy`` puts into the files it is given.

    It becomes visible under its name when it is whole and verified.

    Raises BackupError where it would lie within the ledger's folder ``home``, over something else, or
    where the ledger is not intact.
    """
    if to.resolve().is_relative_to(home.resolve()):
        raise BackupError(folder=str(to), reason=Refusal.WITHIN_LEDGER)
    if to.exists():
        raise BackupError(folder=str(to), reason=Refusal.NOT_EMPTY)
    to.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(to) as aside:
        aside.mkdir(mode=0o700)
        copies = Files(aside)
        copy(copies)
        head = _head(copies)
        if verify(copies, head).fault is not None:
            raise BackupError(folder=str(to), reason=Refusal.NOT_INTACT)
        backup = _described(copies, head, made_at)
        _write_down(backup, aside / _MANIFEST)
    return backup


def restore(source: Path, files: Files, *, may_lose_events: bool) -> Backup:
    """Make the ledger what it was at a backup, but for what has been erased since.

    Others may have it open: they go on with what was restored. The erased texts are taken out before
    anything of the backup reaches the folder.

    Raises BackupError where the backup is not whole or of another ledger than the one that is there; and,
    unless ``may_lose_events``, where the ledger has newer events, or cannot be read.
    """
    backup = read_backup(source)
    present = _present(files)
    if present is not None:
        require_restorable(backup, source, *present, may_lose_events=may_lose_events)
        if not present[0]:
            remove_database(files.ledger)
    files.folder.mkdir(parents=True, exist_ok=True)
    add_to_list(files.erasures, listed_lines(Files(source).erasures))
    files.prepare()
    # In this order an interrupted restore leaves texts that no event refers to, not the other way round.
    with closing(connect(Files(source).ledger, is_read_only=True)) as events:
        _copy_into(events, files.ledger)
    with closing(_without_erased(Files(source).private, files.erasures)) as texts:
        _copy_into(texts, files.private)
    _require_intact(files, backup.head, source)
    return backup


def require_restorable(
    backup: Backup, source: Path, id: str, n_events: int, *, may_lose_events: bool
) -> None:
    """Let pass a backup of the ledger with this id ("": it cannot be read) that loses no events, or may.

    Raises BackupError.
    """
    if id not in ("", backup.ledger_id):
        raise BackupError(folder=str(source), reason=Refusal.OTHER_LEDGER)
    if (not id or n_events > backup.head.seq) and not may_lose_events:
        raise BackupError(folder=str(source), reason=Refusal.NEWER_EVENTS)


def read_backup(source: Path) -> Backup:
    """What a backup holds, verified as a whole. Raises BackupError where it is none, or damaged."""
    try:
        facts = json.loads((source / _MANIFEST).read_text("utf-8"))
        if facts.pop("format") != _FORMAT:
            raise ValueError("unknown format")
        made_at, head = datetime.fromisoformat(facts.pop("made_at")), Head.parse(facts.pop("head"))
        backup = Backup(**facts, made_at=made_at, head=head)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(folder=str(source), reason=Refusal.NO_BACKUP) from error
    if any(_digest(source / name) != digest for name, digest in backup.digests.items()):
        raise BackupError(folder=str(source), reason=Refusal.DAMAGED)
    _require_intact(Files(source), backup.head, source)
    return backup


def _head(copies: Files) -> Head:
    with closing(connect(copies.ledger, is_read_only=True)) as connection:
        return SqlEventStore(Pending(connection), copies.identity().genesis).head()


def _described(copies: Files, head: Head, made_at: datetime) -> Backup:
    identity = copies.identity()
    return Backup(
        ledger_id=identity.id,
        is_sample=identity.is_sample,
        made_at=made_at,
        head=head,
        digests={file.name: _digest(file) for file in (copies.ledger, copies.private, copies.erasures)},
    )


def _require_intact(files: Files, head: Head, folder: Path) -> None:
    fault = verify(files, head).fault
    if fault is not None:
        raise BackupError(folder=str(folder), reason=fault.flaw)


def _copy_aside(source: Path, copy: Path) -> None:
    """One file which needs no other beside it."""
    copy.touch(mode=0o600)
    with (
        faults_named(source),
        closing(connect(source, is_read_only=True)) as original,
        closing(connect(copy)) as target,
    ):
        original.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _copy_into(source: sqlite3.Connection, file: Path) -> None:
    """Put one database in the place of another, as one transaction of it."""
    with faults_named(file), closing(connect(file)) as target:
        source.backup(target)
        target.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def _without_erased(private: Path, erasures_file: Path) -> sqlite3.Connection:
    """A private store in memory, without what was erased since it was copied."""
    texts = sqlite3.connect(":memory:", isolation_level=None)
    texts.execute("PRAGMA foreign_keys = ON")
    with closing(connect(private, is_read_only=True)) as original:
        original.backup(texts)
    erasures = read_erasures(erasures_file)
    remove(texts, [id for erasure in erasures for id in erasure.texts])
    mark_carried_out(texts, len(erasures))
    return texts


def _present(files: Files) -> tuple[str, int] | None:
    """The id of the ledger that is there, "" where it cannot be read, and its number of events."""
    if not files.ledger.exists():
        return None
    with suppress(sqlite3.Error), closing(connect(files.ledger, is_read_only=True)) as connection:
        (id,) = connection.execute("SELECT id FROM identity").fetchone()
        (n_events,) = connection.execute("SELECT COALESCE(MAX(seq), 0) FROM events").fetchone()
        return id, n_events
    return "", 0


def _write_down(backup: Backup, file: Path) -> None:
    facts = asdict(backup) | {"format": _FORMAT, "made_at": moment(backup.made_at), "head": str(backup.head)}
    file.write_text(canonical(facts), "utf-8")
    for written in (*file.parent.iterdir(), file.parent):
        sync(written)


def _digest(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
