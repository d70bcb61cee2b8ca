"""Imports into the registry, whatever they hold and however often they come."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corpus.records import (
    Cluster,
    Contact,
    Kind,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from corpus.registry import Registry

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
DAYS = [date(2006, 4, 1) + timedelta(days=n) for n in range(3)]
CLUSTERS = [Cluster(id, id, id, "関東", (), DAYS[0]) for id in ("n", "s")]
IDS = ("a", "b", "c")
NAMES = ("山田", "ヤマダ", "㈱山田", "内山建設")

words = st.text(st.sampled_from("鋳造検査ABC'\"\x1f\n 😀"), max_size=8)
few_words = st.lists(words.filter(str.strip), max_size=3, unique=True).map(tuple)
sources = st.builds(Source, st.sampled_from(["名簿", "展示会"]), st.sampled_from(DAYS), words)
mandates = st.builds(Mandate, few_words, few_words, few_words, st.none() | st.integers(0, 10**12))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    id = draw(st.sampled_from(IDS))
    organisation = Organisation(
        id=id,
        name=draw(st.sampled_from(NAMES)),
        kind=draw(st.sampled_from(Kind)),
        source=draw(sources),
        name_en=draw(words),
        aliases=draw(few_words),
        corporate_number=draw(st.sampled_from(["", f"number-{id}", "number"])),
        country=draw(st.sampled_from(["JP", "DE", ""])),
        prefecture=draw(words),
        fields=draw(few_words),
        mandate=draw(st.none() | mandates),
        is_masked=draw(st.booleans()),
        provenance=draw(st.dictionaries(st.sampled_from(["prefecture", "mandate"]), sources, max_size=2)),
    )
    passages = draw(
        st.dictionaries(
            st.integers(0, 3).map(lambda number: f"{id}:{number}"),
            st.tuples(st.sampled_from(PassageType), words.filter(str.strip), sources, words, few_words),
            max_size=3,
        )
    )
    memberships = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(["n", "s"]), st.sampled_from(DAYS)), st.sampled_from(MembershipRole)
        )
    )
    return Profile(
        organisation,
        tuple(Passage(passage_id, id, *said) for passage_id, said in sorted(passages.items())),
        tuple(Membership(id, of, role, since, NOW) for (of, since), role in memberships.items()),
    )


imports = st.lists(profiles(), max_size=5)


def opened(before: Iterable[list[Profile]] = ()) -> Registry:
    registry = Registry.in_memory()
    registry.put_clusters(CLUSTERS)
    for said in before:
        registry.put(said, recorded_at=NOW)
    return registry


@given(profiles())
def test_a_profile_comes_back_as_it_was_put(profile: Profile) -> None:
    with opened([[profile]]) as registry:
        back = registry.profile(profile.organisation.id, on=DAYS[0])
        assert replace(back, memberships=()) == replace(profile, memberships=())


@given(imports, imports, st.sampled_from([None, "名簿"]))
def test_the_difference_foresees_what_put_does(
    before: list[Profile], new: list[Profile], complete_source: str | None
) -> None:
    with opened([before]) as registry:
        content = registry.corpus_hash()
        foreseen = registry.difference(new, complete_source=complete_source)
        assert registry.corpus_hash() == content
        assert registry.put(new, recorded_at=NOW, complete_source=complete_source) == foreseen


@given(imports, imports, st.sampled_from([None, "名簿"]))
def test_the_same_import_again_changes_nothing(
    before: list[Profile], new: list[Profile], complete_source: str | None
) -> None:
    contacts = [Contact(profile.organisation.id, mail="a@example.org") for profile in new]
    with opened([before]) as registry:
        registry.put(new, recorded_at=NOW, contacts=contacts, complete_source=complete_source)
        content = registry.corpus_hash()
        again = registry.put(new, recorded_at=NOW, contacts=contacts, complete_source=complete_source)
        assert again.is_empty
        assert registry.corpus_hash() == content


@given(imports, imports, st.sampled_from([None, "名簿"]), st.sampled_from(DAYS))
def test_profiles_that_are_others_have_another_hash(
    before: list[Profile], new: list[Profile], complete_source: str | None, day: date
) -> None:
    with opened([before]) as registry:
        known, hashed = list(registry.profiles(on=day)), registry.searchable_hash(on=day)
        registry.put(new, recorded_at=NOW, complete_source=complete_source)
        assert list(registry.profiles(on=day)) == known or registry.searchable_hash(on=day) != hashed


@given(st.lists(imports, max_size=3))
def test_the_tallies_add_up_to_the_counts(said: list[list[Profile]]) -> None:
    with opened() as registry:
        n_organisations = n_passages = 0
        for number, new in enumerate(said):
            complete_source = "名簿" if number % 2 else None
            difference = registry.put(new, recorded_at=NOW, complete_source=complete_source)
            n_organisations += difference.organisations.n_added - difference.organisations.n_removed
            n_passages += difference.passages.n_added - difference.passages.n_removed
            counts = registry.counts()
            assert (counts.n_organisations, counts.n_passages) == (n_organisations, n_passages)
            assert sum(1 for _ in registry.profiles()) == n_organisations


@given(imports, st.permutations(IDS))
def test_an_undone_merge_leaves_everything_as_it_was(said: list[Profile], order: list[str]) -> None:
    with opened([said]) as registry:
        own = {profile.organisation.id for profile in registry.profiles()}
        merged_already = {decision.organisation_id for decision in registry.decisions()}
        kept, merged = [id for id in order if id in own][:2] if len(own) > 1 else ("", "")
        if not kept or any(id.startswith(f"{merged}.") for id in merged_already):
            return
        before, content = list(registry.profiles()), registry.corpus_hash()
        registry.merge(kept, merged, at=NOW)
        assert registry.profile(merged) == registry.profile(kept)
        assert len(registry.profile(kept).passages) == sum(
            len(profile.passages) for profile in before if profile.organisation.id in (kept, merged)
        )
        registry.unmerge(merged, at=NOW)
        assert list(registry.profiles()) == before
        assert registry.corpus_hash() == content
