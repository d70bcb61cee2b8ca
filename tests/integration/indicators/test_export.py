"""The evaluator's database: what it holds may leave the programme, and nothing else is in it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from commands import run
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.members import MATCHBOT

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("exported")
    run(home, "corpus", "init")
    run(home, "corpus", "sample", "--scale", "0.03", "--as-of", "2006-04-01")
    run(home, "ledger", "create", "--sample")
    run(home, "simulate", "--years", "0.3", "--scale", "0.03", "--seed", "3")
    run(home, "members", "add", "s1", "staff", "--name", "経済太郎", "--as", "matchbot")
    run(home, "targets", "init", "--as", "s1")
    run(home, "comments", "add", "I05", "増えている", "--fy", "2006", "--as", "s1")
    run(home, "report", "export-db", str(home / "out.db"), "--fy", "2006")
    return home


@pytest.fixture
def database(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "out.db")) as database:
        yield database


def test_the_numbers_are_those_that_are_published(home: Path, database: sqlite3.Connection) -> None:
    arguments = ("indicators", "--fy", "2006", "--by", "cluster", "--external", "--json")
    told = json.loads(run(home, *arguments))["result"]["values"]
    wanted = {
        (v["id"], v["by"], v["part"], "expected" in v["flags"]): v["value"]
        for v in told
        if v["by"] in ("", "cluster")
    }
    rows = database.execute(
        "SELECT figure, breakdown, part, is_expected, value FROM numbers "
        "WHERE fiscal_year = 2006 AND breakdown IN ('', 'cluster')"
    ).fetchall()
    stored = {(figure, by, part, bool(expected)): value for figure, by, part, expected, value in rows}
    assert stored.keys() == wanted.keys()
    # With more breakdowns beside it, more must be hidden; what is shown is the same.
    assert {key: value for key, value in stored.items() if value is not None} == {
        key: wanted[key] for key, value in stored.items() if value is not None
    }


def test_a_hidden_number_is_nowhere(database: sqlite3.Connection) -> None:
    hidden = database.execute(
        "SELECT value, n, n_distinct, denominator, missing, weaker, low, high FROM numbers WHERE is_hidden"
    ).fetchall()
    assert len(hidden) > 10
    assert set(hidden) == {(None,) * 8}


def test_nobody_and_no_organisation_is_in_it(home: Path) -> None:
    service = build_service(Settings(home=home))
    with service._open_registry() as registry:
        words = {name for one in registry.profiles() for name in (one.organisation.id, one.organisation.name)}
    words |= {one.id for one in service.desk.members(service.desk.member("s1"))} | {"経済太郎"}
    content = (home / "out.db").read_bytes()
    assert [word for word in words if len(word) > 2 and word.encode() in content] == []


@pytest.mark.parametrize(
    "query", ["trend", "parts", "pairs", "progress", "satisfaction", "hidden", "definition"]
)
def test_the_prepared_questions_have_answers(home: Path, database: sqlite3.Connection, query: str) -> None:
    metadata = json.loads((home / "metadata.json").read_text("utf-8"))
    assert "見本" in metadata["description"]
    told = metadata["databases"]["out"]["queries"][query]
    rows = database.execute(told["sql"], {"figure": "I05", "breakdown": "cluster"}).fetchall()
    assert told["title"]
    assert rows


@pytest.mark.parametrize("query", ["trend", "parts", "definition"])
def test_a_prepared_question_that_is_just_opened_shows_something(
    home: Path, database: sqlite3.Connection, query: str
) -> None:
    told = json.loads((home / "metadata.json").read_text("utf-8"))["databases"]["out"]["queries"][query]
    # Datasette gives what nobody has filled in yet as an empty text.
    assert database.execute(told["sql"], {"figure": "", "breakdown": ""}).fetchall()


def test_every_table_that_is_described_is_there(home: Path, database: sqlite3.Connection) -> None:
    metadata = json.loads((home / "metadata.json").read_text("utf-8"))
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    told = metadata["databases"]["out"]
    assert set(told["tables"]) < tables
    # Datasette would show a question of that name in the place of the table.
    assert tables.isdisjoint(told["queries"])


def test_it_is_written_again_in_its_place_but_over_nothing_else(home: Path) -> None:
    again = Path(copy(home / "out.db", home / "again.db"))
    run(home, "report", "export-db", str(again), "--fy", "2005")
    with closing(sqlite3.connect(again)) as database:
        assert database.execute("SELECT DISTINCT fiscal_year FROM numbers").fetchall() == [(2005,)]
    for name in ("ledger.db", "private.db", "mask.key"):
        before = (home / name).read_bytes()
        run(home, "report", "export-db", str(home / name), "--fy", "2006", code=65)
        assert (home / name).read_bytes() == before


def test_firms_have_no_such_database(home: Path) -> None:
    firm = next(
        one for one in build_service(Settings(home=home)).desk.members(MATCHBOT) if one.role == "firm"
    )
    arguments = ("report", "export-db", str(home / "mine.db"), "--as", firm.id)
    run(home, *arguments, code=77)
    assert not (home / "mine.db").exists()
