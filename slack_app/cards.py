"""Partners as cards: pure functions from a reply to a message of Slack.

A card is the few things by which somebody decides whether to read on; the rest is in its details. The
buttons below the cards carry the number of the turn they show, so that the same button of the same list
is one thing done, however often it is clicked.
"""

import zlib
from collections.abc import Iterator, Mapping
from itertools import chain

from corpus.records import Kind
from matchbot.conversation import Ask, Quit, Say, Search
from matchbot.finding import Answer
from matchbot.matchmaking import Match, Matches
from matchbot.need import Aspect, Need, Piece, Scope
from matchbot.reasons import Reason
from matchbot.service import Reply
from matchbot.texts import Texts
from slack_app.blocks import Block, Element, actions, button, context, divider, escaped, quote, section
from slack_app.ids import Click, numbered, packed
from slack_app.limits import Posting
from slack_app.names import Names

_KINDS = (Kind.FIRM, Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE, Kind.FINANCIER, Kind.TRADING_HOUSE)
_BOTH = 0
"""The number of the button that speaks of the pair: those of single partners count from 1."""


def reply(reply: Reply, texts: Texts, names: Names, *, can_request: bool) -> Posting:
    """A reply as a message: cards first, then a question. ``can_request``: whoever asks speaks
    for an organisation, and may ask to meet a partner."""
    match reply.step:
        case Search(question=question):
            assert reply.answer is not None
            asked = [section(texts(f"chat-ask-{question}"))] if question else []
            found = _found(reply.answer, reply.number, texts, names, can_request=can_request)
            return Posting(_headline(reply.answer, texts), (*found, *asked))
        case Ask(question=question):
            return said(texts(f"chat-ask-{question}"))
        case Say(topic=topic):
            return said(texts(f"slack-{topic}" if f"slack-{topic}" in texts else f"chat-{topic}"))
        case Quit():
            return said(texts("chat-quit"))


def said(text: str, *below: Block) -> Posting:
    """A message of one text, and what stands below it."""
    return Posting(text, (section(text), *below))


def reason(reason: Reason, texts: Texts, names: Names) -> Iterator[Block]:
    """The sentence with its matched words in bold, and who says so since when."""
    if reason.sentence:
        yield quote(*_parts(reason.sentence, reason.words))
    elif reason.words:
        yield context(texts("card-words", words=escaped(texts("list-separator").join(reason.words))))
    if reason.synonyms:
        yield context(escaped(names.plain.synonyms(reason.synonyms)))
    if reason.source_name:
        said_by = escaped(names.plain.said_by(reason.source_name, reason.as_of))
        is_linked = reason.source_url.startswith(("https://", "http://"))
        yield context(f"<{escaped(reason.source_url)}|{said_by}>" if is_linked else said_by)


def ways_on(texts: Texts, *, can_request: bool) -> Iterator[Element]:
    """What can be done where nobody is good enough."""
    yield button(texts("slack-rewrite"), Click.REWRITE)
    yield button(texts("slack-help"), Click.HELP)
    if can_request:
        yield button(texts("slack-alert"), Click.ALERT)


def piece_with(need: Need, told: str) -> Piece | None:
    """The piece of a need that a button speaks of; None where it has been taken away already."""
    return next((piece for piece in need.pieces if _id(piece) == told), None)


# --- within ---


def _headline(answer: Answer, texts: Texts) -> str:
    matches = answer.matches
    if matches.items:
        return texts("chat-found", n=len(matches.items), offset=matches.offset)
    return texts("chat-no-more" if matches.offset else "slack-nobody")


def _found(answer: Answer, number: int, texts: Texts, names: Names, *, can_request: bool) -> Iterator[Block]:
    matches = answer.matches
    yield section(_headline(answer, texts))
    yield context(*_understood(answer, texts))
    yield from _conditions(answer, number, texts, names)
    yield from _pair(matches, texts, can_request=can_request)
    for place, match in enumerate(matches.items, start=matches.offset + 1):
        yield divider()
        yield from _card(match, place, texts, names, can_request=can_request)
    if not matches.items and not matches.offset:
        yield actions(*ways_on(texts, can_request=can_request))
    yield divider()
    yield actions(*_filters(answer, number, texts))


def _understood(answer: Answer, texts: Texts) -> Iterator[str]:
    yield texts("chat-searched", query=escaped(answer.matches.need.query))
    yield from (texts(f"notice-{notice}") for notice in answer.notices)


def _conditions(answer: Answer, number: int, texts: Texts, names: Names) -> Iterator[Block]:
    """Each understood piece, as a button that takes it away; but for those that the filters show."""
    shown = [piece for piece in answer.matches.need.pieces if not _is_filter(piece, answer)]
    if shown:
        yield actions(
            *(
                button(
                    texts("slack-drop", piece=names.plain.piece(piece)),
                    numbered(Click.DROP, place),
                    packed(_id(piece), str(number)),
                )
                for place, piece in enumerate(shown, start=1)
            )
        )


def _is_filter(piece: Piece, answer: Answer) -> bool:
    """Whether the row of filters shows all of a piece, as chosen."""
    offered: Mapping[Aspect, tuple[str, ...]] = {Aspect.KIND: _KINDS, Aspect.SCOPE: _scopes(answer)}
    return not piece.is_excluded and set(piece.values) <= set(offered.get(piece.aspect, ()))


def _scopes(answer: Answer) -> tuple[Scope, ...]:
    """The scopes to choose from: none for who is of no cluster."""
    return (Scope.OWN, Scope.OTHER) if answer.has_own else ()


def _id(piece: Piece) -> str:
    return f"{zlib.crc32(repr(piece).encode()):08x}"


def _pair(matches: Matches, texts: Texts, *, can_request: bool) -> Iterator[Block]:
    """That two only together do all of it, and how to meet both at once."""
    if not matches.pair:
        return
    yield section(texts("pair-found"))
    if can_request:
        both = packed(*(match.hit.organisation.id for match in matches.pair))
        yield actions(button(texts("slack-request-pair"), numbered(Click.REQUEST, _BOTH), both))


def _card(match: Match, place: int, texts: Texts, names: Names, *, can_request: bool) -> Iterator[Block]:
    organisation = match.hit.organisation
    yield section(f"*{place}. {names.partner(match)}* {names.marks(match)}\n{names.facts(match)}")
    if match.half:
        yield context(escaped(texts("pair-half", half=match.half)))
    yield from chain.from_iterable(reason(each, texts, names) for each in match.reasons[:1])
    if match.fits:
        told = map(names.plain.fit, match.fits)
        yield context(escaped(texts("fact-separator").join(told)))
    if match.tie:
        yield context(escaped(names.plain.tie(match.tie)))
    if organisation.is_masked:
        yield context(texts("chat-masked"))
    elif not any(each.sentence or each.words for each in match.reasons):
        yield context(texts("chat-no-reason"))
    yield actions(*_choices(organisation.id, place, texts, can_request=can_request))


def _choices(partner_id: str, place: int, texts: Texts, *, can_request: bool) -> Iterator[Element]:
    if can_request:
        yield button(texts("slack-request"), numbered(Click.REQUEST, place), partner_id, style="primary")
    yield button(texts("slack-details"), numbered(Click.DETAILS, place), partner_id)


def _parts(sentence: str, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """The sentence cut where a matched word begins or ends; the longest word first where several fit."""
    rest, plain = sentence, ""
    longest_first = sorted(words, key=len, reverse=True)
    while rest:
        word = next((word for word in longest_first if word and rest.startswith(word)), "")
        if not word:
            plain, rest = plain + rest[0], rest[1:]
            continue
        if plain:
            yield plain, False
        yield word, True
        plain, rest = "", rest[len(word) :]
    if plain:
        yield plain, False


def _filters(answer: Answer, number: int, texts: Texts) -> Iterator[Element]:
    """Kind and scope, the chosen ones marked, and more: one row below the cards."""
    need = answer.matches.need
    for place, kind in enumerate(_KINDS, start=1):
        value = packed(kind, str(number))
        yield _filter(texts(f"slack-kind-{kind}"), Click.KIND, place, value, is_chosen=kind in need.kinds)
    for place, scope in enumerate(_scopes(answer), start=1):
        is_chosen = need.scope is scope
        value = packed(Scope.MIXED if is_chosen else scope, str(number))
        yield _filter(texts(f"scope-{scope}"), Click.SCOPE, place, value, is_chosen=is_chosen)
    if answer.matches.has_more:
        yield button(texts("slack-more"), Click.MORE, str(number))


def _filter(label: str, click: Click, place: int, value: str, *, is_chosen: bool) -> Element:
    return button(
        f"✓ {label}" if is_chosen else label,
        numbered(click, place),
        value,
        style="primary" if is_chosen else "",
    )
