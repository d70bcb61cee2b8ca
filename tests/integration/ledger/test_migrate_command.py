"""`matchbot ledger migrate-to` as staff run it: the ledger goes to a server, works there, and comes back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ledger_places import OnPostgres


@pytest.fixture
def server(home, postgres) -> OnPostgres:
    return OnPostgres(home, postgres)


def run(home: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "/usr/bin:/bin",
        "MATCHBOT_HOME": str(home),
        "MATCHBOT_LANGUAGE": "en",
        "MATCHBOT_LEDGER_URL": url,
        "MATCHBOT_NIGHTLY_BACKUPS": str(home.with_name("backups")),
    }
    command = [sys.executable, "-m", "matchbot", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def well(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_ledger_goes_to_a_server_works_there_and_comes_back(home, server, tmp_path):
    well(run(home, "ledger", "create"))
    well(run(home, "members", "add", "staff-1", "staff"))
    told = well(run(home, "ledger", "migrate-to", server.url, "--yes"))
    assert "MATCHBOT_LEDGER_URL" in told

    refused = run(home, "ledger", "verify")
    assert refused.returncode == 78
    assert "127.0.0.1" in refused.stderr

    there = {"url": server.url}
    well(run(home, "members", "add", "staff-2", "staff", **there))
    found = json.loads(well(run(home, "ledger", "verify", "--json", **there)))["result"]
    assert found["fault"] is None
    assert found["head"]["seq"] >= 2
    well(run(home, "ledger", "backup", str(tmp_path / "backup"), **there))
    well(run(home, "ledger", "restore", str(tmp_path / "backup"), "--yes", **there))
    well(run(home, "ledger", "rebuild", **there))
    well(run(home, "jobs", "run", **there))

    well(run(home, "ledger", "migrate-to", "files", "--yes", **there))
    assert "staff-2" in well(run(home, "members", "list"))
    assert run(home, "ledger", "verify", **there).returncode == 78


def test_a_server_that_does_not_answer_is_told_with_what_to_do(home):
    done = run(home, "ledger", "verify", url="postgresql://matchbot:secret@127.0.0.1:1/ledger")
    assert done.returncode == 69
    assert "127.0.0.1:1/ledger" in done.stderr
    assert "MATCHBOT_LEDGER_URL" in done.stderr
    assert "secret" not in done.stderr


def test_without_the_extra_one_is_told_how_to_install_it(home):
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from matchbot.cli import main; sys.argv = ['matchbot', 'ledger', 'verify']; main()"
    )
    environment = {
        "MATCHBOT_HOME": str(home),
        "MATCHBOT_LANGUAGE": "en",
        "MATCHBOT_LEDGER_URL": "postgresql://x",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 69
    assert 'pip install "matchbot[scale]"' in done.stderr
