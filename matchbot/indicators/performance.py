"""How member firms do against the national average: an index of those that report five years in a row.

Large firms are left out. Firms that stopped reporting within the five years are too, and those are not
the ones that did best: the index flatters (survivor bias), and says how many they are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from matchbot.indicators.known import Known
from matchbot.indicators.periods import fiscal_year_of

N_YEARS = 5


class Part(StrEnum):
    """By what firms are told apart."""

    CLUSTER = "cluster"
    """Those they are in on the last day."""
    INDUSTRY = "industry"
    """As they reported it last."""


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

    ``by`` and ``part``: of the firms of one cluster or industry, "" of all. ``n_panel``: firms that
    reported all five. ``n_dropped``: those that reported the first year and not all. ``n_large``: large
    firms, left out.
    """

    account: Account
    points: Sequence[IndexPoint]
    n_panel: int
    n_dropped: int
    n_large: int
    by: Part | None = None
    part: str = ""


def performance(known: Known, by: Part | None = None) -> list[Performance]:
    """The five fiscal years up to the period's end, for each account of which something is known.

    Of all member firms; with ``by``, then of each part, by its name. An industry stands beside its own
    average, where one was told.
    """
    last = fiscal_year_of(known.period.last)
    years = range(last - N_YEARS + 1, last + 1)
    rows = known.rows(
        "SELECT organisation_id, fiscal_year, is_large, industry, sales, employees, value_added "
        "FROM performance WHERE is_member OR organisation_id = '' ORDER BY fiscal_year"
    ).fetchall()
    large = {id for id, _, is_large, *_ in rows if is_large}
    parts = _parts(known, by, rows)
    found = []
    for part, inside in [("", None), *sorted(parts.items())]:
        for place, account in enumerate(Account):
            firms: dict[str, dict[int, float]] = defaultdict(dict)
            averages: dict[str, dict[int, float]] = defaultdict(dict)
            for id, year, _, industry, *values in rows:
                if year in years and values[place] is not None:
                    if not id:
                        averages[industry][year] = values[place]
                    elif inside is None or id in inside:
                        firms[id][year] = values[place]
            if firms:
                average = (part in averages and averages[part]) or averages[""]
                told = _of(account, years, firms, average, large)
                found.append(replace(told, by=by if inside is not None else None, part=part))
    return found


def _parts(known: Known, by: Part | None, rows: Sequence[tuple[Any, ...]]) -> dict[str, set[str]]:
    """The firms of each cluster or industry."""
    if by is None:
        return {}
    if by is Part.CLUSTER:
        of = known.rows("SELECT organisation_id, cluster FROM members WHERE kind = 'firm'").fetchall()
    else:
        of = list({id: industry for id, _, _, industry, *_ in rows if id and industry}.items())
    parts: dict[str, set[str]] = defaultdict(set)
    for id, part in of:
        parts[part].add(id)
    return parts


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
