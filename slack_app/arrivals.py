"""What Slack delivers, as what a person did: pure functions from payloads to arrivals.

The key of an arrival comes from what the person did (message, click, submission), never from the
delivery: Slack delivers again after a time-out, also under another event id, and the same thing done
once must have one effect. The payload keeps only what an answer needs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from slack_app import ids
from slack_app.ids import bare
from slack_app.words import plain_words

Payload = Mapping[str, Any]

_WRITTEN = (None, "file_share", "me_message", "thread_broadcast")
"""The subtypes of what a person wrote."""


_OF_A_WORKSPACE = ("channel", "trigger_id", "view_id")
"""What is to be known with its workspace, where there are several."""


class Kind(StrEnum):
    """In which way somebody turned to matchbot."""

    MESSAGE = "message"
    MENTION = "mention"
    COMMAND = "command"
    SHORTCUT = "shortcut"
    CLICK = "click"
    FORM = "form"
    HOME = "home"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One thing that a person did. ``who`` is a Slack user id; ``what`` names its route."""

    key: str
    kind: Kind
    who: str
    what: str = ""
    payload: Payload = field(default_factory=dict)


def message(event: Payload, team: str) -> Arrived | None:
    """A message in a DM, or in a thread of one, also one that was changed; None for what no person wrote.

    A channel mention arrives as a message and as a mention, with one and the same key. A file or a recording
    in a DM is a message without words: whoever sent it waits for an answer, too.
    """
    if event.get("subtype") == "message_changed":
        return _rewritten(event, team)
    if event.get("bot_id") or event.get("subtype") not in _WRITTEN or "user" not in event:
        return None
    is_mention = event.get("type") == "app_mention" or event.get("channel_type") not in ("im", None)
    has_files = bool(event.get("files")) and not is_mention
    if not (event.get("text", "").strip() or has_files):
        return None
    kept = {name: event[name] for name in ("channel", "channel_type", "ts", "thread_ts") if name in event}
    return Arrived(
        key=f"message:{team}:{event['channel']}:{event['ts']}",
        kind=Kind.MENTION if is_mention else Kind.MESSAGE,
        who=event["user"],
        payload={**kept, "text": plain_words(event.get("text", "")), "has_files": has_files},
    )


def _rewritten(event: Payload, team: str) -> Arrived | None:
    """A message in a DM that its writer has changed; None where its words are what they were: Slack tells of
    a preview in the same way."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    moment = (now.get("edited") or {}).get("ts")
    if event.get("channel_type") != "im" or not moment or now.get("text") == before.get("text"):
        return None
    arrived = message({**now, "channel": event["channel"], "channel_type": "im"}, team)
    if arrived is None:
        return None
    return replace(arrived, key=f"{arrived.key}:{moment}", payload={**arrived.payload, "is_rewritten": True})


def command(body: Payload) -> Arrived:
    """A slash command; its trigger id is the one thing that is the same when it is delivered again."""
    return Arrived(
        key=f"command:{body['team_id']}:{body['user_id']}:{body['trigger_id']}",
        kind=Kind.COMMAND,
        who=body["user_id"],
        what=body["command"],
        payload={"channel": body["channel_id"], "text": plain_words(body.get("text", "")), **_trigger(body)},
    )


def shortcut(body: Payload) -> Arrived:
    """A message shortcut: somebody looks for partners from what a message says."""
    said = body["message"]
    return Arrived(
        key=f"shortcut:{_team(body)}:{body['user']['id']}:{body['channel']['id']}:{said['ts']}",
        kind=Kind.SHORTCUT,
        who=body["user"]["id"],
        what=body["callback_id"],
        payload={
            "channel": body["channel"]["id"],
            "text": plain_words(said.get("text", "")),
            **_trigger(body),
        },
    )


def click(body: Payload) -> Arrived:
    """A button or menu. The same button of the same card is one thing done, however often it is clicked;
    in a view, and where a menu or a page is meant, each click is its own (``action_ts``)."""
    action = body["actions"][0]
    what = bare(action["action_id"])
    chosen = _chosen(action)
    container = body.get("container", {})
    card = container.get("message_ts") or (body.get("message") or {}).get("ts", "")
    is_once = action["type"] == "button" and card
    moment = card if is_once else action.get("action_ts", "")
    payload = {
        "channel": container.get("channel_id") or (body.get("channel") or {}).get("id", ""),
        "ts": card,
        "thread_ts": container.get("thread_ts") or (body.get("message") or {}).get("thread_ts", ""),
        "is_ephemeral": bool(container.get("is_ephemeral")),
        "view_id": (body.get("view") or {}).get("id", ""),
        "value": chosen if isinstance(chosen, str) else "",
        "chosen": chosen,
        **_trigger(body),
    }
    told = chosen if isinstance(chosen, str) else "+".join(chosen)
    return Arrived(
        key=f"click:{_team(body)}:{body['user']['id']}:{action['action_id']}:{told}:{moment}",
        kind=Kind.CLICK,
        who=body["user"]["id"],
        what=what,
        payload=payload,
    )


def panel(event: Payload, team: str) -> Arrived:
    """Somebody opened a new thread in the side panel."""
    thread = event["assistant_thread"]
    channel, ts = thread["channel_id"], thread["thread_ts"]
    return Arrived(
        key=f"panel:{team}:{channel}:{ts}",
        kind=Kind.PANEL,
        who=thread["user_id"],
        what=ids.PANEL_THREAD,
        payload={"channel": channel, "thread_ts": ts},
    )


def home(event: Payload, team: str) -> Arrived | None:
    """Somebody opened matchbot's home tab, or the tab of messages (where an app has ``agent_view``, that is
    how the side panel is opened); None for another of its tabs."""
    if event.get("tab", "home") == "messages":
        return Arrived(
            key=f"messages:{team}:{event['user']}:{event.get('event_ts', '')}",
            kind=Kind.PANEL,
            who=event["user"],
            what=ids.PANEL_TAB,
            payload={"channel": event["channel"]},
        )
    if event.get("tab", "home") != "home":
        return None
    return Arrived(
        key=f"home:{team}:{event['user']}:{event.get('event_ts', '')}", kind=Kind.HOME, who=event["user"]
    )


def form(body: Payload) -> Arrived:
    """A modal that was submitted."""
    view = body["view"]
    return Arrived(
        key=f"form:{_team(body)}:{body['user']['id']}:{view['callback_id']}:{view['id']}",
        kind=Kind.FORM,
        who=body["user"]["id"],
        what=view["callback_id"],
        payload={"metadata": view.get("private_metadata", ""), "values": values(view), **_trigger(body)},
    )


def addressed(arrived: Arrived, address: Callable[[str], str]) -> Arrived:
    """The same with people, channels and triggers by what they are known in all of matchbot."""
    told = {name: address(str(arrived.payload[name])) for name in _OF_A_WORKSPACE if name in arrived.payload}
    return replace(arrived, who=address(arrived.who), payload={**arrived.payload, **told})


def values(view: Payload) -> dict[str, str | list[str]]:
    """What was filled in, by field: a text, a day, the value chosen, or all that were; "" for nothing."""
    state = view.get("state", {}).get("values", {})
    return {block: _chosen(element) for block, given in state.items() for element in given.values()}


def _chosen(element: Payload) -> str | list[str]:
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"] or ()]
    if "selected_option" in element:
        return str((element["selected_option"] or {}).get("value", ""))
    names = ("selected_date", "selected_user", "selected_conversation", "value")
    return next((str(element[name] or "") for name in names if name in element), "")


def _team(body: Payload) -> str:
    return str((body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id", ""))


def _trigger(body: Payload) -> dict[str, str]:
    return {"trigger_id": body["trigger_id"]} if "trigger_id" in body else {}
