"""Commands whose words are in the catalogue: no help text stands in the code.

A command ``matchbot corpus import`` has the key ``cli-corpus-import``, its option ``--dry-run``
``cli-corpus-import--dry-run``, its argument ``FILES`` ``cli-corpus-import-FILES``. An option or argument
that several commands share may have its words at a group above them, up to ``cli--json``. The first
line of a command's text is its summary in the list of commands.
"""

import gettext
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import matchbot.texts
from matchbot.cli.columns import is_wide
from matchbot.cli.shell import Shell
from matchbot.cli.values import Word
from matchbot.errors import MatchbotError, StorageError, user_message
from matchbot.texts import LANGUAGES, Language, Texts

CLICK_WORDS = Path(matchbot.texts.__file__).parent / "click"
"""Where the translations of click's own words are (gettext's layout)."""


def speak(language: Language) -> None:
    """Makes click use this language for its own words: headings and usage errors.

    click takes them from gettext, which reads the wanted language from the environment at each text.
    """
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(CLICK_WORDS))
    gettext.textdomain("click")


class WidthAwareFormatter(click.HelpFormatter):
    """Wraps help by columns on the screen: click counts characters, and a kanji takes two columns.

    A filler precedes each wide character while click measures and wraps; the fillers leave at the end.
    """

    _FILLER = "\0"

    def write_text(self, text: str) -> None:
        """Writes a wrapped text."""
        super().write_text(self._fill(text))

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Writes a list of terms and their explanations."""
        super().write_dl([(self._fill(a), self._fill(b)) for a, b in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        """All that was written."""
        return super().getvalue().replace(self._FILLER, "")

    def _fill(self, text: str) -> str:
        return "".join(self._FILLER + c if is_wide(c) else c for c in text)


class LocalisedContext(click.Context):
    """A context whose help is wrapped by width."""

    formatter_class = WidthAwareFormatter


class LocalisedCommand(click.Command):
    """A command that takes its words from the catalogue when they are shown."""

    context_class = LocalisedContext
    parent: "LocalisedGroup | None" = None

    @property
    def text_key(self) -> str:
        """The key of this command's help."""
        return f"{self.parent.text_key}-{self.name}" if self.parent else "cli"

    def parameter_key(self, parameter: click.Parameter, texts: Texts) -> str:
        """The key of a parameter's help: the command's own, else that of the nearest group above."""
        ending = _ending(parameter)
        command: LocalisedCommand | None = self
        while command:
            key = f"{command.text_key}{ending}"
            if key in texts:
                return key
            command = command.parent
        return f"{self.text_key}{ending}"

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's option, with our words."""
        option = super().get_help_option(ctx)
        if option:
            option.help = _texts(ctx)("cli--help")
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the help in the language of this run."""
        self.put_texts(_texts(ctx))
        super().format_help(ctx, formatter)

    def put_texts(self, texts: Texts) -> None:
        """Sets the help of this command and its parameters."""
        self.help = texts(self.text_key)
        self.short_help = self.help.splitlines()[0]
        for parameter in self.params:
            if isinstance(parameter, click.Option | click.Argument):
                parameter.help = texts(self.parameter_key(parameter, texts))
        word = next((one.type for one in self.params if isinstance(one.type, Word)), None)
        if word:
            value, name = word.example(texts)
            self.epilog = texts("choices-by-name", value=value, name=name)


class LocalisedGroup(LocalisedCommand, click.Group):
    """A group of such commands. The root turns an expected error into its line and exit code."""

    command_class = LocalisedCommand
    group_class = type

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Takes a command in; its key begins with ours."""
        if not isinstance(cmd, LocalisedCommand):
            raise TypeError(f"{cmd!r} has no place for texts")
        cmd.parent = self
        super().add_command(cmd, name)

    def put_texts(self, texts: Texts) -> None:
        """Sets its own help and the summaries of its commands."""
        super().put_texts(texts)
        for command in self.inner():
            command.put_texts(texts)

    def inner(self) -> Sequence[LocalisedCommand]:
        """Its commands, in the order in which they came."""
        return [command for command in self.commands.values() if isinstance(command, LocalisedCommand)]

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; expected trouble ends in one readable line."""
        try:
            return super().invoke(ctx)
        except MatchbotError as error:
            raise ExpectedTrouble(error, _texts(ctx)) from error
        except (OSError, sqlite3.OperationalError) as error:
            trouble = StorageError.of(error)
            if trouble is None:
                raise
            raise ExpectedTrouble(trouble, _texts(ctx)) from error
        except KeyboardInterrupt:
            click.echo("\n" + _texts(ctx)("interrupted"), err=True)
            ctx.exit(130)


class ShortGroup(LocalisedGroup):
    """A group where what is no command of it is meant for one: ``freeze NAME`` for ``freeze make NAME``.

    ``short_for``: that command. ``takes_options``: it may begin with an option, as in ``report --out DIR``.
    """

    def __init__(self, *args: Any, short_for: str, takes_options: bool = False, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._short_for = short_for
        self._takes_options = takes_options

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts the command in where it is left out."""
        return super().parse_args(ctx, [self._short_for, *args] if self._is_short(ctx, args) else args)

    def _is_short(self, ctx: click.Context, args: list[str]) -> bool:
        if not args or args[0] in self.commands:
            return False
        if self._takes_options:
            return args[0] not in ctx.help_option_names
        return not args[0].startswith("-")


class ExpectedTrouble(click.ClickException):
    """A MatchbotError at the edge of the program: its words and its exit code, handed to click."""

    def __init__(self, error: MatchbotError, texts: Texts) -> None:
        super().__init__(user_message(error, texts))
        self.exit_code = error.exit_code  # type: ignore[misc]


def _ending(parameter: click.Parameter) -> str:
    """What the key of a parameter adds to that of its command."""
    if isinstance(parameter, click.Argument):
        return f"-{parameter.human_readable_name.strip('[]')}"
    return max(parameter.opts, key=len)


def _texts(ctx: click.Context) -> Texts:
    """The catalogue of this run; of the default language where a tool prints help without one."""
    shell = ctx.find_object(Shell)
    return shell.texts if shell else Texts(LANGUAGES[0])
