"""matchbot over Socket Mode: for workspaces that cannot reach this machine, behind a firewall."""

from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_app.bot import Bot
from slack_app.ending import told_to_end


def serve(bot: Bot, *, app_token: str) -> None:
    """Serves until it is told to end (Ctrl-C or SIGTERM), and ends in order."""
    ended = told_to_end()
    handler = SocketModeHandler(bot.app, app_token)
    bot.start()
    try:
        handler.connect()
        ended.wait()
    finally:
        handler.close()
        bot.stop()
