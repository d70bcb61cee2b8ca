"""Whether an organisation has to do with a need at all: a probability that holds in any corpus. Pure.

The score of a hit says how it compares with the best one, and the best of nothing still scores well. So
what was said is looked for in the whole profile: the more of it stands there, and the fewer others it
stands with, the likelier the two belong together. Weights are shares of what a word can weigh in this
corpus at most, so that small and large ones agree.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

ENOUGH = 2.0
"""So much matched weight is enough, however much was said: two words that nobody else has."""
RELATED = 0.5
"""What a word is worth that was not said itself, but means the same."""
UNKNOWN, COMMON = 1.0, 0.4
"""The weight of a word that nobody uses, and of one that everybody does."""
SLOPE, MIDDLE = 10.0, 0.65
"""Of the logistic curve. Fitted to the golden set, needs against what is off topic
(`tests/bench/calibration.py`), and rounded."""


def weight(n_holders: int, n: int) -> float:
    """How telling a word is that ``n_holders`` of ``n`` organisations use: :data:`UNKNOWN` where nobody does,
    and never less than :data:`COMMON`, since what all have in common is still what was asked for."""
    return max(COMMON, math.log1p(n / (1 + n_holders)) / math.log1p(n)) if n else UNKNOWN


def reach(
    meanings: Iterable[Sequence[Sequence[str]]],
    related: Iterable[str],
    weights: Mapping[str, float],
    matched: Collection[str],
) -> float:
    """The share of what was said, or of :data:`ENOUGH`, that a profile answers (0–1).

    ``meanings``: what was said, each by the ways to say it, as words; of the ways that anybody uses the one
    that weighs most counts, and any answers it. ``related``: words that mean the same as some; ``weights``:
    of all these words; ``matched``: those that stand in the profile.

    >>> reach([[["ガラス"]], [["検査"]]], ["glass"], {"ガラス": 0.8, "検査": 0.4, "glass": 0.9}, {"検査"})
    0.3333333333333333
    """
    wanted = found = 0.0
    for ways in meanings:
        held = [way for way in ways if min(weights[word] for word in way) < UNKNOWN] or ways
        most = max(sum(weights[word] for word in way) for way in held)
        wanted += most
        found += min(most, max(sum(weights[word] for word in way if word in matched) for way in ways))
    found += RELATED * sum(weights[word] for word in related if word in matched)
    return min(1.0, found / min(ENOUGH, wanted)) if wanted else 0.0


def probability(reached: float) -> float:
    """That who reaches so much of a need has to do with it, where as many needs are off topic as not."""
    return 1 / (1 + math.exp(-SLOPE * (reached - MIDDLE)))
