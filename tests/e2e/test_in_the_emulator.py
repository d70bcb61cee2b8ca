"""The whole way in a Slack that we did not write: it stores, sends and refuses as it likes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from matchbot.bootstrap import build_service, run_jobs
from matchbot.config import Settings
from matchbot.desk import CaseView
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from matchbot.service import Service
from slack_app.bot import Bot
from slack_app.demo.serving import LocalServer
from slack_app.http import EVENTS_PATH, asgi
from slack_emulator import BOT_TOKEN, SECRET, Emulator, elements, emulator, free_port
from slack_workplace import BEGIN, NEED, OURS, OUTSIDE, THEIRS, SetClock, contacts, profiles

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
    door: LocalServer
    service: Service
    settings: Settings
    clock: SetClock

    def restart(self) -> None:
        """The bot ends and begins anew, with what is on the disk."""
        self.door.stop()
        self.service.correspondence.close()
        self.service = build_service(self.settings, clock=self.clock)
        self.bot, self.door = at_the_door(self.settings, self.service, self.clock)
        self.settle()

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

    def request(self, partner: str = THEIRS) -> None:
        """The firm asks, and wants to meet a partner: who is in Slack, unless it is said otherwise."""
        self.write("firm", NEED)
        self.click("firm", "request", about=partner)
        self.fill("firm", purpose="research", text="試作をご一緒したい")

    def introduce(self) -> None:
        """All the way to the letter in the group DM."""
        self.request()
        self.click("home", "approve")
        self.click("partner", "consent")
        self.click("home", "letter")
        self.fill("home", text="お引き合わせします。")

    def pass_days(self, n_days: int) -> None:
        """The clock is put on, and what is due is done."""
        self.clock.go_on(days=n_days)
        run_jobs(self.settings, self.service, at=self.clock.now())
        self.settle()

    def case(self) -> CaseView:
        """The only case of the firm, as it sees it."""
        desk = self.service.desk
        (case,) = desk.cases(desk.member("m-firm"), with_closed=True)
        return case

    def fill(self, name: str, **entered: object) -> None:
        assert self.slack.fill(name, **entered).is_acknowledged
        self.settle()


@pytest.fixture
def place(tmp_path) -> Iterator[Place]:
    port = free_port()
    events_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
    with emulator(tmp_path, [*ROLES, "nobody"], events_url=events_url) as slack:
        told = {
            "bot_token": BOT_TOKEN,
            "signing_secret": SECRET,
            "api_url": f"{slack.url}/api/",
            "port": port,
        }
        settings = Settings(home=tmp_path / "home", encoder="none", slack=told)
        clock = SetClock()
        service = furnished(settings, slack, clock)
        place = Place(slack, *at_the_door(settings, service, clock), service, settings, clock)
        yield place
        place.door.stop()
        place.service.correspondence.close()


def at_the_door(settings: Settings, service: Service, clock: SetClock) -> tuple[Bot, LocalServer]:
    """The bot at work, and where the emulator finds it."""
    bot = Bot(settings, service=service, clock=clock, pause_s=0.0, patience_s=60.0)
    door = LocalServer(asgi(bot), port=settings.slack.port)
    door.start()
    return bot, door


def furnished(settings: Settings, slack: Emulator, clock: SetClock) -> Service:
    """A small corpus, its search data, and a ledger in which everybody is a member."""
    service = build_service(settings, clock=clock)
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


def test_a_reply_changes_what_was_asked(place: Place) -> None:
    place.write("firm", NEED)
    answer = place.write("firm", "北3工業以外で")
    assert "真空蒸着" in answer["blocks"][1]["elements"][0]["text"]


def test_from_a_question_to_the_group_dm(place: Place) -> None:
    place.introduce()
    assert any("受け付けました" in message["text"] for message in place.slack.inbox("firm"))
    (letter,) = place.slack.group("partner")
    assert "お引き合わせします。" in str(letter)
    assert place.case().state == "introduced"


def test_after_the_introduction_it_is_asked_how_it_went_and_what_came_of_it(place: Place) -> None:
    place.introduce()
    place.pass_days(14)
    place.click("firm", "met")
    place.fill("firm", day="2026-06-10")
    assert place.case().progress == "meeting"
    place.click("firm", "outcome")
    place.fill("firm", kind="deal", certainty="confirmed", attribution="decisive", day="2026-06-12")
    desk = place.service.desk
    (outcome,) = desk.outcomes(desk.member("m-home"), case_id=place.case().id)
    assert (outcome.facts.kind, outcome.evidence) == ("deal", "C")


def test_who_declines_is_asked_no_more_and_gives_no_reason_away(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    place.click("partner", "refuse")
    place.fill("partner", reason="競合にあたるため")
    assert place.case().state == "refused"
    assert "競合" not in str(place.slack.inbox("firm"))
    assert [elements(message, "consent") for message in place.slack.inbox("partner")] == [[]]


def test_a_click_that_comes_twice_counts_once(place: Place) -> None:
    place.request()
    card = next(one for one in place.slack.inbox("home") if elements(one, "approve"))
    for _ in range(2):
        assert place.slack.click("home", card, *elements(card, "approve")[0]).is_acknowledged
        place.settle()
    told = [message["text"] for message in place.slack.inbox("partner")]
    assert sum("希望が届いています" in text for text in told) == 1


def test_a_decided_card_has_lost_its_buttons(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    assert [elements(message, "approve") for message in place.slack.inbox("home")] == [[]]


def offers(place: Place, name: str, action: str) -> list[dict]:
    """The messages to somebody that offer this."""
    return [message for message in place.slack.inbox(name) if elements(message, action)]


def test_a_coordinator_declines_for_a_reason_that_stays_with_the_coordinators(place: Place) -> None:
    place.request()
    place.click("home", "decline")
    place.fill("home", reason="競合のおそれ")
    assert place.case().state == "declined"
    assert "競合" not in str(place.slack.inbox("firm"))
    assert place.slack.inbox("partner") == []


def test_the_other_cluster_stops_a_case(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    place.click("away", "stop")
    place.fill("away", reason="すでに取引がある")
    assert place.case().state == "cancelled"
    assert offers(place, "partner", "consent") == []


def test_a_case_that_nobody_answers_is_over_on_its_day(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    place.pass_days(40)
    assert place.case().state == "expired"
    assert offers(place, "partner", "consent") == []


def test_a_stale_button_says_what_became_of_the_case(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    (card,) = offers(place, "partner", "consent")
    place.click("firm", "withdraw")
    assert place.case().state == "withdrawn"
    assert place.slack.click("partner", card, *elements(card, "consent")[0]).is_acknowledged
    place.settle()
    assert "対応済み" in place.slack.inbox("partner")[-1]["text"]
    assert place.case().state == "withdrawn"


def test_who_pauses_in_the_middle_is_not_introduced(place: Place) -> None:
    place.request()
    place.click("home", "approve")
    place.click("partner", "consent")
    desk = place.service.desk
    desk.pause(THEIRS, by=desk.member("m-partner"), key="paused")
    place.click("home", "letter")
    place.fill("home", text="お引き合わせします。")
    assert place.case().state == "consented"


def test_a_program_that_ends_in_the_middle_goes_on_where_it_was(place: Place) -> None:
    place.request()
    place.restart()
    place.click("home", "approve")
    place.restart()
    place.click("partner", "consent")
    place.click("home", "letter")
    place.fill("home", text="お引き合わせします。")
    place.restart()
    assert len(place.slack.group("partner")) == 1
    assert place.case().state == "introduced"


def test_whom_nobody_knows_may_look_and_not_ask_to_meet(place: Place) -> None:
    place.write("nobody", NEED)
    assert offers(place, "nobody", "details") != []
    assert offers(place, "nobody", "request") == []


def test_a_message_that_comes_again_as_another_event_is_answered_once(place: Place) -> None:
    place.write("firm", NEED)
    n_said = len(place.slack.inbox("firm"))
    assert place.slack.tell_again("firm").is_acknowledged
    place.settle()
    assert len(place.slack.inbox("firm")) == n_said


def test_who_is_outside_slack_is_answered_for_by_its_coordinator(place: Place) -> None:
    place.request(OUTSIDE)
    place.click("home", "approve")
    place.click("away", "record_answer")
    place.fill("away", answer="yes", means="mail", day="2026-06-01")
    place.click("home", "introduced_outside")
    place.fill("home", means="mail")
    assert place.case().state == "introduced"
