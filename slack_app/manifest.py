"""The manifest that makes the app in Slack, in one paste."""

import json
from pathlib import Path
from typing import Any

CALLBACK_PATH = "/slack/oauth_redirect"
"""Where Slack sends back to who has let matchbot into their workspace."""
_PLACEHOLDER = "https://YOUR-HOST"


def manifest(*, url: str = "", is_socket: bool = False, is_several: bool = False) -> dict[str, Any]:
    """The manifest for an app that is reached at ``url``, or one that calls Slack itself (Socket Mode).

    ``is_several``: to be let into several workspaces, each from a page of ours.
    """
    text = (Path(__file__).parent / "manifest.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text.replace(_PLACEHOLDER, url.rstrip("/") or _PLACEHOLDER))
    if is_several:
        told["oauth_config"]["redirect_urls"] = [f"{url.rstrip('/') or _PLACEHOLDER}{CALLBACK_PATH}"]
    if is_socket:
        told["settings"]["socket_mode_enabled"] = True
        del told["settings"]["event_subscriptions"]["request_url"]
        told["settings"]["interactivity"] = {"is_enabled": True}
        for command in told["features"]["slash_commands"]:
            del command["url"]
    return told


def scopes() -> list[str]:
    """What the app asks to be let do."""
    return list(manifest()["oauth_config"]["scopes"]["bot"])
