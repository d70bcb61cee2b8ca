"""What organisations do besides introductions: needs, cards seen, visits, wishes to be left alone.

Events only hold ids, dates and ``TextRef``s. Needs stand in streams of their own; what an organisation
wishes (a pause, an opt-out, whom it will never meet) stands in the organisation's stream, and
``fold`` gives it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from matchbot.introductions.parties import Party
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from matchbot.policy import Barred
from matchbot.references import TextRef

# --- Needs and partners --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSaved:
    """A firm saved a need, or a coordinator entered it (``entered_by``).

    ``repeats``: the need that this one says again (the same organisation, nearly the same text within
    a week), decided when it was saved, because its text may be forgotten later. ``wants_alerts``: tell
    when a new partner appears.
    """

    need_id: str
    organisation_id: str
    purpose: Purpose
    text: TextRef
    member_id: str = ""
    entered_by: str = ""
    repeats: str = ""
    wants_alerts: bool = False


@dataclass(frozen=True, slots=True)
class SavedNeed:
    """A need as it was saved; ``text_id`` is its text in the private store."""

    id: str
    organisation_id: str
    purpose: str
    text_id: str
    saved_on: date
    wants_alerts: bool
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedClosed:
    """Nobody looks for this any more."""

    need_id: str
    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersShown:
    """Cards were shown, in this order. ``organisation_id``: whom they were shown to ("" for nobody known)."""

    need_id: str
    organisation_id: str
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Somebody found a partner fitting for a need or not (条件に合わない).

    ``text``: what they looked for, where that is not among the needs that are saved.
    """

    need_id: str
    organisation_id: str
    partner_id: str
    is_fitting: bool
    member_id: str
    case_id: str = ""
    text: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileViewed:
    """Somebody looked at an unmasked profile or a document of ``organisation_id``."""

    organisation_id: str
    viewer_id: str
    viewer_organisation: str = ""
    case_id: str = ""
    document: TextRef | None = None


# --- What coordinators see and hear --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLogged:
    """A coordinator was in touch with organisations. It may have led to a need or an introduction."""

    visit_id: str
    organisation_ids: tuple[str, ...]
    member_id: str
    on: date
    means: Means = Means.VISIT
    need_id: str = ""
    case_id: str = ""
    note: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLinked:
    """What a visit led to became known later."""

    visit_id: str
    member_id: str
    need_id: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieDeclared:
    """Two organisations knew each other before, outside the network. ``since``: None where unknown."""

    organisation_ids: tuple[str, str]
    member_id: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRenewed:
    """An organisation confirmed or changed its own profile."""

    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedPair:
    """Two organisations that might meet: who looks for something, and who has it.

    ``need_id``: the saved need, "" where the wish stands in the profile.
    """

    organisation_ids: tuple[str, str]
    purpose: Purpose
    need_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsSuggested:
    """A cluster's coordinators were told whom they could introduce unasked; ``week``: its Monday."""

    cluster: str
    week: date
    pairs: tuple[SuggestedPair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTaken:
    """A suggested pair has a case by now, whoever began it: nobody need propose it any more."""

    cluster: str
    organisation_ids: tuple[str, str]
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRecorded:
    """Somebody won an award of another scheme, as a list says (P15).

    ``parties``: the winners that the corpus knew on that day, as it knew them; ``n_winners`` with those
    that it did not. A member is a party in a cluster.
    """

    award_id: str
    scheme: str
    on: date
    n_winners: int
    parties: tuple[Party, ...] = ()


# --- Wishes of an organisation -------------------------------------------------------------------


class PauseCause(StrEnum):
    """Why an organisation is paused."""

    OWN_WISH = "own_wish"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an organisation wishes for itself."""

    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPaused(Wish):
    """It is not to be shown up to and on ``until`` (None: until it returns)."""

    until: date | None = None
    cause: PauseCause = PauseCause.OWN_WISH


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationResumed(Wish):
    """It is there again, after a pause or an opt-out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationOptedOut(Wish):
    """It takes no part in introductions any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverIntroduceAdded(Wish):
    """It is never to be introduced to the other one, which is not told. ``kind``: what the other one is."""

    other_id: str
    kind: Barred = Barred.ORGANISATION


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverIntroduceRemoved(Wish):
    """It may be introduced to the other one again."""

    other_id: str
    kind: Barred = Barred.ORGANISATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What an organisation wishes, as its events leave it."""

    is_paused: bool = False
    paused_until: date | None = None
    has_opted_out: bool = False
    never: frozenset[tuple[Barred, str]] = frozenset()

    def can_be_shown(self, on: date) -> bool:
        """Whether others may be shown this organisation on a day."""
        if self.has_opted_out:
            return False
        return not self.is_paused or (self.paused_until is not None and on > self.paused_until)


def evolve(wishes: Wishes, event: Wish) -> Wishes:
    """The wishes after one more event."""
    match event:
        case OrganisationPaused():
            return replace(wishes, is_paused=True, paused_until=event.until)
        case OrganisationResumed():
            return replace(wishes, is_paused=False, paused_until=None, has_opted_out=False)
        case OrganisationOptedOut():
            return replace(wishes, has_opted_out=True)
        case NeverIntroduceAdded():
            return replace(wishes, never=wishes.never | {(event.kind, event.other_id)})
        case NeverIntroduceRemoved():
            return replace(wishes, never=wishes.never - {(event.kind, event.other_id)})
        case _:
            raise TypeError(type(event).__name__)


def fold(events: Iterable[object]) -> Wishes:
    """The wishes of an organisation; the other events of its stream are passed over."""
    wishes = Wishes()
    for event in events:
        if isinstance(event, Wish):
            wishes = evolve(wishes, event)
    return wishes


EVENTS: tuple[type, ...] = (
    NeedSaved,
    NeedClosed,
    PartnersShown,
    Rated,
    ProfileViewed,
    VisitLogged,
    VisitLinked,
    TieDeclared,
    ProfileRenewed,
    PairsSuggested,
    PairTaken,
    AwardRecorded,
    OrganisationPaused,
    OrganisationResumed,
    OrganisationOptedOut,
    NeverIntroduceAdded,
    NeverIntroduceRemoved,
)
"""Every event of this room."""
