"""`matchbot members`: who acts, for whom, and what organisations wish for themselves."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from matchbot.cli.acting import Acting, acts, keeps, looks, tends
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import (
    done,
    show_accesses,
    show_barred,
    show_member_import,
    show_members,
    show_silent,
)
from matchbot.cli.values import DAY_SHOWN, Day, Word, party_option
from matchbot.policy import Barred, Closeness, Role

member_argument = click.argument("member_id", metavar="MEMBER")
organisation_argument = click.argument("organisation", metavar="ORG")


@click.group(cls=LocalisedGroup)
def members() -> None:
    pass


# --- Who acts


@members.command("list")
@tends
def list_(acting: Acting) -> None:
    acting.answer(acting.desk.members(acting.member), show_members)


@members.command("add")
@member_argument
@click.argument("role", metavar="ROLE", type=Word(Role, "member-role"))
@click.option("--for", "organisations", metavar="ORG", multiple=True)
@click.option("--cluster", "clusters", metavar="ID", multiple=True)
@click.option("--employer", default="", metavar="ORG")
@click.option("--deputy", default="", metavar="MEMBER")
@click.option("--slack", "slack_id", default="", metavar="ID")
@click.option("--name", default="", metavar="NAME")
@click.option("--mail", default="", metavar="MAIL")
@keeps
def add(
    acting: Acting,
    member_id: str,
    role: Role,
    organisations: Sequence[str],
    clusters: Sequence[str],
    employer: str,
    deputy: str,
    slack_id: str,
    name: str,
    mail: str,
) -> None:
    # Here, because files come along, which no help should wait for.
    from matchbot.members import MemberRow

    row = MemberRow(
        row=0,
        id=member_id,
        role=role,
        organisations=tuple(acting.organisations(organisations)),
        clusters=tuple(clusters),
        employer=acting.organisation(employer) if employer else "",
        deputy=deputy,
        slack_id=slack_id,
        name=name,
        mail=mail,
    )
    acting.answer(acting.desk.register_member(row, **acting.deed), done("member"))


@members.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@keeps
def import_(acting: Acting, file: Path) -> None:
    acting.answer(acting.desk.import_members(file, **acting.deed), show_member_import)


@members.command("remove")
@member_argument
@keeps
def remove(acting: Acting, member_id: str) -> None:
    acting.answer(acting.desk.remove_member(member_id, **acting.deed), done("member-remove"))


@members.command("confirm")
@member_argument
@acts
def confirm(acting: Acting, member_id: str) -> None:
    acting.answer(acting.desk.confirm_claim(member_id, **acting.deed), done("claim-confirm"))


@members.command("reject")
@member_argument
@acts
def reject(acting: Acting, member_id: str) -> None:
    acting.answer(acting.desk.reject_claim(member_id, **acting.deed), done("claim-reject"))


@members.command("assign")
@organisation_argument
@member_argument
@keeps
def assign(acting: Acting, organisation: str, member_id: str) -> None:
    receipt = acting.desk.assign(acting.organisation(organisation), member_id, **acting.deed)
    acting.answer(receipt, done("assign"))


@members.command("close-to")
@member_argument
@organisation_argument
@click.argument("closeness", metavar="CLOSENESS", type=Word(Closeness, "closeness"))
@keeps
def close_to(acting: Acting, member_id: str, organisation: str, closeness: Closeness) -> None:
    near = acting.organisation(organisation)
    receipt = acting.desk.declare_closeness(member_id, near, closeness, **acting.deed)
    acting.answer(receipt, done("close-to"))


@members.command("group")
@organisation_argument
@click.argument("group_id", metavar="[GROUP]", default="")
@keeps
def group(acting: Acting, organisation: str, group_id: str) -> None:
    # Without a group, it belongs to none.
    receipt = acting.desk.group(acting.organisation(organisation), group_id, **acting.deed)
    acting.answer(receipt, done("group"))


@members.command("absent")
@member_argument
@click.option("--from", "first", type=Day(), metavar=DAY_SHOWN, required=True)
@click.option("--through", "last", type=Day(), metavar=DAY_SHOWN, required=True)
@click.option("--delegate", default="", metavar="MEMBER")
@acts
def absent(acting: Acting, member_id: str, first: date, last: date, delegate: str) -> None:
    if last < first:
        raise click.UsageError(acting.shell.texts("absence-ends-before-it-begins"))
    receipt = acting.desk.set_absence(member_id, first, last, delegate_id=delegate, **acting.deed)
    acting.answer(receipt, done("absent"))


# --- What organisations wish for themselves


@members.command("pause")
@party_option
@click.option("--until", type=Day(), metavar=DAY_SHOWN)
@acts
def pause(acting: Acting, organisation: str, until: date | None) -> None:
    receipt = acting.desk.pause(acting.own(organisation), until=until, **acting.deed)
    acting.answer(receipt, done("pause"))


@members.command("resume")
@party_option
@acts
def resume(acting: Acting, organisation: str) -> None:
    acting.answer(acting.desk.resume(acting.own(organisation), **acting.deed), done("resume"))


@members.command("renew")
@party_option
@acts
def renew(acting: Acting, organisation: str) -> None:
    acting.answer(acting.desk.renew_profile(acting.own(organisation), **acting.deed), done("renew"))


@members.command("opt-out")
@party_option
@acts
def opt_out(acting: Acting, organisation: str) -> None:
    acting.answer(acting.desk.opt_out(acting.own(organisation), **acting.deed), done("opt-out"))


@members.command("never-introduce")
@click.argument("other", metavar="[OTHER]", required=False)
@click.option("--kind", type=Word(Barred, "barred"), default=Barred.ORGANISATION.value, show_default=True)
@click.option("--lift", "is_lifted", is_flag=True)
@party_option
@acts
def never_introduce(
    acting: Acting, other: str | None, kind: Barred, is_lifted: bool, organisation: str
) -> None:
    # Without another one, those who are kept off are listed.
    own = acting.own(organisation)
    if other is None:
        acting.answer(acting.desk.never_introduced(own, acting.member), show_barred)
        return
    named = acting.organisation(other) if kind is Barred.ORGANISATION else other
    receipt = acting.desk.never_introduce(own, named, kind=kind, is_lifted=is_lifted, **acting.deed)
    acting.answer(receipt, done("never-introduce-lift" if is_lifted else "never-introduce"))


@members.command("accesses")
@party_option
@looks
def accesses(acting: Acting, organisation: str) -> None:
    acting.answer(acting.desk.accesses(acting.own(organisation), acting.member), show_accesses)


@members.command("silent")
@looks
def silent(acting: Acting) -> None:
    acting.answer(acting.desk.silent(acting.member), show_silent)
