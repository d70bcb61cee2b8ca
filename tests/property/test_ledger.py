"""Whatever is done to it, the ledger holds what a list of what was done would hold."""

import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from matchbot.introductions.events import IntroductionDeclined
from matchbot.ledger import Ledger

NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)

COMMANDS = st.tuples(
    st.sampled_from("abc"),
    st.integers(0, 30),
    st.integers(0, 3),
    st.text(max_size=20),
    st.booleans(),
)
"""Of a case, with a key, several events about a text; and whether it fails in the end."""


@given(units=st.lists(st.lists(COMMANDS, max_size=12), max_size=4))
def test_a_ledger_is_the_list_of_what_succeeded(units):
    expected: dict[int, list[tuple[str, str]]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.create(Path(folder), is_sample=True, created_at=NOON) as ledger,
    ):
        for commands in units:
            with ledger.unit():
                for case, key, n_events, text, is_failing in commands:
                    is_new = key not in expected
                    recorded = attempt(ledger, case, str(key), n_events, text, is_failing)
                    if is_new and recorded:
                        expected[key] = [(f"case:{case}", text)] * n_events
        found = [(event.stream, event.event.reason) for event in all_events(ledger)]
        with ledger.read() as unit:
            texts = [(stream, unit.private.text(ref)) for stream, ref in found]
        assert texts == [one for done in expected.values() for one in done]
        assert ledger.verify(ledger.head()).is_intact
        versions = Counter[str]()
        for event in all_events(ledger):
            versions[event.stream] += 1
            assert event.version == versions[event.stream]


def attempt(ledger, case, key, n_events, text, is_failing):
    try:
        with ledger.unit() as unit:
            ref = unit.private.put(text, kind="reason", about=[case], recorded_at=NOON)
            event = IntroductionDeclined(case_id=case, cluster="shikoku", member_id="m:1", reason=ref)
            recorded = unit.events.append(
                f"case:{case}",
                [event] * n_events,
                actor="m:1",
                key=key,
                event_date=NOON.date(),
                recorded_at=NOON,
            )
            if is_failing:
                raise ZeroDivisionError
            return recorded
    except ZeroDivisionError:
        return []


def all_events(ledger):
    with ledger.read() as unit:
        return list(unit.events.read_all())
