"""The post: what waits to be sent to whom, and how far the ledger is, for whoever sends it."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Room
from matchbot.ledger import Message
from matchbot.members import MATCHBOT, Member
from matchbot.policy import Action

_TRIED_AGAIN_AFTER = timedelta(minutes=10)


class Mailing(Room):
    """What matchbot's own messengers do; on nobody's behalf."""

    def due_messages(self, kinds: Collection[str], limit: int = 100) -> list[Message]:
        """What is to be sent in Slack by now of these kinds, the longest due first, then by id: to members
        who are there, and to matchbot itself. Everything else is told elsewhere, and goes on waiting."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            reachable = [
                member.id for member in work.models.members() if member.is_in_slack and not member.has_left
            ]
            return work.unit.outbox.due(work.now, limit, recipients=[*reachable, MATCHBOT.id], kinds=kinds)

    def message(self, id: str) -> Message | None:
        """A message, sent or not."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            return work.unit.outbox.get(id)

    def mark_sent(self, id: str) -> None:
        """A message has been sent: it is never offered again."""
        with self._office.ledger.unit() as unit:
            unit.outbox.mark_sent(id, self._office.clock.now())

    def postpone(self, id: str) -> None:
        """A message could not be put in words: others go first, and it is tried again later."""
        with self._office.ledger.unit() as unit:
            unit.outbox.postpone(id, self._office.clock.now() + _TRIED_AGAIN_AFTER)

    def moved(self, after: int) -> frozenset[str]:
        """The streams to which events were added, after so many events."""
        with self._office.ledger.read() as unit:
            return frozenset(recorded.stream for recorded in unit.events.read_all(after))

    def position(self) -> int:
        """How many events there are: as long as it stays, no case has moved."""
        return self._office.ledger.head().seq

    def version(self, stream: str) -> int:
        """How many events a stream has (``case:c-4``, ``member:m-1``): as long as it stays, nothing moved."""
        with self._office.ledger.read() as unit:
            return unit.events.version(stream)

    def report_failures(self, night: str, failures: Mapping[str, str]) -> None:
        """The staff are told, once, which steps of a night's work failed: by step and code of the error."""
        with self._work(Action.RUN_JOBS, MATCHBOT, f"nightly:{night}") as work:
            work.tell(work.deciding_for(""), MessageKind.NIGHTLY_FAILED, night=night, failures=dict(failures))

    def send_card(self, case_id: str, act: str, cluster: str, *, by: Member, key: str) -> None:
        """Who acts gets the card of what is to be done in a case (again). Raises NotAllowedError."""
        with self._work(Action.SEE_QUEUE, by, key) as work:
            work.require_case(Action.SEE_QUEUE, work.case(case_id))
            facts = {"case_id": case_id, "act": act, "cluster": cluster}
            card = Message(
                id=f"{key}:card", recipient=by.id, kind=MessageKind.TO_DO, not_before=work.now, payload=facts
            )
            work.unit.outbox.put(card)

    def deciding(self, cluster: str) -> tuple[str, ...]:
        """The members who decide for a cluster today ("": the staff)."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            return work.deciding_for(cluster)
