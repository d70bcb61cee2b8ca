"""The folding under which two spellings of the same text meet."""

import pytest

from corpus.writing import _KANJI_PAIRS, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＭＥＭＳ", "mems"),
        ("ﾒｯｷ", "メッキ"),
        ("ＡＢ－１２３４", "ab-1234"),
        ("10‐20", "10-20"),
        ("10−20", "10―20"),
        ("㈱", "(株)"),
        ("㎏", "kg"),
        ("齋藤", "斎藤"),
        ("髙島", "高島"),
        ("山﨑", "山崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("國澤", "国沢"),
        ("STRASSE", "straße"),
        ("Ｃａｆｅ\u0301", "café"),
    ],
)
def test_spellings_of_the_same_text_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("は", "ば"), ("ハ", "は"), ("ー", "-"), ("己", "已")])
def test_different_letters_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_every_old_form_becomes_the_common_form_and_stays_there() -> None:
    pairs = zip(_KANJI_PAIRS[::2], _KANJI_PAIRS[1::2], strict=True)
    assert [(old, common) for old, common in pairs if not fold(old) == fold(common) == common] == []


def test_an_empty_text_stays_empty() -> None:
    assert fold("") == ""


@pytest.mark.parametrize("dash", list("⁻₋︱︲﹘"))
def test_compatibility_forms_of_the_dash_are_hyphens(dash: str) -> None:
    assert fold(f"10{dash}3") == "10-3"


def test_marks_on_greek_letters_fold_at_once() -> None:
    text = "\u1f96\u0308"
    assert fold(fold(text)) == fold(text)
