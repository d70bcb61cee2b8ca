"""`matchbot visit` and `matchbot survey`: what coordinators hear, and what people think."""

from collections.abc import Sequence
from datetime import date

import click

from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done, show_need_draft, show_survey_sent
from matchbot.cli.values import (
    DAY_SHOWN,
    OUTSIDE,
    Day,
    Word,
    need_option,
    note_option,
    on_required,
    organisations_argument,
)
from matchbot.introductions.words import Means

case_option = click.option("--case", "case_id", default="", metavar="CASE")
wave_argument = click.argument("wave", metavar="WAVE")


@click.group(cls=LocalisedGroup)
def visit() -> None:
    pass


@visit.command("log")
@organisations_argument
@on_required
@click.option("--means", type=Word(OUTSIDE, "means"), default=Means.VISIT.value, show_default=True)
@need_option
@case_option
@note_option
@acts
def log(
    acting: Acting,
    organisations: Sequence[str],
    on: date,
    means: Means,
    need_id: str,
    case_id: str,
    note: str,
) -> None:
    receipt = acting.desk.log_visit(
        acting.organisations(organisations),
        on=on,
        means=means,
        need_id=need_id,
        case_id=case_id,
        note=note,
        **acting.deed,
    )
    acting.answer(receipt, done("visit"))


@visit.command("link")
@click.argument("visit_id", metavar="VISIT")
@need_option
@case_option
@acts
def link(acting: Acting, visit_id: str, need_id: str, case_id: str) -> None:
    receipt = acting.desk.link_visit(visit_id, need_id=need_id, case_id=case_id, **acting.deed)
    acting.answer(receipt, done("visit-link"))


@visit.command("draft")
@click.argument("visit_id", metavar="VISIT")
@looks
def draft(acting: Acting, visit_id: str) -> None:
    acting.answer(acting.desk.draft_need_from_visit(visit_id, acting.member), show_need_draft)


@visit.command("tie")
@click.argument("organisation", metavar="ORG")
@click.argument("other", metavar="OTHER")
@click.option("--since", type=Day(), metavar=DAY_SHOWN)
@acts
def tie(acting: Acting, organisation: str, other: str, since: date | None) -> None:
    pair = acting.organisation(organisation), acting.organisation(other)
    acting.answer(acting.desk.declare_tie(pair, since=since, **acting.deed), done("tie"))


@click.group(cls=LocalisedGroup)
def survey() -> None:
    pass


@survey.command("send")
@wave_argument
@click.argument("members", metavar="MEMBERS", nargs=-1)
@acts
def send(acting: Acting, wave: str, members: Sequence[str]) -> None:
    acting.answer(acting.desk.send_survey(wave, members, **acting.deed), show_survey_sent)


@survey.command("answer")
@wave_argument
@click.option("--satisfaction", type=click.IntRange(1, 5))
@click.option("--recommendation", type=click.IntRange(0, 10))
@click.option("--comment", default="", metavar="TEXT")
@click.option("--for", "member_id", default="", metavar="MEMBER")
@acts
def answer(
    acting: Acting,
    wave: str,
    satisfaction: int | None,
    recommendation: int | None,
    comment: str,
    member_id: str,
) -> None:
    receipt = acting.desk.answer_survey(
        wave,
        satisfaction=satisfaction,
        recommendation=recommendation,
        comment=comment,
        member_id=member_id,
        **acting.deed,
    )
    acting.answer(receipt, done("survey-answer"))
