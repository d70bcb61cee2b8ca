"""What Slack tells an app, in Slack's shapes: pure functions from records to payloads."""

from collections.abc import Mapping
from typing import Any

from slack_app.demo.records import APP, BOT, BOT_USER, HOME_TEAM, Channel, Message, User, View

Payload = dict[str, Any]

DOMAIN = "matchbot-demo"
VERIFICATION_TOKEN = "verification-token-of-the-demo"


def user_json(user: User, *, with_locale: bool, with_mail: bool) -> Payload:
    profile = {"real_name": user.name, "display_name": user.name, "team": user.team}
    if with_mail and user.mail and not user.is_stranger:
        profile["email"] = user.mail
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.name,
        "deleted": user.is_deleted,
        "is_bot": user.is_bot,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_stranger": user.is_stranger,
        "tz": user.tz,
        "tz_offset": user.tz_offset_s,
        "profile": profile,
        **({"locale": user.locale} if with_locale else {}),
    }


def channel_json(channel: Channel) -> Payload:
    is_im = channel.kind == "im"
    person = next((member for member in channel.members if member != BOT_USER), BOT_USER)
    return {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": is_im,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_shared,
        "is_shared": channel.is_shared,
        "is_member": BOT_USER in channel.members,
        **({"user": person} if is_im else {"name": channel.name, "num_members": len(channel.members)}),
    }


def message_json(message: Message) -> Payload:
    return {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": HOME_TEAM,
        **({"bot_id": BOT, "app_id": APP} if message.user == BOT_USER else {}),
        **({"blocks": list(message.blocks)} if message.blocks else {}),
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        **({"edited": {"user": message.user, "ts": message.ts}} if message.is_edited else {}),
        **({"files": [{"id": file} for file in message.files]} if message.files else {}),
        **({"metadata": dict(message.metadata)} if message.metadata else {}),
        **({"is_ephemeral": True} if message.only_for else {}),
    }


def view_json(view: View, values: Mapping[str, Any] | None = None) -> Payload:
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        **view.content,
        "id": view.id,
        "team_id": HOME_TEAM,
        "app_id": APP,
        "app_installed_team_id": HOME_TEAM,
        "bot_id": BOT,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous or None,
        "state": {"values": dict(values or {})},
    }


# --- events ---


def envelope(event: Payload, *, event_id: str, time_s: int, is_shared: bool = False) -> Payload:
    """The event as the Events API wraps it."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": HOME_TEAM,
        "context_team_id": HOME_TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": time_s,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": HOME_TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": is_shared,
        "event_context": f"4-{event_id}",
    }


def message_event(message: Message, channel: Channel, author: User) -> Payload:
    kinds = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
    return {
        **_written(message, author),
        "type": "message",
        "client_msg_id": f"{message.channel}-{message.ts}",
        "channel": channel.id,
        "channel_type": kinds[channel.kind],
        "event_ts": message.ts,
    }


def mention_event(message: Message, author: User) -> Payload:
    return {
        **_written(message, author),
        "type": "app_mention",
        "client_msg_id": f"{message.channel}-{message.ts}",
        "channel": message.channel,
        "event_ts": message.ts,
    }


def change_event(new: Message, old: Message, channel: Channel, author: User, *, event_ts: str) -> Payload:
    """A message that its author edited, or deleted."""
    told = message_event(new, channel, author)
    common = {
        "type": "message",
        "channel": channel.id,
        "channel_type": told["channel_type"],
        "ts": event_ts,
        "event_ts": event_ts,
        "hidden": True,
        "previous_message": _written(old, author),
    }
    if new.is_deleted:
        return {**common, "subtype": "message_deleted", "deleted_ts": old.ts}
    return {**common, "subtype": "message_changed", "message": _written(new, author)}


def home_opened_event(user: str, channel: str, tab: str, view: View | None, *, event_ts: str) -> Payload:
    return {
        "type": "app_home_opened",
        "user": user,
        "channel": channel,
        "tab": tab,
        "event_ts": event_ts,
        **({"view": view_json(view)} if view and tab == "home" else {}),
    }


def assistant_thread_started(user: str, channel: str, thread_ts: str, *, event_ts: str) -> Payload:
    thread = {"user_id": user, "context": {}, "channel_id": channel, "thread_ts": thread_ts}
    return {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": event_ts}


def _written(message: Message, author: User) -> Payload:
    told = {**message_json(message), "team": author.team}
    if author.is_stranger:
        told |= {"user_team": author.team, "source_team": author.team}
    return told


# --- what people do with blocks, views and shortcuts ---


def interaction(kind: str, user: User, *, trigger_id: str, **details: Any) -> Payload:
    """The part that every interaction has."""
    return {
        "type": kind,
        "team": {"id": HOME_TEAM, "domain": DOMAIN},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "trigger_id": trigger_id,
        "is_enterprise_install": False,
        "enterprise": None,
        **details,
    }


def in_message(message: Message, channel: Channel) -> Payload:
    """Where an action in a message happened."""
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": bool(message.only_for),
            **thread,
        },
        "channel": _named(channel),
        "message": message_json(message),
    }


def in_view(view: View, values: Mapping[str, Any]) -> Payload:
    """Where an action in a modal or home tab happened."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(view, values)}


def action(block_id: str, element: Mapping[str, Any], chosen: Mapping[str, Any], action_ts: str) -> Payload:
    of_button = {key: element[key] for key in ("text", "value", "style") if key in element}
    return {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": action_ts,
        **(of_button if element["type"] == "button" else {}),
        **chosen,
    }


def message_shortcut(message: Message, channel: Channel) -> Payload:
    return {
        "message_ts": message.ts,
        "channel": _named(channel),
        "message": message_json(message),
    }


def command(user: User, channel: Channel, name: str, text: str, *, trigger_id: str, url: str) -> Payload:
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": HOME_TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": _named(channel)["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger_id,
    }


def _named(channel: Channel) -> Payload:
    name = {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
    return {"id": channel.id, "name": name}
