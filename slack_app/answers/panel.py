"""The side panel: what matchbot can be asked there, and whether its answers were any good.

Everything else about the panel is asking in a thread. Where Slack has no panel, it is just that.
"""

from collections.abc import Mapping

from matchbot.texts import Texts
from slack_app import cards
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, feedback
from slack_app.call import Call, Route, card_thread
from slack_app.ids import PANEL_TAB, PANEL_THREAD, Click
from slack_app.limits import Posting
from slack_app.speaker import MOST_PROMPTS

_PROMPTS = ("defects", "university", "funding", "help")
"""Their texts are ``panel-prompt-<name>``."""
_LONGEST_LABEL = 40


def thread_opened(call: Call) -> None:
    """A new thread: it begins with nothing that was said elsewhere, a greeting, and what could be asked."""
    channel, thread_ts = str(call.payload["channel"]), str(call.payload["thread_ts"])
    call.service.begin(call.flow, by=call.member, language=call.texts.language)
    call.speaker.say(channel, Posting(call.texts("slack-greeting")), thread_ts=thread_ts)
    call.speaker.suggest(channel, call.texts("panel-title"), _prompts(call), thread_ts=thread_ts)


def tab_opened(call: Call) -> None:
    """What could be asked, where an app has one panel instead of threads."""
    call.speaker.suggest(str(call.payload["channel"]), call.texts("panel-title"), _prompts(call))


def judged(call: Call) -> None:
    """Thanks, or where the answer was no good, what else can be done."""
    (verdict,) = call.ids
    if verdict == "good":
        call.tell("panel-good")
        return
    ways = cards.ways_on(call.texts, can_request=bool(call.member.organisations))
    told = cards.said(call.texts("panel-bad"), actions(*ways))
    channel, ts = call.say(told)
    call.service.branch(call.card, card_thread(channel, ts))


def feedback_row(texts: Texts) -> Block:
    """Whether an answer was any good."""
    return feedback(Click.FEEDBACK, texts("panel-good-label"), texts("panel-bad-label"))


def _prompts(call: Call) -> Mapping[str, str]:
    """The needs that somebody keeps, the latest first, and then examples."""
    own = [
        need.text
        for id in call.member.organisations[:1]
        for need in call.desk.needs(id, call.member)
        if not need.is_closed and need.text
    ]
    examples = [call.texts(f"panel-prompt-{name}") for name in _PROMPTS]
    offered = list(dict.fromkeys((*reversed(own[-2:]), *examples)))[:MOST_PROMPTS]
    return {_label(text): text for text in offered}


def _label(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[:_LONGEST_LABEL]}…"


ROUTES = (
    Route(Kind.PANEL, PANEL_THREAD, thread_opened),
    Route(Kind.PANEL, PANEL_TAB, tab_opened, shows=True),
    Route(Kind.CLICK, Click.FEEDBACK, judged),
)
