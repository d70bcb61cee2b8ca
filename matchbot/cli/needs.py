"""`matchbot needs`: what firms look for, kept."""

import click

from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done, show_needs
from matchbot.cli.values import party_option, purpose_required
from matchbot.need import Purpose
from matchbot.policy import Role


@click.group(cls=LocalisedGroup)
def needs() -> None:
    pass


@needs.command("list")
@party_option
@looks
def list_(acting: Acting, organisation: str) -> None:
    acting.answer(acting.desk.needs(acting.own(organisation), acting.member), show_needs)


@needs.command("enter")
@click.argument("text", metavar="TEXT")
@purpose_required
@party_option
@click.option("--alerts", "wants_alerts", is_flag=True)
@acts
def enter(acting: Acting, text: str, purpose: Purpose, organisation: str, wants_alerts: bool) -> None:
    # Who speaks for a firm saves its need; a coordinator enters it for one.
    save = acting.desk.save_need if acting.member.role is Role.FIRM else acting.desk.enter_need
    receipt = save(acting.own(organisation), text, purpose, wants_alerts=wants_alerts, **acting.deed)
    acting.answer(receipt, done("need"))


@needs.command("close")
@click.argument("need_id", metavar="NEED")
@acts
def close(acting: Acting, need_id: str) -> None:
    acting.answer(acting.desk.close_need(need_id, **acting.deed), done("need-close"))


@needs.command("rate")
@click.argument("need_id", metavar="NEED")
@click.argument("partner", metavar="ORG")
@click.option("--fits/--does-not-fit", "is_fitting", required=True, default=None)
@party_option
@acts
def rate(acting: Acting, need_id: str, partner: str, is_fitting: bool, organisation: str) -> None:
    asker, (rated,) = acting.own(organisation), acting.partners([partner])
    receipt = acting.desk.rate(need_id, asker, rated, is_fitting=is_fitting, **acting.deed)
    acting.answer(receipt, done("rate"))
