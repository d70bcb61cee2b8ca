"""The demo's Slack as a whole: state, Web API, people and page on one local port."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from starlette.applications import Starlette

from slack_app.demo.delivery import Courier
from slack_app.demo.faults import Faults, RateLimit
from slack_app.demo.page import Page, Stage
from slack_app.demo.people import People
from slack_app.demo.serving import LocalServer
from slack_app.demo.web_api import WebApi
from slack_app.demo.workspace import Workspace

SIGNING_SECRET = "signing-secret-of-the-demo"


class DemoServer:
    """A Slack on 127.0.0.1 for one app: ``with DemoServer() as slack: …``.

    The app gets `api_url`, the workspace's `bot_token` and `signing_secret`; where it listens itself is told
    with `app_url`, once it is known. `clock_factor` is the courier's, `events` are the people's.
    With a `stage` there is a page at `url`, on which people are played.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        workspace: Workspace | None = None,
        rate_limit: RateLimit | None = None,
        clock_factor: float | None = 1.0,
        events: Iterable[str] | None = None,
        stage: Stage | None = None,
    ) -> None:
        self.signing_secret = SIGNING_SECRET
        self.workspace = workspace or Workspace()
        self.faults = Faults()
        self.courier = Courier("", SIGNING_SECRET, clock_factor=clock_factor)
        self.people = People(self.workspace, self.courier, "", events=events)
        self.api = WebApi(self.workspace, faults=self.faults, rate_limit=rate_limit or RateLimit())
        self._page = Page(self.workspace, self.people, stage) if stage else None
        routes = [*self.api.routes(), *(self._page.routes() if self._page else ())]
        self._server = LocalServer(Starlette(routes=routes), port=port)

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def api_url(self) -> str:
        """What the app takes for ``https://slack.com/api/``."""
        return f"{self.url}/api/"

    @property
    def app_url(self) -> str:
        return self.courier.app_url

    @app_url.setter
    def app_url(self, app_url: str) -> None:
        self.courier.app_url = app_url

    def start(self) -> None:
        self._server.start()
        self.people.origin = self.url

    def stop(self) -> None:
        if self._page:
            self._page.end()
        self.disconnect()
        self.courier.close()

    def disconnect(self) -> None:
        """Refuse every connection from now on; the workspace stays as it is."""
        self._server.stop()

    def reconnect(self) -> None:
        """Listen again, on the same port."""
        self._server.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
