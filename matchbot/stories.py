"""Success stories: what came of an introduction, told with the consent of everybody in it, and pure.

A party answers one wording: a new draft needs every consent anew, and whoever takes a consent back, or
wants it to read otherwise, takes the story back with it. Words lie in the private store.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from matchbot.errors import Obstacle, StepError
from matchbot.introductions.words import Means
from matchbot.references import TextRef

LONGEST_STORY = 8_000
"""Letters: the whole of it is read in one message before anybody agrees to it."""


class StoryAnswer(StrEnum):
    """What a party says to a draft."""

    YES = "yes"
    NO = "no"
    CHANGES = "changes"
    """It would agree to another wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDrafted:
    """How the story of a case would read."""

    case_id: str
    member_id: str
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryConsentGiven:
    """A party agrees that the story is published as it reads now. ``text_id``: the draft it agreed to."""

    case_id: str
    organisation_id: str
    member_id: str
    text_id: str
    means: Means


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryConsentWithdrawn:
    """A party does not agree, or not any more; a published story is public no longer."""

    case_id: str
    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChangesWished:
    """A party wants the story to read otherwise, and does not agree before. ``text``: what it wishes."""

    case_id: str
    organisation_id: str
    member_id: str
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPublished:
    """The story may be read by everybody from now on."""

    case_id: str
    member_id: str


EVENTS: tuple[type, ...] = (
    StoryDrafted,
    StoryConsentGiven,
    StoryConsentWithdrawn,
    StoryChangesWished,
    StoryPublished,
)
"""Every event of this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as its events leave it. ``drafted_by``: who wrote this draft. ``answers``: what the parties
    say to it, by organisation; ``wishes``: what they want to read otherwise."""

    case_id: str
    text: TextRef
    drafted_by: str
    answers: Mapping[str, StoryAnswer] = field(default_factory=dict)
    wishes: Mapping[str, TextRef] = field(default_factory=dict)
    is_published: bool = False

    @property
    def consents(self) -> frozenset[str]:
        """The parties that agree to this very draft."""
        return frozenset(id for id, answer in self.answers.items() if answer is StoryAnswer.YES)

    def require_read(self, wording: str) -> None:
        """Let pass who read the draft as it is now; ``wording``: its id then. Raises StepError."""
        if wording != self.text.id:
            raise StepError(id=self.case_id, command="consent_to_story", reason=Obstacle.REWRITTEN)

    def consent(
        self, organisation_id: str, parties: Collection[str], *, member_id: str, means: Means
    ) -> StoryConsentGiven:
        """A party agrees to the draft. Raises StepError for whoever is none."""
        self._require_party(organisation_id, parties)
        return StoryConsentGiven(
            case_id=self.case_id,
            organisation_id=organisation_id,
            member_id=member_id,
            text_id=self.text.id,
            means=means,
        )

    def refuse(
        self, organisation_id: str, parties: Collection[str], *, member_id: str
    ) -> StoryConsentWithdrawn:
        """A party does not agree, or not any more. Raises StepError for whoever is none."""
        self._require_party(organisation_id, parties)
        return StoryConsentWithdrawn(
            case_id=self.case_id, organisation_id=organisation_id, member_id=member_id
        )

    def wish(
        self, organisation_id: str, parties: Collection[str], text: TextRef, *, member_id: str
    ) -> StoryChangesWished:
        """A party wants it to read otherwise. Raises StepError for whoever is none."""
        self._require_party(organisation_id, parties)
        return StoryChangesWished(
            case_id=self.case_id, organisation_id=organisation_id, member_id=member_id, text=text
        )

    def publish(self, parties: Iterable[str], *, member_id: str) -> StoryPublished:
        """Makes it public. Raises StepError while a party has not agreed to this draft."""
        if set(parties) - self.consents:
            raise StepError(id=self.case_id, command="publish_story", reason=Obstacle.NOT_ALL_CONSENTED)
        return StoryPublished(case_id=self.case_id, member_id=member_id)

    def _require_party(self, organisation_id: str, parties: Collection[str]) -> None:
        if organisation_id not in parties:
            raise StepError(id=self.case_id, command="consent_to_story", reason=Obstacle.NOT_A_PARTY)

    def _answered(self, organisation_id: str, answer: StoryAnswer) -> "Story":
        """Whatever is no yes takes a published story back."""
        return replace(
            self,
            answers={**self.answers, organisation_id: answer},
            is_published=self.is_published and answer is StoryAnswer.YES,
        )


def fold_story(events: Iterable[object]) -> Story | None:
    """The story that these events make; None where nothing was drafted."""
    story: Story | None = None
    for event in events:
        match event:
            case StoryDrafted():
                story = Story(case_id=event.case_id, text=event.text, drafted_by=event.member_id)
            case StoryConsentGiven() if story is not None and event.text_id == story.text.id:
                story = story._answered(event.organisation_id, StoryAnswer.YES)
            case StoryConsentWithdrawn() if story is not None:
                story = story._answered(event.organisation_id, StoryAnswer.NO)
            case StoryChangesWished() if story is not None:
                answered = story._answered(event.organisation_id, StoryAnswer.CHANGES)
                story = replace(answered, wishes={**story.wishes, event.organisation_id: event.text})
            case StoryPublished() if story is not None:
                story = replace(story, is_published=True)
            case _:
                pass
    return story
