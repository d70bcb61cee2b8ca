"""Writers that go on while the server that keeps their ledger is killed again and again."""

import os
import signal
import time
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from random import Random

from ledger_places import OnPostgres, record
from matchbot.errors import LedgerUnreachableError
from matchbot.ledger import Ledger
from postgres_server import PostgresServer

N_WRITERS = 4
N_EVENTS = 2
"""Of each command."""
_PROCESSES = get_context("fork")


def write_through_kills(
    place: OnPostgres, server: PostgresServer, acknowledged: Path, *, n_kills: int, noon: datetime
) -> set[str]:
    """The keys of the commands that were acknowledged to several processes while the server was killed."""
    chance = Random(20261128)
    acknowledged.parent.mkdir(parents=True, exist_ok=True)
    acknowledged.touch()
    writers = [
        _PROCESSES.Process(target=_write_on, args=(place, noon, f"m:{number}", acknowledged), daemon=True)
        for number in range(N_WRITERS)
    ]
    for writer in writers:
        writer.start()
    n_before = 0
    for _ in range(n_kills):
        # Only once it serves again is there something to kill.
        while (n_written := len(acknowledged.read_bytes().split())) <= n_before:
            time.sleep(0.05)
        n_before = n_written
        time.sleep(chance.uniform(0, 0.5))
        server.kill()
        server.start()
    for writer in writers:
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
    return set(acknowledged.read_text().split())


def attempt(ledger: Ledger, noon: datetime, name: str, key: str) -> bool:
    """Do what stands under a key, unless it was done; whether it was acknowledged."""
    try:
        with ledger.unit() as unit:
            if unit.events.recorded_under(key):
                return True
            record(unit, noon, name, key)
    except LedgerUnreachableError:
        return False
    return True


def _write_on(place: OnPostgres, noon: datetime, name: str, acknowledged: Path) -> None:
    """Commands without end, each again under its key until it is acknowledged, and then written down."""
    with place.open() as ledger, acknowledged.open("ab", buffering=0) as done:
        for number in range(10**9):
            key = f"{name}:{number}"
            while not attempt(ledger, noon, name, key):
                time.sleep(0.05)
            done.write(f"{key}\n".encode())
