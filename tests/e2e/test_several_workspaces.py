"""One bot in two workspaces, whose people have the same ids: installed through Slack's OAuth flow in each."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.doctor import Level
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from slack_app.bot import Bot
from slack_app.checking import findings
from slack_app.demo.delivery import Delivery
from slack_app.demo.faults import RateLimit
from slack_app.demo.records import APP, BOT_USER, HOME_TEAM, Message, User
from slack_app.demo.server import SIGNING_SECRET, DemoServer
from slack_app.demo.serving import LocalServer
from slack_app.demo.workspace import Workspace
from slack_app.http import EVENTS_PATH, asgi
from slack_app.manifest import CALLBACK_PATH
from slack_app.workspaces import INSTALL_PATH, INSTALLATIONS_FILE
from slack_workplace import BEGIN, LETTER, NEED, OURS, THEIRS, SetClock, button, buttons, contacts, profiles

FIRST, SECOND = HOME_TEAM, "T0SECOND"
PERSON, COORDINATOR = "U0PERSON", "U0COORD"
"""Each workspace has somebody with either id; they have nothing to do with each other."""
MEMBERS = (
    MemberRow(row=1, id="m-ours", role=Role.FIRM, organisations=(OURS,), slack_id=PERSON),
    MemberRow(row=2, id="m-theirs", role=Role.FIRM, organisations=(THEIRS,), slack_id=f"{PERSON}@{SECOND}"),
    MemberRow(row=3, id="k-first", role=Role.COORDINATOR, clusters=("krip",), slack_id=COORDINATOR),
    MemberRow(
        row=4,
        id="k-second",
        role=Role.COORDINATOR,
        clusters=("hokkaido",),
        slack_id=f"{COORDINATOR}@{SECOND}",
    ),
)


class Teams:
    """Slack with two workspaces, and the bot that serves both."""

    def __init__(self, home: Path) -> None:
        self.clock = SetClock()
        self.home = home
        self.servers = {team: _server(team) for team in (FIRST, SECOND)}
        self._front = LocalServer(Starlette(routes=[Route("/api/{method}", self._call, methods=["POST"])]))
        self._front.start()
        slack = {
            "client_id": "client-of-a-test",
            "client_secret": "secret-of-a-test",
            "first_team": FIRST,
            "signing_secret": SIGNING_SECRET,
            "api_url": f"{self._front.url}/api/",
        }
        self.settings = settings = Settings(home=home, encoder="none", slack=slack)
        self.service = build_service(settings, clock=self.clock)
        self.service.clusters()
        with self.service._open_registry() as registry:
            registry.put(profiles(), contacts=contacts(), recorded_at=BEGIN)
        self.service.build_index(progress=lambda *_: None)
        desk = self.service.create_ledger(is_sample=False)
        for row in MEMBERS:
            desk.register_member(row, by=MATCHBOT, key=row.id)
        self.bot = Bot(settings, service=self.service, clock=self.clock, pause_s=0.0, patience_s=60.0)
        self._web = LocalServer(asgi(self.bot))
        self._web.start()
        for server in self.servers.values():
            server.app_url = f"{self._web.url}{EVENTS_PATH}"

    def end(self) -> None:
        self._web.stop()
        self._front.stop()
        for server in self.servers.values():
            server.courier.close()
        self.service.correspondence.close()

    async def _call(self, request: Request) -> Response:
        """To the workspace of the token; or the token, to who comes from letting us in."""
        given = urllib.parse.parse_qs((await request.body()).decode())
        if request.path_params["method"] == "oauth.v2.access":
            return self._let_in(given["code"][0])
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        return await _by_token(self.servers, token).api._call(request)

    def _let_in(self, team: str) -> Response:
        workspace = self.servers[team].workspace
        return JSONResponse(
            {
                "ok": True,
                "app_id": APP,
                "access_token": workspace.bot_token,
                "bot_user_id": BOT_USER,
                "scope": "chat:write",
                "team": {"id": team, "name": team},
                "enterprise": {"id": "E0WHOLE"},
                "authed_user": {"id": COORDINATOR},
            }
        )

    def install(self, team: str, *, state: str = "") -> int:
        """Somebody lets matchbot into their workspace, in a browser; gives the status of the last page."""
        with urllib.request.urlopen(self._web.url + INSTALL_PATH) as page:
            cookie = page.headers["set-cookie"].partition(";")[0]
        query = urllib.parse.urlencode({"code": team, "state": state or cookie.partition("=")[2]})
        back = urllib.request.Request(f"{self._web.url}{CALLBACK_PATH}?{query}", headers={"cookie": cookie})
        try:
            with urllib.request.urlopen(back) as page:
                return int(page.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def settle(self) -> None:
        assert self.bot.lanes.is_idle(timeout_s=120)
        assert self.bot.tend()
        assert self.bot.lanes.is_idle(timeout_s=120)

    def write(self, team: str, text: str) -> Message:
        self.servers[team].people.dm(PERSON, text)
        self.settle()
        return self.inbox(team)[-1]

    def click(self, team: str, user: str, action: str) -> None:
        """On the latest message that offers it."""
        card = next(m for m in reversed(self.inbox(team, user)) if action in buttons(m))
        self.servers[team].people.click(user, card, str(button(card, action)["action_id"]))
        self.settle()

    def fill(self, team: str, user: str, **entered: str) -> None:
        view = self.servers[team].workspace.modal(user)
        assert view is not None
        self.servers[team].people.submit(user, view, entered)
        self.settle()

    def inbox(self, team: str, user: str = PERSON) -> list[Message]:
        workspace = self.servers[team].workspace
        return [m for m in workspace.messages(workspace.dm(user).id) if m.user == BOT_USER]

    def asked(self) -> None:
        """The person of the first workspace has asked for that of the second, and is let through."""
        card = self.write(FIRST, NEED)
        elements = (e for b in card.blocks if b["type"] == "actions" for e in b["elements"])
        wanted = next(e for e in elements if e["action_id"].startswith("request") and e["value"] == THEIRS)
        self.servers[FIRST].people.click(PERSON, card, wanted["action_id"])
        self.settle()
        self.fill(FIRST, PERSON, purpose="research", text="試作をご一緒したい")
        self.click(FIRST, COORDINATOR, "approve")


def _server(team: str) -> DemoServer:
    began = time.time()
    workspace = Workspace(bot_token=f"xoxb-of-{team}", clock=lambda: began + (time.time() - began) / 20)
    for user in (PERSON, COORDINATOR):
        workspace.add_user(User(user, f"{user} of {team}"))
    server = DemoServer(workspace=workspace, rate_limit=RateLimit(1_000, 1_000), clock_factor=0.001)
    server.courier.patience_s = 60.0
    deliver = server.courier.deliver

    def of_team(delivery: Delivery) -> Delivery:
        told = json.dumps(delivery.payload).replace(HOME_TEAM, team)
        return deliver(replace(delivery, payload=json.loads(told)))

    server.courier.deliver = of_team
    return server


def _by_token(servers: dict[str, DemoServer], token: str) -> DemoServer:
    """Of the second workspace where it is nobody's: that refuses it."""
    found = (server for server in servers.values() if server.workspace.bot_token == token)
    return next(found, servers[SECOND])


@pytest.fixture
def teams(tmp_path: Path) -> Iterator[Teams]:
    teams = Teams(tmp_path / "home")
    try:
        yield teams
    finally:
        teams.end()


@pytest.fixture
def installed(teams: Teams) -> Teams:
    assert [teams.install(team) for team in (FIRST, SECOND)] == [200, 200]
    return teams


def test_each_person_is_answered_in_their_own_workspace(installed: Teams) -> None:
    for team, other, partner in ((FIRST, SECOND, THEIRS), (SECOND, FIRST, OURS)):
        n_elsewhere = len(installed.inbox(other))
        card = installed.write(team, NEED)
        assert partner in str(card.blocks)
        assert len(installed.inbox(other)) == n_elsewhere


def test_people_of_two_workspaces_are_asked_and_answer_each_in_theirs(installed: Teams) -> None:
    installed.asked()
    (asked,) = installed.inbox(SECOND)
    assert "北0工業" in asked.shown
    installed.click(SECOND, PERSON, "consent")
    assert (
        "「会ってみる」と回答済み"
        in installed.servers[SECOND].workspace.message(asked.channel, asked.ts).shown
    )
    installed.click(FIRST, COORDINATOR, "letter")
    installed.fill(FIRST, COORDINATOR, text=LETTER)
    # No token reaches both: their coordinators bring them together.
    assert "introduced_outside" in buttons(installed.inbox(FIRST, COORDINATOR)[-1])
    assert "Slackで引き合わせられませんでした" in installed.inbox(SECOND, COORDINATOR)[-1].shown


def test_a_workspace_that_takes_its_token_back_loses_it_and_the_other_goes_on(installed: Teams) -> None:
    file = installed.home / INSTALLATIONS_FILE
    assert file.stat().st_mode & 0o077 == 0
    installed.servers[SECOND].people.uninstall()
    assert f"xoxb-of-{SECOND}".encode() not in file.read_bytes()
    installed.asked()
    assert installed.inbox(SECOND) == []
    assert "承認されました" in "".join(message.text for message in installed.inbox(FIRST))

    installed.servers[SECOND].workspace.is_revoked = False
    assert installed.install(SECOND) == 200
    installed.clock.go_on(minutes=11)
    installed.settle()
    (asked,) = installed.inbox(SECOND)
    assert "consent" in buttons(asked)


def test_a_token_that_slack_no_longer_takes_holds_nobody_else_up(installed: Teams) -> None:
    installed.servers[SECOND].workspace.is_revoked = True
    installed.asked()
    assert "承認されました" in "".join(message.text for message in installed.inbox(FIRST))


def test_a_workspace_that_never_let_us_in_is_not_answered(teams: Teams) -> None:
    assert teams.install(FIRST) == 200
    teams.servers[SECOND].people.dm(PERSON, NEED)
    teams.settle()
    assert teams.inbox(SECOND) == []
    assert THEIRS in str(teams.write(FIRST, NEED).blocks)


def test_who_comes_back_with_somebody_elses_state_installs_nothing(teams: Teams) -> None:
    assert teams.install(FIRST, state="of-somebody-else") >= 400
    assert f"xoxb-of-{FIRST}".encode() not in (teams.home / INSTALLATIONS_FILE).read_bytes()


def test_each_workspace_that_let_us_in_is_checked(teams: Teams) -> None:
    assert [finding.code for finding in findings(teams.settings)] == ["slack-nobody"]
    for team in (FIRST, SECOND):
        assert teams.install(team) == 200
    assert [(finding.level, finding.code) for finding in findings(teams.settings)] == [
        (Level.OK, "slack")
    ] * 2
