"""Indicators of five simulated years: counted by every breakdown, on graphs, and shown as a report."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter

from figures import Check, Figure, Result, at_most, plain
from lived import SEED, lived
from processes import matchbot

from browser import chromium, chromium_path
from matchbot.indicators import INDICATORS
from matchbot.indicators.definitions import Breakdown
from matchbot.indicators.graphs import OF_GRAPHS, Graph

PERIOD = ("--from", "2006-04-01", "--to", "2011-03-31")
N_ORGANISATIONS, N_TIES = 10_000, 100_000


def measure(workdir: Path, scale: float) -> Result:
    """Seconds and memory of counting, of the graph measures, and of the report with its size."""
    years = lived(workdir, scale)
    home, told = years.home, years.told
    matchbot("ledger", "rebuild", home=home)
    figures, checks = [], []
    for part in (_counting(home), _graphs(scale), _report(home)):
        figures += part.figures
        checks += part.checks
    return Result(figures=figures, checks=checks, notes=[f"{told['n_events']:,} events."])


def _counting(home: Path) -> Result:
    """All indicators that are no measures of a graph, by every breakdown, of all five years at once."""
    counted = [one.id for one in INDICATORS if all(f.measure not in OF_GRAPHS for f in one.figures)]
    only = [word for id in counted for word in ("--only", id)]
    by = [word for each in Breakdown if each is not Breakdown.CLUSTER_TODAY for word in ("--by", each)]
    # By coordinator only a member of the staff may count.
    matchbot("members", "add", "bench", "staff", "--as", "matchbot", "--key", "bench", home=home)
    done = matchbot("indicators", *only, *by, *PERIOD, "--as", "bench", "--json", home=home)
    values = json.loads(done.output)["result"]["values"]
    shown = {(value["indicator"], value["by"]) for value in values}
    # A simulated network wins no awards of other schemes.
    told_apart = set(Breakdown) - {Breakdown.SCHEME}
    return Result(
        figures=[
            at_most("`matchbot indicators`, all but I16–I19, by every breakdown", done.seconds, 20, "s"),
            at_most("the same, peak", done.peak_gb, 1, "GB"),
            plain("numbers in it", len(values), ""),
        ],
        checks=[
            Check(
                "indicators and breakdowns in it",
                f"{len({id for id, _ in shown})} and {len({by for _, by in shown} - {''})}",
                {id for id, _ in shown} == set(counted) and {by for _, by in shown} == {"", *told_apart},
            )
        ],
    )


def _graphs(scale: float) -> Result:
    """I16–I19 of a network that grew by attaching to those who are tied already."""
    graph = _grown(round(N_ORGANISATIONS * min(scale, 1)), round(N_TIES * min(scale, 1)))
    with _timed() as took:
        values = {measure: graph.measured(measure) for measure in OF_GRAPHS}
    how = "paths from a sample of 300 nodes" if graph.is_sampled else "exact"
    told = f"I16–I19, {len(graph.organisations):,} organisations, {len(graph.pairs):,} ties ({how})"
    is_whole = all(value is not None for value in values.values())
    return Result(
        figures=[at_most(told, took[0], 60, "s")],
        checks=[Check("measures without a value", str(list(values.values()).count(None)), is_whole)],
    )


def _grown(n_nodes: int, n_ties: int) -> Graph:
    """Clusters of 500, each new tie within one in two of three cases, and to whoever has ties already."""
    random = Random(SEED)
    ids = [f"o{place:05}" for place in range(n_nodes)]
    clusters = {id: frozenset([f"c{place // 500}"]) for place, id in enumerate(ids)}
    ends = list(range(n_nodes))
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < n_ties:
        one = random.choice(ends)
        first = one // 500 * 500
        near = random.randrange(first, min(first + 500, n_nodes))
        other = near if random.random() < 2 / 3 else random.choice(ends)
        if one != other:
            pairs.add((ids[min(one, other)], ids[max(one, other)]))
            ends += (one, other)
    return Graph(ids, sorted(pairs), clusters)


def _report(home: Path) -> Result:
    folder = home / "report"
    shutil.rmtree(folder, ignore_errors=True)
    done = matchbot("report", "make", "--out", str(folder), *PERIOD, home=home)
    pages = sorted(folder.glob("report.*.html"))
    megabytes = max(page.stat().st_size for page in pages) / 10**6
    return Result(
        figures=[
            plain("`matchbot report`", done.seconds, "s"),
            plain("`matchbot report`, peak", done.peak_gb, "GB"),
            at_most("its larger page", megabytes, 5, "MB"),
            *([_loading(pages)] if chromium_path() else []),
        ],
        checks=[Check("pages", str(len(pages)), len(pages) == 2)],
    )


def _loading(pages: list[Path]) -> Figure:
    """The slower of the pages, from asking for it to its load event, each in a fresh context."""
    seconds = []
    with chromium() as browser:
        for file in pages:
            page = browser.new_context().new_page()
            with _timed() as took:
                page.goto(file.as_uri(), wait_until="load")
            seconds += took
    return at_most("opened in Chromium", max(seconds), 3, "s")


@contextmanager
def _timed() -> Iterator[list[float]]:
    """A list that holds, once the block has ended, how many seconds it took."""
    took: list[float] = []
    begun = perf_counter()
    yield took
    took.append(perf_counter() - begun)
