"""`matchbot setup`: everything a first conversation needs."""

from typing import TYPE_CHECKING

import click

from matchbot.cli.index import show_manifest
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from matchbot.service import SetupReport


@click.command(cls=LocalisedCommand)
@click.option("--sample-scale", type=click.FloatRange(min=0), default=0.05, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@json_option
@pass_shell
def setup(shell: Shell, sample_scale: float, seed: int, as_json: bool) -> None:
    with shell.progress() as progress:
        report = shell.service.set_up(sample_scale=sample_scale, seed=seed, progress=progress)
    shell.answer(report, _show, as_json=as_json)


def _show(shell: Shell, report: "SetupReport") -> None:
    if report.is_built:
        show_manifest(shell, report.manifest)
    shell.say("setup-ready", organisations=report.manifest.n_organisations)
