"""Questions between the parties of a case, passed on without anybody being named too early (質問する)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from matchbot.desk.messages import MessageKind
from matchbot.desk.views import party_view, shown_words
from matchbot.desk.work import Receipt, Room, Work, already_handled, decided_once
from matchbot.errors import Obstacle, StepError
from matchbot.introductions import decisions
from matchbot.introductions.cases import Introduction
from matchbot.introductions.events import QuestionAnswered, QuestionAsked
from matchbot.introductions.parties import Party
from matchbot.introductions.transitions import TRANSITIONS
from matchbot.ledger import Recorded
from matchbot.members import Member
from matchbot.policy import Action
from matchbot.references import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question as who looks may read it, "" where its text or answer was erased.

    ``asked_by`` and ``answered_by``: the name or code of the party. ``is_own``: whether who looks speaks
    for the party that asked, ``can_answer``: whether they may answer it now.
    """

    id: str
    asked_by: str
    asked_on: date
    text: str
    is_own: bool
    can_answer: bool
    answered_by: str = ""
    answered_on: date | None = None
    answer: str = ""


class Questions(Room):
    """What a party wants to know before it answers."""

    def ask_question(self, case_id: str, organisation_id: str, text: str, *, by: Member, key: str) -> Receipt:
        """A party asks the others something; they and their coordinators are told. ``id``: the question's.

        Raises TransitionError where no answers are awaited, StepError, AlreadyHandledError.
        """
        with self._work(Action.ASK_QUESTION, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            work.require_case(Action.ASK_QUESTION, case)
            work.require_organisation(Action.ASK_QUESTION, organisation_id)
            for recorded in work.earlier():
                if isinstance(recorded.event, QuestionAsked):
                    return Receipt(id=recorded.event.question_id, state=case.state, is_repeated=True)
            events = decisions.ask_question(
                case,
                organisation_id=organisation_id,
                member_id=work.by.id,
                text=_kept(work, text, "question", Action.ASK_QUESTION, case, organisation_id),
            )
            case = work.record_case(case_id, events)
            asked = case.questions[-1].question_id
            work.tell(
                _who_may_reply(work, case, asked),
                MessageKind.QUESTION_ASKED,
                case_id=case.id,
                question_id=asked,
                expires_on=case.expires_on,
            )
            return replace(work.receipt(case), id=asked)

    def answer_question(self, case_id: str, question_id: str, text: str, *, by: Member, key: str) -> Receipt:
        """Another party answers, or its coordinator for it; whoever asked is told.

        Raises AlreadyHandledError, NotAllowedError, TransitionError, StepError.
        """
        with self._work(Action.ANSWER_QUESTION, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            work.require_case(Action.ANSWER_QUESTION, case)
            if again := work.repeated():
                return again
            _require_unanswered(work, case_id, question_id)
            answering = _answering(work, case, question_id)
            events = decisions.answer_question(
                case,
                question_id=question_id,
                organisation_id=answering,
                member_id=work.by.id,
                text=_kept(work, text, "answer", Action.ANSWER_QUESTION, case, answering),
            )
            case = work.record_case(case_id, events)
            asked = next(question for question in case.questions if question.question_id == question_id)
            asker = case.party(asked.organisation_id)
            told = [asked.member_id, *(work.reached_for(asker) if asker else ())]
            work.tell(told, MessageKind.QUESTION_ANSWERED, case_id=case.id, question_id=question_id)
            return work.receipt(case)

    def questions(self, case_id: str, by: Member) -> list[QuestionView]:
        """The questions of a case, in the order they were asked. Raises NotAllowedError."""
        with self._look(Action.SEE_CASE, by) as work:
            case = work.case(case_id)
            work.require_case(Action.SEE_CASE, case)
            stream = work.unit.events.read(f"case:{case_id}") if case.questions else []
            return list(_views(work, case, stream))


def _kept(work: Work, text: str, kind: str, action: Action, case: Introduction, about: str) -> TextRef:
    ref = work.keep(text, kind, about)
    if ref is None:
        raise StepError(id=case.id, command=action, reason=Obstacle.NO_TEXT)
    return ref


def _who_may_reply(work: Work, case: Introduction, question_id: str) -> Iterator[str]:
    """The people of the other parties, and the coordinators through whom it goes."""
    for party in case.repliers_to(question_id):
        yield from work.reached_for(party)
        yield from work.deciding_for_organisation(party.organisation_id, party.home_cluster)


def _require_unanswered(work: Work, case_id: str, question_id: str) -> None:
    for recorded in work.unit.events.read(f"case:{case_id}"):
        if isinstance(recorded.event, QuestionAnswered) and recorded.event.question_id == question_id:
            raise already_handled(work, case_id, recorded)


def _answering(work: Work, case: Introduction, question_id: str) -> str:
    """The party for which who acts answers; the asker itself where they could for no other.

    Raises NotAllowedError where they could for none.
    """
    able = [party for party in case.repliers_to(question_id) if _acts_for(work, party)]
    own = able or [party for party in case.parties_told if _acts_for(work, party)]
    work.require(Action.ANSWER_QUESTION, bool(own), "not-your-organisation")
    return own[0].organisation_id


def _acts_for(work: Work, party: Party) -> bool:
    own, home = party.organisation_id, party.home_cluster
    return work.speaks_for(own) or work.answers_for_organisation(own, home)


def _views(work: Work, case: Introduction, stream: list[Recorded]) -> Iterator[QuestionView]:
    followed = work.followed(case.id)
    names = {p.organisation_id: party_view(work, case, followed, p).name for p in case.parties}
    replies = {r.event.question_id: r for r in stream if isinstance(r.event, QuestionAnswered)}
    for recorded in stream:
        asked = recorded.event
        if not isinstance(asked, QuestionAsked):
            continue
        asker = case.party(asked.organisation_id)
        view = QuestionView(
            id=asked.question_id,
            asked_by=names[asked.organisation_id],
            asked_on=recorded.event_date,
            text=shown_words(work, case, work.text(asked.text)),
            is_own=asker is not None and _acts_for(work, asker),
            can_answer=_can_answer(work, case, asked.question_id),
        )
        reply = replies.get(asked.question_id)
        yield _answered(work, case, view, reply, names[reply.event.organisation_id]) if reply else view


def _can_answer(work: Work, case: Introduction, question_id: str) -> bool:
    is_open = any(question.question_id == question_id for question in case.open_questions)
    can_be = (case.state, QuestionAnswered) in TRANSITIONS
    return is_open and can_be and any(_acts_for(work, party) for party in case.repliers_to(question_id))


def _answered(
    work: Work, case: Introduction, view: QuestionView, reply: Recorded, answered_by: str
) -> QuestionView:
    return replace(
        view,
        answered_by=answered_by,
        answered_on=reply.event_date,
        answer=shown_words(work, case, work.text(reply.event.text)),
    )
