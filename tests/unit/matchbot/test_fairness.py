"""How the cards are shared out: the measure, and what arranging does to it."""

from math import isnan

import pytest

from index.hits import Found, Hit
from matchbot.choosing import gini
from matchbot.fairness import fairness
from matchbot.ranking import Ranking


def test_gini_is_none_of_an_equal_whole_and_near_one_where_one_has_all() -> None:
    assert gini([3, 3, 3, 3]) == 0
    assert gini([0, 0, 0, 8]) == pytest.approx(3 / 4)
    assert gini([1, 2, 3]) == pytest.approx((1 + 2 + 1) * 2 / (2 * 3 * 6))
    assert isnan(gini([0, 0]))


def a_hit(id: str, score: float) -> Hit:
    return Hit(Found(id, id, "firm"), score, rank=1)


def test_those_who_are_nearly_as_good_get_their_share_once_others_were_shown_often() -> None:
    found = [
        ([a_hit(id, score) for id, score in zip("abcd", (0.9, 0.88, 0.86, 0.3), strict=True)], {"a": 1.0})
    ]
    told = fairness(found, Ranking(diversity=0, exposure=0.5, exposure_cap=5, newcomer=0), n_cards=2)
    # By relevance a and b have all ten cards of five rounds; in turns a, b and c share them.
    assert told.by_relevance.gini == pytest.approx(gini([5, 5, 0, 0]))
    assert told.by_relevance.never == 2 / 4
    assert told.by_relevance.ndcg == 1
    assert told.arranged.gini < told.by_relevance.gini
    assert told.arranged.never == 1 / 4
    assert told.arranged.ndcg < 1


def test_with_every_weight_off_nothing_is_shared_differently() -> None:
    found = [([a_hit("a", 0.9), a_hit("b", 0.8)], {"b": 1.0})]
    told = fairness(found, Ranking(diversity=0, exposure=0, newcomer=0), n_cards=1)
    assert told.arranged == told.by_relevance
