"""The names of masked organisations in what people wrote."""

import copy
import pickle

import pytest

from corpus.names import Name
from matchbot.masking import masked

NAME = Name("株式会社北見鉄工所", "Kitami Iron Works Co., Ltd.")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("We are KITAMI IRON WORKS, in Hokkaido", "We are M-AAAAAA, in Hokkaido"),
        ("北見鉄工所（Kitami IronWorks）です", "M-AAAAAA(M-AAAAAA)です"),
        ("Kitami has iron works", "Kitami has iron works"),
    ],
)
def test_a_masked_name_is_hidden_in_english_as_well(written: str, read: str) -> None:
    assert masked(written, NAME, "M-AAAAAA") == read


def test_a_short_name_in_english_is_hidden_as_a_word_and_not_within_others() -> None:
    assert masked("Aim: we, Ai, maintain", Name("愛", "Ai"), "M-AAAAAA") == "Aim: we, M-AAAAAA, maintain"


def test_a_name_is_still_known_in_english_when_it_was_copied() -> None:
    for again in (copy.deepcopy(NAME), pickle.loads(pickle.dumps(NAME))):
        assert (again, again.english) == (NAME, NAME.english)
