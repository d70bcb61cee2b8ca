"""What indicators are written to: every row of a file says by itself of when it is, and defined how."""

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands import run
from corpus.registry import Registry
from matchbot.texts import Texts
from matchbot.workdays import to_the_minute

pytestmark = pytest.mark.timeout(900)

ASKED = ("indicators", "--only", "I01", "--only", "I02", "--fy", "平成18年度", "--by", "cluster")
SAY = Texts("en")
BREAKDOWNS = {"", SAY("breakdown-cluster"), SAY("breakdown-cluster-today")}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("formats")
    run(home, "corpus", "sample", "--scale", "0.02", "--as-of", "2006-04-01")
    run(home, "ledger", "create", "--sample")
    return home


def is_complete(row: dict[str, object]) -> bool:
    return (
        str(row[SAY("column-version")]) == "1"
        and row[SAY("column-period")] == "2006-04-01 – 2007-03-31"
        and datetime.fromisoformat(str(row[SAY("column-known-at")])).tzinfo is not None
        and row[SAY("column-flags")] == SAY("flag-sample")
    )


def parts(rows: list[dict[str, object]]) -> set[object]:
    return {row[SAY("column-breakdown")] or "" for row in rows}


def test_every_row_of_a_csv_file_says_what_belongs_to_it(home: Path) -> None:
    written = run(home, *ASKED, "--format", "csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(written)))
    assert all(map(is_complete, rows))
    assert parts(rows) == BREAKDOWNS


def test_every_row_of_a_workbook_says_what_belongs_to_it(home: Path, tmp_path: Path) -> None:
    run(home, *ASKED, "--format", "xlsx", "--out", str(tmp_path / "numbers.xlsx"))
    lines = list(load_workbook(tmp_path / "numbers.xlsx").worksheets[0].values)
    top = next(place for place, line in enumerate(lines) if SAY("column-version") in line)
    rows = [dict(zip(lines[top], line, strict=True)) for line in lines[top + 1 :]]
    assert all(map(is_complete, rows))
    assert parts(rows) == BREAKDOWNS


def test_a_table_shows_the_version_and_no_decimals_that_say_nothing(home: Path) -> None:
    header, _, first, second, *_ = run(home, *ASKED).splitlines()[2:]
    assert SAY("column-version") in header
    assert SAY("flag-sample") in first
    assert ".000" not in second


def test_single_figures_are_asked_for_by_their_numbers_in_any_case(home: Path) -> None:
    shown = run(home, "indicators", "--only", "i09b", "--only", "I10A", "--only", "I16", "--fy", "H18")
    numbers = [line.split()[0] for line in shown.splitlines() if line.startswith("I")]
    assert numbers == ["I09b", "I10a", "I16"]


def test_every_breakdown_is_one_table(home: Path) -> None:
    shown = run(home, *ASKED).splitlines()
    headings = [line for line in shown if line in BREAKDOWNS]
    assert headings == [SAY("breakdown-cluster"), SAY("breakdown-cluster-today")]


@pytest.mark.parametrize("asked", ["--only", "--open"])
def test_a_number_that_no_figure_has_is_refused_with_how_they_are_written(home: Path, asked: str) -> None:
    refused = run(home, "indicators", asked, "i99", "--fy", "2006", code=66)
    assert "I99" in refused
    assert "I09a" in refused


@pytest.mark.parametrize(("as_of", "is_told"), [(["--as-of", "2007-06-01"], True), ([], False)])
def test_a_table_of_a_time_before_members_were_recorded_says_since_when_they_are(
    home: Path, as_of: list[str], is_told: bool
) -> None:
    with Registry.open(home / "corpus.db") as registry:
        since = registry.members_since()
    told = SAY("indicators-before-members", since=to_the_minute(since))
    shown = run(home, "indicators", "--only", "I01", "--fy", "2006", *as_of)
    assert (told in shown, SAY("flag-before-members") in shown) == (is_told, is_told)
