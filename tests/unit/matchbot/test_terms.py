"""What people write for one of a fixed set of values, in Japanese, English and as programs do."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import pytest

from corpus.writing import closed_up
from matchbot import terms
from matchbot.aftermath.outcomes import Attribution, OutcomeKind
from matchbot.cli import matchbot
from matchbot.cli.localised import LocalisedCommand, LocalisedGroup
from matchbot.cli.values import Word
from matchbot.introductions.words import Means
from matchbot.policy import Role
from matchbot.terms import meant
from matchbot.texts import LANGUAGES, Texts


def words_after_options(command: LocalisedCommand = matchbot) -> Iterator[Word[StrEnum]]:
    """The fixed sets of values that any command takes."""
    for parameter in command.params:
        if isinstance(parameter.type, Word):
            yield parameter.type
    for inner in command.inner() if isinstance(command, LocalisedGroup) else ():
        yield from words_after_options(inner)


SETS = {(word.key, word.choices): word for word in words_after_options()}.values()


def named(word: Word[StrEnum]) -> str:
    return word.key


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("phone", Means.PHONE),
        ("電話", Means.PHONE),
        ("ＰＨＯＮＥ", Means.PHONE),
        ("Ｅメール", Means.MAIL),
    ],
)
def test_a_value_is_meant_by_itself_and_by_its_names(written, value):
    assert meant(written, Means, "means") is value


@pytest.mark.parametrize("written", ["共同研究・ライセンス", "共同研究", "ライセンス"])
def test_either_half_of_a_name_that_joins_two_is_enough(written):
    assert meant(written, OutcomeKind, "outcome") is OutcomeKind.JOINT_RESEARCH


def test_what_people_say_besides_is_understood_too():
    assert meant("主因", Attribution, "attribution") is Attribution.DECISIVE
    assert meant("会員", Role, "member-role") is Role.FIRM


@pytest.mark.parametrize("written", ["", "伝書鳩", "pho"])
def test_anything_else_is_nothing(written):
    assert meant(written, Means, "means") is None


@pytest.mark.parametrize("word", SETS, ids=named)
def test_every_value_that_a_command_takes_has_a_name_in_both_languages_by_which_it_is_meant(word):
    for language in LANGUAGES:
        for value in word.choices:
            assert word.convert(Texts(language)(f"{word.key}-{value}"), None, None) is value


@pytest.mark.parametrize("word", SETS, ids=named)
def test_no_term_stands_for_two_values(word):
    told = Counter(
        term
        for value in word.choices
        for term in {closed_up(value), *map(closed_up, terms.terms(value, word.key))}
    )
    assert [term for term, n in told.items() if n > 1] == []


def test_every_further_word_belongs_to_a_name():
    assert [key for key in terms._BESIDES if key not in Texts("ja")] == []
