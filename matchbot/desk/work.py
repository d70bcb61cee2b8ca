"""What every command of the desk is given: one unit of work, and who does what in it, under which key."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.records import Contact
from matchbot.aftermath.outcomes import Outcome
from matchbot.clocks import Clock
from matchbot.correspondence import Correspondence
from matchbot.deadlines import Coverage, acting_for, send_time
from matchbot.desk.messages import MessageKind
from matchbot.directory import Described, Directory, Listed
from matchbot.errors import (
    AlreadyHandledError,
    NotAllowedError,
    Obstacle,
    SampleError,
    StepError,
    TransitionError,
    UnknownOrganisationError,
    UnknownRecordError,
)
from matchbot.following import Followed
from matchbot.happenings import NOTHING_NEW, Happening, correlated, part_of, telling
from matchbot.introductions.cases import Introduction
from matchbot.introductions.parties import Party
from matchbot.introductions.words import EXITS, State
from matchbot.ledger import Ledger, Message, Recorded, UnitOfWork
from matchbot.masking import code_of, masked
from matchbot.members import MATCHBOT, Member
from matchbot.policy import Action, Role, check_role, eligible_approvers
from matchbot.readmodels.files import ReadModels
from matchbot.readmodels.models import Models
from matchbot.references import TextRef
from matchbot.rules import Rules
from matchbot.workdays import day_of

DECISIONS = frozenset(
    {
        "IntroductionApproved",
        "IntroductionReturned",
        "IntroductionDeclined",
        "IntroductionStopped",
        "ConsentGiven",
        "ConsentRefused",
        "DeliveryOrdered",
        "IntroductionMade",
        "IntroductionWithdrawn",
        "IntroductionExpired",
        "IntroductionCancelled",
        "IntroductionReversed",
    }
)
"""The events by which somebody comes first, and others too late."""

OTHER_SIDE = "other-side"
"""Who was first, to a firm where it was a person of another one."""

_SETTLED = frozenset({State.CONSENTED, State.INTRODUCED, *EXITS})
_OF_APPROVERS = frozenset({"approve", "return", "decline"})
_TOO_LATE = frozenset({Obstacle.ALREADY_APPROVED, Obstacle.ANSWERED, Obstacle.ORDERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the desk works with."""

    ledger: Ledger
    models: ReadModels
    correspondence: Correspondence
    directory: Directory
    rules: Rules
    clock: Clock
    mask_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a command did, or had done under the same key before (``is_repeated``).

    ``id``: of the case, need, outcome … it is about. ``state``: where a case stands now. ``notices``:
    codes of what should be known, each with a text ``notice-<code>``.
    """

    id: str
    state: State | None = None
    expires_on: date | None = None
    notices: tuple[str, ...] = ()
    is_repeated: bool = False


class Work:
    """One command, done once: what is known, and what it adds.

    Everything recorded, kept and told in it is kept together, or not at all.
    """

    def __init__(
        self,
        office: Office,
        unit: UnitOfWork,
        models: Models,
        *,
        by: Member,
        key: str = "",
    ) -> None:
        self.office = office
        self.unit = unit
        self.models = models
        self.by = by
        self.key = key
        self.now = office.clock.now()
        self.today = day_of(self.now)
        self.rules = office.rules

    # What was done before

    def earlier(self) -> list[Recorded]:
        """What was recorded under this key before; then nothing is to be done again.

        Raises ValueError where somebody else did it: a key stands for what one person did.
        """
        return self._own(self.unit.events.recorded_under(self.key) if self.key else [])

    def _own(self, recorded: list[Recorded]) -> list[Recorded]:
        if any(one.actor != self.by.id for one in recorded):
            raise ValueError(f"{self.key} stands for what somebody else did")
        return recorded

    def receipt(self, case: Introduction, *notices: str, is_repeated: bool = False) -> Receipt:
        """What became of a case."""
        return Receipt(
            id=case.id,
            state=case.state,
            expires_on=case.expires_on,
            notices=tuple(filter(None, notices)),
            is_repeated=is_repeated,
        )

    def repeated(self) -> Receipt | None:
        """The receipt for what was done under this key before; None where nothing was."""
        earlier = self.earlier()
        if not earlier:
            return None
        for recorded in earlier:
            subject, _, id = recorded.stream.partition(":")
            if subject == "case":
                return self.receipt(self.case(id), is_repeated=True)
        return Receipt(id=earlier[0].stream.partition(":")[2], is_repeated=True)

    # What is known

    @cached_property
    def clusters(self) -> Collection[str]:
        """The ids of all clusters that there ever were, asked for once."""
        return self.office.directory.clusters()

    def followed(self, case_id: str) -> Followed:
        """A case with its days. Raises UnknownRecordError."""
        followed = self.models.case(case_id)
        if followed is None:
            raise UnknownRecordError(reason="no-case", id=case_id)
        return followed

    def case(self, case_id: str) -> Introduction:
        """A case. Raises UnknownRecordError."""
        return self.followed(case_id).case

    def outcome(self, outcome_id: str) -> Outcome:
        """An outcome. Raises UnknownRecordError."""
        outcome = self.models.outcome(outcome_id)
        if outcome is None:
            raise UnknownRecordError(reason="no-outcome", id=outcome_id)
        return outcome

    def member(self, member_id: str) -> Member:
        """Somebody who may act. Raises UnknownRecordError."""
        member = self.models.member(member_id)
        if member is None:
            raise UnknownRecordError(reason="no-member", id=member_id)
        return member

    def listed(self, organisation_id: str) -> Listed:
        """An organisation as it is listed today. Raises UnknownOrganisationError."""
        return self.office.directory.listed(organisation_id, on=self.today)

    def still_listed(self, organisation_id: str) -> Listed | None:
        """An organisation as it is listed today; None where no source names it any more."""
        try:
            return self.listed(organisation_id)
        except UnknownOrganisationError:
            return None

    def listed_as(self, party: Party) -> Listed:
        """A party as it is listed today or, where no source names it any more, as its case knew it."""
        return self.still_listed(party.organisation_id) or Listed(
            id=party.organisation_id,
            name=party.organisation_id,
            kind=party.kind,
            home_cluster=party.home_cluster,
            clusters=party.clusters,
            country=party.country,
            is_masked=party.is_masked,
        )

    def home_of(self, organisation_id: str) -> str:
        """The home cluster of an organisation; "" for one that has none, or that no source names any more."""
        known = self.still_listed(organisation_id)
        return known.home_cluster if known else ""

    def described(self, organisation_id: str) -> Described:
        """What an organisation says of itself; nothing where no source names it any more."""
        is_known = self.still_listed(organisation_id) is not None
        return self.office.directory.described(organisation_id) if is_known else Described()

    def contact(self, organisation_id: str) -> Contact | None:
        """How to reach an organisation; None where nothing is known."""
        is_known = self.still_listed(organisation_id) is not None
        return self.office.directory.contact(organisation_id) if is_known else None

    def party(self, organisation_id: str, *, on: date | None = None, is_requester: bool = False) -> Party:
        """An organisation as a party of a case. Raises UnknownOrganisationError, SampleError."""
        listed = self.office.directory.listed(organisation_id, on=on or self.today)
        if listed.is_sample and not self.office.ledger.is_sample:
            raise SampleError(id=organisation_id)
        return Party(
            organisation_id=listed.id,
            kind=listed.kind,
            home_cluster=listed.home_cluster,
            clusters=listed.clusters,
            country=listed.country,
            is_requester=is_requester,
            is_masked=listed.is_masked,
        )

    def text(self, ref: TextRef | str | None) -> str:
        """A text that somebody wrote; "" where there was none, or it was erased."""
        return (self.unit.private.text(ref) or "") if ref else ""

    def shown_name(self, party: Party, *, is_released: bool) -> str:
        """What the other parties are told of a party: its name, or a code while it is masked."""
        if party.is_masked and not is_released:
            return self.code(party)
        return self.listed_as(party).name

    def shown_brief(self, case: Introduction) -> str:
        """What the requester wrote, as the other parties may read it: without the names of the masked."""
        brief = self.text(case.brief)
        for party in () if case.is_released else case.parties:
            if party.is_masked:
                brief = masked(brief, self.listed_as(party).name, self.code(party))
        return brief

    def called(self, organisation_id: str) -> str:
        """By what who acts may know an organisation: its id or, for a firm, the code of a masked one."""
        known = self.still_listed(organisation_id)
        is_own = self.by.role is not Role.FIRM or self.speaks_for(organisation_id)
        if is_own or (known and not known.is_masked):
            return organisation_id
        return code_of(organisation_id, self.office.mask_key)

    def name_of(self, organisation_id: str) -> str:
        """What an organisation is called to who acts: its name, to a firm the code of a masked one; its id
        where no source names it any more."""
        known, called = self.still_listed(organisation_id), self.called(organisation_id)
        return known.name if known and called == organisation_id else called

    def code(self, party: Party) -> str:
        """What a masked party is called."""
        return code_of(party.organisation_id, self.office.mask_key)

    # Who may

    def speaks_for(self, organisation_id: str) -> bool:
        """Whether who acts speaks for an organisation."""
        return self.by.speaks_for(organisation_id)

    def is_of_another_firm(self, member_id: str) -> bool:
        """Whether a firm acts, and the member speaks for others only."""
        other = self.models.member(member_id) if self.by.role is Role.FIRM else None
        if other is None or other.role is not Role.FIRM:
            return False
        return not set(other.organisations) & set(self.by.organisations)

    def answers_for(self, cluster: str) -> bool:
        """Whether who acts decides for a cluster: as its coordinator, standing in for one, or as staff."""
        if self.by.role is Role.STAFF:
            return True
        if self.by.role is not Role.COORDINATOR or not cluster:
            return False
        return cluster in self.by.clusters or any(map(self._stands_in_for, self.models.coordinators(cluster)))

    def answers_for_organisation(self, organisation_id: str, home: str) -> bool:
        """Whether who acts decides for an organisation: for its home cluster or, where it has none, as the
        coordinator whom it was assigned to, standing in for that one, or as staff."""
        if home or self.by.role is not Role.COORDINATOR:
            return self.answers_for(home)
        assigned = self._assigned_to(organisation_id)
        return assigned is not None and (self.by.id == assigned.id or self._stands_in_for(assigned))

    def is_concerned(self, case: Introduction) -> bool:
        """Whether a case is a matter of who acts: of a party's people only once it was put to the party."""
        return (
            self.by.id == case.coordinator
            or any(self.speaks_for(party.organisation_id) for party in case.parties_told)
            or any(map(self.answers_for, (*case.approvals_needed, *case.told)))
            or any(
                self.answers_for_organisation(party.organisation_id, party.home_cluster)
                for party in case.parties
            )
        )

    def require_organisation(self, action: Action, organisation_id: str) -> None:
        """Let pass who speaks for an organisation, or answers for it as its coordinator.

        Raises NotAllowedError, UnknownOrganisationError.
        """
        if self.by.role is Role.FIRM:
            self.require(action, self.speaks_for(organisation_id), "not-your-organisation")
        else:
            is_own = self.answers_for_organisation(organisation_id, self.listed(organisation_id).home_cluster)
            self.require(action, is_own, "not-your-cluster")

    def require_cluster(self, action: Action, cluster: str) -> None:
        """Let pass who decides for a cluster. Raises NotAllowedError."""
        self.require(action, self.answers_for(cluster), "not-your-cluster")

    def require_case(self, action: Action, case: Introduction) -> None:
        """Let pass whom a case concerns. Raises NotAllowedError."""
        self.require(action, self.is_concerned(case), "not-your-case")

    def require_past(self, day: date, id: str, command: str, *, since: date = date.min) -> date:
        """Let pass a day that has come, not before another. Raises StepError: what is still ahead has not
        happened, and what lies before a case did not come of it."""
        if day > self.today:
            raise StepError(id=id, command=command, reason=Obstacle.NOT_YET)
        if day < since:
            raise StepError(id=id, command=command, reason=Obstacle.BEFORE_CASE)
        return day

    def require(self, action: Action, is_right: bool, reason: str) -> None:
        """Let pass what is right. Raises NotAllowedError with the reason."""
        if not (is_right or self.by == MATCHBOT):
            raise NotAllowedError(role=self.by.role, action=action, reason=reason)

    # Whom it concerns

    def deciding_for(self, cluster: str) -> tuple[str, ...]:
        """The members who decide for a cluster today: its coordinators, or who stands in; else the staff."""
        coordinators = self.models.coordinators(cluster) if cluster else ()
        acting = tuple(dict.fromkeys(filter(None, map(self._acting_for, coordinators))))
        return acting or self._staff

    def deciding_for_organisation(self, organisation_id: str, home: str) -> tuple[str, ...]:
        """The members who decide for an organisation today: for its home cluster or, where it has none, the
        coordinator whom it was assigned to, or who stands in; else the staff."""
        assigned = None if home else self._assigned_to(organisation_id)
        acting = self._acting_for(assigned) if assigned else ""
        return (acting,) if acting else self.deciding_for(home)

    def approving_for(self, cluster: str, case: Introduction) -> tuple[str, ...]:
        """Who of them may approve a case: nobody employed by a party, nobody who has approved it for another
        cluster. The staff where none of them may."""
        candidates = self.deciding_for(cluster)
        ties = [tie for id in (*candidates, *self._staff) for tie in self.member(id).all_ties]
        approved_by = [approval.member_id for approval in case.approvals]
        return eligible_approvers(
            candidates, case.organisation_ids, ties, approved_by=approved_by, staff=self._staff
        )

    def reached_for(self, party: Party) -> tuple[str, ...]:
        """Whom to turn to about a party: its own members in Slack, else who decides for its cluster."""
        own = tuple(member.id for member in self.models.speakers(party.organisation_id) if member.is_in_slack)
        if own:
            return own
        assigned = self.models.looks_after(party.organisation_id)
        return (assigned,) if assigned else self.deciding_for(party.home_cluster)

    def is_in_slack(self, party: Party) -> bool:
        """Whether a party can be asked there itself."""
        return any(member.is_in_slack for member in self.models.speakers(party.organisation_id))

    # What it adds

    def new_id(self, prefix: str) -> str:
        """An id that nothing in this ledger has yet."""
        return f"{prefix}-{self.unit.events.head().seq + 1}"

    def keep(self, text: str, kind: str, *about: str) -> TextRef | None:
        """Keep a text where it can be erased; None for an empty one.

        It goes with who wrote it, and with the members and organisations it is ``about``.
        """
        if not text.strip():
            return None
        subjects = dict.fromkeys(filter(None, (self.by.id, *about)))
        return self.unit.private.put(text, kind=kind, about=subjects, recorded_at=self.now)

    def keep_of_member(self, text: str, kind: str, member_id: str) -> TextRef | None:
        """Keep a name or address: it goes with the member, not with whoever registers them."""
        if not text:
            return None
        return self.unit.private.put(text, kind=kind, about=[member_id], recorded_at=self.now)

    def keep_reason(self, reason: str, id: str, command: str) -> TextRef:
        """Keep why something is done, for the coordinators only. Raises StepError where nothing is said."""
        ref = self.keep(reason, "reason")
        if ref is None:
            raise StepError(id=id, command=command, reason=Obstacle.NO_REASON)
        return ref

    def record(self, stream: str, events: Iterable[object], *, on: date | None = None) -> list[Recorded]:
        """Add events to a stream, as things of a day (today)."""
        recorded = self._own(
            self.unit.events.append(
                stream,
                events,
                actor=self.by.id,
                key=self.key,
                event_date=on or self.today,
                recorded_at=self.now,
            )
        )
        self.models.take(recorded)
        return recorded

    def record_case(self, case_id: str, events: Iterable[object], *, on: date | None = None) -> Introduction:
        """Add events to a case; gives the case after them."""
        self.record(f"case:{case_id}", events, on=on)
        return self.case(case_id)

    def tell(
        self, recipients: Iterable[str], kind: MessageKind, *, expires_on: date | None = None, **facts: object
    ) -> None:
        """Have a message sent to members, but not to who acts; in office hours unless it expires soon."""
        not_before = send_time(self.now, self.rules, expires_on=expires_on)
        if expires_on is not None:
            facts["expires_on"] = expires_on.isoformat()
        for recipient in dict.fromkeys(recipients):
            if recipient != self.by.id:
                id = part_of(self.key, f"{kind}:{recipient}")
                self.unit.outbox.put(
                    Message(id=id, recipient=recipient, kind=kind, not_before=not_before, payload=facts)
                )

    def confirm(self, kind: MessageKind, **facts: object) -> None:
        """Have who acts told themselves, at once and where they are in Slack: what stays true there."""
        if self.by.is_in_slack:
            id = part_of(self.key, f"{kind}:{self.by.id}")
            message = Message(id=id, recipient=self.by.id, kind=kind, not_before=self.now, payload=facts)
            self.unit.outbox.put(message)

    # Within

    @property
    def _staff(self) -> tuple[str, ...]:
        return tuple(member.id for member in self.models.coordinators(""))

    def _assigned_to(self, organisation_id: str) -> Member | None:
        return self.models.member(self.models.looks_after(organisation_id))

    def _acting_for(self, coordinator: Member) -> str:
        """Who decides in a coordinator's place today: mostly the coordinator; "" where nobody is left."""
        if coordinator.coverage.absence(self.today) is None:
            return coordinator.id
        return acting_for(coordinator.id, self._coverage(coordinator), self.today)

    def _coverage(self, coordinator: Member) -> dict[str, Coverage]:
        """Who stands in for a coordinator, and for those who do."""
        known: dict[str, Coverage] = {}
        to_see: list[str] = [coordinator.id]
        while to_see:
            member = self.models.member(to_see.pop())
            if member is not None and member.id not in known:
                known[member.id] = member.coverage
                to_see += [member.deputy, *(absence.delegate_id for absence in member.absences)]
        return known

    def _stands_in_for(self, coordinator: Member) -> bool:
        return self.by.id in (coordinator.deputy, self._acting_for(coordinator))


@contextmanager
def decided_once(work: Work, case_id: str) -> Iterator[None]:
    """Tells who comes too late who was first: of another firm not which person, but that it was one.

    Raises AlreadyHandledError in place of what was refused.
    """
    try:
        yield
    except (StepError, TransitionError) as error:
        is_late = _comes_too_late(error)
        decisions = [r for r in work.unit.events.read(f"case:{case_id}") if r.type in DECISIONS]
        if not is_late or not decisions:
            raise
        raise already_handled(work, case_id, decisions[-1]) from error


def already_handled(work: Work, id: str, decision: Recorded) -> AlreadyHandledError:
    """What to tell who comes after a decision: who was first, to a firm of another one only that."""
    return AlreadyHandledError(
        id=id,
        member=OTHER_SIDE if work.is_of_another_firm(decision.actor) else decision.actor,
        event=decision.type,
        at=decision.recorded_at,
    )


def _comes_too_late(error: StepError | TransitionError) -> bool:
    """Whether something was decided already, rather than not to be decided yet."""
    if isinstance(error, StepError):
        return error.facts["reason"] in _TOO_LATE
    return error.facts["state"] in _SETTLED or error.facts["command"] in _OF_APPROVERS


class Room:
    """A subject of the desk. Every command is one unit of work."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @contextmanager
    def _work(self, action: Action, by: Member, key: str) -> Iterator[Work]:
        """A unit of work for a command: what it adds is kept when it ends, or after an error nothing.

        Raises NotAllowedError; LedgerBusyError.
        """
        if not key:
            raise ValueError("what a person did needs a key")
        with correlated(key), telling(Happening.COMMAND, action=action) as told:
            # The read models are written after the ledger: they never know more than it does.
            with ExitStack() as afterwards, self._office.ledger.unit() as unit:
                models = afterwards.enter_context(self._office.models.unit(unit.events))
                n_before = unit.events.head().seq
                yield Work(self._office, unit, models, by=_as_known(models, by, action), key=key)
                n_after = unit.events.head().seq
            told |= {"rows": [n_before + 1, n_after]} if n_after > n_before else {"result": NOTHING_NEW}

    @contextmanager
    def _look(self, action: Action, by: Member) -> Iterator[Work]:
        """A view of the ledger as it is, for a question. Raises NotAllowedError."""
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            yield Work(self._office, unit, models, by=_as_known(models, by, action))


def _as_known(models: Models, by: Member, action: Action) -> Member:
    """Who acts, as they are registered now; whoever has left may do nothing."""
    known = by if by == MATCHBOT else models.member(by.id)
    if known is None or known.has_left:
        raise NotAllowedError(role=by.role, action=action, reason="not-registered")
    check_role(known.role, action)
    return known
