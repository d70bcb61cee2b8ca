"""Periods: closed ranges of days, and the fiscal years of Japan by either calendar."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Self

from japanera import EraDate

_FIRST_MONTH = 4
_WRITTEN = re.compile(
    r"(?:FY)?\s*(?P<year>\d{4})\s*(?:年度)?|(?P<era>[^\W\d]+?)\s*(?P<number>\d{1,2}|元)\s*年?度?"
)
_ERA_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``first`` to ``last``, both days included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    @classmethod
    def fiscal_year(cls, year: int) -> Self:
        """1 April of a year to 31 March of the next.

        >>> Period.fiscal_year(2006).last
        datetime.date(2007, 3, 31)
        """
        return cls(date(year, _FIRST_MONTH, 1), date(year + 1, _FIRST_MONTH - 1, 31))

    @classmethod
    def parse_fiscal_year(cls, written: str) -> Self:
        """A fiscal year as people write it. Raises ValueError.

        >>> Period.parse_fiscal_year("平成18年度") == Period.parse_fiscal_year("2006")
        True
        >>> Period.parse_fiscal_year("令和元年度").first
        datetime.date(2019, 4, 1)
        """
        told = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", written).strip())
        if told is None:
            raise ValueError(f"not a fiscal year: {written}")
        return cls.fiscal_year(int(told["year"]) if told["year"] else _year(told["era"], told["number"]))

    @property
    def fiscal_years(self) -> tuple["Period", ...]:
        """The fiscal years that it touches, in order."""
        return tuple(
            Period.fiscal_year(year)
            for year in range(fiscal_year_of(self.first), fiscal_year_of(self.last) + 1)
        )

    @property
    def is_fiscal_year(self) -> bool:
        """Whether it is exactly one."""
        return self == Period.fiscal_year(fiscal_year_of(self.first))

    @property
    def n_days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def share_by(self, day: date) -> float:
        """How much of it has passed by the end of one of its days, 0–1.

        >>> Period.fiscal_year(2006).share_by(date(2007, 3, 31))
        1.0
        """
        return Period(self.first, day).n_days / self.n_days

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


def fiscal_year_of(day: date) -> int:
    """The calendar year in which the fiscal year of a day began."""
    return day.year - (day.month < _FIRST_MONTH)


def era_name(year: int, *, is_in_english: bool = False) -> str:
    """A fiscal year by the era at the end of its calendar year, as offices write it.

    >>> era_name(2006), era_name(2019), era_name(2019, is_in_english=True)
    ('平成18年度', '令和元年度', 'Reiwa 1')
    """
    day = EraDate.from_date(date(year, 12, 31))
    number = day.year - day.era.since.year + 1
    if is_in_english:
        return f"{day.era.english} {number}"
    return f"{day.era.kanji}{number if number > 1 else '元'}年度"


def _year(era: str, number: str) -> int:
    kanji = _ERA_LETTERS.get(era.upper(), era)
    n = 1 if number == "元" else int(number)
    try:
        days = EraDate.strptime(f"{kanji}{n:02}", "%-K%-y") if n else []
    except ValueError:
        days = []
    if not days:
        raise ValueError(f"not a year of an era: {era}{number}")
    return int(days[0].year)
