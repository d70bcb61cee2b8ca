"""What the desk has to tell people: one notice for each kind of message in the outbox."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matchbot.config import SlackSettings
from matchbot.desk import Desk, Message
from matchbot.members import Member
from matchbot.service import Service
from matchbot.texts import Texts
from slack_app.limits import Posting
from slack_app.names import Names
from slack_app.speaker import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One message that waits to be sent, with everything its words need."""

    message: Message
    member: Member
    """Whom it is for."""
    texts: Texts
    names: Names
    service: Service
    settings: SlackSettings
    speaker: Speaker
    """Who says it, and knows what people read."""

    @property
    def desk(self) -> Desk:
        """What people do with introductions."""
        return self.service.desk

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the message says, as ids and plain values."""
        return self.message.payload

    @property
    def case_id(self) -> str:
        """The case it is about, "" where it is about none."""
        return str(self.facts.get("case_id", ""))


Rendering = Callable[[Telling], Posting | None]
Delivering = Callable[[Telling], None]
Placing = Callable[[Telling], str]
Depending = Callable[[Telling], tuple[str, ...]]


def _nowhere_else(telling: Telling) -> str:
    return ""


def _its_case(telling: Telling) -> tuple[str, ...]:
    return (f"case:{telling.case_id}",) if telling.case_id else ()


@dataclass(frozen=True, slots=True)
class Notice:
    """How one kind of message is told. ``render``: its words as things stand now; None where there is
    nothing to say any more. ``channel``: where it goes instead of the DM, "" for nowhere else: there
    it is posted once, whoever else it is for. ``streams``: on whose events the words depend, always the same
    for one message, so that a card is put right when one is added; none where they stay. ``deliver``: how
    it is told instead, for what is more than a message."""

    kind: str
    render: Rendering | None = None
    channel: Placing = _nowhere_else
    streams: Depending = _its_case
    deliver: Delivering | None = None


def by_kind(notices: Iterable[Notice]) -> Mapping[str, Notice]:
    """The notices by the kind of message they are for."""
    return {notice.kind: notice for notice in notices}
