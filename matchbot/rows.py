"""Rows of files that the desk takes in: cells by the names of their columns, and why a row is refused."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from corpus.cells import day_of
from corpus.errors import Reason, RecordError, UnreadableFileError
from corpus.rows import BrokenRow, Layout, Row, header_key, read_rows

Told = TypeVar("Told")
Taken = TypeVar("Taken")
Columns = Mapping[str, Sequence[str]]
"""The names by which a file may call the column of each field, that of a new file first."""

_SEVERAL = str.maketrans({"、": " ", ",": " ", ";": " ", "\u3000": " "})


@dataclass(frozen=True, slots=True)
class RowRejection:
    """A row that says nothing usable. ``field`` is the column as the file writes it, "" for the whole row;
    ``reason`` a code with a text ``reason-<code>``."""

    file: str
    row: int
    field: str
    value: str
    reason: str


class RowsTold(Generic[Told]):
    """What each row of a CSV, XLSX or JSON file tells, streamed once; one that cannot be used is refused."""

    def __init__(self, path: Path, told: Callable[[Row], Told], columns: Columns, *, known_by: str) -> None:
        """``told``: gives what a row tells, or raises RecordError; ``known_by``: by which field's column the
        header row is known. Raises UnreadableFileError."""
        self._file = path.name
        self._told = told
        self._columns = columns
        self._headers: dict[str, str] = {}
        try:
            self._rows = read_rows(path, Layout(), frozenset(map(header_key, columns[known_by])))
        except UnreadableFileError as error:
            if error.facts["reason"] is not Reason.NO_NAME_COLUMN:
                raise
            # No mapping helps here: the columns of these files have fixed names.
            raise UnreadableFileError(file=str(path), reason=Reason.NO_KNOWN_COLUMN) from error

    def __iter__(self) -> Iterator[Told | RowRejection]:
        for row in self._rows:
            if isinstance(row, BrokenRow):
                yield RowRejection(self._file, row.number, row.column, row.value, row.reason)
                continue
            self._headers.update(row.headers)
            try:
                yield self._told(row)
            except RecordError as error:
                field, value, reason = (str(error.facts[name]) for name in ("field", "value", "reason"))
                yield self.refused(row.number, field, value, reason)

    def taken(
        self, take: Callable[[Told], Taken | RowRejection]
    ) -> tuple[list[Taken], tuple[RowRejection, ...]]:
        """What ``take`` makes of each row that tells something, and the rows that it or the file refused."""
        told = [row if isinstance(row, RowRejection) else take(row) for row in self]
        rejections = tuple(one for one in told if isinstance(one, RowRejection))
        return [one for one in told if not isinstance(one, RowRejection)], rejections

    def refused(self, row: int, field: str, value: str, reason: str) -> RowRejection:
        """A row that cannot be used for what stands in a field ("": for all of it), by the header that the
        column has in this file; one that it lacks by the first of its names."""
        names = self._columns[field] if field else ("",)
        known = (self._headers[key] for key in map(header_key, names) if key in self._headers)
        return RowRejection(self._file, row, next(known, names[0]), value, reason)


def cell(row: Row, names: Sequence[str]) -> str:
    """What stands in a column, whichever of its names it goes by; "" for nothing."""
    value = _value(row, names)
    return "" if value is None else str(value).strip()


def day(row: Row, columns: Columns, field: str) -> date:
    """The day in the column of a field, as 2026-04-01, 2026/4/1 or 令和8年4月1日. Raises RecordError."""
    value = _value(row, columns[field])
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    told = day_of(str(value or "").strip(), is_exact=True)
    if told is None:
        raise RecordError(field=field, value=str(value or ""), reason=Reason.NOT_A_DATE)
    return told


def several(told: str) -> tuple[str, ...]:
    """What stands in one cell, parted by spaces, commas or 、; each once."""
    return tuple(dict.fromkeys(told.translate(_SEVERAL).split()))


def _value(row: Row, names: Sequence[str]) -> Any:
    keys = map(header_key, names)
    return next((row.values[key] for key in keys if row.values.get(key) is not None), None)
