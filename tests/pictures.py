"""Takes the pictures of `docs/pictures` from the page of `matchbot slack demo`: ``python tests/pictures.py``.

The journey is walked in a real Chromium, on the bundled network with its sample, in the width of a phone,
and once as a whole.
"""

from pathlib import Path

from playwright.sync_api import Locator, Page

from browser import chromium
from matchbot.config import read_settings
from slack_app.demonstration import demonstration

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
EXAMPLE = "ガラス基板の欠陥検査ができる相手を探しています"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 1_800}
"""As wide as a phone, and so high that every card is seen as a whole."""
_MARGIN = 10


class Photographer:
    """Walks one journey on the page and takes pictures on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(60_000)

    def seat(self, name: str) -> Locator:
        """A pane; on a phone it is brought to the front."""
        tab = self.page.locator(f".seats [aria-controls=pane-{name}]")
        if tab.is_visible():
            tab.click()
        return self.page.locator(f"#pane-{name}")

    def take(self, name: str, what: Locator) -> None:
        """One picture of a part of the page, once it has come to rest."""
        self.page.wait_for_timeout(400)
        box = what.bounding_box()
        assert box is not None
        clip = {
            "x": max(0.0, box["x"] - _MARGIN),
            "y": max(0.0, box["y"] - _MARGIN),
            "width": box["width"] + 2 * _MARGIN,
            "height": box["height"] + 2 * _MARGIN,
        }
        self.page.screenshot(path=FOLDER / f"{name}.png", clip=clip, animations="disabled")

    def take_message(self, name: str, pane: Locator, text: str) -> None:
        """The latest message that says this, in full."""
        message = pane.locator("article.message", has_text=text).last
        message.scroll_into_view_if_needed()
        self.take(name, message)

    def ask(self) -> None:
        firm = self.seat("firm")
        box = firm.get_by_label("メッセージを書く")
        box.fill(EXAMPLE)
        box.press("Enter")
        firm.get_by_role("button", name="紹介を希望").first.wait_for()
        self.take_message("cards", firm, "件の候補です")
        firm.get_by_role("button", name="詳しく").first.click()
        self.take("details", firm.get_by_role("dialog"))
        self.page.keyboard.press("Escape")
        firm.get_by_role("dialog").wait_for(state="hidden")

    def request(self) -> None:
        firm = self.seat("firm")
        firm.get_by_role("button", name="紹介を希望").first.click()
        form = firm.get_by_role("dialog")
        form.get_by_label("目的").select_option("研究開発")
        self.take("request", form)
        form.get_by_role("button", name="紹介を希望").click()
        form.wait_for(state="hidden")
        self.take_message("requested", firm, "受け付けました")

    def approve(self) -> None:
        coordinator = self.seat("coordinator")
        coordinator.get_by_role("tab", name="紹介-").click()
        button = coordinator.get_by_role("button", name="承認", exact=True)
        button.wait_for()
        self.take_message("decision", coordinator, "承認のお願い")
        button.click()
        button.wait_for(state="hidden")

    def consent(self) -> None:
        counterpart = self.seat("counterpart")
        button = counterpart.get_by_role("button", name="会ってみる")
        button.wait_for()
        self.take_message("consent", counterpart, "希望が届いています")
        button.click()
        button.wait_for(state="hidden")

    def introduce(self) -> None:
        coordinator = self.seat("coordinator")
        coordinator.get_by_role("tab", name="matchbot").click()
        coordinator.get_by_role("button", name="紹介状を確認して送る").last.click()
        form = coordinator.get_by_role("dialog")
        form.wait_for()
        self.take("letter", form)
        form.locator("footer .primary").click()
        form.wait_for(state="hidden")
        counterpart = self.seat("counterpart")
        counterpart.get_by_role("tab", name="第一施設工業(株) 社員").click()
        counterpart.locator("article.message").first.wait_for()
        self.take("introduction", counterpart.locator("article.message").first)

    def home(self) -> None:
        firm = self.seat("firm")
        firm.get_by_role("tab", name="ホーム").click()
        firm.locator(".stream.home article").wait_for()
        self.take("home", firm.locator(".stream.home article"))


def main() -> None:
    """All pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, demonstration(read_settings(), sample_scale=0.05, progress=_silent) as slack:
        context = browser.new_context(viewport=PHONE, locale="ja-JP", device_scale_factor=1.5)
        page = context.new_page()
        page.goto(slack.url)
        walk(Photographer(page))
        context.close()


def walk(photographer: Photographer) -> None:
    photographer.ask()
    photographer.request()
    # While a case is open: whose turn it is, since when, and until when.
    photographer.home()
    photographer.approve()
    photographer.consent()
    photographer.introduce()
    photographer.page.set_viewport_size(WIDE)
    photographer.seat("firm").get_by_role("tab", name="matchbot").click()
    photographer.take("demo", photographer.page.locator("body"))


def _silent(stage: str, done: int, total: int) -> None:
    pass


if __name__ == "__main__":
    main()
