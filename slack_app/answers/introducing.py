"""The introduction itself: the letter that a coordinator looks over, and its delivery in a group DM.

It counts once Slack has taken the letter. Where Slack cannot open the group, the coordinators of both
sides are told, and introduce the parties by mail or in person.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from matchbot.correspondence import Posted
from matchbot.desk import CaseView, ContactView, DeliveryView, MessageKind
from matchbot.errors import PolicyError
from matchbot.introductions.cases import Act
from matchbot.introductions.words import Means
from matchbot.texts import LANGUAGES, Texts
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, button, context, escaped, section
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, numbered, packed
from slack_app.limits import Posting
from slack_app.names import Names, texts_for
from slack_app.notices import Notice, Telling
from slack_app.once import post_once
from slack_app.speaker import RefusedError
from slack_app.views.forms import means_form, needs, text_form
from slack_app.views.news import about

LONGEST_LETTER = 2_900
MOST_IN_GROUP = 8
"""People whom a group DM takes beside us."""


# --- The letter ---


def card(telling: Telling, told: str = "") -> Posting:
    """All have said yes: the letter is to be looked over and sent, for as long as it is not."""
    told = told or headline(telling)
    case = telling.desk.case(telling.case_id, telling.member)
    blocks = [section(told), context(about(case, telling.member, telling.texts, telling.names))]
    if any(turn.act is Act.INTRODUCE for turn in case.turns):
        blocks += [
            *_contacts(case, case.contacts, telling.names, telling.texts),
            actions(*_ways(case, telling.texts)),
        ]
    return Posting(told, tuple(blocks))


def _ways(case: CaseView, texts: Texts) -> Iterator[Block]:
    for number, language in enumerate(LANGUAGES):
        style = "primary" if language == texts.language else ""
        label = texts(f"slack-letter-{language}")
        yield button(label, numbered(Click.LETTER, number), packed(case.id, language), style=style)
    yield button(texts("slack-introduced-outside"), Click.INTRODUCED_OUTSIDE, case.id)


def open_letter(call: Call) -> None:
    """The letter as it would go, to be changed."""
    case_id, language = call.ids
    case = call.desk.case(case_id, call.member)
    draft = _draft(call, case, Texts("en" if language == "en" else "ja"))
    view = text_form(Form.LETTER, call.texts, metadata=case_id, initial=draft, longest=LONGEST_LETTER)
    call.open(view)


def send_letter(call: Call) -> None:
    """The letter goes to both sides, and counts when it has arrived."""
    (case_id,) = call.ids
    call.desk.order_delivery(case_id, letter=call.text(Field.TEXT), by=call.member, key=call.key)


def open_outside(call: Call) -> None:
    """By which means the parties were introduced."""
    call.open(means_form(Form.INTRODUCED_OUTSIDE, call.texts, metadata=packed(*call.ids)))


def introduced_outside(call: Call) -> None:
    """A coordinator has introduced them by mail, by telephone or in person."""
    (case_id,) = call.ids
    means = Means(call.text(Field.MEANS))
    call.desk.introduce(case_id, delivered_by=means, by=call.member, key=call.key)
    call.tell("slack-introduction-recorded", id=case_id)


def _draft(call: Call, case: CaseView, say: Texts) -> str:
    first = call.desk.letter_facts(case.id, case.parties[0].id, call.member)
    called = Names(call.service, say).plain.name
    contacts = [told for _, told in _told(case.contacts, say)]
    return say(
        "slack-letter",
        id=case.id,
        parties=say("list-separator").join(called(party.name) for party in case.parties),
        brief=first.brief or say("no-brief"),
        n_contacts=len(contacts),
        contacts="\n".join(contacts),
    )


def _told(contacts: Iterable[ContactView], texts: Texts) -> Iterator[tuple[str, str]]:
    """The organisations of which there is a contact to tell, and the contact."""
    for contact in contacts:
        ways = (contact.name, contact.mail, contact.phone, contact.address)
        told = texts("fact-separator").join(filter(None, ways))
        if told:
            yield contact.organisation_id, told


def _contacts(case: CaseView, contacts: Iterable[ContactView], names: Names, texts: Texts) -> Iterator[Block]:
    called = {party.id: names.party(party) for party in case.parties}
    for organisation_id, told in _told(contacts, texts):
        yield context(texts("contact", id=called[organisation_id], told=escaped(told)))


# --- The delivery ---


def deliver(telling: Telling) -> None:
    """Opens the group and posts the letter there; counted once Slack has taken it. From then on it is put
    right like any card.

    Whatever ends between is followed by a look into the group, never by a second letter. Raises
    UnreachableError.
    """
    desk, case_id, key = telling.desk, telling.case_id, telling.message.id
    try:
        delivery = desk.delivery(case_id)
        channel, ts = _posted(telling, delivery)
        desk.confirm_delivery(case_id, channel=channel, ts=ts, key=key)
        version = desk.version(f"case:{case_id}")
        telling.service.correspondence.settle(telling.message.id, version, is_live=True)
    except (RefusedError, PolicyError) as error:
        desk.report_undelivered(case_id, reason=error.code, key=key)


def _posted(telling: Telling, delivery: DeliveryView) -> tuple[str, str]:
    correspondence, id, kind = telling.service.correspondence, telling.message.id, telling.message.kind
    speaker = telling.speaker
    begun = correspondence.posted(id)
    people = dict.fromkeys(person.slack_id for person in delivery.people)
    channel = begun.channel if begun else speaker.group_channel(list(people)[:MOST_IN_GROUP])
    standing = post_once(
        speaker,
        correspondence,
        _letter(telling, delivery),
        Posted(id, telling.member.id, channel, "", kind, subject=id, is_live=False),
        telling.service.now(),
    )
    return standing.channel, standing.ts


def delivered(telling: Telling) -> Posting:
    """The letter as it stands in the group now: with the day that was agreed on instead of those proposed."""
    return _letter(telling, telling.desk.delivered(telling.case_id))


def _letter(telling: Telling, delivery: DeliveryView) -> Posting:
    """The letter word for word, and the first step: days on which they could meet, or the one on which they
    will. What is ours in it stands there in each language of its readers, on the buttons in the first."""
    languages = _languages(telling, delivery)
    paragraphs = [section(escaped(part)) for part in delivery.letter.split("\n\n") if part.strip()]
    return Posting(
        languages[0]("slack-group-headline", id=delivery.case_id),
        (
            *paragraphs,
            *_first_step(delivery, languages),
            context(
                *(say("slack-group-hint", id=delivery.case_id) for say in languages),
                *(say("mark-sample") for say in languages if telling.desk.is_sample),
            ),
        ),
    )


def _first_step(delivery: DeliveryView, languages: Sequence[Texts]) -> Iterator[Block]:
    """Nothing any more once they have met, or will not."""
    texts, case_id = languages[0], delivery.case_id
    other = button(texts("slack-plan-other"), Click.PLAN_OTHER, case_id)
    if planned := delivery.planned:
        told = (
            say("slack-planned", id=case_id, on=planned.on, form=say(f"form-{planned.form}"))
            for say in languages
        )
        yield section("\n".join(told))
        yield actions(other)
    elif delivery.proposals:
        yield section("\n".join(say("slack-first-step") for say in languages))
        days = (
            button(_day(day, texts), numbered(Click.PLAN, number), packed(case_id, day.isoformat()))
            for number, day in enumerate(delivery.proposals)
        )
        yield actions(*days, other)


def _languages(telling: Telling, delivery: DeliveryView) -> list[Texts]:
    """The languages that the readers read, in their order."""
    otherwise = telling.texts.language
    members = [(telling.desk.member(person.member_id), person.slack_id) for person in delivery.people]
    found = [texts_for(member, slack_id, telling.speaker, otherwise) for member, slack_id in members]
    return list({texts.language: texts for texts in found}.values())


def _day(day: date, texts: Texts) -> str:
    return texts("slack-weekday", on=day, day=texts(f"slack-weekday-{day.weekday()}"))


def undelivered(telling: Telling) -> Posting:
    """Slack could not bring them together: why, and how to go on."""
    reason = str(telling.facts.get("reason", ""))
    key = f"slack-undelivered-{reason}"
    why = telling.texts(key if key in telling.texts else "slack-undelivered-otherwise", reason=reason)
    return card(telling, headline(telling, why=why))


def introduced(telling: Telling) -> Posting:
    """They know each other now; whoever is no party reads whom it was about."""
    case = telling.desk.case(telling.case_id, telling.member)
    told = headline(telling, where="slack" if telling.facts.get("channel") else "outside")
    below = context(about(case, telling.member, telling.texts, telling.names))
    own = [contact for contact in case.contacts if not telling.member.speaks_for(contact.organisation_id)]
    return said(told, below, *_contacts(case, own, telling.names, telling.texts))


ROUTES = (
    Route(Kind.CLICK, Click.LETTER, open_letter, opens=True),
    Route(Kind.FORM, Form.LETTER, send_letter, check=needs(Field.TEXT), changes_home=True),
    Route(Kind.CLICK, Click.INTRODUCED_OUTSIDE, open_outside, opens=True),
    Route(
        Kind.FORM, Form.INTRODUCED_OUTSIDE, introduced_outside, check=needs(Field.MEANS), changes_home=True
    ),
)

NOTICES = (
    Notice(MessageKind.TO_INTRODUCE, card),
    Notice(MessageKind.UNDELIVERED, undelivered),
    Notice(MessageKind.DELIVERY, delivered, deliver=deliver),
    Notice(MessageKind.INTRODUCED, introduced),
)
