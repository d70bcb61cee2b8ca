"""What is written to a file and read back is what it was."""

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from corpus.cells import text_of, tidy
from corpus.errors import UnreadableFileError
from corpus.mapping import shipped_mapping
from corpus.names import name_key, organisation_id, without_legal_form
from corpus.personal import find_personal_data, without_personal_data
from corpus.places import PREFECTURES
from corpus.readers import Imported, Rejection, read_profiles
from corpus.records import Contact, Kind, Organisation, Passage, PassageType, Profile, Source

DEFAULT = shipped_mapping()
CP932_LETTERS = "あいアイ亜株式㈱①～－髙﨑ﾒｯｷABCｄｅ019 ,\"'\n;、。()「」"


def words(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts as a loader keeps them: on one line, without personal data, no error of a spreadsheet."""
    kept = st.text(alphabet, min_size=1, max_size=30).map(tidy)
    return kept.filter(
        lambda text: text and text[0] not in "#=" and text_of(text, "") and not find_personal_data(text)
    )


any_words = words(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")))
cp932_words = words(st.sampled_from(CP932_LETTERS))
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def loaded(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Imported:
    """What a row of the default headers gives: at most one passage of each type."""
    name, prefecture = draw(texts), draw(st.sampled_from(("", *PREFECTURES)))
    key = organisation_id("", name, prefecture)
    source = Source(draw(texts), draw(days))
    organisation = Organisation(
        id=key, name=name, kind=draw(st.sampled_from(Kind)), source=source, prefecture=prefecture,
        industry=draw(st.just("") | texts), is_masked=draw(st.booleans()),
    )  # fmt: skip
    passages = tuple(
        Passage(f"{key}:{passage_type}", key, passage_type, text, source)
        for passage_type in PassageType
        if (text := draw(st.just("") | texts))
    )
    phone = draw(st.sampled_from(("", "090-1234-5678", "0776-22-1111")))
    return Imported(0, Profile(organisation, passages), Contact(key, phone=phone) if phone else None, ())


HEADERS = (
    "名 称",
    "都道府県",
    "種別",
    "業種",
    "匿名",
    "強み",
    "ニーズ",
    "シーズ",
    "投資方針",
    "電話",
    "出典",
    "更新日",
)


def cells(result: Imported) -> list[str]:
    organisation, texts = result.profile.organisation, {p.type: p.text for p in result.profile.passages}
    return [
        *(organisation.name, organisation.prefecture, organisation.kind.value, organisation.industry),
        "匿名" if organisation.is_masked else "",
        *(texts.get(passage_type, "") for passage_type in PassageType),
        result.contact.phone if result.contact else "",
        *(organisation.source.name, organisation.source.as_of.isoformat()),
    ]


def as_csv(results: Sequence[Imported]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([HEADERS, *map(cells, results)])
    return text.getvalue()


def as_json_lines(results: Sequence[Imported]) -> str:
    rows = (dict(zip(HEADERS, cells(result), strict=True)) for result in results)
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def without_ids(result: Imported | Rejection) -> Imported:
    """A result without what the reader itself adds: row number and passage ids."""
    assert isinstance(result, Imported), result
    passages = tuple(replace(p, id=f"{p.organisation_id}:{p.type}") for p in result.profile.passages)
    return replace(result, row=0, profile=replace(result.profile, passages=passages))


def read_back(name: str, content: bytes) -> list[Imported]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return [without_ids(result) for result in read_profiles(path, DEFAULT)]


@given(st.lists(loaded(any_words), min_size=1, max_size=5))
def test_records_come_back_from_csv_in_utf8(results: list[Imported]) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        assert read_back("list.csv", as_csv(results).encode(encoding)) == results


@given(st.lists(loaded(cp932_words), min_size=1, max_size=5))
def test_records_come_back_from_csv_in_cp932(results: list[Imported]) -> None:
    assert read_back("list.csv", as_csv(results).encode("cp932")) == results


@given(st.lists(loaded(any_words), min_size=1, max_size=5))
def test_records_come_back_from_json_lines(results: list[Imported]) -> None:
    assert read_back("list.jsonl", as_json_lines(results).encode()) == results


@given(st.lists(loaded(cp932_words), min_size=1, max_size=3))
def test_records_come_back_from_a_workbook(results: list[Imported]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [HEADERS, *map(cells, results)]:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    assert read_back("list.xlsx", content.getvalue()) == results


@given(
    st.lists(loaded(cp932_words), min_size=2, max_size=6),
    st.data(),
    st.sampled_from(("utf-8", "cp932")),
)
def test_a_row_destroyed_anywhere_costs_only_itself(
    results: list[Imported], data: st.DataObject, encoding: str
) -> None:
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells(r)) for r in results]
    content = [line.encode(encoding) for line in (",".join(HEADERS), *lines)]
    victim = data.draw(st.integers(1, len(results)))
    content[victim] = data.draw(st.sampled_from((b'"\xff', b'"A","B', b'"A"B"', b"A" + b",x" * 20)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(b"\n".join(content))
        read = list(read_profiles(path, DEFAULT))
    assert [r.row for r in read if isinstance(r, Rejection)] == [victim + 1]
    kept = [without_ids(result) for result in read if isinstance(result, Imported)]
    assert kept == [result for n, result in enumerate(results, start=1) if n != victim]


@given(st.text() | st.text("0789-+()@.ae ０９－＠", max_size=60))
def test_nothing_personal_is_left_after_masking(text: str) -> None:
    found = find_personal_data(text)
    assert all(text[one.start : one.end] == one.value for one in found)
    assert find_personal_data(without_personal_data(text, found)) == ()


@given(st.text())
def test_a_name_without_its_legal_form_has_the_same_key(name: str) -> None:
    assert name_key(name) == name_key(name.replace(" ", "\u3000"))
    assert bool(without_legal_form(name)) == bool(name.split())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | any_words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
SOME_HEADERS = st.sampled_from(
    (
        *HEADERS,
        "法人番号",
        "国",
        "URL",
        "分野",
        "別名",
        "クラスター",
        "加入日",
        "出資額下限",
        "passages",
        "matchbot_id",
    )
)


@given(st.lists(st.dictionaries(SOME_HEADERS, JSON, max_size=6), min_size=1, max_size=4))
def test_whatever_a_row_holds_it_is_taken_or_refused(rows: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.jsonl"
        path.write_text("\n".join(map(json.dumps, [{"名称": "見本"}, *rows])), encoding="utf-8")
        results = list(read_profiles(path, DEFAULT))
    assert [result.row for result in results] == list(range(1, len(rows) + 2))


@given(st.binary(max_size=300), st.sampled_from((".csv", ".tsv", ".xlsx", ".jsonl", ".json")))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{suffix}"
        path.write_bytes("名称,強み\n".encode() + content if suffix == ".csv" else content)
        try:
            rows = [result.row for result in read_profiles(path, DEFAULT)]
        except UnreadableFileError:
            return
    assert rows == sorted(rows)
