"""Mapping files: what they can say, and what they are told when they say it wrongly."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import MappingError, Reason
from corpus.mapping import find_mapping, read_mapping, shipped_mapping, shipped_mappings
from corpus.rows import Layout


def mapping_file(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", shipped_mappings())
def test_every_mapping_that_is_shipped_can_be_read(name: str) -> None:
    assert shipped_mapping(name).name_columns()


def test_a_mapping_is_found_by_its_name_or_by_its_file(tmp_path: Path) -> None:
    path = mapping_file(tmp_path, '[organisation]\nname = "nm"')
    assert find_mapping("rs_orgs").source_name == "行政事業レビュー2024年度"
    assert find_mapping(str(path)).name_columns() == {"nm"}


def test_a_mapping_that_extends_another_states_only_what_differs(tmp_path: Path) -> None:
    path = mapping_file(
        tmp_path,
        """
        extends = "default"
        [source]
        name = "会員名簿"
        as_of = 2024-03-31
        [file]
        sheet = "会員"
        header_row = 3
        [organisation]
        name = ["屋号"]
        """,
    )
    mapping, default = read_mapping(path), shipped_mapping()
    assert mapping.name_columns() == {"屋号"}
    assert mapping.organisation["corporate_number"] == default.organisation["corporate_number"]
    assert mapping.passages == default.passages
    assert (mapping.source_name, mapping.as_of) == ("会員名簿", date(2024, 3, 31))
    assert mapping.layout == Layout(sheet="会員", header_row=3)


def facts(text: str, row: dict[str, object], folder: Path) -> str:
    mapping = read_mapping(mapping_file(folder, f'[organisation]\nname = "名称"\nindustry = {text}'))
    return mapping.organisation["industry"].text(row)


@pytest.mark.parametrize(
    ("setting", "row", "value"),
    [
        ('"業種"', {"業種": " 製造　業 "}, "製造 業"),
        ('["業種", "分類"]', {"業種": "", "分類": "製造業"}, "製造業"),
        ('"{大分類}/{小分類}"', {"大分類": "製造", "小分類": "金型"}, "製造/金型"),
        ('"分類：{大分類}"', {"大分類": ""}, ""),
        ('{ value = "製造業" }', {}, "製造業"),
        ('{ column = "業種", default = "不明" }', {"業種": None}, "不明"),
        ('{ column = "業種", values = { "製造業" = ["Ｅ", "mfg"] } }', {"業種": "e"}, "製造業"),
        ('{ column = "業種", values = { "製造業" = ["E"] } }', {"業種": "F"}, "F"),
        ('{ column = "業種", values = { "製造業" = ["E"] }, otherwise = "他" }', {"業種": "F"}, "他"),
        (
            """{ column = "業種", patterns = [{ match = '^(.+)業$', value = '\\1' }] }""",
            {"業種": "製造業"},
            "製造",
        ),
        (
            """[{ column = "業種", patterns = [{ match = '^x', value = 'y' }] }, "業種"]""",
            {"業種": "製造業"},
            "製造業",
        ),
        ('{ column = "住所", part = "prefecture" }', {"住所": "〒916-0000 福井県鯖江市"}, "福井県"),
        (
            '{ column = "住所", part = "region", values = { hokuriku = ["北陸"] } }',
            {"住所": "福井県鯖江市"},
            "hokuriku",
        ),
        ('"業種"', {"業種": ["製造業", "小売業"]}, "製造業、小売業"),
    ],
)
def test_a_fact_is_taken_from_a_row_as_the_mapping_says(
    tmp_path: Path, setting: str, row: dict[str, object], value: str
) -> None:
    assert facts(setting, row, tmp_path) == value


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("name = ", None, Reason.NOT_TOML),
        ("[organisation]", "organisation.name", Reason.NO_NAME),
        ('[organisation]\nname = { value = "A" }', "organisation.name", Reason.NO_NAME),
        ('[organisation]\nname = "a"\ncolour = "b"', "organisation.colour", Reason.UNKNOWN_SETTING),
        ("[organization]", "organization", Reason.UNKNOWN_SETTING),
        ('extends = "nothing"', "extends", Reason.UNKNOWN_MAPPING),
        ("organisation = 3", "organisation", Reason.WRONG_SETTING),
        ("[organisation]\nname = 3", "organisation.name", Reason.WRONG_SETTING),
        ("[organisation]\nname = { values = {} }", "organisation.name", Reason.WRONG_SETTING),
        (
            '[organisation]\nname = { column = "a", part = "town" }',
            "organisation.name.part",
            Reason.WRONG_SETTING,
        ),
        ('[organisation]\nname = "{a"', "organisation.name.template", Reason.BAD_TEMPLATE),
        ('[organisation]\nname = "{}"', "organisation.name.template", Reason.BAD_TEMPLATE),
        (
            '[organisation]\nname = { column = "a", patterns = [{ match = "(", value = "" }] }',
            "organisation.name.patterns",
            Reason.BAD_PATTERN,
        ),
        (
            """[organisation]\nname = { column = "a", patterns = [{ match = "a", value = '\\1' }] }""",
            "organisation.name.patterns",
            Reason.BAD_PATTERN,
        ),
        (
            '[[passages]]\ntype = "wish"\n[organisation]\nname = "a"',
            "passages[1].type",
            Reason.UNKNOWN_PASSAGE_TYPE,
        ),
        ('[organisation]\nname = "a"\n[source]\nas_of = "2024"', "source.as_of", Reason.WRONG_SETTING),
        ('[organisation]\nname = "a"\n[file]\nencoding = "utf-5"', "file.encoding", Reason.WRONG_SETTING),
        ('[organisation]\nname = "a"\n[file]\ndelimiter = "::"', "file.delimiter", Reason.WRONG_SETTING),
        (
            '[organisation]\nname = { column = "a", invalid = "ignore" }',
            "organisation.name.invalid",
            Reason.WRONG_SETTING,
        ),
    ],
)
def test_a_wrong_mapping_is_told_where_and_why(
    tmp_path: Path, text: str, place: str | None, reason: Reason
) -> None:
    path = mapping_file(tmp_path, text)
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    assert (caught.value.facts["file"], caught.value.facts["reason"]) == (str(path), reason)
    assert place is None or caught.value.facts["place"] == place


@pytest.mark.parametrize("name", ["no_such_mapping", "nowhere/mapping.toml"])
def test_a_mapping_that_is_not_there_says_so(name: str) -> None:
    with pytest.raises(MappingError) as caught:
        find_mapping(name)
    assert caught.value.facts["reason"] is Reason.UNKNOWN_MAPPING
