"""Takes the events one after the other, and has their rows put down."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from matchbot.aftermath import outcomes
from matchbot.aftermath.outcomes import Outcome
from matchbot.facts import FactWriter, Row
from matchbot.following import Followed, follow, follow_all
from matchbot.ledger.stores import Recorded
from matchbot.projections.case_rows import write_cases, write_outcome
from matchbot.projections.memory import Memory
from matchbot.projections.rows import ABOUT_MEMBERS, ABOUT_ORGANISATIONS, OF_CASES, ROWS, nothing, saved_need
from matchbot.projections.writing import Pending

ReadStream = Callable[[str], Iterable[Recorded]]
Tally = tuple[str, str]
"""A day, and the type of an event."""


class Mark(NamedTuple):
    """A point in the events taken: how much there was by then of what is added to until it is put down."""

    n_touched: int
    n_about_people: int
    changed: dict[str, None]
    n_changed: int
    tallies: list[Tally]
    n_tallies: int
    facts: tuple[list[Row], int]


class Projector:
    """Takes events in their order, and puts their rows down: of cases, facts and tallies with `flush`."""

    def __init__(self, pending: Pending, read_stream: ReadStream, memory: Memory) -> None:
        """``read_stream`` gives a stream's events, for a case or outcome that is not held in memory."""
        self._pending = pending
        self._facts = FactWriter(pending)
        self._read_stream = read_stream
        self._memory = memory
        self._touched: list[str] = []
        """The cases, outcomes and needs of the events taken, and the organisations whose needs these are."""
        self._n_about_people = 0
        """How many of the events taken changed what is answered about people."""
        self._changed: dict[str, None] = {}
        self._tallies: list[Tally] = []

    def apply(self, recorded: Recorded) -> None:
        """Take one event, the one after the last."""
        self._tallies.append((recorded.event_date.isoformat(), recorded.type))
        self._facts.take(recorded)
        subject, _, id = recorded.stream.partition(":")
        if subject == "case":
            self._apply_to_case(id, recorded)
            OF_CASES.get(recorded.type, nothing)(self._pending, recorded)
        elif subject == "outcome":
            self._apply_to_outcome(id, recorded)
        elif recorded.type in ROWS:
            ROWS[recorded.type](self._pending, recorded)
            self._forget_answers(recorded)
            self._take_need(recorded)

    def case(self, id: str) -> Followed | None:
        """A case as the events taken so far leave it; None where there is none."""
        held = self._memory.cases
        if id not in held:
            followed = follow_all(self._read_stream(f"case:{id}"))
            if followed is None:
                return None
            held[id] = followed
        return held[id]

    def outcome(self, id: str) -> Outcome | None:
        """An outcome as the events taken so far leave it; None where there is none."""
        held = self._memory.outcomes.get(id)
        if held is None:
            held = outcomes.fold(one.event for one in self._read_stream(f"outcome:{id}"))
        return held

    def flush(self) -> None:
        """Put down the rows of all that was changed."""
        # New ones: a mark may hold the present ones.
        changed, self._changed = self._changed, {}
        tallies, self._tallies = self._tallies, []
        self._facts.flush()
        write_cases(self._pending, [*filter(None, map(self.case, sorted(changed)))])
        self._pending.add_all(
            "INSERT INTO tallies VALUES (?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((*key, n) for key, n in sorted(Counter(tallies).items())),
        )
        self._memory.shrink()

    def mark(self) -> Mark:
        """Where the events taken are, to be given to `go_back`."""
        return Mark(
            n_touched=len(self._touched),
            n_about_people=self._n_about_people,
            changed=self._changed,
            n_changed=len(self._changed),
            tallies=self._tallies,
            n_tallies=len(self._tallies),
            facts=self._facts.mark(),
        )

    def go_back(self, mark: Mark) -> None:
        """Know what was known at a mark: what was taken since has been undone, also what was put down."""
        self._memory.forget(self._touched[mark.n_touched :])
        del self._touched[mark.n_touched :]
        if self._n_about_people > mark.n_about_people:
            self._memory.people.clear()
        # In place: there may be much that nobody asked for yet, and refusals are many.
        self._changed, self._tallies = mark.changed, mark.tallies
        while len(self._changed) > mark.n_changed:
            self._changed.popitem()
        del self._tallies[mark.n_tallies :]
        self._facts.go_back(mark.facts)

    def _apply_to_case(self, id: str, recorded: Recorded) -> None:
        followed = follow(self._before(id, recorded), recorded)
        if followed is not None:
            self._memory.take(followed)
            self._touched.append(id)
            self._changed[id] = None

    def _before(self, id: str, recorded: Recorded) -> Followed | None:
        held = self._memory.cases.get(id)
        if held is not None or recorded.version == 1:
            return held
        stream = self._read_stream(recorded.stream)
        return follow_all(earlier for earlier in stream if earlier.version < recorded.version)

    def _apply_to_outcome(self, id: str, recorded: Recorded) -> None:
        event = recorded.event
        if isinstance(event, outcomes.OutcomeEvent):
            outcome = outcomes.evolve(self._outcome_before(id, recorded), event)
            self._memory.take_outcome(outcome)
            self._touched.append(id)
            write_outcome(self._pending, outcome)

    def _outcome_before(self, id: str, recorded: Recorded) -> Outcome | None:
        held = self._memory.outcomes.get(id)
        if held is not None or recorded.version == 1:
            return held
        stream = self._read_stream(recorded.stream)
        return outcomes.fold(one.event for one in stream if one.version < recorded.version)

    def _take_need(self, recorded: Recorded) -> None:
        if recorded.type not in ("NeedSaved", "NeedClosed"):
            return
        ids = (recorded.payload["need_id"], recorded.payload["organisation_id"])
        self._touched += ids
        if recorded.type == "NeedSaved":
            self._memory.take_need(saved_need(recorded))
        else:
            self._memory.forget(ids)

    def _forget_answers(self, recorded: Recorded) -> None:
        """An organisation's wishes, group and coordinator are a matter of its own; what changes about a
        member may show in the answers about anybody."""
        if recorded.type in ABOUT_ORGANISATIONS:
            self._memory.people.pop(recorded.payload["organisation_id"], None)
        elif recorded.type in ABOUT_MEMBERS:
            self._memory.people.clear()
        else:
            return
        self._n_about_people += 1
