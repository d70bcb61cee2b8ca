"""Commands whose words are in the catalogue."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

import matchbot.cli
import slack_app
from matchbot.cli import matchbot as root
from matchbot.cli.columns import width
from matchbot.cli.localised import CLICK_WORDS, LocalisedCommand, LocalisedGroup, speak
from matchbot.cli.shell import Shell
from matchbot.config import Settings
from matchbot.errors import UnknownOrganisationError
from matchbot.texts import LANGUAGES, Texts

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龯]")


def commands(command: LocalisedCommand = root) -> Iterator[LocalisedCommand]:
    yield command
    if isinstance(command, LocalisedGroup):
        for inner in command.inner():
            yield from commands(inner)


COMMANDS = list(commands())


def test_every_name_in_the_list_of_commands_leads_to_its_command() -> None:
    context = click.Context(root)
    names = root.list_commands(context)
    assert {"search", "slack"} <= set(names)
    assert [
        command and command.name for command in (root.get_command(context, name) for name in names)
    ] == names


def keys_of(command: LocalisedCommand, texts: Texts) -> Iterator[str]:
    yield command.text_key
    for parameter in command.params:
        yield command.parameter_key(parameter, texts)


def shell(language: str) -> Shell:
    return Shell(Settings(language=language), build=lambda *_: pytest.fail("help needs no service"))


def help_of(command: LocalisedCommand, language: str) -> str:
    speak(language)
    context = command.context_class(command, info_name="matchbot", obj=shell(language))
    return command.get_help(context)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.text_key)
def test_every_command_and_parameter_has_its_words(command, language):
    texts = Texts(language)
    assert [key for key in keys_of(command, texts) if key not in texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_kept_for_a_command_or_parameter_that_is_not_there(language):
    texts = Texts(language)
    used = {key for command in COMMANDS for key in keys_of(command, texts)} | {"cli--help"}
    assert {key for key in texts if key == "cli" or key.startswith("cli-")} == used


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_used_somewhere(language):
    """A key is written in the code, or made there from a prefix and a code."""
    folders = (Path(package.__path__[0]) for package in (matchbot, slack_app))
    code = "".join(path.read_text("utf-8") for folder in folders for path in folder.rglob("*.py"))
    written = set(re.findall(r'"([a-z]+(?:-[a-z_-]+)*)"', code))
    prefixes = tuple(
        {
            *re.findall(r'f"([a-z]+(?:-[a-z]+)*-)\{', code),
            *(f"{key}-" for key in re.findall(r'\bWord\([^()]+, "([a-z-]+)"\)', code)),
            "cli",
            "column-",
            "command-",
        }
    )
    unused = {key for key in Texts(language) if key not in written and not key.startswith(prefixes)}
    assert unused == set()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.text_key)
def test_help_in_english_has_no_japanese(command):
    assert not JAPANESE.search(help_of(command, "en"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.text_key)
def test_no_line_of_help_has_words_only_in_english_where_japanese_is_spoken(command):
    explained = [line for line in help_of(command, "ja").splitlines() if line.strip()]
    english = [line for line in explained if not JAPANESE.search(line) and "  -" not in line]
    # Placeholders, and the end of a default that was wrapped, stay as they are typed.
    typed = re.compile(r"\s*[A-Z|]+|\s+[A-Z]\S*\s*|\s+[a-z_]+\]")
    assert [line for line in english if not typed.fullmatch(line)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", "選択肢は日本語の語でも書けます（例: phone の代わりに 電話）。"),
        ("en", "by its name as well, in English or Japanese"),
    ],
)
def test_help_tells_that_choices_may_be_written_by_their_names(language, words):
    helps = {command.text_key: " ".join(help_of(command, language).split()) for command in COMMANDS}
    assert words in helps["cli-case-consent"]
    assert words not in helps["cli-case-log"]


def test_help_is_wrapped_by_columns_on_the_screen():
    lines = [line for command in COMMANDS for line in help_of(command, "ja").splitlines()]
    assert max(map(width, lines)) <= 80
    assert not any("\0" in line for line in lines)


def test_the_language_can_change_within_one_process():
    assert "オプション:" in help_of(root, "ja")
    assert "Options:" in help_of(root, "en")


def test_an_option_has_the_words_of_its_own_command_before_those_of_a_group_above():
    texts = Texts("en")
    corpus = next(command for command in root.inner() if command.name == "corpus")
    sample = corpus.commands["sample"]
    scale, as_json = (next(p for p in sample.params if p.name == name) for name in ("scale", "as_json"))
    assert sample.parameter_key(scale, texts) == "cli-corpus-sample--scale"
    assert sample.parameter_key(as_json, texts) == "cli--json"


def test_a_command_without_a_place_for_texts_is_refused():
    with pytest.raises(TypeError, match="texts"):
        LocalisedGroup("group").add_command(click.Command("bare"))


def test_usage_errors_are_in_the_language_of_the_run():
    speak("ja")
    result = CliRunner().invoke(root, ["org", "find"], obj=shell("ja"), prog_name="matchbot")
    assert result.exit_code == 2
    assert "引数が足りません" in result.stderr
    assert "使い方は 'matchbot org find --help' で表示されます。" in result.stderr


def tuple_of(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_compiled_words_of_click_are_those_of_the_source():
    folder = CLICK_WORDS / "ja" / "LC_MESSAGES"
    with (folder / "click.po").open("rb") as source, (folder / "click.mo").open("rb") as compiled:
        written, read = (
            {tuple_of(m.id): tuple_of(m.string) for m in c} for c in (read_po(source), read_mo(compiled))
        )
    del written[("",)], read[("",)]
    assert read == written


def test_the_words_of_click_are_words_that_click_says():
    with (CLICK_WORDS / "ja" / "LC_MESSAGES" / "click.po").open("rb") as file:
        source = read_po(file)
    code = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    ids = [message.id if isinstance(message.id, str) else message.id[0] for message in source if message.id]
    assert [id for id in ids if f'"{id}"'.replace("\n", "\\n").replace("\t", "\\t") not in code] == []


def group_that_meets(trouble: BaseException) -> LocalisedGroup:
    @click.group(cls=LocalisedGroup)
    def group() -> None:
        pass

    @group.command("go")
    def go() -> None:
        raise trouble

    return group


def test_expected_trouble_ends_in_one_line_and_its_exit_code():
    group = group_that_meets(UnknownOrganisationError(id="firm:1"))
    result = CliRunner().invoke(group, ["go"], obj=shell("en"))
    assert result.exit_code == UnknownOrganisationError.exit_code
    assert result.stderr.count("\n") == 1
    assert "firm:1" in result.stderr
    assert result.stdout == ""


def test_an_interrupt_ends_in_one_line_and_130():
    result = CliRunner().invoke(group_that_meets(KeyboardInterrupt()), ["go"], obj=shell("en"))
    assert result.exit_code == 130
    assert result.stderr == "\nInterrupted.\n"


def test_a_mistake_in_the_program_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(
            group_that_meets(ZeroDivisionError()), ["go"], obj=shell("en"), catch_exceptions=False
        )
