"""`matchbot slack check`: what a Slack grants, what it does not, and when it does not let us in."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.shell import Shell
from matchbot.config import Settings, SlackSettings
from slack_app.demo.server import DemoServer
from slack_app.demo.workspace import Workspace
from slack_app.manifest import manifest

SCOPES = frozenset(manifest()["oauth_config"]["scopes"]["bot"])


def check(
    home: Path, scopes: Iterable[str], *arguments: str, token: str = "", is_down: bool = False
) -> Result:
    with DemoServer(workspace=Workspace(scopes=scopes)) as slack:
        if is_down:
            slack.faults.unavailable()
        own = SlackSettings(bot_token=SecretStr(token or slack.workspace.bot_token), api_url=slack.api_url)
        settings = Settings(home=home, language="en", slack=own)
        shell = Shell(settings, build_service)
        return CliRunner().invoke(matchbot, ["slack", "check", *arguments], obj=shell)


def test_where_all_scopes_are_granted_it_says_so(tmp_path: Path) -> None:
    told = check(tmp_path, [*SCOPES, "one:more"])
    assert told.exit_code == 0, told.output
    assert "all scopes are granted" in told.output


def test_the_scopes_that_are_missing_are_named_with_the_remedy(tmp_path: Path) -> None:
    lacking = {"im:history", "commands"}
    told = check(tmp_path, SCOPES - lacking)
    assert told.exit_code == 78
    assert "commands, im:history" in told.output
    assert "matchbot slack manifest" in told.output
    assert json.loads(check(tmp_path, SCOPES - lacking, "--json").stdout)["lacking"] == sorted(lacking)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"token": "xoxb-wrong"}, ("invalid_auth", "MATCHBOT_SLACK_BOT_TOKEN")),
        ({"is_down": True}, ("does not answer", "reaches slack.com")),
    ],
)
def test_a_token_that_is_not_accepted_and_a_slack_that_is_down_are_told(
    tmp_path: Path, options: dict[str, object], words: tuple[str, ...]
) -> None:
    told = check(tmp_path, SCOPES, **options)  # type: ignore[arg-type]
    assert told.exit_code == 69
    assert all(word in told.stderr for word in words)
    assert "xoxb-wrong" not in told.output


def test_without_a_token_the_variable_is_named(tmp_path: Path) -> None:
    shell = Shell(Settings(home=tmp_path, language="en"), build_service)
    told = CliRunner().invoke(matchbot, ["slack", "check"], obj=shell)
    assert told.exit_code == 2
    assert "MATCHBOT_SLACK_BOT_TOKEN" in told.output
