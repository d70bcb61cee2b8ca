"""What the ledger is to those who use it: records, and the protocols any database can stand behind."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from matchbot.events import decode
from matchbot.ledger.chain import Head
from matchbot.references import TextRef


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it stands in the ledger.

    ``seq`` numbers all events from 1, ``version`` those of one stream. ``event_date`` is the day it
    happened, ``recorded_at`` when it was written down (UTC), ``actor`` the id of who did it, ``key``
    what they did.
    """

    seq: int
    stream: str
    version: int
    type: str
    event_date: date
    recorded_at: datetime
    actor: str
    key: str
    payload: Mapping[str, Any]
    hash: str
    appended: Any = field(default=None, compare=False, repr=False)
    """The event itself, where it was just appended and need not be decoded."""

    @property
    def event(self) -> Any:
        """The event itself, as the dataclass it was when it was appended."""
        return self.appended or decode(self.type, self.payload)


@dataclass(frozen=True, slots=True)
class Message:
    """Something to send. ``payload`` holds ids and plain facts, never a name or a text of people.

    ``id`` comes from what was done and for whom, so that the same message is never put twice.
    """

    id: str
    recipient: str
    kind: str
    not_before: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    n_attempts: int = 0
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PrivateText:
    """A text of or about people, in the store where it can be erased."""

    ref: TextRef
    kind: str
    text: str
    about: tuple[str, ...]
    recorded_at: datetime


class EventStore(Protocol):
    """Events in streams, only ever added to."""

    def append(
        self,
        stream: str,
        events: Iterable[object],
        *,
        actor: str,
        key: str,
        event_date: date,
        recorded_at: datetime,
        expected_version: int | None = None,
    ) -> list[Recorded]:
        """Add events to the end of a stream; gives them as recorded.

        ``key`` stands for what the person did. Where an earlier unit of work has recorded it already,
        nothing is added and what was recorded then is given back; within one unit of work, events
        appended with one key, also to several streams, belong together.

        Raises StreamMovedError where the stream does not have ``expected_version`` events.
        """

    def read(self, stream: str) -> list[Recorded]:
        """The events of a stream, in their order; none where there is no such stream."""

    def read_all(self, after: int = 0) -> Iterator[Recorded]:
        """All events numbered above ``after``, in their order, one at a time."""

    def recorded_under(self, key: str) -> list[Recorded]:
        """What was recorded under a key, also earlier in this unit of work."""

    def version(self, stream: str) -> int:
        """How many events a stream has."""

    def head(self) -> Head:
        """The last event."""


class Outbox(Protocol):
    """Messages written in one transaction with the events they tell of, sent after it."""

    def put(self, message: Message) -> None:
        """Have a message sent; nothing happens where one with its id was put before, sent or not."""

    def due(
        self,
        now: datetime,
        limit: int = 100,
        *,
        recipients: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> list[Message]:
        """What is to be sent now, the longest due first, then by id; to these recipients and of these kinds
        alone, where some are given."""

    def postpone(self, id: str, until: datetime) -> None:
        """Count an attempt, and offer the message again at a time: after a failure, or as a claim on it."""

    def mark_sent(self, id: str, at: datetime) -> None:
        """Never offer the message again."""

    def mark_all_sent(self, at: datetime) -> None:
        """Never offer again what is to be sent by this time."""

    def get(self, id: str) -> Message | None:
        """A message, sent or not."""

    def unsent(self) -> Iterator[Message]:
        """All that wait, also for a later day, the longest due first, then by id."""


class PrivateStore(Protocol):
    """Texts of and about people: what may be erased."""

    def put(self, text: str, *, kind: str, about: Iterable[str], recorded_at: datetime) -> TextRef:
        """Keep a text; gives what an event may hold of it.

        ``about`` are the ids (members, organisations) whose erasure takes the text with it.
        """

    def text(self, ref: TextRef | str) -> str | None:
        """The text behind a reference or its id; None where it was erased."""

    def texts(self, refs: Iterable[TextRef | str]) -> dict[str, str]:
        """The texts behind many, by id; the erased ones left out."""

    def about(self, subject: str) -> list[PrivateText]:
        """Everything kept about somebody, in the order it was recorded."""

    def holding(self, words: str) -> list[PrivateText]:
        """Every text that holds these words, however they are spaced and typed, in the order of recording."""


class UnitOfWork(Protocol):
    """The stores of one transaction: all of what is done with them is kept, or nothing."""

    @property
    def events(self) -> EventStore: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def private(self) -> PrivateStore: ...
