"""The workspaces that let matchbot in: where several do, each has a token of its own.

Slack's ids are told apart by workspace then: ``U01@T02`` is U01 of the workspace T02. What has no ``@`` is of
the first workspace, in which everything stays as it is when others come.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Bot as Installed
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlite3 import SQLite3InstallationStore
from slack_sdk.oauth.state_store.sqlite3 import SQLite3OAuthStateStore

from matchbot.config import SlackSettings
from slack_app.manifest import CALLBACK_PATH, scopes

INSTALL_PATH = "/slack/install"
"""Where whoever is to let matchbot into their workspace begins."""
INSTALLATIONS_FILE = "installations.db"
_STATE_LIFE_S = 600

Connecting = Callable[[str], WebClient]
"""A client for a token."""


class Lines(Protocol):
    """How each workspace is reached."""

    is_several: bool
    """Whether there may be more than one, of which one can be away alone."""

    def client(self, address: str) -> WebClient | None:
        """For the workspace of a person, a channel or a trigger; None where it does not let us in."""
        ...


class OneLine:
    """The one workspace that there is."""

    is_several = False

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def client(self, address: str) -> WebClient:
        """The same for everybody."""
        return self._client


class Workspaces:
    """Every workspace that let us in, on file. Serves any number of threads."""

    is_several = True

    def __init__(self, home: Path, slack: SlackSettings, connect: Connecting) -> None:
        """``home``: the folder of the file, which only its owner can read: tokens are in it."""
        home.mkdir(parents=True, exist_ok=True)
        file = home / INSTALLATIONS_FILE
        file.touch(mode=0o600)
        self._first = slack.first_team
        self._connect = connect
        self._clients: dict[str, WebClient] = {}
        self._store = _ByTeam(database=str(file), client_id=slack.client_id)
        self._store.init()  # type: ignore[no-untyped-call]
        states = SQLite3OAuthStateStore(database=str(file), expiration_seconds=_STATE_LIFE_S)
        states.init()
        settings = OAuthSettings(
            client_id=slack.client_id,
            client_secret=slack.client_secret.get_secret_value(),
            scopes=scopes(),
            install_path=INSTALL_PATH,
            redirect_uri_path=CALLBACK_PATH,
            installation_store=self._store,
            installation_store_bot_only=True,
            state_store=states,
        )
        self.flow = OAuthFlow(client=connect(""), settings=settings)
        """How a workspace lets us in, in a browser."""

    def address(self, id: str, team: str) -> str:
        """By what a person or channel of a workspace is known everywhere in matchbot."""
        return f"{id}@{team}" if id and team and team != self._first else id

    def client(self, address: str) -> WebClient | None:
        """For the workspace of a person, a channel or a trigger; None where it does not let us in."""
        installed = self._installed(team_of(address) or self._first)
        token = installed.bot_token if installed else ""
        if not token:
            return None
        if token not in self._clients:
            self._clients[token] = self._connect(token)
        return self._clients[token]

    def authorize(
        self, enterprise_id: str | None = None, team_id: str | None = None
    ) -> AuthorizeResult | None:
        """Who we are in a workspace; None where it does not let us in."""
        installed = self._installed(team_id or "")
        if installed is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=installed.bot_token,
            bot_id=installed.bot_id,
            bot_user_id=installed.bot_user_id,
        )

    def addresses(self) -> list[str]:
        """Of every workspace that lets us in, something to reach it by."""
        with closing(self._store.connect()) as connection:
            rows = connection.execute("SELECT DISTINCT team_id FROM slack_bots ORDER BY team_id").fetchall()
        return [f"@{team}" for (team,) in rows]

    def forget(self, team: str) -> None:
        """A workspace does not let us in any more: its token is gone."""
        self._store.delete_all(enterprise_id=None, team_id=team)

    # Within

    def _installed(self, team: str) -> Installed | None:
        return self._store.find_bot(enterprise_id=None, team_id=team)


class _ByTeam(SQLite3InstallationStore):
    """Knows a workspace by its id alone, also one of an enterprise; what is deleted is gone from the disk."""

    def connect(self) -> Connection:
        connection = super().connect()
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def save(self, installation: Installation) -> None:
        installation.enterprise_id = None
        super().save(installation)


def local(address: str) -> str:
    """The id that Slack knows.

    >>> local("U01@T02"), local("U01")
    ('U01', 'U01')
    """
    return address.partition("@")[0]


def team_of(address: str) -> str:
    """The workspace, "" for the first one.

    >>> team_of("U01@T02"), team_of("U01")
    ('T02', '')
    """
    return address.partition("@")[2]


def beside(id: str, address: str) -> str:
    """The address of what is in the same workspace.

    >>> beside("D05", "U01@T02"), beside("D05", "U01")
    ('D05@T02', 'D05')
    """
    team = team_of(address)
    return f"{id}@{team}" if team else id
