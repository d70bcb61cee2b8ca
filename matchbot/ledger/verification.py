"""Whether a ledger is what it was when its events were recorded, and if not, where it first is not."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from matchbot.ledger.chain import Fault, Flaw, Head, Row, commitment, fault_after
from matchbot.ledger.erasures import read_erasures
from matchbot.ledger.event_store import COLUMNS
from matchbot.ledger.files import LEDGER_STEPS, Files
from matchbot.sqlite import connect, faults_named, schema, schema_after

_TEXT_REF = re.compile(r'\{"commitment":"([0-9a-f]{64})","id":"([^"\\]+)"\}')
"""A reference to a text as canonical JSON has it: within a string its quotes would be escaped."""

_ROWS_TOGETHER = 500
"""How many rows have their texts looked up at once."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. ``head``: the last event before the fault, or of all.

    ``n_texts`` events' texts fit what the events say of them, ``n_erased`` were erased; a text that two
    events refer to counts twice.
    """

    head: Head
    n_texts: int
    n_erased: int
    fault: Fault | None

    @property
    def is_intact(self) -> bool:
        return self.fault is None


class Evidence(Protocol):
    """A ledger as it stands, whatever it is kept in."""

    def rows(self) -> Iterator[Row]:
        """Every row of the events, in the order of their numbers. Raises UnreadableRowError."""

    def text(self, id: str) -> tuple[bytes, str] | None:
        """The salt and the text of this id that an event refers to; None where it is gone."""

    def erased(self) -> set[str]:
        """The ids of the texts that were erased up to this moment."""

    def structure_fault(self) -> Fault | None:
        """What is wrong with the tables and their guards."""


class UnreadableRowError(Exception):
    """A database cannot give the next row."""


def verify(files: Files, exported: Head | None = None) -> Verification:
    """Follow the chain of a ledger in files from its start; see `follow`.

    Raises NoLedgerError; UnreadableFileError.
    """
    start = files.identity().genesis
    with (
        faults_named(files.ledger),
        closing(connect(files.ledger, is_read_only=True)) as events,
        closing(connect(files.private, is_read_only=True)) as texts,
        _integrity(files.ledger) as integrity,
    ):
        return follow(_InFiles(events, texts, integrity, files.erasures), start, exported)


@contextmanager
def _integrity(file: Path) -> Iterator[Future[str]]:
    """What SQLite says of its own structures, looked into meanwhile; given up when nobody waits any more."""
    with (
        closing(connect(file, is_read_only=True, is_for_one_thread=False)) as connection,
        ThreadPoolExecutor(1) as beside,
    ):
        try:
            yield beside.submit(lambda: str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0]))
        finally:
            connection.interrupt()


def follow(evidence: Evidence, start: Head, exported: Head | None = None) -> Verification:
    """Follow a chain from its start, with the texts it refers to; gives the first fault.

    Only an exported head shows that the end was cut off, or everything written anew. Events may be
    recorded meanwhile; memory does not grow with their number.
    """
    return _Walk(evidence, exported).from_start(start)


def texts_referred_to(row: Row) -> list[tuple[str, str]]:
    """The commitment and the id of each text that an event refers to."""
    return _TEXT_REF.findall(str(row[-2]))


class _InFiles:
    """The `Evidence` of SQLite's files; texts are read ahead, some hundreds at a time."""

    def __init__(
        self, events: sqlite3.Connection, texts: sqlite3.Connection, integrity: Future[str], erasures: Path
    ) -> None:
        self._events = events
        self._private = texts
        self._integrity = integrity
        self._erasures = erasures
        self._texts: dict[str, tuple[bytes, str]] = {}

    def rows(self) -> Iterator[Row]:
        rows = self._events.execute(f"SELECT {COLUMNS} FROM events NOT INDEXED ORDER BY seq")
        unreadable: sqlite3.Error | None = None
        together: list[Row] = []
        while unreadable is None:
            together.clear()
            try:
                together.extend(islice(rows, _ROWS_TOGETHER))
            except sqlite3.Error as error:  # those before it can be read
                unreadable = error
            if not (together or unreadable):
                return
            self._read_texts(id for row in together for _, id in texts_referred_to(row))
            yield from together
        raise UnreadableRowError(f"{unreadable}") from unreadable

    def _read_texts(self, ids: Iterable[str]) -> None:
        found = self._private.execute(
            "SELECT id, salt, text FROM texts WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(ids))],
        )
        self._texts = {id: (salt, text) for id, salt, text in found}

    def text(self, id: str) -> tuple[bytes, str] | None:
        return self._texts.get(id)

    def erased(self) -> set[str]:
        return {id for erasure in read_erasures(self._erasures) for id in erasure.texts}

    def structure_fault(self) -> Fault | None:
        fault = structure_fault(schema_after("ledger", LEDGER_STEPS), schema(self._events))
        if fault is not None:
            return fault
        told = self._integrity.result()
        return None if told == "ok" else Fault(0, Flaw.STRUCTURE_CHANGED, told)


def structure_fault(expected: Mapping[str, str], found: Mapping[str, str]) -> Fault | None:
    """What is wrong where the things that make up a database, by name, are not as they were made."""
    differing = sorted(dict(expected.items() ^ found.items()))
    return Fault(0, Flaw.STRUCTURE_CHANGED, ", ".join(differing)) if differing else None


class _Walk:
    """One way along the chain."""

    def __init__(self, evidence: Evidence, exported: Head | None) -> None:
        self._evidence = evidence
        self._erased = evidence.erased()
        self._exported = exported
        self._n_texts = self._n_erased = 0

    def from_start(self, start: Head) -> Verification:
        head, fault = start, self._exported_fault(start)
        rows = self._evidence.rows()
        while fault is None:
            try:
                row = next(rows, None)
            except UnreadableRowError as error:
                fault = Fault(head.seq + 1, Flaw.ROW_UNREADABLE, str(error))
                break
            if row is None:
                fault = self._end_fault(head)
                break
            fault = fault_after(head, row) or self._text_fault(row)
            if fault is None:
                head = Head(int(row[0]), str(row[-1]))
                fault = self._exported_fault(head)
        return Verification(head, self._n_texts, self._n_erased, fault)

    def _exported_fault(self, head: Head) -> Fault | None:
        is_other = self._exported is not None and self._exported.seq == head.seq and self._exported != head
        return Fault(head.seq, Flaw.OTHER_HEAD) if is_other else None

    def _end_fault(self, head: Head) -> Fault | None:
        if self._exported is not None and head.seq < self._exported.seq:
            return Fault(head.seq + 1, Flaw.CHAIN_CUT)
        return self._evidence.structure_fault()

    def _text_fault(self, row: Row) -> Fault | None:
        for committed, id in texts_referred_to(row):
            flaw = self._text_flaw(id, committed)
            if flaw is not None:
                return Fault(int(row[0]), flaw, id)
        return None

    def _text_flaw(self, id: str, committed: str) -> Flaw | None:
        found = self._evidence.text(id)
        if found is None:
            self._n_erased += 1
            return None if self._is_erased(id) else Flaw.TEXT_MISSING
        self._n_texts += 1
        return None if commitment(*found) == committed else Flaw.TEXT_CHANGED

    def _is_erased(self, id: str) -> bool:
        """Whether an erasure accounts for a text that is gone, be it one of this moment."""
        if id not in self._erased:
            self._erased = self._evidence.erased()
        return id in self._erased
