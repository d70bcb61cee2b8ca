"""The manifest that makes the app in Slack, in one paste."""

import json
from pathlib import Path
from typing import Any

_PLACEHOLDER = "https://YOUR-HOST"


def manifest(*, url: str = "", is_socket: bool = False) -> dict[str, Any]:
    """The manifest for an app that is reached at ``url``, or one that calls Slack itself (Socket Mode)."""
    text = (Path(__file__).parent / "manifest.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text.replace(_PLACEHOLDER, url.rstrip("/") or _PLACEHOLDER))
    if is_socket:
        told["settings"]["socket_mode_enabled"] = True
        del told["settings"]["event_subscriptions"]["request_url"]
        told["settings"]["interactivity"] = {"is_enabled": True}
        for command in told["features"]["slash_commands"]:
            del command["url"]
    return told
