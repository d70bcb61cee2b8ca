"""`matchbot freeze`: the numbers of an evaluation, kept so that they can be shown to be the same."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.sparing import uncollected
from matchbot.cli.acting import Acting, tends
from matchbot.cli.indicators import Asked, as_of_option, from_option, fy_option, reader_of, to_option
from matchbot.cli.ledger import DAMAGED
from matchbot.cli.localised import ShortGroup
from matchbot.cli.shell import Shell
from matchbot.texts import LANGUAGES

if TYPE_CHECKING:
    from matchbot.desk import Opened
    from matchbot.reporting.freezing import Checked, Difference

_DIFFERENCE_COLUMNS = (
    "figure",
    "name",
    "earlier",
    "later",
    "since",
    "late",
    "taken-back",
    "outside-period",
    "measured-otherwise",
    "definition",
)

pack_argument = click.argument("name", metavar="NAME")


@click.group(cls=ShortGroup, short_for="make")
def freeze() -> None:
    pass


@freeze.command("make")
@pack_argument
@from_option
@to_option
@fy_option
@as_of_option
@tends
def make(
    acting: Acting, name: str, first: date | None, last: date | None, fiscal_year: str, as_of: datetime | None
) -> None:
    # Here and below, so that no help waits for it.
    from matchbot.reporting.freezing import freeze

    shell = acting.shell
    question = Asked(first, last, fiscal_year, as_of).question(shell)
    other = next(language for language in LANGUAGES if language != shell.texts.language)
    readers = [reader_of(shell), reader_of(shell.speaking(other))]
    with shell.progress() as progress, uncollected():
        folder = freeze(
            shell.service,
            _folder(shell, name),
            question.period,
            question.as_of,
            acting.member,
            readers,
            progress=progress,
        )
    acting.answer(str(folder), lambda shell, folder: shell.say("indicators-written", file=folder))


@freeze.command("verify")
@pack_argument
@tends
def verify(acting: Acting, name: str) -> None:
    from matchbot.reporting.freezing import verify

    shell = acting.shell
    checked = verify(shell.service, _folder(shell, name), acting.member, reader_of(shell))
    acting.answer(checked, _show_checked)
    if not checked.is_same:
        sys.exit(DAMAGED)


@freeze.command("compare")
@click.argument("earlier", metavar="EARLIER")
@click.argument("later", metavar="LATER")
@tends
def compare(acting: Acting, earlier: str, later: str) -> None:
    from matchbot.reporting.freezing import compare

    shell = acting.shell
    found = compare(shell.service, _folder(shell, earlier), _folder(shell, later), acting.member)
    acting.answer(found, _show_differences)


@freeze.command("sample")
@pack_argument
@click.option("--n", type=click.IntRange(min=1), default=30, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@tends
def sample(acting: Acting, name: str, n: int, seed: int) -> None:
    from matchbot.reporting.freezing import sample

    shell = acting.shell
    rows = sample(shell.service, _folder(shell, name), n=n, seed=seed, by=acting.member)
    acting.answer(rows, _show_sample)


def _folder(shell: Shell, name: str) -> Path:
    return shell.settings.home / "frozen" / name


def _show_checked(shell: Shell, checked: "Checked") -> None:
    if checked.is_same:
        shell.say("freeze-same")
    for file in checked.changed_files:
        shell.say("freeze-file-changed", file=file)
    for number in checked.differing:
        shell.say("freeze-number-differs", number=number)
    if not checked.is_ledger_intact:
        shell.say("freeze-ledger-damaged")


def _show_differences(shell: Shell, found: "list[Difference]") -> None:
    from matchbot.indicators import FIGURES
    from matchbot.reporting.tables import rounded

    reader, rows = reader_of(shell), []
    for each in found:
        figure, _, is_expected = each.id.partition(" ")
        unit = FIGURES[figure][1].unit
        why = (each.added, each.late, each.removed, each.left, each.changed)
        rows.append(
            (
                figure,
                reader.name(figure) + (f" ({shell.texts('flag-expected')})" if is_expected else ""),
                rounded(each.before, unit),
                rounded(each.after, unit),
                *map(len, why),
                shell.texts("freeze-redefined") if each.is_redefined else "",
            )
        )
    if not rows:
        shell.say("freeze-no-difference")
        return
    shell.table(_DIFFERENCE_COLUMNS, rows)
    shell.say("freeze-why")


def _show_sample(shell: Shell, rows: "list[Opened]") -> None:
    if not rows:
        shell.say("freeze-no-cases")
        return
    separator = shell.texts("list-separator")
    shell.table(
        ("case", "day", "behind", "evidence"),
        [(row.case_id, row.day, separator.join(row.organisations), row.evidence) for row in rows],
    )
