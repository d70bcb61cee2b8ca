"""Who is shown how often, before a change and after it."""

from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from corpus.records import Membership, MembershipRole
from matchbot.desk import Evaluation
from matchbot.errors import NotAllowedError
from matchbot.indicators import FixedNetwork
from matchbot.members import Member
from matchbot.reporting.exposure import Exposure, Shares, exposure_of
from small_network import MONDAY, ORGANISATIONS, Network

MEMBERS = [each for each in ORGANISATIONS if each.home_cluster and not each.is_sample]
NETWORK = FixedNetwork(
    [
        Membership(each.id, each.home_cluster, MembershipRole.HOME, date(2026, 4, 1), MONDAY)
        for each in MEMBERS
    ],
    {each.id: each.kind for each in ORGANISATIONS},
)
CHANGED_ON = MONDAY.date() + timedelta(days=20)
N_DAYS = 10


class Counting:
    """Counts by the desk, with a corpus that is given."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def evaluation(self, *, by: Member) -> AbstractContextManager[Evaluation]:
        return self.network.desk.evaluation(NETWORK, by)


def show(network: Network, day: int, *partners: str) -> None:
    """So many days after the Monday on which the network began."""
    network.clock.at = MONDAY + timedelta(days=day)
    network.desk.show_partners("", "yamada", partners, **network.acting("m-yamada"))


def exposed(network: Network, who: str = "evaluator") -> Exposure:
    network.clock.at = MONDAY + timedelta(days=29)
    return exposure_of(
        Counting(network),
        n_days=N_DAYS,
        changed_on=CHANGED_ON,
        as_of=network.clock.now(),
        by=network.member(who),
    )


def share(exposure: Exposure, by: str = "", part: str = "") -> Shares:
    (found,) = (one for one in exposure.shares if (one.by, one.part) == (by, part))
    return found


def gini(*counts: int) -> float:
    """Half the mean absolute difference over the mean, of all members."""
    everybody = [*counts, *[0] * (len(MEMBERS) - len(counts))]
    n = len(everybody)
    return sum(abs(a - b) for a in everybody for b in everybody) / (2 * n * sum(everybody))


def test_shares_before_and_after_a_change_are_as_by_hand(network: Network) -> None:
    show(network, 9, "tanaka")  # A day too early for both spans.
    for day in (10, 11, 19):
        show(network, day, "suzuki")
    show(network, 15, "sato")
    for day in (20, 29):
        show(network, day, "suzuki", "tanaka")
    show(network, 21, "sato")
    before, after = share(exposed(network)).before, share(exposed(network)).after
    assert (before.n_cards, after.n_cards) == (3 + 1, 2 + 2 + 1)
    assert before.gini == pytest.approx(gini(3, 1))
    assert after.gini == pytest.approx(gini(2, 2, 1))
    assert after.never == pytest.approx(100 * (len(MEMBERS) - 3) / len(MEMBERS))
    assert after.newcomers == pytest.approx(100 * 2 / 5)


def test_both_spans_are_of_as_many_days_and_meet_at_the_change(network: Network) -> None:
    exposure = exposed(network)
    assert exposure.before.last + timedelta(days=1) == exposure.after.first == CHANGED_ON
    assert (exposure.before.last - exposure.before.first).days + 1 == N_DAYS
    assert (exposure.after.last - exposure.after.first).days + 1 == N_DAYS


def test_kinds_and_clusters_are_told_apart(network: Network) -> None:
    show(network, 22, "tanaka")
    exposure = exposed(network)
    kinds = {NETWORK.kinds[each.id].value for each in MEMBERS}
    clusters = {each.home_cluster for each in MEMBERS}
    assert {one.part for one in exposure.shares if one.by == "kind"} == kinds
    assert {one.part for one in exposure.shares if one.by == "cluster"} == clusters
    of = share(exposure, "kind", NETWORK.kinds["tanaka"].value)
    assert (of.before.n_cards, of.after.n_cards) == (0, 1)


def test_a_row_shows_both_spans_and_a_dash_where_nothing_was_shared(network: Network) -> None:
    show(network, 22, "tanaka")
    n, cards, shared, *_ = share(exposed(network)).cells
    assert (n, cards) == (len(MEMBERS), "0 → 1")
    assert shared == f"– → {gini(1):.3f}"


def test_a_firm_is_not_told_who_is_shown(network: Network) -> None:
    with pytest.raises(NotAllowedError):
        exposed(network, who="m-yamada")
