"""Pairs that nobody has asked for, told to coordinators on Mondays."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from matchbot.desk import PairView
from matchbot.duties import TaskKind
from matchbot.errors import NotAllowedError
from matchbot.introductions.words import State
from matchbot.jobs import Jobs
from matchbot.members import MATCHBOT
from matchbot.need import Purpose
from matchbot.rules import Rules
from matchbot.workdays import OFFICE_ZONE
from small_network import MONDAY, Network

NEXT_MONDAY = MONDAY.date() + timedelta(days=7)
NEED = "樹皮を使った土壌改良材を量産したい"

Find = Callable[[str, str], Sequence[str]]


@pytest.fixture
def network(tmp_path: Path) -> Network:
    network = Network(tmp_path / "home")
    only_of_saved_needs(network)
    return network


def only_of_saved_needs(network: Network) -> None:
    """Profiles say nothing of what they seek, so that pairs come of saved needs only."""
    network.directory.seeking = lambda clusters, *, on: []


def needing(network: Network, organisation: str = "yamada", text: str = NEED) -> str:
    need = network.desk.save_need(organisation, text, Purpose.SALES, **network.acting(f"m-{organisation}"))
    return need.id


def run(network: Network, find: Find, day: date = NEXT_MONDAY, at: time = time(9)) -> int:
    """How many clusters were looked at."""
    network.clock.at = datetime.combine(day, at, OFFICE_ZONE)
    return Jobs(network.office, find=find).run().done.get(TaskKind.PAIRS, 0)


def suggested(network: Network, member: str = "k-north") -> list[PairView]:
    return network.desk.suggested_pairs(network.member(member))


def fits(*organisations: str) -> Find:
    return lambda text, owner: [id for id in organisations if id != owner]


def test_on_monday_at_nine_the_coordinators_hear_of_a_pair_which_is_one_click_to_propose(
    network: Network,
) -> None:
    need_id = needing(network)
    assert run(network, fits("sato"), at=time(8, 59)) == 0
    assert run(network, fits("sato")) == 2
    assert network.told(TaskKind.PAIRS) == {"k-north", "k-north-2"}
    (message,) = [m for m in network.unsent() if m.kind == "pairs" and m.recipient == "k-north"]
    assert message.payload["pairs"] == [
        {"organisation_ids": ["yamada", "sato"], "purpose": "sales", "need_id": need_id}
    ]
    (pair,) = suggested(network)
    assert (pair.organisation, pair.partner, pair.wish) == ("株式会社yamada", "株式会社sato", NEED)
    assert pair.offer == "satoの得意なこと"
    pair_ids = [pair.organisation_id, pair.partner_id]
    case = network.desk.propose(pair_ids, need_id=pair.need_id, **network.acting("k-north"))
    assert case.state is State.ASKED
    assert suggested(network)[0].case_id == case.id
    assert network.n_events("PairTaken") == 1


def test_a_pair_that_a_firm_asks_for_itself_is_taken_too(network: Network) -> None:
    needing(network)
    run(network, fits("sato"))
    network.requested("suzuki")
    assert network.n_events("PairTaken") == 0
    network.requested("sato")
    assert network.n_events("PairTaken") == 1


def test_nothing_is_told_or_searched_twice_in_a_week(network: Network) -> None:
    needing(network)
    searched: list[str] = []

    def find(text: str, owner: str) -> list[str]:
        searched.append(owner)
        return ["sato"]

    assert [run(network, find), run(network, find), run(network, find, at=time(16))] == [2, 0, 0]
    assert searched == ["yamada"]
    assert run(network, find, NEXT_MONDAY + timedelta(days=1)) == 0
    assert len([message for message in network.unsent() if message.kind == "pairs"]) == 2


def test_a_pair_is_not_suggested_again_and_the_next_best_is(network: Network) -> None:
    needing(network)
    run(network, fits("sato", "suzuki"))
    run(network, fits("sato", "suzuki"), NEXT_MONDAY + timedelta(days=7))
    assert [pair.partner_id for pair in suggested(network)] == ["suzuki"]
    run(network, fits("sato", "suzuki"), NEXT_MONDAY + timedelta(days=14))
    assert suggested(network) == []
    assert len([message for message in network.unsent() if message.kind == "pairs"]) == 4


def test_a_monday_that_is_a_holiday_passes_to_the_next_working_day(network: Network) -> None:
    needing(network)
    holiday = date(2026, 7, 20)  # 海の日
    assert run(network, fits("sato"), holiday) == 0
    assert run(network, fits("sato"), holiday + timedelta(days=1)) == 2


@pytest.mark.parametrize(
    "hinder",
    [
        lambda n: n.desk.pause("sato", **n.acting("k-south")),
        lambda n: n.desk.opt_out("sato", **n.acting("k-south")),
        lambda n: n.desk.pause("yamada", **n.acting("m-yamada")),
        lambda n: n.desk.never_introduce("sato", "yamada", **n.acting("k-south")),
        lambda n: n.desk.never_introduce("yamada", "sato", **n.acting("m-yamada")),
        lambda n: n.requested("sato"),
        lambda n: n.desk.rate("n-11", "yamada", "sato", is_fitting=False, **n.acting("m-yamada")),
    ],
    ids=["paused", "left", "asker paused", "kept off", "keeps off", "asked already", "does not fit"],
)
def test_whoever_cannot_be_proposed_is_not_suggested(
    network: Network, hinder: Callable[[Network], object]
) -> None:
    assert needing(network) == "n-11"
    hinder(network)
    run(network, fits("sato"))
    assert suggested(network) == []
    assert network.told(TaskKind.PAIRS) == set()


def test_who_has_used_up_a_quarter_is_left_in_peace(tmp_path: Path) -> None:
    network = Network(tmp_path / "strict", rules=Rules(recipient_per_quarter=1))
    only_of_saved_needs(network)
    needing(network)
    network.requested("sato", requester="tanaka")
    run(network, fits("sato"))
    assert suggested(network) == []


def test_closed_needs_and_the_firm_itself_lead_to_nothing(network: Network) -> None:
    network.desk.close_need(needing(network), **network.acting("m-yamada"))
    needing(network, "tanaka")
    run(network, lambda text, owner: [owner, "nobody-knows"])
    assert suggested(network) == []


def test_a_cluster_hears_of_three_pairs_at_most_and_of_nobody_twice(network: Network) -> None:
    for _ in range(3):
        needing(network, text=f"{NEED}{_}")
        needing(network, "tanaka", text=f"{NEED}の{_}")
    run(network, fits("sato", "suzuki", "secret", "uni-south"))
    ids = [id for pair in suggested(network) for id in (pair.organisation_id, pair.partner_id)]
    assert sorted(ids) == sorted(set(ids))
    assert set(ids) == {"yamada", "tanaka", "sato", "suzuki"}


def test_where_no_need_was_saved_profiles_speak(tmp_path: Path) -> None:
    network = Network(tmp_path / "home")
    run(network, fits("uni-south", "suzuki", "sato"))
    pairs = suggested(network)
    assert len(pairs) == 3
    assert all(pair.wish == f"{pair.organisation_id}が探していること" for pair in pairs)
    assert {pair.purpose for pair in pairs if pair.partner_id == "uni-south"} == {Purpose.RESEARCH}
    assert "invented" not in {pair.organisation_id for pair in pairs}


def test_only_their_coordinators_see_them_and_the_events_hold_no_words(network: Network) -> None:
    needing(network)
    run(network, fits("sato"))
    assert suggested(network, "k-south") == []
    for member in ("m-yamada", "evaluator"):
        with pytest.raises(NotAllowedError):
            suggested(network, member)
    with network.ledger.read() as unit:
        assert NEED not in str([recorded.payload for recorded in unit.events.read_all()])
    network.desk.erase("m-yamada", **network.acting("admin"))
    assert [pair.wish for pair in suggested(network)] == [""]
    assert network.desk.verify(MATCHBOT).is_intact
