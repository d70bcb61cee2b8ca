"""How firms do, year by year: what a yearly survey says of them, and the national average beside it."""

from dataclasses import dataclass

from matchbot.references import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """A fiscal year of a firm, or of the national average; None for what is not told.

    ``sales`` and ``value_added`` in yen, or an average as an index: only changes over years are compared.
    """

    sales: float | None = None
    employees: float | None = None
    value_added: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReported:
    """A firm's year. ``is_member``: in a cluster when it was recorded. ``industry``: as the file calls it,
    "" where it does not. ``reason``: why it was changed."""

    organisation_id: str
    fiscal_year: int
    accounts: Accounts
    member_id: str
    is_large: bool = False
    is_member: bool = True
    industry: str = ""
    reason: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageStated:
    """The national average of a year, of all industries ("") or of one, and where it stands."""

    fiscal_year: int
    accounts: Accounts
    member_id: str
    industry: str = ""
    source: TextRef | None = None
    reason: TextRef | None = None


EVENTS: tuple[type, ...] = (YearReported, AverageStated)
"""Every event of this room."""
