"""What a masked profile keeps to itself: of what it says, a snapshot knows only what others say, too.

A search shows who is found by which words, so whoever tries words one by one could find out whose code
a masked organisation has: by a part of its name, a part number, the word for its product. Of a masked
passage a snapshot therefore holds only those words, and pairs of characters, that enough open
organisations use. All else is gone before anything is counted, learned or encoded: two corpora that
differ only in it give the same snapshot, byte by byte, and so the same answer to every query.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.names import without_legal_form
from corpus.records import Organisation, Profile
from corpus.writing import closed_up, fold
from index.columns import Columns, rewrite_texts
from index.lexical import TermCounter
from index.tokeniser import bigrams, words

SHARED_BY = 5
"""How many open organisations use a word that a masked one may be found by."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a masked passage, without its organisation's names."""

    title: Sequence[str]
    text: Sequence[str]

    def only(self, shared: frozenset[str]) -> "Said":
        """What is left of it."""
        return Said(*([word for word in part if word in shared] for part in (self.title, self.text)))

    @property
    def words(self) -> Sequence[str]:
        """All of them, in their order."""
        return [*self.title, *self.text]

    @property
    def bigrams(self) -> Sequence[str]:
        """The pairs of characters within them."""
        return bigrams("\n".join(self.words))


def fill_in_masked(
    masked: Mapping[int, Profile], counters: tuple[TermCounter, TermCounter], folder: Path
) -> None:
    """Count, and write down, what may be known of the masked profiles, whose passages were left empty.

    ``masked``: each by the row of its first passage. ``counters``: of words and of bigrams.
    """
    if not any(profile.passages for profile in masked.values()):
        return
    known = known_of(masked, counters, Columns(folder).owners)
    of_words, of_bigrams = counters
    for row, (one, pairs) in known.items():
        of_words.fill(row, one.words)
        of_bigrams.fill(row, pairs)
    texts = {row: ("\n".join(one.title), "\n".join(one.text)) for row, (one, _) in known.items()}
    rewrite_texts(folder, texts)


def known_of(
    masked: Mapping[int, Profile], counters: tuple[TermCounter, TermCounter], owners: NDArray[np.integer]
) -> dict[int, tuple[Said, Sequence[str]]]:
    """The words, and the bigrams, by which each masked passage may be known, by its row: those that enough
    open organisations use, too.

    ``masked``, ``counters``: as for :func:`fill_in_masked`. ``owners``: of each passage counted.
    """
    of_words, of_bigrams = counters
    said = dict(_said(masked))
    shared = of_words.shared((word for one in said.values() for word in one.words), owners, SHARED_BY)
    kept = {row: one.only(shared) for row, one in said.items()}
    pairs = of_bigrams.shared((pair for one in kept.values() for pair in one.bigrams), owners, SHARED_BY)
    return {row: (one, [pair for pair in one.bigrams if pair in pairs]) for row, one in kept.items()}


def _said(masked: Mapping[int, Profile]) -> Iterator[tuple[int, Said]]:
    for first, profile in masked.items():
        names = _Names.of(profile.organisation)
        for row, passage in enumerate(profile.passages, first):
            yield row, Said(*(words(names.taken_from(part)) for part in (passage.title, passage.text)))


class _Names:
    """Every name of an organisation, closed up, with its legal form and without."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        names = [*filter(None, (organisation.name, organisation.name_en, *organisation.aliases))]
        return cls({closed_up(name) for name in (*names, *map(without_legal_form, names))})

    def taken_from(self, text: str) -> str:
        """A text, folded, with a line break for each name, however that is spaced."""
        closed = closed_up(text)
        # Most texts name nobody, and a pattern takes longer to make than a text to read.
        is_named = any(name in closed for name in self._names)
        return self._pattern.sub("\n", fold(text)) if is_named else fold(text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._names, key=lambda name: (-len(name), name))
        return re.compile("|".join(r"\s*".join(map(re.escape, name)) for name in longest_first))
