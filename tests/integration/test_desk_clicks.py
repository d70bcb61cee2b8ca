"""The same click, delivered five times over several processes, by two people: one decision each time."""

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from matchbot.desk import Desk
from matchbot.errors import AlreadyHandledError
from matchbot.ledger import Ledger
from matchbot.readmodels import ReadModels
from matchbot.rules import Rules
from small_network import Network

N_PROCESSES, N_DELIVERIES = 4, 5
PEOPLE = ("k-north", "k-north-2")


def click(network: Network, cases: list[str], barrier, told) -> None:
    """One process: every case is approved by both people, as often as the click was delivered."""
    folder = network.models.file.parent
    office = replace(network.office, ledger=Ledger.open(folder), models=ReadModels(network.models.file))
    desk = Desk(office)
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
    plenty = Rules(requests_per_week=1000, open_requests=1000, recipient_per_quarter=1000)
    network = Network(tmp_path, rules=plenty)
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
