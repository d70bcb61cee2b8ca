"""Whether a ledger is what it was when its events were recorded, and if not, where it first is not."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from matchbot.ledger.chain import Fault, Flaw, Head, Row, commitment, fault_after
from matchbot.ledger.erasures import read_erasures
from matchbot.ledger.event_store import COLUMNS
from matchbot.ledger.files import LEDGER_STEPS, Files
from matchbot.ledger.sqlite import connect, faults_named, schema, schema_after

_TEXT_REF = re.compile(r'\{"commitment":"([0-9a-f]{64})","id":"([^"\\]+)"\}')
"""A reference to a text as canonical JSON has it: within a string its quotes would be escaped."""


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


def verify(files: Files, exported: Head | None = None) -> Verification:
    """Follow the chain from its start, with the texts it refers to; gives the first fault.

    Only an exported head shows that the end was cut off, or everything written anew. Events may be
    recorded meanwhile; memory does not grow with their number.

    Raises NoLedgerError; UnreadableFileError.
    """
    start = files.identity().genesis
    with (
        faults_named(files.ledger),
        closing(connect(files.ledger, is_read_only=True)) as events,
        closing(connect(files.private, is_read_only=True)) as texts,
    ):
        return _Walk(events, texts, files.erasures, exported).from_start(start)


class _Walk:
    """One way along the chain."""

    def __init__(
        self,
        events: sqlite3.Connection,
        texts: sqlite3.Connection,
        erasures: Path,
        exported: Head | None,
    ) -> None:
        self._events = events
        self._texts = texts
        self._erasures = erasures
        self._erased = _erased(erasures)
        self._exported = exported
        self._n_texts = self._n_erased = 0

    def from_start(self, start: Head) -> Verification:
        head, fault = start, self._exported_fault(start)
        rows = self._events.execute(f"SELECT {COLUMNS} FROM events NOT INDEXED ORDER BY seq")
        while fault is None:
            try:
                row = next(rows, None)
            except sqlite3.Error as error:
                fault = Fault(head.seq + 1, Flaw.ROW_UNREADABLE, str(error))
                break
            if row is None:
                fault = self._end_fault(head)
                break
            fault = fault_after(head, row) or self._text_fault(row)
            if fault is None:
                head = Head(row[0], row[-1])
                fault = self._exported_fault(head)
        return Verification(head, self._n_texts, self._n_erased, fault)

    def _exported_fault(self, head: Head) -> Fault | None:
        is_other = self._exported is not None and self._exported.seq == head.seq and self._exported != head
        return Fault(head.seq, Flaw.OTHER_HEAD) if is_other else None

    def _end_fault(self, head: Head) -> Fault | None:
        if self._exported is not None and head.seq < self._exported.seq:
            return Fault(head.seq + 1, Flaw.CHAIN_CUT)
        return self._structure_fault()

    def _structure_fault(self) -> Fault | None:
        expected, found = schema_after("ledger", LEDGER_STEPS), schema(self._events)
        differing = sorted(dict(expected.items() ^ found.items()))
        if differing:
            return Fault(0, Flaw.STRUCTURE_CHANGED, ", ".join(differing))
        (told,) = self._events.execute("PRAGMA integrity_check(1)").fetchone()
        return None if told == "ok" else Fault(0, Flaw.STRUCTURE_CHANGED, told)

    def _text_fault(self, row: Row) -> Fault | None:
        seq, payload = int(row[0]), str(row[-2])
        for committed, id in _TEXT_REF.findall(payload):
            flaw = self._text_flaw(id, committed)
            if flaw is not None:
                return Fault(seq, flaw, id)
        return None

    def _text_flaw(self, id: str, committed: str) -> Flaw | None:
        found = self._texts.execute("SELECT salt, text FROM texts WHERE id = ?", [id]).fetchone()
        if found is None:
            self._n_erased += 1
            return None if self._is_erased(id) else Flaw.TEXT_MISSING
        self._n_texts += 1
        return None if commitment(*found) == committed else Flaw.TEXT_CHANGED

    def _is_erased(self, id: str) -> bool:
        """Whether an erasure accounts for a text that is gone, be it one of this moment."""
        if id not in self._erased:
            self._erased = _erased(self._erasures)
        return id in self._erased


def _erased(file: Path) -> set[str]:
    return {id for erasure in read_erasures(file) for id in erasure.texts}
