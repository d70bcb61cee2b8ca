"""Snapshots on disk: built aside, published in one step, verified, rolled back, and hard to break."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

import index
import index.build
import index.snapshot
from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from index.build import BuildOptions, GoldenQuery, Limits
from index.columns import FACTS, FINGERPRINTS_FILE
from index.errors import BuildRunningError, EncoderError, GateError, NoSnapshotError, SnapshotError
from index.gate import Figures
from index.hybrid import HybridSearcher
from index.snapshot import ENCODER_FAILED, Manifest, SnapshotStore
from index.tuning import MIN_JUDGED

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SOURCE = Source("会員名簿", NOW.date())
MATERIALS = ("ガラス", "アルミ", "チタン", "樹脂")
PROCESSES = ("切削", "研磨", "めっき", "検査")
BESIDE = ("CURRENT", ".lock", ".tokens")
"""What else there is in a folder of snapshots."""


def firms(n: int = 16, mark: str = "") -> Iterator[Profile]:
    """Firms of one passage each, too few to choose the ranking on; ``mark`` makes another corpus."""
    for number in range(n):
        id = f"firm-{number:03d}"
        text = f"{MATERIALS[number % 4]}の{PROCESSES[number // 4 % 4]}、型番AB-{number + 100}。{mark}"
        statement = Passage(f"{id}:0", id, PassageType.CAPABILITY, text, SOURCE)
        yield Profile(Organisation(id, f"会社{number}", Kind.FIRM, SOURCE), (statement,))


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "snapshots")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def build(
    store: SnapshotStore, profiles: Iterable[Profile] | None = None, minute: int = 0, keep: int = 5
) -> Manifest:
    options = BuildOptions(encoder="none", keep=keep)
    return store.build(profiles or firms(), options=options, now=NOW + timedelta(minutes=minute))


def first(store: SnapshotStore, query: str = "チタンの研磨") -> str:
    return store.open().search(query)[0].organisation.id


def test_what_was_built_is_live_described_and_found(store: SnapshotStore, folder: Path) -> None:
    manifest = build(store)
    assert (manifest.n_organisations, manifest.n_passages, manifest.encoder) == (16, 16, "none")
    assert manifest.name.startswith("20260401T090000Z-")
    assert store.current() == manifest
    assert store.manifests() == [manifest]
    assert store.verify() == manifest
    assert {path.name for path in folder.iterdir()} == {manifest.name, *BESIDE}
    assert first(store) == "firm-006"


def test_a_manifest_survives_being_written_and_read(store: SnapshotStore) -> None:
    build(store)
    gated = BuildOptions(encoder="none", limits=Limits())
    manifest = store.build(firms(), options=gated, now=NOW + timedelta(minutes=1))
    assert [figure.name for figure in manifest.gate] == ["organisations", "passages"]
    assert Manifest.from_json(json.loads(json.dumps(manifest.to_json()))) == manifest


def test_the_same_corpus_gives_the_same_hash_and_another_corpus_another(store: SnapshotStore) -> None:
    one, same, other = (build(store, firms(mark=mark), n) for n, mark in enumerate(("", "", "新")))
    assert one.content_hash == same.content_hash != other.content_hash
    assert one.corpus_hash == same.corpus_hash != other.corpus_hash
    assert len({one.name, same.name, other.name}) == 3


def test_the_same_corpus_twice_within_a_second_gives_two_snapshots(store: SnapshotStore) -> None:
    names = [build(store).name for _ in range(3)]
    assert len(set(names)) == 3
    assert [manifest.name for manifest in store.manifests()] == sorted(names, reverse=True)
    assert store.rollback().name == names[1]


def test_an_opened_snapshot_stays_open_until_another_is_published(store: SnapshotStore) -> None:
    build(store)
    opened = store.open()
    assert store.open() is opened
    build(store, firms(mark="新"), 1)
    assert store.open() is not opened


def test_a_searcher_goes_on_with_the_snapshot_it_has_when_that_is_pruned(store: SnapshotStore) -> None:
    old_name = build(store, firms(mark="古い印")).name
    searcher = store.open()
    build(store, firms(), 1, keep=1)
    assert [manifest.name for manifest in store.manifests()] != [old_name]
    assert searcher.search("古い印")[0].evidence is not None


def test_without_a_snapshot_there_is_nothing_to_open_verify_or_go_back_to(store: SnapshotStore) -> None:
    assert store.current() is None
    assert store.manifests() == []
    for attempt in (store.open, store.verify, store.rollback):
        with pytest.raises(NoSnapshotError):
            attempt()


def test_a_name_that_is_no_snapshot_cannot_be_verified(store: SnapshotStore) -> None:
    build(store)
    with pytest.raises(NoSnapshotError):
        store.verify("20200101T000000Z-00000000")


# --- what would be the same is not made again ---


def test_a_snapshot_of_the_same_profiles_stays_without_their_being_read(store: SnapshotStore) -> None:
    live = build_if_other(store, firms())
    assert build_if_other(store, unread()) == live


def test_one_that_came_out_the_same_by_another_way_is_known_from_then_on(store: SnapshotStore) -> None:
    live = build(store)
    assert build_if_other(store, firms(), source=lambda: "二") == live
    assert build_if_other(store, unread(), source=lambda: "二") == live


@pytest.mark.parametrize(
    "other",
    [
        {"source": lambda: "二"},
        {"source": lambda: ""},
        {"encoder": "embedded"},
        {"golden": [GoldenQuery("チタンの研磨", {"firm-006": 1.0})]},
        {"is_retrained": True},
        {"is_whole": True},
        {"is_kept_if_same": False},
    ],
    ids=lambda other: next(iter(other)),
)
def test_profiles_are_read_where_anything_is_not_as_it_was(
    store: SnapshotStore, other: dict[str, Any]
) -> None:
    build_if_other(store, firms())
    with pytest.raises(AssertionError, match="read"):
        build_if_other(store, unread(), **other)


def test_profiles_are_read_where_another_snapshot_is_live_or_it_is_damaged(
    store: SnapshotStore, folder: Path
) -> None:
    build(store, firms(mark="前"))
    live = build_if_other(store, firms(), minute=1)
    store.rollback()
    with pytest.raises(AssertionError, match="read"):
        build_if_other(store, unread(), minute=2)
    (folder / "CURRENT").write_text(live.name, "utf-8")
    assert build_if_other(store, unread(), minute=2) == live
    damaged = folder / live.name / FACTS[1]
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\xff")
    with pytest.raises(AssertionError, match="read"):
        build_if_other(store, unread(), minute=2)


def test_profiles_are_read_for_a_model_from_outside_which_may_be_another_one(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.build, "load_encoder", lambda name: CountingEncoder())

    def unasked() -> str:
        raise AssertionError("what stands for the profiles was asked for")

    build_if_other(store, firms(), unasked, encoder="/a/model")
    with pytest.raises(AssertionError, match="read"):
        build_if_other(store, unread(), unasked, encoder="/a/model")


def build_if_other(
    store: SnapshotStore,
    profiles: Iterable[Profile],
    source: Callable[[], str] = lambda: "一",
    minute: int = 0,
    **options: Any,
) -> Manifest:
    chosen = BuildOptions(**{"encoder": "none", "is_kept_if_same": True, **options})
    return store.build(profiles, options=chosen, now=NOW + timedelta(minutes=minute), source=source)


def unread() -> Iterator[Profile]:
    raise AssertionError("read")
    yield


def test_figures_that_were_kept_as_words_are_passed_over(store: SnapshotStore) -> None:
    manifest = build(store)
    assert Manifest.from_json({**manifest.to_json(), "gate": ["passages 9 → 9"]}) == manifest


# --- going back, and pruning ---


def test_rollback_goes_back_one_by_one_until_there_is_none(store: SnapshotStore) -> None:
    names = [build(store, firms(mark=str(n)), n).name for n in range(3)]
    assert [store.rollback().name, store.rollback().name] == [names[1], names[0]]
    with pytest.raises(NoSnapshotError):
        store.rollback()
    current = store.current()
    assert current is not None
    assert current.name == names[0]
    assert len(store.manifests()) == 3


def test_pruning_keeps_the_newest(store: SnapshotStore) -> None:
    names = [build(store, firms(mark=str(n)), n, keep=2).name for n in range(4)]
    assert [manifest.name for manifest in store.manifests()] == [names[3], names[2]]


def test_snapshots_of_one_second_stand_in_the_order_they_were_built_in(store: SnapshotStore) -> None:
    built = [build(store, firms(mark=str(number))) for number in range(6)]
    assert store.manifests() == built[:0:-1]
    assert store.rollback() == built[4]


def test_pruning_never_removes_the_live_snapshot(store: SnapshotStore) -> None:
    for minute in range(3):
        build(store, firms(mark=str(minute)), minute)
    # The clock was set back: what is live now is the oldest by name.
    live = build(store, firms(mark="前"), -1, keep=1)
    assert store.current() == live
    assert live in store.manifests()
    assert len(store.manifests()) == 2


def test_going_back_is_possible_when_the_live_snapshot_cannot_be_read(
    store: SnapshotStore, folder: Path
) -> None:
    old, live = build(store), build(store, firms(mark="新"), 1)
    (folder / live.name / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(SnapshotError):
        SnapshotStore(folder).open()
    assert store.rollback() == old
    assert first(SnapshotStore(folder)) == "firm-006"


def test_going_back_passes_over_what_is_damaged(store: SnapshotStore, folder: Path) -> None:
    whole, damaged, _ = (build(store, firms(mark=str(n)), n) for n in range(3))
    (folder / damaged.name / "passages.arrow").unlink()
    assert store.rollback() == whole


def test_going_back_to_a_damaged_snapshot_is_refused_and_the_live_one_stays(
    store: SnapshotStore, folder: Path
) -> None:
    old, live = build(store), build(store, firms(mark="新"), 1)
    (folder / old.name / "passages.arrow").unlink()
    with pytest.raises(SnapshotError):
        store.rollback()
    assert store.current() == live


def test_a_damaged_old_snapshot_does_not_keep_a_new_one_from_being_built(
    store: SnapshotStore, folder: Path
) -> None:
    old = build(store)
    (folder / old.name / "manifest.json").write_text("{", "utf-8")
    live = build(store, firms(mark="新"), 1, keep=1)
    assert store.manifests() == [live]


# --- damage ---


def every_file(folder: Path, manifest: Manifest) -> list[Path]:
    return [folder / manifest.name / name for name in manifest.files]


def test_a_flipped_byte_a_lost_file_and_a_cut_file_are_found_by_name(
    store: SnapshotStore, folder: Path
) -> None:
    manifest = build(store)
    for file in every_file(folder, manifest):
        name, whole = file.relative_to(folder / manifest.name).as_posix(), file.read_bytes()
        place = len(whole) // 2
        damages: list[tuple[bytes | None, str]] = [
            (whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], "checksum"),
            (whole[:-1], "size"),
            (None, "size"),
        ]
        for content, reason in damages:
            # A new file, since the old one is mapped by others.
            file.unlink()
            if content is not None:
                file.write_bytes(content)
            with pytest.raises(SnapshotError) as caught:
                store.verify()
            assert caught.value.facts == {"snapshot": manifest.name, "file": name, "reason": reason}
            file.write_bytes(whole)
    assert store.verify() == manifest


@pytest.mark.parametrize("name", [*FACTS, FINGERPRINTS_FILE])
def test_the_facts_of_a_snapshot_are_not_followed_where_a_byte_of_them_is_another(
    store: SnapshotStore, folder: Path, name: str
) -> None:
    manifest = build(store)
    assert store.facts(manifest.name) is not None
    file = folder / manifest.name / name
    whole = file.read_bytes()
    file.unlink()
    file.write_bytes(whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:])
    assert store.facts(manifest.name) is None


def test_a_lost_or_cut_file_is_found_when_the_snapshot_is_opened(store: SnapshotStore, folder: Path) -> None:
    manifest = build(store)
    for file in every_file(folder, manifest):
        whole = file.read_bytes()
        file.unlink()
        with pytest.raises(SnapshotError):
            SnapshotStore(folder).open()
        file.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(SnapshotError):
            SnapshotStore(folder).open()
        file.write_bytes(whole)
    assert first(SnapshotStore(folder)) == "firm-006"


def test_a_file_whose_ends_are_overwritten_is_a_snapshot_error(store: SnapshotStore, folder: Path) -> None:
    manifest = build(store)
    searched = [file for file in every_file(folder, manifest) if file.name != FINGERPRINTS_FILE]
    for file in searched:
        whole = file.read_bytes()
        # Where a format tells what follows: at the head of an array, at the end of a table.
        file.write_bytes(b"\xff" * 16 + whole[16:-16] + b"\xff" * 16)
        with pytest.raises(SnapshotError) as caught:
            SnapshotStore(folder).open()
        assert caught.value.facts["snapshot"] == manifest.name
        file.write_bytes(whole)


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}", '{"format": 1}'])
def test_a_manifest_that_cannot_be_read_is_told(
    store: SnapshotStore, folder: Path, content: str | None
) -> None:
    file = folder / build(store).name / "manifest.json"
    file.unlink() if content is None else file.write_text(content, "utf-8")
    with pytest.raises(SnapshotError) as caught:
        SnapshotStore(folder).open()
    assert caught.value.facts["file"] == "manifest.json"


def test_a_snapshot_of_another_format_is_told_as_such(store: SnapshotStore, folder: Path) -> None:
    file = folder / build(store).name / "manifest.json"
    value = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**value, "format": 99, "novelty": 1}), "utf-8")
    with pytest.raises(SnapshotError) as caught:
        SnapshotStore(folder).open()
    assert caught.value.facts["reason"] == "format"


# --- builds that do not end well ---


def test_a_build_that_fails_leaves_the_old_snapshot_and_no_remains(
    store: SnapshotStore, folder: Path
) -> None:
    old = build(store)

    def breaking() -> Iterator[Profile]:
        yield from firms(3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(store, breaking(), 1)
    assert store.current() == old
    assert {path.name for path in folder.iterdir()} == {old.name, *BESIDE}
    assert build(store, firms(mark="新"), 2) == store.current()


def test_a_full_disk_leaves_the_old_snapshot(
    store: SnapshotStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build(store)
    save, saved = np.save, []

    def save_until_full(file: Path, array: np.ndarray) -> None:
        saved.append(file)
        if len(saved) == 6:
            raise OSError(28, "No space left on device", str(file))
        save(file, array)

    monkeypatch.setattr("index.lexical.np.save", save_until_full)
    with pytest.raises(OSError, match="No space left"):
        build(store, firms(mark="新"), 1)
    monkeypatch.undo()
    assert store.current() == old
    assert {path.name for path in folder.iterdir()} == {old.name, *BESIDE}
    assert first(store) == "firm-006"


def test_a_build_that_cannot_be_published_leaves_the_old_snapshot_serving(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build(store)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.snapshot.os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        build(store, firms(mark="新"), 1)
    monkeypatch.undo()
    assert store.current() == old
    assert first(store) == "firm-006"


def test_what_was_built_is_verified_before_it_is_published(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build(store)
    hashes = count()
    monkeypatch.setattr("index.snapshot._hash", lambda file: f"another each time: {next(hashes)}")
    with pytest.raises(SnapshotError) as caught:
        build(store, firms(mark="新"), 1)
    assert caught.value.facts["reason"] == "checksum"
    monkeypatch.undo()
    assert store.current() == old


def test_two_builds_at_once_are_one_too_many(store: SnapshotStore, folder: Path) -> None:
    reading, may_end = Event(), Event()

    def waiting() -> Iterator[Profile]:
        reading.set()
        assert may_end.wait(30)
        yield from firms()

    first_build = Thread(target=build, args=(store, waiting()))
    first_build.start()
    try:
        assert reading.wait(30)
        for attempt in (lambda: build(SnapshotStore(folder), firms(3)), SnapshotStore(folder).rollback):
            with pytest.raises(BuildRunningError):
                attempt()
    finally:
        may_end.set()
        first_build.join()
    current = store.current()
    assert current is not None
    assert current.n_organisations == 16


def test_a_damaged_snapshot_is_left_out_of_those_that_can_be_read(store: SnapshotStore, folder: Path) -> None:
    damaged, whole = build(store), build(store, firms(3), minute=1)
    (folder / damaged.name / "manifest.json").write_text("{", "utf-8")
    assert store.manifests() == [whole]


def test_a_snapshot_that_lost_its_manifest_is_made_anew_within_the_same_second(
    store: SnapshotStore, folder: Path
) -> None:
    (folder / build(store).name / "manifest.json").unlink()
    anew = build(store)
    assert store.current() == anew
    assert first(store) == "firm-006"


def test_what_killed_builds_left_is_cleared_and_never_searched(store: SnapshotStore, folder: Path) -> None:
    remains = folder / ".building-99999"
    remains.mkdir(parents=True)
    (remains / "manifest.json").write_text("{", "utf-8")
    assert store.manifests() == []
    manifest = build(store)
    assert not remains.exists()
    assert store.manifests() == [manifest]


# --- the model ---


def test_a_broken_model_stops_the_build(store: SnapshotStore, tmp_path: Path) -> None:
    old = build(store)
    broken = tmp_path / "model"
    broken.mkdir()
    (broken / "modules.json").write_text("{", "utf-8")
    with pytest.raises(EncoderError):
        store.build(firms(mark="新"), options=BuildOptions(encoder=str(broken)), now=NOW)
    assert store.current() == old


class CountingEncoder:
    """Counts a few words; what a model that was there at build time stands for."""

    dimensions = 4
    identity = "counting"
    is_of_corpus = False

    def encode_queries(self, texts: list[str]) -> np.ndarray:
        counts = [[text.count(process) for process in PROCESSES] for text in texts]
        return np.array(counts, np.float32).reshape(len(texts), 4)

    encode_documents = encode_queries


def test_a_snapshot_whose_model_is_gone_is_searched_by_words_and_says_so(
    store: SnapshotStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.build, "load_encoder", lambda name: CountingEncoder())
    manifest = store.build(firms(), options=BuildOptions(encoder="/a/model"), now=NOW)
    assert (manifest.encoder, manifest.encoder_identity) == ("/a/model", "counting")
    hybrid = SnapshotStore(folder).open()
    assert hybrid.search("チタンの研磨")[0].dense_rank is not None
    assert hybrid.notices == ()
    monkeypatch.undo()
    lexical = SnapshotStore(folder).open()
    assert lexical.notices == (ENCODER_FAILED,)
    assert sum(lexical.recipe.weights.values()) == pytest.approx(1)
    hit = lexical.search("チタンの研磨")[0]
    assert (hit.organisation.id, hit.lexical_rank, hit.dense_rank) == ("firm-006", 1, None)


ROOT = Path(index.__file__).parent.parent


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


# --- many at once ---


def test_a_snapshot_pruned_at_the_moment_it_is_opened_is_looked_up_again(
    store: SnapshotStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build(store, firms(mark="古い印"))
    open_snapshot = index.snapshot.open_snapshot

    def open_late(path: Path) -> HybridSearcher:
        if path.name == old.name:
            build(store, firms(), 1, keep=1)
        return open_snapshot(path)

    monkeypatch.setattr(index.snapshot, "open_snapshot", open_late)
    assert SnapshotStore(folder).open().search("古い印") == []


def test_readers_never_fail_while_snapshots_are_published_and_rolled_back(
    store: SnapshotStore, folder: Path
) -> None:
    build(store)
    errors: list[BaseException] = []
    n_publications, n_searches, searched, ended = 10, 100, [0, 0], Event()

    def read(reader: int) -> None:
        own = SnapshotStore(folder)
        while not ended.is_set():
            try:
                assert first(own) == "firm-006"
            except BaseException as error:
                errors.append(error)
            searched[reader] += 1

    readers = [Thread(target=read, args=(reader,)) for reader in range(len(searched))]
    for reader in readers:
        reader.start()
    minute = 0
    try:
        # Neither side waits for the other, and neither ends before both have done enough.
        while not errors and (minute < n_publications or min(searched) < n_searches):
            minute += 1
            build(store, firms(mark=str(minute)), minute, keep=2)
            if minute % 2:
                store.rollback()
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert errors == []


BUILD = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from snapshots_under_test import build, firms, NOW
from index.snapshot import SnapshotStore
from index.tokeniser import words
words("温める")
print("ready", flush=True)
sys.stdin.readline()
store = SnapshotStore(Path(sys.argv[1]))
build(store, firms(64, sys.argv[3]), int(sys.argv[3]), keep=2)
print("done", flush=True)
"""
SEARCH = """
import sys
from pathlib import Path
from index.snapshot import SnapshotStore
stop, store, n = Path(sys.argv[2]), SnapshotStore(Path(sys.argv[1])), 0
while not stop.exists() or not n:
    hits = store.open().search("型番AB-106")
    assert hits[0].organisation.id == "firm-006", hits
    SnapshotStore(Path(sys.argv[1])).open()
    n += 1
print(n)
"""


@pytest.mark.soak
def test_a_build_killed_at_any_point_leaves_a_snapshot_serving(
    store: SnapshotStore, folder: Path, tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    shutil.copy(__file__, tmp_path / "snapshots_under_test.py")
    build(store, firms(64, "0"))
    n_kills, random = repetitions(6, 300), Random(20061110)
    duration_s = _build_in_process(folder, tmp_path, minute=1, kill_after_s=None)[1]
    searching = run(SEARCH, folder, tmp_path / "stop")
    n_killed = 0
    for kill in range(n_kills):
        before, minute = store.current(), kill + 2
        assert before is not None
        was_done, took_s = _build_in_process(
            folder, tmp_path, minute, kill_after_s=random.uniform(0, 1.1 * duration_s)
        )
        if was_done:  # the machine is quicker than when the duration was taken
            duration_s = min(duration_s, took_s) / 2
        live = store.verify()
        # A kill between the publishing and the word of it leaves the new snapshot, whole.
        new = NOW + timedelta(minutes=minute)
        assert live.created_at == new if was_done else live == before or live.created_at == new
        n_killed += not was_done
        assert first(store, "型番AB-106") == "firm-006"
    (tmp_path / "stop").touch()
    told, _ = searching.communicate(timeout=60)
    assert searching.returncode == 0
    assert int(told) > 0
    assert n_killed > 0
    # The next build clears away what the killed ones left.
    build(store, firms(64, "end"), n_kills + 2, keep=1)
    left = {path.name for path in folder.iterdir() if path.is_dir()}
    assert left == {store.verify().name, ".tokens"}


def _build_in_process(
    folder: Path, tests: Path, minute: int, *, kill_after_s: float | None
) -> tuple[bool, float]:
    """Whether the build told that it was done, and how long it took."""
    building = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(tests), str(minute)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert building.stdin is not None
    assert building.stdout is not None
    assert building.stdout.readline() == "ready\n"
    building.stdin.write("go\n")
    building.stdin.flush()
    begun = time.monotonic()
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        building.send_signal(signal.SIGKILL)
    rest, _ = building.communicate(timeout=120)
    return "done" in rest, time.monotonic() - begun


# --- the gate ---


def test_much_less_is_refused_unless_it_is_forced_and_what_serves_goes_on(
    store: SnapshotStore, folder: Path
) -> None:
    live = build(store)
    gated = BuildOptions(encoder="none", limits=Limits(counts=0.1))
    with pytest.raises(GateError) as caught:
        store.build(firms(12), options=gated, now=NOW + timedelta(minutes=1))
    assert str(caught.value.facts["refused"]) == "organisations 16 → 12, passages 16 → 12"
    assert store.current() == live
    assert {path.name for path in folder.iterdir()} == {live.name, *BESIDE}
    forced = replace(gated, forced="会員が減った")
    manifest = store.build(firms(12), options=forced, now=NOW + timedelta(minutes=2))
    assert (manifest.n_organisations, manifest.forced) == (12, "会員が減った")
    assert store.current() == manifest == SnapshotStore(folder).verify()
    # Beside it, the same once more needs no force, and says that it did not.
    again = store.build(firms(12), options=forced, now=NOW + timedelta(minutes=3))
    assert (str(Figures(again.gate)), again.forced) == ("organisations 12 → 12, passages 12 → 12", "")


class Translating(CountingEncoder):
    """Knows what the texts call a process by another word, which they do not hold."""

    def encode_queries(self, texts: list[str]) -> np.ndarray:
        words = dict(zip(("cutting", "polishing", "plating", "inspection"), PROCESSES, strict=True))
        return super().encode_queries([words.get(text.rstrip("!"), text) for text in texts])


def test_an_encoder_that_broke_is_found_out_by_the_golden_set(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.build, "load_encoder", lambda name: Translating())
    of_process = {
        word: {f"firm-{n:03d}": 1.0 for n in range(4 * place, 4 * place + 4)}
        for place, word in enumerate(("cutting", "polishing", "plating", "inspection"))
    }
    golden = [
        GoldenQuery(word + n * "!", relevant)
        for n in range(MIN_JUDGED)
        for word, relevant in of_process.items()
    ]
    options = BuildOptions(encoder="/a/model", golden=golden, limits=Limits())
    live = store.build(firms(), options=options, now=NOW)
    monkeypatch.setattr(index.build, "load_encoder", lambda name: CountingEncoder())
    with pytest.raises(GateError) as caught:
        store.build(firms(), options=options, now=NOW + timedelta(minutes=1))
    assert "nDCG@10 1.000 → 0.000" in str(caught.value.facts["refused"])
    assert store.current() == live
