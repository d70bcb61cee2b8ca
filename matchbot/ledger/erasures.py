"""The list of what was erased, in a file that no restore takes back, and its being carried out.

First the erasure is listed, then it is done. Whoever opens a ledger carries out what is listed and not
done yet: an erasure that was interrupted, or one that an older backup does not know of.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from corpus.storage import moment
from matchbot.errors import LedgerBusyError
from matchbot.ledger.chain import canonical
from matchbot.sqlite import connect, faults_named, writing


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, when and by whom: ids only."""

    erased_at: datetime
    by: str
    about: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def from_line(cls, line: str) -> Self:
        """The erasure that stands in a line of a list."""
        facts = json.loads(line)
        return cls(
            erased_at=datetime.fromisoformat(facts["erased_at"]),
            by=facts["by"],
            about=tuple(facts["about"]),
            texts=tuple(facts["texts"]),
        )

    def line(self) -> str:
        """The erasure as a line of a list."""
        return canonical({**asdict(self), "erased_at": moment(self.erased_at)})


def read_erasures(file: Path) -> list[Erasure]:
    """The erasures of a list, in their order; none where there is no list."""
    return [Erasure.from_line(line) for line in listed_lines(file)]


def list_erasure(file: Path, erasure: Erasure) -> None:
    """Put an erasure on the list, for good."""
    add_to_list(file, [erasure.line()])


def add_to_list(file: Path, lines: Iterable[str]) -> None:
    """Put lines of another list on this one, but those that stand there already."""
    with file.open("ab+") as opened:
        os.chmod(file, 0o600)
        fcntl.flock(opened, fcntl.LOCK_EX)
        opened.seek(0)
        written = opened.read()
        # What was cut off by a crash was never carried out.
        whole = written[: written.rfind(b"\n") + 1]
        opened.truncate(len(whole))
        known = set(whole.decode().splitlines())
        opened.write("".join(f"{line}\n" for line in lines if line not in known).encode())
        opened.flush()
        os.fsync(opened.fileno())


def carry_out(private: Path, file: Path) -> None:
    """Remove from the private store what is listed, so that no file of it holds a trace.

    Quick where nothing is left to do; one at a time, since SQLite does not wait for who tidies up already.
    Raises LedgerBusyError where somebody has been reading for too long; it is carried out when the ledger
    is opened next.
    """
    if not file.exists():
        return
    with file.open("rb") as listed, faults_named(private), closing(connect(private)) as connection:
        fcntl.flock(listed, fcntl.LOCK_EX)
        erasures = read_erasures(file)
        if len(erasures) > _n_carried_out(connection):
            remove(connection, [id for erasure in erasures for id in erasure.texts])
            is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                raise LedgerBusyError(file=str(private))
            mark_carried_out(connection, len(erasures))


def mark_carried_out(connection: sqlite3.Connection, n_erasures: int) -> None:
    """Note in a private store how many lines of the list have been carried out on it."""
    connection.execute(f"PRAGMA user_version = {n_erasures}")


def remove(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Delete texts with their salts, and write the whole store anew without them."""
    with writing(connection):
        connection.executemany("DELETE FROM texts WHERE id = ?", [(id,) for id in ids])
    connection.execute("VACUUM")


def listed_lines(file: Path) -> list[str]:
    """The lines of a list, without one that a crash cut off."""
    text = file.read_text("utf-8") if file.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def _n_carried_out(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
