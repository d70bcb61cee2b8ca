"""A night in which a little changed, and one that learns anew: `matchbot nightly` as a whole process."""

import csv
import json
import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import copytree, rmtree
from time import time
from typing import Any

from figures import Check, Result, at_most, plain
from networks import Network, network
from processes import Finished, matchbot

from corpus.records import Kind, Organisation
from corpus.registry import Registry

EVERY = 100
"""One organisation in so many says something new."""
_AT_REST_S = 600


@dataclass(frozen=True, slots=True)
class Night:
    """What a night took, and what it came to."""

    finished: Finished
    n_changed: int

    @property
    def told(self) -> dict[str, Any]:
        """The report of the night."""
        report: dict[str, Any] = json.loads(self.finished.output)
        return report

    def check(self) -> Check:
        """Whether what was new is published, and nothing went wrong. With it, more may be known of a masked
        profile or two than before, whose texts are encoded anew as well."""
        told = self.told
        n_encoded, is_published = told["n_encoded"], bool(told["is_new"]) and not told["failures"]
        found = f"{n_encoded} for {self.n_changed}"
        return Check(
            "passages encoded, all published",
            found,
            is_published and self.n_changed <= n_encoded <= 1.1 * self.n_changed,
        )

    def note(self) -> str:
        """How it was made, for the report."""
        return (
            f"A list of {self.n_changed:,} organisations in the inbox, each with one new passage; no ledger. "
            f"`matchbot nightly` {self.finished.seconds:.0f} s ({self.finished.told_stages()})."
        )


def measure(workdir: Path, scale: float) -> Result:
    """A night with few changes, and one with training, on this network."""
    made = network(workdir, scale)
    home = copy_of(made, workdir)
    try:
        few = night(home)
        learned = matchbot("nightly", "--retrain", home=home)
    finally:
        rmtree(home)
    return Result(
        figures=[
            at_most(
                "`matchbot nightly`, one organisation in a hundred changed", few.finished.seconds, 20, "s"
            ),
            plain("the same, peak", few.finished.peak_gb, "GB"),
            at_most("`matchbot nightly --retrain`", learned.seconds, 240, "s"),
            at_most("the same, peak", learned.peak_gb, 2, "GB"),
        ],
        checks=[few.check()],
        notes=[few.note(), f"With training: {learned.told_stages()}.", made.note()],
    )


def copy_of(made: Network, workdir: Path) -> Path:
    """A home to spend nights in, so that the network stays as it was made."""
    home = workdir / "night"
    rmtree(home, ignore_errors=True)
    return copytree(made.home, home)


def night(home: Path) -> Night:
    """The night after some organisations sent in a list."""
    n_changed = _put_list(home)
    return Night(matchbot("nightly", "--json", home=home), n_changed)


def _put_list(home: Path) -> int:
    """A list of one organisation in a hundred, that has lain in the inbox for a while; gives how many."""
    with Registry.open(home / "corpus.db") as registry:
        firms = _some_firms(registry)
    file = home / "inbox" / "new.csv"
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["matchbot_id", "名称", "種別", "事業内容"])
        for number, firm in enumerate(firms):
            says = f"新しい検査装置{number}号を使い、ガラス基板の研磨を請け負います"
            rows.writerow([firm.id, firm.name, "企業", says])
    os.utime(file, (time() - _AT_REST_S,) * 2)
    return len(firms)


def _some_firms(registry: Registry) -> list[Organisation]:
    """As many as there are hundreds of organisations, from all over the network; no masked ones."""
    ids = [*registry.ids()]
    some = (registry.profile(id).organisation for start in range(EVERY) for id in ids[start::EVERY])
    return [*islice((one for one in some if one.kind is Kind.FIRM and not one.is_masked), len(ids) // EVERY)]
