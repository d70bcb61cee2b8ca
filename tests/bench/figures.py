"""Figures: what was measured, what it should be, and how both are shown."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

_PACKAGES = (
    "numpy",
    "faiss-cpu",
    "torch",
    "SudachiPy",
    "rank-bm25",
    "tantivy",
    "bm25s",
    "numba",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. ``is_met`` is None where there is no goal, or nothing could be measured."""

    what: str
    measured: str
    goal: str = ""
    is_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Whether results are right, which a benchmark may fail on; how fast they came, it may not."""

    what: str
    found: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a part of the benchmark found. ``notes`` say how it was measured."""

    figures: Sequence[Figure] = ()
    checks: Sequence[Check] = ()
    notes: Sequence[str] = ()


def at_most(what: str, measured: float, goal: float, unit: str) -> Figure:
    """A figure that should not be larger than its goal."""
    return Figure(what, _told(measured, unit), f"≤ {_told(goal, unit)}", measured <= goal)


def at_least(what: str, measured: float, goal: float, unit: str) -> Figure:
    """A figure that should not be smaller than its goal."""
    return Figure(what, _told(measured, unit), f"≥ {_told(goal, unit)}", measured >= goal)


def plain(what: str, measured: float, unit: str) -> Figure:
    """A figure without a goal, shown beside others."""
    return Figure(what, _told(measured, unit))


def table(name: str, result: Result) -> Table:
    """A part's result for the terminal."""
    shown = Table(title=name, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("", "measured", "goal", ""):
        shown.add_column(heading, justify="right" if heading else "left")
    for row in _rows(result):
        shown.add_row(*row)
    return shown


def markdown(measured_on: str, results: Sequence[tuple[str, Result]]) -> str:
    """The whole report, as a page."""
    lines = ["# Benchmark", "", measured_on]
    for name, result in results:
        lines += ["", f"## {name}", "", "| | measured | goal | |", "|---|--:|--:|---|"]
        lines += [f"| {' | '.join(row)} |" for row in _rows(result)]
        if result.notes:
            lines += ["", *(f"- {note}" for note in result.notes)]
    return "\n".join([*lines, ""])


def machine() -> str:
    """What the figures were measured on and with, and how busy it was."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the start; "
        f"Python {platform.python_version()}, {packages}."
    )


def _rows(result: Result) -> list[tuple[str, str, str, str]]:
    verdicts = {True: "met", False: "missed", None: ""}
    return [
        *((f.what, f.measured, f.goal, verdicts[f.is_met]) for f in result.figures),
        *((c.what, c.found, "", "right" if c.is_right else "WRONG") for c in result.checks),
    ]


def _told(value: float, unit: str) -> str:
    if unit == "":
        return f"{value:.3f}"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
