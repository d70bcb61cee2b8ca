"""The yearly report of a coordinator (実績報告書): what was done, what came of it, and the definitions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from matchbot.desk import Counted, Opened
from matchbot.indicators import Breakdown, Credit, Period, Question
from matchbot.indicators.periods import fiscal_year_of
from matchbot.members import Member
from matchbot.reporting.pages import environment
from matchbot.reporting.tables import (
    COLUMNS,
    CREDIT_COLUMNS,
    DEFINITION_COLUMNS,
    OPENED_COLUMNS,
    Cell,
    Reader,
)
from matchbot.reporting.workbooks import write_table
from matchbot.service import Service
from matchbot.workdays import to_the_minute

_INDICATORS = ("I05", "I06", "I07", "I08", "I20", "I22", "I23", "I29")
"""What cases and visits tell of their coordinator; outcomes are split among those who claim them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """What a coordinator has to report of a period. ``name``: "" where none is kept."""

    member_id: str
    name: str
    clusters: Sequence[str]
    counted: Counted
    credits: Sequence[Credit]
    cases: Sequence[Opened]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One table of the report, as a section of the page and as a sheet of the workbook."""

    id: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    told: str = ""


def gather_yearly(service: Service, member_id: str, period: Period, as_of: datetime, by: Member) -> Yearly:
    """Asks for everything. Raises NotAllowedError for others than that coordinator and the staff."""
    whole = Question(period=period, as_of=as_of, only=_INDICATORS, breakdowns=(Breakdown.COORDINATOR,))
    coordinator = service.desk.coordinator(member_id, by)
    with service.evaluation(by=by) as asked:
        counted = asked.indicators(whole)
        credits = asked.credits(whole, per=Breakdown.COORDINATOR)
        cases = asked.opened("I05", whole, part=member_id)
    return Yearly(
        member_id=member_id,
        name=coordinator.name,
        clusters=coordinator.clusters,
        counted=counted,
        credits=[one for one in credits if one.name in ("", member_id)],
        cases=cases,
    )


def write_yearly(folder: Path, yearly: Yearly, reader: Reader) -> list[Path]:
    """Write the page and the workbook; gives both files."""
    folder.mkdir(parents=True, exist_ok=True)
    who = re.sub(r"\W", "-", yearly.member_id)
    name = f"yearly-{who}-{fiscal_year_of(yearly.counted.period.first)}"
    sheets = _sheets(yearly, reader)
    page, book = folder / f"{name}.html", folder / f"{name}.xlsx"
    page.write_text(_page(yearly, sheets, reader), encoding="utf-8")
    _write_book(book, yearly, sheets, reader)
    return [page, book]


def _sheets(yearly: Yearly, reader: Reader) -> list[_Sheet]:
    texts = reader.texts
    own = [v for v in yearly.counted.values if v.by and v.part == yearly.member_id]
    return [
        _Sheet(
            id="work",
            title=texts("yearly-work"),
            columns=reader.headings(COLUMNS),
            rows=[reader.row(value) for value in own],
        ),
        _Sheet(
            id="credits",
            title=texts("report-credits"),
            told=texts("report-credits-told"),
            columns=reader.headings(CREDIT_COLUMNS),
            rows=[reader.credit_row(one, by=Breakdown.COORDINATOR) for one in yearly.credits],
        ),
        _Sheet(
            id="cases",
            title=texts("yearly-cases"),
            columns=reader.headings(OPENED_COLUMNS),
            rows=[reader.opened_row(row) for row in yearly.cases],
        ),
        _Sheet(
            id="definitions",
            title=texts("report-definitions"),
            columns=reader.headings(DEFINITION_COLUMNS),
            rows=[row for row in reader.dictionary() if str(row[0])[:3] in _INDICATORS],
        ),
    ]


def _called(yearly: Yearly) -> str:
    return f"{yearly.name} ({yearly.member_id})" if yearly.name else yearly.member_id


def _page(yearly: Yearly, sheets: Sequence[_Sheet], reader: Reader) -> str:
    counted = yearly.counted
    return (
        environment()
        .get_template("yearly.html")
        .render(
            t=reader.texts,
            language=reader.texts.language,
            period=reader.period(counted.period),
            first=counted.period.first,
            last=counted.period.last,
            called=_called(yearly),
            clusters=reader.texts("list-separator").join(map(reader.wording.cluster, yearly.clusters)),
            as_of=to_the_minute(counted.as_of),
            head=str(counted.head),
            is_sample=counted.is_sample,
            sheets=sheets,
        )
    )


def _write_book(file: Path, yearly: Yearly, sheets: Sequence[_Sheet], reader: Reader) -> None:
    counted, book = yearly.counted, Workbook()
    book.remove(book.worksheets[0])
    for told in sheets:
        sheet = book.create_sheet(told.title[:31])
        if counted.is_sample:
            sheet.append((reader.texts("ledger-is-sample"),))
        sheet.append((reader.texts("yearly-title"), reader.period(counted.period), _called(yearly)))
        write_table(sheet, told.columns, told.rows)
    book.save(file)
