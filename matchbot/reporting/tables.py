"""Values in words: the rows that a terminal, a CSV file, a workbook and a page show alike."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from matchbot.desk import Counted
from matchbot.indicators import FIGURES, INDICATORS, Breakdown, Group, Indicator, Period, Value
from matchbot.indicators.counting import Flag
from matchbot.indicators.definitions import Measure, Unit
from matchbot.indicators.periods import era_name, fiscal_year_of
from matchbot.texts import Texts
from matchbot.wording import Wording

COLUMNS = (
    "figure",
    "name",
    "part",
    "figure-value",
    "unit",
    "events",
    "distinct",
    "denominator",
    "missing",
    "weaker",
    "interval",
    "flags",
)
"""The columns of a table of values: keys of texts ``column-<name>``."""

DEFINITION_COLUMNS = (
    "figure",
    "name",
    "version",
    "definition",
    "numerator",
    "denominator",
    "dedupe",
    "basis",
    "unit",
)
"""The columns of the data dictionary."""

Cell = str | int | float | None

_DECIMALS = {Unit.PERCENT: 1, Unit.RATIO: 4, Unit.POINT: 2, Unit.WORKING_DAY: 1, Unit.STEP: 2}


@dataclass(frozen=True)
class Reader:
    """The language of a reader, and what clusters are called in it."""

    texts: Texts
    wording: Wording

    def row(self, value: Value) -> tuple[Cell, ...]:
        """A value as a row of `COLUMNS`."""
        _, figure = FIGURES[value.figure]
        is_count = figure.measure in (Measure.EVENTS, Measure.DISTINCT)
        if Flag.HIDDEN in value.flags:
            return (
                *self._called(value),
                None,
                self.texts(f"unit-{figure.unit}"),
                *[None] * 5,
                "",
                self.flags(value),
            )
        return (
            *self._called(value),
            rounded(value.value, figure.unit),
            self.texts(f"unit-{figure.unit}"),
            value.n,
            value.distinct,
            None if is_count else value.denominator,
            value.missing,
            value.weaker,
            self.interval(value),
            self.flags(value),
        )

    def _called(self, value: Value) -> tuple[str, str, str]:
        part = self.part(value.by, value.part) if value.by else ""
        return value.figure, self.name(value.figure), part

    def name(self, figure_id: str) -> str:
        """What a figure is called."""
        indicator, _ = FIGURES[figure_id]
        key = f"indicator-{figure_id}" if figure_id == indicator.id else f"figure-{figure_id}"
        return self.texts(key)

    def part(self, by: str, part: str) -> str:
        """What a part of a breakdown is called."""
        if not part:
            return self.texts("indicators-part-unknown")
        match Breakdown(by):
            case Breakdown.CLUSTER | Breakdown.CLUSTER_TODAY | Breakdown.PAIR:
                return " – ".join(self.wording.cluster(id) for id in part.split(" "))
            case Breakdown.KIND:
                return self.texts(f"kind-{part}")
            case Breakdown.PURPOSE:
                return self.texts(f"purpose-{part}")
            case Breakdown.PATH:
                return self.texts(f"path-{part}")
            case Breakdown.ROLE:
                return self.texts(f"member-role-{part}")
            case Breakdown.SIDE:
                return self.texts(f"side-{part}")
            case Breakdown.COORDINATOR:
                return part

    def interval(self, value: Value) -> str:
        """The interval of a value, or ""."""
        if value.low is None or value.high is None:
            return ""
        return f"{value.low:.1f}–{value.high:.1f}"

    def flags(self, value: Value) -> str:
        """What has to be known of a value, in words."""
        return self.texts("list-separator").join(self.texts(f"flag-{flag}") for flag in value.flags)

    def period(self, period: Period) -> str:
        """A period in words: a fiscal year by both calendars."""
        if not period.is_fiscal_year:
            return self.texts("indicators-period")
        year = fiscal_year_of(period.first)
        era = era_name(year, is_in_english=self.texts.language == "en")
        return self.texts("indicators-fiscal-year", year=str(year), era=era)

    def definition(self, indicator: Indicator) -> dict[str, str]:
        """The words of a definition, by their names."""
        key = f"indicator-{indicator.id}"
        has_denominator = f"{key}-denominator" in self.texts
        return {
            "name": self.texts(key),
            "definition": self.texts(f"{key}-definition"),
            "numerator": self.texts(f"{key}-numerator"),
            "denominator": self.texts(f"{key}-denominator") if has_denominator else "",
            "dedupe": self.texts(f"{key}-dedupe"),
            "basis": self.texts(f"basis-{indicator.basis}"),
        }

    def dictionary(self, group: Group | None = None) -> list[tuple[Cell, ...]]:
        """The data dictionary: a row of `DEFINITION_COLUMNS` for each figure."""
        rows: list[tuple[Cell, ...]] = []
        for indicator in INDICATORS:
            if group not in (None, indicator.group):
                continue
            told = self.definition(indicator)
            for figure in indicator.figures:
                rows.append(
                    (
                        figure.id,
                        self.name(figure.id),
                        indicator.version,
                        *(
                            told[name]
                            for name in ("definition", "numerator", "denominator", "dedupe", "basis")
                        ),
                        self.texts(f"unit-{figure.unit}"),
                    )
                )
        return rows

    def headings(self, columns: Sequence[str]) -> list[str]:
        """The words above columns."""
        return [self.texts(f"column-{name}") for name in columns]

    def json(self, counted: Counted) -> dict[str, Any]:
        """Values with their definitions, for programs."""
        return {
            "period": {"from": counted.period.first, "to": counted.period.last},
            "as_of": counted.as_of,
            "ledger": str(counted.head),
            "values": [self._value_json(value, counted) for value in counted.values],
        }

    def _value_json(self, value: Value, counted: Counted) -> dict[str, Any]:
        indicator, figure = FIGURES[value.figure]
        told = self.definition(indicator)
        numbers: dict[str, int | None] = {
            "n": value.n,
            "distinct": value.distinct,
            "missing": value.missing,
            "weaker_evidence": value.weaker,
            "n_organisations": value.n_organisations,
        }
        if Flag.HIDDEN in value.flags:
            numbers = dict.fromkeys(numbers)
        return {
            "id": value.figure,
            "indicator": indicator.id,
            "set": indicator.group,
            "name": self.name(value.figure),
            "by": value.by,
            "part": value.part,
            "value": value.value,
            "unit": figure.unit,
            **numbers,
            "denominator": value.denominator,
            "low": value.low,
            "high": value.high,
            "flags": list(value.flags),
            "version": value.version,
            "as_of": counted.as_of,
            "definition": told["definition"],
            "numerator": told["numerator"],
            "formula_denominator": told["denominator"],
            "dedupe": told["dedupe"],
        }


def rounded(value: float | None, unit: Unit) -> int | float | None:
    """A value as it is shown: counts whole, all else with as many decimals as its unit deserves."""
    if value is None:
        return None
    decimals = _DECIMALS.get(unit)
    return int(value) if decimals is None else round(float(value), decimals)


def to_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table as CSV, with a byte order mark, by which spreadsheets know it for UTF-8."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return "\ufeff" + written.getvalue()


def this_fiscal_year(today: date) -> Period:
    """The fiscal year of a day."""
    return Period.fiscal_year(fiscal_year_of(today))
