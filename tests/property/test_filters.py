"""Filters act inside the search: a filtered list is the full ranking without what does not pass."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bundled import clusters
from corpus.records import Kind, MembershipRole, Profile
from corpus.sample import sample_profiles
from index.build import BuildOptions
from index.hits import Filters
from index.hybrid import DENSE, PASSAGES, PROFILE, HybridSearcher, Recipe
from index.snapshot import SnapshotStore

PROFILES = sorted(
    sample_profiles(clusters(), scale=0.002, seed=1, as_of=date(2026, 4, 1)),
    key=lambda profile: profile.organisation.id,
)
BY_ID = {profile.organisation.id: profile for profile in PROFILES}
QUERIES = (
    "ガラス基板の欠陥検査",
    "樹脂の成形",
    "創薬の研究",
    "装置",
    "大学との共同開発",
    "environment",
    "北海道",
)


def some(values: set[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.just(frozenset[str]()) | st.frozensets(st.sampled_from(sorted(values)), min_size=1, max_size=4)


PREFECTURES = some({profile.organisation.prefecture for profile in PROFILES})
CLUSTERS = some({membership.cluster_id for profile in PROFILES for membership in profile.memberships})
FIELDS = some({field for profile in PROFILES for field in profile.organisation.fields})
KINDS = some({str(kind) for kind in Kind})
FILTERS = st.builds(
    Filters,
    kinds=KINDS,
    not_kinds=KINDS,
    prefectures=PREFECTURES,
    not_prefectures=PREFECTURES,
    clusters=CLUSTERS,
    not_clusters=CLUSTERS,
    fields=FIELDS,
    excluded_ids=some({*BY_ID, "nobody"}),
)


def passes(profile: Profile, filters: Filters) -> bool:
    """The filters, said once more and plainly."""
    organisation = profile.organisation
    own_clusters = {m.cluster_id for m in profile.memberships if m.role is not MembershipRole.LEFT}
    own_fields = {*organisation.fields, *(field for passage in profile.passages for field in passage.fields)}
    return (
        (not filters.kinds or organisation.kind in filters.kinds)
        and organisation.kind not in filters.not_kinds
        and (not filters.prefectures or organisation.prefecture in filters.prefectures)
        and organisation.prefecture not in filters.not_prefectures
        and (not filters.clusters or bool(own_clusters & filters.clusters))
        and not own_clusters & filters.not_clusters
        and (not filters.fields or bool(own_fields & filters.fields))
        and organisation.id not in filters.excluded_ids
    )


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> HybridSearcher:
    store = SnapshotStore(tmp_path_factory.mktemp("snapshots"))
    store.build(PROFILES, options=BuildOptions(encoder="none"), now=datetime(2026, 4, 1, tzinfo=UTC))
    return store.open()


@given(query=st.sampled_from(QUERIES), filters=FILTERS, part=st.sampled_from([PASSAGES, PROFILE]))
def test_a_filtered_list_is_the_full_ranking_without_what_does_not_pass(
    searcher: HybridSearcher, query: str, filters: Filters, part: str
) -> None:
    one = searcher.with_recipe(Recipe(weights={part: 1.0}, depth=len(PROFILES) * 100))
    full = one.rank(query, limit=len(PROFILES))
    filtered = one.rank(query, filters=filters, limit=len(PROFILES))
    assert filtered == [id for id in full if passes(BY_ID[id], filters)]


@given(query=st.sampled_from(QUERIES), filters=FILTERS)
def test_every_hit_passes_and_scores_above_zero(
    searcher: HybridSearcher, query: str, filters: Filters
) -> None:
    hits = searcher.search(query, filters=filters, limit=20)
    assert all(passes(BY_ID[hit.organisation.id], filters) for hit in hits)
    assert all(0 < hit.score <= 1 + 1e-9 for hit in hits)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.organisation.id))
    assert all(DENSE not in hit.scores for hit in hits)


@given(st.text())
def test_any_text_may_be_searched_for(searcher: HybridSearcher, text: str) -> None:
    for hit in searcher.search(text, limit=5):
        assert hit.score > 0
        assert hit.lexical_rank is not None
