"""Values in words: the rows that a terminal, a CSV file, a workbook and a page show alike."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import StringIO
from typing import Any

from matchbot.desk import BreakView, CommentView, Counted, Opened
from matchbot.indicators import (
    BASELINES,
    FIGURES,
    INDICATORS,
    PHASE_I,
    Baseline,
    Breakdown,
    Credit,
    Indicator,
    Part,
    Performance,
    Period,
    TargetProgress,
    Value,
)
from matchbot.indicators.definitions import Measure, Unit
from matchbot.indicators.periods import era_name, fiscal_year_of
from matchbot.indicators.values import Flag
from matchbot.texts import Texts
from matchbot.wording import Wording
from matchbot.workdays import to_the_minute

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
    "version",
    "flags",
)
"""The columns of a table of values: keys of texts ``column-<name>``."""

SHEET_COLUMNS = ("breakdown", *COLUMNS, "period", "known-at")
"""The columns of a table of values that is understood by itself, in whatever it is pasted into."""

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

PROGRESS_COLUMNS = (
    "figure",
    "name",
    "part",
    "period",
    "figure-value",
    "weaker",
    "target",
    "reached",
    "straight",
    "seasonal",
    "forecast",
    "baseline",
    "flags",
)
"""The columns of a table of targets."""

BASELINE_COLUMNS = ("figure", "name", "figure-value", "unit", "caveats")
"""The columns of the results of phase I."""

COMMENT_COLUMNS = ("id", "figure", "name", "fiscal-year", "day", "comment", "actions")
"""The columns of what the committee said."""

BREAK_COLUMNS = ("id", "day", "figure", "name", "part", "reason")
"""The columns of breaks in a series."""

CREDIT_COLUMNS = ("part", "kind", "claimed", "share", "in-all")
"""The columns of outcomes split among those who claim them."""

OPENED_COLUMNS = ("thing", "day", "behind", "evidence", "flags")
"""The columns of what stands behind a number."""

PERFORMANCE_COLUMNS = ("fiscal-year", "members-index", "average-index", "reporting")
"""The columns of an index by year."""

Cell = str | int | float | None

_DECIMALS = {
    Unit.PERCENT: 1,
    Unit.RATIO: 4,
    Unit.POINT: 2,
    Unit.WORKING_DAY: 1,
    Unit.HOUR: 1,
    Unit.STEP: 2,
    Unit.TIMES: 2,
}


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
                value.version,
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
            value.version,
            self.flags(value),
        )

    def sheet_row(self, value: Value, counted: Counted) -> tuple[Cell, ...]:
        """A value as a row of `SHEET_COLUMNS`; ``counted``: what it is one of."""
        return (
            self.texts(f"breakdown-{value.by}") if value.by else "",
            *self.row(value),
            f"{counted.period.first} – {counted.period.last}",
            counted.as_of.isoformat(timespec="seconds"),
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
            case Breakdown.EVIDENCE:
                return self.texts(f"evidence-{part}")
            case Breakdown.NOVELTY | Breakdown.START:
                return self.texts(f"{by}-{part}")
            case Breakdown.COORDINATOR | Breakdown.SCHEME:
                return part

    def interval(self, value: Value) -> str:
        """The interval of a value, or ""."""
        if value.low is None or value.high is None:
            return ""
        decimals = _DECIMALS.get(FIGURES[value.figure][1].unit, 1)
        return f"{value.low:.{decimals}f} – {value.high:.{decimals}f}"

    def flags(self, value: Value) -> str:
        """What has to be known of a value, in words."""
        return self.texts("list-separator").join(self.texts(f"flag-{flag}") for flag in value.flags)

    def progress_row(self, one: TargetProgress) -> tuple[Cell, ...]:
        """A target as a row of `PROGRESS_COLUMNS`."""
        _, figure = FIGURES[one.figure]
        return (
            one.figure,
            self.name(one.figure),
            self.wording.cluster(one.cluster) if one.cluster else self.texts("total"),
            f"{one.period.first} – {one.period.last}",
            rounded(one.value.value, figure.unit),
            None if Flag.HIDDEN in one.value.flags else one.value.weaker,
            rounded(one.target, figure.unit),
            self._reached(one),
            rounded(one.straight, figure.unit),
            rounded(one.seasonal, figure.unit),
            self.forecast(one),
            "" if one.cluster else self.baseline(one.figure),
            self.flags(one.value),
        )

    def comment_row(self, one: CommentView) -> tuple[Cell, ...]:
        """What the committee said as a row of `COMMENT_COLUMNS`, with what was done about it."""
        actions = (f"{action.on} {action.text}" for action in one.actions)
        return (
            one.id,
            one.figure,
            self._name_of_series(one.figure),
            self.year(one.fiscal_year),
            one.on.isoformat(),
            one.text,
            self.texts("list-separator").join(actions),
        )

    def break_row(self, one: BreakView) -> tuple[Cell, ...]:
        """A break in a series as a row of `BREAK_COLUMNS`."""
        is_of_all = self.texts("breaks-of-all")
        return (
            one.id,
            one.on.isoformat(),
            one.figure,
            self._name_of_series(one.figure) if one.figure else is_of_all,
            self.wording.cluster(one.cluster) if one.cluster else is_of_all,
            one.reason,
        )

    def performance_rows(self, one: Performance) -> list[tuple[Cell, ...]]:
        """An index by year as rows of `PERFORMANCE_COLUMNS`."""
        return [
            (self.year(point.fiscal_year), _tenths(point.members), _tenths(point.average), point.n_reporting)
            for point in one.points
        ]

    def performance_facts(self, one: Performance) -> dict[str, str | int]:
        """What has to be known of an index: the facts of the text ``performance-told``."""
        account = self.texts(f"account-{one.account}")
        part = self.wording.cluster(one.part) if one.by is Part.CLUSTER else one.part
        return {
            "account": f"{part} · {account}" if part else account,
            "n": one.n_panel,
            "dropped": one.n_dropped,
            "large": one.n_large,
        }

    def credit_row(self, one: Credit, *, by: Breakdown) -> tuple[Cell, ...]:
        """A part in the outcomes of a kind as a row of `CREDIT_COLUMNS`."""
        return (
            self.part(by, one.name) if one.name else self.texts("total"),
            self.texts(f"outcome-{one.kind}"),
            one.n_claimed,
            round(float(one.share), 2),
            one.n,
        )

    def opened_row(self, row: Opened) -> tuple[Cell, ...]:
        """What stands behind a number as a row of `OPENED_COLUMNS`."""
        day = row.day.isoformat() if row.day else ""
        behind = self.texts("list-separator").join(row.organisations)
        return row.thing, day, behind, row.evidence, self.marks(row)

    def marks(self, row: Opened) -> str:
        """What has to be known of what stands behind a number, in words."""
        told = [f"flag-{row.certainty}"] if row.certainty else []
        told += ["opened-attested"] if row.is_attested else []
        return self.texts("list-separator").join(map(self.texts, told))

    def _name_of_series(self, id: str) -> str:
        return self.name(id) if id in FIGURES else self.texts(f"indicator-{id}")

    def year(self, year: int) -> str:
        """A fiscal year in a few letters: 平成18, FY2006."""
        return era_name(year).removesuffix("年度") if self.texts.language == "ja" else f"FY{year}"

    def target_name(self, one: TargetProgress) -> str:
        """What a target is set for: the project if it is one's, the figure, and from when to when."""
        project = f"{self.wording.cluster(one.cluster)}: " if one.cluster else ""
        return f"{project}{self.name(one.figure)} ({one.period.first:%Y-%m} – {one.period.last:%Y-%m})"

    def _reached(self, one: TargetProgress) -> str:
        return "" if one.share is None else f"{one.share:.1f}%"

    def forecast(self, one: TargetProgress) -> str:
        """What a count will come to, with its interval; else why nothing is foreseen."""
        if one.forecast is None:
            return self.texts(f"no-forecast-{one.no_forecast}") if one.no_forecast else ""
        told = one.forecast
        return f"{told.value:,.0f} ({told.low:,}–{told.high:,})"

    def progress_json(self, one: TargetProgress) -> dict[str, Any]:
        """A target with what belongs to it, for programs."""
        value = one.value
        is_hidden = Flag.HIDDEN in value.flags
        return {
            "id": one.figure,
            "name": self.name(one.figure),
            "cluster": one.cluster,
            "period": {"from": one.period.first, "to": one.period.last},
            "until": one.until,
            "value": value.value,
            "n": None if is_hidden else value.n,
            "weaker_evidence": None if is_hidden else value.weaker,
            "low": value.low,
            "high": value.high,
            "unit": FIGURES[one.figure][1].unit,
            "target": one.target,
            "source": one.source,
            "share": one.share,
            "straight": one.straight,
            "seasonal": one.seasonal,
            "gains": [{"from": g.period.first, "to": g.period.last, "n": g.n} for g in one.gains],
            "forecast": asdict(one.forecast) if one.forecast else None,
            "no_forecast": one.no_forecast,
            "baselines": [self._baseline_json(each) for each in BASELINES if each.figure == one.figure],
            "version": value.version,
            "flags": list(value.flags),
        }

    def baseline(self, figure: str) -> str:
        """What phase I came to, by what stands beside a figure; each with its caveats."""
        told = [self._baseline(each) for each in BASELINES if figure and each.figure == figure]
        return self.texts("list-separator").join(told)

    def _baseline(self, baseline: Baseline) -> str:
        return self.texts(
            "baseline-told",
            name=self.texts(f"baseline-{baseline.id}"),
            value=f"{rounded(baseline.value, baseline.unit):,}",
            unit=self.texts(f"unit-{baseline.unit}"),
            caveats=self._caveats(baseline),
        )

    def _caveats(self, baseline: Baseline) -> str:
        return self.texts("list-separator").join(self.texts(f"caveat-{each}") for each in baseline.caveats)

    def _baseline_json(self, baseline: Baseline) -> dict[str, Any]:
        return {
            "id": baseline.id,
            "name": self.texts(f"baseline-{baseline.id}"),
            "period": {"from": PHASE_I.first, "to": PHASE_I.last},
            "value": baseline.value,
            "unit": baseline.unit,
            "caveats": list(baseline.caveats),
            "told": self._caveats(baseline),
        }

    def baselines(self) -> list[tuple[Cell, ...]]:
        """The results of phase I: rows of `BASELINE_COLUMNS`."""
        return [
            (
                each.figure,
                self.texts(f"baseline-{each.id}"),
                rounded(each.value, each.unit),
                "" if each.value is None else self.texts(f"unit-{each.unit}"),
                self._caveats(each),
            )
            for each in BASELINES
        ]

    def period(self, period: Period) -> str:
        """A period in words: a fiscal year by both calendars."""
        if not period.is_fiscal_year:
            return self.texts("indicators-period")
        year = fiscal_year_of(period.first)
        era = era_name(year, is_in_english=self.texts.language == "en")
        return self.texts("indicators-fiscal-year", year=str(year), era=era)

    def caution(self, counted: Counted) -> str:
        """Why what is counted by members says nothing; "" where they were recorded by then."""
        since = counted.members_since
        if not any(Flag.UNRECORDED in value.flags for value in counted.values):
            return ""
        if since is None:
            return self.texts("indicators-without-members")
        return self.texts("indicators-before-members", since=to_the_minute(since))

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

    def dictionary(self) -> list[tuple[Cell, ...]]:
        """The data dictionary: a row of `DEFINITION_COLUMNS` for each figure."""
        rows: list[tuple[Cell, ...]] = []
        for indicator in INDICATORS:
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
        told = {indicator.id: self.definition(indicator) for indicator in INDICATORS}
        return {
            "period": {"from": counted.period.first, "to": counted.period.last},
            "as_of": counted.as_of,
            "ledger": str(counted.head),
            "values": [self._value_json(value, counted, told) for value in counted.values],
            "targets": [self.progress_json(one) for one in counted.progress],
        }

    def _value_json(
        self, value: Value, counted: Counted, definitions: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Any]:
        indicator, figure = FIGURES[value.figure]
        told = definitions[indicator.id]
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
            "basis": told["basis"],
        }


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


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
