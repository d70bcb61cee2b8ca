"""What exists is documented: every command, every setting, every error."""

import pytest

import matchbot.errors
import printed
from matchbot.cli import matchbot as command_line
from matchbot.cli.localised import LocalisedGroup
from matchbot.config import variables
from matchbot.errors import MatchbotError


def paths_below(command, path):
    yield path
    if isinstance(command, LocalisedGroup):
        for inner in command.inner():
            yield from paths_below(inner, f"{path} {inner.name}")


def errors_below(kind):
    yield kind
    for child in kind.__subclasses__():
        yield from errors_below(child)


def titles(page):
    return [title.strip("`") for level, title in page.headings if level == 2]


@pytest.mark.parametrize("name", ["docs/cli.md", "docs/cli.ja.md"])
def test_every_command_has_its_section(pages, name):
    assert sorted(titles(pages[name])) == sorted(paths_below(command_line, "matchbot"))


def test_every_setting_has_its_section(pages):
    assert titles(pages["docs/configuration.md"]) == [variable for variable, _ in variables()]


def test_every_setting_says_what_it_does():
    assert all(field.description for _, field in variables())


def test_every_error_has_its_section(pages):
    ours = {kind for kind in errors_below(MatchbotError) if kind.__module__.split(".")[0] != "tests"}
    assert titles(pages["docs/errors.md"]) == sorted(kind.__name__ for kind in ours - {MatchbotError})


def test_the_tree_of_errors_is_drawn_as_the_classes_are():
    drawn = "\n".join(f"    {line}" for line in printed.error_tree().splitlines())
    assert drawn in (matchbot.errors.__doc__ or "")


def test_no_two_errors_share_a_code():
    codes = [kind.code for kind in errors_below(MatchbotError)]
    assert len(set(codes)) == len(codes)
