"""What a ledger promises, wherever it is kept: one suite over SQLite's files and a PostgreSQL server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count

import pytest

from ledger_places import InFiles, N, OnPostgres, fault
from matchbot.errors import BackupError, LedgerExistsError, NoLedgerError, StreamMovedError
from matchbot.introductions.events import IntroductionExpired
from matchbot.ledger import Flaw, Head, Ledger, Message
from matchbot.ledger.chain import link

COLUMNS = "stream, version, type, event_date, recorded_at, actor, key, part, payload, hash"


@pytest.fixture
def ledger(place, noon) -> Iterator[Ledger]:
    with place.create(is_sample=False, created_at=noon) as made:
        yield made


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
        recorded = unit.events.recorded_under("jobs:1")
        assert [one.stream for one in recorded] == ["case:1"] * 2 + ["case:2"] * 2
        assert unit.events.recorded_under("jobs:2") == []


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
    with ledger.read() as unit, pytest.raises(Exception, match=r"readonly|read-only"):
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


def test_all_that_is_due_is_sent_at_once_and_nothing_else(ledger, noon):
    later = noon + timedelta(hours=1)
    with ledger.unit() as unit:
        for id, not_before in (("before", noon), ("due", later), ("to come", later + timedelta(minutes=1))):
            unit.outbox.put(Message(id=id, recipient="m:1", kind="told", not_before=not_before))
        unit.outbox.mark_sent("before", noon)
        unit.outbox.mark_all_sent(later)
        assert [message.id for message in unit.outbox.unsent()] == ["to come"]
        assert [unit.outbox.get(id).sent_at for id in ("before", "due")] == [noon, later]


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


# What it is


def test_a_ledger_stays_what_it_was_created_as(ledger, place, noon):
    for is_sample in (True, False):
        with pytest.raises(LedgerExistsError):
            place.create(is_sample=is_sample, created_at=noon)
    with place.open() as opened:
        assert (opened.id, opened.is_sample, opened.created_at) == (ledger.id, False, noon)


def test_a_sample_ledger_says_so(place, noon):
    with place.create(is_sample=True, created_at=noon) as sample:
        assert sample.is_sample
        assert sample.folder == place.home


def test_where_there_is_no_ledger_one_is_told(place):
    with pytest.raises(NoLedgerError):
        place.open()


# Behind its back


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'm:2'",
        "UPDATE events SET actor = actor WHERE seq = 1",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
        "INSERT INTO events SELECT 9, 'case:9', 1, type, event_date, recorded_at, actor, 'click:9', 1, "
        "payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 3, 'case:9', 2, type, event_date, recorded_at, actor, 'click:9', 1, "
        "payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 3, 'case:9', 1, type, event_date, recorded_at, actor, 'click:9', 2, "
        "payload, hash FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 1, stream, version, type, event_date, recorded_at, actor, key, part, "
        "payload, hash FROM events WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET actor = 'm:2'",
        "UPDATE identity SET is_sample = 1",
        "DELETE FROM identity",
        "INSERT INTO identity VALUES (2, 'b', 1, '2027')",
    ],
)
def test_events_and_identity_can_only_be_added_to(ledger, place, decline, statement):
    with ledger.unit() as unit:
        for number in (1, 2):
            decline(unit, str(number), key=f"click:{number}")
    with place.raw() as raw, pytest.raises(Exception, match=r"(?i)append|may not be changed|fixed|check"):
        raw.execute(statement)
    assert ledger.verify(ledger.head()).is_intact


def test_a_whole_ledger_has_no_fault(full):
    found = full.verify(full.head())
    assert (found.head.seq, found.n_texts, found.n_erased, found.fault) == (N, N, 0, None)


def test_an_empty_ledger_has_no_fault(ledger):
    assert ledger.verify(ledger.head()).is_intact


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'm:8'",
        "event_date = '2027-04-02'",
        "key = 'click:0'",
        "type = 'IntroductionStopped'",
        "hash = ''",
    ],
)
@pytest.mark.parametrize("seq", [1, 31, N])
def test_a_changed_row_is_named(full, place, change, seq):
    with place.unguarded() as raw:
        raw.execute(f"UPDATE events SET {change} WHERE seq = {seq}")
    assert fault(full) == (seq, Flaw.ROW_CHANGED)


def test_a_changed_row_with_a_hash_that_fits_breaks_the_next(full, place):
    with place.unguarded() as raw:
        (before,) = raw.execute("SELECT hash FROM events WHERE seq = 30").fetchone()
        raw.execute("UPDATE events SET actor = 'm:8' WHERE seq = 31")
        row = raw.execute(f"SELECT seq, {COLUMNS} FROM events WHERE seq = 31").fetchone()
        raw.execute(f"UPDATE events SET hash = '{link(before, row[:-1])}' WHERE seq = 31")
    assert fault(full) == (32, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("seq", [1, 31, N - 1])
def test_a_deleted_row_is_named(full, place, seq):
    with place.unguarded() as raw:
        raw.execute(f"DELETE FROM events WHERE seq = {seq}")
    assert fault(full) == (seq, Flaw.ROW_MISSING)


def test_a_deleted_row_is_named_also_where_the_others_closed_up(full, place):
    with place.unguarded() as raw:
        raw.execute("DELETE FROM events WHERE seq = 31")
        raw.execute("UPDATE events SET seq = -seq WHERE seq > 31")
        raw.execute("UPDATE events SET seq = -seq - 1 WHERE seq < 0")
    assert fault(full) == (31, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("seq", [1, 31, N + 1])
def test_an_inserted_row_is_named(full, place, seq):
    with place.unguarded() as raw:
        raw.execute(f"UPDATE events SET seq = -seq - 1 WHERE seq >= {seq}")
        raw.execute("UPDATE events SET seq = -seq WHERE seq < 0")
        raw.execute(
            f"INSERT INTO events SELECT {seq}, 'case:x', 1, type, event_date, recorded_at, actor, 'click:x', "
            f"1, payload, hash FROM events WHERE seq <> {seq} LIMIT 1"
        )
    assert fault(full) == (seq, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("n_left", [0, 1, N - 1])
def test_a_tail_that_was_cut_off_shows_against_the_exported_head(full, place, n_left):
    exported = Head.parse(str(full.head()))
    full.close()
    with place.unguarded() as raw:
        raw.execute(f"DELETE FROM events WHERE seq > {n_left}")
    assert fault(full) is None
    assert fault(full, exported) == (n_left + 1, Flaw.CHAIN_CUT)


def test_events_after_the_exported_head_are_no_fault(full, decline):
    exported = full.head()
    with full.unit() as unit:
        decline(unit, "later", key="click:later")
    assert fault(full, exported) is None


def test_a_sample_cannot_be_made_real(full, place):
    with place.unguarded() as raw:
        raw.execute("UPDATE identity SET is_sample = 1")
    with place.open() as opened:
        assert fault(opened) == (1, Flaw.ROW_CHANGED)


def test_a_changed_text_is_named_by_its_event(full, place):
    with place.unguarded(of_texts=True) as raw:
        raw.execute("UPDATE texts SET text = '別の理由' WHERE number = 31")
    assert fault(full) == (31, Flaw.TEXT_CHANGED)


def test_a_text_that_no_erasure_accounts_for_is_named_by_its_event(full, place):
    with place.unguarded(of_texts=True) as raw:
        raw.execute("DELETE FROM subjects WHERE number = 31")
        raw.execute("DELETE FROM texts WHERE number = 31")
    assert fault(full) == (31, Flaw.TEXT_MISSING)


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER events_refuse_update{on_events}",
        "DROP INDEX outbox_unsent",
        "CREATE TABLE notes (note TEXT)",
    ],
)
def test_guards_and_tables_are_part_of_what_is_verified(full, place, change):
    with place.raw() as raw:
        raw.execute(change.format(on_events=" ON events" if isinstance(place, OnPostgres) else ""))
    assert fault(full) == (0, Flaw.STRUCTURE_CHANGED)


# Erasing, backing up, restoring


def test_what_is_erased_is_gone_and_the_chain_stays(full, noon):
    erasure = full.erase(about=["m:1"], by="m:9", erased_at=noon)
    assert len(erasure.texts) == N
    found = full.verify(full.head())
    assert (found.n_texts, found.n_erased, found.fault) == (0, N, None)
    with full.read() as unit:
        assert unit.private.about("m:1") == []
    assert full.erasures() == [erasure]


def test_an_erasure_that_broke_off_is_carried_out_when_the_ledger_is_opened_next(
    full, place, noon, monkeypatch
):
    where = "server" if isinstance(place, OnPostgres) else "disk"
    name = "_carry_out" if isinstance(place, OnPostgres) else "carry_out"
    with monkeypatch.context() as patch:
        patch.setattr(f"matchbot.ledger.{where}.{name}", lambda *_: None)
        full.erase(about=["m:1"], by="m:9", erased_at=noon)
    with full.read() as unit:
        assert len(unit.private.about("m:1")) == N
    with place.open() as opened, opened.read() as unit:
        assert unit.private.about("m:1") == []
    assert full.verify().is_intact


def test_a_backup_brings_back_what_was_but_nothing_erased(full, place, decline, noon, tmp_path):
    with full.unit() as unit:
        decline(unit, "kept", key="click:kept", about="m:2")
    before = full.head()
    full.back_up(tmp_path / "backup", made_at=noon)
    full.erase(about=["m:1"], by="m:9", erased_at=noon)
    with full.unit() as unit:
        decline(unit, "later", key="click:later")
    with pytest.raises(BackupError):
        place.restore(tmp_path / "backup")
    with place.restore(tmp_path / "backup", may_lose_events=True) as restored:
        assert restored.head() == before
        found = restored.verify(before)
        assert (found.n_texts, found.n_erased, found.fault) == (1, N, None)
        with restored.read() as unit:
            assert unit.private.about("m:1") == []
            assert len(unit.private.about("m:2")) == 1
            assert len(list(unit.outbox.unsent())) == N + 1


def test_a_backup_of_another_ledger_is_refused(full, place, noon, tmp_path):
    with Ledger.create(tmp_path / "other", is_sample=False, created_at=noon) as other:
        other.back_up(tmp_path / "backup", made_at=noon)
    with pytest.raises(BackupError):
        place.restore(tmp_path / "backup", may_lose_events=True)
    assert full.verify().is_intact


# The same, wherever it is kept


def test_the_same_commands_give_the_same_hashes_everywhere(tmp_path, postgres, decline, noon):
    def hashes(place):
        drawn = count(1)
        draw = lambda n: next(drawn).to_bytes(n, "big")  # noqa: E731
        if isinstance(place, OnPostgres):
            from matchbot.ledger.server import create_ledger

            made = create_ledger(place.url, place.home, is_sample=False, created_at=noon, draw=draw)
        else:
            made = Ledger.create(place.home, is_sample=False, created_at=noon, draw=draw)
        with made as ledger, ledger.unit() as unit:
            for number in range(20):
                decline(unit, str(number % 7), key=f"click:{number}", reason=f"理由\x00 {number} 🍵")
            return [(event.hash, event.payload) for event in unit.events.read_all()]

    in_files = hashes(InFiles(tmp_path / "files"))
    assert len(in_files) == 20
    assert hashes(OnPostgres(tmp_path / "server", postgres)) == in_files
