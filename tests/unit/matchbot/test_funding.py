"""What financiers state that they fund, beside what is sought."""

import pytest

from corpus.records import Mandate
from matchbot.funding import Fit, Point, fitness, fits, is_for
from matchbot.need import Need
from matchbot.understanding import understand

SEED = understand("半導体の事業のシード期で3000万円を調達したい")
VENTURE = Mandate(("seed", "early"), ("半導体", "IT"), ("関西",), 5_000_000, 100_000_000)


def told(mandate: Mandate, need: Need = SEED, **asker: object) -> dict[Point, bool]:
    return {fit.point: fit.is_met for fit in fits(mandate, need, **asker)}  # type: ignore[arg-type]


def test_a_mandate_is_told_on_each_point_of_which_both_sides_say_something() -> None:
    found = fits(VENTURE, SEED, prefecture="大阪府")
    assert found == (
        Fit(Point.STAGE, True, ("seed",), ("seed", "early")),
        Fit(Point.AMOUNT, True, ("30000000", "30000000"), ("5000000", "100000000")),
        Fit(Point.REGION, True, ("大阪府",), ("関西",)),
        Fit(Point.FIELD, True, ("半導体",), ("半導体", "IT")),
    )
    assert (fitness(found), is_for(found)) == (1.0, True)


def test_what_is_not_stated_is_open() -> None:
    assert fits(Mandate(), SEED, prefecture="大阪府", fields=("バイオ",)) == ()
    assert fits(VENTURE, Need("資金", "資金")) == ()
    assert (fitness(()), is_for(())) == (0.0, False)


@pytest.mark.parametrize(
    ("sum", "is_met"),
    [
        ("3000万円", True),
        ("500万円", True),
        ("1億円", True),
        ("400万円", False),
        ("2億円", False),
        ("8000万円から2億円", True),
        ("1億円以下", True),
        ("2億円以上", False),
        ("数億円", False),
    ],
)
def test_a_sum_is_within_where_the_two_ranges_meet(sum: str, is_met: bool) -> None:
    assert told(VENTURE, understand(f"{sum}の出資を受けたい"))[Point.AMOUNT] is is_met


def test_a_mandate_without_a_limit_takes_every_sum_beyond() -> None:
    assert told(Mandate(ticket_min=10_000_000))[Point.AMOUNT]
    assert not told(Mandate(ticket_max=10_000_000))[Point.AMOUNT]


@pytest.mark.parametrize(
    ("region", "is_met"),
    [
        ("関西", True),
        ("大阪府", True),
        ("大阪", True),
        ("西日本", True),
        ("全国", True),
        ("東北", False),
        ("京都府", False),
    ],
)
def test_a_region_is_met_by_a_prefecture_in_it(region: str, is_met: bool) -> None:
    assert told(Mandate(regions=(region,)), prefecture="大阪府") == {Point.REGION: is_met}


def test_a_field_is_met_by_what_is_said_or_else_by_the_fields_of_the_asker() -> None:
    assert told(Mandate(fields=("半導体",)), fields=("バイオ",)) == {Point.FIELD: True}
    assert told(Mandate(fields=("IT",)), fields=("IT",)) == {Point.FIELD: True}
    assert told(Mandate(fields=("IT",)), fields=("バイオ",)) == {Point.FIELD: False}
    assert told(Mandate(fields=("IT",))) == {}


def test_one_point_against_it_is_told_and_makes_it_not_for_such_a_venture() -> None:
    found = fits(Mandate(("loan",), ticket_min=1_000_000, ticket_max=80_000_000), SEED)
    assert [(fit.point, fit.is_met) for fit in found] == [(Point.STAGE, False), (Point.AMOUNT, True)]
    assert (fitness(found), is_for(found)) == (-1.0, False)


def test_a_region_or_a_field_elsewhere_counts_less_than_the_stage_or_the_sum() -> None:
    found = fits(VENTURE, SEED, prefecture="秋田県")
    assert (fitness(found), is_for(found)) == ((3 - 1) / 4, False)
