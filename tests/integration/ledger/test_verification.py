"""Whatever is done to the file behind the ledger's back, the first bad row is named."""

import sqlite3
from contextlib import contextmanager

import pytest

from matchbot.ledger import Flaw, Head, Ledger
from matchbot.ledger.chain import link

N = 60
COLUMNS = "stream, version, type, event_date, recorded_at, actor, key, part, payload, hash"


@pytest.fixture
def full(ledger, decline):
    """A ledger with ``N`` events, all in its main file."""
    with ledger.unit() as unit:
        for number in range(1, N + 1):
            decline(unit, str(number), key=f"click:{number}", reason=f"理由 {number}")
    ledger.close()
    return ledger


@contextmanager
def behind_its_back(home, file="ledger.db"):
    """A raw connection to a database whose guards are taken off and put back as they were."""
    raw = sqlite3.connect(home / file, isolation_level=None)
    guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        raw.execute(f"DROP TRIGGER {name}")
    yield raw
    for _, statement in guards:
        raw.execute(statement)
    raw.close()


def fault(ledger, exported=None):
    found = ledger.verify(exported).fault
    return found and (found.seq, found.flaw)


def test_a_whole_ledger_has_no_fault(full):
    found = full.verify(full.head())
    assert (found.head.seq, found.n_texts, found.n_erased, found.fault) == (N, N, 0, None)


def test_an_empty_ledger_has_no_fault(ledger):
    assert ledger.verify(ledger.head()).is_intact


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'm:8'",
        "event_date = '2027-04-02'",
        "key = 'click:0'",
        "type = 'IntroductionStopped'",
        "hash = ''",
    ],
)
@pytest.mark.parametrize("seq", [1, 31, N])
def test_a_changed_row_is_named(full, home, change, seq):
    with behind_its_back(home) as raw:
        raw.execute(f"UPDATE events SET {change} WHERE seq = {seq}")
    assert fault(full) == (seq, Flaw.ROW_CHANGED)


def test_a_changed_row_with_a_hash_that_fits_breaks_the_next(full, home):
    with behind_its_back(home) as raw:
        (before,) = raw.execute("SELECT hash FROM events WHERE seq = 30").fetchone()
        raw.execute("UPDATE events SET actor = 'm:8' WHERE seq = 31")
        row = raw.execute(f"SELECT seq, {COLUMNS} FROM events WHERE seq = 31").fetchone()
        raw.execute("UPDATE events SET hash = ? WHERE seq = 31", [link(before, row[:-1])])
    assert fault(full) == (32, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8, 0.98])
def test_a_flipped_byte_of_a_row_is_named(full, home, share):
    seq = max(1, round(N * share))
    file = home / "ledger.db"
    content = bytearray(file.read_bytes())
    position = content.index(f'{{"case_id":"{seq}",'.encode()) + 15
    content[position] ^= 1
    file.write_bytes(content)
    assert fault(full) == (seq, Flaw.ROW_CHANGED)


def test_a_byte_that_is_no_text_any_more_is_named(full, home):
    file = home / "ledger.db"
    content = bytearray(file.read_bytes())
    content[content.index(b'{"case_id":"31",') + 15] = 0xFF
    file.write_bytes(content)
    assert fault(full) == (31, Flaw.ROW_UNREADABLE)


@pytest.mark.parametrize("seq", [1, 31, N - 1])
def test_a_deleted_row_is_named(full, home, seq):
    with behind_its_back(home) as raw:
        raw.execute(f"DELETE FROM events WHERE seq = {seq}")
    assert fault(full) == (seq, Flaw.ROW_MISSING)


def test_a_deleted_row_is_named_also_where_the_others_closed_up(full, home):
    with behind_its_back(home) as raw:
        raw.execute("DELETE FROM events WHERE seq = 31")
        raw.execute("UPDATE events SET seq = seq - 1 WHERE seq > 31")
    assert fault(full) == (31, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("seq", [1, 31, N + 1])
def test_an_inserted_row_is_named(full, home, seq):
    with behind_its_back(home) as raw:
        raw.execute("UPDATE events SET seq = -seq - 1 WHERE seq >= ?", [seq])
        raw.execute("UPDATE events SET seq = -seq WHERE seq < 0")
        raw.execute(
            "INSERT INTO events SELECT ?, 'case:x', 1, type, event_date, recorded_at, actor, 'click:x', 1, "
            "payload, hash FROM events WHERE seq <> ? LIMIT 1",
            [seq, seq],
        )
    assert fault(full) == (seq, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("n_left", [0, 1, N - 1])
def test_a_tail_that_was_cut_off_shows_against_the_exported_head(full, home, n_left):
    exported = Head.parse(str(full.head()))
    full.close()
    with behind_its_back(home) as raw:
        raw.execute("DELETE FROM events WHERE seq > ?", [n_left])
    assert fault(full) is None
    assert fault(full, exported) == (n_left + 1, Flaw.CHAIN_CUT)


def test_a_ledger_written_anew_shows_against_the_exported_head(full, home, tmp_path, decline, noon):
    exported = full.head()
    with Ledger.create(tmp_path / "forged", is_sample=False, created_at=noon) as forged:
        with forged.unit() as unit:
            for number in range(1, N + 9):
                decline(unit, str(number), key=f"click:{number}")
        assert fault(forged) is None
        assert fault(forged, exported) == (N, Flaw.OTHER_HEAD)


def test_events_after_the_exported_head_are_no_fault(full, decline):
    exported = full.head()
    with full.unit() as unit:
        decline(unit, "later", key="click:later")
    assert fault(full, exported) is None


def test_a_sample_cannot_be_made_real(full, home):
    with behind_its_back(home) as raw:
        raw.execute("UPDATE identity SET is_sample = 1")
    with Ledger.open(home) as opened:
        assert fault(opened) == (1, Flaw.ROW_CHANGED)


def test_a_changed_text_is_named_by_its_event(full, home):
    with behind_its_back(home, "private.db") as raw:
        raw.execute("UPDATE texts SET text = '別の理由' WHERE number = 31")
    assert fault(full) == (31, Flaw.TEXT_CHANGED)


@pytest.mark.parametrize(
    "change", ["DROP TRIGGER events_refuse_update", "DROP INDEX outbox_unsent", "CREATE TABLE notes (note)"]
)
def test_guards_and_tables_are_part_of_what_is_verified(full, home, change):
    with sqlite3.connect(home / "ledger.db") as raw:
        raw.execute(change)
    assert fault(full) == (0, Flaw.STRUCTURE_CHANGED)
