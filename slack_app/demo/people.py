"""What people do in Slack, and what Slack tells the app of it.

Each method does one thing that a person can do, brings the app a signed request of Slack's shape, and gives
the delivery: what was sent, and what the app answered. Replies appear in the workspace as the app posts them.
"""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from slack_app.demo import payloads
from slack_app.demo.delivery import Courier, Delivery
from slack_app.demo.entries import Values, beginnings, entry, find, keeps_a_value
from slack_app.demo.records import BOT_USER, Channel, Message, SlackError, View
from slack_app.demo.workspace import Workspace

_SUBSCRIPTION = {
    "im": "message.im",
    "mpim": "message.mpim",
    "channel": "message.channels",
    "private": "message.groups",
}


class People:
    """Everybody in the workspace; `origin` is where Slack is reached, for the response urls.

    `events` are the events that the app subscribed to (``message.im``, ``app_mention`` …); None is all.
    """

    def __init__(
        self, workspace: Workspace, courier: Courier, origin: str, *, events: Iterable[str] | None = None
    ) -> None:
        self.workspace = workspace
        self.courier = courier
        self.origin = origin.rstrip("/")
        self.events = None if events is None else frozenset(events)

    # --- writing ---

    def dm(self, user: str, text: str, *, thread_ts: str = "") -> Delivery:
        """Write to the app directly."""
        return self._tell_of(self._write(self.workspace.dm(user).id, user, text, thread_ts))

    def say(self, channel: str, user: str, text: str, *, thread_ts: str = "") -> Delivery:
        """Write in a channel or group without a mention."""
        return self._tell_of(self._write(channel, user, text, thread_ts))

    def mention(
        self, channel: str, user: str, text: str, *, thread_ts: str = ""
    ) -> tuple[Delivery, Delivery]:
        """Write to the app in a channel: it hears of it twice, as ``app_mention`` and as ``message``."""
        message = self._write(channel, user, text, thread_ts, mentions=BOT_USER)
        event = payloads.mention_event(message, self.workspace.user(user))
        told = self._tell("app_mention", event, self.workspace.channel(channel))
        return told, self._tell_of(message)

    def edit(self, message: Message, text: str) -> Delivery:
        changed = self.workspace.update(
            message.channel, message.ts, message.user, text=_escaped(text), blocks=_rich(text)
        )
        return self._tell_of_change(changed, message)

    def delete(self, message: Message) -> Delivery:
        return self._tell_of_change(self.workspace.delete(message.channel, message.ts, message.user), message)

    def _write(self, channel: str, user: str, text: str, thread_ts: str, *, mentions: str = "") -> Message:
        written = f"<@{mentions}> {_escaped(text)}" if mentions else _escaped(text)
        return self.workspace.post(channel, user, written, blocks=_rich(text, mentions), thread_ts=thread_ts)

    # --- commands and shortcuts ---

    def command(self, user: str, name: str, text: str = "", *, channel: str = "") -> Delivery:
        """A slash command, in the app's DM unless said otherwise; its answer is seen by this person alone."""
        person = self.workspace.user(user)
        if person.is_stranger:
            raise SlackError("not_allowed", "people of other workspaces have no slash commands")
        where = self.workspace.channel(channel) if channel else self.workspace.dm(user)
        secret = self.workspace.new_response_url(user, where.id)
        told = payloads.command(
            person,
            where,
            name,
            text,
            trigger_id=self.workspace.new_trigger(user),
            url=self._response_url(secret),
        )
        delivery = self.courier.deliver(Delivery("command", told))
        if delivery.is_acknowledged and delivery.answer:
            self.workspace.respond(secret, delivery.answer)
        return delivery

    def shortcut(self, user: str, callback_id: str) -> Delivery:
        """A global shortcut."""
        return self._interact("shortcut", user, callback_id=callback_id, action_ts=self.workspace.new_ts())

    def message_shortcut(self, user: str, message: Message, callback_id: str) -> Delivery:
        """A shortcut from the menu of a message."""
        channel = self.workspace.channel(message.channel)
        return self._interact(
            "message_action",
            user,
            callback_id=callback_id,
            action_ts=self.workspace.new_ts(),
            response_url=self._new_response_url(user, message),
            **payloads.message_shortcut(message, channel),
        )

    # --- home tab and assistant ---

    def open_home(self, user: str, *, tab: str = "home") -> Delivery:
        """Open the app's home tab, or its ``messages``."""
        return self._tell(
            "app_home_opened",
            payloads.home_opened_event(
                user,
                self.workspace.dm(user).id,
                tab,
                self.workspace.home(user),
                event_ts=self.workspace.new_ts(),
            ),
        )

    def open_assistant(self, user: str) -> tuple[str, Delivery]:
        """Open the side panel: the time stamp of its new thread, and what the app was told."""
        channel = self.workspace.dm(user).id
        thread_ts = self.workspace.post(channel, BOT_USER, "New Assistant Thread").ts
        event = payloads.assistant_thread_started(user, channel, thread_ts, event_ts=self.workspace.new_ts())
        return thread_ts, self._tell("assistant_thread_started", event)

    # --- messages and views with elements ---

    def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: Any = None,
        *,
        entered: Mapping[str, Any] | None = None,
    ) -> Delivery:
        """Press a button, or choose in an element of a message, modal or home tab.

        `value` is the value of the option chosen, a list of them, or what was written. `entered` is what
        stands in the other elements, by action id. Raises LookupError where there is no such element.
        """
        block_id, element = find(where.blocks, action_id)
        for other, what in (entered or {}).items():
            self.enter(user, where, other, what)
        chosen = {} if element["type"] == "button" else self._chosen(element, value)
        if keeps_a_value(element):
            self.workspace.enter(_id_of(where), user, block_id, element["action_id"], chosen)
        action = payloads.action(block_id, element, chosen, self.workspace.new_ts())
        if isinstance(where, View):
            place = payloads.in_view(where, self.values(user, where))
            trigger = self.workspace.new_trigger(user, view=where.id)
        else:
            place = payloads.in_message(where, self.workspace.channel(where.channel))
            place["state"] = {"values": self.values(user, where)}
            place["response_url"] = self._new_response_url(user, where)
            trigger = self.workspace.new_trigger(user)
        return self._interact("block_actions", user, trigger_id=trigger, actions=[action], **place)

    def enter(self, user: str, where: Message | View, action_id: str, value: Any) -> None:
        """Write or choose something that the app hears of only with the next action or submission."""
        block_id, element = find(where.blocks, action_id)
        self.workspace.enter(_id_of(where), user, block_id, element["action_id"], entry(element, value))

    def values(self, user: str, where: Message | View) -> Values:
        """What stands in the elements, by block and action."""
        values = beginnings(where.blocks)
        for block_id, by_action in self.workspace.entered(_id_of(where), user).items():
            for action_id, value in by_action.items():
                if action_id in values.get(block_id, {}):
                    values[block_id][action_id] = dict(value)
        return values

    def options(
        self, user: str, where: Message | View, action_id: str, query: str
    ) -> list[Mapping[str, Any]]:
        """What the app offers in an ``external_select`` once this was typed."""
        block_id, element = find(where.blocks, action_id)
        place = (
            payloads.in_view(where, self.values(user, where))
            if isinstance(where, View)
            else payloads.in_message(where, self.workspace.channel(where.channel))
        )
        asked = payloads.interaction(
            "block_suggestion",
            self.workspace.user(user),
            trigger_id="",
            action_id=element["action_id"],
            block_id=block_id,
            value=query,
            **place,
        )
        answer = self.courier.deliver(Delivery("options", asked)).answer
        groups = answer.get("option_groups") or ()
        return [*(answer.get("options") or ()), *(option for group in groups for option in group["options"])]

    def submit(self, user: str, view: View, entered: Mapping[str, Any] | None = None) -> Delivery:
        """Submit a modal, and let its answer act: errors shown, replaced, pushed upon, or closed."""
        for action_id, value in (entered or {}).items():
            self.enter(user, view, action_id, value)
        told = payloads.view_json(view, self.values(user, view))
        trigger = self.workspace.new_trigger(user, view=view.id)
        delivery = self._interact("view_submission", user, trigger_id=trigger, view=told, response_urls=[])
        if delivery.is_acknowledged:
            self._follow(user, view, delivery.answer)
        return delivery

    def close(self, user: str, view: View) -> Delivery | None:
        """Close a modal without submitting; the app hears of it where it asked to."""
        self.workspace.close_view(user, everything=bool(view.content.get("clear_on_close")))
        if not view.content.get("notify_on_close"):
            return None
        told = payloads.view_json(view, self.values(user, view))
        return self._interact("view_closed", user, view=told, is_cleared=False)

    def _follow(self, user: str, view: View, answer: Mapping[str, Any]) -> None:
        match answer.get("response_action"):
            case "errors":
                self.workspace.show_errors(view, answer["errors"])
            case "update":
                self.workspace.update_view(answer["view"], view_id=view.id)
            case "push":
                self.workspace.stack_view(user, answer["view"])
            case "clear":
                self.workspace.close_view(user, everything=True)
            case _:
                self.workspace.close_view(user)

    @staticmethod
    def _chosen(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
        if element["type"] == "feedback_buttons":
            sides = (element["positive_button"], element["negative_button"])
            return dict(next(side for side in sides if side["value"] == value))
        if element["type"] == "icon_button":
            return {"value": element.get("value", "")}
        return entry(element, value)

    # --- the app itself ---

    def revoke(self) -> Delivery:
        """Take the app's token away: nothing it calls works any more, and it is told so."""
        self.workspace.is_revoked = True
        return self._tell("tokens_revoked", {"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}})

    def uninstall(self) -> Delivery:
        self.workspace.is_revoked = True
        return self._tell("app_uninstalled", {"type": "app_uninstalled"})

    def replay(self, delivery: Delivery) -> Delivery:
        """Bring the app the same thing again, as a delivery of its own."""
        told = dict(delivery.payload)
        if delivery.sort == "event":
            told["event_id"] = self.workspace.new_id("Ev")
        return self.courier.deliver(Delivery(delivery.sort, told))

    # --- telling ---

    def _tell_of(self, message: Message) -> Delivery:
        channel = self.workspace.channel(message.channel)
        event = payloads.message_event(message, channel, self.workspace.user(message.user))
        return self._tell(_SUBSCRIPTION[channel.kind], event, channel)

    def _tell_of_change(self, new: Message, old: Message) -> Delivery:
        channel = self.workspace.channel(new.channel)
        author = self.workspace.user(new.user)
        event = payloads.change_event(new, old, channel, author, event_ts=self.workspace.new_ts())
        return self._tell(_SUBSCRIPTION[channel.kind], event, channel)

    def _tell(self, subscription: str, event: dict[str, Any], channel: Channel | None = None) -> Delivery:
        """Bring the event to the app, if it is a member there and wants such events."""
        told = payloads.envelope(
            event,
            event_id=self.workspace.new_id("Ev"),
            time_s=int(self.workspace.now()),
            is_shared=bool(channel and channel.is_shared),
        )
        delivery = Delivery("event", told)
        is_wanted = self.events is None or subscription in self.events
        is_there = channel is None or BOT_USER in channel.members
        return self.courier.deliver(delivery) if is_wanted and is_there else delivery

    def _interact(self, kind: str, user: str, *, trigger_id: str = "", **details: Any) -> Delivery:
        told = payloads.interaction(
            kind,
            self.workspace.user(user),
            trigger_id=trigger_id or self.workspace.new_trigger(user),
            **details,
        )
        return self.courier.deliver(Delivery("interaction", told))

    def _new_response_url(self, user: str, message: Message) -> str:
        secret = self.workspace.new_response_url(
            user, message.channel, message_ts=message.ts, thread_ts=message.thread_ts
        )
        return self._response_url(secret)

    def _response_url(self, secret: str) -> str:
        return f"{self.origin}/response/{secret}"


def _id_of(where: Message | View) -> str:
    """Under which id entries are kept: a view that was updated in place keeps those of its blocks."""
    return where.id if isinstance(where, View) else f"{where.channel}/{where.ts}"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _rich(text: str, mentions: str = "") -> list[dict[str, Any]] | None:
    """What somebody wrote as the rich text that Slack makes of it."""
    if not text:
        return None
    mention = [{"type": "user", "user_id": mentions}, {"type": "text", "text": " "}] if mentions else []
    words = [*mention, {"type": "text", "text": text}]
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}]
