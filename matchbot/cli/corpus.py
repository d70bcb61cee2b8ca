"""`matchbot corpus`: what is known, and where it comes from."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.rejections import SHOWN, say_more, show_rejected
from matchbot.cli.shell import DAY, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from corpus.registry import Difference
    from matchbot.service import CorpusStatus, ImportReport


@click.group(cls=LocalisedGroup)
def corpus() -> None:
    pass


@corpus.command("init")
@json_option
@pass_shell
def init(shell: Shell, as_json: bool) -> None:
    difference = shell.service.load_bundled()
    shell.answer(difference, show_difference, as_json=as_json)


@corpus.command("import")
@click.argument("files", metavar="FILES", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", metavar="NAME|FILE")
@click.option("--dry-run", is_flag=True)
@click.option("--complete", is_flag=True)
@json_option
@pass_shell
def import_(
    shell: Shell, files: tuple[Path, ...], mapping: str | None, dry_run: bool, complete: bool, as_json: bool
) -> None:
    with shell.progress() as progress:
        report = shell.service.import_files(
            files, mapping=mapping, is_dry_run=dry_run, is_complete=complete, progress=progress
        )
    shell.answer(report, _show_import, as_json=as_json)


@corpus.command("sample")
@click.option("--scale", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--as-of", type=DAY, metavar="YYYY-MM-DD")
@json_option
@pass_shell
def sample(shell: Shell, scale: float, seed: int, as_of: datetime | None, as_json: bool) -> None:
    with shell.progress() as progress:
        difference = shell.service.load_sample(
            scale=scale, seed=seed, as_of=as_of.date() if as_of else None, progress=progress
        )
    shell.answer(difference, show_difference, as_json=as_json)


@corpus.command("status")
@json_option
@pass_shell
def status(shell: Shell, as_json: bool) -> None:
    shell.answer(shell.service.corpus_status(), _show_status, as_json=as_json)


def show_difference(shell: Shell, difference: "Difference") -> None:
    """What became different, or would, for each sort of record."""
    if difference.is_empty:
        shell.say("difference-none")
        return
    rows = [
        (shell.texts(f"record-{sort}"), tally.n_added, tally.n_changed, tally.n_removed, tally.n_unchanged)
        for sort, tally in (
            ("organisations", difference.organisations),
            ("passages", difference.passages),
            ("memberships", difference.memberships),
            ("contacts", difference.contacts),
        )
    ]
    shell.table(("record", "added", "changed", "removed", "unchanged"), rows)


def _show_import(shell: Shell, report: "ImportReport") -> None:
    shell.say(
        "import-would" if report.is_dry_run else "import-did",
        rows=report.n_rows,
        taken=report.n_rows - len(report.rejections),
    )
    show_difference(shell, report.difference)
    for what, ids in (("changed", report.difference.changed), ("removed", report.difference.removed)):
        if ids:
            listed = shell.texts("list-separator").join(ids[:SHOWN])
            shell.say(f"import-{what}", n=len(ids), ids=listed, more=max(0, len(ids) - SHOWN))
    if report.rejections:
        shell.say("import-rejections", n=len(report.rejections))
        show_rejected(shell, report.rejections)
    if report.flags:
        shell.say("import-flags", n=len(report.flags))
        for flag in report.flags[:SHOWN]:
            words = shell.texts(f"flag-{flag.code}")
            shell.say(
                "import-flag", file=flag.file, row=flag.row, field=flag.field, value=flag.value, flag=words
            )
        say_more(shell, len(report.flags))
    if not report.is_dry_run and not report.difference.is_empty:
        shell.say("import-then-build")


def _show_status(shell: Shell, status: "CorpusStatus") -> None:
    counts = status.counts
    kinds = [(shell.texts(f"kind-{kind}"), n) for kind, n in counts.organisations.items()]
    shell.table(("kind", "organisations"), [*kinds, (shell.texts("total"), counts.n_organisations)])
    types = [(shell.texts(f"passage-{type}"), n) for type, n in counts.passages.items()]
    shell.table(("passage", "passages"), [*types, (shell.texts("total"), counts.n_passages)])
    shell.table(
        ("source", "as-of", "organisations", "passages"),
        [(source.name, source.as_of, source.n_organisations, source.n_passages) for source in counts.sources],
    )
    shell.say(
        "corpus-status",
        clusters=status.n_clusters,
        samples=counts.n_samples,
        unpublished=counts.n_unpublished,
        withdrawn=counts.n_withdrawn,
        merged=counts.n_merged,
        without=counts.n_without_passages,
        contacts=counts.n_contacts,
    )
    shell.say("corpus-is-indexed" if status.is_indexed else "corpus-is-not-indexed")
