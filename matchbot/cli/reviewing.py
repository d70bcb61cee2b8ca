"""`matchbot comments` and `matchbot breaks`: what the committee says, and where a series is broken."""

from datetime import date
from typing import TYPE_CHECKING

import click

from matchbot.cli.acting import Acting, acts, tends
from matchbot.cli.indicators import fy_option, period_of
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done
from matchbot.cli.shell import Shell
from matchbot.cli.values import FigureNumber, on_required, reason_required
from matchbot.indicators.periods import Period, fiscal_year_of

if TYPE_CHECKING:
    from matchbot.desk import BreakView, CommentView

figure_option = click.option("--figure", type=FigureNumber(), default="", metavar="FIGURE")
text_argument = click.argument("text", metavar="TEXT")


@click.group(cls=LocalisedGroup)
def comments() -> None:
    pass


@comments.command("add")
@click.argument("figure", metavar="FIGURE", type=FigureNumber())
@text_argument
@fy_option
@acts
def add(acting: Acting, figure: str, text: str, fiscal_year: str) -> None:
    year = fiscal_year_of(_year(acting.shell, fiscal_year).first)
    acting.answer(acting.desk.add_comment(figure, year, text, **acting.deed), done("comment"))


@comments.command("act")
@click.argument("comment_id", metavar="COMMENT")
@text_argument
@acts
def act(acting: Acting, comment_id: str, text: str) -> None:
    acting.answer(acting.desk.act_on_comment(comment_id, text, **acting.deed), done("comment-act"))


@comments.command("list")
@figure_option
@fy_option
@tends
def list_comments(acting: Acting, figure: str, fiscal_year: str) -> None:
    period = _year(acting.shell, fiscal_year) if fiscal_year else None
    found = acting.desk.comments(acting.member, figure=figure, period=period)
    acting.answer(found, _show_comments)


@click.group(cls=LocalisedGroup)
def breaks() -> None:
    pass


@breaks.command("add")
@on_required
@figure_option
@click.option("--cluster", default="", metavar="ID")
@reason_required
@acts
def mark(acting: Acting, on: date, figure: str, cluster: str, reason: str) -> None:
    receipt = acting.shell.service.mark_break(
        on=on, reason=reason, figure=figure, cluster=cluster, **acting.deed
    )
    acting.answer(receipt, done("break"))


@breaks.command("lift")
@click.argument("break_id", metavar="BREAK")
@reason_required
@acts
def lift(acting: Acting, break_id: str, reason: str) -> None:
    acting.answer(acting.desk.lift_break(break_id, reason=reason, **acting.deed), done("break-lift"))


@breaks.command("list")
@tends
def list_breaks(acting: Acting) -> None:
    acting.answer(acting.desk.breaks(acting.member), _show_breaks)


def _year(shell: Shell, written: str) -> Period:
    return period_of(shell, None, None, written, today=shell.service.now().date())


def _show_comments(shell: Shell, found: "list[CommentView]") -> None:
    from matchbot.cli.indicators import reader_of
    from matchbot.reporting.tables import COMMENT_COLUMNS

    if not found:
        shell.say("comments-none")
        return
    reader = reader_of(shell)
    shell.table(COMMENT_COLUMNS, [reader.comment_row(one) for one in found])


def _show_breaks(shell: Shell, found: "list[BreakView]") -> None:
    from matchbot.cli.indicators import reader_of
    from matchbot.reporting.tables import BREAK_COLUMNS

    if not found:
        shell.say("breaks-none")
        return
    reader = reader_of(shell)
    shell.table(BREAK_COLUMNS, [reader.break_row(one) for one in found])
