"""Success stories: drafted from what is on record, published only while every party agrees."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from corpus.storage import moment
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import Obstacle, StepError, UnknownRecordError
from matchbot.introductions.cases import Introduction
from matchbot.introductions.words import Means, State
from matchbot.members import Member
from matchbot.need import Purpose
from matchbot.policy import Action, Role, may
from matchbot.stories import (
    LONGEST_STORY,
    Story,
    StoryAnswer,
    StoryChangesWished,
    StoryConsentGiven,
    StoryConsentWithdrawn,
    StoryDrafted,
    fold_story,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An outcome of a case, as a story tells it."""

    kind: OutcomeKind
    on: date
    certainty: Certainty
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """What a draft is made of. ``parties``: names and home clusters, who asked first.

    ``sought``: what the requester wrote, "" where nothing is kept.
    """

    case_id: str
    purpose: Purpose
    parties: tuple[tuple[str, str], ...]
    sought: str
    introduced_on: date
    meetings: tuple[date, ...]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story. ``wording``: the id of its draft. ``answers``: what the parties said to it, by id, and
    ``wishes``: what they want to read otherwise; ``missing``: those that have not agreed to it.

    ``asked_of``: the parties for which who looks is asked. ``can_draft``, ``can_publish``: what who looks
    may do now.
    """

    case_id: str
    text: str
    wording: str
    is_published: bool
    parties: tuple[str, ...]
    answers: Mapping[str, StoryAnswer]
    wishes: Mapping[str, str]
    consents: tuple[str, ...]
    missing: tuple[str, ...]
    asked_of: tuple[str, ...]
    can_draft: bool
    can_publish: bool


class Telling(Room):
    """From a draft to a story that everybody may read."""

    def story_facts(self, case_id: str, by: Member) -> StoryFacts:
        """What is known of a case that was introduced. Raises StepError, NotAllowedError."""
        with self._look(Action.DRAFT_STORY, by) as work:
            case = _introduced(work, Action.DRAFT_STORY, case_id)
            followed = work.followed(case_id)
            assert followed.introduced_on is not None
            ordered = sorted(case.parties, key=lambda party: not party.is_requester)
            outcomes = [work.outcome(id) for id in work.models.outcome_ids(case_id=case_id)]
            return StoryFacts(
                case_id=case_id,
                purpose=case.purpose,
                parties=tuple((work.listed_as(party).name, party.home_cluster) for party in ordered),
                sought=work.text(case.brief),
                introduced_on=followed.introduced_on,
                meetings=followed.aftermath.meetings,
                results=tuple(
                    Result(
                        kind=one.facts.kind,
                        on=one.facts.on,
                        certainty=one.facts.certainty,
                        evidence=one.evidence,
                    )
                    for one in outcomes
                    if not one.is_reversed
                ),
            )

    def draft_story(self, case_id: str, text: str, *, by: Member, key: str) -> Receipt:
        """How the story would read, put to every party; an earlier draft, and every answer to it, is void.

        Raises StepError.
        """
        with self._work(Action.DRAFT_STORY, by, key) as work:
            case = _introduced(work, Action.DRAFT_STORY, case_id)
            if again := work.repeated():
                return again
            if len(text) > LONGEST_STORY:
                raise StepError(id=case_id, command=Action.DRAFT_STORY, reason=Obstacle.STORY_TOO_LONG)
            words = work.keep(text, "story", *case.organisation_ids)
            if words is None:
                raise StepError(id=case_id, command=Action.DRAFT_STORY, reason=Obstacle.NO_TEXT)
            drafted = StoryDrafted(case_id=case_id, member_id=work.by.id, text=words)
            work.record(f"story:{case_id}", [drafted])
            asked = [member for party in case.parties for member in work.reached_for(party)]
            work.tell(asked, MessageKind.STORY_ASKED, case_id=case_id, wording=words.id)
            if work.by.id in asked:
                work.confirm(MessageKind.STORY_ASKED, case_id=case_id, wording=words.id)
            return Receipt(id=case_id)

    def consent_to_story(
        self,
        case_id: str,
        organisation_id: str,
        *,
        by: Member,
        key: str,
        means: Means = Means.SLACK,
        wording: str = "",
    ) -> Receipt:
        """A party agrees to the story as it reads now; ``means``: how a coordinator heard so.

        ``wording``: the id of the draft that was read, where that is known.

        Raises StepError, UnknownRecordError, NotAllowedError.
        """
        with self._answering(organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            story, parties = _read(work, case_id, wording), work.case(case_id).organisation_ids
            return _answer(
                work, story, story.consent(organisation_id, parties, member_id=work.by.id, means=means)
            )

    def withdraw_story(self, case_id: str, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """A party does not agree, or not any more; the story is public no longer.

        Raises StepError, UnknownRecordError, NotAllowedError.
        """
        with self._answering(organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            story, parties = _story(work, case_id), work.case(case_id).organisation_ids
            return _answer(work, story, story.refuse(organisation_id, parties, member_id=work.by.id))

    def wish_story_changes(
        self, case_id: str, organisation_id: str, text: str, *, by: Member, key: str, wording: str = ""
    ) -> Receipt:
        """A party wants the story to read otherwise, and does not agree before.

        Raises StepError, UnknownRecordError, NotAllowedError.
        """
        with self._answering(organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            story, parties = _read(work, case_id, wording), work.case(case_id).organisation_ids
            words = work.keep(text, "story-wish", organisation_id)
            if words is None:
                raise StepError(id=case_id, command=Action.CONSENT_TO_STORY, reason=Obstacle.NO_TEXT)
            return _answer(work, story, story.wish(organisation_id, parties, words, member_id=work.by.id))

    def publish_story(self, case_id: str, *, by: Member, key: str) -> Receipt:
        """Everybody may read it from now on. Raises StepError while a party has not agreed to it."""
        with self._work(Action.PUBLISH_STORY, by, key) as work:
            if again := work.repeated():
                return again
            story, parties = _story(work, case_id), work.case(case_id).organisation_ids
            work.record(f"story:{case_id}", [story.publish(parties, member_id=work.by.id)])
            told = [member for party in work.case(case_id).parties for member in work.reached_for(party)]
            work.tell([story.drafted_by, *told], MessageKind.STORY_PUBLISHED, case_id=case_id)
            return Receipt(id=case_id)

    def story(self, case_id: str, by: Member) -> StoryView:
        """The story of a case, to those whom that concerns. Raises UnknownRecordError, NotAllowedError."""
        with self._look(Action.SEE_CASE, by) as work:
            work.require_case(Action.SEE_CASE, work.case(case_id))
            return _view(work, _story(work, case_id))

    def stories(self, by: Member, *, as_of: datetime | None = None) -> list[StoryView]:
        """The stories that were public at a time (now), by case. Raises NotAllowedError."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            ids = work.models.connection.execute(
                "SELECT DISTINCT case_id FROM fact_stories WHERE recorded_at <= ? ORDER BY case_id",
                [moment(as_of or work.now)],
            ).fetchall()
            found = [_story(work, id, as_of=as_of) for (id,) in ids]
            views = [_view(work, story) for story in found if story.is_published]
            return [view for view in views if view.text]

    @contextmanager
    def _answering(self, organisation_id: str, by: Member, key: str) -> Iterator[Work]:
        """A unit of work of who may answer for a party."""
        with self._work(Action.CONSENT_TO_STORY, by, key) as work:
            work.require_organisation(Action.CONSENT_TO_STORY, organisation_id)
            yield work


def _introduced(work: Work, action: Action, case_id: str) -> Introduction:
    case = work.case(case_id)
    is_own = work.by.role is Role.STAFF or work.is_concerned(case)
    work.require(action, is_own, "not-your-case")
    if case.state is not State.INTRODUCED:
        raise StepError(id=case_id, command=action, reason=Obstacle.NOT_RELEASED)
    return case


def _story(work: Work, case_id: str, *, as_of: datetime | None = None) -> Story:
    stream = work.unit.events.read(f"story:{case_id}")
    story = fold_story(one.event for one in stream if as_of is None or one.recorded_at <= as_of)
    if story is None:
        raise UnknownRecordError(reason="no-story", id=case_id)
    return story


def _read(work: Work, case_id: str, wording: str) -> Story:
    """The story; ``wording``: the draft that was read, "" where that is not known. Raises StepError."""
    story = _story(work, case_id)
    if wording:
        story.require_read(wording)
    return story


def _answer(
    work: Work, story: Story, event: StoryConsentGiven | StoryConsentWithdrawn | StoryChangesWished
) -> Receipt:
    """A party has answered: whoever drafted the story is told, and once all agree, those who publish it."""
    case = work.case(story.case_id)
    work.record(f"story:{case.id}", [event])
    is_agreed = not set(case.organisation_ids) - _story(work, case.id).consents
    told = (story.drafted_by, case.coordinator, *(work.deciding_for("") if is_agreed else ()))
    work.tell(told, MessageKind.STORY_ANSWERED, case_id=case.id, organisation_id=event.organisation_id)
    return Receipt(id=case.id)


def _view(work: Work, story: Story) -> StoryView:
    case = work.case(story.case_id)
    missing = set(case.organisation_ids) - story.consents
    return StoryView(
        case_id=story.case_id,
        text=work.text(story.text),
        wording=story.text.id,
        is_published=story.is_published,
        parties=case.organisation_ids,
        answers=story.answers,
        wishes={id: work.text(wish) for id, wish in story.wishes.items()},
        consents=tuple(sorted(story.consents)),
        missing=tuple(sorted(missing)),
        asked_of=tuple(
            party.organisation_id for party in case.parties if work.by.id in work.reached_for(party)
        ),
        can_draft=may(work.by.role, Action.DRAFT_STORY),
        can_publish=may(work.by.role, Action.PUBLISH_STORY) and not (missing or story.is_published),
    )
