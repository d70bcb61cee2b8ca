"""What cells say."""

from datetime import date, datetime

import pytest

from corpus.cells import cut, day_of, is_yes, text_of, tidy, web_address, yen_of
from corpus.errors import Reason, RecordError


@pytest.mark.parametrize(
    "text",
    [
        *("2024-03-31", "2024/3/31", "2024.3.31", "20240331", "2024-03-31 12:30:00"),
        *("２０２４年３月３１日", "令和6年3月31日", "R6.3.31"),
    ],
)
def test_a_day_is_read_in_every_usual_way(text: str) -> None:
    assert day_of(text) == date(2024, 3, 31)


def test_a_month_or_year_means_its_first_day() -> None:
    assert day_of("2024年3月") == date(2024, 3, 1)
    assert day_of("平成元年") == date(1989, 1, 1)


@pytest.mark.parametrize("text", ["2024-02-30", "昨日", "24/3/31", "令和6年13月", "2024-3-31ごろ"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("5000万円", 5000 * 10**4),
        ("1億5,000万円", 10**8 + 5000 * 10**4),
        ("3,000,000", 3 * 10**6),
        ("¥500", 500),
        ("2.5億", 250 * 10**6),
        ("3百万円以上", 3 * 10**6),
        ("応相談", None),
        ("500万〜1億", None),
    ],
)
def test_an_amount_is_read_in_yen(text: str, yen: int | None) -> None:
    assert yen_of(text) == yen


@pytest.mark.parametrize(
    ("text", "answer"), [("はい", True), ("○", True), ("ＮＯ", False), ("", False), ("未定", None)]
)
def test_yes_and_no_are_read_and_the_rest_is_neither(text: str, answer: bool | None) -> None:
    assert is_yes(text) is answer


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://www.example.co.jp/a", "http://www.example.co.jp/a"),
        ("www.example.co.jp", "https://www.example.co.jp"),
        ("ｈｔｔｐｓ：／／example.jp", "https://example.jp"),
        ("なし", ""),
        ("mailto:yamada@example.jp", ""),
        ("yamada@example.jp", ""),
        ("javascript:alert(1)", ""),
        ("準備中 www.example.jp", ""),
    ],
)
def test_a_web_address_is_completed_and_anything_else_is_none(text: str, url: str) -> None:
    assert web_address(text) == url


def test_a_number_typed_into_a_spreadsheet_keeps_its_digits() -> None:
    assert text_of(4010001129759.0, "法人番号") == "4010001129759"
    assert text_of(datetime(2024, 3, 31, 9, 0), "更新日") == "2024-03-31"


@pytest.mark.parametrize("nothing", [None, "", "\u3000", "N/A", "NULL", "－", {}])
def test_a_cell_that_says_nothing_is_empty(nothing: object) -> None:
    assert text_of(nothing, "別名") == ""


def test_a_cell_in_which_a_spreadsheet_reports_an_error_is_refused() -> None:
    with pytest.raises(RecordError) as caught:
        text_of("#REF!", "名称")
    assert caught.value.facts["reason"] is Reason.ERROR_CELL


def test_text_is_put_on_one_line_without_invisible_characters() -> None:
    assert tidy("\u3000樹脂\r\n 成形\u200b\ufeff\x00 ") == "樹脂 成形"


def test_a_list_in_a_cell_is_cut_at_the_separators() -> None:
    assert cut("半導体、 材料;; IT", "、;") == ["半導体", "材料", "IT"]
    assert cut("半導体、材料", "") == ["半導体、材料"]
