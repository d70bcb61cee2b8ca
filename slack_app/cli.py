"""`matchbot slack`: matchbot in Slack, and what setting it up needs."""

import json

import click

from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, pass_shell


@click.group(cls=LocalisedGroup)
def slack() -> None:
    pass


@slack.command("manifest")
@click.option("--url", default="", metavar="URL")
@click.option("--socket", "is_socket", is_flag=True)
@pass_shell
def manifest(shell: Shell, url: str, is_socket: bool) -> None:
    from slack_app import manifest

    click.echo(json.dumps(manifest.manifest(url=url, is_socket=is_socket), ensure_ascii=False, indent=2))


@slack.command("serve")
@click.option("--host", metavar="ADDRESS")
@click.option("--port", type=click.IntRange(0, 65535))
@pass_shell
def serve(shell: Shell, host: str | None, port: int | None) -> None:
    settings = shell.settings.slack
    _require(shell, "BOT_TOKEN", settings.bot_token.get_secret_value())
    _require(shell, "SIGNING_SECRET", settings.signing_secret.get_secret_value())
    # Here, so that help does not wait for Bolt and the search engine.
    from slack_app import http
    from slack_app.bot import Bot

    host, port = host or settings.host, settings.port if port is None else port
    shell.note("slack-serving", host=host, port=str(port), path=http.EVENTS_PATH)
    http.serve(Bot(shell.settings), host=host, port=port)


@slack.command("socket")
@pass_shell
def socket(shell: Shell) -> None:
    settings = shell.settings.slack
    _require(shell, "BOT_TOKEN", settings.bot_token.get_secret_value())
    _require(shell, "APP_TOKEN", settings.app_token.get_secret_value())
    from slack_app import socket
    from slack_app.bot import Bot

    shell.note("slack-socket-mode")
    socket.serve(Bot(shell.settings), app_token=settings.app_token.get_secret_value())


def _require(shell: Shell, name: str, value: str) -> None:
    """Raises click's usage error, naming the variable that is missing."""
    if not value:
        raise click.UsageError(shell.texts("slack-not-configured", variable=f"MATCHBOT_SLACK_{name}"))
