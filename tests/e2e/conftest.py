"""A small network for every journey in Slack: made once, and a copy of it for each test; and a workplace
where everybody has a part."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.service import Service
from slack_network import Slack, furnish, in_slack, settings_of
from slack_workplace import Workplace, at_work


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("furnished") / "home"
    furnish(home)
    return home


@pytest.fixture
def settings(furnished: Path, tmp_path: Path) -> Settings:
    return settings_of(shutil.copytree(furnished, tmp_path / "home"))


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    service = build_service(settings)
    yield service
    service.correspondence.close()


@pytest.fixture
def slack(settings: Settings, service: Service) -> Iterator[Slack]:
    with in_slack(settings, service) as slack:
        yield slack


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    with at_work(tmp_path / "home") as place:
        yield place
