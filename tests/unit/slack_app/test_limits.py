"""Whatever is posted is within Slack's limits: shortened, paged, or refused as a mistake of ours."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock

from slack_app import blocks
from slack_app.limits import BLOCKS_PER_MESSAGE, BLOCKS_PER_VIEW, MESSAGE_TEXT, Posting, fitted, fitted_view

_BLOCKS = st.one_of(
    st.text(min_size=1, max_size=4_000).map(blocks.section),
    st.text(min_size=1, max_size=200).map(blocks.header),
    st.lists(st.text(min_size=1, max_size=50), min_size=1, max_size=14).map(
        lambda texts: blocks.context(*texts)
    ),
    st.just(blocks.divider()),
    st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=2_500), min_size=1, max_size=12).map(
        blocks.fields
    ),
)


def letters(value: Any) -> int:
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(letters(part) for part in value.values() if not isinstance(part, str))
    return sum(map(letters, value)) if isinstance(value, list | tuple) else 0


@given(st.lists(_BLOCKS, max_size=70), st.text(max_size=20_000))
def test_whatever_is_posted_is_within_the_limits(given_blocks: list[Any], text: str) -> None:
    for posting in fitted(Posting(text, tuple(given_blocks))):
        assert len(posting.blocks) <= BLOCKS_PER_MESSAGE
        assert letters(posting.blocks) + len(posting.text) <= MESSAGE_TEXT
        for block in SlackBlock.parse_all(list(posting.blocks)):
            block.validate_json()


@given(st.lists(_BLOCKS, max_size=130))
def test_nothing_is_lost_between_the_pages(given_blocks: list[Any]) -> None:
    pages = fitted(Posting("text", tuple(given_blocks)))
    assert sum(len(page.blocks) for page in pages) == len(given_blocks)


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    (posting,) = fitted(Posting("t", (blocks.section("あ" * 3_001),)))
    assert posting.blocks[0]["text"]["text"] == "あ" * 2_999 + "…"


def test_a_text_is_not_cut_through_the_middle_of_a_mention() -> None:
    (posting,) = fitted(Posting("t", (blocks.section("あ" * 2_995 + "<@U012345>"),)))
    assert posting.blocks[0]["text"]["text"] == "あ" * 2_995 + "…"


def test_an_escaped_letter_is_not_cut_in_two() -> None:
    (posting,) = fitted(Posting("t", (blocks.section("あ" * 2_997 + "&amp;"),)))
    assert posting.blocks[0]["text"]["text"] == "あ" * 2_997 + "…"


def test_two_like_ids_in_one_message_are_a_mistake_of_ours() -> None:
    row = blocks.actions(blocks.button("一", "same"), blocks.button("二", "same"))
    with pytest.raises(ValueError, match="same"):
        fitted(Posting("t", (row,)))


def test_a_value_that_is_too_long_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="too long"):
        fitted(Posting("t", (blocks.actions(blocks.button("一", "one", "x" * 2_001)),)))


def test_a_menu_without_options_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no options"):
        fitted(Posting("t", (blocks.actions(blocks.menu("選ぶ", "menu", {})),)))


def test_a_view_with_too_much_says_that_there_is_more() -> None:
    view = fitted_view(blocks.home([blocks.divider()] * (BLOCKS_PER_VIEW + 5)))
    assert len(view["blocks"]) == BLOCKS_PER_VIEW
    assert view["blocks"][-1]["elements"][0]["text"] == "…"


def test_the_title_of_a_modal_is_shortened() -> None:
    view = fitted_view(blocks.modal("あ" * 25, "form", [], close="閉じる"))
    assert view["title"]["text"] == "あ" * 23 + "…"


def test_what_people_wrote_mentions_nobody() -> None:
    assert blocks.escaped("<!channel> <@U1> & co") == "&lt;!channel&gt; &lt;@U1&gt; &amp; co"
