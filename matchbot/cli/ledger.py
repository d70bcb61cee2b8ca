"""`matchbot ledger`: the log of everything that happened, kept whole."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.sparing import uncollected
from matchbot.cli.acting import Acting, answer_marked, confirm, tends
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, json_option, pass_shell
from matchbot.cli.values import yes_option
from matchbot.workdays import to_the_minute

if TYPE_CHECKING:
    from matchbot.ledger import Head, Recorded
    from matchbot.ledger.backups import Backup
    from matchbot.ledger.moving import Moved
    from matchbot.ledger.verification import Verification
    from matchbot.readmodels.files import Rebuilding

DAMAGED = 65
"""The exit code where something is found wrong: the input is (after BSD's sysexits)."""

FILES = "files"
"""What is said instead of an address where the ledger is to come back into the home folder."""

folder_argument = click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))


@click.group(cls=LocalisedGroup)
def ledger() -> None:
    pass


@ledger.command("create")
@click.option("--sample", "is_sample", is_flag=True)
@json_option
@pass_shell
def create(shell: Shell, is_sample: bool, as_json: bool) -> None:
    desk = shell.service.create_ledger(is_sample=is_sample)
    head = desk.head(desk.member("matchbot"))
    answer_marked(shell, head, _show_created, is_sample=desk.is_sample, as_json=as_json)


@ledger.command("verify")
@click.option("--head", "exported", metavar="HEAD", default="")
@tends
def verify(acting: Acting, exported: str) -> None:
    found = acting.desk.verify(acting.member, exported=_head(acting.shell, exported))
    acting.answer(found, _show_verification)
    if not found.is_intact:
        sys.exit(DAMAGED)


@ledger.command("export-head")
@tends
def export_head(acting: Acting) -> None:
    acting.answer(str(acting.desk.head(acting.member)), _show_head, is_bare=True)


@ledger.command("trace")
@click.argument("correlation", metavar="ID")
@tends
def trace(acting: Acting, correlation: str) -> None:
    acting.answer(acting.desk.traced(correlation, acting.member), _show_traced)


@ledger.command("rebuild")
@tends
def rebuild(acting: Acting) -> None:
    with acting.shell.progress() as progress, uncollected():
        rebuilt = acting.desk.rebuild(acting.member, progress=progress)
    acting.answer(rebuilt, _show_rebuilding)
    if not rebuilt.is_equal:
        sys.exit(DAMAGED)


@ledger.command("backup")
@folder_argument
@tends
def back_up(acting: Acting, folder: Path) -> None:
    acting.answer(acting.desk.back_up(folder, acting.member), _show_backup)


@ledger.command("restore")
@folder_argument
@click.option("--lose-newer", "may_lose_events", is_flag=True)
@yes_option
@json_option
@pass_shell
def restore(shell: Shell, folder: Path, may_lose_events: bool, is_confirmed: bool, as_json: bool) -> None:
    # Here, so that no help waits for it.
    from matchbot.bootstrap import restore_ledger

    confirm(shell, "confirm-restore", is_confirmed=is_confirmed, folder=folder)
    desk = restore_ledger(shell.settings, folder, may_lose_events=may_lose_events)
    head = desk.head(desk.member("matchbot"))
    answer_marked(shell, head, _show_restored, is_sample=desk.is_sample, as_json=as_json)


@ledger.command("migrate-to")
@click.argument("to", metavar="URL")
@yes_option
@json_option
@pass_shell
def migrate_to(shell: Shell, to: str, is_confirmed: bool, as_json: bool) -> None:
    # Here, so that no help waits for it.
    from matchbot.bootstrap import move_ledger

    confirm(shell, "confirm-migrate", is_confirmed=is_confirmed)
    is_to_files = to == FILES
    moved = move_ledger(shell.settings, None if is_to_files else to)
    show = _show_moved_to_files if is_to_files else _show_moved_to_server
    answer_marked(shell, moved, show, is_sample=moved.is_sample, as_json=as_json)


def _head(shell: Shell, told: str) -> "Head | None":
    """The head that ``export-head`` wrote down. Raises click's usage error for anything else."""
    # Here, because the ledger comes along, which no help should wait for.
    from matchbot.ledger import Head

    if not told:
        return None
    try:
        return Head.parse(told)
    except ValueError:
        raise click.BadParameter(shell.texts("not-a-head", head=told), param_hint="--head") from None


def _show_created(shell: Shell, head: "Head") -> None:
    shell.say("ledger-created")


def _show_head(shell: Shell, head: str) -> None:
    click.echo(head)


def _show_traced(shell: Shell, events: "Sequence[Recorded]") -> None:
    """Where to look each event up, and what it was."""
    if not events:
        shell.say("ledger-trace-nothing")
        return
    rows = [(e.seq, to_the_minute(e.recorded_at), e.actor, e.stream, e.type) for e in events]
    shell.table(("seq", "recorded", "actor", "subject", "event"), rows)


def _show_restored(shell: Shell, head: "Head") -> None:
    shell.say("ledger-restored", n=head.seq)


def _show_moved_to_server(shell: Shell, moved: "Moved") -> None:
    shell.say("ledger-moved-to-server", **_facts(moved))


def _show_moved_to_files(shell: Shell, moved: "Moved") -> None:
    shell.say("ledger-moved-to-files", **_facts(moved))


def _facts(moved: "Moved") -> dict[str, object]:
    return {"to": moved.to, "n": moved.head.seq, "texts": moved.n_texts, "head": str(moved.head)}


def _show_verification(shell: Shell, found: "Verification") -> None:
    """What was verified; or the first thing that is wrong, and with which record."""
    if found.fault is None:
        shell.say(
            "ledger-intact", n=found.head.seq, texts=found.n_texts, erased=found.n_erased, head=found.head
        )
        return
    reason = shell.texts(f"reason-{found.fault.flaw}")
    shell.say("ledger-fault", seq=str(found.fault.seq), reason=reason, detail=found.fault.detail)


def _show_rebuilding(shell: Shell, rebuilt: "Rebuilding") -> None:
    if rebuilt.is_equal:
        shell.say("ledger-rebuilt-anew" if rebuilt.reason else "ledger-rebuilt", n=rebuilt.n_events)
        return
    tables = shell.texts("list-separator").join(rebuilt.differing)
    shell.say("ledger-rebuilt-otherwise", n=rebuilt.n_events, tables=tables)


def _show_backup(shell: Shell, backup: "Backup") -> None:
    shell.say("ledger-backed-up", n=backup.head.seq, head=backup.head)
