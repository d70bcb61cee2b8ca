"""matchbot over Socket Mode: for workspaces that cannot reach this machine, behind a firewall."""

import signal
from threading import Event
from types import FrameType

from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_app.bot import Bot


def serve(bot: Bot, *, app_token: str) -> None:
    """Serves until it is told to end (Ctrl-C or SIGTERM), and ends in order."""
    ended = Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    handler = SocketModeHandler(bot.app, app_token)
    bot.start()
    try:
        handler.connect()
        ended.wait()
    finally:
        handler.close()
        bot.stop()
