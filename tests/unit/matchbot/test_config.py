"""The settings of one process."""

from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from matchbot.config import read_settings, variables
from matchbot.errors import ConfigurationError
from matchbot.rules import Rules


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for variable, _ in variables():
        monkeypatch.delenv(variable, raising=False)


def test_without_a_variable_everything_has_its_default():
    settings = read_settings()
    assert settings.home == Path("var")
    assert settings.language == "ja"
    assert settings.encoder == "embedded"


def test_each_setting_comes_from_its_variable(monkeypatch):
    monkeypatch.setenv("MATCHBOT_HOME", "/srv/matchbot")
    monkeypatch.setenv("MATCHBOT_LANGUAGE", "en")
    monkeypatch.setenv("MATCHBOT_SNAPSHOTS_KEPT", "7")
    settings = read_settings()
    assert settings.corpus_path == Path("/srv/matchbot/corpus.db")
    assert settings.snapshots_path == Path("/srv/matchbot/snapshots")
    assert settings.language == "en"
    assert settings.snapshots_kept == 7


def test_each_rule_comes_from_its_variable(monkeypatch):
    monkeypatch.setenv("MATCHBOT_RULES_OPEN_REQUESTS", "3")
    monkeypatch.setenv("MATCHBOT_RULES_REMINDER_WORKING_DAYS", "1, 3, 5")
    monkeypatch.setenv("MATCHBOT_RULES_OFFICE_OPENS", "07:30")
    monkeypatch.setenv("MATCHBOT_RULES_CROSS_CLUSTER", "both")
    rules = read_settings().rules
    changed = {"open_requests": 3, "reminder_working_days": (1, 3, 5), "cross_cluster": "both"}
    assert rules == Rules(**changed, office_opens=time(7, 30))
    assert rules.requests_per_week == Rules().requests_per_week


def test_what_concerns_slack_comes_from_its_variables(monkeypatch):
    monkeypatch.setenv("MATCHBOT_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("MATCHBOT_SLACK_PORT", "3001")
    monkeypatch.setenv("MATCHBOT_SLACK_QUEUE_CHANNELS", "hokkaido=C01, kansai-bio=C02")
    monkeypatch.setenv("MATCHBOT_SLACK_OWN_CHANNELS", "C03=seed:inspec")
    slack = read_settings().slack
    assert slack.bot_token.get_secret_value() == "xoxb-1"
    assert (slack.host, slack.port) == ("127.0.0.1", 3001)
    assert slack.queue_channels == {"hokkaido": "C01", "kansai-bio": "C02"}
    assert slack.own_channels == {"C03": "seed:inspec"}


def test_a_secret_is_never_printed(monkeypatch):
    monkeypatch.setenv("MATCHBOT_SLACK_SIGNING_SECRET", "hush-hush")
    assert "hush" not in repr(read_settings())


def test_what_may_be_a_misspelt_secret_is_not_printed_either(monkeypatch):
    monkeypatch.setenv("MATCHBOT_SLACK_TOKEN", "hush-hush")
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert caught.value.facts["variable"] == "MATCHBOT_SLACK_TOKEN"
    assert "hush" not in str(caught.value.facts)


def test_no_days_at_all_switch_the_reminders_off(monkeypatch):
    monkeypatch.setenv("MATCHBOT_RULES_REMINDER_WORKING_DAYS", "")
    assert read_settings().rules.reminder_working_days == ()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MATCHBOT_LANGUAGE", "fr"),
        ("MATCHBOT_SNAPSHOTS_KEPT", "0"),
        ("MATCHBOT_SNAPSHOTS_KEPT", "many"),
        ("MATCHBOT_RULES_OPEN_REQUESTS", "0"),
        ("MATCHBOT_RULES_IDENTICAL_SIMILARITY", "95"),
        ("MATCHBOT_RULES_REMINDER_WORKING_DAYS", "soon"),
        ("MATCHBOT_RULES_FOLLOW_UP_DAYS", "90, 14"),
        ("MATCHBOT_RULES_FOLLOW_UP_DAYS", "0, 14"),
        ("MATCHBOT_RULES_DIGEST_AT", "07:00"),
        ("MATCHBOT_RULES_OPEN_REQUEST", "3"),
        ("MATCHBOT_SLACK_PORT", "70000"),
        ("MATCHBOT_SLACK_QUEUE_CHANNELS", "hokkaido"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_variable(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert caught.value.facts["variable"] == variable
    assert caught.value.facts["value"] == value
    assert caught.value.exit_code == 78


def test_settings_never_change():
    with pytest.raises(ValidationError):
        read_settings().language = "en"


def test_each_setting_says_what_it_is_for():
    assert [variable for variable, field in variables() if not field.description] == []


def test_an_office_that_closes_before_its_digest_is_refused(monkeypatch):
    monkeypatch.setenv("MATCHBOT_RULES_OFFICE_CLOSES", "08:45")
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert caught.value.facts["variable"] == "MATCHBOT_RULES_DIGEST_AT"
    assert "08:30 to 08:45" in caught.value.facts["reason"]
