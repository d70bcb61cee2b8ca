"""What breaks in a night or a search (a full disk, damaged files, readers beside builds) costs no answer and
loses nothing: the search data in use go on serving, and the next night puts right what was wrong."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from index.build import BuildOptions
from index.snapshot import SnapshotStore
from matchbot.bootstrap import build_service, run_nightly
from matchbot.cli.shell import plain
from matchbot.config import Settings
from matchbot.inbox import Outcome
from matchbot.ledger import read_backup
from matchbot.nightly import Night
from matchbot.service import Service

ROOT = Path(__file__).resolve().parents[2]
HEADER = "名称,種別,都道府県,事業内容\n"
NEED = "ガラス基板の検査"
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def settings_of(home: Path) -> Settings:
    return Settings(home=home, encoder="none", language="en")


@pytest.fixture
def without_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nights in this process write none: it takes longest, and is not what is tested."""
    monkeypatch.setattr("matchbot.nightly.Nightly._report", lambda *_: None)


def nothing(stage: str, done: int, total: int) -> None:
    pass


def furnished(home: Path) -> Service:
    """A home with the organisations that ship and a ledger, after its first night."""
    service = build_service(settings_of(home))
    service.load_bundled()
    service.create_ledger(is_sample=True)
    assert night(home).exit_code == 0
    return service


def night(home: Path) -> Night:
    settings = settings_of(home)
    service = build_service(settings)
    return run_nightly(settings, service, is_dry_run=False, is_retrained=False, progress=nothing, plain=plain)


def put(home: Path, name: str, content: bytes) -> Path:
    """A file of an hour ago in the inbox."""
    file = home / "inbox" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (time.time() - 3600,) * 2)
    return file


def row(name: str) -> bytes:
    return f"{HEADER}株式会社{name},企業,大阪府,{name}の検査装置\n".encode()


def found(service: Service) -> int:
    return len(service.search(NEED, limit=3).matches.items)


def is_whole(home: Path, names: set[str]) -> bool:
    """Whether search data, ledger and backups are, and nothing that was to be taken in is missing."""
    service = build_service(settings_of(home))
    manifest = service.verify_index()
    for backup in settings_of(home).backups_path.iterdir():
        read_backup(backup)
    known = {one.name for one in service.find_organisations("株式会社満杯", limit=1000)}
    assert known == {f"株式会社{name}" for name in names}
    assert service.desk.verify(service.desk.member("matchbot")).is_intact
    return manifest.n_organisations == service.corpus_status().counts.n_organisations


# --- a full disk ---


@contextmanager
def small_disk(place: Path) -> Iterator[Callable[[int | None], None]]:
    """A disk of its own; gives what leaves so many bytes free on it (None: plenty)."""
    place.mkdir()
    system = ctypes.CDLL(None, use_errno=True)
    remount = 32

    def mount(flags: int, size: int) -> bool:
        options = f"size={size}".encode()
        return system.mount(b"tmpfs", str(place).encode(), b"tmpfs", flags, options) == 0

    if sys.platform != "linux" or not mount(0, 2**28):
        pytest.skip("needs the right to mount a small disk of its own")

    def leave(free: int | None) -> None:
        used = shutil.disk_usage(place).used
        assert mount(remount, 2**28 if free is None else used + free)

    try:
        yield leave
    finally:
        leave(None)
        system.umount2(str(place).encode(), 2)


@pytest.mark.soak
def test_a_full_disk_at_any_point_of_a_night_is_told_and_the_next_night_puts_it_right(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    random, names = Random(20061110), set[str]()
    with small_disk(tmp_path / "disk") as leave:
        home = tmp_path / "disk" / "var"
        service = furnished(home)
        service.prepare_search()
        n_found, codes = found(service), set[int]()
        for n in range(repetitions(1, 60)):
            names.add(f"満杯{n}番")
            put(home, f"list{n}.csv", row(f"満杯{n}番"))
            n_pages = random.choice([0, random.randrange(1, 40), random.randrange(40, 1500)])
            leave(4096 * n_pages if n else 0)
            code, told = nightly_in_process(home)
            assert "Traceback" not in told
            codes.add(code)
            assert found(service) == n_found
            leave(None)
            assert nightly_in_process(home)[0] == 0
            assert is_whole(home, names)
        assert codes <= {0, 66, 74}
        assert codes != {0}


def nightly_in_process(home: Path) -> tuple[int, str]:
    """Runs the command as its own process; gives its exit code, and what it told."""
    environment = {**os.environ, "MATCHBOT_HOME": str(home), "MATCHBOT_ENCODER": "none"}
    command = [sys.executable, "-m", "matchbot", "nightly"]
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


# --- damaged files ---


@pytest.mark.soak
@pytest.mark.usefixtures("without_report")
def test_search_data_that_are_damaged_at_any_place_are_made_anew_by_the_next_night(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    random, home = Random(20061110), tmp_path / "var"
    service = furnished(home)
    service.prepare_search()
    n_found = found(service)
    for _ in range(repetitions(4, 100)):
        live = home / "snapshots" / service.live_snapshot()
        damage(random.choice([file for file in sorted(live.rglob("*")) if file.is_file()]), random)
        # Nothing else has changed, so that the new ones hold the same.
        assert night(home).exit_code == 0
        assert found(service) == n_found
        assert is_whole(home, set())


@pytest.mark.usefixtures("without_report")
@pytest.mark.parametrize("content", [b"", b"20200101T000000Z-00000000\n", b"\xff\xfe\n"])
def test_a_pointer_to_nothing_is_put_right_by_the_next_night(tmp_path: Path, content: bytes) -> None:
    home = tmp_path / "var"
    service = furnished(home)
    (home / "snapshots" / "CURRENT").write_bytes(content)
    assert night(home).exit_code == 0
    assert found(service) == 3
    assert is_whole(home, set())


def damage(file: Path, random: Random) -> None:
    """Something becomes of a file that should not: bytes are changed, cut off, or all of it is gone."""
    content = bytearray(file.read_bytes())
    match random.randrange(3):
        case 0 if content:
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        case 1:
            del content[random.randrange(len(content) + 1) :]
            content += b"\0" * random.randrange(2)
        case _:
            file.unlink()
            return
    # In its place, not in it: the system ends a program that reads on where a mapped file was cut.
    file.unlink()
    file.write_bytes(content)


@pytest.mark.soak
@pytest.mark.usefixtures("without_report")
def test_damaged_files_in_the_inbox_stop_no_night_and_no_other_file(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    random, home = Random(20061110), tmp_path / "var"
    service = furnished(home)
    n_before, contents = service.corpus_status().counts.n_organisations, lists()
    n_files = repetitions(24, 600)
    for n in range(n_files):
        ending, content = random.choice(sorted(contents.items()))
        put(home, f"damaged{n}{ending}", damaged(content, random))
    put(home, "whole.csv", row("満杯番"))
    told = night(home)
    assert told.failures == {}
    outcomes = {taken.file: taken.outcome for taken in told.taken}
    assert len(outcomes) == n_files + 1
    assert outcomes.pop("whole.csv") is Outcome.DONE
    assert {Outcome.REJECTED} <= {*outcomes.values()} <= {Outcome.DONE, Outcome.REJECTED}
    assert [path for path in (home / "inbox").iterdir() if path.is_file()] == []
    for taken in told.taken:
        assert json.loads(Path(f"{taken.place}.report.json").read_text("utf-8"))
    assert service.corpus_status().counts.n_organisations > n_before
    assert is_whole(home, {"満杯番"})


def lists() -> dict[str, bytes]:
    """The same firms as a file of each sort."""
    header = HEADER.strip().split(",")
    rows = [[f"株式会社壊れ{n}番", "企業", "大阪府", f"{n}番の加工"] for n in range(6)]
    book, written = Workbook(), BytesIO()
    for each in [header, *rows]:
        book.active.append(each)
    book.save(written)
    objects = [json.dumps(dict(zip(header, each, strict=True)), ensure_ascii=False) for each in rows]
    return {
        ".csv": "\n".join(",".join(each) for each in [header, *rows]).encode(),
        ".xlsx": written.getvalue(),
        ".jsonl": "\n".join(objects).encode(),
        ".json": f"[{','.join(objects)}]".encode(),
    }


def damaged(content: bytes, random: Random) -> bytes:
    """With bytes changed, taken out or put in at some places."""
    changed = bytearray(content)
    for _ in range(random.choice([1, 3, 30])):
        place = random.randrange(len(changed) + 1)
        match random.randrange(3):
            case 0:
                changed[place : place + 1] = random.randbytes(1)
            case 1:
                del changed[place : place + random.randrange(1, 200)]
            case _:
                changed[place:place] = random.choice([b"\0" * 4, random.randbytes(20)])
    return bytes(changed)


# --- readers beside builds ---

SEARCH = """
import sys
from pathlib import Path
from index.snapshot import SnapshotStore

folder, stop, n = Path(sys.argv[1]), Path(sys.argv[2]), 0
store = SnapshotStore(folder)
while not stop.exists() or not n:
    hits = store.open().search("研磨", limit=64)
    marks = {hit.evidence.text.rpartition("。")[2] for hit in hits}
    assert len(hits) >= 16 and len(marks) == 1, (len(hits), marks)
    n += 1
print(n)
"""


@pytest.mark.soak
def test_no_search_fails_or_mixes_search_data_while_they_are_published_and_rolled_back(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    folder, stop = tmp_path / "snapshots", tmp_path / "stop"
    store = SnapshotStore(folder)

    def build(n: int) -> None:
        options = BuildOptions(encoder="embedded", keep=2, is_retrained=n % 20 == 0)
        store.build(marked(str(n)), options=options, now=NOW + timedelta(minutes=n))

    build(0)
    command = [sys.executable, "-c", SEARCH, str(folder), str(stop)]
    readers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    try:
        for n in range(1, repetitions(3, 100) + 1):
            build(n)
            if n % 2:
                store.rollback()
    finally:
        stop.touch()
        told = [reader.communicate(timeout=120)[0] for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 4
    assert all(int(n) > 0 for n in told)


def marked(mark: str) -> Iterator[Profile]:
    """Firms that each say the same mark in each of their passages."""
    materials, works = ("ガラス", "アルミ", "チタン", "樹脂"), ("切削", "研磨", "めっき", "検査")
    source = Source("会員名簿", NOW.date())
    for n in range(64):
        id = f"firm-{n:03d}"
        work = works[n // 4 % 4]
        texts = (f"{materials[n % 4]}の{work}、型番AB-{n + 100}。{mark}", f"{work}の受託、{n}年から。{mark}")
        passages = (
            Passage(f"{id}:{i}", id, PassageType.CAPABILITY, text, source) for i, text in enumerate(texts)
        )
        yield Profile(Organisation(id, f"会社{n}", Kind.FIRM, source), tuple(passages))
