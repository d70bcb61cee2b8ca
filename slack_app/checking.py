"""Whether Slack knows matchbot, and lets it do all that it does: the scopes of the manifest."""

from collections.abc import Iterator
from dataclasses import dataclass

from matchbot.config import Settings
from matchbot.doctor import Finding, Level
from slack_app.manifest import scopes
from slack_app.speaker import RefusedError, Speaker, UnreachableError, reason_of, web_client, workspaces_of
from slack_app.workspaces import INSTALLATIONS_FILE, OneLine


@dataclass(frozen=True, slots=True)
class Admission:
    """Where matchbot was let in, and the scopes that it lacks there."""

    team: str
    lacking: tuple[str, ...]


def admissions(settings: Settings) -> list[Admission]:
    """What Slack says of our token in each workspace. Raises UnreachableError, RefusedError."""
    workspaces = workspaces_of(settings)
    if workspaces:
        return [_admission(Speaker(workspaces), at) for at in workspaces.addresses()]
    slack = settings.slack
    return [_admission(Speaker(OneLine(web_client(slack.bot_token.get_secret_value(), slack.api_url))), "")]


def _admission(speaker: Speaker, at: str) -> Admission:
    needed, granted = set(scopes()), speaker.granted(at)
    lacking = needed - granted if granted is not None else set()
    return Admission(str(speaker.me(at).get("team", "")), tuple(sorted(lacking)))


def findings(settings: Settings) -> Iterator[Finding]:
    """For `matchbot doctor`: whether Slack is set up, and where it is, what Slack itself says of that."""
    slack = settings.slack
    is_bot, is_http, is_socket = (
        bool(secret.get_secret_value()) for secret in (slack.bot_token, slack.signing_secret, slack.app_token)
    )
    if slack.client_id and not (settings.home / INSTALLATIONS_FILE).exists():
        yield Finding(Level.NOTE, "slack-nobody")
    elif not (is_bot or is_http or is_socket):
        yield Finding(Level.NOTE, "no-slack")
    elif not (is_bot or slack.client_id):
        yield Finding(Level.FAULT, "no-bot-token")
    elif not (is_http or is_socket):
        yield Finding(Level.FAULT, "no-way-in")
    else:
        yield from _told_by(settings)


def _told_by(settings: Settings) -> Iterator[Finding]:
    try:
        found = admissions(settings)
    except (RefusedError, UnreachableError) as error:
        yield not_admitted(error)
    else:
        yield from map(admitted, found) if found else [Finding(Level.NOTE, "slack-nobody")]


def admitted(found: Admission) -> Finding:
    """That Slack let us in, and what it keeps from us."""
    if found.lacking:
        return Finding(Level.FAULT, "slack-lacking", {"team": found.team, "scopes": ", ".join(found.lacking)})
    return Finding(Level.OK, "slack", {"team": found.team})


def not_admitted(error: RefusedError | UnreachableError) -> Finding:
    """Why Slack did not let us in."""
    reason = reason_of(error)
    return Finding(Level.FAULT, "slack-refused" if reason else "slack-away", {"reason": reason})
