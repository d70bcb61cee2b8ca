"""matchbot in a small Slack: the real bot, its ledger and its search, over the Web API of the demo, which
writes down what it is told. Everything that people do comes signed, as Slack signs it."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from corpus.records import (
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from matchbot.service import Service
from slack_app.bot import Bot
from slack_app.demo import web_api as demo
from slack_app.demo.faults import Faults, RateLimit
from slack_app.demo.records import HOME_TEAM, User
from slack_app.demo.serving import LocalServer
from slack_app.demo.workspace import Workspace

NEED = "真空蒸着の装置を探しています"
FIRM, GUEST, STAFF, COORDINATOR = "U0FIRM", "U0GUEST", "U0STAFF", "U0COORD"
MEMBERS = (
    MemberRow(row=1, id="m-1", role=Role.FIRM, organisations=("seed:firm-0",), slack_id=FIRM),
    MemberRow(row=2, id="k-1", role=Role.COORDINATOR, clusters=("krip",), slack_id=COORDINATOR),
    MemberRow(row=3, id="s-1", role=Role.STAFF, slack_id=STAFF),
)
SECRET, TOKEN, TEAM = "a-signing-secret", "xoxb-of-a-test", HOME_TEAM
PEOPLE = (FIRM, GUEST, STAFF, COORDINATOR)
_LISTS = ("blocks", "view", "users")
_OF_THE_PANEL = ("assistant.", "chat.startStream", "chat.stopStream")


class _Later:
    def now(self) -> datetime:
        return datetime(2099, 6, 1, tzinfo=UTC)


class WebApi(demo.WebApi):
    """The Web API of the demo, for people of this network. ``calls``: what it was told and took, in order."""

    def __init__(self) -> None:
        slack = Workspace(bot_token=TOKEN)
        super().__init__(slack, faults=Faults(), rate_limit=RateLimit(1_000, 1_000))
        self.refused: list[str] = []
        """What Slack had against what it was told."""
        self.has_panel = False
        self.locale = "ja-JP"
        for channel in ("C1", "COWN", "CSHARED"):
            slack.add_channel(channel.lower(), PEOPLE, is_shared=channel == "CSHARED", id=channel)
        for person in PEOPLE:
            slack.add_channel(person, [person], kind="im", id=f"D-{person}")
        self._server = LocalServer(Starlette(routes=self.routes()))
        self._server.start()

    @property
    def url(self) -> str:
        return f"{self._server.url}/api/"

    def close(self) -> None:
        self._server.stop()

    @property
    def locale(self) -> str:
        """The language of everybody's Slack."""
        return self._locale

    @locale.setter
    def locale(self, locale: str) -> None:
        self._locale = locale
        for person in PEOPLE:
            self.workspace.add_user(User(person, "花子", locale=locale))

    @property
    def is_down(self) -> bool:
        """Whether Slack answers nobody."""
        return self._is_down

    @is_down.setter
    def is_down(self, is_down: bool) -> None:
        self._is_down = is_down
        self._break()

    @property
    def has_panel(self) -> bool:
        """Whether Slack knows assistants: their threads, and answers that are streamed."""
        return self._has_panel

    @has_panel.setter
    def has_panel(self, has_panel: bool) -> None:
        self._has_panel, self._is_down = has_panel, False
        self._break()

    def _break(self) -> None:
        self.faults.clear()
        if self._is_down:
            self.faults.unavailable()
        for method in () if self._has_panel else _OF_THE_PANEL:
            self.faults.fail("unknown_method", f"{method}*")

    def _answer(self, request: Request, method: str, given: Mapping[str, Any]) -> Response:
        response = super()._answer(request, method, given)
        answer = json.loads(bytes(response.body))
        self.calls.pop()
        if not answer["ok"]:
            self.refused += answer.get("errors", ())
        else:
            read = {name: _read(value) if name in _LISTS else value for name, value in given.items()}
            posted = {"posted_ts": answer["ts"]} if method == "chat.postMessage" else {}
            self.calls.append((method, {**read, **posted}))
        return response

    def told(self, method: str) -> list[Any]:
        """The arguments of every call of a method that was taken."""
        return [arguments for name, arguments in self.calls if name == method]


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value


class Slack:
    """People in the workspace, and what they do."""

    def __init__(self, bot: Bot, api: WebApi) -> None:
        self.bot = bot
        self.api = api
        self._moments = count(1)

    def write(
        self, user: str, text: str, *, channel: str = "", event_id: str = "Ev1", **facts: object
    ) -> str:
        """Somebody writes; gives the ts. ``channel``: the DM, or one whose id begins with C."""
        channel = channel or f"D-{user}"
        ts = str(facts.pop("ts", f"{next(self._moments)}.5"))
        is_direct = channel.startswith("D")
        event = {
            "type": "message" if is_direct else "app_mention",
            "user": user,
            "text": text,
            "channel": channel,
            "ts": ts,
            **({"channel_type": "im"} if is_direct else {}),
            **facts,
        }
        body = {"type": "event_callback", "team_id": TEAM, "event": event, "event_id": event_id}
        assert self._send(json.dumps(body), "application/json").status == 200
        return ts

    def command(self, user: str, text: str, *, channel: str = "C1") -> None:
        """Somebody types `/matchbot TEXT` in a channel."""
        body = {
            "command": "/matchbot",
            "team_id": TEAM,
            "user_id": user,
            "channel_id": channel,
            "text": text,
            "trigger_id": self.api.workspace.new_trigger(user),
        }
        assert self._send(urlencode(body), "application/x-www-form-urlencoded").status == 200

    def press(self, user: str, message: dict[str, Any], action: str, place: int = 0) -> None:
        """Somebody presses a button of a message in their DM, the first of those alike."""
        self.click(user, elements(message, action)[place], message.get("posted_ts") or message["ts"])
        self.settle()

    def click(self, user: str, element: dict[str, Any], message_ts: str, chosen: str = "") -> None:
        """Somebody clicks on a button, or chooses from a menu, of a message in their DM."""
        action = {**element, "action_ts": f"{next(self._moments)}.9"}
        if chosen:
            action["selected_option"] = {"value": chosen}
        self._interact(
            user,
            {
                "type": "block_actions",
                "container": {"type": "message", "message_ts": message_ts, "channel_id": f"D-{user}"},
                "actions": [{"block_id": "b1", **action}],
            },
        )

    def press_in_view(self, user: str, view: dict[str, Any], action: str, chosen: str = "") -> None:
        """Somebody presses a button, or chooses from a menu, of a modal or of the home tab."""
        element = elements(view, action)[0]
        pressed = {**element, "block_id": "b1", "action_ts": f"{next(self._moments)}.9"}
        if chosen:
            pressed["selected_option"] = {"value": chosen}
        opened = self.api.workspace.modal(user) if view["type"] == "modal" else self.api.workspace.home(user)
        shown = {"id": opened.id if opened else "V1", "type": view["type"], "private_metadata": ""}
        container = {"type": "view", "view_id": shown["id"]}
        self._interact(
            user, {"type": "block_actions", "container": container, "view": shown, "actions": [pressed]}
        )
        self.settle()

    def open_home(self, user: str, tab: str = "home") -> dict[str, Any]:
        """Somebody opens the home tab, or another one; gives what the home tab shows."""
        moment = f"{next(self._moments)}"
        event = {
            "type": "app_home_opened",
            "user": user,
            "channel": f"D-{user}",
            "tab": tab,
            "event_ts": moment,
        }
        body = {"type": "event_callback", "team_id": TEAM, "event": event, "event_id": "Ev9"}
        assert self._send(json.dumps(body), "application/json").status == 200
        self.settle()
        return self.home() if tab == "home" else {}

    def open_panel(self, user: str) -> str:
        """Somebody opens a new thread in the side panel; gives its ts."""
        ts = f"{next(self._moments)}.1"
        thread = {"user_id": user, "channel_id": f"D-{user}", "thread_ts": ts, "context": {}}
        event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": ts}
        body = {"type": "event_callback", "team_id": TEAM, "event": event, "event_id": "Ev8"}
        assert self._send(json.dumps(body), "application/json").status == 200
        self.settle()
        return ts

    def home(self) -> dict[str, Any]:
        """The home tab that was shown last."""
        view: dict[str, Any] = self.api.told("views.publish")[-1]["view"]
        return view

    def type(self, user: str, action: str, typed: str) -> list[dict[str, Any]]:
        """Somebody types into a menu; gives what it offers."""
        body = {
            "type": "block_suggestion",
            "team": {"id": TEAM},
            "user": {"id": user},
            "action_id": action,
            "block_id": "b1",
            "value": typed,
        }
        answered = self._send(urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")
        offered: list[dict[str, Any]] = json.loads(answered.body)["options"]
        return offered

    def submit(self, user: str, view: dict[str, Any], values: dict[str, dict[str, Any]]) -> BoltResponse:
        """Somebody sends a modal; ``values``: by field, as Slack gives them."""
        state = {"values": {field: {field: given} for field, given in values.items()}}
        kept = {"id": f"V{next(self._moments)}", "state": state, **view}
        return self._interact(user, {"type": "view_submission", "view": kept})

    def remove_app(self) -> None:
        """The owner of the workspace removes the app from it."""
        event = {"type": "app_uninstalled"}
        body = {"type": "event_callback", "team_id": TEAM, "event": event, "event_id": "Ev7"}
        assert self._send(json.dumps(body), "application/json").status == 200

    def forged(self) -> BoltResponse:
        """A request that somebody else signed."""
        return self._send("{}", "application/json", secret="another-secret")

    def deliver(self) -> None:
        """What waits is sent: years later, so that it is due whatever day it is today."""
        desk = self.bot.service.desk
        desk._office = replace(desk._office, clock=_Later())
        self.bot.notifier.drain()

    def settle(self) -> None:
        """Wait until everything that was done is answered."""
        assert self.bot.lanes.is_idle(timeout_s=30)

    def _interact(self, user: str, facts: dict[str, Any]) -> BoltResponse:
        body = {
            "team": {"id": TEAM},
            "user": {"id": user},
            "trigger_id": self.api.workspace.new_trigger(user),
            **facts,
        }
        answered = self._send(urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")
        assert answered.status == 200
        return answered

    def _send(self, body: str, content_type: str, secret: str = SECRET) -> BoltResponse:
        stamp = str(int(time.time()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": str(signature),
        }
        return self.bot.app.dispatch(BoltRequest(body=body, headers=headers))


def settings_of(home: Path) -> Settings:
    """Those of a small network in a folder."""
    return Settings(home=home, encoder="none")


def furnish(
    home: Path,
    *,
    name: str = "北{}工業",
    can: str = "真空蒸着の装置を{}台もつ。",
    wants: str = "販路を広げたい。",
) -> None:
    """Six firms, a university and a masked firm in two clusters, indexed, with their people in a ledger.

    ``name`` and ``can``: what each is called and says of itself, around its number; ``wants``: what all
    look for.
    """
    source = Source("名簿" if "北" in name else "Register", date(2026, 4, 1))
    service = build_service(settings_of(home))
    service.clusters()

    def profile(number: int, *, kind: Kind = Kind.FIRM, is_masked: bool = False) -> Profile:
        id = f"seed:{'masked' if is_masked else kind}-{number}"
        organisation = Organisation(id, name.format(number), kind, source, is_masked=is_masked)
        prefecture = ("高知県", "北海道")[number % 2]
        organisation = replace(organisation, prefecture=prefecture)
        passage = Passage(f"{id}:1", id, PassageType.CAPABILITY, can.format(number), source)
        want = Passage(f"{id}:2", id, PassageType.NEED, wants, source)
        cluster, begin = ("krip", "hokkaido")[number % 2], datetime(2026, 4, 1, tzinfo=UTC)
        membership = Membership(id, cluster, MembershipRole.HOME, source.as_of, begin)
        return Profile(organisation, (passage, want), (membership,))

    others = [profile(7, kind=Kind.UNIVERSITY), profile(8, is_masked=True)]
    with service._open_registry() as registry:
        registry.put([*map(profile, range(6)), *others], recorded_at=datetime(2026, 4, 1, tzinfo=UTC))
    service.build_index(progress=lambda *_: None)
    desk = service.create_ledger(is_sample=False)
    for row in MEMBERS:
        desk.register_member(row, by=MATCHBOT, key=row.id)
    service.correspondence.close()


def asked(slack: Slack, user: str = FIRM, text: str = NEED) -> dict[str, Any]:
    """The answer to a message in somebody's DM."""
    slack.write(user, text)
    slack.settle()
    return slack.api.told("chat.postMessage")[-1]


def partners(answer: dict[str, Any]) -> list[str]:
    """Whom the cards of an answer offer to introduce."""
    return [each["value"] for each in elements(answer, "request")]


def purpose(chosen: str) -> dict[str, Any]:
    """A purpose chosen in a form."""
    return {"type": "static_select", "selected_option": {"value": chosen}}


def written(text: str) -> dict[str, Any]:
    """Something written into a form."""
    return {"type": "plain_text_input", "value": text}


def recorded(slack: Slack, type: str) -> list[Any]:
    """The events of a type."""
    with slack.bot.service.desk._office.ledger.read() as unit:
        return [each.event for each in unit.events.read_all() if each.type == type]


def elements(arguments: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """The buttons and menus of a message with this action_id, with or without a number."""
    rows = [block["elements"] for block in arguments["blocks"] if block["type"] == "actions"]
    rows += [[block["accessory"]] for block in arguments["blocks"] if "accessory" in block]
    return [each for row in rows for each in row if each["action_id"].partition("#")[0] == action]


@contextmanager
def in_slack(settings: Settings, service: Service) -> Iterator[Slack]:
    """The bot in its workspace, for as long as it is needed."""
    api = WebApi()
    slack = {
        "bot_token": TOKEN,
        "signing_secret": SECRET,
        "api_url": api.url,
        "own_channels": "COWN=x,CSHARED=x",
    }
    configured = Settings(home=settings.home, encoder=settings.encoder, slack=slack)
    bot = Bot(configured, service=service, pause_s=0.0, patience_s=60.0)
    try:
        yield Slack(bot, api)
        assert api.refused == []
    finally:
        bot.stop()
        api.close()
