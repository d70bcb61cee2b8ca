"""Success stories: what came of an introduction, told with the consent of everybody in it, and pure.

A party consents to one wording: a new draft needs every consent anew, and whoever takes a consent back
takes the story back with it. Words lie in the private store.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matchbot.errors import Obstacle, StepError
from matchbot.introductions import Means, TextRef


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
    """A party does not agree any more; a published story is public no longer."""

    case_id: str
    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPublished:
    """The story may be read by everybody from now on."""

    case_id: str
    member_id: str


StoryEvent = StoryDrafted | StoryConsentGiven | StoryConsentWithdrawn | StoryPublished

EVENTS: tuple[type, ...] = (StoryDrafted, StoryConsentGiven, StoryConsentWithdrawn, StoryPublished)
"""Every event of this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as its events leave it. ``consents``: the parties that agree to this very draft."""

    case_id: str
    text: TextRef
    consents: frozenset[str] = frozenset()
    is_published: bool = False

    def consent(
        self, organisation_id: str, parties: Iterable[str], *, member_id: str, means: Means
    ) -> StoryConsentGiven:
        """A party agrees to the draft. Raises StepError for whoever is none."""
        if organisation_id not in set(parties):
            raise StepError(id=self.case_id, command="consent_to_story", reason=Obstacle.NOT_A_PARTY)
        return StoryConsentGiven(
            case_id=self.case_id,
            organisation_id=organisation_id,
            member_id=member_id,
            text_id=self.text.id,
            means=means,
        )

    def publish(self, parties: Iterable[str], *, member_id: str) -> StoryPublished:
        """Makes it public. Raises StepError while a party has not agreed to this draft."""
        if set(parties) - self.consents:
            raise StepError(id=self.case_id, command="publish_story", reason=Obstacle.NOT_ALL_CONSENTED)
        return StoryPublished(case_id=self.case_id, member_id=member_id)


def fold_story(events: Iterable[object]) -> Story | None:
    """The story that these events make; None where nothing was drafted."""
    story: Story | None = None
    for event in events:
        match event:
            case StoryDrafted():
                story = Story(case_id=event.case_id, text=event.text)
            case StoryConsentGiven() if story is not None and event.text_id == story.text.id:
                story = replace(story, consents=story.consents | {event.organisation_id})
            case StoryConsentWithdrawn() if story is not None:
                left = story.consents - {event.organisation_id}
                story = replace(story, consents=left, is_published=False)
            case StoryPublished() if story is not None:
                story = replace(story, is_published=True)
            case _:
                pass
    return story
