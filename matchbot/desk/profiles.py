"""What organisations suggest for their own profiles, and who looks at it before it becomes public."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from corpus.records import PassageType
from matchbot.desk.messages import MessageKind
from matchbot.desk.views import named
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import AlreadyHandledError, UnknownRecordError
from matchbot.members import MATCHBOT, Member
from matchbot.participation import ProfileRenewed
from matchbot.policy import Action, Role, check_approver
from matchbot.profiles import (
    PUBLISHED,
    Change,
    Draft,
    ProfileChangePublished,
    ProfileChangeReturned,
    ProfileChangeSuggested,
    fold,
    next_stage,
    pass_on,
)

Reduced = TypeVar("Reduced")

_NEEDS_SINCE = timedelta(days=365)
_MOST_NEEDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A suggested change, as who may see it does; texts are "" where there are none or they were erased.

    ``next_stage``: "" once it is decided. ``decided_by`` and ``decided_on``: of the last step.
    """

    id: str
    organisation_id: str
    change: Change
    passage_id: str
    passage_type: PassageType
    title: str
    text: str
    stage: str
    next_stage: str
    is_open: bool
    reason: str
    suggested_by: str
    suggested_on: date
    decided_by: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A published change, as the corpus is to take it: once for each ``id``, in the order of publication.

    ``text`` and ``title`` are "" for a passage that is withdrawn.
    """

    id: str
    organisation_id: str
    passage_id: str
    passage_type: PassageType
    title: str
    text: str
    published_on: date

    @property
    def is_withdrawal(self) -> bool:
        """Whether the passage goes."""
        return not (self.title or self.text)


class Profiles(Room):
    """Changes of profiles, from the draft to the public."""

    def suggest_profile(
        self,
        organisation_id: str,
        change: Change,
        *,
        by: Member,
        key: str,
        passage_id: str = "",
        passage_type: PassageType = PassageType.CAPABILITY,
        title: str = "",
        text: str = "",
    ) -> Receipt:
        """A member of an organisation suggests a change of its profile; its coordinators are told."""
        with self._work(Action.SUGGEST_PROFILE, by, key) as work:
            work.require_organisation(Action.SUGGEST_PROFILE, organisation_id)
            if again := work.repeated():
                return again
            home = work.party(organisation_id).home_cluster
            draft_id = work.new_id("draft")
            suggested = ProfileChangeSuggested(
                draft_id=draft_id,
                organisation_id=organisation_id,
                member_id=work.by.id,
                change=change,
                passage_id=passage_id,
                passage_type=passage_type,
                title=work.keep(title, "profile", organisation_id),
                text=work.keep(text, "profile", organisation_id),
            )
            work.record(f"draft:{draft_id}", [suggested])
            _ask(work, home, suggested)
            return Receipt(id=draft_id)

    def decide_draft(
        self, draft_id: str, is_approved: bool, *, by: Member, key: str, reason: str = "", to: str = ""
    ) -> Receipt:
        """A coordinator of the organisation's home cluster, or the staff, lets a draft pass or returns it.

        ``to``: the stage that was looked at, where it may have moved on meanwhile. ``reason``: needed to
        return it. Raises UnknownRecordError, AlreadyHandledError, ReviewStateError where a stage would be
        skipped, ConflictError for who is employed by the organisation, StepError.
        """
        with self._work(Action.DECIDE_DRAFT, by, key) as work:
            draft = _draft(work, draft_id)
            home = work.home_of(draft.suggested.organisation_id)
            is_own = work.answers_for_organisation(draft.suggested.organisation_id, home)
            work.require(Action.DECIDE_DRAFT, is_own, "not-your-cluster")
            if again := work.repeated():
                return again
            _require_open(work, draft)
            if not is_approved:
                kept = work.keep_reason(reason, draft_id, "return")
                returned = ProfileChangeReturned(draft_id=draft_id, member_id=work.by.id, reason=kept)
                work.record(f"draft:{draft_id}", [returned])
                _tell(work, draft, "returned")
                return Receipt(id=draft_id, notices=("profile-returned",))
            called = named(work, organisations=[draft.suggested.organisation_id])
            check_approver(work.by.id, called, work.by.all_ties, has_reason=True)
            passed = pass_on(draft, work.by.id, work.rules.review_stages, to=to)
            work.record(f"draft:{draft_id}", [passed])
            if not isinstance(passed, ProfileChangePublished):
                _ask(work, home, draft.suggested)
                return Receipt(id=draft_id, notices=("profile-passed",))
            _renew(work, draft)
            _tell(work, draft, PUBLISHED)
            return Receipt(id=draft_id, notices=("profile-published",))

    def drafts(self, by: Member, *, with_closed: bool = False) -> list[DraftView]:
        """The drafts that concern who asks, the oldest first: the open ones, or all."""
        with self._look(Action.SEE_DRAFTS, by) as work:
            return [
                _view(work, id)
                for id, organisation_id in work.models.drafts(with_closed=with_closed)
                if _concerns(work, organisation_id)
            ]

    def draft(self, draft_id: str, by: Member) -> DraftView:
        """One draft. Raises UnknownRecordError, NotAllowedError."""
        with self._look(Action.SEE_DRAFTS, by) as work:
            organisation_id = _draft(work, draft_id).suggested.organisation_id
            work.require(Action.SEE_DRAFTS, _concerns(work, organisation_id), "not-your-organisation")
            return _view(work, draft_id)

    def reduce_needs(
        self, organisation_id: str, by: Member, reduce: Callable[[Sequence[str]], Reduced]
    ) -> Reduced:
        """What ``reduce`` makes of the texts of others' open needs, the latest first: they themselves are
        told to nobody. Needs of whom the organisation is kept off from are left out.

        Raises NotAllowedError.
        """
        with self._look(Action.REDUCE_NEEDS, by) as work:
            work.require(Action.REDUCE_NEEDS, _concerns(work, organisation_id), "not-your-organisation")
            left_out = work.models.kept_off(organisation_id) | {organisation_id}
            needs = work.models.open_needs(since=work.today - _NEEDS_SINCE)
            others = [need for need in needs if need.organisation_id not in left_out][:_MOST_NEEDS]
            return reduce([text for need in others if (text := work.text(need.text_id))])

    def revisions(self, known: Collection[str]) -> list[Revision]:
        """What was published and is not yet among those known, in the order of publication.

        What was erased meanwhile is left out.
        """
        with self._look(Action.RUN_JOBS, MATCHBOT) as work:
            new = [row for row in work.models.published_drafts() if row[1] not in known]
            return list(_revisions(work, new))


def _draft(work: Work, draft_id: str) -> Draft:
    draft = fold(recorded.event for recorded in work.unit.events.read(f"draft:{draft_id}"))
    if draft is None:
        raise UnknownRecordError(reason="no-draft", id=draft_id)
    return draft


def _require_open(work: Work, draft: Draft) -> None:
    if not draft.is_open:
        id = draft.suggested.draft_id
        last = work.unit.events.read(f"draft:{id}")[-1]
        raise AlreadyHandledError(id=id, member=last.actor, event=last.type, at=last.recorded_at)


def _concerns(work: Work, organisation_id: str) -> bool:
    if work.by.role is Role.FIRM:
        return work.speaks_for(organisation_id)
    return work.answers_for_organisation(organisation_id, work.home_of(organisation_id))


def _ask(work: Work, home: str, suggested: ProfileChangeSuggested) -> None:
    work.tell(
        work.deciding_for_organisation(suggested.organisation_id, home),
        MessageKind.PROFILE_SUGGESTED,
        draft_id=suggested.draft_id,
        organisation_id=suggested.organisation_id,
    )


def _tell(work: Work, draft: Draft, decision: str) -> None:
    suggested = draft.suggested
    work.tell(
        [suggested.member_id],
        MessageKind.PROFILE_DECIDED,
        draft_id=suggested.draft_id,
        organisation_id=suggested.organisation_id,
        decision=decision,
    )


def _renew(work: Work, draft: Draft) -> None:
    """The organisation has said what holds: that counts from the day it becomes public."""
    suggested = draft.suggested
    renewed = ProfileRenewed(organisation_id=suggested.organisation_id, member_id=suggested.member_id)
    work.record(f"organisation:{suggested.organisation_id}", [renewed])


def _view(work: Work, draft_id: str) -> DraftView:
    first, *steps = work.unit.events.read(f"draft:{draft_id}")
    draft, last = _draft(work, draft_id), steps[-1] if steps else None
    suggested = draft.suggested
    return DraftView(
        id=draft_id,
        organisation_id=suggested.organisation_id,
        change=suggested.change,
        passage_id=suggested.passage_id,
        passage_type=suggested.passage_type,
        title=work.text(suggested.title),
        text=work.text(suggested.text),
        stage=draft.stage,
        next_stage=next_stage(draft.stage, work.rules.review_stages) if draft.is_open else "",
        is_open=draft.is_open,
        reason=work.text(draft.reason),
        suggested_by=suggested.member_id,
        suggested_on=first.event_date,
        decided_by=last.actor if last else "",
        decided_on=last.event_date if last else None,
    )


def _revisions(work: Work, published: Collection[tuple[str, str, date]]) -> Iterator[Revision]:
    for draft_id, revision_id, published_on in published:
        suggested = _draft(work, draft_id).suggested
        title, text = work.text(suggested.title), work.text(suggested.text)
        is_erased = suggested.change is not Change.WITHDRAW and not (title or text)
        if not is_erased:
            yield Revision(
                id=revision_id,
                organisation_id=suggested.organisation_id,
                passage_id=suggested.passage_id or f"own:{revision_id[:24]}",
                passage_type=suggested.passage_type,
                title=title,
                text=text,
                published_on=published_on,
            )
