"""Prints what docs/ tells from the code: the command line, the settings, the errors, the rooms.

cog runs these functions where a page calls them (`make docs`), and `make check` compares.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import click

from corpus.progress import Progress
from matchbot.cli import matchbot
from matchbot.cli.localised import speak
from matchbot.cli.shell import Shell
from matchbot.config import Settings, variables
from matchbot.errors import MatchbotError, user_message
from matchbot.indicators import INDICATORS, Indicator
from matchbot.reporting.tables import Reader
from matchbot.service import Service
from matchbot.texts import LANGUAGES, Language, Texts
from matchbot.wording import Wording

ROOT = Path(__file__).resolve().parent.parent
HELP_WIDTH = 100


def command_line(language: Language) -> str:
    """A section for each command, deepest last, with what ``--help`` prints."""
    speak(language)
    shell = Shell(Settings(language=language), _no_service)
    return "\n".join(_sections(matchbot, click.Context(matchbot, info_name="matchbot", obj=shell)))


def rooms(floor: str) -> str:
    """A table of the modules of one floor, each with the first sentence it says of itself."""
    folder = ROOT / floor
    rows = (
        f"| [`{path.relative_to(folder)}`](../{path.relative_to(ROOT)}) | {_first_sentence(path)} |"
        for path in _modules(folder)
    )
    return "\n".join(["| room | what lives here |", "|---|---|", *rows]) + "\n"


def configuration() -> str:
    """A section for each environment variable, in the order of the settings."""
    return "\n".join(
        f"## `{variable}`\n\n{field.description}\n\nDefault: {_as_set(field.default)}\n"
        for variable, field in variables()
    )


def error_tree() -> str:
    """The classes of expected errors, drawn."""
    return "\n".join([MatchbotError.__name__, *_branches(MatchbotError, "")])


def errors() -> str:
    """A section for each expected error: what it means, its code, and what a person reads."""
    return "\n".join(
        _error_section(kind) for kind in sorted(_all_below(MatchbotError), key=lambda e: e.__name__)
    )


def indicators() -> str:
    """A section for each indicator: what is counted, over what, which days count, and what counts once."""
    reader = Reader(Texts("en"), Wording(Texts("en"), dict))
    japanese = Reader(Texts("ja"), Wording(Texts("ja"), dict))
    return "\n".join(_indicator_section(each, reader, japanese) for each in INDICATORS)


def _indicator_section(indicator: Indicator, reader: Reader, japanese: Reader) -> str:
    told = reader.definition(indicator)
    facts = {
        "Set": indicator.group,
        "Days": told["basis"],
        "Numerator": told["numerator"],
        "Denominator": told["denominator"],
        "Counted once": told["dedupe"],
        "Version": indicator.version,
    }
    figures = [
        f"| {figure.id} | {japanese.name(figure.id)} | {reader.name(figure.id)} | {figure.measure} "
        f"| {reader.texts(f'unit-{figure.unit}')} |"
        for figure in indicator.figures
    ]
    return "\n".join(
        [
            f"## {indicator.id} {japanese.definition(indicator)['name']} · {told['name']}\n",
            f"{told['definition']}\n",
            *(f"- **{name}:** {value}" for name, value in facts.items() if value),
            "\n| figure | ja | en | measure | unit |\n|---|---|---|---|---|",
            *figures,
            "",
        ]
    )


def _modules(folder: Path) -> list[Path]:
    """The modules that hold code, by path; a package that only says what it is stands for no room."""
    paths = sorted(folder.rglob("*.py"))
    return [path for path in paths if len(ast.parse(path.read_text(encoding="utf-8")).body) > 1]


def _first_sentence(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z(])", paragraph)[0].replace("``", "`")


def _sections(command: click.Command, ctx: click.Context) -> Iterator[str]:
    help_ctx = type(command).context_class(
        command, info_name=ctx.info_name, parent=ctx.parent, obj=ctx.obj, terminal_width=HELP_WIDTH
    )
    yield f"## `{ctx.command_path}`\n\n```text\n{command.get_help(help_ctx).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            if inner is not None:
                yield from _sections(inner, click.Context(inner, info_name=name, parent=ctx, obj=ctx.obj))


def _branches(kind: type[MatchbotError], indent: str) -> Iterator[str]:
    below = _children(kind)
    for child in below:
        is_last = child is below[-1]
        yield f"{indent}{'└── ' if is_last else '├── '}{child.__name__}"
        yield from _branches(child, indent + ("    " if is_last else "│   "))


def _error_section(kind: type[MatchbotError]) -> str:
    meaning = inspect.cleandoc(kind.__doc__ or "").split("Facts:")[0].strip()
    error = kind(**{fact: f"{{{fact}}}" for fact in facts_of(kind)})
    words = "\n".join(f"- {user_message(error, Texts(language))}" for language in LANGUAGES)
    return f"## {kind.__name__}\n\n{meaning}\n\nCode `{kind.code}`, exit code {kind.exit_code}.\n\n{words}\n"


def facts_of(kind: type[MatchbotError]) -> list[str]:
    """The facts that an error's docstring promises.

    >>> from corpus.errors import UnknownClusterError
    >>> facts_of(UnknownClusterError)
    ['id']
    """
    promise = re.search(r"Facts: (.+?)\.", inspect.cleandoc(kind.__doc__ or ""), re.DOTALL)
    return re.findall(r"\b\w+\b", re.sub(r"\(.*?\)", "", promise[1])) if promise else []


def _as_set(value: object) -> str:
    """A default as it would stand in the environment."""
    match value:
        case bool():
            text = str(value).lower()
        case tuple():
            text = ", ".join(map(str, value))
        case time():
            text = value.isoformat("minutes")
        case dict():
            text = ", ".join(f"{name}={said}" for name, said in value.items())
        case _:
            text = str(value)
    return f"`{text}`" if text else "none"


def _children(kind: type[MatchbotError]) -> list[type[MatchbotError]]:
    return sorted(kind.__subclasses__(), key=lambda child: child.__name__)


def _all_below(kind: type[MatchbotError]) -> Iterator[type[MatchbotError]]:
    for child in _children(kind):
        yield child
        yield from _all_below(child)


def _no_service(settings: Settings, progress: Progress) -> Service:
    raise RuntimeError("printing help never needs the service")
