"""What the committee says of a number, and where a series is broken: both travel with the number."""

from datetime import date, timedelta

import pytest

from corpus.records import Cluster
from matchbot.desk import Counted
from matchbot.errors import NotAllowedError, StepError, UnknownRecordError
from matchbot.indicators import Breakdown, FixedNetwork, Period, Question
from matchbot.indicators.values import Flag
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from matchbot.reporting.tables import Reader
from matchbot.texts import LANGUAGES, Texts
from matchbot.wording import Wording
from small_network import MONDAY, NORTH, SOUTH, Network

YEAR = Period.fiscal_year(2026)
CLUSTERS = tuple(Cluster(id, id, id, "東北", (), date(2006, 4, 1)) for id in (NORTH, SOUTH))


@pytest.fixture
def network(network: Network) -> Network:
    network.desk.log_outside(
        ["yamada", "suzuki"],
        made_on=MONDAY.date(),
        means=Means.FAIR,
        purpose=Purpose.SALES,
        **network.acting("k-north"),
    )
    return network


def count(network: Network, period: Period = YEAR, **asked: object) -> Counted:
    question = Question(
        period=period, as_of=asked.get("as_of", network.clock.now()), breakdowns=(Breakdown.CLUSTER,)
    )
    return network.desk.indicators(question, FixedNetwork(), network.member("staff"))


def broken(counted: Counted) -> set[tuple[str, str]]:
    return {(value.figure, value.part) for value in counted.values if Flag.BREAK in value.flags}


def mark(network: Network, **facts: str) -> str:
    acting = network.acting("staff")
    network_known = FixedNetwork(known_clusters=CLUSTERS)
    return network.desk.mark_break(network_known, on=MONDAY.date(), reason="定義の改定", **facts, **acting).id


def test_a_break_marks_its_figure_and_the_parts_of_it(network: Network) -> None:
    assert broken(count(network)) == set()
    mark(network, figure="I05")
    assert broken(count(network)) == {("I05", ""), ("I05", NORTH), ("I05", SOUTH)}


def test_a_break_of_an_indicator_marks_all_its_figures(network: Network) -> None:
    mark(network, figure="I09")
    assert {figure for figure, _ in broken(count(network))} == {"I09a", "I09b", "I09c"}


def test_a_break_of_a_cluster_marks_its_part_alone(network: Network) -> None:
    mark(network, figure="I05", cluster=NORTH)
    assert broken(count(network)) == {("I05", NORTH)}


def test_a_break_of_everything_marks_everything_also_what_is_measured_on_graphs(network: Network) -> None:
    mark(network)
    counted = count(network)
    assert broken(counted) == {(value.figure, value.part) for value in counted.values}


def test_a_period_without_the_day_is_not_broken(network: Network) -> None:
    mark(network)
    assert broken(count(network, Period.fiscal_year(2025))) == set()


def test_a_break_that_was_a_mistake_is_known_as_of_then_only(network: Network) -> None:
    break_id = mark(network, figure="I05")
    then = network.clock.now()
    network.clock.at += timedelta(days=1)
    network.desk.lift_break(break_id, reason="誤記", **network.acting("staff"))
    assert broken(count(network)) == set()
    assert broken(count(network, as_of=then)) != set()
    assert network.desk.breaks(network.member("evaluator")) == []
    assert [one.id for one in network.desk.breaks(network.member("evaluator"), as_of=then)] == [break_id]
    with pytest.raises(UnknownRecordError):
        network.desk.lift_break(break_id, reason="誤記", **network.acting("staff"))


def test_a_break_is_told_with_its_reason(network: Network) -> None:
    mark(network, figure="I09")
    (one,) = network.desk.breaks(network.member("evaluator"))
    for language in LANGUAGES:
        row = Reader(Texts(language), Wording(Texts(language), dict)).break_row(one)
        assert row[1:] == (
            MONDAY.date().isoformat(),
            "I09",
            Texts(language)("indicator-I09"),
            Texts(language)("breaks-of-all"),
            "定義の改定",
        )


def test_what_the_committee_says_is_followed_by_what_was_done(network: Network) -> None:
    said = network.desk.add_comment("I05", 2026, "地域をまたぐ紹介が少ない", **network.acting("staff"))
    network.desk.act_on_comment(said.id, "合同の相談会を開いた", **network.acting("staff"))
    (one,) = network.desk.comments(network.member("k-north"))
    assert (one.figure, one.fiscal_year, one.text) == ("I05", 2026, "地域をまたぐ紹介が少ない")
    assert [action.text for action in one.actions] == ["合同の相談会を開いた"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committee_may_speak_of_an_indicator_as_a_whole(network: Network, language: str) -> None:
    network.desk.add_comment("I09", 2026, "成約が偏っている", **network.acting("staff"))
    (one,) = network.desk.comments(network.member("staff"))
    texts = Texts(language)
    _, figure, name, *_ = Reader(texts, Wording(texts, dict)).comment_row(one)
    assert (figure, name) == ("I09", texts("indicator-I09"))


def test_comments_are_found_by_figure_and_by_year(network: Network) -> None:
    for figure, year in (("I05", 2025), ("I05", 2026), ("I08", 2026)):
        network.desk.add_comment(figure, year, "意見", **network.acting("staff"))
    by = network.member("staff")
    assert len(network.desk.comments(by)) == 3
    assert len(network.desk.comments(by, figure="I05")) == 2
    assert len(network.desk.comments(by, figure="I05", period=YEAR)) == 1
    assert network.desk.comments(by, as_of=MONDAY - timedelta(days=1)) == []


def test_words_lie_in_the_private_store_alone(network: Network) -> None:
    network.desk.add_comment("I05", 2026, "内密の意見", **network.acting("staff"))
    with network.ledger.read() as unit:
        assert "内密の意見" not in str([recorded.payload for recorded in unit.events.read_all()])


def test_an_erased_comment_leaves_that_there_was_one(network: Network) -> None:
    network.desk.add_comment("I05", 2026, "意見", **network.acting("staff"))
    network.desk.erase("staff", **network.acting("admin"))
    (one,) = network.desk.comments(network.member("evaluator"))
    assert one.text == ""


@pytest.mark.parametrize(("figure", "text"), [("I99", "意見"), ("I05", " ")])
def test_a_comment_says_something_of_a_figure_that_there_is(network: Network, figure: str, text: str) -> None:
    with pytest.raises((UnknownRecordError, StepError)):
        network.desk.add_comment(figure, 2026, text, **network.acting("staff"))


def test_evaluators_read_comments_and_write_none(network: Network) -> None:
    said = network.desk.add_comment("I05", 2026, "意見", **network.acting("staff"))
    assert network.desk.comments(network.member("evaluator"))
    with pytest.raises(NotAllowedError):
        network.desk.add_comment("I05", 2026, "意見", **network.acting("evaluator"))
    with pytest.raises(NotAllowedError):
        network.desk.act_on_comment(said.id, "対応", **network.acting("evaluator"))
    with pytest.raises(UnknownRecordError):
        network.desk.act_on_comment("r-999", "対応", **network.acting("staff"))
