"""Files of every sort, whole and broken, as rows."""

import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import Reason, UnreadableFileError
from corpus.rows import BrokenRow, Layout, Row, read_rows

NAMES = frozenset({"名称"})


def rows_of(path: Path, layout: Layout | None = None) -> list[Row | BrokenRow]:
    return list(read_rows(path, layout or Layout(), NAMES))


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_csv_file_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "firms.csv", "名称,強み\r\n㈱山田,①薄膜～成形\r\n髙島,ﾒｯｷ\r\n", encoding)
    assert rows_of(path) == [
        Row(2, {"名称": "㈱山田", "強み": "①薄膜～成形"}, {"名称": "名称", "強み": "強み"}),
        Row(3, {"名称": "髙島", "強み": "ﾒｯｷ"}, {"名称": "名称", "強み": "強み"}),
    ]


def test_one_row_of_cp932_that_could_be_utf8_is_read_as_its_headers_are(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "名称,出典\n0,ﾒ①\n", "cp932")
    headers = {"名称": "名称", "出典": "出典"}
    assert rows_of(path) == [Row(2, {"名称": "0", "出典": "ﾒ①"}, headers)]


def test_headers_meet_in_full_and_half_width_and_keep_their_spelling(tmp_path: Path) -> None:
    (row,) = rows_of(written(tmp_path / "firms.csv", "名 称,ＵＲＬ\n山田,example.jp\n"))
    assert isinstance(row, Row)
    assert row.values == {"名称": "山田", "url": "example.jp"}
    assert row.headers == {"名称": "名 称", "url": "ＵＲＬ"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_wrong_byte_costs_its_row_and_names_the_column(tmp_path: Path, encoding: str) -> None:
    good = [f"会社{n},薄膜の成形".encode(encoding) for n in range(2, 9)]
    good[7 - 2] = "会社7,".encode(encoding) + b"\xff" + "成形".encode(encoding)
    path = tmp_path / "firms.csv"
    path.write_bytes(b"\n".join(["名称,強み".encode(encoding), *good]))
    rows = rows_of(path)
    assert [row.number for row in rows if isinstance(row, Row)] == [2, 3, 4, 5, 6, 8]
    (broken,) = (row for row in rows if isinstance(row, BrokenRow))
    assert (broken.number, broken.column, broken.reason) == (7, "強み", Reason.BAD_ENCODING)


def test_a_utf8_file_with_one_wrong_byte_is_not_taken_for_cp932(tmp_path: Path) -> None:
    path = tmp_path / "firms.csv"
    path.write_bytes("名称\nあ\n".encode() + b"\xe3\x81\n" + "う\n".encode())
    assert [row.values["名称"] for row in rows_of(path) if isinstance(row, Row)] == ["あ", "う"]


def test_rows_are_counted_as_in_a_spreadsheet(tmp_path: Path) -> None:
    path = written(tmp_path / "firms.csv", '会員名簿\n\n名称,強み\nA,"一行目\n二行目"\n\nB,成形\n')
    assert [(row.number, row.values["名称"]) for row in rows_of(path) if isinstance(row, Row)] == [
        (4, "A"),
        (6, "B"),
    ]


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    path = written(tmp_path / "firms.csv", '名称,強み\nA,成形\nB,"切削\nC,研磨\nD,"塗\n装"\nE,鋳造\n')
    rows = rows_of(path)
    assert [row.values["名称"] for row in rows if isinstance(row, Row)] == ["A", "C", "D", "E"]
    assert [row for row in rows if isinstance(row, BrokenRow)] == [
        BrokenRow(3, "", 'B,"切削', Reason.BROKEN_QUOTES)
    ]


@pytest.mark.parametrize("cell", ["{}", '"{}"'], ids=["plain", "quoted"])
def test_a_cell_that_is_too_long_costs_one_row_and_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setattr("corpus.rows._CELL_LIMIT", 10)
    long = cell.format(11 * "長")
    rows = rows_of(written(tmp_path / "firms.csv", f"名称,強み\nA,{10 * '長'}\nB,{long}\nC,研磨\n"))
    assert [row.values["名称"] for row in rows if isinstance(row, Row)] == ["A", "C"]
    assert [row for row in rows if isinstance(row, BrokenRow)] == [
        BrokenRow(3, "", f"B,{long}", Reason.LONG_CELL)
    ]


def test_a_quote_closed_only_by_the_next_row_costs_one_row(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path / "firms.csv", '名称,強み\n"A\n",B社","成形"\nC,研磨\n'))
    assert [(row.number, isinstance(row, Row)) for row in rows] == [(2, False), (3, True), (4, True)]


def test_a_header_may_run_over_several_lines(tmp_path: Path) -> None:
    (row,) = rows_of(written(tmp_path / "firms.csv", '名簿\n"名\n称","強み\n(200字)"\nA,成形\n'))
    assert isinstance(row, Row)
    assert (row.number, row.values) == (3, {"名称": "A", "強み(200字)": "成形"})


def test_a_row_with_more_cells_than_headers_is_broken_and_a_shorter_one_is_not(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path / "firms.csv", "名称,強み\nA,成形,切削\nB\nC,研磨,,\n"))
    assert rows[0] == BrokenRow(2, "", "切削", Reason.TOO_MANY_CELLS)
    assert [row.number for row in rows[1:]] == [3, 4]


def test_a_table_cut_by_tabs_reads_too(tmp_path: Path) -> None:
    (row,) = rows_of(written(tmp_path / "firms.txt", "名称\t強み\nA\t成形、切削\n"))
    assert isinstance(row, Row)
    assert row.values == {"名称": "A", "強み": "成形、切削"}


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_from_the_sheet_that_has_the_header(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "firms.xlsx",
        ("表紙", [["会員名簿"]]),
        (
            "一覧",
            [
                ["2024年度"],
                ["名 称", "更新日", None],
                ["A", date(2024, 3, 31), None],
                [None],
                ["B", None, "x"],
            ],
        ),
    )
    rows = rows_of(path)
    assert [row.number for row in rows] == [3, 5]
    assert isinstance(rows[0], Row)
    assert str(rows[0].values["更新日"]) == "2024-03-31 00:00:00"


def test_a_layout_chooses_sheet_and_header_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "firms.xlsx", ("旧", [["名称"], ["A"]]), ("新", [["名称"], ["名称"], ["B"]]))
    assert [row.number for row in rows_of(path, Layout(sheet="新", header_row=2))] == [3]


def test_json_lines_are_counted_by_line_and_a_broken_one_costs_itself(tmp_path: Path) -> None:
    lines = [
        '{"名称": "A", "所在": {"市": "鯖江市"}}',
        "",
        '{"名称": ',
        '["B"]',
        '{"名称": "C"}',
        r'{"名称": "\ud800"}',
    ]
    rows = rows_of(written(tmp_path / "firms.jsonl", "\n".join(lines)))
    assert [(row.number, row.values["名称"]) for row in rows if isinstance(row, Row)] == [(1, "A"), (5, "C")]
    assert [(row.number, row.reason) for row in rows if isinstance(row, BrokenRow)] == [
        (3, Reason.NOT_JSON),
        (4, Reason.NOT_AN_OBJECT),
        (6, Reason.BAD_ENCODING),
    ]
    assert isinstance(rows[0], Row)
    assert rows[0].values["所在.市"] == "鯖江市"


def test_a_json_list_reads_like_json_lines(tmp_path: Path) -> None:
    path = written(tmp_path / "firms.json", json.dumps([{"名称": "A"}, {"名称": "B"}]))
    assert [row.number for row in rows_of(path)] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("firms.csv", b"", Reason.NO_ROWS),
        ("firms.csv", b"code,kana\n1,a\n", Reason.NO_NAME_COLUMN),
        ("firms.csv", b"PK\x03\x04rest of a zip file", Reason.NOT_TEXT),
        ("firms.csv", b"\x93\xff\xfe\n\xfd\xff\n", Reason.UNKNOWN_ENCODING),
        ("firms.jsonl", b"name\nA\n", Reason.NOT_JSON),
        ("firms.jsonl", b'{"code": 1}\n', Reason.NO_NAME_COLUMN),
        ("firms.jsonl", b"\n \n", Reason.NO_ROWS),
        ("firms.json", b'{"a": 1}', Reason.NOT_JSON),
        ("firms.json", b"[", Reason.NOT_JSON),
        ("firms.xlsx", b"no zip file", Reason.NOT_A_WORKBOOK),
        ("firms.xls", b"\xd0\xcf\x11\xe0", Reason.UNKNOWN_TYPE),
    ],
)
def test_a_broken_file_is_refused_before_its_first_row(
    tmp_path: Path, name: str, content: bytes, reason: Reason
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        read_rows(path, Layout(), NAMES)
    assert caught.value.facts == {"file": str(path), "reason": reason}


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_rows(tmp_path / "none.csv", Layout(), NAMES)
    assert caught.value.facts["reason"] is Reason.MISSING


def test_a_workbook_cut_short_or_damaged_is_refused_before_its_first_row(tmp_path: Path) -> None:
    whole = workbook(
        tmp_path / "firms.xlsx", ("一覧", [["名称"], *([f"会社{n}"] for n in range(500))])
    ).read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:400] + bytes(200) + whole[600:]):
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(damaged)
        with pytest.raises(UnreadableFileError) as caught:
            read_rows(path, Layout(), NAMES)
        assert caught.value.facts["reason"] is Reason.NOT_A_WORKBOOK


def test_a_zip_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "firms.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFileError) as caught:
        read_rows(path, Layout(), NAMES)
    assert caught.value.facts["reason"] is Reason.NOT_A_WORKBOOK


def test_a_workbook_without_the_wanted_sheet_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "firms.xlsx", ("一覧", [["名称"], ["A"]]))
    with pytest.raises(UnreadableFileError) as caught:
        read_rows(path, Layout(sheet="会員"), NAMES)
    assert caught.value.facts["reason"] is Reason.NO_SUCH_SHEET
