"""The post: what waits to be sent to whom, and how far the ledger is, for whoever sends it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Room, Work
from matchbot.happenings import part_of
from matchbot.ledger import Message
from matchbot.members import MATCHBOT, Member
from matchbot.policy import Action

_MESSAGES_AT_ONCE = 100
_TRIED_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages are not sent; how many of those Slack should have had by now, and how many could not
    be put in words when their turn came. Who is not in Slack is told elsewhere: those wait for ever."""

    n_waiting: int
    n_due: int
    n_failed: int


class Mailing(Room):
    """What matchbot's own messengers do; on nobody's behalf."""

    def due_messages(self, kinds: Collection[str]) -> list[Message]:
        """What is to be sent in Slack by now of these kinds, the longest due first, then by id: to members
        who are there, and to matchbot itself. Everything else is told elsewhere, and goes on waiting."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            return work.unit.outbox.due(work.now, _MESSAGES_AT_ONCE, recipients=_in_slack(work), kinds=kinds)

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

    def backlog(self) -> Backlog:
        """How much of the post is not sent."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            unsent, in_slack = list(work.unit.outbox.unsent()), _in_slack(work)
            return Backlog(
                n_waiting=len(unsent),
                n_due=sum(one.not_before <= work.now and one.recipient in in_slack for one in unsent),
                n_failed=sum(message.n_attempts > 0 for message in unsent),
            )

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
            id = part_of(key, "card")
            card = Message(id=id, recipient=by.id, kind=MessageKind.TO_DO, not_before=work.now, payload=facts)
            work.unit.outbox.put(card)

    def deciding(self, cluster: str) -> tuple[str, ...]:
        """The members who decide for a cluster today ("": the staff)."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            return work.deciding_for(cluster)


def _in_slack(work: Work) -> frozenset[str]:
    """Who is to be told in Slack: the members who are there, and matchbot itself."""
    there = (member.id for member in work.models.members() if member.is_in_slack and not member.has_left)
    return frozenset({MATCHBOT.id, *there})
