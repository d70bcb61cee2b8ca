"""How matchbot speaks in Slack: every call of the Web API is made here.

A channel gets at most one message a second; when Slack asks for patience it is given; what is posted is
within Slack's limits. Trouble comes out as one of two errors: Slack cannot be reached now, or it
refuses and will go on refusing.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import HTTPException
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState
from slack_sdk.web import SlackResponse

from matchbot.config import Settings
from matchbot.happenings import Happening, tell
from slack_app.blocks import Block
from slack_app.limits import Posting, fitted, fitted_view
from slack_app.workspaces import Lines, Workspaces, beside, local, team_of

_LOG = logging.getLogger(__name__)

_SECONDS_BETWEEN_MESSAGES = 1.0
_PERSON_KEPT_S = 600.0
_LACKING_S = 600.0
_PASSING = frozenset(
    {"ratelimited", "fatal_error", "internal_error", "service_unavailable", "request_timeout"}
)
_OF_THE_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked"}
)
"""Before somebody mends the token or its scopes nobody can be told anything: what waits goes on waiting."""
_LATER = frozenset({429, *range(500, 600)})
_BROKEN_OFF = (OSError, HTTPException, SlackClientError)
"""Nobody knows then whether Slack did it."""
_TIMEOUT_S = 10
_SCOPES = "x-oauth-scopes"
_WORD = re.compile(r"\w+")
_MARK = "matchbot_message"
"""The event_type of the metadata that tell a message of ours from others."""
_LOOKED_BACK = 100
"""Messages of a channel that are looked through for a mark."""

UNSURE = "unsure"
"""The code for what may stand in Slack, where we may not look whether it does."""

MOST_PROMPTS = 4
"""Suggested prompts that Slack takes."""


class UnreachableError(Exception):
    """Slack does not answer, does not know us, or asks to come back later."""


class RefusedError(Exception):
    """Slack refuses, and asking again would not help. ``code``: its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack refuses: {code}")
        self.code = code


class NotInstalledError(RefusedError):
    """This workspace, of several, does not let us in; the others go on."""

    def __init__(self) -> None:
        super().__init__("not_installed")


Method = Callable[..., SlackResponse]
"""One of WebClient's, for the client of whichever workspace it is."""


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack knows of a user."""

    id: str
    name: str = ""
    mail: str = ""
    locale: str = ""
    is_stranger: bool = False
    """From another workspace (Slack Connect), or a guest of ours."""


def web_client(token: str, api_url: str) -> WebClient:
    """A client that waits as Slack asks it to, twice at most for one call."""
    client = WebClient(token=token, base_url=api_url, timeout=_TIMEOUT_S, retry_handlers=[])
    client.retry_handlers.append(_Patience(max_retry_count=2))
    return client


def workspaces_of(settings: Settings) -> Workspaces | None:
    """The workspaces that let us in; None where there is one, with its token in the settings."""
    slack = settings.slack
    if not slack.client_id:
        return None
    return Workspaces(settings.home, slack, lambda token: web_client(token, slack.api_url))


class _Patience(RateLimitErrorRetryHandler):
    """Waits as Slack asks, and tells of it: also of the time after which it waits no longer."""

    def can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is not None and response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            tell(Happening.RATE_LIMIT, method=request.url.rpartition("/")[2])
        return super().can_retry(state=state, request=request, response=response, error=error)


class Speaker:
    """Posts, updates and opens things, each in its workspace. Serves any number of threads.

    People, channels and triggers are told by address (`slack_app.workspaces`).
    """

    def __init__(self, lines: Lines, *, pause_s: float = _SECONDS_BETWEEN_MESSAGES) -> None:
        """``pause_s``: between two messages in one channel."""
        self._lines = lines
        self._pause_s = pause_s
        self._lock = Lock()
        self._free_at: dict[str, float] = {}
        self._direct: dict[str, str] = {}
        self._people: dict[str, tuple[float, Person]] = {}
        self._lacking_until: dict[str, float] = {}

    # Messages

    def say(self, channel: str, posting: Posting, *, thread_ts: str = "") -> str:
        """Post a message, or several where it is long; gives the ts of the first."""
        stamps = [self._post(channel, part, thread_ts) for part in fitted(posting)]
        return stamps[0]

    def say_once(
        self, channel: str, posting: Posting, mark: str, *, was_tried: bool, thread_ts: str = ""
    ) -> str:
        """Post a message with a mark that nobody sees; gives the ts of the first part.

        ``was_tried``: it may have got there without our learning so. What stands there with the mark is not
        posted again. Raises RefusedError with the code `UNSURE` where Slack does not let us look.
        """
        standing = self._standing(channel, mark, thread_ts) if was_tried else {}
        parts = enumerate(fitted(posting))
        stamps = [
            standing.get(n) or self._post(channel, part, thread_ts, _marked(mark, n)) for n, part in parts
        ]
        return stamps[0]

    def say_to(self, user: str, posting: Posting) -> tuple[str, str]:
        """Post a message to somebody; gives the channel and the ts."""
        channel = self.direct_channel(user)
        return channel, self.say(channel, posting)

    def whisper(self, channel: str, user: str, posting: Posting) -> None:
        """Post what only one person in a channel sees."""
        for part in fitted(posting):
            self._call(
                channel,
                WebClient.chat_postEphemeral,
                "channel",
                user=local(user),
                text=part.text,
                blocks=part.blocks,
            )

    def replace(self, channel: str, ts: str, posting: Posting) -> None:
        """Put a message in the place of one that was posted."""
        part = fitted(posting)[0]
        self._call(channel, WebClient.chat_update, "channel", ts=ts, text=part.text, blocks=part.blocks)

    # The side panel: what Slack may lack, and nobody misses where it does

    def stream(
        self, channel: str, posting: Posting, *, thread_ts: str, below: Sequence[Block] = ()
    ) -> str | None:
        """Answer in a thread as assistants do: the words first, then the rest, and ``below`` that; gives the
        ts. None where Slack does not do that here: then nothing was posted."""
        part, *others = fitted(replace(posting, blocks=(*posting.blocks, *below)))
        self._wait_for_turn(channel)
        started = self._optional(
            channel,
            WebClient.chat_startStream,
            "channel",
            thread_ts=thread_ts,
            markdown_text=part.text,
        )
        if started is None:
            return None
        ts = str(started["ts"])
        rest = part.blocks[1:] if _says(part.blocks[0], part.text) else part.blocks
        if self._optional(channel, WebClient.chat_stopStream, "channel", ts=ts, blocks=rest) is None:
            self._call(
                channel,
                WebClient.chat_update,
                "channel",
                ts=ts,
                text=part.text,
                blocks=part.blocks,
            )
        for other in others:
            self._post(channel, other, thread_ts)
        return ts

    def show_status(self, channel: str, thread_ts: str, status: str) -> None:
        """What matchbot is doing, until it answers."""
        self._optional(
            channel,
            WebClient.assistant_threads_setStatus,
            "channel_id",
            thread_ts=thread_ts,
            status=status,
        )

    def suggest(self, channel: str, title: str, prompts: Mapping[str, str], *, thread_ts: str = "") -> None:
        """What could be asked (label → message), at most four; ``thread_ts``: "" for the whole panel."""
        offered = [{"title": label, "message": message} for label, message in prompts.items()]
        self._optional(
            channel,
            WebClient.assistant_threads_setSuggestedPrompts,
            "channel_id",
            thread_ts=thread_ts or None,
            title=title,
            prompts=offered[:MOST_PROMPTS],
        )

    def entitle(self, channel: str, thread_ts: str, title: str) -> None:
        """What a thread is about, in the list of threads."""
        self._optional(
            channel,
            WebClient.assistant_threads_setTitle,
            "channel_id",
            thread_ts=thread_ts,
            title=title,
        )

    # Views

    def open(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        """Open a modal, within three seconds of the click."""
        self._call(trigger_id, WebClient.views_open, "trigger_id", view=fitted_view(view))

    def replace_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Put a modal in the place of the one that is open."""
        self._call(view_id, WebClient.views_update, "view_id", view=fitted_view(view))

    def replace_named_view(self, external_id: str, view: Mapping[str, Any]) -> None:
        """The same where it is known by what we named it: its trigger."""
        self._call(external_id, WebClient.views_update, external_id=external_id, view=fitted_view(view))

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Show somebody their home tab."""
        self._call(user, WebClient.views_publish, "user_id", view=fitted_view(view))

    # People and channels

    def direct_channel(self, user: str) -> str:
        """The DM with somebody."""
        known = self._direct.get(user)
        if known is None:
            opened = self._call(user, WebClient.conversations_open, users=[local(user)])
            known = self._direct[user] = beside(str(opened["channel"]["id"]), user)
        return known

    def group_channel(self, users: Sequence[str]) -> str:
        """The group DM with these people, at most eight; the same one each time. Raises RefusedError, also
        for people of several workspaces, of whom no token reaches all."""
        if len(set(map(team_of, users))) > 1:
            raise RefusedError("invalid_user_combination")
        opened = self._call(users[0], WebClient.conversations_open, users=list(map(local, users)))
        return beside(str(opened["channel"]["id"]), users[0])

    def is_shared(self, channel: str) -> bool:
        """Whether people of other workspaces may read a channel; so it is where Slack does not say."""
        try:
            info = self._call(channel, WebClient.conversations_info, "channel")["channel"]
        except RefusedError:
            return True
        return any(
            info.get(name)
            for name in ("is_shared", "is_ext_shared", "is_pending_ext_shared", "is_org_shared")
        )

    def person(self, user: str) -> Person:
        """What Slack knows of somebody, as of some minutes ago; hardly anything where it does not say."""
        known = self._people.get(user)
        now = time.monotonic()
        if known and now - known[0] < _PERSON_KEPT_S:
            return known[1]
        try:
            told = self._call(user, WebClient.users_info, "user", include_locale=True)["user"]
        except RefusedError:
            return Person(user, is_stranger=True)
        profile = told.get("profile") or {}
        person = Person(
            id=user,
            name=profile.get("real_name") or told.get("real_name") or told.get("name", ""),
            mail=profile.get("email", ""),
            locale=told.get("locale", ""),
            is_stranger=any(
                told.get(name) for name in ("is_stranger", "is_restricted", "is_ultra_restricted")
            ),
        )
        self._people[user] = (now, person)
        return person

    def me(self, at: str = "") -> Mapping[str, Any]:
        """Who matchbot is in the workspace of an address: user_id, bot_id, team_id, team."""
        told = self._call(at, WebClient.auth_test).data
        return told if isinstance(told, Mapping) else {}

    def granted(self, at: str = "") -> frozenset[str] | None:
        """The scopes that the workspace of an address has granted us; None where Slack does not say."""
        headers = self._call(at, WebClient.auth_test).headers
        told = next((value for name, value in headers.items() if name.lower() == _SCOPES), None)
        return None if told is None else frozenset(filter(None, re.split(r"[,\s]+", str(told))))

    # Within

    def _standing(self, channel: str, mark: str, thread_ts: str) -> dict[int, str]:
        """The parts of a message that stand in a channel, or a thread of it, with a mark: the ts of each."""
        how = {"include_all_metadata": True, "limit": _LOOKED_BACK}
        try:
            found = (
                self._call(channel, WebClient.conversations_replies, "channel", ts=thread_ts, **how)
                if thread_ts
                else self._call(channel, WebClient.conversations_history, "channel", **how)
            )
        except UnreachableError as error:
            if _code(error.__cause__) == "missing_scope":
                raise RefusedError(UNSURE) from error
            raise
        standing: dict[int, str] = {}
        for message in found["messages"]:
            metadata = message.get("metadata") or {}
            told = metadata.get("event_payload") or {}
            if (metadata.get("event_type"), told.get("of")) == (_MARK, mark):
                standing[int(told["part"])] = str(message["ts"])
        return standing

    def _post(
        self, channel: str, part: Posting, thread_ts: str, metadata: Mapping[str, Any] | None = None
    ) -> str:
        self._wait_for_turn(channel)
        posted = self._call(
            channel,
            WebClient.chat_postMessage,
            "channel",
            text=part.text,
            blocks=part.blocks,
            thread_ts=thread_ts or None,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    def _wait_for_turn(self, channel: str) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at.get(channel, 0.0))
            self._free_at[channel] = turn + self._pause_s
        if turn > now:
            time.sleep(turn - now)

    def _optional(self, at: str, method: Method, named: str, **arguments: Any) -> SlackResponse | None:
        """None where Slack does not do it, which is not asked again for a while; otherwise as `_call`."""
        client, name = self._lines.client(at), f"{method.__name__}@{team_of(at)}"
        if client is None or time.monotonic() < self._lacking_until.get(name, 0.0):
            return None
        try:
            return method(client, **_addressed(named, at), **arguments)
        except _BROKEN_OFF as error:
            _LOG.info("%s: %s", name, _code(error) or type(error).__name__)
            self._lacking_until[name] = time.monotonic() + _LACKING_S
            return None

    def _call(self, at: str, method: Method, named: str = "", **arguments: Any) -> SlackResponse:
        """What Slack answers in the workspace of an address, which is itself the argument ``named`` of the
        call; "": it is none.

        Raises UnreachableError, RefusedError; NotInstalledError where another workspace lets us in.
        """
        client = self._lines.client(at)
        if client is None:
            raise NotInstalledError
        try:
            return method(client, **_addressed(named, at), **arguments)
        except SlackApiError as error:
            code = _code(error)
            if code in _OF_THE_TOKEN:
                _LOG.error("Slack does not accept our token: %s", code)
                if self._lines.is_several and code != "missing_scope":
                    raise NotInstalledError from error
            if error.response.status_code in _LATER or code in _PASSING | _OF_THE_TOKEN:
                raise UnreachableError from error
            raise RefusedError(code) from error
        except _BROKEN_OFF as error:
            raise UnreachableError from error


def reason_of(error: RefusedError | UnreachableError) -> str:
    """Slack's word for why it does not do what it was asked; "" where it did not answer."""
    return error.code if isinstance(error, RefusedError) else _code(error.__cause__)


def told_away(error: UnreachableError) -> str:
    """For the log, why Slack cannot be reached: its word, or the kind of what went wrong."""
    return reason_of(error) or type(error.__cause__).__name__


def _code(error: BaseException | None) -> str:
    """Slack's word for what was wrong; "" where it said nothing, or something else answered in its place."""
    told = str(error.response.get("error") or "") if isinstance(error, SlackApiError) else ""
    return told if _WORD.fullmatch(told) else ""


def _addressed(named: str, address: str) -> dict[str, str]:
    return {named: local(address)} if named else {}


def _marked(mark: str, part: int) -> dict[str, Any]:
    return {"event_type": _MARK, "event_payload": {"of": mark, "part": part}}


def _says(block: Block, text: str) -> bool:
    """Whether a block is no more than these words."""
    return block["type"] == "section" and "accessory" not in block and block["text"]["text"] == text
