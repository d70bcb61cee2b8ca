"""Text → tokens: one pure function for documents and queries, so that what was indexed can be found."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from threading import local
from typing import NamedTuple, cast

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from corpus.writing import fold

_NO_CONTENT = frozenset({"助詞", "助動詞", "接続詞", "補助記号", "空白"})
_HELPING_VERB = ("動詞", "非自立可能")
_SAYING_NOTHING = frozenset(
    "為る 居る 有る 成る 出来る 来る 行く 呉れる 貰う 下さる 頂く 置く 仕舞う 御".split()  # noqa: SIM905
)
"""Verbs that help others wherever they stand (切る and 直す mean something by themselves); the polite 御."""
# What particles are to Japanese; Sudachi takes them for nouns. Without "it", which is a field here (IT).
_ENGLISH_PARTICLES = frozenset(
    "a an and are at be by for from has have in into is of on or our that the their these this those to "  # noqa: SIM905
    "was we were which who with you your".split()
)
# Sudachi writes English words in katakana, so that laser meets レーザー. Of those that share one (イースト:
# yeast and east; バス: bus and bath), these are what it mostly does not mean; they keep their letters.
_SPELT_AS_ANOTHER = frozenset(
    "bald bath been belly buck called chord clause collect colonel cone dare drag ear east fourth grew "  # noqa: SIM905
    "hole lap lathe law leader leading major meet miller mouth path que rand raise right rock role root "
    "saint sail sauce seat stuff tern think tip weak whole worse write writer writing".split()
)

_STANDARD = re.compile(
    r"(?<![a-z0-9])(?:jis|jas|iso|iec|astm|din|ansi|ieee) ?[a-z]? ?-?\d{2,6}(?:[-.:]\d+)*(?!\d)"
)
_CODE = re.compile(r"[a-z0-9]+(?:[-_./+#&][a-z0-9]+)*[+#]*")
_PLURAL = re.compile(r"[a-z]{2,}[^us\W\d_]s")
_PLURAL_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))
_SEPARATORS = re.compile(r"[-_./&: ]")
_RUN = re.compile(r"[^\W_]+")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_HIRAGANA_ONLY = re.compile(r"[ぁ-ゖー]+")
_SPOKEN_HIRAGANA = 0.4
"""Of the letters of a text; titles of themes and contracts have a fifth, chat messages about half."""
_MOST_CHARACTERS = 8000
"""Sudachi refuses more than 49,149 bytes at once; a character has up to four."""


class Word(NamedTuple):
    """A token and the piece of the (folded) text that it was read from."""

    surface: str
    token: str


def words(text: str) -> list[str]:
    """The content words of ``text``, normalised, in order, with repetitions.

    Sudachi's shortest units (mode A) without particles (English ones too), conjunctions, auxiliaries,
    helping verbs and symbols, in their normalised form (English words that Sudachi knows, and their
    plurals, in katakana: ``laser`` and ``lasers`` meet レーザー); besides, every part number, standard,
    corporate number and Latin product name whole, without its separators: ``AB-1234`` and ``AB1234`` meet
    in ``ab1234``, ``JIS B 0601`` and ``JISB0601`` in ``jisb0601``.

    >>> words("ＪＩＳ Ｂ ０６０１の表面粗さ")
    ['jis', 'b', '0601', '表面', '粗い', 'さ', 'jisb0601']
    """
    return [word.token for word in analyse(text)]


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of characters within each run of letters, in order.

    A run of one character gives that character; pairs of two hiragana carry grammar rather than
    content and are left out.

    >>> bigrams("半導体の検査")
    ['半導', '導体', '体の', 'の検', '検査']
    """
    return [pair for run in _RUN.findall(fold(text)) for pair in _pairs(run)]


def spoken_words(text: str) -> list[str]:
    """As :func:`words`, with the verbs which can help others: everyday talk says with them what terms say
    with nouns.

    >>> spoken_words("髪を切ってくれる"), words("髪を切ってくれる")
    (['髪', '切る'], ['髪'])
    """
    return [one.token for one in _morphemes(fold(text)) if one.token not in _SAYING_NOTHING]


@lru_cache(maxsize=64)
def analyse(text: str) -> tuple[Word, ...]:
    """As :func:`words`, each token with the surface it stands on (for showing what matched).

    Kept for a moment: a query is read for its words, for its vector and for what it says in everyday words,
    and again for what matched.
    """
    folded = fold(text)
    found = [
        Word(one.surface, one.token)
        for one in _morphemes(folded)
        if not one.is_helping and one.surface not in _ENGLISH_PARTICLES
    ]
    whole = {word.token for word in found}
    return (*found, *(code for code in _codes(folded) if code.token not in whole))


def is_english_particle(word: str) -> bool:
    """Whether an English word only ties others together ("of", "with")."""
    return word in _ENGLISH_PARTICLES


def is_spoken(text: str) -> bool:
    """Whether ``text`` is told in everyday words rather than in terms: by its share of hiragana.

    >>> is_spoken("車の屋根に載せて走りながら発電したい"), is_spoken("移動体用太陽電池の研究開発")
    (True, False)
    """
    letters = "".join(_RUN.findall(text))
    return len(_HIRAGANA.findall(letters)) >= _SPOKEN_HIRAGANA * max(len(letters), 1)


def identity() -> str:
    """What the tokens depend on, for the manifest: two equal identities give equal tokens."""
    return f"sudachi-A {version('SudachiPy')} dict {version('SudachiDict-core')} + bigrams, rules 5"


class _Morpheme(NamedTuple):
    """A unit that Sudachi cuts, its normalised form, and whether it is a verb that helps others."""

    surface: str
    token: str
    is_helping: bool


@lru_cache(maxsize=64)
def _morphemes(folded: str) -> tuple[_Morpheme, ...]:
    """What is more than grammar and signs. Kept for a moment, as what :func:`analyse` gives: everyday talk
    is read from more of it."""
    return tuple(
        _Morpheme(one.surface(), _normalised(one), part_of_speech[:2] == _HELPING_VERB)
        for piece in _pieces(folded)
        for one in _sudachi().tokenize(piece)
        if (part_of_speech := one.part_of_speech())[0] not in _NO_CONTENT
    )


def _normalised(one: Morpheme) -> str:
    surface: str = one.surface()
    if surface in _SPELT_AS_ANOTHER:
        return surface
    token = f"{one.normalized_form()}".casefold()
    return _singular(token) if token == surface and _PLURAL.fullmatch(token) else token


@lru_cache(maxsize=1 << 14)
def _singular(word: str) -> str:
    """What an English plural is in the singular, where Sudachi writes that in Japanese ("lenses" → レンズ);
    else the word, which may be an abbreviation (CMOS, PFAS)."""
    for ending, instead in _PLURAL_ENDINGS:
        if word.endswith(ending):
            singular = word.removesuffix(ending) + instead
            known = _sudachi().tokenize(singular)
            if len(known) == 1 and (token := _normalised(known[0])) != singular and not token.isascii():
                return token
    return word


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for start in range(len(run) - 1):
        pair = run[start : start + 2]
        if not _HIRAGANA_ONLY.fullmatch(pair):
            yield pair


def _codes(folded: str) -> Iterator[Word]:
    """Standards and part numbers, whole."""
    for match in _STANDARD.finditer(folded):
        yield Word(match[0], _SEPARATORS.sub("", match[0]))
    for match in _CODE.finditer(folded):
        code = match[0]
        if len(code) > 1 and (any(map(str.isdigit, code)) or not code.isalnum()):
            yield Word(code, _SEPARATORS.sub("", code))


def _pieces(text: str) -> Iterator[str]:
    """``text`` in pieces that Sudachi takes, cut behind a sentence where there is one."""
    while len(text) > _MOST_CHARACTERS:
        cut = max(text.rfind(mark, 0, _MOST_CHARACTERS) for mark in "。\n ") + 1 or _MOST_CHARACTERS
        yield text[:cut]
        text = text[cut:]
    yield text


_of_thread = local()


def _sudachi() -> Tokenizer:
    """One tokenizer a thread (two threads cannot use one), all over one dictionary."""
    if not hasattr(_of_thread, "tokenizer"):
        _of_thread.tokenizer = _dictionary().tokenizer(mode=SplitMode.A)
    return cast(Tokenizer, _of_thread.tokenizer)


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    """One dictionary a process (loading it takes .2 s)."""
    return Dictionary()
