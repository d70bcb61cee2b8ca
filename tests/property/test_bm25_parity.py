"""rank_bm25 defines the scores; the columns must not be told apart from it."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.lexical import Bm25, Parameters, TermCounter, TermCounts
from index.runs import top

# A skewed alphabet: some tokens stand in nearly every document, others in one.
TOKENS = st.sampled_from([*"aaaaaabbbbccd", *"efghijklmnop", "検査", "ガラス", "ab1234"])
CORPORA = st.lists(st.lists(TOKENS, max_size=12), min_size=1, max_size=40)
QUERIES = st.lists(TOKENS | st.just("unknown"), max_size=8)
# With b = 1 an empty document is 0 / 0 to rank_bm25 (tests/unit/index/test_lexical.py).
PARAMETERS = st.builds(
    Parameters, k1=st.floats(0.1, 3), b=st.floats(0, 0.99), epsilon=st.sampled_from([0.1, 0.25, 0.5])
)


def counted(corpus: list[list[str]]) -> TermCounts:
    counter = TermCounter()
    for document in corpus:
        counter.add(document)
    return counter.counts()


def oracle_of(corpus: list[list[str]], parameters: Parameters) -> BM25Okapi:
    return BM25Okapi(corpus, k1=parameters.k1, b=parameters.b, epsilon=parameters.epsilon)


@given(CORPORA, QUERIES, PARAMETERS)
def test_scores_are_those_of_rank_bm25(
    corpus: list[list[str]], query: list[str], parameters: Parameters
) -> None:
    assume(any(corpus))
    oracle = oracle_of(corpus, parameters)
    # Where rank_bm25's idf is not positive the columns differ, and only there (index/lexical.py).
    asked = [token for token in query if oracle.idf.get(token, 1) > 0]
    scores = Bm25.fit(counted(corpus), parameters, np.float64).scores(asked)
    np.testing.assert_allclose(scores, oracle.get_scores(asked), rtol=0, atol=1e-9)


@given(CORPORA, QUERIES, PARAMETERS)
def test_every_document_that_holds_a_term_of_the_query_is_found_and_no_other(
    corpus: list[list[str]], query: list[str], parameters: Parameters
) -> None:
    scores = Bm25.fit(counted(corpus), parameters).scores(query)
    assert [score > 0 for score in scores] == [bool(set(query) & set(document)) for document in corpus]


@given(st.integers(0, 2**32 - 1), PARAMETERS)
def test_half_the_memory_keeps_the_order_of_the_first_hundred(seed: int, parameters: Parameters) -> None:
    random = np.random.default_rng(seed)
    vocabulary = np.array([f"t{number}" for number in range(60)])
    corpus = [
        vocabulary[np.minimum(random.zipf(1.3, random.integers(1, 40)), 60) - 1].tolist() for _ in range(300)
    ]
    query = vocabulary[random.integers(0, 60, 6)].tolist()
    counts = counted(corpus)
    exact = Bm25.fit(counts, parameters, np.float64).scores(query)
    stored, _ = top(Bm25.fit(counts, parameters, np.float32).scores(query), 100).ranked()
    # In the order that float32 gives, the exact scores never rise by more than a tie's width …
    assert (np.diff(exact[stored]) <= 1e-5).all()
    # … and nothing outside is better than what is inside, but for ties.
    outside = np.delete(exact, stored)
    if len(stored) == 100:
        assert outside.max() <= exact[stored].min() + 1e-5


@given(CORPORA, st.data())
def test_hidden_documents_are_as_if_they_had_been_empty(corpus: list[list[str]], data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.integers(0, len(corpus) - 1), unique=True))
    emptied = [[] if place in hidden else document for place, document in enumerate(corpus)]
    counts, same = counted(corpus).without(np.array(hidden, np.int64)), counted(emptied)
    kept = counts.document_frequencies() > 0
    assert counts.hashes[kept].tolist() == same.hashes.tolist()
    assert counts.documents.tolist() == same.documents.tolist()
    assert counts.counts.tolist() == same.counts.tolist()
    assert counts.lengths.tolist() == same.lengths.tolist()


@given(st.lists(st.lists(st.lists(TOKENS, max_size=6), min_size=1, max_size=4), max_size=10))
def test_whole_profiles_count_as_their_passages_put_together(profiles: list[list[list[str]]]) -> None:
    owners = np.repeat(np.arange(len(profiles)), [len(passages) for passages in profiles]).astype(np.int32)
    grouped = counted([passage for passages in profiles for passage in passages]).grouped(
        owners, len(profiles)
    )
    together = counted([[token for passage in passages for token in passage] for passages in profiles])
    for name in ("hashes", "offsets", "documents", "counts", "lengths"):
        assert getattr(grouped, name).tolist() == getattr(together, name).tolist(), name
