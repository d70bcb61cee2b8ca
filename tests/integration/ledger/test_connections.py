"""Connections to one file: opened once, lent to one unit of work after the other."""

import _sqlite3
import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from matchbot.sqlite import Connections, connect


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "cups.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE cups (colour TEXT)")
    return file


@pytest.fixture
def connections(file: Path) -> Connections:
    return Connections(file, partial(connect, file, is_for_one_thread=False))


def colours(connection):
    return [colour for (colour,) in connection.execute("SELECT colour FROM cups ORDER BY colour")]


def write(connection, table, colour):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO {table} VALUES ('{colour}')")


def test_the_next_unit_of_work_has_the_connection_of_the_last(connections):
    with connections.one() as first:
        pass
    with connections.one(is_read_only=True) as second:
        assert second is first


def test_two_at_once_have_one_each(connections):
    with connections.one() as first, connections.one() as second:
        assert second is not first


def test_what_was_not_committed_is_undone_before_the_next(connections):
    with connections.one() as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO cups VALUES ('blue')")
    with connections.one() as connection:
        assert not connection.in_transaction
        assert colours(connection) == []


def test_after_an_error_the_next_can_write(connections):
    with connections.one() as connection, pytest.raises(sqlite3.OperationalError):
        write(connection, "saucers", "blue")
    with connections.one() as connection:
        write(connection, "cups", "green")
        connection.execute("COMMIT")
        assert colours(connection) == ["green"]


def test_who_only_reads_cannot_write_on_a_connection_that_wrote_before(connections):
    with connections.one() as connection:
        connection.execute("INSERT INTO cups VALUES ('blue')")
    with (
        connections.one(is_read_only=True) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("INSERT INTO cups VALUES ('green')")


def test_a_file_that_came_in_the_place_of_another_is_opened(connections, file, tmp_path):
    with connections.one() as connection:
        assert colours(connection) == []
    other = Path(shutil.copy(file, tmp_path / "other.db"))
    with closing(sqlite3.connect(other)) as writing, writing:
        writing.execute("INSERT INTO cups VALUES ('red')")
    os.replace(other, file)
    with connections.one() as connection:
        assert colours(connection) == ["red"]


def test_no_more_are_kept_than_are_needed(connections):
    with connections.one() as one, connections.one() as two, connections.one() as three:
        pass
    n_open = 0
    for connection in (one, two, three):
        try:
            connection.execute("SELECT 1")
            n_open += 1
        except sqlite3.ProgrammingError:
            pass
    assert n_open == 2


def test_an_idle_connection_holds_nothing_of_what_it_has_read(connections, file):
    held = _memory_of_sqlite()
    with connections.one() as connection:
        connection.execute("CREATE TABLE saucers (pattern BLOB)")
        connection.execute("INSERT INTO saucers VALUES (randomblob(5000000))")
        connection.execute("SELECT SUM(LENGTH(pattern || '')) FROM saucers").fetchone()
        at_work = held()
    assert at_work - held() > 4_000_000


def _memory_of_sqlite():
    """What tells how much memory SQLite has, in bytes."""
    try:
        told = ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used
    except (AttributeError, OSError):
        pytest.skip("this Python's SQLite does not tell how much memory it has")
    told.restype = ctypes.c_int64
    return told


def test_a_database_is_made_without_pandas_which_would_stay_for_good(tmp_path):
    made = (
        "import sys; from pathlib import Path;"
        "from matchbot.sql import Step; from matchbot.sqlite import prepare;"
        "prepare(Path(sys.argv[1]), 'cups', [Step('cups', ('CREATE TABLE cups (colour TEXT)',))]);"
        "print('sqlite_utils' in sys.modules, 'pandas' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", made, str(tmp_path / "cups.db")], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True", "False"]
