"""`matchbot indicators`: the numbers of the programme, with what belongs to each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.sparing import uncollected
from matchbot.cli.acting import Acting, tends
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell
from matchbot.cli.values import DAY_SHOWN, Day, FigureNumber, Moment, Word
from matchbot.indicators.definitions import Breakdown, Group
from matchbot.indicators.periods import Period
from matchbot.workdays import OFFICE_ZONE, day_of, to_the_minute

if TYPE_CHECKING:
    from matchbot.desk import Counted, Evaluation, Opened
    from matchbot.indicators import Question
    from matchbot.reporting.tables import Reader

_ALL = "all"
_BREAKDOWNS = (
    Breakdown.CLUSTER,
    Breakdown.KIND,
    Breakdown.PURPOSE,
    Breakdown.PATH,
    Breakdown.PAIR,
    Breakdown.COORDINATOR,
    Breakdown.ROLE,
    Breakdown.SIDE,
    Breakdown.NOVELTY,
    Breakdown.START,
    Breakdown.SCHEME,
    Breakdown.EVIDENCE,
)
_BOTH_CLUSTERS = (Breakdown.CLUSTER, Breakdown.CLUSTER_TODAY)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of a command say is to be counted."""

    first: date | None
    last: date | None
    fiscal_year: str
    as_of: datetime | None
    group: str = _ALL
    breakdowns: Sequence[Breakdown] = ()
    evidence: str = "AB"
    only: Sequence[str] = ()
    with_progress: bool = False

    def question(self, shell: Shell) -> "Question":
        """The question for the desk. Raises click's usage error for a period that is none."""
        # Here, so that no help waits for it.
        from matchbot.indicators import Question

        as_of = self.as_of or datetime.now(OFFICE_ZONE)
        breakdowns: list[Breakdown] = []
        for by in self.breakdowns:
            breakdowns += _BOTH_CLUSTERS if by is Breakdown.CLUSTER else (by,)
        return Question(
            period=period_of(shell, self.first, self.last, self.fiscal_year, today=day_of(as_of)),
            as_of=as_of,
            group=None if self.group == _ALL else Group(self.group),
            breakdowns=tuple(dict.fromkeys(breakdowns)),
            is_headline_only=self.evidence == "AB",
            only=tuple(self.only),
            with_progress=self.with_progress,
        )


def period_of(shell: Shell, first: date | None, last: date | None, written: str, *, today: date) -> Period:
    """The period that options name; the fiscal year of today where they name none."""
    from matchbot.reporting.tables import this_fiscal_year

    if written and (first or last):
        raise click.UsageError(shell.texts("period-in-two-ways"))
    if written:
        try:
            return Period.parse_fiscal_year(written)
        except ValueError:
            raise click.BadParameter(
                shell.texts("not-a-fiscal-year", written=written), param_hint="--fy"
            ) from None
    current = this_fiscal_year(today)
    try:
        return Period(first or min(current.first, last or today), last or today) if first or last else current
    except ValueError:
        raise click.BadParameter(shell.texts("period-backwards"), param_hint="--to") from None


from_option = click.option("--from", "first", type=Day(), metavar=DAY_SHOWN)
to_option = click.option("--to", "last", type=Day(), metavar=DAY_SHOWN)
fy_option = click.option("--fy", "fiscal_year", default="", metavar="YEAR")
as_of_option = click.option("--as-of", type=Moment(), metavar="TIME")


@click.command(cls=LocalisedCommand)
@click.option("--set", "group", type=click.Choice([*(group.value for group in Group), _ALL]), default=_ALL)
@click.option("--only", type=FigureNumber(), metavar="FIGURE", multiple=True)
@from_option
@to_option
@fy_option
@click.option("--by", "breakdowns", type=Word(_BREAKDOWNS, "breakdown"), metavar="BREAKDOWN", multiple=True)
@as_of_option
@click.option("--evidence", type=click.Choice(["AB", _ALL]), default="AB", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "xlsx"]),
    default="table",
    show_default=True,
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--external", "is_external", is_flag=True)
@click.option("--open", "opened", type=FigureNumber(), default="", metavar="FIGURE")
@click.option("--part", metavar="PART")
@tends
def indicators(
    acting: Acting,
    group: str,
    only: Sequence[str],
    first: date | None,
    last: date | None,
    fiscal_year: str,
    breakdowns: Sequence[Breakdown],
    as_of: datetime | None,
    evidence: str,
    form: str,
    out: Path | None,
    is_external: bool,
    opened: str,
    part: str | None,
) -> None:
    asked = Asked(
        first,
        last,
        fiscal_year,
        as_of,
        group,
        breakdowns,
        evidence,
        only,
        with_progress=group in (Group.PROGRAMME, _ALL) and not only,
    )
    question = asked.question(acting.shell)
    service, reader = acting.shell.service, reader_of(acting.shell)
    if part is not None and not (opened and len(breakdowns) == 1):
        raise click.UsageError(acting.shell.texts("part-of-nothing"))
    if opened:
        with uncollected(), service.evaluation(by=acting.member) as evaluation:
            if part is not None:
                part = _part(acting.shell, part, opened, question, evaluation)
            rows = evaluation.opened(opened, question, part=part)
        acting.answer(rows, lambda shell, rows: _show_opened(shell, opened, rows))
        return
    _require_inside(acting.shell, question)
    with uncollected():
        counted = service.indicators(question, by=acting.member)
    if is_external:
        counted = counted.published
    for by in breakdowns:
        if not any(value.by == by for value in counted.values):
            acting.shell.note("no-such-breakdown", by=acting.shell.texts(f"breakdown-{by}"))
    if form == "xlsx":
        _write_workbook(acting.shell, out, counted, reader)
    elif form == "csv":
        _write(acting.shell, out, _csv(counted, reader))
    elif form == "json" or acting.as_json:
        Acting(acting.shell, acting.who, acting.key, as_json=True).answer(reader.json(counted), _show_nothing)
    else:
        acting.answer(counted, lambda shell, counted: _show(shell, counted, with_definitions=bool(only)))


def _require_inside(shell: Shell, question: "Question") -> None:
    """Raises click's usage error where an indicator is named that is in another set."""
    from matchbot.indicators import FIGURES, INDICATORS, outside

    for id in outside(question):
        own = next(each.group for each in INDICATORS if id == each.id or FIGURES.get(id, (None,))[0] == each)
        told = {"set": shell.texts(f"set-{question.group}"), "own": shell.texts(f"set-{own}")}
        raise click.BadParameter(shell.texts("figure-of-another-set", figure=id, **told), param_hint="--only")


def _part(shell: Shell, told: str, figure: str, question: "Question", evaluation: "Evaluation") -> str:
    """The part of the only breakdown that has this id or name. Raises click's usage error for none."""
    by = question.breakdowns[0]
    asked = replace(question, group=None, only=(figure,), breakdowns=(by,), with_progress=False)
    names = {v.part: reader_of(shell).part(by, v.part) for v in evaluation.indicators(asked).values if v.by}
    for part, name in names.items():
        if told in (part, name):
            return part
    parts = shell.texts("list-separator").join(
        f"{part} ({name})" if part not in ("", name) else name for part, name in sorted(names.items())
    )
    raise click.BadParameter(shell.texts("no-such-part", part=told, parts=parts), param_hint="--part")


def reader_of(shell: Shell) -> "Reader":
    """Who reads the output of this run."""
    from matchbot.reporting.tables import Reader

    return Reader(shell.texts, shell.wording)


def _show(shell: Shell, counted: "Counted", *, with_definitions: bool) -> None:
    from matchbot.indicators import FIGURES
    from matchbot.reporting.tables import COLUMNS, PROGRESS_COLUMNS

    reader = reader_of(shell)
    shell.say(
        "indicators-header",
        period=reader.period(counted.period),
        **{"from": counted.period.first},
        to=counted.period.last,
        as_of=to_the_minute(counted.as_of),
        head=str(counted.head.seq),
    )
    if caution := reader.caution(counted):
        click.echo(caution)
    by = None
    rows: list[tuple[object, ...]] = []
    in_order = ["", *Breakdown]
    for value in [*sorted(counted.values, key=lambda value: in_order.index(value.by)), None]:
        if rows and (value is None or value.by != by):
            if by:
                shell.say(f"breakdown-{by}")
            shell.table(COLUMNS, rows)
            rows = []
        if value is not None:
            by = value.by
            rows.append(reader.row(value))
    if counted.progress:
        shell.say("report-targets")
        shell.table(PROGRESS_COLUMNS, [reader.progress_row(each) for each in counted.progress])
    if with_definitions:
        for indicator in dict.fromkeys(FIGURES[value.figure][0] for value in counted.values):
            told = reader.definition(indicator)
            click.echo(f"{indicator.id} {told['name']}")
            for name in ("definition", "numerator", "denominator", "dedupe", "basis"):
                if told[name]:
                    click.echo(f"  {shell.texts(f'column-{name}')}: {told[name]}")


def _show_opened(shell: Shell, figure: str, rows: "Sequence[Opened]") -> None:
    shell.say("indicators-opened", figure=figure, name=reader_of(shell).name(figure), n=len(rows))
    reader, separator = reader_of(shell), shell.texts("list-separator")
    shell.table(
        ("thing", "day", "behind", "figure-value", "evidence", "flags"),
        [
            (
                row.thing,
                row.day,
                separator.join(row.organisations),
                row.measure,
                row.evidence,
                reader.marks(row),
            )
            for row in rows
        ],
    )


def _show_nothing(shell: Shell, value: object) -> None:
    """Everything is in the JSON."""


def _csv(counted: "Counted", reader: "Reader") -> str:
    from matchbot.reporting.tables import SHEET_COLUMNS, to_csv

    rows = [reader.sheet_row(value, counted) for value in counted.values]
    return to_csv(reader.headings(SHEET_COLUMNS), rows)


def _write(shell: Shell, out: Path | None, text: str) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8", newline="")
    shell.note("indicators-written", file=str(out))


def _write_workbook(shell: Shell, out: Path | None, counted: "Counted", reader: "Reader") -> None:
    from matchbot.reporting.workbooks import write_workbook

    if out is None:
        raise click.UsageError(shell.texts("xlsx-needs-a-file"))
    write_workbook(out, counted, reader)
    shell.note("indicators-written", file=str(out))
