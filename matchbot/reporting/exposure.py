"""How evenly partners were shown in one span of days, beside the span before a change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matchbot.indicators import Breakdown, Period, Question, Value
from matchbot.members import Member
from matchbot.reporting.tables import Cell
from matchbot.service import Service
from matchbot.workdays import day_of

EXPOSURE_COLUMNS = ("part", "organisations", "cards-shown", "gini", "top-tenth", "never", "newcomers")
"""The columns of shares; of `Shares.cells` all but the first."""

_CARDS, _GINI, _TOP_TENTH, _NEVER, _NEWCOMERS = "I04", "I21a", "I21b", "I21c", "I21d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How often organisations were shown in a span of days, as I04 and I21 count. None: none to share."""

    n_organisations: int
    n_cards: int
    gini: float | None
    top_tenth: float | None
    never: float | None
    newcomers: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Both spans of one part of a breakdown; ``by`` and ``part`` are "" for all organisations."""

    by: str
    part: str
    before: Shown
    after: Shown

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The numbers as they stand in a row, those before and after in one cell."""
        told = (
            (f"{one.n_cards:,}", _told(one.gini, 3), *map(_told, (one.top_tenth, one.never, one.newcomers)))
            for one in (self.before, self.after)
        )
        return self.after.n_organisations, *(" → ".join(both) for both in zip(*told, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Two spans of so many days, and who was shown in them: as a whole, by kind, by cluster."""

    n_days: int
    before: Period
    after: Period
    shares: tuple[Shares, ...]


def exposure_of(
    service: Service, *, n_days: int, changed_on: date | None, as_of: datetime, by: Member
) -> Exposure:
    """The ``n_days`` from a change on (as far as they have passed) and those before it.

    Without a change, the last ones and those before them. Raises NotAllowedError, NoLedgerError.
    """
    begins = changed_on or day_of(as_of) - timedelta(days=n_days - 1)
    before = Period(begins - timedelta(days=n_days), begins - timedelta(days=1))
    after = Period(begins, begins + timedelta(days=n_days - 1))
    questions = [
        Question(
            period=period,
            as_of=as_of,
            only=("I04", "I21"),
            breakdowns=(Breakdown.KIND, Breakdown.CLUSTER),
            shown_days=n_days,
        )
        for period in (before, after)
    ]
    with service.evaluation(by=by) as asked:
        earlier, later = (_shown(asked.indicators(question).values) for question in questions)
    return Exposure(
        n_days=n_days,
        before=before,
        after=after,
        shares=tuple(
            Shares(by=key[0], part=key[1], before=earlier.get(key, _NOBODY), after=later.get(key, _NOBODY))
            for key in dict.fromkeys([*later, *earlier])
        ),
    )


_NOBODY = Shown(n_organisations=0, n_cards=0, gini=None, top_tenth=None, never=None, newcomers=None)


def _shown(values: Iterable[Value]) -> dict[tuple[str, str], Shown]:
    of: dict[tuple[str, str], dict[str, Value]] = {}
    for value in values:
        of.setdefault((value.by, value.part), {})[value.figure] = value
    return {
        key: Shown(
            n_organisations=told[_GINI].n if _GINI in told else 0,
            n_cards=told[_CARDS].n if _CARDS in told else 0,
            **{
                name: told[figure].value if figure in told else None
                for name, figure in (
                    ("gini", _GINI),
                    ("top_tenth", _TOP_TENTH),
                    ("never", _NEVER),
                    ("newcomers", _NEWCOMERS),
                )
            },
        )
        for key, told in of.items()
    }


def _told(number: float | None, n_digits: int = 1) -> str:
    return "–" if number is None else f"{number:.{n_digits}f}"
