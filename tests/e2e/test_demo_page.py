"""`matchbot slack demo` as somebody sees it: the real bot, its page, and a real Chromium."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser import chromium
from matchbot.config import Settings
from matchbot.texts import LANGUAGES, Texts
from slack_app.demo.server import DemoServer
from slack_app.demonstration import cast, demonstration

EXAMPLE = "ガラス基板の欠陥検査ができる相手を探しています"
# A busy machine is no fault of the page.
expect.set_options(timeout=60_000)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Settings:
    """Where the corpus of the demo is made once; each demo begins with a ledger of its own."""
    return Settings(home=tmp_path_factory.mktemp("home"), encoder="none")


@pytest.fixture
def demo(home: Settings) -> Iterator[DemoServer]:
    with demonstration(home, sample_scale=0, progress=lambda *_: None) as slack:
        yield slack


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, demo: DemoServer) -> Iterator[Page]:
    """The demo's page. What the console says against it, or what is asked of elsewhere, fails the test."""
    context = browser.new_context(viewport=DESK, locale="ja-JP")
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(demo.url) else complaints.append(asked.url))
    page.goto(demo.url)
    yield page
    assert [said for said in complaints if not said.startswith("data:")] == []
    context.close()


def seat(page: Page, name: str) -> Locator:
    return page.locator(f"#pane-{name}")


def write(pane: Locator, text: str) -> None:
    box = pane.get_by_label("メッセージを書く")
    box.fill(text)
    box.press("Enter")


def ask(page: Page) -> Locator:
    """The firm asks for what the page's example says; its pane, once the cards are there."""
    firm = seat(page, "firm")
    write(firm, EXAMPLE)
    expect(firm.get_by_role("button", name="紹介を希望").first).to_be_visible()
    return firm


def request_first(page: Page) -> Locator:
    """The firm asks, and wants to meet the first partner; its pane, once that is taken."""
    firm = ask(page)
    firm.get_by_role("button", name="紹介を希望").first.click()
    form = firm.get_by_role("dialog")
    form.get_by_label("目的").select_option("研究開発")
    form.get_by_role("button", name="紹介を希望").click()
    expect(firm).to_contain_text(re.compile(r"受け付けました（案件 c-\d+）"))
    return firm


def overflowing(page: Page) -> list[str]:
    """What is wider than its place, but for what may be scrolled sideways: the row of conversations."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body, body *')]
          .filter((node) => node.checkVisibility() && !node.closest('.tabs, select')
            && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline')
          .map((node) => `${node.tagName}.${node.className}`)"""
    )


def test_a_firm_asks_and_requests_an_introduction_in_the_browser(page: Page) -> None:
    firm = ask(page)
    expect(firm).to_contain_text("インスペック")
    firm.get_by_role("button", name="紹介を希望").first.click()
    expect(firm.get_by_label("相手に読んでもらう内容")).to_have_value(EXAMPLE)
    page.keyboard.press("Escape")
    request_first(page)
    expect(firm.get_by_role("dialog")).to_be_hidden()


def test_the_whole_way_to_both_consents_is_walked_on_the_page(page: Page) -> None:
    request_first(page)
    coordinator, counterpart = seat(page, "coordinator"), seat(page, "counterpart")
    # The page turns there by itself, except on a Monday, when the DM already holds the pairs of the week.
    coordinator.get_by_role("tab", name="紹介-kyushu-silicon").click()
    coordinator.get_by_role("button", name="承認", exact=True).click()
    expect(coordinator).to_contain_text("承認: @九州シリコン")
    expect(coordinator.get_by_role("button", name="承認", exact=True)).to_be_hidden()
    counterpart.get_by_role("button", name="会ってみる").click()
    expect(counterpart).to_contain_text("「会ってみる」と回答済みです")


def test_every_message_of_a_case_says_that_it_is_a_sample(page: Page) -> None:
    expect(request_first(page)).to_contain_text(re.compile(r"受け付けました.*【見本】"))
    coordinator, counterpart = seat(page, "coordinator"), seat(page, "counterpart")
    coordinator.get_by_role("tab", name="紹介-kyushu-silicon").click()
    expect(coordinator).to_contain_text(re.compile(r"承認のお願い（案件 c-\d+） 【見本】"))
    coordinator.get_by_role("button", name="承認", exact=True).click()
    expect(counterpart).to_contain_text(re.compile(r"希望が届いています（案件 c-\d+） 【見本】"))


def test_what_is_wrong_in_a_form_is_told_in_it_and_what_was_written_stays(page: Page) -> None:
    firm = ask(page)
    firm.get_by_role("button", name="紹介を希望").first.click()
    form = firm.get_by_role("dialog")
    form.get_by_label("目的").select_option("販路開拓")
    form.get_by_label("相手に読んでもらう内容").fill("   ")
    form.get_by_role("button", name="紹介を希望").click()
    expect(form.get_by_role("alert")).to_have_text("内容を書いてください。")
    expect(form.get_by_label("目的").locator("option:checked")).to_have_text("販路開拓")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()


def test_the_journey_is_walked_with_the_keyboard_alone(page: Page) -> None:
    firm = ask(page)
    button = firm.get_by_role("button", name="紹介を希望").first
    button.focus()
    page.keyboard.press("Enter")
    expect(firm.get_by_role("dialog").get_by_label("目的")).to_be_focused()
    page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(firm).to_contain_text("受け付けました")


def test_a_withdrawal_is_confirmed_first_and_changes_the_message_in_its_place(page: Page) -> None:
    firm = request_first(page)
    firm.get_by_role("button", name="取り下げる").click()
    page.locator("dialog").get_by_role("button", name="取り下げる").click()
    expect(firm).to_contain_text("を取り下げました")
    expect(firm.get_by_role("button", name="取り下げる")).to_be_hidden()
    expect(firm).to_contain_text("・取下げ")


def test_a_mention_in_the_channel_is_answered_in_the_dm(page: Page) -> None:
    firm = seat(page, "firm")
    firm.get_by_role("tab", name="ものづくり広場").click()
    write(firm, f"@matchbot {EXAMPLE}")
    expect(firm.get_by_role("log")).to_contain_text("DMで回答しました")
    expect(seat(page, "counterpart").get_by_role("tab", name="ものづくり広場")).to_have_class("new")
    firm.get_by_role("tab", name="matchbot").click()
    expect(firm.get_by_role("button", name="紹介を希望").first).to_be_visible()


def test_another_person_takes_a_seat_and_reads_in_their_own_language(page: Page) -> None:
    firm = seat(page, "firm")
    firm.get_by_label("だれの画面か").select_option("やまと興業(株) 社員")
    write(firm, "ガラス基板の検査")
    expect(firm.get_by_role("button", name="Ask for an introduction").first).to_be_visible()


def test_on_an_english_page_everybody_reads_english_and_on_a_japanese_one_an_employee_does() -> None:
    read = {language: [part.user.locale for part in cast(Texts(language))] for language in LANGUAGES}
    assert set(read["en"]) == {"en-US"}
    assert read["ja"].count("en-US") == 1


def test_days_pass_when_they_are_told_to(page: Page, demo: DemoServer) -> None:
    before, shown = demo.workspace.now(), page.locator("time").first.inner_text()
    # The clock on the page goes on by itself, too: it tells nothing before the page was answered.
    with page.expect_response("**/page/later"):
        page.get_by_role("button", name="14日後へ").click()
    assert demo.workspace.now() - before > 13 * 86_400
    expect(page.locator("time").first).not_to_have_text(shown)


def test_nothing_can_be_written_before_the_conversations_are_there(page: Page) -> None:
    page.route("**/page/seats*", lambda waiting: None)
    page.reload()
    expect(seat(page, "firm").get_by_role("combobox")).to_be_visible()
    expect(seat(page, "firm").get_by_label("メッセージを書く")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_screen(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)
    firm = ask(page)
    assert overflowing(page) == []
    firm.get_by_role("button", name="紹介を希望").first.click()
    expect(firm.get_by_role("dialog")).to_be_visible()
    assert overflowing(page) == []


def test_on_a_phone_one_seat_is_shown_at_a_time(page: Page) -> None:
    page.set_viewport_size(PHONE)
    expect(seat(page, "firm")).to_be_visible()
    expect(seat(page, "counterpart")).to_be_hidden()
    page.locator(".seats").get_by_role("tab", name="相手先").click()
    expect(seat(page, "counterpart")).to_be_visible()
    expect(seat(page, "firm")).to_be_hidden()


def test_the_command_tells_where_the_page_is_and_ends_in_order(home: Settings) -> None:
    command = [sys.executable, "-m", "matchbot", "slack", "demo", "--no-open", "--sample-scale", "0"]
    told = {**os.environ, "MATCHBOT_HOME": str(home.home), "MATCHBOT_ENCODER": "none"}
    process = subprocess.Popen(command, env=told, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = next(line for line in process.stderr if "http://127.0.0.1:" in line)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert "Ctrl-C" in said
    assert process.stderr.read() == ""
