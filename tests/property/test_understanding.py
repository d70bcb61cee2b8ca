"""Understanding holds for any text: it never fails, and nothing filters unless it was wished."""

import re

from hypothesis import given
from hypothesis import strategies as st

from matchbot.need import Need
from matchbot.understanding import understand

# Words of themes, among them all kinds and places, but none that asks, restricts or takes back.
SUBJECTS = ["ガラス基板", "欠陥", "検査", "薄膜", "MT-300X", "JIS B 0601", "5G", "AI", "開発", "評価手法"]
THEME_WORDS = [
    *("大学", "企業", "会社", "メーカー", "銀行", "商社", "公設試", "団体", "研究者"),
    *("関西", "大阪", "東京都", "九州", "地域", "全国", "国際空港", "入試"),
    *SUBJECTS,
    *("の", "と", "を", "に", "が", "で", "、", "・", "における", "による", "に関する", "(", ")"),
]
WISH_PARTS = [
    *THEME_WORDS,
    *("だけ", "以外", "を探しています", "を紹介して", "ではなく", "も", "。"),
    *("やっぱり全部", "どこでも", "の条件を外して", "?", "\n", ", "),
    *("we are looking for ", "a university ", "in Kansai", "outside ", "only", "that can ", "no "),
]


@given(st.text() | st.lists(st.sampled_from(WISH_PARTS), max_size=12).map("".join))
def test_any_text_is_understood(text: str) -> None:
    assert understand(text).text == text


@given(st.lists(st.sampled_from(THEME_WORDS), min_size=1, max_size=10).map("".join))
def test_without_words_of_wishing_nothing_filters_and_all_is_searched(theme: str) -> None:
    need = understand(theme)
    if need.is_filtered:  # a kind or a place alone is a wish
        assert need.query == ""
        assert not any(subject in theme for subject in SUBJECTS)
    else:
        assert need.query == theme.strip()


@given(st.lists(st.lists(st.sampled_from(WISH_PARTS), max_size=6).map("".join), max_size=5))
def test_a_conversation_never_wants_and_excludes_the_same(messages: list[str]) -> None:
    need: Need | None = None
    for message in messages:
        need = understand(message, previous=need)
        assert not need.kinds & need.not_kinds
        assert not need.prefectures & need.not_prefectures


@given(st.lists(st.sampled_from(WISH_PARTS), max_size=12).map("".join))
def test_removing_all_pieces_removes_all_filters(text: str) -> None:
    need = understand(text)
    for piece in need.pieces:
        need = need.without(piece)
    assert not need.pieces
    assert not need.is_filtered


@given(st.text(alphabet=st.sampled_from("あいをのてしまがで、。 関西大学企業a\n"), max_size=200))
def test_the_query_has_no_letter_that_was_not_said(text: str) -> None:
    letters = re.compile(r"[\W_]+")
    assert set(letters.sub("", understand(text).query)) <= set(letters.sub("", text))
