"""The doctor on real files: what is well, and each fault with its remedy."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.doctor import in_words
from matchbot.cli.shell import Shell
from matchbot.config import LedgerSettings, MilvusSettings, Settings, SlackSettings
from matchbot.doctor import Finding, Level
from matchbot.texts import Language, Texts
from matchbot.workdays import OFFICE_ZONE
from postgres_server import PostgresServer
from slack_app.demo.server import DemoServer
from slack_app.demo.workspace import Workspace
from slack_app.manifest import manifest


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with the organisations that ship, search data and a ledger."""
    settings = Settings(home=tmp_path / "var", encoder="none", language="en")
    service = build_service(settings)
    service.load_bundled()
    service.build_index(progress=lambda *_: None)
    service.create_ledger(is_sample=True)
    return settings


def doctor(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(matchbot, ["doctor", *arguments], obj=Shell(settings, build_service))


def found(settings: Settings) -> dict[str, Level]:
    findings = json.loads(doctor(settings, "--json").stdout)
    return {finding["code"]: Level(finding["level"]) for finding in findings}


def faults(settings: Settings) -> set[str]:
    return {code for code, level in found(settings).items() if level is Level.FAULT}


def test_where_nothing_is_wrong_it_says_so_and_that_slack_is_missing_is_a_note(settings: Settings) -> None:
    codes = found(settings)
    assert faults(settings) == set()
    assert {code for code, level in codes.items() if level is Level.NOTE} <= {
        "no-slack",
        "no-backup",
        "no-night",
        "open-to-others",
    }
    assert codes["no-slack"] is Level.NOTE
    assert {"home", "disk", "corpus", "search-data", "model", "ledger"} <= {*codes}
    told = doctor(settings)
    assert told.exit_code == 0
    assert "note: Slack is not set up" in told.output


def test_search_data_that_are_damaged_are_a_fault_with_its_remedy(settings: Settings) -> None:
    (next(settings.snapshots_path.glob("2*")) / "passages.arrow").write_bytes(b"damaged")
    told = doctor(settings)
    assert told.exit_code == 78
    assert "FAULT: The search data" in told.output
    assert "matchbot index rollback" in told.output
    # What comes behind it is looked at all the same.
    assert "ok: The ledger is intact" in told.output


def test_a_damaged_corpus_is_told_once_with_its_remedy_and_all_else_is_looked_at(settings: Settings) -> None:
    settings.corpus_path.write_bytes(b"damaged" * 1000)
    told = doctor(settings).output
    assert told.count("corpus.db") == 1
    assert "import the lists in `inbox/done` again" in told
    codes = found(settings)
    assert codes["corpus-damaged"] is Level.FAULT
    assert {"search-data", "model", "ledger"} <= {*codes}


def test_an_empty_home_lacks_everything_and_each_is_told(tmp_path: Path) -> None:
    empty = Settings(home=tmp_path / "var", encoder="none", language="en")
    told = doctor(empty)
    assert told.exit_code == 78
    for words in ("The corpus is empty", "matchbot index build", "There is no ledger"):
        assert words in told.output


def test_a_full_disk_is_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 10**6

    monkeypatch.setattr("matchbot.doctor.shutil.disk_usage", lambda _: Usage)
    assert faults(settings) == {"disk-low"}


def test_what_others_may_read_is_told(settings: Settings) -> None:
    (settings.home / "mask.key").chmod(0o644)
    assert found(settings)["open-to-others"] is Level.NOTE
    for name in ("private.db", "ledger.db", "mask.key"):
        (settings.home / name).chmod(0o600)
    assert "open-to-others" not in found(settings)


def test_a_model_that_is_gone_is_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchbot.service.Service.search_notices", lambda _: ("encoder-failed",))
    assert faults(settings) == {"model-failed"}


def test_search_data_whose_own_model_is_gone_are_damaged_and_searched_by_words(settings: Settings) -> None:
    (file,) = settings.snapshots_path.glob("2*/manifest.json")
    manifest = json.loads(file.read_text("utf-8"))
    manifest["encoder"] = "embedded"
    manifest["files"]["encoder/modules.json"] = {"bytes": 2, "sha256": ""}
    file.write_text(json.dumps(manifest), "utf-8")
    assert faults(settings) == {"error", "own-model-failed"}
    told = doctor(settings).output
    assert "FAULT: The search data" in told
    assert "the search goes by words only. The next `matchbot nightly` trains it anew" in told


@pytest.mark.parametrize(
    ("tokens", "code", "level"),
    [
        ({"app_token": "xapp-1"}, "no-bot-token", Level.FAULT),
        ({"bot_token": "xoxb-1"}, "no-way-in", Level.FAULT),
    ],
)
def test_settings_for_slack_that_are_not_complete_are_a_fault(
    settings: Settings, tokens: dict[str, str], code: str, level: Level
) -> None:
    slack = SlackSettings(**{name: SecretStr(token) for name, token in tokens.items()})
    with_slack = settings.model_copy(update={"slack": slack})
    assert found(with_slack)[code] is level
    assert not any(token in doctor(with_slack).output for token in tokens.values())


SCOPES = frozenset(manifest()["oauth_config"]["scopes"]["bot"])


@pytest.mark.parametrize(
    ("scopes", "token", "is_down", "code", "words"),
    [
        (SCOPES, "", False, "slack", "all scopes are granted"),
        (SCOPES - {"commands"}, "", False, "slack-lacking", "commands"),
        (SCOPES, "xoxb-another", False, "slack-refused", "invalid_auth"),
        (SCOPES, "", True, "slack-away", "reaches slack.com"),
    ],
)
def test_slack_itself_is_asked_where_it_is_set_up(
    settings: Settings, scopes: frozenset[str], token: str, is_down: bool, code: str, words: str
) -> None:
    with DemoServer(workspace=Workspace(scopes=scopes)) as slack:
        if is_down:
            slack.faults.unavailable()
        tokens = {"bot_token": token or slack.workspace.bot_token, "app_token": "xapp-1"}
        own = SlackSettings(**{name: SecretStr(each) for name, each in tokens.items()}, api_url=slack.api_url)
        told = doctor(settings.model_copy(update={"slack": own}))
    level = "ok" if code == "slack" else "FAULT"
    assert [line for line in told.output.splitlines() if line.startswith(level) and words in line], (
        told.output
    )
    assert told.exit_code == (0 if code == "slack" else 78)
    assert not any(each in told.output for each in tokens.values())


def test_a_night_that_broke_off_is_told(settings: Settings) -> None:
    settings.unfinished_path.write_text("", "utf-8")
    codes = found(settings)
    assert codes["night-unfinished"] is Level.NOTE
    assert "no-night" not in codes


@pytest.mark.parametrize(
    ("days_ago", "failed", "code", "level"),
    [
        (0, {}, "night", Level.OK),
        (3, {}, "night-old", Level.NOTE),
        (0, {"build": "gate"}, "night-failed", Level.FAULT),
    ],
)
def test_how_the_last_night_went_is_told(
    settings: Settings, days_ago: int, failed: dict[str, str], code: str, level: Level
) -> None:
    assert found(settings)["no-night"] is Level.NOTE
    ended_at = datetime.now(OFFICE_ZONE) - timedelta(days=days_ago)
    told = {"ended_at": ended_at.isoformat(), "duration_s": 3.0, "failed": failed}
    settings.last_night_path.write_text(json.dumps(told), "utf-8")
    assert found(settings)[code] is level


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "工程があります: 台帳の控え、検索データ。"), ("en", "Backup of the ledger, Search data.")],
)
def test_steps_that_failed_are_told_by_their_names(
    settings: Settings, language: Language, words: str
) -> None:
    failed = Finding(Level.FAULT, "night-failed", {"on": "2026-04-07"}, failed=("backup", "build"))
    assert words in in_words(failed, Texts(language))


# --- servers


def on_server(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"ledger": LedgerSettings(url=SecretStr(url))})


def over_milvus(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"milvus": MilvusSettings(url=url)})


def told_of_away(settings: Settings) -> tuple[str, str]:
    """The only fault where a server does not answer, and all that is told: all else is looked at."""
    told = doctor(settings)
    assert told.exit_code == 78
    (fault,) = [line for line in told.output.splitlines() if line.startswith("FAULT")]
    assert "ok: The search data" in told.output
    return fault, told.output


def test_the_server_of_the_ledger_is_asked_for_its_version(
    settings: Settings, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = on_server(settings, postgres.empty_database("doctored"))
    assert found(there)["no-ledger"] is Level.NOTE
    build_service(there).create_ledger(is_sample=True)
    codes = found(there)
    assert (codes["ledger-server"], codes["ledger"]) == (Level.OK, Level.OK)
    monkeypatch.setattr("matchbot.ledger.server.OLDEST", 99)
    assert faults(there) == {"ledger-server-old"}
    assert "needs 99 or newer" in doctor(there).output


def test_a_server_of_the_ledger_that_is_away_is_a_fault_and_all_else_is_looked_at(settings: Settings) -> None:
    pytest.importorskip("psycopg", reason="needs psycopg (pip install matchbot[scale])")
    fault, output = told_of_away(on_server(settings, "postgresql://matchbot:secret@127.0.0.1:1/ledger"))
    assert "127.0.0.1:1/ledger" in fault
    assert "MATCHBOT_LEDGER_URL" in fault
    assert "nightly" in output
    assert "secret" not in output


def test_the_search_server_is_asked_for_its_version_and_what_it_searches(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("milvus_lite", reason="needs Milvus Lite (pip install milvus-lite)")
    pytest.importorskip("pymilvus", reason="needs pymilvus (pip install matchbot[scale])")
    there = over_milvus(settings, str(tmp_path / "milvus.db"))
    assert faults(there) == {"search-server-empty"}
    assert "`matchbot index build`" in doctor(there).output
    published = build_service(there).build_index(progress=lambda *_: None).name
    assert found(there)["search-server-data"] is Level.OK
    # Built here alone, and not published there.
    build_service(settings).build_index(is_whole=True, progress=lambda *_: None)
    assert (faults(there), found(there)["search-server-other"]) == (set(), Level.NOTE)
    assert f"searches {published}" in doctor(there).output
    monkeypatch.setattr("index.milvus.OLDEST", (99, 0))
    assert faults(there) == {"search-server-old"}
    assert "needs 99.0 or newer" in doctor(there).output


def test_a_search_server_that_is_away_is_a_fault_and_all_else_is_looked_at(settings: Settings) -> None:
    pytest.importorskip("pymilvus", reason="needs pymilvus (pip install matchbot[scale])")
    fault, output = told_of_away(over_milvus(settings, "http://127.0.0.1:1"))
    assert "http://127.0.0.1:1" in fault
    assert "MATCHBOT_MILVUS_URL" in fault
    assert "ok: The ledger is intact" in output


@pytest.mark.parametrize(
    ("package", "configured"),
    [
        ("psycopg", {"MATCHBOT_LEDGER_URL": "postgresql://db.example/ledger"}),
        ("pymilvus", {"MATCHBOT_MILVUS_URL": "http://milvus.example:19530"}),
    ],
)
def test_an_extra_that_is_configured_but_not_installed_is_a_fault_with_the_command_that_installs_it(
    settings: Settings, package: str, configured: dict[str, str]
) -> None:
    code = (
        f"import sys; sys.modules['{package}'] = None\n"
        "from matchbot.cli import main; sys.argv = ['matchbot', 'doctor']; main()"
    )
    environment = {**configured, "MATCHBOT_HOME": str(settings.home), "MATCHBOT_LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 78, done.stderr
    (fault,) = [line for line in done.stdout.splitlines() if line.startswith("FAULT")]
    assert f"({package})" in fault
    assert 'pip install "matchbot[scale]"' in fault
    assert "ok: The search data" in done.stdout
