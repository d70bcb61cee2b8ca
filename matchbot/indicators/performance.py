"""How member firms do against the national average: an index of those that report five years in a row.

Large firms are left out. Firms that stopped reporting within the five years are too, and those are not
the ones that did best: the index flatters (survivor bias), and says how many they are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matchbot.indicators.known import Known
from matchbot.indicators.periods import fiscal_year_of

N_YEARS = 5


class Account(StrEnum):
    """What is compared."""

    SALES = "sales"
    EMPLOYEES = "employees"
    VALUE_ADDED = "value_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPoint:
    """One year; the first of the five is 100.

    ``members``: of what all firms of the panel have together; None without a panel. ``average``: of the
    nation, None where it is not told. ``n_reporting``: firms that reported this year, large ones left out.
    """

    fiscal_year: int
    members: float | None
    average: float | None
    n_reporting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """Five years of one account.

    ``n_panel``: firms that reported all five. ``n_dropped``: those that reported the first year and not
    all. ``n_large``: large firms, left out.
    """

    account: Account
    points: Sequence[IndexPoint]
    n_panel: int
    n_dropped: int
    n_large: int


def performance(known: Known) -> list[Performance]:
    """The five fiscal years up to the period's end, for each account of which something is known.

    Needs `prepare`.
    """
    last = fiscal_year_of(known.period.last)
    years = range(last - N_YEARS + 1, last + 1)
    rows = known.rows(
        "SELECT organisation_id, fiscal_year, is_large, sales, employees, value_added FROM performance "
        "WHERE is_member OR organisation_id = ''"
    ).fetchall()
    large = {id for id, _, is_large, *_ in rows if is_large}
    found = []
    for place, account in enumerate(Account):
        told: dict[str, dict[int, float]] = defaultdict(dict)
        for id, year, _, *values in rows:
            if year in years and values[place] is not None:
                told[id][year] = values[place]
        average = told.pop("", {})
        if told:
            found.append(_of(account, years, told, average, large))
    return found


def _of(
    account: Account,
    years: range,
    told: Mapping[str, Mapping[int, float]],
    average: Mapping[int, float],
    large: set[str],
) -> Performance:
    firms = {id: by_year for id, by_year in told.items() if id not in large}
    panel = [by_year for by_year in firms.values() if len(by_year) == N_YEARS]
    sums = {year: sum(by_year[year] for by_year in panel) for year in years}
    first = years[0]
    return Performance(
        account=account,
        points=[
            IndexPoint(
                fiscal_year=year,
                members=100 * sums[year] / sums[first] if sums[first] else None,
                average=100 * average[year] / average[first]
                if average.get(first) and year in average
                else None,
                n_reporting=sum(year in by_year for by_year in firms.values()),
            )
            for year in years
        ],
        n_panel=len(panel),
        n_dropped=sum(first in by_year and len(by_year) < N_YEARS for by_year in firms.values()),
        n_large=len(large & told.keys()),
    )
