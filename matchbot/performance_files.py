"""Files of yearly figures: what firms report of a year, or the national average, row by row."""

from dataclasses import dataclass
from pathlib import Path

from corpus.cells import is_yes
from corpus.errors import Reason, RecordError
from corpus.rows import Row
from matchbot.indicators.periods import fiscal_year_of
from matchbot.performance import Accounts
from matchbot.rows import Columns, RowsTold, cell
from matchbot.target_files import fiscal_year, number


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """One year of a firm; ``organisation`` is "" in a file of averages. ``reason``: where it corrects one."""

    row: int
    organisation: str
    fiscal_year: int
    accounts: Accounts
    is_large: bool
    industry: str
    source: str
    reason: str


_COLUMNS: Columns = {
    "organisation": ("organisation", "機関", "法人番号"),
    "year": ("fy", "年度"),
    "sales": ("sales", "売上高"),
    "employees": ("employees", "従業員数"),
    "value_added": ("value_added", "付加価値額"),
    "is_large": ("large", "大企業"),
    "industry": ("industry", "業種"),
    "source": ("source", "出典"),
    "reason": ("reason", "理由"),
}


def read_years(path: Path) -> RowsTold[YearRow]:
    """The rows of a CSV, XLSX or JSON file with the column fy and one or more of the accounts, streamed.

    Raises UnreadableFileError.
    """
    return RowsTold(path, _year_row, _COLUMNS, known_by="year")


def _year_row(row: Row) -> YearRow:
    told = {field: cell(row, names) for field, names in _COLUMNS.items()}
    accounts = {
        name: number(told[name], name) if told[name] else None
        for name in ("sales", "employees", "value_added")
    }
    if not any(value is not None for value in accounts.values()):
        raise RecordError(field="sales", value="", reason=Reason.EMPTY)
    return YearRow(
        row=row.number,
        organisation=told["organisation"],
        fiscal_year=fiscal_year_of(fiscal_year(told["year"]).first),
        accounts=Accounts(**accounts),
        is_large=_is_large(told["is_large"]),
        industry=told["industry"],
        source=told["source"],
        reason=told["reason"],
    )


def _is_large(written: str) -> bool:
    answer = is_yes(written)
    if answer is None:
        raise RecordError(field="is_large", value=written, reason=Reason.NOT_YES_OR_NO)
    return answer
