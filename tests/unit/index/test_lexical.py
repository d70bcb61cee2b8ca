"""BM25 in sparse columns: where it is rank_bm25, and where it must not be."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from index.errors import SnapshotError
from index.lexical import Bm25, Parameters, TermCounter, TermCounts

K1, B = 1.2, 0.75


def counted(documents: Sequence[Sequence[str]]) -> TermCounts:
    counter = TermCounter()
    for document in documents:
        counter.add(document)
    return counter.counts()


def fitted(documents: Sequence[Sequence[str]]) -> Bm25:
    return Bm25.fit(counted(documents), Parameters(K1, B), np.float64)


CORPUS = [["a", "b", "b"], ["a", "c"], ["d"], ["e", "e"], ["f"]]


def test_a_score_is_the_formula() -> None:
    n, holding, mean_length = 5, 1, 9 / 5
    idf = math.log(n - holding + 0.5) - math.log(holding + 0.5)
    tf = 2 * (K1 + 1) / (2 + K1 * (1 - B + B * 3 / mean_length))
    assert fitted(CORPUS).scores(["b"]).tolist() == pytest.approx([idf * tf, 0, 0, 0, 0])


def test_a_token_asked_for_twice_counts_twice() -> None:
    bm25 = fitted(CORPUS)
    assert bm25.scores(["b", "b"]).tolist() == pytest.approx((2 * bm25.scores(["b"])).tolist())


def test_the_scores_of_several_terms_add_up() -> None:
    bm25 = fitted(CORPUS)
    both = bm25.scores(["a"]) + bm25.scores(["c"])
    assert bm25.scores(["c", "a"]).tolist() == pytest.approx(both.tolist())


@pytest.mark.parametrize("query", [[], ["unknown"], ["zzz", "yyy"]])
def test_a_query_of_unknown_terms_scores_nothing(query: list[str]) -> None:
    assert fitted(CORPUS).scores(query).tolist() == [0.0] * 5


@pytest.mark.parametrize("tokens", ["abc", ""])
def test_a_string_is_refused_instead_of_being_read_by_characters(tokens: str) -> None:
    with pytest.raises(TypeError, match="one string"):
        fitted(CORPUS).scores(tokens)
    with pytest.raises(TypeError, match="one string"):
        TermCounter().add(tokens)


def test_an_empty_corpus_has_no_scores_where_rank_bm25_divides_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        BM25Okapi([])
    assert fitted([]).scores(["a"]).tolist() == []


def test_documents_without_tokens_score_nothing() -> None:
    assert fitted([[], []]).scores(["a"]).tolist() == [0.0, 0.0]
    assert fitted([["a"], [], []]).scores(["a"])[1:].tolist() == [0.0, 0.0]


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_an_empty_document_scores_zero_where_length_is_all_and_rank_bm25_divides_by_zero() -> None:
    corpus = [[], ["a"], ["b"], ["c"]]
    assert math.isnan(BM25Okapi(corpus, k1=K1, b=1).get_scores(["a"])[0])
    scores = Bm25.fit(counted(corpus), Parameters(K1, b=1)).scores(["a"])
    assert [score > 0 for score in scores] == [False, True, False, False]


def test_one_document_is_found_by_its_words_where_rank_bm25_scores_below_zero() -> None:
    corpus = [["国際", "標準", "化"]]
    assert BM25Okapi(corpus).get_scores(["標準"])[0] < 0
    assert fitted(corpus).scores(["標準"])[0] > 0


def test_a_term_in_half_the_documents_is_found_where_rank_bm25_scores_zero() -> None:
    corpus = [["国際", "標準"], ["検査", "装置"]]
    assert BM25Okapi(corpus).get_scores(["標準"]).tolist() == [0.0, 0.0]
    scores = fitted(corpus).scores(["標準"])
    assert scores[0] > 0
    assert scores[1] == 0


def test_a_term_in_every_document_counts_less_than_one_in_half_of_them() -> None:
    corpus = [["all", "half"], ["all", "half"], ["all"], ["all"]]
    bm25 = fitted(corpus)
    assert 0 < bm25.scores(["all"])[0] < bm25.scores(["half"])[0]


def test_a_common_term_gets_rank_bm25s_floor_where_that_is_positive() -> None:
    corpus = [["all", f"own{n}"] for n in range(9)]
    oracle = BM25Okapi(corpus, k1=K1, b=B)
    assert oracle.idf["all"] > 0
    assert fitted(corpus).scores(["all"]).tolist() == pytest.approx(oracle.get_scores(["all"]).tolist())


def test_counts_are_one_entry_for_each_term_and_document() -> None:
    counts = counted(CORPUS)
    assert counts.lengths.tolist() == [3, 2, 1, 2, 1]
    assert sorted(counts.document_frequencies().tolist()) == [1, 1, 1, 1, 1, 2]
    assert counts.counts.sum() == 3 + 2 + 1 + 2 + 1
    assert (np.diff(counts.hashes.astype(object)) > 0).all()


def test_hidden_documents_leave_the_statistics_and_the_others_keep_their_numbers() -> None:
    hidden = counted(CORPUS).without(np.array([1, 3]))
    same = counted([["a", "b", "b"], [], ["d"], [], ["f"]])
    one, other = (Bm25.fit(counts, Parameters(K1, B), np.float64) for counts in (hidden, same))
    # Terms that nothing holds any more weigh on the mean idf alone, which is no matter here.
    for token in "abdf":
        assert one.scores([token]).tolist() == pytest.approx(other.scores([token]).tolist())
    assert one.scores(["c", "e"]).tolist() == [0.0] * 5


def test_grouped_counts_are_those_of_the_documents_put_together() -> None:
    owners = np.array([0, 0, 2, 2, 3], np.int32)
    grouped = counted(CORPUS).grouped(owners, 4)
    together = counted([["a", "b", "b", "a", "c"], [], ["d", "e", "e"], ["f"]])
    for name in ("hashes", "offsets", "documents", "counts", "lengths"):
        assert getattr(grouped, name).tolist() == getattr(together, name).tolist(), name


def same(these: TermCounts, those: TermCounts) -> bool:
    return all(
        getattr(these, name).tolist() == getattr(those, name).tolist()
        for name in ("hashes", "offsets", "documents", "counts", "lengths")
    )


def test_terms_told_by_numbers_that_others_use_too_are_counted_as_if_alone() -> None:
    ids = {"of another": 0, "b": 1}
    words, others = TermCounter(ids), TermCounter(ids)
    for document in CORPUS:
        others.add([f"{token}{token}" for token in document])
        numbers = [np.array([ids.setdefault(token, len(ids))], np.int32) for token in document]
        words.add_numbers(*numbers)
    assert same(words.counts(), counted(CORPUS))
    assert same(others.counts(), counted([[f"{token}{token}" for token in each] for each in CORPUS]))


def test_what_is_counted_later_of_a_document_is_counted_with_it() -> None:
    counter = TermCounter()
    for document in (["a"], [], ["b"], []):
        counter.add(document)
    counter.fill(3, ["b", "c", "b"])
    counter.fill(1, ["a"])
    assert same(counter.counts(), counted([["a"], ["a"], ["b"], ["b", "c", "b"]]))


def test_nothing_can_be_grouped() -> None:
    grouped = counted([]).grouped(np.zeros(0, np.int32), 0)
    assert Bm25.fit(grouped, Parameters()).scores(["a"]).tolist() == []


def test_a_term_repeated_beyond_what_is_stored_scores_as_if_saturated() -> None:
    scores = fitted([["a"] * 70_000, ["b"], ["c"]]).scores(["a"])
    mean_length = (70_000 + 2) / 3
    tf = 65_535 * (K1 + 1) / (65_535 + K1 * (1 - B + B * 70_000 / mean_length))
    assert scores[0] == pytest.approx((math.log(2.5) - math.log(1.5)) * tf)


def test_matched_tokens_are_those_in_the_document_each_once_in_the_querys_order() -> None:
    bm25 = fitted(CORPUS)
    asked = ["c", "b", "a", "b", "unknown"]
    assert bm25.matched(asked, [1, 0, 4]) == [("c", "a"), ("b", "a"), ()]
    assert bm25.matched([], [0]) == [()]
    assert bm25.matched(asked, []) == []
    assert fitted([]).matched(asked, []) == []


def test_frequencies_are_in_how_many_documents_each_token_stands() -> None:
    counter = TermCounter()
    for tokens in (["研磨", "研磨"], ["検査", "研磨"], []):
        counter.add(tokens)
    assert Bm25.fit(counter.counts(), Parameters()).frequencies(["検査", "量子", "研磨"]).tolist() == [
        1,
        0,
        2,
    ]


def test_what_was_saved_gives_the_same_scores(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot" / "lexical" / "words"
    folder.mkdir(parents=True)
    bm25 = fitted(CORPUS)
    bm25.save(folder)
    opened = Bm25.open(folder, 5)
    assert opened.scores(["a", "b"]).tolist() == bm25.scores(["a", "b"]).tolist()
    assert opened.matched(["a", "b"], [0]) == [("a", "b")]


@pytest.mark.parametrize("content", [None, b"", b"not an array at all"])
def test_a_column_file_that_is_no_array_is_told_by_name(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "snapshot" / "lexical" / "words"
    folder.mkdir(parents=True)
    fitted(CORPUS).save(folder)
    broken = folder / "impacts.npy"
    broken.unlink() if content is None else broken.write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        Bm25.open(folder, 5)
    assert caught.value.facts == {
        "snapshot": "snapshot",
        "file": "lexical/words/impacts.npy",
        "reason": "unreadable",
    }
