"""The working-day clock of an office in Japan."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from matchbot.workdays import (
    OFFICE_ZONE,
    add_working_days,
    day_of,
    in_office_hours,
    is_working_day,
    next_office_time,
    next_time_of_day,
    subtract_working_days,
    working_day_from,
    working_days_between,
)

OPENS, CLOSES = time(8, 30), time(18)


def in_japan(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 25), "a Saturday"),
        (date(2026, 4, 26), "a Sunday"),
        (date(2026, 4, 29), "Shōwa Day"),
        (date(2026, 5, 6), "a substitute for a holiday on a Sunday"),
        (date(2026, 9, 22), "a day between two holidays"),
        (date(2026, 3, 20), "the equinox"),
        (date(2019, 10, 22), "an enthronement"),
        (date(2026, 12, 29), "the first day of the year-end closure"),
        (date(2025, 12, 31), "a day in it"),
        (date(2025, 1, 3), "its last day"),
    ],
)
def test_nobody_works_on(day, why):
    assert not is_working_day(day), why


@pytest.mark.parametrize("day", [date(2026, 12, 28), date(2027, 1, 4), date(2026, 4, 30), date(2026, 5, 7)])
def test_the_days_around_a_closure_are_worked(day):
    assert is_working_day(day)


def test_2026_has_as_many_working_days_as_can_be_counted_by_hand():
    # 365 days, 104 of them Saturdays and Sundays; of the 18 holidays one falls on a Sunday (3 May); the
    # closure takes 2 January, and 29, 30 and 31 December, from Monday to Friday.
    days_of_the_year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(map(is_working_day, days_of_the_year)) == 365 - 104 - (18 - 1) - 4


@pytest.mark.parametrize(
    ("day", "n_days", "then"),
    [
        (date(2026, 4, 20), 1, date(2026, 4, 21)),
        (date(2026, 4, 24), 1, date(2026, 4, 27)),  # over a weekend
        (date(2026, 4, 25), 1, date(2026, 4, 27)),  # from within it
        (date(2026, 5, 1), 1, date(2026, 5, 7)),  # over the holidays of May
        (date(2026, 4, 27), 15, date(2026, 5, 22)),
        (date(2026, 12, 28), 1, date(2027, 1, 4)),  # over the year's end
        (date(2026, 4, 20), 0, date(2026, 4, 20)),
        (date(2026, 5, 2), 0, date(2026, 5, 7)),
    ],
)
def test_working_days_are_added_over_what_is_closed(day, n_days, then):
    assert add_working_days(day, n_days) == then


@pytest.mark.parametrize(
    ("day", "n_days", "then"),
    [
        (date(2026, 5, 7), 1, date(2026, 5, 1)),
        (date(2026, 5, 22), 15, date(2026, 4, 27)),
        (date(2027, 1, 4), 1, date(2026, 12, 28)),
        (date(2026, 5, 6), 1, date(2026, 5, 1)),
        (date(2026, 5, 6), 0, date(2026, 5, 1)),
        (date(2026, 5, 7), 0, date(2026, 5, 7)),
    ],
)
def test_working_days_are_counted_back_over_what_is_closed(day, n_days, then):
    assert subtract_working_days(day, n_days) == then


@pytest.mark.parametrize("count", [add_working_days, subtract_working_days])
def test_a_number_of_days_is_never_negative(count):
    with pytest.raises(ValueError, match="-1"):
        count(date(2026, 4, 20), -1)


@pytest.mark.parametrize(
    ("start", "end", "n_days"),
    [
        (date(2026, 4, 24), date(2026, 4, 26), 0),
        (date(2026, 4, 24), date(2026, 4, 27), 1),
        (date(2026, 4, 27), date(2026, 4, 24), -1),
        (date(2026, 12, 28), date(2027, 1, 5), 2),
        # The year's 240 days, and the 4th and 5th of January after it.
        (date(2025, 12, 31), date(2027, 1, 5), 240 + 2),
    ],
)
def test_working_days_between_leave_out_the_first_and_hold_the_last(start, end, n_days):
    assert working_days_between(start, end) == n_days


def test_the_next_working_day_is_the_day_itself_where_it_is_one():
    assert working_day_from(date(2026, 5, 7)) == date(2026, 5, 7)
    assert working_day_from(date(2026, 5, 3)) == date(2026, 5, 7)


MONDAY, FRIDAY, SATURDAY = date(2026, 4, 20), date(2026, 4, 24), date(2026, 4, 25)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (in_japan(MONDAY, 8, 29), False),
        (in_japan(MONDAY, 8, 30), True),
        (in_japan(MONDAY, 17, 59), True),
        (in_japan(MONDAY, 18), False),
        (in_japan(SATURDAY, 12), False),
    ],
)
def test_the_office_opens_at_its_hour_and_is_closed_at_its_hour(moment, is_open):
    assert in_office_hours(moment, OPENS, CLOSES) is is_open


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (in_japan(MONDAY, 12), in_japan(MONDAY, 12)),
        (in_japan(MONDAY, 6), in_japan(MONDAY, 8, 30)),
        (in_japan(FRIDAY, 18), in_japan(date(2026, 4, 27), 8, 30)),
        (in_japan(SATURDAY, 12), in_japan(date(2026, 4, 27), 8, 30)),
    ],
)
def test_what_comes_while_the_office_is_closed_waits_until_it_opens(moment, then):
    assert next_office_time(moment, OPENS, CLOSES) == then


def test_a_time_of_day_is_today_until_it_is_over():
    assert next_time_of_day(in_japan(MONDAY, 9), time(9)) == in_japan(MONDAY, 9)
    assert next_time_of_day(in_japan(FRIDAY, 9, 1), time(9)) == in_japan(date(2026, 4, 27), 9)


def test_the_clock_is_japans_wherever_a_moment_comes_from():
    late_in_london = datetime(2026, 4, 19, 23, 45, tzinfo=UTC)
    assert day_of(late_in_london) == MONDAY
    assert in_office_hours(late_in_london, OPENS, CLOSES)
    in_new_york = datetime(2026, 4, 19, 19, 45, tzinfo=timezone(timedelta(hours=-4)))
    assert in_office_hours(in_new_york, OPENS, CLOSES)


def test_a_moment_without_a_time_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 4, 20, 9))
