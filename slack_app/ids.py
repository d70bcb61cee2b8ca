"""Every id that Slack carries for us, once: what is clicked, which form comes back, which field is which.

An id says what somebody wants, never to whom or what; that stands in the value, as ids of the desk.
"""

from enum import StrEnum

_NUMBER = "#"
_PART = "|"


class Click(StrEnum):
    """Buttons and menus: their action_id, without a number."""

    REQUEST = "request"
    DETAILS = "details"
    UNFIT = "unfit"
    KIND = "kind"
    SCOPE = "scope"
    DROP = "drop"
    MORE = "more"
    REWRITE = "rewrite"
    ALERT = "alert"
    FEEDBACK = "feedback"
    HELP = "help"
    HELP_TAKE = "help_take"
    HELP_ANSWER = "help_answer"
    NEED = "need"
    WITHDRAW = "withdraw"
    # In the home tab
    HOME_PAGE = "home_page"
    HOME_OF = "home_of"
    LANGUAGE = "language"
    PAUSE = "pause"
    RESUME = "resume"
    OPT_OUT = "opt_out"
    NEVER_ADD = "never_add"
    NEVER_LIFT = "never_lift"
    CLOSE_NEED = "close_need"
    PROFILE_ADD = "profile_add"
    PROFILE_EDIT = "profile_edit"
    PROFILE_RENEW = "profile_renew"
    PROFILE_APPROVE = "profile_approve"
    PROFILE_RETURN = "profile_return"
    CLAIM = "claim"
    APPROVE = "approve"
    APPROVE_WITH_REASON = "approve_with_reason"
    RETURN = "return"
    DECLINE = "decline"
    STOP = "stop"
    HAND_OVER = "hand_over"
    CONSENT = "consent"
    REFUSE = "refuse"
    DEFER = "defer"
    RESUBMIT = "resubmit"
    OPEN_CARD = "open_card"
    # Introducing
    LETTER = "letter"
    INTRODUCED_OUTSIDE = "introduced_outside"
    # A party outside Slack
    RECORD_ASKED = "record_asked"
    RECORD_ANSWER = "record_answer"
    # Before an answer
    QUESTION = "question"
    REPLY = "reply"
    # What came of it
    PLAN = "plan"
    PLAN_OTHER = "plan_other"
    CALL_OFF = "call_off"
    PROGRESS = "progress"
    MET = "met"
    GIVE_UP = "give_up"
    RATE = "rate"
    OUTCOME = "outcome"
    CONFIRM_OUTCOME = "confirm_outcome"
    SURVEY = "survey"
    SURVEY_MORE = "survey_more"
    PROPOSE = "propose"
    # A success story
    STORY_CONSENT = "story_consent"
    STORY_HEARD = "story_heard"
    STORY_REFUSE = "story_refuse"
    STORY_CHANGES = "story_changes"
    STORY_REWRITE = "story_rewrite"
    STORY_PUBLISH = "story_publish"
    # Visits
    VISIT = "visit"
    VISIT_NEED = "visit_need"
    # Guests
    CONFIRM_CLAIM = "confirm_claim"
    REJECT_CLAIM = "reject_claim"


class Form(StrEnum):
    """Modals: their callback_id."""

    REQUEST = "request_form"
    REWRITE = "rewrite_form"
    ALERT = "alert_form"
    PAUSE = "pause_form"
    NEVER = "never_form"
    HELP = "help_form"
    HELP_ANSWER = "help_answer_form"
    PROFILE = "profile_form"
    PROFILE_RETURN = "profile_return_form"
    APPROVE_WITH_REASON = "approve_with_reason_form"
    RETURN = "return_form"
    DECLINE = "decline_form"
    STOP = "stop_form"
    HAND_OVER = "hand_over_form"
    REFUSE = "refuse_form"
    DEFER = "defer_form"
    RESUBMIT = "resubmit_form"
    LETTER = "letter_form"
    INTRODUCED_OUTSIDE = "introduced_outside_form"
    RECORD_ASKED = "record_asked_form"
    RECORD_ANSWER = "record_answer_form"
    QUESTION = "question_form"
    REPLY = "reply_form"
    PLAN = "plan_form"
    MET = "met_form"
    GIVE_UP = "give_up_form"
    OUTCOME = "outcome_form"
    CONFIRM_OUTCOME = "confirm_outcome_form"
    SURVEY = "survey_form"
    STORY_HEARD = "story_heard_form"
    STORY_CHANGES = "story_changes_form"
    STORY_REWRITE = "story_rewrite_form"
    VISIT = "visit_form"
    VISIT_NEED = "visit_need_form"


class Field(StrEnum):
    """Fields of modals: block_id and action_id alike."""

    PURPOSE = "purpose"
    VISIBILITY = "visibility"
    TEXT = "text"
    ORGANISATION = "organisation"
    TITLE = "title"
    CHANGE = "change"
    REASON = "reason"
    PERSON = "person"
    MEANS = "means"
    ANSWER = "answer"
    SAID_BY = "said_by"
    UNTIL = "until"
    FORM = "form"
    KIND = "kind"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"
    ANYWAY = "anyway"
    SUBJECT = "subject"
    DOCUMENT = "document"
    ORGANISATIONS = "organisations"
    RECOMMENDATION = "recommendation"
    DAY = "day"


COMMAND = "/matchbot"
PANEL_THREAD, PANEL_TAB = "thread", "tab"
"""How somebody opened the side panel."""
SEARCH_SHORTCUT = "search_from_message"


def numbered(click: Click, number: int) -> str:
    """The action_id of one of several like buttons in a message, where each needs its own.

    >>> numbered(Click.REQUEST, 2)
    'request#2'
    """
    return f"{click}{_NUMBER}{number}"


def bare(action_id: str) -> str:
    """What was clicked, without the number.

    >>> bare("request#2"), bare("request")
    ('request', 'request')
    """
    return action_id.partition(_NUMBER)[0]


def packed(*parts: str) -> str:
    """Several ids as the value of one button.

    >>> packed("c-4", "seed:inspec")
    'c-4|seed:inspec'
    """
    return _PART.join(parts)


def unpacked(value: str) -> tuple[str, ...]:
    """The ids in the value of a button.

    >>> unpacked("c-4|seed:inspec")
    ('c-4', 'seed:inspec')
    """
    return tuple(value.split(_PART))
