"""`matchbot exposure`: how evenly partners are shown, before and after a change."""

from datetime import date, datetime

import click

from matchbot.cli.acting import Acting, tends
from matchbot.cli.indicators import as_of_option, reader_of
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell
from matchbot.cli.values import DAY_SHOWN, Day, Days
from matchbot.indicators.definitions import Breakdown
from matchbot.reporting.exposure import EXPOSURE_COLUMNS, Exposure, exposure_of
from matchbot.workdays import OFFICE_ZONE

_DAYS = 90


@click.command(cls=LocalisedCommand)
@click.option("--window", "n_days", type=Days(), metavar="DAYS", default=f"{_DAYS}d", show_default=True)
@click.option("--changed-on", type=Day(), metavar=DAY_SHOWN)
@as_of_option
@tends
def exposure(acting: Acting, n_days: int, changed_on: date | None, as_of: datetime | None) -> None:
    found = exposure_of(
        acting.shell.service,
        n_days=n_days,
        changed_on=changed_on,
        as_of=as_of or datetime.now(OFFICE_ZONE),
        by=acting.member,
    )
    acting.answer(found, _show)


def _show(shell: Shell, found: Exposure) -> None:
    reader = reader_of(shell)
    for name, window in (("exposure-before", found.before), ("exposure-after", found.after)):
        shell.say(name, first=window.first, last=window.last, n=found.n_days)
    for by in ("", Breakdown.KIND, Breakdown.CLUSTER):
        if by:
            shell.say(f"breakdown-{by}")
        rows = [
            (reader.part(by, one.part) if by else reader.texts("total"), *one.cells)
            for one in found.shares
            if one.by == by
        ]
        shell.table(EXPOSURE_COLUMNS, rows)
    shell.say("exposure-read")
