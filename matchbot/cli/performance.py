"""`matchbot performance`: yearly figures of firms, and their index against the national average."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchbot.cli.acting import Acting, acts, tends
from matchbot.cli.indicators import Asked, as_of_option, fy_option, reader_of
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import show_performance_import
from matchbot.cli.shell import Shell
from matchbot.cli.values import Word
from matchbot.indicators import Part

if TYPE_CHECKING:
    from matchbot.indicators import Performance


@click.group(cls=LocalisedGroup)
def performance() -> None:
    pass


@performance.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--average", "is_average", is_flag=True)
@acts
def import_(acting: Acting, file: Path, is_average: bool) -> None:
    report = acting.desk.import_performance(file, is_average=is_average, **acting.deed)
    acting.answer(report, show_performance_import)


@performance.command("index")
@click.option("--by", "per", type=Word(Part, "breakdown"))
@fy_option
@as_of_option
@tends
def index(acting: Acting, per: Part | None, fiscal_year: str, as_of: datetime | None) -> None:
    question = Asked(None, None, fiscal_year, as_of).question(acting.shell)
    with acting.shell.service.evaluation(by=acting.member) as asked:
        found = asked.performance(question, per=per)
    acting.answer(found, _show)


def _show(shell: Shell, found: "list[Performance]") -> None:
    from matchbot.reporting.tables import PERFORMANCE_COLUMNS

    if not found:
        shell.say("performance-none")
        return
    reader = reader_of(shell)
    for one in found:
        shell.say("performance-told", **reader.performance_facts(one))
        shell.table(PERFORMANCE_COLUMNS, reader.performance_rows(one))
    shell.say("performance-bias")
