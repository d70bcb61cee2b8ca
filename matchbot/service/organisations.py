"""What can be asked and decided about one organisation."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from corpus.names import Name
from corpus.records import Organisation, Profile, ReviewState
from corpus.registry import Candidate, Decision
from matchbot.errors import UnknownOrganisationError
from matchbot.masking import code_of
from matchbot.service.work import Work


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation, whether it is out of every search, how far its review has come, and what was decided
    about it, in order."""

    profile: Profile
    is_withdrawn: bool
    review_state: str
    decisions: tuple[Decision, ...]


class Organisations(Work):
    """Organisations, one by one."""

    def organisation(self, id: str) -> OrganisationRecord:
        """Everything known of an organisation but its contact. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            profile = registry.profile(id, on=self._today())
            return OrganisationRecord(
                profile,
                is_withdrawn=profile.organisation.id in registry.withdrawn_ids(),
                review_state=registry.review_state(profile.organisation.id),
                decisions=registry.decisions(profile.organisation.id),
            )

    def called(self, id: str) -> Name:
        """By what others may know an organisation: its name, the code of a masked one, or its id where no
        source names it any more."""
        with self._open_registry() as registry:
            try:
                organisation = registry.profile(id).organisation
            except UnknownOrganisationError:
                return Name(id)
        if organisation.is_masked:
            return Name(code_of(organisation.id, self._mask_key))
        return Name(organisation.name, organisation.name_en)

    def find_organisations(self, name: str, *, limit: int) -> list[Organisation]:
        """Organisations by their name or a part of it, the nearest names first."""
        with self._open_registry() as registry:
            return registry.find(name, limit=limit)

    def find_open_organisations(self, name: str, *, limit: int) -> list[Organisation]:
        """Organisations that anybody may know, by their name or a part of it, the nearest names first.

        None that is masked, withdrawn or not yet published; and beside a real ledger, no sample.
        """
        with self._open_registry() as registry:
            hidden = registry.withdrawn_ids()
            has_samples = not self._ledgers.exists() or self.desk.is_sample
            n_looked_at = limit
            while True:
                named = registry.find(name, limit=n_looked_at)
                found = [one for one in named if _is_open(one, hidden) and (has_samples or not one.is_sample)]
                if len(found) >= limit or len(named) < n_looked_at:
                    return found[:limit]
                n_looked_at *= 2

    def merge_candidates(self, *, limit: int) -> list[Candidate]:
        """Pairs that may be one organisation."""
        with self._open_registry() as registry:
            return registry.merge_candidates(limit=limit)

    def merge_organisations(self, kept: str, merged: str, *, reason: str) -> None:
        """Makes two organisations one. Raises UnknownOrganisationError, MergeError."""
        with self._open_registry() as registry:
            registry.merge(kept, merged, at=self._clock.now(), reason=reason)

    def unmerge_organisation(self, merged: str) -> str:
        """Undoes a merge; gives the id that stands for itself again. Raises MergeError."""
        with self._open_registry() as registry:
            return registry.unmerge(merged, at=self._clock.now())

    def withdraw_organisation(self, id: str, *, reason: str) -> None:
        """Takes an organisation out of every search from now on. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            registry.withdraw(id, at=self._clock.now(), reason=reason)

    def reinstate_organisation(self, id: str) -> None:
        """Lets a withdrawn organisation be found again. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            registry.reinstate(id, at=self._clock.now())

    def review_organisation(self, id: str, state: str) -> None:
        """Takes the next step of an organisation's review, or goes back to its start; the next build of the
        search data holds only what is published. Raises UnknownOrganisationError, ReviewStateError."""
        with self._open_registry() as registry:
            registry.set_review_state(id, state, at=self._clock.now())


def _is_open(organisation: Organisation, hidden: AbstractSet[str]) -> bool:
    """Whether anybody may know of an organisation."""
    is_published = organisation.review_state is ReviewState.PUBLISHED
    return is_published and not organisation.is_masked and organisation.id not in hidden
