"""One suite over the searcher of this machine and the one over Milvus: same finds, for the same reasons."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

import pytest

from corpus.bundled import golden_set
from corpus.records import Kind, Profile
from index.build import BuildOptions
from index.errors import SearchClusterError
from index.hits import Filters, Hit, Tie
from index.hybrid import HybridSearcher
from index.lexicon import Lexicon
from index.snapshot import SnapshotStore
from matchbot.evaluation import read_set

pytest.importorskip("milvus_lite", reason="needs Milvus Lite (pip install milvus-lite)")
pytest.importorskip("pymilvus", reason="needs pymilvus (pip install matchbot[scale])")

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
MOST_PASSAGES = 4
"""Of an organisation: enough to be added up, and few enough for a Milvus made of Python."""
NEED = "金属部品の検査をする装置を一緒に開発したい"


def profiles() -> list[Profile]:
    known, _ = read_set(golden_set())
    return [replace(profile, passages=profile.passages[:MOST_PASSAGES]) for profile in known]


def needs(n: int) -> list[str]:
    """Needs as people tell them, then what organisations say of themselves."""
    _, questions = read_set(golden_set())
    said = (passage.text for profile in profiles() for passage in profile.passages)
    return [*islice((question.text for question in questions), n), *islice(said, max(0, n - len(questions)))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("milvus")


@pytest.fixture(scope="module")
def over_milvus(folder) -> Iterator[HybridSearcher]:
    from index.milvus import Cluster, ClusterStore

    cluster = Cluster(str(folder / "milvus.db"))
    store = ClusterStore(folder / "snapshots", cluster)
    store.build(profiles(), options=BuildOptions(), now=NOW)
    yield store.open()
    cluster.close()


@pytest.fixture(scope="module")
def embedded(folder, over_milvus) -> HybridSearcher:
    """On this machine, over the same snapshot."""
    return SnapshotStore(folder / "snapshots").open()


@pytest.fixture(params=["embedded", "over_milvus"])
def searcher(request) -> HybridSearcher:
    found: HybridSearcher = request.getfixturevalue(request.param)
    return found


def same_up_to_ties(ours: list[Hit], theirs: list[Hit]) -> bool:
    """Whether two lists differ in nothing but the order of hits that score the same."""
    scores = [hit.score for hit in ours]
    if scores != pytest.approx([hit.score for hit in theirs], rel=1e-5):
        return False
    by_id = {hit.organisation.id: hit.score for hit in ours}
    last = scores[-1] if scores else 0.0
    # Whom only one of them has ties with the last, who was cut off by the row.
    return all(by_id.get(hit.organisation.id, last) == pytest.approx(hit.score, rel=1e-5) for hit in theirs)


# --- what a searcher promises


def test_the_best_come_first_each_with_its_rank_and_no_score_is_zero(searcher) -> None:
    hits = searcher.search(NEED, limit=50)
    assert len(hits) == 50
    assert [hit.rank for hit in hits] == [*range(1, 51)]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 for hit in hits)


def test_what_no_word_and_no_meaning_tells_of_finds_nobody(searcher) -> None:
    assert searcher.search("ゑゑゑゑ") == []
    assert searcher.search("") == []


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(kinds=frozenset({Kind.UNIVERSITY})), lambda found: found.kind == Kind.UNIVERSITY),
        (Filters(not_kinds=frozenset({Kind.FIRM})), lambda found: found.kind != Kind.FIRM),
        (
            Filters(prefectures=frozenset({"東京都", "大阪府"})),
            lambda found: found.prefecture in ("東京都", "大阪府"),
        ),
        (Filters(not_prefectures=frozenset({"東京都"})), lambda found: found.prefecture != "東京都"),
        (
            Filters(kinds=frozenset({Kind.FIRM}), not_prefectures=frozenset({"愛知県"}), is_open_only=True),
            lambda found: found.kind == Kind.FIRM and found.prefecture != "愛知県" and not found.is_masked,
        ),
    ],
    ids=["kind", "not of a kind", "prefectures", "not there", "several"],
)
def test_filters_act_inside_the_search(searcher, embedded, filters, passes) -> None:
    hits = searcher.search(NEED, filters=filters, limit=20)
    everybody = embedded.search(NEED, limit=10_000)
    assert all(passes(hit.organisation) for hit in hits)
    assert len(hits) >= min(20, len([hit for hit in everybody if passes(hit.organisation)]))
    assert same_up_to_ties(hits, embedded.search(NEED, filters=filters, limit=20))


def test_clusters_and_fields_of_an_organisation_are_filtered_by(searcher, embedded) -> None:
    members = next(hit for hit in embedded.search(NEED, limit=500) if hit.organisation.clusters)
    cluster = members.organisation.clusters[0]
    within = searcher.search(NEED, filters=Filters(clusters=frozenset({cluster})), limit=500)
    without = searcher.search(NEED, filters=Filters(not_clusters=frozenset({cluster})), limit=500)
    assert within
    assert all(cluster in hit.organisation.clusters for hit in within)
    assert not any(cluster in hit.organisation.clusters for hit in without)
    fields = {field for profile in profiles() for field in profile.organisation.fields}
    for field in sorted(fields)[:2]:
        filters = Filters(fields=frozenset({field}))
        assert same_up_to_ties(searcher.search(NEED, filters=filters), embedded.search(NEED, filters=filters))


def test_who_is_left_out_is_not_found(searcher, embedded) -> None:
    left_out = frozenset(hit.organisation.id for hit in searcher.search(NEED, limit=3))
    hits = searcher.search(NEED, filters=Filters(excluded_ids=left_out))
    assert len(hits) == 10
    assert not left_out & {hit.organisation.id for hit in hits}
    assert same_up_to_ties(hits, embedded.search(NEED, filters=Filters(excluded_ids=left_out)))


def test_ties_move_up_who_is_found_and_find_nobody(searcher) -> None:
    hits = searcher.search(NEED, limit=20)
    last = hits[-1].organisation.id
    lifted = searcher.search(NEED, ties={last: Tie(1.0), "nobody": Tie(1.0)}, limit=20)
    assert [hit.organisation.id for hit in lifted].index(last) < 19
    assert {hit.organisation.id for hit in lifted} <= {
        hit.organisation.id for hit in searcher.search(NEED, limit=40)
    }


def test_words_of_the_same_meaning_are_searched_too(searcher, embedded) -> None:
    lexicon = Lexicon().with_synonyms([("検査", "非破壊試験")])
    found = searcher.with_lexicon(lexicon)
    assert type(found) is type(searcher)
    assert same_up_to_ties(found.search(NEED), embedded.with_lexicon(lexicon).search(NEED))


# --- the same, need by need


@pytest.mark.soak
def test_the_first_ten_are_the_same_up_to_ties_for_the_same_reasons(
    embedded, over_milvus, repetitions
) -> None:
    asked = needs(repetitions(60, 500))
    for need in asked:
        ours, theirs = over_milvus.search(need), embedded.search(need)
        assert same_up_to_ties(ours, theirs), need
        for mine, other in zip(ours, theirs, strict=True):
            if mine.organisation.id == other.organisation.id:
                assert mine.evidence == other.evidence, need
                assert mine.probability == other.probability
                assert mine.scores == pytest.approx(other.scores, rel=1e-4)


# --- publishing


def test_publishing_swaps_the_alias_and_going_back_swaps_it_again(tmp_path) -> None:
    from index.milvus import Cluster, ClusterStore

    cluster = Cluster(str(tmp_path / "milvus.db"))
    store = ClusterStore(tmp_path / "snapshots", cluster)
    few = profiles()[:12]
    minutes = count()

    def build(n: int) -> str:
        options = BuildOptions(encoder="none", limits=None)
        return store.build(few[:n], options=options, now=NOW + timedelta(minutes=next(minutes))).name

    def found() -> int:
        return len(store.open().search(" ".join(profile.organisation.name for profile in few), limit=50))

    first, second = build(6), build(12)
    assert cluster.published([first, second]) == second
    n_found = found()
    assert store.rollback().name == first
    assert cluster.published([first, second]) == first
    assert found() < n_found
    cluster.prune([])
    assert found() < n_found  # what is searched stays, whoever else goes
    cluster.close()


def test_a_server_that_does_not_answer_is_named(tmp_path) -> None:
    from index.milvus import Cluster

    with pytest.raises(SearchClusterError, match="server=http"):
        Cluster("http://127.0.0.1:1").published([])
