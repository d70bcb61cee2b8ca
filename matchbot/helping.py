"""Calls for a person: what somebody could not find out from matchbot, and who took care of it.

A ticket is the fold of its events, in a stream of its own. Words lie in the private store.
"""

from dataclasses import dataclass

from matchbot.references import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """A member wants a person to help.

    ``cluster``: whose coordinators are to, "" for the programme's staff. ``organisation_id``: for which
    the member speaks, "" for none. ``about``: the id of what it is about (a case, need, organisation), or "".
    """

    ticket_id: str
    member_id: str
    text: TextRef
    cluster: str = ""
    organisation_id: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTaken:
    """Somebody takes care of it."""

    ticket_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpClosed:
    """It is settled; ``reply``: what the member was told, None where it was told otherwise."""

    ticket_id: str
    member_id: str
    reply: TextRef | None = None


EVENTS: tuple[type, ...] = (HelpAsked, HelpTaken, HelpClosed)
"""Every event of this room."""
