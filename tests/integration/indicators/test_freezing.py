"""Frozen packs: written once, verified years later, compared, and sampled for an audit."""

import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest

import commands
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.indicators.periods import Period, fiscal_year_of
from matchbot.introductions.words import Means
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.reporting import freezing
from matchbot.reporting.tables import Reader
from matchbot.service import Service
from matchbot.texts import Texts
from matchbot.wording import Wording
from matchbot.workdays import OFFICE_ZONE, day_of

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("begun")
    service = build_service(Settings(home=home))
    service.load_bundled()
    service.create_ledger(is_sample=False)
    introduce(service, 4)
    return home


@pytest.fixture(scope="module")
def packed(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = copytree(begun, tmp_path_factory.mktemp("packed") / "home")
    run(home, "mid-term")
    return home


@pytest.fixture
def home(begun: Path, tmp_path: Path) -> Path:
    """A home with four introductions, for one test to write to."""
    return copytree(begun, tmp_path / "home")


@pytest.fixture
def frozen(packed: Path, tmp_path: Path) -> Path:
    """A home with a pack, for one test to write to."""
    return copytree(packed, tmp_path / "home")


def introduce(service: Service, n: int, *, first: int = 0, made_on: date | None = None) -> list[str]:
    """Introductions between bundled organisations, made outside and logged by a coordinator."""
    with service._open_registry() as registry:
        profiles = [profile for profile in registry.profiles() if not profile.organisation.is_sample]
    clusters = {said.cluster_id for profile in profiles for said in profile.memberships}
    ids = [profile.organisation.id for profile in profiles if profile.memberships]
    pairs = list(pairwise(ids))[first : first + n]
    coordinator = MemberRow(row=2, id=f"k{first}", role=Role.COORDINATOR, clusters=tuple(sorted(clusters)))
    service.desk.register_member(coordinator, by=MATCHBOT, key=f"k{first}")
    by = service.desk.member(f"k{first}")
    return [
        service.desk.log_outside(
            list(pair),
            means=Means.FAIR,
            made_on=made_on or today_in_japan(),
            purpose=Purpose.SALES,
            by=by,
            key=f"log{first}{n}",
        ).id
        for n, pair in enumerate(pairs)
    ]


def today_in_japan() -> date:
    return day_of(datetime.now(OFFICE_ZONE))


def run(home: Path, *arguments: str, code: int = 0) -> str:
    return commands.run(home, "freeze", *arguments, code=code)


def test_a_pack_holds_numbers_definitions_and_the_head_of_the_ledger(frozen: Path) -> None:
    folder = frozen / "frozen" / "mid-term"
    assert {file.name for file in folder.iterdir()} == {
        "SHA256SUMS",
        "baselines.csv",
        "breaks.csv",
        "comments.csv",
        "dictionary.csv",
        "numbers.csv",
        "numbers.json",
        "open-cases.csv",
        "question.json",
        "report.en.html",
        "report.ja.html",
        "targets.csv",
    }
    numbers = {
        v["id"]: v for v in json.loads((folder / "numbers.json").read_text("utf-8"))["values"] if not v["by"]
    }
    assert numbers["I05"]["value"] == 4
    assert all(v["value"] is None for v in numbers.values() if "hidden" in v["flags"])


def test_a_pack_of_a_year_under_way_holds_how_it_will_end(home: Path) -> None:
    introduce(build_service(Settings(home=home)), 1, first=6, made_on=date.today() - timedelta(days=500))
    run(home, "mid-term")
    told = json.loads((home / "frozen" / "mid-term" / "numbers.json").read_text("utf-8"))
    (deals,) = [target for target in told["targets"] if target["id"] == "I09a"]
    assert deals["forecast"]["n_months"] >= 12
    run(home, "verify", "mid-term")


def test_a_pack_that_breaks_off_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise OSError("the disk is full")

    service = build_service(Settings(home=home))
    folder, period = home / "frozen" / "mid-term", Period.fiscal_year(fiscal_year_of(date.today()))
    texts = Texts("ja")
    reader = Reader(texts, Wording(texts, service.all_clusters))
    question = (service, folder, period, datetime.now(OFFICE_ZONE), MATCHBOT, [reader])
    with monkeypatch.context() as patched:
        patched.setattr(freezing, "to_csv", broken)
        with pytest.raises(OSError, match="full"):
            freezing.freeze(*question)
    assert not folder.exists()
    assert freezing.freeze(*question) == folder
    assert [each.name for each in folder.parent.iterdir()] == ["mid-term"]


def test_what_is_recorded_later_leaves_a_pack_the_same(frozen: Path) -> None:
    service = build_service(Settings(home=frozen))
    introduce(service, 3, first=6)
    assert "as it was frozen" in run(frozen, "verify", "mid-term")


def test_whoever_may_not_verify_the_ledger_is_told_before_anything_is_counted(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = build_service(Settings(home=frozen))
    service.desk.register_member(MemberRow(row=2, id="office", role=Role.STAFF), by=MATCHBOT, key="office")
    monkeypatch.setattr(Service, "indicators", None)  # Nobody calls it.
    run(frozen, "verify", "mid-term", "--as", "office", code=77)


def test_a_changed_number_is_found(frozen: Path) -> None:
    file = frozen / "frozen" / "mid-term" / "numbers.json"
    told = json.loads(file.read_text("utf-8"))
    next(v for v in told["values"] if v["id"] == "I05" and not v["by"])["value"] = 40
    file.write_text(json.dumps(told), "utf-8")
    shown = run(frozen, "verify", "mid-term", code=65)
    assert "numbers.json was changed" in shown
    assert "I05 comes out otherwise" in shown


def test_the_difference_of_two_packs_is_told_by_what_was_added(frozen: Path) -> None:
    service = build_service(Settings(home=frozen))
    made = introduce(service, 3, first=6)
    later = datetime.now(OFFICE_ZONE) + timedelta(seconds=1)
    run(frozen, "ex-post", "--as-of", f"{later + timedelta(minutes=1):%Y-%m-%dT%H:%M:%S}")
    told = json.loads(run(frozen, "compare", "mid-term", "ex-post", "--json"))["result"]
    difference = next(each for each in told if each["id"] == "I05")
    assert (difference["before"], difference["after"]) == (4, 7)
    assert difference["added"] == sorted(made)
    assert difference["removed"] == []


def test_the_difference_of_two_packs_tells_what_is_new_from_what_was_late_or_taken_back(home: Path) -> None:
    service, today = build_service(Settings(home=home)), today_in_japan()
    old, outside = introduce(service, 2, first=6, made_on=today - timedelta(days=9))
    begins = today - timedelta(days=30)
    run(home, "mid-term", "--from", f"{begins}", "--to", f"{today + timedelta(days=1)}")
    k0 = service.desk.member("k0")
    with service.evaluation(by=k0) as asked:
        whole = freezing.Question(period=Period(begins, today), as_of=datetime.now(OFFICE_ZONE))
        first = {row.thing for row in asked.opened("I05", whole)}
    gone = min(first - {old, outside})
    service.desk.reverse(gone, reason="取り違え", by=k0, key="reversed")
    (late,) = introduce(service, 1, first=10, made_on=today - timedelta(days=3))
    (new,) = introduce(service, 1, first=12)
    later = datetime.now(OFFICE_ZONE) + timedelta(seconds=61)
    # From the day on which most were made: the two of nine days ago lie before it.
    period = ("--from", f"{today - timedelta(days=4)}", "--to", f"{today + timedelta(days=1)}")
    run(home, "ex-post", *period, "--as-of", f"{later:%Y-%m-%dT%H:%M:%S}")
    told = json.loads(run(home, "compare", "mid-term", "ex-post", "--json"))["result"]
    why = next(each for each in told if each["id"] == "I05")
    assert {name: why[name] for name in ("added", "late", "removed", "left", "changed")} == {
        "added": [new],
        "late": [late],
        "removed": [gone],
        "left": sorted([old, outside]),
        "changed": [],
    }
    assert why["after"] == why["before"] + 1 + 1 - 1 - 2
    shown = run(home, "compare", "mid-term", "ex-post")
    assert "Taken back: reversed" in shown


def test_a_sample_is_the_same_each_time_and_another_for_another_seed(frozen: Path) -> None:
    drawn = [run(frozen, "sample", "mid-term", "--n", "2", "--seed", seed, "--json") for seed in "112"]
    assert drawn[0] == drawn[1]
    assert len(json.loads(drawn[0])["result"]) == 2


def test_where_nothing_happened_or_differs_that_is_said_instead_of_an_empty_table(frozen: Path) -> None:
    for name in ("before", "as-before"):
        run(frozen, name, "--fy", "2007")
    assert "No introduction was made in this period." in run(frozen, "sample", "before")
    assert "The numbers of the two do not differ." in run(frozen, "compare", "before", "as-before")


def test_a_pack_is_never_written_over(frozen: Path) -> None:
    assert "there is a pack of that name" in run(frozen, "mid-term", code=65)


@pytest.mark.parametrize("command", ["verify nothing", "compare nothing mid-term", "sample nothing"])
def test_a_pack_that_is_not_there_is_said_to_be_missing(frozen: Path, command: str) -> None:
    assert "there is no pack of that name" in run(frozen, *command.split(), code=65)
