"""Who withdraws or becomes masked is out of every search at once, whichever search data serve it."""

from pathlib import Path

import pytest

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from corpus.registry import Registry
from index.protection import SHARED_BY
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.service import Service

NEED = "金型の研磨"


def firm(service: Service, id: str, *, is_masked: bool = False) -> Profile:
    source = Source("会員名簿", service.now().date())
    organisation = Organisation(id, f"{id}製作所", Kind.FIRM, source, is_masked=is_masked)
    return Profile(organisation, (Passage(f"{id}:1", id, PassageType.CAPABILITY, "金型の研磨", source),))


def put(service: Service, settings: Settings, *profiles: Profile) -> None:
    with Registry.open(settings.corpus_path) as registry:
        registry.put(profiles, recorded_at=service.now())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, encoder="none")


@pytest.fixture
def service(settings: Settings) -> Service:
    service = build_service(settings)
    put(service, settings, *(firm(service, f"f{n}") for n in range(SHARED_BY + 2)))
    service.build_index(progress=lambda *_: None)
    return service


def found(service: Service) -> dict[str, bool]:
    """Whom a search for one of them finds, and whether as a masked one."""
    answer = service.search(NEED, asker=service.asker("f0"), limit=20)
    return {match.organisation_id: match.hit.organisation.is_masked for match in answer.matches.items}


def test_who_becomes_masked_is_not_shown_openly_by_data_that_were_built_before(
    service: Service, settings: Settings
) -> None:
    assert found(service)["f1"] is False
    put(service, settings, firm(service, "f1", is_masked=True))
    assert "f1" not in found(service)
    service.build_index(progress=lambda *_: None)
    assert found(service)["f1"] is True
    service.roll_back_index()
    assert "f1" not in found(service)
    assert len(found(service)) == SHARED_BY
    # Opened by another process, the old data are no other.
    assert found(build_service(settings)) == found(service)


def test_who_withdraws_is_out_at_once_and_stays_out_after_going_back(service: Service) -> None:
    service.withdraw_organisation("f1", reason="申し出")
    assert "f1" not in found(service)
    service.build_index(forced="縮小", progress=lambda *_: None)
    service.roll_back_index()
    assert "f1" not in found(service)
    service.reinstate_organisation("f1")
    assert "f1" in found(service)
