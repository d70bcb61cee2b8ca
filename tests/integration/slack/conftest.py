"""A Slack of our own, and a tiny Bolt app that answers in it: over real HTTP, with real signatures."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_app.demo.faults import RateLimit
from slack_app.demo.records import User
from slack_app.demo.server import DemoServer
from slack_app.demo.serving import LocalServer

FIRM = User("U0FIRM", "堀 直子", mail="hori@example.com")
COUNTERPART = User("U0OTHER", "Ann Reed", locale="en-US", tz="Europe/London", tz_offset_s=0)
STRANGER = User("U0STRANGER", "Kim", team="T0ELSEWHERE")


def plain(text):
    return {"type": "plain_text", "text": text}


def button(text, action_id, value="1"):
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value}


def option(text, value):
    return {"text": plain(text), "value": value}


FORM = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "case-7",
    "title": plain("紹介を希望"),
    "submit": plain("送信"),
    "close": plain("閉じる"),
    "blocks": [
        {
            "type": "input",
            "block_id": "purpose",
            "label": plain("目的"),
            "element": {"type": "plain_text_input", "action_id": "purpose", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "scope",
            "label": plain("公開範囲"),
            "element": {
                "type": "radio_buttons",
                "action_id": "scope",
                "options": [option("社名を出す", "open"), option("出さない", "masked")],
                "initial_option": option("出さない", "masked"),
            },
        },
    ],
}


@dataclass
class TinyApp:
    """What the app heard, so that a test can compare it with what was done."""

    app: App
    events: list[dict] = field(default_factory=list)
    submissions: list[dict] = field(default_factory=list)
    actions: list[dict] = field(default_factory=list)

    def endpoint(self) -> Starlette:
        async def receive(request: Request) -> Response:
            bolt_request = to_bolt_request(request, await request.body())
            return to_starlette_response(await run_in_threadpool(self.app.dispatch, bolt_request))

        return Starlette(routes=[Route("/slack/events", receive, methods=["POST"])])


def tiny_app(slack: DemoServer, *, signing_secret: str = "") -> TinyApp:
    client = WebClient(token=slack.workspace.bot_token, base_url=slack.api_url, timeout=5)
    app = App(
        client=client,
        signing_secret=signing_secret or slack.signing_secret,
        raise_error_for_unhandled_request=False,
    )
    tiny = TinyApp(app)

    @app.event("message")
    def answer(event, say):
        tiny.events.append(event)
        if event.get("channel_type") != "im" or "subtype" in event:
            return
        say(
            text="どうぞ",
            blocks=[{"type": "actions", "elements": [button("紹介を希望", "open"), button("確認", "tick")]}],
        )

    @app.event("app_mention")
    def mentioned(event, say):
        tiny.events.append(event)
        say(text="DMで回答しました", thread_ts=event["ts"])

    @app.event("app_home_opened")
    def home(event, client):
        blocks = [{"type": "header", "text": plain("案件")}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("assistant_thread_started")
    def started(event, client):
        thread = event["assistant_thread"]
        client.assistant_threads_setSuggestedPrompts(
            channel_id=thread["channel_id"],
            thread_ts=thread["thread_ts"],
            prompts=[{"title": "例", "message": "検査装置を探しています"}],
        )

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    def revoked(event):
        tiny.events.append(event)

    @app.action("open")
    def open_form(ack, body, client):
        ack()
        tiny.actions.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.action("tick")
    def tick(ack, body, respond):
        ack()
        tiny.actions.append(body)
        respond(text="済み", blocks=[], replace_original=True)

    @app.action("topic")
    def topic(ack, body):
        ack()
        tiny.actions.append(body)

    @app.options("organisation")
    def organisations(ack, payload):
        names = [name for name in ("北海道バイオ", "関西精機") if payload["value"] in name]
        ack(options=[option(name, name) for name in names])

    @app.view("form")
    def submitted(ack, body):
        tiny.submissions.append(body)
        if body["view"]["state"]["values"]["purpose"]["purpose"]["value"] == "?":
            ack(response_action="errors", errors={"purpose": "もう少し詳しく"})
        else:
            ack()

    @app.command("/matchbot")
    def command(ack, command):
        ack(f"{command['text']}: 承りました")

    @app.shortcut("find-partner")
    def shortcut(ack, shortcut, client):
        ack()
        client.chat_postMessage(channel=shortcut["user"]["id"], text=shortcut["message"]["text"])

    return tiny


@pytest.fixture
def tiny_app_of():
    """Makes the tiny app of another Slack."""
    return tiny_app


@pytest.fixture
def slack() -> Iterator[DemoServer]:
    with DemoServer(clock_factor=0.0001, rate_limit=RateLimit(burst=1000)) as slack:
        for user in (FIRM, COUNTERPART, STRANGER):
            slack.workspace.add_user(user)
        yield slack


@pytest.fixture
def tiny(slack) -> Iterator[TinyApp]:
    tiny = tiny_app(slack)
    server = LocalServer(tiny.endpoint())
    server.start()
    slack.app_url = f"{server.url}/slack/events"
    yield tiny
    server.stop()


@pytest.fixture
def client(slack) -> WebClient:
    return WebClient(token=slack.workspace.bot_token, base_url=slack.api_url, timeout=5)
