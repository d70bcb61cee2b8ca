"""What questions to the read models give, where it is a record of its own."""

from dataclasses import dataclass
from datetime import date

from matchbot.introductions.cases import Turn
from matchbot.introductions.words import State


@dataclass(frozen=True, slots=True)
class Waiting:
    """That somebody has been waited for since a day."""

    case_id: str
    turn: Turn
    since: date
    expires_on: date
    coordinator: str


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that an organisation knows of. ``is_requester``: because it asked for it itself."""

    id: str
    state: State
    is_requester: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """That a party was asked, so many days after an introduction, and until when it could answer."""

    case_id: str
    organisation_id: str
    days: int
    answer_by: date


@dataclass(frozen=True, slots=True)
class HelpTicket:
    """A call for help. ``cluster``: whose coordinators are to help, "" for the staff.

    ``text_id`` and ``reply_id`` are in the private store; what has not happened is "" or None.
    """

    id: str
    member_id: str
    cluster: str
    organisation_id: str
    about: str
    text_id: str
    taken_by: str
    closed_by: str
    reply_id: str
    asked_on: date
    closed_on: date | None
