"""Files that were put into the inbox: each is taken in once, and then lies beside its report."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.durability import sync, write_whole

MAPPING_ENDING = ".mapping.toml"

_NOT_MEANT = (".", "~$")
"""How names begin that people did not give: of what is still being written, and of what Excel has open."""
_AT_REST_S = 60
"""A file that changed less than so many seconds ago may still be on its way."""


class Outcome(StrEnum):
    """What became of a file: a code with a text ``inbox-<code>``."""

    DONE = "done"
    REJECTED = "rejected"
    WAITING = "waiting"
    """It was changed a moment ago, and is left for the next time."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file to be taken in, and its mapping, where there is one of the same name beside it."""

    file: Path
    mapping: str | None

    @property
    def is_at_rest(self) -> bool:
        """Whether it has all arrived, as far as can be told."""
        return time.time() - self.file.stat().st_mtime >= _AT_REST_S


def arrivals(inbox: Path) -> Iterator[Arrival]:
    """What lies in the inbox, by name: also what no import can read, so that somebody is told of it."""
    for file in sorted(inbox.iterdir() if inbox.is_dir() else ()):
        if file.is_file() and not file.name.startswith(_NOT_MEANT) and not file.name.endswith(MAPPING_ENDING):
            mapping = file.with_name(f"{file.stem}{MAPPING_ENDING}")
            yield Arrival(file, str(mapping) if mapping.is_file() else None)


def put_away(
    file: Path, outcome: Outcome, report: object, *, day: str, plain: Callable[[Any], object]
) -> Path:
    """Move a file to what was done or rejected, when its report lies there; gives its new place.

    Killed in between, the file is still in the inbox; taking it in again changes nothing more.
    """
    folder = file.parent / outcome
    folder.mkdir(exist_ok=True)
    place = _free(folder / f"{day}-{file.name}")
    told = json.dumps(report, ensure_ascii=False, indent=2, default=plain)
    # What a damaged file holds is told as far as it can be written.
    write_whole(_report_of(place), told, errors="replace")
    os.replace(file, place)
    sync(folder)
    sync(file.parent)
    return place


def _report_of(place: Path) -> Path:
    return place.with_name(f"{place.name}.report.json")


def _free(place: Path) -> Path:
    """This place, or one with a number where a file of that name came before on the same day."""
    number, free = 1, place
    while free.exists():
        number += 1
        free = place.with_name(f"{place.stem}-{number}{place.suffix}")
    return free
