"""What came of an introduction: progress, follow-ups, outcomes, and what people thought of it.

*Progress* is one scale per case. An *outcome* (a deal, a loan, a new business …) is a record of its
own: a case may have several, one may come of several cases or of none, and it counts once however
many claim it. *Evidence* is read off the reports and claims. Silence is recorded as silence.

Pure, as :mod:`matchbot.introductions`: events hold ids, dates and ``TextRef``s. Progress and
follow-ups stand in the stream of their case, outcomes and survey waves in streams of their own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from matchbot.errors import Obstacle, StepError, TransitionError
from matchbot.introductions.cases import Introduction
from matchbot.introductions.parties import Party
from matchbot.introductions.words import State
from matchbot.references import TextRef

# --- Words ---------------------------------------------------------------------------------------


class Progress(StrEnum):
    """How far a case has come since the introduction, in the order of the scale."""

    NO_CONTACT = "no_contact"
    MEETING = "meeting"
    CONTINUING = "continuing"
    GIVEN_UP = "given_up"


SCALE: Mapping[Progress, int] = {progress: place for place, progress in enumerate(Progress)}
"""The place of each on the scale; going to a lower one needs a reason."""


class MeetingForm(StrEnum):
    """How they met."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class Evidence(StrEnum):
    """What a statement rests on, the strongest first. Headlines count A and B."""

    A = "A"
    """A document."""
    B = "B"
    """Both parties."""
    C = "C"
    """One party."""
    D = "D"
    """The coordinator only."""


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


class Side(StrEnum):
    """On which side of introductions the one who answers a survey stands."""

    REQUESTER = "requester"
    COUNTERPART = "counterpart"
    BOTH = "both"
    NEITHER = "neither"


# --- Events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """Something learnt about a case after its introduction."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReported(CaseReport):
    """The parties met on a day. ``organisation_id``: the party that says so, "" for the coordinator."""

    met_on: date
    form: MeetingForm
    member_id: str
    organisation_id: str = ""
    document: TextRef | None = None
    note: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReversed(CaseReport):
    """A correction: there was no meeting on that day."""

    met_on: date
    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlanned(CaseReport):
    """The parties will meet on a day; the latest plan holds. ``organisation_id`` as in `MeetingReported`."""

    on: date
    form: MeetingForm
    member_id: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalledOff(CaseReport):
    """The parties will not meet as planned."""

    member_id: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRecorded(CaseReport):
    """The case stands there on the scale. Backwards it has a reason."""

    progress: Progress
    member_id: str
    organisation_id: str = ""
    reason: TextRef | None = None
    note: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAsked(CaseReport):
    """A party was asked, so many days after the introduction, how it went."""

    organisation_id: str
    days: int
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAnswered(CaseReport):
    """The party answered; what it said about progress and outcomes are events of their own."""

    organisation_id: str
    days: int
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpUnanswered(CaseReport):
    """The party did not answer (無回答)."""

    organisation_id: str
    days: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEvent:
    """Something about a survey wave and one person in it."""

    wave: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySent(SurveyEvent):
    """A person was asked. ``ended_as``: how its latest case stands or ended; None: it never had one."""

    organisation_id: str
    role: str
    side: Side
    cluster: str = ""
    case_id: str = ""
    ended_as: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(SurveyEvent):
    """A person answered; the latest answer in a wave holds. None: not answered."""

    organisation_id: str
    role: str
    side: Side
    satisfaction: int | None = None
    """1 to 5, 5 the best."""
    recommendation: int | None = None
    """0 to 10, for the NPS."""
    cluster: str = ""
    case_id: str = ""
    comment: TextRef | None = None


EVENTS: tuple[type[CaseReport | OutcomeEvent | SurveyEvent], ...] = (
    MeetingPlanned,
    MeetingCalledOff,
    MeetingReported,
    MeetingReversed,
    ProgressRecorded,
    FollowUpAsked,
    FollowUpAnswered,
    FollowUpUnanswered,
    OutcomeRecorded,
    OutcomeClaimed,
    OutcomeConfirmed,
    OutcomeCorrected,
    OutcomeReversed,
    SurveySent,
    SurveyAnswered,
)
"""Every event of this room."""

# --- Progress and follow-ups of a case -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What is known of a case since its introduction."""

    progress: Progress = Progress.NO_CONTACT
    planned: MeetingPlanned | None = None
    """The meeting that was agreed on last, come or not."""
    reports: tuple[MeetingReported, ...] = ()
    asked: frozenset[tuple[str, int]] = frozenset()
    """Follow-ups asked: (organisation, days)."""
    answered: frozenset[tuple[str, int]] = frozenset()
    unanswered: frozenset[tuple[str, int]] = frozenset()

    @property
    def is_ongoing(self) -> bool:
        """Whether it is worth asking again."""
        return self.progress is not Progress.GIVEN_UP

    @property
    def meetings(self) -> tuple[date, ...]:
        """The days on which they met, each once."""
        return tuple(sorted({report.met_on for report in self.reports}))

    @property
    def meeting_evidence(self) -> Evidence | None:
        """What it rests on that they met at all; None where nobody says so."""
        if not self.reports:
            return None
        told = (_evidence_of(r.organisation_id, r.document) for r in self.reports)
        return _joint_evidence(told, (r.organisation_id for r in self.reports))

    @property
    def awaited(self) -> frozenset[tuple[str, int]]:
        """Follow-ups that wait for an answer: (organisation, days)."""
        return self.asked - self.answered - self.unanswered


def evolve(aftermath: Aftermath, event: CaseReport) -> Aftermath:
    """What is known after one more report."""
    match event:
        case MeetingPlanned():
            return replace(aftermath, planned=event)
        case MeetingCalledOff():
            return replace(aftermath, planned=None)
        case MeetingReported():
            further = max(aftermath.progress, Progress.MEETING, key=SCALE.__getitem__)
            return replace(aftermath, reports=(*aftermath.reports, event), progress=further)
        case MeetingReversed():
            left = tuple(report for report in aftermath.reports if report.met_on != event.met_on)
            never_met = not left and aftermath.progress is Progress.MEETING
            progress = Progress.NO_CONTACT if never_met else aftermath.progress
            return replace(aftermath, reports=left, progress=progress)
        case ProgressRecorded():
            return replace(aftermath, progress=event.progress)
        case FollowUpAsked(organisation_id=asked, days=days):
            return replace(aftermath, asked=aftermath.asked | {(asked, days)})
        case FollowUpAnswered(organisation_id=asked, days=days):
            late = aftermath.unanswered - {(asked, days)}
            return replace(aftermath, answered=aftermath.answered | {(asked, days)}, unanswered=late)
        case FollowUpUnanswered(organisation_id=asked, days=days):
            return replace(aftermath, unanswered=aftermath.unanswered | {(asked, days)})
        case _:
            raise TypeError(type(event).__name__)


def fold(events: Iterable[object]) -> Aftermath:
    """What is known of a case; the other events of its stream are passed over."""
    aftermath = Aftermath()
    for event in events:
        if isinstance(event, CaseReport):
            aftermath = evolve(aftermath, event)
    return aftermath


def plan_meeting(
    case: Introduction, *, on: date, form: MeetingForm, member_id: str, organisation_id: str = ""
) -> tuple[CaseReport, ...]:
    """They will meet on a day, in place of whatever was planned before."""
    _require_introduced(case, "plan_meeting")
    _require_party(case, organisation_id, "plan_meeting")
    return (
        MeetingPlanned(
            case_id=case.id, on=on, form=form, member_id=member_id, organisation_id=organisation_id
        ),
    )


def call_off_meeting(
    case: Introduction, aftermath: Aftermath, *, member_id: str, organisation_id: str = ""
) -> tuple[CaseReport, ...]:
    """They will not meet as planned."""
    _require_introduced(case, "call_off_meeting")
    _require_party(case, organisation_id, "call_off_meeting")
    if aftermath.planned is None:
        raise StepError(id=case.id, command="call_off_meeting", reason=Obstacle.NO_SUCH_MEETING)
    return (MeetingCalledOff(case_id=case.id, member_id=member_id, organisation_id=organisation_id),)


def record_meeting(
    case: Introduction,
    *,
    met_on: date,
    form: MeetingForm,
    member_id: str,
    organisation_id: str = "",
    document: TextRef | None = None,
    note: TextRef | None = None,
) -> tuple[CaseReport, ...]:
    """A party, or the coordinator, reports a meeting; the other party may report the same one."""
    _require_introduced(case, "record_meeting")
    _require_party(case, organisation_id, "record_meeting")
    return (
        MeetingReported(
            case_id=case.id,
            met_on=met_on,
            form=form,
            member_id=member_id,
            organisation_id=organisation_id,
            document=document,
            note=note,
        ),
    )


def reverse_meeting(
    case: Introduction, aftermath: Aftermath, *, met_on: date, member_id: str, reason: TextRef
) -> tuple[CaseReport, ...]:
    """A correction: they did not meet on that day."""
    if met_on not in aftermath.meetings:
        raise StepError(id=case.id, command="reverse_meeting", reason=Obstacle.NO_SUCH_MEETING)
    return (MeetingReversed(case_id=case.id, met_on=met_on, member_id=member_id, reason=reason),)


def record_progress(
    case: Introduction,
    aftermath: Aftermath,
    *,
    progress: Progress,
    member_id: str,
    organisation_id: str = "",
    reason: TextRef | None = None,
    note: TextRef | None = None,
) -> tuple[CaseReport, ...]:
    """Where the case stands now; a meeting is recorded with its day, by ``record_meeting``."""
    _require_introduced(case, "record_progress")
    _require_party(case, organisation_id, "record_progress")
    if progress is Progress.MEETING and not aftermath.meetings:
        raise StepError(id=case.id, command="record_progress", reason=Obstacle.NO_SUCH_MEETING)
    if SCALE[progress] < SCALE[aftermath.progress] and reason is None:
        raise StepError(id=case.id, command="record_progress", reason=Obstacle.BACKWARDS)
    return (
        ProgressRecorded(
            case_id=case.id,
            progress=progress,
            member_id=member_id,
            organisation_id=organisation_id,
            reason=reason,
            note=note,
        ),
    )


def ask_follow_up(
    case: Introduction, aftermath: Aftermath, *, organisation_id: str, days: int, answer_by: date
) -> tuple[CaseReport, ...]:
    """A party is asked how it went; nothing where it was asked for that day already."""
    _require_introduced(case, "ask_follow_up")
    _require_party(case, organisation_id, "ask_follow_up")
    if (organisation_id, days) in aftermath.asked:
        return ()
    return (FollowUpAsked(case_id=case.id, organisation_id=organisation_id, days=days, answer_by=answer_by),)


def answer_follow_up(
    case: Introduction, aftermath: Aftermath, *, organisation_id: str, days: int, member_id: str
) -> tuple[CaseReport, ...]:
    """The party answers, be it late; nothing where it had answered already."""
    _require_follow_up(case, aftermath, organisation_id, days, "answer_follow_up")
    if (organisation_id, days) in aftermath.answered:
        return ()
    return (
        FollowUpAnswered(case_id=case.id, organisation_id=organisation_id, days=days, member_id=member_id),
    )


def close_follow_up(
    case: Introduction, aftermath: Aftermath, *, organisation_id: str, days: int
) -> tuple[CaseReport, ...]:
    """The time to answer is over: 無回答. Nothing where it has answered, or this is known."""
    _require_follow_up(case, aftermath, organisation_id, days, "close_follow_up")
    if (organisation_id, days) not in aftermath.awaited:
        return ()
    return (FollowUpUnanswered(case_id=case.id, organisation_id=organisation_id, days=days),)


def _require_introduced(case: Introduction, command: str) -> None:
    if case.state is not State.INTRODUCED:
        raise TransitionError(id=case.id, state=case.state, command=command)


def _require_party(case: Introduction, organisation_id: str, command: str) -> None:
    if organisation_id and case.party(organisation_id) is None:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_A_PARTY)


def _require_follow_up(
    case: Introduction, aftermath: Aftermath, organisation_id: str, days: int, command: str
) -> None:
    if (organisation_id, days) not in aftermath.asked:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_ASKED)


# --- Evidence ------------------------------------------------------------------------------------


def _evidence_of(organisation_id: str, document: TextRef | None) -> Evidence:
    if document is not None:
        return Evidence.A
    return Evidence.C if organisation_id else Evidence.D


def _joint_evidence(told: Iterable[Evidence], organisation_ids: Iterable[str]) -> Evidence:
    """The strongest single piece; two parties who say the same make a B."""
    strongest = min(told)
    n_parties = len({id for id in organisation_ids if id})
    return min(strongest, Evidence.B) if n_parties > 1 else strongest


# --- Outcomes ------------------------------------------------------------------------------------


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
        return _joint_evidence(told, (claim.organisation_id for claim in self.claims))

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


def evolve_outcome(outcome: Outcome | None, event: OutcomeEvent) -> Outcome:
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


def fold_outcome(events: Iterable[object]) -> Outcome | None:
    """The outcome that these events make; None where there are none."""
    outcome: Outcome | None = None
    for event in events:
        if isinstance(event, OutcomeEvent):
            outcome = evolve_outcome(outcome, event)
    return outcome


def record_outcome(
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
    claimed = claim_outcome(
        evolve_outcome(None, recorded),
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


def claim_outcome(
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
            evidence=evidence or _evidence_of(organisation_id, document),
            organisation_id=organisation_id,
            cluster=cluster,
            case_id=case_id,
            attribution=attribution,
            would_have_met=would_have_met,
            document=document,
        ),
    )


def confirm_outcome(
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


def correct_outcome(
    outcome: Outcome, *, facts: Facts, member_id: str, reason: TextRef
) -> tuple[OutcomeEvent, ...]:
    """A correction of what it is; the former facts stay in the log."""
    _require_standing(outcome, "correct_outcome")
    _check_facts(outcome.id, facts, "correct_outcome")
    return (OutcomeCorrected(outcome_id=outcome.id, facts=facts, member_id=member_id, reason=reason),)


def reverse_outcome(
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


# --- Surveys -------------------------------------------------------------------------------------


def answer_survey(
    sent: SurveySent,
    *,
    satisfaction: int | None = None,
    recommendation: int | None = None,
    comment: TextRef | None = None,
) -> tuple[SurveyEvent, ...]:
    """A person answers the wave it was asked in: satisfaction 1–5, recommendation 0–10, either or both."""
    _check_range(sent.wave, satisfaction, 1, 5)
    _check_range(sent.wave, recommendation, 0, 10)
    if satisfaction is None and recommendation is None and comment is None:
        raise StepError(id=sent.wave, command="answer_survey", reason=Obstacle.NOTHING_SAID)
    return (
        SurveyAnswered(
            wave=sent.wave,
            member_id=sent.member_id,
            organisation_id=sent.organisation_id,
            role=sent.role,
            side=sent.side,
            satisfaction=satisfaction,
            recommendation=recommendation,
            cluster=sent.cluster,
            case_id=sent.case_id,
            comment=comment,
        ),
    )


def _check_range(wave: str, value: int | None, low: int, high: int) -> None:
    if value is not None and not low <= value <= high:
        raise StepError(id=wave, command="answer_survey", reason=Obstacle.OUT_OF_RANGE)
