"""The places a ledger can be kept in, each with what a test does to it behind its back."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from matchbot.introductions.events import IntroductionDeclined, IntroductionExpired
from matchbot.ledger import Flaw, Head, Ledger, Message, Unit
from postgres_server import PostgresServer

N = 60
"""How many events a full ledger has."""


def fault(ledger: Ledger, exported: Head | None = None) -> tuple[int, Flaw] | None:
    """The first fault that verifying finds: the number of the row, and what is wrong with it."""
    found = ledger.verify(exported).fault
    return found and (found.seq, found.flaw)


def record(unit: Unit, noon: datetime, name: str, key: str) -> None:
    """What a command of two events does: a text, the events, a message, all under its key."""
    text = unit.private.put(f"text {key}", kind="reason", about=[name], recorded_at=noon)
    first = IntroductionDeclined(case_id=key, cluster="shikoku", member_id=name, reason=text)
    unit.events.append(
        f"case:{key}",
        [first, IntroductionExpired(case_id=key)],
        actor=name,
        key=key,
        event_date=noon.date(),
        recorded_at=noon,
    )
    unit.outbox.put(Message(id=key, recipient=name, kind="declined", not_before=noon))


class Place(Protocol):
    """Where one ledger is kept. ``home`` is the folder on this machine."""

    home: Path

    def create(self, *, is_sample: bool, created_at: datetime) -> Ledger: ...
    def open(self) -> Ledger: ...
    def restore(self, backup: Path, *, may_lose_events: bool = False) -> Ledger: ...

    def raw(self, *, of_texts: bool = False) -> AbstractContextManager[Any]:
        """A connection that has nothing to do with matchbot; statements take effect one by one."""

    def unguarded(self, *, of_texts: bool = False) -> AbstractContextManager[Any]:
        """The same with the guards taken off, and put back as they were."""


class InFiles:
    """A ledger in the files of a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def create(self, *, is_sample: bool, created_at: datetime) -> Ledger:
        return Ledger.create(self.home, is_sample=is_sample, created_at=created_at)

    def open(self) -> Ledger:
        return Ledger.open(self.home)

    def restore(self, backup: Path, *, may_lose_events: bool = False) -> Ledger:
        return Ledger.restore(backup, self.home, may_lose_events=may_lose_events)

    @contextmanager
    def raw(self, *, of_texts: bool = False) -> Iterator[Any]:
        file = self.home / ("private.db" if of_texts else "ledger.db")
        with closing(sqlite3.connect(file, isolation_level=None)) as raw:
            yield raw

    @contextmanager
    def unguarded(self, *, of_texts: bool = False) -> Iterator[Any]:
        with self.raw(of_texts=of_texts) as raw:
            guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                raw.execute(f"DROP TRIGGER {name}")
            yield raw
            for _, statement in guards:
                raw.execute(statement)


class OnPostgres:
    """A ledger in the database of a PostgreSQL server, which is emptied for it."""

    def __init__(self, home: Path, server: PostgresServer) -> None:
        self.home = home
        self.url = server.empty_database()

    def create(self, *, is_sample: bool, created_at: datetime) -> Ledger:
        from matchbot.ledger.server import create_ledger

        return create_ledger(self.url, self.home, is_sample=is_sample, created_at=created_at)

    def open(self) -> Ledger:
        from matchbot.ledger.server import open_ledger

        return open_ledger(self.url, self.home)

    def restore(self, backup: Path, *, may_lose_events: bool = False) -> Ledger:
        from matchbot.ledger.server import restore_ledger

        return restore_ledger(self.url, self.home, backup, may_lose_events=may_lose_events)

    @contextmanager
    def raw(self, *, of_texts: bool = False) -> Iterator[Any]:
        import psycopg

        with closing(psycopg.connect(self.url, autocommit=True)) as raw:
            raw.execute("SET search_path TO matchbot")
            yield raw

    @contextmanager
    def unguarded(self, *, of_texts: bool = False) -> Iterator[Any]:
        with self.raw() as raw:
            for change in ("DISABLE", "ENABLE"):
                for table in ("events", "identity"):
                    raw.execute(f"ALTER TABLE {table} {change} TRIGGER USER")
                if change == "DISABLE":
                    yield raw
