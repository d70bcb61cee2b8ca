"""How firms do: what they told of their years, and what an index of the survivors says."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.records import Kind, Membership, MembershipRole
from matchbot.errors import NotAllowedError
from matchbot.indicators import FixedNetwork, Part, Performance, Period, Question
from small_network import MONDAY, NORTH, SOUTH, Network

HEADER = "機関,年度,売上高,従業員数,大企業,理由\n"
FIRMS = HEADER + "".join(
    f"{id},{year},{sales},{10 + year % 5},{large},\n"
    for id, per_year, large in (
        ("yamada", (100, 110, 120, 130, 150), ""),
        ("suzuki", (300, 300, 330, 330, 350), "いいえ"),
        ("sato", (200, 180, 100), ""),
        ("tanaka", (90_000, 90_000, 90_000, 90_000, 90_000), "はい"),
        ("abroad", (1, 2, 3, 4, 5), ""),
    )
    for year, sales in zip(range(2021, 2026), per_year, strict=False)
)


def take_in(network: Network, tmp_path: Path, text: str, **how: bool):
    file = tmp_path / "years.csv"
    file.write_text(text, "utf-8")
    return network.desk.import_performance(file, **how, **network.acting("staff"))


def told(network: Network, year: int = 2025, **asked: object) -> dict[str, Performance]:
    question = Question(period=Period.fiscal_year(year), as_of=asked.get("as_of", network.clock.now()))
    with network.desk.evaluation(FixedNetwork(), network.member("evaluator")) as evaluation:
        found = evaluation.performance(question)
    return {one.account: one for one in found}


def test_the_index_is_of_small_members_with_five_years_and_says_who_is_left_out(
    network: Network, tmp_path: Path
) -> None:
    report = take_in(network, tmp_path, FIRMS)
    assert (report.n_rows, report.n_recorded, report.rejections) == (4 * 5 + 3, 4 * 5 + 3, ())
    sales = told(network)["sales"]
    # 100 + 300 in the first year; abroad is in no cluster, tanaka large, and sato stopped reporting.
    expected = [100 * n / 400 for n in (100 + 300, 110 + 300, 120 + 330, 130 + 330, 150 + 350)]
    assert [point.members for point in sales.points] == pytest.approx(expected)
    assert [point.n_reporting for point in sales.points] == [3, 3, 3, 2, 2]
    assert (sales.n_panel, sales.n_dropped, sales.n_large) == (2, 1, 1)


def test_the_national_average_stands_beside_as_an_index_too(network: Network, tmp_path: Path) -> None:
    take_in(network, tmp_path, FIRMS)
    averages = "年度,売上高,出典\n2021,80.0,法人企業統計\n2022,84,法人企業統計\n令和7年度,100,法人企業統計\n"
    take_in(network, tmp_path, averages, is_average=True)
    points = told(network)["sales"].points
    assert [point.average for point in points] == [100, 100 * 84 / 80, None, None, 100 * 100 / 80]


def test_taken_in_again_nothing_is_there_twice_and_a_change_needs_a_reason(
    network: Network, tmp_path: Path
) -> None:
    take_in(network, tmp_path, FIRMS)
    again = take_in(network, tmp_path, FIRMS)
    assert (again.n_recorded, again.n_known) == (0, 23)
    changed = "機関,年度,売上高,従業員数,理由\nyamada,2025,500,10,{}\n"
    refused = take_in(network, tmp_path, changed.format(""))
    assert [one.reason for one in refused.rejections] == ["no-reason"]
    then = network.clock.now()
    network.clock.at += timedelta(days=1)
    assert take_in(network, tmp_path, changed.format("決算の訂正")).n_recorded == 1
    assert told(network)["sales"].points[-1].members == pytest.approx(100 * (500 + 350) / 400)
    assert told(network, as_of=then)["sales"].points[-1].members == pytest.approx(100 * (150 + 350) / 400)


def test_rows_that_cannot_be_used_are_told(network: Network, tmp_path: Path) -> None:
    rows = ("nobody,2025,1,1,,", "yamada,いつか,1,1,,", "yamada,2025,,,,", "yamada,2025,1,1,たぶん,")
    report = take_in(network, tmp_path, HEADER + "\n".join((*rows, "invented,2025,1,1,,")))
    assert [one.reason for one in report.rejections] == [
        "unknown-organisation",
        "not-a-date",
        "empty",
        "not-yes-or-no",
        "sample",
    ]


def test_without_a_panel_there_is_no_index(network: Network, tmp_path: Path) -> None:
    take_in(network, tmp_path, FIRMS)
    assert [point.members for point in told(network, 2026)["sales"].points] == [None] * 5
    assert told(network, 2030) == {}


def test_evaluators_read_it_and_take_nothing_in(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "years.csv"
    file.write_text(FIRMS, "utf-8")
    with pytest.raises(NotAllowedError):
        network.desk.import_performance(file, **network.acting("evaluator"))


NOWHERE = FixedNetwork()
BY_INDUSTRY = "機関,年度,売上高,業種\n" + "".join(
    f"{id},{year},{sales},{industry}\n"
    for id, industry, per_year in (
        ("yamada", "金属", (100, 110, 120, 130, 150)),
        ("suzuki", "食品", (300, 300, 330, 330, 350)),
    )
    for year, sales in zip(range(2021, 2026), per_year, strict=True)
)


def parts(network: Network, per: Part, corpus: FixedNetwork = NOWHERE) -> dict[str, Performance]:
    question = Question(period=Period.fiscal_year(2025), as_of=network.clock.now())
    with network.desk.evaluation(corpus, network.member("evaluator")) as evaluation:
        found = evaluation.performance(question, per=per)
    return {one.part: one for one in found if one.account == "sales"}


def test_industries_are_told_apart_each_beside_its_own_average(network: Network, tmp_path: Path) -> None:
    take_in(network, tmp_path, BY_INDUSTRY)
    averages = "年度,売上高,業種\n2021,50,\n2025,60,\n2021,100,金属\n2025,90,金属\n"
    assert take_in(network, tmp_path, averages, is_average=True).n_recorded == 4
    found = parts(network, Part.INDUSTRY)
    assert {part: one.n_panel for part, one in found.items()} == {"": 2, "金属": 1, "食品": 1}
    last = {part: (one.points[-1].members, one.points[-1].average) for part, one in found.items()}
    assert last["金属"] == pytest.approx((150, 100 * 90 / 100))
    assert last["食品"] == pytest.approx((100 * 350 / 300, 100 * 60 / 50))
    assert last[""] == pytest.approx((100 * 500 / 400, 100 * 60 / 50))


def test_clusters_are_those_of_the_last_day(network: Network, tmp_path: Path) -> None:
    take_in(network, tmp_path, BY_INDUSTRY)
    statements = [
        Membership(id, cluster, MembershipRole.HOME, date(2021, 4, 1), MONDAY - timedelta(days=1))
        for id, cluster in (("yamada", NORTH), ("suzuki", SOUTH))
    ]
    corpus = FixedNetwork(statements, dict.fromkeys(("yamada", "suzuki"), Kind.FIRM))
    found = parts(network, Part.CLUSTER, corpus)
    assert found[NORTH].points[-1].members == pytest.approx(150)
    assert found[SOUTH].n_panel == 1
    assert found[NORTH].by is Part.CLUSTER


def test_without_parts_only_the_whole_is_told(network: Network, tmp_path: Path) -> None:
    take_in(network, tmp_path, BY_INDUSTRY)
    assert {one.by for one in told(network).values()} == {None}
