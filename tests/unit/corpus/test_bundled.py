"""The data that ship: the projects, the organisations of the document, the fixed question set."""

import tomllib
import unicodedata
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from importlib.resources import files

import pytest

from corpus.bundled import Size, clusters, golden, profiles, programme, summed_size
from corpus.places import PREFECTURES, REGIONS, region_of
from corpus.records import Kind, PassageType, Profile

CLUSTERS = {cluster.id: cluster for cluster in clusters()}
PROFILES = {profile.organisation.id: profile for profile in profiles()}


def _longest_shared_run(one: str, other: str) -> str:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _words(profile: Profile) -> list[str]:
    return [_letters(part) for passage in profile.passages for part in (passage.title, passage.text)]


def test_there_are_seventeen_projects_in_the_programmes_regions() -> None:
    assert len(CLUSTERS) == len(clusters()) == 19 - 5 + 3
    assert {cluster.region for cluster in CLUSTERS.values()} == set(REGIONS)


def test_the_projects_began_together_and_none_is_stated_to_end() -> None:
    assert {c.valid_from for c in CLUSTERS.values()} == {programme().plan_begins} == {date(2006, 4, 1)}
    assert {c.valid_to for c in CLUSTERS.values()} == {None}
    assert programme().plan_ends == date(2011, 3, 31)


def test_the_reorganisation_adds_up_both_ways() -> None:
    change = programme().reorganisation

    assert change.before == change.abolished + change.modified + change.continued == 5 + 9 + 5
    assert change.after == change.new + change.modified + change.continued == 3 + 9 + 5


def test_the_projects_sum_to_more_than_the_stated_totals() -> None:
    summed = summed_size(clusters())

    assert summed == Size(firms=9_860, universities=413)
    assert summed.firms - programme().stated.firms == 9_860 - 9_800
    assert summed.universities - programme().stated.universities == 413 - 290


def test_two_projects_share_one_size_which_counts_once() -> None:
    shared = [cluster for cluster in clusters() if cluster.size_group]

    assert [c.id for c in shared] == ["chugoku-core", "chugoku-junkan"]
    assert summed_size(shared) == summed_size(shared[:1]) == Size(firms=290, universities=17)


def test_a_size_that_is_not_stated_adds_nothing() -> None:
    unknown = replace(CLUSTERS["hokuriku"], firms_approx=None, universities=None)

    assert summed_size([unknown, CLUSTERS["shikoku"]]) == Size(firms=0 + 400, universities=0 + 5)


def test_the_networks_belong_to_the_regional_project_of_greater_kanto() -> None:
    with_networks = [cluster for cluster in clusters() if cluster.networks]

    assert [cluster.id for cluster in with_networks] == ["kanto-chiiki"]
    assert "三遠南信" in CLUSTERS["kanto-chiiki"].networks
    assert len(CLUSTERS["kanto-chiiki"].networks) == 6


@pytest.mark.parametrize(
    "name",
    [
        *("インスペック(株)", "(株)Industria", "第一施設工業(株)", "(株)プレシード", "(株)内山建設"),
        *("高知工科大学", "ヘイワ原紙", "ニッポン高度紙工業", "バイオ21(株)", "やまと興業(株)"),
        *("(株)富士通北海道システムズ", "(株)GIS北海道", "富士通(株)", "北海道大学", "アンジェスMG(株)"),
        *("大阪大学", "広島大学", "TAMA協会", "第一製薬(株)", "(独)産業技術総合研究所関西センター"),
    ],
)
def test_the_organisations_of_the_document_stand_under_their_own_names(name: str) -> None:
    assert name in {profile.organisation.name for profile in PROFILES.values()}


def test_ids_are_unique() -> None:
    passages = [passage.id for profile in profiles() for passage in profile.passages]

    assert len(PROFILES) == len(profiles())
    assert len(set(passages)) == len(passages)
    assert len({need.id for need in golden()}) == len(golden())


def test_every_organisation_has_one_home_that_exists_or_says_why_not() -> None:
    entries = tomllib.loads((files("corpus") / "data" / "organisations.toml").read_text(encoding="utf-8"))

    for entry in entries["organisation"]:
        homes = [membership.cluster_id for membership in PROFILES[f"seed:{entry['id']}"].memberships]
        if "no_home_because" in entry:
            assert homes == []
        else:
            assert entry["home_because"]
            assert len(homes) == 1
            assert homes[0] in CLUSTERS


def test_a_network_is_one_of_its_projects() -> None:
    networks = [m for profile in profiles() for m in profile.memberships if m.network]

    assert {m.network for m in networks} == {"首都圏西部(TAMA)", "三遠南信"}
    assert all(m.network in CLUSTERS[m.cluster_id].networks for m in networks)


def test_an_organisation_sits_in_the_region_of_its_home() -> None:
    for profile in profiles():
        if profile.organisation.prefecture and profile.memberships:
            assert profile.organisation.prefecture in PREFECTURES
            home = CLUSTERS[profile.memberships[0].cluster_id]
            assert region_of(profile.organisation.prefecture) == home.region


def test_every_statement_has_its_source_and_date() -> None:
    for profile in profiles():
        for source in (profile.organisation.source, *(p.source for p in profile.passages)):
            assert source.name.startswith("産業構造審議会")
            assert source.as_of == date(2006, 11, 10)
        assert all(m.recorded_at.tzinfo is not None for m in profile.memberships)


def test_a_prefecture_that_is_not_stated_says_what_it_was_taken_from() -> None:
    osaka = PROFILES["seed:osaka-u"].organisation
    inspec = PROFILES["seed:inspec"].organisation

    assert osaka.provenance["prefecture"].name == "大学の名称による"
    assert not inspec.provenance


def test_universities_have_themes_and_makers_capabilities() -> None:
    for profile in profiles():
        types = {passage.type for passage in profile.passages}
        is_university = profile.organisation.kind is Kind.UNIVERSITY
        assert (PassageType.THEME if is_university else PassageType.CAPABILITY) in types


def test_the_question_set_points_at_organisations_that_exist() -> None:
    for need in golden():
        assert set(need.relevant) <= set(PROFILES), need.id
        assert set(need.relevant.values()) <= {1, 2}
        assert 2 in need.relevant.values(), need.id


def test_every_organisation_is_the_answer_to_a_question() -> None:
    assert set(PROFILES) == {id for need in golden() for id in need.relevant}


def test_the_questions_are_technical_and_plain_in_japanese_and_english() -> None:
    asked = {(need.lang, need.style) for need in golden()}

    assert asked == {(lang, style) for lang in ("ja", "en") for style in ("technical", "plain")}


def test_no_question_copies_the_words_of_its_answer() -> None:
    # Terms of the field reach seven letters (クレンジング is six); a copied phrase is longer.
    longest_term = 7
    for need in golden():
        for id in need.relevant:
            for words in _words(PROFILES[id]):
                run = _longest_shared_run(_letters(need.text), words)
                assert len(run) <= longest_term, (need.id, id, run)
