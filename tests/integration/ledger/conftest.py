"""A ledger on a real disk, and one command to fill it: a case is declined, with a reason."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger_places import InFiles, N, OnPostgres, Place
from matchbot.introductions.events import IntroductionDeclined
from matchbot.ledger import Ledger, Message, Recorded, Unit

NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)

Decline = Callable[..., list[Recorded]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture(params=["files", "postgresql"])
def place(request: pytest.FixtureRequest, home: Path) -> Place:
    """Each place that a ledger can be kept in, with nothing there."""
    if request.param == "files":
        return InFiles(home)
    return OnPostgres(home, request.getfixturevalue("postgres"))


@pytest.fixture
def ledger(home: Path) -> Iterator[Ledger]:
    with Ledger.create(home, is_sample=False, created_at=NOON) as made:
        yield made


@pytest.fixture
def full(ledger: Ledger, decline: Decline) -> Ledger:
    """A ledger with ``N`` events, of files all in the main one."""
    with ledger.unit() as unit:
        for number in range(1, N + 1):
            decline(unit, str(number), key=f"click:{number}", reason=f"理由 {number}")
    ledger.close()
    return ledger


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def decline() -> Decline:
    """Do what a command does: keep a text, record an event which refers to it, have a message sent."""

    def decline(
        unit: Unit, case: str, *, key: str, reason: str = "today", about: str = "m:1"
    ) -> list[Recorded]:
        known = unit.events.recorded_under(key)
        if known:
            return known
        text = unit.private.put(reason, kind="reason", about=[about], recorded_at=NOON)
        event = IntroductionDeclined(case_id=case, cluster="shikoku", member_id="m:9", reason=text)
        recorded = unit.events.append(
            f"case:{case}", [event], actor="m:9", key=key, event_date=NOON.date(), recorded_at=NOON
        )
        unit.outbox.put(Message(id=f"{key}:told", recipient=about, kind="declined", not_before=NOON))
        return recorded

    return decline
