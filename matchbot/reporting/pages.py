"""The report: a page in each language that needs nothing else, with its tables and pictures beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus.progress import Progress
from matchbot.desk import Opened
from matchbot.indicators import FIGURES, Breakdown, Group, Period, TargetProgress, Value
from matchbot.indicators.periods import fiscal_year_of
from matchbot.indicators.values import UNKNOWN, Flag
from matchbot.reporting import charts
from matchbot.reporting.charts import Chart, Course
from matchbot.reporting.material import TRENDS, Material
from matchbot.reporting.tables import (
    BASELINE_COLUMNS,
    BREAK_COLUMNS,
    COLUMNS,
    COMMENT_COLUMNS,
    CREDIT_COLUMNS,
    DEFINITION_COLUMNS,
    OPENED_COLUMNS,
    PERFORMANCE_COLUMNS,
    PROGRESS_COLUMNS,
    Cell,
    Reader,
    rounded,
    to_csv,
)
from matchbot.reporting.workbooks import write_workbook
from matchbot.workdays import to_the_minute

_ROWS_IN_PAGE = 200
_DAYS_OF_A_YEAR = 365.25
_HEADLINES = ("I01", "I05", "I07", "I08", "I09a", "I10a")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart in a page: its heading, what it shows in a sentence, the table behind it.

    ``is_told_in_picture``: the chart shows every number of the table, which need not be printed too.
    """

    id: str
    title: str
    told: str
    chart: Chart
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    is_told_in_picture: bool = False

    @property
    def svg(self) -> Markup:
        """The picture itself, to stand in the page; hidden from screen readers, which have the table."""
        return Markup(self.chart.svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def write_report(
    folder: Path, material: Material, readers: Sequence[Reader], *, progress: Progress
) -> list[Path]:
    """Write a page per language, and CSV, XLSX, SVG and PNG beside them; gives the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for n_written, reader in enumerate(readers):
        progress("pages", n_written, len(readers))
        figures = _figures(material, reader)
        workbook = f"indicators.{reader.texts.language}.xlsx"
        pages.append(_write_page(folder, material, reader, figures, tables=workbook))
        write_workbook(folder / workbook, material.counted, reader)
        _write_beside(folder, material, reader, figures)
    progress("pages", len(readers), len(readers))
    return pages


def write_pages(folder: Path, material: Material, readers: Sequence[Reader], *, tables: str) -> list[Path]:
    """Write a page per language, and nothing beside it; gives the pages.

    ``tables``: the file beside them that has all tables, too, for whoever reads on paper.
    """
    return [
        _write_page(folder, material, reader, _figures(material, reader), tables=tables) for reader in readers
    ]


def _write_page(
    folder: Path, material: Material, reader: Reader, figures: Sequence[Figure], *, tables: str
) -> Path:
    page = folder / f"report.{reader.texts.language}.html"
    page.write_text(_page(material, reader, figures, tables=tables), encoding="utf-8")
    return page


def environment() -> Environment:
    """What the pages are made with."""
    return Environment(
        loader=PackageLoader("matchbot.reporting", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(material: Material, reader: Reader, figures: Sequence[Figure], *, tables: str) -> str:
    counted = material.counted
    template = environment().get_template("report.html")
    return template.render(
        t=reader.texts,
        language=reader.texts.language,
        period=reader.period(counted.period),
        first=counted.period.first,
        last=counted.period.last,
        as_of=to_the_minute(counted.as_of),
        head=str(counted.head),
        caution=reader.caution(counted),
        is_sample=counted.is_sample,
        headlines=[_headline(material.value(figure), reader) for figure in _HEADLINES],
        project_columns=_project_columns(reader),
        projects=_projects(material, reader),
        figures=figures,
        tables=tables,
        targets=[reader.progress_row(one) for one in counted.progress],
        target_columns=reader.headings(PROGRESS_COLUMNS),
        baselines=reader.baselines(),
        baseline_columns=reader.headings(BASELINE_COLUMNS),
        columns=reader.headings(COLUMNS),
        sets=_sets(material, reader),
        lists=[_list(figure, rows, reader) for figure, rows in material.opened.items()],
        list_columns=reader.headings(OPENED_COLUMNS),
        credits=[reader.credit_row(one, by=Breakdown.CLUSTER) for one in material.credits],
        credit_columns=reader.headings(CREDIT_COLUMNS),
        stories=[story.text for story in material.stories],
        comments=[reader.comment_row(one) for one in material.comments],
        comment_columns=reader.headings(COMMENT_COLUMNS),
        breaks=[reader.break_row(one) for one in material.breaks],
        break_columns=reader.headings(BREAK_COLUMNS),
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
        "beside": ""
        if Flag.HIDDEN in value.flags
        else reader.texts("report-beside", n=value.n, distinct=value.distinct, weaker=value.weaker),
        "flags": reader.flags(value),
    }


def _project_columns(reader: Reader) -> list[str]:
    counts = reader.headings(("events", "distinct"))
    return [
        reader.texts("breakdown-cluster"),
        *(f"{figure} {reader.name(figure)} {count}" for figure in _HEADLINES for count in counts),
    ]


def _projects(material: Material, reader: Reader) -> list[Sequence[Cell]]:
    """The headlines of each project that has any, in their order, then of the programme."""
    parts = [material.parts(figure, Breakdown.CLUSTER) for figure in _HEADLINES]
    found = {part for told in parts for part in told}
    known = [cluster.id for cluster in material.clusters if cluster.id in found]
    ids = [*known, *sorted(found - set(known) - {UNKNOWN}), *({UNKNOWN} & found)]
    rows = {reader.part(Breakdown.CLUSTER, id): [told.get(id) for told in parts] for id in ids}
    rows[reader.texts("total")] = [material.value(figure) for figure in _HEADLINES]
    return [
        (name, *(count for value in values for count in _counts(value, reader)))
        for name, values in rows.items()
    ]


def _counts(value: Value | None, reader: Reader) -> tuple[Cell, Cell]:
    """延べ and 実数."""
    if value is None:
        return 0, 0
    if Flag.HIDDEN in value.flags:
        hidden = reader.texts("flag-hidden")
        return hidden, hidden
    return value.n, value.distinct


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
    rows = [reader.opened_row(row) for row in opened]
    return {
        "figure": figure,
        "name": reader.name(figure),
        "n": len(rows),
        "rows": rows[:_ROWS_IN_PAGE],
        "file": _list_file(figure, reader),
    }


def _list_file(figure: str, reader: Reader) -> str:
    return f"{figure}.{reader.texts.language}.csv"


def _write_beside(folder: Path, material: Material, reader: Reader, figures: Sequence[Figure]) -> None:
    language = reader.texts.language
    for figure, opened in material.opened.items():
        rows = [reader.opened_row(row) for row in opened]
        text = to_csv(reader.headings(OPENED_COLUMNS), rows)
        (folder / _list_file(figure, reader)).write_text(text, encoding="utf-8", newline="")
    pictures = folder / "charts"
    pictures.mkdir(exist_ok=True)
    for drawn in figures:
        (pictures / f"{drawn.id}.{language}.svg").write_text(drawn.chart.svg, encoding="utf-8")
        (pictures / f"{drawn.id}.{language}.png").write_bytes(drawn.chart.png)


# --- Charts, each with its table ---


def _figures(material: Material, reader: Reader) -> list[Figure]:
    return [
        *_targets(material, reader),
        _trend(material, reader),
        *([_funnel(material, reader)] if material.passed else []),
        _matrix(material, reader),
        _map(material, reader),
        # Where nobody was shown, the line of equal shares alone would stand there, and look like fairness.
        *([_exposure(material, reader)] if any(material.exposure) else []),
        *([_performance(material, reader)] if material.performance else []),
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


def _targets(material: Material, reader: Reader) -> list[Figure]:
    """The targets that are counts, of the programme as a whole and of projects; none where none is set."""
    found = [one for one in material.counted.progress if one.share is not None and one.straight is not None]
    whole = [one for one in found if not one.cluster]
    parts = [one for one in found if one.cluster]
    return [
        *([_courses(whole, reader)] if whole else []),
        *([_progress(parts, reader)] if parts else []),
    ]


def _courses(targets: Sequence[TargetProgress], reader: Reader) -> Figure:
    named = [(reader.target_name(one), one) for one in targets]
    straight, foreseen = reader.headings(("straight", "forecast"))
    chart = charts.courses(
        [_course(name, one, reader) for name, one in named],
        reached=reader.texts("report-so-far"),
        straight=straight,
        foreseen=foreseen,
    )
    columns = [
        "",
        reader.texts("column-period"),
        reader.texts("report-in-time"),
        reader.texts("report-so-far"),
        straight,
    ]
    rows = [(name, *row) for name, one in named for row in _steps(one, reader)]
    return _figure("progress", reader, chart, columns, rows)


def _course(name: str, one: TargetProgress, reader: Reader) -> Course:
    years = [fiscal_year_of(year.first) for year in one.period.fiscal_years]
    begins = Period.fiscal_year(years[0]).first

    def place(after: date) -> float:
        return (after - begins).days / _DAYS_OF_A_YEAR

    reached: list[float] = list(accumulate(gain.n for gain in one.gains)) or [one.value.value or 0]
    ends = [gain.period.last for gain in one.gains] or [one.until]
    last = place(one.period.last)
    told = one.forecast
    return Course(
        title=name,
        years=[reader.year(year) for year in years],
        reached=[(place(one.period.first), 0), *zip(map(place, ends), reached, strict=True)],
        target=(last, one.target or 0),
        foreseen=(last, told.value, told.low, told.high) if told else None,
    )


def _steps(one: TargetProgress, reader: Reader) -> Iterator[Sequence[Cell]]:
    """Of each year what it brought, what there was and what was due; then the forecast and the target."""
    so_far = 0
    for gain in one.gains:
        so_far += gain.n
        due = (one.target or 0) * one.period.share_by(gain.period.last)
        yield f"{gain.period.first} – {gain.period.last}", gain.n, so_far, round(due)
    if one.forecast:
        yield reader.texts("column-forecast"), None, reader.forecast(one), None
    yield reader.texts("column-target"), None, rounded(one.target, FIGURES[one.figure][1].unit), None


def _progress(targets: Sequence[TargetProgress], reader: Reader) -> Figure:
    rows = [_share_of_target(one, reader) for one in targets]
    columns = ["", *reader.headings(("reached", "straight")), reader.texts("column-forecast")]
    table = [(name, f"{a:.1f}", f"{b:.1f}", f"{low:.1f}–{high:.1f}") for name, a, b, low, high in rows]
    chart = charts.bullets(rows, label=reader.texts("report-share-of-target"))
    return _figure("progress-by-project", reader, chart, columns, table)


def _share_of_target(one: TargetProgress, reader: Reader) -> tuple[str, float, float, float, float]:
    """Its name, and in per cent of the target what is reached, due by now, and foreseen from low to high."""
    number, target = one.value.value or 0, one.target or 0
    low, high = (one.forecast.low, one.forecast.high) if one.forecast else (number, number)
    reached, straight, low, high = (100 * n / target for n in (number, one.straight or 0, low, high))
    return reader.target_name(one), reached, straight, low, high


def _trend(material: Material, reader: Reader) -> Figure:
    points: list[tuple[str, str, float | None]] = []
    for counted in material.years:
        year = reader.year(fiscal_year_of(counted.period.first))
        for figure in TRENDS:
            value = next(v for v in counted.values if v.figure == figure and not v.by)
            points.append(
                (reader.name(figure), year, None if Flag.HIDDEN in value.flags else value.value or 0)
            )
    years = list(dict.fromkeys(year for _, year, _ in points))
    names = {figure: reader.name(figure) for figure in TRENDS}
    broken = {name: _broken_years(material, figure, reader) for figure, name in names.items()}
    by_place = {(series, year): value for series, year, value in points}
    mark = reader.texts("flag-series-break")
    rows: list[Sequence[Cell]] = [
        (name, *(_marked(by_place[name, year], mark if year in broken[name] else "") for year in years))
        for name in names.values()
    ]
    lines = [(name, year) for name in names.values() for year in years if year in broken[name]]
    chart = charts.trend(points, lines, titles=list(names.values()))
    return _figure("trend", reader, chart, ["", *years], rows)


def _broken_years(material: Material, figure: str, reader: Reader) -> set[str]:
    """The years in which a series of the programme is broken: clusters reorganised, rules changed."""
    days = [event.day for event in material.lineage]
    days += [
        one.on
        for one in material.breaks
        if not one.cluster and one.figure in ("", figure, FIGURES[figure][0].id)
    ]
    return {reader.year(fiscal_year_of(day)) for day in days}


def _marked(value: float | None, mark: str) -> Cell:
    return f"{value:,.0f} ({mark})" if mark and value is not None else value


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
    named = {(reader.wording.cluster(a), reader.wording.cluster(b)): n for (a, b), n in cells.items() if n}
    hidden = reader.texts("flag-hidden")
    told = {pair: hidden if n is None else n for pair, n in cells.items()}
    rows: list[Sequence[Cell]] = [
        (name, *(told.get((a, b), told.get((b, a), 0)) for b in ids))
        for a, name in zip(ids, names, strict=True)
    ]
    drawn = _figure("matrix", reader, charts.matrix(named, names), ["", *names], rows)
    return replace(drawn, is_told_in_picture=True)


def _pairs(material: Material) -> Mapping[tuple[str, str], int | None]:
    """How many introductions connect each pair of clusters; None where it is hidden."""
    parts = material.parts("I05", Breakdown.PAIR)
    return {(a, b): _number(value) for part, value in parts.items() if part for a, b in [part.split(" ")]}


def _number(value: Value) -> int | None:
    return None if Flag.HIDDEN in value.flags else value.n


def _map(material: Material, reader: Reader) -> Figure:
    parts = material.parts("I05", Breakdown.CLUSTER)
    known = {part: n for part, value in parts.items() if part and (n := _number(value)) is not None}
    ordered = [cluster.id for cluster in material.clusters if cluster.id in known]
    sizes = {reader.wording.cluster(id): known[id] for id in ordered + sorted(set(known) - set(ordered))}
    links = {
        (reader.wording.cluster(a), reader.wording.cluster(b)): n
        for (a, b), n in _pairs(material).items()
        if n and a != b and {a, b} <= known.keys()
    }
    rows = list(sizes.items())
    columns = [reader.texts("breakdown-cluster"), reader.name("I05")]
    return _figure("map", reader, charts.map_of_clusters(sizes, links), columns, rows)


def _performance(material: Material, reader: Reader) -> Figure:
    members, average = reader.headings(("members-index", "average-index"))
    points = [
        (reader.texts(f"account-{one.account}"), series, reader.year(point.fiscal_year), index)
        for one in material.performance
        for point in one.points
        for series, index in ((members, point.members), (average, point.average))
        if index is not None
    ]
    chart = charts.indices(points, titles=list(dict.fromkeys(chart for chart, *_ in points)))
    rows: list[Sequence[Cell]] = [
        (reader.texts("performance-told", **reader.performance_facts(one)), *row)
        for one in material.performance
        for row in reader.performance_rows(one)
    ]
    return _figure("performance", reader, chart, ["", *reader.headings(PERFORMANCE_COLUMNS)], rows)


def _exposure(material: Material, reader: Reader) -> Figure:
    chart = charts.lorenz(
        material.exposure, across=reader.texts("report-organisations"), up=reader.texts("report-cards")
    )
    rows = [
        (reader.name(figure), rounded(material.value(figure).value, FIGURES[figure][1].unit))
        for figure in ("I21a", "I21b", "I21c", "I21d")
    ]
    return _figure(
        "exposure", reader, chart, [reader.texts("column-name"), reader.texts("column-figure-value")], rows
    )
