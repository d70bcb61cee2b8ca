"""`matchbot story`: what came of an introduction, told with the consent of both sides."""

from typing import IO, TYPE_CHECKING

import click

from matchbot.cli.acting import Acting, acts, looks, tends
from matchbot.cli.indicators import reader_of
from matchbot.cli.localised import ShortGroup
from matchbot.cli.sheets import done
from matchbot.cli.shell import Shell
from matchbot.cli.values import OUTSIDE, Word, party_option
from matchbot.introductions.words import Means

if TYPE_CHECKING:
    from matchbot.desk import StoryView

case_argument = click.argument("case_id", metavar="CASE")


@click.group(cls=ShortGroup, short_for="draft")
def story() -> None:
    pass


@story.command("draft")
@case_argument
@click.option("--text", "file", type=click.File("r", encoding="utf-8"), metavar="FILE")
@acts
def draft(acting: Acting, case_id: str, file: IO[str] | None) -> None:
    from matchbot.reporting.stories import story_draft

    if file is None:
        text = story_draft(acting.desk.story_facts(case_id, acting.member), reader_of(acting.shell))
    else:
        text = file.read()
    acting.desk.draft_story(case_id, text, **acting.deed)
    acting.answer(acting.desk.story(case_id, acting.member), _show)


@story.command("show")
@case_argument
@looks
def show(acting: Acting, case_id: str) -> None:
    acting.answer(acting.desk.story(case_id, acting.member), _show)


@story.command("consent")
@case_argument
@party_option
@click.option("--means", type=Word(OUTSIDE, "means"))
@acts
def consent(acting: Acting, case_id: str, organisation: str, means: Means | None) -> None:
    party = acting.own(organisation)
    receipt = acting.desk.consent_to_story(case_id, party, means=means or Means.SLACK, **acting.deed)
    acting.answer(receipt, done("story-consent"))


@story.command("withdraw")
@case_argument
@party_option
@acts
def withdraw(acting: Acting, case_id: str, organisation: str) -> None:
    receipt = acting.desk.withdraw_story(case_id, acting.own(organisation), **acting.deed)
    acting.answer(receipt, done("story-withdraw"))


@story.command("changes")
@case_argument
@click.argument("text", metavar="TEXT")
@party_option
@acts
def changes(acting: Acting, case_id: str, text: str, organisation: str) -> None:
    receipt = acting.desk.wish_story_changes(case_id, acting.own(organisation), text, **acting.deed)
    acting.answer(receipt, done("story-changes"))


@story.command("publish")
@case_argument
@acts
def publish(acting: Acting, case_id: str) -> None:
    acting.answer(acting.desk.publish_story(case_id, **acting.deed), done("story-publish"))


@story.command("list")
@tends
def list_(acting: Acting) -> None:
    acting.answer(acting.desk.stories(acting.member), _show_all)


def _show(shell: Shell, story: "StoryView") -> None:
    click.echo(story.text)
    click.echo()
    for organisation, answer in story.answers.items():
        told, wish = shell.texts(f"story-answer-{answer}"), story.wishes.get(organisation, "")
        said = "story-wished" if wish else "story-answered"
        shell.say(said, organisation=organisation, answer=told, wish=wish)
    if story.is_published:
        shell.say("story-is-published")
    elif story.missing:
        shell.say("story-missing", parties=shell.texts("list-separator").join(story.missing))
    else:
        shell.say("story-ready", id=story.case_id)


def _show_all(shell: Shell, stories: "list[StoryView]") -> None:
    if not stories:
        shell.say("stories-none")
    for story in stories:
        click.echo(f"{story.case_id}\n{story.text}\n")
