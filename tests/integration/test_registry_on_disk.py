"""The registry in a real file: other connections, other processes, kills and broken files."""

import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import corpus
from corpus.errors import Reason, RegistryBusyError, UnreadableFileError
from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from corpus.registry import Registry, database

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SOURCE = Source("会員名簿", date(2026, 3, 31))

PUT_MUCH = """
import sys
from pathlib import Path
from corpus.registry import Registry
from tests_registry_on_disk import NOW, firms
with Registry.open(Path(sys.argv[1])) as registry:
    print("ready", flush=True)
    registry.put(firms(4_000, text="新しい"), recorded_at=NOW, complete_source="会員名簿")
    print("done", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "corpus.db"


def firms(n: int, text: str = "前の") -> Iterator[Profile]:
    for number in range(n):
        id = f"firm-{number:05d}"
        statement = Passage(f"{id}:1", id, PassageType.CAPABILITY, f"{text}製品{number}", SOURCE)
        yield Profile(Organisation(id, f"会社{number}", Kind.FIRM, SOURCE), (statement,))


def test_what_was_put_is_there_after_closing(path: Path) -> None:
    with Registry.open(path) as registry:
        registry.put(firms(3), recorded_at=NOW)
        content = registry.corpus_hash()
    with Registry.open(path) as registry:
        assert list(registry.profiles()) == list(firms(3))
        assert registry.corpus_hash() == content


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    with Registry.open(path) as registry:
        registry.put(firms(1), recorded_at=NOW)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes


def test_the_database_writes_ahead_and_minds_its_references(path: Path) -> None:
    with Registry.open(path) as registry:
        pragma = {
            name: registry._sql.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "recursive_triggers")
        }
    assert pragma["busy_timeout"] >= 5_000
    assert pragma | {"busy_timeout": 0} == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 0,
        "recursive_triggers": 1,
    }


def test_a_withdrawal_is_seen_by_others_at_once(path: Path) -> None:
    with Registry.open(path) as staff, Registry.open(path) as search:
        staff.put(firms(2), recorded_at=NOW)
        staff.withdraw("firm-00001", at=NOW)
        assert search.withdrawn_ids() == {"firm-00001"}


def test_a_reader_sees_the_corpus_of_its_start_while_another_writes(path: Path) -> None:
    with Registry.open(path) as reader, Registry.open(path) as writer:
        writer.put(firms(50), recorded_at=NOW)
        reading = reader.profiles()
        seen = [next(reading)]
        writer.put(firms(50, text="新しい"), recorded_at=NOW)
        seen += reading
        assert seen == list(firms(50))
        assert list(reader.profiles()) == list(firms(50, text="新しい"))


def test_a_hash_and_the_profiles_of_one_reading_are_of_one_moment(path: Path) -> None:
    with Registry.open(path) as reader, Registry.open(path) as writer:
        writer.put(firms(3), recorded_at=NOW)
        with reader.reading():
            hashed = reader.searchable_hash()
            writer.withdraw("firm-00001", at=NOW)
            assert list(reader.profiles()) == list(firms(3))
            assert reader.searchable_hash() == hashed != writer.searchable_hash()


def test_a_slow_import_does_not_keep_others_from_writing(path: Path) -> None:
    with Registry.open(path) as slow, Registry.open(path) as quick:
        slow.put(firms(1), recorded_at=NOW)

        def waiting() -> Iterator[Profile]:
            yield from firms(1, text="新しい")
            quick.withdraw("firm-00000", at=NOW)

        slow.put(waiting(), recorded_at=NOW)
        assert slow.profile("firm-00000").passages[0].text == "新しい製品0"
        assert slow.withdrawn_ids() == {"firm-00000"}


def test_a_corpus_that_another_process_keeps_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_S", 0.05)
    with Registry.open(path) as registry:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegistryBusyError) as caught:
            registry.put(firms(1), recorded_at=NOW)
        assert caught.value.facts == {"file": str(path)}
        other.execute("ROLLBACK")
        other.close()
        assert registry.put(firms(1), recorded_at=NOW).added == ("firm-00000",)


def _open_and_put(path: Path, number: int) -> None:
    with Registry.open(path) as registry:
        profile = list(firms(number + 1))[number]
        registry.put([profile], recorded_at=NOW)


def test_several_processes_may_create_the_corpus_at_once(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_open_and_put, args=(path, number)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    with Registry.open(path) as registry:
        assert list(registry.profiles()) == list(firms(4))


@pytest.mark.soak
def test_an_import_that_is_killed_leaves_the_old_content(
    path: Path, tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    with Registry.open(tmp_path / "new.db") as registry:
        registry.put(firms(4_000, text="新しい"), recorded_at=NOW)
        new = registry.corpus_hash()
    with Registry.open(path) as registry:
        registry.put(firms(200), recorded_at=NOW)
        old = registry.corpus_hash()
    n_kills, n_left_old = repetitions(6, 200), 0
    for kill in range(n_kills):
        was_done = _put_and_kill(path, tmp_path, after_s=0.05 + 0.6 * kill / n_kills)
        with Registry.open(path) as registry:
            assert registry._sql.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            left = registry.corpus_hash()
            # A kill between the commit and the word of it leaves the new content, whole.
            assert left == new if was_done else left in (old, new)
            n_left_old += left == old
            registry.put(firms(200), recorded_at=NOW, complete_source=SOURCE.name)
            assert registry.corpus_hash() == old
    assert n_left_old > 0


def _put_and_kill(path: Path, folder: Path, *, after_s: float) -> bool:
    """Whether the import had told that it was done before it was killed."""
    (folder / "tests_registry_on_disk.py").write_text(Path(__file__).read_text(encoding="utf-8"), "utf-8")
    root = Path(corpus.__file__).parent.parent
    putting = subprocess.Popen(
        [sys.executable, "-c", PUT_MUCH, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(root), str(folder)))},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert putting.stdout is not None
    assert putting.stdout.readline() == "ready\n"
    time.sleep(after_s)
    putting.send_signal(signal.SIGKILL)
    rest, _ = putting.communicate()
    return "done" in rest


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    path.write_text("これは名簿です。" * 100, encoding="utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        Registry.open(path)
    assert caught.value.facts == {"file": str(path), "reason": Reason.NOT_A_DATABASE}
    assert path.read_text(encoding="utf-8") == "これは名簿です。" * 100


def test_a_folder_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        Registry.open(tmp_path)
    assert caught.value.facts["reason"] == Reason.NOT_READABLE


def test_a_corpus_of_a_newer_version_is_refused(path: Path) -> None:
    with Registry.open(path) as registry:
        registry._sql.execute("PRAGMA user_version = 99")
    with pytest.raises(UnreadableFileError) as caught:
        Registry.open(path)
    assert caught.value.facts == {"file": str(path), "reason": Reason.NEWER_VERSION}


def test_a_migration_that_fails_leaves_no_trace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Registry.open(path) as registry:
        registry.put(firms(1), recorded_at=NOW)
    broken = ("CREATE TABLE novelties (id TEXT)", "CREATE TABLE clusters (id TEXT)")
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, broken))
    with pytest.raises(UnreadableFileError):
        Registry.open(path)
    monkeypatch.undo()
    with Registry.open(path) as registry:
        novelties = registry._sql.execute("SELECT 1 FROM sqlite_schema WHERE name = 'novelties'")
        assert novelties.fetchall() == []
        assert list(registry.profiles()) == list(firms(1))
