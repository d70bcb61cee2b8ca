"""Success stories: a party reads the whole draft and says yes, no, or what should read otherwise."""

from collections.abc import Iterator

from matchbot.desk import MessageKind, StoryView
from matchbot.introductions.words import Means
from matchbot.stories import StoryAnswer
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import Block, Element, actions, button, context, quote, section
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, numbered, packed
from slack_app.limits import LONGEST_INPUT, Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import means_form, needs, text_form

# --- Those who are asked ---


def card(telling: Telling) -> Posting:
    """The whole draft, and what the parties of the reader can answer; over once it was rewritten."""
    story, told = telling.desk.story(telling.case_id, telling.member), headline(telling)
    if story.wording != telling.facts["wording"]:
        return Posting(told, (section(told), context(telling.texts("slack-story-rewritten"))))
    asked = (block for id in story.asked_of for block in _asked(story, id, telling))
    return Posting(told, (section(f"*{told}*"), _wording(story, telling), *asked))


def _wording(story: StoryView, telling: Telling) -> Block:
    return quote((story.text or telling.texts("home-erased"), False))


def _asked(story: StoryView, organisation_id: str, telling: Telling) -> Iterator[Block]:
    """What a yes of this party means or, where it has answered, what that was; and what it can say now."""
    say, answer = telling.texts, story.answers.get(organisation_id)
    name = telling.names.organisation(organisation_id)
    if answer is None:
        yield section(say("slack-story-asked", organisation=name))
    else:
        yield section(say(f"slack-story-answered-{answer}", organisation=name))
    if story.is_published:
        yield context(say("slack-story-is-public"))
    yield actions(*_answers(story, organisation_id, answer, telling))


def _answers(
    story: StoryView, organisation_id: str, answer: StoryAnswer | None, telling: Telling
) -> Iterator[Element]:
    say, number = telling.texts, story.asked_of.index(organisation_id)
    value = packed(story.case_id, organisation_id, story.wording)
    if answer is StoryAnswer.YES:
        yield button(say("slack-story-take-back"), numbered(Click.STORY_REFUSE, number), value)
        return
    speaks = telling.member.speaks_for(organisation_id)
    yes = Click.STORY_CONSENT if speaks else Click.STORY_HEARD
    yield button(say("slack-story-yes"), numbered(yes, number), value, style="primary")
    yield button(say("slack-story-changes"), numbered(Click.STORY_CHANGES, number), value)
    if answer is not StoryAnswer.NO:
        yield button(say("slack-story-no"), numbered(Click.STORY_REFUSE, number), value)


def consent(call: Call) -> None:
    """Yes, to this very wording."""
    case_id, organisation_id, wording = call.ids
    call.desk.consent_to_story(case_id, organisation_id, wording=wording, by=call.member, key=call.key)


def open_hearing(call: Call) -> None:
    """By which means a party outside Slack said yes."""
    call.open(means_form(Form.STORY_HEARD, call.texts, metadata=packed(*call.ids)))


def hear(call: Call) -> None:
    """A party outside Slack said yes."""
    case_id, organisation_id, wording = call.ids
    call.desk.consent_to_story(
        case_id,
        organisation_id,
        means=Means(call.text(Field.MEANS)),
        wording=wording,
        by=call.member,
        key=call.key,
    )


def refuse(call: Call) -> None:
    """No, or no longer yes: then the story is public no longer either."""
    case_id, organisation_id, _ = call.ids
    call.desk.withdraw_story(case_id, organisation_id, by=call.member, key=call.key)


def open_changes(call: Call) -> None:
    """What should read otherwise."""
    call.open(text_form(Form.STORY_CHANGES, call.texts, metadata=packed(*call.ids), initial=""))


def wish_changes(call: Call) -> None:
    """It would say yes to another wording; whoever drafted the story reads what is wished."""
    case_id, organisation_id, wording = call.ids
    call.desk.wish_story_changes(
        case_id, organisation_id, call.text(Field.TEXT), wording=wording, by=call.member, key=call.key
    )
    call.tell("slack-story-changes-sent", id=case_id)


# --- Whoever drafted it, and those who publish it ---


def answered(telling: Telling) -> Posting:
    """What a party answered, how all of them stand, and what can be done next."""
    story, say = telling.desk.story(telling.case_id, telling.member), telling.texts
    told = headline(telling, organisation=telling.names.organisation(str(telling.facts["organisation_id"])))
    buttons = tuple(_next_steps(story, telling))
    below = (actions(*buttons),) if buttons else ()
    stands = (context(say("slack-story-is-public")),) if story.is_published else ()
    return Posting(told, (section(told), *_standing(story, telling), *stands, *below))


def _standing(story: StoryView, telling: Telling) -> Iterator[Block]:
    for id in story.parties:
        answer = story.answers.get(id)
        told = f"slack-story-answered-{answer}" if answer else "slack-story-not-answered"
        yield context(telling.texts(told, organisation=telling.names.organisation(id)))
        if wish := story.wishes.get(id):
            yield quote((wish, False))


def _next_steps(story: StoryView, telling: Telling) -> Iterator[Element]:
    say = telling.texts
    if story.can_publish:
        yield button(say("slack-story-publish"), Click.STORY_PUBLISH, story.case_id, style="primary")
    if story.can_draft and len(story.text) <= LONGEST_INPUT:
        yield button(say("slack-story-rewrite"), Click.STORY_REWRITE, story.case_id)


def open_rewriting(call: Call) -> None:
    """The wording, to be put otherwise."""
    (case_id,) = call.ids
    story = call.desk.story(case_id, call.member)
    form = text_form(
        Form.STORY_REWRITE, call.texts, metadata=case_id, initial=story.text, longest=LONGEST_INPUT
    )
    call.open(form)


def rewrite(call: Call) -> None:
    """Another wording; every party is asked anew."""
    (case_id,) = call.ids
    call.desk.draft_story(case_id, call.text(Field.TEXT), by=call.member, key=call.key)
    call.tell("slack-story-redrafted", id=case_id)


def publish(call: Call) -> None:
    """Everybody may read it from now on."""
    (case_id,) = call.ids
    call.desk.publish_story(case_id, by=call.member, key=call.key)


def published(telling: Telling) -> Posting:
    """It is public now."""
    return said(headline(telling))


def _its_story(telling: Telling) -> tuple[str, ...]:
    return (f"story:{telling.case_id}",)


ROUTES = (
    Route(Kind.CLICK, Click.STORY_CONSENT, consent),
    Route(Kind.CLICK, Click.STORY_HEARD, open_hearing, opens=True),
    Route(Kind.CLICK, Click.STORY_REFUSE, refuse),
    Route(Kind.CLICK, Click.STORY_CHANGES, open_changes, opens=True),
    Route(Kind.CLICK, Click.STORY_REWRITE, open_rewriting, opens=True),
    Route(Kind.CLICK, Click.STORY_PUBLISH, publish),
    Route(Kind.FORM, Form.STORY_HEARD, hear, check=needs(Field.MEANS)),
    Route(Kind.FORM, Form.STORY_CHANGES, wish_changes, check=needs(Field.TEXT)),
    Route(Kind.FORM, Form.STORY_REWRITE, rewrite, check=needs(Field.TEXT)),
)

NOTICES = (
    Notice(MessageKind.STORY_ASKED, card, streams=_its_story),
    Notice(MessageKind.STORY_ANSWERED, answered, streams=_its_story),
    Notice(MessageKind.STORY_PUBLISHED, published),
)
