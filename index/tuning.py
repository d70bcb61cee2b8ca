"""Choosing how to rank for one corpus: on its golden set, or on passages held out of it.

Which k1, b, roll-up and weights are best differs between corpora more than most ideas about ranking
are worth, so they are chosen when a snapshot is built. A held-out passage stands for a need: its
title (or its longest part) is the query, its organisation the one right answer, and the passage
itself is taken out of everything that is searched. One setting after another is tried; a change must
earn its place by more than its own uncertainty (two standard errors of the paired difference), and of
settings that are equally good the one nearest to the packaged one is taken, so that a small or odd set
of judgements does not carry the ranking away.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns
from index.encoder import Encoder
from index.evaluate import ndcg
from index.fusion import weighted
from index.hybrid import DENSE, PASSAGES, PROFILE, VOTES, Query, Recipe, Retriever
from index.lexical import Parameters
from index.runs import Run
from index.tokeniser import bigrams

MAX_JUDGED = 300
MIN_JUDGED = 30
COPY_OVERLAP = 0.3
MAX_HIDDEN_SHARE = 0.2
LONG_PASSAGE_WORDS = 80
CLEARLY = 2.0
"""By how many standard errors of the paired difference a change must be better to be made."""

_BM25 = tuple(Parameters(k1, b) for k1, b in ((0.9, 0.4), (0.6, 0.3), (1.2, 0.6), (1.2, 0.75)))
_ROLL_UPS = ((1.0, 1 / 2, 1 / 3, 1 / 4, 1 / 5), (1.0, 1 / 2, 1 / 4), (1.0,))
_PROFILE_SHARE = 7 / 12
"""Of the words' weight. Vectors find whom much is said of; profiles, where length counts, the others."""
_PROFILE_SHARE_ALONE = 0.3
"""The same where there are no vectors: of who is found by words alone, several good passages tell more."""
_VOTES_SHARE = 5 / 8
"""Of the vectors' weight."""
_PROFILE_SHARES = (0.0, _PROFILE_SHARE_ALONE, _PROFILE_SHARE)
_DENSE_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
_SEGMENT = re.compile(r"[。．！？!?\n（）()「」]+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A need with the rows of the organisations that answer it, and their grades."""

    text: str
    relevant: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was chosen, on what, and how it did: mean nDCG@10 of the packaged and the chosen recipe, and the
    ``values`` of the chosen one by need (a hash of its words)."""

    recipe: Recipe
    basis: str
    n_judged: int = 0
    packaged_ndcg: float | None = None
    chosen_ndcg: float | None = None
    values: Mapping[str, float] = field(default_factory=dict)


def packaged(mean_words: float, has_dense: bool, has_profiles: bool = True) -> Recipe:
    """The recipe where nothing can be judged, by how long the passages are.

    ``has_profiles``: whether organisations have several passages; where they have one each, a profile
    says nothing that its passage does not.

    Short ones (contract titles, one-line profiles) leave words to chance, so vectors count nearly as much;
    in long ones repetition and length tell more, and words suffice.
    """
    profile, votes = (_PROFILE_SHARE, _VOTES_SHARE) if has_profiles else (0.0, 0.0)
    if mean_words >= LONG_PASSAGE_WORDS:
        recipe = _weighted(Recipe(lexical=Parameters(1.2, 0.75)), profile, dense=0.2, votes=votes)
    else:
        recipe = _weighted(Recipe(), profile, dense=0.4, votes=votes)
    return recipe if has_dense else _weighted(recipe, min(profile, _PROFILE_SHARE_ALONE), 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Judgements:
    """Needs to choose the ranking on; ``hidden`` passages stay out of training and of the trial."""

    judged: Sequence[Judged]
    hidden: NDArray[np.int64]
    basis: str


def held_out(
    columns: Columns,
    limit: int = MAX_JUDGED,
    among: NDArray[np.bool_] | None = None,
    read: Callable[[str], Iterable[Hashable]] = bigrams,
) -> Judgements:
    """Passages of organisations with others to be found by, as needs; the same ones for the same corpus.

    They are drawn by passage, not by organisation, since real needs too fall mostly on those that do
    much; and what the organisation says in nearly the same words is hidden along with them, or the
    trial would be about finding copies. A small corpus keeps most of its passages to learn from: no
    more than MAX_HIDDEN_SHARE of them are hidden. ``among`` [passages]: those that may be needs. ``read``:
    text → bigrams, or what stands for them.
    """
    most = int(MAX_HIDDEN_SHARE * columns.n_passages)
    pairs_of = cache(lambda row: frozenset(read(columns.whole_text(row))))
    is_candidate = (np.diff(columns.starts) > 1)[columns.owners]
    candidates = (is_candidate if among is None else is_candidate & among).nonzero()[0]
    judged: list[Judged] = []
    hidden: set[int] = set()
    fingerprints = columns.fingerprints
    for row in sorted(candidates.tolist(), key=lambda row: _dice(int(fingerprints[row]))):
        owner = int(columns.owners[row])
        own = range(int(columns.starts[owner]), int(columns.starts[owner + 1]))
        copies = hidden | copies_of(row, own, pairs_of)
        if row not in hidden and not copies.issuperset(own):
            judged.append(Judged(_as_need(*columns.title_and_text(row)), {owner: 1.0}))
            hidden = copies
        if len(judged) == limit or len(hidden) >= most:
            break
    return Judgements(judged, np.array(sorted(hidden), np.int64), "held-out")


def tune(
    judgements: Judgements,
    retriever: Callable[[Parameters], Retriever],
    n_organisations: int,
    encoder: Encoder | None,
    start: Recipe,
) -> Tuning:
    """The recipe that ranks the judged needs best, from ``start`` on.

    ``retriever`` makes the arrays for given BM25 parameters without the hidden passages, which are
    kept out of the dense search here. Too few judgements (< MIN_JUDGED) give ``start`` back.
    """
    if len(judgements.judged) < MIN_JUDGED:
        return Tuning(start, "packaged", len(judgements.judged))
    trial = _Trial(judgements, retriever, n_organisations, encoder)
    recipe = trial.better(start, [replace(start, lexical=parameters) for parameters in _BM25])
    rolled_up = [
        replace(recipe, passage_weights=weights, dense_passage_weights=weights) for weights in _ROLL_UPS
    ]
    recipe = trial.better(recipe, rolled_up)
    dense_shares = _DENSE_SHARES if encoder else (0.0,)
    meaning = start.weights.get(DENSE, 0.0) + start.weights.get(VOTES, 0.0)
    votes = start.weights.get(VOTES, 0.0) / (meaning or 1.0)
    mixed = [
        _weighted(recipe, profile, dense, votes) for profile in _PROFILE_SHARES for dense in dense_shares
    ]
    chosen = trial.better(recipe, sorted(mixed, key=lambda mix: _departure(mix, recipe)))
    recipe = _between(recipe, chosen, step(trial.values(chosen) - trial.values(recipe)))
    return replace(_told(trial, judgements, recipe), packaged_ndcg=float(trial.values(start).mean()))


def tried(
    recipe: Recipe,
    judgements: Judgements,
    retriever: Callable[[Parameters], Retriever],
    n_organisations: int,
    encoder: Encoder | None,
) -> Tuning:
    """How a recipe that was chosen before ranks the judged needs of today; what it is is not in question."""
    if len(judgements.judged) < MIN_JUDGED:
        return Tuning(recipe, "kept", len(judgements.judged))
    return _told(_Trial(judgements, retriever, n_organisations, encoder), judgements, recipe)


def _told(trial: "_Trial", judgements: Judgements, recipe: Recipe) -> Tuning:
    values = trial.values(recipe)
    by_need = {
        blake2b(need.text.encode(), digest_size=6).hexdigest(): round(value, 4)
        for need, value in zip(judgements.judged, values.tolist(), strict=True)
    }
    n_judged, mean = len(judgements.judged), float(values.mean())
    return Tuning(recipe, judgements.basis, n_judged, chosen_ndcg=mean, values=by_need)


class _Trial:
    """Scores recipes on the judgements; runs are made once for each way of making them."""

    def __init__(
        self,
        judgements: Judgements,
        retriever: Callable[[Parameters], Retriever],
        n_organisations: int,
        encoder: Encoder | None,
    ) -> None:
        self._judged = judgements.judged
        self._retriever = retriever
        self._hidden = judgements.hidden
        self._organisations = np.ones(n_organisations, bool)
        self._queries = [Query.read(need.text, encoder) for need in self._judged]
        self._found: dict[tuple[Parameters, tuple[float, ...], tuple[float, ...]], list[_Found]] = {}

    def better(self, current: Recipe, candidates: Sequence[Recipe]) -> Recipe:
        """The first candidate that is not clearly worse than the best one, if that one is clearly better
        than the current recipe; clearly: by :data:`CLEARLY` (after Breiman's one-SE rule)."""
        values = [self.values(candidate) for candidate in candidates]
        best = max(values, key=lambda value: float(value.mean()))
        if not _clearly_better(best, self.values(current)):
            return current
        pairs = zip(candidates, values, strict=True)
        return next(candidate for candidate, value in pairs if not _clearly_better(best, value))

    def values(self, recipe: Recipe) -> NDArray[np.float64]:
        """nDCG@10 of each judged need."""
        return np.array(
            [
                ndcg(found.fused(recipe).ranked(10)[0].tolist(), need.relevant)
                for found, need in zip(self._all_found(recipe), self._judged, strict=True)
            ]
        )

    def _all_found(self, recipe: Recipe) -> "list[_Found]":
        key = (recipe.lexical, recipe.passage_weights, recipe.dense_passage_weights)
        if key not in self._found:
            retriever = self._retriever(recipe.lexical)
            passages = np.ones(len(retriever.owners), bool)
            passages[self._hidden] = False
            every_part = replace(recipe, weights=dict.fromkeys((PASSAGES, PROFILE, DENSE, VOTES), 1.0))
            runs = (
                retriever.runs(query, every_part, (self._organisations, passages)) for query in self._queries
            )
            self._found[key] = [_Found(one.organisations, one.trust) for one in runs]
        return self._found[key]


@dataclass(frozen=True, slots=True)
class _Found:
    """What is kept of the runs of a need: not the scores of all passages, of which there may be a million."""

    organisations: Mapping[str, Run]
    trust: float

    def fused(self, recipe: Recipe) -> Run:
        return weighted(self.organisations, recipe.trusting(self.trust).weights)


def _clearly_better(values: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    difference = values - others
    return bool(difference.mean() > CLEARLY * difference.std(ddof=1) / len(difference) ** 0.5)


def step(gains: NDArray[np.float64]) -> float:
    """How far to go for what was gained on each need (0–1): not at all for what is not clear, and the further
    the clearer it is (shrunk as by James and Stein). So what lies near the edge, where one build chooses and
    the next does not, moves the weights but little.

    >>> unclear, clearer = np.array([0.3, -0.1] * 8), np.array([0.5, 0.1] * 50)
    >>> step(unclear), round(step(clearer), 2)
    (0.0, 0.98)
    """
    edge = CLEARLY * float(gains.std(ddof=1)) / len(gains) ** 0.5
    gain = float(gains.mean())
    return 1 - (edge / gain) ** 2 if gain > edge else 0.0


def _between(recipe: Recipe, other: Recipe, share: float) -> Recipe:
    """The recipe with its weights moved by this share of the way to the other's."""
    weights = {
        part: round(weight + share * (other.weights[part] - weight), 4)
        for part, weight in recipe.weights.items()
    }
    return replace(recipe, weights=weights)


def _weighted(recipe: Recipe, profile: float, dense: float, votes: float) -> Recipe:
    """The recipe with ``dense`` of the weight on vectors (``votes`` of that on their votes), and ``profile``
    of the rest on whole profiles."""
    lexical = 1 - dense
    weights = {
        PASSAGES: lexical * (1 - profile),
        PROFILE: lexical * profile,
        DENSE: dense * (1 - votes),
        VOTES: dense * votes,
    }
    return replace(recipe, weights={part: round(weight, 4) for part, weight in weights.items()})


def _departure(recipe: Recipe, start: Recipe) -> float:
    """How far the weights are from those at the start."""
    return sum(abs(weight - start.weights.get(part, 0.0)) for part, weight in recipe.weights.items())


def _as_need(title: str, text: str) -> str:
    """What somebody who wants this passage might have asked."""
    return title or max(_SEGMENT.split(text), key=len)


def copies_of(row: int, own: Iterable[int], pairs_of: Callable[[int], frozenset[Hashable]]) -> set[int]:
    """The passage and what its organisation says in nearly the same words (Jaccard of bigrams)."""
    wanted = pairs_of(row)

    def is_copy(pairs: frozenset[Hashable]) -> bool:
        n_common = len(wanted & pairs)
        return n_common >= COPY_OVERLAP * (len(wanted) + len(pairs) - n_common)

    return {row} | {other for other in own if is_copy(pairs_of(other))}


def _dice(fingerprint: int) -> bytes:
    """Looks like chance and is always the same for a text, whatever came or went beside it."""
    return blake2b(str(fingerprint).encode(), digest_size=8).digest()
