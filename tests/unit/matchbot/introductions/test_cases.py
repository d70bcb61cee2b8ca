"""The case as its events leave it, and whose turn it is."""

import pytest
from small_cases import EXPIRY, FIRM, UNIVERSITY, approved, asked, consented, introduced, requested

from matchbot.errors import TransitionError
from matchbot.introductions import decisions as do
from matchbot.introductions.cases import Act, Turn, evolve, fold
from matchbot.introductions.events import IntroductionApproved, IntroductionExpired
from matchbot.introductions.words import Means
from matchbot.need import Purpose


def test_a_case_only_begins_with_what_begins_one():
    with pytest.raises(TransitionError) as caught:
        evolve(None, IntroductionExpired(case_id="C-1"))
    assert caught.value.facts == {"id": "C-1", "state": "none", "command": "IntroductionExpired"}


def test_no_events_make_no_case():
    assert fold([]) is None


def test_what_else_stands_in_the_stream_is_passed_over():
    events = do.log_outside(
        "C-1",
        need_id="",
        parties=[FIRM, UNIVERSITY],
        purpose=Purpose.SALES,
        means=Means.FAIR,
        member_id="tanaka",
        wording="w1",
        made_on=EXPIRY,
    )
    assert fold([*events, "a follow-up"]) == fold(events)


def test_each_step_says_whose_turn_it_is():
    assert requested().waiting_for == (Turn(Act.APPROVE, "north"),)
    assert approved().waiting_for == (Turn(Act.ASK, "south", "university"),)
    assert asked().waiting_for == (Turn(Act.ANSWER, "south", "university"),)
    assert consented().waiting_for == (Turn(Act.INTRODUCE, "north"),)
    assert introduced().waiting_for == ()


def test_names_are_released_only_when_all_have_consented():
    assert [case.is_released for case in (requested(), approved(), asked(), consented(), introduced())] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_an_event_that_the_table_does_not_have_is_refused_whoever_made_it():
    with pytest.raises(TransitionError):
        evolve(introduced(), IntroductionApproved(case_id="C-1", cluster="north", member_id="tanaka"))
