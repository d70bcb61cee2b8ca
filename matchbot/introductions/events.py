"""What can happen to a case, one event for each; the ledger keeps them under these names."""

from dataclasses import dataclass
from datetime import date

from matchbot.errors import Obstacle
from matchbot.introductions.parties import Party
from matchbot.introductions.words import CasePath, Means
from matchbot.need import Purpose
from matchbot.references import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a case."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """What every first event of a case says. It is not an event of its own.

    ``need_id``: "" where there is none. ``approvals_needed``: clusters whose coordinator has to
    approve ("": the programme's staff). ``told``: clusters that can stop the case.
    ``coordinator``: the member in charge, "" until one approves. ``repeats``: an earlier case of the
    same parties that a warning pointed to.
    """

    need_id: str
    parties: tuple[Party, ...]
    purpose: Purpose
    path: CasePath
    approvals_needed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    coordinator: str = ""
    brief: TextRef | None = None
    expires_on: date
    repeats: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionRequested(CaseOpened):
    """A party asked to meet the others, itself or through its coordinator.

    ``is_anonymous``: it chose (公開範囲) not to be named to them before all have consented.
    """

    member_id: str
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionProposed(CaseOpened):
    """A coordinator, unasked, thought that the parties should meet; every party has to consent."""

    member_id: str
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideIntroductionLogged(CaseOpened):
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
    """The non-disclosure agreement was concluded on ``signed_on`` (締結日).

    ``reason``: why a day that was recorded before is corrected.
    """

    signed_on: date
    member_id: str
    document: TextRef | None = None
    reason: TextRef | None = None


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
