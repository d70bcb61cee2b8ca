"""Meetings to come, and the sheet that all who meet get the working day before (面談メモ)."""

from dataclasses import dataclass
from datetime import date

from matchbot.aftermath import reports
from matchbot.aftermath.reports import MeetingForm
from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Receipt, Room, Work
from matchbot.directory import Described
from matchbot.errors import Obstacle, StepError
from matchbot.introductions.cases import Introduction
from matchbot.introductions.parties import Party
from matchbot.introductions.words import State
from matchbot.members import Member
from matchbot.policy import Action

_PASSAGES = 2
"""How much of a profile is read on the way to a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoParty:
    """One of those who meet: who they are, what they do, and what they seek here."""

    id: str
    name: str
    kind: str
    home_cluster: str
    size_band: str
    does: tuple[str, ...]
    seeks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMemo:
    """What to know before a meeting. ``questions``: three codes with a text ``memo-question-<code>`` each."""

    case_id: str
    on: date
    form: MeetingForm
    parties: tuple[MemoParty, ...]
    questions: tuple[str, ...]


class Meetings(Room):
    """What is agreed on before people meet; that they met is a report (`record_meeting`)."""

    def plan_meeting(self, case_id: str, *, on: date, form: MeetingForm, by: Member, key: str) -> Receipt:
        """A party or a coordinator of the case: they will meet on a day, which replaces an earlier one.

        Everybody else of the case is told. Raises StepError for a day that is over; TransitionError.
        """
        with self._work(Action.RECORD_PROGRESS, by, key) as work:
            case = work.case(case_id)
            organisation_id = _reporting_party(work, case)
            if again := work.repeated():
                return again
            if on < work.today:
                raise StepError(id=case_id, command="plan_meeting", reason=Obstacle.OVER)
            events = reports.plan_meeting(
                case, on=on, form=form, member_id=work.by.id, organisation_id=organisation_id
            )
            case = work.record_case(case_id, events)
            told = _everybody(work, case)
            work.tell(told, MessageKind.MEETING_PLANNED, case_id=case.id, on=on.isoformat(), form=form.value)
            return work.receipt(case)

    def call_off_meeting(self, case_id: str, *, by: Member, key: str) -> Receipt:
        """They will not meet as planned; everybody else of the case is told. Raises StepError."""
        with self._work(Action.RECORD_PROGRESS, by, key) as work:
            followed = work.followed(case_id)
            organisation_id = _reporting_party(work, followed.case)
            if again := work.repeated():
                return again
            events = reports.call_off_meeting(
                followed.case,
                followed.aftermath,
                member_id=work.by.id,
                organisation_id=organisation_id,
            )
            case = work.record_case(case_id, events)
            work.tell(_everybody(work, case), MessageKind.MEETING_CALLED_OFF, case_id=case.id)
            return work.receipt(case)

    def meeting_memo(self, case_id: str, by: Member) -> MeetingMemo:
        """What to know before the meeting that is planned. Raises StepError where there is none."""
        with self._look(Action.SEE_CASE, by) as work:
            followed = work.followed(case_id)
            case, planned = followed.case, followed.aftermath.planned
            work.require_case(Action.SEE_CASE, case)
            if planned is None or case.state is not State.INTRODUCED:
                raise StepError(id=case_id, command="meeting_memo", reason=Obstacle.NO_SUCH_MEETING)
            return MeetingMemo(
                case_id=case.id,
                on=planned.on,
                form=planned.form,
                parties=tuple(_memo_party(work, case, party) for party in case.parties),
                questions=tuple(f"{case.purpose}-{n}" for n in (1, 2, 3)),
            )


def _reporting_party(work: Work, case: Introduction) -> str:
    """The party for which who acts speaks; "" for a coordinator. Raises NotAllowedError."""
    work.require_case(Action.RECORD_PROGRESS, case)
    return next(filter(work.speaks_for, case.organisation_ids), "")


def _everybody(work: Work, case: Introduction) -> list[str]:
    """The people of all parties, and the coordinator in charge."""
    return [case.coordinator, *(one for party in case.parties for one in work.reached_for(party))]


def _memo_party(work: Work, case: Introduction, party: Party) -> MemoParty:
    listed = work.listed_as(party)
    known = work.described(party.organisation_id)
    return MemoParty(
        id=party.organisation_id,
        name=listed.name,
        kind=listed.kind.value,
        home_cluster=party.home_cluster,
        size_band=listed.size_band,
        does=known.does[:_PASSAGES],
        seeks=_sought(work, case, party, known),
    )


def _sought(work: Work, case: Introduction, party: Party, known: Described) -> tuple[str, ...]:
    """What a party wrote for the others or, where it wrote nothing, what its profile says that it seeks."""
    brief = work.text(case.brief) if party.is_requester else ""
    return (brief,) if brief else known.seeks[:_PASSAGES]
