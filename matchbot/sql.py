"""What the stores need of a database: statements in one dialect, whichever database understands them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar

Value = str | int | bytes | None

_TABLE = re.compile(r"(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) (\w+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its name, which stays for good, and its statements."""

    name: str
    statements: Sequence[str]


class Rows(Protocol):
    """The rows that a statement gives, each a tuple."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Sql(Protocol):
    """A connection in autocommit mode: transactions begin and end with statements of their own.

    Parameters are written ``?``, and a list of texts, handed over as one JSON text, is unfolded with
    ``SELECT value FROM json_each(?)``.
    """

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, statement: str, parameters: Sequence[Value] = ..., /) -> Rows: ...
    def executemany(self, statement: str, rows: Iterable[Sequence[Value]], /) -> object: ...


@dataclass(slots=True)
class _Part:
    """A part of a transaction. ``n_before``: how many rows were put off before it and still are."""

    n_before: int
    has_savepoint: bool = False


Connection = TypeVar("Connection", bound=Sql)


class Pending(Generic[Connection]):
    """Rows to write within a transaction, put off until something is asked that they could change.

    They are written table by table, in the order in which the tables come up, and those of one table in
    theirs: so whatever refers to a row of another table is to be added after it. A part of the transaction
    that fails takes its own back, mostly before any was written: only where one was, the part has a
    savepoint.
    """

    def __init__(self, connection: Connection, *, is_read_only: bool = False) -> None:
        """``is_read_only``: nothing is put off, so that the database can refuse it."""
        self._connection = connection
        self._is_read_only = is_read_only
        self._rows: list[tuple[str, Sequence[Value]]] = []
        self._parts: list[_Part] = []
        self._fault: Exception | None = None

    def add(self, statement: str, row: Sequence[Value]) -> None:
        """Have a row written."""
        self._rows.append((statement, row))
        if self._is_read_only:
            self._settle()

    def add_all(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Have rows written."""
        self._rows += ((statement, row) for row in rows)
        if self._is_read_only:
            self._settle()

    @property
    def unsettled(self) -> Connection:
        """The connection, for what no row that was put off can change."""
        return self._connection

    @property
    def settled(self) -> Connection:
        """The connection, with every row written."""
        self.settle()
        return self._connection

    @property
    def writable(self) -> Connection:
        """The connection, to write with at once: what is written goes with the part."""
        self._settle(is_writing=True)
        return self._connection

    def settle(self) -> None:
        """Write every row."""
        if self._rows or self._fault:
            self._settle()

    def begin_part(self) -> None:
        """What is added from now on can be undone alone."""
        self._parts.append(_Part(len(self._rows)))

    def undo_part(self) -> None:
        """Take back what was added since the part began."""
        part = self._parts[-1]
        del self._rows[part.n_before :]
        if part.has_savepoint:
            self._connection.execute("ROLLBACK TO part")

    def end_part(self) -> None:
        """What is left of the part belongs to what it is a part of."""
        if self._parts.pop().has_savepoint:
            self._connection.execute("RELEASE part")

    def _settle(self, *, is_writing: bool = False) -> None:
        if self._fault is not None:  # Rows of other parts may be lost: none of the transaction is kept.
            raise self._fault
        rows, self._rows = self._rows, []
        n_written = 0
        try:
            for part in self._parts:
                self._write(rows[n_written : part.n_before])
                n_written, part.n_before = max(n_written, part.n_before), 0
                if not part.has_savepoint and (is_writing or n_written < len(rows)):
                    self._connection.execute("SAVEPOINT part")
                    part.has_savepoint = True
            self._write(rows[n_written:])
        except Exception as fault:
            self._fault = fault
            raise

    def _write(self, rows: Sequence[tuple[str, Sequence[Value]]]) -> None:
        by_table: dict[str, list[tuple[str, Sequence[Value]]]] = {}
        for statement, row in rows:
            by_table.setdefault(_table(statement), []).append((statement, row))
        for of_one in by_table.values():
            for statement, together in groupby(of_one, itemgetter(0)):
                self._connection.executemany(statement, [row for _, row in together])


@cache
def _table(statement: str) -> str:
    """The table that a statement changes."""
    found = _TABLE.match(statement)
    if found is None:
        raise ValueError(f"this changes no table: {statement}")
    return found[1]
