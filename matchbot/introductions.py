"""One introduction, from the request to the day when both sides know each other: what may happen.

The case is the fold of its events. ``TRANSITIONS`` is the whole table of what may follow what; the
functions below it are the decisions: each takes the case and what somebody wants, and gives the
events which record it, or raises. Nothing here reads a clock, a file or a setting. Who acted, when,
and on which delivery stands in the ledger's row, not in the event; names and free text stand in the
private store, and an event has only their ``TextRef``.

    REQUESTED ──► APPROVED ──► ASKED ──► CONSENTED ──► INTRODUCED
      │    ▲
      ▼    │        exits: DECLINED (a coordinator), REFUSED (a party), WITHDRAWN (the requester),
    RETURNED               EXPIRED (silence), CANCELLED (stopped, called off, or reversed later)

Where several have to approve or to consent, the case stays where it is until the last of them has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType
from typing import Any

from corpus.records import Kind
from matchbot.errors import Obstacle, StepError, TransitionError
from matchbot.need import Purpose

# --- Words ---------------------------------------------------------------------------------------


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


class Path(StrEnum):
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


@dataclass(frozen=True, slots=True)
class TextRef:
    """A text in the private store: its id there, and the salted commitment to what it said."""

    id: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation in a case, as the corpus knew it on the day of the event that holds it.

    ``home_cluster`` is "" for an organisation in no cluster: the programme's staff answers for it.
    ``clusters``: all clusters it belongs to. ``is_masked``: the others know it by a code alone until all
    have consented, because its profile is masked or, of a requester, because it wanted so in this case.
    """

    organisation_id: str
    kind: Kind
    home_cluster: str = ""
    clusters: tuple[str, ...] = ()
    country: str = "JP"
    is_requester: bool = False
    is_masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who speaks for a party, and how we know.

    Either the member itself, through matchbot; or, for a party outside Slack, the coordinator who
    heard it (``attested_by``), by which means, and from whom (``said_by``).
    """

    member_id: str = ""
    means: Means = Means.SLACK
    attested_by: str = ""
    said_by: TextRef | None = None


# --- Events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a case."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """What every first event of a case says. It is not an event of its own.

    ``need_id``: "" where there is none. ``approvals_needed``: clusters whose coordinator has to
    approve ("": the programme's staff). ``told``: clusters that can stop the case.
    ``coordinator``: the member in charge, "" until one approves. ``repeats``: an earlier case of the
    same parties that a warning pointed to.
    """

    need_id: str
    parties: tuple[Party, ...]
    purpose: Purpose
    path: Path
    approvals_needed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    coordinator: str = ""
    brief: TextRef | None = None
    expires_on: date
    repeats: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionRequested(Opened):
    """A party asked to meet the others, itself or through its coordinator.

    ``is_anonymous``: it chose (公開範囲) not to be named to them before all have consented.
    """

    member_id: str
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionProposed(Opened):
    """A coordinator, unasked, thought that the parties should meet; every party has to consent."""

    member_id: str
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideIntroductionLogged(Opened):
    """A coordinator says that the parties were introduced outside (対面・電話)."""

    member_id: str
    means: Means
    document: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionApproved(Event):
    """A cluster's coordinator approved; ``warning`` is a code of policy, and then there is a reason."""

    cluster: str
    member_id: str
    warning: str = ""
    reason: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionReturned(Event):
    """An approver sent the request back to be improved (差戻し)."""

    cluster: str
    member_id: str
    reason: TextRef
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionResubmitted(Event):
    """A returned request came again; all approvals begin anew."""

    member_id: str
    brief: TextRef | None = None
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionDeclined(Event):
    """An approver decided against it (見送り)."""

    cluster: str
    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionStopped(Event):
    """The coordinator of a cluster that was told stopped it before its party had answered."""

    cluster: str
    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAsked(Event):
    """The case was put to a party, which has until ``expires_on`` to answer."""

    organisation_id: str
    means: Means
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """A party said yes; ``wording`` is the version of what it agreed to."""

    organisation_id: str
    member_id: str
    wording: str
    means: Means
    attested_by: str = ""
    said_by: TextRef | None = None

    @property
    def is_attested(self) -> bool:
        """Whether somebody else recorded it for the party."""
        return bool(self.attested_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Event):
    """A party said no, or took its yes back; the reason is for the coordinator only."""

    organisation_id: str
    member_id: str
    means: Means
    attested_by: str = ""
    said_by: TextRef | None = None
    reason: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDeferred(Event):
    """A party thinks about it until a day: 検討中(○日まで)."""

    organisation_id: str
    until: date
    member_id: str
    means: Means
    attested_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """A party wants to know something of the others before it answers."""

    question_id: str
    organisation_id: str
    member_id: str
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """Another party, or its coordinator for it, answered a question."""

    question_id: str
    organisation_id: str
    member_id: str
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOrdered(Event):
    """A coordinator has matchbot deliver the letter in Slack, which is not yet to say that it got there."""

    member_id: str
    letter: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryConfirmed(Event):
    """Slack took the letter: in which conversation, and as which message of it."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """The letter cannot be delivered in Slack; ``reason`` is a code, as Slack or matchbot gave it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionMade(Event):
    """Contacts were released and delivered: the logged match. Parties as they stood on that day."""

    parties: tuple[Party, ...]
    delivered_by: Means
    letter: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionWithdrawn(Event):
    """The requester no longer wants it."""

    organisation_id: str
    member_id: str
    reason: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionExpired(Event):
    """Nobody acted in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionCancelled(Event):
    """The coordinator or the staff called it off."""

    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionReversed(Event):
    """A correction: the introduction was recorded by mistake and does not count."""

    member_id: str
    reason: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver(Event):
    """Another coordinator is in charge from now on."""

    from_member: str
    to_member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NdaRequested(Event):
    """The parties want a non-disclosure agreement: documents stay closed until it is signed."""

    organisation_id: str
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NdaSigned(Event):
    """The non-disclosure agreement was concluded on ``signed_on`` (締結日)."""

    signed_on: date
    member_id: str
    document: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAttached(Event):
    """A party added a document to the case."""

    organisation_id: str
    member_id: str
    document: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOpened(Event):
    """Somebody of another side read a document. ``organisation_id``: of the party that attached it."""

    organisation_id: str
    member_id: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRefused(Event):
    """Somebody of another side wanted to read a document that was closed to them, and why it was."""

    organisation_id: str
    member_id: str
    document_id: str
    reason: Obstacle


EVENTS: tuple[type[Event], ...] = (
    IntroductionRequested,
    IntroductionProposed,
    OutsideIntroductionLogged,
    IntroductionApproved,
    IntroductionReturned,
    IntroductionResubmitted,
    IntroductionDeclined,
    IntroductionStopped,
    PartyAsked,
    ConsentGiven,
    ConsentRefused,
    AnswerDeferred,
    QuestionAsked,
    QuestionAnswered,
    DeliveryOrdered,
    DeliveryConfirmed,
    DeliveryFailed,
    IntroductionMade,
    IntroductionWithdrawn,
    IntroductionExpired,
    IntroductionCancelled,
    IntroductionReversed,
    CaseHandedOver,
    NdaRequested,
    NdaSigned,
    DocumentAttached,
    DocumentOpened,
    DocumentRefused,
)
"""Every event of a case."""

# --- The table -----------------------------------------------------------------------------------

BEGINNINGS: Mapping[type[Event], State] = MappingProxyType(
    {
        IntroductionRequested: State.REQUESTED,
        IntroductionProposed: State.REQUESTED,
        OutsideIntroductionLogged: State.ASKED,
    }
)
"""The events a case begins with, and the state it begins in."""


def _table() -> dict[tuple[State, type[Event]], State]:
    requested, returned, approved = State.REQUESTED, State.RETURNED, State.APPROVED
    asked, consented, introduced = State.ASKED, State.CONSENTED, State.INTRODUCED
    rows: list[tuple[type[Event], Sequence[State], State | None]] = [
        # event                    from                                              to (None: stays)
        (IntroductionApproved,     [requested],                                      approved),
        (IntroductionReturned,     [requested],                                      returned),
        (IntroductionResubmitted,  [returned],                                       requested),
        (IntroductionDeclined,     [requested],                                      State.DECLINED),
        (IntroductionStopped,      [requested, returned, approved, asked],           State.CANCELLED),
        (PartyAsked,               [approved, asked],                                asked),
        (ConsentGiven,             [requested],                                      None),
        (ConsentGiven,             [asked],                                          consented),
        (AnswerDeferred,           [asked],                                          None),
        (ConsentRefused,           [asked, consented],                               State.REFUSED),
        (QuestionAsked,            [asked],                                          None),
        (QuestionAnswered,         [asked, consented],                               None),
        (DeliveryOrdered,          [consented],                                      None),
        (DeliveryConfirmed,        [consented],                                      None),
        (DeliveryFailed,           [consented],                                      None),
        (IntroductionMade,         [consented],                                      introduced),
        (IntroductionWithdrawn,    [requested, returned, approved, asked, consented], State.WITHDRAWN),
        (IntroductionExpired,      [requested, returned, approved, asked],           State.EXPIRED),
        (IntroductionCancelled,    [requested, returned, approved, asked, consented], State.CANCELLED),
        (IntroductionReversed,     [introduced],                                     State.CANCELLED),
        (CaseHandedOver,           [requested, returned, approved, asked, consented, introduced], None),
        (NdaRequested,             [requested, returned, approved, asked, consented, introduced], None),
        (NdaSigned,                [requested, returned, approved, asked, consented, introduced], None),
        (DocumentAttached,         [requested, returned, approved, asked, consented, introduced], None),
        (DocumentOpened,           [consented, introduced],                          None),
        (DocumentRefused,          [requested, returned, approved, asked, consented, introduced], None),
    ]  # fmt: skip
    return {(state, event): to or state for event, states, to in rows for state in states}


TRANSITIONS: Mapping[tuple[State, type[Event]], State] = MappingProxyType(_table())
"""What may follow what, and the state it leads to; what is not here cannot happen.

An approval or a consent leads there once the last one needed is given; until then the case stays.
"""


# --- The case ------------------------------------------------------------------------------------


class Act(StrEnum):
    """What somebody has to do next."""

    APPROVE = "approve"
    RESUBMIT = "resubmit"
    ASK = "ask"
    ANSWER = "answer"
    REPLY = "reply"
    """To a question of another party."""
    INTRODUCE = "introduce"
    DELIVER = "deliver"
    """matchbot does; the coordinator only where it cannot."""


OF_A_PARTY = frozenset({Act.ANSWER, Act.RESUBMIT, Act.REPLY})
"""What a party has to do itself."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is. ``organisation_id``: the party that acts; for ASK: the party to be asked; "" where
    a coordinator decides. ``cluster``: whose coordinator acts, or looks after that party."""

    act: Act
    cluster: str
    organisation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """A case as its events leave it."""

    id: str
    state: State
    need_id: str
    parties: tuple[Party, ...]
    purpose: Purpose
    path: Path
    approvals_needed: tuple[str, ...]
    told: tuple[str, ...]
    expires_on: date
    proposed_by: str = ""
    """The cluster of the coordinator who proposed it unasked; "" otherwise."""
    is_proposal: bool = False
    coordinator: str = ""
    brief: TextRef | None = None
    repeats: str = ""
    is_anonymous: bool = False
    """Whether its requester chose not to be named before all have consented."""
    approvals: tuple[IntroductionApproved, ...] = ()
    asked: tuple[PartyAsked, ...] = ()
    deferrals: tuple[AnswerDeferred, ...] = ()
    consents: tuple[ConsentGiven, ...] = ()
    refused_by: str = ""
    questions: tuple[QuestionAsked, ...] = ()
    replies: tuple[QuestionAnswered, ...] = ()
    delivery: DeliveryOrdered | None = None
    """The letter that matchbot is to deliver in Slack; None where none is under way."""
    letter: TextRef | None = None
    nda: Nda = Nda.NOT_NEEDED
    nda_signed_on: date | None = None
    documents: tuple[DocumentAttached, ...] = ()
    n_events: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act before the introduction is made."""
        return self.state in OPEN

    @property
    def organisation_ids(self) -> tuple[str, ...]:
        """The parties, the requester first."""
        return tuple(party.organisation_id for party in self.parties)

    @property
    def requester(self) -> Party | None:
        """The party that asked; none in what a coordinator proposed or logged."""
        return next((party for party in self.parties if party.is_requester), None)

    @property
    def counterparts(self) -> tuple[Party, ...]:
        """The parties that were not the ones to ask."""
        return tuple(party for party in self.parties if not party.is_requester)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The unordered pairs of its parties, each in the order of ids."""
        return tuple(combinations(sorted(self.organisation_ids), 2))

    @property
    def approvals_missing(self) -> tuple[str, ...]:
        """The clusters that still have to approve."""
        given = {approval.cluster for approval in self.approvals}
        return tuple(cluster for cluster in self.approvals_needed if cluster not in given)

    @property
    def consents_missing(self) -> tuple[Party, ...]:
        """The parties that have not said yes."""
        given = {consent.organisation_id for consent in self.consents}
        return tuple(party for party in self.parties if party.organisation_id not in given)

    @property
    def not_asked(self) -> tuple[Party, ...]:
        """The parties that have neither said yes nor been asked."""
        asked = {asking.organisation_id for asking in self.asked}
        return tuple(party for party in self.consents_missing if party.organisation_id not in asked)

    @property
    def open_questions(self) -> tuple[QuestionAsked, ...]:
        """The questions that nobody has answered, in their order."""
        answered = {reply.question_id for reply in self.replies}
        return tuple(question for question in self.questions if question.question_id not in answered)

    @property
    def parties_told(self) -> tuple[Party, ...]:
        """The parties that know of the case: the one that asked for it, and those that were asked."""
        asked = {asking.organisation_id for asking in self.asked}
        return tuple(p for p in self.parties if p.is_requester or p.organisation_id in asked)

    def repliers_to(self, question_id: str) -> tuple[Party, ...]:
        """The parties that could answer a question: all that know of the case but the one that asks."""
        asking = {q.organisation_id for q in self.questions if q.question_id == question_id}
        return tuple(party for party in self.parties_told if party.organisation_id not in asking)

    @property
    def is_released(self) -> bool:
        """Whether names and contacts of its parties may be seen by each other."""
        return self.state in (State.CONSENTED, State.INTRODUCED)

    def documents_closed_by(self, on: date) -> Obstacle | None:
        """Why the other side may not read on a day what a party attached; None where it may."""
        if not self.is_released:
            return Obstacle.NOT_RELEASED
        is_open = self.nda is Nda.NOT_NEEDED or (self.nda_signed_on is not None and self.nda_signed_on <= on)
        return None if is_open else Obstacle.NDA_MISSING

    @property
    def waiting_for(self) -> tuple[Turn, ...]:
        """Whose turn it is, in the order of the parties; empty once the case has ended."""
        match self.state:
            case State.REQUESTED:
                return tuple(Turn(Act.APPROVE, cluster) for cluster in self.approvals_missing)
            case State.RETURNED:
                requester = self.requester
                if requester is None:
                    return (Turn(Act.RESUBMIT, self.proposed_by),)
                return (Turn(Act.RESUBMIT, requester.home_cluster, requester.organisation_id),)
            case State.APPROVED | State.ASKED:
                return (*self._answers_due, *self._replies_due)
            case State.CONSENTED:
                return (Turn(Act.DELIVER if self.delivery else Act.INTRODUCE, self._leading_cluster),)
            case _:
                return ()

    def party(self, organisation_id: str) -> Party | None:
        """The party of this id, if it is one."""
        return next((p for p in self.parties if p.organisation_id == organisation_id), None)

    def document(self, document_id: str) -> DocumentAttached | None:
        """What was attached under this id, if anything was."""
        return next((attached for attached in self.documents if attached.document.id == document_id), None)

    @property
    def _answers_due(self) -> tuple[Turn, ...]:
        asked = {asking.organisation_id for asking in self.asked}
        return tuple(
            Turn(Act.ANSWER if p.organisation_id in asked else Act.ASK, p.home_cluster, p.organisation_id)
            for p in self.consents_missing
        )

    @property
    def _replies_due(self) -> tuple[Turn, ...]:
        due = (party for question in self.open_questions for party in self.repliers_to(question.question_id))
        return tuple(Turn(Act.REPLY, p.home_cluster, p.organisation_id) for p in dict.fromkeys(due))

    @property
    def _leading_cluster(self) -> str:
        return self.approvals_needed[0] if self.approvals_needed else self.parties[0].home_cluster


def evolve(case: Introduction | None, event: Event) -> Introduction:
    """The case after one more event.

    Raises TransitionError where the table does not have it, whatever made the event.
    """
    if case is None:
        return _begin(event)
    try:
        to = TRANSITIONS[case.state, type(event)]
    except KeyError:
        raise TransitionError(id=case.id, state=case.state, command=type(event).__name__) from None
    after = replace(case, state=to, n_events=case.n_events + 1, **_taken(case, event))
    stays = (to is State.APPROVED and after.approvals_missing) or (
        to is State.CONSENTED and after.consents_missing
    )
    return replace(after, state=case.state) if stays else after


def fold(events: Iterable[object]) -> Introduction | None:
    """The case that these events make; None where there are none.

    What else stands in a case's stream (progress, follow-ups) is passed over.
    """
    case: Introduction | None = None
    for event in events:
        if isinstance(event, Event):
            case = evolve(case, event)
    return case


def _begin(event: Event) -> Introduction:
    if not isinstance(event, Opened) or type(event) not in BEGINNINGS:
        raise TransitionError(id=event.case_id, state="none", command=type(event).__name__)
    return Introduction(
        id=event.case_id,
        state=BEGINNINGS[type(event)],
        need_id=event.need_id,
        parties=event.parties,
        purpose=event.purpose,
        path=event.path,
        approvals_needed=event.approvals_needed,
        told=event.told,
        expires_on=event.expires_on,
        proposed_by=event.cluster if isinstance(event, IntroductionProposed) else "",
        is_proposal=isinstance(event, IntroductionProposed),
        coordinator=event.coordinator,
        brief=event.brief,
        repeats=event.repeats,
        is_anonymous=isinstance(event, IntroductionRequested) and event.is_anonymous,
        asked=_asked_outside(event) if isinstance(event, OutsideIntroductionLogged) else (),
        n_events=1,
    )


def _asked_outside(event: OutsideIntroductionLogged) -> tuple[PartyAsked, ...]:
    return tuple(
        PartyAsked(
            case_id=event.case_id,
            organisation_id=party.organisation_id,
            means=event.means,
            expires_on=event.expires_on,
        )
        for party in event.parties
    )


def _taken(case: Introduction, event: Event) -> dict[str, Any]:
    """What the event changes of the case, its state aside, by field: one record is made for an event."""
    match event:
        case IntroductionApproved():
            return {
                "approvals": (*case.approvals, event),
                "coordinator": case.coordinator or event.member_id,
            }
        case IntroductionReturned():
            return {"expires_on": max(case.expires_on, event.expires_on)}
        case IntroductionResubmitted():
            return {
                "approvals": (),
                "brief": event.brief or case.brief,
                "expires_on": max(case.expires_on, event.expires_on),
            }
        case PartyAsked():
            return {"asked": (*case.asked, event), "expires_on": max(case.expires_on, event.expires_on)}
        case AnswerDeferred():
            return {"deferrals": (*case.deferrals, event), "expires_on": max(case.expires_on, event.until)}
        case ConsentGiven():
            return {"consents": (*case.consents, event)}
        case ConsentRefused():
            left = tuple(c for c in case.consents if c.organisation_id != event.organisation_id)
            return {"consents": left, "refused_by": event.organisation_id}
        case QuestionAsked():
            return {"questions": (*case.questions, event)}
        case QuestionAnswered():
            return {"replies": (*case.replies, event)}
        case DeliveryOrdered():
            return {"delivery": event}
        case DeliveryFailed():
            return {"delivery": None}
        case IntroductionMade():
            return {"parties": event.parties, "letter": event.letter, "delivery": None}
        case CaseHandedOver():
            return {"coordinator": event.to_member}
        case NdaRequested():
            return {"nda": Nda.REQUESTED}
        case NdaSigned():
            return {"nda": Nda.SIGNED, "nda_signed_on": event.signed_on}
        case DocumentAttached():
            return {"documents": (*case.documents, event)}
        case _:
            return {}


# --- Decisions -----------------------------------------------------------------------------------


def approvals_of(
    parties: Sequence[Party], leading: str, cross_cluster: CrossCluster
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clusters that have to approve, and those that are told and can stop: C02's rule.

    ``leading``: the cluster of whoever asks or proposes, "" for the programme's staff. Clusters come
    in the order of the parties, the leading one first, each once.
    """
    others = dict.fromkeys(party.home_cluster for party in parties if party.home_cluster != leading)
    if cross_cluster is CrossCluster.BOTH or any(party.is_masked for party in parties):
        return (leading, *others), ()
    return (leading,), tuple(cluster for cluster in others if cluster)


def request(
    case_id: str,
    *,
    need_id: str,
    parties: Sequence[Party],
    purpose: Purpose,
    by: Answer,
    wording: str,
    cross_cluster: CrossCluster,
    expires_on: date,
    coordinator: str = "",
    brief: TextRef | None = None,
    repeats: str = "",
    is_anonymous: bool = False,
) -> tuple[Event, ...]:
    """A party asks to meet the others; asking is its consent. Entered by its coordinator: attested.

    ``is_anonymous``: it is masked in this case, whatever its profile is.
    """
    _check_parties(case_id, parties, n_requesters=1, command="request")
    _check_answer(case_id, by, "request")
    requester = next(party for party in parties if party.is_requester)
    requester = replace(requester, is_masked=requester.is_masked or is_anonymous)
    parties = (requester, *(party for party in parties if not party.is_requester))
    needed, told = approvals_of(parties, requester.home_cluster, cross_cluster)
    requested = IntroductionRequested(
        case_id=case_id,
        need_id=need_id,
        parties=parties,
        purpose=purpose,
        path=Path.COORDINATOR if by.attested_by else Path.BOT,
        approvals_needed=needed,
        told=told,
        coordinator=coordinator or by.attested_by,
        brief=brief,
        expires_on=expires_on,
        repeats=repeats,
        member_id=by.member_id or by.attested_by,
        is_anonymous=is_anonymous,
    )
    return requested, _consent(case_id, requester.organisation_id, by, wording)


def propose(
    case_id: str,
    *,
    need_id: str,
    parties: Sequence[Party],
    purpose: Purpose,
    cluster: str,
    member_id: str,
    cross_cluster: CrossCluster,
    expires_on: date,
    brief: TextRef | None = None,
    repeats: str = "",
    warning: str = "",
    reason: TextRef | None = None,
) -> tuple[Event, ...]:
    """A coordinator proposes that the parties meet: its proposal is its approval; all have to consent."""
    _check_parties(case_id, parties, n_requesters=0, command="propose")
    needed, told = approvals_of(parties, cluster, cross_cluster)
    proposed = IntroductionProposed(
        case_id=case_id,
        need_id=need_id,
        parties=tuple(parties),
        purpose=purpose,
        path=Path.COORDINATOR,
        approvals_needed=needed,
        told=told,
        coordinator=member_id,
        brief=brief,
        expires_on=expires_on,
        repeats=repeats,
        member_id=member_id,
        cluster=cluster,
    )
    approved = IntroductionApproved(
        case_id=case_id, cluster=cluster, member_id=member_id, warning=warning, reason=reason
    )
    return proposed, approved


def log_outside(
    case_id: str,
    *,
    need_id: str,
    parties: Sequence[Party],
    purpose: Purpose,
    means: Means,
    member_id: str,
    wording: str,
    made_on: date,
    note: TextRef | None = None,
    document: TextRef | None = None,
    repeats: str = "",
) -> tuple[Event, ...]:
    """An introduction that was made outside, on a path of its own: all consents are attested."""
    if means is Means.SLACK:
        raise StepError(id=case_id, command="log_outside", reason=Obstacle.NOT_OUTSIDE)
    _check_parties(case_id, parties, n_requesters=None, command="log_outside")
    logged = OutsideIntroductionLogged(
        case_id=case_id,
        need_id=need_id,
        parties=tuple(parties),
        purpose=purpose,
        path=Path.OUTSIDE,
        coordinator=member_id,
        brief=note,
        expires_on=made_on,
        repeats=repeats,
        member_id=member_id,
        means=means,
        document=document,
    )
    heard = Answer(means=means, attested_by=member_id)
    consents = (_consent(case_id, party.organisation_id, heard, wording) for party in parties)
    made = IntroductionMade(case_id=case_id, parties=tuple(parties), delivered_by=means)
    return logged, *consents, made


def approve(
    case: Introduction, *, cluster: str, member_id: str, warning: str = "", reason: TextRef | None = None
) -> tuple[Event, ...]:
    """The coordinator of a cluster approves; nobody approves for two clusters."""
    _require(case, IntroductionApproved, "approve")
    _check_approver(case, cluster, "approve")
    if any(approval.member_id == member_id for approval in case.approvals):
        raise StepError(id=case.id, command="approve", reason=Obstacle.SAME_PERSON)
    if warning and reason is None:
        raise StepError(id=case.id, command="approve", reason=Obstacle.NO_REASON)
    approved = IntroductionApproved(
        case_id=case.id, cluster=cluster, member_id=member_id, warning=warning, reason=reason
    )
    return (approved,)


def return_(
    case: Introduction, *, cluster: str, member_id: str, reason: TextRef, expires_on: date
) -> tuple[Event, ...]:
    """An approver sends it back to be improved."""
    _require(case, IntroductionReturned, "return")
    _check_approver(case, cluster, "return")
    return (
        IntroductionReturned(
            case_id=case.id, cluster=cluster, member_id=member_id, reason=reason, expires_on=expires_on
        ),
    )


def resubmit(
    case: Introduction, *, member_id: str, expires_on: date, brief: TextRef | None = None
) -> tuple[Event, ...]:
    """A returned case comes again; a proposal is approved again by proposing it."""
    _require(case, IntroductionResubmitted, "resubmit")
    resubmitted = IntroductionResubmitted(
        case_id=case.id, member_id=member_id, brief=brief, expires_on=expires_on
    )
    if not case.is_proposal:
        return (resubmitted,)
    approved = IntroductionApproved(case_id=case.id, cluster=case.proposed_by, member_id=member_id)
    same = (approval for approval in case.approvals if approval.member_id == member_id)
    return resubmitted, next(same, approved)


def decline(case: Introduction, *, cluster: str, member_id: str, reason: TextRef) -> tuple[Event, ...]:
    """An approver decides against it."""
    _require(case, IntroductionDeclined, "decline")
    _check_approver(case, cluster, "decline")
    return (IntroductionDeclined(case_id=case.id, cluster=cluster, member_id=member_id, reason=reason),)


def can_stop(case: Introduction, cluster: str) -> bool:
    """Whether this cluster was told and one of its parties has still to say yes or no."""
    return (
        (case.state, IntroductionStopped) in TRANSITIONS
        and cluster in case.told
        and any(party.home_cluster == cluster for party in case.consents_missing)
    )


def stop(case: Introduction, *, cluster: str, member_id: str, reason: TextRef) -> tuple[Event, ...]:
    """The coordinator of a cluster that was told stops it, until its party has answered."""
    _require(case, IntroductionStopped, "stop")
    if cluster not in case.told:
        raise StepError(id=case.id, command="stop", reason=Obstacle.NOT_TOLD)
    if not can_stop(case, cluster):
        raise StepError(id=case.id, command="stop", reason=Obstacle.ANSWERED)
    return (IntroductionStopped(case_id=case.id, cluster=cluster, member_id=member_id, reason=reason),)


def ask(case: Introduction, *, organisation_id: str, means: Means, expires_on: date) -> tuple[Event, ...]:
    """The case is put to a party that has not said yes; it may be asked again by other means."""
    _require(case, PartyAsked, "ask")
    _check_party(case, organisation_id, "ask")
    if not _is_missing(case, organisation_id):
        raise StepError(id=case.id, command="ask", reason=Obstacle.ANSWERED)
    return (PartyAsked(case_id=case.id, organisation_id=organisation_id, means=means, expires_on=expires_on),)


def consent(case: Introduction, *, organisation_id: str, answer: Answer, wording: str) -> tuple[Event, ...]:
    """A party that was asked says yes."""
    if case.state is not State.ASKED:
        raise TransitionError(id=case.id, state=case.state, command="consent")
    _check_asked(case, organisation_id, "consent")
    _check_answer(case.id, answer, "consent")
    if not _is_missing(case, organisation_id):
        raise StepError(id=case.id, command="consent", reason=Obstacle.ANSWERED)
    return (_consent(case.id, organisation_id, answer, wording),)


def refuse(
    case: Introduction, *, organisation_id: str, answer: Answer, reason: TextRef | None = None
) -> tuple[Event, ...]:
    """A party that was asked says no, or takes its yes back before contacts are released."""
    _require(case, ConsentRefused, "refuse")
    _check_asked(case, organisation_id, "refuse")
    _check_answer(case.id, answer, "refuse")
    refused = ConsentRefused(
        case_id=case.id,
        organisation_id=organisation_id,
        member_id=answer.member_id,
        means=answer.means,
        attested_by=answer.attested_by,
        said_by=answer.said_by,
        reason=reason,
    )
    return (refused,)


def defer(case: Introduction, *, organisation_id: str, answer: Answer, until: date) -> tuple[Event, ...]:
    """A party that was asked wants until a day; the case does not expire before it."""
    _require(case, AnswerDeferred, "defer")
    _check_asked(case, organisation_id, "defer")
    _check_answer(case.id, answer, "defer")
    if not _is_missing(case, organisation_id):
        raise StepError(id=case.id, command="defer", reason=Obstacle.ANSWERED)
    deferred = AnswerDeferred(
        case_id=case.id,
        organisation_id=organisation_id,
        until=until,
        member_id=answer.member_id,
        means=answer.means,
        attested_by=answer.attested_by,
    )
    return (deferred,)


def ask_question(
    case: Introduction, *, organisation_id: str, member_id: str, text: TextRef
) -> tuple[Event, ...]:
    """A party that knows of the case asks the others something, while answers are awaited."""
    _require(case, QuestionAsked, "ask_question")
    _check_party(case, organisation_id, "ask_question")
    if all(party.organisation_id != organisation_id for party in case.parties_told):
        raise StepError(id=case.id, command="ask_question", reason=Obstacle.NOT_ASKED)
    asked = QuestionAsked(
        case_id=case.id,
        question_id=f"q{len(case.questions) + 1}",
        organisation_id=organisation_id,
        member_id=member_id,
        text=text,
    )
    return (asked,)


def answer_question(
    case: Introduction, *, question_id: str, organisation_id: str, member_id: str, text: TextRef
) -> tuple[Event, ...]:
    """Another party answers a question, once and until the introduction is made."""
    _require(case, QuestionAnswered, "answer_question")
    if all(question.question_id != question_id for question in case.questions):
        raise StepError(id=case.id, command="answer_question", reason=Obstacle.NO_QUESTION)
    if all(party.organisation_id != organisation_id for party in case.repliers_to(question_id)):
        raise StepError(id=case.id, command="answer_question", reason=Obstacle.OWN_QUESTION)
    if any(reply.question_id == question_id for reply in case.replies):
        raise StepError(id=case.id, command="answer_question", reason=Obstacle.REPLIED)
    answered = QuestionAnswered(
        case_id=case.id,
        question_id=question_id,
        organisation_id=organisation_id,
        member_id=member_id,
        text=text,
    )
    return (answered,)


def introduce(
    case: Introduction,
    *,
    delivered_by: Means,
    letter: TextRef | None = None,
    parties: Sequence[Party] | None = None,
) -> tuple[Event, ...]:
    """Contacts were released and delivered by other means than Slack, where `confirm_delivery` tells.

    ``parties``: as the corpus knows them today.
    """
    _require(case, IntroductionMade, "introduce")
    if delivered_by is Means.SLACK:
        raise StepError(id=case.id, command="introduce", reason=Obstacle.UNCONFIRMED)
    return (_made(case, delivered_by, letter, parties),)


def order_delivery(case: Introduction, *, member_id: str, letter: TextRef | None = None) -> tuple[Event, ...]:
    """The letter is to be delivered in Slack; it counts once that is confirmed."""
    _require(case, DeliveryOrdered, "order_delivery")
    if case.delivery is not None:
        raise StepError(id=case.id, command="order_delivery", reason=Obstacle.ORDERED)
    return (DeliveryOrdered(case_id=case.id, member_id=member_id, letter=letter),)


def confirm_delivery(
    case: Introduction, *, channel: str, ts: str, parties: Sequence[Party] | None = None
) -> tuple[Event, ...]:
    """Slack took the letter that was ordered: the introduction is made."""
    ordered = ordered_delivery(case, "confirm_delivery")
    confirmed = DeliveryConfirmed(case_id=case.id, channel=channel, ts=ts)
    return confirmed, _made(case, Means.SLACK, ordered.letter, parties)


def report_undelivered(case: Introduction, *, reason: str) -> tuple[Event, ...]:
    """The letter that was ordered cannot be delivered; it is the coordinator's turn again."""
    ordered_delivery(case, "report_undelivered")
    return (DeliveryFailed(case_id=case.id, reason=reason),)


def ordered_delivery(case: Introduction, command: str) -> DeliveryOrdered:
    """The delivery that is under way. Raises TransitionError, StepError where there is none."""
    _require(case, DeliveryConfirmed, command)
    if case.delivery is None:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_ORDERED)
    return case.delivery


def _made(
    case: Introduction, delivered_by: Means, letter: TextRef | None, parties: Sequence[Party] | None
) -> IntroductionMade:
    today = {party.organisation_id: party for party in (case.parties if parties is None else parties)}
    if set(today) != set(case.organisation_ids):
        raise StepError(id=case.id, command="introduce", reason=Obstacle.OTHER_PARTIES)
    known = tuple(replace(today[old.organisation_id], is_requester=old.is_requester) for old in case.parties)
    return IntroductionMade(case_id=case.id, parties=known, delivered_by=delivered_by, letter=letter)


def withdraw(
    case: Introduction, *, organisation_id: str, member_id: str, reason: TextRef | None = None
) -> tuple[Event, ...]:
    """The requester no longer wants it."""
    _require(case, IntroductionWithdrawn, "withdraw")
    if case.requester is None or case.requester.organisation_id != organisation_id:
        raise StepError(id=case.id, command="withdraw", reason=Obstacle.NOT_REQUESTER)
    return (
        IntroductionWithdrawn(
            case_id=case.id, organisation_id=organisation_id, member_id=member_id, reason=reason
        ),
    )


def expire(case: Introduction, *, on: date) -> tuple[Event, ...]:
    """The case ends because nobody acted; not on or before the day that everybody was told."""
    _require(case, IntroductionExpired, "expire")
    if on <= case.expires_on:
        raise StepError(id=case.id, command="expire", reason=Obstacle.NOT_DUE)
    return (IntroductionExpired(case_id=case.id),)


def cancel(case: Introduction, *, member_id: str, reason: TextRef) -> tuple[Event, ...]:
    """The coordinator or the staff calls it off."""
    _require(case, IntroductionCancelled, "cancel")
    return (IntroductionCancelled(case_id=case.id, member_id=member_id, reason=reason),)


def reverse(case: Introduction, *, member_id: str, reason: TextRef) -> tuple[Event, ...]:
    """A correction: this introduction was recorded by mistake."""
    _require(case, IntroductionReversed, "reverse")
    return (IntroductionReversed(case_id=case.id, member_id=member_id, reason=reason),)


def hand_over(case: Introduction, *, from_member: str, to_member: str) -> tuple[Event, ...]:
    """Another coordinator takes charge."""
    _require(case, CaseHandedOver, "hand_over")
    if case.coordinator != from_member:
        raise StepError(id=case.id, command="hand_over", reason=Obstacle.NOT_IN_CHARGE)
    return (CaseHandedOver(case_id=case.id, from_member=from_member, to_member=to_member),)


def request_nda(case: Introduction, *, organisation_id: str, member_id: str) -> tuple[Event, ...]:
    """A party wants a non-disclosure agreement."""
    _require(case, NdaRequested, "request_nda")
    _check_party(case, organisation_id, "request_nda")
    if case.nda is not Nda.NOT_NEEDED:
        raise StepError(id=case.id, command="request_nda", reason=Obstacle.NDA_STAGE)
    return (NdaRequested(case_id=case.id, organisation_id=organisation_id, member_id=member_id),)


def sign_nda(
    case: Introduction, *, signed_on: date, member_id: str, document: TextRef | None = None
) -> tuple[Event, ...]:
    """The non-disclosure agreement that was asked for is concluded."""
    _require(case, NdaSigned, "sign_nda")
    if case.nda is not Nda.REQUESTED:
        raise StepError(id=case.id, command="sign_nda", reason=Obstacle.NDA_STAGE)
    return (NdaSigned(case_id=case.id, signed_on=signed_on, member_id=member_id, document=document),)


def attach(
    case: Introduction, *, organisation_id: str, member_id: str, document: TextRef
) -> tuple[Event, ...]:
    """A party adds a document; ``Introduction.documents_closed_by`` says when the others may read it."""
    _require(case, DocumentAttached, "attach")
    _check_party(case, organisation_id, "attach")
    return (
        DocumentAttached(
            case_id=case.id, organisation_id=organisation_id, member_id=member_id, document=document
        ),
    )


def look_into(
    case: Introduction, *, document_id: str, member_id: str, is_own_side: bool, on: date
) -> tuple[Event, ...]:
    """Somebody wants to read a document: the event says whether they may. On its own side nobody is asked."""
    attached = case.document(document_id)
    if attached is None:
        raise StepError(id=case.id, command="look_into", reason=Obstacle.NO_DOCUMENT)
    if is_own_side:
        return ()
    _require(case, DocumentRefused, "look_into")
    closed_by = case.documents_closed_by(on)
    if closed_by is not None:
        refused = DocumentRefused(
            case_id=case.id,
            organisation_id=attached.organisation_id,
            member_id=member_id,
            document_id=document_id,
            reason=closed_by,
        )
        return (refused,)
    opened = DocumentOpened(
        case_id=case.id,
        organisation_id=attached.organisation_id,
        member_id=member_id,
        document_id=document_id,
    )
    return (opened,)


def _require(case: Introduction, event: type[Event], command: str) -> None:
    if (case.state, event) not in TRANSITIONS:
        raise TransitionError(id=case.id, state=case.state, command=command)


def _check_parties(case_id: str, parties: Sequence[Party], *, n_requesters: int | None, command: str) -> None:
    if len({party.organisation_id for party in parties}) < max(len(parties), 2):
        raise StepError(id=case_id, command=command, reason=Obstacle.TOO_FEW_PARTIES)
    n_found = sum(party.is_requester for party in parties)
    if n_requesters is not None and n_found != n_requesters:
        raise ValueError(f"{command} takes {n_requesters} requester, not {n_found}")


def _check_approver(case: Introduction, cluster: str, command: str) -> None:
    if cluster not in case.approvals_needed:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_APPROVER)
    if cluster not in case.approvals_missing:
        raise StepError(id=case.id, command=command, reason=Obstacle.ALREADY_APPROVED)


def _check_party(case: Introduction, organisation_id: str, command: str) -> None:
    if case.party(organisation_id) is None:
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_A_PARTY)


def _check_asked(case: Introduction, organisation_id: str, command: str) -> None:
    _check_party(case, organisation_id, command)
    if not any(asking.organisation_id == organisation_id for asking in case.asked):
        raise StepError(id=case.id, command=command, reason=Obstacle.NOT_ASKED)


def _check_answer(case_id: str, answer: Answer, command: str) -> None:
    """A member speaks through matchbot; an attested answer came by other means, and is the recorder's."""
    if not (answer.member_id or answer.attested_by):
        raise StepError(id=case_id, command=command, reason=Obstacle.NOBODY)
    if answer.attested_by and answer.means is Means.SLACK:
        raise StepError(id=case_id, command=command, reason=Obstacle.NO_MEANS)


def _is_missing(case: Introduction, organisation_id: str) -> bool:
    return any(party.organisation_id == organisation_id for party in case.consents_missing)


def _consent(case_id: str, organisation_id: str, answer: Answer, wording: str) -> ConsentGiven:
    return ConsentGiven(
        case_id=case_id,
        organisation_id=organisation_id,
        member_id=answer.member_id,
        wording=wording,
        means=answer.means,
        attested_by=answer.attested_by,
        said_by=answer.said_by,
    )
