"""Fusion, against the plainest implementation, and what must hold of any fusion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import RRF_K, calibrate, reciprocal_rank, weighted
from index.runs import Run, best

PARTS = ("passages", "profile", "dense")
RUNS = st.dictionaries(
    st.sampled_from(PARTS),
    st.dictionaries(st.integers(0, 12), st.sampled_from([0.125, 0.5, 1.0, 3.0, 7.0]), max_size=10).map(
        lambda scores: best(np.array([*scores], np.int64), np.array([*scores.values()], float), len(scores))
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
        for rank, row in enumerate(run.rows.tolist(), 1):
            if weights.get(part, 0) > 0:
                expected[row] = expected.get(row, 0) + weights[part] / (RRF_K + rank)
    assert as_dict(reciprocal_rank(runs, weights)) == pytest.approx(expected)


@given(RUNS, WEIGHTS)
def test_what_is_fused_is_ordered_and_above_zero(runs: dict[str, Run], weights: dict[str, float]) -> None:
    for fuse in (weighted, reciprocal_rank):
        fused = list(as_dict(fuse(runs, weights)).items())
        assert fused == sorted(fused, key=lambda found: (-found[1], found[0]))
        assert all(score > 0 for _, score in fused)


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
            assert fuse(runs, {part: 1.0}).rows.tolist() == run.rows.tolist()
        assert all(0 < score <= 1 for score in calibrate(run).scores)
