"""Sentences with gaps."""

from random import Random

import pytest

from corpus.phrasing import Draw, phrases


def _draw(*words: str) -> Draw:
    return Draw(Random(1), {"material": phrases(words)}, {"year": "1968年"})


def test_a_slot_keeps_the_word_it_was_first_given() -> None:
    draw = _draw("銅", "鉄", "錫", "鉛")
    assert len({draw.text(phrases(["{material}"])) for _ in range(50)}) == 1


def test_a_numbered_slot_takes_words_not_drawn_already() -> None:
    filled = _draw("銅", "鉄", "錫").text(phrases(["{material},{material2},{material3}"]))
    assert sorted(filled.split(",")) == sorted(["銅", "鉄", "錫"])


def test_a_numbered_slot_repeats_the_first_word_when_no_other_is_left() -> None:
    assert _draw("銅").text(phrases(["{material}と{material2}"])) == "銅と銅"


def test_a_choice_and_a_range_are_drawn_anew_each_time() -> None:
    draw = _draw("銅")
    both = {draw.text(phrases(["{3..5}{a|b}"])) for _ in range(200)}
    assert both == {f"{number}{letter}" for number in (3, 4, 5) for letter in "ab"}


def test_a_word_may_have_gaps_of_its_own() -> None:
    assert _draw("厚さ{7..7}mmの銅板").text(phrases(["{material}"])) == "厚さ7mmの銅板"


def test_a_given_word_is_used_as_it_stands() -> None:
    assert _draw("銅").text(phrases(["{year}から"])) == "1968年から"


def test_a_slot_without_words_is_an_error() -> None:
    with pytest.raises(KeyError, match="product"):
        _draw("銅").text(phrases(["{product}"]))
