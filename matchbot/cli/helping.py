"""`matchbot help`: a person, for what matchbot does not answer."""

import click

from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done, show_help_tickets

ticket_argument = click.argument("ticket_id", metavar="TICKET")


@click.group("help", cls=LocalisedGroup)
def help_() -> None:
    pass


@help_.command("list")
@click.option("--all", "with_closed", is_flag=True)
@looks
def list_(acting: Acting, with_closed: bool) -> None:
    found = acting.desk.help_tickets(acting.member, with_closed=with_closed)
    acting.answer(found, show_help_tickets)


@help_.command("ask")
@click.argument("text", metavar="TEXT")
@click.option("--about", default="", metavar="ID")
@acts
def ask(acting: Acting, text: str, about: str) -> None:
    acting.answer(acting.desk.ask_for_help(text, about=about, **acting.deed), done("help-ask"))


@help_.command("take")
@ticket_argument
@acts
def take(acting: Acting, ticket_id: str) -> None:
    acting.answer(acting.desk.take_help(ticket_id, **acting.deed), done("help-take"))


@help_.command("close")
@ticket_argument
@click.option("--reply", default="", metavar="TEXT")
@acts
def close(acting: Acting, ticket_id: str, reply: str) -> None:
    acting.answer(acting.desk.close_help(ticket_id, reply=reply, **acting.deed), done("help-close"))
