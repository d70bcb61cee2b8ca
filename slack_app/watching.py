"""What whoever watches over a running bot asks it over HTTP: whether it is well, and what it counts."""

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_app.bot import Bot
from slack_app.sharing import share_process


def watching(bot: Bot) -> list[Route]:
    """``/healthz``, and ``/metrics`` for Prometheus. They are of this machine's: Slack needs neither."""

    async def healthz(request: Request) -> Response:
        if bot.reception.is_revoked:
            return JSONResponse({"status": "revoked"}, status_code=503)
        return JSONResponse({"status": "ok"})

    async def metrics(request: Request) -> Response:
        told, content_type = await run_in_threadpool(
            bot.metrics.exposition, request.headers.get("accept", "")
        )
        return Response(told, headers={"content-type": content_type})

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


def serve(app: Starlette, *, host: str, port: int) -> None:
    """Serves until it is told to end (Ctrl-C or SIGTERM), and ends in order."""
    share_process()
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False)
