"""The desk in several processes: one click of two people decides once, and a kill leaves nothing half."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from matchbot.desk import Desk
from matchbot.errors import AlreadyHandledError
from matchbot.ledger import Ledger
from matchbot.members import MATCHBOT
from matchbot.need import Purpose
from matchbot.readmodels.files import ReadModels
from matchbot.rules import Rules
from small_network import Network

N_PROCESSES, N_DELIVERIES = 4, 5
PEOPLE = ("k-north", "k-north-2")
PLENTY = Rules(requests_per_week=10**6, open_requests=10**6, recipient_per_quarter=10**6)


def desk_of(network: Network) -> Desk:
    """A desk of this process over the network's files."""
    folder = network.models.file.parent
    return Desk(replace(network.office, ledger=Ledger.open(folder), models=ReadModels(network.models.file)))


def click(network: Network, cases: list[str], barrier, told) -> None:
    """One process: every case is approved by both people, as often as the click was delivered."""
    desk = desk_of(network)
    for case_id in cases:
        barrier.wait()
        for delivery in range(N_DELIVERIES):
            who = PEOPLE[delivery % 2]
            try:
                desk.approve(case_id, by=desk.member(who), key=f"click:{who}:approve:{case_id}")
            except AlreadyHandledError as error:
                told.put((case_id, who, error.facts["member"]))


@pytest.mark.soak
def test_one_decision_each_time_and_the_other_is_told_who(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    n_rounds = repetitions(6, 200)
    network = Network(tmp_path, rules=PLENTY)
    with network.desk.together():
        cases = [network.requested() for _ in range(n_rounds)]
    network.ledger.close()

    fork = multiprocessing.get_context("fork")
    barrier, told = fork.Barrier(N_PROCESSES), fork.SimpleQueue()
    arguments = (network, cases, barrier, told)
    processes = [fork.Process(target=click, args=arguments) for _ in range(N_PROCESSES)]
    heard = []
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes) or not told.empty():
        if not told.empty():
            heard.append(told.get())
    assert [process.exitcode for process in processes] == [0] * N_PROCESSES

    assert network.n_events("IntroductionApproved") == n_rounds
    assert {case_id for case_id, _, _ in heard} == set(cases)
    assert all(who != first for _, who, first in heard)
    assert network.ledger.verify().is_intact


def work_on(network: Network, name: str, acknowledged: Path) -> None:
    """Requests and approvals without end; each acknowledged one is written down before the next begins."""
    desk = desk_of(network)
    firm, coordinator = desk.member("m-yamada"), desk.member("k-north")
    with acknowledged.open("ab", buffering=0) as done:
        for number in range(10**9):
            wish = {"purpose": Purpose.RESEARCH, "brief": f"{name} の {number} 件目"}
            asked, approved = f"{name}:{number}:request", f"{name}:{number}:approve"
            case_id = desk.request("yamada", ["suzuki"], **wish, by=firm, key=asked).id
            done.write(f"{asked}\n".encode())
            desk.approve(case_id, by=coordinator, key=approved)
            done.write(f"{approved}\n".encode())


@pytest.mark.soak
def test_kill_9_at_any_moment_loses_no_command_and_leaves_none_half_done(
    tmp_path: Path, repetitions: Callable[[int, int], int]
) -> None:
    network = Network(tmp_path / "home", rules=PLENTY)
    n_beforehand = network.ledger.head().seq
    network.ledger.close()
    fork, chance, acknowledged = multiprocessing.get_context("fork"), random.Random(1), tmp_path / "done"
    acknowledged.touch()

    def begin(number: int) -> multiprocessing.Process:
        worker = fork.Process(target=work_on, args=(network, f"w{number}", acknowledged), daemon=True)
        worker.start()
        return worker

    def kill(worker: multiprocessing.Process) -> None:
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()

    workers = [begin(number) for number in range(4)]
    for number in range(4, 4 + repetitions(10, 1000)):
        time.sleep(chance.uniform(0, 0.1))
        place = chance.randrange(4)
        kill(workers[place])
        workers[place] = begin(number)
    for worker in workers:
        kill(worker)

    assert network.ledger.verify().is_intact
    assert desk_of(network).rebuild(MATCHBOT, progress=lambda *_: None).is_equal
    with network.ledger.read() as unit:
        n_events = Counter(recorded.key for recorded in unit.events.read_all(n_beforehand))
        told = {message.id.partition("~")[0] for message in unit.outbox.unsent()}
    assert set(acknowledged.read_text().split()) <= n_events.keys()
    # A request is its consent as well, and an approval asks the party; each tells somebody.
    assert set(n_events.values()) <= {2}
    assert told >= n_events.keys()
