"""Runs: what one search found, and the steps from passages to organisations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import is_new, placed

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Run:
    """Rows found, ascending, and the score of each; both ``[n]``. No score is zero or less where the
    search that made it is lexical.

    Nothing is put in order before somebody asks for the best: of the runs that are made for a query and
    added up, only the ten best of the sum are ever shown.
    """

    rows: Rows
    scores: Scores

    def __len__(self) -> int:
        return len(self.rows)

    def ranked(self, n: int | None = None) -> tuple[Rows, Scores]:
        """Its best ``n`` (or all), by (-score, row)."""
        best = self if n is None else top_of(self.rows, self.scores, n)
        order = np.argsort(-best.scores, kind="stable")
        return best.rows[order], best.scores[order]

    def ranks_of(self, rows: Sequence[int]) -> list[int | None]:
        """The rank of each of the rows, from 1, by (-score, row); None where the run does not hold it."""
        ranks: list[int | None] = [None] * len(rows)
        held, is_held = placed(self.rows, np.asarray(rows, np.int64))
        scores, is_before = self.scores[held, np.newaxis], np.arange(len(self)) < held[:, np.newaxis]
        is_better = (self.scores > scores) | (is_before & (self.scores == scores))
        for place, n_better in zip(
            is_held.nonzero()[0].tolist(), is_better.sum(axis=1).tolist(), strict=True
        ):
            ranks[place] = n_better + 1
        return ranks

    def scores_of(self, rows: Sequence[int]) -> list[float]:
        """The score of each of the rows; 0 where the run does not hold it."""
        scores = np.zeros(len(rows))
        held, is_held = placed(self.rows, np.asarray(rows, np.int64))
        scores[is_held] = self.scores[held]
        return scores.tolist()


_STRIDE = 16

EMPTY = Run(np.empty(0, np.int64), np.empty(0, np.float64))


def top(scores: NDArray[np.floating], n: int) -> Run:
    """The best ``n`` rows of a score per row; ties by row, scores ≤ 0 left out.

    Most rows score low, so a bound that surely lets the best ``n`` pass is taken from every
    sixteenth row first, and only what passes it is sorted out.
    """
    if n <= 0:
        return EMPTY
    sampled = scores[::_STRIDE]
    expected = n / _STRIDE
    k = min(len(sampled), int(expected + 4 * expected**0.5) + 1)  # four times what chance moves it by
    bound = np.partition(sampled, len(sampled) - k)[len(sampled) - k] if k else 0.0
    (rows,) = (scores >= bound if bound > 0 else scores > 0).nonzero()
    if len(rows) < n:  # the sample happened to hold the best rows
        (rows,) = (scores > 0).nonzero()
    return top_of(rows, scores[rows], n)


def top_of(rows: NDArray[np.integer], scores: NDArray[np.floating], n: int) -> Run:
    """The best ``n`` of the given rows, which ascend; of those that tie with the last, the first ones."""
    if n <= 0 or len(rows) == 0:
        return EMPTY
    if len(rows) > n:
        threshold = np.partition(scores, len(scores) - n)[len(scores) - n]
        kept = scores > threshold
        (tied,) = (scores == threshold).nonzero()
        kept[tied[: n - np.count_nonzero(kept)]] = True
        rows, scores = rows[kept], scores[kept]
    return Run(rows.astype(np.int64, copy=False), scores.astype(np.float64, copy=False))


def roll_up(run: Run, owners: NDArray[np.integer], weights: Sequence[float]) -> Run:
    """A run of passages as a run of their organisations.

    An organisation's score is the weighted sum of its best passages in the run:
    ``weights[0]`` × the best + ``weights[1]`` × the second …; ``(1.0,)`` is best passage only.
    ``owners[passage]`` is the organisation's row.
    """
    if len(run) == 0:
        return EMPTY
    owner = owners[run.rows].astype(np.int64)
    # By owner, then by falling score: one number says both, and sorts in half the time of two keys.
    grouped = np.argsort(owner - run.scores / (2 * np.abs(run.scores).max() or 1.0))
    owner, scores = owner[grouped], run.scores[grouped]
    is_best = is_new(owner)
    starts = is_best.nonzero()[0]
    place = np.arange(len(owner)) - starts[is_best.cumsum() - 1]
    factor = np.array([*weights, 0.0]).take(place, mode="clip")  # what comes behind the last weight has none
    return Run(owner[starts], np.add.reduceat(scores * factor, starts))


SHARPNESS = 10.0
"""How steeply a vote falls with the distance from the best passage: a tenth below it counts 1/e."""


def votes(run: Run, owners: NDArray[np.integer]) -> Run:
    """A run of passages as a run of the organisations they vote for.

    Each passage found votes for its organisation with ``exp(score)``, so that many good passages
    count together and a best one does not decide alone (expCombSUM: Macdonald and Ounis, *Voting for
    candidates*, CIKM 2006). Meant for cosines.
    """
    if len(run) == 0:
        return EMPTY
    return added_up(owners[run.rows], np.exp(SHARPNESS * (run.scores - run.scores.max())))


def added_up(rows: NDArray[np.integer], scores: NDArray[np.floating]) -> Run:
    """A run in which the scores of a row that is given several times are added up."""
    sums = np.bincount(rows, scores).astype(np.float64, copy=False)
    (found,) = sums.nonzero()
    return Run(found, sums[found])
