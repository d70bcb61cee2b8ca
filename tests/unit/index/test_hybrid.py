"""A query → organisations: parts, filters, evidence and order, over a handful of firms."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.records import Kind, Profile
from index.columns import Columns, ColumnWriter
from index.dense import DenseIndex
from index.encoder import StaticEncoder, Vectors, model_text, unit_rows
from index.hits import Filters, Hit
from index.hybrid import (
    DENSE,
    PASSAGES,
    PROFILE,
    VOTES,
    Fusion,
    HybridSearcher,
    LexicalPair,
    Recipe,
    Retriever,
)
from index.lexical import Bm25, Parameters, TermCounter
from index.lexicon import Lexicon
from index.relevance import ENOUGH, probability, weight
from index.ties import Ties
from index.tokeniser import bigrams, words

MEANINGS = ("検査", "研磨", "創薬", "鋳造")
"""What the encoder of these tests knows: one direction each; 見る is another word for 検査."""


class FakeEncoder:
    """One dimension for each meaning."""

    dimensions = len(MEANINGS)
    identity = "fake"
    is_of_corpus = False

    def encode_queries(self, texts: list[str]) -> Vectors:
        known = [[text.replace("見る", "検査").count(meaning) for meaning in MEANINGS] for text in texts]
        return unit_rows(np.array(known, np.float32).reshape(len(texts), -1))

    encode_documents = encode_queries


RECIPE = Recipe(weights={PASSAGES: 0.5, PROFILE: 0.2, DENSE: 0.2, VOTES: 0.1})


@pytest.fixture
def searcher(tmp_path: Path, make_profile) -> HybridSearcher:
    return searcher_of(
        tmp_path,
        make_profile("a", "ガラス基板の検査装置", "金型の研磨", clusters=["tokai-mono"], prefecture="愛知県"),
        make_profile("b", "ガラスの検査", kind=Kind.UNIVERSITY, prefecture="大阪府"),
        make_profile("c", "創薬の研究とリサーチ", kind=Kind.UNIVERSITY, clusters=["kansai-bio"]),
        make_profile("d", "鋳造と研磨", "アルミの鋳造"),
        make_profile("e", name="星影工房"),
    )


def searcher_of(folder: Path, *profiles: Profile) -> HybridSearcher:
    """These organisations, searched in memory."""
    writer = ColumnWriter(folder)
    for profile in profiles:
        writer.add(profile)
    writer.close()
    columns = Columns(folder)
    names = columns.names()
    texts = [f"{title} {text}" for _, title, text in columns.texts()]
    pairs = []
    for of_profile in (False, True):
        fitted = []
        for read in (words, bigrams):
            counter = TermCounter()
            for owner, text in zip(columns.owners.tolist(), texts, strict=True):
                counter.add(read(names[owner]) + read(text))
            counts = counter.counts()
            if of_profile:
                counts = counts.grouped(columns.owners, columns.n_organisations)
            fitted.append(Bm25.fit(counts, Parameters()))
        pairs.append(LexicalPair(*fitted))
    encoder = FakeEncoder()
    dense = DenseIndex.empty(encoder.dimensions)
    dense.add(encoder.encode_documents(texts))
    return HybridSearcher(columns, Retriever(columns.owners, *pairs, dense), encoder, RECIPE)


def ids(searcher: HybridSearcher, query: str, **filters: set[str]) -> list[str]:
    wanted = Filters(**{name: frozenset(values) for name, values in filters.items()})
    return [hit.organisation.id for hit in searcher.search(query, filters=wanted)]


def test_words_and_meaning_find_together(searcher: HybridSearcher) -> None:
    first = searcher.search("ガラス基板の検査")[0]
    assert (first.organisation.id, first.rank, first.lexical_rank) == ("a", 1, 1)
    assert set(first.scores) == {PASSAGES, PROFILE, DENSE, VOTES}
    assert first.scores[PASSAGES] == 1


def test_a_score_is_the_weighted_sum_of_the_calibrated_parts(searcher: HybridSearcher) -> None:
    hits = searcher.search("ガラスの検査と研磨")
    assert len(hits) == 3
    for hit in hits:
        assert hit.score == pytest.approx(sum(RECIPE.weights[part] * hit.scores[part] for part in hit.scores))
        assert all(0 <= score <= 1 for score in hit.scores.values())


def test_ranks_count_from_one_in_the_order_of_scores(searcher: HybridSearcher) -> None:
    hits = searcher.search("ガラスの検査と研磨")
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_what_only_meaning_finds_has_no_lexical_rank(searcher: HybridSearcher) -> None:
    hits = searcher.search("見る")
    assert {hit.organisation.id for hit in hits} == {"a", "b"}
    for hit in hits:
        assert hit.lexical_rank is None
        assert hit.dense_rank is not None
        assert hit.score == pytest.approx(
            RECIPE.weights[DENSE] * hit.scores[DENSE] + RECIPE.weights[VOTES] * hit.scores[VOTES]
        )
        assert hit.evidence is not None
        assert "検査" in hit.evidence.text
        assert hit.evidence.matched == ()


def test_what_nothing_finds_is_not_shown(searcher: HybridSearcher) -> None:
    assert ids(searcher, "ζψω☃") == ids(searcher, "") == ids(searcher, "、。") == []


def test_an_organisation_without_passages_is_found_by_its_name(searcher: HybridSearcher) -> None:
    (hit,) = searcher.search("星影工房")
    assert hit.organisation.id == "e"
    assert hit.evidence is not None
    assert (hit.evidence.type, hit.evidence.text) == ("name", "")
    assert set(hit.evidence.matched) == set(words("星影工房"))


def test_the_evidence_is_the_passage_that_fits_and_what_of_the_query_stands_in_it(
    searcher: HybridSearcher,
) -> None:
    hit = next(hit for hit in searcher.search("金型を研磨したい") if hit.organisation.id == "a")
    assert hit.evidence is not None
    assert hit.evidence.passage_id == "a:1"
    assert hit.evidence.matched == ("金型", "研磨")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"a", "b", "d"}),
        ({"kinds": {"university"}}, {"b"}),
        ({"not_kinds": {"university"}}, {"a", "d"}),
        ({"prefectures": {"大阪府"}}, {"b"}),
        ({"clusters": {"tokai-mono"}}, {"a"}),
        ({"not_clusters": {"tokai-mono"}}, {"b", "d"}),
        ({"excluded_ids": {"a", "b"}}, {"d"}),
        ({"kinds": {"financier"}}, set()),
    ],
)
def test_filters_act_on_every_part(
    searcher: HybridSearcher, filters: dict[str, set[str]], expected: set[str]
) -> None:
    for part in (None, PASSAGES, PROFILE, DENSE):
        one = searcher if part is None else searcher.with_recipe(RECIPE.only(part))
        assert set(ids(one, "ガラスの検査と研磨", **filters)) == expected


def test_the_limit_cuts_the_list_and_nothing_else(searcher: HybridSearcher) -> None:
    every = searcher.search("ガラスの検査と研磨")
    assert searcher.search("ガラスの検査と研磨", limit=2) == every[:2]
    assert searcher.search("ガラスの検査と研磨", limit=0) == []


def test_ranking_alone_gives_the_same_ids(searcher: HybridSearcher) -> None:
    for query in ("ガラスの検査と研磨", "見る", "星影", "ζψω"):
        assert searcher.rank(query) == ids(searcher, query)


def test_reciprocal_ranks_are_available_for_comparison(searcher: HybridSearcher) -> None:
    rrf = searcher.with_recipe(RECIPE, Fusion.RECIPROCAL_RANK)
    first = rrf.search("ガラス基板の検査")[0]
    assert first.score < 1 / 60
    assert first.organisation.id == "a"


def test_one_part_alone_takes_all_the_weight() -> None:
    assert RECIPE.only(PASSAGES, PROFILE).weights == {PASSAGES: 0.5 / 0.7, PROFILE: 0.2 / 0.7}
    assert RECIPE.only(DENSE).weights == {DENSE: 1.0}
    assert Recipe(weights={PASSAGES: 1.0}).only(DENSE).weights == {DENSE: 0.0}


def test_what_vectors_are_not_trusted_with_words_decide() -> None:
    doubtful = RECIPE.trusting(1 / 2)
    assert doubtful.weights == pytest.approx(
        {PASSAGES: 0.5 * 0.85 / 0.7, PROFILE: 0.2 * 0.85 / 0.7, DENSE: 0.1, VOTES: 0.05}
    )
    assert RECIPE.trusting(1).weights == pytest.approx(RECIPE.weights)
    for alone in (RECIPE.only(DENSE, VOTES), RECIPE.only(PASSAGES, PROFILE)):
        assert alone.trusting(1 / 2) == alone


def test_only_an_encoder_that_learned_from_these_passages_is_doubted(
    searcher: HybridSearcher, static_encoder: StaticEncoder, model_folder: Path
) -> None:
    vectors = DenseIndex.empty(static_encoder.dimensions)
    vectors.add(static_encoder.encode_documents(["ガラス基板の検査装置"] * 6))
    parts = searcher.parts()
    retriever = replace(parts["retriever"], dense=vectors)

    def best(encoder: StaticEncoder) -> Hit:
        asked = "量子ガラス基板の検査"  # the first word stands nowhere
        return HybridSearcher(**{**parts, "encoder": encoder, "retriever": retriever}).search(asked)[0]

    learned, from_outside = best(static_encoder), best(StaticEncoder(model_folder, model_text))
    assert learned.weights[DENSE] < from_outside.weights[DENSE] == RECIPE.weights[DENSE]
    assert sum(learned.weights.values()) == pytest.approx(1)
    # Whom a model from outside finds, words need not tell of.
    assert learned.probability is not None
    assert from_outside.probability is None


def test_a_need_in_everyday_words_is_answered_by_the_best_passage() -> None:
    spoken = RECIPE.fit_for("車の屋根に載せて走りながら発電したい")
    assert spoken.passage_weights == (1.0,)
    assert spoken.dense_passage_weights == RECIPE.dense_passage_weights
    assert spoken.bigram_share == RECIPE.bigram_share / 2
    assert spoken.weights == RECIPE.weights
    assert RECIPE.fit_for("移動体用太陽電池の研究開発") == RECIPE


def test_depth_is_how_many_passages_are_rolled_up(searcher: HybridSearcher) -> None:
    nearest = searcher.with_recipe(replace(RECIPE.only(DENSE), dense_depth=1))
    assert len(nearest.search("研磨")) == 1 < len(searcher.with_recipe(RECIPE.only(DENSE)).search("研磨"))
    shallow = searcher.with_recipe(replace(RECIPE.only(PASSAGES), depth=1))
    assert len(shallow.search("ガラスの検査と研磨")) == 1


def test_an_organisation_is_told_by_its_id(searcher: HybridSearcher) -> None:
    found = searcher.organisation("c")
    assert found is not None
    assert (found.name, found.kind, found.home_cluster) == ("c社", "university", "kansai-bio")
    assert searcher.organisation("nobody") is None


def test_an_undertaking_that_a_need_names_counts_half_of_what_is_to_be_done_in_it(
    tmp_path: Path, make_profile
) -> None:
    shared = "マテリアルリサーチ推進"
    searcher = searcher_of(
        tmp_path,
        make_profile("doer", "検査と計測"),
        make_profile("other", f"会議の運営（{shared}）"),
        make_profile("third", f"資料の印刷（{shared}）"),
        *(make_profile(f"x{n}", "創薬") for n in range(6)),
    ).with_recipe(RECIPE.only(PASSAGES, PROFILE))
    need = f"検査と計測（{shared}）"
    Ties.write(searcher.parts()["columns"], tmp_path / "ties.arrow")
    knowing = HybridSearcher(**{**searcher.parts(), "ties": Ties.open(tmp_path / "ties.arrow")})
    assert ids(searcher, need)[0] != "doer"
    assert ids(knowing, need) == ["doer", "other", "third"]
    assert knowing.search(need)[0].missing == ()
    # Its words are shown where they stand, as before.
    assert "リサーチ" in knowing.search(need)[1].evidence.matched


def test_ties_are_by_id(tmp_path: Path, make_profile, searcher: HybridSearcher) -> None:
    hits = searcher.with_recipe(RECIPE.only(DENSE)).search("鋳造")
    assert [hit.organisation.id for hit in hits] == ["d"]
    tied = searcher.with_recipe(Recipe(weights={DENSE: 1.0}, dense_passage_weights=(1.0,))).search("検査")
    assert [(hit.organisation.id, hit.score) for hit in tied] == [("a", 1.0), ("b", 1.0)]


def test_a_hit_knows_how_likely_it_has_to_do_with_the_need(searcher: HybridSearcher) -> None:
    by_words = HybridSearcher(searcher._columns, searcher._retriever, None, RECIPE.only(PASSAGES, PROFILE))
    whole = by_words.search("創薬")[0]
    assert whole.probability == probability(1.0)
    part = by_words.search("猫と犬と鳥の創薬")[0]
    known = weight(1, 5)
    assert part.probability == pytest.approx(probability(known / min(ENOUGH, known + 3)))


def test_with_a_model_from_outside_nobody_knows(searcher: HybridSearcher) -> None:
    assert {hit.probability for hit in searcher.search("ガラスの検査")} == {None}


def test_a_latin_word_that_is_read_as_the_japanese_one_is_not_told_as_its_synonym(
    searcher: HybridSearcher,
) -> None:
    lexicon = Lexicon().with_synonyms([("創薬", "薬づくり")]).with_translations([("リサーチ", "research")])
    (hit, *_) = searcher.with_lexicon(lexicon).search("薬づくりのリサーチ")
    assert hit.evidence is not None
    assert hit.evidence.synonyms == (("創薬", "薬づくり"),)


def test_a_latin_word_that_stands_for_a_japanese_one_is_told_as_its_synonym(
    tmp_path: Path, make_profile
) -> None:
    searcher = searcher_of(tmp_path, make_profile("a", "Inspection of glass substrates"), make_profile("b"))
    lexicon = Lexicon().with_translations([("検査", "inspection"), ("膜厚計", "thickness glass")])
    (hit,) = searcher.with_lexicon(lexicon).search("膜厚計の検査")
    assert hit.evidence is not None
    assert hit.evidence.synonyms == (("inspection", "検査"),)
    assert hit.evidence.matched == tuple(words("inspection"))  # a part of a term tells nothing


def test_a_hit_knows_which_telling_words_of_the_need_its_profile_has_in_no_way(
    searcher: HybridSearcher,
) -> None:
    lexicon = Lexicon().with_synonyms([("創薬", "薬づくり")])
    hits = searcher.with_lexicon(lexicon).search("薬づくりと猫の研究")
    (medicine,) = (hit for hit in hits if hit.organisation.id == "c")
    assert medicine.missing == ("猫",)  # 創薬 stands for 薬づくり, and 研究 in the profile


def test_of_a_translated_need_what_is_missing_is_told_in_its_own_words(searcher: HybridSearcher) -> None:
    lexicon = Lexicon().with_translations([("ガラス", "glass"), ("鋳造", "casting")])
    (hit, *_) = (
        h for h in searcher.with_lexicon(lexicon).search("glass casting") if h.organisation.id == "b"
    )
    assert hit.missing == tuple(words("casting"))
