"""Files of outcomes: the yearly member survey, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from corpus.errors import Reason, RecordError
from corpus.rows import Row
from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, Novelty, OutcomeKind, Start
from matchbot.errors import RowFault
from matchbot.rows import Columns, RowsTold, cell, day, several
from matchbot.terms import meant

Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """One outcome that a member reported; the first of its organisations is the one that says so."""

    row: int
    kind: OutcomeKind
    on: date
    organisations: tuple[str, ...]
    certainty: Certainty
    subject_id: str = ""
    novelty: Novelty | None = None
    start: Start | None = None
    attribution: Attribution | None = None
    would_have_met: Anyway = Anyway.UNKNOWN
    case_id: str = ""


_COLUMNS: Columns = {
    "kind": ("kind", "種類"),
    "on": ("on", "date", "年月日", "日付"),
    "organisations": ("organisations", "organisation", "機関"),
    "certainty": ("certainty", "見込み・確定", "確度"),
    "subject_id": ("subject", "business", "事業id", "会社id"),
    "novelty": ("novelty", "新規性"),
    "start": ("start", "開始の根拠"),
    "attribution": ("attribution", "寄与"),
    "would_have_met": ("anyway", "紹介なしでも"),
    "case_id": ("case", "案件"),
}

_UNKNOWN: Mapping[str, RowFault] = {
    "kind": RowFault.OUTCOME_KIND,
    "certainty": RowFault.CERTAINTY,
    "novelty": RowFault.NOVELTY,
    "start": RowFault.START,
    "attribution": RowFault.ATTRIBUTION,
    "would_have_met": RowFault.ANYWAY,
}


def read_outcomes(path: Path) -> RowsTold[OutcomeRow]:
    """The rows of a CSV, XLSX or JSON file with the columns kind, on and organisations, streamed.

    Several organisations in a cell are parted by spaces, commas or 、. A row without a certainty is
    an expectation. Raises UnreadableFileError.
    """
    return RowsTold(path, _outcome_row, _COLUMNS, known_by="kind")


def _outcome_row(row: Row) -> OutcomeRow:
    cells = {field: cell(row, names) for field, names in _COLUMNS.items()}
    organisations = several(cells["organisations"])
    if not organisations:
        raise RecordError(field="organisations", value="", reason=Reason.EMPTY)
    return OutcomeRow(
        row=row.number,
        kind=_value(cells, "kind", OutcomeKind, "outcome"),
        on=day(row, _COLUMNS, "on"),
        organisations=organisations,
        certainty=_value(cells, "certainty", Certainty, "certainty", Certainty.EXPECTED),
        subject_id=cells["subject_id"],
        novelty=_value(cells, "novelty", Novelty, "novelty") if cells["novelty"] else None,
        start=_value(cells, "start", Start, "start") if cells["start"] else None,
        attribution=_value(cells, "attribution", Attribution, "attribution")
        if cells["attribution"]
        else None,
        would_have_met=_value(cells, "would_have_met", Anyway, "slack-anyway", Anyway.UNKNOWN),
        case_id=cells["case_id"],
    )


def _value(
    cells: Mapping[str, str], field: str, values: type[Value], key: str, default: Value | None = None
) -> Value:
    written = cells[field]
    found = meant(written, values, key) if written else default
    if found is None:
        reason = _UNKNOWN[field] if written else Reason.EMPTY
        raise RecordError(field=field, value=written, reason=reason)
    return found
