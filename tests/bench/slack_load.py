"""The bot under load: `matchbot slack serve` as a process of its own, a Slack of ours, and many people.

How soon it acknowledges is measured from a process that does nothing else, as Slack is another machine, and
in turns with an app that only acknowledges: what both take is Bolt's and this machine's.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from random import Random
from shutil import copy, rmtree
from socket import create_server
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
from figures import Check, Result, at_most, plain
from networks import Network, network
from queries import queries
from sending import at_once

from corpus.records import Kind
from corpus.registry import Registry
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from slack_app.demo.delivery import Courier, Delivery
from slack_app.demo.people import People
from slack_app.demo.records import BOT_USER, User
from slack_app.demo.server import SIGNING_SECRET, DemoServer
from slack_app.http import EVENTS_PATH

N_PEOPLE = 2_000
SECONDS = 3_600 / 20
"""An hour of questions, compressed twenty times."""
N_SEQUENTIAL, N_AT_ONCE, N_ROUNDS, N_WARM = 100, 20, 10, 2
_PATIENCE_S = 60.0


class Keeping(Courier):
    """Keeps what Slack would tell the app, instead of telling it."""

    def deliver(self, delivery: Delivery) -> Delivery:
        self.log.append(delivery)
        return delivery

    def taken(self) -> list[bytes]:
        """What was kept, as it goes over the wire; it is kept no longer."""
        kept, self.log = self.log, []
        return [_wire(self, delivery) for delivery in kept]


def _wire(courier: Courier, delivery: Delivery) -> bytes:
    request = courier.request(delivery)
    assert isinstance(request.data, bytes)
    told = dict(request.header_items()) | {
        "Host": request.host,
        "Content-Length": str(len(request.data)),
        "Connection": "close",
    }
    lines = [f"POST {request.selector} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode() + request.data


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how long the bot took to acknowledge it, and until its answer stood in the DM."""

    acknowledged_s: float
    answered_s: float


class Crowd:
    """Everybody who asks, in a Slack of ours; and the bot that answers, in a process of its own."""

    def __init__(self, home: Path, n_people: int) -> None:
        self.people = [f"U0P{number:05}" for number in range(n_people)]
        self.slack = DemoServer()
        for person in self.people:
            self.slack.workspace.add_user(User(person, person))
        self._register(home)
        self.slack.start()
        self.port = _free_port()
        self.slack.app_url = f"http://127.0.0.1:{self.port}{EVENTS_PATH}"
        self.begun_at = monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "matchbot", "slack", "serve", "--port", str(self.port)],
            env={**os.environ, **self._environment(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _environment(self, home: Path) -> dict[str, str]:
        return {
            "MATCHBOT_HOME": str(home),
            "MATCHBOT_SLACK_API_URL": self.slack.api_url,
            "MATCHBOT_SLACK_BOT_TOKEN": self.slack.workspace.bot_token,
            "MATCHBOT_SLACK_SIGNING_SECRET": SIGNING_SECRET,
        }

    def _register(self, home: Path) -> None:
        """Everybody speaks for a firm of the sample."""
        with Registry.open(home / "corpus.db") as registry:
            firms = [
                profile.organisation.id
                for profile in registry.profiles()
                if profile.organisation.kind is Kind.FIRM and not profile.organisation.is_masked
            ]
        service = build_service(Settings(home=home))
        desk = service.create_ledger(is_sample=True)
        with desk.together():
            for number, person in enumerate(self.people):
                firm = firms[number % len(firms)]
                row = MemberRow(row=number, id=person, role=Role.FIRM, organisations=(firm,), slack_id=person)
                desk.register_member(row, by=MATCHBOT, key=person)
        service.correspondence.close()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)
        self.slack.stop()

    def ask(self, person: str, text: str) -> Asked:
        """Raises TimeoutError where no answer comes."""
        n_before, begun = self.n_answers(person), monotonic()
        acknowledged_s = self.slack.people.dm(person, text).attempts[0].elapsed_s
        self.slack.workspace.wait_for(lambda: self.n_answers(person) > n_before, timeout_s=_PATIENCE_S)
        return Asked(acknowledged_s, monotonic() - begun)

    def requests(self, texts: Iterator[str]) -> list[bytes]:
        """A question of each of some people, as Slack would tell the app of it."""
        courier = Keeping(self.slack.app_url, SIGNING_SECRET)
        people = People(self.slack.workspace, courier, "")
        for person in self.people[:N_AT_ONCE]:
            people.dm(person, next(texts))
        return courier.taken()

    def n_answers(self, person: str) -> int:
        workspace = self.slack.workspace
        return sum(one.user == BOT_USER for one in workspace.messages(workspace.dm(person).id))

    @property
    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1_000


def measure(workdir: Path, scale: float) -> Result:
    """Acknowledgements, answers, an hour of people, start and memory of the bot on this network."""
    made = network(workdir, scale)
    home = home_on(made, workdir)
    shrink = 0.87 / scale
    crowd = Crowd(home, max(N_AT_ONCE, round(N_PEOPLE / shrink)))
    try:
        return _measured(crowd, SECONDS / shrink, made.note())
    finally:
        crowd.close()


def _measured(crowd: Crowd, seconds: float, note: str) -> Result:
    texts = cycle(queries(1_000))
    wait_until_it_serves(crowd.port)
    crowd.ask(crowd.people[0], next(texts))
    started_s, first_mb = monotonic() - crowd.begun_at, crowd.resident_mb
    alone = [
        crowd.ask(crowd.people[number % len(crowd.people)], next(texts)) for number in range(N_SEQUENTIAL)
    ]
    together = _at_once(crowd, texts)
    ours, of_bolt = _acknowledged(crowd, texts)
    before = {person: crowd.n_answers(person) for person in crowd.people}
    early_mb = crowd.resident_mb
    n_silent, later = _an_hour(crowd, texts, seconds)
    sleep(2)
    given = Counter(crowd.n_answers(person) - before[person] for person in crowd.people)
    late_mb = crowd.resident_mb
    return Result(
        figures=[
            at_most(f"acknowledged, {N_AT_ONCE} at once, p99", _p(99, ours), 100, "ms"),
            plain("the same by an app that only acknowledges (Bolt), p99", _p(99, of_bolt), "ms"),
            plain(
                "acknowledged, as the process sees it that also plays Slack, p99",
                _p(99, _acks(together)),
                "ms",
            ),
            at_most("question to cards, one after the other, p95", _p(95, _answers(alone)), 300, "ms"),
            at_most(f"question to cards, {N_AT_ONCE} at once, p95", _p(95, _answers(together)), 1_500, "ms"),
            plain("question to cards in the hour, p95", _p(95, _answers(later)), "ms"),
            at_most("process start to first answer", started_s, 3, "s"),
            at_most("resident after the first answer", first_mb, 500, "MB"),
            at_most("resident after the hour", late_mb, 500, "MB"),
            plain("grown in the hour", late_mb - early_mb, "MB"),
        ],
        checks=[
            Check("people without an answer", str(n_silent + given[0]), n_silent + given[0] == 0),
            Check("people with more than one", str(_doubled(given)), _doubled(given) == 0),
        ],
        notes=[
            f"{len(crowd.people):,} people, each with one question at a random moment of {seconds:.0f} s.",
            "The bot is a process of its own; Slack and everybody in it are another, on the same machine.",
            note,
        ],
    )


def _at_once(crowd: Crowd, texts: Iterator[str]) -> list[Asked]:
    """Rounds of questions by different people, each begun at the same moment."""
    asked: list[Asked] = []
    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        for _ in range(N_ROUNDS):
            sleep(1)  # Slack takes one message a second in one channel
            asked += pool.map(crowd.ask, crowd.people[:N_AT_ONCE], [next(texts) for _ in range(N_AT_ONCE)])
    return asked


def _acknowledged(crowd: Crowd, texts: Iterator[str]) -> tuple[list[float], list[float]]:
    """How long the bot takes to acknowledge, and an app that only does that, in turns: in seconds."""
    ours: list[float] = []
    of_bolt: list[float] = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as sender, _bolt_alone() as port:
        for _ in range(N_WARM + N_ROUNDS):
            of_bolt += sender.submit(at_once, port, crowd.requests(texts)).result()
            before = {person: crowd.n_answers(person) for person in crowd.people[:N_AT_ONCE]}
            ours += sender.submit(at_once, crowd.port, crowd.requests(texts)).result()
            crowd.slack.workspace.wait_for(
                lambda before=before: all(crowd.n_answers(one) > n for one, n in before.items()),
                timeout_s=_PATIENCE_S,
            )
            sleep(1)  # Slack takes one message a second in one channel
    n_warm = N_WARM * N_AT_ONCE
    return ours[n_warm:], of_bolt[n_warm:]


@contextmanager
def _bolt_alone() -> Iterator[int]:
    """An app that only acknowledges, in a process of its own; gives its port."""
    port = _free_port()
    process = subprocess.Popen([sys.executable, Path(__file__).with_name("bolt_alone.py"), str(port)])
    try:
        wait_until_it_serves(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_it_serves(port: int) -> None:
    while True:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except URLError:
            sleep(0.02)
        else:
            return


def _an_hour(crowd: Crowd, texts: Iterator[str], seconds: float) -> tuple[int, list[Asked]]:
    """Everybody asks once; how many got no answer, and the questions of all others."""
    random = Random(20061110)
    moments = sorted(random.uniform(0, seconds) for _ in crowd.people)
    asked: list[Future[Asked]] = []
    begun = monotonic()
    with ThreadPoolExecutor(64) as pool:
        for person, moment in zip(crowd.people, moments, strict=True):
            sleep(max(0.0, begun + moment - monotonic()))
            asked.append(pool.submit(crowd.ask, person, next(texts)))
    answered = [one.result() for one in asked if not one.exception()]
    return len(asked) - len(answered), answered


def home_on(made: Network, workdir: Path) -> Path:
    """A home of its own on the network's corpus and search data."""
    home = workdir / "slack"
    rmtree(home, ignore_errors=True)
    home.mkdir()
    copy(made.home / "corpus.db", home)
    (home / "snapshots").symlink_to(made.snapshots)
    return home


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _p(percentile: int, seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return float(np.percentile(seconds, percentile)) * 1_000


def _acks(asked: Sequence[Asked]) -> list[float]:
    return [one.acknowledged_s for one in asked]


def _answers(asked: Sequence[Asked]) -> list[float]:
    return [one.answered_s for one in asked]


def _doubled(given: Counter[int]) -> int:
    return sum(n_people for n_answers, n_people in given.items() if n_answers > 1)
