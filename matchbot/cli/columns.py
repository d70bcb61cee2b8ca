"""Text in columns of the screen, where a kanji takes two. Pure."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

GAP = "  "
"""What stands between two columns of a table."""


def width(text: str) -> int:
    """How many columns a text takes.

    >>> width("GPS付き")
    7
    """
    return sum(2 if is_wide(character) else 1 for character in text)


def is_wide(character: str) -> bool:
    """Whether a character takes two columns."""
    return east_asian_width(character) in "WF"


def table_lines(
    header: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]
) -> Iterator[str]:
    """The lines of a table: header, rule, rows; ``numeric`` columns stand to the right.

    No cell is cut or wrapped, so that each row stays one line for whatever reads it; put the columns
    that may be long last, for terminals that are narrow.
    """
    widths = [max(width(cell) for cell in cells) for cells in zip(header, *rows, strict=True)]
    yield _line(header, widths, numeric)
    yield GAP.join("─" * taken for taken in widths)
    for row in rows:
        yield _line(row, widths, numeric)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        " " * (taken - width(cell)) + cell if is_number else cell + " " * (taken - width(cell))
        for cell, taken, is_number in zip(cells, widths, numeric, strict=True)
    )
    return GAP.join(padded).rstrip()
