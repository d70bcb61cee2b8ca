"""`matchbot profiles`: what organisations change of their own profiles, and who looks at it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from corpus.records import PassageType
from matchbot.cli.acting import Acting, acts, looks
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.sheets import done
from matchbot.cli.shell import Shell
from matchbot.cli.values import Word, party_option, reason_required
from matchbot.profiles import Change

if TYPE_CHECKING:
    from matchbot.hints import Hint
    from matchbot.publication import ProfileDraft


@click.group(cls=LocalisedGroup)
def profiles() -> None:
    pass


@profiles.command("list")
@click.option("--all", "with_closed", is_flag=True)
@looks
def list_(acting: Acting, with_closed: bool) -> None:
    drafts = acting.shell.service.profile_drafts(acting.member, with_closed=with_closed)
    acting.answer(drafts, _show_drafts)


@profiles.command("suggest")
@click.argument("text", metavar="TEXT", default="")
@click.option("--passage", "passage_id", default="", metavar="PASSAGE")
@click.option("--withdraw", "is_withdrawn", is_flag=True)
@click.option("--type", "passage_type", type=Word(PassageType, "passage"))
@click.option("--title", default="", metavar="TEXT")
@party_option
@acts
def suggest(
    acting: Acting,
    text: str,
    passage_id: str,
    is_withdrawn: bool,
    passage_type: PassageType | None,
    title: str,
    organisation: str,
) -> None:
    change = Change.REPLACE if passage_id else Change.ADD
    receipt = acting.shell.service.suggest_profile_change(
        acting.own(organisation),
        Change.WITHDRAW if is_withdrawn else change,
        passage_id=passage_id,
        passage_type=passage_type,
        title=title,
        text=text,
        **acting.deed,
    )
    acting.answer(receipt, done("suggest"))


@profiles.command("approve")
@click.argument("draft_id", metavar="DRAFT")
@click.option("--to", default="", metavar="STAGE")
@acts
def approve(acting: Acting, draft_id: str, to: str) -> None:
    receipt = acting.shell.service.decide_draft(draft_id, True, to=to, **acting.deed)
    acting.answer(receipt, done("pass"))


@profiles.command("return")
@click.argument("draft_id", metavar="DRAFT")
@reason_required
@acts
def return_(acting: Acting, draft_id: str, reason: str) -> None:
    receipt = acting.shell.service.decide_draft(draft_id, False, reason=reason, **acting.deed)
    acting.answer(receipt, done("return-draft"))


@profiles.command("hints")
@party_option
@looks
def hints(acting: Acting, organisation: str) -> None:
    found = acting.shell.service.profile_hints(acting.own(organisation), acting.member)
    acting.answer(found, _show_hints)


def _show_hints(shell: Shell, hints: "Sequence[Hint]") -> None:
    if not hints:
        shell.say("hints-none")
    for hint in hints:
        shell.say("hint-line", term=hint.term, n=hint.n_needs)


def _show_drafts(shell: Shell, drafts: "Sequence[ProfileDraft]") -> None:
    """Each draft: what would be said, and what is said now."""
    if not drafts:
        shell.say("drafts-none")
        return
    for one in drafts:
        _show_draft(shell, one)


def _show_draft(shell: Shell, one: "ProfileDraft") -> None:
    draft = one.draft
    shell.say(
        "draft-line",
        id=draft.id,
        organisation=one.organisation,
        change=shell.texts(f"change-{draft.change}"),
        type=shell.texts(f"passage-{draft.passage_type}"),
        stage=shell.wording.stage("returned" if draft.reason else draft.stage),
        member=draft.suggested_by,
        day=draft.suggested_on,
    )
    if one.present:
        shell.say("draft-present", text=_said(one.present.title, one.present.text))
    if draft.text:
        shell.say("draft-suggested", text=_said(draft.title, draft.text))
    if draft.reason:
        shell.say("draft-reason", reason=draft.reason)


def _said(title: str, text: str) -> str:
    return f"{title} {text}".strip()
