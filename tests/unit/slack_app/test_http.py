"""Slack's requests over HTTP: what is acknowledged, and when the work begins."""

import asyncio
from threading import Event
from types import SimpleNamespace
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from slack_app.http import EVENTS_PATH, asgi
from slack_app.lanes import Lanes


def test_no_work_begins_before_the_acknowledgement_is_on_its_way() -> None:
    lanes, begun, sent = Lanes(1), Event(), []

    def dispatch(asked: BoltRequest) -> BoltResponse:
        lanes.put("one", begun.set)
        return BoltResponse(status=200, body=asked.raw_body)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"what was done"}

    async def send(message: dict[str, Any]) -> None:
        sent.append((message.get("body"), begun.wait(0.03)))

    bot = SimpleNamespace(lanes=lanes, workspaces=None, app=SimpleNamespace(dispatch=dispatch))
    scope = {"type": "http", "method": "POST", "path": EVENTS_PATH, "query_string": b"", "headers": []}
    asyncio.run(asgi(bot)(scope, receive, send))
    assert sent == [(None, False), (b"what was done", False)]
    assert begun.wait(10)
    lanes.close()
