"""The table of what may follow what."""

from matchbot.introductions.events import EVENTS
from matchbot.introductions.transitions import BEGINNINGS, TRANSITIONS
from matchbot.introductions.words import EXITS, OPEN, State


def test_every_event_but_those_that_begin_a_case_stands_in_the_table():
    assert {event for _, event in TRANSITIONS} | set(BEGINNINGS) == set(EVENTS)


def test_every_state_is_open_an_exit_or_the_introduction():
    assert {*OPEN, *EXITS, State.INTRODUCED} == set(State)
    assert not OPEN & EXITS


def test_nothing_leaves_an_exit():
    assert not {state for state, _ in TRANSITIONS} & EXITS


def test_every_state_can_be_reached():
    assert {*TRANSITIONS.values(), *BEGINNINGS.values()} == set(State)
