"""The real bot in a Slack of our own, on this machine alone: for whoever wants to see it without a workspace.

The network is the bundled one with its sample, the ledger a sample one that begins anew each time, and the
clock can be put on, so that reminders and follow-ups are seen as well.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import bundled
from corpus.progress import Progress
from corpus.records import Cluster, Profile
from matchbot.bootstrap import build_service
from matchbot.clocks import WallClock
from matchbot.config import Settings
from matchbot.errors import SnapshotError
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from matchbot.rules import Rules
from matchbot.texts import Texts
from matchbot.workdays import OFFICE_ZONE, day_of, in_office_hours, next_time_of_day, working_day_from
from slack_app import ids
from slack_app.bot import Bot
from slack_app.demo.page import Seat, Stage
from slack_app.demo.records import User
from slack_app.demo.server import DemoServer
from slack_app.demo.serving import LocalServer
from slack_app.demo.workspace import Workspace
from slack_app.http import EVENTS_PATH, asgi
from slack_app.manifest import manifest

FIRM, HOME, COUNTERPART = "seed:daiichi-shisetsu", "kyushu-silicon", "seed:inspec"
"""In the page's example: whose employee asks, whose coordinator decides, and who is found first."""
ENGLISH_FIRM = "seed:yamato-kogyo"
"""Whose employee reads English, whatever the others read."""
LOCALES = {"ja": "ja-JP", "en": "en-US"}
"""What everybody's Slack is set to, by the language of the page."""

_MORNING = time(10)
_TRIGGER_LIFE_S = 20.0
"""Longer than Slack's three seconds: here one machine plays Slack, the app, and the browsers of everybody."""
_JOBS_EVERY_S = 5
_LABELS = "demo-page-"


class MovableClock:
    """The clock on the wall, put on as far as one likes; it begins while the offices are open."""

    def __init__(self, rules: Rules) -> None:
        self._wall = WallClock()
        self._ahead = timedelta()
        if not in_office_hours(self.now(), rules.office_opens, rules.office_closes):
            self._go_to(next_time_of_day(self.now(), _MORNING))

    def now(self) -> datetime:
        """The time it shows."""
        return self._wall.now() + self._ahead

    def put_on(self, n_days: int) -> None:
        """To the morning of the working day that comes so many days later, or next after that."""
        day = working_day_from(day_of(self.now()) + timedelta(days=n_days))
        self._go_to(datetime.combine(day, _MORNING, OFFICE_ZONE))

    def _go_to(self, moment: datetime) -> None:
        self._ahead += moment - self.now()


@dataclass(frozen=True)
class Part:
    """Somebody in the workspace: who they are in Slack, where they sit on the page, and what they are to the
    desk (nobody, to begin with, where that is None)."""

    user: User
    seat: str
    row: MemberRow | None = None


def cast(texts: Texts) -> tuple[Part, ...]:
    """Who takes part: an employee of each bundled organisation, a coordinator of each cluster, the staff, an
    evaluator, and somebody whom nobody knows yet. Invented organisations have nobody in Slack."""
    employees = [_employee(profile, texts) for profile in bundled.profiles()]
    coordinators = [_coordinator(cluster, texts) for cluster in bundled.clusters()]
    return (
        *employees,
        *coordinators,
        _official(Role.STAFF, texts),
        _official(Role.EVALUATOR, texts),
        Part(User("UNOBODY", texts("demo-nobody"), locale=LOCALES[texts.language]), "firm"),
    )


@contextmanager
def demonstration(
    settings: Settings, *, port: int = 0, sample_scale: float, progress: Progress
) -> Iterator[DemoServer]:
    """The demo at work, with its page at ``url``. The first time, a corpus and its search data are made.

    Raises OSError where the port is taken.
    """
    network = settings.model_copy(update={"home": settings.home / "demo"})
    service = build_service(network)
    try:
        service.set_up(sample_scale=sample_scale, seed=1, progress=progress)
    except SnapshotError:
        # Of an older version: nobody would look for search data of the demo to build them again.
        service.build_index(progress=progress)
    service.correspondence.close()
    with TemporaryDirectory(prefix="matchbot-demo-") as folder:
        _copy(network.corpus_path, Path(folder) / network.corpus_path.name)
        played = network.model_copy(update={"home": Path(folder)})
        played.snapshots_path.symlink_to(network.snapshots_path.resolve())
        with _at_work(played, port) as slack:
            yield slack


def _copy(source: Path, copy: Path) -> None:
    """A database with what stands in its log as well, as a connection to it may still be open."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(copy)) as target:
        original.backup(target)


@contextmanager
def _at_work(settings: Settings, port: int) -> Iterator[DemoServer]:
    texts, clock = Texts(settings.language), MovableClock(settings.rules)
    service = build_service(settings, clock=clock)
    parts = cast(texts)
    desk = service.create_ledger(is_sample=True)
    with desk.together():
        for row in (part.row for part in parts if part.row):
            desk.register_member(row, by=MATCHBOT, key=f"demo:{row.id}")

    def later(n_days: int) -> None:
        clock.put_on(n_days)
        bot.do_jobs()

    workspace, queues = _workspace(parts, texts, clock)
    told = manifest()
    slack = DemoServer(
        port=port,
        workspace=workspace,
        events=told["settings"]["event_subscriptions"]["bot_events"],
        stage=Stage(
            seats=_seats(parts),
            labels={key.removeprefix(_LABELS): texts(key) for key in texts if key.startswith(_LABELS)},
            language=texts.language,
            command=ids.COMMAND,
            shortcuts={each["callback_id"]: each["name"] for each in told["features"]["shortcuts"]},
            later=later,
        ),
    )
    with slack:
        bot = Bot(_connected(settings, slack, queues), service=service, clock=clock)
        app = LocalServer(asgi(bot))
        bot.start()
        app.start()
        slack.app_url = f"{app.url}{EVENTS_PATH}"
        try:
            yield slack
        finally:
            app.stop()
            bot.stop()
            service.correspondence.close()


def _connected(settings: Settings, slack: DemoServer, queues: dict[str, str]) -> Settings:
    """The settings with which the bot finds this Slack."""
    told = {
        "bot_token": slack.workspace.bot_token,
        "signing_secret": slack.signing_secret,
        "api_url": slack.api_url,
        "queue_channels": queues,
        "jobs_every_s": _JOBS_EVERY_S,
    }
    return Settings(**{**dict(settings), "slack": told})


def _workspace(parts: Sequence[Part], texts: Texts, clock: MovableClock) -> tuple[Workspace, dict[str, str]]:
    """Everybody, a channel of all, and one for the queue of each cluster: cluster → channel."""
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    workspace = Workspace(
        scopes=scopes, clock=lambda: clock.now().timestamp(), trigger_life_s=_TRIGGER_LIFE_S
    )
    for part in parts:
        workspace.add_user(part.user)
    workspace.add_channel(texts("demo-channel"), [part.user.id for part in parts])
    queues = {}
    for part in parts:
        for cluster in part.row.clusters if part.row else ():
            channel = workspace.add_channel(
                f"{texts('demo-queue')}-{cluster}", [part.user.id], kind="private"
            )
            queues[cluster] = channel.id
    return workspace, queues


def _seats(parts: Sequence[Part]) -> tuple[Seat, ...]:
    """Those of the page's example sit down first."""
    ranked = sorted(parts, key=lambda part: part.user.id not in _FIRST)
    return tuple(
        Seat(seat, tuple(part.user.id for part in ranked if part.seat == seat))
        for seat in ("firm", "coordinator", "counterpart")
    )


def _employee(profile: Profile, texts: Texts) -> Part:
    organisation = profile.organisation
    id, is_english = _user_id(organisation.id), organisation.id == ENGLISH_FIRM
    named = (organisation.name_en if texts.language == "en" else "") or organisation.name
    name = texts("demo-employee", organisation=named)
    row = _row(id, Role.FIRM, name, organisations=(organisation.id,))
    seat = "firm" if organisation.id in (FIRM, ENGLISH_FIRM) else "counterpart"
    locale = LOCALES["en" if is_english else texts.language]
    return Part(User(id, name, locale=locale), seat, row)


def _coordinator(cluster: Cluster, texts: Texts) -> Part:
    id = _user_id(cluster.id)
    name = texts("demo-coordinator", cluster=cluster.name_en if texts.language == "en" else cluster.name)
    row = _row(id, Role.COORDINATOR, name, clusters=(cluster.id,))
    return Part(User(id, name, locale=LOCALES[texts.language]), "coordinator", row)


def _official(role: Role, texts: Texts) -> Part:
    id, name = _user_id(role), texts(f"demo-{role}")
    return Part(User(id, name, locale=LOCALES[texts.language]), "coordinator", _row(id, role, name))


def _row(
    id: str, role: Role, name: str, *, organisations: tuple[str, ...] = (), clusters: tuple[str, ...] = ()
) -> MemberRow:
    return MemberRow(
        row=0,
        id=id.lower(),
        role=role,
        slack_id=id,
        name=name,
        organisations=organisations,
        clusters=clusters,
    )


def _user_id(of: str) -> str:
    """A user id of Slack's kind.

    >>> _user_id("seed:daiichi-shisetsu")
    'UDAIICHISHISETSU'
    """
    return "U" + "".join(filter(str.isalnum, of.removeprefix("seed:"))).upper()


_FIRST = tuple(map(_user_id, (FIRM, HOME, COUNTERPART)))
