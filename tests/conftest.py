"""What every test may rely on: a home of its own, no network, and one way to be heavy or light."""

import gettext
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import settings

from matchbot.logs import OURS, log_in_json
from postgres_server import PostgresServer, running_postgres
from small_network import Network

ROOT = Path(__file__).resolve().parent.parent
IS_SOAK = os.environ.get("MATCHBOT_SOAK") == "1"

# One test's worst case is longer than its mean on a busy machine: time is pytest-timeout's matter.
settings.register_profile("reduced", max_examples=60, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("soak", max_examples=10_000, deadline=None)
settings.load_profile("soak" if IS_SOAK else "reduced")

MEMORY = Path("/dev/shm")
"""Where Linux has a file system in memory."""
ROOM = 2**32
"""Bytes that it has to have free: all that the tests write, several times over."""


def pytest_configure() -> None:
    """Keep what the tests write in memory, where there is room and nobody has said where it is to be.

    Waiting for a disk was a fifth of their time. What they kill leaves what it had written there, too; a
    disk that fails or is full is made by the tests that are about one.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Property tests are heavy repetitions by nature: `make soak` runs them in full."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "property"):
            item.add_marker(pytest.mark.soak)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_no_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings and the corpus of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("MATCHBOT_")]:
            patch.delenv(name)
        patch.setenv("MATCHBOT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(autouse=True)
def _click_speaks_english_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what one test makes click speak out of the others."""
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    gettext.textdomain("messages")


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    """A desk over a ledger of its own, with everybody of the small network registered."""
    network = Network(tmp_path / "home")
    yield network
    network.ledger.close()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: tuple[str, int] | str | bytes) -> None:
        is_network = self.family in (socket.AF_INET, socket.AF_INET6)
        if is_network and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture
def log() -> Iterator[StringIO]:
    """The log as lines of JSON, as they are written; afterwards logging is what it was."""
    root, written = logging.getLogger(), StringIO()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in ("root", *OURS)}
    log_in_json(written)
    yield written
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(scope="session")
def repetitions() -> Callable[[int, int], int]:
    """How often to repeat something heavy: ``repetitions(reduced, full)``, full only in `make soak`.

    Mark a test that asks for it ``@pytest.mark.soak``, so that `make soak` finds it.
    """

    def choose(reduced: int, full: int) -> int:
        return full if IS_SOAK else reduced

    return choose


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data beside a checkout; a test that needs it is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the development data in ../shared, which is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; a test that needs it is skipped where there is none."""
    with running_postgres() as server:
        yield server
