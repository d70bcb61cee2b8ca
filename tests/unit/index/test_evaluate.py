"""The measures, as arithmetic and against trec_eval."""

import math
from random import Random

import pytest
import pytrec_eval

from index.evaluate import DEPTH, MEASURES, Estimate, estimate, ndcg, recall, reciprocal_rank, success

RANKING = ["a", "b", "c", "d"]
RELEVANT = {"b": 2.0, "d": 1.0, "x": 1.0}


def test_gain_is_discounted_by_the_logarithm_of_the_rank() -> None:
    gained = 2 / math.log2(3) + 1 / math.log2(5)
    ideal = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(RANKING, RELEVANT) == pytest.approx(gained / ideal)


def test_what_stands_behind_the_cut_gains_nothing() -> None:
    assert ndcg(RANKING, RELEVANT, k=1) == 0
    assert ndcg(RANKING, RELEVANT, k=2) == pytest.approx((2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_recall_is_the_share_of_the_relevant() -> None:
    assert recall(RANKING, RELEVANT, 2) == 1 / 3
    assert recall(RANKING, RELEVANT, 4) == 2 / 3


def test_success_is_any_relevant_in_the_first_k() -> None:
    assert (success(RANKING, RELEVANT, 1), success(RANKING, RELEVANT, 2)) == (0, 1)


def test_the_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert reciprocal_rank(RANKING, RELEVANT) == 1 / 2
    assert reciprocal_rank(RANKING, RELEVANT, k=1) == 0


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_found_and_nothing_relevant_are_worth_nothing(measure: str) -> None:
    assert MEASURES[measure]([], RELEVANT) == 0
    assert MEASURES[measure](RANKING, {}) == 0


@pytest.mark.parametrize("measure", MEASURES)
def test_the_ideal_ranking_is_worth_one(measure: str) -> None:
    assert MEASURES[measure](["b", "d", "x"], RELEVANT) == 1


ORACLE = {
    "success@1": "success_1",
    "success@10": "success_10",
    "recall@10": "recall_10",
    "recall@100": "recall_100",
    "mrr@10": "recip_rank",
    "ndcg@10": "ndcg_cut_10",
}


@pytest.mark.parametrize("seed", range(20))
def test_the_measures_are_those_of_trec_eval(seed: int) -> None:
    random = Random(seed)
    ids = [f"d{number:03d}" for number in range(200)]
    ranking = random.sample(ids, random.randint(1, DEPTH))
    relevant = {id: random.randint(1, 3) for id in random.sample(ids, random.randint(1, 30))}
    scored = {id: float(len(ranking) - place) for place, id in enumerate(ranking)}
    # trec_eval cuts no reciprocal rank, so that one is asked for the first ten alone.
    first_ten = dict(list(scored.items())[:10])
    oracle = pytrec_eval.RelevanceEvaluator({"q": relevant, "ten": relevant}, set(ORACLE.values()))
    told = oracle.evaluate({"q": scored, "ten": first_ten})
    expected = {
        measure: told["ten" if measure == "mrr@10" else "q"][name] for measure, name in ORACLE.items()
    }
    assert {measure: MEASURES[measure](ranking, relevant) for measure in MEASURES} == pytest.approx(expected)


def test_an_estimate_is_the_mean_with_an_interval_around_it() -> None:
    values = [0.0, 1.0] * 50
    mean = estimate(values)
    assert mean.mean == 50 / 100
    assert mean.low is not None
    assert mean.high is not None
    # A share of one half among 100 has a standard error of .05; the interval is about two each way.
    assert mean.low == pytest.approx(0.5 - 2 * 0.05, abs=0.02)
    assert mean.high == pytest.approx(0.5 + 2 * 0.05, abs=0.02)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.1, 0.4, 0.9, 0.2]
    assert estimate(values) == estimate(values)


def test_one_value_has_no_interval_and_none_has_no_mean() -> None:
    assert estimate([0.7]) == Estimate(0.7, None, None)
    assert estimate([]) == Estimate(0.0, None, None)


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert estimate([0.5] * 5) == Estimate(0.5, 0.5, 0.5)
