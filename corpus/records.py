"""The records of the corpus: what is known, from whom, and since when.

Plain frozen dataclasses without behaviour beyond their own validity. Dates are calendar days in
Japan; ids are strings of ``[A-Za-z0-9._:-]``, at most 64 long.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from corpus.errors import Reason, RecordError

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


class Kind(StrEnum):
    """What sort of organisation it is. Colleges of technology (高専) are universities here."""

    FIRM = "firm"
    UNIVERSITY = "university"
    PUBLIC_INSTITUTE = "public_institute"
    FINANCIER = "financier"
    TRADING_HOUSE = "trading_house"
    SUPPORT_BODY = "support_body"
    ASSOCIATION = "association"
    OTHER = "other"


class PassageType(StrEnum):
    """What a passage says of its organisation."""

    CAPABILITY = "capability"
    """What it makes or does."""
    NEED = "need"
    """What it looks for."""
    THEME = "theme"
    """A research theme of a university or institute (シーズ)."""
    MANDATE = "mandate"
    """What a financier or trading house takes on."""


class ReviewState(StrEnum):
    """Only what is published is searched."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from, and the day it was last known to hold."""

    name: str
    as_of: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One regional project.

    ``size_group`` names the clusters whose sizes are stated only together: they carry the same
    ``firms_approx`` and ``universities``, which count once for the group.
    """

    id: str
    name: str
    name_en: str
    region: str
    fields: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    firms_approx: int | None = None
    universities: int | None = None
    size_group: str = ""
    networks: tuple[str, ...] = ()
    """Sub-networks below the project, such as TAMA or 三遠南信; organisations are affiliated to them."""
    note: str = ""

    def __post_init__(self) -> None:
        _require_id("id", self.id)


class LineageKind(StrEnum):
    """What happened to clusters on one day."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class LineageEvent:
    """``before`` became ``after`` on ``day``: one → one renamed, many → one merged, one → many split,
    one → none abolished."""

    kind: LineageKind
    day: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str = ""


class MembershipRole(StrEnum):
    """HOME: the one cluster whose coordinator answers for the organisation. LEFT ends a membership."""

    HOME = "home"
    MEMBER = "member"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Membership:
    """One dated statement about an organisation and a cluster; never changed, only followed by others.

    On a day, as known at a time, the statement that holds for (organisation, cluster) is the last
    by (valid_from, recorded_at) among those with ``valid_from`` ≤ day and ``recorded_at`` ≤ time.
    """

    organisation_id: str
    cluster_id: str
    role: MembershipRole
    valid_from: date
    recorded_at: datetime
    network: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a financier funds. Amounts in yen; None: not stated. Empty tuples: no restriction stated."""

    stages: tuple[str, ...] = ()
    """Of seed, early, growth, later, loan."""
    fields: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    ticket_min: int | None = None
    ticket_max: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing said of an organisation: the unit that is searched."""

    id: str
    organisation_id: str
    type: PassageType
    text: str
    source: Source
    title: str = ""
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_id("id", self.id)
        if not (self.text.strip() or self.title.strip()):
            raise RecordError(field="text", value=self.id, reason=Reason.EMPTY)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A firm, university, financier … as the network knows it.

    ``is_masked``: others see a code, cluster and size band until both sides have consented.
    ``size_band`` is the coarse size shown then. ``provenance`` gives the source of single fields
    where it differs from ``source``.
    """

    id: str
    name: str
    kind: Kind
    source: Source
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    corporate_number: str = ""
    country: str = "JP"
    prefecture: str = ""
    city: str = ""
    website: str = ""
    industry: str = ""
    fields: tuple[str, ...] = ()
    size_band: str = ""
    mandate: Mandate | None = None
    is_masked: bool = False
    is_sample: bool = False
    review_state: ReviewState = ReviewState.PUBLISHED
    provenance: Mapping[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require_id("id", self.id)
        if not self.name.strip():
            raise RecordError(field="name", value=self.id, reason=Reason.EMPTY)

    @property
    def is_international(self) -> bool:
        """Whether it sits outside Japan."""
        return self.country != "JP"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach an organisation. Kept apart: never indexed, never shown before both consents."""

    organisation_id: str
    name: str = ""
    mail: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the corpus holds on one organisation; what the index is built from."""

    organisation: Organisation
    passages: tuple[Passage, ...] = ()
    memberships: tuple[Membership, ...] = ()


def _require_id(name: str, value: str) -> None:
    if not _ID.fullmatch(value):
        raise RecordError(field=name, value=value, reason=Reason.BAD_ID)
