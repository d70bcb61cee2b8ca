"""An evaluator's database: what may leave the programme, in SQLite, for Datasette and the like.

It holds published numbers and what is needed to read them, one set for each fiscal year, with small cells
hidden. No row stands for a case, an organisation or a person. There are no totals of several years, from
which a hidden year could be worked out; a target of several years is hidden where one of them is.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from matchbot.desk import Counted
from matchbot.errors import PackError
from matchbot.indicators import INDICATORS, Period, Question
from matchbot.indicators.disclosure import FEWEST, protect_progress
from matchbot.indicators.periods import fiscal_year_of
from matchbot.indicators.values import Flag
from matchbot.members import Member
from matchbot.reporting.material import BREAKDOWNS, years_up_to
from matchbot.reporting.tables import Reader
from matchbot.service import Service

_APPLICATION = 0x6D62_6576
"""Marks a database as one of these: no other file is ever written over."""

_SCHEMA = """
CREATE TABLE numbers (
    fiscal_year INTEGER NOT NULL, figure TEXT NOT NULL REFERENCES figures, breakdown TEXT NOT NULL,
    part TEXT NOT NULL, part_ja TEXT NOT NULL, part_en TEXT NOT NULL, value REAL, n INTEGER,
    n_distinct INTEGER, denominator INTEGER, missing INTEGER, weaker INTEGER, low REAL, high REAL,
    is_hidden INTEGER NOT NULL, is_expected INTEGER NOT NULL, is_broken INTEGER NOT NULL,
    flags TEXT NOT NULL
) STRICT;
CREATE INDEX numbers_by_figure ON numbers (figure, breakdown, fiscal_year);
CREATE TABLE figures (
    figure TEXT PRIMARY KEY, indicator TEXT NOT NULL, publication TEXT NOT NULL, version INTEGER NOT NULL,
    name_ja TEXT NOT NULL, name_en TEXT NOT NULL, unit_ja TEXT NOT NULL, unit_en TEXT NOT NULL,
    definition_ja TEXT NOT NULL, definition_en TEXT NOT NULL, numerator_ja TEXT NOT NULL,
    denominator_ja TEXT NOT NULL, dedupe_ja TEXT NOT NULL, basis_ja TEXT NOT NULL
) STRICT;
CREATE TABLE targets (
    figure TEXT NOT NULL REFERENCES figures, cluster TEXT NOT NULL, cluster_ja TEXT NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, until TEXT NOT NULL, target REAL, value REAL, share REAL,
    straight REAL, seasonal REAL, forecast REAL, forecast_low INTEGER, forecast_high INTEGER,
    is_hidden INTEGER NOT NULL
) STRICT;
CREATE TABLE baselines (
    figure TEXT NOT NULL, name_ja TEXT NOT NULL, value REAL, unit_ja TEXT NOT NULL, caveats_ja TEXT NOT NULL
) STRICT;
CREATE TABLE comments (
    id TEXT PRIMARY KEY, figure TEXT NOT NULL REFERENCES figures, fiscal_year INTEGER NOT NULL,
    day TEXT NOT NULL, comment TEXT NOT NULL, actions TEXT NOT NULL
) STRICT;
CREATE TABLE breaks (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, figure TEXT NOT NULL, cluster TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE clusters (
    id TEXT PRIMARY KEY, name_ja TEXT NOT NULL, name_en TEXT NOT NULL, region TEXT NOT NULL,
    size_group TEXT NOT NULL
) STRICT;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

_FIGURE = "COALESCE(NULLIF(:figure, ''), 'I05')"
"""The figure that is asked for; introductions where none is, so that a page opened has rows."""
_BREAKDOWN = "COALESCE(NULLIF(:breakdown, ''), 'cluster')"

_QUERIES: Mapping[str, str] = {
    "trend": "SELECT fiscal_year, value, n, n_distinct, low, high, flags FROM numbers "
    f"WHERE figure = {_FIGURE} AND breakdown = '' AND NOT is_expected ORDER BY fiscal_year",
    "parts": "SELECT fiscal_year, part_ja, value, n, is_hidden, flags FROM numbers "
    f"WHERE figure = {_FIGURE} AND breakdown = {_BREAKDOWN} AND NOT is_expected "
    "ORDER BY fiscal_year, value DESC",
    "pairs": "SELECT fiscal_year, part_ja, value, is_hidden FROM numbers "
    "WHERE figure = 'I05' AND breakdown = 'pair' ORDER BY fiscal_year, value DESC",
    "progress": "SELECT t.figure, f.name_ja, t.cluster_ja, t.first, t.last, t.until, t.target, t.value, "
    "t.share, t.straight, t.seasonal, t.forecast, t.forecast_low, t.forecast_high "
    "FROM targets t JOIN figures f USING (figure) ORDER BY t.first, t.cluster, t.figure",
    "satisfaction": "SELECT fiscal_year, figure, name_ja, breakdown, part_ja, value, low, high, n "
    "FROM numbers JOIN figures USING (figure) WHERE indicator = 'I24' ORDER BY fiscal_year, figure, part",
    "hidden": "SELECT figure, fiscal_year, breakdown, COUNT(*) AS n, SUM(is_hidden) AS n_hidden "
    "FROM numbers GROUP BY 1, 2, 3 HAVING n_hidden > 0 ORDER BY 1, 2, 3",
    "definition": f"SELECT * FROM figures WHERE figure = {_FIGURE}",
}
"""The questions that are prepared, by name; their titles are texts ``query-<name>``."""


def export_database(
    service: Service, file: Path, period: Period, as_of: datetime, by: Member, readers: Sequence[Reader]
) -> list[Path]:
    """Write the database of the fiscal years up to a period's end, and ``metadata.json`` beside it.

    ``readers``: of Japanese and of English. Gives both files. Raises PackError where the file is there
    and is no such database, NotAllowedError.
    """
    _require_ours(file)
    questions = [
        Question(period=year, as_of=as_of, breakdowns=BREAKDOWNS, with_progress=year.last >= period.last)
        for year in years_up_to(service, period, by)
    ]
    with service.evaluation(by=by) as asked:
        years = _published([asked.indicators(question) for question in questions])
    aside = file.with_name(f"{file.name}.new")
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(aside)) as database:
        database.executescript(_SCHEMA)
        for table, rows in _rows(service, years, as_of, by, readers).items():
            _fill(database, table, rows)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.commit()
    os.replace(aside, file)
    metadata = file.with_name("metadata.json")
    told = json.dumps(_metadata(file.stem, readers[0], years), ensure_ascii=False, indent=1)
    metadata.write_text(told + "\n", encoding="utf-8")
    return [file, metadata]


def _require_ours(file: Path) -> None:
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            (application,) = database.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError:
        application = 0
    if application != _APPLICATION:
        raise PackError(folder=str(file), reason="not-an-export")


def _published(counted: Sequence[Counted]) -> list[Counted]:
    """Each year as it may be published; targets as safe as all years together ask for."""
    published = [year.published for year in counted]
    values = [value for year in published for value in year.values]
    return [replace(year, progress=protect_progress(year.progress, values)) for year in published]


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    for row in rows:
        database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)


def _rows(
    service: Service,
    years: Sequence[Counted],
    as_of: datetime,
    by: Member,
    readers: Sequence[Reader],
) -> dict[str, Iterable[Sequence[object]]]:
    ja, _ = readers
    return {
        "about": _about(years, as_of),
        "clusters": [
            (one.id, one.name, one.name_en, one.region, one.size_group)
            for one in service.all_clusters().values()
        ],
        "figures": _figures(readers),
        "numbers": [row for year in years for row in _numbers(year, readers)],
        "targets": [row for year in years for row in _targets(year, ja)],
        "baselines": ja.baselines(),
        "comments": [
            (one.id, one.figure, one.fiscal_year, one.on.isoformat(), one.text, ja.comment_row(one)[-1])
            for one in service.desk.comments(by, as_of=as_of)
        ],
        "breaks": [
            (one.id, one.on.isoformat(), one.figure, one.cluster, one.reason)
            for one in service.desk.breaks(by, as_of=as_of)
        ],
    }


def _about(years: Sequence[Counted], as_of: datetime) -> Iterator[tuple[str, str]]:
    yield "as_of", as_of.isoformat(timespec="seconds")
    yield "ledger", str(years[-1].head)
    yield "is_sample", str(years[-1].is_sample).lower()
    yield "fewest_organisations", str(FEWEST)
    yield "matchbot", version("matchbot")


def _figures(readers: Sequence[Reader]) -> Iterator[tuple[object, ...]]:
    for indicator in INDICATORS:
        ja, en = (reader.definition(indicator) for reader in readers)
        for figure in indicator.figures:
            yield (
                figure.id,
                indicator.id,
                indicator.group.value,
                indicator.version,
                *(reader.name(figure.id) for reader in readers),
                *(reader.texts(f"unit-{figure.unit}") for reader in readers),
                ja["definition"],
                en["definition"],
                *(ja[name] for name in ("numerator", "denominator", "dedupe", "basis")),
            )


def _numbers(year: Counted, readers: Sequence[Reader]) -> Iterator[tuple[object, ...]]:
    for value in year.values:
        is_hidden = Flag.HIDDEN in value.flags
        counts = (value.n, value.distinct, value.denominator, value.missing, value.weaker)
        yield (
            fiscal_year_of(year.period.first),
            value.figure,
            value.by,
            value.part,
            *(reader.part(value.by, value.part) if value.by else "" for reader in readers),
            value.value,
            *((None,) * len(counts) if is_hidden else counts),
            value.low,
            value.high,
            is_hidden,
            Flag.EXPECTED in value.flags,
            Flag.BREAK in value.flags,
            " ".join(value.flags),
        )


def _targets(year: Counted, ja: Reader) -> Iterator[tuple[object, ...]]:
    for one in year.progress:
        foreseen = one.forecast
        yield (
            one.figure,
            one.cluster,
            ja.wording.cluster(one.cluster) if one.cluster else ja.texts("total"),
            one.period.first.isoformat(),
            one.period.last.isoformat(),
            one.until.isoformat(),
            one.target,
            one.value.value,
            one.share,
            one.straight,
            one.seasonal,
            *((foreseen.value, foreseen.low, foreseen.high) if foreseen else (None,) * 3),
            Flag.HIDDEN in one.value.flags,
        )


def _metadata(name: str, ja: Reader, years: Sequence[Counted]) -> Mapping[str, object]:
    """What Datasette is told of the database: titles, tables, and the prepared questions."""
    sample = f"{ja.texts('ledger-is-sample')} " if years[-1].is_sample else ""
    return {
        "title": ja.texts("export-title"),
        "description": sample + ja.texts("export-told", fewest=FEWEST),
        "databases": {
            name: {
                "tables": {
                    table: {"description": ja.texts(f"export-table-{table}")}
                    for table in ("numbers", "figures", "targets", "baselines", "comments", "breaks")
                },
                "queries": {
                    query: {"title": ja.texts(f"query-{query}"), "sql": sql}
                    for query, sql in _QUERIES.items()
                },
            }
        },
    }
