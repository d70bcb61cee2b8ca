"""`matchbot targets`: what figures are to reach, and how far they are."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchbot.cli.acting import Acting, acts, tends
from matchbot.cli.indicators import Asked, as_of_option, from_option, fy_option, reader_of, to_option
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done, show_target_import
from matchbot.cli.shell import Shell
from matchbot.cli.values import FigureNumber, reason_option, reason_required

if TYPE_CHECKING:
    from matchbot.indicators import Baseline, TargetProgress

figure_argument = click.argument("figure", metavar="FIGURE", type=FigureNumber())
cluster_option = click.option("--cluster", default="", metavar="ID")


@click.group(cls=LocalisedGroup)
def targets() -> None:
    pass


@targets.command("set")
@figure_argument
@click.argument("value", metavar="VALUE", type=float)
@cluster_option
@from_option
@to_option
@fy_option
@click.option("--source", default="", metavar="TEXT")
@reason_option
@acts
def set_(
    acting: Acting,
    figure: str,
    value: float,
    cluster: str,
    first: date | None,
    last: date | None,
    fiscal_year: str,
    source: str,
    reason: str,
) -> None:
    from matchbot.indicators import Target

    period = Asked(first, last, fiscal_year, None).question(acting.shell).period
    target = Target(figure=figure, period=period, value=value, cluster=cluster)
    receipt = acting.shell.service.set_target(target, source=source, reason=reason, **acting.deed)
    acting.answer(receipt, done("target"))


@targets.command("lift")
@figure_argument
@cluster_option
@from_option
@to_option
@fy_option
@reason_required
@acts
def lift(
    acting: Acting,
    figure: str,
    cluster: str,
    first: date | None,
    last: date | None,
    fiscal_year: str,
    reason: str,
) -> None:
    period = Asked(first, last, fiscal_year, None).question(acting.shell).period
    receipt = acting.desk.lift_target(figure, period, cluster=cluster, reason=reason, **acting.deed)
    acting.answer(receipt, done("target-lift"))


@targets.command("init")
@acts
def init(acting: Acting) -> None:
    source = acting.shell.texts("targets-of-the-programme")
    n = acting.shell.service.set_targets_of_the_programme(source=source, **acting.deed)
    acting.answer({"n_recorded": n}, lambda shell, told: shell.say("targets-initialised", n=n))


@targets.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@acts
def import_(acting: Acting, file: Path) -> None:
    acting.answer(acting.shell.service.import_targets(file, **acting.deed), show_target_import)


@targets.command("list")
@from_option
@to_option
@fy_option
@as_of_option
@tends
def list_(
    acting: Acting, first: date | None, last: date | None, fiscal_year: str, as_of: datetime | None
) -> None:
    shell = acting.shell
    question = Asked(first, last, fiscal_year, as_of).question(shell)
    with shell.service.evaluation(by=acting.member) as asked:
        is_narrowed = bool(first or last or fiscal_year)
        found = asked.progress(question) if is_narrowed else asked.progress_of_all(question)
    if acting.as_json:
        reader = reader_of(shell)
        acting.answer([reader.progress_json(each) for each in found], lambda shell, told: None)
    else:
        acting.answer(found, show_progress)


@targets.command("baselines")
@tends
def baselines(acting: Acting) -> None:
    from matchbot.indicators import BASELINES

    acting.answer(BASELINES, _show_baselines)


def show_progress(shell: Shell, found: "list[TargetProgress]") -> None:
    """One line for each target, with what stands beside it."""
    from matchbot.reporting.tables import PROGRESS_COLUMNS

    reader = reader_of(shell)
    shell.table(PROGRESS_COLUMNS, [reader.progress_row(each) for each in found])
    shell.say("targets-method")


def _show_baselines(shell: Shell, found: "tuple[Baseline, ...]") -> None:
    from matchbot.reporting.tables import BASELINE_COLUMNS

    reader = reader_of(shell)
    shell.table(BASELINE_COLUMNS, reader.baselines())
    shell.say("baselines-told")
