"""Files of outcomes: the yearly member survey, row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import Reason
from corpus.rows import BrokenRow, Layout, Row, header_key, read_rows
from matchbot.aftermath import Anyway, Attribution, Certainty, Novelty, OutcomeKind, Start

Word = TypeVar("Word", bound=StrEnum)


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


@dataclass(frozen=True, slots=True)
class OutcomeRejection:
    """A row that says nothing usable. ``field`` is the column, "" for the whole row; ``reason`` a code with
    a text ``reason-<code>``."""

    file: str
    row: int
    field: str
    value: str
    reason: str


_COLUMNS: Mapping[str, tuple[str, ...]] = {
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

_KINDS: Mapping[str, OutcomeKind] = {
    **{kind.value: kind for kind in OutcomeKind},
    "成約": OutcomeKind.DEAL,
    "共同研究・ライセンス": OutcomeKind.JOINT_RESEARCH,
    "融資・出資": OutcomeKind.FUNDING,
    "新事業": OutcomeKind.NEW_BUSINESS,
    "創業": OutcomeKind.FOUNDING,
    "第二創業": OutcomeKind.SECOND_FOUNDING,
    "大学発ベンチャー": OutcomeKind.UNIVERSITY_VENTURE,
    "上場": OutcomeKind.LISTING,
}
_CERTAINTIES: Mapping[str, Certainty] = {
    **{certainty.value: certainty for certainty in Certainty},
    "見込み": Certainty.EXPECTED,
    "確定": Certainty.CONFIRMED,
}
_ATTRIBUTIONS: Mapping[str, Attribution] = {
    **{attribution.value: attribution for attribution in Attribution},
    "決め手": Attribution.DECISIVE,
    "一助": Attribution.CONTRIBUTING,
    "無関係": Attribution.UNRELATED,
}
_ANYWAY: Mapping[str, Anyway] = {
    **{said.value: said for said in Anyway},
    "はい": Anyway.YES,
    "いいえ": Anyway.NO,
}
_NOVELTIES: Mapping[str, Novelty] = {novelty.value: novelty for novelty in Novelty}
_STARTS: Mapping[str, Start] = {start.value: start for start in Start}
_SEVERAL = str.maketrans({"、": " ", ",": " ", ";": " ", "\u3000": " "})
_IS_SURVEY = frozenset(map(header_key, _COLUMNS["kind"]))


class _UnusableError(Exception):
    """Why a row says nothing usable."""

    def __init__(self, field: str, value: str, reason: Reason) -> None:
        super().__init__(field)
        self.field, self.value, self.reason = field, value, reason


def read_outcomes(path: Path) -> Iterator[OutcomeRow | OutcomeRejection]:
    """The rows of a CSV, XLSX or JSON file with the columns kind, on and organisations, streamed.

    Several organisations in a cell are parted by spaces, commas or 、. A row without a certainty is
    an expectation. Raises UnreadableFileError.
    """
    for row in read_rows(path, Layout(), _IS_SURVEY):
        if isinstance(row, BrokenRow):
            yield OutcomeRejection(path.name, row.number, row.column, row.value, row.reason)
            continue
        try:
            yield _outcome_row(row)
        except _UnusableError as unusable:
            yield OutcomeRejection(path.name, row.number, unusable.field, unusable.value, unusable.reason)


def _outcome_row(row: Row) -> OutcomeRow:
    cells = {field: _cell(row, field) for field in _COLUMNS}
    organisations = tuple(dict.fromkeys(cells["organisations"].translate(_SEVERAL).split()))
    if not organisations:
        raise _UnusableError("organisations", "", Reason.EMPTY)
    return OutcomeRow(
        row=row.number,
        kind=_word(cells, "kind", _KINDS),
        on=_day(row),
        organisations=organisations,
        certainty=_word(cells, "certainty", _CERTAINTIES, Certainty.EXPECTED),
        subject_id=cells["subject_id"],
        novelty=_word(cells, "novelty", _NOVELTIES) if cells["novelty"] else None,
        start=_word(cells, "start", _STARTS) if cells["start"] else None,
        attribution=_word(cells, "attribution", _ATTRIBUTIONS) if cells["attribution"] else None,
        would_have_met=_word(cells, "would_have_met", _ANYWAY, Anyway.UNKNOWN),
        case_id=cells["case_id"],
    )


def _word(
    cells: Mapping[str, str], field: str, words: Mapping[str, Word], default: Word | None = None
) -> Word:
    cell = cells[field].casefold()
    found = words.get(cell) if cell else default
    if found is None:
        raise _UnusableError(field, cells[field], Reason.UNKNOWN_KIND if cell else Reason.EMPTY)
    return found


def _day(row: Row) -> date:
    value = _value(row, "on")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or "").strip().replace("/", "-"))
    except ValueError:
        raise _UnusableError("on", str(value or ""), Reason.NOT_A_DATE) from None


def _value(row: Row, field: str) -> Any:
    keys = map(header_key, _COLUMNS[field])
    return next((row.values[key] for key in keys if row.values.get(key) is not None), None)


def _cell(row: Row, field: str) -> str:
    value = _value(row, field)
    return "" if value is None else str(value).strip()
