"""`matchbot outcomes`, `matchbot business` and `matchbot awards`: what came of it, each counted once."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, Novelty, OutcomeKind, Start
from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done, show_award_import, show_outcome_import, show_outcomes
from matchbot.cli.values import (
    Word,
    document_option,
    note_option,
    on_option,
    on_required,
    organisations_argument,
    party_option,
    reason_required,
)
from matchbot.policy import Role

if TYPE_CHECKING:
    from matchbot.desk.outcomes import Claim

outcome_argument = click.argument("outcome_id", metavar="OUTCOME")
certainty_option = click.option(
    "--certainty", type=Word(Certainty, "certainty"), default=Certainty.CONFIRMED.value, show_default=True
)
case_option = click.option("--case", "case_id", default="", metavar="CASE")
attribution_option = click.option("--attribution", type=Word(Attribution, "attribution"))
anyway_option = click.option(
    "--anyway", type=Word(Anyway, "slack-anyway"), default=Anyway.UNKNOWN.value, show_default=True
)


@click.group(cls=LocalisedGroup)
def outcomes() -> None:
    pass


@outcomes.command("list")
@party_option
@case_option
@looks
def list_(acting: Acting, organisation: str, case_id: str) -> None:
    wanted = acting.organisation(organisation) if organisation else ""
    found = acting.desk.outcomes(acting.member, organisation_id=wanted, case_id=case_id)
    acting.answer(found, show_outcomes)


@outcomes.command("add")
@click.argument("kind", metavar="KIND", type=Word(OutcomeKind, "outcome"))
@organisations_argument
@on_required
@certainty_option
@party_option
@case_option
@attribution_option
@anyway_option
@click.option("--subject", default="", metavar="ID")
@document_option
@note_option
@acts
def add(
    acting: Acting,
    kind: OutcomeKind,
    organisations: Sequence[str],
    on: date,
    certainty: Certainty,
    organisation: str,
    case_id: str,
    attribution: Attribution | None,
    anyway: Anyway,
    subject: str,
    document: str,
    note: str,
) -> None:
    # What a firm says is its claim; a coordinator or the staff records.
    tell = acting.desk.claim_outcome if acting.member.role is Role.FIRM else acting.desk.record_outcome
    receipt = tell(
        kind,
        acting.organisations(organisations),
        on=on,
        certainty=certainty,
        claim=_claim(acting, organisation, case_id, attribution, anyway, document, note),
        subject_id=subject,
        **acting.deed,
    )
    acting.answer(receipt, done("outcome"))


@outcomes.command("claim")
@outcome_argument
@party_option
@case_option
@attribution_option
@anyway_option
@document_option
@note_option
@acts
def claim(
    acting: Acting,
    outcome_id: str,
    organisation: str,
    case_id: str,
    attribution: Attribution | None,
    anyway: Anyway,
    document: str,
    note: str,
) -> None:
    said = _claim(acting, organisation, case_id, attribution, anyway, document, note)
    acting.answer(acting.desk.support_outcome(outcome_id, claim=said, **acting.deed), done("outcome-claim"))


@outcomes.command("confirm")
@outcome_argument
@on_required
@acts
def confirm(acting: Acting, outcome_id: str, on: date) -> None:
    receipt = acting.desk.confirm_outcome(outcome_id, on=on, **acting.deed)
    acting.answer(receipt, done("outcome-confirm"))


@outcomes.command("correct")
@outcome_argument
@reason_required
@on_option
@click.option("--certainty", type=Word(Certainty, "certainty"))
@acts
def correct(
    acting: Acting, outcome_id: str, reason: str, on: date | None, certainty: Certainty | None
) -> None:
    receipt = acting.desk.correct_outcome(
        outcome_id, reason=reason, on=on, certainty=certainty, **acting.deed
    )
    acting.answer(receipt, done("outcome-correct"))


@outcomes.command("reverse")
@outcome_argument
@reason_required
@click.option("--same-as", default="", metavar="OUTCOME")
@acts
def reverse(acting: Acting, outcome_id: str, reason: str, same_as: str) -> None:
    receipt = acting.desk.reverse_outcome(outcome_id, reason=reason, same_as=same_as, **acting.deed)
    acting.answer(receipt, done("outcome-reverse"))


@outcomes.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--wave", required=True, metavar="NAME")
@acts
def import_(acting: Acting, file: Path, wave: str) -> None:
    acting.answer(acting.desk.import_outcomes(file, wave=wave, **acting.deed), show_outcome_import)


@click.group(cls=LocalisedGroup)
def business() -> None:
    pass


@business.command("add")
@click.argument("business_id", metavar="ID")
@organisations_argument
@on_required
@certainty_option
@click.option("--novelty", type=Word(Novelty, "novelty"))
@click.option("--start", type=Word(Start, "start"))
@case_option
@attribution_option
@anyway_option
@document_option
@note_option
@acts
def add_business(
    acting: Acting,
    business_id: str,
    organisations: Sequence[str],
    on: date,
    certainty: Certainty,
    novelty: Novelty | None,
    start: Start | None,
    case_id: str,
    attribution: Attribution | None,
    anyway: Anyway,
    document: str,
    note: str,
) -> None:
    receipt = acting.desk.add_business(
        acting.organisations(organisations),
        business_id,
        on=on,
        certainty=certainty,
        novelty=novelty,
        start=start,
        claim=_claim(acting, "", case_id, attribution, anyway, document, note),
        **acting.deed,
    )
    acting.answer(receipt, done("business"))


@click.group(cls=LocalisedGroup)
def awards() -> None:
    pass


@awards.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@acts
def import_awards(acting: Acting, file: Path) -> None:
    acting.answer(acting.desk.import_awards(file, **acting.deed), show_award_import)


def _claim(
    acting: Acting,
    organisation: str,
    case_id: str,
    attribution: Attribution | None,
    anyway: Anyway,
    document: str,
    note: str,
) -> "Claim":
    from matchbot.desk.outcomes import Claim

    party = acting.organisation(organisation) if organisation else acting.speaks_for
    return Claim(
        organisation_id=party,
        case_id=case_id,
        attribution=attribution,
        would_have_met=anyway,
        document=document,
        note=note,
    )
