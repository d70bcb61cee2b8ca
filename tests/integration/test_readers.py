"""Profiles from files: what is taken, what is refused, and what is kept out of the index."""

import json
import os
from collections.abc import Iterable
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corpus.errors import Reason, UnreadableFileError
from corpus.mapping import read_mapping, shipped_mapping
from corpus.readers import Flag, FlagCode, Imported, Rejection, read_profiles
from corpus.records import Cluster, Contact, Kind, MembershipRole, PassageType, Source

NOW = datetime(2024, 4, 1, 9, 0, tzinfo=UTC)


def imported(results: Iterable[Imported | Rejection]) -> list[Imported]:
    return [result for result in results if isinstance(result, Imported)]


def rejected(results: Iterable[Imported | Rejection]) -> list[Rejection]:
    return [result for result in results if isinstance(result, Rejection)]


def csv_file(folder: Path, *lines: str) -> Path:
    path = folder / "firms.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def only(path: Path) -> Imported:
    (result,) = imported(read_profiles(path, recorded_at=NOW))
    return result


@pytest.mark.parametrize(
    ("header", "value"), [("非公開", "はい"), ("非公開希望", "○"), ("匿名", "希望"), ("公開区分", "非公開")]
)
def test_a_list_says_in_several_ways_who_stays_unnamed(tmp_path: Path, header: str, value: str) -> None:
    path = csv_file(tmp_path, f"名称,所在地,{header}", f"山田製作所,福井県,{value}")
    assert only(path).profile.organisation.is_masked


def test_a_list_with_the_usual_headers_needs_no_mapping(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "企業名,法人番号,所在地,種別,事業内容,ニーズ,分野,URL,更新日,出典,担当者,メール,電話",
        "㈱山田製作所,5-8356-7825-6246,〒916-0001 福井県鯖江市1-1,企業,樹脂の精密成形,検査装置を探しています,"
        "樹脂；成形,www.example.co.jp,令和6年3月31日,会員名簿,山田太郎,yamada@example.co.jp,090-1234-5678",
    )
    result = only(path)
    organisation = result.profile.organisation
    source = Source("会員名簿", date(2024, 3, 31))
    assert (organisation.id, organisation.name, organisation.kind) == (
        "5835678256246",
        "㈱山田製作所",
        Kind.FIRM,
    )
    assert (organisation.prefecture, organisation.fields) == ("福井県", ("樹脂", "成形"))
    assert (organisation.website, organisation.source) == ("https://www.example.co.jp", source)
    assert [(passage.type, passage.text, passage.source) for passage in result.profile.passages] == [
        (PassageType.CAPABILITY, "樹脂の精密成形", source),
        (PassageType.NEED, "検査装置を探しています", source),
    ]
    assert result.contact == Contact(
        "5835678256246", "山田太郎", "yamada@example.co.jp", "090-1234-5678", "〒916-0001 福井県鯖江市1-1"
    )
    assert result.flags == ()


def test_contacts_are_in_nothing_that_is_indexed(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, "名称,強み,担当者,メール,携帯", "山田,成形,佐藤花子,h.sato@example.jp,080-1111-2222"
    )
    indexed = json.dumps(astuple(only(path).profile), ensure_ascii=False, default=str)
    for secret in ("佐藤", "h.sato", "080"):
        assert secret not in indexed


def test_a_broken_row_never_stops_the_good_ones(tmp_path: Path) -> None:
    rows = [f"会社{n},," for n in range(2, 10)]
    rows[7 - 2] = "会社7,5835678256247,"
    results = list(read_profiles(csv_file(tmp_path, "名称,法人番号,更新日", *rows)))
    assert rejected(results) == [Rejection("firms.csv", 7, "法人番号", "5835678256247", Reason.CHECK_DIGIT)]
    assert [result.row for result in imported(results)] == [2, 3, 4, 5, 6, 8, 9]


@pytest.mark.parametrize(
    ("header", "cell", "field", "reason"),
    [
        ("業種", "製造業", "名称", Reason.EMPTY),
        ("種別", "宇宙人", "種別", Reason.UNKNOWN_KIND),
        ("都道府県", "越前県", "都道府県", Reason.UNKNOWN_PREFECTURE),
        ("更新日", "昨日", "更新日", Reason.NOT_A_DATE),
        ("匿名", "たぶん", "匿名", Reason.NOT_YES_OR_NO),
        ("国", "火星", "国", Reason.UNKNOWN_COUNTRY),
        ("法人番号", "123", "法人番号", Reason.WRONG_LENGTH),
        ("出資額上限", "応相談", "出資額上限", Reason.NOT_AN_AMOUNT),
        ("業種", "#N/A", "業種", Reason.ERROR_CELL),
        ("情報種別", "うわさ", "情報種別", Reason.UNKNOWN_PASSAGE_TYPE),
    ],
)
def test_a_rejection_names_the_column_as_the_file_writes_it(
    tmp_path: Path, header: str, cell: str, field: str, reason: Reason
) -> None:
    name = "" if reason is Reason.EMPTY else "山田"
    path = csv_file(tmp_path, f"名称,{header},本文", f"{name},{cell},成形")
    (rejection,) = rejected(read_profiles(path))
    assert (rejection.row, rejection.field, rejection.reason) == (2, field, reason)


def test_mail_addresses_and_mobile_numbers_are_flagged_and_kept_out_of_passages(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, "名称,強み", "山田,成形は山田(090-1234-5678)かyamada@example.jpへ。代表はinfo@example.jp"
    )
    result = only(path)
    assert result.profile.passages[0].text == "成形は山田(…)か…へ。代表は…"
    assert result.flags == (
        Flag("firms.csv", 2, "強み", "090…78", FlagCode.MOBILE_NUMBER),
        Flag("firms.csv", 2, "強み", "y…@example.jp", FlagCode.PERSONAL_MAIL),
        Flag("firms.csv", 2, "強み", "i…@example.jp", FlagCode.ROLE_MAIL),
    )


def test_a_rejection_repeats_no_personal_data(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "名称,種別", "山田,山田 090-1234-5678")
    assert [rejection.value for rejection in rejected(read_profiles(path))] == ["山田 …"]


def test_a_column_that_nobody_knows_is_told_once_and_empty_or_mapped_by_oneself_never(tmp_path: Path) -> None:
    lines = ("名称,できること,備考", "山田,,", "川田,切削は090-1234-5678へ,", "森田,研磨,")
    path = csv_file(tmp_path, *lines)
    flags = [flag for result in imported(read_profiles(path)) for flag in result.flags]
    assert flags == [Flag("firms.csv", 3, "できること", "切削は…へ", FlagCode.COLUMN_NOT_READ)]
    assert not any(result.flags for result in imported(read_profiles(path, shipped_mapping())))


def test_a_website_that_is_none_is_left_out_and_the_row_stays(tmp_path: Path) -> None:
    result = only(csv_file(tmp_path, "名称,ＵＲＬ", "山田,なし"))
    assert result.profile.organisation.website == ""
    assert result.flags == (Flag("firms.csv", 2, "ＵＲＬ", "なし", FlagCode.WEBSITE_DROPPED),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("株式会社大学サポート", Kind.FIRM),
        ("Yamada Co., Ltd.", Kind.FIRM),
        ("山田鉄工所", Kind.FIRM),
        ("国立大学法人福井大学", Kind.UNIVERSITY),
        ("福井工業高等専門学校", Kind.UNIVERSITY),
        ("福井県工業技術センター", Kind.PUBLIC_INSTITUTE),
        ("国立研究開発法人産業技術総合研究所", Kind.PUBLIC_INSTITUTE),
        ("福井信用金庫", Kind.FINANCIER),
        ("株式会社福井銀行", Kind.FINANCIER),
        ("鯖江商工会議所", Kind.SUPPORT_BODY),
        ("福井県眼鏡協会", Kind.ASSOCIATION),
        ("一般社団法人組込技術協会", Kind.ASSOCIATION),
        ("誠長寺", Kind.OTHER),
    ],
)
def test_without_a_column_the_kind_is_what_the_name_says(tmp_path: Path, name: str, kind: Kind) -> None:
    path = tmp_path / "firms.jsonl"
    path.write_text(json.dumps({"name": name}), encoding="utf-8")
    assert only(path).profile.organisation.kind is kind


def test_the_same_words_keep_their_ids_whatever_else_changes(tmp_path: Path) -> None:
    before = only(csv_file(tmp_path, "名称,都道府県,強み,更新日", "㈱山田,福井県,成形,2024-03-31"))
    after = only(
        csv_file(
            tmp_path,
            "企業名,所在地,事業内容,ニーズ,更新日",
            "株式会社　山田,福井市福井県庁前,成形,鋳造,2025-03-31",
        )
    )
    assert before.profile.organisation.id == after.profile.organisation.id
    assert before.profile.passages[0].id == after.profile.passages[0].id != after.profile.passages[1].id


def test_words_that_stand_twice_in_a_row_are_one_passage(tmp_path: Path) -> None:
    result = only(csv_file(tmp_path, "名称,事業内容,強み,ニーズ", "山田,成形,成形,成形"))
    assert [passage.type for passage in result.profile.passages] == [PassageType.CAPABILITY, PassageType.NEED]


def test_a_financier_carries_its_mandate(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "名称,種別,投資ステージ,投資分野,対象地域,出資額下限,出資額上限,投資方針",
        "北陸キャピタル,VC,シード、アーリー,素材,北陸,500万円,1億円,素材の創業を支える",
    )
    profile = only(path).profile
    mandate = profile.organisation.mandate
    assert mandate is not None
    assert (mandate.stages, mandate.fields, mandate.regions) == (("seed", "early"), ("素材",), ("北陸",))
    assert (mandate.ticket_min, mandate.ticket_max) == (500 * 10**4, 10**8)
    assert [passage.type for passage in profile.passages] == [PassageType.MANDATE]


def test_an_international_partner_keeps_its_country_and_needs_no_prefecture(tmp_path: Path) -> None:
    organisation = only(
        csv_file(tmp_path, "名称,国,都道府県", "Beispiel GmbH,ドイツ,Bayern")
    ).profile.organisation
    assert (organisation.country, organisation.prefecture, organisation.is_international) == ("DE", "", True)


CLUSTERS = (
    Cluster("hokuriku", "北陸ものづくり", "Hokuriku Manufacturing", "北陸", (), date(2006, 4, 1)),
    Cluster("tohoku", "東北コリドー", "Tohoku Corridor", "東北", (), date(2006, 4, 1)),
)


def test_a_membership_names_its_cluster_by_id_or_name_and_the_first_is_home(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "名称,クラスター,加入日,更新日",
        "A,北陸ものづくり、tohoku,2024年4月,",
        "B,TOHOKU CORRIDOR,,2024-05-01",
    )
    first, second = imported(read_profiles(path, clusters=CLUSTERS, recorded_at=NOW))
    assert [(m.cluster_id, m.role, m.valid_from, m.recorded_at) for m in first.profile.memberships] == [
        ("hokuriku", MembershipRole.HOME, date(2024, 4, 1), NOW),
        ("tohoku", MembershipRole.MEMBER, date(2024, 4, 1), NOW),
    ]
    assert [(m.cluster_id, m.valid_from) for m in second.profile.memberships] == [
        ("tohoku", date(2024, 5, 1))
    ]


def test_an_unknown_cluster_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "名称,クラスター", "A,月面")
    (rejection,) = rejected(read_profiles(path, clusters=CLUSTERS))
    assert (rejection.field, rejection.value, rejection.reason) == (
        "クラスター",
        "月面",
        Reason.UNKNOWN_CLUSTER,
    )


def mapped(folder: Path, mapping: str, rows: list[dict[str, object]]) -> list[Imported]:
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    path = folder / "list.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return imported(read_profiles(path, read_mapping(folder / "mapping.toml")))


def test_a_mapping_reaches_lists_in_lists_with_title_text_address_and_day_of_each_item(
    tmp_path: Path,
) -> None:
    (result,) = mapped(
        tmp_path,
        """
        [organisation]
        name = "name"
        [[passages]]
        type = { column = "sort", values = { theme = ["研究"] } }
        each = "programmes.contracts"
        title = "{programme}"
        text = "{role} {content}"
        source_name = "office"
        source_url = "link"
        as_of = "day"
        """,
        [
            {
                "name": "A",
                "office": "経済産業省",
                "programmes": [
                    {
                        "programme": "素材",
                        "sort": "研究",
                        "contracts": [{"role": "分析", "content": "薄膜", "link": "https://a.example"}],
                    },
                    {
                        "programme": "電池",
                        "contracts": [{"content": "電極", "day": "2024-02-01"}, {"content": "電極"}],
                    },
                ],
            }
        ],
    )
    passages = result.profile.passages
    assert [(p.type, p.title, p.text) for p in passages] == [
        (PassageType.THEME, "素材", "分析 薄膜"),
        (PassageType.CAPABILITY, "電池", "電極"),
    ]
    assert (passages[0].source.name, passages[0].source.url) == ("経済産業省", "https://a.example")


def test_lists_of_texts_and_cells_with_separators_give_a_passage_for_each_part(tmp_path: Path) -> None:
    (result,) = mapped(
        tmp_path,
        """
        [organisation]
        name = "name"
        [[passages]]
        each = ["skills", "machines"]
        split = ";"
        text = "{item}（{name}）"
        """,
        [{"name": "A", "skills": ["成形", "切削"], "machines": "旋盤; 研磨盤"}],
    )
    assert [passage.text for passage in result.profile.passages] == [
        *("成形（A）", "切削（A）"),
        *("旋盤（A）", "研磨盤（A）"),
    ]


def test_a_wrong_corporate_number_can_be_left_out_where_the_mapping_says_so(tmp_path: Path) -> None:
    (result,) = mapped(
        tmp_path,
        '[organisation]\nname = "name"\ncorporate_number = { column = "number", invalid = "drop" }',
        [{"name": "A", "number": "123"}],
    )
    assert result.profile.organisation.corporate_number == ""
    assert result.flags == (Flag("list.jsonl", 1, "number", "123", FlagCode.CORPORATE_NUMBER_DROPPED),)


def test_membership_can_follow_from_the_region_of_an_address(tmp_path: Path) -> None:
    (result,) = mapped(
        tmp_path,
        """
        [organisation]
        name = "name"
        [membership]
        cluster = { column = "address", part = "region", values = { hokuriku = ["北陸"] } }
        """,
        [{"name": "A", "address": "福井県鯖江市"}],
    )
    assert [m.cluster_id for m in result.profile.memberships] == ["hokuriku"]


def test_what_carries_no_source_or_date_is_said_by_the_file_on_the_day_it_was_changed(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "名称", "A")
    day = datetime(2024, 3, 31, 12, 0).timestamp()
    os.utime(path, (day, day))
    assert only(path).profile.organisation.source == Source("firms.csv", date(2024, 3, 31))


def test_a_broken_file_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_profiles(csv_file(tmp_path, "番号,住所", "1,福井県"))


def test_an_organisation_without_passages_is_taken(tmp_path: Path) -> None:
    assert only(csv_file(tmp_path, "名称", "山田")).profile.passages == ()


def test_one_file_may_say_several_things_of_one_organisation_in_several_rows(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, "名称,情報種別,件名,本文", "㈱山田,強み,成形,薄物", "株式会社山田,ニーズ,検査,装置"
    )
    first, second = imported(read_profiles(path))
    assert first.profile.organisation.id == second.profile.organisation.id
    assert [p.type for r in (first, second) for p in r.profile.passages] == [
        PassageType.CAPABILITY,
        PassageType.NEED,
    ]
