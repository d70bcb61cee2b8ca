"""A query → organisations, by words and by meaning at once.

Four runs are made for a query, each restricted by the filters while it searches: ``passages``
(BM25 over passages, rolled up to their organisations), ``profile`` (BM25 over all passages of an
organisation together), ``dense`` (vectors of passages, rolled up) and ``votes`` (the same vectors,
each passage voting for its organisation). The first two are the lexical part. Their calibrated
scores are added up with weights that the build chose for this corpus.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns, Mask
from index.dense import DenseIndex
from index.encoder import Encoder, unit_rows
from index.fusion import calibrate, lifted, reciprocal_rank, weighted
from index.hits import NO_FILTERS, NO_TIES, Evidence, Filters, Found, Hit, Tie
from index.lexical import Bm25, Parameters
from index.lexicon import Lexicon, Term, is_japanese, without
from index.protection import SHARED_BY
from index.relevance import COMMON, RELATED, Wanted, probability, trust
from index.runs import EMPTY, Run, roll_up, top, votes
from index.ties import Ties
from index.tokeniser import bigrams, is_spoken, words

PASSAGES, PROFILE, DENSE, VOTES = "passages", "profile", "dense", "votes"
TIES = "ties"
"""Not a part that finds, but what the ties of the asker add to what is found."""

_MOST_OTHERS = 2
"""Other words for one term that are searched along with it."""
_ASIDE = 1 / 2
"""What the words and the vector of an undertaking count beside those of what is to be done in it."""
_BIGRAMS_WHEN_SPOKEN = 1 / 2
"""What is left of the bigrams' share of the lexical score; the rest goes to the words."""


class Fusion(StrEnum):
    """How the runs become one."""

    WEIGHTED = "weighted"
    RECIPROCAL_RANK = "rrf"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything about ranking that is chosen when a snapshot is built, and stored in its manifest.

    ``lexical``: BM25's parameters for passages; ``profile_lexical``: for whole profiles, where length has to
    count, or whoever says much would be found for everything. ``weights``: of the parts, adding up to 1.
    ``passage_weights``: how much an organisation's best, second best … passage count;
    ``dense_passage_weights``: the same for vectors. ``bigram_share``: of the lexical score; the rest is
    the words'. ``depth``: how many passages of a run are rolled up, and ``dense_depth`` of one by vectors,
    where those far behind hardly vote. ``tie_weight``: what the closest tie adds to a score.
    """

    lexical: Parameters = field(default_factory=Parameters)
    profile_lexical: Parameters = Parameters(0.9, 0.75)  # noqa: RUF009 - frozen, so it may be shared
    weights: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({PASSAGES: 0.25, PROFILE: 0.35, DENSE: 0.15, VOTES: 0.25})
    )
    passage_weights: tuple[float, ...] = (1.0, 1 / 2, 1 / 4)
    dense_passage_weights: tuple[float, ...] = (1.0, 1 / 2, 1 / 4)
    bigram_share: float = 0.3
    depth: int = 1000
    dense_depth: int = 700
    tie_weight: float = 0.3

    def only(self, *parts: str) -> "Recipe":
        """The same with just these parts, their weights scaled to add up to 1."""
        total = sum(self.weights.get(part, 0.0) for part in parts) or 1.0
        return replace(self, weights={part: self.weights.get(part, 0.0) / total for part in parts})

    def wants(self, *parts: str) -> bool:
        """Whether any of these parts has a weight."""
        return any(self.weights.get(part, 0.0) > 0 for part in parts)

    def trusting(self, share: float) -> "Recipe":
        """The same with only this share of what vectors weigh; words have the rest. Unchanged where there is
        but one of the two."""
        meaning = self.weights.get(DENSE, 0.0) + self.weights.get(VOTES, 0.0)
        said = self.weights.get(PASSAGES, 0.0) + self.weights.get(PROFILE, 0.0)
        if not (meaning and said):
            return self
        factors = dict.fromkeys((DENSE, VOTES), share)
        factors |= dict.fromkeys((PASSAGES, PROFILE), 1 + meaning * (1 - share) / said)
        return replace(self, weights={part: factors[part] * own for part, own in self.weights.items()})

    def fit_for(self, query: str) -> "Recipe":
        """The same for how this query is worded.

        Everyday words stand in many passages by chance: added up over several of them they are noise. So
        where a need is told in them, of the words the best passage alone speaks for its organisation, and
        pairs of letters count half; vectors and whole profiles stay as they are.
        """
        if not is_spoken(query):
            return self
        return replace(
            self,
            passage_weights=self.passage_weights[:1],
            bigram_share=self.bigram_share * _BIGRAMS_WHEN_SPOKEN,
        )


@dataclass(frozen=True, slots=True)
class LexicalPair:
    """BM25 over words and over bigrams of the same documents; a score is their weighted sum."""

    words: Bm25
    bigrams: Bm25

    def scores(self, query: "Query", bigram_share: float) -> NDArray[np.floating]:
        """One score per document."""
        scores = self.words.scores(())
        for tokens, weight in query.weighed_words:
            self.words.scores(tokens, (1 - bigram_share) * weight, onto=scores)
        for pairs, weight in query.weighed_bigrams:
            self.bigrams.scores(pairs, bigram_share * weight, onto=scores)
        return scores


@dataclass(frozen=True, slots=True)
class Query:
    """A query's text as the parts need it. ``related``: words that mean the same as some of its own;
    ``terms``: the terms that these stand for. ``meanings``: of a translated text, what was said, each by the
    ways to say it; of others every word is one. ``is_learned``: whether what gave the vector learned its
    words from this corpus alone. ``aside_words`` and ``aside_bigrams``: of the undertaking that it names
    besides, which tell less of who can do it: all who have part in it say them."""

    words: Sequence[str]
    bigrams: Sequence[str]
    vector: NDArray[np.float32] | None = None
    related: Sequence[str] = ()
    terms: Sequence[Term] = ()
    meanings: Sequence[Sequence[Sequence[str]]] = ()
    is_learned: bool = False
    aside_words: Sequence[str] = ()
    aside_bigrams: Sequence[str] = ()

    @property
    def weighed_words(self) -> tuple[tuple[Sequence[str], float], ...]:
        """All words that are searched, and how much they count."""
        return (self.words, 1.0), (self.related, RELATED), (self.aside_words, _ASIDE)

    @property
    def weighed_bigrams(self) -> tuple[tuple[Sequence[str], float], ...]:
        """All pairs of letters that are searched, and how much they count."""
        return (self.bigrams, 1.0), (self.aside_bigrams, _ASIDE)

    def beside(self, aside: str, encoder: Encoder | None) -> "Query":
        """The same with an undertaking that it names besides."""
        if not aside:
            return self
        vector = self.vector
        if vector is not None and encoder is not None:
            (vector,) = unit_rows((vector + _ASIDE * encoder.encode_queries([aside])[0])[np.newaxis])
        return replace(self, aside_words=words(aside), aside_bigrams=bigrams(aside), vector=vector)

    @classmethod
    def read(cls, text: str, encoder: Encoder | None, lexicon: Lexicon | None = None) -> "Query":
        """``text``, tokenised and encoded, with what the lexicon knows of its terms.

        A text without Japanese letters is translated as far as the lexicon goes, and searched in
        Japanese: its own words still find who writes English, but its bigrams would find every Latin name.
        """
        lexicon = lexicon or Lexicon()
        is_learned = encoder is not None and encoder.is_of_corpus
        terms = _told_shortly(lexicon.terms(text))
        if not is_japanese(text) and is_japanese(others := _others(terms)):
            rest = words(lexicon.telling(without(text, terms)))
            said = words(" ".join(term.said for term in terms))
            ways = [list(map(words, (*term.others, term.said))) for term in terms]
            meanings = [*(way for way in ways if all(way)), *([[word]] for word in rest)]
            own = [*words(others), *rest]
            return cls(own, bigrams(others), _vector(others, encoder), said, terms, meanings, is_learned)
        terms += _told_shortly(lexicon.everyday(text))
        told = lexicon.telling(text) if is_spoken(text) else text
        others = _others(terms)
        vector = _vector(told, encoder)
        return cls(words(told), bigrams(told), vector, words(others), terms, is_learned=is_learned)


@dataclass(frozen=True, slots=True)
class Runs:
    """What each part found: organisations, and the passages that spoke for them. ``trust``: how far the
    vectors can be trusted (0–1)."""

    organisations: Mapping[str, Run]
    lexical_scores: NDArray[np.floating]
    dense_passages: Run
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Retriever:
    """The searchable arrays, without the facts about organisations: rows in, rows out."""

    owners: NDArray[np.int32]
    passages: LexicalPair
    profile: LexicalPair
    dense: DenseIndex | None

    def runs(self, query: Query, recipe: Recipe, allowed: tuple[Mask, Mask] | None = None) -> Runs:
        """The run of each part that has a weight; ``allowed`` masks organisations and passages."""
        found: dict[str, Run] = {}
        lexical_scores: NDArray[np.floating] = np.zeros(0)
        dense_passages = EMPTY
        if recipe.wants(PASSAGES):
            lexical_scores = self.passages.scores(query, recipe.bigram_share)
            if allowed:
                lexical_scores *= allowed[1]
            run = top(lexical_scores, recipe.depth)
            found[PASSAGES] = roll_up(run, self.owners, recipe.passage_weights)
        if recipe.wants(PROFILE):
            scores = self.profile.scores(query, recipe.bigram_share)
            if allowed:
                scores *= allowed[0]
            found[PROFILE] = top(scores, recipe.depth)
        if recipe.wants(DENSE, VOTES) and self.dense is not None and query.vector is not None:
            dense_passages = self.dense.search(
                query.vector, recipe.dense_depth, allowed[1] if allowed else None
            )
            found |= by_meaning(dense_passages, self.owners, recipe)
        return Runs(found, lexical_scores, dense_passages, self.trust(query, dense_passages))

    def trust(self, query: Query, dense_passages: Run) -> float:
        """How far a query's vector can be trusted, by what it found (:func:`index.relevance.trust`)."""
        if not (query.is_learned and query.words and len(dense_passages)):
            return 1.0
        frequencies = self.passages.words.frequencies([*dict.fromkeys(query.words)])
        return trust(frequencies, len(self.owners), float(dense_passages.scores.max()))


def by_meaning(passages: Run, owners: NDArray[np.int32], recipe: Recipe) -> dict[str, Run]:
    """What the passages found by their vectors tell of their organisations: the parts that have a weight."""
    found: dict[str, Run] = {}
    if recipe.wants(DENSE):
        found[DENSE] = roll_up(passages, owners, recipe.dense_passage_weights)
    if recipe.wants(VOTES):
        found[VOTES] = votes(passages, owners)
    return found


def _vector(text: str, encoder: Encoder | None) -> NDArray[np.float32] | None:
    return encoder.encode_queries([text])[0] if encoder else None


def _others(terms: Iterable[Term]) -> str:
    """The other words for all of these."""
    return " ".join(other for term in terms for other in term.others)


def _told_shortly(terms: Iterable[Term]) -> list[Term]:
    """The terms with the first of their other words: the rest say the same less well."""
    return [replace(term, others=term.others[:_MOST_OTHERS]) for term in terms]


class HybridSearcher:
    """A :class:`~index.hits.Searcher` over one snapshot. Safe to share between threads: it only reads.

    ``notices``: codes of what people should know of this snapshot, such as that its model is missing.
    """

    def __init__(
        self,
        columns: Columns,
        retriever: Retriever,
        encoder: Encoder | None,
        recipe: Recipe,
        ties: Ties | None = None,
        fusion: Fusion = Fusion.WEIGHTED,
        notices: tuple[str, ...] = (),
        lexicon: Lexicon | None = None,
    ) -> None:
        self._columns = columns
        self._retriever = retriever
        self._encoder = encoder
        self._recipe = recipe
        self._ties = ties
        self._fusion = fusion
        self._lexicon = lexicon
        self.notices = notices

    def with_recipe(self, recipe: Recipe, fusion: Fusion = Fusion.WEIGHTED) -> "HybridSearcher":
        """The same snapshot ranked another way, for comparison."""
        return self._with(recipe=recipe, fusion=fusion)

    def with_lexicon(self, lexicon: Lexicon) -> "HybridSearcher":
        """The same snapshot, searched for words of the same meaning too."""
        return self._with(lexicon=lexicon)

    def _with(self, **changed: Any) -> "HybridSearcher":
        return type(self)(**{**self.parts(), **changed})

    def parts(self) -> dict[str, Any]:
        """What this searcher was made of, by the names of its parameters."""
        return {
            "columns": self._columns,
            "retriever": self._retriever,
            "encoder": self._encoder,
            "recipe": self._recipe,
            "ties": self._ties,
            "fusion": self._fusion,
            "notices": self.notices,
            "lexicon": self._lexicon,
        }

    @property
    def recipe(self) -> Recipe:
        """How this searcher ranks."""
        return self._recipe

    def organisation(self, id: str) -> Found | None:
        """The organisation with this id, if the snapshot has it."""
        row = self._columns.row(id)
        return None if row is None else self._columns.found(row)

    def ties(self, id: str) -> Mapping[str, Tie]:
        """Who took part in the same undertakings as this organisation, by id."""
        row = self._columns.row(id)
        if self._ties is None or row is None:
            return NO_TIES
        return {self._columns.id(other): tie for other, tie in self._ties.of(row).items()}

    def open_among(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the organisations that it holds with their names and all they say."""
        rows = {id: self._columns.row(id) for id in ids}
        masked = self._columns.masked
        return frozenset(id for id, row in rows.items() if row is not None and not masked[row])

    def is_shared(self, token: str) -> bool:
        """Whether so many open organisations use a word that it is nobody's own."""
        holders = self._retriever.profile.words.holders(token)
        return int((~self._columns.masked[holders]).sum()) >= SHARED_BY

    def search(
        self,
        query: str,
        *,
        filters: Filters = NO_FILTERS,
        ties: Mapping[str, Tie] = NO_TIES,
        limit: int = 10,
    ) -> list[Hit]:
        """The best ``limit`` organisations, by (-score, id), none with a score of zero."""
        recipe, read, runs = self._find(query, filters)
        bonuses = self._bonuses(ties, recipe)
        found, fused_scores = lifted(self._fuse(runs.organisations, recipe), bonuses).ranked(limit)
        lexical = self._fuse(
            {part: runs.organisations.get(part, EMPTY) for part in (PASSAGES, PROFILE)}, recipe
        )
        rows = found.tolist()
        calibrated = {part: calibrate(run) for part, run in runs.organisations.items()}
        scores = {part: run.scores_of(rows) for part, run in calibrated.items()}
        if bonuses:
            scores[TIES] = [bonuses.get(row, 0.0) / recipe.tie_weight for row in rows]
        lexical_ranks = lexical.ranks_of(rows)
        dense_ranks = calibrated.get(DENSE, EMPTY).ranks_of(rows)
        evidence = self._evidence(rows, runs, read, recipe)
        answers = self._answers(rows, read)
        return [
            Hit(
                organisation=self._columns.found(row),
                score=score,
                rank=place + 1,
                lexical_rank=lexical_ranks[place],
                dense_rank=dense_ranks[place],
                scores={part: of_part[place] for part, of_part in scores.items()},
                evidence=evidence[place],
                probability=answers[place][0],
                missing=answers[place][1],
                weights=recipe.weights,
            )
            for place, (row, score) in enumerate(zip(rows, fused_scores.tolist(), strict=True))
        ]

    def rank(
        self,
        query: str,
        *,
        filters: Filters = NO_FILTERS,
        ties: Mapping[str, Tie] = NO_TIES,
        limit: int = 10,
    ) -> list[str]:
        """The ids of what :meth:`search` finds, without the trouble of telling why."""
        recipe, _, runs = self._find(query, filters)
        rows, _ = lifted(self._fuse(runs.organisations, recipe), self._bonuses(ties, recipe)).ranked(limit)
        return [self._columns.id(row) for row in rows.tolist()]

    def _find(self, query: str, filters: Filters) -> tuple[Recipe, Query, Runs]:
        recipe = self._recipe.fit_for(query)
        said, aside = self._ties.apart(query) if self._ties else (query, "")
        read = Query.read(said, self._encoder, self._lexicon).beside(aside, self._encoder)
        runs = self._runs(read, recipe, filters)
        return recipe.trusting(runs.trust), read, runs

    def _runs(self, query: Query, recipe: Recipe, filters: Filters) -> Runs:
        return self._retriever.runs(query, recipe, self._columns.allowed(filters))

    def _bonuses(self, ties: Mapping[str, Tie], recipe: Recipe) -> dict[int, float]:
        """What each tie adds, by row."""
        rows = ((self._columns.row(id), tie) for id, tie in ties.items() if recipe.tie_weight > 0)
        return {row: recipe.tie_weight * tie.strength for row, tie in rows if row is not None}

    def _fuse(self, runs: Mapping[str, Run], recipe: Recipe) -> Run:
        fuse = weighted if self._fusion is Fusion.WEIGHTED else reciprocal_rank
        return fuse(runs, recipe.weights)

    def _evidence(self, rows: Sequence[int], runs: Runs, query: Query, recipe: Recipe) -> list[Evidence]:
        """Each organisation's passage that words and meaning together speak for most; ties by row."""
        best = runs.lexical_scores.max(initial=0.0) or 1.0
        lexical_share = recipe.weights.get(PASSAGES, 0.0) / best
        meaning = recipe.weights.get(DENSE, 0.0) + recipe.weights.get(VOTES, 0.0)
        calibrated = calibrate(runs.dense_passages)
        dense = Run(calibrated.rows, calibrated.scores * meaning)
        passages = self._speaking(rows, runs.lexical_scores, lexical_share, dense)
        asked = [token for tokens, _ in query.weighed_words for token in tokens]
        own = frozenset((*query.words, *query.aside_words))
        matched = self._retriever.passages.words.matched(asked, passages)
        evidence = []
        for row, tokens in zip(passages, matched, strict=True):
            synonyms = _synonyms(query.terms, tokens)
            # Of what was not said itself only whole terms: a part of one tells nothing.
            told = own.union(*(_words_in(other) for other, _ in synonyms))
            evidence.append(self._columns.evidence(row, tuple(filter(told.__contains__, tokens)), synonyms))
        return evidence

    def _answers(self, rows: Sequence[int], query: Query) -> list[tuple[float | None, tuple[str, ...]]]:
        """That each organisation has to do with the need (unknown where a model from outside finds whom no
        words tell of), and which of the telling words of the need its profile has not."""
        is_told = self._encoder is None or self._encoder.is_of_corpus
        known = self._retriever.profile.words
        meanings = query.meanings or [[[word]] for word in dict.fromkeys(query.words)]
        related = frozenset(() if query.meanings else query.related)
        weights = known.weights({word for ways in meanings for way in ways for word in way} | related)
        wanted, sayings = Wanted.of(meanings, related, weights), _sayings(query, weights)
        return [
            (probability(wanted.reach(tokens)) if is_told else None, _missing(sayings, frozenset(tokens)))
            for tokens in known.matched([*weights], rows)
        ]

    def _speaking(
        self, organisations: Sequence[int], lexical: NDArray[np.floating], lexical_share: float, dense: Run
    ) -> list[int]:
        """Of each organisation the passage with the highest score, the first of those that tie."""
        bounds = self._columns.starts[np.add.outer(np.asarray(organisations, np.int64), (0, 1))]
        near = np.searchsorted(dense.rows, bounds)
        speaking = []
        for (start, end), (first, last) in zip(bounds.tolist(), near.tolist(), strict=True):
            scores = lexical[start:end] * lexical_share if len(lexical) else np.zeros(end - start)
            if first < last:
                scores[dense.rows[first:last] - start] += dense.scores[first:last]
            speaking.append(start + int(scores.argmax()))
        return speaking


Saying = tuple[Sequence[str], Sequence[AbstractSet[str]]]
"""Words of a need, and every way in which a profile may say them."""


def _sayings(query: Query, weights: Mapping[str, float]) -> list[Saying]:
    """What a need says, but for the words that all have in common."""
    if query.meanings:
        sayings: list[Saying] = [(ways[-1], list(map(frozenset, ways))) for ways in query.meanings]
    else:
        others = [
            (_words_in(term.said), [frozenset(_words_in(other)) for other in term.others])
            for term in query.terms
        ]
        sayings = [
            ([word], [{word}, *(way for said, ways in others if word in said for way in ways)])
            for word in dict.fromkeys(query.words)
        ]
    return [(said, ways) for said, ways in sayings if max(weights.get(word, 0.0) for word in said) > COMMON]


@lru_cache(maxsize=1 << 13)
def _words_in(term: str) -> tuple[str, ...]:
    """The words of a term. Kept: those of a lexicon come again with each search."""
    return tuple(words(term))


def _missing(sayings: Iterable[Saying], tokens: AbstractSet[str]) -> tuple[str, ...]:
    """The words of what a profile with these tokens says in no way."""
    unsaid = (said for said, ways in sayings if not any(way <= tokens for way in ways))
    return tuple(dict.fromkeys(word for said in unsaid for word in said))


def _synonyms(terms: Iterable[Term], matched: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Which other words stand in a passage for which terms of the query; none that is read as the term itself
    (research as リサーチ): then the passage has what was said."""
    found = frozenset(matched)
    pairs = ((other, term.said) for term in terms for other in term.others)
    return tuple(
        dict.fromkeys(
            (other, said)
            for other, said in pairs
            if found.issuperset(_words_in(other)) and not set(_words_in(said)).issuperset(_words_in(other))
        )
    )
