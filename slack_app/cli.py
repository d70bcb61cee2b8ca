"""`matchbot slack`: matchbot in Slack, and what setting it up needs."""

import json
import os
import sys
import webbrowser
from contextlib import ExitStack

import click

from matchbot.cli.doctor import AMISS, in_words
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, json_option, pass_shell
from matchbot.logs import log_in_json

_UNAVAILABLE = 69
"""The exit code where Slack does not let us in (after BSD's sysexits)."""


@click.group(cls=LocalisedGroup)
def slack() -> None:
    pass


@slack.command("manifest")
@click.option("--url", default="", metavar="URL")
@click.option("--socket", "is_socket", is_flag=True)
@click.option("--several", "is_several", is_flag=True)
@pass_shell
def manifest(shell: Shell, url: str, is_socket: bool, is_several: bool) -> None:
    from slack_app import manifest

    if is_socket and is_several:
        raise click.UsageError(shell.texts("slack-several-needs-http"))
    told = manifest.manifest(url=url, is_socket=is_socket, is_several=is_several)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


host_option = click.option("--host", metavar="ADDRESS")
port_option = click.option("--port", type=click.IntRange(0, 65535))


@slack.command("serve")
@host_option
@port_option
@pass_shell
def serve(shell: Shell, host: str | None, port: int | None) -> None:
    settings = shell.settings.slack
    if settings.client_id:
        _require(shell, "CLIENT_SECRET", settings.client_secret.get_secret_value())
    else:
        _require(shell, "BOT_TOKEN", settings.bot_token.get_secret_value())
    _require(shell, "SIGNING_SECRET", settings.signing_secret.get_secret_value())
    # Here, so that help does not wait for Bolt and the search engine.
    from slack_app.bot import Bot
    from slack_app.http import EVENTS_PATH, asgi
    from slack_app.watching import serve

    host, port = _address(shell, host, port)
    shell.note("slack-serving", host=host, port=str(port), path=EVENTS_PATH)
    log_in_json()
    serve(asgi(Bot(shell.settings)), host=host, port=port)


@slack.command("socket")
@host_option
@port_option
@pass_shell
def socket(shell: Shell, host: str | None, port: int | None) -> None:
    settings = shell.settings.slack
    if settings.client_id:
        raise click.UsageError(shell.texts("slack-several-needs-http"))
    _require(shell, "BOT_TOKEN", settings.bot_token.get_secret_value())
    _require(shell, "APP_TOKEN", settings.app_token.get_secret_value())
    from slack_app.bot import Bot
    from slack_app.socket import asgi
    from slack_app.watching import serve

    host, port = _address(shell, host, port)
    shell.note("slack-socket-mode", host=host, port=str(port))
    log_in_json()
    serve(asgi(Bot(shell.settings), app_token=settings.app_token.get_secret_value()), host=host, port=port)


@slack.command("check")
@json_option
@pass_shell
def check(shell: Shell, as_json: bool) -> None:
    settings = shell.settings.slack
    if not settings.client_id:
        _require(shell, "BOT_TOKEN", settings.bot_token.get_secret_value())
    from slack_app.checking import admissions, admitted, not_admitted
    from slack_app.speaker import RefusedError, UnreachableError

    def show(shell: Shell, found: object) -> None:
        for each in told:
            click.echo(in_words(admitted(each), shell.texts))

    try:
        told = admissions(shell.settings)
    except (RefusedError, UnreachableError) as error:
        click.echo(in_words(not_admitted(error), shell.texts), err=True)
        sys.exit(_UNAVAILABLE)
    # Of the one workspace there is, as ever, without a list around it.
    shell.answer(told if settings.client_id else told[0], show, as_json=as_json)
    if any(each.lacking for each in told):
        sys.exit(AMISS)


@slack.command("demo")
@click.option("--port", type=click.IntRange(0, 65535), default=0)
@click.option("--sample-scale", type=click.FloatRange(min=0), default=0.05, show_default=True)
@click.option("--open/--no-open", "is_opened", default=True)
@pass_shell
def demo(shell: Shell, port: int, sample_scale: float, is_opened: bool) -> None:
    from slack_app.demonstration import demonstration
    from slack_app.ending import told_to_end

    with ExitStack() as stack:
        with shell.progress() as progress:
            shown = demonstration(shell.settings, port=port, sample_scale=sample_scale, progress=progress)
            url = stack.enter_context(shown).url
        ended = told_to_end()
        shell.note("slack-demo-serving", url=url)
        if is_opened and _has_screen():
            webbrowser.open(url)
        ended.wait()


def _address(shell: Shell, host: str | None, port: int | None) -> tuple[str, int]:
    """Where is listened: as the settings say, where the command does not."""
    slack = shell.settings.slack
    return host or slack.host, slack.port if port is None else port


def _has_screen() -> bool:
    """Whether a browser would have a window: where there is none, one might open in this terminal."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _require(shell: Shell, name: str, value: str) -> None:
    """Raises click's usage error, naming the variable that is missing."""
    if not value:
        raise click.UsageError(shell.texts("slack-not-configured", variable=f"MATCHBOT_SLACK_{name}"))
