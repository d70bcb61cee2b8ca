"""An app that does nothing but acknowledge, served as matchbot is: what of an acknowledgement is Bolt's."""

import sys
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from matchbot.config import SlackSettings
from slack_app.demo.server import SIGNING_SECRET
from slack_app.http import EVENTS_PATH, answered
from slack_app.sharing import share_process


def main() -> None:
    """Serves on the port that is given until it is ended."""
    app = App(
        signing_secret=SIGNING_SECRET,
        authorize=_nobody,
        listener_executor=ThreadPoolExecutor(SlackSettings().threads),
        process_before_response=True,
    )

    @app.event("message")
    def _message(ack: Ack) -> None:
        ack()

    async def slack(request: Request) -> Response:
        return await answered(request, app.dispatch)

    async def healthz(request: Request) -> Response:
        return Response("ok")

    routes = [Route(EVENTS_PATH, slack, methods=["POST"]), Route("/healthz", healthz)]
    share_process()
    uvicorn.run(
        Starlette(routes=routes), host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False
    )


def _nobody(enterprise_id: str | None = None, team_id: str | None = None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-nobody")


if __name__ == "__main__":
    main()
