"""The pages, and the blocks that stand in them."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w*)[ \t]*(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: what language it is in, what else its fence says, and what stands in it."""

    language: str
    label: str
    text: str


@dataclass(frozen=True)
class Page:
    """A Markdown page of this repository."""

    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def blocks(self) -> list[Block]:
        return [Block(*found) for found in FENCE.findall(self.text)]

    @property
    def prose(self) -> str:
        return FENCE.sub("", self.text)

    @property
    def headings(self) -> list[tuple[int, str]]:
        found = re.findall(r"^(#+) (.+)$", self.prose, re.MULTILINE)
        return [(len(marks), title) for marks, title in found]


def all_pages() -> list[Page]:
    return [Page(path) for path in (*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")))]


def has_commands(page: Page) -> bool:
    """Whether a page has blocks to run; a Japanese page has those of the English one."""
    return not page.path.stem.endswith(".ja") and any(block.language == "sh" for block in page.blocks)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a ``page`` runs on each; for a ``page_with_commands``, on each that has some."""
    for name, pages in (
        ("page", all_pages()),
        ("page_with_commands", list(filter(has_commands, all_pages()))),
    ):
        if name in metafunc.fixturenames:
            ids = [str(page.path.relative_to(ROOT)) for page in pages]
            metafunc.parametrize(name, pages, ids=ids)


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def pages() -> dict[str, Page]:
    return {str(page.path.relative_to(ROOT)): page for page in all_pages()}
