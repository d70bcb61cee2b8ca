"""Periods, and fiscal years as people write them."""

from datetime import date

import pytest

from matchbot.indicators.periods import Period, era_name, fiscal_year_of


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2026", 2026),
        ("2026年度", 2026),
        ("２０２６", 2026),
        ("FY2026", 2026),
        ("令和8年度", 2026),
        ("令和８", 2026),
        ("R8", 2026),
        ("平成18年度", 2006),
        ("H18年度", 2006),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("昭和63年度", 1988),
    ],
)
def test_a_fiscal_year_is_read_in_either_calendar(written, year):
    assert Period.parse_fiscal_year(written) == Period(date(year, 4, 1), date(year + 1, 3, 31))


@pytest.mark.parametrize("written", ["", "次の年度", "平成40年度", "大化3年度x", "26", "FY", "令和0年度"])
def test_what_is_no_fiscal_year_is_refused(written):
    with pytest.raises(ValueError, match="not a"):
        Period.parse_fiscal_year(written)


@pytest.mark.parametrize("year", range(1927, 2027))
def test_the_name_of_a_fiscal_year_is_read_as_that_year(year):
    assert Period.parse_fiscal_year(era_name(year)) == Period.fiscal_year(year)


def test_a_fiscal_year_ends_with_march():
    assert fiscal_year_of(date(2027, 3, 31)) == 2026
    assert fiscal_year_of(date(2027, 4, 1)) == 2027


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="comes before"):
        Period(date(2026, 4, 2), date(2026, 4, 1))


def test_a_period_knows_the_fiscal_years_it_touches():
    period = Period(date(2026, 3, 31), date(2027, 4, 1))
    assert [each.first.year for each in period.fiscal_years] == [2025, 2026, 2027]
