"""The measures of the network: six nodes by hand, and larger ones as networkx has them."""

from itertools import combinations
from random import Random
from statistics import mean, stdev

import networkx as nx
import pytest

from matchbot.indicators import graphs
from matchbot.indicators.definitions import Measure
from matchbot.indicators.graphs import Graph

EAST, WEST, SOUTH = frozenset(["east"]), frozenset(["west"]), frozenset(["south"])

SIX = Graph(
    # A triangle a–b–c, a tail c–d–e, and f alone.
    ["a", "b", "c", "d", "e", "f"],
    [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("d", "e")],
    {"a": EAST, "b": WEST, "c": EAST, "d": SOUTH, "e": SOUTH, "f": WEST},
)


def network(n: int, p: float, seed: int) -> Graph:
    draw = Random(seed)
    names = [f"o{number:03}" for number in range(n)]
    pairs = [pair for pair in combinations(names, 2) if draw.random() < p]
    return Graph(names, pairs, {name: frozenset([f"c{draw.randrange(4)}"]) for name in names})


def oracle(graph: Graph) -> nx.Graph:
    known = nx.Graph(graph.pairs)
    known.add_nodes_from(graph.organisations)
    return known


def expected(graph: Graph) -> dict[Measure, float]:
    known = oracle(graph)
    n, degrees = len(known), [degree for _, degree in known.degree()]
    betweenness = sorted(nx.betweenness_centrality(known).values())
    largest = known.subgraph(max(nx.connected_components(known), key=len))
    return {
        Measure.DENSITY: nx.density(known),
        Measure.CENTRALISATION: sum(max(degrees) - d for d in degrees) / ((n - 1) * (n - 2)),
        Measure.BETWEENNESS: betweenness[-1],
        Measure.FIRST_FIVE: 100 * sum(betweenness[-5:]) / sum(betweenness),
        Measure.CLUSTERING: nx.average_clustering(known),
        Measure.PATH_LENGTH: nx.average_shortest_path_length(largest),
        Measure.LARGEST: 100 * len(largest) / n,
    }


def test_six_nodes_are_measured_as_by_hand() -> None:
    assert SIX.measured(Measure.DENSITY) == pytest.approx(2 * 5 / (6 * 5))
    assert SIX.measured(Measure.CENTRALISATION) == pytest.approx((1 + 1 + 0 + 1 + 2 + 3) / (5 * 4))
    # On shortest paths: c between {a, b} and {d, e}; d between {a, b, c} and e.
    assert SIX.betweenness == pytest.approx([0, 0, 4 / 10, 3 / 10, 0, 0])
    assert SIX.measured(Measure.CLUSTERING) == pytest.approx((1 + 1 + 1 / 3 + 0 + 0 + 0) / 6)
    lengths = 1 + 1 + 2 + 3 + 1 + 2 + 3 + 1 + 2 + 1
    assert SIX.measured(Measure.PATH_LENGTH) == pytest.approx(lengths / 10)
    assert SIX.measured(Measure.LARGEST) == pytest.approx(100 * 5 / 6)


def test_a_bridge_is_tied_to_two_clusters_that_are_not_its_own() -> None:
    assert SIX.bridges == ["c"]
    assert SIX.measured(Measure.BRIDGES) == 1
    assert list(SIX.opened(Measure.BRIDGES)) == [("c", ("c",), 1.0)]


def test_the_five_that_stand_between_most_are_listed_in_order() -> None:
    listed = [name for name, _, _ in SIX.opened(Measure.BETWEENNESS)]
    assert listed == ["c", "d", "a", "b", "e"]


@pytest.mark.parametrize("graph", [SIX, network(40, 0.1, 1), network(80, 0.03, 2), network(30, 0.5, 3)])
def test_networkx_measures_the_same(graph: Graph) -> None:
    for measure, value in expected(graph).items():
        assert graph.measured(measure) == pytest.approx(value), measure


def test_within_a_cluster_only_its_own_ties_count() -> None:
    graph = network(60, 0.1, 4)
    part = graph.within("c1")
    own = [name for name in graph.organisations if "c1" in graph.clusters[name]]
    assert part.organisations == own
    assert part.measured(Measure.DENSITY) == pytest.approx(nx.density(oracle(graph).subgraph(own)))


def ring(n: int) -> Graph:
    """Neighbours tied to neighbours, and a few to anybody."""
    names = [f"o{number:03}" for number in range(n)]
    pairs = [(names[a], names[b]) for a, b in nx.watts_strogatz_graph(n, 8, 0.05, seed=1).edges]
    return Graph(names, pairs, {name: frozenset() for name in names})


def beside_chance(known: nx.Graph, chance: nx.Graph) -> float:
    """(C/C₀) ÷ (L/L₀), as networkx has them."""
    largest, of_chance = (
        each.subgraph(max(nx.connected_components(each), key=len)) for each in (known, chance)
    )
    closeness = nx.average_clustering(known) / nx.average_clustering(chance)
    distance = nx.average_shortest_path_length(largest) / nx.average_shortest_path_length(of_chance)
    return closeness / distance


@pytest.mark.parametrize("graph", [ring(50), network(50, 0.1, 2)])
def test_chance_has_the_same_degrees_and_is_what_networkx_draws_too(graph: Graph) -> None:
    known, chance = oracle(graph), graph.rewired.to_networkx()
    assert [degree for _, degree in chance.degree()] == [known.degree(name) for name in graph.organisations]
    assert not list(nx.selfloop_edges(chance))
    assert graph.measured(Measure.SMALL_WORLD) == pytest.approx(beside_chance(known, nx.Graph(chance)))
    drawn = []
    for seed in range(15):
        other = known.copy()
        nx.double_edge_swap(other, 10 * len(graph.pairs), 1000 * len(graph.pairs), seed=seed)
        drawn.append(beside_chance(known, other))
    assert abs(graph.measured(Measure.SMALL_WORLD) - mean(drawn)) < 4 * stdev(drawn)


def test_a_small_world_is_denser_around_each_node_than_chance() -> None:
    ratio = ring(120).measured(Measure.SMALL_WORLD)
    assert ratio is not None
    assert ratio > 2
    assert ring(120).measured(Measure.SMALL_WORLD) == ratio


def test_nothing_is_measured_where_there_is_nothing() -> None:
    nobody = Graph([], [], {})
    assert [nobody.measured(m) for m in graphs.OF_GRAPHS if m is not Measure.BRIDGES] == [None] * 8
    strangers = Graph(["a", "b", "c"], [], {"a": EAST, "b": EAST, "c": WEST})
    assert strangers.measured(Measure.DENSITY) == 0
    assert strangers.measured(Measure.PATH_LENGTH) is None


def test_paths_of_a_large_network_are_sampled_near_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = network(300, 0.03, 5)
    monkeypatch.setattr(graphs, "_MOST_STEPS", 0)
    monkeypatch.setattr(graphs, "_N_PIVOTS", 150)
    sampled = Graph(exact.organisations, exact.pairs, exact.clusters)
    assert sampled.is_sampled
    assert sampled.measured(Measure.PATH_LENGTH) == pytest.approx(
        expected(exact)[Measure.PATH_LENGTH], rel=0.02
    )
    assert sampled.measured(Measure.BETWEENNESS) == pytest.approx(
        expected(exact)[Measure.BETWEENNESS], rel=0.2
    )
