"""`matchbot nightly`: the work of a night, step by step."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.rejections import show_rejected
from matchbot.cli.shell import Shell, json_option, pass_shell, plain
from matchbot.errors import figures_in_words, user_message

if TYPE_CHECKING:
    from index.comparison import Turnover
    from matchbot.nightly import Night, Taken


@click.command(cls=LocalisedCommand)
@click.option("--dry-run", is_flag=True)
@click.option("--retrain", is_flag=True)
@json_option
@pass_shell
def nightly(shell: Shell, dry_run: bool, retrain: bool, as_json: bool) -> None:
    # Here, so that no help waits for it.
    from matchbot.bootstrap import run_nightly

    with shell.progress() as progress:
        night = run_nightly(
            shell.settings,
            shell.service,
            is_dry_run=dry_run,
            is_retrained=retrain,
            progress=progress,
            plain=plain,
        )
    shell.answer(night, _show, as_json=as_json)
    sys.exit(night.exit_code)


def _show(shell: Shell, night: "Night") -> None:
    """What was done, step by step, then what failed."""
    if night.is_dry_run:
        shell.say("nightly-dry-run")
    if night.backup:
        shell.say("nightly-backup", folder=night.backup)
    elif "backup" not in night.failed:
        shell.say("nightly-no-ledger")
    for taken in night.taken:
        _show_taken(shell, taken, is_dry_run=night.is_dry_run)
    if night.is_dry_run:
        shell.say("nightly-behind", n=night.n_behind)
    elif night.snapshot:
        _show_build(shell, night)
    _show_jobs(shell, night.done)
    if night.report:
        shell.say("nightly-report", folder=night.report)
    if night.pruned:
        shell.say("nightly-pruned", n=len(night.pruned))
    for step, error in night.failures.items():
        told = user_message(error, shell.texts)
        shell.say("nightly-failed", step=shell.texts(f"nightly-step-{step}"), error=told)
    if not night.failures and not night.is_dry_run:
        shell.say("nightly-done")


def _show_taken(shell: Shell, taken: "Taken", *, is_dry_run: bool) -> None:
    shell.say(f"inbox-trial-{taken.outcome}" if is_dry_run else f"inbox-{taken.outcome}", file=taken.file)
    if taken.error is not None:
        shell.say("inbox-error", error=user_message(taken.error, shell.texts))
    if taken.report is None:
        return
    organisations, passages = taken.report.difference.organisations, taken.report.difference.passages
    shell.say(
        "inbox-rows",
        rows=taken.report.n_rows,
        rejected=len(taken.report.rejections),
        added=organisations.n_added,
        changed=organisations.n_changed,
        passages=passages.n_added + passages.n_changed,
    )
    show_rejected(shell, taken.report.rejections)


def _show_build(shell: Shell, night: "Night") -> None:
    shell.say("nightly-published" if night.is_new else "nightly-unchanged", name=night.snapshot)
    if night.is_new:
        shell.say("snapshot-effort", read=night.n_read, encoded=night.n_encoded)
    if night.gate:
        shell.say("snapshot-gate", figures=figures_in_words(night.gate, shell.texts))
    if night.changes is None:
        shell.say("nightly-changes-unknown")
    changed = [each for each in night.changes or () if each.n_added or each.n_changed or each.n_removed]
    if changed:
        rows = [_row(shell, each) for each in changed]
        shell.table(("kind", "cluster", "added", "changed", "removed", "organisations"), rows)


def _row(shell: Shell, change: "Turnover") -> tuple[object, ...]:
    cluster = shell.wording.cluster(change.cluster) if change.cluster else None
    kind = shell.texts(f"kind-{change.kind}")
    return (kind, cluster, change.n_added, change.n_changed, change.n_removed, change.n_present)


def _show_jobs(shell: Shell, done: Mapping[str, int]) -> None:
    if done:
        shell.table(("task", "n-times"), [(shell.texts(f"task-{kind}"), n) for kind, n in done.items()])
