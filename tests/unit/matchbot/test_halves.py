"""Needs that ask for two things, and who only together does both."""

from datetime import date

import pytest

from index.hits import Evidence, Found, Hit
from matchbot.halves import complementary, halves


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("樹脂の配合と金型の設計", ("樹脂の配合", "金型の設計")),
        ("射出成形と金型設計", ("射出成形", "金型設計")),
        ("難燃樹脂の開発と、筐体の金型設計の両方", ("難燃樹脂の開発", "筐体の金型設計")),
        ("センサーの開発に加えて、データの解析", ("センサーの開発", "データの解析")),
        ("タンクの疲労試験ができて、溶接の検査も", ("タンクの疲労試験", "溶接の検査")),
        ("耐食性の試験、および破断面の解析", ("耐食性の試験", "破断面の解析")),
        ("Casting of steel and machining of titanium", ("Casting of steel", "machining of titanium")),
        ("polymer compounding as well as mould design", ("polymer compounding", "mould design")),
    ],
)
def test_two_things_beside_each_other_are_two_halves(query: str, expected: tuple[str, str]) -> None:
    assert halves(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "アルミと鉄の接合",
        "アルミニウム合金と炭素繊維複合材の接着",
        "大学との共同研究の進め方",
        "濃縮海水を原料とする新しい製錬技術の開発",
        "使うとすぐにさびる部品の表面処理",
        "もっと薄いガラスの加工",
        "将来すごい計算機ができても盗み見されない通信",
        "CMC材料および高レートで低コストに生産可能な繊維の巻き付け成形プロセスの開発",
        "基礎工事(洗掘防止工の低コスト構造及び施工方法の開発)",
        "design and manufacture of optical lenses",
        "ガラス基板の欠陥検査",
        "",
    ],
)
def test_one_thing_is_not_taken_apart(query: str) -> None:
    assert halves(query) is None


PARTS = ("樹脂の配合", "金型の設計")


def a_hit(id: str, *told: str, synonyms: tuple[tuple[str, str], ...] = ()) -> Hit:
    evidence = Evidence("p", "capability", "", "", "", "", date(2026, 4, 1), told, synonyms)
    return Hit(Found(id, id, "firm"), 0.5, rank=1, evidence=evidence)


MOULDS, RESINS = a_hit("moulds", "金型", "設計"), a_hit("resins", "樹脂", "配合")


def test_the_best_of_each_half_are_a_pair() -> None:
    assert complementary([RESINS, a_hit("x", "樹脂", "配合")], [MOULDS], PARTS) == (RESINS, MOULDS)


def test_there_is_no_pair_where_somebody_does_both() -> None:
    assert (
        complementary([RESINS, a_hit("both", "樹脂", "配合")], [MOULDS, a_hit("both", "金型", "設計")], PARTS)
        is None
    )


def test_there_is_no_pair_where_one_of_the_two_has_to_do_with_the_other_half() -> None:
    assert complementary([RESINS], [MOULDS, a_hit("resins", "設計")], PARTS) is None


def test_there_is_no_pair_where_a_half_is_done_only_in_part() -> None:
    parts = ("樹脂の配合", "水質の遠隔監視")
    near = a_hit("remote", "遠隔", "監視")
    assert complementary([RESINS], [near], parts) is None
    assert complementary([RESINS], [a_hit("water", "水質", "遠隔", "監視")], parts) is not None


def test_there_is_no_pair_where_a_half_is_done_by_nobody_or_told_in_a_single_word() -> None:
    assert complementary([RESINS], [], PARTS) is None
    assert complementary([RESINS], [a_hit("moulds", "金型", "型")], PARTS) is None


def test_of_those_who_do_a_half_and_nothing_of_the_other_the_one_who_tells_most_is_taken() -> None:
    parts = ("樹脂の配合", "水質の遠隔監視")
    also_resins, less = a_hit("both", "水質", "遠隔", "監視"), a_hit("less", "水質", "遠隔")
    most = a_hit("most", "水質", "遠隔", "監視")
    assert complementary([RESINS, a_hit("both", "樹脂")], [also_resins, less, most], parts) == (RESINS, most)


def test_a_word_of_a_half_is_told_by_its_translation_too() -> None:
    parts = ("plating of glass", "inspection of bridges")
    plating = a_hit("plating", "めっき", "ガラス", synonyms=(("めっき", "plating"), ("ガラス", "glass")))
    bridges = a_hit("bridges", "橋", "点検", synonyms=(("橋", "bridges"), ("点検", "inspection")))
    assert complementary([plating], [bridges], parts) == (plating, bridges)
    only_in_part = a_hit("bridges", "橋", "梁", synonyms=(("橋", "bridges"),))
    assert complementary([plating], [only_in_part], parts) is None
