"""Files of targets: what figures are to reach, row by row."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from corpus.errors import Reason, RecordError
from corpus.rows import Row
from matchbot.indicators.periods import Period
from matchbot.rows import Columns, RowsTold, cell, day


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One target; ``cluster``: an id, "" for the programme. ``reason``: needed where it changes one."""

    row: int
    figure: str
    period: Period
    value: float
    cluster: str
    source: str
    reason: str


_COLUMNS: Columns = {
    "figure": ("figure", "指標"),
    "cluster": ("cluster", "クラスター", "プロジェクト"),
    "year": ("fy", "年度"),
    "first": ("from", "初日"),
    "last": ("to", "末日"),
    "value": ("value", "target", "目標", "目標値"),
    "source": ("source", "出典"),
    "reason": ("reason", "理由"),
}

_FIGURES: Mapping[str, str] = {
    "新事業開始件数": "I10a",
    "商談成立件数": "I09a",
    "創業件数": "I11a",
    "上場件数": "I12",
    "顧客満足度": "I24a",
}
"""The programme's own names of what it measures itself by."""


def read_targets(path: Path) -> RowsTold[TargetRow]:
    """The rows of a CSV, XLSX or JSON file with the columns figure, value, and fy or from and to, streamed.

    Raises UnreadableFileError.
    """
    return RowsTold(path, _target_row, _COLUMNS, known_by="figure")


def _target_row(row: Row) -> TargetRow:
    told = {field: cell(row, names) for field, names in _COLUMNS.items()}
    return TargetRow(
        row=row.number,
        figure=_FIGURES.get(told["figure"], told["figure"]),
        period=_period(row, told["year"]),
        value=number(told["value"], "value"),
        cluster=told["cluster"],
        source=told["source"],
        reason=told["reason"],
    )


def _period(row: Row, year: str) -> Period:
    if year:
        return fiscal_year(year)
    first, last = day(row, _COLUMNS, "first"), day(row, _COLUMNS, "last")
    if last < first:
        raise RecordError(field="last", value=last.isoformat(), reason=Reason.NOT_A_DATE)
    return Period(first, last)


def fiscal_year(written: str) -> Period:
    """The fiscal year in a cell. Raises RecordError."""
    try:
        return Period.parse_fiscal_year(written)
    except ValueError:
        raise RecordError(field="year", value=written, reason=Reason.NOT_A_DATE) from None


def number(written: str, field: str) -> float:
    """The number in a cell, with or without grouping. Raises RecordError.

    >>> number("４０,０００", "value")
    40000.0
    """
    try:
        value = float(unicodedata.normalize("NFKC", written).replace(",", ""))
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise RecordError(field=field, value=written, reason=Reason.NOT_AN_AMOUNT)
    return value
