"""The command line as tests call it, in English."""

from pathlib import Path

from click.testing import CliRunner

from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.localised import speak
from matchbot.cli.shell import Shell
from matchbot.config import Settings


def run(home: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints; it must end with this exit code."""
    speak("en")
    settings = Settings(home=home, language="en")
    done = CliRunner().invoke(matchbot, arguments, obj=Shell(settings, build_service))
    assert done.exit_code == code, done.output
    return done.output
