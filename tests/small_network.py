"""A small network to try the desk on: two clusters, a few organisations, their people, a clock to set."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from corpus.errors import UnknownOrganisationError
from corpus.records import Contact, Kind
from matchbot.correspondence import Correspondence
from matchbot.desk import Desk, Office
from matchbot.directory import Described, Listed
from matchbot.introductions.words import Means
from matchbot.ledger import Ledger, Message
from matchbot.members import MATCHBOT, Member, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.readmodels.files import ReadModels
from matchbot.rules import Rules

JST = timezone(timedelta(hours=9))
MONDAY = datetime(2026, 6, 1, 10, tzinfo=JST)
"""A Monday morning with five working days ahead."""

NORTH, SOUTH, EAST = "north", "south", "east"


def listed(id: str, cluster: str, **facts: object) -> Listed:
    kinds = {"uni": Kind.UNIVERSITY, "bank": Kind.FINANCIER}
    known = Listed(
        id=id,
        name=f"株式会社{id}",
        kind=kinds.get(id.partition("-")[0], Kind.FIRM),
        home_cluster=cluster,
        clusters=(cluster,) if cluster else (),
        size_band="50-99",
    )
    return replace(known, **facts)


ORGANISATIONS = (
    listed("yamada", NORTH),
    listed("tanaka", NORTH),
    listed("suzuki", SOUTH),
    listed("sato", SOUTH),
    listed("uni-south", SOUTH),
    listed("secret", SOUTH, is_masked=True),
    listed("bank-north", NORTH),
    listed("abroad", "", country="DE"),
    listed("invented", NORTH, is_sample=True),
)

PEOPLE = (
    MemberRow(row=1, id="m-yamada", role=Role.FIRM, organisations=("yamada",), slack_id="U-yamada",
              name="山田花子", mail="hanako@yamada.example"),
    MemberRow(row=2, id="m-tanaka", role=Role.FIRM, organisations=("tanaka",), slack_id="U-tanaka"),
    MemberRow(row=3, id="m-suzuki", role=Role.FIRM, organisations=("suzuki",), slack_id="U-suzuki",
              name="鈴木一郎", mail="ichiro@suzuki.example"),
    MemberRow(row=4, id="m-secret", role=Role.FIRM, organisations=("secret",), slack_id="U-secret"),
    MemberRow(row=5, id="k-north", role=Role.COORDINATOR, clusters=(NORTH,), deputy="k-north-2"),
    MemberRow(row=6, id="k-north-2", role=Role.COORDINATOR, clusters=(NORTH,)),
    MemberRow(row=7, id="k-south", role=Role.COORDINATOR, clusters=(SOUTH,)),
    MemberRow(row=8, id="staff", role=Role.STAFF),
    MemberRow(row=9, id="evaluator", role=Role.EVALUATOR),
    MemberRow(row=10, id="admin", role=Role.ADMINISTRATOR),
)  # fmt: skip


class SetClock:
    """A clock that shows what it was set to."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def go_to(self, day: date) -> None:
        """The same hour of another day."""
        self.at = datetime.combine(day, self.at.time(), self.at.tzinfo)


class ListedOnly:
    """A directory of the organisations it is given."""

    def __init__(self, organisations: Sequence[Listed]) -> None:
        self.organisations = {each.id: each for each in organisations}

    def listed(self, organisation_id: str, *, on: date) -> Listed:
        if organisation_id not in self.organisations:
            raise UnknownOrganisationError(id=organisation_id)
        return self.organisations[organisation_id]

    def described(self, organisation_id: str) -> Described:
        return Described(
            does=(f"{organisation_id}の得意なこと",), seeks=(f"{organisation_id}が探していること",)
        )

    def seeking(self, clusters: Collection[str], *, on: date) -> list[tuple[Listed, str]]:
        return [
            (each, self.described(each.id).seeks[0])
            for each in self.organisations.values()
            if each.home_cluster in clusters
        ]

    def clusters(self) -> Collection[str]:
        return {NORTH, SOUTH, EAST}

    def contact(self, organisation_id: str) -> Contact | None:
        return Contact(
            organisation_id, name=f"{organisation_id}の窓口", mail=f"info@{organisation_id}.example"
        )

    def forget(self, words: Sequence[str]) -> int:
        return 0


class Network:
    """The desk over a real ledger in a folder, with everybody of `PEOPLE` registered."""

    def __init__(self, folder: Path, *, is_sample: bool = False, rules: Rules | None = None) -> None:
        self.clock = SetClock()
        self.directory = ListedOnly(ORGANISATIONS)
        self.ledger = Ledger.create(folder, is_sample=is_sample, created_at=MONDAY)
        self.models = ReadModels(folder / "readmodels.db")
        self.office = Office(
            ledger=self.ledger,
            models=self.models,
            correspondence=Correspondence(folder / "correspondence.db"),
            directory=self.directory,
            rules=rules or Rules(),
            clock=self.clock,
            mask_key=b"key",
        )
        self.desk = Desk(self.office)
        self._n_done = 0
        with self.desk.together():
            for row in PEOPLE:
                self.desk.register_member(row, by=MATCHBOT, key=self.key())

    def key(self) -> str:
        """A key for something done once more."""
        self._n_done += 1
        return f"click:{self._n_done}"

    def acting(self, member_id: str) -> dict[str, object]:
        """Who acts, with a key of its own: ``desk.approve(case, **network.acting("k-north"))``."""
        return {"by": self.member(member_id), "key": self.key()}

    def member(self, id: str) -> Member:
        return self.desk.member(id)

    def unsent(self) -> list[Message]:
        """The messages that wait to be sent."""
        with self.ledger.read() as unit:
            return list(unit.outbox.unsent())

    def told(self, kind: str) -> set[str]:
        """Who was told something of a kind."""
        return {message.recipient for message in self.unsent() if message.kind == kind}

    def n_events(self, type: str) -> int:
        """How many events of a type there are."""
        with self.ledger.read() as unit:
            return sum(recorded.type == type for recorded in unit.events.read_all())

    def requested(self, *partners: str, requester: str = "yamada", **facts: object) -> str:
        """A case that a firm has asked for."""
        wishes = {"purpose": Purpose.RESEARCH, "brief": f"{requester}と話したい{self._n_done}", **facts}
        receipt = self.desk.request(
            requester, partners or ("suzuki",), **wishes, **self.acting(f"m-{requester}")
        )
        return receipt.id

    def asked(self, *partners: str) -> str:
        """A case that its home coordinator has approved, so that the partners have been asked."""
        case_id = self.requested(*partners)
        self.desk.approve(case_id, **self.acting("k-north"))
        return case_id

    def consented(self) -> str:
        """A case to which both parties have agreed."""
        case_id = self.asked()
        self.desk.consent(case_id, "suzuki", **self.acting("m-suzuki"))
        return case_id

    def introduced(self) -> str:
        """A case whose parties know each other."""
        case_id = self.consented()
        self.desk.introduce(
            case_id, delivered_by=Means.MAIL, letter="お引き合わせします。", **self.acting("k-north")
        )
        return case_id
