"""A ledger moves to a server and back: nothing is lost, nothing is there twice, whatever breaks off."""

import os
import random
import signal
import time
from contextlib import suppress
from multiprocessing import get_context
from threading import Thread

import pytest

from ledger_places import InFiles, OnPostgres
from matchbot.errors import LedgerBusyError, LedgerMovedError, MigrationError, NoLedgerError
from matchbot.ledger import Ledger
from postgres_server import running_postgres

moving = pytest.importorskip("matchbot.ledger.moving", reason="needs psycopg (pip install matchbot[scale])")

PROCESSES = get_context("fork")
N = 30


@pytest.fixture
def server(home, postgres) -> OnPostgres:
    return OnPostgres(home, postgres)


@pytest.fixture
def full(ledger, decline, noon) -> Ledger:
    """A ledger in files with ``N`` events: a third of its messages are sent, a text is erased."""
    with ledger.unit() as unit:
        for number in range(N):
            decline(unit, str(number), key=f"click:{number}", reason=f"理由\x00{number}", about=f"m:{number}")
            if number % 3 == 0:
                unit.outbox.mark_sent(f"click:{number}:told", noon)
    ledger.erase(about=["m:7"], by="m:9", erased_at=noon)
    return ledger


def contents(ledger):
    """Everything in it, as those see it who use it."""
    with ledger.read() as unit:
        events = list(unit.events.read_all())
        messages = [unit.outbox.get(f"{event.key}:told") for event in events]
        texts = [unit.private.about(f"m:{number}") for number in range(N)]
        return events, messages, texts, ledger.erasures(), (ledger.id, ledger.is_sample, ledger.created_at)


def test_everything_arrives_and_nothing_is_written_any_more_where_it_was(full, server, home, decline):
    before = contents(full)
    moved = moving.to_server(home, server.url)
    assert (moved.head.seq, moved.n_texts, moved.n_erased) == (N, N - 1, 1)
    with server.open() as opened:
        assert contents(opened) == before
        assert opened.verify(moved.head).is_intact
        with opened.unit() as unit:
            decline(unit, "later", key="click:later")
    for attempt in (full.head, lambda: Ledger.open(home), lambda: full.unit().__enter__()):
        with pytest.raises(LedgerMovedError, match="to=127"):
            attempt()


def test_what_was_recorded_there_comes_back_with_the_rest(full, server, home, decline, noon):
    moving.to_server(home, server.url)
    with server.open() as opened:
        with opened.unit() as unit:
            decline(unit, "later", key="click:later", about="m:3")
        opened.erase(about=["m:4"], by="m:9", erased_at=noon)
        before = contents(opened)
        moved = moving.to_files(server.url, home, made_at=noon)
        assert (moved.head.seq, moved.n_erased) == (N + 1, 2)
        with pytest.raises(LedgerMovedError, match=str(home)):
            opened.head()
    assert contents(full) == before
    with full.unit() as unit:
        decline(unit, "at home", key="click:at-home")
    with pytest.raises(LedgerMovedError):
        server.open()
    with pytest.raises(MigrationError, match="not-empty"):
        moving.to_server(home, server.url)
    assert full.verify(full.head()).is_intact


def test_a_ledger_comes_back_into_a_folder_that_never_had_it(full, server, home, tmp_path, noon):
    before = contents(full)
    moving.to_server(home, server.url)
    moving.to_files(server.url, tmp_path / "new", made_at=noon)
    with Ledger.open(tmp_path / "new") as opened:
        assert contents(opened) == before
    with pytest.raises(LedgerMovedError):
        moving.to_files(server.url, home, made_at=noon)


def test_a_database_with_something_in_it_is_refused_and_the_ledger_stays(full, server, home, decline, noon):
    server.create(is_sample=True, created_at=noon).close()
    with pytest.raises(MigrationError, match="not-empty"):
        moving.to_server(home, server.url)
    with full.unit() as unit:
        decline(unit, "later", key="click:later")


def test_a_ledger_that_is_not_intact_is_not_moved(full, server, home):
    full.close()
    with InFiles(home).unguarded() as raw:
        raw.execute("UPDATE events SET actor = 'm:8' WHERE seq = 9")
    with pytest.raises(MigrationError, match="row-changed"):
        moving.to_server(home, server.url)
    assert full.head().seq == N
    with pytest.raises(NoLedgerError):
        server.open()


def test_where_there_is_nothing_to_move_one_is_told(server, home, noon):
    with pytest.raises(NoLedgerError):
        moving.to_server(home, server.url)
    with pytest.raises(NoLedgerError):
        moving.to_files(server.url, home, made_at=noon)


def test_who_writes_meanwhile_waits_and_what_was_acknowledged_has_arrived(full, server, home, decline):
    acknowledged = []

    def write_on():
        with suppress(LedgerMovedError, LedgerBusyError):
            for number in range(10**9):
                with full.unit() as unit:
                    decline(unit, f"w{number}", key=f"write:{number}")
                acknowledged.append(f"write:{number}")

    writer = Thread(target=write_on)
    writer.start()
    while len(acknowledged) < 5:
        time.sleep(0.01)
    moving.to_server(home, server.url)
    writer.join()
    with server.open() as opened, opened.read() as unit:
        written = [event.key for event in unit.events.read_all() if event.key.startswith("write:")]
    assert written == acknowledged


def test_a_ledger_that_did_not_arrive_is_taken_up_again(full, server, home, noon, monkeypatch):
    """The server goes away between the note that the ledger has moved and the end of the transaction."""
    note = moving._note

    def note_and_fall(files, to):
        note(files, to)
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "_note", note_and_fall)
    with pytest.raises(KeyboardInterrupt):
        moving.to_server(home, server.url)
    with pytest.raises(LedgerMovedError):
        full.head()
    moving.to_files(server.url, home, made_at=noon)
    assert full.head().seq == N


@pytest.mark.soak
@pytest.mark.parametrize("is_back", [False, True], ids=["to the server", "to the files"])
def test_a_move_that_is_killed_at_any_moment_ends_when_it_is_run_again(
    full, home, noon, repetitions, is_back, decline, tmp_path
):
    chance = random.Random(7)
    with running_postgres() as own:
        for number in range(repetitions(8, 300)):
            server = OnPostgres(home, own)
            if is_back:
                moving.to_server(home, server.url)
            before = contents(server.open() if is_back else full)
            arguments = (home, server.url, noon, is_back)
            mover = PROCESSES.Process(target=move, args=arguments)
            mover.start()
            time.sleep(chance.uniform(0, 0.4))
            with suppress(ProcessLookupError):
                os.kill(mover.pid, signal.SIGKILL)
            mover.join()
            assert sum(map(is_open_for_writing, (InFiles(home), server))) <= 1
            move(*arguments)
            with Ledger.open(home) if is_back else server.open() as there:
                assert contents(there) == before, number
                assert there.verify().is_intact
            if not is_back:
                moving.to_files(server.url, home, made_at=noon)


def move(home, url, noon, is_back):
    if is_back:
        moving.to_files(url, home, made_at=noon)
    else:
        moving.to_server(home, url)


def is_open_for_writing(place):
    try:
        with place.open() as ledger, ledger.unit():
            return True
    except (LedgerMovedError, NoLedgerError):
        return False
