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


def test_a_sheet_without_notes_begins_with_its_headings(home: Path, tmp_path: Path) -> None:
    run(home, *ASKED, "--format", "xlsx", "--out", str(tmp_path / "numbers.xlsx"))
    dictionary = load_workbook(tmp_path / "numbers.xlsx")[SAY("sheet-dictionary")]
    assert dictionary["A1"].value == SAY("column-figure")


def test_a_table_shows_the_version_and_no_decimals_that_say_nothing(home: Path) -> None:
    header, _, first, second, *_ = run(home, *ASKED).splitlines()[2:]
    assert SAY("column-version") in header
    assert SAY("flag-sample") in first
    assert ".000" not in second


def test_single_figures_are_asked_for_by_their_numbers_in_any_case(home: Path) -> None:
    shown = run(home, "indicators", "--only", "i09b", "--only", "I10A", "--only", "I16", "--fy", "H18")
    numbers = [line.split()[0] for line in shown.splitlines() if line.startswith("I")]
    assert numbers[:3] == ["I09b", "I10a", "I16"]


def test_below_figures_that_are_asked_for_stands_how_they_are_defined(home: Path) -> None:
    lines = run(home, "indicators", "--only", "I02", "--fy", "H18").splitlines()
    name = lines.index(f"I02 {SAY('indicator-I02')}")
    assert lines[name + 1 :] == [
        f"  {SAY('column-definition')}: {SAY('indicator-I02-definition')}",
        f"  {SAY('column-numerator')}: {SAY('indicator-I02-numerator')}",
        f"  {SAY('column-denominator')}: {SAY('indicator-I02-denominator')}",
        f"  {SAY('column-dedupe')}: {SAY('indicator-I02-dedupe')}",
        f"  {SAY('column-basis')}: {SAY('basis-rolling-year')}",
    ]
    assert SAY("indicator-I02-definition") not in run(home, "indicators", "--fy", "H18")


def test_a_figure_of_another_set_is_refused_with_the_set_it_is_in(home: Path) -> None:
    asked = ("indicators", "--set", "programme", "--fy", "H18")
    refused = run(home, *asked, "--only", "I05", "--only", "I03", code=2)
    assert "I03" in refused
    assert SAY("set-operations") in refused
    assert SAY("column-figure") in run(home, *asked, "--only", "I05")


def test_a_breakdown_that_no_figure_has_is_told(home: Path) -> None:
    asked = ("indicators", "--only", "I01", "--fy", "H18")
    told = SAY("no-such-breakdown", by=SAY("breakdown-role"))
    assert told in run(home, *asked, "--by", "role")
    assert told not in run(home, *asked, "--by", "kind")


def test_a_part_is_opened_by_its_id_or_by_its_name_and_another_one_is_refused_with_all_there_are(
    home: Path,
) -> None:
    asked = ("indicators", "--open", "I01", "--by", "kind", "--fy", "2026")
    by_id = run(home, *asked, "--part", "university")
    assert by_id == run(home, *asked, "--part", SAY("kind-university"))
    assert by_id.count("sample:university:") > 3
    assert "sample:firm:" not in by_id
    assert f"university ({SAY('kind-university')})" in run(home, *asked, "--part", "school", code=2)


@pytest.mark.parametrize("left_out", [["--open", "I01"], ["--by", "kind"]])
def test_a_part_alone_is_a_part_of_nothing(home: Path, left_out: list[str]) -> None:
    assert SAY("part-of-nothing") in run(home, "indicators", *left_out, "--part", "firm", code=2)


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
