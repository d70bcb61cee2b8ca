"""`matchbot chat`: a conversation in a terminal, or over lines of standard input."""

import sys
from collections.abc import Iterator
from io import TextIOWrapper
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from matchbot.cli.cards import show_answer
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell, pass_shell
from matchbot.texts import LANGUAGES, Language

if TYPE_CHECKING:
    from matchbot.finding import Answer
    from matchbot.service import Reply

PROMPT = "> "


@click.command(cls=LocalisedCommand)
@click.option("--as", "who", metavar="ORG")
@click.option("--language", type=click.Choice(LANGUAGES))
@pass_shell
def chat(shell: Shell, who: str | None, language: Language | None) -> None:
    from matchbot.conversation import Conversation, Quit

    shell = shell.speaking(language or shell.texts.language)
    asker = shell.service.asker(who) if who else None
    shell.service.prepare_search()
    conversation = Conversation(language=shell.texts.language)
    shell.say("chat-welcome")
    for message in _messages():
        reply = shell.service.converse(conversation, message, asker=asker)
        conversation = reply.conversation
        _show(shell if language else shell.speaking(conversation.language), reply)
        if reply.answer:
            shell.service.put_on_record(reply.answer, asker=asker, key=f"cli:{uuid4()}")
        if isinstance(reply.step, Quit):
            return
    shell.say("chat-quit")


def _messages() -> Iterator[str]:
    """What is typed, or piped in: then it is repeated behind the prompt, so that the output reads whole."""
    if sys.stdin.isatty():
        yield from _typed()
        return
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for line in sys.stdin:
        click.echo(f"\n{PROMPT}{line.rstrip()}")
        yield line


def _typed() -> Iterator[str]:
    import readline  # noqa: F401 (makes the line that is being typed editable)

    while True:
        try:
            yield input(f"\n{PROMPT}")
        except EOFError:
            click.echo()
            return


def _show(shell: Shell, reply: "Reply") -> None:
    from matchbot.conversation import Ask, Quit, Say, Search

    match reply.step:
        case Search(question=question):
            if reply.answer:
                _show_found(shell, reply.answer)
            if question:
                shell.say(f"chat-ask-{question}")
        case Ask(question=question):
            shell.say(f"chat-ask-{question}")
        case Say(topic=topic):
            shell.say(f"chat-{topic}")
        case Quit():
            shell.say("chat-quit")


def _show_found(shell: Shell, answer: "Answer") -> None:
    """The cards, and how to go on from them."""
    from matchbot.conversation import crowded_region, piece_to_drop

    matches = answer.matches
    piece = piece_to_drop(matches.need)
    example = shell.wording.piece(piece) if piece else "all"
    show_answer(shell, answer, conditions_key="chat-understood", example=example)
    if matches.items:
        click.echo()
        region = shell.wording.region(crowded_region(matches)) or "none"
        shell.say("chat-hint-more" if matches.has_more else "chat-hint-refine", region=region)
    elif matches.need.is_filtered and not matches.offset:
        shell.say("chat-nobody-within-conditions")
