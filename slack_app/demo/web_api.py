"""The Web API over HTTP: the methods an app may call, with Slack's arguments, answers and errors."""

import asyncio
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from slack_app.demo.faults import Faults, RateLimit
from slack_app.demo.payloads import channel_json, message_json, user_json, view_json
from slack_app.demo.records import BOT, BOT_USER, HOME_TEAM, Channel, Message, SlackError, User
from slack_app.demo.workspace import Workspace

Answer = dict[str, Any]

MAX_MARKDOWN = 12_000
MAX_PROMPTS = 4
MAX_LOADING_MESSAGES = 10
MAX_BYTES_OF_A_VIEW = 250_000


class Arguments:
    """The arguments of one call, from a form or from JSON."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def text(self, name: str, default: str = "") -> str:
        value = self._given.get(name, default)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """Raises SlackError invalid_arguments."""
        if not (value := self.text(name)):
            raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1")

    def whole(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments", f"[ERROR] must be an integer: {name}") from None

    def structure(self, name: str) -> Any:
        """The JSON of this argument, None if it was not given. Raises SlackError where it is no JSON."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from None


@dataclass(frozen=True)
class _Method:
    call: Callable[[Workspace, Arguments], Answer]
    scope: str


_METHODS: dict[str, _Method] = {}


def _method(name: str, scope: str = "") -> Callable[..., Callable[[Workspace, Arguments], Answer]]:
    def register(call: Callable[[Workspace, Arguments], Answer]) -> Callable[[Workspace, Arguments], Answer]:
        _METHODS[name] = _Method(call, scope)
        return call

    return register


def call(workspace: Workspace, name: str, arguments: Arguments) -> Answer:
    """What the method answers, without ``ok``. Raises SlackError."""
    if (method := _METHODS.get(name)) is None:
        raise SlackError("unknown_method")
    if workspace.is_revoked:
        raise SlackError("token_revoked")
    _need_scope(workspace, method.scope)
    return method.call(workspace, arguments)


def _need_scope(workspace: Workspace, scope: str) -> None:
    if scope and workspace.scopes is not None and scope not in workspace.scopes:
        raise SlackError("missing_scope", f"[ERROR] needed: {scope}")


class WebApi:
    """The routes of the API: methods, uploads and response urls, with limits and faults on the way."""

    def __init__(self, workspace: Workspace, *, faults: Faults, rate_limit: RateLimit) -> None:
        self.workspace = workspace
        self.faults = faults
        self.rate_limit = rate_limit
        self.calls: list[tuple[str, Mapping[str, Any]]] = []

    def routes(self) -> list[Route]:
        return [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/upload/{file}", self._upload, methods=["POST"]),
            Route("/response/{secret}", self._respond, methods=["POST"]),
        ]

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        given = await _given(request)
        fault = self.faults.meet(method)
        if fault and fault.effect == "unavailable":
            return PlainTextResponse("Service Unavailable", 503)
        if fault and fault.effect == "rate_limited":
            return _too_many(fault.seconds)
        if fault and fault.effect == "error":
            return JSONResponse(_refusal(SlackError(fault.error)))
        if fault and fault.effect == "slow":
            await asyncio.sleep(fault.seconds)
        response = self._answer(request, method, given)
        if fault and fault.effect == "silent":
            await asyncio.sleep(fault.seconds)
            return _BrokenOff()
        return response

    def _answer(self, request: Request, method: str, given: Mapping[str, Any]) -> Response:
        self.calls.append((method, {name: value for name, value in given.items() if name != "token"}))
        try:
            self._authenticate(request, given)
            arguments = Arguments({"_origin": str(request.base_url), **given})
            if method == "chat.postMessage":
                target = _target(self.workspace, arguments.required("channel"))
                if wait_s := self.rate_limit.wait_s(target):
                    return _too_many(wait_s)
            answer = {"ok": True, **call(self.workspace, method, arguments)}
        except SlackError as error:
            answer = _refusal(error)
        scopes = ",".join(sorted(self.workspace.scopes or ()))
        return JSONResponse(answer, headers={"x-oauth-scopes": scopes} if scopes else None)

    def _authenticate(self, request: Request, given: Mapping[str, Any]) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or given.get("token", "")
        if not token:
            raise SlackError("not_authed")
        if token != self.workspace.bot_token:
            raise SlackError("invalid_auth")

    async def _upload(self, request: Request) -> Response:
        if fault := self.faults.meet("upload"):
            await asyncio.sleep(fault.seconds)
            return PlainTextResponse("Service Unavailable", 503)
        content = await request.body()
        try:
            self.workspace.receive_file(request.path_params["file"], content)
        except SlackError as error:
            return PlainTextResponse(error.code, 400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _respond(self, request: Request) -> Response:
        if self.faults.meet("response_url"):
            return PlainTextResponse("Service Unavailable", 503)
        answer = await _given(request)
        try:
            self.workspace.respond(request.path_params["secret"], answer)
        except SlackError as error:
            is_of_url = error.code.endswith("_url")
            return JSONResponse(_refusal(error), 404 if is_of_url else 200)
        return PlainTextResponse("ok")


class _BrokenOff(Response):
    """An answer that breaks off in the middle: the connection is closed before all of it was sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok"', "more_body": True})


async def _given(request: Request) -> Mapping[str, Any]:
    body = await request.body()
    given: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            found = json.loads(body or b"{}")
        except ValueError:
            return given
        return {**given, **found} if isinstance(found, dict) else given
    return {**given, **dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))}


def _too_many(wait_s: float) -> Response:
    headers = {"Retry-After": str(max(1, math.ceil(wait_s)))}
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)


def _refusal(error: SlackError) -> Answer:
    answer: Answer = {"ok": False, "error": error.code}
    if error.messages:
        answer["errors"] = [message.removeprefix("[ERROR] ") for message in error.messages]
        answer["response_metadata"] = {"messages": list(error.messages)}
    return answer


# --- the methods ---


@_method("api.test")
def _api_test(workspace: Workspace, given: Arguments) -> Answer:
    return {}


@_method("auth.test")
def _auth_test(workspace: Workspace, given: Arguments) -> Answer:
    return {
        "url": given.text("_origin"),
        "team": "matchbot demo",
        "user": workspace.user(BOT_USER).name,
        "team_id": HOME_TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


@_method("apps.connections.open")
def _connections_open(workspace: Workspace, given: Arguments) -> Answer:
    raise SlackError("not_allowed")


def _target(workspace: Workspace, channel: str) -> str:
    """The channel that is meant, which may be named by the id of a person. Raises SlackError."""
    if channel.startswith(("U", "W")):
        return workspace.dm(channel).id
    return workspace.channel(channel).id


def _text_of(given: Arguments) -> tuple[str, Any]:
    """Text and blocks of a message. Raises SlackError."""
    markdown = given.text("markdown_text")
    if not markdown:
        return given.text("text"), given.structure("blocks")
    if given.text("text") or given.structure("blocks"):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > MAX_MARKDOWN:
        raise SlackError("msg_too_long")
    return markdown, [{"type": "markdown", "text": markdown}]


@_method("chat.postMessage", "chat:write")
def _post_message(workspace: Workspace, given: Arguments) -> Answer:
    channel = _target(workspace, given.required("channel"))
    text, blocks = _text_of(given)
    message = workspace.post(
        channel,
        BOT_USER,
        text,
        blocks=blocks,
        thread_ts=given.text("thread_ts"),
        metadata=given.structure("metadata"),
    )
    return {"channel": channel, "ts": message.ts, "message": message_json(message)}


@_method("chat.postEphemeral", "chat:write")
def _post_ephemeral(workspace: Workspace, given: Arguments) -> Answer:
    channel = workspace.channel(given.required("channel"))
    user = workspace.user(given.required("user"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _text_of(given)
    message = workspace.post(
        channel.id, BOT_USER, text, blocks=blocks, thread_ts=given.text("thread_ts"), only_for=user.id
    )
    return {"message_ts": message.ts}


@_method("chat.update", "chat:write")
def _update(workspace: Workspace, given: Arguments) -> Answer:
    text, blocks = _text_of(given)
    is_silent = not text and given.structure("blocks") is not None
    message = workspace.update(
        given.required("channel"),
        given.required("ts"),
        BOT_USER,
        text=None if is_silent or not text else text,
        blocks=blocks,
    )
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(message),
    }


@_method("chat.delete", "chat:write")
def _delete(workspace: Workspace, given: Arguments) -> Answer:
    message = workspace.delete(given.required("channel"), given.required("ts"), BOT_USER)
    return {"channel": message.channel, "ts": message.ts}


def _streamed(given: Arguments) -> str:
    """The piece of text that a streaming call brings. Raises SlackError."""
    chunks = given.structure("chunks") or []
    pieces = [given.text("markdown_text"), *(str(chunk.get("text", "")) for chunk in chunks)]
    text = "".join(pieces)
    if len(text) > MAX_MARKDOWN:
        raise SlackError("msg_too_long")
    return text


@_method("chat.startStream", "chat:write")
def _start_stream(workspace: Workspace, given: Arguments) -> Answer:
    channel = workspace.channel(given.required("channel"))
    if not channel.is_dm and not (given.text("recipient_user_id") and given.text("recipient_team_id")):
        raise SlackError("missing_recipient_user_id")
    message = workspace.post(
        channel.id,
        BOT_USER,
        _streamed(given),
        thread_ts=given.required("thread_ts"),
        is_streaming=True,
    )
    return {"channel": channel.id, "ts": message.ts}


@_method("chat.appendStream", "chat:write")
def _append_stream(workspace: Workspace, given: Arguments) -> Answer:
    if not (piece := _streamed(given)):
        raise SlackError("no_text")
    message = workspace.append(given.required("channel"), given.required("ts"), BOT_USER, piece)
    return {"channel": message.channel, "ts": message.ts}


@_method("chat.stopStream", "chat:write")
def _stop_stream(workspace: Workspace, given: Arguments) -> Answer:
    message = workspace.finish(
        given.required("channel"),
        given.required("ts"),
        BOT_USER,
        _streamed(given),
        given.structure("blocks"),
    )
    return {"channel": message.channel, "ts": message.ts, "message": message_json(message)}


@_method("conversations.open", "im:write")
def _conversations_open(workspace: Workspace, given: Arguments) -> Answer:
    if known := given.text("channel"):
        channel = workspace.channel(known)
    else:
        users = [user.strip() for user in given.text("users").split(",") if user.strip()]
        if len(users) > 1:
            _need_scope(workspace, "mpim:write")
        channel = workspace.dm(*users)
    is_full = given.flag("return_im")
    return {"channel": channel_json(channel) if is_full else {"id": channel.id}}


_SCOPE_OF_KIND = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def _readable(workspace: Workspace, given: Arguments, right: str) -> Channel:
    """The channel that is asked about, if the app may know it. Raises SlackError."""
    channel = workspace.channel(given.required("channel"))
    _need_scope(workspace, f"{_SCOPE_OF_KIND[channel.kind]}:{right}")
    if channel.kind != "channel" and BOT_USER not in channel.members:
        raise SlackError("channel_not_found")
    return channel


@_method("conversations.info")
def _conversations_info(workspace: Workspace, given: Arguments) -> Answer:
    return {"channel": channel_json(_readable(workspace, given, "read"))}


@_method("conversations.members")
def _conversations_members(workspace: Workspace, given: Arguments) -> Answer:
    members, cursor = _page(list(_readable(workspace, given, "read").members), given)
    return {"members": members, **cursor}


@_method("conversations.history")
def _conversations_history(workspace: Workspace, given: Arguments) -> Answer:
    channel = _readable(workspace, given, "history")
    roots = [m for m in workspace.messages(channel.id) if not m.is_reply]
    return _told_of(reversed(roots), given)


@_method("conversations.replies")
def _conversations_replies(workspace: Workspace, given: Arguments) -> Answer:
    channel = _readable(workspace, given, "history")
    thread = workspace.thread(channel.id, given.required("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    return _told_of(thread, given)


def _told_of(messages: Iterable[Message], given: Arguments) -> Answer:
    """A page of messages; with their metadata only where that is asked for."""
    with_metadata = given.flag("include_all_metadata")
    shown = (message if with_metadata else replace(message, metadata={}) for message in messages)
    page, cursor = _page([message_json(message) for message in shown], given)
    return {"messages": page, **cursor}


def _list_channels(workspace: Workspace, given: Arguments, user: str) -> Answer:
    """The channels of one person that the app may know, of the types asked for."""
    names = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
    kinds = [names.get(name.strip(), "") for name in given.text("types", "public_channel").split(",")]
    if "" in kinds:
        raise SlackError("invalid_types")
    for kind in kinds:
        _need_scope(workspace, f"{_SCOPE_OF_KIND[kind]}:read")
    found = [
        channel_json(channel)
        for channel in workspace.channels_of(user)
        if channel.kind in kinds and (channel.kind == "channel" or BOT_USER in channel.members)
    ]
    channels, cursor = _page(found, given)
    return {"channels": channels, **cursor}


@_method("conversations.list")
def _conversations_list(workspace: Workspace, given: Arguments) -> Answer:
    return _list_channels(workspace, given, BOT_USER)


@_method("users.conversations")
def _users_conversations(workspace: Workspace, given: Arguments) -> Answer:
    return _list_channels(workspace, given, workspace.user(given.text("user") or BOT_USER).id)


def _page(items: list[Any], given: Arguments) -> tuple[list[Any], Answer]:
    """One page of what was found, and the cursor to the next one."""
    start, limit = given.whole("cursor", 0), max(1, min(1000, given.whole("limit", 100)))
    is_more = start + limit < len(items)
    cursor = {"response_metadata": {"next_cursor": str(start + limit) if is_more else ""}}
    return items[start : start + limit], cursor


@_method("users.info", "users:read")
def _users_info(workspace: Workspace, given: Arguments) -> Answer:
    user = workspace.user(given.required("user"))
    return {"user": _user(workspace, user, given.flag("include_locale"))}


@_method("users.lookupByEmail", "users:read.email")
def _users_lookup_by_email(workspace: Workspace, given: Arguments) -> Answer:
    return {"user": _user(workspace, workspace.user_by_mail(given.required("email")), False)}


def _user(workspace: Workspace, user: User, with_locale: bool) -> Answer:
    may_see_mail = workspace.scopes is None or "users:read.email" in workspace.scopes
    return user_json(user, with_locale=with_locale, with_mail=may_see_mail)


def _view_of(given: Arguments) -> Any:
    """Raises SlackError view_too_large."""
    view = given.structure("view")
    if len(json.dumps(view)) > MAX_BYTES_OF_A_VIEW:
        raise SlackError("view_too_large")
    return view


@_method("views.open")
def _views_open(workspace: Workspace, given: Arguments) -> Answer:
    return {"view": view_json(workspace.open_view(given.required("trigger_id"), _view_of(given)))}


@_method("views.push")
def _views_push(workspace: Workspace, given: Arguments) -> Answer:
    return {"view": view_json(workspace.push_view(given.required("trigger_id"), _view_of(given)))}


@_method("views.update")
def _views_update(workspace: Workspace, given: Arguments) -> Answer:
    view = workspace.update_view(
        _view_of(given),
        view_id=given.text("view_id"),
        external_id=given.text("external_id"),
        hash=given.text("hash"),
    )
    return {"view": view_json(view)}


@_method("views.publish")
def _views_publish(workspace: Workspace, given: Arguments) -> Answer:
    view = workspace.publish_home(given.required("user_id"), _view_of(given), hash=given.text("hash"))
    return {"view": view_json(view)}


@_method("files.getUploadURLExternal", "files:write")
def _get_upload_url(workspace: Workspace, given: Arguments) -> Answer:
    file = workspace.expect_file(given.required("filename"), given.whole("length", 0))
    return {"upload_url": f"{given.text('_origin')}upload/{file.id}", "file_id": file.id}


@_method("files.completeUploadExternal", "files:write")
def _complete_upload(workspace: Workspace, given: Arguments) -> Answer:
    files = workspace.complete_files(given.structure("files") or [])
    if channel := given.text("channel_id") or given.text("channels"):
        workspace.post(
            channel,
            BOT_USER,
            given.text("initial_comment"),
            thread_ts=given.text("thread_ts"),
            files=[file.id for file in files],
        )
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


@_method("assistant.threads.setStatus", "assistant:write")
def _set_status(workspace: Workspace, given: Arguments) -> Answer:
    if len(given.structure("loading_messages") or []) > MAX_LOADING_MESSAGES:
        raise SlackError("invalid_arguments", "[ERROR] no more than 10 loading_messages")
    workspace.assist(given.required("channel_id"), given.required("thread_ts"), status=given.text("status"))
    return {}


@_method("assistant.threads.setSuggestedPrompts", "assistant:write")
def _set_suggested_prompts(workspace: Workspace, given: Arguments) -> Answer:
    prompts = given.structure("prompts") or []
    if not 1 <= len(prompts) <= MAX_PROMPTS or any({"title", "message"} - set(p) for p in prompts):
        raise SlackError("invalid_arguments", "[ERROR] 1 to 4 prompts, each with title and message")
    workspace.assist(
        given.required("channel_id"),
        given.text("thread_ts"),
        prompts=tuple(prompts),
        prompts_title=given.text("title"),
    )
    return {}


@_method("assistant.threads.setTitle", "assistant:write")
def _set_title(workspace: Workspace, given: Arguments) -> Answer:
    workspace.assist(given.required("channel_id"), given.required("thread_ts"), title=given.required("title"))
    return {}
