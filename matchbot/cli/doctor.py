"""`matchbot doctor`: what is wrong here, and what to do about it."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell, json_option, pass_shell
from matchbot.errors import user_message
from matchbot.texts import Texts

if TYPE_CHECKING:
    from matchbot.doctor import Finding

AMISS = 78
"""The exit code where something is to be put right: the set-up is (after BSD's sysexits)."""


@click.command(cls=LocalisedCommand)
@json_option
@pass_shell
def doctor(shell: Shell, as_json: bool) -> None:
    # Here, so that no help waits for it.
    from matchbot.bootstrap import examine
    from matchbot.doctor import Level

    findings = examine(shell.settings, lambda settings: shell.build(settings, shell.report_unforeseen))
    shell.answer(findings, _show, as_json=as_json)
    if any(finding.level is Level.FAULT for finding in findings):
        sys.exit(AMISS)


def in_words(finding: "Finding", texts: Texts) -> str:
    """What was found, with the remedy where there has to be one."""
    if finding.error is not None:
        return user_message(finding.error, texts)
    failed = texts("list-separator").join(texts(f"nightly-step-{step}") for step in finding.failed)
    return texts(f"doctor-{finding.code}", **finding.facts, failed=failed)


def _show(shell: Shell, findings: "Sequence[Finding]") -> None:
    for finding in findings:
        level = shell.texts(f"doctor-level-{finding.level}")
        shell.say("doctor-finding", level=level, told=in_words(finding, shell.texts))
