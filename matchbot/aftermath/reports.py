"""What is learnt about a case after its introduction: meetings, progress, follow-ups.

*Progress* is one scale per case. Silence is recorded as silence. These events stand in the stream of
their case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from matchbot.aftermath.evidence import Evidence, evidence_of, joint_evidence
from matchbot.errors import Obstacle, StepError, TransitionError
from matchbot.introductions.cases import Introduction
from matchbot.introductions.words import State
from matchbot.references import TextRef


class CaseProgress(StrEnum):
    """How far a case has come since the introduction, in the order of the scale."""

    NO_CONTACT = "no_contact"
    MEETING = "meeting"
    CONTINUING = "continuing"
    GIVEN_UP = "given_up"


SCALE: Mapping[CaseProgress, int] = {progress: place for place, progress in enumerate(CaseProgress)}
"""The place of each on the scale; going to a lower one needs a reason."""


class MeetingForm(StrEnum):
    """How they met."""

    IN_PERSON = "in_person"
    ONLINE = "online"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """Something learnt about a case after its introduction."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReported(CaseReport):
    """The parties met on a day. ``organisation_id``: the party that says so, "" for the coordinator."""

    met_on: date
    form: MeetingForm
    member_id: str
    organisation_id: str = ""
    document: TextRef | None = None
    note: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReversed(CaseReport):
    """A correction: there was no meeting on that day."""

    met_on: date
    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlanned(CaseReport):
    """The parties will meet on a day; the latest plan holds. ``organisation_id`` as in `MeetingReported`."""

    on: date
    form: MeetingForm
    member_id: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalledOff(CaseReport):
    """The parties will not meet as planned."""

    member_id: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRecorded(CaseReport):
    """The case stands there on the scale. Backwards it has a reason."""

    progress: CaseProgress
    member_id: str
    organisation_id: str = ""
    reason: TextRef | None = None
    note: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAsked(CaseReport):
    """A party was asked, so many days after the introduction, how it went."""

    organisation_id: str
    days: int
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAnswered(CaseReport):
    """The party answered; what it said about progress and outcomes are events of their own."""

    organisation_id: str
    days: int
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpUnanswered(CaseReport):
    """The party did not answer (無回答)."""

    organisation_id: str
    days: int


EVENTS: tuple[type[CaseReport], ...] = (
    MeetingPlanned,
    MeetingCalledOff,
    MeetingReported,
    MeetingReversed,
    ProgressRecorded,
    FollowUpAsked,
    FollowUpAnswered,
    FollowUpUnanswered,
)
"""Every event of this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What is known of a case since its introduction."""

    progress: CaseProgress = CaseProgress.NO_CONTACT
    planned: MeetingPlanned | None = None
    """The meeting that was agreed on last, come or not."""
    reports: tuple[MeetingReported, ...] = ()
    asked: frozenset[tuple[str, int]] = frozenset()
    """Follow-ups asked: (organisation, days)."""
    answered: frozenset[tuple[str, int]] = frozenset()
    unanswered: frozenset[tuple[str, int]] = frozenset()

    @property
    def is_ongoing(self) -> bool:
        """Whether it is worth asking again."""
        return self.progress is not CaseProgress.GIVEN_UP

    @property
    def meetings(self) -> tuple[date, ...]:
        """The days on which they met, each once."""
        return tuple(sorted({report.met_on for report in self.reports}))

    @property
    def meeting_evidence(self) -> Evidence | None:
        """What it rests on that they met at all; None where nobody says so."""
        if not self.reports:
            return None
        told = (evidence_of(r.organisation_id, r.document) for r in self.reports)
        return joint_evidence(told, (r.organisation_id for r in self.reports))

    @property
    def awaited(self) -> frozenset[tuple[str, int]]:
        """Follow-ups that wait for an answer: (organisation, days)."""
        return self.asked - self.answered - self.unanswered


def evolve(aftermath: Aftermath, event: CaseReport) -> Aftermath:
    """What is known after one more report."""
    match event:
        case MeetingPlanned():
            return replace(aftermath, planned=event)
        case MeetingCalledOff():
            return replace(aftermath, planned=None)
        case MeetingReported():
            further = max(aftermath.progress, CaseProgress.MEETING, key=SCALE.__getitem__)
            return replace(aftermath, reports=(*aftermath.reports, event), progress=further)
        case MeetingReversed():
            left = tuple(report for report in aftermath.reports if report.met_on != event.met_on)
            never_met = not left and aftermath.progress is CaseProgress.MEETING
            progress = CaseProgress.NO_CONTACT if never_met else aftermath.progress
            return replace(aftermath, reports=left, progress=progress)
        case ProgressRecorded():
            return replace(aftermath, progress=event.progress)
        case FollowUpAsked(organisation_id=asked, days=days):
            return replace(aftermath, asked=aftermath.asked | {(asked, days)})
        case FollowUpAnswered(organisation_id=asked, days=days):
            late = aftermath.unanswered - {(asked, days)}
            return replace(aftermath, answered=aftermath.answered | {(asked, days)}, unanswered=late)
        case FollowUpUnanswered(organisation_id=asked, days=days):
            return replace(aftermath, unanswered=aftermath.unanswered | {(asked, days)})
        case _:
            raise TypeError(type(event).__name__)


def fold(events: Iterable[object]) -> Aftermath:
    """What is known of a case; the other events of its stream are passed over."""
    aftermath = Aftermath()
    for event in events:
        if isinstance(event, CaseReport):
            aftermath = evolve(aftermath, event)
    return aftermath


def plan_meeting(
    case: Introduction, *, on: date, form: MeetingForm, member_id: str, organisation_id: str = ""
) -> tuple[CaseReport, ...]:
    """They will meet on a day, in place of whatever was planned before."""
    _require_introduced(case, "plan_meeting")
    _require_party(case, organisation_id, "plan_meeting")
    return (
        MeetingPlanned(
            case_id=case.id, on=on, form=form, member_id=member_id, organisation_id=organisation_id
        ),
    )


def call_off_meeting(
    case: Introduction, aftermath: Aftermath, *, member_id: str, organisation_id: str = ""
) -> tuple[CaseReport, ...]:
    """They will not meet as planned."""
    _require_introduced(case, "call_off_meeting")
    _require_party(case, organisation_id, "call_off_meeting")
    if aftermath.planned is None:
        raise StepError(id=case.id, command="call_off_meeting", reason=Obstacle.NO_SUCH_MEETING)
    return (MeetingCalledOff(case_id=case.id, member_id=member_id, organisation_id=organisation_id),)


def record_meeting(
    case: Introduction,
    *,
    met_on: date,
    form: MeetingForm,
    member_id: str,
    organisation_id: str = "",
    document: TextRef | None = None,
    note: TextRef | None = None,
) -> tuple[CaseReport, ...]:
    """A party, or the coordinator, reports a meeting; the other party may report the same one."""
    _require_introduced(case, "record_meeting")
    _require_party(case, organisation_id, "record_meeting")
    return (
        MeetingReported(
            case_id=case.id,
            met_on=met_on,
            form=form,
            member_id=member_id,
            organisation_id=organisation_id,
            document=document,
            note=note,
        ),
    )


def reverse_meeting(
    case: Introduction, aftermath: Aftermath, *, met_on: date, member_id: str, reason: TextRef
) -> tuple[CaseReport, ...]:
    """A correction: they did not meet on that day."""
    if met_on not in aftermath.meetings:
        raise StepError(id=case.id, command="reverse_meeting", reason=Obstacle.NO_SUCH_MEETING)
    return (MeetingReversed(case_id=case.id, met_on=met_on, member_id=member_id, reason=reason),)


def record_progress(
    case: Introduction,
    aftermath: Aftermath,
    *,
    progress: CaseProgress,
    member_id: str,
    organisation_id: str = "",
    reason: TextRef | None = None,
    note: TextRef | None = None,
) -> tuple[CaseReport, ...]:
    """Where the case stands now; a meeting is recorded with its day, by ``record_meeting``."""
    _require_introduced(case, "record_progress")
    _require_party(case, organisation_id, "record_progress")
    if progress is CaseProgress.MEETING and not aftermath.meetings:
        raise StepError(id=case.id, command="record_progress", reason=Obstacle.NO_SUCH_MEETING)
    if SCALE[progress] < SCALE[aftermath.progress] and reason is None:
        raise StepError(id=case.id, command="record_progress", reason=Obstacle.BACKWARDS)
    return (
        ProgressRecorded(
            case_id=case.id,
            progress=progress,
            member_id=member_id,
            organisation_id=organisation_id,
            reason=reason,
            note=note,
        ),
    )


def ask_follow_up(
    case: Introduction, aftermath: Aftermath, *, organisation_id: str, days: int, answer_by: date
) -> tuple[CaseReport, ...]:
    """A party is asked how it went; nothing where it was asked for that day already."""
    _require_introduced(case, "ask_follow_up")
    _require_party(case, organisation_id, "ask_follow_up")
    if (organisation_id, days) in aftermath.asked:
        return ()
    return (FollowUpAsked(case_id=case.id, organisation_id=organisation_id, days=days, answer_by=answer_by),)


def answer_follow_up(
    case: Introduction, aftermath: Aftermath, *, organisation_id: str, days: int, member_id: str
) -> tuple[CaseReport, ...]:
    """The party answers, be it late; nothing where it had answered already."""
    _require_follow_up(case, aftermath, organisation_id, days, "answer_follow_up")
    if (organisation_id, days) in aftermath.answered:
        return ()
    return (
        FollowUpAnswered(case_id=case.id, organisation_id=organisation_id, days=days, member_id=member_id),
    )


def close_follow_up(
    case: Introduction, aftermath: Aftermath, *, organisation_id: str, days: int
) -> tuple[CaseReport, ...]:
    """The time to answer is over: 無回答. Nothing where it has answered, or this is known."""
    _require_follow_up(case, aftermath, organisation_id, days, "close_follow_up")
    if (organisation_id, days) not in aftermath.awaited:
        return ()
    return (FollowUpUnanswered(case_id=case.id, organisation_id=organisation_id, days=days),)


def _require_introduced(case: Introduction, command: str) -> None:
    if case.state is not State.INTRODUCED:
        raise TransitionError(id=case.id, state=case.state, command=command)


def _require_party(case: Introduction, organisation_id: str, command: str) -> None:
    if organisation_id and case.party(organisation_id) is None:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_A_PARTY)


def _require_follow_up(
    case: Introduction, aftermath: Aftermath, organisation_id: str, days: int, command: str
) -> None:
    if (organisation_id, days) not in aftermath.asked:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_ASKED)
