"""Real processes: killed at any moment, and wanting the same thing at once."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context

import pytest

from ledger_places import record
from matchbot.introductions.events import IntroductionExpired
from matchbot.ledger import Ledger

# Forked, not started anew: a writer is at work, and can be killed, within milliseconds.
PROCESSES = get_context("fork")


@pytest.fixture
def ledger(place, noon) -> Iterator[Ledger]:
    with place.create(is_sample=False, created_at=noon) as made:
        yield made


def write_on(place, noon, name, acknowledgements):
    """Commands without end; each one that was acknowledged is written down before the next begins."""
    with place.open() as ledger, open(acknowledgements, "ab", buffering=0) as done:
        for number in range(10**9):
            key = f"{name}:{number}"
            with ledger.unit() as unit:
                record(unit, noon, name, key)
            done.write(f"{key}\n".encode())


@pytest.mark.soak
def test_kill_9_at_any_moment_loses_nothing_acknowledged_and_leaves_nothing_half(
    ledger, place, noon, tmp_path, repetitions
):
    ledger.close()
    chance = random.Random(20270401)
    acknowledgements = tmp_path / "acknowledged"
    acknowledgements.touch()
    writers = [start(write_on, place, noon, f"m:0.{desk}", acknowledgements) for desk in range(4)]
    for number in range(1, repetitions(20, 1000) + 1):
        time.sleep(chance.uniform(0, 0.1))
        desk = chance.randrange(4)
        kill(writers[desk])
        writers[desk] = start(write_on, place, noon, f"m:{number}.{desk}", acknowledgements)
    for writer in writers:
        kill(writer)

    acknowledged = set(acknowledgements.read_text().split())
    assert ledger.verify().is_intact
    with ledger.read() as unit:
        recorded = Counter(event.key for event in unit.events.read_all())
        assert acknowledged <= recorded.keys()
        assert set(recorded.values()) == {2}
        assert {message.id for message in unit.outbox.unsent()} == recorded.keys()


@pytest.mark.soak
def test_the_same_click_from_many_sides_decides_once_and_tells_the_others_who(
    ledger, place, noon, repetitions
):
    """Two people, four processes, each click delivered five times: one decision each round."""
    n_rounds = repetitions(5, 200)
    ledger.close()
    gates = PROCESSES.Barrier(4)
    answers = PROCESSES.SimpleQueue()
    clickers = [start(click_on, place, noon, side, n_rounds, gates, answers) for side in range(4)]
    told = [answers.get() for _ in range(4 * 5 * n_rounds)]
    for clicker in clickers:
        clicker.join()

    with ledger.read() as unit:
        for number in range(n_rounds):
            (decision,) = unit.events.read(f"case:{number}")
            assert {who for of, who in told if of == number} == {decision.actor}


def click_on(place, noon, side, n_rounds, gates, answers):
    who = f"m:{side % 2}"
    with place.open() as ledger:
        for number in range(n_rounds):
            gates.wait()
            for _ in range(5):
                with ledger.unit() as unit:
                    answers.put((number, decided_by(unit, number, who, noon)))


def decided_by(unit, number, who, noon):
    """Decide, if nobody has; gives who did."""
    already = unit.events.read(f"case:{number}")
    if already:
        return already[0].actor
    (decision,) = unit.events.append(
        f"case:{number}",
        [IntroductionExpired(case_id=str(number))],
        actor=who,
        key=f"click:{who}:{number}",
        event_date=noon.date(),
        recorded_at=noon,
    )
    return decision.actor


def test_a_process_made_by_a_fork_opens_a_ledger_of_its_own(ledger, place, decline, noon, tmp_path):
    with ledger.unit() as unit:
        decline(unit, "1", key="click:1")
    writer = start(write_on, place, noon, "m:1", tmp_path / "acknowledged")
    for number in range(2, 20):
        with ledger.unit() as unit:
            decline(unit, str(number), key=f"click:{number}")
    kill(writer)
    assert ledger.verify().is_intact


def start(work, *arguments):
    process = PROCESSES.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def kill(process):
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.join()
