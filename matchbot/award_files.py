"""Files of awards: who won what another scheme gives, row by row."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import Reason, RecordError
from corpus.names import valid_corporate_number
from corpus.rows import Row
from matchbot.rows import Columns, RowsTold, cell, day, several


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """One award; ``winners`` are corporate numbers, or ids of organisations without one (``seed:…``).

    ``award_id`` is unique within its scheme.
    """

    row: int
    scheme: str
    award_id: str
    on: date
    winners: tuple[str, ...]


_COLUMNS: Columns = {
    "winners": ("winners", "winner", "法人番号", "機関"),
    "scheme": ("scheme", "制度", "事業名"),
    "award_id": ("award", "id", "採択番号", "認定番号"),
    "on": ("on", "date", "年月日", "採択日", "認定日"),
}


def read_awards(path: Path) -> RowsTold[AwardRow]:
    """The rows of a CSV, XLSX or JSON file with the columns winners, scheme, award and on, streamed.

    Several corporate numbers in a cell are parted by spaces, commas or 、. Raises UnreadableFileError.
    """
    return RowsTold(path, _award_row, _COLUMNS, known_by="winners")


def _award_row(row: Row) -> AwardRow:
    return AwardRow(
        row=row.number,
        scheme=_filled(row, "scheme"),
        award_id=_filled(row, "award_id"),
        on=day(row, _COLUMNS, "on"),
        winners=tuple(dict.fromkeys(map(_winner, several(_filled(row, "winners"))))),
    )


def _filled(row: Row, field: str) -> str:
    told = cell(row, _COLUMNS[field])
    if not told:
        raise RecordError(field=field, value="", reason=Reason.EMPTY)
    return told


def is_id(winner: str) -> bool:
    """Whether a winner is told by an id of ours and not by a corporate number, which anybody may have."""
    return ":" in winner


def _winner(told: str) -> str:
    if is_id(told):
        return told
    try:
        return valid_corporate_number(told)
    except RecordError as error:
        raise RecordError(field="winners", value=told, reason=error.facts["reason"]) from None
