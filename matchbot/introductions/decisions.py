"""What somebody wants with a case → the events which record it, or an error that says why not.

Each raises TransitionError where the table has no such step, and StepError where something else is
in the way.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matchbot.errors import Obstacle, StepError, TransitionError
from matchbot.introductions.cases import Introduction
from matchbot.introductions.events import (
    AnswerDeferred,
    CaseHandedOver,
    ConsentGiven,
    ConsentRefused,
    DeliveryConfirmed,
    DeliveryFailed,
    DeliveryOrdered,
    DocumentAttached,
    DocumentOpened,
    DocumentRefused,
    Event,
    IntroductionApproved,
    IntroductionCancelled,
    IntroductionDeclined,
    IntroductionExpired,
    IntroductionMade,
    IntroductionProposed,
    IntroductionRequested,
    IntroductionResubmitted,
    IntroductionReturned,
    IntroductionReversed,
    IntroductionStopped,
    IntroductionWithdrawn,
    NdaRequested,
    NdaSigned,
    OutsideIntroductionLogged,
    PartyAsked,
    QuestionAnswered,
    QuestionAsked,
)
from matchbot.introductions.parties import Party, Statement
from matchbot.introductions.transitions import TRANSITIONS
from matchbot.introductions.words import CasePath, CrossCluster, Means, Nda, State
from matchbot.need import Purpose
from matchbot.references import TextRef


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
    by: Statement,
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
    _check_statement(case_id, by, "request")
    requester = next(party for party in parties if party.is_requester)
    requester = replace(requester, is_masked=requester.is_masked or is_anonymous)
    parties = (requester, *(party for party in parties if not party.is_requester))
    needed, told = approvals_of(parties, requester.home_cluster, cross_cluster)
    requested = IntroductionRequested(
        case_id=case_id,
        need_id=need_id,
        parties=parties,
        purpose=purpose,
        path=CasePath.COORDINATOR if by.attested_by else CasePath.BOT,
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
        path=CasePath.COORDINATOR,
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
        path=CasePath.OUTSIDE,
        coordinator=member_id,
        brief=note,
        expires_on=made_on,
        repeats=repeats,
        member_id=member_id,
        means=means,
        document=document,
    )
    heard = Statement(means=means, attested_by=member_id)
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


def consent(
    case: Introduction, *, organisation_id: str, answer: Statement, wording: str
) -> tuple[Event, ...]:
    """A party that was asked says yes."""
    if case.state is not State.ASKED:
        raise TransitionError(id=case.id, state=case.state, command="consent")
    _check_asked(case, organisation_id, "consent")
    _check_statement(case.id, answer, "consent")
    if not _is_missing(case, organisation_id):
        raise StepError(id=case.id, command="consent", reason=Obstacle.ANSWERED)
    return (_consent(case.id, organisation_id, answer, wording),)


def refuse(
    case: Introduction, *, organisation_id: str, answer: Statement, reason: TextRef | None = None
) -> tuple[Event, ...]:
    """A party that was asked says no, or takes its yes back before contacts are released."""
    _require(case, ConsentRefused, "refuse")
    _check_asked(case, organisation_id, "refuse")
    _check_statement(case.id, answer, "refuse")
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


def defer(case: Introduction, *, organisation_id: str, answer: Statement, until: date) -> tuple[Event, ...]:
    """A party that was asked wants until a day; the case does not expire before it."""
    _require(case, AnswerDeferred, "defer")
    _check_asked(case, organisation_id, "defer")
    _check_statement(case.id, answer, "defer")
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
    case: Introduction,
    *,
    signed_on: date,
    member_id: str,
    document: TextRef | None = None,
    reason: TextRef | None = None,
) -> tuple[Event, ...]:
    """The non-disclosure agreement that was asked for is concluded; with a reason, its day is corrected."""
    _require(case, NdaSigned, "sign_nda")
    if case.nda is Nda.NOT_NEEDED:
        raise StepError(id=case.id, command="sign_nda", reason=Obstacle.NDA_STAGE)
    if case.nda is Nda.SIGNED and reason is None:
        raise StepError(id=case.id, command="sign_nda", reason=Obstacle.NO_REASON)
    signed = NdaSigned(
        case_id=case.id, signed_on=signed_on, member_id=member_id, document=document, reason=reason
    )
    return (signed,)


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


def _check_statement(case_id: str, answer: Statement, command: str) -> None:
    """A member speaks through matchbot; an attested answer came by other means, and is the recorder's."""
    if not (answer.member_id or answer.attested_by):
        raise StepError(id=case_id, command=command, reason=Obstacle.NOBODY)
    if answer.attested_by and answer.means is Means.SLACK:
        raise StepError(id=case_id, command=command, reason=Obstacle.NO_MEANS)


def _is_missing(case: Introduction, organisation_id: str) -> bool:
    return any(party.organisation_id == organisation_id for party in case.consents_missing)


def _consent(case_id: str, organisation_id: str, answer: Statement, wording: str) -> ConsentGiven:
    return ConsentGiven(
        case_id=case_id,
        organisation_id=organisation_id,
        member_id=answer.member_id,
        wording=wording,
        means=answer.means,
        attested_by=answer.attested_by,
        said_by=answer.said_by,
    )
