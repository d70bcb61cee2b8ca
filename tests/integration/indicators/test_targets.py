"""Targets: set, corrected and counted; progress by the same numbers as the indicators themselves."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.bundled import clusters
from corpus.errors import UnknownClusterError
from corpus.records import Cluster
from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.desk import Claim
from matchbot.errors import NotAllowedError, StepError, UnknownRecordError, user_message
from matchbot.indicators import FixedNetwork, Gain, Period, Question, Target, TargetProgress
from matchbot.indicators.disclosure import protect_progress
from matchbot.reporting.tables import PROGRESS_COLUMNS, Reader
from matchbot.texts import LANGUAGES, Texts
from matchbot.wording import Wording
from small_network import MONDAY, NORTH, SOUTH, Network

YEAR = Period.fiscal_year(2026)
KNOWN = FixedNetwork(known_clusters=tuple(replace(clusters()[0], id=id) for id in (NORTH, SOUTH)))


def set_target(network: Network, value: float, *, figure: str = "I09a", cluster: str = "", **facts: object):
    target = Target(figure=figure, period=facts.pop("period", YEAR), value=value, cluster=cluster)
    return network.desk.set_target(target, KNOWN, **facts, **network.acting("staff"))


def deal(network: Network, on: date, *, other: str = "suzuki", certainty: Certainty = Certainty.CONFIRMED):
    network.desk.record_outcome(
        OutcomeKind.DEAL,
        ["yamada", other],
        on=on,
        certainty=certainty,
        claim=Claim(document="契約書"),
        **network.acting("k-north"),
    )


def progress(
    network: Network, period: Period = YEAR, **asked: object
) -> dict[tuple[str, str], TargetProgress]:
    question = Question(period=period, as_of=asked.get("as_of", network.clock.now()))
    with network.desk.evaluation(KNOWN, network.member("evaluator")) as evaluation:
        found = evaluation.progress(question)
    return {(one.figure, one.cluster): one for one in found}


def test_progress_is_the_confirmed_number_over_the_target(network: Network) -> None:
    set_target(network, 4)
    deal(network, MONDAY.date())
    deal(network, MONDAY.date() - timedelta(days=1), other="sato")
    deal(network, MONDAY.date() + timedelta(days=90), certainty=Certainty.EXPECTED)
    one = progress(network)["I09a", ""]
    assert (one.value.value, one.target, one.share) == (2, 4, 100 * 2 / 4)
    # From 1 April to 1 June are 62 of 365 days.
    assert one.straight == pytest.approx(4 * 62 / 365)


def test_a_project_is_measured_by_its_own_number(network: Network) -> None:
    set_target(network, 10)
    for cluster in (NORTH, SOUTH):
        set_target(network, 5, cluster=cluster)
    deal(network, MONDAY.date(), other="tanaka")
    found = progress(network)
    assert found["I09a", NORTH].value.value == 1
    assert found["I09a", SOUTH].value.value == 0
    assert found["I09a", ""].value.value == 1


def test_the_programmes_own_figures_stand_there_without_a_target_too(network: Network) -> None:
    found = progress(network)
    assert {figure for figure, _ in found} == {"I10a", "I10b", "I09a", "I11a", "I12", "I24a"}
    assert all(one.target is None and one.share is None for one in found.values())


def test_what_cases_led_to_stands_beside_what_there_is_in_all(network: Network) -> None:
    set_target(network, 40_000, figure="I10a", period=Period(date(2026, 4, 1), date(2031, 3, 31)))
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(KNOWN, network.member("staff")) as asked:
        listed = asked.progress(question)
    assert [one.figure for one in listed].count("I10b") == 1
    found = {(one.figure, one.cluster): one for one in listed}
    assert found["I10a", ""].target == 40_000
    assert found["I10b", ""].target is None
    assert found["I10b", ""].period == found["I10a", ""].period


def test_targets_are_listed_by_period_those_that_lie_ahead_too(network: Network) -> None:
    for year, value in ((2025, 3), (2026, 4), (2027, 5)):
        set_target(network, value, period=Period.fiscal_year(year))
    deal(network, MONDAY.date())
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(KNOWN, network.member("evaluator")) as evaluation:
        found = evaluation.progress_of_all(question)
    assert [(one.period.first.year, one.target, one.value.value) for one in found] == [
        (2025, 3, 0),
        (2026, 4, 1),
        (2027, 5, 0),
    ]
    ahead = found[-1]
    assert (ahead.straight, ahead.forecast, ahead.no_forecast) == (None, None, "not-begun")


def test_without_any_target_the_list_shows_the_figures_of_the_year(network: Network) -> None:
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(KNOWN, network.member("evaluator")) as evaluation:
        assert evaluation.progress_of_all(question) == evaluation.progress(question) != []


def test_a_target_is_changed_only_with_a_reason(network: Network) -> None:
    set_target(network, 4)
    with pytest.raises(StepError) as raised:
        set_target(network, 5)
    assert raised.value.facts["reason"] == "no-reason"
    for language in LANGUAGES:
        assert user_message(raised.value, Texts(language))
    set_target(network, 5, reason="委員会の決定")
    assert progress(network)["I09a", ""].target == 5


def test_yesterdays_target_is_known_again_as_of_yesterday(network: Network) -> None:
    set_target(network, 4)
    yesterday = network.clock.now()
    network.clock.at += timedelta(days=1)
    set_target(network, 5, reason="委員会の決定")
    assert progress(network, as_of=yesterday)["I09a", ""].target == 4
    network.clock.at += timedelta(days=1)
    network.desk.lift_target("I09a", YEAR, reason="誤記", **network.acting("staff"))
    assert progress(network)["I09a", ""].target is None
    assert progress(network, as_of=yesterday)["I09a", ""].target == 4


def test_the_same_target_again_is_no_event_more(network: Network) -> None:
    set_target(network, 4)
    assert set_target(network, 4).is_repeated
    assert network.n_events("TargetSet") == 1


@pytest.mark.parametrize("value", [0, -1, float("inf"), float("nan")])
def test_a_target_is_a_number_above_nothing(network: Network, value: float) -> None:
    with pytest.raises(StepError):
        set_target(network, value)


def test_what_is_not_there_has_no_target(network: Network) -> None:
    with pytest.raises(UnknownRecordError):
        set_target(network, 4, figure="I99")
    with pytest.raises(UnknownClusterError):
        set_target(network, 4, cluster="nowhere")
    with pytest.raises(UnknownRecordError):
        network.desk.lift_target("I09a", YEAR, reason="誤記", **network.acting("staff"))


def test_evaluators_read_targets_and_set_none(network: Network) -> None:
    target = Target(figure="I09a", period=YEAR, value=3)
    with pytest.raises(NotAllowedError):
        network.desk.set_target(target, KNOWN, **network.acting("evaluator"))
    assert progress(network)


def test_the_programmes_target_comes_with_its_source_and_once(network: Network) -> None:
    for n_new in (1, 0):
        acting = network.acting("staff")
        assert network.desk.set_targets_of_the_programme(KNOWN, source="資料", **acting) == n_new
    network.clock.go_to(date(2010, 6, 1))
    found = progress(network, Period.fiscal_year(2009), as_of=MONDAY)
    assert (found["I10a", ""].target, found["I10a", ""].source) == (40_000, "資料")
    assert found["I10a", ""].until == date(2010, 3, 31)


def test_a_list_of_targets_is_taken_in_row_by_row(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(
        "指標,クラスター,年度,目標値,理由\n"
        '新事業開始件数,,令和8年度,"1,200",\n'
        "I09a,north,2026,３０,\n"
        "I09a,nowhere,2026,3,\n"
        "I09a,north,2026,31,\n"
        "I09a,north,いつか,31,\n"
        "I09a,north,2026,沢山,\n",
        "utf-8",
    )
    report = network.desk.import_targets(file, KNOWN, **network.acting("staff"))
    assert (report.n_rows, report.n_recorded) == (6, 2)
    assert [(one.row, one.reason) for one in report.rejections] == [
        (4, "unknown-cluster"),
        (5, "no-reason"),
        (6, "not-a-date"),
        (7, "not-an-amount"),
    ]
    again = network.desk.import_targets(file, KNOWN, **network.acting("staff"))
    assert (again.n_recorded, again.n_known) == (0, 2)
    assert progress(network)["I10a", ""].target == 1200


def test_a_year_of_months_makes_a_forecast_and_less_makes_none(network: Network) -> None:
    two_years = Period(date(2026, 4, 1), date(2028, 3, 31))
    set_target(network, 30, period=two_years)
    network.clock.go_to(date(2027, 6, 1))
    for n in range(12):
        month = date(2026, 6, 10) + timedelta(days=31 * n)
        deal(network, month)
    short = progress(network, two_years, as_of=network.clock.now() - timedelta(days=1))["I09a", ""]
    assert short.value.value == 0
    # The first case or outcome was in June 2026: the whole months are July 2026 to May 2027.
    one = progress(network, two_years)["I09a", ""]
    assert (one.forecast, one.no_forecast) == (None, "too-short")
    network.clock.go_to(date(2027, 7, 1))
    one = progress(network, two_years)["I09a", ""]
    assert one.forecast is not None
    n_known = sum(
        d > date(2026, 7, 1) for d in (date(2026, 6, 10) + timedelta(days=31 * n) for n in range(12))
    )
    left = (date(2028, 3, 31) - date(2027, 7, 1)).days / (365.25 / 12)
    assert one.forecast.n_months == 12
    assert one.forecast.value == pytest.approx(12 + n_known / 12 * left)
    assert one.forecast.low < one.forecast.value < one.forecast.high


def test_a_seasonal_line_follows_the_months_of_the_last_whole_year(network: Network) -> None:
    two_years = Period(date(2026, 4, 1), date(2028, 3, 31))
    set_target(network, 40, period=two_years)
    network.clock.go_to(date(2027, 5, 20))
    for day in (date(2026, 4, 1), date(2026, 5, 7), date(2027, 3, 8), date(2027, 3, 9), date(2027, 3, 10)):
        deal(network, day)
    one = progress(network, two_years)["I09a", ""]
    # May 2026 to April 2027: one in May, three in March, and none in April (2027).
    weight_so_far = 1 + 3 + 20 / 31
    assert one.seasonal == pytest.approx(40 * weight_so_far / (2 * (1 + 3)))
    assert one.straight == pytest.approx(40 * (365 + 30 + 20) / (365 + 366))


def test_a_target_tells_what_each_of_its_years_brought_so_far(network: Network) -> None:
    three_years = Period(date(2026, 4, 1), date(2029, 3, 31))
    set_target(network, 40, period=three_years)
    network.clock.go_to(date(2027, 5, 20))
    for day in (date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)):
        deal(network, day)
    deal(network, date(2027, 8, 1), certainty=Certainty.EXPECTED)
    one = progress(network, three_years)["I09a", ""]
    assert [(gain.period, gain.n) for gain in one.gains] == [
        (Period.fiscal_year(2026), 2),
        (Period(date(2027, 4, 1), date(2027, 5, 20)), 1),
    ]
    assert sum(gain.n for gain in one.gains) == one.value.value
    assert progress(network, three_years)["I12", ""].gains == ()  # It has no target.


@pytest.mark.parametrize(("n_organisations", "is_told"), [((0, 3, 9), True), ((9, 2, 9), False)])
def test_years_are_told_outside_all_or_none_of_them(
    network: Network, n_organisations: tuple[int, ...], is_told: bool
) -> None:
    """Were one left out, it would be the value less the others."""
    one = TargetProgress(
        figure="I09a",
        cluster="",
        period=YEAR,
        until=YEAR.last,
        value=progress(network)["I09a", ""].value,
        gains=tuple(Gain(YEAR, 1, n) for n in n_organisations),
    )
    (told,) = protect_progress([one], [])
    assert told.gains == (one.gains if is_told else ())


def test_a_small_cell_stays_hidden_among_the_targets(network: Network) -> None:
    set_target(network, 5, cluster=NORTH)
    deal(network, MONDAY.date())
    question = Question(period=YEAR, as_of=network.clock.now(), with_progress=True)
    published = network.desk.indicators(question, KNOWN, network.member("staff")).published
    hidden = {(one.figure, one.cluster): one for one in published.progress}["I09a", NORTH]
    assert (hidden.value.value, hidden.share, hidden.seasonal, hidden.forecast) == (None,) * 4
    assert "hidden" in hidden.value.flags


def test_what_the_values_hide_is_hidden_among_the_targets_too(network: Network) -> None:
    deal(network, MONDAY.date())
    question = Question(period=YEAR, as_of=network.clock.now(), with_progress=True)
    counted = network.desk.indicators(question, KNOWN, network.member("staff"))
    plenty = [replace(one, value=replace(one.value, n_organisations=9)) for one in counted.progress]
    hidden = protect_progress(plenty, counted.published.values)
    assert {one.figure for one in hidden if "hidden" in one.value.flags} == {"I09a"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_results_of_phase_one_stand_beside_with_their_caveats(network: Network, language: str) -> None:
    texts = Texts(language)
    reader = Reader(texts, Wording(texts, dict[str, Cluster]))
    one = progress(network)["I10a", ""]
    told = json.loads(json.dumps(reader.progress_json(one), default=str))
    assert [(each["value"], "forecast" in each["caveats"]) for each in told["baselines"]] == [
        (40_000, True),
        (24.3, False),
    ]
    assert all(each["told"] for each in told["baselines"])
    assert texts("caveat-forecast") in reader.progress_row(one)[PROGRESS_COLUMNS.index("baseline")]
    assert len(reader.baselines()) == 10
