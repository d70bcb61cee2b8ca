"""A new organisation is shown to somebody within a month, where it has to do with what people look for."""

from datetime import date, datetime, timedelta
from pathlib import Path

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.matchmaking import CARDS
from matchbot.members import MATCHBOT
from matchbot.need import Asker
from matchbot.workdays import OFFICE_ZONE

SOURCE = Source("名簿", date(2026, 4, 1))
NEED = "真空蒸着の装置を探しています"


class Days:
    """A clock that goes from day to day."""

    def __init__(self) -> None:
        self.at = datetime(2026, 6, 1, 10, tzinfo=OFFICE_ZONE)

    def now(self) -> datetime:
        return self.at


def firm(id: str, text: str) -> Profile:
    organisation = Organisation(f"seed:{id}", f"{id}工業", Kind.FIRM, SOURCE)
    passage = Passage(f"seed:{id}:1", organisation.id, PassageType.CAPABILITY, text, SOURCE)
    return Profile(organisation, (passage,))


def test_a_newcomer_who_fits_is_shown_within_thirty_days_and_one_who_does_not_never_is(
    tmp_path: Path,
) -> None:
    days = Days()
    service = build_service(Settings(home=tmp_path / "var", encoder="none"), clock=days)
    service.create_ledger(is_sample=False)
    # Those who are there say it a little more clearly.
    known = [firm(f"old-{n}", f"真空蒸着の装置を{n}台もつ。真空蒸着の受託。") for n in range(8)]
    late = [firm("new", "真空蒸着の装置をもつ。小物の塗装も受ける。"), firm("other", "漬物の製造と販売。")]

    def shown() -> set[str]:
        answer = service.search(NEED, limit=CARDS)
        service.put_on_record(answer, asker=Asker(), key=f"day:{days.at:%Y%m%d}", by=MATCHBOT)
        return {match.organisation_id for match in answer.matches.items}

    def is_there(profiles: list[Profile]) -> None:
        with service._open_registry() as registry:
            registry.put(profiles, recorded_at=days.at)
        service.build_index(progress=lambda *_: None)

    is_there(known)
    for _ in range(30):
        shown()
        days.at += timedelta(days=1)
    is_there(late)
    seen: set[str] = set()
    for _ in range(30):
        seen |= shown()
        days.at += timedelta(days=1)
    assert "seed:new" in seen
    assert "seed:other" not in seen
