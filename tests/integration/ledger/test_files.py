"""A ledger in the files of a folder: what they are, and what nobody may do to them."""

import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from matchbot.errors import NoLedgerError, UnreadableFileError
from matchbot.ledger import Ledger, files


def test_where_there_is_no_ledger_one_is_told(home):
    with pytest.raises(NoLedgerError):
        Ledger.open(home)
    home.mkdir()
    (home / "ledger.db").touch()
    with pytest.raises(NoLedgerError):
        Ledger.open(home)


def test_a_file_that_is_no_database_is_told(home):
    home.mkdir()
    (home / "ledger.db").write_text("meeting minutes, not a database " * 100)
    with pytest.raises(UnreadableFileError):
        Ledger.open(home)


def test_a_ledger_of_a_newer_version_is_left_alone(ledger, home):
    ledger.close()
    with closing(sqlite3.connect(home / "ledger.db")) as raw, raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('ledger', 'of the future', '2040')"
        )
    with pytest.raises(UnreadableFileError):
        Ledger.open(home)


def test_a_ledger_of_the_first_schema_is_brought_to_the_present_one(tmp_path, decline, noon, monkeypatch):
    monkeypatch.setattr(files, "LEDGER_STEPS", files.LEDGER_STEPS[:2])
    with Ledger.create(tmp_path, is_sample=False, created_at=noon) as old, old.unit() as unit:
        decline(unit, "1", key="1")
    monkeypatch.undo()
    with Ledger.open(tmp_path) as ledger:
        assert ledger.verify().is_intact
        with ledger.read() as unit:
            assert len(unit.events.read("case:1")) == 1


def test_nobody_else_can_read_the_files(ledger, home, decline):
    with ledger.unit() as unit:
        decline(unit, "1", key="click:1")
    ledger.erase(texts=["none"], by="m:9", erased_at=datetime.now().astimezone())
    assert {file.stat().st_mode & 0o077 for file in home.iterdir()} == {0}


@pytest.mark.parametrize("recursive_triggers", [0, 1])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'm:2'",
        "UPDATE events SET actor = actor WHERE seq = 1",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events WHERE seq = 1",
        "INSERT OR REPLACE INTO events SELECT 3, stream, version, type, event_date, recorded_at, actor, key, "
        "part, payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 9, 'case:9', 1, type, event_date, recorded_at, actor, 'click:9', 1, "
        "payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT NULL, 'case:9', 1, type, event_date, recorded_at, actor, 'click:9', 1, "
        "payload, hash FROM events WHERE seq = 1",
        "UPDATE identity SET is_sample = 1",
        "DELETE FROM identity",
        "REPLACE INTO identity SELECT only, id, 1, created_at FROM identity",
        "INSERT INTO identity VALUES (2, 'b', 1, '2027')",
    ],
)
def test_events_and_identity_can_only_be_added_to(ledger, home, decline, statement, recursive_triggers):
    with ledger.unit() as unit:
        for number in (1, 2):
            decline(unit, str(number), key=f"click:{number}")
    with closing(sqlite3.connect(home / "ledger.db")) as raw:
        raw.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
    assert ledger.verify().is_intact
