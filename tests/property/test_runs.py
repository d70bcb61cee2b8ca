"""Cutting and rolling up, against the plainest implementation."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.runs import Run, best, roll_up, top

# Few distinct scores, so that ties are common; exact in binary, so that sums are too.
SCORES = st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0, 2.0]), max_size=60)


def plain_top(scores: Sequence[float], n: int) -> list[tuple[int, float]]:
    ranked = sorted(enumerate(scores), key=lambda found: (-found[1], found[0]))
    return [(row, score) for row, score in ranked if score > 0][: max(n, 0)]


def as_list(run: Run) -> list[tuple[int, float]]:
    return list(zip(run.rows.tolist(), run.scores.tolist(), strict=True))


@given(SCORES, st.integers(-1, 70))
def test_top_is_sorting_and_cutting(scores: list[float], n: int) -> None:
    assert as_list(top(np.array(scores), n)) == plain_top(scores, n)


@given(SCORES, st.integers(0, 70))
def test_best_does_not_depend_on_the_order_it_is_given(scores: list[float], n: int) -> None:
    rows = np.arange(len(scores))
    shuffled = np.random.default_rng(len(scores)).permutation(rows)
    given_scores = np.array(scores, float)
    assert as_list(best(rows, given_scores, n)) == as_list(best(shuffled, given_scores[shuffled], n))


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
    assert found.ranks_of(found.rows.tolist()) == list(range(1, len(found) + 1))
    assert found.scores_of(found.rows.tolist()) == found.scores.tolist()
