"""Who withdraws or becomes masked is out of every search at once, whichever search data serve it."""

import sqlite3
from pathlib import Path

import pytest

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from corpus.registry import Registry, connected
from index.protection import SHARED_BY
from matchbot import bootstrap
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
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


def test_the_corpus_is_opened_once_however_often_something_is_looked_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = list[Path]()

    def counted(path: Path) -> sqlite3.Connection:
        opened.append(path)
        return connected(path)

    monkeypatch.setattr(bootstrap, "connected", counted)
    service = build_service(settings)
    put(service, settings, firm(service, "f1"))
    desk = service.create_ledger(is_sample=False)
    for _ in range(3):
        assert service.organisation("f1").profile.organisation.name == "f1製作所"
        desk.register_member(
            MemberRow(row=0, id="f1", role=Role.FIRM, organisations=("f1",)), by=MATCHBOT, key="k"
        )
    assert opened == [settings.corpus_path]


def test_a_corpus_that_took_the_place_of_another_is_the_one_that_is_read(
    settings: Settings, tmp_path: Path
) -> None:
    service = build_service(settings)
    put(service, settings, firm(service, "f1"))
    assert [one.id for one in service.find_organisations("f1", limit=1)] == ["f1"]
    other = tmp_path / "other.db"
    with Registry.open(other) as registry:
        registry.put([firm(service, "f2")], recorded_at=service.now())
    other.replace(settings.corpus_path)
    assert [one.id for one in service.find_organisations("f", limit=9)] == ["f2"]
