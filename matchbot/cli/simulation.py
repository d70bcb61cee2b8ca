"""`matchbot simulate`: years of an invented network, in a sample ledger."""

from typing import TYPE_CHECKING

import click

from corpus.sparing import uncollected
from matchbot.cli.acting import answer_marked
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from matchbot.simulation import Simulated


@click.command(cls=LocalisedCommand)
@click.option("--years", type=click.FloatRange(min=0, min_open=True), default=5.0, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--scale", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True)
@json_option
@pass_shell
def simulate(shell: Shell, years: float, seed: int, scale: float, as_json: bool) -> None:
    # Here, so that no help waits for it.
    from matchbot.bootstrap import run_simulation

    with shell.progress() as progress, uncollected():
        lived = run_simulation(shell.settings, years=years, seed=seed, scale=scale, progress=progress)
    answer_marked(shell, lived, _show, is_sample=True, as_json=as_json)


def _show(shell: Shell, lived: "Simulated") -> None:
    shell.say(
        "simulated",
        first=lived.first_day,
        last=lived.last_day,
        cases=lived.n_cases,
        introductions=lived.n_introductions,
        events=lived.n_events,
    )
    if lived.refused:
        shell.table(("refusal", "n-times"), list(lived.refused.items()))
