"""The hybrid query in process at 70,000 passages, against rank_bm25 over the same tokens."""

from pathlib import Path

import numpy as np
from figures import Check, Result, at_least, at_most, plain
from networks import network
from numpy.typing import NDArray
from queries import queries
from rank_bm25 import BM25Okapi
from timing import times
from tokens import Tokens, tokens_of

from index.build import open_retriever
from index.columns import Columns
from index.hybrid import Query, Recipe, Retriever
from index.snapshot import SnapshotStore
from matchbot.matchmaking import CARDS, Matchmaker
from matchbot.synonyms import Synonyms
from matchbot.understanding import understand

N_QUERIES = 450
N_PEER_QUERIES = 20


def measure(workdir: Path, scale: float) -> Result:
    """Times of both in one process, and whether they agree on the lexical scores."""
    made = network(workdir, scale)
    store = SnapshotStore(made.snapshots)
    manifest, searcher = store.verify(), store.open()
    asked = queries(N_QUERIES)

    hybrid = times(searcher.search, asked)
    as_packaged = searcher.with_lexicon(Synonyms(workdir / "none.txt").lexicon())
    with_terms = times(as_packaged.search, asked)
    matchmaker = Matchmaker(as_packaged)
    cards = times(lambda text: matchmaker.matches(understand(text), asker=None, limit=CARDS), asked)

    recipe = manifest.tuning.recipe
    peer = _RankBm25(tokens_of(made.home), recipe)
    # Every kind of query is asked: titles, sentences and chatty needs come in turns.
    few = [Query.read(text, None) for text in asked[:: len(asked) // N_PEER_QUERIES][:N_PEER_QUERIES]]
    rank_bm25 = times(peer.scores, few, warm_up=1)
    folder = made.snapshots / manifest.name
    retriever = open_retriever(folder, Columns(folder), with_dense=False)
    apart = max(_apart(retriever, peer, query, recipe) for query in few)

    return Result(
        figures=[
            at_most("hybrid query, p50", hybrid.p50, 6, "ms"),
            at_most("hybrid query, p99", hybrid.p99, 25, "ms"),
            at_most("the same with field terms, p50", with_terms.p50, 10, "ms"),
            plain("rank_bm25 `get_scores`, p50", rank_bm25.p50, "ms"),
            at_least("rank_bm25's median / ours", rank_bm25.p50 / hybrid.p50, 100, "×"),
            plain("message to three cards (understanding and matchmaking too), p50", cards.p50, "ms"),
            plain("message to three cards, p99", cards.p99, "ms"),
        ],
        checks=[Check("largest relative difference from rank_bm25's scores", f"{apart:.1e}", apart < 1e-5)],
        notes=[
            f"{manifest.n_organisations:,} organisations, {manifest.n_passages:,} passages; {len(asked)} "
            f"queries, each once, from text to ten rolled-up hits with evidence; encoder {manifest.encoder}, "
            f"weights {_told(recipe)}. The words of the query alone, which are what rank_bm25 gets; then "
            "with the packaged field terms, too, as people search, which is also what leads to three cards.",
            f"rank_bm25: {len(few)} of the queries, tokenised beforehand, over words and over bigrams of the "
            "same passages; scores only, nothing sorted or rolled up.",
            made.note(),
        ],
    )


class _RankBm25:
    """The snapshot's passage scores as rank_bm25 computes them."""

    def __init__(self, tokens: Tokens, recipe: Recipe) -> None:
        k1, b, epsilon = recipe.lexical.k1, recipe.lexical.b, recipe.lexical.epsilon
        self._words = BM25Okapi(tokens.words, k1=k1, b=b, epsilon=epsilon)
        self._bigrams = BM25Okapi(tokens.bigrams, k1=k1, b=b, epsilon=epsilon)
        self._share = recipe.bigram_share

    def scores(self, query: Query) -> NDArray[np.float64]:
        words, bigrams = self._words.get_scores(query.words), self._bigrams.get_scores(query.bigrams)
        return np.asarray((1 - self._share) * words + self._share * bigrams)


def _apart(retriever: Retriever, peer: _RankBm25, query: Query, recipe: Recipe) -> float:
    """The largest difference of a score, as a share of the best score."""
    ours, theirs = retriever.passages.scores(query, recipe.bigram_share), peer.scores(query)
    return float(np.abs(ours - theirs).max() / (theirs.max() or 1.0))


def _told(recipe: Recipe) -> str:
    return ", ".join(f"{part} {weight:g}" for part, weight in recipe.weights.items())
