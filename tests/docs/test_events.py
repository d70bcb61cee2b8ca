"""The table of what happens to an introduction names tests that there are, each in the right Slack."""

import ast
import re
from pathlib import Path

import pytest

E2E = Path(__file__).parent.parent / "e2e"
EMULATOR = E2E / "test_in_the_emulator.py"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (E2E / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
][1:]


def in_files(*files: Path) -> set[str]:
    """The names of the tests in these files."""
    nodes = (node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body)
    return {
        node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_event_is_seen_by_a_test_of_each_slack_that_knows_of_it(row: list[str]) -> None:
    _, ours, emulated = (re.findall(r"`(\w+)`", cell) for cell in row)
    assert ours
    assert set(ours) <= in_files(*(file for file in E2E.glob("test_*.py") if file != EMULATOR))
    assert set(emulated) <= in_files(EMULATOR)
    assert emulated or row[2] == "–"


def test_no_test_in_the_emulator_is_missing_from_the_table() -> None:
    assert in_files(EMULATOR) == {name for row in ROWS for name in re.findall(r"`(\w+)`", row[2])}
