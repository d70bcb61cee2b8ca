"""Workbooks: a sheet for each set of indicators, and the data dictionary."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from matchbot.desk import Counted
from matchbot.indicators import FIGURES, Group
from matchbot.reporting.tables import DEFINITION_COLUMNS, PROGRESS_COLUMNS, SHEET_COLUMNS, Cell, Reader

_WIDEST = 60


def write_workbook(file: Path, counted: Counted, reader: Reader) -> None:
    """Write values to an XLSX file, with what they are and mean."""
    book = Workbook()
    book.remove(book.worksheets[0])
    notes = [
        (reader.period(counted.period), f"{counted.period.first} – {counted.period.last}"),
        (reader.texts("column-known-at"), counted.as_of.isoformat(timespec="seconds")),
        (reader.texts("column-ledger"), str(counted.head)),
    ]
    if counted.is_sample:
        notes.insert(0, (reader.texts("ledger-is-sample"), ""))
    for group in Group:
        values = [value for value in counted.values if FIGURES[value.figure][0].group is group]
        if values:
            sheet = book.create_sheet(reader.texts(f"set-{group}")[:31])
            for note in notes:
                sheet.append(note)
            rows = [reader.sheet_row(value, counted) for value in values]
            write_table(sheet, reader.headings(SHEET_COLUMNS), rows)
    if counted.progress:
        targets = book.create_sheet(reader.texts("report-targets"))
        rows = [reader.progress_row(one) for one in counted.progress]
        write_table(targets, reader.headings(PROGRESS_COLUMNS), rows)
    dictionary = book.create_sheet(reader.texts("sheet-dictionary"))
    write_table(dictionary, reader.headings(DEFINITION_COLUMNS), reader.dictionary())
    book.save(file)


def write_table(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Add a table below what the sheet has, its headings bold and in sight while it is scrolled."""
    if next(sheet.values, None) is not None:
        sheet.append(())
    sheet.append(list(headings))
    top = sheet.max_row
    for number in range(1, len(headings) + 1):
        sheet.cell(row=top, column=number).font = Font(bold=True)
    for row in rows:
        sheet.append(list(row))
    sheet.freeze_panes = f"A{top + 1}"
    widths = [[_columns(str(cell or "")) for cell in row] for row in (headings, *rows)]
    for number, column in enumerate(zip(*widths, strict=True), 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(_WIDEST, max(column) + 2)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row_widths, cells in zip(widths, sheet.iter_rows(min_row=top), strict=True):
        # Styles take longer than all the rest: only rows that are too wide have one.
        if max(row_widths) > _WIDEST - 2:
            for written in cells:
                written.alignment = wrapped


def _columns(text: str) -> int:
    """How many columns of a screen a text takes: two for each wide character."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
