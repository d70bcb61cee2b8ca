"""Who has a part in what came of it: shared, never doubled."""

from fractions import Fraction

import pytest

from matchbot.aftermath.outcomes import Attribution, Certainty, OutcomeKind
from matchbot.desk import Claim
from matchbot.errors import NotAllowedError
from matchbot.indicators import Breakdown, Credit, FixedNetwork, Period, Question
from small_network import MONDAY, NORTH, SOUTH, Network


def claim(network: Network, who: str, outcome_id: str = "", **said: object) -> str:
    told = Claim(document="契約書", **said)
    if outcome_id:
        return network.desk.support_outcome(outcome_id, claim=told, **network.acting(who)).id
    return network.desk.record_outcome(
        OutcomeKind.DEAL,
        ["yamada", "suzuki"],
        on=MONDAY.date(),
        certainty=Certainty.CONFIRMED,
        claim=told,
        **network.acting(who),
    ).id


def credits(network: Network, per: Breakdown, who: str = "staff") -> dict[str, Credit]:
    question = Question(period=Period.fiscal_year(2026), as_of=network.clock.now())
    with network.desk.evaluation(FixedNetwork(), network.member(who)) as asked:
        found = asked.credits(question, per=per)
    return {one.name: one for one in found}


def test_two_coordinators_who_claim_one_deal_have_a_half_each_and_the_programme_has_one(
    network: Network,
) -> None:
    claim(network, "k-south", claim(network, "k-north"))
    found = credits(network, Breakdown.COORDINATOR)
    assert {name: one.share for name, one in found.items()} == {
        "": Fraction(1),
        "k-north": Fraction(1, 2),
        "k-south": Fraction(1, 2),
    }
    assert [one.n_claimed for one in found.values()] == [1, 1, 1]
    assert found[""].n == 1


def test_two_coordinators_of_one_cluster_are_one_cluster(network: Network) -> None:
    claim(network, "k-north-2", claim(network, "k-north"))
    found = credits(network, Breakdown.CLUSTER)
    assert (found[NORTH].n_claimed, found[NORTH].share) == (1, 1)
    assert SOUTH not in found


def test_who_had_nothing_to_do_with_it_has_no_part(network: Network) -> None:
    claim(network, "k-south", claim(network, "k-north"), attribution=Attribution.UNRELATED)
    found = credits(network, Breakdown.COORDINATOR)
    assert set(found) == {"", "k-north"}
    assert found["k-north"].share == 1


def test_what_nobody_claims_counts_for_the_programme_alone(network: Network) -> None:
    claim(network, "k-north", attribution=Attribution.UNRELATED)
    found = credits(network, Breakdown.COORDINATOR)
    assert [(one.name, one.n_claimed, one.share, one.n) for one in found.values()] == [("", 0, 0, 1)]


def test_the_parts_add_up_to_what_anybody_claims(network: Network) -> None:
    for other in ("suzuki", "sato", "uni-south"):
        outcome = network.desk.record_outcome(
            OutcomeKind.FUNDING,
            ["yamada", other],
            on=MONDAY.date(),
            certainty=Certainty.CONFIRMED,
            claim=Claim(document="契約書"),
            **network.acting("k-north"),
        )
        if other != "sato":
            claim(network, "k-south", outcome.id)
    found = credits(network, Breakdown.COORDINATOR)
    assert sum(one.share for name, one in found.items() if name) == found[""].share == 3
    assert (found["k-north"].share, found["k-south"].share) == (2, 1)


def test_a_coordinator_sees_its_own_part_and_nobody_elses(network: Network) -> None:
    claim(network, "k-south", claim(network, "k-north"))
    assert set(credits(network, Breakdown.COORDINATOR, "k-south")) == {"", "k-south"}
    with pytest.raises(NotAllowedError):
        credits(network, Breakdown.COORDINATOR, "evaluator")
