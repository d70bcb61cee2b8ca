"""One thing that somebody did, with everything an answer to it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from matchbot.config import SlackSettings
from matchbot.desk import Desk
from matchbot.members import Member
from matchbot.service import Service
from matchbot.texts import Texts
from matchbot.wording import Wording
from slack_app.arrivals import Arrived, Kind
from slack_app.ids import unpacked
from slack_app.limits import Posting
from slack_app.names import Names
from slack_app.opening import Opening
from slack_app.speaker import UNSURE, RefusedError, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an answer is given: what was done by whom, in whose words to answer, and with what."""

    arrived: Arrived
    member: Member
    texts: Texts
    names: Names
    service: Service
    speaker: Speaker
    settings: SlackSettings
    opening: Opening
    """The modal that they wait for, where they do."""
    was_tried: bool = False
    """Whether it was answered before, and nobody knows how far that got."""

    # What was done

    @property
    def key(self) -> str:
        """What the person did: the key of the command that it becomes."""
        return self.arrived.key

    @property
    def desk(self) -> Desk:
        """What people do with introductions."""
        return self.service.desk

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the value of the button, or in what the modal carried along."""
        return unpacked(str(self.payload.get("value") or self.payload.get("metadata") or ""))

    @property
    def flow(self) -> str:
        """The thread of matchbot that goes on here: that of the DM, or of a thread in Slack."""
        channel, ts = str(self.payload["channel"]), str(self.payload.get("thread_ts") or "")
        is_root = ts == self.payload.get("ts") and self.arrived.kind is Kind.CLICK
        return f"{channel}:{ts}" if ts and not is_root else channel

    @property
    def card(self) -> str:
        """The thread of matchbot that this message, or the one clicked on, keeps for itself."""
        return card_thread(str(self.payload["channel"]), str(self.payload["ts"]))

    @property
    def payload(self) -> Mapping[str, Any]:
        """What came with it."""
        return self.arrived.payload

    @property
    def values(self) -> Mapping[str, Any]:
        """What was filled into a modal, by field."""
        filled: Mapping[str, Any] = self.payload.get("values", {})
        return filled

    def text(self, field: str) -> str:
        """What was written into a field, without the space around it; "" for nothing."""
        return str(self.values.get(field) or "").strip()

    # Answering

    def say(self, posting: Posting) -> tuple[str, str]:
        """Answer where only this person reads it: in the DM, in its thread where it began in one.

        Gives the channel and the ts.
        """
        channel = str(self.payload.get("channel") or "")
        if not channel.startswith("D"):
            channel = self.speaker.direct_channel(self.arrived.who)
            return channel, self.post(channel, posting)
        return channel, self.post(channel, posting, thread_ts=str(self.payload.get("thread_ts") or ""))

    def post(self, channel: str, posting: Posting, *, thread_ts: str = "") -> str:
        """Post an answer, once however often it is tried, where Slack lets us look; gives the ts."""
        mark = sha256(f"{self.key} {posting.text}".encode()).hexdigest()[:16]
        try:
            return self.speaker.say_once(
                channel, posting, mark, was_tried=self.was_tried, thread_ts=thread_ts
            )
        except RefusedError as error:
            if error.code != UNSURE:
                raise
        # Twice is better than never.
        return self.speaker.say(channel, posting, thread_ts=thread_ts)

    def tell(self, key: str, /, **facts: object) -> None:
        """Answer with one text, on the spot: privately where others read along."""
        self.reply(Posting(self.texts(key, **facts)))

    def reply(self, posting: Posting) -> None:
        """Answer on the spot: privately where others read along."""
        channel = str(self.payload.get("channel") or "")
        if channel and not channel.startswith("D"):
            self.speaker.whisper(channel, self.arrived.who, posting)
        else:
            self.say(posting)

    def replace(self, posting: Posting) -> None:
        """Put a message in the place of the one that was clicked on."""
        if self.payload.get("ts") and not self.payload.get("is_ephemeral"):
            self.speaker.replace(str(self.payload["channel"]), str(self.payload["ts"]), posting)

    def open(self, view: Mapping[str, Any]) -> None:
        """Open a modal."""
        self.opening.open(view)


def card_thread(channel: str, ts: str) -> str:
    """The thread of matchbot that a posted message keeps for itself: what it shows is understood by that."""
    return f"card:{channel}:{ts}"


def posted_at(card: str) -> tuple[str, str]:
    """The channel and the ts of the message that keeps a thread for itself.

    >>> posted_at(card_thread("D1", "17.5"))
    ('D1', '17.5')
    """
    _, channel, ts = card.split(":")
    return channel, ts


Answering = Callable[[Call], None]
Suggesting = Callable[[Service, Member | None, str, Wording], Mapping[str, str]]
"""What a menu offers for what was typed into it, in the reader's words: value → label, at most 100."""
Checking = Callable[[Mapping[str, Any], Texts], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Route:
    """What is done about one kind of arrival.

    ``opens``: it opens a modal, for which somebody waits. ``shows``: it shows something else for which
    somebody waits. Either changes nothing, and is worthless a moment later, so it is not kept. ``check``:
    what is wrong with a form, by field, to be told while it is still open. ``changes_home``: the home tab of
    whoever did it shows something else afterwards.
    """

    kind: Kind
    what: str
    answer: Answering
    opens: bool = False
    shows: bool = False
    check: Checking | None = None
    changes_home: bool = False
