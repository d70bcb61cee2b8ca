"""A PostgreSQL server dies as when the power fails: what it acknowledged is there when it is back."""

from collections import Counter

import pytest

from killed_servers import N_EVENTS, attempt, write_through_kills
from ledger_places import OnPostgres
from matchbot.errors import LedgerUnreachableError
from postgres_server import running_postgres


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_kill_9_of_the_server_loses_nothing_acknowledged_and_leaves_nothing_half(
    home, noon, tmp_path, repetitions
):
    with running_postgres(is_durable=True) as server:
        place = OnPostgres(home, server)
        place.create(is_sample=False, created_at=noon).close()
        acknowledged = write_through_kills(
            place, server, tmp_path / "acknowledged", n_kills=repetitions(3, 100), noon=noon
        )
        with place.open() as ledger:
            assert ledger.verify().is_intact
            with ledger.read() as unit:
                recorded = Counter(event.key for event in unit.events.read_all())
                assert acknowledged <= recorded.keys()
                assert set(recorded.values()) == {N_EVENTS}
                assert {message.id for message in unit.outbox.unsent()} == recorded.keys()


def test_who_asks_while_the_server_is_away_is_told_so_and_served_when_it_is_back(home, noon):
    with running_postgres() as server:
        place = OnPostgres(home, server)
        with place.create(is_sample=False, created_at=noon) as ledger:
            assert attempt(ledger, noon, "m:1", "click:1")
            server.stop()
            with pytest.raises(LedgerUnreachableError, match="ledger-unreachable"):
                ledger.head()
            with pytest.raises(LedgerUnreachableError):
                place.open()
            server.start()
            assert attempt(ledger, noon, "m:1", "click:2")
            assert ledger.head().seq == 2 * N_EVENTS
