"""What came of introductions: each outcome a record and a stream of its own.

An *outcome* (a deal, a loan, a new business …) is apart from cases: a case may have several, one may
come of several cases or of none, and it counts once however many claim it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from matchbot.aftermath.evidence import Evidence, evidence_of, joint_evidence
from matchbot.errors import Obstacle, StepError, TransitionError
from matchbot.introductions.parties import Party
from matchbot.references import TextRef


class OutcomeKind(StrEnum):
    """What came of it."""

    DEAL = "deal"
    JOINT_RESEARCH = "joint_research"
    FUNDING = "funding"
    NEW_BUSINESS = "new_business"
    FOUNDING = "founding"
    SECOND_FOUNDING = "second_founding"
    UNIVERSITY_VENTURE = "university_venture"
    LISTING = "listing"


AGREEMENTS = frozenset({OutcomeKind.DEAL, OutcomeKind.JOINT_RESEARCH, OutcomeKind.FUNDING})
"""The kinds that two or more organisations sign."""


class Certainty(StrEnum):
    """見込み or 確定: never added together."""

    EXPECTED = "expected"
    CONFIRMED = "confirmed"


class Attribution(StrEnum):
    """How much the network had to do with it: 決め手, 一助, 無関係."""

    DECISIVE = "decisive"
    CONTRIBUTING = "contributing"
    UNRELATED = "unrelated"


class Anyway(StrEnum):
    """Whether the parties would have met anyway."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Novelty(StrEnum):
    """What is new in a new business."""

    PRODUCT = "product"
    SERVICE = "service"
    PROCESS = "process"


class Start(StrEnum):
    """By what a new business counts as begun."""

    FIRST_SALE = "first_sale"
    APPROVED_BUDGET = "approved_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an outcome is. ``parties``: its organisations as the corpus knew them on the day ``on``
    (signature, start, registration, board decision or listing).

    ``subject_id`` tells apart what one organisation may have several of or has outside the corpus:
    the business of NEW_BUSINESS, the company of FOUNDING and UNIVERSITY_VENTURE. ``novelty`` and
    ``start`` are for NEW_BUSINESS.
    """

    kind: OutcomeKind
    on: date
    parties: tuple[Party, ...]
    certainty: Certainty
    subject_id: str = ""
    novelty: Novelty | None = None
    start: Start | None = None

    @property
    def organisation_ids(self) -> tuple[str, ...]:
        """The organisations, in the order of ids."""
        return tuple(sorted(party.organisation_id for party in self.parties))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeEvent:
    """Something about an outcome."""

    outcome_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecorded(OutcomeEvent):
    """An outcome became known. ``survey``: the wave of the member survey it came from, or ""."""

    facts: Facts
    member_id: str
    survey: str = ""
    note: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeClaimed(OutcomeEvent):
    """Somebody says that it happened and what the network had to do with it.

    ``organisation_id``: the party that claims, "" for a coordinator. ``cluster``: for which cluster.
    ``case_id``: the case it came of, or "".
    """

    member_id: str
    evidence: Evidence
    organisation_id: str = ""
    cluster: str = ""
    case_id: str = ""
    attribution: Attribution | None = None
    would_have_met: Anyway = Anyway.UNKNOWN
    document: TextRef | None = None

    @property
    def claimant(self) -> str:
        """Who claims: the party, or the coordinator."""
        return self.organisation_id or self.member_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeConfirmed(OutcomeEvent):
    """What was expected has happened, on a day; the parties as they stood on it."""

    on: date
    parties: tuple[Party, ...]
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCorrected(OutcomeEvent):
    """A correction: these are the facts."""

    facts: Facts
    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReversed(OutcomeEvent):
    """A correction: it did not happen, or was recorded twice (then ``same_as`` is the one that counts)."""

    member_id: str
    reason: TextRef
    same_as: str = ""


EVENTS: tuple[type[OutcomeEvent], ...] = (
    OutcomeRecorded,
    OutcomeClaimed,
    OutcomeConfirmed,
    OutcomeCorrected,
    OutcomeReversed,
)
"""Every event of this room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome as its events leave it. ``claims``: the latest of each claimant."""

    id: str
    facts: Facts
    claims: tuple[OutcomeClaimed, ...] = ()
    survey: str = ""
    is_reversed: bool = False
    same_as: str = ""

    @property
    def evidence(self) -> Evidence:
        """What it rests on: the strongest claim; two parties who claim make a B."""
        if not self.claims:
            return Evidence.D
        told = (claim.evidence for claim in self.claims)
        return joint_evidence(told, (claim.organisation_id for claim in self.claims))

    @property
    def case_ids(self) -> tuple[str, ...]:
        """The cases it is said to come of, in the order of ids; empty: none."""
        return tuple(sorted({claim.case_id for claim in self.claims if claim.case_id}))

    @property
    def attribution(self) -> Attribution | None:
        """The most that a party gives the network; what coordinators give only where no party says.

        None where nobody was asked.
        """
        by_parties = {claim.attribution for claim in self.claims if claim.organisation_id} - {None}
        said = by_parties or {claim.attribution for claim in self.claims}
        return next((attribution for attribution in Attribution if attribution in said), None)

    @property
    def would_have_met(self) -> Anyway:
        """What the parties say; where they differ, or none of them knows, UNKNOWN."""
        said = {claim.would_have_met for claim in self.claims if claim.organisation_id} - {Anyway.UNKNOWN}
        return said.pop() if len(said) == 1 else Anyway.UNKNOWN

    def shares(self, by: Callable[[OutcomeClaimed], str]) -> dict[str, Fraction]:
        """The outcome split in equal shares among those who claim it, 1 in all.

        ``by`` names whom a claim counts for (its cluster, its member); "" counts for nobody, nor
        does a claim that says UNRELATED. Empty where nobody claims it.
        """
        claims = (c for c in self.claims if c.attribution is not Attribution.UNRELATED)
        names = sorted({by(claim) for claim in claims} - {""})
        return {name: Fraction(1, len(names)) for name in names}


def natural_key(facts: Facts) -> tuple[str, ...]:
    """What makes an outcome the same as another, whoever reports it: they count once.

    A listing or second founding is one per company; a founding one per new company; a new business
    one per business; an agreement one per day and parties, unless ``subject_id`` names it (so that
    a framework and its call-offs are one).
    """
    kind = facts.kind
    if kind in (OutcomeKind.LISTING, OutcomeKind.SECOND_FOUNDING):
        return (kind, *facts.organisation_ids)
    if facts.subject_id:
        return (kind, facts.subject_id)
    return (kind, facts.on.isoformat(), *facts.organisation_ids)


def evolve(outcome: Outcome | None, event: OutcomeEvent) -> Outcome:
    """The outcome after one more event."""
    if outcome is None:
        if not isinstance(event, OutcomeRecorded):
            raise TransitionError(id=event.outcome_id, state="none", command=type(event).__name__)
        return Outcome(id=event.outcome_id, facts=event.facts, survey=event.survey)
    match event:
        case OutcomeClaimed():
            others = tuple(claim for claim in outcome.claims if claim.claimant != event.claimant)
            return replace(outcome, claims=(*others, event))
        case OutcomeConfirmed():
            facts = replace(outcome.facts, certainty=Certainty.CONFIRMED, on=event.on, parties=event.parties)
            return replace(outcome, facts=facts)
        case OutcomeCorrected():
            return replace(outcome, facts=event.facts)
        case OutcomeReversed():
            return replace(outcome, is_reversed=True, same_as=event.same_as)
        case _:
            raise TransitionError(id=outcome.id, state="recorded", command=type(event).__name__)


def fold(events: Iterable[object]) -> Outcome | None:
    """The outcome that these events make; None where there are none."""
    outcome: Outcome | None = None
    for event in events:
        if isinstance(event, OutcomeEvent):
            outcome = evolve(outcome, event)
    return outcome


def record(
    outcome_id: str,
    *,
    facts: Facts,
    member_id: str,
    organisation_id: str = "",
    cluster: str = "",
    case_id: str = "",
    attribution: Attribution | None = None,
    would_have_met: Anyway = Anyway.UNKNOWN,
    document: TextRef | None = None,
    evidence: Evidence | None = None,
    survey: str = "",
    note: TextRef | None = None,
) -> tuple[OutcomeEvent, ...]:
    """A new outcome with its first claim. ``evidence``: as stated elsewhere; None: read off the claim."""
    _check_facts(outcome_id, facts, "record_outcome")
    recorded = OutcomeRecorded(
        outcome_id=outcome_id, facts=facts, member_id=member_id, survey=survey, note=note
    )
    claimed = claim(
        evolve(None, recorded),
        member_id=member_id,
        organisation_id=organisation_id,
        cluster=cluster,
        case_id=case_id,
        attribution=attribution,
        would_have_met=would_have_met,
        document=document,
        evidence=evidence,
    )
    return recorded, *claimed


def claim(
    outcome: Outcome,
    *,
    member_id: str,
    organisation_id: str = "",
    cluster: str = "",
    case_id: str = "",
    attribution: Attribution | None = None,
    would_have_met: Anyway = Anyway.UNKNOWN,
    document: TextRef | None = None,
    evidence: Evidence | None = None,
) -> tuple[OutcomeEvent, ...]:
    """Another one says the same, or the same one says more; the outcome still counts once."""
    _require_standing(outcome, "claim_outcome")
    if organisation_id and organisation_id not in outcome.facts.organisation_ids:
        raise StepError(id=outcome.id, command="claim_outcome", reason=Obstacle.NOT_A_PARTY)
    return (
        OutcomeClaimed(
            outcome_id=outcome.id,
            member_id=member_id,
            evidence=evidence or evidence_of(organisation_id, document),
            organisation_id=organisation_id,
            cluster=cluster,
            case_id=case_id,
            attribution=attribution,
            would_have_met=would_have_met,
            document=document,
        ),
    )


def confirm(
    outcome: Outcome, *, on: date, member_id: str, parties: Sequence[Party] | None = None
) -> tuple[OutcomeEvent, ...]:
    """見込み becomes 確定. ``parties``: as the corpus knows them on that day; None: as before."""
    _require_standing(outcome, "confirm_outcome")
    if outcome.facts.certainty is Certainty.CONFIRMED:
        raise StepError(id=outcome.id, command="confirm_outcome", reason=Obstacle.CONFIRMED)
    known = outcome.facts.parties if parties is None else tuple(parties)
    if {party.organisation_id for party in known} != set(outcome.facts.organisation_ids):
        raise StepError(id=outcome.id, command="confirm_outcome", reason=Obstacle.OTHER_PARTIES)
    return (OutcomeConfirmed(outcome_id=outcome.id, on=on, parties=known, member_id=member_id),)


def correct(outcome: Outcome, *, facts: Facts, member_id: str, reason: TextRef) -> tuple[OutcomeEvent, ...]:
    """A correction of what it is; the former facts stay in the log."""
    _require_standing(outcome, "correct_outcome")
    _check_facts(outcome.id, facts, "correct_outcome")
    return (OutcomeCorrected(outcome_id=outcome.id, facts=facts, member_id=member_id, reason=reason),)


def reverse(
    outcome: Outcome, *, member_id: str, reason: TextRef, same_as: str = ""
) -> tuple[OutcomeEvent, ...]:
    """A correction: it does not count (any more)."""
    _require_standing(outcome, "reverse_outcome")
    return (OutcomeReversed(outcome_id=outcome.id, member_id=member_id, reason=reason, same_as=same_as),)


def _require_standing(outcome: Outcome, command: str) -> None:
    if outcome.is_reversed:
        raise TransitionError(id=outcome.id, state="reversed", command=command)


def _check_facts(outcome_id: str, facts: Facts, command: str) -> None:
    n_needed = 2 if facts.kind in AGREEMENTS else 1
    if len(set(facts.organisation_ids)) < n_needed:
        raise StepError(id=outcome_id, command=command, reason=Obstacle.TOO_FEW_PARTIES)
    is_business = facts.kind is OutcomeKind.NEW_BUSINESS
    if is_business and not facts.subject_id:
        raise StepError(id=outcome_id, command=command, reason=Obstacle.NO_SUBJECT)
