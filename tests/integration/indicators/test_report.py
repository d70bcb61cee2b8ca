"""The report as its readers open it: whole in itself, in both languages, in a real browser."""

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from browser import chromium
from commands import run
from matchbot.texts import Texts

pytestmark = pytest.mark.timeout(900)

LANGUAGES = ("ja", "en")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("reported")
    run(home, "corpus", "init")
    run(home, "corpus", "sample", "--scale", "0.03", "--as-of", "2006-04-01")
    run(home, "ledger", "create", "--sample")
    run(home, "simulate", "--years", "0.3", "--scale", "0.03", "--seed", "3")
    run(
        home,
        "clusters",
        "rename",
        "kansai-neo",
        "--into",
        "kansai-new=新関西=New Kansai",
        "--on",
        "2006-10-01",
    )
    run(home, "members", "add", "office", "staff", "--as", "matchbot")
    run(home, "targets", "init", "--as", "office")
    run(home, "targets", "set", "I09a", "30", "--cluster", "tohoku", "--fy", "2006", "--as", "office")
    run(
        home,
        "breaks",
        "add",
        "--on",
        "2006-07-01",
        "--figure",
        "I08",
        "--reason",
        "面談の定義",
        "--as",
        "office",
    )
    run(home, "comments", "add", "I05", "地域をまたぐ紹介が少ない", "--fy", "2006", "--as", "office")
    return home


@pytest.fixture(scope="module")
def report(home: Path) -> Path:
    folder = home / "report"
    run(home, "report", "--out", str(folder), "--fy", "2006")
    return folder


class Page(HTMLParser):
    """What a page refers to, and which headings and tables it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings: list[int] = []
        self.n_tables = self.n_pictures = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.links += [told[name] or "" for name in ("src", "href") if name in told and tag != "use"]
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.n_tables += tag == "table"
        self.n_pictures += tag == "svg"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_needs_nothing_from_elsewhere(report: Path, language: str) -> None:
    text = (report / f"report.{language}.html").read_text("utf-8")
    page = Page(text)
    beside = [link for link in page.links if not link.startswith("#")]
    assert all((report / link).is_file() for link in beside)
    assert len(text.encode()) < 5_000_000
    assert "【見本】" in text or "SAMPLE" in text.upper()


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_go_down_one_by_one_and_every_picture_has_its_table(report: Path, language: str) -> None:
    page = Page((report / f"report.{language}.html").read_text("utf-8"))
    assert page.headings[0] == 1
    assert all(b <= a + 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    # Targets of the whole and of projects, trend, funnel, matrix, map.
    assert page.n_pictures == 6
    assert page.n_tables > page.n_pictures


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_breaks_and_comments_stand_beside_the_numbers(report: Path, language: str) -> None:
    text = (report / f"report.{language}.html").read_text("utf-8")
    assert "40,000" in text
    assert "地域をまたぐ紹介が少ない" in text
    assert "面談の定義" in text
    broken = [row for row in re.findall("<tr>.*?</tr>", text) if "<td>I08</td>" in row]
    assert Texts(language)("flag-series-break") in broken[0]


@pytest.mark.parametrize("figure", ["I05", "I08"])
def test_a_list_beside_the_page_has_as_many_rows_as_the_number_says(
    home: Path, report: Path, figure: str
) -> None:
    with (report / f"{figure}.en.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    opened = run(home, "indicators", "--fy", "2006", "--open", figure)
    assert f"{len(rows) - 1} rows" in opened
    assert len(rows) > 1


def test_the_workbook_has_a_sheet_for_each_set_and_the_dictionary(report: Path) -> None:
    book = load_workbook(report / "indicators.en.xlsx")
    assert len(book.sheetnames) == 3 + 1 + 1  # the sets, the targets, the dictionary
    dictionary = book.worksheets[-1]
    assert dictionary.max_row > 50


def test_charts_can_be_had_as_pictures(report: Path) -> None:
    names = {path.name for path in (report / "charts").iterdir()}
    assert {"trend.ja.svg", "trend.ja.png", "map.en.svg", "matrix.en.png"} <= names
    assert (report / "charts" / "trend.ja.png").read_bytes()[:4] == b"\x89PNG"


def test_where_nobody_was_shown_no_picture_says_that_shares_are_even(report: Path) -> None:
    """The simulated months end before the last 90 days of the year."""
    assert not (report / "charts" / "exposure.ja.svg").exists()
    assert 'id="exposure"' not in (report / "report.ja.html").read_text("utf-8")


def test_a_project_with_a_target_of_its_own_is_drawn_beside_the_whole(report: Path) -> None:
    drawn = {
        name: (report / "charts" / f"{name}.en.svg").read_text("utf-8")
        for name in ("progress", "progress-by-project")
    }
    assert "TOHOKU" in drawn["progress-by-project"]
    assert "TOHOKU" not in drawn["progress"]


@pytest.fixture(scope="module")
def coordinator(home: Path) -> str:
    """Who has most introductions of the year; one of them has led to a contract."""
    by = ("indicators", "--by", "coordinator", "--fy", "2006", "--as", "office", "--json")
    values = json.loads(run(home, *by, "--only", "I05"))["result"]["values"]
    id = str(max((v for v in values if v["part"]), key=lambda v: v["value"])["part"])
    case = json.loads(run(home, *by, "--open", "I05", "--part", id))["result"][0]
    told = ("--on", "2007-01-10", "--case", case["case_id"], "--document", "契約書", "--as", "office")
    run(home, "outcomes", "add", "deal", *case["organisations"], *told)
    return id


def test_a_coordinator_has_its_yearly_report_in_one_go(home: Path, coordinator: str, tmp_path: Path) -> None:
    run(home, "report", "yearly", "--out", str(tmp_path), "--fy", "2006", "--as", coordinator)
    (page,), (book,) = tmp_path.glob("*.html"), tmp_path.glob("*.xlsx")
    work, credits, cases, _ = load_workbook(book).worksheets
    by_figure = {row[0].value: row for row in work.iter_rows()}
    n_cases = by_figure["I05"][3].value
    assert n_cases == sum(str(row[0].value).startswith("c-") for row in cases.iter_rows()) > 0
    parts = [(row[2].value, row[3].value) for row in credits.iter_rows() if isinstance(row[2].value, int)]
    assert parts
    assert all(0 <= part <= n_claimed for n_claimed, part in parts)
    assert Page(page.read_text("utf-8")).headings == [1, 2, 2, 2, 2]
    others = json.loads(run(home, "members", "list", "--as", "office", "--json"))["result"]
    named = [one["id"] for one in others if one["role"] == "coordinator" and one["id"] != coordinator]
    assert named
    assert not any(f">{id}<" in page.read_text("utf-8") for id in named)


def test_nobody_writes_the_yearly_report_of_another(home: Path, coordinator: str, tmp_path: Path) -> None:
    run(home, "members", "add", "k-new", "coordinator", "--cluster", "tohoku", "--as", "office")
    arguments = ("report", "yearly", "--out", str(tmp_path), "--fy", "2006", "--coordinator", coordinator)
    run(home, *arguments, "--as", "k-new", code=77)
    assert list(tmp_path.iterdir()) == []
    run(home, *arguments, "--as", "office")


def test_one_table_has_the_headlines_of_every_project_as_the_workbook_beside_it(report: Path) -> None:
    text = (report / "report.en.html").read_text("utf-8")
    table = text[text.index('<section id="projects"') :].split("</table>")[0]
    rows = {
        name: [int(number.replace(",", "")) for number in re.findall(r'<td class="n">(.*?)</td>', row)]
        for name, row in re.findall(r"<tr><td>(.*?)</td>(.*?)</tr>", table)
    }
    say = Texts("en")
    expected: dict[str, dict[str, list[int]]] = {}
    for told in _rows_of_workbook(report / "indicators.en.xlsx", say("column-breakdown")):
        of_projects = told[say("column-breakdown")] in (None, say("breakdown-cluster"))
        if of_projects and say("flag-expected") not in told[say("column-flags")]:
            counts = [told[say(f"column-{column}")] for column in ("events", "distinct")]
            part, figure = told[say("column-part")] or say("total"), told[say("column-figure")]
            expected.setdefault(part, {})[figure] = counts
    assert len(expected) > 17
    figures = ("I01", "I05", "I07", "I08", "I09a", "I10a")
    assert rows == {
        name: [count for figure in figures for count in own.get(figure, [0, 0])]
        for name, own in expected.items()
    }


def _rows_of_workbook(book: Path, heading: str) -> Iterator[dict[str, Any]]:
    for sheet in load_workbook(book).worksheets:
        lines = list(sheet.values)
        top = next((place for place, line in enumerate(lines) if heading in line), len(lines))
        yield from (dict(zip(lines[top], line, strict=True)) for line in lines[top + 1 :])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_shows_it_without_complaint_or_overflow(report, browser, language, width) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if asked.url[:5] != "file:" else None)
    page.goto((report / f"report.{language}.html").as_uri())
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_has_charts_and_short_tables_and_says_where_the_long_ones_are(
    report, browser, language
) -> None:
    page = browser.new_page()
    page.goto((report / f"report.{language}.html").as_uri())
    n_pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 5 < n_pages <= 25
    assert page.locator("details[open]").count() == 0  # As before it was printed.
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#progress table").is_visible()
    assert page.locator(".long").count() > 10
    assert not any(each.is_visible() for each in page.locator(".long").all())
    assert f"indicators.{language}.xlsx" in page.locator("#set-programme .printed").inner_text()
    for figure in ("I05", "I08"):
        assert f"{figure}.{language}.csv" in page.locator("#lists").inner_text()
    assert page.locator(".sample").evaluate("each => getComputedStyle(each).color") != "rgb(255, 255, 255)"
    page.close()


def test_the_chart_of_targets_shows_years_target_and_forecast(report: Path) -> None:
    text = (report / "report.en.html").read_text("utf-8")
    table = text[text.index('id="progress"') :].split("</table>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall("<tr>.*?</tr>", table)]
    told = [row[1:] for row in rows if row and row[0].endswith("(2006-04 – 2011-03)")]
    assert told
    assert told[0][0] == "2006-04-01 – 2007-03-31"
    assert told[0][3] == f"{round(40_000 * 365 / (5 * 365 + 1)):,}"
    assert told[-1] == ["target", "", "40,000", ""]
    drawn = (report / "charts" / "progress.en.svg").read_text("utf-8")
    assert all(word in drawn for word in ("so far", "straight line", "forecast", "FY2010", "40,000"))


def test_a_filter_leaves_the_rows_that_hold_the_words(report, browser) -> None:
    page = browser.new_page()
    page.goto((report / "report.ja.html").as_uri())
    page.locator("#lists details").first.evaluate("each => each.open = true")
    rows = page.locator("#list-I05 tbody tr")
    n_before = rows.count()
    word = rows.first.locator("td").first.inner_text()
    page.locator("input[data-filters='list-I05']").fill(word)
    shown = page.locator("#list-I05 tbody tr:visible")
    assert 0 < shown.count() < n_before
    assert word in shown.first.inner_text()
    page.close()
