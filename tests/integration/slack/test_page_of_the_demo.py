"""What the demo's page asks for and does, without a browser."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from slack_app.demo import page
from slack_app.demo.faults import RateLimit
from slack_app.demo.page import Seat, Stage
from slack_app.demo.records import BOT_USER, User
from slack_app.demo.server import DemoServer
from slack_app.demo.serving import LocalServer

FIRM, OTHER = "U0FIRM", "U0OTHER"
Found = TypeVar("Found")
FILES = Path(page.__file__).parent / "page_files"


@pytest.fixture
def slack() -> Iterator[DemoServer]:
    stage = Stage(
        seats=(Seat("firm", (FIRM, OTHER)),),
        labels={"title": "お試し"},
        command="/matchbot",
        shortcuts={"find-partner": "探す"},
    )
    with DemoServer(stage=stage, clock_factor=None, rate_limit=RateLimit(burst=1000)) as slack:
        slack.workspace.add_user(User(FIRM, "堀"))
        slack.workspace.add_user(User(OTHER, "関"))
        yield slack


@pytest.fixture
def tiny(slack, tiny_app_of) -> Iterator[None]:
    server = LocalServer(tiny_app_of(slack).endpoint())
    server.start()
    slack.app_url = f"{server.url}/slack/events"
    yield
    server.stop()


def until(look: Callable[[], Found]) -> Found:
    """What it finds over HTTP, as soon as it is something."""
    for _ in range(200):
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError


def get(slack: DemoServer, path: str) -> dict:
    with urllib.request.urlopen(f"{slack.url}/page/{path}") as answer:
        return json.load(answer)


def do(slack: DemoServer, what: str, **given: object) -> dict:
    body = json.dumps({"what": what, "by": FIRM, **given}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{slack.url}/page/do", body)) as answer:
        return json.load(answer)


def dm(slack: DemoServer) -> dict:
    return get(slack, "seats")["seats"]["firm"]["channels"][0]


def click_on(slack: DemoServer, action: str, **given: object) -> dict:
    posted = until(lambda: [m for m in dm(slack)["messages"] if m["by"] == BOT_USER])
    return do(slack, "click", channel=dm(slack)["id"], ts=posted[-1]["ts"], action=action, **given)


def test_a_seat_shows_what_was_written_and_what_the_app_answers(slack, tiny) -> None:
    assert do(slack, "say", channel=dm(slack)["id"], text="検査装置") == {}
    assert dm(slack)["messages"][0]["by"] == FIRM
    assert click_on(slack, "open") == {}
    assert until(lambda: get(slack, "seats")["seats"]["firm"]["modal"])["title"]["text"] == "紹介を希望"


def test_a_form_with_faults_stays_open_and_says_so(slack, tiny) -> None:
    do(slack, "say", channel=dm(slack)["id"], text="検査装置")
    click_on(slack, "open")
    modal = until(lambda: get(slack, "seats")["seats"]["firm"]["modal"])
    assert do(slack, "submit", view=modal["id"], entered={"purpose": "?"}) == {}
    again = get(slack, "seats")["seats"]["firm"]["modal"]
    assert again["errors"] == {"purpose": "もう少し詳しく"}
    assert again["values"]["purpose"]["purpose"]["value"] == "?"
    do(slack, "submit", view=modal["id"], entered={"purpose": "共同研究"})
    assert get(slack, "seats")["seats"]["firm"]["modal"] is None


def test_the_command_is_told_from_a_message(slack, tiny) -> None:
    do(slack, "say", channel=dm(slack)["id"], text="/matchbot 検査")
    (answer,) = dm(slack)["messages"]
    assert (answer["text"], answer["isPrivate"]) == ("検査: 承りました", True)


def test_a_shortcut_is_used_on_a_message(slack, tiny) -> None:
    message = slack.workspace.post(dm(slack)["id"], FIRM, "この技術を探す")
    assert do(slack, "shortcut", channel=message.channel, ts=message.ts, shortcut="find-partner") == {}
    until(lambda: dm(slack)["messages"][-1]["by"] == BOT_USER)


def test_what_nobody_can_do_is_refused_with_a_reason(slack, tiny) -> None:
    message = slack.workspace.post(dm(slack)["id"], FIRM, "こんにちは")
    assert do(slack, "click", channel=message.channel, ts="1.0", action="x") == {"error": "message_not_found"}
    assert "error" in do(slack, "click", channel=message.channel, ts=message.ts, action="x")
    assert do(slack, "submit", view="V1", entered={}) == {"error": "not_found"}


def test_an_app_that_is_away_is_told_of(slack) -> None:
    slack.app_url = "http://127.0.0.1:9/"
    assert do(slack, "say", channel=dm(slack)["id"], text="検査装置") == {"error": "not_acknowledged"}


def test_who_has_seen_it_all_waits_until_something_is_new(slack) -> None:
    version = get(slack, "seats")["version"]
    channel = dm(slack)["id"]
    slack.workspace.post(channel, BOT_USER, "お知らせ")
    told = get(slack, f"seats?seen={version}")
    assert told["version"] > version
    assert told["seats"]["firm"]["news"][FIRM] == told["seats"]["firm"]["channels"][0]["messages"][0]["ts"]


@pytest.mark.parametrize("path", ["nothing.js", "..%2Fpage.py", "%2e%2e%2fserver.py"])
def test_nothing_but_the_files_of_the_page_is_served(slack, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(slack, path)


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    for file in FILES.iterdir():
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"""(?:src|href|url|import|from)\W{1,3}https?:""", text) == [], file.name


def test_every_label_that_the_page_uses_has_its_words() -> None:
    used = {
        label
        for file in FILES.glob("*.js")
        for pair in re.findall(r"""labels(?:\.(\w+)|\["([\w-]+)"\])""", file.read_text(encoding="utf-8"))
        for label in pair
        if label
    }
    from matchbot.texts import Texts

    told = {key.removeprefix("demo-page-") for key in Texts("ja") if key.startswith("demo-page-")}
    assert used <= told
    dynamic = {label for label in told if label.startswith(("seat-", "later-"))}
    assert told - used == dynamic
