"""Asking for partners: in a DM, by the command, by a mention, or from what a message says.

Answers go to the DM: in a workspace of a cluster, competitors read along in every channel. Only where a
channel is listed as one organisation's own, and nobody of another workspace is in it, they stand there.
"""

from corpus.records import Kind as OrganisationKind
from matchbot.conversation import Choice, More, ToggleKinds, Within
from matchbot.need import Scope
from matchbot.service import Turn
from slack_app import cards
from slack_app.arrivals import Kind
from slack_app.call import Call, Route
from slack_app.ids import COMMAND, SEARCH_SHORTCUT, Click
from slack_app.limits import Posting


def in_direct_message(call: Call) -> None:
    """A message in the DM, or in a thread of it: each thread is a conversation of its own."""
    channel, thread_ts = str(call.payload["channel"]), str(call.payload.get("thread_ts") or "")
    thread_id = f"{channel}:{thread_ts}" if thread_ts else channel
    call.say(_posting(call, _asked(call, thread_id, str(call.payload["text"])), thread_id))


def by_mention(call: Call) -> None:
    """A mention in a channel: the answer goes to the DM, and the channel learns only that."""
    channel = str(call.payload["channel"])
    thread_ts = str(call.payload.get("thread_ts") or call.payload["ts"])
    text = _without_mentions(str(call.payload["text"]))
    if channel in call.settings.own_channels and not call.speaker.is_shared(channel):
        thread_id = f"{channel}:{thread_ts}"
        posting = _posting(call, _asked(call, thread_id, text), thread_id)
        call.speaker.say(channel, posting, thread_ts=thread_ts)
        return
    _answer_in_direct_message(call, text)
    call.speaker.say(channel, Posting(call.texts("slack-answered-in-dm")), thread_ts=thread_ts)


def by_command(call: Call) -> None:
    """`/matchbot TEXT`, wherever it is typed."""
    _answer_in_direct_message(call, str(call.payload["text"]))


def from_message(call: Call) -> None:
    """Whoever could do what a message speaks of (この投稿から相手を探す)."""
    _answer_in_direct_message(call, _without_mentions(str(call.payload["text"])))


def more(call: Call) -> None:
    """The next partners (もっと見る)."""
    (thread_id,) = call.ids
    _choose(call, thread_id, More())


def of_kind(call: Call) -> None:
    """This kind of partners too, or no longer."""
    thread_id, kind = call.ids
    _choose(call, thread_id, ToggleKinds((OrganisationKind(kind),)))


def within(call: Call) -> None:
    """One's own clusters, the others, or all."""
    thread_id, scope = call.ids
    _choose(call, thread_id, Within(Scope(scope)))


# --- within ---


def _answer_in_direct_message(call: Call, text: str) -> None:
    channel = call.speaker.direct_channel(call.arrived.who)
    call.speaker.say(channel, _posting(call, _asked(call, channel, text), channel))


def _asked(call: Call, thread_id: str, text: str) -> Turn:
    return call.service.say(thread_id, text, by=call.member, key=call.key, language=call.texts.language)


def _choose(call: Call, thread_id: str, choice: Choice) -> None:
    turn = call.service.choose(thread_id, choice, by=call.member, key=call.key)
    posting = _posting(call, turn, thread_id)
    channel = str(call.payload["channel"])
    call.speaker.say(channel, posting, thread_ts=str(call.payload.get("thread_ts") or ""))


def _posting(call: Call, turn: Turn, thread_id: str) -> Posting:
    can_request = bool(call.member.organisations)
    return cards.turn(turn, thread_id, call.texts, call.names, can_request=can_request)


def _without_mentions(text: str) -> str:
    return " ".join(word for word in text.split() if not (word.startswith("<@") and word.endswith(">")))


ROUTES = (
    Route(Kind.MESSAGE, "", in_direct_message),
    Route(Kind.MENTION, "", by_mention),
    Route(Kind.COMMAND, COMMAND, by_command),
    Route(Kind.SHORTCUT, SEARCH_SHORTCUT, from_message),
    Route(Kind.CLICK, Click.MORE, more),
    Route(Kind.CLICK, Click.KIND, of_kind),
    Route(Kind.CLICK, Click.SCOPE, within),
)
