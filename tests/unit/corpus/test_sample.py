"""The sample network: its sizes, its texts, and that a seed says all of it."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from corpus.bundled import clusters
from corpus.names import name_key
from corpus.places import REGIONS
from corpus.records import Cluster, Kind, MembershipRole, PassageType, Profile
from corpus.sample import sample_profiles

_AS_OF = date(2026, 4, 1)
_DATA = Path(__file__).parents[3].parent / "shared" / "data"


def _sample(scale: float, seed: int = 1) -> list[Profile]:
    return list(sample_profiles(clusters(), scale=scale, seed=seed, as_of=_AS_OF))


@pytest.fixture(scope="module")
def whole() -> list[Profile]:
    return _sample(1.0)


@pytest.fixture(scope="module")
def tenth() -> list[Profile]:
    return _sample(0.1)


@pytest.fixture(scope="module")
def tiny() -> list[Profile]:
    return _sample(0.02)


def _members(profiles: list[Profile], kind: Kind) -> Counter[str]:
    """Cluster → its members of this kind in Japan, as of the sample's day."""
    members: Counter[str] = Counter()
    for profile in profiles:
        if profile.organisation.kind is kind and not profile.organisation.is_international:
            left = {m.cluster_id for m in profile.memberships if m.role is MembershipRole.LEFT}
            members.update({m.cluster_id for m in profile.memberships} - left)
    return members


def _stated(size: Callable[[Cluster], int | None]) -> dict[str, int]:
    """Cluster → its stated size; what a group states together is split, the first taking the rest."""
    stated = {}
    for cluster in clusters():
        group = [c.id for c in clusters() if c.size_group and c.size_group == cluster.size_group]
        part, rest = divmod(size(cluster) or 0, len(group) or 1)
        stated[cluster.id] = part + (cluster.id in group[:rest])
    return stated


def test_every_project_has_as_many_firms_as_stated(whole: list[Profile]) -> None:
    firms = _members(whole, Kind.FIRM)
    assert firms == _stated(lambda cluster: cluster.firms_approx)
    assert firms.total() == 9_860


def test_every_project_has_as_many_universities_as_stated(whole: list[Profile]) -> None:
    universities = _members(whole, Kind.UNIVERSITY)
    assert universities == _stated(lambda cluster: cluster.universities)
    assert universities.total() == 413


def test_about_290_universities_hold_about_60000_themes(whole: list[Profile]) -> None:
    holders = [p for p in whole if p.organisation.kind is Kind.UNIVERSITY and p.organisation.country == "JP"]
    assert abs(len(holders) - 290) <= 5
    assert abs(sum(len(profile.passages) for profile in holders) - 60_000) <= 60_000 * 0.06


def test_hundreds_of_financiers_say_what_they_fund(whole: list[Profile]) -> None:
    mandates = [p.organisation.mandate for p in whole if p.organisation.kind is Kind.FINANCIER]
    assert len(mandates) == 60 + 110 + 70 + 35 + 25
    for mandate in mandates:
        assert mandate is not None
        assert mandate.stages
        assert mandate.regions
        assert 0 < (mandate.ticket_min or 0) < (mandate.ticket_max or 0)


def test_each_organisation_has_one_home_in_force_and_stands_in_its_region(whole: list[Profile]) -> None:
    regions = {cluster.id: cluster.region for cluster in clusters()}
    for profile in whole:
        organisation = profile.organisation
        homes = [m.cluster_id for m in profile.memberships if m.role is MembershipRole.HOME]
        if organisation.is_international:
            assert len(homes) <= 1
        else:
            assert len(homes) == 1, organisation.id
            assert organisation.prefecture in REGIONS[regions[homes[0]]], organisation.id


def test_a_membership_lies_between_the_start_of_its_cluster_and_the_day_of_the_sample(
    whole: list[Profile],
) -> None:
    begins = {cluster.id: cluster.valid_from for cluster in clusters()}
    days = [(m.valid_from, begins[m.cluster_id]) for profile in whole for m in profile.memberships]
    assert all(begin <= day <= _AS_OF for day, begin in days)
    assert len({day.year for day, _ in days}) > 15


def test_an_equal_seed_gives_an_equal_network(tiny: list[Profile]) -> None:
    assert _sample(0.02) == tiny


def test_another_seed_gives_other_texts_and_names_under_the_same_ids(tiny: list[Profile]) -> None:
    other = _sample(0.02, seed=2)
    assert [p.organisation.id for p in other] == [p.organisation.id for p in tiny]
    same = [a.organisation.id for a, b in zip(tiny, other, strict=True) if a.passages == b.passages]
    assert same == []


def test_a_larger_scale_keeps_the_firms_of_a_smaller_one(tiny: list[Profile], tenth: list[Profile]) -> None:
    larger = {profile.organisation.id: profile for profile in tenth}
    firms = [p for p in tiny if p.organisation.id.startswith("sample:firm:")]
    assert firms == [larger[firm.organisation.id] for firm in firms]


@pytest.mark.parametrize("scale", [0.001, 0.02])
def test_every_kind_cluster_and_type_of_passage_occurs_at_small_scales(scale: float) -> None:
    profiles = _sample(scale)
    ids = {cluster.id for cluster in clusters()}
    assert {profile.organisation.kind for profile in profiles} == set(Kind)
    assert set(_members(profiles, Kind.FIRM)) == ids
    assert set(_members(profiles, Kind.UNIVERSITY)) == ids
    assert {passage.type for profile in profiles for passage in profile.passages} >= {
        PassageType.CAPABILITY,
        PassageType.THEME,
        PassageType.MANDATE,
    }


def test_a_large_scale_streams_its_first_profiles_at_once() -> None:
    huge = sample_profiles(clusters(), scale=1_000_000, seed=1, as_of=_AS_OF)
    assert len(list(islice(huge, 5))) == 5


def test_all_is_marked_as_a_sample(tenth: list[Profile]) -> None:
    for profile in tenth:
        assert profile.organisation.is_sample
        assert profile.organisation.source.name == "見本"
        assert not profile.organisation.corporate_number
        assert profile.organisation.id.startswith("sample:")
        assert {p.source for p in profile.passages} <= {profile.organisation.source}


def test_some_firms_are_masked_and_all_firms_have_a_size_band(whole: list[Profile]) -> None:
    firms = [p.organisation for p in whole if p.organisation.id.startswith("sample:firm:")]
    assert all(firm.size_band for firm in firms)
    assert 0.02 < sum(firm.is_masked for firm in firms) / len(firms) < 0.06


def test_ids_are_distinct_and_names_nearly_so(whole: list[Profile]) -> None:
    assert len({profile.organisation.id for profile in whole}) == len(whole)
    assert len({profile.organisation.name for profile in whole}) >= 0.99 * len(whole)


def test_texts_are_distinct_filled_and_of_sensible_length(tenth: list[Profile]) -> None:
    passages = [passage for profile in tenth for passage in profile.passages]
    texts = [passage.text for passage in passages]
    assert len(set(texts)) >= 0.98 * len(texts)
    assert [p.id for p in passages if re.search(r"[{}|]", p.title + p.text)] == []
    assert all(15 <= len(text) <= 250 for text in texts)
    assert all(len(passage.title) <= 80 for passage in passages)
    assert all(passage.title for passage in passages if passage.type is PassageType.THEME)


def test_a_university_does_not_bear_a_real_name(whole: list[Profile]) -> None:
    file = _DATA / "universities_2022.csv"
    if not file.exists():
        pytest.skip("the list of real universities is not here")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        real = {name_key(row["name"]) for row in csv.DictReader(lines)}
    assert len(real) > 700
    assert _keys(whole) & real == set()


def test_no_organisation_bears_a_real_name(whole: list[Profile]) -> None:
    file = _DATA / "rs_orgs_2024.jsonl"
    if not file.exists():
        pytest.skip("the list of real organisations is not here")
    with file.open(encoding="utf-8") as lines:
        real = {name_key(json.loads(line)["name"]) for line in lines}
    assert len(real) > 10_000
    assert _keys(whole) & real == set()


def _keys(profiles: list[Profile]) -> set[str]:
    return {name_key(profile.organisation.name) for profile in profiles}


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf")])
def test_a_scale_which_is_not_above_zero_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        sample_profiles(clusters(), scale=scale, seed=1, as_of=_AS_OF)


def test_a_network_without_clusters_is_refused() -> None:
    with pytest.raises(ValueError, match="cluster"):
        sample_profiles((), scale=1.0, seed=1, as_of=_AS_OF)
