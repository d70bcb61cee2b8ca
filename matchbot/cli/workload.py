"""`matchbot queue`, `matchbot load`, `matchbot handover`: the work of the coordinators."""

import click

from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.sheets import show_handover, show_load, show_queue


@click.command(cls=LocalisedCommand)
@click.option("--all", "is_whole", is_flag=True)
@looks
def queue(acting: Acting, is_whole: bool) -> None:
    acting.answer(acting.desk.queue(acting.member, is_whole=is_whole), show_queue)


@click.command(cls=LocalisedCommand)
@looks
def load(acting: Acting) -> None:
    acting.answer(acting.desk.load(acting.member), show_load)


@click.command(cls=LocalisedCommand)
@click.argument("from_member", metavar="FROM")
@click.argument("to_member", metavar="TO")
@acts
def handover(acting: Acting, from_member: str, to_member: str) -> None:
    acting.answer(acting.desk.handover(from_member, to_member, **acting.deed), show_handover)
