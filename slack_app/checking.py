"""Whether Slack knows matchbot, and lets it do all that it does: the scopes of the manifest."""

from dataclasses import dataclass

from slack_app.manifest import manifest
from slack_app.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Admission:
    """Where matchbot was let in, and the scopes that it lacks there."""

    team: str
    lacking: tuple[str, ...]


def admission(speaker: Speaker) -> Admission:
    """What Slack says of our token. Raises UnreachableError, RefusedError."""
    needed, granted = set(manifest()["oauth_config"]["scopes"]["bot"]), speaker.granted()
    lacking = needed - granted if granted is not None else set()
    return Admission(str(speaker.me().get("team", "")), tuple(sorted(lacking)))
