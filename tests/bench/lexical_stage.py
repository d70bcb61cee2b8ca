"""The lexical stage alone against tantivy and bm25s, over the same tokens."""

from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import bm25s  # type: ignore[import-untyped]
import numpy as np
import tantivy
from figures import Check, Figure, Result, at_least, plain
from networks import network
from queries import queries
from timing import alternating
from tokens import tokens_of

from index.build import open_retriever
from index.columns import Columns
from index.hybrid import Query
from index.lexical import Bm25, Parameters, TermCounter
from index.runs import Rows, Scores, top
from index.snapshot import SnapshotStore

N_QUERIES = 300
DEPTHS = (1000, 100)

_LUCENE = Parameters(k1=1.2, b=0.75)
"""What tantivy has built in."""
_MIN_SHARED = 0.8
_BACKENDS = ("numpy", "numba") if find_spec("numba") else ("numpy",)
"""Of bm25s: as it is installed, and with what makes it quickest."""

Bag = Sequence[str]


def measure(workdir: Path, scale: float) -> Result:
    """Times of the three over words, and over words and bigrams; and whether they find the same."""
    made = network(workdir, scale)
    manifest = SnapshotStore(made.snapshots).verify()
    folder = made.snapshots / manifest.name
    retriever = open_retriever(folder, Columns(folder), with_dense=False)
    recipe = manifest.tuning.recipe
    tokens = tokens_of(made.home)
    asked = [Query.read(text, None) for text in queries(N_QUERIES)]

    words = [_spaceless(bag) for bag in tokens.words]
    both = [bag + _marked(pairs) for bag, pairs in zip(words, tokens.bigrams, strict=True)]
    figures: list[Figure] = []
    checks: list[Check] = []

    def ours_by_words(query: Query, depth: int) -> tuple[Rows, Scores]:
        return top(retriever.passages.words.scores(query.words), depth).ranked()

    def ours_by_both(query: Query, depth: int) -> tuple[Rows, Scores]:
        return top(retriever.passages.scores(query, recipe.bigram_share), depth).ranked()

    for name, bags, ours, bag_of in (
        ("words", words, ours_by_words, _words_of),
        ("words and bigrams", both, ours_by_both, _both_of),
    ):
        by_tantivy = _Tantivy(bags)
        by_bm25s = {f"bm25s ({name})": _Bm25s(bags, recipe.lexical, name) for name in _BACKENDS}
        peers: dict[str, _Tantivy | _Bm25s] = {"tantivy": by_tantivy, **by_bm25s}
        if bags is words:
            quickest = [*by_bm25s.values()][-1]
            checks += _checks(asked, retriever.passages.words, words, by_tantivy, quickest)
        bags_asked = {id(query): bag_of(query) for query in asked}
        for depth in DEPTHS:
            calls: dict[str, Any] = {"ours": lambda query, ours=ours, depth=depth: ours(query, depth)}
            for peer_name, peer in peers.items():
                calls[peer_name] = lambda query, peer=peer, depth=depth, asked=bags_asked: peer.search(
                    asked[id(query)], depth
                )
            measured = alternating(calls, asked)
            what = f"{name}, best {depth}"
            figures.append(plain(f"{what}: ours, p50", measured["ours"].p50, "ms"))
            for peer_name in peers:
                figures.append(plain(f"{what}: {peer_name}, p50", measured[peer_name].p50, "ms"))
                ratio = measured[peer_name].p50 / measured["ours"].p50
                figures.append(at_least(f"{what}: {peer_name}'s median / ours", ratio, 1, "×"))
    return Result(
        figures,
        checks,
        notes=[
            f"{manifest.n_passages:,} passages; {len(asked)} queries, tokenised beforehand, three rounds in "
            "turns; one thread each, one query at a time, from tokens to rows and scores in order.",
            "tantivy: one segment, whitespace tokeniser over the joined tokens, no positions, hits not "
            "counted, so that it may skip what cannot reach the best. It stores lengths in a byte and has "
            "k1 1.2, b .75 built in.",
            f"bm25s: method robertson with our k1 and b, backends {', '.join(_BACKENDS)}; its scores are "
            "compared for queries without a term of half the passages, whose idf it makes 0 and rank_bm25 "
            "does not.",
            "Words and bigrams: two indexes and a weighted sum here, one bag with both in the peers.",
            "The snapshot: " + made.note(),
        ],
    )


class _Tantivy:
    """tantivy over bags of tokens; rows come back as document numbers of its only segment."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(heap_size=2_000_000_000, num_threads=1)
        for bag in bags:
            writer.add_document(tantivy.Document(text=" ".join(bag)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        if self._searcher.num_segments != 1:
            raise RuntimeError("the comparison needs tantivy to keep one segment")

    def search(self, bag: Bag, depth: int) -> Any:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", token, "freq"))
            for token in bag
        ]
        return self._searcher.search(tantivy.Query.boolean_query(terms), depth, count=False)

    def rows(self, bag: Bag, depth: int) -> list[int]:
        return [address.doc for _, address in self.search(bag, depth).hits]


class _Bm25s:
    """bm25s over bags of tokens."""

    def __init__(self, bags: Sequence[Bag], parameters: Parameters, backend: str) -> None:
        self._scale = parameters.k1 + 1  # a factor that the method leaves out
        self._depth = len(bags)
        self._index = bm25s.BM25(k1=parameters.k1, b=parameters.b, method="robertson", backend=backend)
        self._index.index([list(bag) for bag in bags], show_progress=False)

    def search(self, bag: Bag, depth: int) -> Any:
        return self._index.retrieve([list(bag)], k=min(depth, self._depth), show_progress=False)

    def best_scores(self, bag: Bag, depth: int) -> Any:
        return self.search(bag, depth).scores[0] * self._scale


def _checks(
    asked: Sequence[Query],
    ours: Bm25,
    bags: Sequence[Bag],
    their_tantivy: _Tantivy,
    their_bm25s: _Bm25s,
) -> list[Check]:
    """The best ten: bm25s has our formula, so its scores are ours where no term stands in half of the
    passages (there rank_bm25, and so we, raise the idf; bm25s makes it 0); tantivy's is close to ours."""
    counter = TermCounter()
    for bag in bags:
        counter.add(bag)
    counts = counter.counts()
    as_lucene = Bm25.fit(counts, _LUCENE)
    common = _in_half(bags)
    apart, shared = [], []
    for query in asked:
        bag = _words_of(query)
        if common.isdisjoint(bag):
            wanted, found = top(ours.scores(query.words), 10).ranked()[1], their_bm25s.best_scores(bag, 10)
            n = min(len(wanted), len(found))
            apart.append(float(np.abs(wanted[:n] - found[:n]).max(initial=0) / wanted.max(initial=1)))
        rows = top(as_lucene.scores(bag), 10).rows.tolist()
        shared.append(len(set(rows) & set(their_tantivy.rows(bag, 10))) / max(len(rows), 1))
    worst, mean = max(apart), float(np.mean(shared))
    return [
        Check(
            f"bm25s: largest relative difference of the ten best scores ({len(apart)} queries)",
            f"{worst:.1e}",
            worst < 1e-3,
        ),
        Check(
            "tantivy: share of the ten best in common, with its k1 and b", f"{mean:.2f}", mean >= _MIN_SHARED
        ),
    ]


def _in_half(bags: Sequence[Bag]) -> set[str]:
    """The tokens that stand in half of the bags or more."""
    frequencies = Counter(token for bag in bags for token in set(bag))
    return {token for token, n in frequencies.items() if 2 * n >= len(bags)}


def _words_of(query: Query) -> list[str]:
    return _spaceless(query.words)


def _both_of(query: Query) -> list[str]:
    return _words_of(query) + _marked(query.bigrams)


def _spaceless(bag: Bag) -> list[str]:
    """A few normalised forms hold a space, which the peers would split at."""
    return ["_".join(token.split()) for token in bag]


def _marked(pairs: Bag) -> list[str]:
    """Bigrams told apart from words of two characters."""
    return [f"{pair}·" for pair in pairs]
