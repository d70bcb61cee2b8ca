"""Every text that people see, once per language.

The words stand in Fluent files, one folder per language and one file per part of the program. Code
asks for a text by its key and gives the facts; which order, plural or particle they need is the
business of the language.
"""

import re
from collections.abc import Iterator, KeysView
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal, get_args

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.runtime.resolver import Pattern

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
        self._catalogue = _catalogue(language)

    def __call__(self, key: str, /, **facts: object) -> str:
        """The text of this key. Raises TextError if there is none, or a fact is missing."""
        pattern = self._catalogue.pattern(key)
        if pattern is None:
            raise TextError(key)
        bundle = self._catalogue.bundle
        text, problems = bundle.format_pattern(pattern, {k: _plain(v) for k, v in facts.items()})
        if problems:
            raise TextError(key, *map(str, problems))
        return str(text)

    def __contains__(self, key: str) -> bool:
        return key in self._catalogue.keys

    def __iter__(self) -> Iterator[str]:
        """Every key there is."""
        return iter(self._catalogue.keys)


class _Catalogue:
    """The files of one language. A file is read when a text of it is asked for: most commands need a few of
    many. So a text refers to none of another file."""

    _ENTRY = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)

    def __init__(self, language: Language) -> None:
        self.bundle = FluentBundle([language], use_isolating=False)
        files = sorted((Path(__file__).parent / language).glob("*.ftl"))
        self._places = {
            key: file for file in files for key in self._ENTRY.findall(file.read_text(encoding="utf-8"))
        }
        self._read: set[Path] = set()
        self._reading = Lock()

    @property
    def keys(self) -> KeysView[str]:
        """Every key there is."""
        return self._places.keys()

    def pattern(self, key: str) -> Pattern | None:
        """What Fluent formats for a key; None where there is nothing."""
        if key not in self._places:
            return None
        file = self._places[key]
        with self._reading:
            if file not in self._read:
                self.bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
                self._read.add(file)
        return self.bundle.get_message(key).value


@cache
def _catalogue(language: Language) -> _Catalogue:
    return _Catalogue(language)


def _plain(fact: object) -> object:
    """Numbers and dates go to Fluent as they are; all else as the string it shows itself as."""
    return fact if isinstance(fact, int | float | date | datetime) else str(fact)
