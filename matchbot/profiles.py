"""How an organisation changes its own profile: what it suggests becomes public step by step.

Pure: a draft (下書き) passes the stages that the network has agreed on, in their order, until it is
published (公開), or is returned. Events only hold ids and ``TextRef``s.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.records import PassageType
from matchbot.errors import ReviewStateError
from matchbot.references import TextRef

DRAFT, PUBLISHED = "draft", "published"
"""The first and the last stage, whatever lies between them."""


class Change(StrEnum):
    """What is to become of a passage."""

    ADD = "add"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChangeSuggested:
    """A member of an organisation suggests a change. ``passage_id``: "" for a new passage."""

    draft_id: str
    organisation_id: str
    member_id: str
    change: Change
    passage_id: str = ""
    passage_type: PassageType = PassageType.CAPABILITY
    title: TextRef | None = None
    text: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChangePassed:
    """A stage on the way was reached."""

    draft_id: str
    member_id: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChangePublished:
    """The last stage was reached: the profile says so from now on."""

    draft_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChangeReturned:
    """It does not become public. ``reason``: for who suggested it."""

    draft_id: str
    member_id: str
    reason: TextRef


Event = ProfileChangeSuggested | ProfileChangePassed | ProfileChangePublished | ProfileChangeReturned
EVENTS: tuple[type, ...] = (
    ProfileChangeSuggested,
    ProfileChangePassed,
    ProfileChangePublished,
    ProfileChangeReturned,
)
"""Every event of this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A suggested change, as its events leave it."""

    suggested: ProfileChangeSuggested
    stage: str = DRAFT
    reason: TextRef | None = None
    """Why it was returned."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.stage != PUBLISHED and self.reason is None


def fold(events: Iterable[object]) -> Draft | None:
    """The draft that these events make; None for none."""
    draft: Draft | None = None
    for event in events:
        match event:
            case ProfileChangeSuggested():
                draft = Draft(suggested=event)
            case ProfileChangePassed(stage=stage) if draft:
                draft = replace(draft, stage=stage)
            case ProfileChangePublished() if draft:
                draft = replace(draft, stage=PUBLISHED)
            case ProfileChangeReturned(reason=reason) if draft:
                draft = replace(draft, reason=reason)
    return draft


def next_stage(stage: str, stages: Sequence[str]) -> str:
    """The stage after one; after one that the network has given up, the first that is left.

    >>> next_stage("draft", ["draft", "checked", "published"])
    'checked'
    """
    return stages[stages.index(stage) + 1] if stage in stages[:-1] else stages[1]


def pass_on(draft: Draft, member_id: str, stages: Sequence[str], *, to: str = "") -> Event:
    """The draft one stage on. ``to``: the stage that is meant.

    Raises ReviewStateError for any but the next.
    """
    id, stage = draft.suggested.draft_id, next_stage(draft.stage, stages)
    if to and to != stage:
        raise ReviewStateError(id=id, state=draft.stage, wanted=to)
    if stage == PUBLISHED:
        return ProfileChangePublished(draft_id=id, member_id=member_id)
    return ProfileChangePassed(draft_id=id, member_id=member_id, stage=stage)
