"""The desk as the composition root builds it: over the real corpus, a real ledger and the search."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import bundled
from corpus.records import Contact
from corpus.registry import Registry
from matchbot.bootstrap import build_service, restore_ledger
from matchbot.config import Settings
from matchbot.conversation import Conversation
from matchbot.correspondence import Thread
from matchbot.errors import LedgerExistsError, NoLedgerError
from matchbot.following import PartyAnswer
from matchbot.introductions.words import Means, State
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.service import Service

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NEED = "ガラス基板の欠陥検査ができる相手"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    service = build_service(Settings(home=tmp_path, encoder="none"))
    service.load_bundled()
    service.build_index(progress=lambda *_: None)
    return service


def register_coordinator(service: Service, *clusters: str) -> None:
    row = MemberRow(row=1, id="k-1", role=Role.COORDINATOR, clusters=clusters)
    service.desk.register_member(row, by=MATCHBOT, key="registered")


def test_a_home_without_a_ledger_searches_and_says_so_when_it_is_needed(service: Service) -> None:
    assert service.search(NEED, limit=3).matches.items
    with pytest.raises(NoLedgerError):
        _ = service.desk


def test_a_ledger_is_made_once(service: Service) -> None:
    service.create_ledger(is_sample=False)
    with pytest.raises(LedgerExistsError):
        service.create_ledger(is_sample=True)
    assert not service.desk.is_sample


def test_what_a_terminal_shows_is_on_record(service: Service) -> None:
    asker = service.asker("seed:uchiyama")
    answer = service.search(NEED, asker=asker, limit=3)
    service.put_on_record(answer, asker=asker, key="cli:1")
    service.create_ledger(is_sample=False)
    for who in (asker, None):
        service.put_on_record(answer, asker=who, key=f"cli:{who and who.organisation_id}")
    with service.desk._office.ledger.read() as unit:
        shown = [recorded.event for recorded in unit.events.read_all()]
    partners = tuple(match.organisation_id for match in answer.matches.items)
    assert [(each.organisation_id, each.partners) for each in shown] == [
        (asker.organisation_id, partners),
        ("", partners),
    ]


def test_a_pause_takes_an_organisation_out_of_the_next_search(service: Service) -> None:
    service.create_ledger(is_sample=False)
    first = service.search(NEED, limit=3).matches.items[0].organisation_id
    register_coordinator(service, service.asker(first).clusters[0])
    service.desk.pause(first, by=service.desk.member("k-1"), key="pause")
    assert first not in {match.organisation_id for match in service.search(NEED, limit=10).matches.items}
    service.desk.resume(first, by=service.desk.member("k-1"), key="resume")
    assert service.search(NEED, limit=3).matches.items[0].organisation_id == first


def test_a_proposal_takes_its_parties_from_the_corpus_of_the_day(service: Service) -> None:
    service.create_ledger(is_sample=False)
    matches = service.search(NEED, limit=3).matches.items
    parties = [match.organisation_id for match in matches]
    clusters = {service.asker(id).clusters[0] for id in parties}
    register_coordinator(service, *clusters)
    coordinator = service.desk.member("k-1")
    receipt = service.desk.propose(parties, purpose=Purpose.RESEARCH, by=coordinator, key="proposal")
    assert receipt.state is State.APPROVED
    seen = service.desk.case(receipt.id, coordinator)
    assert {party.home_cluster for party in seen.parties} == clusters


def test_beside_a_real_ledger_no_search_finds_a_sample(service: Service) -> None:
    service.load_sample(scale=0.01, seed=7, progress=lambda *_: None)
    # Among so many more the document's organisations are harder to find, which the gate would refuse.
    service.build_index(forced="the sample came", progress=lambda *_: None)
    assert any(match.hit.organisation.is_sample for match in service.search("めっき", limit=20).matches.items)
    service.create_ledger(is_sample=False)
    found = service.search("めっき", limit=20).matches.items
    assert not any(match.hit.organisation.is_sample for match in found)


def test_a_forgotten_person_stays_forgotten_when_an_older_backup_is_restored(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup"
    settings = Settings(home=home, encoder="none")
    service = build_service(settings)
    service.load_bundled()
    firm, other = (profile.organisation.id for profile in bundled.profiles()[:2])
    desk = service.create_ledger(is_sample=False)
    for mail in ("old@forget.example", "taro@forget.example"):
        row = MemberRow(
            row=1, id="m-1", role=Role.FIRM, organisations=(firm,), slack_id="U1", name="忘却太郎", mail=mail
        )
        desk.register_member(row, by=MATCHBOT, key=f"registered:{len(mail)}")
    register_coordinator(service, *{service.asker(id).clusters[0] for id in (firm, other)})
    coordinator, taro = desk.member("k-1"), desk.member("m-1")
    request = {"purpose": Purpose.RESEARCH, "brief": "忘却と申します"}
    case_id = desk.request(firm, [other], **request, by=taro, key="request").id
    desk.approve(case_id, by=coordinator, key="approve")
    said = {"means": Means.PHONE, "said_by": "忘却 太郎", "reason": "old@forget.example へ返事済み"}
    desk.record_answer(case_id, other, PartyAnswer.NO, **said, by=coordinator, key="answer")
    service.correspondence.take("m", "message", "U7", {"text": "忘却　太郎さんはいますか"}, NOW)
    desk.back_up(backup, MATCHBOT)

    desk.erase("m-1", by=MATCHBOT, key="erased")
    words = (
        "忘却太郎",
        "忘却 太郎",
        "忘却　太郎",
        "忘却と申します",
        "old@forget.example",
        "taro@forget.example",
    )
    traced = [word.encode() for word in words]

    def traces() -> list[Path]:
        files = (file for file in home.rglob("*") if file.is_file())
        return [file for file in files if any(trace in file.read_bytes() for trace in traced)]

    assert traces() == []
    assert desk.verify(MATCHBOT).is_intact
    with desk._office.ledger.read() as unit, desk._office.models.read(unit.events) as models:
        before = models.tallies()

    restored = restore_ledger(settings, backup, may_lose_events=True)
    assert traces() == []
    assert restored.verify(MATCHBOT).is_intact
    assert restored.rebuild(MATCHBOT, progress=lambda *_: None).is_equal
    with restored._office.ledger.read() as unit, restored._office.models.read(unit.events) as models:
        assert models.tallies() == before
    assert restored.member("m-1").has_left


def test_a_forgotten_person_is_in_no_file_under_the_home(tmp_path: Path) -> None:
    service = build_service(Settings(home=tmp_path, encoder="none"))
    service.load_bundled()
    firm, other = (profile.organisation.id for profile in bundled.profiles()[:2])
    with Registry.open(tmp_path / "corpus.db") as registry:
        for name in ("忘却太郎", "忘却　太郎"):
            profiles = [registry.profile(firm), registry.profile(other)]
            contacts = [Contact(firm, name, "taro@forget.example"), Contact(other, "記憶花子")]
            registry.put(profiles, recorded_at=NOW, contacts=contacts)
    service.create_ledger(is_sample=False)
    row = MemberRow(row=1, id="m-1", role=Role.FIRM, organisations=(firm,), name="忘却太郎")
    service.desk.register_member(row, by=MATCHBOT, key="registered")

    chat = service.correspondence
    chat.take("k", "message", "m-1", {"text": "忘却太郎です。"}, NOW)
    chat.put_thread(
        Thread("t-1", "another", Conversation(), Conversation(), need_text="忘却太郎さんの会社"), NOW
    )

    forgotten = service.desk.erase("m-1", by=MATCHBOT, key="erased")

    assert (forgotten.n_texts, forgotten.n_contacts) == (1, 1)
    assert chat.waiting() == []
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    traces = "忘却太郎", "忘却　太郎"
    assert [f for f in files if any(trace.encode() in f.read_bytes() for trace in traces)] == []
    with Registry.open(tmp_path / "corpus.db") as registry:
        assert (registry.contact(firm), registry.contact(other)) == (None, Contact(other, "記憶花子"))
