"""`matchbot case`: one introduction, step by step."""

from collections.abc import Sequence
from datetime import date
from typing import TextIO

import click

from corpus.errors import Reason
from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import (
    done,
    show_asked,
    show_attached,
    show_case,
    show_cases,
    show_document,
    show_letter,
    show_log,
    show_memo,
    show_pairs,
    show_questions,
    show_quotas,
)
from matchbot.cli.values import (
    DAY_SHOWN,
    OUTSIDE,
    Day,
    Word,
    document_option,
    need_option,
    note_option,
    on_option,
    on_required,
    organisations_argument,
    party_option,
    party_required,
    purpose_option,
    purpose_required,
    reason_option,
    reason_required,
)
from matchbot.errors import UnreadableFileError
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from matchbot.texts import LANGUAGES, Language

case_argument = click.argument("case_id", metavar="CASE")
brief_option = click.option("--brief", default="", metavar="TEXT")
cluster_option = click.option("--cluster", default="", metavar="ID")
form_option = click.option(
    "--form", type=Word(MeetingForm, "form"), default=MeetingForm.IN_PERSON.value, show_default=True
)
means_option = click.option("--means", type=Word(OUTSIDE, "means"))
means_required = click.option("--means", type=Word(OUTSIDE, "means"), required=True)
said_by_option = click.option("--said-by", default="", metavar="NAME")


@click.group("case", cls=LocalisedGroup)
def case() -> None:
    pass


# --- Looking


@case.command("list")
@click.option("--all", "with_closed", is_flag=True)
@looks
def list_(acting: Acting, with_closed: bool) -> None:
    acting.answer(acting.desk.cases(acting.member, with_closed=with_closed), show_cases)


@case.command("show")
@case_argument
@looks
def show(acting: Acting, case_id: str) -> None:
    case = acting.desk.case(case_id, acting.member)
    acting.answer(case, lambda shell, case: show_case(shell, case, shell.service.fits(case)))


@case.command("log")
@case_argument
@looks
def log(acting: Acting, case_id: str) -> None:
    acting.answer(acting.desk.case_log(case_id, acting.member), show_log)


@case.command("quota")
@party_option
@looks
def quota(acting: Acting, organisation: str) -> None:
    acting.answer(acting.desk.quotas(acting.own(organisation), acting.member), show_quotas)


@case.command("pairs")
@looks
def pairs(acting: Acting) -> None:
    acting.answer(acting.shell.service.suggested_pairs(acting.member), show_pairs)


# --- From a need to an approval


@case.command("request")
@organisations_argument
@party_option
@need_option
@purpose_option
@brief_option
@means_option
@said_by_option
@click.option("--anonymous", "is_anonymous", is_flag=True)
@acts
def request(
    acting: Acting,
    organisations: Sequence[str],
    organisation: str,
    need_id: str,
    purpose: Purpose | None,
    brief: str,
    means: Means | None,
    said_by: str,
    is_anonymous: bool,
) -> None:
    # With means, a coordinator enters what a firm asked for outside; else the firm asks itself.
    asker, partners = acting.own(organisation), acting.partners(organisations)
    if means:
        receipt = acting.desk.enter_request(
            asker,
            partners,
            means=means,
            said_by=said_by,
            need_id=need_id,
            purpose=purpose,
            brief=brief,
            is_anonymous=is_anonymous,
            **acting.deed,
        )
    else:
        receipt = acting.desk.request(
            asker,
            partners,
            need_id=need_id,
            purpose=purpose,
            brief=brief,
            is_anonymous=is_anonymous,
            **acting.deed,
        )
    acting.answer(receipt, done("request"))


@case.command("propose")
@organisations_argument
@need_option
@purpose_option
@brief_option
@cluster_option
@reason_option
@acts
def propose(
    acting: Acting,
    organisations: Sequence[str],
    need_id: str,
    purpose: Purpose | None,
    brief: str,
    cluster: str,
    reason: str,
) -> None:
    receipt = acting.desk.propose(
        acting.organisations(organisations),
        need_id=need_id,
        purpose=purpose,
        brief=brief,
        cluster=cluster,
        reason=reason,
        **acting.deed,
    )
    acting.answer(receipt, done("propose"))


@case.command("outside")
@organisations_argument
@means_required
@on_required
@purpose_required
@need_option
@note_option
@document_option
@acts
def outside(
    acting: Acting,
    organisations: Sequence[str],
    means: Means,
    on: date,
    purpose: Purpose,
    need_id: str,
    note: str,
    document: str,
) -> None:
    receipt = acting.desk.log_outside(
        acting.organisations(organisations),
        means=means,
        made_on=on,
        purpose=purpose,
        need_id=need_id,
        note=note,
        document=document,
        **acting.deed,
    )
    acting.answer(receipt, done("outside"))


@case.command("approve")
@case_argument
@cluster_option
@reason_option
@acts
def approve(acting: Acting, case_id: str, cluster: str, reason: str) -> None:
    receipt = acting.desk.approve(case_id, cluster=cluster, reason=reason, **acting.deed)
    acting.answer(receipt, done("approve"))


@case.command("return")
@case_argument
@reason_required
@cluster_option
@acts
def return_(acting: Acting, case_id: str, reason: str, cluster: str) -> None:
    receipt = acting.desk.return_request(case_id, cluster=cluster, reason=reason, **acting.deed)
    acting.answer(receipt, done("return"))


@case.command("resubmit")
@case_argument
@brief_option
@acts
def resubmit(acting: Acting, case_id: str, brief: str) -> None:
    acting.answer(acting.desk.resubmit(case_id, brief=brief, **acting.deed), done("resubmit"))


@case.command("decline")
@case_argument
@reason_required
@cluster_option
@acts
def decline(acting: Acting, case_id: str, reason: str, cluster: str) -> None:
    receipt = acting.desk.decline(case_id, cluster=cluster, reason=reason, **acting.deed)
    acting.answer(receipt, done("decline"))


@case.command("stop")
@case_argument
@reason_required
@cluster_option
@acts
def stop(acting: Acting, case_id: str, reason: str, cluster: str) -> None:
    receipt = acting.desk.stop(case_id, cluster=cluster, reason=reason, **acting.deed)
    acting.answer(receipt, done("stop"))


@case.command("cancel")
@case_argument
@reason_required
@acts
def cancel(acting: Acting, case_id: str, reason: str) -> None:
    acting.answer(acting.desk.cancel(case_id, reason=reason, **acting.deed), done("cancel"))


@case.command("withdraw")
@case_argument
@reason_option
@acts
def withdraw(acting: Acting, case_id: str, reason: str) -> None:
    acting.answer(acting.desk.withdraw(case_id, reason=reason, **acting.deed), done("withdraw"))


# --- What the parties say


@case.command("letter")
@case_argument
@party_required
@click.option("--language", type=click.Choice(LANGUAGES))
@looks
def letter(acting: Acting, case_id: str, organisation: str, language: Language | None) -> None:
    facts = acting.desk.letter_facts(case_id, acting.organisation(organisation), acting.member)
    acting.speaking(language).answer(facts, show_letter)


@case.command("ask")
@case_argument
@party_required
@means_required
@acts
def ask(acting: Acting, case_id: str, organisation: str, means: Means) -> None:
    party = acting.organisation(organisation)
    receipt = acting.desk.record_asked(case_id, party, means=means, **acting.deed)
    acting.answer(receipt, done("ask"))


@case.command("consent")
@case_argument
@party_option
@means_option
@said_by_option
@on_option
@acts
def consent(
    acting: Acting, case_id: str, organisation: str, means: Means | None, said_by: str, on: date | None
) -> None:
    # Here, because the ledger comes along, which no help should wait for; so in the next two.
    from matchbot.following import PartyAnswer

    party = acting.own(organisation)
    if means:
        receipt = acting.desk.record_answer(
            case_id, party, PartyAnswer.YES, means=means, said_by=said_by, on=on, **acting.deed
        )
    else:
        receipt = acting.desk.consent(case_id, party, **acting.deed)
    acting.answer(receipt, done("consent"))


@case.command("refuse")
@case_argument
@party_option
@reason_option
@means_option
@said_by_option
@on_option
@acts
def refuse(
    acting: Acting,
    case_id: str,
    organisation: str,
    reason: str,
    means: Means | None,
    said_by: str,
    on: date | None,
) -> None:
    from matchbot.following import PartyAnswer

    party = acting.own(organisation)
    if means:
        receipt = acting.desk.record_answer(
            case_id, party, PartyAnswer.NO, means=means, said_by=said_by, reason=reason, on=on, **acting.deed
        )
    else:
        receipt = acting.desk.refuse(case_id, party, reason=reason, **acting.deed)
    acting.answer(receipt, done("refuse"))


@case.command("defer")
@case_argument
@click.option("--until", type=Day(), metavar=DAY_SHOWN, required=True)
@party_option
@means_option
@said_by_option
@on_option
@acts
def defer(
    acting: Acting,
    case_id: str,
    until: date,
    organisation: str,
    means: Means | None,
    said_by: str,
    on: date | None,
) -> None:
    from matchbot.following import PartyAnswer

    party = acting.own(organisation)
    if means:
        receipt = acting.desk.record_answer(
            case_id,
            party,
            PartyAnswer.DEFERRED,
            means=means,
            said_by=said_by,
            until=until,
            on=on,
            **acting.deed,
        )
    else:
        receipt = acting.desk.defer(case_id, party, until=until, **acting.deed)
    acting.answer(receipt, done("defer"))


@case.command("question")
@case_argument
@click.argument("text", metavar="TEXT")
@party_option
@acts
def question(acting: Acting, case_id: str, text: str, organisation: str) -> None:
    receipt = acting.desk.ask_question(case_id, acting.own(organisation), text, **acting.deed)
    acting.answer(receipt, show_asked)


@case.command("reply")
@case_argument
@click.argument("question_id", metavar="QUESTION")
@click.argument("text", metavar="TEXT")
@acts
def reply(acting: Acting, case_id: str, question_id: str, text: str) -> None:
    receipt = acting.desk.answer_question(case_id, question_id, text, **acting.deed)
    acting.answer(receipt, done("reply"))


@case.command("questions")
@case_argument
@looks
def questions(acting: Acting, case_id: str) -> None:
    acting.answer(acting.desk.questions(case_id, acting.member), show_questions)


@case.command("introduce")
@case_argument
@click.option("--means", type=Word(Means, "means"), default=Means.SLACK.value, show_default=True)
@click.option("--letter", type=click.File(encoding="utf-8"), metavar="FILE")
@acts
def introduce(acting: Acting, case_id: str, means: Means, letter: TextIO | None) -> None:
    text = _read(letter) if letter else ""
    if means is Means.SLACK:
        receipt = acting.desk.order_delivery(case_id, letter=text, **acting.deed)
        acting.answer(receipt, done("order"))
    else:
        receipt = acting.desk.introduce(case_id, delivered_by=means, letter=text, **acting.deed)
        acting.answer(receipt, done("introduce"))


@case.command("nda")
@case_argument
@party_option
@click.option("--signed-on", type=Day(), metavar=DAY_SHOWN)
@document_option
@reason_option
@acts
def nda(
    acting: Acting, case_id: str, organisation: str, signed_on: date | None, document: str, reason: str
) -> None:
    # With a day the agreement was concluded; without one a party wants it.
    if signed_on:
        receipt = acting.desk.sign_nda(
            case_id, signed_on=signed_on, document=document, reason=reason, **acting.deed
        )
    else:
        receipt = acting.desk.request_nda(case_id, acting.own(organisation), **acting.deed)
    acting.answer(receipt, done("nda"))


@case.command("attach")
@case_argument
@click.argument("reference", metavar="[REFERENCE]", default="")
@click.option("--file", type=click.File(encoding="utf-8"), metavar="FILE")
@party_option
@acts
def attach(acting: Acting, case_id: str, reference: str, file: TextIO | None, organisation: str) -> None:
    # The document itself, where it is text; else where it lies.
    if bool(reference) == bool(file):
        raise click.UsageError(acting.shell.texts("document-or-reference"))
    text = _read(file) if file else reference
    receipt = acting.desk.attach(case_id, acting.own(organisation), text, **acting.deed)
    acting.answer(receipt, show_attached)


@case.command("open")
@case_argument
@click.argument("document", metavar="DOCUMENT")
@acts
def open_(acting: Acting, case_id: str, document: str) -> None:
    acting.answer(acting.desk.open_document(case_id, document, **acting.deed), show_document)


def _read(file: TextIO) -> str:
    try:
        return file.read()
    except UnicodeDecodeError:
        raise UnreadableFileError(file=file.name, reason=Reason.NOT_TEXT) from None


# --- What came of it


@case.command("progress")
@case_argument
@click.argument("progress", metavar="PROGRESS", type=Word(CaseProgress, "progress"))
@on_option
@form_option
@party_option
@reason_option
@note_option
@document_option
@acts
def progress(
    acting: Acting,
    case_id: str,
    progress: CaseProgress,
    on: date | None,
    form: MeetingForm,
    organisation: str,
    reason: str,
    note: str,
    document: str,
) -> None:
    # A party reports for itself; a coordinator as the coordinator, unless it names a party.
    party = acting.organisation(organisation) if organisation else acting.speaks_for
    if progress is CaseProgress.MEETING and on:
        receipt = acting.desk.record_meeting(
            case_id,
            met_on=on,
            form=form,
            organisation_id=party,
            document=document,
            note=note,
            **acting.deed,
        )
    else:
        receipt = acting.desk.record_progress(
            case_id, progress, organisation_id=party, reason=reason, note=note, **acting.deed
        )
    acting.answer(receipt, done("progress"))


@case.command("plan")
@case_argument
@click.option("--on", type=Day(), metavar=DAY_SHOWN)
@form_option
@click.option("--call-off", "is_called_off", is_flag=True)
@acts
def plan(acting: Acting, case_id: str, on: date | None, form: MeetingForm, is_called_off: bool) -> None:
    if (on is None) is not is_called_off:
        raise click.UsageError(acting.shell.texts("plan-or-call-off"))
    if on is None:
        acting.answer(acting.desk.call_off_meeting(case_id, **acting.deed), done("call-off"))
    else:
        receipt = acting.desk.plan_meeting(case_id, on=on, form=form, **acting.deed)
        acting.answer(receipt, done("plan"))


@case.command("memo")
@case_argument
@looks
def memo(acting: Acting, case_id: str) -> None:
    acting.answer(acting.desk.meeting_memo(case_id, acting.member), show_memo)


@case.command("follow-up")
@case_argument
@click.option("--days", type=click.IntRange(min=1), required=True)
@party_option
@click.option("--progress", type=Word(CaseProgress, "progress"))
@click.option("--met-on", type=Day(), metavar=DAY_SHOWN)
@form_option
@reason_option
@note_option
@acts
def follow_up(
    acting: Acting,
    case_id: str,
    days: int,
    organisation: str,
    progress: CaseProgress | None,
    met_on: date | None,
    form: MeetingForm,
    reason: str,
    note: str,
) -> None:
    receipt = acting.desk.answer_follow_up(
        case_id,
        acting.own(organisation),
        days=days,
        progress=progress,
        met_on=met_on,
        form=form,
        reason=reason,
        note=note,
        **acting.deed,
    )
    acting.answer(receipt, done("follow-up"))


@case.command("reverse")
@case_argument
@reason_required
@click.option("--meeting", type=Day(), metavar=DAY_SHOWN)
@acts
def reverse(acting: Acting, case_id: str, reason: str, meeting: date | None) -> None:
    # The introduction itself, or only a meeting of that day.
    if meeting:
        receipt = acting.desk.reverse_meeting(case_id, met_on=meeting, reason=reason, **acting.deed)
    else:
        receipt = acting.desk.reverse(case_id, reason=reason, **acting.deed)
    acting.answer(receipt, done("reverse"))
