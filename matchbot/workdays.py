"""The working-day clock of an office in Japan: holidays, the year-end closure, office hours.

A day is a working day if it is no Saturday, no Sunday, no public holiday and not from 29 December to
3 January. A moment is an aware ``datetime`` and is read in Japan's time, whatever zone it comes in.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import country_holidays

from corpus.places import JAPAN_TIME

OFFICE_ZONE = JAPAN_TIME

_SATURDAY = 5
_CLOSED = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


def is_working_day(day: date) -> bool:
    """Whether the offices work on this day.

    >>> is_working_day(date(2026, 5, 6)), is_working_day(date(2026, 5, 7))
    (False, True)
    """
    return day in _working_days(day.year).days


def working_day_from(day: date) -> date:
    """This day if it is a working day, else the next one that is."""
    return next(each for each in _days_from(day) if is_working_day(each))


def add_working_days(day: date, n_days: int) -> date:
    """The n-th working day after this day; for 0 the day itself, or the next working day.

    >>> add_working_days(date(2026, 4, 28), 1)
    datetime.date(2026, 4, 30)
    """
    if n_days < 0:
        raise ValueError(f"working days are counted forwards, not {n_days}")
    if n_days == 0:
        return working_day_from(day)
    year, position = day.year, _worked_until(day) + n_days
    while position > len(_working_days(year).in_order):
        position -= len(_working_days(year).in_order)
        year += 1
    return _working_days(year).in_order[position - 1]


def subtract_working_days(day: date, n_days: int) -> date:
    """The n-th working day before this day; for 0 the day itself, or the working day before."""
    if n_days < 0:
        raise ValueError(f"working days are counted backwards, not {n_days}")
    earlier = day if is_working_day(day) else _working_day_before(day)
    for _ in range(n_days if earlier == day else n_days - 1):
        earlier = _working_day_before(earlier)
    return earlier


def working_days_between(start: date, end: date) -> int:
    """How many working days come after ``start``, up to and with ``end``; negative if it comes before.

    The inverse of :func:`add_working_days`: between a day and its n-th working day lie n.
    """
    if end < start:
        return -working_days_between(end, start)
    whole_years = sum(len(_working_days(year).in_order) for year in range(start.year, end.year))
    return whole_years + _worked_until(end) - _worked_until(start)


def day_of(moment: datetime) -> date:
    """The day it is in Japan at this moment."""
    return _in_japan(moment).date()


def end_of(day: date) -> datetime:
    """The moment at which a day ends in Japan.

    >>> end_of(date(2026, 3, 31)).isoformat()
    '2026-04-01T00:00:00+09:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def to_the_minute(moment: datetime) -> str:
    """A moment as tables write it: day and time in Japan.

    >>> to_the_minute(datetime(2026, 4, 1, 0, 5, 59, tzinfo=OFFICE_ZONE))
    '2026-04-01 00:05'
    """
    return f"{_in_japan(moment):%Y-%m-%d %H:%M}"


def in_office_hours(moment: datetime, opens: time, closes: time) -> bool:
    """Whether the offices are open: from ``opens`` on, and no longer at ``closes``, on a working day."""
    local = _in_japan(moment)
    return is_working_day(local.date()) and opens <= local.time() < closes


def next_office_time(moment: datetime, opens: time, closes: time) -> datetime:
    """This moment if the offices are open, else when they open next."""
    if in_office_hours(moment, opens, closes):
        return moment
    return next_time_of_day(moment, opens)


def next_time_of_day(moment: datetime, at: time) -> datetime:
    """When it is next this time of day on a working day: this moment or later."""
    local = _in_japan(moment)
    is_over = local.time() > at
    day = working_day_from(local.date() + timedelta(days=is_over))
    return datetime.combine(day, at, OFFICE_ZONE)


class _Year:
    """The working days of one year, in order and to look up."""

    def __init__(self, year: int) -> None:
        whole = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        holidays = country_holidays("JP", years=year)
        self.in_order = tuple(
            day
            for day in whole
            if day.year == year
            and day.weekday() < _SATURDAY
            and (day.month, day.day) not in _CLOSED
            and day not in holidays
        )
        self.days = frozenset(self.in_order)


@cache
def _working_days(year: int) -> _Year:
    return _Year(year)


def _worked_until(day: date) -> int:
    """How many working days its year has had, with this day."""
    return bisect_right(_working_days(day.year).in_order, day)


def _working_day_before(day: date) -> date:
    earlier = day - timedelta(days=1)
    while not is_working_day(earlier):
        earlier -= timedelta(days=1)
    return earlier


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _in_japan(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} does not say in which time zone it is")
    return moment.astimezone(OFFICE_ZONE)
