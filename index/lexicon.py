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
from index.tokeniser import is_english_particle

_MOST_WORDS = 5
_MOST_LETTERS = 16
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


class Lexicon:
    """Meanings, looked up by any of their words."""

    def __init__(self) -> None:
        self._others: dict[str, dict[str, None]] = defaultdict(dict)

    def with_synonyms(self, meanings: Iterable[Sequence[str]]) -> Self:
        """Adds meanings all of whose words stand for each other."""
        return self._with(meanings, is_across_only=False)

    def with_translations(self, meanings: Iterable[Sequence[str]]) -> Self:
        """Adds meanings whose words stand for those of the other language only: several Japanese words
        may be near enough to translate an English one, and still not be the same."""
        return self._with(meanings, is_across_only=True)

    def terms(self, text: str) -> Iterator[Term]:
        """The known terms of ``text``, in order, none within another."""
        folded = fold(text)
        place = 0
        while place < len(folded):
            words = list(_words_from(folded, place))
            ends = [word.end() for word in words]
            if is_japanese(folded[place]):
                ends = list(range(place + 1, min(place + _MOST_LETTERS, len(folded)) + 1))
            known = (end for end in reversed(ends) if self._stands_for(folded[place:end]))
            end = next(known, None)
            if end is not None:
                yield Term(folded[place:end], self.others(folded[place:end]))
            place = end or (words[0].end() if words else place + 1)

    def others(self, term: str) -> tuple[str, ...]:
        """The other words for what exactly this term means."""
        return tuple(self._others.get(key(term), ()))

    def _stands_for(self, term: str) -> bool:
        return key(term) in self._others and not is_english_particle(term)

    def _with(self, meanings: Iterable[Sequence[str]], *, is_across_only: bool) -> Self:
        for words in meanings:
            for word in words:
                for other in words:
                    is_across = is_japanese(word) != is_japanese(other)
                    if key(word) != key(other) and (is_across or not is_across_only):
                        self._others[key(word)][other] = None
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
