"""Charts as pictures: the only door to altair and vl-convert. Drawn once, when a report is written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin
from typing import Any

import altair as alt
import vl_convert

_FONT = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, sans-serif"
"""By name, since where pictures are made "sans-serif" may have no Japanese letters, and a serif steps in."""
_BLUE, _DARK, _GREY, _GOLD = "#1f5f99", "#222222", "#767676", "#a67c00"
"""Each stands out from white by three to one and more."""


@dataclass(frozen=True)
class Chart:
    """One chart, and in which forms it can be had."""

    spec: dict[str, Any]

    @cached_property
    def svg(self) -> str:
        """To stand in a page or a slide, sharp at any size."""
        return str(vl_convert.vegalite_to_svg(self.spec))

    @property
    def png(self) -> bytes:
        """For slides, at twice the size."""
        return bytes(vl_convert.vegalite_to_png(self.spec, scale=2))


def trend(
    points: Sequence[tuple[str, str, float | None]],
    breaks: Sequence[tuple[str, str]],
    *,
    titles: Sequence[str],
) -> Chart:
    """Series over the years, one small chart each: (series, year, value or None); breaks: (series, year)."""
    years = list(dict.fromkeys(year for _, year, _ in points))
    base = alt.Chart(_rows(points, "series", "year", "value")).encode(
        x=alt.X("year:O", sort=years, title=None, axis=alt.Axis(labelAngle=0)),
    )
    panels = []
    for title in titles:
        most = max((value for series, _, value in points if series == title and value), default=1)
        # Room above the highest point for its number, so that the titles of all panels stand in line.
        scale = alt.Scale(domain=[0, most * _HEADROOM], nice=False)
        own = base.encode(
            y=alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, tickMinStep=1))
        )
        lines = own.mark_line(point=alt.OverlayMarkDef(size=50), color=_BLUE)
        text = own.encode(text=alt.Text("value:Q", format=",.4~g"))
        # Numbers stand on white, so that they can be read where a line passes.
        numbers = text.mark_text(dy=-10, stroke="white", strokeWidth=4) + text.mark_text(dy=-10, color=_DARK)
        panel: Any = (lines + numbers).transform_filter(alt.datum.series == title)
        if broken := [(year,) for series, year in breaks if series == title]:
            rules = alt.Chart(_rows(broken, "year")).mark_rule(strokeDash=[4, 3], color=_GREY)
            panel = rules.encode(x=alt.X("year:O", sort=years)) + panel
        panels.append(panel.properties(width=230, height=120, title=title))
    return _chart(alt.concat(*panels, columns=3))


def indices(points: Sequence[tuple[str, str, str, float]], *, titles: Sequence[str]) -> Chart:
    """Indices over the years, one small chart each: (chart, series, year, index); the first year is 100."""
    years = list(dict.fromkeys(year for _, _, year, _ in points))
    base = alt.Chart(_rows(points, "chart", "series", "year", "index")).encode(
        x=alt.X("year:O", sort=years, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("index:Q", title=None, scale=alt.Scale(zero=False)),
        color=alt.Color(
            "series:N",
            title=None,
            scale=alt.Scale(range=[_BLUE, _GOLD]),
            legend=alt.Legend(orient="top", labelLimit=300),
        ),
        strokeDash=alt.StrokeDash("series:N", legend=None),
    )
    lines = base.mark_line(point=True)
    panels = [
        lines.transform_filter(alt.datum.chart == title).properties(width=230, height=150, title=title)
        for title in titles
    ]
    return _chart(alt.concat(*panels, columns=3))


def bullets(rows: Sequence[tuple[str, float, float, float, float]], *, label: str) -> Chart:
    """Shares reached, in per cent, a bar each: (name, reached, expected by now, low and high at the end)."""
    order = [name for name, *_ in rows]
    base = alt.Chart(_rows(rows, "name", "reached", "expected", "low", "high")).encode(
        y=alt.Y("name:O", sort=order, title=None, axis=alt.Axis(labelLimit=500))
    )
    reached = base.mark_bar(color=_BLUE, height=14).encode(x=alt.X("reached:Q", title=label))
    interval = base.mark_rule(color=_DARK, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    expected = base.mark_tick(color=_GOLD, thickness=3, size=22).encode(x="expected:Q")
    goal = alt.Chart(_rows([(100,)], "x")).mark_rule(color=_GREY, strokeDash=[4, 3]).encode(x="x:Q")
    return _chart((goal + reached + interval + expected).properties(width=520, height=30 * len(rows)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a count nears its target. ``years``: the names of the fiscal years of the axis.

    Places on it are counted in years from its beginning: (place, count). ``reached``: counts so far,
    the first of them none; ``target``: where and what; ``foreseen``: where, what, and from low to high.
    """

    title: str
    years: Sequence[str]
    reached: Sequence[tuple[float, float]]
    target: tuple[float, float]
    foreseen: tuple[float, float, float, float] | None = None


def courses(all_of_them: Sequence[Course], *, reached: str, straight: str, foreseen: str) -> Chart:
    """Counts on their way to their targets, one small chart each; the words name the lines."""
    panels = [_course(one, (reached, straight, foreseen)) for one in all_of_them]
    return _chart(alt.concat(*panels, columns=2))


def _course(one: Course, names: Sequence[str]) -> Any:
    reached, straight, foreseen = names
    begin, now = one.reached[0], one.reached[-1]
    lines = [(reached, *point) for point in one.reached] + [(straight, *begin), (straight, *one.target)]
    labels = [(*point, False) for point in one.reached[1:]] + [(*one.target, True)]
    layers: list[Any] = []
    if one.foreseen:
        place, value, low, high = one.foreseen
        lines += [(foreseen, *now), (foreseen, place, value)]
        labels.append((place, value, True))
        band = alt.Chart(_rows([(*now, now[1]), (place, low, high)], "x", "low", "high"))
        layers.append(band.mark_area(color=_BLUE, opacity=0.25).encode(x="x:Q", y="low:Q", y2="high:Q"))
    x = alt.X(
        "x:Q",
        title=None,
        # Room for the numbers at the end of the lines.
        scale=alt.Scale(domain=[0, len(one.years) * _HEADROOM], nice=False),
        axis=alt.Axis(
            values=[place + 0.5 for place in range(len(one.years))],
            labelExpr=f"{json.dumps(list(one.years), ensure_ascii=False)}[floor(datum.value)]",
            grid=False,
            ticks=False,
        ),
    )
    y = alt.Y("y:Q", title=None, axis=alt.Axis(tickCount=5, tickMinStep=1))
    drawn = alt.Chart(_rows(lines, "line", "x", "y")).encode(
        x=x,
        y=y,
        color=alt.Color(
            "line:N",
            title=None,
            scale=alt.Scale(domain=list(names), range=[_BLUE, _GOLD, _BLUE]),
            legend=alt.Legend(orient="top", labelLimit=300, symbolType="stroke"),
        ),
        strokeDash=alt.StrokeDash(
            "line:N", scale=alt.Scale(domain=list(names), range=[[1, 0], [6, 3], [2, 3]])
        ),
    )
    layers.append(drawn.mark_line(point=alt.OverlayMarkDef(size=40)))
    for is_end, beside in ((False, {"dy": -10}), (True, {"align": "left", "dx": 6})):
        own = alt.Chart(_rows([label for label in labels if label[2] is is_end], "x", "y", "is_end"))
        text: Any = own.encode(x=x, y=y, text=alt.Text("y:Q", format=",.0f"))
        layers += [
            text.mark_text(stroke="white", strokeWidth=4, **beside),
            text.mark_text(color=_DARK, **beside),
        ]
    return alt.layer(*layers).properties(width=330, height=200, title=one.title)


def matrix(cells: Mapping[tuple[str, str], int], names: Sequence[str]) -> Chart:
    """How often each row met each column, both ways."""
    rows = [(a, b, cells.get((a, b), cells.get((b, a), 0))) for a in names for b in names]
    shown = [row for row in rows if row[2]]
    x = alt.X("b:O", sort=list(names), title=None, scale=alt.Scale(domain=list(names)), axis=_SLANTED)
    y = alt.Y("a:O", sort=list(names), title=None, scale=alt.Scale(domain=list(names)), axis=_WIDE)
    field = alt.Chart(_rows(rows, "a", "b", "n")).mark_rect(color=_FIELD, stroke="white").encode(x=x, y=y)
    base = alt.Chart(_rows(shown, "a", "b", "n")).encode(x=x, y=y)
    colour = alt.Color("n:Q", scale=alt.Scale(scheme="blues"), legend=None)
    most = max((n for _, _, n in shown), default=0)
    ink = alt.condition(alt.datum.n > most / 2, alt.value("white"), alt.value(_DARK))
    return _chart(
        (
            field
            + base.mark_rect(stroke="white").encode(color=colour)
            + base.mark_text(fontSize=9).encode(text="n:Q", color=ink)
        ).properties(width=26 * len(names), height=22 * len(names))
    )


def map_of_clusters(sizes: Mapping[str, int], links: Mapping[tuple[str, str], int]) -> Chart:
    """Clusters in a circle, as large as their numbers, with lines as wide as what connects them."""
    places = {
        name: (cos(2 * pi * n / len(sizes)), sin(2 * pi * n / len(sizes))) for n, name in enumerate(sizes)
    }
    nodes = _rows([(name, *places[name], n) for name, n in sizes.items()], "name", "x", "y", "n")
    lines = [(*places[a], *places[b], n) for (a, b), n in links.items() if a != b]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2.6, 2.6]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.15, 1.15]))
    width = alt.StrokeWidth("n:Q", legend=None, scale=_WIDTHS)
    drawn = alt.Chart(_rows(lines, "x", "y", "x2", "y2", "n")).mark_rule(color=_BLUE, opacity=0.45)
    dots = alt.Chart(nodes).mark_circle(color=_BLUE, opacity=1)
    words = alt.Chart(nodes).encode(x=x, y=y, text="name:N")
    right = words.mark_text(fontSize=11, color=_DARK, align="left", dx=18)
    left = words.mark_text(fontSize=11, color=_DARK, align="right", dx=-18)
    return _chart(
        alt.layer(
            drawn.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=width),
            dots.encode(x=x, y=y, size=alt.Size("n:Q", legend=None, scale=_SIZES)),
            right.transform_filter(alt.datum.x >= 0),
            left.transform_filter(alt.datum.x < 0),
        ).properties(width=860, height=420)
    )


def steps(rows: Sequence[tuple[str, str, int, int]], *, reached: str, immature: str) -> Chart:
    """A funnel per path, beside each other: (path, step, reached, immature)."""
    order = list(dict.fromkeys(step for _, step, _, _ in rows))
    paths = list(dict.fromkeys(path for path, _, _, _ in rows))
    long = [
        (path, step, kind, n)
        for path, step, n_reached, n_immature in rows
        for kind, n in ((reached, n_reached), (immature, n_immature))
    ]
    colours = alt.Scale(domain=[reached, immature], range=[_BLUE, _GOLD])
    bars = (
        alt.Chart(_rows(long, "path", "step", "kind", "n"))
        .mark_bar()
        .encode(
            x=alt.X("n:Q", title=None, axis=alt.Axis(tickCount=5, tickMinStep=1)),
            y=alt.Y("step:O", sort=order, title=None),
            color=alt.Color("kind:N", scale=colours, title=None, legend=alt.Legend(orient="top")),
            order=alt.Order("kind:N", sort="descending"),
        )
        .properties(width=230, height=150)
    )
    panels = [bars.transform_filter(alt.datum.path == path).properties(title=path) for path in paths]
    return _chart(alt.concat(*panels, columns=3))


def lorenz(shares: Sequence[float], *, across: str, up: str) -> Chart:
    """The Lorenz curve of what organisations have: how much of all falls to the fewest shown, in per cent."""
    total, sums = sum(shares), [0.0]
    for share in sorted(shares):
        sums.append(sums[-1] + share)
    step = max(1, len(shares) // 100)
    curve = [
        (100 * place / len(shares), 100 * known / total)
        for place, known in enumerate(sums)
        if total and (place % step == 0 or place == len(shares))
    ]
    x, y = alt.X("x:Q", title=across), alt.Y("y:Q", title=up)
    equal = alt.Chart(_rows([(0, 0), (100, 100)], "x", "y")).mark_line(color=_GREY, strokeDash=[4, 3])
    drawn = alt.Chart(_rows(curve, "x", "y")).mark_area(color=_BLUE, opacity=0.6, line={"color": _BLUE})
    return _chart((drawn.encode(x=x, y=y) + equal.encode(x=x, y=y)).properties(width=320, height=260))


# The fonts of a reader may be wider than those the chart was measured with.
_PADDING = {"left": 60, "right": 60, "top": 5, "bottom": 30}
_HEADROOM = 1.2
_FIELD = "#f1f3f5"
_WIDE = alt.Axis(labelLimit=260)
_SLANTED = alt.Axis(labelAngle=-45, labelLimit=260)
_WIDTHS = alt.Scale(type="sqrt", range=[0.5, 9])
_SIZES = alt.Scale(type="sqrt", range=[30, 900])


def _rows(rows: Sequence[Sequence[object]], *names: str) -> alt.InlineData:
    return alt.InlineData(values=[dict(zip(names, row, strict=True)) for row in rows])


def _chart(chart: Any) -> Chart:
    told = (
        chart.configure(font=_FONT, background="white", padding=_PADDING)
        .configure_view(stroke=None)
        .to_dict()
    )
    return Chart(told)
