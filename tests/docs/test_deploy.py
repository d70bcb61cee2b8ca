"""What is offered for running matchbot as a service: it names what there is."""

import configparser
import re

import click

from matchbot.cli import matchbot
from matchbot.config import variables


def unit(root, name="matchbot.service"):
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str
    assert parsed.read(root / "deploy" / name, encoding="utf-8")
    return parsed


def is_a_command(words):
    """Whether ``matchbot WORDS…`` is there."""
    command, ctx = matchbot, click.Context(matchbot)
    for word in words:
        command = command.get_command(ctx, word) if isinstance(command, click.Group) else None
    return command is not None


def test_the_unit_starts_a_command_that_there_is(root):
    program, *words = unit(root)["Service"]["ExecStart"].split()
    assert program.endswith("/bin/matchbot")
    assert is_a_command(words)


def test_the_unit_writes_where_the_page_says_that_everything_is_kept(root):
    page = (root / "docs" / "slack.md").read_text(encoding="utf-8")
    home = re.search(r"^MATCHBOT_HOME=(.+)$", page, re.MULTILINE)[1]
    assert unit(root)["Service"]["ReadWritePaths"] == home
    assert f"EnvironmentFile={re.search(r'/etc/[a-z.]+env', page)[0]}" in (
        root / "deploy" / "matchbot.service"
    ).read_text(encoding="utf-8")


def test_the_container_copies_what_there_is_and_starts_a_command_that_there_is(root):
    text = (root / "deploy" / "Containerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert [name for name in copied if not (root / name).exists()] == []
    assert is_a_command(re.findall(r'"(\w+)"', re.search(r"^CMD (.+)$", text, re.MULTILINE)[1]))


def test_every_variable_that_is_set_is_one_that_is_read(root):
    known = {name for name, _ in variables()}
    for path in (
        root / "deploy" / "Containerfile",
        root / "deploy" / "matchbot.service",
        root / "docs" / "slack.md",
    ):
        assert set(re.findall(r"\bMATCHBOT_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known, path.name


def test_the_night_is_started_by_a_command_that_there_is_and_writes_where_all_else_is_kept(root):
    service, timer = unit(root, "matchbot-nightly.service"), unit(root, "matchbot-nightly.timer")
    program, *words = service["Service"]["ExecStart"].split()
    assert program.endswith("/bin/matchbot")
    assert is_a_command(words)
    home = unit(root)["Service"]["ReadWritePaths"]
    # The backups lie beside the home folder, unless another place is set.
    assert service["Service"]["ReadWritePaths"].split() == [home, f"{home}-backups"]
    assert service["Service"]["StateDirectory"].split() == ["matchbot", "matchbot-backups"]
    assert "Asia/Tokyo" in timer["Timer"]["OnCalendar"]
    assert timer["Timer"]["Persistent"] == "true"
