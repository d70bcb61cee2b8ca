"""Why a partner fits, in words of its own profile: the sentence that matters, and the words that matched."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from corpus.writing import fold
from index.hits import Evidence
from index.tokeniser import analyse

LONGEST_SENTENCE = 120
"""Letters of a sentence that are shown as a reason."""
LONGEST_TITLE = 60
"""Letters of a title that are shown before it."""
MOST_WORDS = 6
"""Matched words that are shown as a reason."""

_LETTER = re.compile(r"[一-龯々〆ァ-ヴーA-Za-z0-9]")
_SENTENCE = re.compile(r".+?(?:[。！？\n]+|[.!?]+(?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a partner fits, taken from its profile: nothing in it was made up.

    ``sentence``: the sentence of the passage that holds most of the words that matched, behind the title
    where this holds others; "" where the profile is masked. ``words``: the matched words as they stand in
    the passage, in its order. ``synonyms``: words of the passage or the name, as they stand there, that
    mean what words of the need mean, each with the latter, where these stand there not themselves.
    """

    sentence: str
    words: tuple[str, ...]
    passage_type: str
    as_of: date
    source_name: str = ""
    source_url: str = ""
    synonyms: tuple[tuple[str, str], ...] = ()


def reason_in(evidence: Evidence, name: str = "") -> Reason:
    """What one passage says for a partner; ``name``: the partner's, in which words may match as well."""
    synonyms, matched = _said_otherwise(evidence.synonyms, frozenset(evidence.matched))
    sentences = [s.strip() for s in _SENTENCE.findall(evidence.text) if s.strip()] or [evidence.title]
    # Sentence by sentence, so that nothing is read twice: reading is most of what a card costs.
    read = {sentence: _matched_words(sentence, matched) for sentence in (evidence.title, *sentences)}
    # The earliest sentence of those with the most matched words, by count, then by length.
    sentence = max(sentences, key=lambda s: _weight(read[s]))
    words: dict[str, str] = {}
    for token, written in chain.from_iterable(own.items() for own in read.values()):
        words.setdefault(token, written)
    whole = f"{evidence.title}\n{evidence.text}"
    known = _matched_words(name, matched) | words
    said = _shortened(sentence, read[sentence])
    # A title that tells more of the need than the sentence: often it alone says what the work was about.
    if sentence != evidence.title and read[evidence.title].keys() - read[sentence].keys():
        said = f"{_shortened(evidence.title, read[evidence.title], LONGEST_TITLE)} — {said}"
    return Reason(
        sentence=said,
        words=_telling(words, whole)[:MOST_WORDS],
        passage_type=evidence.type,
        as_of=evidence.as_of,
        source_name=evidence.source_name,
        source_url=evidence.source_url,
        synonyms=tuple(
            dict.fromkeys(
                (written, said)
                for other, said in synonyms
                if (written := _as_it_stands(other, known, f"{whole}\n{name}"))
            )
        )[:MOST_WORDS],
    )


def _said_otherwise(
    synonyms: Sequence[tuple[str, str]], matched: AbstractSet[str]
) -> tuple[list[tuple[str, str]], AbstractSet[str]]:
    """The synonyms of what the passage does not say itself, and the matched tokens without the others:
    where 検査 stands, that "inspection" does as well tells nothing."""
    said_itself = {said for _, said in synonyms if _tokens(said) <= matched}
    told = [(other, said) for other, said in synonyms if said not in said_itself]
    kept = [
        (other, said)
        for other, said in told
        if not any(said == again and other != longer and other in longer for longer, again in told)
    ]
    needless = _tokens(*(other for other, said in synonyms if said in said_itself))
    needed = _tokens(*said_itself, *chain.from_iterable(kept))
    return kept, matched - (needless - needed)


def _tokens(*texts: str) -> frozenset[str]:
    return frozenset(word.token for text in texts for word in analyse(text))


def _matched_words(text: str, matched: AbstractSet[str]) -> dict[str, str]:
    """Token → how it is written in the text, in the order of first appearance."""
    plain = unicodedata.normalize("NFKC", text)
    lower = plain.lower()
    written: dict[str, tuple[int, str]] = {}
    for word in analyse(text):
        if word.token in matched and word.token not in written:
            place = lower.find(word.surface)
            # An old form of a kanji is found by its common form, and shown so.
            as_written = plain[place : place + len(word.surface)] if place >= 0 else word.surface
            written[word.token] = (place if place >= 0 else len(plain), as_written)
    return {token: surface for token, (_, surface) in sorted(written.items(), key=lambda item: item[1])}


def _as_it_stands(term: str, written: Mapping[str, str], text: str) -> str:
    """A term as the text writes it (「Thin film」 for "thin film"), with 「…」 where its words stand apart;
    "" where they do not all stand there."""
    words = [written.get(word.token, "") for word in analyse(term)]
    if not all(words):
        return ""
    plain = unicodedata.normalize("NFKC", text)
    for joint in ("", " ", "-"):
        if (together := joint.join(words)) in plain:
            return together
    return "…".join(sorted(words, key=plain.find))


def as_written(tokens: Collection[str], text: str) -> tuple[str, ...]:
    """The stretches of a text that these tokens stand on, in order, folded; but for single letters, which say
    nothing by themselves.

    >>> as_written({"太陽", "電池"}, "薄い太陽電池の検査")
    ('太陽電池',)
    """
    plain, place, end = fold(text), 0, -1
    stretches: list[str] = []
    for word in analyse(text):
        start = plain.find(word.surface, place)
        if start < 0:
            break  # the codes, which analyse repeats whole behind the words
        place = start + len(word.surface)
        if word.token in tokens:
            is_beside = end >= 0 and not plain[end:start].strip()
            before = f"{stretches.pop()}{plain[end:start]}" if is_beside else ""
            stretches.append(f"{before}{word.surface}")
            end = place
    return tuple(dict.fromkeys(stretch for stretch in stretches if len(stretch) > 1))


def _weight(words: dict[str, str]) -> tuple[int, int]:
    return len(words), sum(map(len, words))


def _telling(words: dict[str, str], text: str) -> tuple[str, ...]:
    """The words as written, without those that only repeat a part of a longer one. Single letters (「半」)
    stand with the word they belong to, or alone where there is nothing longer."""
    written = tuple(dict.fromkeys(words.values()))
    letters = [word for word in written if len(word) == 1]
    longer = (_whole(word, letters, text) for word in written if len(word) > 1)
    distinct = tuple(dict.fromkeys(longer)) or written
    return tuple(word for word in distinct if not any(word != other and word in other for other in distinct))


def _whole(word: str, letters: Sequence[str], text: str) -> str:
    """A word with the letter that ends it, or the one that begins it where nothing else stands before:
    「機能」 → 「機能性」, 「導体」 → 「半導体」, but 「遺伝」 in 「受容体遺伝子」 → 「遺伝子」."""
    behind = next((letter for letter in letters if f"{word}{letter}" in text), "")
    before = next((letter for letter in letters if _begins_a_word(f"{letter}{word}", text)), "")
    return f"{before}{word}{behind}"


def _begins_a_word(word: str, text: str) -> bool:
    """Whether a word stands somewhere without a letter before it."""
    place = text.find(word)
    while place > 0 and _LETTER.match(text[place - 1]):
        place = text.find(word, place + 1)
    return place >= 0


def _shortened(sentence: str, words: dict[str, str], longest: int = LONGEST_SENTENCE) -> str:
    """At most ``longest`` letters of a sentence, with its first matched word among them."""
    if len(sentence) <= longest:
        return sentence
    plain = unicodedata.normalize("NFKC", sentence)
    places = [place for word in words.values() if (place := plain.find(word)) >= 0]
    start = max(0, min(min(places, default=0) - longest // 3, len(plain) - longest))
    end = start + longest
    return f"{'…' if start else ''}{plain[start:end]}{'…' if end < len(plain) else ''}"


def masked_reason(reason: Reason, query: str) -> Reason:
    """The reason without its sentence and source. Its words are those that many others use, too: of a masked
    profile the search data hold no other (`index.protection`). They are told as the query says them."""
    said = {word.token: word.surface for word in analyse(query)}
    words = tuple(dict.fromkeys(said.get(word.casefold(), word) for word in reason.words))
    return replace(reason, sentence="", words=words, source_name="", source_url="")
