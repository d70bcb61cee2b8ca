"""A million passages: the whole build, a night with few changes, the query, and the memory of a bot."""

from itertools import cycle
from pathlib import Path
from shutil import rmtree

from figures import Result, at_most, plain
from networks import Network, network
from nights import copy_of, night
from queries import queries
from slack_load import Crowd, home_on, wait_until_it_serves
from timing import times

from index.snapshot import SnapshotStore

N_QUERIES, N_ASKED = 300, 100
N_PEOPLE = 20
"""Slack takes one message a second in one channel."""


def measure(workdir: Path, scale: float) -> Result:
    """Memory and time of loading, building and a night; times of the query; what a bot holds."""
    made = network(workdir, scale)
    home = copy_of(made, workdir)
    try:  # before this process holds anything, since that would count as theirs
        few = night(home)
    finally:
        rmtree(home)
    first_gb, later_gb = _resident_gb(made, workdir)
    store = SnapshotStore(made.snapshots)
    manifest, searcher = store.verify(), store.open()
    asked = queries(N_QUERIES)
    hybrid = times(searcher.search, asked)
    return Result(
        figures=[
            at_most("`matchbot index build`", made.indexed.seconds / 60, 25, "min"),
            at_most("`matchbot index build`, peak", made.indexed.peak_gb, 6, "GB"),
            at_most(
                "`matchbot nightly`, one organisation in a hundred changed", few.finished.seconds, 180, "s"
            ),
            plain("the same, peak", few.finished.peak_gb, "GB"),
            at_most("hybrid query, p50", hybrid.p50, 40, "ms"),
            plain("hybrid query, p99", hybrid.p99, "ms"),
            plain("a bot, resident after the first answer", first_gb, "GB"),
            at_most(f"a bot, resident after {N_ASKED} answers", later_gb, 2.5, "GB"),
            plain("`matchbot corpus sample`, peak", made.loaded.peak_gb, "GB"),
            plain("`matchbot corpus sample`", made.loaded.seconds, "s"),
        ],
        checks=[few.check()],
        notes=[
            f"{manifest.n_organisations:,} organisations, {manifest.n_passages:,} passages; {len(asked)} "
            f"queries, each once; encoder {manifest.encoder}.",
            few.note(),
            made.note(),
        ],
    )


def _resident_gb(made: Network, workdir: Path) -> tuple[float, float]:
    """What a bot of its own process holds once it has answered one question, and once many."""
    asked = queries(N_ASKED)
    crowd = Crowd(home_on(made, workdir), N_PEOPLE)
    try:
        wait_until_it_serves(crowd.port)
        crowd.ask(crowd.people[0], asked[0])
        first_mb = crowd.resident_mb
        for person, text in zip(cycle(crowd.people), asked, strict=False):
            crowd.ask(person, text)
        return first_mb / 1_000, crowd.resident_mb / 1_000
    finally:
        crowd.close()
