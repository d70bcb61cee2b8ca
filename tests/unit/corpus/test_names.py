"""Keys of names, and corporate numbers."""

import pytest

from corpus.errors import Reason, RecordError
from corpus.names import name_key, organisation_id, valid_corporate_number, without_legal_form


@pytest.mark.parametrize(
    "written",
    [
        *("株式会社山田製作所", "山田製作所株式会社", "(株)山田製作所", "㈱山田製作所"),
        *("（株）　山田 製作所", "山田製作所 ㍿", "㊑山田製作所"),
    ],
)
def test_every_way_to_write_the_legal_form_gives_one_key(written: str) -> None:
    assert name_key(written) == "山田製作所"


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("有限会社ウチダ", "ウチダ"),
        ("合同会社ＡＢＣ", "ABC"),
        ("国立大学法人北海道大学", "北海道大学"),
        ("一般社団法人 組込技術協会", "組込技術協会"),
        ("公益財団法人中国地域創造研究センター", "中国地域創造研究センター"),
        ("有限責任監査法人トーマツ", "トーマツ"),
        ("藤田金属(株) 燕支店", "藤田金属 燕支店"),
        ("藤田金属株式会社　燕支店", "藤田金属 燕支店"),
        ("揚原建設株式会社(閉鎖)", "揚原建設 (閉鎖)"),
        ("Yamada Works Co., Ltd.", "Yamada Works"),
        ("YAMADA Inc", "YAMADA"),
    ],
)
def test_the_legal_form_goes_and_the_name_stays(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


@pytest.mark.parametrize("name", ["鯖江サイジング協同組合", "日本株式会社論研究所", "会社", "Princeton"])
def test_words_that_belong_to_the_name_stay(name: str) -> None:
    assert without_legal_form(name) == name


def test_a_name_that_is_only_a_legal_form_stays_whole() -> None:
    assert without_legal_form("株式会社") == "株式会社"


def test_width_case_and_space_do_not_tell_two_names_apart_but_kanji_do() -> None:
    assert name_key("ＡＢＣ　ｼｽﾃﾑ") == name_key("abcシステム")
    assert name_key("石﨑製作所") != name_key("石崎製作所")


def test_a_corporate_number_is_read_in_any_width_and_with_hyphens() -> None:
    # 9 - (6·1 + 4·2 + 2·1 + 6·2 + 5·1 + 2·2 + 8·1 + 7·2 + 6·1 + 5·2 + 3·1 + 8·2) mod 9 = 9 - 94 mod 9 = 5
    assert valid_corporate_number("5-8356-7825-6246") == "5835678256246"
    assert valid_corporate_number("５８３５６７８２５６２４６") == "5835678256246"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4835678256246", Reason.CHECK_DIGIT),
        ("835678256246", Reason.WRONG_LENGTH),
        ("4.01E+12", Reason.WRONG_LENGTH),
        ("583567825624X", Reason.NOT_DIGITS),
    ],
)
def test_a_wrong_corporate_number_says_what_is_wrong(text: str, reason: Reason) -> None:
    with pytest.raises(RecordError) as caught:
        valid_corporate_number(text)
    assert caught.value.facts == {"field": "corporate_number", "value": text, "reason": reason}


def test_an_organisation_is_known_by_its_number_else_by_name_and_place() -> None:
    assert organisation_id("5-8356-7825-6246", "山田") == "5835678256246"
    assert organisation_id("", "㈱山田", "福井県") == organisation_id("", "株式会社 山田", "福井県")
    assert organisation_id("", "山田", "福井県") != organisation_id("", "山田", "新潟県")


def test_a_made_key_is_the_same_in_every_version() -> None:
    assert organisation_id("", "山田製作所", "福井県") == "org:f923b365b1658095"
