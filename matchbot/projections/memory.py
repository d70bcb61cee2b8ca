"""What is known of the events taken without asking the ledger again."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from matchbot import participation
from matchbot.aftermath.outcomes import Outcome
from matchbot.following import Followed
from matchbot.histories import Histories

_HELD_CASES = 20_000
"""How many cases are held in memory: enough for all that are open at a time."""
_HELD_OUTCOMES = 5_000
"""How many outcomes are held: enough for those of which more is said in the months after."""
_HELD_NEEDS = 20_000
"""How many needs are held: enough for those that somebody may soon ask for partners for."""
_HELD_HISTORIES = 20_000
"""Of how many organisations the history and the needs are held: of nearly all of a large network."""
_HELD_ANSWERS = 20_000
"""About how many people, organisations and clusters answers are held: all of a large network."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the events taken without asking again; kept up as they come.

    ``cases``, ``outcomes`` and ``needs``: those held, the one that changed last at the end. ``needs_of``: all
    needs of the organisations that were asked about, in no order. ``people``: answers about
    people and what organisations wish, by whom they are about and what was asked; nearly every command asks
    the same of the same few.
    """

    cases: OrderedDict[str, Followed] = field(default_factory=OrderedDict)
    outcomes: OrderedDict[str, Outcome] = field(default_factory=OrderedDict)
    needs: OrderedDict[str, participation.SavedNeed] = field(default_factory=OrderedDict)
    needs_of: dict[str, list[participation.SavedNeed]] = field(default_factory=dict)
    histories: Histories = field(default_factory=Histories)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, followed: Followed) -> None:
        """A case stands like this now."""
        id = followed.case.id
        self.cases[id] = followed
        self.cases.move_to_end(id)
        self.histories.take(followed)

    def take_outcome(self, outcome: Outcome) -> None:
        """An outcome stands like this now."""
        self.outcomes[outcome.id] = outcome
        self.outcomes.move_to_end(outcome.id)

    def take_need(self, need: participation.SavedNeed) -> None:
        """A need was saved."""
        self.needs[need.id] = need
        if need.organisation_id in self.needs_of:
            self.needs_of[need.organisation_id].append(need)

    def forget(self, touched: Iterable[str]) -> None:
        """What was known of these cases, outcomes and needs holds no longer, nor of whose needs these are."""
        for id in touched:
            self.outcomes.pop(id, None)
            self.needs.pop(id, None)
            self.needs_of.pop(id, None)
            followed = self.cases.pop(id, None)
            if followed is not None:
                self.histories.forget(followed.case.organisation_ids)

    def shrink(self) -> None:
        """Hold no more than is of use."""
        while len(self.cases) > _HELD_CASES:
            self.cases.popitem(last=False)
        while len(self.outcomes) > _HELD_OUTCOMES:
            self.outcomes.popitem(last=False)
        while len(self.needs) > _HELD_NEEDS:
            self.needs.popitem(last=False)
        if len(self.histories) > _HELD_HISTORIES:
            self.histories.clear()
        if len(self.needs_of) > _HELD_HISTORIES:
            self.needs_of.clear()
        if len(self.people) > _HELD_ANSWERS:
            self.people.clear()
