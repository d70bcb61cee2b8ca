"""Folding and tokens hold for any text."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.writing import fold
from index.tokeniser import analyse, bigrams, words

PIECES = [
    *("ガラス基板", "検査", "齋藤", "斎藤", "髙圧", "高圧", "ﾒｯｷ", "メッキ", "の", "を", "探しています"),
    *("ＡＢ－１２３４", "AB-1234", "JIS B 0601", "C++", "Li-ion", "7000012050002", "㈱", "㎏", "5G"),
    *(" ", "　", "、", "。", "\n", "-", "!", "😀", "\u3099", "é"),
]
# Compatibility forms of the dash, and marks on Greek letters, are known not to fold at once
# (tests/unit/corpus/test_writing.py).
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from(PIECES), max_size=12
).map("".join)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
@example("ＡＢ－１２３４")
def test_spellings_that_fold_alike_give_the_same_tokens(text: str) -> None:
    for spelling in (fold(text), unicodedata.normalize("NFKC", text)):
        if fold(spelling) == fold(text):
            assert words(spelling) == words(text)
            assert bigrams(spelling) == bigrams(text)


@given(st.text("abcdefgxyzABCXYZ0123456789- "))
def test_full_and_half_width_and_case_meet(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text).replace(" ", "\u3000")
    assert words(wide) == words(text) == words(text.upper()) == words(text.lower())
    assert bigrams(wide) == bigrams(text)


@given(TEXTS)
def test_tokens_depend_on_the_text_alone(text: str) -> None:
    before = words(text), bigrams(text)
    words("何か別の文")
    assert (words(text), bigrams(text)) == before


@given(TEXTS)
def test_tokens_are_never_empty_and_every_surface_stands_in_the_folded_text(text: str) -> None:
    assert all(words(text))
    assert all(1 <= len(pair) <= 2 for pair in bigrams(text))
    assert all(word.surface in fold(text) for word in analyse(text))


@given(
    st.from_regex(r"[A-Z]{2,4}-[1-9][0-9]{2,4}[A-Z]?", fullmatch=True), st.sampled_from(["", "-", "_", "/"])
)
def test_any_part_number_is_found_by_any_way_of_writing_it(number: str, separator: str) -> None:
    whole = number.replace("-", "").lower()
    assert whole in words(f"当社の{number}を使う")
    assert whole in words(f"{number.replace('-', separator)}に合う部品")
