"""The page that shows the workspace: a few seats, each with what one person sees and can do in Slack.

The page asks for what its seats show and is answered as soon as that is something new; what is done on it
is done by `People`, so that the app is told of it as Slack tells it.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from slack_app.demo.delivery import Delivery
from slack_app.demo.people import People
from slack_app.demo.records import BOT_USER, Channel, Message, SlackError, User, View
from slack_app.demo.workspace import Workspace

Json = dict[str, Any]

_FILES = Path(__file__).parent / "page_files"
_NOTHING_FROM_OUTSIDE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}
_PATIENCE_S = 20.0
_LOOK_EVERY_S = 0.05
_NOT_TOLD = "not_acknowledged"


@dataclass(frozen=True)
class Seat:
    """One pane of the page, and who may sit there; the first of them does to begin with."""

    id: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """What the page shows: the seats, and the app's command and message shortcuts (callback id → name).

    `labels` are the page's own words, in `language`. `later` puts the clock on by so many days.
    """

    seats: Sequence[Seat]
    labels: Mapping[str, str]
    language: str = "ja"
    command: str = ""
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    later: Callable[[int], None] | None = None


class Page:
    """The page and what it asks for and does, as routes of a web application."""

    def __init__(self, workspace: Workspace, people: People, stage: Stage) -> None:
        self.workspace = workspace
        self.people = people
        self.stage = stage
        self._is_over = False
        self._doings: Mapping[str, Callable[[str, Json], Delivery | None]] = {
            "say": self._say,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": lambda by, given: people.open_home(by),
            "assistant": lambda by, given: people.open_assistant(by)[1],
        }

    def routes(self) -> list[Route]:
        return [
            Route("/", self._file),
            Route("/page/stage", self._stage),
            Route("/page/seats", self._seats),
            Route("/page/do", self._do, methods=["POST"]),
            Route("/page/later", self._later, methods=["POST"]),
            Route("/page/upload/{file}", self._upload),
            Route("/page/{name}", self._file),
        ]

    def end(self) -> None:
        """Let nobody wait for news any more."""
        self._is_over = True

    # --- what is shown ---

    async def _file(self, request: Request) -> Response:
        path = _FILES / request.path_params.get("name", "index.html")
        if path not in _FILES.iterdir():
            return Response(status_code=404)
        return FileResponse(path, headers=_NOTHING_FROM_OUTSIDE)

    async def _stage(self, request: Request) -> Response:
        told = asdict(self.stage) | {"later": self.stage.later is not None, "app": BOT_USER}
        users = {user.id: user.name for user in self.workspace.users()}
        return JSONResponse(told | {"users": users})

    async def _seats(self, request: Request) -> Response:
        """What each seat shows (``?firm=U1&…``), once it is another version than the one that was `seen`."""
        seen = int(request.query_params.get("seen", -1))
        deadline = time.monotonic() + _PATIENCE_S
        while self.workspace.version == seen and time.monotonic() < deadline and not self._is_over:
            await asyncio.sleep(_LOOK_EVERY_S)
        version = self.workspace.version
        seats = {
            seat.id: self._seat(seat, request.query_params.get(seat.id, seat.people[0]))
            for seat in self.stage.seats
        }
        return JSONResponse({"version": version, "now": self.workspace.now(), "seats": seats})

    async def _upload(self, request: Request) -> Response:
        try:
            file = self.workspace.file(request.path_params["file"])
        except SlackError:
            return Response(status_code=404)
        headers = {"Content-Disposition": "attachment"}
        return Response(file.content or b"", media_type="application/octet-stream", headers=headers)

    def _seat(self, seat: Seat, person: str) -> Json:
        user = self.workspace.user(person)
        home, modal = self.workspace.home(person), self.workspace.modal(person)
        return {
            "person": person,
            "news": {other: self._last_told(other) for other in seat.people},
            "channels": [self._channel(channel, user) for channel in self._channels(person)],
            "home": home and self._view(home),
            "modal": modal and self._view(modal),
        }

    def _channels(self, person: str) -> list[Channel]:
        """The DM with the app first, then groups, then what more people read."""
        order = ("im", "mpim", "private", "channel")
        self.workspace.dm(person)
        return sorted(self.workspace.channels_of(person), key=lambda channel: order.index(channel.kind))

    def _last_told(self, person: str) -> str:
        """When the app last wrote where this person reads it; "" if it never did."""
        told = (
            message.ts
            for channel in self.workspace.channels_of(person)
            if channel.kind != "channel"
            for message in self.workspace.messages(channel.id, seen_by=person)
            if message.user == BOT_USER
        )
        return max(told, default="")

    def _channel(self, channel: Channel, user: User) -> Json:
        messages = self.workspace.messages(channel.id, seen_by=user.id)
        others = [self.workspace.user(one).name for one in channel.members if one not in (user.id, BOT_USER)]
        return {
            "id": channel.id,
            "kind": channel.kind,
            "name": ", ".join(others) if channel.kind == "mpim" else channel.name,
            "messages": [self._message(message, user) for message in messages],
        }

    def _message(self, message: Message, user: User) -> Json:
        assistance = self.workspace.assistance(message.channel, message.ts)
        return {
            "ts": message.ts,
            "by": message.user,
            "text": message.text,
            "blocks": message.blocks,
            "thread": message.thread_ts if message.is_reply else "",
            "isPrivate": bool(message.only_for),
            "isEdited": message.is_edited,
            "isStreaming": message.is_streaming,
            "files": [{"id": id, "name": self.workspace.file(id).name} for id in message.files],
            "values": self.people.values(user.id, message),
            "status": assistance.status,
            "prompts": assistance.prompts,
        }

    def _view(self, view: View) -> Json:
        values = self.people.values(view.user, view)
        return {"id": view.id, **view.content, "hash": view.hash, "errors": view.errors, "values": values}

    # --- what is done ---

    async def _do(self, request: Request) -> Response:
        """One thing that a person does; ``{"error": …}`` where Slack or the app does not take it."""
        return JSONResponse(await run_in_threadpool(self._done, await request.json()))

    async def _later(self, request: Request) -> Response:
        if self.stage.later:
            await run_in_threadpool(self.stage.later, int((await request.json())["days"]))
        return JSONResponse({"now": self.workspace.now()})

    def _done(self, given: Json) -> Json:
        by = given["by"]
        try:
            if given["what"] == "options":
                place = self._place(given)
                return {"options": self.people.options(by, place, given["action"], given["query"])}
            delivery = self._doings[given["what"]](by, given)
        except SlackError as error:
            return {"error": error.code}
        except (LookupError, ValueError) as error:
            return {"error": str(error)}
        is_taken = delivery is None or not delivery.attempts or delivery.is_acknowledged
        return {} if is_taken else {"error": _NOT_TOLD}

    def _place(self, given: Json) -> Message | View:
        """The message, modal or home tab in which something is done. Raises SlackError."""
        if "ts" in given:
            return self.workspace.message(given["channel"], given["ts"])
        for view in (self.workspace.modal(given["by"]), self.workspace.home(given["by"])):
            if view and view.id == given["view"]:
                return view
        raise SlackError("not_found")

    def _modal(self, given: Json) -> View:
        """The modal on top, if it still is the one that somebody looks at. Raises SlackError."""
        modal = self.workspace.modal(given["by"])
        if modal is None or modal.id != given["view"]:
            raise SlackError("not_found")
        return modal

    def _say(self, by: str, given: Json) -> Delivery:
        channel, text, thread_ts = given["channel"], given["text"].strip(), given.get("thread", "")
        name, _, rest = text.partition(" ")
        if self.stage.command and name == self.stage.command:
            return self.people.command(by, name, rest.strip(), channel=channel)
        if name == f"@{self.workspace.user(BOT_USER).name}":
            return self.people.mention(channel, by, rest.strip(), thread_ts=thread_ts)[0]
        return self.people.say(channel, by, text, thread_ts=thread_ts)

    def _click(self, by: str, given: Json) -> Delivery:
        return self.people.click(
            by, self._place(given), given["action"], given.get("value"), entered=given.get("entered")
        )

    def _submit(self, by: str, given: Json) -> Delivery:
        return self.people.submit(by, self._modal(given), given["entered"])

    def _close(self, by: str, given: Json) -> Delivery | None:
        return self.people.close(by, self._modal(given))

    def _shortcut(self, by: str, given: Json) -> Delivery:
        message = self.workspace.message(given["channel"], given["ts"])
        return self.people.message_shortcut(by, message, given["shortcut"])
