"""The common rules of all indicators: the clock, who is one organisation, pairs, and what nobody answered.

What is distinct, evidence, corrections and samples are in `test_counting`, small cells in `test_export`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.records import Kind
from matchbot.indicators import Breakdown, FixedNetwork, Period, Question, Value
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from small_network import MONDAY, NORTH, ORGANISATIONS, SOUTH, Network

KINDS = {each.id: each.kind for each in ORGANISATIONS}
CORPUS = FixedNetwork(kinds=KINDS)
TODAY = MONDAY.date()
YEAR = Period.fiscal_year(2026)


def introduce(network: Network, *parties: str, on: date = TODAY) -> None:
    network.desk.log_outside(
        list(parties), made_on=on, means=Means.FAIR, purpose=Purpose.SALES, **network.acting("k-north")
    )


def count(
    network: Network,
    figure: str,
    period: Period = YEAR,
    *,
    as_of: datetime | None = None,
    corpus: FixedNetwork = CORPUS,
) -> Value:
    question = Question(period=period, as_of=as_of or network.clock.now())
    counted = network.desk.indicators(question, corpus, network.member("staff"))
    return next(one for one in counted.values if one.figure == figure)


@pytest.mark.parametrize(("cut_first", "cut_last", "n"), [(0, 0, 2), (1, 0, 1), (0, 1, 1), (1, 1, 0)])
def test_a_period_has_both_its_ends(network: Network, cut_first: int, cut_last: int, n: int) -> None:
    last = TODAY
    first = last - timedelta(days=4)
    introduce(network, "yamada", "suzuki", on=first)
    introduce(network, "yamada", "sato", on=last)
    period = Period(first + timedelta(days=cut_first), last - timedelta(days=cut_last))
    assert count(network, "I05", period).value == n


def test_a_day_begins_at_midnight_in_japan(network: Network) -> None:
    """15:00 in Greenwich: what is asked a minute before is of the day before."""
    case_id = network.requested("suzuki")
    midnight = datetime(2026, 6, 10, 15, 0, tzinfo=UTC)
    network.clock.at = MONDAY + timedelta(days=3)
    network.desk.approve(case_id, **network.acting("k-north"))
    network.desk.consent(case_id, "suzuki", **network.acting("m-suzuki"))
    # I20 looks at cases that were put to the parties 30 days ago or longer.
    put_on = network.clock.at.date()
    ripe = midnight + (put_on + timedelta(days=30) - date(2026, 6, 11))
    assert count(network, "I20a", as_of=ripe - timedelta(minutes=1)).denominator == 0
    assert count(network, "I20a", as_of=ripe).denominator == 1


@dataclass(frozen=True, slots=True)
class Merged(FixedNetwork):
    """A network in which two entries turn out to be one organisation, from a time on."""

    since: datetime = MONDAY

    def identities(self, *, as_known_at: datetime | None = None) -> Mapping[str, tuple[str, Kind]]:
        known = {id: (id, kind) for id, kind in self.kinds.items()}
        if as_known_at is None or as_known_at >= self.since:
            known["sato"] = known["suzuki"]
        return known


def test_two_entries_that_are_one_organisation_make_one_pair_once_that_is_known(network: Network) -> None:
    introduce(network, "yamada", "suzuki")
    introduce(network, "yamada", "sato")
    corpus = Merged(kinds=KINDS, since=MONDAY + timedelta(days=2))
    assert count(network, "I06", as_of=MONDAY + timedelta(days=1), corpus=corpus).value == 2
    assert count(network, "I06", as_of=MONDAY + timedelta(days=2), corpus=corpus).value == 1


def test_a_case_of_three_is_one_introduction_and_three_pairs(network: Network) -> None:
    introduce(network, "yamada", "suzuki", "tanaka")
    assert count(network, "I05").value == 1
    assert count(network, "I06").value == 3


def test_who_does_not_answer_is_unknown_and_never_a_success(network: Network) -> None:
    people = ["m-yamada", "m-suzuki", "m-tanaka", "k-north"]
    network.desk.send_survey("2026", people, **network.acting("staff"))
    network.desk.answer_survey("2026", satisfaction=5, recommendation=9, **network.acting("m-yamada"))
    satisfied, answered = count(network, "I24a"), count(network, "I24d")
    assert (satisfied.value, satisfied.denominator, satisfied.missing) == (100, 1, 3)
    assert (answered.value, answered.denominator) == (100 / 4, 4)


def test_what_a_breakdown_does_not_know_is_a_part_of_its_own(network: Network) -> None:
    introduce(network, "yamada", "abroad")
    introduce(network, "yamada", "suzuki")
    question = Question(period=YEAR, as_of=network.clock.now(), breakdowns=(Breakdown.PAIR,), only=("I05",))
    values = network.desk.indicators(question, CORPUS, network.member("staff")).values
    assert {value.part: value.value for value in values if value.by} == {"": 1, f"{NORTH} {SOUTH}": 1}
