"""The life of the network, day after day."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import exp
from random import Random

from matchbot.desk import Office
from matchbot.ledger import Head
from matchbot.members import MemberRow
from matchbot.policy import Role
from matchbot.simulation import assumed
from matchbot.simulation.beside import Beside
from matchbot.workdays import OFFICE_ZONE

_OPENING = time(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a simulation left in the ledger. ``refused``: by the code of the rule, how often it said no."""

    first_day: date
    last_day: date
    n_cases: int
    n_introductions: int
    n_events: int
    head: Head
    refused: Mapping[str, int]


class Life(Beside):
    """Everybody's doings, on the days when they are due."""

    def result(self, office: Office, days: Sequence[date]) -> Simulated:
        """What there is afterwards."""
        head = office.ledger.head()
        return Simulated(
            first_day=days[0],
            last_day=days[-1],
            n_cases=self._counted["cases"],
            n_introductions=self._counted["introductions"],
            n_events=head.seq,
            head=head,
            refused=dict(sorted(self._refused.items())),
        )

    def begin(self) -> None:
        """Everybody is registered."""
        for official in self._people.officials:
            role = Role.COORDINATOR if official.cluster else Role.STAFF
            clusters = (official.cluster,) if official.cluster else ()
            self._register(
                MemberRow(
                    row=0,
                    id=official.id,
                    role=role,
                    clusters=clusters,
                    deputy=official.deputy_id,
                    slack_id=official.id,
                )
            )
        for each in self._people.inhabitants:
            if each.member_id:
                self._register(
                    MemberRow(
                        row=0,
                        id=each.member_id,
                        role=Role.FIRM,
                        organisations=(each.id,),
                        slack_id=each.member_id,
                    )
                )

    def live(self, day: date, share_of_day: float) -> None:
        """A working day: what was due, and what comes up. ``share_of_day``: of a year's business."""
        self._clock.set(datetime.combine(day, _OPENING, OFFICE_ZONE))
        is_new_month = day.month != self._today.month
        self._today = day
        if is_new_month and day.month == assumed.HANDOVER_MONTH:
            self._hand_over()
        if is_new_month and day.month == assumed.SURVEY_MONTH:
            self._survey(f"{day.year}")
        today = self._agenda.setdefault(day, deque())
        for happening, per_year in self._happenings():
            for _ in range(_poisson(per_year * self._scale * share_of_day, self._draw)):
                today.append(happening)
        while today:
            self._do(today.popleft())
        del self._agenda[day]

    def _happenings(self) -> tuple[tuple[Callable[[], None], float], ...]:
        return (
            (self._firm_has_a_need, assumed.NEEDS_OF_FIRMS),
            (self._coordinator_hears_of_a_need, assumed.NEEDS_HEARD),
            (self._coordinator_proposes, assumed.PROPOSALS),
            (self._met_outside, assumed.OUTSIDE),
            (self._visit, assumed.VISITS),
            (self._business_begins, assumed.NEW_BUSINESSES),
            (self._company_changes, assumed.CHANGED_COMPANIES),
            (self._firm_pauses, assumed.PAUSES),
        )


def _poisson(mean: float, draw: Random) -> int:
    """How often something happens that does so ``mean`` times on average."""
    n, product, limit = 0, draw.random(), exp(-mean)
    while product > limit:
        n, product = n + 1, product * draw.random()
    return n
