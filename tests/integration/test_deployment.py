"""The units of systemd, as systemd reads them."""

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze (Debian: apt-get install systemd)")
    for name in UNITS:
        # Where matchbot is not installed, what they start is another program.
        content = (DEPLOY / name).read_text("utf-8").replace("/opt/matchbot/.venv/bin/matchbot", "/bin/true")
        (tmp_path / name).write_text(content, "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in told.stderr.splitlines() if "matchbot" in line] == []
    assert told.returncode == 0, told.stderr
