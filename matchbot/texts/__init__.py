"""Every text that people see, once per language.

The words stand in Fluent files, one folder per language and one file per part of the program. Code
asks for a text by its key and gives the facts; which order, plural or particle they need is the
business of the language.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.syntax.ast import Message, Resource

Language = Literal["ja", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The languages there are, the default first."""


# Fluent takes a fact of more than 2,500 letters for an attack by whoever translates. Our catalogue is our
# own, and people write long messages.
resolver.MAX_PART_LENGTH = 100_000


class TextError(KeyError):
    """A key that the catalogue does not have, or a fact that its text needs and was not given.

    A mistake in the program, not in its input: a ``KeyError``, outside the tree of expected errors.
    """


class Texts:
    """The catalogue of one language: ``Texts("ja")("card-source", name="登記簿")``.

    Numbers are grouped and days written as the language does; give an id as a string. Facts are
    inserted as they are, without the invisible isolation marks that Fluent puts around them by default.

    >>> Texts("en")("kind-firm")
    'Firm'
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._bundle = _bundle(language)

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text of this key. Raises TextError if there is none, or a fact is missing."""
        if key not in self:
            raise TextError(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise TextError(key)
        text, problems = self._bundle.format_pattern(pattern, {k: _plain(v) for k, v in facts.items()})
        if problems:
            raise TextError(key, *map(str, problems))
        return str(text)

    def __contains__(self, key: str) -> bool:
        return self._bundle.has_message(key)

    def __iter__(self) -> Iterator[str]:
        """Every key there is."""
        entries = (entry for resource in _resources(self.language) for entry in resource.body)
        return (entry.id.name for entry in entries if isinstance(entry, Message))


@cache
def _resources(language: Language) -> tuple[Resource, ...]:
    files = sorted((Path(__file__).parent / language).glob("*.ftl"))
    return tuple(FluentResource(file.read_text(encoding="utf-8")) for file in files)


@cache
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for resource in _resources(language):
        bundle.add_resource(resource)
    return bundle


def _plain(fact: object) -> object:
    """Numbers and dates go to Fluent as they are; all else as the string it shows itself as."""
    return fact if isinstance(fact, int | float | date | datetime) else str(fact)
