"""Message text → need: what somebody looks for, without the words of asking.

Pure. A message that neither asks nor restricts, such as the title of a research theme, is searched
exactly as it stands.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.places import REGIONS, region_of
from corpus.records import Kind
from matchbot.need import Asker, Aspect, Language, Need, Piece, Purpose, Scope
from matchbot.phrases import circumstances
from matchbot.phrases.cues import exact_terms, purposes
from matchbot.phrases.reading import HERE, NEARBY, Reading

__all__ = ["Asker", "Aspect", "Language", "Need", "Piece", "Purpose", "Scope", "language_of", "understand"]

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯々]")
_HIRAGANA = re.compile(r"[ぁ-ん]")
_ENGLISH_PARTICLE = re.compile(r"\b(?:an?|the|for|with|of|in|to|who|that|we|can|is|are)\b", re.IGNORECASE)
_ENGLISH_WORD = re.compile(r"\b[A-Za-z]?[a-z]{2,}\b")
_NO_LETTER = re.compile(r"[\W_]+")
_ADDING = re.compile(
    r"(?:あと|それと|それから|さらに|加えて|ただし|ただ|特に|とくに|できれば|その中で|そのうち|しかも|なお)[、,\s]*|"
    r"(?:and|also|with|but|especially|in particular|among (?:them|these))\b[,\s]*",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"(?:の(?:もの|ところ|やつ|ほう|方)?|で|も|なら|には|向け(?:の|で|に)?|に?対応(?:の|で)?|つき|付き|以上|以下|についても?|の場合)$"
)
_LONGEST_FRAGMENT = 24
_TAKING_BACK = re.compile(
    r"(?:条件|指定|縛り|限定|絞り込み)|(?:を|は|も)?(?:外し|はずし|問[わい]|不問|なしで|無しで|こだわ)|"
    r"\b(?:filters?|conditions?|drop|remove|forget|clear|any (?:stage|amount|time))\b",
    re.IGNORECASE,
)
_REPLACING = (
    re.compile(
        r"(?P<old>.+?)(?:では|じゃ)なくて?[、,\s]*(?P<new>.+?)(?:の(?:方|ほう))?(?:で|の|を|が|です|だった)?[ぁ-ん]{0,6}"
    ),
    re.compile(r"(?P<new>.+?) (?:instead of|rather than|not) (?P<old>.+)", re.IGNORECASE),
)


def understand(
    text: str,
    *,
    asker: Asker | None = None,
    previous: Need | None = None,
    is_answer: bool = False,
) -> Need:
    """The need that a message states, or that it makes of the ``previous`` one.

    A follow-up which only restricts, widens, takes back or adds to the previous need changes it
    (「大学だけ」「関西以外で」「やっぱり全部」「JIS B 0601の」); any other message with content of its own
    is a new need.
    ``is_answer``: a question about the previous need was asked, so content joins it unless the message
    asks for a partner anew.
    「県内」 and 「近くの」 are read from where the asker sits, and say nothing where that is unknown.
    """
    plain = unicodedata.normalize("NFKC", text)
    language = language_of(plain) or (previous.language if previous else "ja")
    beside, money = _circumstances(plain, previous)
    rest = circumstances.without(plain, beside)
    reading = _reader(language)(rest)
    query = text.strip() if _has_same_words(reading.content, plain) else reading.content
    purpose = purposes(plain)
    pieces = (
        *_from_where_asker_sits(reading.pieces, asker),
        *exact_terms(rest),
        *purpose,
        *money,
        *beside,
    )
    if previous is None:
        need = Need(text, query, language=language).with_pieces(pieces)
    else:
        need = _followed(previous, Need(text, query, pieces, language), reading, is_answer)
    return _from_financiers(need, purpose) if circumstances.is_seeking(plain) else need


def _reader(language: Language) -> Callable[[str], Reading]:
    """Loaded when first needed: compiling the patterns of a language takes a tenth of a second."""
    if language == "ja":
        from matchbot.phrases.japanese import read
    else:
        from matchbot.phrases.english import read
    return read


def language_of(text: str) -> Language | None:
    """The language a text is written in; None where it shows none (part numbers, 「MEMS」, digits).

    Japanese terms in an English sentence ("a company for 梨地 finishing") leave it English.
    """
    if _JAPANESE.search(text):
        return "en" if _ENGLISH_PARTICLE.search(text) and not _HIRAGANA.search(text) else "ja"
    return "en" if _ENGLISH_WORD.search(text) else None


def _circumstances(text: str, previous: Need | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What a message says of money, time and the asker: what is not searched, and what is as well.

    A sum or stage is a condition where it is about funding. Who takes a condition back names it only.
    """
    if previous and _TAKING_BACK.search(text):
        return (), ()
    is_about_funding = circumstances.is_about_funding(text) or (previous and previous.seeks_funding)
    offers, urgencies = circumstances.offers(text), circumstances.urgencies(text)
    if not is_about_funding:
        return (*offers, *urgencies), ()
    # What a venture does is what financiers look at, so it is searched as well.
    searched = (*(replace(offer, said="") for offer in offers), *circumstances.stages(text))
    return (*urgencies, *circumstances.amounts(text)), searched


def _from_financiers(need: Need, purpose: Iterable[Piece]) -> Need:
    """Money comes from financiers, where nobody else was asked for."""
    said = [piece for piece in purpose if piece.values == (Purpose.FUNDING,)]
    if not said or need.kinds or need.not_kinds:
        return need
    return need.with_pieces([Piece(Aspect.KIND, (Kind.FINANCIER,), said[0].said)])


def _followed(previous: Need, said: Need, reading: Reading, is_answer: bool) -> Need:
    changed = _changed(previous, said, reading)
    if not said.query:
        return changed
    replaced = _replaced(previous.query, said.query)
    if replaced:
        return replace(changed, query=replaced)
    if _is_part(said, reading, is_answer) or not previous.query:
        return replace(changed, query=_joined(previous.query, said.query))
    return Need(said.text, said.query, language=said.language).with_pieces(said.pieces)


def _changed(previous: Need, said: Need, reading: Reading) -> Need:
    """The previous need with what a follow-up wishes, widens, drops and forgets."""
    forgotten = reading.forgotten
    if any(piece.values == (Scope.ALL,) for piece in said.pieces):
        forgotten |= {Aspect.PLACE, Aspect.CLUSTER}
    need = replace(previous, text=said.text, language=said.language)
    for piece in previous.pieces:
        if piece.aspect in forgotten:
            need = need.without(piece)
    for piece in reading.dropped:
        need = _without(need, piece)
    widened = {piece.aspect for piece in reading.pieces} if reading.is_addition else set()
    kept = (piece for piece in need.pieces if piece.aspect in widened and not piece.is_excluded)
    return need.with_pieces((*kept, *said.pieces))


def _without(need: Need, dropped: Piece) -> Need:
    """「関西を外して」 takes the wish for 関西 back where there is one, and excludes it otherwise."""
    told = [p for p in need.pieces if p.aspect is dropped.aspect and set(p.values) & set(dropped.values)]
    if not told and dropped.is_excluded:
        return need.with_pieces((dropped,))
    return replace(need, pieces=tuple(p for p in need.pieces if p not in told))


def _is_part(said: Need, reading: Reading, is_answer: bool) -> bool:
    """Whether content cannot stand for itself: an answer, 「JIS B 0601の」「あと、耐熱200度」."""
    if reading.is_request or is_answer:
        return not reading.is_request
    rest = said.query
    for term in said.exact_terms:
        rest = rest.replace(term, "")
    is_only_terms = not _NO_LETTER.sub("", _LEFT_OPEN.sub("", rest))
    is_open = len(said.query) <= _LONGEST_FRAGMENT and _LEFT_OPEN.search(said.query)
    return is_only_terms or bool(_ADDING.match(said.query)) or bool(is_open)


def _joined(query: str, addition: str) -> str:
    words = _LEFT_OPEN.sub("", _ADDING.sub("", addition, count=1)) or addition
    return f"{query} {words}".strip()


def _replaced(query: str, said: str) -> str | None:
    """「ガラスではなく樹脂で」 on a query that speaks of ガラス; None where nothing is replaced."""
    for pattern in _REPLACING:
        match = pattern.fullmatch(said)
        if match and match["old"] in query:
            return query.replace(match["old"], match["new"])
    return None


def _has_same_words(content: str, text: str) -> bool:
    return _NO_LETTER.sub("", content) == _NO_LETTER.sub("", text)


def _from_where_asker_sits(pieces: Iterable[Piece], asker: Asker | None) -> tuple[Piece, ...]:
    prefecture = asker.prefecture if asker else ""
    near = {HERE: (prefecture,), NEARBY: REGIONS.get(region_of(prefecture), ())}
    sited = (
        replace(piece, values=near.get(piece.values[0], piece.values))
        if piece.aspect is Aspect.PLACE
        else piece
        for piece in pieces
    )
    return tuple(piece for piece in sited if any(piece.values))
