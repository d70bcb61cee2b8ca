"""A PostgreSQL server dies as when the power fails: what it acknowledged is there when it is back."""

import os
import random
import signal
import time
from collections import Counter
from multiprocessing import get_context

import pytest

from ledger_places import OnPostgres
from matchbot.errors import LedgerUnreachableError
from matchbot.introductions import IntroductionDeclined, IntroductionExpired
from matchbot.ledger import Message
from postgres_server import running_postgres

PROCESSES = get_context("fork")
N_WRITERS = 4


def write_on(place, noon, name, acknowledged):
    """Commands without end, each again under its key until it is acknowledged, and then written down."""
    with place.open() as ledger, open(acknowledged, "ab", buffering=0) as done:
        for number in range(10**9):
            key = f"{name}:{number}"
            while not attempted(ledger, noon, name, key):
                time.sleep(0.05)
            done.write(f"{key}\n".encode())


def attempted(ledger, noon, name, key):
    try:
        with ledger.unit() as unit:
            if unit.events.has_key(key):
                return True
            text = unit.private.put(f"text {key}", kind="reason", about=[name], recorded_at=noon)
            first = IntroductionDeclined(case_id=key, cluster="shikoku", member_id=name, reason=text)
            unit.events.append(
                f"case:{key}",
                [first, IntroductionExpired(case_id=key)],
                actor=name,
                key=key,
                event_date=noon.date(),
                recorded_at=noon,
            )
            unit.outbox.put(Message(id=key, recipient=name, kind="declined", not_before=noon))
    except LedgerUnreachableError:
        return False
    return True


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_kill_9_of_the_server_loses_nothing_acknowledged_and_nobody_decides_twice(
    home, noon, tmp_path, repetitions
):
    chance, acknowledged = random.Random(20261128), tmp_path / "acknowledged"
    acknowledged.touch()
    with running_postgres(is_durable=True) as server:
        place = OnPostgres(home, server)
        place.create(is_sample=False, created_at=noon).close()
        writers = [
            PROCESSES.Process(target=write_on, args=(place, noon, f"m:{number}", acknowledged), daemon=True)
            for number in range(N_WRITERS)
        ]
        for writer in writers:
            writer.start()
        n_before = 0
        for _ in range(repetitions(3, 100)):
            # Only once it serves again is there something to kill.
            while (n_written := len(acknowledged.read_bytes().split())) <= n_before:
                time.sleep(0.05)
            n_before = n_written
            time.sleep(chance.uniform(0, 0.5))
            server.kill()
            server.start()
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            writer.join()

        with place.open() as ledger:
            assert ledger.verify().is_intact
            with ledger.read() as unit:
                recorded = Counter(event.key for event in unit.events.read_all())
                assert set(acknowledged.read_text().split()) <= recorded.keys()
                assert set(recorded.values()) == {2}
                assert {message.id for message in unit.outbox.unsent()} == recorded.keys()


def test_who_asks_while_the_server_is_away_is_told_so_and_served_when_it_is_back(home, noon):
    with running_postgres() as server:
        place = OnPostgres(home, server)
        with place.create(is_sample=False, created_at=noon) as ledger:
            assert attempted(ledger, noon, "m:1", "click:1")
            server.stop()
            with pytest.raises(LedgerUnreachableError, match="ledger-unreachable"):
                ledger.head()
            with pytest.raises(LedgerUnreachableError):
                place.open()
            server.start()
            assert attempted(ledger, noon, "m:1", "click:2")
            assert ledger.head().seq == 4
