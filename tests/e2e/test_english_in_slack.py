"""Somebody whose Slack is in English reads nothing in Japanese, wherever they go."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matchbot.bootstrap import build_service
from slack_app.ids import Field
from slack_network import (
    COORDINATOR,
    FIRM,
    GUEST,
    STAFF,
    Slack,
    asked,
    elements,
    furnish,
    in_slack,
    purpose,
    settings_of,
    written,
)

JAPANESE = re.compile('"[^"]*[ぁ-んァ-ヶ一-龯々][^"]*"')
NEED = "We look for vacuum deposition machines, outside Kansai"


@pytest.fixture(scope="module")
def furnished_in_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("english") / "home"
    furnish(
        home,
        name="North {} Works",
        can="Owns {} machines for vacuum deposition.",
        wants="Looks for sales channels abroad.",
    )
    return home


@pytest.fixture
def slack(furnished_in_english: Path, tmp_path: Path) -> Iterator[Slack]:
    settings = settings_of(shutil.copytree(furnished_in_english, tmp_path / "home"))
    service = build_service(settings)
    with in_slack(settings, service) as slack:
        slack.api.locale = "en-US"
        yield slack
    service.correspondence.close()


def japanese(slack: Slack) -> list[str]:
    """The strings with Japanese in them, of everything that was shown."""
    told = (json.dumps(arguments, ensure_ascii=False) for _, arguments in slack.api.calls)
    return [found for line in told for found in JAPANESE.findall(line)]


def fill(slack: Slack, user: str, **values: dict) -> None:
    view = slack.api.told("views.open")[-1]["view"]
    slack.submit(user, view, values)
    slack.settle()


def last(slack: Slack, user: str) -> dict:
    return [each for each in slack.api.told("chat.postMessage") if each["channel"] == f"D-{user}"][-1]


def test_a_firm_looks_asks_and_withdraws_in_english(slack: Slack) -> None:
    asked(slack, text="hello")
    answer = asked(slack, text=NEED)
    slack.press(FIRM, answer, "details", 1)
    slack.press_in_view(FIRM, slack.api.told("views.open")[-1]["view"], "unfit")
    slack.press(FIRM, answer, "kind")
    slack.press(FIRM, slack.api.told("chat.update")[-1], "scope")
    slack.press(FIRM, slack.api.told("chat.update")[-1], "request")
    fill(slack, FIRM, **{Field.PURPOSE: purpose("research"), Field.TEXT: written("Let us try it together")})
    slack.bot.notifier.drain()
    slack.press(FIRM, last(slack, FIRM), "withdraw")
    assert "withdrawn" in last(slack, FIRM)["text"]
    slack.bot.notifier.refresh()
    assert japanese(slack) == []


def test_where_nobody_is_found_everything_goes_on_in_english(slack: Slack) -> None:
    for way in ("rewrite", "help", "alert"):
        slack.press(FIRM, asked(slack, text="qqqqq"), way)
    fill(slack, FIRM, **{Field.PURPOSE: purpose("sales"), Field.TEXT: written("Quuxification")})
    slack.press(FIRM, asked(slack, text="Tell me about subsidies"), "help")
    fill(slack, FIRM, **{Field.TEXT: written("When is the deadline?")})
    slack.deliver()
    slack.press(COORDINATOR, last(slack, COORDINATOR), "help_take")
    slack.press(COORDINATOR, last(slack, COORDINATOR), "help_answer")
    fill(slack, COORDINATOR, **{Field.TEXT: written("Next month")})
    slack.deliver()
    assert "Next month" in str(last(slack, FIRM)["blocks"])
    assert japanese(slack) == []


def test_the_home_tab_and_the_command_are_in_english(slack: Slack) -> None:
    slack.press(FIRM, asked(slack, text=NEED), "request", 1)
    fill(slack, FIRM, **{Field.PURPOSE: purpose("research"), Field.TEXT: written("Let us try it together")})
    home = slack.open_home(FIRM)
    for way in ("pause", "never_add", "profile_edit", "profile_add"):
        slack.press_in_view(FIRM, home, way)
    slack.press_in_view(FIRM, home, "opt_out")
    slack.press_in_view(FIRM, slack.home(), "resume")
    for user in (COORDINATOR, STAFF, GUEST):
        slack.open_home(user)
    for typed in ("help", "home", "language", "stats"):
        slack.command(STAFF, typed)
        slack.settle()
    slack.open_panel(FIRM)
    assert elements(slack.open_home(COORDINATOR), "open_card")
    assert japanese(slack) == []
