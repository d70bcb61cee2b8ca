"""A profile that nobody confirms: its people are asked, it comes later in lists, and is hidden in the end."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from slack_workplace import MONDAY, NEED, OURS, OUTSIDE, PARTNER, THEIRS, Workplace, at_work, with_button


@pytest.fixture
def ageing(tmp_path: Path) -> Iterator[Workplace]:
    """A workplace where a profile holds for twelve months."""
    with at_work(tmp_path / "home", profile_months=12) as place:
        yield place


def shown(place: Workplace) -> list[str]:
    """Whom a search for the same need shows to our firm, in order."""
    answer = place.service.search(NEED, asker=place.service.asker(OURS), limit=5)
    return [match.organisation_id for match in answer.matches.items]


def asked(place: Workplace) -> int:
    """How often the partner was asked to confirm its profile."""
    place.do_jobs()
    return sum("検索に表示されなくなります" in message.text for message in place.inbox(PARTNER))


def test_who_confirms_in_time_goes_on_being_shown(ageing: Workplace) -> None:
    first = shown(ageing)
    assert {THEIRS, OUTSIDE} <= set(first)
    ageing.clock.go_on(days=300)
    assert asked(ageing) == 0
    ageing.clock.go_on(days=39)  # eleven months, and the holidays of May
    assert (asked(ageing), asked(ageing)) == (1, 1)
    notice = with_button(ageing, PARTNER, "profile_renew")
    assert "2027-06-01" in notice.shown
    later = shown(ageing)
    assert later.index(THEIRS) > first.index(THEIRS)
    assert set(later) == set(first)
    ageing.click(PARTNER, notice, "profile_renew")
    assert "記録しました" in ageing.now(notice).shown
    ageing.clock.go_on(days=56)  # thirteen months
    assert asked(ageing) == 0
    assert THEIRS in shown(ageing)


def test_who_does_not_is_hidden_after_that_and_back_at_once(ageing: Workplace) -> None:
    ageing.clock.go_on(days=395)  # thirteen months
    assert THEIRS not in shown(ageing)
    # Nobody speaks for it who could confirm anything.
    assert OUTSIDE in shown(ageing)
    assert asked(ageing) == 1
    ageing.click(PARTNER, with_button(ageing, PARTNER, "profile_renew"), "profile_renew")
    assert THEIRS in shown(ageing)


def test_where_nothing_is_set_profiles_hold_for_ever(place: Workplace) -> None:
    place.clock.at = MONDAY.replace(year=MONDAY.year + 5).astimezone(UTC)
    assert asked(place) == 0
    assert THEIRS in shown(place)
