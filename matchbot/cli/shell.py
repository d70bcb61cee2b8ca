"""What every command is given: the settings, the words, the service, and a place to write."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

import click

from matchbot.cli.columns import table_lines
from matchbot.config import Settings
from matchbot.texts import Language, Texts

if TYPE_CHECKING:
    from corpus.progress import Progress
    from matchbot.service import Service
    from matchbot.wording import Wording

Value = TypeVar("Value")


@runtime_checkable
class HasJson(Protocol):
    """A result that knows its own JSON."""

    def to_json(self) -> dict[str, Any]: ...


json_option = click.option("--json", "as_json", is_flag=True)
"""The option of every command that reads."""

DAY = click.DateTime(["%Y-%m-%d"])
"""The type of an option that takes a day."""


class Shell:
    """One run of the program, as its commands see it.

    ``build`` makes the service when first asked for; it takes who is told of long work that nobody asked for.
    """

    def __init__(self, settings: Settings, build: "Callable[[Settings, Progress], Service]") -> None:
        self.settings = settings
        self.texts = Texts(settings.language)
        self.build = build
        self._shown: Progress | None = None
        """The reporter of long work that is shown now."""
        self.unforeseen = ExitStack()
        """Takes away what is shown of work that nobody foresaw."""

    @cached_property
    def service(self) -> "Service":
        """The use cases. Commands that only print help never pay for it."""
        return self.build(self.settings, self.report_unforeseen)

    def speaking(self, language: Language) -> "Shell":
        """The same run in another language."""
        if language == self.texts.language:
            return self
        settings = self.settings.model_copy(update={"language": language})
        return Shell(settings, lambda *_: self.service)

    @cached_property
    def wording(self) -> "Wording":
        """What things are called in the language of this run."""
        from matchbot.wording import Wording

        return Wording(self.texts, lambda: self.service.all_clusters())

    def say(self, key: str, /, **facts: object) -> None:
        """Writes one text to standard output."""
        click.echo(self.texts(key, **facts))

    def note(self, key: str, /, **facts: object) -> None:
        """Writes one text to standard error, where it is in nobody's way."""
        click.echo(self.texts(key, **facts), err=True)

    def answer(self, value: Value, show: "Callable[[Shell, Value], None]", *, as_json: bool) -> None:
        """Writes a result: for people with ``show``, or for programs as JSON (UTF-8, dates in ISO 8601)."""
        if as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=plain))
        else:
            show(self, value)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Writes a table. ``columns`` are text keys (``column-<name>``); numbers stand to the right, with at
        most four decimals and none that say nothing."""
        header = [self.texts(f"column-{name}") for name in columns]
        numeric = [any(isinstance(row[place], int | float) for row in rows) for place in range(len(columns))]
        for line in table_lines(header, [[self._cell(cell) for cell in row] for row in rows], numeric):
            click.echo(line)

    def _cell(self, cell: object) -> str:
        if cell is None:
            return self.texts("no-value")
        if isinstance(cell, int | float):
            return f"{cell:,}" if isinstance(cell, int) else f"{round(cell, 4):,.12g}"
        return " ".join(str(cell).split("\n"))

    def report_unforeseen(self, stage: str, done: int, total: int) -> None:
        """Reports long work that comes in the middle of something else, beside what is shown of that."""
        if self._shown is None:
            self.unforeseen.enter_context(self.progress())
        if self._shown is not None:
            self._shown(stage, done, total)
        if done == total:
            self.unforeseen.close()

    @contextmanager
    def progress(self) -> "Iterator[Progress]":
        """A reporter of long work, as `_reporter` shows it."""
        with self._reporter() as self._shown:
            try:
                yield self._shown
            finally:
                self._shown = None

    @contextmanager
    def _reporter(self) -> "Iterator[Progress]":
        """A reporter of long work: a bar on a terminal, otherwise a line as each stage begins.

        It writes to standard error, unless the log is JSON. Stages are text keys (``stage-<name>``).
        """
        if self.settings.log == "json":
            from corpus.progress import unheard

            yield unheard
            return
        if not sys.stderr.isatty():
            yield self._progress_by_lines()
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as bars:
            tasks: dict[str, object] = {}

            def report(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(self.texts(f"stage-{stage}"), total=total or None)
                bars.update(tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]

            yield report

    def _progress_by_lines(self) -> "Progress":
        begun: set[str] = set()

        def report(stage: str, done: int, total: int) -> None:
            if stage not in begun:
                begun.add(stage)
                click.echo(f"{self.texts(f'stage-{stage}')} …", err=True)

        return report


pass_shell = click.make_pass_decorator(Shell)
"""Gives a command the shell as its first argument."""


def plain(value: object) -> object:
    """What JSON cannot hold by itself, in what it can; without the fields that are not for people."""
    if isinstance(value, HasJson):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value) if field.repr}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
