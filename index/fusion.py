"""Runs of several parts → one run. Pure."""

from collections.abc import Mapping

import numpy as np

from index.runs import EMPTY, Rows, Run, Scores, added_up

RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009); ranks from 1."""


def calibrate(run: Run) -> Run:
    """The run's scores as shares of its best, so that parts with different units can be added.

    Dividing by the maximum keeps zero at zero: what a part did not find gets nothing from it, and a
    filter that removes weak rows changes no score.
    """
    if len(run) == 0:
        return EMPTY
    return Run(run.rows, run.scores / run.scores.max())


def weighted(runs: Mapping[str, Run], weights: Mapping[str, float]) -> Run:
    """Each row's calibrated scores, weighted and added up.

    Parts without a weight, or with weight 0, add neither rows nor scores.
    """
    return _sum({part: (run.rows, calibrate(run).scores) for part, run in runs.items()}, weights)


def reciprocal_rank(runs: Mapping[str, Run], weights: Mapping[str, float], k: int = RRF_K) -> Run:
    """Each row's ``weight / (k + rank)``, added up over the parts that found it.

    For comparison with :func:`weighted`: it knows who was better, and not by how much.
    """
    by_rank = {part: (run.ranked()[0], 1 / (k + np.arange(1, len(run) + 1.0))) for part, run in runs.items()}
    return _sum(by_rank, weights)


def lifted(run: Run, bonuses: Mapping[int, float]) -> Run:
    """The run with a bonus added to the scores of some of its rows; rows it does not hold stay out."""
    if not bonuses or len(run) == 0:
        return run
    return Run(run.rows, run.scores + np.array([bonuses.get(row, 0.0) for row in run.rows.tolist()]))


def _sum(parts: Mapping[str, tuple[Rows, Scores]], weights: Mapping[str, float]) -> Run:
    pieces = [
        (rows, scores * weight)
        for part, (rows, scores) in parts.items()
        if (weight := weights.get(part, 0.0)) > 0 and len(rows)
    ]
    return added_up(*map(np.concatenate, zip(*pieces, strict=True))) if pieces else EMPTY
