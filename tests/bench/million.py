"""A million passages: the build's memory, and the query."""

from pathlib import Path

from figures import Result, at_most, plain
from networks import network
from queries import queries
from timing import times

from index.snapshot import SnapshotStore

N_QUERIES = 300


def measure(workdir: Path, scale: float) -> Result:
    """Memory and time of loading and building, and times of the query."""
    made = network(workdir, scale)
    store = SnapshotStore(made.snapshots)
    manifest, searcher = store.verify(), store.open()
    asked = queries(N_QUERIES)
    hybrid = times(searcher.search, asked)
    return Result(
        figures=[
            at_most("hybrid query, p50", hybrid.p50, 50, "ms"),
            plain("hybrid query, p99", hybrid.p99, "ms"),
            at_most("`matchbot index build`, peak", made.indexed.peak_gb, 6, "GB"),
            plain("`matchbot index build`", made.indexed.seconds, "s"),
            plain("`matchbot corpus sample`, peak", made.loaded.peak_gb, "GB"),
            plain("`matchbot corpus sample`", made.loaded.seconds, "s"),
        ],
        notes=[
            f"{manifest.n_organisations:,} organisations, {manifest.n_passages:,} passages; {len(asked)} "
            f"queries, each once; encoder {manifest.encoder}.",
            made.note(),
        ],
    )
