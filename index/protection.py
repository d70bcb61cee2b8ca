"""What a masked profile keeps to itself: of what it says, a snapshot knows only what others say, too.

A search shows who is found by which words, so whoever tries words one by one could find out whose code
a masked organisation has: by a part of its name, a part number, the word for its product. Of a masked
passage a snapshot therefore holds only those words, and pairs of characters, that enough open
organisations use. All else is gone before anything is counted, learned or encoded: two corpora that
differ only in it give the same snapshot, byte by byte, and so the same answer to every query.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.names import without_legal_form
from corpus.records import Organisation, Passage, Profile
from corpus.writing import closed_up, fold
from index.columns import Columns, rewrite_texts
from index.lexical import TermCounter
from index.tokeniser import bigrams, words

SHARED_BY = 5
"""How many open organisations use a word that a masked one may be found by."""


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a masked passage, without its organisation's names."""

    title: Sequence[str]
    text: Sequence[str]

    def only(self, shared: frozenset[str]) -> "_Said":
        """What is left of it."""
        return _Said(*([word for word in part if word in shared] for part in (self.title, self.text)))

    @property
    def words(self) -> Sequence[str]:
        return [*self.title, *self.text]

    @property
    def bigrams(self) -> Sequence[str]:
        return bigrams("\n".join(self.words))


def fill_in_masked(
    masked: Mapping[int, Profile], counters: tuple[TermCounter, TermCounter], folder: Path
) -> None:
    """Count, and write down, what may be known of the masked profiles, whose passages were left empty.

    ``masked``: each by the row of its first passage. ``counters``: of words and of bigrams.
    """
    said = dict(_said(masked))
    if not said:
        return
    of_words, of_bigrams = counters
    owners = Columns(folder).owners
    shared = of_words.shared((word for one in said.values() for word in one.words), owners, SHARED_BY)
    known = {row: one.only(shared) for row, one in said.items()}
    pairs = of_bigrams.shared((pair for one in known.values() for pair in one.bigrams), owners, SHARED_BY)
    for row, one in known.items():
        of_words.fill(row, one.words)
        of_bigrams.fill(row, [pair for pair in one.bigrams if pair in pairs])
    rewrite_texts(folder, {row: ("\n".join(one.title), "\n".join(one.text)) for row, one in known.items()})


def _said(masked: Mapping[int, Profile]) -> Iterator[tuple[int, _Said]]:
    for first, profile in masked.items():
        names = _spellings(profile.organisation)
        for row, passage in enumerate(profile.passages, first):
            yield row, _words_of(passage, names)


def _words_of(passage: Passage, names: re.Pattern[str]) -> _Said:
    return _Said(*(words(names.sub("\n", fold(part))) for part in (passage.title, passage.text)))


def _spellings(organisation: Organisation) -> re.Pattern[str]:
    """Every name of an organisation, folded, however it is spaced, with its legal form and without."""
    names = [*filter(None, (organisation.name, organisation.name_en, *organisation.aliases))]
    spelt = {closed_up(name) for name in (*names, *map(without_legal_form, names))}
    longest_first = sorted(spelt, key=lambda name: (-len(name), name))
    return re.compile("|".join(r"\s*".join(map(re.escape, name)) for name in longest_first))
