"""The work of a night: each step is done once, whatever broke off before; one that fails stops no other."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from click.testing import CliRunner, Result

from corpus.durability import sole
from corpus.records import Profile
from corpus.registry import Registry
from index.snapshot import SnapshotStore
from matchbot.bootstrap import build_service, run_nightly
from matchbot.cli import matchbot
from matchbot.cli.shell import Shell, plain
from matchbot.clocks import FixedClock
from matchbot.config import GateSettings, NightlySettings, Settings
from matchbot.desk import MessageKind
from matchbot.errors import NightlyRunningError
from matchbot.inbox import Outcome
from matchbot.indicators import Period, Question
from matchbot.ledger import Ledger, read_backup
from matchbot.members import MATCHBOT, MemberRow
from matchbot.nightly import Night, Step
from matchbot.policy import Role
from matchbot.service import Service
from matchbot.workdays import OFFICE_ZONE

NIGHT = datetime(2026, 4, 7, 3, 0, tzinfo=OFFICE_ZONE)
HEADER = "名称,種別,都道府県,事業内容\n"
GOOD = "株式会社星影光学,企業,大阪府,ガラス基板の検査装置\n"
BAD = ",企業,大阪府,名なし\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var", encoder="none", gate=GateSettings(), language="en")


def nothing(stage: str, done: int, total: int) -> None:
    pass


def loaded(settings: Settings, at: datetime = NIGHT) -> Service:
    service = build_service(settings, clock=FixedClock(at))
    service.load_bundled()
    return service


def night(settings: Settings, at: datetime = NIGHT, **options: bool) -> Night:
    service = build_service(settings, clock=FixedClock(at))
    chosen = {"is_dry_run": False, "is_retrained": False, **options}
    return run_nightly(settings, service, progress=nothing, plain=plain, **chosen)


def put(settings: Settings, name: str, content: str | bytes, *, age_s: float = 3600) -> Path:
    file = settings.inbox_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(file, (time.time() - age_s,) * 2)
    return file


def lies_in(settings: Settings, folder: str = "") -> list[str]:
    inside = settings.inbox_path / folder
    return sorted(path.name for path in inside.iterdir() if path.is_file()) if inside.is_dir() else []


# --- the inbox ---


def test_a_file_is_taken_in_once_and_then_lies_beside_its_report(settings: Settings) -> None:
    loaded(settings)
    put(settings, "members.csv", HEADER + GOOD + BAD)
    first, second = night(settings), night(settings)
    (taken,) = first.taken
    assert (taken.outcome, Path(taken.place).name) == (Outcome.DONE, "20260407-members.csv")
    assert taken.report is not None
    assert taken.report.difference.organisations.n_added == 1
    assert second.taken == []
    assert lies_in(settings) == []
    assert lies_in(settings, "done") == ["20260407-members.csv", "20260407-members.csv.report.json"]
    report = json.loads((settings.inbox_path / "done" / "20260407-members.csv.report.json").read_text())
    assert [(one["row"], one["reason"]) for one in report["rejections"]] == [(3, "empty")]


def test_a_file_that_cannot_be_used_is_rejected_with_the_reason_and_stops_no_other(
    settings: Settings,
) -> None:
    loaded(settings)
    put(settings, "a.xlsx", b"no workbook")
    put(settings, "b.csv", HEADER + BAD)
    put(settings, "c.csv", HEADER + GOOD)
    outcomes = {taken.file: taken.outcome for taken in night(settings).taken}
    assert outcomes == {"a.xlsx": Outcome.REJECTED, "b.csv": Outcome.REJECTED, "c.csv": Outcome.DONE}
    assert lies_in(settings) == []
    report = json.loads((settings.inbox_path / "rejected" / "20260407-a.xlsx.report.json").read_text())
    assert report["code"] == "unreadable-file"


def test_a_byte_that_is_no_letter_is_told_as_far_as_it_can_be_written(settings: Settings) -> None:
    loaded(settings)
    header, bad = HEADER.replace("業", "業?"), GOOD.replace("検査", "検査?").replace("星", "月")
    put(settings, "broken.csv", f"{header}{8 * GOOD}{bad}".encode().replace(b"?", b"\xff"))
    (taken,) = night(settings).taken
    assert (taken.outcome, len(taken.report.rejections if taken.report else ())) == (Outcome.DONE, 1)
    assert json.loads(Path(f"{taken.place}.report.json").read_text("utf-8"))["n_rows"] == 9


def test_a_file_that_is_still_on_its_way_is_left_and_hidden_ones_are_no_business_of_it(
    settings: Settings,
) -> None:
    loaded(settings)
    put(settings, "new.csv", HEADER + GOOD, age_s=0)
    for name in (".upload.csv", "~$open-in-excel.xlsx"):
        put(settings, name, HEADER + GOOD)
    assert [(taken.file, taken.outcome) for taken in night(settings).taken] == [("new.csv", Outcome.WAITING)]
    assert lies_in(settings) == [".upload.csv", "new.csv", "~$open-in-excel.xlsx"]


ONE_OBJECT = '{"名称": "株式会社星影光学", "種別": "企業", "事業内容": "検査装置"}'


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("会員名簿 2026年度 (最終).csv", f"{HEADER}{GOOD}".encode("utf-8-sig"), 0),
        ("UPPER.CSV", f"{HEADER}{GOOD}".encode("cp932"), 0),
        ("cp932.csv", f"{HEADER}{GOOD}".encode("cp932") + b"\x81\xff\n", 1),
        ("objects.jsonl", f'{ONE_OBJECT}\n{{"名称": "株式\n'.encode(), 1),
        ("header.csv", HEADER.encode(), 0),
        ("empty.csv", b"", "no-rows"),
        ("empty.xlsx", b"", "no-rows"),
        ("zeros.csv", bytes(20_000), "not-text"),
        ("nested.json", b"[" * 200_000, "not-json"),
        ("no-workbook.xlsx", b"no zip", "not-a-workbook"),
        ("of-old.xls", b"\xd0\xcf\x11\xe0", "unknown-type"),
        ("notes.txt", "覚え書き".encode(), "no-name-column"),
        ("table.tsv", f"{HEADER}{GOOD}".replace(",", "\t").encode(), 0),
    ],
)
def test_whatever_is_put_into_the_inbox_is_taken_in_or_told_of_with_its_reason(
    settings: Settings, name: str, content: bytes, told: int | str
) -> None:
    """``told``: how many rows are left out, or why the file is."""
    loaded(settings)
    put(settings, name, content)
    (taken,) = night(settings).taken
    if taken.report is not None:
        assert (taken.outcome, len(taken.report.rejections)) == (Outcome.DONE, told)
        assert taken.report.n_rows - len(taken.report.rejections) == (name != "header.csv")
    else:
        assert taken.error is not None
        assert (taken.outcome, taken.error.facts["reason"]) == (Outcome.REJECTED, told)
    assert lies_in(settings) == []
    assert json.loads(Path(f"{taken.place}.report.json").read_text("utf-8"))


def test_a_mapping_of_the_same_name_says_what_the_columns_are_and_stays_for_the_next_file(
    settings: Settings,
) -> None:
    service = loaded(settings)
    mapping = '[source]\nname = "odd list"\n\n[organisation]\nname = "who"\nprefecture = "where"\n'
    put(settings, "odd.mapping.toml", mapping)
    for _ in range(2):
        put(settings, "odd.csv", "who,where\n株式会社月影,大阪府\n")
        (taken,) = night(settings).taken
        assert taken.outcome is Outcome.DONE, taken.error
    assert [each.name for each in service.find_organisations("月影", limit=5)] == ["株式会社月影"]
    assert lies_in(settings) == ["odd.mapping.toml"]
    assert lies_in(settings, "done") == [
        "20260407-odd-2.csv",
        "20260407-odd-2.csv.report.json",
        "20260407-odd.csv",
        "20260407-odd.csv.report.json",
    ]


# --- the search data ---


def test_what_changed_is_told_by_kind_and_cluster_and_adds_up_to_the_whole(settings: Settings) -> None:
    service = loaded(settings)
    first = night(settings)
    assert (
        sum(each.n_present for each in first.changes or ()) == service.corpus_status().counts.n_organisations
    )
    assert sum(each.n_added for each in first.changes or ()) == sum(
        each.n_present for each in first.changes or ()
    )
    put(settings, "members.csv", HEADER + GOOD)
    second = night(settings)
    changed = [each for each in second.changes or () if each.n_added or each.n_changed or each.n_removed]
    assert [(each.kind, each.cluster, each.n_added) for each in changed] == [("firm", "", 1)]
    assert (second.is_new, second.n_read) == (True, 2)  # its name and what it does


def test_a_night_without_changes_leaves_the_search_data_that_are_there(settings: Settings) -> None:
    loaded(settings)
    first, second = night(settings), night(settings, NIGHT + timedelta(days=1))
    assert (first.is_new, second.is_new) == (True, False)
    assert first.snapshot == second.snapshot
    assert len(SnapshotStore(settings.snapshots_path).manifests()) == 1


def test_a_night_without_changes_reads_no_profile_but_what_is_decided_is_built(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = loaded(settings)
    first = night(settings)
    read, whole = list[str](), Registry.profiles

    def noted(registry: Registry) -> Iterator[Profile]:
        for profile in whole(registry):
            read.append(profile.organisation.id)
            yield profile

    monkeypatch.setattr(Registry, "profiles", noted)
    second = night(settings, NIGHT + timedelta(days=1))
    assert (second.snapshot, second.is_new, second.failures, read) == (first.snapshot, False, {}, [])
    gone = service.find_organisations("大学", limit=1)[0].id
    service.withdraw_organisation(gone, reason="")
    third = night(settings, NIGHT + timedelta(days=2))
    assert third.is_new
    assert len(read) == service.live_manifest().n_organisations > 0
    assert gone not in read


def test_a_night_that_broke_off_after_the_build_tells_what_changed_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(settings)
    night(settings)
    put(settings, "members.csv", HEADER + GOOD)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("matchbot.nightly.Nightly._do_what_is_due", broken)
    with pytest.raises(KeyboardInterrupt):
        night(settings)
    monkeypatch.undo()
    again = night(settings)
    assert sum(each.n_added for each in again.changes or ()) == 1
    assert sum(each.n_added for each in night(settings).changes or ()) == 0


def test_what_changed_is_not_told_where_the_search_data_before_cannot_be_read(settings: Settings) -> None:
    loaded(settings)
    first = night(settings)
    file = settings.snapshots_path / first.snapshot / "passages.arrow"
    file.write_bytes(b"damaged")
    again = night(settings)
    assert (again.is_new, again.changes, again.failures) == (True, None, {})
    shell = Shell(settings, lambda settings, _: build_service(settings, clock=FixedClock(NIGHT)))
    (settings.snapshots_path / again.snapshot / "passages.arrow").write_bytes(b"damaged")
    told = CliRunner().invoke(matchbot, ["nightly"], obj=shell).output
    assert "what changed cannot be told" in told
    assert "Cluster" not in told


# --- failures ---


@pytest.fixture
def with_ledger(settings: Settings) -> Settings:
    """A home with a ledger, and one of the staff to be told."""
    service = loaded(settings)
    desk = service.create_ledger(is_sample=True)
    desk.register_member(MemberRow(row=1, id="staff", role=Role.STAFF), by=desk.member("matchbot"), key="k")
    return settings


def of_the_search(settings: Settings, at: datetime) -> dict[str, tuple[float | None, int]]:
    """The figures of I26 as known at a time: value and n."""
    service = build_service(settings, clock=FixedClock(at))
    question = Question(period=Period.fiscal_year(2026), as_of=at, only=("I26",))
    counted = service.indicators(question, by=MATCHBOT)
    return {value.figure: (value.value, value.n) for value in counted.values}


def test_each_night_puts_on_record_that_the_search_data_are_good_and_what_they_find(
    with_ledger: Settings,
) -> None:
    night(with_ledger)
    morning, later = NIGHT + timedelta(hours=6), NIGHT + timedelta(days=1, hours=2)
    (manifest,) = SnapshotStore(with_ledger.snapshots_path).manifests()
    found = manifest.standing.golden
    of_morning = of_the_search(with_ledger, morning)
    assert of_morning["I26b"] == (pytest.approx(mean(found["nDCG@10"].values())), len(found["nDCG@10"]))
    assert of_morning["I26c"] == (pytest.approx(mean(found["recall@50"].values())), len(found["recall@50"]))
    assert of_morning["I26d"] == (pytest.approx(6), 1)
    assert not night(with_ledger, NIGHT + timedelta(days=1)).is_new
    assert of_the_search(with_ledger, later) == {**of_morning, "I26d": (pytest.approx(2), 1)}
    assert of_the_search(with_ledger, morning) == of_morning


def test_search_data_that_were_gone_back_to_are_as_old_and_as_good_as_they_were(
    with_ledger: Settings,
) -> None:
    night(with_ledger)
    of_the_first = of_the_search(with_ledger, NIGHT + timedelta(days=2))
    put(with_ledger, "members.csv", HEADER + GOOD)
    assert night(with_ledger, NIGHT + timedelta(days=1)).is_new
    assert of_the_search(with_ledger, NIGHT + timedelta(days=2))["I26d"] == (pytest.approx(24), 1)
    build_service(with_ledger, clock=FixedClock(NIGHT + timedelta(days=2))).roll_back_index()
    assert of_the_search(with_ledger, NIGHT + timedelta(days=2)) == of_the_first


def messages(settings: Settings) -> list[tuple[str, dict[str, object]]]:
    with Ledger.open(settings.home).unit() as unit:
        found = unit.outbox.due(NIGHT + timedelta(days=2), 100)
    told = [each for each in found if each.kind == MessageKind.NIGHTLY_FAILED]
    return [(each.recipient, dict(each.payload)) for each in told]


def test_a_build_that_is_refused_fails_the_night_tells_the_staff_once_and_keeps_nothing_else_back(
    with_ledger: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = build_service(with_ledger)
    service.load_sample(scale=0.01, seed=1, progress=nothing)
    monkeypatch.setattr("matchbot.nightly.Nightly._report", lambda *_: None)  # takes long, and is not of it
    live = night(with_ledger).snapshot
    service.load_sample(scale=0.003, seed=1, progress=nothing)  # in its place a much smaller one
    for _ in range(2):
        failed = night(with_ledger)
        assert (list(failed.failures), failed.exit_code) == ([Step.BUILD], 65)
        assert failed.backup
        assert SnapshotStore(with_ledger.snapshots_path).live_name() == live
    assert messages(with_ledger) == [
        ("staff", {"night": "2026-04-07", "failures": {"build": "gate"}}),
    ]


def test_a_backup_that_is_damaged_is_told_and_the_rest_is_done(
    with_ledger: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchbot.nightly.Nightly._report", lambda *_: None)
    night(with_ledger)
    # At the very same moment nothing more is put on record, so that the same backup would do once more.
    first = night(with_ledger)
    assert read_backup(Path(first.backup)).is_sample
    (Path(first.backup) / "private.db").write_bytes(b"damaged")
    second = night(with_ledger)
    assert {step: error.code for step, error in second.failures.items()} == {Step.BACKUP: "backup"}
    assert second.snapshot == first.snapshot


def test_a_full_disk_is_told_in_words(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(settings)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/a/file")

    monkeypatch.setattr("index.lexical.np.save", full)
    failed = night(settings)
    assert {step: str(error) for step, error in failed.failures.items()} == {
        Step.BUILD: "storage: file=/a/file, reason=No space left on device"
    }
    assert failed.exit_code == 74
    monkeypatch.undo()
    assert night(settings).failures == {}


def test_two_nights_at_once_are_one_too_many(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    with sole(settings.home / "nightly.lock"), pytest.raises(NightlyRunningError):
        night(settings)


# --- the rest ---


def test_a_dry_run_tells_what_would_be_taken_in_and_changes_nothing(settings: Settings) -> None:
    service = loaded(settings)
    night(settings)
    put(settings, "members.csv", HEADER + GOOD)
    before = {path: path.stat().st_mtime_ns for path in settings.snapshots_path.rglob("*")}
    (taken,) = night(settings, is_dry_run=True).taken
    assert taken.report is not None
    assert taken.report.difference.organisations.n_added == 1
    shell = Shell(settings, lambda settings, _: build_service(settings, clock=FixedClock(NIGHT)))
    told = CliRunner().invoke(matchbot, ["nightly", "--dry-run"], obj=shell).output
    assert "Can be taken in: members.csv" in told
    assert lies_in(settings) == ["members.csv"]
    assert {path: path.stat().st_mtime_ns for path in settings.snapshots_path.rglob("*")} == before
    assert not service.find_organisations("星影光学", limit=1)


def test_as_many_backups_and_reports_are_kept_as_is_set(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = settings.model_copy(update={"nightly": NightlySettings(backups_kept=2, reports_kept=1)})
    loaded(few).create_ledger(is_sample=True)
    monkeypatch.setattr(
        "matchbot.reporting.pages.write_report", lambda folder, *_, progress: folder.mkdir(parents=True)
    )
    (few.backups_path / ".20260401-3.77.partial").mkdir(parents=True)
    (few.backups_path / "by hand").mkdir()
    days = [NIGHT + timedelta(days=n) for n in range(4)]
    for day in days:
        assert not night(few, day).failures
    assert sorted(path.name for path in few.backups_path.iterdir()) == ["20260409-2", "20260410-3", "by hand"]
    assert [path.name for path in few.reports_path.iterdir()] == ["20260410"]


def test_the_command_says_what_was_done_and_ends_with_the_exit_code(settings: Settings) -> None:
    loaded(settings)
    put(settings, "members.csv", HEADER + GOOD + BAD)

    def run(*arguments: str) -> Result:
        shell = Shell(settings, lambda settings, _: build_service(settings, clock=FixedClock(NIGHT)))
        return CliRunner().invoke(matchbot, ["nightly", *arguments], obj=shell)

    first = run()
    assert first.exit_code == 0, first.output
    for words in (
        "Taken in: members.csv",
        "members.csv row 3",
        "New search data in use",
        "All steps succeeded",
    ):
        assert words in first.output
    told = json.loads(run("--json").stdout)
    assert (told["exit_code"], told["failures"], told["is_new"]) == (0, {}, False)


def test_a_backup_that_failed_is_not_told_as_a_ledger_that_is_missing(settings: Settings) -> None:
    loaded(settings).create_ledger(is_sample=True)
    settings.backups_path.write_text("a file where a folder should be")
    shell = Shell(settings, lambda settings, _: build_service(settings, clock=FixedClock(NIGHT)))
    told = CliRunner().invoke(matchbot, ["nightly"], obj=shell)
    assert told.exit_code == 74
    assert "Failed: Backup of the ledger." in told.output
    assert "no ledger" not in told.output


# --- killed ---


@pytest.mark.soak
def test_a_night_killed_at_any_point_is_done_by_the_next_and_nothing_is_lost_or_doubled(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    settings = Settings(home=tmp_path / "var", encoder="none", language="en")
    service = loaded(settings)
    service.create_ledger(is_sample=True)
    n_kills, random = repetitions(2, 200), Random(20061110)
    duration_s = _whole_night(settings)
    for kill in range(n_kills):
        put(settings, f"list{kill}.csv", HEADER + f"株式会社番号{kill}番,企業,大阪府,{kill}番の検査装置\n")
        _whole_night(settings, kill_after_s=random.uniform(0, duration_s))
        assert service.search("ガラス基板の検査", limit=3).matches.items
    _whole_night(settings)
    names = {f"株式会社番号{kill}番" for kill in range(n_kills)}
    found = {one.name for one in service.find_organisations("株式会社番号", limit=n_kills + 5)}
    assert found == names
    assert lies_in(settings) == []
    done = [name for name in lies_in(settings, "done") if not name.endswith(".json")]
    assert len(done) == n_kills
    assert lies_in(settings, "rejected") == []
    store = SnapshotStore(settings.snapshots_path)
    assert store.verify().n_organisations == service.corpus_status().counts.n_organisations
    assert service.desk.verify(service.desk.member("matchbot")).is_intact
    for backup in settings.backups_path.iterdir():
        read_backup(backup)
    assert not (settings.home / "nightly.unfinished").exists()


def _whole_night(settings: Settings, kill_after_s: float | None = None) -> float:
    """Runs the command as its own process, and kills it after a time; gives how long it took."""
    begun = time.monotonic()
    environment = {**os.environ, "MATCHBOT_HOME": str(settings.home), "MATCHBOT_ENCODER": "none"}
    process = subprocess.Popen(
        [sys.executable, "-m", "matchbot", "nightly"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with suppress(subprocess.TimeoutExpired):
        _, told = process.communicate(timeout=kill_after_s)
        assert process.returncode == 0, told
        return time.monotonic() - begun
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return time.monotonic() - begun
