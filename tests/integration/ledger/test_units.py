"""Units of work: all or nothing, one at a time, each thing a person did once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from matchbot.errors import (
    LedgerExistsError,
    NoLedgerError,
    StreamMovedError,
    UnreadableFileError,
)
from matchbot.introductions import IntroductionExpired
from matchbot.ledger import Ledger, Message, files


class CoffeeSpilledError(Exception):
    """Something goes wrong in the middle of a command."""


def decline_and_spill(decline, *arguments, **settings):
    decline(*arguments, **settings)
    raise CoffeeSpilledError


def test_an_event_comes_back_as_it_was_recorded(ledger, decline, noon):
    with ledger.unit() as unit:
        (recorded,) = decline(unit, "1", key="click:1")
    with ledger.read() as unit:
        (found,) = unit.events.read("case:1")
    assert found == recorded
    assert (found.seq, found.version, found.actor, found.key) == (1, 1, "m:9", "click:1")
    assert (found.event_date, found.recorded_at) == (date(2027, 4, 1), noon)
    assert found.event.reason.id == found.payload["reason"]["id"]


def test_a_text_is_found_by_what_the_event_holds_of_it(ledger, decline):
    with ledger.unit() as unit:
        (recorded,) = decline(unit, "1", key="click:1", reason="条件が合わない")
    with ledger.read() as unit:
        assert unit.private.text(recorded.event.reason) == "条件が合わない"
        assert [text.text for text in unit.private.about("m:1")] == ["条件が合わない"]
        assert [text.ref for text in unit.private.holding("合わない")] == [recorded.event.reason]
        assert unit.private.holding("") == []


def test_one_text_has_another_commitment_each_time(ledger, noon):
    with ledger.unit() as unit:
        first, second = (
            unit.private.put("同じ", kind="reason", about=[], recorded_at=noon) for _ in range(2)
        )
    assert first.commitment != second.commitment


def test_all_events_come_in_the_order_of_their_numbers(ledger, decline):
    with ledger.unit() as unit:
        for number in range(5):
            decline(unit, str(number % 2), key=f"click:{number}")
    with ledger.read() as unit:
        assert [recorded.seq for recorded in unit.events.read_all()] == [1, 2, 3, 4, 5]
        assert [recorded.seq for recorded in unit.events.read_all(after=3)] == [4, 5]
        assert [recorded.seq for recorded in unit.events.read("case:1")] == [2, 4]


def test_an_error_leaves_neither_event_nor_message_nor_text(ledger, decline):
    with pytest.raises(CoffeeSpilledError), ledger.unit() as unit:
        decline_and_spill(decline, unit, "1", key="click:1")
    with ledger.read() as unit:
        assert unit.events.head().seq == 0
        assert list(unit.outbox.unsent()) == []
        assert unit.private.about("m:1") == []


def test_the_same_key_again_has_no_further_effect(ledger, noon):
    def expire(case):
        with ledger.unit() as unit:
            return unit.events.append(
                f"case:{case}",
                [IntroductionExpired(case_id=case)],
                actor="jobs",
                key="click:1",
                event_date=noon.date(),
                recorded_at=noon,
            )

    first = expire("1")
    assert expire("1") == first
    assert expire("2") == first
    assert ledger.head().seq == 1


def test_one_thing_done_may_be_recorded_in_several_streams(ledger, noon):
    with ledger.unit() as unit:
        for case in "12":
            unit.events.append(
                f"case:{case}",
                [IntroductionExpired(case_id=case)] * 2,
                actor="jobs",
                key="jobs:1",
                event_date=noon.date(),
                recorded_at=noon,
            )
    with ledger.read() as unit:
        recorded = unit.events.has_key("jobs:1")
        assert [one.stream for one in recorded] == ["case:1"] * 2 + ["case:2"] * 2
        assert unit.events.has_key("jobs:2") is None


def test_who_expected_another_length_of_the_stream_is_told(ledger, decline, noon):
    with ledger.unit() as unit:
        decline(unit, "1", key="click:1")
    with pytest.raises(StreamMovedError) as told, ledger.unit() as unit:
        unit.events.append(
            "case:1",
            [IntroductionExpired(case_id="1")],
            actor="jobs",
            key="click:2",
            event_date=noon.date(),
            recorded_at=noon,
            expected_version=0,
        )
    assert told.value.facts == {"stream": "case:1", "expected": 0, "found": 1}


def test_a_key_and_a_zone_are_needed_and_only_listed_events_are_taken(ledger, noon):
    event = IntroductionExpired(case_id="1")
    wrong = [([event], "", noon), ([event], "click:1", noon.replace(tzinfo=None)), (["1"], "click:1", noon)]
    for events, key, at in wrong:
        with pytest.raises((TypeError, ValueError)), ledger.unit() as unit:
            unit.events.append(
                "case:1", events, actor="jobs", key=key, event_date=noon.date(), recorded_at=at
            )
    assert ledger.head().seq == 0


# Parts of a unit


def test_a_failed_part_is_undone_while_the_rest_stays(ledger, decline):
    with ledger.unit() as whole:
        decline(whole, "1", key="click:1")
        with pytest.raises(CoffeeSpilledError), ledger.unit() as part:
            decline_and_spill(decline, part, "2", key="click:2", about="m:2")
        with ledger.unit() as part:
            decline(part, "3", key="click:3", about="m:3")
    with ledger.read() as unit:
        assert [recorded.stream for recorded in unit.events.read_all()] == ["case:1", "case:3"]
        assert [message.recipient for message in unit.outbox.unsent()] == ["m:1", "m:3"]
        assert [len(unit.private.about(who)) for who in ("m:1", "m:2", "m:3")] == [1, 0, 1]


def test_the_first_text_of_a_unit_goes_with_the_part_that_failed(ledger, decline):
    with ledger.unit() as whole:
        with pytest.raises(CoffeeSpilledError), ledger.unit() as part:
            decline_and_spill(decline, part, "1", key="click:1")
        decline(whole, "2", key="click:2", about="m:2")
    with ledger.read() as unit:
        assert unit.private.about("m:1") == []
        assert len(unit.private.about("m:2")) == 1
    assert ledger.verify().is_intact


def test_the_same_key_in_a_later_part_has_no_further_effect(ledger, noon):
    with ledger.unit():
        for _ in range(2):
            with ledger.unit() as part:
                part.events.append(
                    "case:1",
                    [IntroductionExpired(case_id="1")],
                    actor="jobs",
                    key="click:1",
                    event_date=noon.date(),
                    recorded_at=noon,
                )
    assert ledger.head().seq == 1


def test_what_is_read_within_a_unit_is_what_it_wrote(ledger, decline):
    with ledger.unit() as unit:
        decline(unit, "1", key="click:1")
        with ledger.read() as reading:
            assert len(reading.events.read("case:1")) == 1
        assert ledger.head().seq == 1


# Several at once


def test_a_reader_sees_one_moment_whoever_writes_meanwhile(ledger, decline):
    with ledger.read() as reading:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write_one, ledger, decline, 1).result()
        assert reading.events.head().seq == 0
    assert ledger.head().seq == 1


def test_threads_take_turns(ledger, decline):
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write_one, ledger, decline, number) for number in range(40)]:
            done.result()
    assert ledger.head().seq == 40
    assert ledger.verify().is_intact


def write_one(ledger, decline, number):
    with ledger.unit() as unit:
        decline(unit, str(number), key=f"click:{number}")


def test_nothing_can_be_written_while_reading(ledger, decline):
    with ledger.read() as unit, pytest.raises(sqlite3.OperationalError):
        decline(unit, "1", key="click:1")


# The outbox


def test_a_message_is_put_once_and_sent_once(ledger, noon):
    message = Message(id="1", recipient="m:1", kind="told", not_before=noon, payload={"case": "1"})
    later = noon + timedelta(minutes=1)
    with ledger.unit() as unit:
        unit.outbox.put(message)
        unit.outbox.put(message)
        assert unit.outbox.due(noon) == [message]
        unit.outbox.mark_sent("1", later)
        unit.outbox.put(message)
        assert unit.outbox.due(later) == []
        assert unit.outbox.get("1").sent_at == later
        unit.outbox.mark_sent("1", later + timedelta(days=1))
        assert unit.outbox.get("1").sent_at == later


def test_messages_come_when_they_are_due_the_longest_due_first(ledger, noon):
    with ledger.unit() as unit:
        for id, hours in (("b", 1), ("a", 1), ("c", 0), ("d", 9)):
            not_before = noon + timedelta(hours=hours)
            unit.outbox.put(Message(id=id, recipient="m:1", kind="told", not_before=not_before))
        assert [message.id for message in unit.outbox.due(noon + timedelta(hours=1))] == ["c", "a", "b"]
        assert [message.id for message in unit.outbox.due(noon + timedelta(hours=1), limit=1)] == ["c"]
        assert [message.id for message in unit.outbox.unsent()] == ["c", "a", "b", "d"]
        assert unit.outbox.get("e") is None


def test_a_message_that_could_not_be_sent_comes_again(ledger, noon):
    soon = noon + timedelta(minutes=1)
    with ledger.unit() as unit:
        unit.outbox.put(Message(id="1", recipient="m:1", kind="told", not_before=noon))
        unit.outbox.postpone("1", soon)
        assert unit.outbox.due(noon) == []
        (message,) = unit.outbox.due(soon)
    assert message.n_attempts == 1


# The files


def test_a_ledger_stays_what_it_was_created_as(ledger, home, noon):
    for is_sample in (True, False):
        with pytest.raises(LedgerExistsError):
            Ledger.create(home, is_sample=is_sample, created_at=noon)
    with Ledger.open(home) as opened:
        assert (opened.id, opened.is_sample, opened.created_at) == (ledger.id, False, noon)


def test_a_sample_ledger_says_so(home, noon):
    with Ledger.create(home, is_sample=True, created_at=noon) as sample:
        assert sample.is_sample
        assert sample.folder == home


def test_where_there_is_no_ledger_one_is_told(home):
    with pytest.raises(NoLedgerError):
        Ledger.open(home)
    home.mkdir()
    (home / "ledger.db").touch()
    with pytest.raises(NoLedgerError):
        Ledger.open(home)


def test_a_file_that_is_no_database_is_told(home):
    home.mkdir()
    (home / "ledger.db").write_text("meeting minutes, not a database " * 100)
    with pytest.raises(UnreadableFileError):
        Ledger.open(home)


def test_a_ledger_of_a_newer_version_is_left_alone(ledger, home):
    ledger.close()
    with closing(sqlite3.connect(home / "ledger.db")) as raw, raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('ledger', 'of the future', '2040')"
        )
    with pytest.raises(UnreadableFileError):
        Ledger.open(home)


def test_a_ledger_of_the_first_schema_is_brought_to_the_present_one(tmp_path, decline, noon, monkeypatch):
    monkeypatch.setattr(files, "LEDGER_STEPS", files.LEDGER_STEPS[:2])
    with Ledger.create(tmp_path, is_sample=False, created_at=noon) as old, old.unit() as unit:
        decline(unit, "1", key="1")
    monkeypatch.undo()
    with Ledger.open(tmp_path) as ledger:
        assert ledger.verify().is_intact
        with ledger.read() as unit:
            assert len(unit.events.read("case:1")) == 1


def test_nobody_else_can_read_the_files(ledger, home, decline):
    with ledger.unit() as unit:
        decline(unit, "1", key="click:1")
    ledger.erase(texts=["none"], by="m:9", erased_at=datetime.now().astimezone())
    assert {file.stat().st_mode & 0o077 for file in home.iterdir()} == {0}


@pytest.mark.parametrize("recursive_triggers", [0, 1])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'm:2'",
        "UPDATE events SET actor = actor WHERE seq = 1",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events WHERE seq = 1",
        "INSERT OR REPLACE INTO events SELECT 3, stream, version, type, event_date, recorded_at, actor, key, "
        "part, payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 9, 'case:9', 1, type, event_date, recorded_at, actor, 'click:9', 1, "
        "payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT NULL, 'case:9', 1, type, event_date, recorded_at, actor, 'click:9', 1, "
        "payload, hash FROM events WHERE seq = 1",
        "UPDATE identity SET is_sample = 1",
        "DELETE FROM identity",
        "REPLACE INTO identity SELECT only, id, 1, created_at FROM identity",
        "INSERT INTO identity VALUES (2, 'b', 1, '2027')",
    ],
)
def test_events_and_identity_can_only_be_added_to(ledger, home, decline, statement, recursive_triggers):
    with ledger.unit() as unit:
        for number in (1, 2):
            decline(unit, str(number), key=f"click:{number}")
    with closing(sqlite3.connect(home / "ledger.db")) as raw:
        raw.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
    assert ledger.verify().is_intact
