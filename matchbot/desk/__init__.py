"""The desk: what people do with introductions, one method for each command.

Each command takes who acts (``by``) and, where it records something, a ``key`` that stands for what
they did: the same key again gives the same receipt and has no further effect. A command is one unit of
work: it looks at what is known, asks policy, lets the domain decide, and adds events and messages.
What each role may do at all stands in `matchbot.policy`, of whom in the commands' ``require`` lines.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from matchbot.desk.afterwards import Afterwards
from matchbot.desk.answers import Answers, Document, LetterFacts
from matchbot.desk.care import Care
from matchbot.desk.contacts import Contacts, SurveyWave
from matchbot.desk.delivering import Delivering, DeliveryView, Recipient
from matchbot.desk.drafting import Drafting, NeedDraft
from matchbot.desk.evaluating import Counted, Evaluating, Evaluation, Opened
from matchbot.desk.guests import Guests
from matchbot.desk.helping import Helping, HelpState, HelpView
from matchbot.desk.looking import Looking, NeedView, OtherSide, Silent
from matchbot.desk.mailing import Mailing
from matchbot.desk.meetings import MeetingMemo, Meetings, MemoParty
from matchbot.desk.messages import MessageKind
from matchbot.desk.outcomes import AwardImport, Claim, OutcomeImport, Outcomes
from matchbot.desk.pairs import Pairs, PairView
from matchbot.desk.people import Handover, MemberImport, MemberView, People, Presence
from matchbot.desk.performing import PerformanceImport, Performing
from matchbot.desk.privacy import (
    Accesses,
    Consent,
    Disclosure,
    Forgotten,
    KeptText,
    Privacy,
    PrivacyReport,
)
from matchbot.desk.profiles import DraftView, Profiles, Revision
from matchbot.desk.questions import Questions, QuestionView
from matchbot.desk.requests import Requests
from matchbot.desk.reviewing import ActionView, BreakView, CommentView, Reviewing, TargetImport
from matchbot.desk.searching import Searching
from matchbot.desk.serving import Serving
from matchbot.desk.telling import Result, StoryFacts, StoryView, Telling
from matchbot.desk.views import (
    CaseView,
    ContactView,
    DecisionCard,
    DocumentView,
    LoadRow,
    LogEntry,
    OutcomeView,
    PartyView,
    QueueItem,
    TurnView,
)
from matchbot.desk.work import DECISIONS, OTHER_SIDE, Office, Receipt
from matchbot.ledger import Message

__all__ = [
    "DECISIONS",
    "OTHER_SIDE",
    "Accesses",
    "ActionView",
    "AwardImport",
    "BreakView",
    "CaseView",
    "Claim",
    "CommentView",
    "Consent",
    "ContactView",
    "Counted",
    "DecisionCard",
    "DeliveryView",
    "Desk",
    "Disclosure",
    "Document",
    "DocumentView",
    "DraftView",
    "Evaluation",
    "Forgotten",
    "Handover",
    "HelpState",
    "HelpView",
    "KeptText",
    "LetterFacts",
    "LoadRow",
    "LogEntry",
    "MeetingMemo",
    "MemberImport",
    "MemberView",
    "MemoParty",
    "Message",
    "MessageKind",
    "NeedDraft",
    "NeedView",
    "Office",
    "Opened",
    "OtherSide",
    "OutcomeImport",
    "OutcomeView",
    "PairView",
    "PartyView",
    "PerformanceImport",
    "Presence",
    "PrivacyReport",
    "QuestionView",
    "QueueItem",
    "Receipt",
    "Recipient",
    "Result",
    "Revision",
    "Silent",
    "StoryFacts",
    "StoryView",
    "SurveyWave",
    "TargetImport",
    "TurnView",
]


class Desk(
    Requests,
    Answers,
    Questions,
    Delivering,
    Meetings,
    Pairs,
    Drafting,
    Afterwards,
    Outcomes,
    Contacts,
    People,
    Guests,
    Profiles,
    Helping,
    Privacy,
    Looking,
    Searching,
    Care,
    Mailing,
    Evaluating,
    Reviewing,
    Performing,
    Serving,
    Telling,
):
    """Everything that can be asked of the ledger. One object serves any number of threads."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """All commands of this thread within are one unit of work; one that fails is undone alone."""
        with ExitStack() as afterwards, self._office.ledger.unit() as unit:
            afterwards.enter_context(self._office.models.unit(unit.events))
            yield
