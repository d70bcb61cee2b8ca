"""What organisations say of themselves, from a draft to what the corpus says."""

from typing import TYPE_CHECKING

from corpus.records import Passage, PassageType
from matchbot.errors import UnknownRecordError
from matchbot.hints import Hint, hints
from matchbot.members import Member
from matchbot.profiles import Change
from matchbot.publication import ProfileDraft, beside_what_stands, carry_out, require_publishable
from matchbot.service.work import Work

if TYPE_CHECKING:
    from matchbot.desk import Receipt


class Profiles(Work):
    """Changes of profiles: suggested, decided, published."""

    def suggest_profile_change(
        self,
        organisation_id: str,
        change: Change,
        *,
        by: Member,
        key: str,
        passage_id: str = "",
        passage_type: PassageType | None = None,
        title: str = "",
        text: str = "",
    ) -> "Receipt":
        """An organisation's own member suggests a change of its profile: a draft, until it is approved.

        ``passage_type``: that of the passage which is replaced, or else what it can do.

        Raises UnknownRecordError where it has no such passage, RecordError for a text that is empty, too
        long or holds a mail address or mobile number, NotAllowedError, UnknownOrganisationError.
        """
        present = self._passage(organisation_id, passage_id) if passage_id else None
        if change is not Change.ADD and present is None:
            raise UnknownRecordError(reason="no-passage", id=passage_id)
        title, text = ("", "") if change is Change.WITHDRAW else (title.strip(), text.strip())
        if change is not Change.WITHDRAW:
            require_publishable(title, text)
        known = present.type if present else PassageType.CAPABILITY
        return self.desk.suggest_profile(
            organisation_id,
            change,
            passage_id=passage_id if present else "",
            passage_type=passage_type or known,
            title=title,
            text=text,
            by=by,
            key=key,
        )

    def profile_drafts(self, by: Member, *, with_closed: bool = False) -> list[ProfileDraft]:
        """The drafts that concern who asks, the oldest first: the open ones, or all."""
        drafts = self.desk.drafts(by, with_closed=with_closed)
        with self._open_registry() as registry:
            return [beside_what_stands(draft, registry) for draft in drafts]

    def decide_draft(
        self, draft_id: str, approve: bool, *, by: Member, key: str, reason: str = "", to: str = ""
    ) -> "Receipt":
        """A coordinator lets a draft pass, or returns it with a reason; the last pass publishes it.

        Published, the profile says so from now on, on the organisation's own word and as of today; the
        search finds it once it is built again. Raises what `Desk.decide_draft` does.
        """
        receipt = self.desk.decide_draft(draft_id, approve, by=by, key=key, reason=reason, to=to)
        self.publish_profiles()
        return receipt

    def profile_hints(self, organisation_id: str, by: Member) -> list[Hint]:
        """The words by which the profile of an organisation misses what others look for, most needs first.

        Of the needs themselves nothing is told. Raises NotAllowedError, UnknownOrganisationError,
        NoSnapshotError.
        """
        with self._open_registry() as registry:
            profile = registry.profile(organisation_id)
        is_common = self._snapshots.open().is_shared
        return self.desk.reduce_needs(organisation_id, by, lambda needs: hints(needs, profile, is_common))

    def publish_profiles(self) -> int:
        """Makes the corpus say what was published and it does not say yet; gives how many changes it took.

        The ledger decides and is written first. The corpus follows, each change once and in the order of
        publication: also after it was lost, or where something broke off between the two.
        """
        if not self._ledgers.exists():
            return 0
        with self._open_registry() as registry:
            revisions = self.desk.revisions(registry.revision_ids())
            return sum(carry_out(revision, registry, self._clock.now()) for revision in revisions)

    def _passage(self, organisation_id: str, passage_id: str) -> Passage | None:
        with self._open_registry() as registry:
            passages = registry.profile(organisation_id).passages
        return next((passage for passage in passages if passage.id == passage_id), None)
