"""The command line, `matchbot`: thin commands over the service, one module for each noun."""

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import entry_points
from pkgutil import resolve_name
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from matchbot.cli.localised import LocalisedCommand, LocalisedGroup, speak
from matchbot.cli.shell import Shell
from matchbot.config import Settings, read_settings
from matchbot.errors import ConfigurationError, user_message
from matchbot.happenings import correlated
from matchbot.logs import log_in_json
from matchbot.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from corpus.progress import Progress
    from matchbot.service import Service

_COMMANDS: Mapping[str, str] = {
    # Asking
    "setup": "setup:setup",
    "chat": "chat:chat",
    "search": "search:search",
    "org": "org:org",
    "clusters": "clusters:clusters",
    "corpus": "corpus:corpus",
    "synonyms": "synonyms:synonyms",
    "index": "index:index",
    "eval": "evaluation:evaluation",
    # Introducing
    "needs": "needs:needs",
    "case": "cases:case",
    "queue": "workload:queue",
    "load": "workload:load",
    "handover": "workload:handover",
    "outcomes": "outcomes:outcomes",
    "business": "outcomes:business",
    "awards": "outcomes:awards",
    "performance": "performance:performance",
    "story": "stories:story",
    "visit": "contacts:visit",
    "survey": "contacts:survey",
    "help": "helping:help_",
    "members": "members:members",
    "profiles": "profiles:profiles",
    # Evaluating
    "indicators": "indicators:indicators",
    "exposure": "exposure:exposure",
    "targets": "targets:targets",
    "comments": "reviewing:comments",
    "breaks": "reviewing:breaks",
    "report": "report:report",
    "freeze": "freeze:freeze",
    # Keeping
    "ledger": "ledger:ledger",
    "privacy": "privacy:privacy",
    "jobs": "jobs:jobs",
    "nightly": "nightly:nightly",
    "doctor": "doctor:doctor",
    "simulate": "simulation:simulate",
}
"""Where each command is, below this package."""


class Program(LocalisedGroup):
    """The program itself. A command is imported when it is asked for: no search waits for the indicators."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, also of those of the floor above, which nothing here imports."""
        return sorted({*_COMMANDS, *self._above})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        self._load(name)
        return super().get_command(ctx, name)

    def inner(self) -> Sequence[LocalisedCommand]:
        """All commands."""
        for name in (*_COMMANDS, *self._above):
            self._load(name)
        return super().inner()

    def _load(self, name: str) -> None:
        if name in self.commands:
            return
        if name in _COMMANDS:
            self.add_command(resolve_name(f"{__name__}.{_COMMANDS[name]}"))
        elif name in self._above:
            self.add_command(resolve_name(self._above[name]))

    @cached_property
    def _above(self) -> dict[str, str]:
        return {each.name: each.value for each in entry_points(group="matchbot.commands")}


@click.group("matchbot", cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="matchbot", message="%(prog)s %(version)s")
def matchbot() -> None:
    pass


def main() -> None:
    """Reads the settings, once, and runs the command line."""
    try:
        settings = read_settings()
    except ConfigurationError as error:
        for language in LANGUAGES:
            click.echo(user_message(error, Texts(language)), err=True)
        sys.exit(error.exit_code)
    speak(settings.language)
    if settings.log == "json":
        log_in_json()
    shell = Shell(settings, _build)
    with correlated(f"run:{uuid4()}"), shell.unforeseen:
        matchbot(prog_name="matchbot", obj=shell)


def _build(settings: Settings, progress: "Progress") -> "Service":
    # Here, so that help and usage errors do not wait for the search engine.
    from matchbot.bootstrap import build_service

    return build_service(settings, progress)
