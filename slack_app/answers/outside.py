"""A party outside Slack: its coordinator asks it, with a letter to send, and records what it answered."""

from datetime import date

from matchbot.desk import CaseView, MessageKind, TurnView
from matchbot.following import PartyAnswer
from matchbot.introductions.cases import Act
from matchbot.introductions.words import Means
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import actions, button, context, quote, section
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form, numbered, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import answer_form, means_form, needs
from slack_app.views.news import about

_TO_DO = frozenset({Act.ASK, Act.ANSWER})


def card(telling: Telling, told: str = "") -> Posting:
    """Each party that the reader has to ask, with the letter for it; and what came of it."""
    told = told or headline(telling)
    case = telling.desk.case(telling.case_id, telling.member)
    blocks = [section(told), context(about(case, telling.member, telling.texts, telling.names))]
    for number, turn in enumerate(_waiting(case, telling)):
        blocks += [section(f"*{telling.names.name(turn.organisation)}* — {telling.texts(f'act-{turn.act}')}")]
        blocks += [context(telling.texts("slack-letter-to-send")), quote((_letter(telling, turn), False))]
        value = packed(case.id, turn.organisation_id)
        asked = button(telling.texts("slack-record-asked"), numbered(Click.RECORD_ASKED, number), value)
        answered = button(
            telling.texts("slack-record-answer"),
            numbered(Click.RECORD_ANSWER, number),
            value,
            style="primary",
        )
        blocks += [actions(*((asked,) if turn.act is Act.ASK else ()), answered)]
    return Posting(told, tuple(blocks))


def _waiting(case: CaseView, telling: Telling) -> list[TurnView]:
    """The parties that a coordinator asks: those of whom nobody is in Slack."""
    deciders = {member for turn in case.turns for member in telling.desk.deciding(turn.cluster)}
    return [turn for turn in case.turns if turn.act in _TO_DO and deciders.intersection(turn.members)]


def _letter(telling: Telling, turn: TurnView) -> str:
    facts = telling.desk.letter_facts(telling.case_id, turn.organisation_id, telling.member)
    say, name = telling.texts, telling.names.plain.name
    return say(
        "letter-question",
        id=facts.case_id,
        organisation=name(facts.organisation),
        kind=facts.kind,
        partners=say("list-separator").join(map(name, facts.partners)),
        brief=facts.brief or say("no-brief"),
        wording=say(f"wording-{facts.wording}"),
        expires_on=facts.expires_on,
    )


def open_asked(call: Call) -> None:
    """By which means the party was asked."""
    call.open(means_form(Form.RECORD_ASKED, call.texts, metadata=packed(*call.ids)))


def asked(call: Call) -> None:
    """The party has been asked."""
    case_id, organisation_id = call.ids
    means = Means(call.text(Field.MEANS))
    call.desk.record_asked(case_id, organisation_id, means=means, by=call.member, key=call.key)


def open_answer(call: Call) -> None:
    """What the party answered."""
    today = call.service.now().date()
    call.open(answer_form(Form.RECORD_ANSWER, call.texts, metadata=packed(*call.ids), today=today))


def answered(call: Call) -> None:
    """The answer of a party, attested by its coordinator."""
    case_id, organisation_id = call.ids
    until = call.text(Field.UNTIL)
    answer = PartyAnswer(call.text(Field.ANSWER))
    if answer is PartyAnswer.DEFERRED and not until:
        call.tell("slack-until-missing")
        return
    call.desk.record_answer(
        case_id,
        organisation_id,
        answer,
        means=Means(call.text(Field.MEANS)),
        said_by=call.text(Field.SAID_BY),
        reason=call.text(Field.REASON),
        until=date.fromisoformat(until) if until else None,
        on=date.fromisoformat(call.text(Field.DAY)),
        by=call.member,
        key=call.key,
    )
    told = call.texts(f"answer-{answer}")
    call.tell("slack-answer-recorded", id=case_id, answer=told)


ROUTES = (
    Route(Kind.CLICK, Click.RECORD_ASKED, open_asked, opens=True),
    Route(Kind.CLICK, Click.RECORD_ANSWER, open_answer, opens=True),
    Route(Kind.FORM, Form.RECORD_ASKED, asked, check=needs(Field.MEANS), changes_home=True),
    Route(
        Kind.FORM,
        Form.RECORD_ANSWER,
        answered,
        check=needs(Field.ANSWER, Field.MEANS, Field.DAY),
        changes_home=True,
    ),
)

NOTICES = (Notice(MessageKind.TO_ASK, card),)
