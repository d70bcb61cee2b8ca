"""A ledger on a PostgreSQL server, which many machines can write to.

Only the list of what was erased is also kept in the folder, for the day on which the server is brought
back to an older state.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes

from corpus.storage import moment
from corpus.writing import closed_up
from matchbot.errors import BackupError, LedgerExistsError, LedgerMovedError, NoLedgerError
from matchbot.ledger import backups
from matchbot.ledger.backups import Backup, read_backup, require_restorable
from matchbot.ledger.book import Ledger
from matchbot.ledger.chain import Draw, Fault, Head, Row, commitment
from matchbot.ledger.contents import erasure_lines, load, unload
from matchbot.ledger.erasures import Erasure, add_to_list, list_erasure, listed_lines
from matchbot.ledger.event_store import COLUMNS, Identity, SqlEventStore
from matchbot.ledger.files import Files
from matchbot.ledger.postgres import (
    MOVED_TO,
    READING,
    WRITING,
    Postgres,
    Server,
    exists,
    prepare,
    remove,
    structure,
    structure_as_made,
    writing,
)
from matchbot.ledger.private import ID_BYTES, SALT_BYTES, id_of
from matchbot.ledger.stores import PrivateText
from matchbot.ledger.units import Unit
from matchbot.ledger.verification import Verification, follow, structure_fault, texts_referred_to
from matchbot.references import TextRef
from matchbot.sql import Pending, Rows

OLDEST = 15
"""The oldest PostgreSQL that will do."""


def create_ledger(
    url: str, folder: Path, *, is_sample: bool, created_at: datetime, draw: Draw = token_bytes
) -> Ledger:
    """A new ledger in a database, as `Ledger.create` makes one in a folder.

    Raises LedgerExistsError; what `open_ledger` raises.
    """
    with Server(url).alone() as sql, writing(sql):
        prepare(sql)
        if Identity.read(sql):
            raise LedgerExistsError(folder=sql.server)
        Identity.drawn(draw, is_sample=is_sample, created_at=created_at).write(sql)
    return open_ledger(url, folder, draw=draw)


def open_ledger(url: str, folder: Path, *, draw: Draw = token_bytes) -> Ledger:
    """The ledger in a database, brought to the present schema, with every listed erasure carried out.

    ``folder``: of what stays on this machine.

    Raises NoLedgerError where there is none; LedgerMovedError where it is kept elsewhere now;
    LedgerUnreachableError; UnreadableFileError for one of a newer version; LedgerBusyError.
    """
    server, files = Server(url), Files(folder)
    with server.alone() as sql:
        if identity_of(sql) is None:
            raise NoLedgerError(folder=sql.server)
        with writing(sql):
            require_here(sql)
            prepare(sql)
        identity = Identity.read(sql)
        _carry_out(sql, files)
    assert identity is not None, "identity may not be changed"
    return Ledger(OnServer(server, files, identity, draw))


def server_at(url: str) -> tuple[str, int]:
    """What the server with its database is called, and its version. Raises LedgerUnreachableError."""
    with Server(url).alone() as sql:
        return sql.server, sql.version


def has_ledger(url: str) -> bool:
    """Whether there is a ledger in a database. Raises LedgerUnreachableError."""
    with Server(url).alone() as sql:
        return identity_of(sql) is not None


def restore_ledger(url: str, folder: Path, backup: Path, *, may_lose_events: bool = False) -> Ledger:
    """Make the ledger in a database what it was at a backup, as `Ledger.restore` does in a folder."""
    described, files = read_backup(backup), Files(folder)
    files.folder.mkdir(parents=True, exist_ok=True)
    add_to_list(files.erasures, listed_lines(Files(backup).erasures))
    with Server(url).alone() as sql, writing(sql):
        present = identity_of(sql)
        if present is not None:
            n_events = SqlEventStore(Pending(sql), present.genesis).head().seq
            require_restorable(described, backup, present.id, n_events, may_lose_events=may_lose_events)
            add_to_list(files.erasures, erasure_lines(sql))
            remove(sql)
        prepare(sql)
        load(Files(backup), sql, listed_lines(files.erasures))
        fault = verify(sql, described.head).fault
        if fault is not None:
            raise BackupError(folder=str(backup), reason=fault.flaw)
    return open_ledger(url, folder)


def identity_of(sql: Postgres) -> Identity | None:
    """The identity of the ledger in a database; None where there is none."""
    has_table = exists(sql) and sql.execute("SELECT to_regclass('identity')").fetchone()[0]
    return Identity.read(sql) if has_table else None


def require_here(sql: Postgres, *, unless: str = "") -> None:
    """Let pass while the ledger is kept in this database, or has moved to ``unless``.

    Raises LedgerMovedError.
    """
    _require_here(sql, sql.execute(MOVED_TO), unless=unless)


def note_moved(sql: Postgres, to: str) -> None:
    """Have nobody write here any more, once the transaction is committed."""
    sql.execute("DELETE FROM moved")
    sql.execute("INSERT INTO moved VALUES (?)", [to])


def verify(sql: Postgres, exported: Head | None = None) -> Verification:
    """Follow the chain of a ledger in a database from its start, within a transaction.

    The tables and their guards are not looked at: see `structure`. Raises NoLedgerError.
    """
    identity = identity_of(sql)
    if identity is None:
        raise NoLedgerError(folder=sql.server)
    return follow(_InDatabase(sql), identity.genesis, exported)


class OnServer:
    """The `Place` of a ledger in a database: one transaction for events, messages and private texts."""

    def __init__(self, server: Server, files: Files, identity: Identity, draw: Draw) -> None:
        """Use `open_ledger`."""
        self.identity = identity
        self._server = server
        self._files = files
        self._draw = draw

    @property
    def folder(self) -> Path:
        return self._files.folder

    def close(self) -> None:
        self._server.close()

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        with self._begun(*WRITING) as sql:
            unit = self._unit(sql)
            yield unit
            unit.pending.settle()
            sql.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        with self._begun(*READING) as sql:
            yield self._unit(sql, is_read_only=True)

    def verify(self, exported: Head | None) -> Verification:
        with self._begun(*READING) as sql:
            found = verify(sql, exported)
        with self._server.alone() as sql:
            fault = structure_fault(structure_as_made(sql), structure(sql))
        return found if found.fault is not None else replace(found, fault=fault)

    def back_up(self, to: Path, *, made_at: datetime) -> Backup:
        with self._begun(*READING) as sql:
            return backups.make(partial(unload, sql), to, home=self.folder, made_at=made_at)

    def erase(self, erasure: Erasure) -> None:
        """No table holds a trace afterwards. What the server keeps beside its tables (its log, copies made
        by its own means) is for who runs it to let go of.

        Raises LedgerBusyError where somebody has been reading for too long: it is listed then, and
        carried out when the ledger is opened next.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        list_erasure(self._files.erasures, erasure)
        with self._server.alone() as sql:
            _carry_out(sql, self._files)

    def erasures(self) -> list[Erasure]:
        with self._begun(*READING) as sql:
            return [Erasure.from_line(line) for line in erasure_lines(sql)]

    def _unit(self, sql: Postgres, *, is_read_only: bool = False) -> Unit:
        pending = Pending(sql, is_read_only=is_read_only)
        return Unit.of(pending, PostgresPrivateStore(pending, self._draw), self.identity.genesis)

    @contextmanager
    def _begun(self, *begin: str) -> Iterator[Postgres]:
        """A transaction of the ledger, while it is kept here. Raises LedgerMovedError."""
        with self._server.transaction(*begin) as (sql, moved_to):
            _require_here(sql, moved_to)
            yield sql


class PostgresPrivateStore:
    """The `PrivateStore` of one transaction, the same as the events'."""

    def __init__(self, pending: Pending[Postgres], draw: Draw) -> None:
        self._pending = pending
        self._draw = draw

    @property
    def _sql(self) -> Postgres:
        return self._pending.settled

    def put(self, text: str, *, kind: str, about: Iterable[str], recorded_at: datetime) -> TextRef:
        id, salt = self._draw(ID_BYTES).hex(), self._draw(SALT_BYTES)
        sql = self._pending.writable
        (number,) = sql.execute(
            "INSERT INTO texts (number, id, kind, text, salt, recorded_at) "
            "SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ?, ?, ? FROM texts RETURNING number",
            [id, kind, text.encode(), salt, moment(recorded_at)],
        ).fetchone()
        sql.execute(
            "INSERT INTO subjects (subject, number) SELECT value, ? FROM json_each(?)",
            [number, json.dumps(sorted(set(about)))],
        )
        return TextRef(id, commitment(salt, text))

    def text(self, ref: TextRef | str) -> str | None:
        return self.texts([ref]).get(id_of(ref))

    def texts(self, refs: Iterable[TextRef | str]) -> dict[str, str]:
        wanted = json.dumps([*map(id_of, refs)])
        rows = self._sql.execute(
            "SELECT id, text FROM texts WHERE id IN (SELECT value FROM json_each(?))", [wanted]
        )
        return {id: text.decode() for id, text in rows}

    def about(self, subject: str) -> list[PrivateText]:
        return self._private_texts(
            "WHERE number IN (SELECT number FROM subjects WHERE subject = ?) ORDER BY number", subject
        )

    def holding(self, words: str) -> list[PrivateText]:
        sought = closed_up(words)
        if not sought:
            return []
        numbers = [
            number
            for together in self._sql.stream("SELECT number, text FROM texts")
            for number, text in together
            if sought in closed_up(text.decode())
        ]
        return self._private_texts(
            "WHERE number IN (SELECT value::bigint FROM json_each(?)) ORDER BY number", json.dumps(numbers)
        )

    # The parts of the unit are those of its connection.

    def begin_part(self) -> None: ...

    def undo_part(self) -> None: ...

    def end_part(self) -> None: ...

    def _private_texts(self, condition: str, value: str) -> list[PrivateText]:
        rows = self._sql.execute(
            f"SELECT id, kind, text, salt, recorded_at, ARRAY(SELECT subject FROM subjects s "
            f"WHERE s.number = t.number ORDER BY subject) FROM texts t {condition}",
            [value],
        )
        return [
            PrivateText(
                ref=TextRef(id, commitment(salt, text.decode())),
                kind=kind,
                text=text.decode(),
                about=tuple(subjects),
                recorded_at=datetime.fromisoformat(recorded_at),
            )
            for id, kind, text, salt, recorded_at, subjects in rows
        ]


class _InDatabase:
    """The `Evidence` of a database within a transaction; texts are read ahead, some thousands at a time."""

    def __init__(self, sql: Postgres) -> None:
        self._sql = sql
        self._texts: dict[str, tuple[bytes, str]] = {}

    def rows(self) -> Iterator[Row]:
        for together in self._sql.stream(f"SELECT {COLUMNS} FROM events ORDER BY seq"):
            wanted = [id for row in together for _, id in texts_referred_to(row)]
            found = self._sql.execute(
                "SELECT id, salt, text FROM texts WHERE id IN (SELECT value FROM json_each(?))",
                [json.dumps(wanted)],
            )
            self._texts = {id: (salt, text.decode()) for id, salt, text in found}
            yield from together

    def text(self, id: str) -> tuple[bytes, str] | None:
        return self._texts.get(id)

    def erased(self) -> set[str]:
        return {id for line in erasure_lines(self._sql) for id in Erasure.from_line(line).texts}

    def structure_fault(self) -> Fault | None:
        return None


def _carry_out(sql: Postgres, files: Files) -> None:
    """Remove from the tables what is listed here or there, so that no page of them holds a trace.

    Raises LedgerBusyError where somebody has been reading for too long; it is carried out when the ledger
    is opened next.
    """
    with writing(sql):
        known = erasure_lines(sql)
        new = [line for line in listed_lines(files.erasures) if line not in set(known)]
        for number, line in enumerate(new, len(known) + 1):
            sql.execute("INSERT INTO erasures (number, line) VALUES (?, ?)", [number, line])
            sql.execute(
                "DELETE FROM texts WHERE id IN (SELECT value FROM json_each(?))",
                [json.dumps(Erasure.from_line(line).texts)],
            )
        (n_carried_out,) = sql.execute("SELECT n_erasures FROM carried_out").fetchone()
    n_listed = len(known) + len(new)
    if n_carried_out < n_listed:
        sql.execute("VACUUM (FULL) texts, subjects")
        sql.execute("UPDATE carried_out SET n_erasures = ? WHERE n_erasures < ?", [n_listed, n_listed])
    if known:
        add_to_list(files.erasures, known)


def _require_here(sql: Postgres, moved_to: Rows, *, unless: str = "") -> None:
    for (to,) in moved_to:
        if to != unless:
            raise LedgerMovedError(folder=sql.server, to=to)
