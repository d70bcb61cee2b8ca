"""Sentences with gaps, and the drawing of words which fill them: how the sample network gets its texts.

A phrase is written as text with gaps in braces: ``{material}`` takes a word of that slot, ``{5|10|20}``
one of these, ``{3..60}`` a whole number between these, ends included. Words may have gaps of the last
two kinds themselves.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeAlias

_GAP = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")


class Draw:
    """One drawing of words: a slot keeps the word it was first given, so that the sentences of one
    text speak of the same thing. ``given`` are slots whose word is already decided.

    A slot with a digit at its end (``material2``) draws from the same words, but none drawn already.
    """

    def __init__(self, rng: Random, words: Mapping[str, "Phrases"], given: Mapping[str, str]) -> None:
        self._random = rng.random
        self._words = words
        self._drawn = dict(given)

    def text(self, phrases: "Phrases") -> str:
        """One of the phrases, filled."""
        return self.fill(phrases[self.below(len(phrases))])

    def fill(self, phrase: "Phrase") -> str:
        """The phrase, filled. Raises: KeyError for a slot without words."""
        return "".join([part if isinstance(part, str) else part.filled(self) for part in phrase])

    def below(self, end: int) -> int:
        """A whole number from 0 to ``end`` - 1."""
        return int(self._random() * end)

    def happens(self, share: float) -> bool:
        """Yes, in this share of the draws."""
        return self._random() < share

    def word(self, slot: str) -> str:
        """The word of a slot. Raises: KeyError if it has none."""
        if slot not in self._drawn:
            self._drawn[slot] = (
                self._another(slot[:-1]) if slot[-1].isdigit() else self.text(self._words[slot])
            )
        return self._drawn[slot]

    def _another(self, slot: str) -> str:
        taken = {self.word(slot), *self._drawn.values()}
        phrases = self._words[slot]
        start = self.below(len(phrases))
        words = (self.fill(phrases[(start + turn) % len(phrases)]) for turn in range(len(phrases)))
        return next((word for word in words if word not in taken), self.word(slot))


class _Slot:
    def __init__(self, name: str) -> None:
        self._name = name

    def filled(self, draw: Draw) -> str:
        return draw.word(self._name)


class _Choice:
    def __init__(self, options: Sequence[str]) -> None:
        self._options = options

    def filled(self, draw: Draw) -> str:
        return self._options[draw.below(len(self._options))]


class _Range:
    def __init__(self, first: int, last: int) -> None:
        self._first, self._size = first, last - first + 1

    def filled(self, draw: Draw) -> str:
        return str(self._first + draw.below(self._size))


Phrase: TypeAlias = tuple[str | _Slot | _Choice | _Range, ...]
Phrases: TypeAlias = tuple[Phrase, ...]


def phrases(texts: Iterable[str]) -> Phrases:
    """The phrases which these texts write, in their order."""
    return tuple(_phrase(text) for text in texts)


def _phrase(text: str) -> Phrase:
    pieces = _GAP.split(text)
    gaps = (_gap(piece) if odd % 2 else piece for odd, piece in enumerate(pieces))
    return tuple(part for part in gaps if part)


def _gap(inner: str) -> _Slot | _Choice | _Range:
    if bounds := _RANGE.fullmatch(inner):
        return _Range(int(bounds[1]), int(bounds[2]))
    return _Choice(inner.split("|")) if "|" in inner else _Slot(inner)
