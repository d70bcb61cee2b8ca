"""The whole way in a Slack that we did not write: it stores, sends and refuses as it likes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from matchbot.service import Service
from slack_app.bot import Bot
from slack_app.demo.serving import LocalServer
from slack_app.http import EVENTS_PATH, asgi
from slack_emulator import BOT_TOKEN, SECRET, Emulator, elements, emulator, free_port
from slack_workplace import BEGIN, NEED, OURS, THEIRS, SetClock, contacts, profiles

ROLES = {
    "firm": {"role": Role.FIRM, "organisations": (OURS,)},
    "partner": {"role": Role.FIRM, "organisations": (THEIRS,)},
    "home": {"role": Role.COORDINATOR, "clusters": ("krip",)},
    "away": {"role": Role.COORDINATOR, "clusters": ("hokkaido",)},
}


@dataclass
class Place:
    """The bot at work in the emulator."""

    slack: Emulator
    bot: Bot
    service: Service

    def settle(self) -> None:
        assert self.bot.lanes.is_idle(timeout_s=30)
        self.bot.tend()

    def write(self, name: str, text: str) -> dict:
        self.slack.write(name, text)
        self.settle()
        return self.slack.inbox(name)[-1]

    def click(self, name: str, action: str, about: str = "") -> None:
        """On the latest message that offers it; ``about``: what the value of the button speaks of."""
        offered = (
            (message, block_id, element)
            for message in reversed(self.slack.inbox(name))
            for block_id, element in elements(message, action)
            if about in element["value"]
        )
        assert self.slack.click(name, *next(offered)).is_acknowledged
        self.settle()

    def request(self) -> None:
        """The firm asks, and wants to meet the partner who is in Slack."""
        self.write("firm", NEED)
        self.click("firm", "request", about=THEIRS)
        self.fill("firm", purpose="research", text="試作をご一緒したい")

    def fill(self, name: str, **entered: object) -> None:
        assert self.slack.fill(name, **entered).is_acknowledged
        self.settle()


@pytest.fixture
def place(tmp_path) -> Iterator[Place]:
    port = free_port()
    events_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
    with emulator(tmp_path, list(ROLES), events_url=events_url) as slack:
        told = {"bot_token": BOT_TOKEN, "signing_secret": SECRET, "api_url": f"{slack.url}/api/"}
        settings = Settings(home=tmp_path / "home", encoder="none", slack=told)
        service = furnished(settings, slack)
        bot = Bot(settings, service=service, clock=SetClock(), pause_s=0.0)
        door = LocalServer(asgi(bot), port=port)
        door.start()
        yield Place(slack, bot, service)
        door.stop()
        bot.stop()
        service.correspondence.close()


def furnished(settings: Settings, slack: Emulator) -> Service:
    """A small corpus, its search data, and a ledger in which everybody is a member."""
    service = build_service(settings, clock=SetClock())
    service.clusters()
    with service._open_registry() as registry:
        registry.put(profiles(), contacts=contacts(), recorded_at=BEGIN)
    service.build_index(progress=lambda *_: None)
    desk = service.create_ledger(is_sample=False)
    for name, facts in ROLES.items():
        row = MemberRow(row=0, id=f"m-{name}", slack_id=slack.ids[name], **facts)
        desk.register_member(row, by=MATCHBOT, key=name)
    return service


def test_a_question_in_the_dm_brings_cards(place: Place) -> None:
    answer = place.write("firm", NEED)
    assert "真空蒸着" in str(answer["blocks"])
    assert len(elements(answer, "request")) == 3


def test_from_a_question_to_the_group_dm(place: Place) -> None:
    place.request()
    assert "受け付けました" in place.slack.inbox("firm")[-1]["text"]
    place.click("home", "approve")
    place.click("partner", "consent")
    place.click("home", "letter")
    place.fill("home", text="お引き合わせします。")
    (letter,) = place.slack.group("partner")
    assert "お引き合わせします。" in str(letter)
    (case,) = place.service.desk.cases(place.service.desk.member("m-firm"), with_closed=True)
    assert case.state == "introduced"


def test_a_decided_card_has_lost_its_buttons(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    assert [elements(message, "approve") for message in place.slack.inbox("home")] == [[]]
