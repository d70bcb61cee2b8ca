"""`matchbot report`: everything that is counted, as a page for readers and as a database to explore."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.sparing import uncollected
from matchbot.cli.acting import Acting, looks, tends
from matchbot.cli.indicators import Asked, as_of_option, from_option, fy_option, reader_of, to_option
from matchbot.cli.localised import ShortGroup
from matchbot.cli.shell import Shell
from matchbot.texts import LANGUAGES

if TYPE_CHECKING:
    from matchbot.reporting.tables import Reader


@click.group(cls=ShortGroup, short_for="make", takes_options=True)
def report() -> None:
    pass


@report.command("make")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", required=True)
@from_option
@to_option
@fy_option
@as_of_option
@tends
def make(
    acting: Acting, out: Path, first: date | None, last: date | None, fiscal_year: str, as_of: datetime | None
) -> None:
    # Here and below, so that no help waits for the library of charts.
    from matchbot.reporting.material import gather
    from matchbot.reporting.pages import write_report

    question = Asked(first, last, fiscal_year, as_of).question(acting.shell)
    with acting.shell.progress() as progress, uncollected():
        material = gather(
            acting.shell.service, question.period, question.as_of, acting.member, progress=progress
        )
        pages = write_report(out, material, _readers(acting.shell), progress=progress)
    _answer(acting, pages)


@report.command("export-db")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@from_option
@to_option
@fy_option
@as_of_option
@tends
def export_db(
    acting: Acting,
    file: Path,
    first: date | None,
    last: date | None,
    fiscal_year: str,
    as_of: datetime | None,
) -> None:
    from matchbot.reporting.databases import export_database

    question = Asked(first, last, fiscal_year, as_of).question(acting.shell)
    written = export_database(
        acting.shell.service,
        file,
        question.period,
        question.as_of,
        acting.member,
        _readers(acting.shell),
    )
    _answer(acting, written)


@report.command("yearly")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", required=True)
@click.option("--coordinator", default="", metavar="MEMBER")
@fy_option
@as_of_option
@looks
def yearly(acting: Acting, out: Path, coordinator: str, fiscal_year: str, as_of: datetime | None) -> None:
    from matchbot.reporting.yearly import gather_yearly, write_yearly

    shell = acting.shell
    question = Asked(None, None, fiscal_year, as_of).question(shell)
    gathered = gather_yearly(
        shell.service, coordinator or acting.who, question.period, question.as_of, acting.member
    )
    _answer(acting, write_yearly(out, gathered, reader_of(shell)))


def _readers(shell: Shell) -> "list[Reader]":
    return [reader_of(shell.speaking(language)) for language in LANGUAGES]


def _answer(acting: Acting, written: list[Path]) -> None:
    acting.answer([str(file) for file in written], _show)


def _show(shell: Shell, files: list[str]) -> None:
    for file in files:
        shell.say("indicators-written", file=file)
