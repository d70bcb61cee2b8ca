"""What the parties say, and the introduction itself: consents, refusals, letters, documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from corpus.records import Kind
from matchbot.deadlines import deferred_expiry, latest_deferral
from matchbot.desk.messages import MessageKind
from matchbot.desk.requests import askers, everybody_told, parties_today, require_willing
from matchbot.desk.views import expiry_from, is_own_side
from matchbot.desk.work import Receipt, Room, Work, decided_once
from matchbot.errors import NotAllowedError, Obstacle, StepError, UnknownRecordError
from matchbot.following import PartyAnswer
from matchbot.introductions import decisions
from matchbot.introductions.cases import Introduction
from matchbot.introductions.events import DocumentAttached, DocumentRefused
from matchbot.introductions.parties import Statement
from matchbot.introductions.words import Means, State
from matchbot.members import Member
from matchbot.policy import Action, Role

WORDING = "consent-1"
"""The version of what a party agrees to; its text is ``wording-consent-1``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter to or between the parties of a case says, for the texts to put in words.

    ``partners``: names, or codes of those who are masked still. ``brief``: what the requester wrote.
    ``kind``: of the organisation; a university is asked through its liaison office.
    """

    case_id: str
    organisation: str
    partners: tuple[str, ...]
    kind: Kind
    brief: str
    wording: str
    expires_on: date
    is_released: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a party attached to a case: the text itself, or the reference to where it lies."""

    case_id: str
    id: str
    text: str


class Answers(Room):
    """Asking the parties, recording their answers, and introducing them."""

    # A party in Slack answers itself

    def consent(self, case_id: str, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """A party says yes (会ってみる). After the last yes, whoever leads the case is told to introduce.

        Raises AlreadyHandledError, NotAllowedError.
        """
        with self._speaking(Action.CONSENT, case_id, organisation_id, by, key) as work:
            answer = Statement(member_id=work.by.id)
            return work.repeated() or _consented(work, case_id, organisation_id, answer)

    def refuse(
        self, case_id: str, organisation_id: str, *, by: Member, key: str, reason: str = ""
    ) -> Receipt:
        """A party says no (見送り), or takes its yes back before contacts are released.

        The reason goes to the coordinators only; the other side hears neutral words.
        """
        with self._speaking(Action.REFUSE, case_id, organisation_id, by, key) as work:
            answer = Statement(member_id=work.by.id)
            return work.repeated() or _refused(work, case_id, organisation_id, answer, reason)

    def latest_deferral(self, by: Member) -> date:
        """The last day until which an answer can be put off today."""
        with self._look(Action.SEE_CASE, by) as work:
            return latest_deferral(work.today, work.rules)

    def defer(self, case_id: str, organisation_id: str, *, until: date, by: Member, key: str) -> Receipt:
        """A party wants until a day: 検討中(○日まで). Raises DeferralError."""
        with self._speaking(Action.DEFER, case_id, organisation_id, by, key) as work:
            answer = Statement(member_id=work.by.id)
            return work.repeated() or _deferred(work, case_id, organisation_id, answer, until)

    # A party outside Slack is asked by its coordinator

    def record_asked(
        self, case_id: str, organisation_id: str, *, means: Means, by: Member, key: str
    ) -> Receipt:
        """A coordinator has put the case to a party of its cluster, by telephone, mail or on a visit."""
        with self._speaking(Action.RECORD_ANSWER, case_id, organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            events = decisions.ask(
                work.case(case_id),
                organisation_id=organisation_id,
                means=means,
                expires_on=expiry_from(work),
            )
            return work.receipt(work.record_case(case_id, events))

    def record_answer(
        self,
        case_id: str,
        organisation_id: str,
        answer: PartyAnswer,
        *,
        means: Means,
        by: Member,
        key: str,
        said_by: str = "",
        reason: str = "",
        until: date | None = None,
        on: date | None = None,
    ) -> Receipt:
        """A coordinator records what a party outside Slack answered (YES, NO or DEFERRED): attested.

        ``said_by``: who of the party said so. ``until`` goes with DEFERRED. ``on``: the day it was said
        (today). A party that was not asked on record is asked by the same means with it.
        """
        with self._speaking(Action.RECORD_ANSWER, case_id, organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            since = work.followed(case_id).begun_on
            work.require_past(on or work.today, case_id, "record_answer", since=since)
            _ask_with_answer(work, case_id, organisation_id, means, on)
            who = work.keep(said_by, "said-by", organisation_id)
            heard = Statement(means=means, attested_by=work.by.id, said_by=who)
            match answer:
                case PartyAnswer.YES:
                    return _consented(work, case_id, organisation_id, heard, on)
                case PartyAnswer.NO:
                    return _refused(work, case_id, organisation_id, heard, reason, on)
                case PartyAnswer.DEFERRED if until is not None:
                    return _deferred(work, case_id, organisation_id, heard, until, on)
                case _:
                    raise ValueError(f"no answer to record: {answer}")

    # The introduction

    def introduce(
        self,
        case_id: str,
        *,
        by: Member,
        key: str,
        delivered_by: Means,
        letter: str = "",
    ) -> Receipt:
        """Contacts are released and were delivered: the logged match. ``letter``: the text as it was sent.

        What is to be delivered in Slack is ordered (`order_delivery`) and counts once it got there.

        Raises TransitionError before every party has consented; UnavailableError where one has left or
        keeps another off meanwhile; StepError for Slack.
        """
        with self._work(Action.INTRODUCE, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            work.require_case(Action.INTRODUCE, case)
            if again := work.repeated():
                return again
            require_willing(work, case)
            events = decisions.introduce(
                case,
                delivered_by=delivered_by,
                letter=work.keep(letter, "letter", *case.organisation_ids),
                parties=parties_today(work, case),
            )
            case = work.record_case(case_id, events)
            work.tell(everybody_told(work, case), MessageKind.INTRODUCED, case_id=case.id)
            return work.receipt(case)

    def letter_facts(self, case_id: str, organisation_id: str, by: Member) -> LetterFacts:
        """What a letter to a party says: before its consent a question, then who is who.

        For the coordinators, and for the party's own people: a letter to another names who that is.
        """
        with self._look(Action.SEE_CASE, by) as work:
            case = work.case(case_id)
            work.require_case(Action.SEE_CASE, case)
            asked = case.party(organisation_id)
            if asked is None:
                raise NotAllowedError(role=by.role, action=Action.SEE_CASE, reason="not-your-case")
            if work.by.role is Role.FIRM:
                work.require_organisation(Action.SEE_CASE, organisation_id)
            return LetterFacts(
                case_id=case.id,
                organisation=work.listed_as(asked).name,
                kind=asked.kind,
                partners=tuple(
                    work.shown_name(party, is_released=case.is_released)
                    for party in case.parties
                    if party.organisation_id != organisation_id
                ),
                brief=work.shown_brief(case),
                wording=WORDING,
                expires_on=case.expires_on,
                is_released=case.is_released,
            )

    # Non-disclosure

    def request_nda(self, case_id: str, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """A party wants a non-disclosure agreement first. Only where the setting ``nda_stage`` is on."""
        with self._nda(case_id, by, key) as work:
            if again := work.repeated():
                return again
            case = work.case(case_id)
            events = decisions.request_nda(case, organisation_id=organisation_id, member_id=work.by.id)
            return work.receipt(work.record_case(case_id, events))

    def sign_nda(
        self, case_id: str, *, signed_on: date, by: Member, key: str, document: str = "", reason: str = ""
    ) -> Receipt:
        """The agreement was concluded on a day (締結日): documents can be opened.

        ``reason``: needed to correct a day that is on record. Raises StepError.
        """
        with self._nda(case_id, by, key) as work:
            case = work.case(case_id)
            if again := work.repeated():
                return again
            events = decisions.sign_nda(
                case,
                signed_on=signed_on,
                member_id=work.by.id,
                document=work.keep(document, "document", *case.organisation_ids),
                reason=work.keep(reason, "reason"),
            )
            return work.receipt(work.record_case(case_id, events))

    # Documents

    def attach(self, case_id: str, organisation_id: str, document: str, *, by: Member, key: str) -> Receipt:
        """A party adds a document, or says where it lies; the receipt's ``id`` is the document's.

        The other side can read it once all have consented and an agreement that was asked for is
        signed. Raises StepError, TransitionError.
        """
        with self._work(Action.ATTACH, by, key) as work:
            case = work.case(case_id)
            work.require_case(Action.ATTACH, case)
            work.require_organisation(Action.ATTACH, organisation_id)
            for recorded in work.earlier():
                if isinstance(recorded.event, DocumentAttached):
                    return Receipt(id=recorded.event.document.id, state=case.state, is_repeated=True)
            kept = work.keep(document, "document", organisation_id)
            if kept is None:
                raise StepError(id=case.id, command="attach", reason=Obstacle.NO_DOCUMENT)
            events = decisions.attach(
                case, organisation_id=organisation_id, member_id=work.by.id, document=kept
            )
            return replace(work.receipt(work.record_case(case_id, events)), id=kept.id)

    def open_document(self, case_id: str, document_id: str, *, by: Member, key: str) -> Document:
        """A document as it was attached. To the other side every look is logged, also one refused.

        Raises NotAllowedError with the reason why it is closed; StepError where there is none such.
        """
        with self._work(Action.OPEN_DOCUMENT, by, key) as work:
            case = work.case(case_id)
            work.require_case(Action.OPEN_DOCUMENT, case)
            looked = decisions.look_into(
                case,
                document_id=document_id,
                member_id=work.by.id,
                is_own_side=is_own_side(work, case, document_id),
                on=work.today,
            )
            if not {recorded.event for recorded in work.earlier()}.issuperset(looked):
                work.record_case(case_id, looked)
            refused = next((event for event in looked if isinstance(event, DocumentRefused)), None)
            text = "" if refused else _read(work, case, document_id)
        # Only now, because an error within would take the record of the refusal with it.
        if refused:
            raise NotAllowedError(role=by.role, action=Action.OPEN_DOCUMENT, reason=refused.reason)
        return Document(case_id=case_id, id=document_id, text=text)

    # Within

    @contextmanager
    def _speaking(
        self, action: Action, case_id: str, organisation_id: str, by: Member, key: str
    ) -> Iterator[Work]:
        """For a party: its own people once the case was put to it, or its coordinator."""
        with self._work(action, by, key) as work, decided_once(work, case_id):
            work.require_organisation(action, organisation_id)
            work.require_case(action, work.case(case_id))
            yield work

    @contextmanager
    def _nda(self, case_id: str, by: Member, key: str) -> Iterator[Work]:
        with self._work(Action.RECORD_NDA, by, key) as work:
            work.require_case(Action.RECORD_NDA, work.case(case_id))
            work.require(Action.RECORD_NDA, work.rules.nda_stage, "switched-off")
            yield work


def _read(work: Work, case: Introduction, document_id: str) -> str:
    attached = case.document(document_id)
    text = work.text(attached.document if attached else None)
    if not text:
        raise UnknownRecordError(reason="document-erased", id=document_id)
    return text


def _consented(
    work: Work, case_id: str, organisation_id: str, answer: Statement, on: date | None = None
) -> Receipt:
    case = work.case(case_id)
    events = decisions.consent(case, organisation_id=organisation_id, answer=answer, wording=WORDING)
    case = work.record_case(case_id, events, on=on)
    if case.state is State.CONSENTED:
        for turn in case.waiting_for:
            work.tell(work.deciding_for(turn.cluster), MessageKind.TO_INTRODUCE, case_id=case.id)
    return work.receipt(case)


def _refused(
    work: Work, case_id: str, organisation_id: str, answer: Statement, reason: str, on: date | None = None
) -> Receipt:
    case = work.case(case_id)
    told = everybody_told(work, case)
    events = decisions.refuse(
        case,
        organisation_id=organisation_id,
        answer=answer,
        reason=work.keep(reason, "reason", organisation_id),
    )
    case = work.record_case(case_id, events, on=on)
    work.tell(told, MessageKind.REFUSED, case_id=case.id)
    return work.receipt(case)


def _deferred(
    work: Work,
    case_id: str,
    organisation_id: str,
    answer: Statement,
    until: date,
    on: date | None = None,
) -> Receipt:
    case = work.case(case_id)
    deferred_expiry(until, on=work.today, expires_on=case.expires_on, rules=work.rules)
    events = decisions.defer(case, organisation_id=organisation_id, answer=answer, until=until)
    case = work.record_case(case_id, events, on=on)
    work.tell(askers(work, case), MessageKind.DEFERRED, case_id=case.id, until=until.isoformat())
    return work.receipt(case)


def _ask_with_answer(work: Work, case_id: str, organisation_id: str, means: Means, on: date | None) -> None:
    case = work.case(case_id)
    if case.state not in (State.APPROVED, State.ASKED):
        return
    if any(party.organisation_id == organisation_id for party in case.not_asked):
        events = decisions.ask(
            case, organisation_id=organisation_id, means=means, expires_on=expiry_from(work)
        )
        work.record_case(case_id, events, on=on)
