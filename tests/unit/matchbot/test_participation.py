"""What organisations wish for themselves."""

from datetime import date, timedelta

from matchbot import participation
from matchbot.participation import (
    EVENTS,
    NeverIntroduceAdded,
    NeverIntroduceRemoved,
    OrganisationOptedOut,
    OrganisationPaused,
    OrganisationResumed,
    ProfileRenewed,
    Wish,
    Wishes,
)
from matchbot.policy import Barred

TODAY = date(2026, 6, 1)
WHO = {"organisation_id": "firm", "member_id": "suzuki"}


def wishes(*events: object) -> Wishes:
    return participation.fold(events)


def test_whoever_says_nothing_can_be_shown():
    assert wishes(ProfileRenewed(**WHO)).can_be_shown(TODAY)


def test_a_pause_includes_its_last_day():
    paused = wishes(OrganisationPaused(**WHO, until=TODAY))
    assert not paused.can_be_shown(TODAY)
    assert paused.can_be_shown(TODAY + timedelta(days=1))


def test_a_pause_without_an_end_lasts_until_the_return():
    pause = OrganisationPaused(**WHO)
    assert not wishes(pause).can_be_shown(TODAY + timedelta(days=10_000))
    assert wishes(pause, OrganisationResumed(**WHO)).can_be_shown(TODAY)


def test_an_opt_out_outlasts_a_pause_and_ends_with_the_return():
    left = [OrganisationPaused(**WHO, until=TODAY), OrganisationOptedOut(**WHO)]
    assert not wishes(*left).can_be_shown(TODAY + timedelta(days=1))
    assert wishes(*left, OrganisationResumed(**WHO)).can_be_shown(TODAY)


def test_an_organisation_and_a_person_of_one_id_are_barred_apart():
    person = {"other_id": "x", "kind": Barred.PERSON}
    both = [NeverIntroduceAdded(**WHO, other_id="x"), NeverIntroduceAdded(**WHO, **person)]
    assert wishes(*both, NeverIntroduceRemoved(**WHO, **person)).never == {(Barred.ORGANISATION, "x")}


def test_every_wish_is_among_the_events():
    wishes = {
        kind for kind in vars(participation).values() if isinstance(kind, type) and issubclass(kind, Wish)
    }
    assert wishes - {Wish} <= set(EVENTS)
