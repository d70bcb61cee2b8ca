"""What changes in the corpus counts at once, whoever has it open and whichever search data serve it."""

import sqlite3
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from corpus.registry import Registry, connected
from index.protection import SHARED_BY
from matchbot import bootstrap
from matchbot.bootstrap import build_service, run_jobs
from matchbot.config import Settings
from matchbot.duties import TaskKind
from matchbot.ledger import Ledger
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.service import Service
from matchbot.workdays import OFFICE_ZONE, working_day_from

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


def test_an_alert_names_only_whom_no_search_could_find_when_the_need_was_saved(
    service: Service, settings: Settings
) -> None:
    desk = service.create_ledger(is_sample=False)
    desk.register_member(
        MemberRow(row=0, id="m", role=Role.FIRM, organisations=("f0",), slack_id="U0M"), by=MATCHBOT, key="m"
    )
    desk.save_need("f0", NEED, Purpose.SALES, wants_alerts=True, by=desk.member("m"), key="need")
    morning = datetime.combine(
        working_day_from(service.now().date() + timedelta(days=1)), time(10), OFFICE_ZONE
    )
    assert TaskKind.ALERT not in run_jobs(settings, service, at=morning).done
    put(service, settings, firm(service, "new"))
    service.build_index(progress=lambda *_: None)
    assert run_jobs(settings, service, at=morning).done[TaskKind.ALERT] == 1
    with Ledger.open(settings.home).read() as unit:
        (alert,) = (one for one in unit.outbox.unsent() if one.kind == TaskKind.ALERT)
    assert alert.payload["partners"] == ["new"]
