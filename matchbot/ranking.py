"""What decides the order of partners besides relevance, each with its weight and its default.

Part of the settings (:mod:`matchbot.config`), and given as a value to whatever ranks by it. A weight
is what its term can move a score by at most; scores of relevance lie between 0 and about 1. A weight of 0
switches its term off.
"""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Ranking(BaseModel):
    """How partners are put in order. Never changes within a process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_probability: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="How probable it must be that one of the first partners has to do with the need at all; "
        "otherwise nobody is shown, and the answer says so.",
    )
    diversity: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="How much later a partner comes that is of the kind and the cluster of one before it.",
    )
    exposure: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="How much later a partner comes that was shown `exposure_cap` times already; less often, "
        "less.",
    )
    exposure_cap: int = Field(
        default=30,
        ge=1,
        description="From how many times on, within `exposure_days`, a partner steps back in full.",
    )
    exposure_days: int = Field(default=90, ge=1, description="For how many days a card counts as shown.")
    newcomer: float = Field(
        default=0.15,
        ge=0,
        le=1,
        description="How much less than the last of the first partners somebody may score who was not shown "
        "for `exposure_days`, to take its place where all the others were.",
    )
    feedback: float = Field(
        default=0.15,
        ge=0,
        le=1,
        description="How much sooner or later a partner comes for what was made of it for needs like this "
        "one: 条件に合わない, requests, answers, introductions, outcomes.",
    )
    feedback_since: date = Field(
        default=date.min,
        description="From which day on that counts; set to today, all of it is forgotten.",
    )
    mandate: float = Field(
        default=0.4,
        ge=0,
        le=1,
        description="How much sooner or later a financier comes for what it states that it funds: the stage, "
        "the sum, the region and the field that a need names.",
    )
    other_side: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="How much sooner or later a partner comes for what lets it say yes or no: whether it "
        "looks for what the asker offers, how often it accepted, how much it is asked.",
    )
