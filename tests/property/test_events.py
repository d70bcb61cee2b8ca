"""Every event comes back from the ledger as what it was."""

import json
from dataclasses import fields
from datetime import date
from typing import get_type_hints

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.records import Kind
from matchbot import events
from matchbot.events import EVENT_TYPES, decode, encode
from matchbot.introductions.events import IntroductionRequested
from matchbot.introductions.parties import Party
from matchbot.introductions.words import CasePath
from matchbot.ledger.chain import canonical
from matchbot.need import Purpose

# What no event holds, since JSON does not: whoever records a number has refused these.
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_reads_back_from_what_was_written(kind, data):
    hints = get_type_hints(kind)
    values = {field.name: data.draw(st.from_type(hints[field.name]), field.name) for field in fields(kind)}
    try:
        event = kind(**values)
    except ValueError:
        assume(False)
    name, payload = encode(event)
    read = decode(name, json.loads(canonical(payload)))
    assert read == event
    assert type(read) is kind


def test_a_request_from_before_requesters_could_stay_anonymous_is_one_that_names_them():
    requested = IntroductionRequested(
        case_id="c-1",
        need_id="",
        parties=(Party(organisation_id="firm", kind=Kind.FIRM, is_requester=True),),
        purpose=Purpose.SALES,
        path=CasePath.BOT,
        expires_on=date(2026, 4, 22),
        member_id="m-1",
    )
    name, payload = encode(requested)
    del payload["is_anonymous"]
    assert decode(name, payload) == requested


def test_no_two_kinds_of_events_have_one_name():
    assert len(events._KINDS) == len(EVENT_TYPES)
