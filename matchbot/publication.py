"""From a draft to the profile: what may be suggested, and how the corpus comes to say what was published."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.errors import Reason
from corpus.records import Organisation, Passage, Source
from corpus.registry import Registry
from matchbot.errors import RecordError, UnknownOrganisationError

if TYPE_CHECKING:
    from matchbot.desk import DraftView, Revision

_LOG = logging.getLogger(__name__)

LONGEST_PASSAGE = 2000
"""Letters that a suggested passage may have."""


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A suggested change, and the passage that it would change as it stands; None for a new one."""

    draft: "DraftView"
    organisation: str
    """Its name."""
    present: Passage | None = None


def require_publishable(title: str, text: str) -> None:
    """Lets pass what can stand in a profile. Raises RecordError."""
    # Here, because it needs a library that nobody who searches should wait for.
    from corpus.personal import find_personal_data

    if not text:
        raise RecordError(field="text", value="", reason=Reason.EMPTY)
    if len(title) + len(text) > LONGEST_PASSAGE:
        raise RecordError(field="text", value=f"{text[:20]}…", reason=Reason.TOO_LONG)
    for personal in find_personal_data(f"{title} {text}"):
        raise RecordError(field="text", value=personal.hint, reason=Reason.PERSONAL_DATA)


def beside_what_stands(draft: "DraftView", registry: Registry) -> ProfileDraft:
    """A draft, with what it would change."""
    try:
        profile = registry.profile(draft.organisation_id)
    except UnknownOrganisationError:
        return ProfileDraft(draft, draft.organisation_id)
    present = (passage for passage in profile.passages if passage.id == draft.passage_id)
    return ProfileDraft(draft, profile.organisation.name, next(present, None))


def carry_out(revision: "Revision", registry: Registry, now: datetime) -> bool:
    """Makes the corpus say what was published; False where it does already.

    False, too, where the corpus has no such organisation: when it is back, then.
    """
    try:
        known = registry.profile(revision.organisation_id).organisation
        passage = None if revision.is_withdrawal else _own_word(revision, known)
        return registry.revise(revision.id, known.id, revision.passage_id, passage, at=now)
    except (UnknownOrganisationError, RecordError) as error:
        _LOG.warning("%s was not carried out: %s", revision.id[:12], error.code)
        return False


def _own_word(revision: "Revision", organisation: Organisation) -> Passage:
    return Passage(
        id=revision.passage_id,
        organisation_id=organisation.id,
        type=revision.passage_type,
        title=revision.title,
        text=revision.text,
        source=Source(organisation.name, revision.published_on, organisation.website),
    )
