"""matchbot over Socket Mode: for workspaces that cannot reach this machine, behind a firewall."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode import SocketModeHandler
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from slack_app.bot import Bot
from slack_app.watching import watching


def asgi(bot: Bot, *, app_token: str) -> Starlette:
    """The web application for whoever watches over the bot: Slack is reached from here, and comes in by that.
    The bot is at work for as long as it is."""
    handler = SocketModeHandler(bot.app, app_token)

    @asynccontextmanager
    async def at_work(app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(bot.start)
        await run_in_threadpool(handler.connect)
        yield
        await run_in_threadpool(handler.close)
        await run_in_threadpool(bot.stop)

    return Starlette(routes=watching(bot), lifespan=at_work)
