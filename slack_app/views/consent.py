"""The consent card: what a party is asked (お会いになりますか), and what it has answered."""

from collections.abc import Iterator

from matchbot.desk import CaseView, LetterFacts, PartyView
from matchbot.following import PartyAnswer
from matchbot.introductions.words import State
from matchbot.masking import is_code
from matchbot.texts import Texts
from slack_app.blocks import Block, Element, actions, button, context, divider, quote, section
from slack_app.ids import Click, packed
from slack_app.limits import Posting
from slack_app.names import Names

_CAN_STILL_ANSWER = frozenset({PartyAnswer.ASKED, PartyAnswer.DEFERRED})


def card(
    headline: str, case: CaseView, own: PartyView, letter: LetterFacts, texts: Texts, names: Names
) -> Posting:
    """Who asks and why, what a yes discloses and by when to answer; without the buttons once it is over."""
    blocks = (
        section(f"*{headline}*"),
        *_who(case, own, texts, names),
        *_why(letter, texts),
        divider(),
        *_what_then(case, own, letter, texts),
    )
    return Posting(headline, blocks)


def _who(case: CaseView, own: PartyView, texts: Texts, names: Names) -> Iterator[Block]:
    for party in case.parties:
        if party.id != own.id:
            yield section(f"*{names.party(party)}*\n{names.about(party)}")
            if is_code(party.name):
                yield context(texts("chat-masked"))
    yield context(texts("slack-asked-purpose", purpose=texts(f"purpose-{case.purpose}")))


def _why(letter: LetterFacts, texts: Texts) -> Iterator[Block]:
    if letter.brief:
        yield context(texts("slack-asked-brief"))
        yield quote((letter.brief, False))


def _what_then(case: CaseView, own: PartyView, letter: LetterFacts, texts: Texts) -> Iterator[Block]:
    if case.state is State.ASKED and own.answer in _CAN_STILL_ANSWER:
        yield section(texts(f"wording-{letter.wording}"))
        yield context(texts("slack-asked-until", expires_on=case.expires_on))
        if own.answer is PartyAnswer.DEFERRED:
            yield context(texts("slack-asked-deferred"))
        yield actions(*_answers(case, own, texts))
        return
    yield section(_stands(case, own, texts))
    if own.answer is PartyAnswer.YES and case.state in (State.ASKED, State.CONSENTED):
        yield actions(button(texts("slack-take-back"), Click.REFUSE, packed(case.id, own.id)))


def _answers(case: CaseView, own: PartyView, texts: Texts) -> Iterator[Element]:
    value = packed(case.id, own.id)
    yield button(texts("slack-consent"), Click.CONSENT, value, style="primary")
    yield button(texts("slack-refuse"), Click.REFUSE, value)
    yield button(texts("slack-defer"), Click.DEFER, value)
    yield button(texts("slack-question"), Click.QUESTION, value)


def _stands(case: CaseView, own: PartyView, texts: Texts) -> str:
    """Where it stands, in words that give nobody else's reasons away."""
    if own.answer is PartyAnswer.NO:
        return texts("slack-asked-refused")
    if own.answer is PartyAnswer.YES and case.state in (State.ASKED, State.CONSENTED):
        return texts("slack-asked-consented")
    return texts("slack-asked-introduced" if case.state is State.INTRODUCED else "slack-asked-over")
