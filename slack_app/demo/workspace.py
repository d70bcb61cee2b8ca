"""What a workspace holds: people, channels, messages, modals, home tabs, files. Pure state, and its rules.

Whatever is handed out (a `Message`, a `View`) is a picture of that moment and never changes afterwards, so
that a test can keep an old one and click its stale button. Every change wakes those who wait for one.
"""

import itertools
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from slack_app.demo.block_kit import MAX_TEXT_OF_BLOCKS, problems_of_blocks, problems_of_view, text_of_blocks
from slack_app.demo.records import (
    BOT_USER,
    Assistance,
    Blocks,
    Channel,
    File,
    Kind,
    Message,
    SlackError,
    User,
    View,
)

MAX_TEXT = 40_000
MAX_DM_USERS = 8
MAX_VIEWS = 3
MAX_RESPONSES = 5
TRIGGER_LIFE_S = 3.0
RESPONSE_URL_LIFE_S = 30 * 60.0
STATUS_LIFE_S = 2 * 60.0

Found = TypeVar("Found")


@dataclass
class _Trigger:
    user: str
    expires_at: float
    view: str = ""
    is_used: bool = False


@dataclass
class _ResponseUrl:
    user: str
    channel: str
    message_ts: str
    thread_ts: str
    expires_at: float
    n_uses: int = 0


class Workspace:
    """One workspace with one app installed in it. Safe to use from several threads.

    `clock` gives the seconds since the epoch. `scopes` are what the app was granted; None grants all.
    `trigger_life_s` is for how long a modal can be opened after a click.
    """

    def __init__(
        self,
        *,
        bot_token: str = "xoxb-demo",
        scopes: Iterable[str] | None = None,
        clock: Callable[[], float] = time.time,
        trigger_life_s: float = TRIGGER_LIFE_S,
    ) -> None:
        self.bot_token = bot_token
        self.scopes = None if scopes is None else frozenset(scopes)
        self.is_revoked = False
        self.version = 0
        self._clock = clock
        self._trigger_life_s = trigger_life_s
        self._changed = threading.Condition(threading.RLock())
        self._numbers = itertools.count(1)
        self._last_ts = (0, 0)
        self._users = {BOT_USER: User(BOT_USER, "matchbot", is_bot=True)}
        self._channels: dict[str, Channel] = {}
        self._dms: dict[frozenset[str], str] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._modals: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._files: dict[str, File] = {}
        self._assistance: dict[tuple[str, str], Assistance] = {}
        self._entered: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        self._triggers: dict[str, _Trigger] = {}
        self._response_urls: dict[str, _ResponseUrl] = {}

    # --- time, names, waiting ---

    def now(self) -> float:
        return self._clock()

    def new_id(self, prefix: str) -> str:
        """An id that was never given out, as Slack writes them: ``D0000000C``."""
        return f"{prefix}{next(self._numbers):08X}"

    def new_ts(self) -> str:
        """A time stamp later than every one before."""
        with self._changed:
            now = int(self.now() * 1_000_000)
            last_s, last_us = self._last_ts
            now = max(now, last_s * 1_000_000 + last_us + 100)
            self._last_ts = divmod(now, 1_000_000)
            return "{}.{:06}".format(*self._last_ts)

    def wait_for(self, look: Callable[[], Found], *, timeout_s: float = 10.0) -> Found:
        """What `look` finds, as soon as it is something. Raises TimeoutError."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while not (found := look()):
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError(f"nothing of that kind within {timeout_s} s")
            return found

    # --- people and channels ---

    def add_user(self, user: User) -> User:
        with self._changed:
            self._users[user.id] = user
            self._tell()
        return user

    def deactivate(self, user: str) -> None:
        self.add_user(replace(self.user(user), is_deleted=True))

    def user(self, user: str) -> User:
        """Raises SlackError user_not_found."""
        try:
            return self._users[user]
        except KeyError:
            raise SlackError("user_not_found") from None

    def users(self) -> list[User]:
        return list(self._users.values())

    def user_by_mail(self, mail: str) -> User:
        """The person of the home workspace with this address. Raises SlackError users_not_found."""
        for user in self._users.values():
            if (
                user.mail
                and user.mail.lower() == mail.lower()
                and not user.is_deleted
                and not user.is_stranger
            ):
                return user
        raise SlackError("users_not_found")

    def add_channel(
        self,
        name: str,
        members: Iterable[str],
        *,
        kind: Kind = "channel",
        is_shared: bool = False,
        is_app_in: bool = True,
        id: str = "",
    ) -> Channel:
        with self._changed:
            everyone = (*members, *((BOT_USER,) if is_app_in else ()))
            prefix = {"im": "D", "mpim": "G"}.get(kind, "C")
            channel = Channel(
                id or self.new_id(prefix), name, kind, tuple(dict.fromkeys(everyone)), is_shared
            )
            self._channels[channel.id] = channel
            if channel.is_dm:
                self._dms[frozenset(channel.members)] = channel.id
            self._tell()
            return channel

    def channel(self, channel: str) -> Channel:
        """Raises SlackError channel_not_found."""
        try:
            return self._channels[channel]
        except KeyError:
            raise SlackError("channel_not_found") from None

    def channels_of(self, user: str) -> list[Channel]:
        with self._changed:
            return [channel for channel in self._channels.values() if user in channel.members]

    def archive(self, channel: str) -> None:
        with self._changed:
            self._channels[channel] = replace(self.channel(channel), is_archived=True)
            self._tell()

    def leave(self, channel: str, user: str) -> None:
        with self._changed:
            found = self.channel(channel)
            self._channels[channel] = replace(found, members=tuple(m for m in found.members if m != user))
            self._tell()

    def dm(self, *users: str) -> Channel:
        """The app's conversation with these 1–8 people, the same one each time. Raises SlackError."""
        with self._changed:
            people = sorted(dict.fromkeys(user for user in users if user != BOT_USER))
            self._check_company(users, people)
            if known := self._dms.get(frozenset([*people, BOT_USER])):
                return self._channels[known]
            kind: Kind = "im" if len(people) == 1 else "mpim"
            name = (
                people[0] if kind == "im" else "mpdm-" + "--".join(self._users[u].name for u in people) + "-1"
            )
            return self.add_channel(name, people, kind=kind)

    def _check_company(self, users: Sequence[str], people: Sequence[str]) -> None:
        if not users:
            raise SlackError("users_list_not_supplied")
        if not people:
            raise SlackError("cannot_dm_bot")
        if len(people) > MAX_DM_USERS:
            raise SlackError("too_many_users")
        found = [*(self.user(user) for user in people), self._users[BOT_USER]]
        if any(user.is_deleted for user in found):
            raise SlackError("user_disabled")
        strangers = [user for user in found if user.is_stranger]
        others = ((one, two) for one in strangers for two in found if one.team != two.team)
        if any(not self._have_met(one.id, two.id) for one, two in others):
            raise SlackError("invalid_user_combination")

    def _have_met(self, one: str, two: str) -> bool:
        """Whether two people of different workspaces share a channel."""
        return any(
            one in channel.members and two in channel.members
            for channel in self._channels.values()
            if not channel.is_dm
        )

    # --- messages ---

    def post(
        self,
        channel: str,
        user: str,
        text: str,
        *,
        blocks: Any = None,
        thread_ts: str = "",
        only_for: str = "",
        is_streaming: bool = False,
        files: Sequence[str] = (),
        metadata: Mapping[str, Any] | None = None,
    ) -> Message:
        """A new message, checked against Slack's limits. Raises SlackError."""
        with self._changed:
            self._check_writer(channel, user)
            ready = self._checked(text, blocks, is_empty_fine=bool(files) or is_streaming)
            message = Message(
                channel,
                self.new_ts(),
                user,
                text,
                ready,
                thread_ts=thread_ts,
                only_for=only_for,
                is_streaming=is_streaming,
                files=tuple(files),
                metadata=metadata or {},
            )
            self._end_status(channel, thread_ts)
            return self._put(message)

    def update(
        self, channel: str, ts: str, user: str, *, text: str | None = None, blocks: Any = None
    ) -> Message:
        """The message as it stands now; what is not given stays as it was. Raises SlackError."""
        with self._changed:
            message = self._own_message(channel, ts, user, "cant_update_message")
            if text is None and blocks is None:
                raise SlackError("no_text")
            return self._rewrite(message, text, blocks)

    def _rewrite(self, message: Message, text: str | None, blocks: Any) -> Message:
        new_text = message.text if text is None else text
        ready = self._checked(new_text, message.blocks if blocks is None else blocks)
        return self._put(replace(message, text=new_text, blocks=ready, is_edited=True))

    def delete(self, channel: str, ts: str, user: str) -> Message:
        """Raises SlackError."""
        with self._changed:
            message = self._own_message(channel, ts, user, "cant_delete_message")
            return self._put(replace(message, is_deleted=True))

    def append(self, channel: str, ts: str, user: str, text: str) -> Message:
        """One more piece of a streamed answer. Raises SlackError."""
        with self._changed:
            message = self._own_message(channel, ts, user, "message_not_owned_by_app")
            if not message.is_streaming:
                raise SlackError("message_not_in_streaming_state")
            if len(message.text) + len(text) > MAX_TEXT:
                raise SlackError("msg_too_long")
            return self._put(replace(message, text=message.text + text))

    def finish(self, channel: str, ts: str, user: str, text: str, blocks: Any) -> Message:
        """The end of a streamed answer. Raises SlackError."""
        with self._changed:
            message = self.append(channel, ts, user, text)
            ready = self._checked(message.text, blocks, is_empty_fine=True)
            return self._put(replace(message, blocks=ready, is_streaming=False))

    def message(self, channel: str, ts: str) -> Message:
        """The message as it stands now. Raises SlackError message_not_found."""
        message = self._messages.get(channel, {}).get(ts)
        if message is None or message.is_deleted:
            raise SlackError("message_not_found")
        return message

    def messages(self, channel: str, *, seen_by: str = "") -> list[Message]:
        """The messages of a channel, oldest first, with the ephemeral ones of the person who looks."""
        with self._changed:
            return [
                message
                for message in self._messages.get(channel, {}).values()
                if not message.is_deleted and message.only_for in ("", seen_by)
            ]

    def thread(self, channel: str, thread_ts: str) -> list[Message]:
        return [m for m in self.messages(channel) if thread_ts in (m.ts, m.thread_ts)]

    def _check_writer(self, channel: str, user: str) -> None:
        found = self.channel(channel)
        if user not in found.members:
            raise SlackError("not_in_channel" if found.kind == "channel" else "channel_not_found")
        if found.is_archived:
            raise SlackError("is_archived")

    def _own_message(self, channel: str, ts: str, user: str, refusal: str) -> Message:
        self.channel(channel)
        message = self.message(channel, ts)
        if message.only_for:
            raise SlackError("message_not_found")
        if message.user != user:
            raise SlackError(refusal)
        return message

    def _checked(
        self, text: str, blocks: Any, *, is_empty_fine: bool = False
    ) -> tuple[Mapping[str, Any], ...]:
        """The blocks with the ids that Slack gives where the app gave none. Raises SlackError."""
        if not text and not blocks and not is_empty_fine:
            raise SlackError("no_text")
        if len(text) > MAX_TEXT:
            raise SlackError("msg_too_long")
        if blocks is None:
            return ()
        if not isinstance(blocks, list | tuple):
            raise SlackError("invalid_blocks_format")
        if problems := problems_of_blocks(list(blocks)):
            raise SlackError("invalid_blocks", *problems)
        if len(text_of_blocks(blocks)) > MAX_TEXT_OF_BLOCKS:
            raise SlackError("msg_blocks_too_long")
        return tuple(self._with_ids(blocks))

    def _with_ids(self, blocks: Blocks) -> list[dict[str, Any]]:
        return [self._with_id(block) for block in blocks]

    def _with_id(self, block: Mapping[str, Any]) -> dict[str, Any]:
        named = dict(block)
        named.setdefault("block_id", secrets.token_urlsafe(4))
        for place in ("accessory", "element"):
            if place in named:
                named[place] = self._with_action_id(named[place])
        if named["type"] in ("actions", "context_actions"):
            named["elements"] = [self._with_action_id(element) for element in named["elements"]]
        return named

    def _with_action_id(self, element: Mapping[str, Any]) -> dict[str, Any]:
        is_passive = element["type"] == "image"
        return dict(element) if is_passive else {"action_id": secrets.token_urlsafe(4), **element}

    def _put(self, message: Message) -> Message:
        self._messages.setdefault(message.channel, {})[message.ts] = message
        self._tell()
        return message

    # --- modals and home tabs ---

    def new_trigger(self, user: str, *, view: str = "") -> str:
        """A trigger id for what somebody just did: good once, for a moment."""
        with self._changed:
            trigger = f"{next(self._numbers)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
            self._triggers[trigger] = _Trigger(user, self.now() + self._trigger_life_s, view)
            return trigger

    def open_view(self, trigger_id: str, content: Any) -> View:
        """A modal on the screen of whoever set off the trigger. Raises SlackError."""
        with self._changed:
            self._check_view(content, "modal")
            trigger = self._exchange(trigger_id)
            view = self._new_view(trigger.user, content)
            self._modals[trigger.user] = [view]
            self._tell()
            return view

    def push_view(self, trigger_id: str, content: Any) -> View:
        """A modal on top of the one in which the trigger was set off. Raises SlackError."""
        with self._changed:
            self._check_view(content, "modal")
            trigger = self._exchange(trigger_id)
            if not any(view.id == trigger.view for view in self._modals.get(trigger.user, ())):
                raise SlackError("not_found")
            return self.stack_view(trigger.user, content)

    def stack_view(self, user: str, content: Any) -> View:
        """A modal on top of those this person has open. Raises SlackError."""
        with self._changed:
            self._check_view(content, "modal")
            stack = self._modals.setdefault(user, [])
            if len(stack) >= MAX_VIEWS:
                raise SlackError("push_limit_reached")
            view = self._new_view(user, content, below=stack[-1] if stack else None)
            stack.append(view)
            self._tell()
            return view

    def update_view(self, content: Any, *, view_id: str = "", external_id: str = "", hash: str = "") -> View:
        """The modal with its content replaced. Raises SlackError."""
        with self._changed:
            view = self._find_view(view_id, external_id)
            self._check_view(content, view.content["type"])
            if hash and hash != view.hash:
                raise SlackError("hash_conflict")
            return self._put_view(
                replace(view, content=self._ready(content), hash=self._new_hash(), errors={})
            )

    def publish_home(self, user: str, content: Any, *, hash: str = "") -> View:
        """The home tab of one person. Raises SlackError."""
        with self._changed:
            self.user(user)
            self._check_view(content, "home")
            old = self._homes.get(user)
            if hash and (old is None or hash != old.hash):
                raise SlackError("hash_conflict")
            id = old.id if old else self.new_id("V")
            self._homes[user] = View(id, user, self._ready(content), self._new_hash(), root=id)
            self._tell()
            return self._homes[user]

    def show_errors(self, view: View, errors: Mapping[str, str]) -> View:
        """The modal with what is wrong with what was entered, by the id of its block."""
        with self._changed:
            return self._put_view(replace(view, errors=dict(errors)))

    def close_view(self, user: str, *, everything: bool = False) -> None:
        with self._changed:
            stack = self._modals.get(user, [])
            del stack[0 if everything else -1 :]
            self._tell()

    def modal(self, user: str) -> View | None:
        """The modal on top of this person's screen."""
        stack = self._modals.get(user)
        return stack[-1] if stack else None

    def modals(self, user: str) -> list[View]:
        return list(self._modals.get(user, ()))

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def enter(
        self, container: str, user: str, block_id: str, action_id: str, value: Mapping[str, Any]
    ) -> None:
        """Keep what somebody chose or wrote in a message or view, as `state.values` gives it back."""
        with self._changed:
            state = self._entered.setdefault((container, user), {})
            state.setdefault(block_id, {})[action_id] = dict(value)

    def entered(self, container: str, user: str) -> Mapping[str, Mapping[str, Any]]:
        return self._entered.get((container, user), {})

    def _exchange(self, trigger_id: str) -> _Trigger:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self.now() > trigger.expires_at:
            raise SlackError("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def _check_view(self, content: Any, kind: str) -> None:
        if problems := problems_of_view(content):
            raise SlackError("invalid_arguments", *problems)
        if content["type"] != kind:
            raise SlackError("invalid_arguments", f"[ERROR] must be a {kind} [json-pointer:/view/type]")

    def _find_view(self, view_id: str, external_id: str) -> View:
        for view in (*itertools.chain(*self._modals.values()), *self._homes.values()):
            is_it = view.id == view_id if view_id else view.content.get("external_id") == external_id != ""
            if is_it:
                return view
        raise SlackError("not_found")

    def _new_view(self, user: str, content: Any, below: View | None = None) -> View:
        external = content.get("external_id")
        if external and any(
            v.content.get("external_id") == external for v in itertools.chain(*self._modals.values())
        ):
            raise SlackError("duplicate_external_id")
        id = self.new_id("V")
        root, previous = (below.root, below.id) if below else (id, "")
        return View(id, user, self._ready(content), self._new_hash(), root, previous)

    def _ready(self, content: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**content, "blocks": self._with_ids(content["blocks"])}

    def _put_view(self, view: View) -> View:
        if view.content["type"] == "home":
            self._homes[view.user] = view
        else:
            stack = self._modals.get(view.user, [])
            self._modals[view.user] = [view if v.id == view.id else v for v in stack]
        self._tell()
        return view

    def _new_hash(self) -> str:
        return f"{int(self.now())}.{secrets.token_hex(4)}"

    # --- response urls ---

    def new_response_url(self, user: str, channel: str, *, message_ts: str = "", thread_ts: str = "") -> str:
        """The secret part of a response url: good five times within half an hour."""
        with self._changed:
            secret = secrets.token_urlsafe(18)
            self._response_urls[secret] = _ResponseUrl(
                user, channel, message_ts, thread_ts, self.now() + RESPONSE_URL_LIFE_S
            )
            return secret

    def respond(self, secret: str, answer: Mapping[str, Any]) -> None:
        """What an app posts to a response url. Raises SlackError."""
        with self._changed:
            url = self._response_urls.get(secret)
            if url is None:
                raise SlackError("invalid_url")
            if url.n_uses >= MAX_RESPONSES:
                raise SlackError("used_url")
            if self.now() > url.expires_at:
                raise SlackError("expired_url")
            self._answer(url, answer)
            url.n_uses += 1

    def _answer(self, url: _ResponseUrl, answer: Mapping[str, Any]) -> None:
        original = self._messages.get(url.channel, {}).get(url.message_ts)
        if answer.get("delete_original") and original:
            self._put(replace(original, is_deleted=True))
        elif answer.get("replace_original") and original:
            self._rewrite(original, str(answer.get("text") or ""), answer.get("blocks") or ())
        else:
            everyone = answer.get("response_type") == "in_channel"
            text, blocks = str(answer.get("text") or ""), answer.get("blocks")
            message = Message(
                url.channel,
                self.new_ts(),
                BOT_USER,
                text,
                self._checked(text, blocks),
                thread_ts=str(answer.get("thread_ts") or url.thread_ts),
                only_for="" if everyone else url.user,
            )
            self._put(message)

    # --- files ---

    def expect_file(self, name: str, n_bytes: int) -> File:
        with self._changed:
            file = File(self.new_id("F"), name, n_bytes, title=name)
            self._files[file.id] = file
            return file

    def receive_file(self, file: str, content: bytes) -> None:
        """Raises SlackError file_not_found, file_upload_size_restricted."""
        with self._changed:
            expected = self.file(file)
            if len(content) != expected.n_bytes:
                raise SlackError("file_upload_size_restricted")
            self._files[file] = replace(expected, content=content)

    def complete_files(self, files: Sequence[Mapping[str, str]]) -> list[File]:
        """Raises SlackError file_not_found where one never arrived."""
        with self._changed:
            for wanted in files:
                file = self.file(wanted["id"])
                if file.content is None:
                    raise SlackError("file_not_found")
                self._files[file.id] = replace(file, title=wanted.get("title") or file.name, is_complete=True)
            return [self._files[wanted["id"]] for wanted in files]

    def file(self, file: str) -> File:
        """Raises SlackError file_not_found."""
        try:
            return self._files[file]
        except KeyError:
            raise SlackError("file_not_found") from None

    # --- the assistant's side panel ---

    def assist(self, channel: str, thread_ts: str, **changes: Any) -> None:
        with self._changed:
            self.channel(channel)
            if "status" in changes:
                changes["status_until"] = self.now() + STATUS_LIFE_S
            self._assistance[channel, thread_ts] = replace(self.assistance(channel, thread_ts), **changes)
            self._tell()

    def assistance(self, channel: str, thread_ts: str) -> Assistance:
        found = self._assistance.get((channel, thread_ts), Assistance())
        return found if self.now() <= found.status_until else replace(found, status="")

    def _end_status(self, channel: str, thread_ts: str) -> None:
        found = self._assistance.get((channel, thread_ts))
        if found:
            self._assistance[channel, thread_ts] = replace(found, status="")

    def _tell(self) -> None:
        self.version += 1
        self._changed.notify_all()
