"""A ledger moves from the files of a folder to a PostgreSQL server, or back, while others hold on.

Nobody writes while it is copied, and once the copy is whole and verified, nobody writes where it came
from: two ledgers never go on from one. Who is stopped in between does the same again.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from corpus.durability import sync, write_whole
from matchbot import sqlite
from matchbot.errors import MigrationError, NoLedgerError
from matchbot.ledger import backups, server, verification
from matchbot.ledger.book import Ledger
from matchbot.ledger.chain import Head
from matchbot.ledger.contents import load, unload
from matchbot.ledger.erasures import listed_lines
from matchbot.ledger.event_store import Identity
from matchbot.ledger.files import Files
from matchbot.ledger.postgres import Server, exists, prepare, writing
from matchbot.ledger.verification import Verification


class Hindrance(StrEnum):
    """Why a ledger is not moved: a code with a text ``reason-<code>`` each."""

    NOT_EMPTY = "database-not-empty"
    NOT_ON_SERVER = "not-on-server"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a ledger is kept now, and its head; with the texts that were verified there, and those erased."""

    to: str
    is_sample: bool
    head: Head
    n_texts: int
    n_erased: int


def to_server(folder: Path, url: str) -> Moved:
    """Move the ledger of a folder into an empty database, verified here and there.

    Who writes meanwhile waits, and is told in the end where it is.

    Raises NoLedgerError; MigrationError where there is something in the database, or the ledger is not
    intact; LedgerMovedError where it was moved elsewhere; LedgerUnreachableError; LedgerBusyError.
    """
    files, target = Files(folder), Server(url)
    if files.moved_to() not in ("", target.name):
        files.require_here()
    if not files.moved_to():
        Ledger.open(folder).close()  # brings it to the present schema, and carries out what is listed
    with _held(files) as identity, target.alone() as sql, writing(sql):
        known = server.identity_of(sql)
        if files.moved_to() and known == identity:
            return _moved(target.name, known, server.verify(sql))
        if exists(sql):
            raise MigrationError(to=target.name, reason=Hindrance.NOT_EMPTY)
        head = _intact(verification.verify(files), target.name).head
        prepare(sql)
        load(files, sql, listed_lines(files.erasures))
        found = _intact(server.verify(sql, head), target.name)
        # Noted first: who is stopped here has a ledger nowhere to write to, rather than two.
        _note(files, target.name)
    return _moved(target.name, identity, found)


def to_files(url: str, folder: Path, *, made_at: datetime) -> Moved:
    """Move the ledger of a database into the files of a folder, verified there.

    What is there of the same ledger from before is replaced. Who writes meanwhile waits, and is told in
    the end where it is.

    Raises NoLedgerError; LedgerMovedError where it was moved elsewhere; BackupError where the ledger is
    not intact, or the folder has another one; LedgerUnreachableError; LedgerBusyError.
    """
    files, aside = Files(folder), folder.with_name(f".{folder.name}.coming")
    shutil.rmtree(aside, ignore_errors=True)
    with Server(url).alone() as sql:
        if server.identity_of(sql) is None:
            _return_unmoved(files, sql.server)
        else:
            with writing(sql):
                server.require_here(sql, unless=str(folder.resolve()))
                backups.make(partial(unload, sql), aside, home=folder, made_at=made_at)
                server.note_moved(sql, str(folder.resolve()))
            backups.restore(aside, files, may_lose_events=False)
            shutil.rmtree(aside)
            _forget(files)
    return _moved(str(folder), files.identity(), verification.verify(files))


@contextmanager
def _held(files: Files) -> Iterator[Identity]:
    """The identity of a ledger in files that nobody writes to meanwhile. Raises LedgerBusyError."""
    with (
        sqlite.faults_named(files.ledger),
        closing(sqlite.connect(files.ledger)) as ledger,
        closing(sqlite.connect(files.private)) as private,
        sqlite.writing(ledger),
        sqlite.writing(private),
    ):
        yield files.identity()


def _return_unmoved(files: Files, to: str) -> None:
    """Take a ledger up again that was on its way to a database, and has not arrived."""
    if files.moved_to() != to:
        raise NoLedgerError(folder=to)
    _forget(files)


def _intact(found: Verification, to: str) -> Verification:
    if found.fault is not None:
        raise MigrationError(to=to, reason=found.fault.flaw)
    return found


def _note(files: Files, to: str) -> None:
    """Have nobody write to the files any more."""
    write_whole(files.moved, to)


def _forget(files: Files) -> None:
    files.moved.unlink(missing_ok=True)
    sync(files.folder)


def _moved(to: str, identity: Identity, found: Verification) -> Moved:
    return Moved(to, identity.is_sample, found.head, found.n_texts, found.n_erased)
