"""`matchbot report`: everything that is counted, as a page for readers."""

from datetime import date, datetime
from pathlib import Path

import click

from matchbot.cli.acting import Acting, tends
from matchbot.cli.indicators import Asked, as_of_option, from_option, fy_option, to_option
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell
from matchbot.texts import LANGUAGES


@click.command(cls=LocalisedCommand)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", required=True)
@from_option
@to_option
@fy_option
@as_of_option
@tends
def report(
    acting: Acting, out: Path, first: date | None, last: date | None, fiscal_year: str, as_of: datetime | None
) -> None:
    # Here, so that no help waits for the library of charts.
    from matchbot.cli.indicators import reader_of
    from matchbot.reporting.material import gather
    from matchbot.reporting.pages import write_report

    question = Asked(first, last, fiscal_year, as_of).question(acting.shell)
    material = gather(acting.shell.service, question.period, question.as_of, acting.member)
    readers = [reader_of(acting.shell.speaking(language)) for language in LANGUAGES]
    acting.answer([str(page) for page in write_report(out, material, readers)], _show)


def _show(shell: Shell, pages: list[str]) -> None:
    for page in pages:
        shell.say("indicators-written", file=page)
