"""matchbot over HTTP: the Bolt app behind an ASGI server, for workspaces that can reach this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt import BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_app.bot import Bot
from slack_app.watching import watching

EVENTS_PATH = "/slack/events"
"""Where Slack sends everything: events, clicks, forms, commands."""


def asgi(bot: Bot) -> Starlette:
    """The web application: Slack's requests, and what whoever watches over it asks. The bot is at work for as
    long as it is."""

    @asynccontextmanager
    async def at_work(app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(bot.start)
        yield
        await run_in_threadpool(bot.stop)

    async def slack(request: Request) -> Response:
        body = await request.body()
        bolt_request = BoltRequest(body=body.decode(), headers=dict(request.headers))
        # Bolt waits for the acknowledgement; meanwhile the loop takes the next request.
        with bot.lanes.held():
            answered = await run_in_threadpool(bot.app.dispatch, bolt_request)
        return Response(answered.body, status_code=answered.status, headers=answered.first_headers())

    return Starlette(routes=[Route(EVENTS_PATH, slack, methods=["POST"]), *watching(bot)], lifespan=at_work)
