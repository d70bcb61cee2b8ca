"""The rows that the registry holds of organisations: those of one that is asked for, or all in one pass."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Protocol

Row = tuple[str, ...]

_OF_ONE = "WHERE organisation_id = ?"
_NO_GROUP: tuple[str, Iterator[Row]] = ("", iter(()))


def _statements(which: str = "") -> str:
    return (
        f"SELECT organisation_id, content FROM statements {which} "
        "ORDER BY organisation_id, as_of DESC, source"
    )


def _passages(which: str = "") -> str:
    return (
        "SELECT id, organisation_id, type, title, text, fields, source, as_of, url FROM passages_in_force "
        f"{which} ORDER BY organisation_id, id"
    )


def _memberships(which: str = "") -> str:
    return (
        "SELECT organisation_id, cluster_id, role, valid_from, recorded_at, network FROM memberships "
        f"{which} ORDER BY organisation_id, id"
    )


class Holdings(Protocol):
    """What is held of one organisation after another."""

    def statements(self, id: str) -> Iterable[Row]:
        """Organisation and content: the newest first, those of one day by name of source."""

    def passages(self, id: str) -> Iterable[Row]:
        """Those in force, by id: the first nine columns of a `passage_row`."""

    def memberships(self, id: str) -> Iterable[Row]:
        """All statements, in the order of their recording, each a `membership_row`."""


class Asked:
    """Asks for what is held of each organisation by itself, in any order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def statements(self, id: str) -> Iterable[Row]:
        return self._sql.execute(_statements(_OF_ONE), [id])

    def passages(self, id: str) -> Iterable[Row]:
        return self._sql.execute(_passages(_OF_ONE), [id])

    def memberships(self, id: str) -> Iterable[Row]:
        return self._sql.execute(_memberships(_OF_ONE), [id])


class InOnePass:
    """Reads three tables beside each other, each once: for whoever goes through all organisations.

    Each may be asked for once, and in the order of their ids; any may be left out. Memory does not grow
    with their number.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._statements = _Ordered(connection.execute(_statements()), owner=0)
        self._passages = _Ordered(connection.execute(_passages()), owner=1)
        self._memberships = _Ordered(connection.execute(_memberships()), owner=0)

    def statements(self, id: str) -> Iterable[Row]:
        return self._statements.of(id)

    def passages(self, id: str) -> Iterable[Row]:
        return self._passages.of(id)

    def memberships(self, id: str) -> Iterable[Row]:
        return self._memberships.of(id)


class _Ordered:
    """Rows in the order of the organisations that they are of: the id of each is in the column ``owner``."""

    def __init__(self, rows: Iterator[Row], *, owner: int) -> None:
        self._groups: Iterator[tuple[str, Iterator[Row]]] = groupby(rows, key=itemgetter(owner))
        self._id, self._rows = next(self._groups, _NO_GROUP)

    def of(self, id: str) -> Iterable[Row]:
        """The rows of the next organisation that is asked for."""
        while self._id and self._id < id:
            self._id, self._rows = next(self._groups, _NO_GROUP)
        return self._rows if self._id == id else ()
