"""The report: a page in each language that needs nothing else, with its tables and pictures beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from matchbot.desk import Opened
from matchbot.indicators import FIGURES, Breakdown, Group, Value
from matchbot.indicators.periods import era_name, fiscal_year_of
from matchbot.reporting import charts
from matchbot.reporting.charts import Chart
from matchbot.reporting.material import LISTED, Material
from matchbot.reporting.tables import COLUMNS, DEFINITION_COLUMNS, Cell, Reader, rounded, to_csv
from matchbot.reporting.workbooks import write_workbook
from matchbot.workdays import OFFICE_ZONE

_ROWS_IN_PAGE = 200
_HEADLINES = ("I01", "I05", "I07", "I08", "I09a", "I10a")
_TRENDS = ("I05", "I06", "I07", "I08", "I09a", "I10a")
_OPENED_COLUMNS = ("thing", "day", "behind", "evidence")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart in a page: its heading, what it shows in a sentence, the table behind it."""

    id: str
    title: str
    told: str
    chart: Chart
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def svg(self) -> Markup:
        """The picture itself, to stand in the page; hidden from screen readers, which have the table."""
        return Markup(self.chart.svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def write_report(folder: Path, material: Material, readers: Sequence[Reader]) -> list[Path]:
    """Write a page per language, and CSV, XLSX, SVG and PNG beside them; gives the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for reader in readers:
        language = reader.texts.language
        figures = _figures(material, reader)
        page = folder / f"report.{language}.html"
        page.write_text(_page(material, reader, figures), encoding="utf-8")
        pages.append(page)
        _write_beside(folder, material, reader, figures)
    return pages


def _page(material: Material, reader: Reader, figures: Sequence[Figure]) -> str:
    environment = Environment(
        loader=PackageLoader("matchbot.reporting", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    counted = material.counted
    return environment.get_template("report.html").render(
        t=reader.texts,
        language=reader.texts.language,
        period=reader.period(counted.period),
        first=counted.period.first,
        last=counted.period.last,
        as_of=f"{counted.as_of.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
        head=str(counted.head),
        is_sample=counted.is_sample,
        headlines=[_headline(material.value(figure), reader) for figure in _HEADLINES],
        figures=figures,
        columns=reader.headings(COLUMNS),
        sets=_sets(material, reader),
        lists=[_list(figure, material.opened[figure], reader) for figure in LISTED],
        list_columns=reader.headings(_OPENED_COLUMNS),
        definition_columns=reader.headings(DEFINITION_COLUMNS),
        definitions=reader.dictionary(),
    )


def _headline(value: Value, reader: Reader) -> dict[str, Any]:
    _, figure = FIGURES[value.figure]
    shown = rounded(value.value, figure.unit)
    return {
        "id": value.figure,
        "name": reader.name(value.figure),
        "value": "–" if shown is None else f"{shown:,}",
        "unit": reader.texts(f"unit-{figure.unit}"),
        "beside": reader.texts("report-beside", n=value.n, distinct=value.distinct, weaker=value.weaker),
        "flags": reader.flags(value),
    }


def _sets(material: Material, reader: Reader) -> list[dict[str, Any]]:
    """The tables of a report: each set as a whole, then by each breakdown."""
    values = material.counted.values
    tables = []
    for group in Group:
        own = [value for value in values if FIGURES[value.figure][0].group is group]
        whole = [reader.row(value) for value in own if not value.by]
        parts = [
            (reader.texts(f"breakdown-{by}"), [reader.row(value) for value in own if value.by == by])
            for by in Breakdown
            if any(value.by == by for value in own) and by is not Breakdown.PAIR
        ]
        tables.append({"id": group, "name": reader.texts(f"set-{group}"), "rows": whole, "parts": parts})
    return tables


def _list(figure: str, opened: Sequence[Opened], reader: Reader) -> dict[str, Any]:
    rows = [_opened_row(row, reader) for row in opened]
    return {
        "figure": figure,
        "name": reader.name(figure),
        "n": len(rows),
        "rows": rows[:_ROWS_IN_PAGE],
        "file": _list_file(figure, reader),
    }


def _list_file(figure: str, reader: Reader) -> str:
    return f"{figure}.{reader.texts.language}.csv"


def _opened_row(row: Opened, reader: Reader) -> tuple[Cell, ...]:
    day = row.day.isoformat() if row.day else ""
    return row.thing, day, reader.texts("list-separator").join(row.organisations), row.evidence


def _write_beside(folder: Path, material: Material, reader: Reader, figures: Sequence[Figure]) -> None:
    language = reader.texts.language
    for figure in LISTED:
        rows = [_opened_row(row, reader) for row in material.opened[figure]]
        text = to_csv(reader.headings(_OPENED_COLUMNS), rows)
        (folder / _list_file(figure, reader)).write_text(text, encoding="utf-8", newline="")
    pictures = folder / "charts"
    pictures.mkdir(exist_ok=True)
    for drawn in figures:
        (pictures / f"{drawn.id}.{language}.svg").write_text(drawn.chart.svg, encoding="utf-8")
        (pictures / f"{drawn.id}.{language}.png").write_bytes(drawn.chart.png)
    write_workbook(folder / f"indicators.{language}.xlsx", material.counted, reader)


# --- Charts, each with its table ---


def _figures(material: Material, reader: Reader) -> list[Figure]:
    return [
        _trend(material, reader),
        _funnel(material, reader),
        _matrix(material, reader),
        _map(material, reader),
        _exposure(material, reader),
    ]


def _figure(
    id: str, reader: Reader, chart: Chart, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Figure:
    return Figure(
        id=id,
        title=reader.texts(f"report-{id}"),
        told=reader.texts(f"report-{id}-told"),
        chart=chart,
        columns=columns,
        rows=rows,
    )


def _trend(material: Material, reader: Reader) -> Figure:
    points: list[tuple[str, str, float]] = []
    for counted in material.years:
        year = _year(fiscal_year_of(counted.period.first), reader)
        for figure in _TRENDS:
            value = next(v for v in counted.values if v.figure == figure and not v.by)
            points.append((reader.name(figure), year, value.value or 0))
    years = list(dict.fromkeys(year for _, year, _ in points))
    breaks = sorted(
        {
            (year, reader.texts("flag-series-break"))
            for event in material.lineage
            if (year := _year(fiscal_year_of(event.day), reader)) in years
        }
    )
    broken = {year for year, _ in breaks}
    names = [reader.name(figure) for figure in _TRENDS]
    by_place = {(series, year): value for series, year, value in points}
    marks = [f"{year} ({reader.texts('flag-series-break')})" if year in broken else year for year in years]
    rows: list[Sequence[Cell]] = [(name, *(by_place[name, year] for year in years)) for name in names]
    chart = charts.trend(points, breaks, titles=names)
    return _figure("trend", reader, chart, ["", *marks], rows)


def _year(year: int, reader: Reader) -> str:
    return era_name(year).removesuffix("年度") if reader.texts.language == "ja" else f"FY{year}"


def _funnel(material: Material, reader: Reader) -> Figure:
    rows = [
        (
            reader.texts(f"path-{passed.path}") if passed.path else reader.texts("total"),
            reader.texts(f"step-{passed.step}"),
            passed.n,
            passed.n_immature,
        )
        for passed in material.passed
    ]
    reached, immature = reader.texts("report-reached"), reader.texts("report-immature")
    columns = [reader.texts("breakdown-path"), reader.texts("report-step"), reached, immature]
    return _figure("funnel", reader, charts.steps(rows, reached=reached, immature=immature), columns, rows)


def _matrix(material: Material, reader: Reader) -> Figure:
    ids = [cluster.id for cluster in material.clusters]
    cells = _pairs(material)
    seen = {id for pair in cells for id in pair}
    ids += sorted(seen - set(ids))
    names = [reader.wording.cluster(id) for id in ids]
    named = {(reader.wording.cluster(a), reader.wording.cluster(b)): n for (a, b), n in cells.items()}
    rows: list[Sequence[Cell]] = [
        (name, *(cells.get((a, b), cells.get((b, a), 0)) for b in ids))
        for a, name in zip(ids, names, strict=True)
    ]
    return _figure("matrix", reader, charts.matrix(named, names), ["", *names], rows)


def _pairs(material: Material) -> Mapping[tuple[str, str], int]:
    """How many introductions connect each pair of clusters."""
    parts = material.parts("I05", Breakdown.PAIR)
    return {(a, b): value.n for part, value in parts.items() if part for a, b in [part.split(" ")]}


def _map(material: Material, reader: Reader) -> Figure:
    known = {part: value.n for part, value in material.parts("I05", Breakdown.CLUSTER).items() if part}
    ordered = [cluster.id for cluster in material.clusters if cluster.id in known]
    sizes = {reader.wording.cluster(id): known[id] for id in ordered + sorted(set(known) - set(ordered))}
    links = {
        (reader.wording.cluster(a), reader.wording.cluster(b)): n
        for (a, b), n in _pairs(material).items()
        if a != b
    }
    rows = list(sizes.items())
    columns = [reader.texts("breakdown-cluster"), reader.name("I05")]
    return _figure("map", reader, charts.map_of_clusters(sizes, links), columns, rows)


def _exposure(material: Material, reader: Reader) -> Figure:
    chart = charts.lorenz(
        material.exposure, across=reader.texts("report-organisations"), up=reader.texts("report-cards")
    )
    rows = [
        (reader.name(figure), rounded(material.value(figure).value, FIGURES[figure][1].unit))
        for figure in ("I21a", "I21b", "I21c")
    ]
    return _figure(
        "exposure", reader, chart, [reader.texts("column-name"), reader.texts("column-figure-value")], rows
    )
