"""Words that mean the same: what else a text may be looking for, in its own language or another.

A lexicon knows meanings: words of any language that say one thing. A text is read from left to right,
the longest known term first; of Latin words the stems are compared, so that "films" finds "film".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Self

import snowballstemmer

from corpus.writing import fold
from index.tokeniser import analyse, is_english_particle, spoken_words

_MOST_WORDS = 5
_NEAR = 6
"""How many words lie between those of one way to say something, at most."""
_LATIN_WORD = re.compile(r"[a-z0-9]+[+#]*")
_GAP = re.compile(r"[ -]")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶー一-龯々]")
_BRITISH_IS = re.compile(r"(?<=[a-z]{2})is(?=(?:e|ed|es|ing|ation|ations)$)")
_BRITISH_RE = re.compile(r"(?<=[bt])re(?=s?$)")
_of_thread = local()
"""A stemmer keeps the word it is at, so that each thread has one of its own."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a text as it is written there (folded), and the other words for what it means, in the
    order of the lists they stand in."""

    said: str
    others: tuple[str, ...]


@dataclass(slots=True)
class _Way:
    """A way to say something, and the terms for it, in order."""

    said: str
    terms: dict[str, None]


class Lexicon:
    """Meanings, looked up by any of their words; and terms, looked up by what people say instead."""

    def __init__(self) -> None:
        self._others: dict[str, dict[str, None]] = defaultdict(dict)
        self._ways: dict[str, dict[frozenset[str], _Way]] = defaultdict(dict)
        self._empty_words: frozenset[str] = frozenset()
        self._longest: dict[str, int] = defaultdict(int)
        """By its first letter, how long the longest Japanese term is."""

    def with_synonyms(self, meanings: Iterable[Sequence[str]]) -> Self:
        """Adds meanings all of whose words stand for each other."""
        return self._with(meanings, is_across_only=False)

    def with_translations(self, meanings: Iterable[Sequence[str]]) -> Self:
        """Adds meanings whose words stand for those of the other language only: several Japanese words
        may be near enough to translate an English one, and still not be the same."""
        return self._with(meanings, is_across_only=True)

    def with_everyday(self, meanings: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Self:
        """Adds ways to say something in everyday words, each with the terms for it; words for which there
        are no terms say nothing."""
        for terms, ways in meanings:
            for way in ways:
                words = frozenset(spoken_words(way))
                if not terms:
                    self._empty_words |= words
                elif words:
                    known = self._ways[min(words)].setdefault(words, _Way(way, {}))
                    known.terms.update(dict.fromkeys(terms))
        return self

    def terms(self, text: str) -> Iterator[Term]:
        """The known terms of ``text``, in order, none within another."""
        folded = fold(text) if self._others else ""
        place = 0
        while place < len(folded):
            words = list(_words_from(folded, place))
            ends = [word.end() for word in words]
            if is_japanese(folded[place]):
                ends = list(
                    range(place + 1, min(place + self._longest.get(folded[place], 0), len(folded)) + 1)
                )
            known = (end for end in reversed(ends) if self._stands_for(folded[place:end]))
            end = next(known, None)
            if end is not None:
                yield Term(folded[place:end], self.others(folded[place:end]))
            place = end or (words[0].end() if words else place + 1)

    def everyday(self, text: str) -> list[Term]:
        """What ``text`` says in everyday words, with the terms for it, in order. Of two ways to say
        something the one counts that takes more of the words: not 電気 where 電気を通す is said."""
        said = spoken_words(text) if self._ways else []
        found: dict[frozenset[str], _Way] = {}
        for place, word in enumerate(said):
            near = frozenset(said[max(0, place - _NEAR) : place + _NEAR + 1])
            found.update({words: way for words, way in self._ways.get(word, {}).items() if words <= near})
        return [
            Term(way.said, tuple(way.terms))
            for words, way in found.items()
            if not any(words < others for others in found)
        ]

    def telling(self, text: str) -> str:
        """``text`` without the words that say nothing; all of it, where it has none or nothing else."""
        folded = fold(text)
        kept, copied, place, is_told = [], 0, 0, False
        for word in analyse(text) if self._empty_words else ():
            start = folded.find(word.surface, place)
            if start < 0:
                break  # the codes, which analyse repeats whole behind the words
            place = start + len(word.surface)
            if word.token in self._empty_words:
                kept.append(folded[copied:start])
                copied = place
            else:
                is_told = True
        return " ".join([*kept, folded[copied:]]) if kept and is_told else text

    def others(self, term: str) -> tuple[str, ...]:
        """The other words for what exactly this term means."""
        return tuple(self._others.get(key(term), ()))

    def _stands_for(self, term: str) -> bool:
        return key(term) in self._others and not is_english_particle(term)

    def _with(self, meanings: Iterable[Sequence[str]], *, is_across_only: bool) -> Self:
        for words in meanings:
            read = [(word, key(word), is_japanese(word)) for word in words]
            for _, own, is_own_japanese in read:
                others = {
                    other: None
                    for other, its, is_its_japanese in read
                    if own != its and not (is_across_only and is_own_japanese == is_its_japanese)
                }
                if others:
                    self._others[own].update(others)
                    self._longest[own[:1]] = max(self._longest[own[:1]], len(own))
        return self


@lru_cache(maxsize=1 << 16)
def key(term: str) -> str:
    """The form under which spellings of a term meet: folded, and of Latin words the stems.

    >>> key("Thin Films") == key("thin-film"), key("fibres") == key("fiber"), key("薄膜")
    (True, True, '薄膜')
    """
    folded = fold(term).strip()
    return folded if is_japanese(folded) else " ".join(map(_stem, _LATIN_WORD.findall(folded)))


def is_japanese(text: str) -> bool:
    """Whether Japanese letters stand in ``text``."""
    return bool(_JAPANESE.search(text))


def without(text: str, terms: Iterable[Term]) -> str:
    """What ``text`` (folded) says besides these terms."""
    rest, place = [], 0
    folded = fold(text)
    for term in terms:
        start = folded.index(term.said, place)
        rest.append(folded[place:start])
        place = start + len(term.said)
    return " ".join([*rest, folded[place:]])


def _words_from(text: str, place: int) -> Iterator[re.Match[str]]:
    """The Latin words that begin here and follow each other."""
    for _ in range(_MOST_WORDS):
        word = _LATIN_WORD.match(text, place)
        if not word:
            return
        yield word
        gap = _GAP.match(text, word.end())
        if not gap:
            return
        place = gap.end()


def _stem(word: str) -> str:
    american = _BRITISH_RE.sub("er", _BRITISH_IS.sub("iz", word))
    if not hasattr(_of_thread, "stemmer"):
        _of_thread.stemmer = snowballstemmer.stemmer("english")
    return str(_of_thread.stemmer.stemWord(american))
