"""A network that never was, lived through day by day: for tests, reports and measurements.

Invented people ask, decide, answer or keep silent, meet, and now and then something comes of it. They act
through the desk only, by its rules, on a clock of their own; equal seeds give equal ledgers, to the last
hash. Nobody searches: partners are drawn. Sixty working days are one transaction.

At scale 1.0 and over five years that is about 95,000 cases, 35,000 introductions and 1,150,000 events.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from corpus.progress import Progress
from corpus.records import Kind
from matchbot.clocks import SetClock
from matchbot.desk import Desk, Office
from matchbot.directory import Listed
from matchbot.errors import SimulationError
from matchbot.ledger import Ledger
from matchbot.simulation import assumed
from matchbot.simulation.assumed import FIRST_DAY
from matchbot.simulation.directory import FixedDirectory
from matchbot.simulation.life import Life, Simulated
from matchbot.simulation.population import Population
from matchbot.workdays import OFFICE_ZONE, is_working_day

__all__ = ["FIRST_DAY", "FixedDirectory", "Simulated", "simulate"]

_DAYS_TOGETHER = 60
"""How many days are one transaction."""


def simulate(
    office: Office,
    listed: Sequence[Listed],
    *,
    years: float,
    seed: int,
    scale: float,
    progress: Progress,
    first_day: date = FIRST_DAY,
) -> Simulated:
    """Years of a network's life in an empty sample ledger.

    ``office``: what the desk works with; its clock and directory are replaced by still ones. ``listed``:
    the organisations that take part. ``scale``: 1.0 for the business of the whole programme. Equal
    arguments, on ledgers that draw equal salts, give equal heads.

    Raises SimulationError for a real ledger, or one with anything in it, or too few organisations.
    """
    _check(office.ledger, listed)
    draw = Random(seed)
    clock = SetClock(datetime.combine(first_day, time(8), OFFICE_ZONE))
    people = Population(listed, draw)
    office = replace(office, clock=clock, directory=FixedDirectory(listed))
    desk = Desk(office)
    life = Life(desk, people, clock, draw, rules=office.rules, scale=scale)
    days = _working_days(first_day, round(years * assumed.DAYS_PER_YEAR))
    with desk.together():
        life.begin()
    for first in range(0, len(days), _DAYS_TOGETHER):
        with desk.together():
            for number, day in enumerate(days[first : first + _DAYS_TOGETHER], first):
                progress("simulate", number, len(days))
                life.live(day, _share_of_day(day, number / len(days)))
            _send_all(office.ledger, clock.now())
    progress("simulate", len(days), len(days))
    return life.result(office, days)


def _check(ledger: Ledger, listed: Sequence[Listed]) -> None:
    n_firms = sum(each.kind is Kind.FIRM and bool(each.home_cluster) for each in listed)
    reasons = {
        "real-ledger": not ledger.is_sample,
        "ledger-in-use": ledger.head().seq > 0,
        "no-sample-firms": n_firms < assumed.FEWEST_FIRMS or len(listed) == n_firms,
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise SimulationError(folder=str(ledger.folder), reason=reason)


def _send_all(ledger: Ledger, now: datetime) -> None:
    """Nobody is there to read them: messages count as sent when their time has come."""
    with ledger.unit() as unit:
        unit.outbox.mark_all_sent(now)


def _working_days(first_day: date, n_days: int) -> list[date]:
    """Those of so many days."""
    days = (first_day + timedelta(days=n) for n in range(n_days))
    return [day for day in days if is_working_day(day)]


def _share_of_day(day: date, elapsed: float) -> float:
    """How much of a year's average business falls on a day; ``elapsed``: of the whole time, 0–1."""
    growth = assumed.FIRST_YEARS_SHARE + (assumed.LAST_YEARS_SHARE - assumed.FIRST_YEARS_SHARE) * elapsed
    return growth * assumed.SEASON[day.month - 1] / assumed.WORKING_DAYS_PER_YEAR
