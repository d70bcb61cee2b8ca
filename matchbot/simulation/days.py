"""Days that are lived through: who does what when, and by whose voice."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from matchbot.clocks import SetClock
from matchbot.desk import Desk
from matchbot.errors import PolicyError
from matchbot.introductions.words import Means
from matchbot.members import MATCHBOT, Member, MemberRow
from matchbot.rules import Rules
from matchbot.simulation import assumed
from matchbot.simulation.population import Inhabitant, Population
from matchbot.workdays import add_working_days, working_day_from

Value = TypeVar("Value")

_BETWEEN_COMMANDS = timedelta(seconds=3)
_WORDS: Mapping[str, str] = {
    "need": "見本のニーズ",
    "brief": "見本の紹介文",
    "reason": "見本の理由",
    "letter": "見本の紹介状",
    "document": "見本の書類",
}


class Days:
    """What is due on which day, and what is drawn."""

    def __init__(
        self, desk: Desk, people: Population, clock: SetClock, draw: Random, *, rules: Rules, scale: float
    ) -> None:
        self._desk = desk
        self._people = people
        self._clock = clock
        self._draw = draw
        self._rules = rules
        self._scale = scale
        self._agenda: dict[date, deque[Callable[[], None]]] = {}
        self._members: dict[str, Member] = {}
        self._away_until: dict[str, date] = {}
        self._n_waiting: Counter[str] = Counter()
        self._n_keys = 0
        self._first_day = self._today = clock.now().date()
        self._counted: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def _register(self, row: MemberRow) -> Member:
        self._desk.register_member(row, by=MATCHBOT, key=self._key())
        member = self._desk.member(row.id)
        self._members[row.id] = member
        return member

    def _do(self, deed: Callable[[], None]) -> None:
        """What somebody does now, or tries to: the rules may refuse it."""
        try:
            deed()
        except PolicyError as refusal:
            self._refused[str(refusal.facts.get("reason", refusal.code))] += 1

    def _after(self, n_working_days: float, deed: Callable[..., None], *args: object) -> None:
        self._on(add_working_days(self._today, round(n_working_days)), deed, *args)

    def _on(self, day: date, deed: Callable[..., None], *args: object) -> None:
        """On a day, or the next working day."""
        self._agenda.setdefault(working_day_from(day), deque()).append(partial(deed, *args))

    def _key(self) -> str:
        """A key for the next command, some seconds after the last."""
        self._n_keys += 1
        self._clock.set(self._clock.now() + _BETWEEN_COMMANDS)
        return f"sim:{self._n_keys}"

    def _chance(self, share: float) -> bool:
        return self._draw.random() < share

    def _is_away(self, firm: Inhabitant) -> bool:
        """Whether it wants to be left alone, and so asks for nothing either."""
        return self._today <= self._away_until.get(firm.id, date.min)

    def _voice(self, party: Inhabitant) -> Member:
        """Who speaks for a party: its own member, else a coordinator."""
        return self._members[party.member_id or self._people.official(party.home_cluster).id]

    def _means(self) -> Means:
        return self._one_of(assumed.MEANS)

    def _one_of(self, shares: Mapping[Value, float]) -> Value:
        return self._draw.choices(list(shares), list(shares.values()))[0]

    def _text(self, kind: str) -> str:
        """Words nobody has said before."""
        return f"{_WORDS[kind]} {self._n_keys + 1}"
