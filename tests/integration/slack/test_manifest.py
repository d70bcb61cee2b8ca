"""The manifest that makes the app: everything that the bot uses, and nothing that it does not."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import slack_app
from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.shell import Shell
from matchbot.config import Settings, SlackSettings
from slack_app import ids
from slack_app.manifest import manifest

SOURCES = Path(slack_app.__file__).parent
SCOPES = {
    "app_mentions:read", "assistant:write", "channels:read", "chat:write", "commands", "files:write",
    "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:write", "users:read",
    "users:read.email",
}  # fmt: skip


def test_the_app_is_told_of_every_event_that_is_listened_to_and_of_no_other():
    told = manifest()["settings"]["event_subscriptions"]["bot_events"]
    listened = re.findall(r'@app\.event\("(\w+)"\)', (SOURCES / "listeners.py").read_text(encoding="utf-8"))
    assert {event.partition(".")[0] for event in told} == set(listened)
    assert told == sorted(told)


def test_the_app_asks_for_no_more_than_it_uses():
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == SCOPES


def test_the_home_tab_the_messages_tab_the_panel_and_menus_that_search_are_switched_on():
    told = manifest(url="https://bot.example.jp/")
    assert told["features"]["app_home"]["home_tab_enabled"] is True
    assert told["features"]["app_home"]["messages_tab_enabled"] is True
    assert "assistant_view" in told["features"]
    interactivity = told["settings"]["interactivity"]
    assert interactivity["message_menu_options_url"] == "https://bot.example.jp/slack/events"
    assert interactivity["request_url"] == told["settings"]["event_subscriptions"]["request_url"]


def test_commands_and_shortcuts_are_those_that_are_answered():
    features = manifest()["features"]
    assert [each["command"] for each in features["slash_commands"]] == [ids.COMMAND]
    assert [each["callback_id"] for each in features["shortcuts"]] == [ids.SEARCH_SHORTCUT]


def test_who_lets_the_app_into_a_further_workspace_is_sent_back_to_us():
    several = manifest(url="https://bot.example.jp/", is_several=True)["oauth_config"]["redirect_urls"]
    assert several == ["https://bot.example.jp/slack/oauth_redirect"]
    assert "redirect_urls" not in manifest(url="https://bot.example.jp/")["oauth_config"]


def test_over_socket_mode_no_address_is_needed():
    assert "https://" not in json.dumps(manifest(is_socket=True))


@pytest.mark.parametrize("arguments", [["manifest", "--several", "--socket"], ["socket"]])
def test_several_workspaces_are_not_served_over_socket_mode(tmp_path: Path, arguments: list[str]) -> None:
    settings = Settings(home=tmp_path, language="en", slack=SlackSettings(client_id="of-a-test"))
    told = CliRunner().invoke(matchbot, ["slack", *arguments], obj=Shell(settings, build_service))
    assert told.exit_code == 2
    assert "Socket Mode cannot do it" in told.output
