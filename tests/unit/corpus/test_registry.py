"""The registry in memory: imports, keys and merges, withdrawals, review, clusters, counts."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.errors import (
    LineageError,
    MergeError,
    Reason,
    RecordError,
    ReviewStateError,
    UnknownClusterError,
    UnknownOrganisationError,
)
from corpus.records import (
    Cluster,
    Contact,
    Kind,
    LineageEvent,
    LineageKind,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    ReviewState,
    Source,
)
from corpus.registry import Registry, Tally

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
LIST = Source("会員名簿", date(2026, 3, 31))
FAIR = Source("展示会", date(2026, 2, 1), "https://example.org/fair")
NUMBER = "4010001129759"
OTHER_NUMBER = "7010001008844"
FOUNDED = date(2006, 4, 1)


@pytest.fixture
def registry() -> Iterator[Registry]:
    with Registry.in_memory() as registry:
        registry.put_clusters([cluster(id) for id in ("north", "south", "east")])
        yield registry


def cluster(id: str, valid_from: date = FOUNDED, valid_to: date | None = None) -> Cluster:
    return Cluster(id, f"{id}計画", f"{id} project", "関東", ("IT",), valid_from, valid_to)


def organisation(id: str, name: str = "", *, source: Source = LIST, number: str = "") -> Organisation:
    return Organisation(
        id=id, name=name or f"{id}工業", kind=Kind.FIRM, source=source, corporate_number=number
    )


def passage(id: str, owner: str, text: str = "ガラス基板の欠陥を検査する", source: Source = LIST) -> Passage:
    return Passage(id=id, organisation_id=owner, type=PassageType.CAPABILITY, text=text, source=source)


def member(
    owner: str,
    of: str,
    role: MembershipRole = MembershipRole.HOME,
    since: date = FOUNDED,
    recorded_at: datetime = NOW,
) -> Membership:
    return Membership(owner, of, role, since, recorded_at)


def firm(id: str, *passage_ids: str, name: str = "", source: Source = LIST, number: str = "") -> Profile:
    return Profile(
        organisation(id, name, source=source, number=number),
        tuple(passage(passage_id, id, source=source) for passage_id in passage_ids),
    )


def ids(registry: Registry) -> list[str]:
    return [profile.organisation.id for profile in registry.profiles()]


# Imports


def test_a_profile_comes_back_as_it_was_put(registry: Registry) -> None:
    fund = Organisation(
        id="fund",
        name="東北創業ファンド",
        name_en="Tohoku Seed",
        kind=Kind.FINANCIER,
        source=LIST,
        aliases=("東北シード",),
        corporate_number=NUMBER,
        country="",
        fields=("環境", "バイオ"),
        mandate=Mandate(stages=("seed",), regions=("東北",), ticket_max=30_000_000),
        is_masked=True,
        is_sample=True,
        provenance={"mandate": FAIR},
    )
    profile = Profile(
        fund,
        (replace(passage("fund:1", "fund", source=FAIR), title="創業期の出資", fields=("環境",)),),
        (member("fund", "north"),),
    )
    registry.put([profile], recorded_at=NOW)
    assert registry.profile("fund") == profile
    assert list(registry.profiles()) == [profile]


def test_the_difference_counts_each_kind_of_record(registry: Registry) -> None:
    profiles = [firm("a", "a:1", "a:2"), firm("b")]
    added = registry.put(profiles, recorded_at=NOW, contacts=[Contact("a", phone="03-0000-0000")])
    assert (added.organisations, added.passages, added.contacts) == (
        Tally(n_added=2),
        Tally(n_added=2),
        Tally(n_added=1),
    )
    assert added.added == ("a", "b")
    renamed = firm("a", "a:1", name="新しい名前")
    changed = registry.put([renamed, firm("b", "b:1")], recorded_at=LATER)
    assert changed.organisations == Tally(n_changed=1, n_unchanged=1)
    assert changed.passages == Tally(n_added=1, n_unchanged=1)
    assert changed.changed == ("a",)


def test_unchanged_content_changes_nothing(registry: Registry) -> None:
    profiles = [replace(firm("a", "a:1"), memberships=(member("a", "north"),))]
    registry.put(profiles, recorded_at=NOW, contacts=[Contact("a", mail="a@example.org")])
    before = registry.corpus_hash()
    again = registry.put(profiles, recorded_at=LATER, contacts=[Contact("a", mail="a@example.org")])
    assert again.is_empty
    assert again.memberships == Tally(n_unchanged=1)
    assert registry.changes_since(NOW) == ()
    assert registry.corpus_hash() == before


def test_the_difference_is_what_put_would_do_and_changes_nothing(registry: Registry) -> None:
    registry.put([firm("a", "a:1"), firm("b", "b:1")], recorded_at=NOW)
    before = registry.corpus_hash()
    new = [replace(firm("a", "a:2"), memberships=(member("a", "north"),)), firm("c")]
    foreseen = registry.difference(new, complete_source=LIST.name)
    assert registry.corpus_hash() == before
    assert ids(registry) == ["a", "b"]
    assert registry.put(new, recorded_at=LATER, complete_source=LIST.name) == foreseen
    assert (foreseen.added, foreseen.changed, foreseen.removed) == (("c",), (), ("b",))
    assert foreseen.passages == Tally(n_added=1, n_removed=2)


def test_an_organisation_given_several_times_has_the_passages_of_all(registry: Registry) -> None:
    first = replace(organisation("a", "甲"), prefecture="東京都", fields=("IT",))
    second = replace(organisation("a", "甲"), website="https://example.org", fields=("バイオ",))
    profiles = [Profile(first, (passage("a:1", "a"),)), firm("b"), Profile(second, (passage("a:2", "a"),))]
    difference = registry.put(profiles, recorded_at=NOW)
    assert difference.organisations == Tally(n_added=2)
    merged = registry.profile("a")
    assert [said.id for said in merged.passages] == ["a:1", "a:2"]
    assert merged.organisation.prefecture == "東京都"
    assert merged.organisation.website == "https://example.org"
    assert set(merged.organisation.fields) == {"IT", "バイオ"}


def test_a_source_replaces_only_what_it_said_itself(registry: Registry) -> None:
    listed = replace(organisation("a"), prefecture="東京都", city="港区")
    seen = replace(organisation("a", source=FAIR), website="https://example.org", city="大田区")
    registry.put([Profile(listed, (passage("a:1", "a"),))], recorded_at=NOW)
    registry.put([Profile(seen, (passage("a:2", "a", source=FAIR),))], recorded_at=NOW)
    registry.put([Profile(replace(listed, city=""))], recorded_at=LATER)
    profile = registry.profile("a")
    assert profile.organisation.prefecture == "東京都"
    assert profile.organisation.city == "大田区"
    assert profile.organisation.provenance == {"city": FAIR, "website": FAIR}
    assert len(profile.passages) == 2


def test_a_complete_source_removes_what_it_no_longer_names(registry: Registry) -> None:
    registry.put([firm("a", "a:1", "a:2"), firm("b", "b:1")], recorded_at=NOW, contacts=[Contact("b", "係")])
    registry.put([firm("c", "c:1", source=FAIR), firm("a", "a:9", source=FAIR)], recorded_at=NOW)
    difference = registry.put([firm("a", "a:1")], recorded_at=LATER, complete_source=LIST.name)
    assert difference.removed == ("b",)
    assert difference.passages == Tally(n_unchanged=1, n_removed=2)
    assert ids(registry) == ["a", "c"]
    assert [said.id for said in registry.profile("a").passages] == ["a:1", "a:9"]
    with pytest.raises(UnknownOrganisationError):
        registry.profile("b")
    assert registry.find("b工業") == []
    assert registry.counts().n_contacts == 0


def test_a_removed_organisation_comes_back_as_added(registry: Registry) -> None:
    registry.put([firm("a"), firm("b")], recorded_at=NOW)
    registry.put([firm("a")], recorded_at=NOW, complete_source=LIST.name)
    assert registry.put([firm("b")], recorded_at=LATER).added == ("b",)
    assert ids(registry) == ["a", "b"]


def test_a_failing_import_changes_nothing(registry: Registry) -> None:
    registry.put([firm("a", "a:1")], recorded_at=NOW)
    before = registry.corpus_hash()

    def breaking() -> Iterator[Profile]:
        yield firm("b", "b:1")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        registry.put(breaking(), recorded_at=LATER)
    assert registry.corpus_hash() == before
    assert registry.put([firm("b")], recorded_at=LATER).added == ("b",)


def test_one_passage_id_for_two_organisations_is_refused(registry: Registry) -> None:
    with pytest.raises(RecordError) as caught:
        registry.put([firm("a", "same"), firm("b", "same")], recorded_at=NOW)
    assert caught.value.facts == {"field": "passage", "value": "same", "reason": Reason.TWO_ORGANISATIONS}
    assert ids(registry) == []


def test_a_passage_can_move_to_another_organisation_in_a_later_import(registry: Registry) -> None:
    registry.put([firm("a", "p")], recorded_at=NOW)
    assert registry.put([firm("b", "p")], recorded_at=LATER).passages == Tally(n_changed=1)
    assert registry.profile("a").passages == ()
    assert registry.changes_since(NOW) == ("a", "b")


def test_a_membership_of_an_unknown_cluster_is_refused(registry: Registry) -> None:
    profile = replace(firm("a"), memberships=(member("a", "nowhere"),))
    with pytest.raises(UnknownClusterError) as caught:
        registry.put([profile], recorded_at=NOW)
    assert caught.value.facts == {"id": "nowhere", "organisation": "a"}


def test_a_contact_of_nobody_is_refused(registry: Registry) -> None:
    with pytest.raises(UnknownOrganisationError):
        registry.put([firm("a")], recorded_at=NOW, contacts=[Contact("b", "係")])
    assert ids(registry) == []


def test_contacts_are_kept_apart_from_what_is_searched(registry: Registry) -> None:
    contacts = [Contact("a", name="山田花子"), Contact("a", mail="hanako@example.org")]
    registry.put([firm("a", "a:1")], recorded_at=NOW, contacts=contacts)
    assert registry.contact("a") == Contact("a", name="山田花子", mail="hanako@example.org")
    assert "hanako" not in repr(registry.profile("a"))
    assert registry.contact("a") is not None
    with pytest.raises(UnknownOrganisationError):
        registry.contact("b")


def test_contacts_may_be_collected_while_the_profiles_are_read(registry: Registry) -> None:
    contacts: list[Contact] = []

    def profiles() -> Iterator[Profile]:
        for id in ("a", "b"):
            contacts.append(Contact(id, name=f"{id}担当"))
            yield firm(id)

    assert registry.put(profiles(), recorded_at=NOW, contacts=contacts).contacts == Tally(n_added=2)


def test_a_time_without_a_zone_is_a_mistake_of_the_caller(registry: Registry) -> None:
    with pytest.raises(ValueError, match="zone"):
        registry.put([firm("a")], recorded_at=datetime(2026, 4, 1))


def test_profiles_come_in_the_order_of_their_ids(registry: Registry) -> None:
    registry.put([firm("c"), firm("a", "z", "m"), firm("b")], recorded_at=NOW)
    assert ids(registry) == ["a", "b", "c"]
    assert [said.id for said in registry.profile("a").passages] == ["m", "z"]


def test_a_registry_is_empty_until_somebody_is_put_and_again_when_no_source_names_anybody() -> None:
    with Registry.in_memory() as registry:
        assert registry.is_empty()
        registry.put([firm("a")], recorded_at=NOW)
        assert not registry.is_empty()
        registry.put([], recorded_at=LATER, complete_source=LIST.name)
        assert registry.is_empty()


def test_the_hash_is_of_the_content_whatever_the_order_of_imports() -> None:
    hashes = set()
    for order in (1, -1):
        with Registry.in_memory() as registry:
            for step, profile in enumerate(
                [firm("a", "a:1"), firm("b"), firm("a", "a:2", source=FAIR)][::order]
            ):
                registry.put([profile], recorded_at=NOW + timedelta(days=step * order + 9))
            hashes.add(registry.corpus_hash())
    assert len(hashes) == 1


def test_the_hash_follows_what_is_said_and_decided(registry: Registry) -> None:
    registry.put([firm("a", "a:1"), firm("b")], recorded_at=NOW)
    hashes = [registry.corpus_hash()]
    registry.put([Profile(organisation("a"), (passage("a:1", "a", "紙を漉く"),))], recorded_at=NOW)
    hashes.append(registry.corpus_hash())
    registry.withdraw("b", at=NOW)
    hashes.append(registry.corpus_hash())
    registry.put([replace(firm("a"), memberships=(member("a", "north"),))], recorded_at=NOW)
    hashes.append(registry.corpus_hash())
    assert len(set(hashes)) == 4
    registry.reinstate("b", at=LATER)
    registry.withdraw("b", at=LATER)
    assert registry.corpus_hash() == hashes[-1]


def test_the_hash_of_what_may_be_searched_follows_the_days_on_which_something_begins(
    registry: Registry,
) -> None:
    begins, renamed = date(2026, 5, 1), date(2026, 6, 1)
    registry.put([replace(firm("a"), memberships=(member("a", "north", since=begins),))], recorded_at=NOW)
    registry.record_lineage(LineageEvent(LineageKind.RENAMED, renamed, ("north",), ("south",)))
    a_day = timedelta(days=1)
    days = [begins - 9 * a_day, begins - a_day, begins, renamed - a_day, renamed]
    hashes = [registry.searchable_hash(on=day) for day in days]
    held = [[said.cluster_id for said in registry.profile("a", on=day).memberships] for day in days]
    assert held == [[], [], ["north"], ["north"], ["south"]]
    assert [hashes.index(each) for each in hashes] == [0, 0, 2, 2, 4]


def test_the_hash_of_what_may_be_searched_follows_what_counts_as_published() -> None:
    hashes = {
        Registry.in_memory(review_states=states).searchable_hash()
        for states in (("draft", "published"), ("draft", "checked"))
    }
    assert len(hashes) == 2


# Finding


def test_an_organisation_without_passages_is_found_by_name(registry: Registry) -> None:
    registry.put([firm("a", name="株式会社山田製作所")], recorded_at=NOW)
    assert [found.id for found in registry.find("(株)山田製作所")] == ["a"]


def test_the_exact_name_stands_before_its_beginnings_and_its_parts(registry: Registry) -> None:
    names = {"part": "新山田", "long": "山田製作所", "short": "山田工", "exact": "㈱山田"}
    registry.put([firm(id, name=name) for id, name in names.items()], recorded_at=NOW)
    assert [found.id for found in registry.find("山田")] == ["exact", "short", "long", "part"]
    assert [found.id for found in registry.find("山田", limit=2)] == ["exact", "short"]


def test_an_organisation_is_found_by_alias_and_english_name(registry: Registry) -> None:
    known = replace(organisation("a", "山田"), aliases=("ヤマダ",), name_en="Yamada Works")
    registry.put([Profile(known)], recorded_at=NOW)
    assert [found.id for found in (*registry.find("ﾔﾏﾀﾞ"), *registry.find("yamada"))] == ["a", "a"]
    registry.put([Profile(organisation("a", "山田"))], recorded_at=LATER)
    assert registry.find("ヤマダ") == []


@pytest.mark.parametrize("name", ["", "　", "%", "無い名"])
def test_what_no_name_holds_finds_nothing(registry: Registry, name: str) -> None:
    registry.put([firm("a")], recorded_at=NOW)
    assert registry.find(name) == []


# One organisation, one key


def test_two_names_on_one_corporate_number_are_one_organisation_until_taken_apart(registry: Registry) -> None:
    profiles = [
        firm(NUMBER, "p1", name="(株)山田", number=NUMBER),
        firm(NUMBER, "p2", name="株式会社ヤマダ", number=NUMBER),
    ]
    difference = registry.put(profiles, recorded_at=NOW)
    assert difference.added == (NUMBER,)
    assert ids(registry) == [NUMBER]
    whole = registry.profile(NUMBER)
    assert whole.organisation.aliases == ("株式会社ヤマダ",)
    assert [said.id for said in whole.passages] == ["p1", "p2"]
    assert registry.put(profiles[::-1], recorded_at=NOW).is_empty

    apart = registry.unmerge(NUMBER, at=LATER)
    names = {profile.organisation.name: profile.passages[0].id for profile in registry.profiles()}
    assert names == {"(株)山田": "p1", "株式会社ヤマダ": "p2"}
    assert registry.profile(apart).organisation.name == "株式会社ヤマダ"
    assert registry.put(profiles, recorded_at=LATER).is_empty
    assert len(ids(registry)) == 2
    assert registry.merge_candidates() == []


def test_spellings_of_one_name_need_no_second_key(registry: Registry) -> None:
    registry.put(
        [firm(NUMBER, name=name, number=NUMBER) for name in ("(株)山田", "株式会社 山田", "㈱山田")],
        recorded_at=NOW,
    )
    assert registry.decisions() == ()
    assert registry.find("山田")[0].name == "㈱山田"


def test_another_source_with_another_name_on_the_number_can_be_taken_apart(registry: Registry) -> None:
    registry.put([firm(NUMBER, "p1", name="山田", number=NUMBER)], recorded_at=NOW)
    difference = registry.put(
        [firm(NUMBER, "p2", name="ヤマダ", number=NUMBER, source=FAIR)], recorded_at=NOW
    )
    assert difference.changed == (NUMBER,)
    assert registry.counts().n_organisations == 1
    registry.unmerge(NUMBER, at=LATER)
    assert registry.counts().n_organisations == 2


def test_a_source_with_a_new_name_has_renamed_the_organisation(registry: Registry) -> None:
    registry.put([firm(NUMBER, "p1", name="旧名", number=NUMBER)], recorded_at=NOW)
    registry.put([firm(NUMBER, "p1", name="新名", number=NUMBER)], recorded_at=LATER)
    assert registry.profile(NUMBER).organisation.name == "新名"
    assert registry.find("旧名") == []


def test_candidates_share_a_number_or_a_name(registry: Registry) -> None:
    registry.put(
        [
            firm("bundled", name="インスペック", number=NUMBER),
            firm(NUMBER, name="インスペック株式会社", number=NUMBER),
            firm("x1", name="内山建設"),
            firm("x2", name="㈲内山建設", number=OTHER_NUMBER),
            firm("y", name="別"),
        ],
        recorded_at=NOW,
    )
    found = [(c.kept.id, c.merged.id, c.reason) for c in registry.merge_candidates()]
    assert found == [(NUMBER, "bundled", "corporate-number"), ("x2", "x1", "name")]
    assert len(registry.merge_candidates(limit=1)) == 1


def test_equal_names_with_different_numbers_are_different_firms(registry: Registry) -> None:
    registry.put(
        [firm("a", name="山田", number=NUMBER), firm("b", name="山田", number=OTHER_NUMBER)], recorded_at=NOW
    )
    assert registry.merge_candidates() == []


def test_an_invented_firm_is_no_candidate_for_a_real_one(registry: Registry) -> None:
    invented = Profile(replace(organisation("s", "山田"), is_sample=True))
    registry.put([firm("a", name="山田"), invented], recorded_at=NOW)
    assert registry.merge_candidates() == []


def two_firms(registry: Registry) -> tuple[Profile, Profile]:
    kept = Profile(organisation("a", "甲"), (passage("a:1", "a"),), (member("a", "north"),))
    merged = Profile(
        replace(organisation("b", "乙"), prefecture="秋田県"),
        (passage("b:1", "b"),),
        (member("b", "east", MembershipRole.MEMBER), member("b", "south")),
    )
    registry.put([kept, merged], recorded_at=NOW, contacts=[Contact("b", "係")])
    return kept, merged


def test_a_merge_gives_the_kept_one_what_both_had(registry: Registry) -> None:
    two_firms(registry)
    registry.merge("a", "b", at=LATER, reason="同じ会社")
    whole = registry.profile("b")
    assert ids(registry) == ["a"]
    assert (whole.organisation.id, whole.organisation.name) == ("a", "甲")
    assert (whole.organisation.aliases, whole.organisation.prefecture) == (("乙",), "秋田県")
    assert [(said.id, said.organisation_id) for said in whole.passages] == [("a:1", "a"), ("b:1", "a")]
    assert [(said.cluster_id, said.role) for said in whole.memberships] == [
        ("east", MembershipRole.MEMBER),
        ("north", MembershipRole.HOME),
        ("south", MembershipRole.MEMBER),
    ]
    assert [found.id for found in registry.find("乙")] == ["a"]
    assert registry.contact("a") == Contact("a", "係")
    assert registry.counts().n_organisations == 1
    assert registry.changes_since(NOW) == ("a",)


def test_an_undone_merge_leaves_both_exactly_as_they_were(registry: Registry) -> None:
    before = two_firms(registry)
    content = registry.corpus_hash()
    registry.merge("a", "b", at=LATER, reason="同じ会社")
    assert registry.unmerge("b", at=LATER) == "b"
    assert tuple(registry.profiles()) == before
    assert registry.corpus_hash() == content
    assert [(said.action, said.subject, said.reason) for said in registry.decisions("b")] == [
        ("merged", "a", "同じ会社"),
        ("unmerged", "a", ""),
    ]
    registry.merge("b", "a", at=LATER)
    assert ids(registry) == ["b"]


def test_a_merged_organisation_goes_on_learning(registry: Registry) -> None:
    two_firms(registry)
    registry.merge("a", "b", at=LATER)
    registry.put([firm("b", "b:2", name="乙")], recorded_at=LATER)
    assert [said.id for said in registry.profile("a").passages] == ["a:1", "b:1", "b:2"]


@pytest.mark.parametrize(
    ("kept", "merged", "reason"),
    [
        ("a", "a", Reason.ITSELF),
        ("c", "b", Reason.ALREADY_MERGED),
        ("b", "c", Reason.CHAIN),
        ("c", "a", Reason.CHAIN),
        ("b", "a", Reason.CHAIN),
    ],
)
def test_merges_make_no_chains_and_no_circles(
    registry: Registry, kept: str, merged: str, reason: Reason
) -> None:
    registry.put([firm("a"), firm("b"), firm("c")], recorded_at=NOW)
    registry.merge("a", "b", at=NOW)
    with pytest.raises(MergeError) as caught:
        registry.merge(kept, merged, at=LATER)
    assert caught.value.facts == {"kept": kept, "merged": merged, "reason": reason}
    assert ids(registry) == ["a", "c"]


def test_only_a_merge_can_be_undone_and_only_one_at_a_time(registry: Registry) -> None:
    registry.put([firm("a"), firm("b"), firm("c")], recorded_at=NOW)
    with pytest.raises(MergeError, match="not-merged"):
        registry.unmerge("a", at=NOW)
    registry.merge("a", "b", at=NOW)
    registry.merge("a", "c", at=NOW)
    with pytest.raises(MergeError, match="several-merged"):
        registry.unmerge("a", at=NOW)
    registry.unmerge("c", at=NOW)
    assert ids(registry) == ["a", "c"]


def test_an_unknown_organisation_cannot_be_merged(registry: Registry) -> None:
    registry.put([firm("a")], recorded_at=NOW)
    with pytest.raises(UnknownOrganisationError):
        registry.merge("a", "nobody", at=NOW)


# Withdrawal and review


def test_a_withdrawn_organisation_is_out_at_once_and_can_come_back(registry: Registry) -> None:
    registry.put([firm("a"), firm("b")], recorded_at=NOW)
    registry.withdraw("a", at=NOW, reason="本人の申し出")
    registry.withdraw("a", at=LATER)
    assert registry.withdrawn_ids() == {"a"}
    assert ids(registry) == ["b"]
    assert registry.profile("a").organisation.id == "a"
    registry.reinstate("a", at=LATER)
    assert registry.withdrawn_ids() == frozenset()
    assert ids(registry) == ["a", "b"]
    assert [said.action for said in registry.decisions("a")] == ["withdrawn", "reinstated"]


def as_masked(profile: Profile) -> Profile:
    return replace(profile, organisation=replace(profile.organisation, is_masked=True))


def test_who_is_masked_by_any_source_is_told_with_all_that_is_merged(registry: Registry) -> None:
    registry.put([firm("a"), firm("b"), firm("c")], recorded_at=NOW)
    assert registry.masked_ids() == frozenset()
    registry.put([as_masked(firm("b"))], recorded_at=NOW)
    assert registry.masked_ids() == {"b"}
    registry.merge("a", "b", at=NOW)
    assert registry.masked_ids() == {"a", "b"}
    registry.unmerge("b", at=NOW)
    registry.put([firm("b")], recorded_at=LATER)
    assert registry.masked_ids() == frozenset()


def test_a_withdrawal_outlives_imports_and_removal(registry: Registry) -> None:
    registry.put([firm("a"), firm("b")], recorded_at=NOW)
    registry.withdraw("a", at=NOW)
    registry.put([firm("b")], recorded_at=NOW, complete_source=LIST.name)
    registry.put([firm("a", "a:1", name="改名")], recorded_at=LATER)
    assert ids(registry) == ["b"]
    assert registry.withdrawn_ids() == {"a"}


def test_a_withdrawal_covers_all_that_is_merged(registry: Registry) -> None:
    registry.put([firm("a"), firm("b")], recorded_at=NOW)
    registry.merge("a", "b", at=NOW)
    registry.withdraw("b", at=NOW)
    assert registry.withdrawn_ids() == {"a", "b"}
    assert ids(registry) == []
    registry.unmerge("b", at=NOW)
    assert ids(registry) == []


def test_merging_with_a_withdrawn_organisation_hides_both(registry: Registry) -> None:
    registry.put([firm("a"), firm("b")], recorded_at=NOW)
    registry.withdraw("b", at=NOW)
    registry.merge("a", "b", at=NOW)
    assert registry.withdrawn_ids() == {"a", "b"}
    registry.unmerge("b", at=NOW)
    assert registry.withdrawn_ids() == {"b"}


def test_a_second_name_of_a_withdrawn_organisation_is_withdrawn_too(registry: Registry) -> None:
    registry.put([firm(NUMBER, name="山田")], recorded_at=NOW)
    registry.withdraw(NUMBER, at=NOW)
    registry.put([firm(NUMBER, name="ヤマダ", source=FAIR)], recorded_at=LATER)
    registry.unmerge(NUMBER, at=LATER)
    assert ids(registry) == []


def test_nobody_unknown_can_be_withdrawn(registry: Registry) -> None:
    with pytest.raises(UnknownOrganisationError):
        registry.withdraw("nobody", at=NOW)


def draft(id: str) -> Profile:
    return Profile(replace(organisation(id), review_state=ReviewState.DRAFT))


def test_a_draft_is_searched_once_it_is_published(registry: Registry) -> None:
    registry.put([draft("a")], recorded_at=NOW)
    assert ids(registry) == []
    assert registry.profile("a").organisation.review_state is ReviewState.DRAFT
    registry.set_review_state("a", ReviewState.PUBLISHED, at=LATER)
    assert ids(registry) == ["a"]
    assert [said.subject for said in registry.decisions("a")] == ["published"]


def test_an_import_does_not_publish_a_draft(registry: Registry) -> None:
    registry.put([draft("a")], recorded_at=NOW)
    registry.put([firm("a", "a:1")], recorded_at=LATER)
    assert ids(registry) == []


def test_a_draft_does_not_show_through_a_merge(registry: Registry) -> None:
    registry.put(
        [firm("a", "a:1"), Profile(draft("b").organisation, (passage("b:1", "b"),))], recorded_at=NOW
    )
    registry.merge("a", "b", at=NOW)
    (profile,) = registry.profiles()
    assert [said.id for said in profile.passages] == ["a:1"]


def test_a_step_of_the_review_cannot_be_skipped() -> None:
    with Registry.in_memory(review_states=("draft", "checked", "published")) as registry:
        registry.put([draft("a")], recorded_at=NOW)
        with pytest.raises(ReviewStateError) as caught:
            registry.set_review_state("a", "published", at=NOW)
        assert caught.value.facts == {"id": "a", "state": "draft", "wanted": "published"}
        registry.set_review_state("a", "checked", at=NOW)
        assert ids(registry) == []
        registry.set_review_state("a", "published", at=NOW)
        assert ids(registry) == ["a"]
        registry.set_review_state("a", "draft", at=NOW)
        assert ids(registry) == []


@pytest.mark.parametrize("state", ["published", "unheard-of"])
def test_a_review_state_that_does_not_follow_is_refused(registry: Registry, state: str) -> None:
    registry.put([firm("a")], recorded_at=NOW)
    with pytest.raises(ReviewStateError):
        registry.set_review_state("a", state, at=NOW)


# What organisations say of themselves

OWN = Source("a工業", date(2026, 5, 1))


def texts(registry: Registry, id: str = "a") -> dict[str, str]:
    return {said.id: said.text for said in registry.profile(id).passages}


def test_an_organisations_own_word_stands_before_what_its_sources_go_on_saying(registry: Registry) -> None:
    registry.put([firm("a", "a:1", "a:2")], recorded_at=NOW)
    assert registry.revise("r1", "a", "a:1", passage("a:1", "a", "薄膜も作る", OWN), at=LATER)
    assert registry.revise("r2", "a", "a:2", None, at=LATER)
    assert registry.revise("r3", "a", "own:1", passage("own:1", "a", "溶接もする", OWN), at=LATER)
    own = {"a:1": "薄膜も作る", "own:1": "溶接もする"}
    assert texts(registry) == own
    registry.put([firm("a", "a:1", "a:2")], recorded_at=LATER, complete_source=LIST.name)
    registry.put([firm("a", source=FAIR)], recorded_at=LATER, complete_source=LIST.name)
    assert texts(registry) == own
    assert [said.source for said in registry.profile("a").passages] == [OWN, OWN]
    assert registry.changes_since(NOW) == ("a",)


def test_a_revision_is_made_once_also_after_a_later_one(registry: Registry) -> None:
    registry.put([firm("a", "a:1")], recorded_at=NOW)
    for revision, text in (("r1", "薄膜も作る"), ("r2", "薄膜は作らない")):
        assert registry.revise(revision, "a", "a:1", passage("a:1", "a", text, OWN), at=LATER)
    assert not registry.revise("r1", "a", "a:1", passage("a:1", "a", "薄膜も作る", OWN), at=LATER)
    assert texts(registry) == {"a:1": "薄膜は作らない"}
    assert registry.revision_ids() == {"r1", "r2"}


def test_nobody_revises_the_passage_of_another_organisation(registry: Registry) -> None:
    registry.put([firm("a", "a:1"), firm("b")], recorded_at=NOW)
    with pytest.raises(RecordError):
        registry.revise("r", "b", "a:1", None, at=LATER)
    with pytest.raises(UnknownOrganisationError):
        registry.revise("r", "nobody", "own:1", passage("own:1", "nobody"), at=LATER)
    assert texts(registry) == {"a:1": "ガラス基板の欠陥を検査する"}
    assert registry.revision_ids() == frozenset()


def test_the_own_word_on_a_passage_of_a_merged_organisation_stays_with_it(registry: Registry) -> None:
    registry.put([firm("a", "a:1"), firm("b", "b:1")], recorded_at=NOW)
    registry.merge("a", "b", at=NOW)
    registry.revise("r", "a", "b:1", passage("b:1", "a", "薄膜も作る", OWN), at=LATER)
    assert texts(registry)["b:1"] == "薄膜も作る"
    registry.unmerge("b", at=LATER)
    assert texts(registry, "b") == {"b:1": "薄膜も作る"}


def test_what_is_revised_is_counted_and_hashed_as_it_stands(registry: Registry) -> None:
    registry.put([firm("a", "a:1")], recorded_at=NOW)
    before = registry.corpus_hash()
    registry.revise("r", "a", "a:1", None, at=LATER)
    assert registry.counts().n_passages == 0
    assert registry.counts().n_without_passages == 1
    assert registry.corpus_hash() != before


# Memberships and clusters


def test_a_later_home_takes_over_and_the_former_stays_a_membership(registry: Registry) -> None:
    registry.put([replace(firm("a"), memberships=(member("a", "north"),))], recorded_at=NOW)
    moved = member("a", "south", since=date(2008, 4, 1), recorded_at=LATER)
    assert registry.add_memberships([moved]) == 1
    assert registry.add_memberships([moved]) == 0
    roles = {said.cluster_id: said.role for said in registry.memberships("a", on=date(2009, 1, 1))}
    assert roles == {"north": MembershipRole.MEMBER, "south": MembershipRole.HOME}
    roles = {said.cluster_id: said.role for said in registry.memberships("a", on=date(2007, 1, 1))}
    assert roles == {"north": MembershipRole.HOME}
    as_known = registry.memberships("a", on=date(2009, 1, 1), as_known_at=NOW)
    assert [(said.cluster_id, said.role) for said in as_known] == [("north", MembershipRole.HOME)]


def test_what_was_known_at_a_time_cannot_be_changed_afterwards(registry: Registry) -> None:
    registry.put([replace(firm("a"), memberships=(member("a", "north"),))], recorded_at=LATER)
    with pytest.raises(RecordError) as caught:
        registry.add_memberships([member("a", "south", recorded_at=NOW)])
    assert caught.value.facts["reason"] == Reason.BACKDATED


def test_whoever_left_is_no_member(registry: Registry) -> None:
    registry.put([replace(firm("a"), memberships=(member("a", "north"),))], recorded_at=NOW)
    registry.add_memberships([member("a", "north", MembershipRole.LEFT, date(2010, 4, 1), LATER)])
    assert registry.memberships(on=date(2010, 4, 1)) == ()
    assert len(registry.memberships(on=date(2010, 3, 31))) == 1


def test_memberships_need_an_organisation_and_a_cluster(registry: Registry) -> None:
    registry.put([firm("a")], recorded_at=NOW)
    with pytest.raises(UnknownOrganisationError):
        registry.add_memberships([member("nobody", "north")])
    with pytest.raises(UnknownClusterError):
        registry.add_memberships([member("a", "nowhere")])


@pytest.mark.parametrize("table", ["memberships", "lineage", "decisions", "revisions"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET id = id || 1", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"]
)
def test_what_is_on_record_cannot_be_rewritten(registry: Registry, table: str, change: str) -> None:
    registry.put([replace(firm("a"), memberships=(member("a", "north"),))], recorded_at=NOW)
    registry.withdraw("a", at=NOW)
    registry.revise("r", "a", "own:1", passage("own:1", "a"), at=NOW)
    registry.record_lineage(LineageEvent(LineageKind.ABOLISHED, date(2010, 4, 1), ("east",), ()))
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        registry._sql.execute(change.replace("{}", table))


REORGANISED = date(2008, 4, 1)


def test_counts_come_out_by_the_cluster_of_the_day_and_by_todays(registry: Registry) -> None:
    profiles = [
        replace(firm("a"), memberships=(member("a", "north"),)),
        replace(firm("b"), memberships=(member("b", "south"), member("b", "north", MembershipRole.MEMBER))),
        replace(firm("c"), memberships=(member("c", "east"),)),
    ]
    registry.put(profiles, recorded_at=NOW)
    registry.put_clusters([cluster("whole", REORGANISED)])
    registry.record_lineage(LineageEvent(LineageKind.MERGED, REORGANISED, ("north", "south"), ("whole",)))
    registry.record_lineage(LineageEvent(LineageKind.ABOLISHED, REORGANISED, ("east",), ()))
    day, today = date(2007, 4, 1), date(2010, 4, 1)
    assert registry.member_counts(on=day) == {
        "east": {Kind.FIRM: 1},
        "north": {Kind.FIRM: 2},
        "south": {Kind.FIRM: 1},
    }
    assert registry.member_counts(on=day, clusters_of=today) == {"whole": {Kind.FIRM: 2}}
    assert [said.cluster_id for said in registry.profile("b", on=today).memberships] == ["whole"]
    assert registry.profile("b", on=today).memberships[0].role is MembershipRole.HOME
    assert [said.cluster_id for said in registry.profile("b", on=day).memberships] == ["north", "south"]
    assert registry.successors("east", today) == ()
    assert registry.successors("north", day) == ("north",)


def test_clusters_are_those_of_a_day(registry: Registry) -> None:
    registry.put_clusters([cluster("whole", REORGANISED), cluster("gone", FOUNDED, date(2007, 3, 31))])
    registry.record_lineage(LineageEvent(LineageKind.MERGED, REORGANISED, ("north", "south"), ("whole",)))
    assert [one.id for one in registry.clusters(date(2008, 3, 31))] == ["north", "south", "east"]
    assert [one.id for one in registry.clusters(REORGANISED)] == ["east", "whole"]
    assert len(registry.clusters()) == 5
    assert registry.clusters()[0].valid_to == date(2008, 3, 31)


def test_putting_clusters_again_changes_nothing(registry: Registry) -> None:
    again = [cluster("north"), replace(cluster("south"), note="改"), cluster("west")]
    assert registry.put_clusters(again) == Tally(n_added=1, n_changed=1, n_unchanged=1)
    assert [one.id for one in registry.clusters()] == ["north", "south", "east", "west"]


def test_an_event_that_contradicts_the_record_is_not_recorded(registry: Registry) -> None:
    registry.record_lineage(LineageEvent(LineageKind.ABOLISHED, REORGANISED, ("east",), ()))
    with pytest.raises(LineageError):
        registry.record_lineage(LineageEvent(LineageKind.RENAMED, date(2009, 4, 1), ("east",), ("north",)))
    with pytest.raises(UnknownClusterError):
        registry.successors("nowhere", REORGANISED)
    assert len(registry.lineage()) == 1


# Counting


def test_the_counts_equal_what_was_put(registry: Registry) -> None:
    sample = Profile(replace(organisation("s"), is_sample=True, kind=Kind.UNIVERSITY))
    registry.put([firm("a", "a:1", "a:2"), firm("b"), draft("d"), sample], recorded_at=NOW)
    registry.put([firm("c", "c:1", source=FAIR)], recorded_at=NOW, contacts=[Contact("c", "係")])
    registry.withdraw("b", at=NOW)
    counts = registry.counts()
    assert counts.organisations == {Kind.FIRM: 4, Kind.UNIVERSITY: 1}
    assert counts.passages == {PassageType.CAPABILITY: 2 + 1}
    assert (counts.n_organisations, counts.n_passages) == (4 + 1, 2 + 1)
    assert (counts.n_without_passages, counts.n_samples) == (5 - 2, 1)
    assert (counts.n_unpublished, counts.n_withdrawn, counts.n_merged, counts.n_contacts) == (1, 1, 0, 1)
    assert [(s.name, s.as_of, s.n_organisations, s.n_passages) for s in counts.sources] == [
        ("会員名簿", LIST.as_of, 4, 2),
        ("展示会", FAIR.as_of, 1, 1),
    ]


def test_changes_are_those_after_a_time(registry: Registry) -> None:
    registry.put([firm("a"), firm("b"), firm("c")], recorded_at=NOW)
    assert registry.changes_since(NOW) == ()
    registry.put([firm("a", "a:1"), firm("b")], recorded_at=LATER)
    registry.withdraw("c", at=LATER)
    assert registry.changes_since(NOW) == ("a", "c")
    assert registry.changes_since(LATER) == ()
