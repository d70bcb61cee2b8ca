"""The limits of the network, each with its default: how many, how long, how strict.

Part of the settings (:mod:`matchbot.config`), and given as a value to whatever decides by it. Days are
working days where the name says so, else days of the calendar.
"""

from datetime import time
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_settings import NoDecode


def _listed(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


Days = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_listed)]
"""Numbers of days, rising; in the environment as ``2, 4``."""


Stages = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
"""Names of stages, in their order; in the environment as ``draft, published``."""


class Rules(BaseModel):
    """What this network has agreed on. Never changes within a process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cross_cluster: Literal["notify", "both"] = Field(
        default="notify",
        description="Who approves an introduction between two clusters: `notify` (the requester's home "
        "coordinator; the other one is told and can stop it until the counterpart has answered) or `both`. "
        "With a masked party it is always both.",
    )
    nda_stage: bool = Field(
        default=False, description="Whether a case has a stage for a non-disclosure agreement."
    )

    requests_per_week: int = Field(
        default=5,
        ge=1,
        description="How many introductions a firm may ask for in any 7 days. One that is withdrawn, "
        "cancelled or expires is given back.",
    )
    open_requests: int = Field(
        default=10, ge=1, description="How many requests of a firm may be open at the same time."
    )
    recipient_per_quarter: int = Field(
        default=10,
        ge=1,
        description="How often others may ask for one and the same organisation in a quarter of the year. "
        "One that has reached it is not suggested until the quarter ends.",
    )
    repeat_months: int = Field(
        default=12,
        ge=0,
        description="For how many months a second introduction of the same two organisations shows the first "
        "one to whoever approves it.",
    )
    identical_requests: int = Field(
        default=3,
        ge=1,
        description="How many requests of a firm may carry the same text within `identical_days`.",
    )
    identical_days: int = Field(default=7, ge=1, description="How many days such a text is remembered.")
    identical_similarity: float = Field(
        default=0.95,
        gt=0,
        le=1,
        description="From which share of common character trigrams (Jaccard) on two texts are the same.",
    )

    expiry_working_days: int = Field(
        default=15, ge=1, description="After how many working days a request without an answer expires."
    )
    expiry_notice_working_days: int = Field(
        default=3, ge=0, description="How many working days before it expires everybody concerned is told."
    )
    deferral_working_days: int = Field(
        default=30,
        ge=1,
        description="How many working days ahead an answer may be put off (検討中).",
    )
    reminder_working_days: Days = Field(
        default=(2, 4),
        description="After how many working days whoever must act is reminded.",
    )
    escalation_working_days: int = Field(
        default=5,
        ge=1,
        description="After how many working days without a decision a case goes to the coordinator's deputy.",
    )
    silences: int = Field(
        default=3,
        ge=1,
        description="How many introductions in a row an organisation may leave unanswered before its "
        "coordinator is shown it.",
    )
    pauses_the_silent: bool = Field(
        default=False,
        description="Whether an organisation that has been silent so often is paused, too, with a notice and "
        "a way back.",
    )
    follow_up_days: Days = Field(
        default=(14, 90, 180, 365),
        min_length=1,
        description="How many days after an introduction the parties are asked what came of it; "
        "then every year.",
    )
    follow_up_until_days: int = Field(
        default=1200, ge=0, description="How many days after an introduction nobody is asked any more."
    )

    profile_months: int = Field(
        default=0,
        ge=0,
        description="After how many months in which nobody confirmed or changed it the profile of an "
        "organisation whose people take part is not shown any more (0: it always is; 12 is usual).",
    )
    profile_notice_months: int = Field(
        default=1,
        ge=0,
        description="How many months before that its people are asked to confirm it, and it comes later in "
        "lists.",
    )
    review_stages: Stages = Field(
        default=("draft", "published"),
        description="Through which stages a change of a profile that its organisation suggests goes, from "
        "`draft` to `published`; each step is one act of a coordinator. For instance "
        "`draft, checked, published`.",
    )

    office_opens: time = Field(
        default=time(8, 30), description="From when messages are sent on working days (Asia/Tokyo)."
    )
    office_closes: time = Field(default=time(18), description="Until when messages are sent on working days.")
    digest_at: time = Field(
        default=time(9),
        validate_default=True,
        description="When each coordinator's digest is sent on working days.",
    )
    urgent_working_days: int = Field(
        default=2,
        ge=0,
        description="What expires within so many working days is told outside office hours, too.",
    )

    @field_validator("reminder_working_days", "follow_up_days")
    @classmethod
    def _rise(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if any(day < 1 for day in days) or list(days) != sorted(set(days)):
            raise ValueError("the days must rise, from 1 on")
        return days

    @field_validator("review_stages")
    @classmethod
    def _lead_from_draft_to_published(cls, stages: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(stages)) != len(stages) or (stages[:1], stages[-1:]) != (("draft",), ("published",)):
            raise ValueError("the stages lead from draft to published, each once")
        return stages

    @field_validator("digest_at")
    @classmethod
    def _fall_into_office_hours(cls, at: time, info: ValidationInfo) -> time:
        opens, closes = info.data.get("office_opens"), info.data.get("office_closes")
        if opens and closes and not opens <= at < closes:
            raise ValueError(f"the office is open from {opens:%H:%M} to {closes:%H:%M}")
        return at
