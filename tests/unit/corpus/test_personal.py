"""Mail addresses and mobile numbers in texts."""

import pytest

from corpus.personal import PersonalData, PersonalDataKind, find_personal_data, without_personal_data


def _only(text: str) -> PersonalData:
    (found,) = find_personal_data(text)
    return found


@pytest.mark.parametrize(
    "written",
    [
        *("090-1234-5678", "09012345678", "080 1234 5678", "(070)1234-5678", "090.1234.5678"),
        *("060-1234-5678", "+81-90-1234-5678", "+81 (0)90-1234-5678"),
        *("０９０－１２３４－５６７８", "０９０ー１２３４ー５６７８"),
    ],
)
@pytest.mark.parametrize("around", ["携帯は{}です", "連絡先（{}）", "TEL:{}", "tel{}", "{}"])
def test_a_mobile_number_is_found_however_it_is_written(written: str, around: str) -> None:
    text = around.format(written)
    found = _only(text)
    assert found.kind is PersonalDataKind.MOBILE
    assert text[found.start : found.end] == found.value == written


@pytest.mark.parametrize(
    "text",
    [
        "電話 0776-22-1111",
        "0120-123-456",
        "050-1234-5678",
        "法人番号 7010905000225",
        "電気料01512509026500高松塚",
        "型番A09012345678",
        "〒090-0024 北見市",
        "みんなの自動翻訳@KI商用版",
        "国内ダンス留学@神戸9期",
        "SUS304 厚さ0.8-0.9mm",
    ],
)
def test_landlines_part_numbers_and_other_signs_are_left_alone(text: str) -> None:
    assert find_personal_data(text) == ()


@pytest.mark.parametrize(
    ("written", "is_role"),
    [
        ("taro.yamada@example.co.jp", False),
        ("ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｊｐ", False),
        ("yamada[at]example.jp", False),
        ("yamada（アット）example.jp", False),
        ("info@example.co.jp", True),
        ("contact-us@example.jp", True),
        ("eigyo2@example.jp", True),
    ],
)
def test_every_mail_address_is_found_and_that_of_an_office_is_marked(written: str, is_role: bool) -> None:
    found = _only(f"担当：{written}まで")
    assert (found.kind, found.value, found.is_role) == (PersonalDataKind.MAIL, written, is_role)


def test_what_is_found_leaves_a_mask_that_no_search_finds() -> None:
    text = "試作は山田（090-1234-5678、yamada@example.jp）へ"
    assert without_personal_data(text, find_personal_data(text)) == "試作は山田（…、…）へ"


def test_a_hint_tells_where_to_look_and_not_whom_to_call() -> None:
    assert _only("yamada@example.jp").hint == "y…@example.jp"
    assert _only("090-1234-5678").hint == "090…78"
