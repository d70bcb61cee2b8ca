"""Whether an organisation has to do with a need at all: a probability that holds in any corpus. Pure.

The score of a hit says how it compares with the best one, and the best of nothing still scores well. So
what was said is looked for in the whole profile: the more of it stands there, and the fewer others it
stands with, the likelier the two belong together. Weights are shares of what a word can weigh in this
corpus at most, so that small and large ones agree.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

ENOUGH = 2.0
"""So much matched weight is enough, however much was said: two words that nobody else has."""
RELATED = 0.5
"""What a word is worth that was not said itself, but means the same."""
UNKNOWN, COMMON = 1.0, 0.4
"""The weight of a word that nobody uses, and of one that everybody does."""
SLOPE, MIDDLE = 10.0, 0.65
"""Of the logistic curve. Fitted to the golden set, needs against what is off topic
(`tests/bench/calibration.py`), and rounded."""
HALF_LEARNED = 8.0
"""In how many passages a word has to stand to be half learned."""
BLIND, SURE = 0.2, 0.5
"""Of how much of a query is learned times how near the nearest passage is: up to where vectors count hardly
anything, and from where on they count in full. Looked for on golden needs, themes and awards together
(docs/relevance.md)."""
LEAST_TRUST = 0.02
"""So that whom vectors alone find is still found, behind everybody else."""


def weight(n_holders: int, n: int) -> float:
    """How telling a word is that ``n_holders`` of ``n`` organisations use: :data:`UNKNOWN` where nobody does,
    and never less than :data:`COMMON`, since what all have in common is still what was asked for."""
    return max(COMMON, math.log1p(n / (1 + n_holders)) / math.log1p(n)) if n else UNKNOWN


def trust(frequencies: NDArray[np.int64], n: int, nearest: float) -> float:
    """How far an encoder that learned its words from these passages can be trusted with a query (0–1).

    What it never or hardly met it cannot place, and then it goes by the words that are left, which all have
    in common; and what it places far from everything it knows is nearest to somebody by chance, most likely
    to whoever says most. ``frequencies``: in how many of the ``n`` passages each word of the query stands;
    ``nearest``: the cosine of the nearest passage.

    >>> common, unheard = np.array([200, 90]), np.array([200, 1])
    >>> trust(common, 1000, nearest=0.9), trust(unheard, 1000, nearest=0.6) < 0.2
    (1.0, True)
    """
    telling = np.log1p(n / (1 + frequencies))
    learned = float((telling * frequencies / (frequencies + HALF_LEARNED)).sum() / telling.sum())
    return min(1.0, max(LEAST_TRUST, (learned * nearest - BLIND) / (SURE - BLIND)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said, weighed once for all the profiles that are held against it.

    ``most``: what all of it is worth together. ``words``: those that are an answer by themselves, and what
    each is worth. ``meanings``: what can be said in several ways or words: the most that each can be worth,
    and the ways to say it, as words and what they are worth.
    """

    most: float
    words: Mapping[str, float]
    meanings: Sequence[tuple[float, Sequence[Sequence[tuple[str, float]]]]]

    @classmethod
    def of(
        cls, meanings: Iterable[Sequence[Sequence[str]]], related: Iterable[str], weights: Mapping[str, float]
    ) -> Self:
        """``meanings``: what was said, each by the ways to say it; of the ways that anybody uses the one that
        weighs most counts. ``related``: words that mean the same as some. ``weights``: of all these words."""
        total, words, weighed = 0.0, defaultdict[str, float](float), []
        for ways in meanings:
            worth = [[(word, weights[word]) for word in way] for way in ways]
            used = [way for way in worth if min(value for _, value in way) < UNKNOWN]
            most = max(sum(value for _, value in way) for way in used or worth)
            total += most
            if [len(way) for way in ways] == [1]:
                words[ways[0][0]] += most
            else:
                weighed.append((most, worth))
        for word in related:
            words[word] += RELATED * weights[word]
        return cls(total, words, weighed)

    def reach(self, matched: Collection[str]) -> float:
        """The share of it, or of :data:`ENOUGH`, that a profile answers in which the words ``matched`` stand
        (0–1), each named once; any way to say something answers it.

        >>> weights = {"ガラス": 0.8, "検査": 0.4, "glass": 0.9}
        >>> Wanted.of([[["ガラス"]], [["検査"]]], ["glass"], weights).reach(["検査"])
        0.3333333333333333
        """
        found = sum(self.words.get(word, 0.0) for word in matched)
        for most, ways in self.meanings:
            found += min(most, max(sum(value for word, value in way if word in matched) for way in ways))
        return min(1.0, found / min(ENOUGH, self.most)) if self.most else 0.0


def probability(reached: float) -> float:
    """That who reaches so much of a need has to do with it, where as many needs are off topic as not."""
    return 1 / (1 + math.exp(-SLOPE * (reached - MIDDLE)))
