"""Cutting and rolling up, against the plainest implementation."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.runs import Run, roll_up, top, top_of

# Few distinct scores, so that ties are common; exact in binary, so that sums are too.
SCORES = st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0, 2.0]), max_size=60)


def plain_top(scores: Sequence[float], n: int) -> list[tuple[int, float]]:
    ranked = sorted(enumerate(scores), key=lambda found: (-found[1], found[0]))
    return [(row, score) for row, score in ranked if score > 0][: max(n, 0)]


def as_list(run: Run, n: int | None = None) -> list[tuple[int, float]]:
    rows, scores = run.ranked(n)
    return list(zip(rows.tolist(), scores.tolist(), strict=True))


@given(SCORES, st.integers(-1, 70))
def test_top_is_sorting_and_cutting(scores: list[float], n: int) -> None:
    assert as_list(top(np.array(scores), n)) == plain_top(scores, n)


@given(SCORES, st.integers(0, 70), st.integers(0, 70))
def test_cutting_twice_is_cutting_once(scores: list[float], n: int, fewer: int) -> None:
    cut = top_of(np.arange(len(scores)), np.array(scores, float), n)
    assert cut.rows.tolist() == sorted(cut.rows.tolist())
    assert as_list(cut, fewer) == as_list(Run(np.arange(len(scores)), np.array(scores, float)), min(n, fewer))


@given(
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from([0.25, 0.5, 1.0, 2.0])), max_size=50),
    st.lists(st.sampled_from([1.0, 0.5, 0.25, 0.0]), min_size=1, max_size=5),
)
def test_roll_up_adds_each_owners_best(passages: list[tuple[int, float]], weights: list[float]) -> None:
    owners = np.array([owner for owner, _ in passages], np.int64)
    scores = [score for _, score in passages]
    by_owner: dict[int, list[float]] = defaultdict(list)
    for owner, score in passages:
        by_owner[owner].append(score)
    sums = {
        owner: sum(weight * score for weight, score in zip(weights, sorted(own, reverse=True), strict=False))
        for owner, own in by_owner.items()
    }
    rolled = roll_up(top(np.array(scores), len(scores)), owners, weights)
    assert as_list(rolled) == sorted(sums.items(), key=lambda found: (-found[1], found[0]))


@given(SCORES, st.integers(1, 70))
def test_every_row_knows_its_rank_and_score(scores: list[float], n: int) -> None:
    found = top(np.array(scores), n)
    rows, in_order = found.ranked()
    assert found.ranks_of(rows.tolist()) == list(range(1, len(found) + 1))
    assert found.scores_of(rows.tolist()) == in_order.tolist()
