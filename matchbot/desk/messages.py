"""Every kind of message that the desk and its jobs have for people. Each has its words where it is told."""

from enum import StrEnum


class MessageKind(StrEnum):
    """What a message in the outbox is about, as ids; the words are found when it is sent."""

    # To whoever decides
    APPROVAL_NEEDED = "approval-needed"
    TOLD = "told"
    """A case of another cluster, which can be stopped."""
    TO_ASK = "to-ask"
    """A party outside Slack is to be asked."""
    TO_INTRODUCE = "to-introduce"
    UNDELIVERED = "undelivered"
    """Slack did not take the letter."""
    CASE_HANDED_OVER = "case-handed-over"
    HANDED_OVER = "handed-over"
    TO_DO = "to-do"
    """A card that somebody asked for."""
    CLAIMED = "claimed"
    ESCALATION = "escalation"
    DIGEST = "digest"
    PAIRS = "pairs"
    """Whom they could introduce unasked."""
    HELP_ASKED = "help-asked"
    PROFILE_SUGGESTED = "profile-suggested"
    # To the parties
    REQUESTED = "requested"
    """Their own request is on its way."""
    APPROVED = "approved"
    RETURNED = "returned"
    ASKED = "asked"
    DEFERRED = "deferred"
    INTRODUCED = "introduced"
    QUESTION_ASKED = "question-asked"
    QUESTION_ANSWERED = "question-answered"
    MEETING_PLANNED = "meeting-planned"
    MEETING_CALLED_OFF = "meeting-called-off"
    MEETING_MEMO = "meeting-memo"
    """What to know before the meeting of the next working day."""
    FOLLOW_UP = "follow-up"
    ALERT = "alert"
    # To whoever knows of a case
    DECLINED = "declined"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"
    EXPIRY_NOTICE = "expiry-notice"
    REMINDER = "reminder"
    SILENCE = "silence"
    # To whoever asked for help, and to those who may give it
    HELP_TAKEN = "help-taken"
    HELP_ANSWERED = "help-answered"
    # To matchbot itself
    DELIVERY = "delivery"
    # To one member
    CLAIM_CONFIRMED = "claim-confirmed"
    CLAIM_REJECTED = "claim-rejected"
    SURVEY = "survey"
    PROFILE_DECIDED = "profile-decided"
