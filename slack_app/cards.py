"""Partners as cards: pure functions from a turn of a conversation to a message."""

from collections.abc import Iterator
from itertools import chain

from corpus.records import Kind
from matchbot.conversation import Ask, Quit, Say, Search
from matchbot.matchmaking import Match, Reason
from matchbot.need import Scope
from matchbot.service import Answer, Turn
from matchbot.texts import Texts
from slack_app.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    divider,
    escaped,
    menu,
    quote,
    section,
)
from slack_app.ids import Click, numbered, packed
from slack_app.limits import Posting
from slack_app.names import Names

_KINDS = (Kind.FIRM, Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE, Kind.FINANCIER, Kind.TRADING_HOUSE)
_SCOPES = (Scope.MIXED, Scope.OWN, Scope.OTHER, Scope.ALL)


def turn(turn: Turn, thread_id: str, texts: Texts, names: Names, *, can_request: bool) -> Posting:
    """What matchbot says in a turn: cards first, then a question. ``can_request``: whoever asks speaks
    for an organisation, and may ask to meet a partner."""
    match turn.step:
        case Search(question=question):
            assert turn.answer is not None
            asked = [section(texts(f"chat-ask-{question}"))] if question else []
            found = _found(turn.answer, thread_id, texts, names, can_request=can_request)
            return Posting(_headline(turn.answer, texts), (*found, *asked))
        case Ask(question=question):
            return _said(texts(f"chat-ask-{question}"))
        case Say(topic=topic):
            return _said(texts(f"slack-{topic}" if f"slack-{topic}" in texts else f"chat-{topic}"))
        case Quit():
            return _said(texts("chat-quit"))


def _said(text: str) -> Posting:
    return Posting(text, (section(text),))


def _headline(answer: Answer, texts: Texts) -> str:
    matches = answer.matches
    if matches.items:
        return texts("chat-found", n=len(matches.items), offset=matches.offset)
    return texts("chat-no-more" if matches.offset else "chat-nobody")


def _found(
    answer: Answer, thread_id: str, texts: Texts, names: Names, *, can_request: bool
) -> Iterator[Block]:
    matches = answer.matches
    yield section(_headline(answer, texts))
    yield context(*_understood(answer, texts, names))
    for place, match in enumerate(matches.items, start=matches.offset + 1):
        yield divider()
        yield from _card(match, place, thread_id, texts, names, can_request=can_request)
    yield divider()
    yield actions(*_filters(answer, thread_id, texts))


def _understood(answer: Answer, texts: Texts, names: Names) -> Iterator[str]:
    need = answer.matches.need
    yield texts("chat-searched", query=escaped(need.query))
    if need.pieces:
        yield texts("chat-understood", pieces=names.listed(map(names.piece, need.pieces)))
    yield from (texts(f"notice-{notice}") for notice in answer.notices)


def _card(
    match: Match, place: int, thread_id: str, texts: Texts, names: Names, *, can_request: bool
) -> Iterator[Block]:
    organisation = match.hit.organisation
    yield section(f"*{place}. {names.partner(match)}* {names.marks(match)}\n{names.facts(match)}")
    yield from chain.from_iterable(_reason(reason, texts) for reason in match.reasons[:1])
    if organisation.is_masked:
        yield context(texts("chat-masked"))
    elif not any(reason.sentence or reason.words for reason in match.reasons):
        yield context(texts("chat-no-reason"))
    if can_request:
        value = packed(thread_id, organisation.id)
        asking = button(texts("slack-request"), numbered(Click.REQUEST, place), value, style="primary")
        yield actions(asking)


def _reason(reason: Reason, texts: Texts) -> Iterator[Block]:
    """The sentence with its matched words in bold, and who says so since when."""
    if reason.sentence:
        yield quote(*_parts(reason.sentence, reason.words))
    elif reason.words:
        yield context(texts("card-words", words=escaped(texts("list-separator").join(reason.words))))
    if reason.source_name:
        said_by = escaped(texts("said-by", source=reason.source_name, as_of=reason.as_of))
        is_linked = reason.source_url.startswith(("https://", "http://"))
        yield context(f"<{escaped(reason.source_url)}|{said_by}>" if is_linked else said_by)


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


def _filters(answer: Answer, thread_id: str, texts: Texts) -> Iterator[Element]:
    """Kind and scope, and more: one row below the cards."""
    need = answer.matches.need
    kinds = {packed(thread_id, kind): texts(f"kind-{kind}") for kind in _KINDS}
    yield menu(texts("slack-filter-kind"), Click.KIND, kinds)
    scopes = {packed(thread_id, scope): texts(f"scope-{scope}") for scope in _SCOPES}
    yield menu(texts("slack-filter-scope"), Click.SCOPE, scopes, chosen=packed(thread_id, need.scope))
    if answer.matches.has_more:
        yield button(texts("slack-more"), Click.MORE, thread_id)
