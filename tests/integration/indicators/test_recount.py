"""Every figure, by every breakdown, agrees with what plain Python makes of the list of events."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import networkx as nx
import pytest

from corpus.bundled import clusters
from corpus.history import successors
from corpus.records import LineageEvent, LineageKind, Membership, MembershipRole
from corpus.sample import sample_profiles
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import (
    Certainty,
    Facts,
    OutcomeClaimed,
    OutcomeKind,
    OutcomeRecorded,
    OutcomeReversed,
)
from matchbot.aftermath.reports import MeetingReversed
from matchbot.clocks import SetClock
from matchbot.correspondence import Correspondence
from matchbot.desk import Office
from matchbot.directory import Listed, listed_as
from matchbot.following import Followed
from matchbot.indicators import FIGURES, INDICATORS, Breakdown, FixedNetwork, Known, Period, clear_away
from matchbot.indicators.counting import Counter
from matchbot.indicators.graphs import graph_of
from matchbot.introductions.events import IntroductionReversed
from matchbot.introductions.parties import Party
from matchbot.introductions.words import State
from matchbot.ledger import Ledger
from matchbot.participation import AwardRecorded, ProfileRenewed, TieDeclared
from matchbot.readmodels.files import ReadModels
from matchbot.readmodels.models import Models
from matchbot.references import TextRef
from matchbot.rules import Rules
from matchbot.search_data import Answered, SearchDataServed
from matchbot.simulation import FixedDirectory, simulate
from recount import FIGURES as RECOUNTED
from recount import World, months_before, recount
from small_network import MONDAY

REASON = TextRef("t", "c")
FIRST = datetime(2006, 4, 1, tzinfo=UTC)
SCALE = 0.03
ASKED = (
    ("fiscal year", "afterwards"),
    ("all", "before the corrections"),
    ("a quarter", "in the middle"),
)
RENAMED = LineageEvent(LineageKind.RENAMED, date(2007, 2, 1), ("kansai-neo",), ("kansai-new",))


@pytest.fixture(scope="module")
def years(repetitions: Callable[[int, int], int]) -> float:
    """How long the network lives: through all five years of phase II in `make soak`."""
    return repetitions(12, 50) / 10


@pytest.fixture(scope="module")
def ends(years: float) -> datetime:
    """When nobody in the network does anything any more; what was wrong is corrected 50 days later."""
    return FIRST + timedelta(days=years * 365.25)


@pytest.fixture(scope="module")
def moments(ends: datetime) -> dict[str, datetime]:
    return {
        "afterwards": ends + timedelta(days=80),
        "before the corrections": ends + timedelta(days=37),
        "in the middle": FIRST + timedelta(days=258, hours=3),
    }


@pytest.fixture(scope="module")
def periods(ends: datetime) -> dict[str, Period]:
    return {
        "fiscal year": Period.fiscal_year(ends.year - 1),
        "a quarter": Period(date(2006, 10, 1), date(2006, 12, 31)),
        "all": Period(FIRST.date(), ends.date() + timedelta(days=80)),
    }


@pytest.fixture(scope="module")
def listed() -> list[Listed]:
    profiles = sample_profiles(clusters(), scale=SCALE, seed=1, as_of=date(2006, 4, 1))
    return [listed_as(profile) for profile in profiles]


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, listed: list[Listed], years: float, ends: datetime
) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("counted")
    ledger = Ledger.create(
        folder,
        is_sample=True,
        created_at=FIRST,
        draw=Random(7).randbytes,
    )
    office = Office(
        ledger=ledger,
        models=ReadModels(folder / "readmodels.db"),
        correspondence=Correspondence(folder / "correspondence.db"),
        directory=FixedDirectory(listed),
        rules=Rules(),
        clock=SetClock(MONDAY),
        mask_key=b"key",
    )
    simulate(office, listed, years=years, seed=1, scale=SCALE, progress=lambda *_: None)
    _correct(office, listed, at=ends + timedelta(days=50))
    yield office
    ledger.close()


def _correct(office: Office, listed: list[Listed], *, at: datetime) -> None:
    """What a simulation does not do: reversals, a second report of a reversed meeting, declared ties."""
    today = at.date()
    with office.ledger.unit() as unit, office.models.unit(unit.events) as models:

        def record(stream: str, *events: object) -> None:
            key = f"correction:{unit.events.head().seq}"
            models.take(
                unit.events.append(stream, events, actor="staff", key=key, event_date=today, recorded_at=at)
            )

        introduced = [
            models.case(id)
            for id in models.case_ids(is_everybody=True, with_closed=True)
            if models.case(id).case.state is State.INTRODUCED
        ]
        met = [one for one in introduced if one.aftermath.reports]
        for one in introduced[::9]:
            event = IntroductionReversed(case_id=one.case.id, member_id="staff", reason=REASON)
            record(f"case:{one.case.id}", event)
        for number, one in enumerate(met[1::7]):
            first = one.aftermath.reports[0]
            if one in introduced[::9]:
                continue
            gone = MeetingReversed(case_id=one.case.id, met_on=first.met_on, member_id="staff", reason=REASON)
            record(f"case:{one.case.id}", gone, *([first] if number % 2 else []))
        for id in models.outcome_ids()[::11]:
            gone = OutcomeReversed(outcome_id=id, member_id="staff", reason=REASON)
            record(f"outcome:{id}", gone)
        for number, one in enumerate(introduced[2::5]):
            since = [None, date(2001, 1, 1), date(2030, 1, 1)][number % 3]
            pair = one.case.pairs[0]
            record("ties", TieDeclared(organisation_ids=pair, member_id="staff", since=since))
        for one in listed[::4]:
            renewed = ProfileRenewed(organisation_id=one.id, member_id="m")
            record(f"profile:{one.id}", renewed)
        for number, one in enumerate(listed[:90]):
            _award(record, number, one)
        # Built twice, and gone back to the first.
        for snapshot, scores in (("a", [(1, 1), (0.75, 0)]), ("b", [(0.25, 1), (0.5, 0.5)]), ("a", [])):
            record(f"snapshot:{snapshot}", _search_data(snapshot, scores, at - timedelta(hours=3)))
        for kind, one in zip((OutcomeKind.FUNDING, OutcomeKind.LISTING), introduced[1:], strict=False):
            _rare_outcome(record, kind, one)


def _search_data(snapshot: str, scores: Sequence[tuple[float, float]], good_at: datetime) -> SearchDataServed:
    answered = [Answered(question=f"q{n}", ndcg=a, recall=b) for n, (a, b) in enumerate(scores)]
    return SearchDataServed(snapshot=snapshot, good_at=good_at, answered=tuple(answered))


def _rare_outcome(record: Callable[..., None], kind: OutcomeKind, one: Followed) -> None:
    """What a small network may not live to see, come of an introduction on its very day."""
    parties = one.case.parties if kind is OutcomeKind.FUNDING else one.case.parties[:1]
    facts = Facts(kind=kind, on=one.introduced_on, parties=parties, certainty=Certainty.CONFIRMED)
    id = f"rare-{kind}"
    record(
        f"outcome:{id}",
        OutcomeRecorded(outcome_id=id, facts=facts, member_id="staff"),
        OutcomeClaimed(outcome_id=id, member_id="staff", evidence=Evidence.A, case_id=one.case.id),
    )


def _award(record: Callable[..., None], number: int, winner: Listed) -> None:
    """One award in three goes to nobody we know; every second winner was in no cluster on that day."""
    party = Party(
        organisation_id=winner.id,
        kind=winner.kind,
        home_cluster=winner.home_cluster if number % 2 else "",
        clusters=winner.clusters if number % 2 else (),
    )
    award = AwardRecorded(
        award_id=str(number),
        scheme=["新連携", "コンソーシアム"][number % 4 // 3],
        on=date(2006, 4, 10) + timedelta(days=5 * number),
        n_winners=1,
        parties=(party,) if number % 3 else (),
    )
    record(f"award:{award.scheme}/{award.award_id}", award)


@pytest.fixture(scope="module")
def network(listed: list[Listed]) -> FixedNetwork:
    statements = [
        Membership(
            each.id,
            cluster,
            MembershipRole.HOME if cluster == each.home_cluster else MembershipRole.MEMBER,
            valid_from=date(2006, 4, 1) if number % 5 else date(2006, 11, 1),
            recorded_at=datetime(2006, 4, 1, tzinfo=UTC) if number % 7 else datetime(2007, 1, 9, tzinfo=UTC),
        )
        for number, each in enumerate(listed)
        for cluster in each.clusters
    ]
    return FixedNetwork(statements, {each.id: each.kind for each in listed}, (RENAMED,), tuple(clusters()))


@pytest.fixture(scope="module")
def models(office: Office) -> Iterator[Models]:
    with office.ledger.read() as unit, office.models.read(unit.events) as models:
        yield models


@pytest.fixture(scope="module")
def ask(
    office: Office,
    models: Models,
    network: FixedNetwork,
    moments: dict[str, datetime],
    periods: dict[str, Period],
) -> Callable[[str, str], tuple[Counter, World]]:
    """Both ways of counting, turned to a period as known at a moment."""
    with office.ledger.read() as unit:
        events = list(unit.events.read_all())

    def asked(period: str, moment: str) -> tuple[Counter, World]:
        known = Known(
            sql=models.connection,
            period=periods[period],
            as_of=moments[moment],
            network=network,
            sla_working_days=5,
            is_sample=True,
        )
        clear_away(known.sql)
        return Counter(known), World(
            recorded=events,
            members=_members(network, known.period.last, known.as_of),
            regions={cluster.id: cluster.region for cluster in clusters()},
            period=known.period,
            as_of=known.as_of,
            today_of=lambda cluster, on: successors(cluster, [RENAMED], on=known.as_of.date(), since=on),
        )

    return asked


@pytest.fixture(scope="module", params=ASKED, ids=" ".join)
def both(
    request: pytest.FixtureRequest, ask: Callable[[str, str], tuple[Counter, World]]
) -> tuple[Counter, World]:
    return ask(*request.param)


def _members(network: FixedNetwork, on: date, as_of: datetime) -> dict:
    """Who is in which clusters, told from the statements one by one."""
    clusters_of: dict[str, set[str]] = {}
    for said in network.statements:
        if said.valid_from <= on and said.recorded_at <= as_of:
            is_renamed = said.cluster_id == "kansai-neo" and RENAMED.day <= on
            clusters_of.setdefault(said.organisation_id, set()).add(
                "kansai-new" if is_renamed else said.cluster_id
            )
    return {id: (network.kinds[id], frozenset(known)) for id, known in clusters_of.items()}


IN_SQL = [indicator for indicator in INDICATORS if all(figure.sql for figure in indicator.figures)]
OF_GRAPHS = [indicator for indicator in INDICATORS if indicator not in IN_SQL]


def test_every_figure_is_counted_a_second_time() -> None:
    in_sql = {id for id, (_, figure) in FIGURES.items() if figure.sql}
    assert in_sql == set(RECOUNTED)
    assert FIGURES.keys() - in_sql == set(MEASURED)


def test_every_figure_has_something_to_compare_in_every_breakdown(ask) -> None:
    """Nothing and nothing would agree, too."""
    counter, world = ask("all", "afterwards")
    found, declared = set(), set()
    for id, (_, things) in RECOUNTED.items():
        for thing in things(world):
            known = (by for by in Breakdown if thing.parts_of(by))
            declared |= {(id, by) for by in ("", *known)}
        indicator, figure = FIGURES[id]
        values = counter.values(replace(indicator, figures=(figure,)), list(Breakdown))
        found |= {(id, value.by) for value in values if value.n or value.weaker}
    assert {id for id, _ in declared} == set(RECOUNTED)
    assert found == declared


@pytest.mark.soak
@pytest.mark.parametrize("indicator", IN_SQL, ids=lambda indicator: indicator.id)
def test_both_ways_of_counting_agree(indicator, both) -> None:
    counter, world = both
    values = list(counter.values(indicator, list(Breakdown)))
    assert values
    for figure in indicator.figures:
        for by in (None, *Breakdown):
            ours = {
                (value.part, _certainty(value)): value
                for value in values
                if value.figure == figure.id and value.by == (by or "")
            }
            theirs = recount(world, figure.id, by)
            if not any(part for part, _ in theirs) and by:
                theirs = {}  # A breakdown that knows no part is left out.
            shown = {key: value for key, value in ours.items() if value.n or value.weaker}
            assert set(shown) == set(theirs), (figure.id, by)
            for key, value in shown.items():
                expected = theirs[key]
                assert value.value == pytest.approx(expected.value), (figure.id, by, key)
                assert (value.n, value.distinct, value.missing, value.n_organisations) == (
                    expected.n,
                    expected.distinct,
                    expected.missing,
                    expected.n_organisations,
                ), (figure.id, by, key)


@pytest.mark.soak
@pytest.mark.parametrize("indicator", OF_GRAPHS, ids=lambda indicator: indicator.id)
def test_the_network_is_the_one_that_the_events_tell_of(indicator, both) -> None:
    """The measures themselves are compared with networkx in tests/unit; here, the graph they are taken of."""
    counter, world = both
    last = world.period.last
    window = months_before(last, 36)
    tied = [
        pair
        for pair, days in world.ties().items()
        if set(pair) <= set(world.members)
        and any(day <= last and (is_lasting or day > window) for day, is_lasting in days)
    ]
    graph = nx.Graph(tied)
    graph.add_nodes_from(world.members)
    values = list(counter.values(indicator, list(Breakdown)))
    for figure in indicator.figures:
        parts = {value.part for value in values if value.figure == figure.id and value.by}
        assert parts == {cluster for _, clusters in world.members.values() for cluster in clusters}
    ours = graph_of(counter.known)
    for value in values:
        assert value.by in ("", Breakdown.CLUSTER)
        own = [id for id, (_, clusters) in world.members.items() if not value.by or value.part in clusters]
        part = graph.subgraph(own)
        assert (value.n, value.distinct) == (part.number_of_edges(), len(own))
        chance = (ours.within(value.part) if value.by else ours).rewired
        told = Told(part, {id: world.members[id][1] for id in own}, nx.Graph(chance.to_networkx()))
        assert value.value == pytest.approx(MEASURED[value.figure](told)), (value.figure, value.part)


@dataclass(frozen=True)
class Told:
    """A network by networkx. ``chance``: one of the same degrees; that it is drawn by chance, and how, is
    tested in tests/unit."""

    graph: nx.Graph
    clusters_of: Mapping[str, frozenset[str]]
    chance: nx.Graph


def _centralisation(told: Told) -> float | None:
    degrees, n = dict(told.graph.degree()).values(), told.graph.number_of_nodes()
    return sum(max(degrees) - d for d in degrees) / ((n - 1) * (n - 2)) if n > 2 else None


def _largest(graph: nx.Graph) -> nx.Graph:
    return graph.subgraph(max(nx.connected_components(graph), key=len))


def _first_five(told: Told) -> float | None:
    ranked = sorted(nx.betweenness_centrality(told.graph).values(), reverse=True)
    return 100 * sum(ranked[:5]) / sum(ranked) if sum(ranked) else None


def _bridges(told: Told) -> int:
    beyond = (
        {c for other in told.graph[id] for c in told.clusters_of[other]} - told.clusters_of[id]
        for id in told.graph
    )
    return sum(len(clusters) >= 2 for clusters in beyond)


def _path_length(graph: nx.Graph) -> float:
    return nx.average_shortest_path_length(_largest(graph))


def _small_world(told: Told) -> float | None:
    by_chance = nx.average_clustering(told.chance) if told.graph.edges else 0
    if not by_chance:
        return None
    closeness = nx.average_clustering(told.graph) / by_chance
    return closeness / (_path_length(told.graph) / _path_length(told.chance))


MEASURED: Mapping[str, Callable[[Told], float | None]] = {
    "I16": lambda told: nx.density(told.graph) if len(told.graph) > 1 else None,
    "I17": _centralisation,
    "I18a": lambda told: max(nx.betweenness_centrality(told.graph).values(), default=None),
    "I18b": _first_five,
    "I18c": _bridges,
    "I19a": lambda told: nx.average_clustering(told.graph) if told.graph.edges else None,
    "I19b": lambda told: _path_length(told.graph) if told.graph.edges else None,
    "I19c": lambda told: 100 * len(_largest(told.graph)) / len(told.graph) if len(told.graph) else None,
    "I19d": _small_world,
}
"""Every measure of the network by networkx."""


def _certainty(value) -> str:
    return next((str(flag) for flag in value.flags if flag in ("expected", "confirmed")), "")
