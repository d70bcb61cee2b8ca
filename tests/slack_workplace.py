"""matchbot at work in a Slack of our own: firms, coordinators and staff in one workspace, who write, click
and fill in forms over signed requests; the real bot, ledger and search behind them; and a clock to set."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from corpus.records import (
    Contact,
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from matchbot.bootstrap import build_service, run_jobs
from matchbot.config import Settings
from matchbot.members import MATCHBOT, Member, MemberRow
from matchbot.policy import Role
from matchbot.service import Service
from slack_app.bot import Bot
from slack_app.demo.delivery import Delivery
from slack_app.demo.faults import RateLimit
from slack_app.demo.records import Message, User, View
from slack_app.demo.server import SIGNING_SECRET, DemoServer
from slack_app.demo.serving import LocalServer
from slack_app.demo.workspace import Workspace
from slack_app.http import EVENTS_PATH, asgi

JST = timezone(timedelta(hours=9))
MONDAY = datetime(2026, 6, 1, 10, tzinfo=JST)
SOURCE = Source("名簿", date(2026, 4, 1))
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
NEED = "真空蒸着の装置を探しています"
LETTER = "北0工業と北1工業の皆さま\n\nお引き合わせします。"

FIRM, COLLEAGUE, PARTNER, SECRET = "U0FIRM", "U0COLLEAGUE", "U0PARTNER", "U0SECRET"
HOME, HOME_2, AWAY, STAFF = "U0HOME", "U0HOME2", "U0AWAY", "U0STAFF"
"""The requester, two who speak for its partner and one for a masked firm; the requester's coordinators, the
partner's, and the staff."""
OURS, THEIRS, OUTSIDE, MASKED = "seed:firm-0", "seed:firm-1", "seed:firm-3", "seed:masked-4"
"""Two firms with people in Slack, one without, and a masked one."""

MEMBERS = (
    MemberRow(row=1, id="m-firm", role=Role.FIRM, organisations=(OURS,), slack_id=FIRM),
    MemberRow(row=2, id="m-partner", role=Role.FIRM, organisations=(THEIRS,), slack_id=PARTNER),
    MemberRow(row=3, id="m-colleague", role=Role.FIRM, organisations=(THEIRS,), slack_id=COLLEAGUE),
    MemberRow(row=4, id="m-secret", role=Role.FIRM, organisations=(MASKED,), slack_id=SECRET),
    MemberRow(row=5, id="k-home", role=Role.COORDINATOR, clusters=("krip",), slack_id=HOME,
              deputy="k-home-2"),
    MemberRow(row=6, id="k-home-2", role=Role.COORDINATOR, clusters=("krip",), slack_id=HOME_2),
    MemberRow(row=7, id="k-away", role=Role.COORDINATOR, clusters=("hokkaido",), slack_id=AWAY),
    MemberRow(row=8, id="staff", role=Role.STAFF, slack_id=STAFF),
)  # fmt: skip
_PEOPLE = (FIRM, COLLEAGUE, PARTNER, SECRET, HOME, HOME_2, AWAY, STAFF)


class SetClock:
    """A clock that shows what it was set to."""

    def __init__(self) -> None:
        self.at = MONDAY

    def now(self) -> datetime:
        return self.at

    def go_on(self, **times: int) -> None:
        """So much later: ``days=14``."""
        self.at += timedelta(**times)


def profiles() -> list[Profile]:
    """Five firms that could do it, in two clusters by turns; the last one masked."""
    return [_profile(number, is_masked=number == 4) for number in range(5)]


def _profile(number: int, *, is_masked: bool) -> Profile:
    id = f"seed:{'masked' if is_masked else 'firm'}-{number}"
    organisation = Organisation(
        id,
        f"北{number}工業",
        Kind.FIRM,
        SOURCE,
        name_en=f"Kita {number} Works",
        size_band="50-99",
        is_masked=is_masked,
    )
    passage = Passage(f"{id}:1", id, PassageType.CAPABILITY, f"真空蒸着の装置を{number}台もつ。", SOURCE)
    home = Membership(id, ("krip", "hokkaido")[number % 2], MembershipRole.HOME, SOURCE.as_of, BEGIN)
    return Profile(organisation, (passage,), (home,))


def contacts() -> list[Contact]:
    """How to reach each of them."""
    return [
        Contact(
            profile.organisation.id, name=f"{profile.organisation.name}の窓口", mail=f"info{n}@kita.example"
        )
        for n, profile in enumerate(profiles())
    ]


class Workplace:
    """One day at work, step by step: whoever does something is followed by `settle`."""

    def __init__(
        self,
        settings: Settings,
        service: Service,
        clock: SetClock,
        server: DemoServer,
        *,
        patience_s: float,
    ) -> None:
        self.patience_s = patience_s
        self.settings = settings
        self.service = service
        self.clock = clock
        self.server = server
        self.workspace = server.workspace
        self._begin()

    # The bot

    def _begin(self) -> None:
        self.bot = Bot(
            self.settings, service=self.service, clock=self.clock, pause_s=0.0, patience_s=self.patience_s
        )
        self._web = LocalServer(asgi(self.bot))
        self._web.start()
        self.server.app_url = f"{self._web.url}{EVENTS_PATH}"

    def end(self) -> None:
        self._web.stop()
        self.bot.stop()

    def restart(self) -> None:
        """The bot ends and begins anew, with what is on the disk."""
        self.end()
        self.service = build_service(self.settings, clock=self.clock)
        self._begin()
        self.bot.reception.resume(at_once=True)
        self.settle()

    def settle(self) -> None:
        """Everything that was done is answered, what waits is sent, and cards are put right."""
        assert self.bot.lanes.is_idle(timeout_s=120)
        self.bot.tend()

    def do_jobs(self) -> None:
        """What is due by the clock."""
        run_jobs(self.settings, self.service, at=self.clock.now())
        self.settle()

    # What people do

    def write(self, user: str, text: str) -> Message:
        """Somebody writes to matchbot; gives what it answered."""
        self.server.people.dm(user, text)
        self.settle()
        return self.inbox(user)[-1]

    def click(self, user: str, where: Message | View, action: str, value: str | None = None) -> Delivery:
        """Somebody clicks, of several like buttons on the first; gives what was delivered."""
        delivery = self.server.people.click(user, where, _with_number(where, action), value)
        self.settle()
        return delivery

    def fill(self, user: str, **entered: Any) -> View | None:
        """Somebody fills in the form that is open and sends it; gives the form that is open then."""
        view = self.form(user)
        self.server.people.submit(user, view, entered)
        self.settle()
        return self.workspace.modal(user)

    def form(self, user: str) -> View:
        """The form that is open."""
        view = self.workspace.modal(user)
        assert view is not None, f"no form is open for {user}"
        return view

    # What people see

    def inbox(self, user: str) -> list[Message]:
        """What matchbot wrote to somebody in their DM, as it stands now."""
        messages = self.workspace.messages(self.workspace.dm(user).id, seen_by=user)
        return [message for message in messages if message.user != user]

    def channel(self, channel: str, user: str = "") -> list[Message]:
        """What stands in a channel, with what only this user sees."""
        return self.workspace.messages(channel, seen_by=user)

    def now(self, message: Message) -> Message:
        """A message as it stands now."""
        return self.workspace.message(message.channel, message.ts)

    def posted_to(self, user: str) -> list[str]:
        """Whatever was posted where somebody reads it, also what another text has replaced, and their home
        tab: the arguments of each call."""
        rooms = {channel.id for channel in self.workspace.channels_of(user)}
        return [
            str({name: _read(value) for name, value in given.items()})
            for _, given in self.server.api.calls
            if given.get("channel") in rooms or given.get("user_id") == user
        ]

    def everything_seen(self, user: str) -> str:
        """All that somebody reads anywhere."""
        rooms = [channel.id for channel in self.workspace.channels_of(user)]
        return "\n".join(
            m.shown + m.text for room in rooms for m in self.workspace.messages(room, seen_by=user)
        )

    # What is on record

    def member(self, id: str) -> Member:
        return self.service.desk.member(id)

    def state(self, case_id: str) -> str:
        return self.service.desk.case(case_id, self.member("staff")).state

    def events(self, case_id: str) -> list[str]:
        return [entry.type for entry in self.service.desk.case_log(case_id, self.member("staff"))]

    # The way so far

    def requested(
        self,
        partner: str = THEIRS,
        *,
        user: str = FIRM,
        brief: str = "試作をご一緒したい",
        **entered: str,
    ) -> str:
        """A firm asks to meet a partner; gives the case. ``entered``: into other fields of the form."""
        card = self.write(user, NEED)
        while not (wanted := _with_value(card, "request", partner)):
            self.click(user, card, "more")
            card = self.inbox(user)[-1]
        self.click(user, card, wanted)
        self.fill(user, purpose="research", text=brief, **entered)
        return str(button(self.inbox(user)[-1], "withdraw")["value"])

    def asked(self, partner: str = THEIRS) -> str:
        """A case in which the partner has been asked."""
        case_id = self.requested(partner)
        self.click(HOME, self.inbox(HOME)[-1], "approve")
        return case_id


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value.startswith(("[{", "{")) else value


def buttons(message: Message) -> list[str]:
    """What a message offers to click, without numbers."""
    rows = (block["elements"] for block in message.blocks if block["type"] == "actions")
    return [element["action_id"].partition("#")[0] for row in rows for element in row]


def button(message: Message, action: str) -> Mapping[str, Any]:
    """The first button of this kind."""
    rows = (block["elements"] for block in message.blocks if block["type"] == "actions")
    return next(e for row in rows for e in row if e["action_id"].partition("#")[0] == action)


def _with_number(where: Message | View, action: str) -> str:
    elements = (
        e for block in where.blocks for e in (*block.get("elements", ()), block.get("accessory") or {})
    )
    ids = [element.get("action_id", "") for element in elements]
    return next((id for id in ids if id == action or id.partition("#")[0] == action), action)


def _with_value(message: Message, action: str, part: str) -> str:
    rows = (block["elements"] for block in message.blocks if block["type"] == "actions")
    found = (e for row in rows for e in row if e["action_id"].partition("#")[0] == action)
    return next((e["action_id"] for e in found if part in e["value"].split("|")), "")


def consented_outside(place: Workplace) -> str:
    """A case whose partner is not in Slack: its coordinator has heard its yes."""
    case_id = place.requested(OUTSIDE)
    place.click(HOME, place.inbox(HOME)[-1], "approve")
    place.click(AWAY, with_button(place, AWAY, "record_answer"), "record_answer")
    place.fill(AWAY, answer="yes", means="mail", day="2026-06-01")
    return case_id


def introduced_outside(place: Workplace) -> str:
    """The same, with each side told by mail."""
    case_id = consented_outside(place)
    place.click(HOME, with_button(place, HOME, "introduced_outside"), "introduced_outside")
    place.fill(HOME, means="mail")
    return case_id


def with_button(place: Workplace, user: str, action: str) -> Message:
    """The latest message to somebody that offers this."""
    return next(m for m in reversed(place.inbox(user)) if action in buttons(m))


def consented(place: Workplace) -> str:
    """A case to which both sides have said yes; its id."""
    case_id = place.asked()
    place.click(PARTNER, place.inbox(PARTNER)[0], "consent")
    return case_id


def introduced(place: Workplace) -> str:
    """A case whose letter has arrived in the group DM; its id."""
    case_id = consented(place)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    return case_id


def group(place: Workplace) -> list[Message]:
    """What stands in the group DM of both sides."""
    (room,) = [room for room in place.workspace.channels_of(PARTNER) if room.kind == "mpim"]
    assert {FIRM, PARTNER, HOME, AWAY} <= set(room.members)
    return place.workspace.messages(room.id)


@contextmanager
def at_work(
    home: Path,
    *,
    queue_channels: str = "",
    locale: str = "ja-JP",
    patience_s: float = 60.0,
    **rules: Any,
) -> Iterator[Workplace]:
    """The workplace in a folder, for as long as it is needed. ``patience_s``: until something stands for a
    form that is not ready; unless it is asked for, longer than a busy machine takes."""
    clock = SetClock()
    began = time.time()
    # A busy machine gets longer than Slack's three seconds to open a form.
    workspace = Workspace(clock=lambda: began + (time.time() - began) / 20)
    for user in _PEOPLE:
        workspace.add_user(User(user, user.removeprefix("U0").lower(), locale=locale))
    server = DemoServer(workspace=workspace, rate_limit=RateLimit(1_000, 1_000), clock_factor=0.001)
    # And longer than three seconds to acknowledge: what is late there is a test of its own.
    server.courier.patience_s = 60.0
    server.start()
    slack = {
        "bot_token": workspace.bot_token,
        "signing_secret": SIGNING_SECRET,
        "api_url": server.api_url,
        "queue_channels": queue_channels,
    }
    settings = Settings(home=home, encoder="none", slack=slack, rules=rules)
    service = build_service(settings, clock=clock)
    service.clusters()
    with service._open_registry() as registry:
        registry.put(profiles(), contacts=contacts(), recorded_at=BEGIN)
    service.build_index(progress=lambda *_: None)
    desk = service.create_ledger(is_sample=False)
    for row in MEMBERS:
        desk.register_member(row, by=MATCHBOT, key=row.id)
    place = Workplace(settings, service, clock, server, patience_s=patience_s)
    try:
        yield place
    finally:
        place.end()
        server.stop()
        place.service.correspondence.close()
