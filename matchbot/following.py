"""A case as it stands in the ledger: what its events say, and on which days they were recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from matchbot.aftermath import reports
from matchbot.aftermath.reports import Aftermath
from matchbot.introductions.cases import Introduction, Turn, evolve
from matchbot.introductions.events import (
    AnswerDeferred,
    ConsentGiven,
    ConsentRefused,
    Event,
    IntroductionMade,
    PartyAsked,
)
from matchbot.introductions.words import EXITS, Means
from matchbot.ledger.stores import Recorded
from matchbot.workdays import day_of

_ANSWERS = (ConsentGiven, ConsentRefused, AnswerDeferred)


@dataclass(frozen=True, slots=True)
class Followed:
    """A case with the days on which it moved.

    ``since``: from which day each has been waited for whose turn it is. ``asked_on`` and ``answered_on``
    are by organisation. ``aftermath``: what is known since the introduction. ``version``: how many
    events its stream has.
    """

    case: Introduction
    opened_on: date
    since: Mapping[Turn, date]
    introduced_on: date | None = None
    delivered_by: Means | None = None
    closed_on: date | None = None
    asked_on: Mapping[str, date] = field(default_factory=dict)
    answered_on: Mapping[str, date] = field(default_factory=dict)
    aftermath: Aftermath = field(default_factory=Aftermath)
    version: int = 0

    @property
    def begun_on(self) -> date:
        """The first day on which something can have come of it: one that was made outside is older than its
        record."""
        return min(self.opened_on, self.introduced_on or self.opened_on)


class PartyAnswer(StrEnum):
    """What a party has said."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    DEFERRED = "deferred"
    YES = "yes"
    NO = "no"


def follow(followed: Followed | None, recorded: Recorded) -> Followed | None:
    """The case after one more event of its stream; what is not about a case passes it by."""
    event = recorded.event
    if isinstance(event, Event):
        return _moved(followed, event, recorded)
    if followed and isinstance(event, reports.CaseReport):
        known = reports.evolve(followed.aftermath, event)
        return replace(followed, aftermath=known, version=recorded.version)
    return followed


def follow_all(stream: Iterable[Recorded]) -> Followed | None:
    """The case that the events of a stream make; None where there are none."""
    followed: Followed | None = None
    for recorded in stream:
        followed = follow(followed, recorded)
    return followed


def answer_of(case: Introduction, organisation_id: str) -> PartyAnswer:
    """What a party of the case has said last."""
    if case.refused_by == organisation_id:
        return PartyAnswer.NO
    if any(consent.organisation_id == organisation_id for consent in case.consents):
        return PartyAnswer.YES
    if any(deferral.organisation_id == organisation_id for deferral in case.deferrals):
        return PartyAnswer.DEFERRED
    is_asked = any(asking.organisation_id == organisation_id for asking in case.asked)
    return PartyAnswer.ASKED if is_asked else PartyAnswer.NOT_ASKED


def _moved(before: Followed | None, event: Event, recorded: Recorded) -> Followed:
    case = evolve(before.case if before else None, event)
    before = before or Followed(case, recorded.event_date, {})
    asked_on, answered_on = before.asked_on, before.answered_on
    if isinstance(event, PartyAsked):
        asked_on = {**asked_on, event.organisation_id: recorded.event_date}
    elif isinstance(event, _ANSWERS):
        answered_on = {**answered_on, event.organisation_id: recorded.event_date}
    made = event if isinstance(event, IntroductionMade) else None
    has_ended = case.state in EXITS and before.closed_on is None
    today = day_of(recorded.recorded_at)
    return Followed(
        case=case,
        opened_on=before.opened_on,
        since={turn: before.since.get(turn, today) for turn in case.waiting_for},
        introduced_on=recorded.event_date if made else before.introduced_on,
        delivered_by=made.delivered_by if made else before.delivered_by,
        closed_on=recorded.event_date if has_ended else before.closed_on,
        asked_on=asked_on,
        answered_on=answered_on,
        aftermath=before.aftermath,
        version=recorded.version,
    )
