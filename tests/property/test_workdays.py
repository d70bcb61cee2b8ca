"""Counting working days never lands where nobody works, and can be counted back."""

from datetime import date, timedelta

from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from matchbot.workdays import (
    add_working_days,
    is_working_day,
    subtract_working_days,
    working_days_between,
)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(0, 700)


@given(DAYS, COUNTS)
def test_adding_working_days_never_lands_on_a_holiday_a_weekend_or_the_closure(day, n_days):
    landed = add_working_days(day, n_days)
    assert landed >= day
    assert landed.weekday() < 5
    assert landed not in country_holidays("JP", years=landed.year)
    assert (landed.month, landed.day) not in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


@given(DAYS, st.integers(1, 700))
def test_as_many_working_days_lie_between_as_were_added(day, n_days):
    landed = add_working_days(day, n_days)
    assert working_days_between(day, landed) == n_days
    assert working_days_between(landed, day) == -n_days


@given(DAYS, st.integers(0, 60), st.integers(1, 60))
def test_adding_in_two_steps_is_adding_at_once(day, first, second):
    start = add_working_days(day, 0)
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)


@given(DAYS, st.integers(0, 60))
def test_what_was_added_can_be_taken_off(day, n_days):
    start = add_working_days(day, 0)
    assert subtract_working_days(add_working_days(start, n_days), n_days) == start


@given(DAYS, st.integers(0, 400))
def test_the_days_between_are_those_that_are_worked(day, n_days):
    end = day + timedelta(days=n_days)
    worked = sum(is_working_day(day + timedelta(days=n)) for n in range(1, n_days + 1))
    assert working_days_between(day, end) == worked
