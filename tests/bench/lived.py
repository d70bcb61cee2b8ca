"""A network that has lived through five years, as `matchbot simulate` leaves it; kept for other parts."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from processes import Finished, matchbot

YEARS, SEED = 5, 1

_KEPT = "simulated.json"


@dataclass(frozen=True, slots=True)
class Lived:
    """A home with the ledger of those years. ``command``: the one that made it; ``told``: what it said."""

    home: Path
    command: Finished
    told: dict[str, Any]


def live(workdir: Path, scale: float) -> Lived:
    """Lives through the years, in place of those that are kept."""
    home = _home(workdir, scale)
    shutil.rmtree(home, ignore_errors=True)
    matchbot("corpus", "sample", "--scale", f"{scale:g}", "--seed", str(SEED), home=home)
    matchbot("ledger", "create", "--sample", home=home)
    arguments = ("--years", str(YEARS), "--seed", str(SEED), "--scale", f"{scale:g}", "--json")
    command = matchbot("simulate", *arguments, home=home)
    (home / _KEPT).write_text(json.dumps(asdict(command)), "utf-8")
    return _of(home, command)


def lived(workdir: Path, scale: float) -> Lived:
    """The years that are kept, until their home is removed, or else lived now."""
    home = _home(workdir, scale)
    if not (home / _KEPT).exists():
        return live(workdir, scale)
    return _of(home, Finished(**json.loads((home / _KEPT).read_text("utf-8"))))


def _home(workdir: Path, scale: float) -> Path:
    return workdir / f"lived-{scale:g}"


def _of(home: Path, command: Finished) -> Lived:
    return Lived(home, command, json.loads(command.output)["result"])
