"""Partners as people see them in a terminal: what was understood, one card each, and what to do next."""

from typing import TYPE_CHECKING

import click

from matchbot.cli.shell import Shell

if TYPE_CHECKING:
    from matchbot.finding import Answer
    from matchbot.matchmaking import Match
    from matchbot.reasons import Reason


def show_answer(
    shell: Shell, answer: "Answer", *, conditions_key: str = "card-conditions", **facts: object
) -> None:
    """Writes what a search found, and how the need was understood; ``facts``: what else the text of the
    conditions tells."""
    matches = answer.matches
    for notice in answer.notices:
        shell.say(f"notice-{notice}")
    if matches.items:
        shell.say("chat-found", n=len(matches.items), offset=matches.offset)
    shell.say("chat-searched", query=matches.need.query)
    if matches.need.pieces:
        pieces = map(shell.wording.piece, matches.need.pieces)
        shell.say(conditions_key, pieces=shell.texts("list-separator").join(pieces), **facts)
    if matches.pair:
        shell.say("pair-found")
    for place, match in enumerate(matches.items, start=matches.offset + 1):
        _show_card(shell, place, match)
    if not matches.items:
        shell.say("chat-no-more" if matches.offset else "chat-nobody")


def _show_card(shell: Shell, place: int, match: "Match") -> None:
    click.echo(f"\n{place}. {_name(shell, match)}")
    lines = [shell.wording.facts(match.hit.organisation)]
    if match.half:
        lines.append(shell.texts("pair-half", half=match.half))
    for reason in match.reasons:
        lines.extend(reason_lines(shell, reason))
    lines.extend(map(shell.wording.fit, match.fits))
    if match.tie:
        lines.append(shell.wording.tie(match.tie))
    if match.hit.organisation.is_masked:
        lines.append(shell.texts("chat-masked"))
    elif not any(reason.sentence or reason.words for reason in match.reasons):
        lines.append(shell.texts("chat-no-reason"))
    for line in lines:
        click.echo(f"   {line}")


def _name(shell: Shell, match: "Match") -> str:
    organisation = match.hit.organisation
    marks = shell.wording.marks(organisation, is_other_cluster=match.is_other_cluster)
    return f"{shell.wording.organisation(organisation)} {marks}".rstrip()


def reason_lines(shell: Shell, reason: "Reason") -> list[str]:
    """A reason, a line for each thing it says: the sentence, the words in common, the source."""
    lines = []
    if reason.sentence:
        lines.append(shell.texts("card-sentence", sentence=reason.sentence))
    if reason.words:
        lines.append(shell.texts("card-words", words=shell.texts("list-separator").join(reason.words)))
    if reason.synonyms:
        lines.append(shell.wording.synonyms(reason.synonyms))
    if reason.source_name:
        said_by = shell.wording.said_by(reason.source_name, reason.as_of)
        lines.append(f"{said_by} {reason.source_url}".rstrip())
    return lines
