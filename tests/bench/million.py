"""A million passages: the whole build, a night with few changes, the query, and the memory of a bot."""

from pathlib import Path
from shutil import rmtree

from figures import Result, at_most, plain
from networks import Network, network
from nights import copy_of, night
from queries import queries
from slack_load import Crowd, home_on
from timing import times

from index.snapshot import SnapshotStore

N_QUERIES = 300


def measure(workdir: Path, scale: float) -> Result:
    """Memory and time of loading, building and a night; times of the query; a bot after its first answer."""
    made = network(workdir, scale)
    home = copy_of(made, workdir)
    try:  # before this process holds anything, since that would count as theirs
        few = night(home)
    finally:
        rmtree(home)
    resident_gb = _resident_gb(made, workdir)
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
            at_most("a bot, resident after the first answer", resident_gb, 2.5, "GB"),
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


def _resident_gb(made: Network, workdir: Path) -> float:
    """What a bot of its own process holds once it has answered somebody."""
    crowd = Crowd(home_on(made, workdir), n_people=1)
    try:
        crowd.wait_until_it_serves()
        crowd.ask(crowd.people[0], queries(1)[0])
        return crowd.resident_mb / 1_000
    finally:
        crowd.close()
