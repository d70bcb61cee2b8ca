"""Who acts in the network: for whom they speak, which clusters they answer for, who stands in for them.

Events hold ids; the names and mail addresses of people lie in the private store, where they can be
erased.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from corpus.cells import is_yes
from corpus.errors import Reason, RecordError
from corpus.rows import Row
from matchbot.deadlines import Absence, Coverage
from matchbot.errors import RowFault
from matchbot.policy import Closeness, Role, Tie
from matchbot.references import TextRef
from matchbot.rows import Columns, RowsTold, cell, day, several
from matchbot.terms import meant
from matchbot.texts import Language

# --- Events -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRegistered:
    """Somebody may act from now on, or acts differently than before; the last registration holds.

    ``organisations``: those they speak for. ``clusters``: those they answer for. ``employer``: the
    organisation that employs them ("" where it is none of the network). ``deputy``: the member who stands
    in for them. ``slack_id``: their user id in Slack, "" where they are not there.
    """

    member_id: str
    role: Role
    organisations: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    employer: str = ""
    deputy: str = ""
    slack_id: str = ""
    name: TextRef | None = None
    mail: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackLinked:
    """A member wrote in Slack for the first time: from now on they are reached there."""

    member_id: str
    slack_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen:
    """A member wants to read this language; "": that of their Slack."""

    member_id: str
    language: Language | Literal[""]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationClaimed:
    """A guest says that they belong to an organisation; the last one said holds, until it is decided."""

    member_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimConfirmed:
    """Somebody who knows the organisation confirms it: the guest speaks for it from now on."""

    member_id: str
    organisation_id: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRejected:
    """The guest does not belong to the organisation; they stay a guest."""

    member_id: str
    organisation_id: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft:
    """Somebody may not act any more."""

    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceAnnounced:
    """Somebody is away from one day through another; without a delegate the deputy stands in."""

    member_id: str
    first: date
    last: date
    delegate_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosenessDeclared:
    """A member is close to an organisation: its main bank, a company of its group, or otherwise."""

    member_id: str
    organisation_id: str
    closeness: Closeness


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationAssigned:
    """A coordinator looks after an organisation from now on."""

    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationGrouped:
    """An organisation belongs to a group of companies from now on; "": to none."""

    organisation_id: str
    group_id: str


EVENTS: tuple[type, ...] = (
    MemberRegistered,
    SlackLinked,
    LanguageChosen,
    OrganisationClaimed,
    ClaimConfirmed,
    ClaimRejected,
    MemberLeft,
    AbsenceAnnounced,
    ClosenessDeclared,
    OrganisationAssigned,
    OrganisationGrouped,
)
"""Every event about who takes part."""

# --- The member ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may act, in one role. ``claims``: the organisation a guest says to belong to, "" once that
    is decided. ``language``: the one they chose, "" for that of their Slack."""

    id: str
    role: Role
    organisations: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    employer: str = ""
    deputy: str = ""
    absences: tuple[Absence, ...] = ()
    ties: tuple[Tie, ...] = ()
    slack_id: str = ""
    claims: str = ""
    language: Language | Literal[""] = ""
    has_left: bool = False
    name: TextRef | None = None
    mail: TextRef | None = None

    @property
    def is_in_slack(self) -> bool:
        """Whether they can be reached there."""
        return bool(self.slack_id)

    @property
    def is_guest(self) -> bool:
        """Whether they act for nobody: they may look around, and say to whom they belong."""
        return self.role is Role.FIRM and not self.organisations

    @property
    def coverage(self) -> Coverage:
        """Who stands in for them, and when: for good once they have left."""
        absences = (Absence(date.min, date.max),) if self.has_left else self.absences
        return Coverage(self.deputy, absences)

    @property
    def all_ties(self) -> tuple[Tie, ...]:
        """How close they are to whom: their employer, those they speak for, and what was declared."""
        own = dict.fromkeys(filter(None, (self.employer, *self.organisations)))
        return (*(Tie(self.id, organisation, Closeness.EMPLOYED) for organisation in own), *self.ties)

    def speaks_for(self, organisation_id: str) -> bool:
        """Whether they ask and answer on behalf of an organisation."""
        return organisation_id in self.organisations


MATCHBOT = Member(id="matchbot", role=Role.ADMINISTRATOR)
"""matchbot itself, when nobody in particular acts: its jobs, and the registration of the first members."""


def evolve(member: Member | None, event: object) -> Member:
    """The member after an event about them.

    Raises ValueError for an event before any registration, or about somebody else.
    """
    match event:
        case MemberRegistered():
            return _registered(member, event)
        case _ if member is None:
            raise ValueError(f"nobody is registered before {event}")
        case MemberLeft():
            return replace(member, has_left=True, claims="")
        case SlackLinked():
            return replace(member, slack_id=event.slack_id)
        case LanguageChosen():
            return replace(member, language=event.language)
        case OrganisationClaimed():
            return replace(member, claims=event.organisation_id)
        case ClaimConfirmed():
            spoken_for = dict.fromkeys((*member.organisations, event.organisation_id))
            return replace(member, organisations=tuple(spoken_for), claims="")
        case ClaimRejected():
            return replace(member, claims="")
        case AbsenceAnnounced():
            absence = Absence(event.first, event.last, event.delegate_id)
            return replace(member, absences=(*member.absences, absence))
        case ClosenessDeclared():
            tie = Tie(event.member_id, event.organisation_id, event.closeness)
            return replace(member, ties=tuple(dict.fromkeys((*member.ties, tie))))
        case _:
            raise ValueError(f"not about a member: {event}")


def _registered(before: Member | None, event: MemberRegistered) -> Member:
    return Member(
        id=event.member_id,
        role=event.role,
        organisations=event.organisations,
        clusters=event.clusters,
        employer=event.employer,
        deputy=event.deputy,
        absences=before.absences if before else (),
        ties=before.ties if before else (),
        slack_id=event.slack_id,
        language=before.language if before else "",
        name=event.name,
        mail=event.mail,
    )


# --- Files of members ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One row of a file of members: a registration with the name and mail address themselves, and when
    they are away."""

    row: int
    id: str
    role: Role
    organisations: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    employer: str = ""
    deputy: str = ""
    slack_id: str = ""
    name: str = ""
    mail: str = ""
    absence: Absence | None = None


_COLUMNS: Columns = {
    "id": ("id", "member", "会員id", "id番号"),
    "role": ("role", "役割"),
    "organisations": ("organisations", "organisation", "機関"),
    "clusters": ("clusters", "cluster", "クラスター"),
    "employer": ("employer", "勤務先"),
    "deputy": ("deputy", "代理"),
    "slack": ("slack",),
    "name": ("name", "氏名"),
    "mail": ("mail", "email", "メール"),
    "absent_from": ("absent_from", "不在開始"),
    "absent_through": ("absent_through", "不在終了"),
    "delegate": ("delegate", "不在中の代理"),
}
_SLACK_ID = re.compile("[UW][A-Z0-9]+(@T[A-Z0-9]+)?")


def read_members(path: Path) -> RowsTold[MemberRow]:
    """The rows of a CSV, XLSX or JSON file with a column ``id`` and a column ``role``, streamed.

    Several organisations or clusters in a cell are parted by spaces, commas or 、. The column ``slack``
    holds the user id there, or a yes where the member's id is that already. ``absent_from`` and
    ``absent_through`` are the first and last day on which ``delegate``, or else the deputy, decides.

    Raises UnreadableFileError.
    """
    return RowsTold(path, _member_row, _COLUMNS, known_by="id")


def _member_row(row: Row) -> MemberRow:
    cells = {field: cell(row, names) for field, names in _COLUMNS.items()}
    role = meant(cells["role"], Role, "member-role")
    if not cells["id"]:
        raise RecordError(field="id", value="", reason=Reason.EMPTY)
    if role is None:
        raise RecordError(field="role", value=cells["role"], reason=RowFault.MEMBER_ROLE)
    slack_id = _slack_id(cells["slack"], cells["id"])
    if slack_id is None:
        raise RecordError(field="slack", value=cells["slack"], reason=RowFault.SLACK_ID)
    return MemberRow(
        row=row.number,
        id=cells["id"],
        role=role,
        organisations=several(cells["organisations"]),
        clusters=several(cells["clusters"]),
        employer=cells["employer"],
        deputy=cells["deputy"],
        slack_id=slack_id,
        name=cells["name"],
        mail=cells["mail"],
        absence=_absence(row, cells),
    )


def _absence(row: Row, cells: Mapping[str, str]) -> Absence | None:
    told = (cells["absent_from"], cells["absent_through"])
    if not any((*told, cells["delegate"])):
        return None
    if not all(told):
        raise RecordError(field="absent_from", value="–".join(told), reason=RowFault.ABSENCE)
    first, last = (day(row, _COLUMNS, field) for field in ("absent_from", "absent_through"))
    if last < first:
        raise RecordError(field="absent_from", value="–".join(told), reason=RowFault.ABSENCE)
    return Absence(first, last, cells["delegate"])


def _slack_id(cell: str, member_id: str) -> str | None:
    """The user id in Slack that a cell tells; None where it is none."""
    answer = is_yes(cell)
    if answer is not None:
        return member_id if answer else ""
    return cell if _SLACK_ID.fullmatch(cell) else None
