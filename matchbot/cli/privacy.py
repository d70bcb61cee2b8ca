"""`matchbot privacy`: what is kept about a person, and forgetting it."""

import click

from matchbot.cli.acting import Acting, confirm, keeps, tends
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import show_forgotten, show_privacy_report
from matchbot.cli.values import yes_option


@click.group(cls=LocalisedGroup)
def privacy() -> None:
    pass


@privacy.command("report")
@click.option("--person", "member_id", metavar="MEMBER", required=True)
@tends
def report(acting: Acting, member_id: str) -> None:
    acting.answer(acting.desk.privacy_report(member_id, acting.member), show_privacy_report)


@privacy.command("erase")
@click.argument("member_id", metavar="MEMBER")
@yes_option
@keeps
def erase(acting: Acting, member_id: str, is_confirmed: bool) -> None:
    confirm(acting.shell, "confirm-erase", is_confirmed=is_confirmed, member=member_id)
    acting.answer(acting.desk.erase(member_id, **acting.deed), show_forgotten)
