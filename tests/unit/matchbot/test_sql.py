"""Rows that are put off within a transaction: written in their order, and taken back with their part."""

import sqlite3

import pytest

from matchbot.sql import Pending

INSERT, CHANGE = "INSERT INTO done VALUES (?)", "UPDATE done SET what = what || ?"


class Watched(sqlite3.Connection):
    """A connection that knows which statements it was given."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.given = []
        self.set_trace_callback(self.given.append)


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=Watched)
    connection.execute("CREATE TABLE done (what TEXT NOT NULL)")
    connection.execute("BEGIN IMMEDIATE")
    connection.given.clear()
    yield connection
    connection.close()


@pytest.fixture
def pending(connection):
    return Pending(connection)


def done(connection):
    return [what for (what,) in connection.execute("SELECT what FROM done ORDER BY rowid")]


def test_what_is_put_off_is_written_when_it_is_asked_for(pending, connection):
    pending.add(INSERT, ["a"])
    assert done(pending.unsettled) == []
    assert done(pending.settled) == ["a"]


def test_rows_are_written_in_their_order(pending):
    pending.add(INSERT, ["a"])
    pending.add(CHANGE, ["!"])
    pending.add_all(INSERT, [["b"], ["c"]])
    assert done(pending.settled) == ["a!", "b", "c"]


def test_the_rows_of_a_table_are_written_together_and_the_tables_in_the_order_they_come_up(
    pending, connection
):
    connection.execute("CREATE TABLE after (what TEXT NOT NULL)")
    for what in "abc":
        pending.add(INSERT, [what])
        pending.add("INSERT OR REPLACE INTO after VALUES (?)", [what])
    pending.add("DELETE FROM done WHERE what = ?", ["b"])
    connection.given.clear()
    pending.settle()
    assert [" ".join(statement.split()[:-1]) for statement in connection.given] == [
        *["INSERT INTO done VALUES"] * 3,
        "DELETE FROM done WHERE what =",
        *["INSERT OR REPLACE INTO after VALUES"] * 3,
    ]
    assert done(pending.unsettled) == ["a", "c"]


def test_what_changes_no_table_is_not_put_off_for_ever(pending):
    pending.add("SELECT ?", ["a"])
    with pytest.raises(ValueError, match="no table"):
        pending.settle()


def test_a_part_that_wrote_nothing_is_undone_without_a_savepoint(pending, connection):
    pending.add(INSERT, ["before"])
    pending.begin_part()
    pending.add(INSERT, ["within"])
    pending.undo_part()
    pending.end_part()
    assert done(pending.settled) == ["before"]
    assert not any("SAVEPOINT" in statement for statement in connection.given)


def test_a_part_is_undone_also_where_it_was_written_while_what_came_before_stays(pending):
    pending.add(INSERT, ["before"])
    pending.begin_part()
    pending.add(INSERT, ["written"])
    assert done(pending.settled) == ["before", "written"]
    pending.add(INSERT, ["put off"])
    pending.undo_part()
    pending.end_part()
    pending.add(INSERT, ["after"])
    assert done(pending.settled) == ["before", "after"]


def test_only_the_inner_part_is_undone(pending):
    pending.begin_part()
    pending.add(INSERT, ["outer"])
    pending.begin_part()
    pending.add(INSERT, ["inner"])
    pending.settle()
    pending.undo_part()
    pending.end_part()
    pending.end_part()
    assert done(pending.settled) == ["outer"]


def test_the_outer_part_takes_the_inner_one_with_it(pending):
    pending.add(INSERT, ["before"])
    pending.begin_part()
    pending.begin_part()
    pending.add(INSERT, ["inner"])
    pending.settle()
    pending.end_part()
    pending.undo_part()
    pending.end_part()
    assert done(pending.settled) == ["before"]


def test_what_is_written_at_once_goes_with_its_part(pending):
    pending.begin_part()
    pending.writable.execute(INSERT, ["at once"])
    pending.undo_part()
    pending.end_part()
    assert done(pending.settled) == []


def test_where_rows_could_not_be_written_nothing_goes_on(pending):
    pending.add(INSERT, ["a"])
    pending.add(INSERT, [None])
    for _ in range(2):
        with pytest.raises(sqlite3.IntegrityError):
            pending.settle()


def test_where_nothing_may_be_written_the_database_says_so_at_once(connection):
    connection.execute("PRAGMA query_only = 1")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        Pending(connection, is_read_only=True).add(INSERT, ["a"])
