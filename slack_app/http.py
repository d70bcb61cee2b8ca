"""matchbot over HTTP: the Bolt app behind an ASGI server, for workspaces that can reach this machine."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

from slack_bolt import BoltRequest, BoltResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from slack_app.bot import Bot
from slack_app.manifest import CALLBACK_PATH
from slack_app.watching import watching
from slack_app.workspaces import INSTALL_PATH, Workspaces

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

    routes = [
        Route(EVENTS_PATH, _Acknowledging(bot), methods=["POST"]),
        *_installing(bot.workspaces),
        *watching(bot),
    ]
    return Starlette(routes=routes, lifespan=at_work)


class _Acknowledging:
    """Slack's requests, each acknowledged before the work that it brought begins: until the answer is on its
    way, not only until it is made."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._bot.lanes.held():
            # Bolt waits for the acknowledgement; meanwhile the loop takes the next request.
            response = await answered(Request(scope, receive), self._bot.app.dispatch)
            await response(scope, receive, send)


def _installing(workspaces: Workspaces | None) -> Iterator[Route]:
    """Where a workspace lets us in; nowhere where there is but one."""
    if workspaces is None:
        return
    flow = workspaces.flow

    async def install(request: Request) -> Response:
        return await answered(request, flow.handle_installation)

    async def installed(request: Request) -> Response:
        return await answered(request, flow.handle_callback)

    yield Route(INSTALL_PATH, install)
    yield Route(CALLBACK_PATH, installed)


async def answered(request: Request, answer: Callable[[BoltRequest], BoltResponse]) -> Response:
    """What Bolt answers to a request."""
    body = (await request.body()).decode()
    asked = BoltRequest(body=body, query=request.url.query, headers=dict(request.headers))
    told = await run_in_threadpool(answer, asked)
    return Response(told.body, status_code=told.status, headers=told.first_headers())
