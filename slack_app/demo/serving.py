"""A web application served on the loopback address, in a thread that can be stopped and started again."""

import socket
import threading

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
START_TIMEOUT_S = 10.0


class LocalServer:
    """Serves one application on 127.0.0.1. Port 0 takes a free one, which it keeps when started again."""

    def __init__(self, app: ASGIApp, *, port: int = 0) -> None:
        self.app = app
        self.port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Returns when it answers. Raises OSError where the port is taken."""
        listener = socket.create_server((HOST, self.port), backlog=1024)
        self.port = listener.getsockname()[1]
        self._server = uvicorn.Server(
            uvicorn.Config(
                self.app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name=f"serving-{self.port}", daemon=True
        )
        self._thread.start()
        deadline = threading.Event()
        for _ in range(int(START_TIMEOUT_S / 0.01)):
            if self._server.started:
                return
            deadline.wait(0.01)
        raise TimeoutError("the local server did not start")

    def stop(self) -> None:
        """Returns when nothing listens any more: further connections are refused."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
            self._server = self._thread = None
