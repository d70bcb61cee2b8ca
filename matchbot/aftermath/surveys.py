"""What people thought of it: each wave of the survey a stream of its own."""

from dataclasses import dataclass
from enum import StrEnum

from matchbot.errors import Obstacle, StepError
from matchbot.introductions.words import State
from matchbot.references import TextRef


class Side(StrEnum):
    """On which side of introductions the one who answers a survey stands."""

    REQUESTER = "requester"
    COUNTERPART = "counterpart"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEvent:
    """Something about a survey wave and one person in it."""

    wave: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySent(SurveyEvent):
    """A person was asked. ``ended_as``: how its latest case stands or ended; None: it never had one."""

    organisation_id: str
    role: str
    side: Side
    cluster: str = ""
    case_id: str = ""
    ended_as: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(SurveyEvent):
    """A person answered; the latest answer in a wave holds. None: not answered."""

    organisation_id: str
    role: str
    side: Side
    satisfaction: int | None = None
    """1 to 5, 5 the best."""
    recommendation: int | None = None
    """0 to 10, for the NPS."""
    cluster: str = ""
    case_id: str = ""
    comment: TextRef | None = None


EVENTS: tuple[type[SurveyEvent], ...] = (
    SurveySent,
    SurveyAnswered,
)
"""Every event of this room."""


def answer_survey(
    sent: SurveySent,
    *,
    satisfaction: int | None = None,
    recommendation: int | None = None,
    comment: TextRef | None = None,
) -> tuple[SurveyEvent, ...]:
    """A person answers the wave it was asked in: satisfaction 1–5, recommendation 0–10, either or both."""
    _check_range(sent.wave, satisfaction, 1, 5)
    _check_range(sent.wave, recommendation, 0, 10)
    if satisfaction is None and recommendation is None and comment is None:
        raise StepError(id=sent.wave, command="answer_survey", reason=Obstacle.NOTHING_SAID)
    return (
        SurveyAnswered(
            wave=sent.wave,
            member_id=sent.member_id,
            organisation_id=sent.organisation_id,
            role=sent.role,
            side=sent.side,
            satisfaction=satisfaction,
            recommendation=recommendation,
            cluster=sent.cluster,
            case_id=sent.case_id,
            comment=comment,
        ),
    )


def _check_range(wave: str, value: int | None, low: int, high: int) -> None:
    if value is not None and not low <= value <= high:
        raise StepError(id=wave, command="answer_survey", reason=Obstacle.OUT_OF_RANGE)
