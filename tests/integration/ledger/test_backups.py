"""Backups made while others write, and restored without bringing back who was erased."""

import json
import sqlite3
from threading import Event, Thread

import pytest

from matchbot.errors import BackupError
from matchbot.ledger import Ledger, Refusal, read_backup

NAME = "森林太郎"


def write(ledger, decline, numbers, about="m:1"):
    for number in numbers:
        with ledger.unit() as unit:
            decline(unit, str(number), key=f"click:{number}", reason=f"{NAME} {number}", about=about)


def holds_name(folder):
    return [file.name for file in folder.rglob("*") if file.is_file() and NAME.encode() in file.read_bytes()]


def refusal(attempt, *arguments, **settings):
    with pytest.raises(BackupError) as told:
        attempt(*arguments, **settings)
    return told.value.facts["reason"]


def test_a_backup_restores_into_an_empty_folder(ledger, decline, noon, tmp_path):
    write(ledger, decline, range(5))
    backup = ledger.back_up(tmp_path / "backup", made_at=noon)
    assert (backup.head, backup.ledger_id, backup.is_sample) == (ledger.head(), ledger.id, False)
    with Ledger.restore(tmp_path / "backup", tmp_path / "elsewhere") as restored:
        assert (restored.id, restored.head()) == (ledger.id, ledger.head())
        assert restored.verify(backup.head).n_texts == 5
        with restored.read() as unit:
            assert len(list(unit.outbox.unsent())) == 5


def test_a_backup_needs_no_file_beside_its_own(ledger, decline, noon, tmp_path):
    write(ledger, decline, range(3))
    ledger.back_up(tmp_path / "backup", made_at=noon)
    read_backup(tmp_path / "backup")
    names = {file.name for file in (tmp_path / "backup").iterdir()}
    assert names == {"ledger.db", "private.db", "erasures.jsonl", "backup.json"}
    assert {file.name for file in tmp_path.iterdir()} == {"backup", "var"}


def test_a_backup_made_while_others_write_is_consistent(ledger, home, decline, noon, tmp_path):
    is_enough = Event()

    def keep_writing():
        with Ledger.open(home) as other:
            for number in range(10_000):
                write(other, decline, [number])
                if is_enough.is_set():
                    break

    writer = Thread(target=keep_writing)
    writer.start()
    try:
        heads = [ledger.back_up(tmp_path / f"backup-{number}", made_at=noon).head for number in range(3)]
    finally:
        is_enough.set()
        writer.join()
    assert heads == sorted(heads, key=lambda head: head.seq)
    for number, head in enumerate(heads):
        with Ledger.restore(tmp_path / f"backup-{number}", tmp_path / f"restored-{number}") as restored:
            assert restored.verify().head == head


def test_a_restore_reaches_those_who_have_the_ledger_open(ledger, decline, noon, tmp_path):
    write(ledger, decline, range(3))
    head = ledger.head()
    ledger.back_up(tmp_path / "backup", made_at=noon)
    write(ledger, decline, range(3, 9))
    with ledger.read() as reading:
        Ledger.restore(tmp_path / "backup", ledger.folder, may_lose_events=True).close()
        assert reading.events.head().seq == 9
    assert ledger.head() == head
    write(ledger, decline, [99])
    assert ledger.verify(head).is_intact


def test_newer_events_are_lost_only_on_request(ledger, decline, noon, tmp_path):
    write(ledger, decline, range(2))
    ledger.back_up(tmp_path / "backup", made_at=noon)
    Ledger.restore(tmp_path / "backup", ledger.folder).close()
    write(ledger, decline, [2])
    assert refusal(Ledger.restore, tmp_path / "backup", ledger.folder) == Refusal.NEWER_EVENTS
    assert ledger.head().seq == 3


def test_who_was_erased_stays_so_after_an_older_backup_is_restored(ledger, home, decline, noon, tmp_path):
    write(ledger, decline, range(20))
    write(ledger, decline, range(20, 25), about="m:2")
    ledger.back_up(tmp_path / "backup", made_at=noon)
    write(ledger, decline, range(25, 30))
    ledger.erase(about=["m:1", "m:2"], by="m:9", erased_at=noon)
    with Ledger.restore(tmp_path / "backup", home, may_lose_events=True) as restored:
        assert holds_name(home) == []
        found = restored.verify(restored.head())
        assert (found.head.seq, found.n_erased, found.is_intact) == (25, 25, True)


def test_a_backup_of_after_an_erasure_knows_of_it_in_an_empty_folder(ledger, decline, noon, tmp_path):
    write(ledger, decline, range(4))
    erasure = ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    ledger.back_up(tmp_path / "backup", made_at=noon)
    assert holds_name(tmp_path / "backup") == []
    with Ledger.restore(tmp_path / "backup", tmp_path / "elsewhere") as restored:
        assert restored.erasures() == [erasure]
        assert restored.verify().n_erased == 4


def test_a_backup_of_another_ledger_is_refused(ledger, noon, tmp_path):
    with Ledger.create(tmp_path / "sample", is_sample=True, created_at=noon) as sample:
        sample.back_up(tmp_path / "backup", made_at=noon)
    assert refusal(Ledger.restore, tmp_path / "backup", ledger.folder) == Refusal.OTHER_LEDGER
    assert not ledger.is_sample


def test_a_backup_lies_neither_in_the_folder_of_the_ledger_nor_over_something(ledger, home, noon, tmp_path):
    (tmp_path / "something").touch()
    assert refusal(ledger.back_up, home / "backups" / "1", made_at=noon) == Refusal.WITHIN_LEDGER
    assert refusal(ledger.back_up, home, made_at=noon) == Refusal.WITHIN_LEDGER
    assert refusal(ledger.back_up, tmp_path / "something", made_at=noon) == Refusal.NOT_EMPTY


def test_no_backup_is_made_of_a_ledger_that_is_not_intact(ledger, home, decline, noon, tmp_path):
    write(ledger, decline, range(3))
    with sqlite3.connect(home / "private.db") as raw:
        raw.execute("UPDATE texts SET text = '別の理由' WHERE number = 2")
    with pytest.raises(BackupError) as told:
        ledger.back_up(tmp_path / "backup", made_at=noon)
    assert told.value.facts == {"folder": str(tmp_path / "backup"), "reason": "ledger-not-intact"}
    assert [file.name for file in tmp_path.iterdir()] == ["var"]


@pytest.mark.parametrize("name", ["ledger.db", "private.db", "erasures.jsonl"])
def test_a_damaged_backup_is_not_restored(ledger, decline, noon, tmp_path, name):
    write(ledger, decline, range(3))
    ledger.erase(texts=["none"], by="m:9", erased_at=noon)
    ledger.back_up(tmp_path / "backup", made_at=noon)
    content = bytearray((tmp_path / "backup" / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "backup" / name).write_bytes(content)
    assert refusal(Ledger.restore, tmp_path / "backup", ledger.folder) == Refusal.DAMAGED
    (tmp_path / "backup" / name).unlink()
    assert refusal(Ledger.restore, tmp_path / "backup", ledger.folder) == Refusal.DAMAGED


def test_a_folder_that_is_no_backup_is_not_restored(ledger, noon, tmp_path):
    assert refusal(Ledger.restore, tmp_path / "nowhere", ledger.folder) == Refusal.NO_BACKUP
    ledger.back_up(tmp_path / "backup", made_at=noon)
    manifest = tmp_path / "backup" / "backup.json"
    facts = json.loads(manifest.read_text())
    for wrong in ("{", "[]", "{}", json.dumps(facts | {"format": 99}), json.dumps(facts | {"head": "1"})):
        manifest.write_text(wrong)
        assert refusal(Ledger.restore, tmp_path / "backup", ledger.folder) == Refusal.NO_BACKUP


def test_a_ledger_that_cannot_be_read_any_more_is_replaced_on_request(ledger, home, decline, noon, tmp_path):
    write(ledger, decline, range(3))
    head = ledger.head()
    ledger.back_up(tmp_path / "backup", made_at=noon)
    ledger.close()
    (home / "ledger.db").write_bytes(b"\0" * 8192)
    assert refusal(Ledger.restore, tmp_path / "backup", home) == Refusal.NEWER_EVENTS
    with Ledger.restore(tmp_path / "backup", home, may_lose_events=True) as restored:
        assert restored.verify(head).is_intact
