"""`matchbot jobs`: what falls due without anybody asking."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from matchbot.cli.acting import answer_marked
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, json_option, pass_shell
from matchbot.cli.values import Moment

if TYPE_CHECKING:
    from matchbot.jobs import Run


@click.group(cls=LocalisedGroup)
def jobs() -> None:
    pass


@jobs.command("run")
@click.option("--at", type=Moment(), metavar="YYYY-MM-DDTHH:MM")
@json_option
@pass_shell
def run(shell: Shell, at: datetime | None, as_json: bool) -> None:
    # Here, as in each command that does more than ask the service, so that no help waits for it.
    from matchbot.bootstrap import run_jobs

    is_sample = shell.service.desk.is_sample
    done = run_jobs(shell.settings, shell.service, at=at)
    answer_marked(shell, done, _show, is_sample=is_sample, as_json=as_json)


def _show(shell: Shell, done: "Run") -> None:
    """How much of each kind was done now."""
    if not done.done:
        shell.say("jobs-nothing")
        return
    shell.table(("task", "n-times"), [(shell.texts(f"task-{kind}"), n) for kind, n in done.done.items()])
