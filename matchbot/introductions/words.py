"""The words of a case: where it stands, how it came about, how something was said."""

from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    REQUESTED = "requested"
    RETURNED = "returned"
    APPROVED = "approved"
    ASKED = "asked"
    CONSENTED = "consented"
    INTRODUCED = "introduced"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


OPEN = frozenset({State.REQUESTED, State.RETURNED, State.APPROVED, State.ASKED, State.CONSENTED})
"""Somebody still has to act before the introduction is made."""

EXITS = frozenset({State.DECLINED, State.REFUSED, State.WITHDRAWN, State.EXPIRED, State.CANCELLED})
"""Ended without an introduction that counts; nothing more happens to such a case."""


class CasePath(StrEnum):
    """How the introduction came about."""

    BOT = "bot"
    """A firm asked for it itself."""
    COORDINATOR = "coordinator"
    """A coordinator entered it for a firm, or proposed it unasked."""
    OUTSIDE = "outside"
    """Made in person or by telephone (対面・電話), and logged afterwards."""


class Means(StrEnum):
    """How something was said or handed over. SLACK: through matchbot itself, by whoever it concerns."""

    SLACK = "slack"
    PHONE = "phone"
    MAIL = "mail"
    VISIT = "visit"
    FAIR = "fair"


class CrossCluster(StrEnum):
    """The setting ``approval.cross_cluster``: what the other side's home coordinator does."""

    NOTIFY = "notify"
    """It is told, and can stop the case until its party has answered."""
    BOTH = "both"
    """It has to approve as well."""


class Nda(StrEnum):
    """The non-disclosure agreement of a case."""

    NOT_NEEDED = "not_needed"
    REQUESTED = "requested"
    SIGNED = "signed"
