"""Fusion, against the plainest implementation, and what must hold of any fusion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import RRF_K, calibrate, reciprocal_rank, weighted
from index.runs import Run

PARTS = ("passages", "profile", "dense")
RUNS = st.dictionaries(
    st.sampled_from(PARTS),
    st.dictionaries(st.integers(0, 12), st.sampled_from([0.125, 0.5, 1.0, 3.0, 7.0]), max_size=10).map(
        lambda scores: Run(
            np.array(sorted(scores), np.int64), np.array([scores[row] for row in sorted(scores)])
        )
    ),
)
WEIGHTS = st.fixed_dictionaries({}, optional={part: st.sampled_from([0.0, 0.25, 0.5, 1.0]) for part in PARTS})


def as_dict(run: Run) -> dict[int, float]:
    return dict(zip(run.rows.tolist(), run.scores.tolist(), strict=True))


@given(RUNS, WEIGHTS)
def test_weighted_is_the_sum_of_weighted_shares(runs: dict[str, Run], weights: dict[str, float]) -> None:
    expected: dict[int, float] = {}
    for part, run in runs.items():
        for row, score in as_dict(run).items():
            if weights.get(part, 0) > 0:
                expected[row] = expected.get(row, 0) + weights[part] * score / run.scores.max()
    assert as_dict(weighted(runs, weights)) == pytest.approx(expected)


@given(RUNS, WEIGHTS)
def test_reciprocal_rank_needs_ranks_only(runs: dict[str, Run], weights: dict[str, float]) -> None:
    expected: dict[int, float] = {}
    for part, run in runs.items():
        for rank, row in enumerate(run.ranked()[0].tolist(), 1):
            if weights.get(part, 0) > 0:
                expected[row] = expected.get(row, 0) + weights[part] / (RRF_K + rank)
    assert as_dict(reciprocal_rank(runs, weights)) == pytest.approx(expected)


@given(RUNS, WEIGHTS)
def test_what_is_fused_is_above_zero_and_its_rows_ascend(
    runs: dict[str, Run], weights: dict[str, float]
) -> None:
    for fuse in (weighted, reciprocal_rank):
        fused = fuse(runs, weights)
        assert fused.rows.tolist() == sorted(set(fused.rows.tolist()))
        assert all(score > 0 for score in fused.scores)


@given(RUNS, WEIGHTS, st.sampled_from([0.5, 2.0, 1024.0]))
def test_the_unit_of_a_part_does_not_matter(
    runs: dict[str, Run], weights: dict[str, float], unit: float
) -> None:
    other_units = {part: Run(run.rows, run.scores * unit) for part, run in runs.items()}
    assert as_dict(weighted(other_units, weights)) == as_dict(weighted(runs, weights))


@given(RUNS)
def test_one_part_alone_keeps_its_order(runs: dict[str, Run]) -> None:
    for part, run in runs.items():
        for fuse in (weighted, reciprocal_rank):
            assert fuse(runs, {part: 1.0}).ranked()[0].tolist() == run.ranked()[0].tolist()
        assert all(0 < score <= 1 for score in calibrate(run).scores)
