"""Asking for partners: in a DM, by the command, by a mention, or from what a message says.

Answers go to the DM: in a workspace of a cluster, competitors read along in every channel. Only where a
channel is listed as one organisation's own, and nobody of another workspace is in it, they stand there.

Each answer keeps the need that it shows: a click on it and a reply in its thread go on from there,
whatever was asked since. What is chosen below the cards changes them in their place.
"""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from corpus.records import Kind as OrganisationKind
from matchbot.conversation import Choice, Drop, Exclude, More, Say, ToggleKinds, Topic, Within
from matchbot.need import Scope
from matchbot.service import Reply
from slack_app import cards
from slack_app.answers import guests, helping, panel
from slack_app.arrivals import Kind
from slack_app.blocks import modal
from slack_app.call import Call, Route, card_thread, posted_at
from slack_app.ids import SEARCH_SHORTCUT, Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.views.forms import need_field

_THINKING = Lock()
"""Who answers one question after the other is done sooner with all of them: threads that search at once take
the interpreter from each other. What is said to Slack overlaps."""
_TITLED_TURN = 2
"""By which turn a thread in the side panel is called by its need: the first is its greeting."""


def in_direct_message(call: Call) -> None:
    """A message in the DM, or in a thread of it: there it goes on from what the thread stands under. One that
    was written anew says the need anew."""
    text = str(call.payload["text"])
    if not text:
        call.tell("slack-no-words")
        return
    _answer(call, text, is_restated=bool(call.payload.get("is_rewritten")))
    if call.payload.get("has_files"):
        call.tell("slack-files-unread")


def by_mention(call: Call) -> None:
    """A mention in a channel: the answer goes to the DM, and the channel learns only that."""
    channel = str(call.payload["channel"])
    thread_ts = str(call.payload.get("thread_ts") or call.payload["ts"])
    text = str(call.payload["text"])
    if channel in call.settings.own_channels and not call.speaker.is_shared(channel):
        thread_id = f"{channel}:{thread_ts}"
        _post(call, _asked(call, thread_id, text), thread_id, channel, thread_ts)
        return
    in_direct_message_from(call, text)
    call.speaker.say(channel, Posting(call.texts("slack-answered-in-dm")), thread_ts=thread_ts)


def in_direct_message_from(call: Call, text: str, *, is_restated: bool = False) -> None:
    """Something that was said elsewhere is answered in the DM."""
    channel = call.speaker.direct_channel(call.arrived.who)
    _post(call, _asked(call, channel, text, is_restated=is_restated), channel, channel)


def from_message(call: Call) -> None:
    """Whoever could do what a message speaks of (この投稿から相手を探す)."""
    in_direct_message_from(call, str(call.payload["text"]))


def more(call: Call) -> None:
    """The next partners (もっと見る), below those shown."""
    reply = _chosen(call, More())
    call.service.branch(call.card, call.flow)
    _post(call, reply, call.flow, str(call.payload["channel"]), _thread_of(call))


def of_kind(call: Call) -> None:
    """This kind of partners too, or no longer."""
    kind, _ = call.ids
    _change(call, ToggleKinds((OrganisationKind(kind),)))


def within(call: Call) -> None:
    """One's own clusters, the others, or as by default."""
    scope, _ = call.ids
    _change(call, Within(Scope(scope)))


def drop(call: Call) -> None:
    """Without one thing that was understood."""
    told, _ = call.ids
    piece = cards.piece_with(call.service.need_of(call.card), told)
    if piece:
        _change(call, Drop(piece))


def open_rewriting(call: Call) -> None:
    """The need as it was said, to be said in other words."""
    need, say = call.service.need_of(call.card), call.texts
    view = modal(
        say("slack-rewrite"),
        Form.REWRITE,
        [need_field(say("slack-need"), need, hint=say("slack-rewrite-hint"))],
        submit=say("slack-search"),
        close=say("slack-close"),
        metadata=packed(str(call.payload["channel"]), _thread_of(call)),
    )
    call.open(view)


def rewritten(call: Call) -> None:
    """Partners for the need in other words."""
    channel, thread_ts = call.ids
    thread_id = f"{channel}:{thread_ts}" if thread_ts else channel
    reply = _asked(call, thread_id, call.text(Field.TEXT), is_restated=True)
    _post(call, reply, thread_id, channel, thread_ts)


# --- within ---


def _answer(call: Call, text: str, *, is_restated: bool) -> None:
    channel, thread_ts = str(call.payload["channel"]), str(call.payload.get("thread_ts") or "")
    # A reply goes on from the answer or question it stands under, or else from what the DM looks for.
    continues = (card_thread(channel, thread_ts), channel) if thread_ts else ()
    if thread_ts:
        call.speaker.show_status(channel, thread_ts, call.texts("panel-searching"))
    reply = _asked(call, call.flow, text, continues=continues, is_restated=is_restated)
    _post(call, reply, call.flow, channel, thread_ts)
    if not thread_ts:
        call.service.branch(call.flow, call.card)
    elif reply.answer and reply.number <= _TITLED_TURN:
        call.speaker.entitle(channel, thread_ts, reply.answer.matches.need.query)


def _asked(
    call: Call, thread_id: str, text: str, *, continues: Sequence[str] = (), is_restated: bool = False
) -> Reply:
    with _THINKING:
        return call.service.say(
            thread_id,
            text,
            by=call.member,
            key=call.key,
            language=call.texts.language,
            continues=continues,
            is_restated=is_restated,
        )


def _post(call: Call, reply: Reply, thread_id: str, channel: str, thread_ts: str = "") -> None:
    ts = _told(call, reply, channel, thread_ts)
    call.service.branch(thread_id, card_thread(channel, ts))


def _told(call: Call, reply: Reply, channel: str, thread_ts: str) -> str:
    """In a thread of the DM, which may stand in the side panel, the answer comes as assistants give it."""
    posting = _posting(call, reply)
    if channel.startswith("D") and thread_ts:
        below = [panel.feedback_row(call.texts)] if reply.answer else []
        ts = call.speaker.stream(channel, posting, thread_ts=thread_ts, below=below)
        if ts:
            return ts
    return call.post(channel, posting, thread_ts=thread_ts)


def _chosen(call: Call, choice: Choice) -> Reply:
    return call.service.choose(call.card, choice, by=call.member, key=call.key)


def _change(call: Call, choice: Choice) -> None:
    """What is written next goes on from the cards as they are now, too."""
    call.replace(_posting(call, _chosen(call, choice)))
    call.service.branch(call.card, call.flow)


def take_out(call: Call, card: str, flow: str, partner_id: str) -> None:
    """The cards that a message shows, without one that does not fit; what is written next goes on so."""
    reply = call.service.choose(card, Exclude(partner_id), by=call.member, key=call.key)
    call.speaker.replace(*posted_at(card), _posting(call, reply))
    call.service.branch(card, flow)


def _posting(call: Call, reply: Reply) -> Posting:
    if reply.step == Say(Topic.OFF_TOPIC):
        return helping.off_topic(call)
    told = cards.reply(reply, call.texts, call.names, can_request=bool(call.member.organisations))
    return replace(told, blocks=(*told.blocks, *guests.invitation(call)))


def _thread_of(call: Call) -> str:
    """The thread in Slack that the message clicked on stands in; "" for none."""
    return call.flow.partition(":")[2]


ROUTES = (
    Route(Kind.MESSAGE, "", in_direct_message),
    Route(Kind.MENTION, "", by_mention),
    Route(Kind.SHORTCUT, SEARCH_SHORTCUT, from_message),
    Route(Kind.CLICK, Click.MORE, more),
    Route(Kind.CLICK, Click.KIND, of_kind),
    Route(Kind.CLICK, Click.SCOPE, within),
    Route(Kind.CLICK, Click.DROP, drop),
    Route(Kind.CLICK, Click.REWRITE, open_rewriting, opens=True),
    Route(Kind.FORM, Form.REWRITE, rewritten),
)
