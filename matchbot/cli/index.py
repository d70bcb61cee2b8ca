"""`matchbot index`: the search data."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, json_option, pass_shell
from matchbot.errors import figures_in_words

if TYPE_CHECKING:
    from index.snapshot import Manifest
    from matchbot.service import IndexStatus


@click.group(cls=LocalisedGroup)
def index() -> None:
    pass


@index.command("build")
@click.option("--encoder", metavar="NAME|DIR")
@click.option("--retrain", is_flag=True)
@click.option("--whole", is_flag=True)
@click.option("--force", metavar="REASON", default="")
@click.option("--scheduler", metavar="ADDRESS", default="")
@json_option
@pass_shell
def build(
    shell: Shell,
    encoder: str | None,
    retrain: bool,
    whole: bool,
    force: str,
    scheduler: str,
    as_json: bool,
) -> None:
    with shell.progress() as progress:
        manifest = shell.service.build_index(
            encoder=encoder,
            is_retrained=retrain,
            is_whole=whole,
            forced=force,
            scheduler=scheduler,
            progress=progress,
        )
    shell.answer(manifest, _show_built, as_json=as_json)


@index.command("status")
@json_option
@pass_shell
def status(shell: Shell, as_json: bool) -> None:
    shell.answer(shell.service.index_status(), _show_status, as_json=as_json)


@index.command("list")
@json_option
@pass_shell
def list_(shell: Shell, as_json: bool) -> None:
    shell.answer(shell.service.snapshots(), _show_snapshots, as_json=as_json)


@index.command("rollback")
@json_option
@pass_shell
def rollback(shell: Shell, as_json: bool) -> None:
    shell.answer(shell.service.roll_back_index(), show_manifest, as_json=as_json)


@index.command("verify")
@click.argument("name", metavar="[NAME]", required=False)
@json_option
@pass_shell
def verify(shell: Shell, name: str | None, as_json: bool) -> None:
    shell.answer(shell.service.verify_index(name), _show_verified, as_json=as_json)


def _show_built(shell: Shell, manifest: "Manifest") -> None:
    show_manifest(shell, manifest)
    shell.say("snapshot-effort", read=manifest.n_read, encoded=manifest.n_encoded)
    if manifest.gate:
        shell.say("snapshot-gate", figures=figures_in_words(manifest.gate, shell.texts))
    if manifest.forced:
        shell.say("snapshot-forced", reason=manifest.forced)


def show_manifest(shell: Shell, manifest: "Manifest") -> None:
    """What a snapshot holds, and what should be known of it."""
    shell.say(
        "snapshot",
        name=manifest.name,
        created_at=manifest.created_at,
        organisations=manifest.n_organisations,
        passages=manifest.n_passages,
        encoder=manifest.encoder,
    )
    for notice in manifest.notices:
        shell.say(f"notice-{notice}")


def _show_status(shell: Shell, status: "IndexStatus") -> None:
    if status.manifest is None:
        shell.say("snapshot-none")
        return
    show_manifest(shell, status.manifest)
    shell.say("snapshot-is-behind" if status.n_changed else "snapshot-is-current", changed=status.n_changed)


def _show_snapshots(shell: Shell, manifests: "Sequence[Manifest]") -> None:
    if not manifests:
        shell.say("snapshot-none")
        return
    live = shell.service.index_status().manifest
    rows = [
        (
            manifest.name,
            manifest.created_at.isoformat(sep=" ", timespec="minutes"),
            manifest.n_organisations,
            manifest.n_passages,
            manifest.encoder,
            shell.texts("mark-live") if live and manifest.name == live.name else "",
        )
        for manifest in manifests
    ]
    shell.table(("name", "built", "organisations", "passages", "encoder", "marks"), rows)


def _show_verified(shell: Shell, manifest: "Manifest") -> None:
    shell.say("snapshot-verified", name=manifest.name)
