"""The case as its events leave it, and whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from matchbot.errors import Obstacle, TransitionError
from matchbot.introductions.events import (
    AnswerDeferred,
    CaseHandedOver,
    CaseOpened,
    ConsentGiven,
    ConsentRefused,
    DeliveryFailed,
    DeliveryOrdered,
    DocumentAttached,
    Event,
    IntroductionApproved,
    IntroductionMade,
    IntroductionProposed,
    IntroductionRequested,
    IntroductionResubmitted,
    IntroductionReturned,
    NdaRequested,
    NdaSigned,
    OutsideIntroductionLogged,
    PartyAsked,
    QuestionAnswered,
    QuestionAsked,
)
from matchbot.introductions.parties import Party
from matchbot.introductions.transitions import BEGINNINGS, TRANSITIONS
from matchbot.introductions.words import OPEN, CasePath, Nda, State
from matchbot.need import Purpose
from matchbot.references import TextRef


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
    path: CasePath
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
    if not isinstance(event, CaseOpened) or type(event) not in BEGINNINGS:
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
