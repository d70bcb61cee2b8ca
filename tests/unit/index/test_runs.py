"""Cutting runs, and rolling passages up to their organisations."""

from math import exp

import numpy as np
import pytest

from index.runs import EMPTY, SHARPNESS, Run, roll_up, top, votes


def run(**scores: float) -> Run:
    """``run(r1=.5, r3=.2)``: rows, ascending, and scores."""
    return Run(np.array([int(name[1:]) for name in scores]), np.array(list(scores.values())))


def as_list(run: Run, n: int | None = None) -> list[tuple[int, float]]:
    rows, scores = run.ranked(n)
    return list(zip(rows.tolist(), scores.tolist(), strict=True))


def test_the_best_come_first_and_ties_by_row() -> None:
    assert as_list(top(np.array([0.5, 0.9, 0.5, 0.1]), 3)) == [(1, 0.9), (0, 0.5), (2, 0.5)]


def test_scores_of_zero_or_less_are_never_found() -> None:
    assert as_list(top(np.array([0.0, -1.0, 0.2]), 10)) == [(2, 0.2)]


def test_a_cut_through_a_tie_keeps_the_lower_rows() -> None:
    assert top(np.ones(100), 3).rows.tolist() == [0, 1, 2]


def test_rows_ascend_until_the_best_are_asked_for() -> None:
    assert top(np.array([0.5, 0.9, 0.0, 0.6]), 2).rows.tolist() == [1, 3]


@pytest.mark.parametrize("n", [0, -1])
def test_none_of_the_best_are_none(n: int) -> None:
    assert top(np.ones(3), n) is EMPTY


def test_nothing_has_no_best() -> None:
    assert len(top(np.zeros(5), 3)) == len(top(np.zeros(0), 3)) == 0


def test_ranks_count_from_one_and_what_is_not_found_has_none() -> None:
    found = run(r2=0.3, r4=0.9)
    assert found.ranks_of([2, 1, 4]) == [2, None, 1]
    assert found.scores_of([2, 1, 4]) == [0.3, 0.0, 0.9]


def test_ranks_are_shared_out_by_row_where_scores_tie() -> None:
    assert run(r2=0.5, r4=0.9, r7=0.5).ranks_of([7, 4, 2]) == [3, 1, 2]


def test_the_first_of_a_run_are_its_best() -> None:
    assert as_list(run(r2=0.3, r4=0.9, r7=0.5), 2) == [(4, 0.9), (7, 0.5)]


def test_an_organisation_is_worth_its_best_passages_each_with_its_weight() -> None:
    passages = run(r0=8.0, r1=4.0, r2=2.0, r3=6.0)
    owners = np.array([0, 0, 0, 1])
    rolled = roll_up(passages, owners, (1.0, 0.5))
    assert as_list(rolled) == [(0, 1.0 * 8 + 0.5 * 4), (1, 1.0 * 6)]


def test_best_passage_only_is_one_weight() -> None:
    owners = np.array([1, 0, 0])
    assert as_list(roll_up(run(r0=3.0, r1=2.0, r2=2.0), owners, (1.0,))) == [(1, 3.0), (0, 2.0)]


def test_several_good_passages_can_beat_one_better() -> None:
    owners = np.array([0, 1, 1])
    assert as_list(roll_up(run(r0=3.0, r1=2.5, r2=2.5), owners, (1.0, 0.5)))[0][0] == 1


def test_rolled_up_ties_are_by_row() -> None:
    owners = np.array([5, 3])
    assert as_list(roll_up(run(r0=1.0, r1=1.0), owners, (1.0,))) == [(3, 1.0), (5, 1.0)]


def test_a_run_of_nothing_rolls_up_to_nothing() -> None:
    assert roll_up(EMPTY, np.array([0, 1]), (1.0,)) is EMPTY


def test_every_passage_votes_for_its_organisation_and_near_ones_more() -> None:
    owners = np.array([0, 0, 1, 2])
    found = votes(run(r0=0.4, r1=0.4, r2=0.5, r3=0.2), owners)
    assert found.rows.tolist() == [0, 1, 2]
    assert found.scores == pytest.approx([2 * exp(-0.1 * SHARPNESS), 1.0, exp(-0.3 * SHARPNESS)])


def test_many_good_passages_outvote_a_better_one() -> None:
    owners = np.array([0, 1, 1])
    assert as_list(votes(run(r0=0.5, r1=0.45, r2=0.45), owners))[0][0] == 1


def test_without_passages_nobody_votes() -> None:
    assert votes(EMPTY, np.array([0])) is EMPTY
