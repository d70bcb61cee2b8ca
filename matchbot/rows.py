"""Rows of files that the desk takes in: cells by the names of their columns, and why a row is refused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from corpus.cells import day_of
from corpus.errors import Reason, RecordError, UnreadableFileError
from corpus.rows import BrokenRow, Layout, Row, header_key, read_rows

Told = TypeVar("Told")

_SEVERAL = str.maketrans({"、": " ", ",": " ", ";": " ", "\u3000": " "})


@dataclass(frozen=True, slots=True)
class RowRejection:
    """A row that says nothing usable. ``field`` is the column, "" for the whole row; ``reason`` a code with
    a text ``reason-<code>``."""

    file: str
    row: int
    field: str
    value: str
    reason: str


def rows_of(path: Path, header: Iterable[str]) -> Iterator[Row | BrokenRow]:
    """The rows of a CSV, XLSX or JSON file, streamed.

    ``header``: names of a column by which the header row is known. Raises UnreadableFileError.
    """
    try:
        return read_rows(path, Layout(), frozenset(map(header_key, header)))
    except UnreadableFileError as error:
        if error.facts["reason"] is not Reason.NO_NAME_COLUMN:
            raise
        # No mapping helps here: the columns of these files have fixed names.
        raise UnreadableFileError(file=str(path), reason=Reason.NO_KNOWN_COLUMN) from error


def rows_told(
    path: Path, told: Callable[[Row], Told], header: Sequence[str]
) -> Iterator[Told | RowRejection]:
    """What each row of a CSV, XLSX or JSON file tells, streamed; a row that raises RecordError is refused.

    ``header`` as in `rows_of`. Raises UnreadableFileError.
    """
    for row in rows_of(path, header):
        if isinstance(row, BrokenRow):
            yield RowRejection(path.name, row.number, row.column, row.value, row.reason)
            continue
        try:
            yield told(row)
        except RecordError as error:
            told_wrong = (str(error.facts[name]) for name in ("field", "value", "reason"))
            yield RowRejection(path.name, row.number, *told_wrong)


def cell(row: Row, names: Sequence[str]) -> str:
    """What stands in a column, whichever of its names it goes by; "" for nothing."""
    value = _value(row, names)
    return "" if value is None else str(value).strip()


def day(row: Row, names: Sequence[str]) -> date:
    """The day in a column, as 2026-04-01, 2026/4/1 or 令和8年4月1日. Raises RecordError with the first of its
    names."""
    value = _value(row, names)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    told = day_of(str(value or "").strip(), is_exact=True)
    if told is None:
        raise RecordError(field=names[0], value=str(value or ""), reason=Reason.NOT_A_DATE)
    return told


def several(told: str) -> tuple[str, ...]:
    """What stands in one cell, parted by spaces, commas or 、; each once."""
    return tuple(dict.fromkeys(told.translate(_SEVERAL).split()))


def _value(row: Row, names: Sequence[str]) -> Any:
    keys = map(header_key, names)
    return next((row.values[key] for key in keys if row.values.get(key) is not None), None)
