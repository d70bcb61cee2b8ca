"""Files as rows: CSV (UTF-8 or CP932), XLSX, JSON Lines and JSON, numbered as a person counts them."""

import codecs
import csv
import json
import re
import unicodedata
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from corpus.errors import Reason, UnreadableFileError

if TYPE_CHECKING:
    from openpyxl import Workbook

_HEADER_IS_WITHIN = 10
"""Rows: a sheet may open with a title or two, the header comes soon after."""
_QUOTED_LINES = 200
"""Lines: a quoted cell longer than this is a quote that was never closed."""
_JSON_IS_SEEN_WITHIN = 100
"""Lines: where none of the first ones is an object, the file is something else."""
_CELL_LIMIT = 10_000_000
"""Characters; the text of `Reason.LONG_CELL` names it."""
_WRONG_BYTE = re.compile(r"[\x80\udc80-\udcff\uf8f0-\uf8f3]")
"""What a byte outside the encoding is read as: of CP932, five single bytes are none, yet get a character."""
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out, where that is not seen from the file itself. Empty: find out."""

    encoding: str = ""
    sheet: str = ""
    header_row: int = 0
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``values`` by ``header_key``; ``headers`` gives each key as the file writes it.

    ``number`` counts as a person does: records from the top of a table (the header is 1), lines of JSONL,
    items of a JSON list.
    """

    number: int
    values: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be taken apart; the rows around it can. ``column`` is "" for the whole row."""

    number: int
    column: str
    value: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class _BrokenLine:
    """A line of a table where no record can be read, and why."""

    text: str
    reason: Reason


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """What two spellings of one column header have in common: no width, case or space.

    >>> header_key(" ＵＲＬ "), header_key("法人 番号")
    ('url', '法人番号')
    """
    return "".join(unicodedata.normalize("NFKC", header).casefold().split())


def read_rows(path: Path, layout: Layout, name_columns: frozenset[str]) -> Iterator[Row | BrokenRow]:
    """The rows of a file, streamed, without blank ones.

    ``name_columns`` are the keys of which one at least makes a header a header, and a file one that can
    be imported. All that can be wrong with the file as a whole is looked for before this returns.

    Raises UnreadableFileError.
    """
    reader = _READERS.get(path.suffix.lower())
    if not path.is_file():
        raise UnreadableFileError(file=str(path), reason=Reason.MISSING)
    if reader is None:
        raise UnreadableFileError(file=str(path), reason=Reason.UNKNOWN_TYPE)
    try:
        if not path.stat().st_size:
            raise UnreadableFileError(file=str(path), reason=Reason.NO_ROWS)
        return reader(path, layout, name_columns)
    except OSError as error:
        raise UnreadableFileError(file=str(path), reason=Reason.NOT_READABLE) from error


# Text


def encoding_of(path: Path) -> str:
    """The encoding of a text file, from its bytes: a byte order mark, else UTF-8 or CP932.

    Lines vote, so that one wrong byte does not turn a UTF-8 file into CP932, whose bytes almost any
    Japanese UTF-8 text can be read as; the other way round, Japanese CP932 is hardly ever valid UTF-8.
    A few short cells are (ﾒ① is, say), so the first line, where the headers stand, has two votes.

    Raises UnreadableFileError for what is no text, or reads as neither.
    """
    with path.open("rb") as file:
        start = file.read(8192)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\0" in start or start.startswith((b"PK\x03\x04", b"%PDF")):
            raise UnreadableFileError(file=str(path), reason=Reason.NOT_TEXT)
        file.seek(0)
        n_lines = n_utf8 = n_cp932 = 0
        for line in file:
            if not line.isascii():
                votes = 1 if n_lines else 2
                n_lines += votes
                n_utf8 += votes * _decodes(line, "utf-8")
                n_cp932 += votes * _decodes(line, "cp932")
    if 2 * n_utf8 >= n_lines:
        return "utf-8-sig"
    if 2 * n_cp932 >= n_lines:
        return "cp932"
    raise UnreadableFileError(file=str(path), reason=Reason.UNKNOWN_ENCODING)


def _decodes(line: bytes, encoding: str) -> bool:
    return not _has_wrong_byte(line.decode(encoding, "surrogateescape"))


def _lines(path: Path, layout: Layout) -> Iterator[str]:
    """The lines of a text file; a byte that does not decode becomes a lone surrogate."""
    encoding = layout.encoding or encoding_of(path)
    if codecs.lookup(encoding).name == "utf-8":
        encoding = "utf-8-sig"

    def stream() -> Iterator[str]:
        with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
            yield from file

    return stream()


def _has_wrong_byte(text: str) -> bool:
    return not text.isascii() and _WRONG_BYTE.search(text) is not None


def _readable(text: str) -> str:
    return _WRONG_BYTE.sub("\ufffd", text)


# Tables

_Cells = Sequence[Any] | _BrokenLine
_DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, ParseError)
"""What openpyxl lets through of a workbook that is none, or no more."""


def _csv_rows(path: Path, layout: Layout, name_columns: frozenset[str]) -> Iterator[Row | BrokenRow]:
    lines = _lines(path, layout)
    first = next(lines, "")
    delimiter = layout.delimiter or max(",\t", key=first.count)
    csv.field_size_limit(_CELL_LIMIT)
    records = enumerate(_records(chain([first], lines), delimiter), start=1)
    found = _header(records, layout, name_columns)
    if found is None:
        raise UnreadableFileError(file=str(path), reason=Reason.NO_NAME_COLUMN)
    return _table_rows(found, records)


def _records(lines: Iterator[str], delimiter: str) -> Iterator[list[str] | _BrokenLine]:
    """Each record of a CSV text, or the line at which one breaks: reading goes on at the next line."""
    ahead: deque[str] = deque()
    width = 0

    def next_line() -> str | None:
        return ahead.popleft() if ahead else next(lines, None)

    while (line := next_line()) is not None:
        taken = [line]
        cells, is_open = _parsed(taken, delimiter)
        while is_open and len(taken) < _QUOTED_LINES and (following := next_line()) is not None:
            taken.append(following)
            cells, is_open = _parsed(taken, delimiter)
        # A quote never closed is closed by the next one that opens. That shows: the record gets wider than
        # all before it, and what it swallowed is a record by itself.
        if isinstance(cells, list) and len(taken) > 1 and len(cells) > width:
            swallowed, _ = _parsed(taken[1:2], delimiter)
            if isinstance(swallowed, list) and len(swallowed) == width:
                cells = Reason.BROKEN_QUOTES
        if isinstance(cells, list):
            width = max(width, len(cells))
            yield cells
        else:
            ahead.extendleft(reversed(taken[1:]))
            yield _BrokenLine(line, cells)


def _parsed(lines: Sequence[str], delimiter: str) -> tuple[list[str] | Reason, bool]:
    """The cells of a record, or why there are none; and whether one is still open at its end."""
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), []), False
    except csv.Error as error:
        reason = Reason.LONG_CELL if "field limit" in str(error) else Reason.BROKEN_QUOTES
        return reason, "end of data" in str(error)


def _xlsx_rows(path: Path, layout: Layout, name_columns: frozenset[str]) -> Iterator[Row | BrokenRow]:
    # Half a second to import: only for those who read workbooks.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Every part is read once beforehand, so that damage shows before anything is loaded.
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None:
                raise UnreadableFileError(file=str(path), reason=Reason.NOT_A_WORKBOOK)
        book = load_workbook(path, read_only=True, data_only=True)
        if layout.sheet and layout.sheet not in book.sheetnames:
            raise UnreadableFileError(file=str(path), reason=Reason.NO_SUCH_SHEET)
        for sheet in [book[layout.sheet]] if layout.sheet else book.worksheets:
            sheet.reset_dimensions()
            records = enumerate(sheet.iter_rows(values_only=True), start=1)
            if found := _header(records, layout, name_columns):
                return _sheet_rows(path, book, _table_rows(found, records))
    except (*_DAMAGE, InvalidFileException) as error:
        raise UnreadableFileError(file=str(path), reason=Reason.NOT_A_WORKBOOK) from error
    raise UnreadableFileError(file=str(path), reason=Reason.NO_NAME_COLUMN)


def _sheet_rows(path: Path, book: "Workbook", rows: Iterator[Row | BrokenRow]) -> Iterator[Row | BrokenRow]:
    with closing(book):
        try:
            yield from rows
        except _DAMAGE as error:
            raise UnreadableFileError(file=str(path), reason=Reason.NOT_A_WORKBOOK) from error


def _header(
    records: Iterator[tuple[int, _Cells]], layout: Layout, name_columns: frozenset[str]
) -> list[str] | None:
    """The cells of the header, with ``records`` moved behind it."""
    n_rows = layout.header_row or _HEADER_IS_WITHIN
    for number, cells in islice(records, n_rows):
        if isinstance(cells, _BrokenLine) or (layout.header_row and number < layout.header_row):
            continue
        headers = ["" if cell is None else str(cell).strip() for cell in cells]
        if not name_columns.isdisjoint(map(header_key, headers)):
            return headers
    return None


def _table_rows(headers: Sequence[str], records: Iterable[tuple[int, _Cells]]) -> Iterator[Row | BrokenRow]:
    keys = [header_key(header) for header in headers]
    as_written = {key: header for key, header in zip(reversed(keys), reversed(headers), strict=True) if key}
    for number, cells in records:
        if isinstance(cells, _BrokenLine):
            yield BrokenRow(number, "", _readable(cells.text).strip(), cells.reason)
        elif any(cell is not None and cell != "" for cell in cells):
            yield _table_row(number, cells, keys, as_written)


def _table_row(
    number: int, cells: Sequence[Any], keys: Sequence[str], headers: Mapping[str, str]
) -> Row | BrokenRow:
    # Shorter rows are usual: spreadsheets leave out what is empty at the end.
    for extra in cells[len(keys) :]:
        if extra is not None and extra != "":
            return BrokenRow(number, "", str(extra), Reason.TOO_MANY_CELLS)
    values: dict[str, Any] = {}
    for key, cell in zip(keys, cells, strict=False):
        if isinstance(cell, str) and _has_wrong_byte(cell):
            return BrokenRow(number, headers.get(key, ""), _readable(cell), Reason.BAD_ENCODING)
        # Of two columns with the same header, the first that is filled counts.
        if key and (key not in values or values[key] in (None, "")):
            values[key] = cell
    return Row(number, values, headers)


# JSON


def _jsonl_rows(path: Path, layout: Layout, name_columns: frozenset[str]) -> Iterator[Row | BrokenRow]:
    lines = ((n, line) for n, line in enumerate(_lines(path, layout), start=1) if line.strip())
    return _checked(path, (_jsonl_row(number, line) for number, line in lines), name_columns)


def _jsonl_row(number: int, line: str) -> Row | BrokenRow:
    if _has_wrong_byte(line):
        return BrokenRow(number, "", _readable(line).strip(), Reason.BAD_ENCODING)
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return BrokenRow(number, "", line.strip(), Reason.NOT_JSON)
    return _json_row(number, item, line)


def _json_rows(path: Path, layout: Layout, name_columns: frozenset[str]) -> Iterator[Row | BrokenRow]:
    try:
        text = path.read_bytes().decode(layout.encoding or encoding_of(path))
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(file=str(path), reason=Reason.NOT_JSON) from error
    if not isinstance(items, list):
        raise UnreadableFileError(file=str(path), reason=Reason.NOT_JSON)
    return _checked(path, (_json_row(n, item, text) for n, item in enumerate(items, start=1)), name_columns)


def _json_row(number: int, item: object, text: str) -> Row | BrokenRow:
    # Half a surrogate pair can stand in an escape, and in no encoding.
    if "\\ud" in text.lower() and _LONE_SURROGATE.search(json.dumps(item, ensure_ascii=False)):
        return BrokenRow(number, "", json.dumps(item), Reason.BAD_ENCODING)
    if not isinstance(item, dict):
        return BrokenRow(number, "", json.dumps(item, ensure_ascii=False), Reason.NOT_AN_OBJECT)
    return Row(number, keyed(item), {header_key(name): name for name in item})


def keyed(item: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON object by header keys; an object inside it is reached through dots (``address.city``)."""
    values: dict[str, Any] = {}
    for name, value in item.items():
        key = header_key(name)
        values.setdefault(key, value)
        if isinstance(value, dict):
            for inner, inner_value in keyed(value).items():
                values.setdefault(f"{key}.{inner}", inner_value)
    return values


def _checked(
    path: Path, rows: Iterator[Row | BrokenRow], name_columns: frozenset[str]
) -> Iterator[Row | BrokenRow]:
    """``rows``, once the first of them have shown that organisations are named here."""
    first = list(islice(rows, _JSON_IS_SEEN_WITHIN))
    objects = [row for row in first if isinstance(row, Row)]
    if first and not objects:
        raise UnreadableFileError(file=str(path), reason=Reason.NOT_JSON)
    if all(name_columns.isdisjoint(row.values) for row in objects):
        raise UnreadableFileError(file=str(path), reason=Reason.NO_NAME_COLUMN if first else Reason.NO_ROWS)
    return chain(first, rows)


_Reader = Callable[[Path, Layout, frozenset[str]], Iterator[Row | BrokenRow]]
_READERS: Mapping[str, _Reader] = {
    ".csv": _csv_rows,
    ".tsv": _csv_rows,
    ".txt": _csv_rows,
    ".xlsx": _xlsx_rows,
    ".xlsm": _xlsx_rows,
    ".jsonl": _jsonl_rows,
    ".ndjson": _jsonl_rows,
    ".json": _json_rows,
}
