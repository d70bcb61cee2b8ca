"""`matchbot synonyms`: words that mean the same, added by the staff."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from matchbot.service import RankChange


@click.group(cls=LocalisedGroup)
def synonyms() -> None:
    pass


@synonyms.command("list")
@json_option
@pass_shell
def list_(shell: Shell, as_json: bool) -> None:
    shell.answer(shell.service.synonyms.meanings(), _show_meanings, as_json=as_json)


@synonyms.command("add")
@click.argument("words", metavar="WORD", nargs=-1, required=True)
@pass_shell
def add(shell: Shell, words: Sequence[str]) -> None:
    shell.say("synonyms-added", n=shell.service.synonyms.add([_meaning(words)]))


@synonyms.command("preview")
@click.argument("words", metavar="WORD", nargs=-1, required=True)
@json_option
@pass_shell
def preview(shell: Shell, words: Sequence[str], as_json: bool) -> None:
    shell.answer(shell.service.preview_synonyms(_meaning(words)), _show_changes, as_json=as_json)


@synonyms.command("remove")
@click.argument("word", metavar="WORD")
@pass_shell
def remove(shell: Shell, word: str) -> None:
    shell.say("synonyms-removed", n=shell.service.synonyms.remove(word))


@synonyms.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--take-back", is_flag=True)
@pass_shell
def import_(shell: Shell, file: Path, take_back: bool) -> None:
    from matchbot.synonyms import read_meanings

    meanings = read_meanings(file)
    if take_back:
        shell.say("synonyms-removed", n=shell.service.synonyms.take_back(meanings))
    else:
        shell.say("synonyms-added", n=shell.service.synonyms.add(meanings))


def _meaning(words: Sequence[str]) -> list[str]:
    """薄膜 "thin film", and 薄膜="thin film" too: both are written."""
    told = [part for word in words for part in word.replace("＝", "=").split("=") if part.strip()]
    if len(told) < 2:
        raise click.UsageError(click.get_current_context().obj.texts("synonyms-need-two"))
    return told


def _show_meanings(shell: Shell, meanings: Sequence[Sequence[str]]) -> None:
    for meaning in meanings:
        click.echo(" = ".join(meaning))
    if not meanings:
        shell.say("synonyms-none")


def _show_changes(shell: Shell, changes: "Sequence[RankChange]") -> None:
    if not changes:
        shell.say("synonyms-move-nobody")
        return
    rows = [(one.query, one.name, one.rank_before, one.rank_after) for one in changes]
    shell.table(("query", "name", "rank-before", "rank-after"), rows)
