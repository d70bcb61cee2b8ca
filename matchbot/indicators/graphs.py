"""The network as a graph, and its measures: the only door to igraph.

Nodes are the organisations in a cluster on the last day of the period, edges the pairs with a tie in the
36 months up to it. Where a graph is too large for all shortest paths, they are taken from a fixed sample
of nodes (pivots; Brandes and Pich 2007), and the value says so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from matchbot.indicators.definitions import Measure
from matchbot.indicators.known import Known

if TYPE_CHECKING:
    import igraph  # imported where it is used: it would slow the start of every command

_MOST_STEPS = 20_000_000
"""How many (node, edge) steps are taken exactly; beyond it paths are sampled."""
_N_PIVOTS = 300
_N_SWAPS = 10
"""Rewiring tries this many swaps for each edge."""
_TOP = 5
_FEWEST_FOR_CENTRALISATION = 3


@dataclass(frozen=True)
class Graph:
    """Organisations and who is tied to whom among them. ``clusters``: those of each organisation."""

    organisations: Sequence[str]
    pairs: Sequence[tuple[str, str]]
    clusters: Mapping[str, frozenset[str]]

    @cached_property
    def graph(self) -> "igraph.Graph":
        import igraph

        places = {id: place for place, id in enumerate(self.organisations)}
        edges = [(places[a], places[b]) for a, b in self.pairs]
        return igraph.Graph(n=len(self.organisations), edges=edges)

    @property
    def is_sampled(self) -> bool:
        """Whether its shortest paths are taken from a sample of nodes."""
        return len(self.organisations) * len(self.pairs) > _MOST_STEPS

    @cached_property
    def pivots(self) -> list[int]:
        """The nodes from which shortest paths are followed: all, or a fixed sample."""
        n = len(self.organisations)
        return sorted(Random(n).sample(range(n), _N_PIVOTS)) if self.is_sampled else list(range(n))

    @cached_property
    def betweenness(self) -> list[float]:
        """How much each organisation stands on others' shortest paths, 0–1."""
        n = len(self.organisations)
        if n < _FEWEST_FOR_CENTRALISATION:
            return [0.0] * n
        scale = 2 * n / len(self.pivots) / ((n - 1) * (n - 2))
        sources = self.pivots if self.is_sampled else None
        return [scale * b for b in self.graph.betweenness(directed=False, sources=sources)]

    @cached_property
    def largest(self) -> "igraph.Graph":
        """The largest component."""
        return self.graph.connected_components().giant()

    @cached_property
    def rewired(self) -> "igraph.Graph":
        """The same degrees, tied at random (with a fixed seed)."""
        import igraph

        igraph.set_random_number_generator(Random(len(self.pairs)))
        rewired = self.graph.copy()
        rewired.rewire(n=_N_SWAPS * len(self.pairs))
        igraph.set_random_number_generator(None)
        return rewired

    @cached_property
    def bridges(self) -> list[str]:
        """The organisations tied to others of two or more clusters that are not their own."""
        beyond: dict[str, set[str]] = defaultdict(set)
        for a, b in self.pairs:
            for one, other in ((a, b), (b, a)):
                beyond[one] |= self.clusters.get(other, frozenset()) - self.clusters.get(one, frozenset())
        return [id for id in self.organisations if len(beyond[id]) > 1]

    def within(self, cluster: str) -> "Graph":
        """The part of it whose organisations are in a cluster."""
        inside = [id for id in self.organisations if cluster in self.clusters[id]]
        known = set(inside)
        return Graph(inside, [(a, b) for a, b in self.pairs if a in known and b in known], self.clusters)

    def measured(self, measure: Measure) -> float | None:
        """One measure of it; None where it is too small to have one."""
        return _MEASURES[measure](self)

    def opened(self, measure: Measure) -> Iterator[tuple[str, tuple[str, ...], float]]:
        """What stands behind a measure: a name, organisations, and a number for each."""
        if measure is Measure.BRIDGES:
            yield from ((id, (id,), 1.0) for id in self.bridges)
        elif measure in (Measure.BETWEENNESS, Measure.FIRST_FIVE):
            ranked = sorted(
                zip(self.betweenness, self.organisations, strict=True), key=lambda r: (-r[0], r[1])
            )
            yield from ((id, (id,), b) for b, id in ranked[:_TOP])
        else:
            yield from ((f"{a} {b}", (a, b), 1.0) for a, b in self.pairs)


def graph_of(known: Known) -> Graph:
    """The network on the last day of the period, as known."""
    clusters: dict[str, set[str]] = defaultdict(set)
    for id, cluster in known.rows("SELECT organisation_id, cluster FROM members ORDER BY 1, 2"):
        clusters[id].add(cluster)
    pairs = known.rows(
        "SELECT DISTINCT first_id, second_id FROM ties WHERE day <= :last AND (is_lasting OR day >= :window) "
        "ORDER BY 1, 2"
    )
    return Graph(
        list(clusters),
        [(a, b) for a, b in pairs if a in clusters and b in clusters],
        {id: frozenset(own) for id, own in clusters.items()},
    )


def _density(graph: Graph) -> float | None:
    n = len(graph.organisations)
    return 2 * len(graph.pairs) / (n * (n - 1)) if n > 1 else None


def _centralisation(graph: Graph) -> float | None:
    n = len(graph.organisations)
    if n < _FEWEST_FOR_CENTRALISATION:
        return None
    degrees = graph.graph.degree()
    return float((n * max(degrees) - sum(degrees)) / ((n - 1) * (n - 2)))


def _highest_betweenness(graph: Graph) -> float | None:
    return max(graph.betweenness, default=None)


def _first_five(graph: Graph) -> float | None:
    total = sum(graph.betweenness)
    return 100 * sum(sorted(graph.betweenness)[-_TOP:]) / total if total else None


def _clustering(graph: Graph) -> float | None:
    return _clustering_of(graph.graph) if graph.pairs else None


def _clustering_of(graph: "igraph.Graph") -> float:
    """Mean over all nodes; 0 for those with fewer than two neighbours."""
    return float(graph.transitivity_avglocal_undirected(mode="zero"))


def _path_length(graph: Graph) -> float | None:
    return _path_length_of(graph.largest, is_sampled=graph.is_sampled) if graph.pairs else None


def _path_length_of(component: "igraph.Graph", *, is_sampled: bool) -> float:
    if not is_sampled:
        return float(component.average_path_length(directed=False))
    n = component.vcount()
    pivots = sorted(Random(n).sample(range(n), min(n, _N_PIVOTS)))
    lengths = component.distances(source=pivots)
    return float(sum(map(sum, lengths)) / (len(pivots) * (n - 1)))


def _share_of_largest(graph: Graph) -> float | None:
    n = len(graph.organisations)
    return 100 * graph.largest.vcount() / n if n else None


def _small_world(graph: Graph) -> float | None:
    """(C/C₀) ÷ (L/L₀), against the same degrees tied at random."""
    if not graph.pairs:
        return None
    c0 = _clustering_of(graph.rewired)
    l0 = _path_length_of(graph.rewired.connected_components().giant(), is_sampled=graph.is_sampled)
    c, length = _clustering(graph), _path_length(graph)
    return (c / c0) / (length / l0) if c0 and length and c is not None else None


_MEASURES: Mapping[Measure, Callable[[Graph], float | None]] = {
    Measure.DENSITY: _density,
    Measure.CENTRALISATION: _centralisation,
    Measure.BETWEENNESS: _highest_betweenness,
    Measure.FIRST_FIVE: _first_five,
    Measure.BRIDGES: lambda graph: len(graph.bridges),
    Measure.CLUSTERING: _clustering,
    Measure.PATH_LENGTH: _path_length,
    Measure.LARGEST: _share_of_largest,
    Measure.SMALL_WORLD: _small_world,
}

OF_PATHS = frozenset({Measure.BETWEENNESS, Measure.FIRST_FIVE, Measure.PATH_LENGTH, Measure.SMALL_WORLD})
"""Those that follow shortest paths."""

OF_GRAPHS = frozenset(_MEASURES)
"""The measures that are taken of the network as a whole."""
