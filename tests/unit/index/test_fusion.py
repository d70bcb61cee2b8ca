"""Several runs → one."""

import numpy as np
import pytest

from index.fusion import RRF_K, calibrate, lifted, reciprocal_rank, weighted
from index.runs import EMPTY, Run


def run(*found: tuple[int, float]) -> Run:
    return Run(np.array([row for row, _ in found]), np.array([score for _, score in found]))


def as_dict(run: Run) -> dict[int, float]:
    return dict(zip(run.rows.tolist(), run.scores.tolist(), strict=True))


WORDS = run((1, 8.0), (2, 4.0))
MEANING = run((2, 0.9), (3, 0.3))


def test_a_calibrated_score_is_a_share_of_the_best() -> None:
    assert as_dict(calibrate(WORDS)) == {1: 8 / 8, 2: 4 / 8}


def test_nothing_stays_nothing_when_calibrated() -> None:
    assert calibrate(EMPTY) is EMPTY


def test_calibrated_scores_are_weighted_and_added_up() -> None:
    fused = weighted({"words": WORDS, "meaning": MEANING}, {"words": 0.6, "meaning": 0.4})
    assert as_dict(fused) == pytest.approx({1: 0.6, 2: 0.6 * 4 / 8 + 0.4, 3: 0.4 * 0.3 / 0.9})
    assert fused.ranked()[0].tolist() == [2, 1, 3]


@pytest.mark.parametrize("weights", [{"words": 1.0}, {"words": 1.0, "meaning": 0.0}])
def test_a_part_without_weight_adds_neither_rows_nor_scores(weights: dict[str, float]) -> None:
    for fuse in (weighted, reciprocal_rank):
        assert set(as_dict(fuse({"words": WORDS, "meaning": MEANING}, weights))) == {1, 2}


def test_an_empty_part_changes_nothing() -> None:
    weights = {"words": 0.6, "meaning": 0.4}
    assert as_dict(weighted({"words": WORDS, "meaning": EMPTY}, weights)) == {1: 0.6, 2: 0.6 / 2}


def test_reciprocal_ranks_count_from_one() -> None:
    fused = reciprocal_rank({"words": WORDS, "meaning": MEANING}, {"words": 0.5, "meaning": 0.5})
    expected = {1: 0.5 / (RRF_K + 1), 2: 0.5 / (RRF_K + 2) + 0.5 / (RRF_K + 1), 3: 0.5 / (RRF_K + 2)}
    assert as_dict(fused) == pytest.approx(expected)


def test_ties_are_by_row() -> None:
    one, other = run((9, 1.0)), run((4, 1.0))
    assert weighted({"a": one, "b": other}, {"a": 0.5, "b": 0.5}).ranked()[0].tolist() == [4, 9]


def test_no_runs_make_no_run() -> None:
    assert weighted({}, {"words": 1.0}) is EMPTY
    assert reciprocal_rank({"words": EMPTY}, {"words": 1.0}) is EMPTY


def test_a_bonus_moves_up_what_was_found_and_finds_nothing() -> None:
    assert as_dict(lifted(MEANING, {3: 0.7, 4: 5.0})) == pytest.approx({3: 0.3 + 0.7, 2: 0.9})
    assert lifted(MEANING, {}) is MEANING
    assert lifted(EMPTY, {1: 1.0}) is EMPTY
