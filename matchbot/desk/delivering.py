"""The introduction in Slack: ordered by a coordinator, delivered by matchbot, and made once it got there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matchbot.aftermath.reports import CaseProgress, MeetingPlanned
from matchbot.deadlines import proposed_meetings
from matchbot.desk.messages import MessageKind
from matchbot.desk.requests import everybody_told, parties_today, require_willing
from matchbot.desk.work import Receipt, Room, Work, decided_once
from matchbot.errors import Obstacle, StepError
from matchbot.introductions import decisions
from matchbot.introductions.cases import Introduction
from matchbot.introductions.parties import Party
from matchbot.members import MATCHBOT, Member
from matchbot.policy import Action
from matchbot.texts import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody the letter is for. ``organisation_id``: for which party they speak, "" for a coordinator.

    ``language``: what they chose to read, "" for that of their Slack.
    """

    member_id: str
    slack_id: str
    organisation_id: str
    language: Language | Literal[""]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """What is delivered to whom: the parties' people in their order, then the coordinators.

    ``proposals``: three days on which they could meet; none once they have met or given up. ``planned``: the
    meeting that they have agreed on and not held yet.
    """

    case_id: str
    people: tuple[Recipient, ...]
    letter: str
    proposals: tuple[date, ...]
    planned: MeetingPlanned | None = None


class Delivering(Room):
    """From a coordinator's letter to the conversation in which the parties read it."""

    def order_delivery(self, case_id: str, *, letter: str, by: Member, key: str) -> Receipt:
        """A coordinator has the letter delivered in Slack, word for word; counted once that is confirmed.

        Raises TransitionError before every party has consented; StepError where a party has nobody in
        Slack; UnavailableError; AlreadyHandledError.
        """
        with self._work(Action.ORDER_DELIVERY, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            work.require_case(Action.ORDER_DELIVERY, case)
            if again := work.repeated():
                return again
            require_willing(work, case)
            kept = work.keep(letter, "letter", *case.organisation_ids)
            events = decisions.order_delivery(case, member_id=work.by.id, letter=kept)
            if not all(map(work.is_in_slack, case.parties)):
                raise StepError(id=case.id, command="order_delivery", reason=Obstacle.OUTSIDE_SLACK)
            case = work.record_case(case_id, events)
            work.tell([MATCHBOT.id], MessageKind.DELIVERY, case_id=case.id)
            return work.receipt(case)

    # What matchbot's own messenger does

    def delivery(self, case_id: str) -> DeliveryView:
        """The delivery that is under way, to be asked for right before it is made.

        Raises TransitionError, StepError where there is none any more: nothing is to be done then.
        UnavailableError where a party does not take part any more: to be reported.
        """
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            case = work.case(case_id)
            ordered = decisions.ordered_delivery(case, "delivery")
            require_willing(work, case)
            return DeliveryView(
                case_id=case.id,
                people=tuple(_recipients(work, case)),
                letter=work.text(ordered.letter),
                proposals=proposed_meetings(work.today),
            )

    def delivered(self, case_id: str) -> DeliveryView:
        """What was delivered, as it is to be read now. Raises UnknownRecordError."""
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            followed = work.followed(case_id)
            case, aftermath = followed.case, followed.aftermath
            is_before_meeting = aftermath.progress is CaseProgress.NO_CONTACT
            return DeliveryView(
                case_id=case.id,
                people=tuple(_recipients(work, case)),
                letter=work.text(case.letter),
                proposals=proposed_meetings(work.today) if is_before_meeting else (),
                planned=aftermath.planned if is_before_meeting else None,
            )

    def confirm_delivery(self, case_id: str, *, channel: str, ts: str, key: str) -> Receipt:
        """Slack took the letter, as this message: the introduction is made, and counts."""
        with self._work(Action.RUN_JOBS, MATCHBOT, key) as work:
            if again := work.repeated():
                return again
            case = work.case(case_id)
            events = decisions.confirm_delivery(
                case, channel=channel, ts=ts, parties=parties_today(work, case)
            )
            case = work.record_case(case_id, events)
            work.tell(everybody_told(work, case), MessageKind.INTRODUCED, case_id=case.id, channel=channel)
            return work.receipt(case)

    def report_undelivered(self, case_id: str, *, reason: str, key: str) -> Receipt:
        """It cannot be delivered in Slack (``reason``: a code): the coordinators of all parties are told."""
        with self._work(Action.RUN_JOBS, MATCHBOT, key) as work:
            if again := work.repeated():
                return again
            case = work.case(case_id)
            told = [case.coordinator, *(one for party in case.parties for one in _coordinators(work, party))]
            case = work.record_case(case_id, decisions.report_undelivered(case, reason=reason))
            work.tell(told, MessageKind.UNDELIVERED, case_id=case.id, reason=reason)
            return work.receipt(case)


def _recipients(work: Work, case: Introduction) -> Iterator[Recipient]:
    """Everybody in Slack once: of each party who agreed for it, else all who speak for it."""
    found: dict[str, str] = {}
    for party in case.parties:
        for id in _of_party(work, case, party):
            found.setdefault(id, party.organisation_id)
    for id in (case.coordinator, *(one for party in case.parties for one in _coordinators(work, party))):
        found.setdefault(id, "")
    for id, organisation_id in found.items():
        member = work.models.member(id)
        if member is not None and member.is_in_slack and not member.has_left:
            yield Recipient(
                member_id=id,
                slack_id=member.slack_id,
                organisation_id=organisation_id,
                language=member.language,
            )


def _of_party(work: Work, case: Introduction, party: Party) -> tuple[str, ...]:
    present = work.reached_for(party)
    agreed = {consent.member_id for consent in case.consents} & set(present)
    return tuple(member for member in present if member in agreed) or present


def _coordinators(work: Work, party: Party) -> tuple[str, ...]:
    """Who looks after a party: the coordinator it was assigned to, else all who decide for its cluster."""
    deciding = work.deciding_for_organisation(party.organisation_id, party.home_cluster)
    assigned = work.models.looks_after(party.organisation_id)
    return (assigned,) if assigned in deciding else deciding
