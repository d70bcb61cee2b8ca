"""Every id that Slack carries for us, once: what is clicked, which form comes back, which field is which.

An id says what somebody wants, never to whom or what; that stands in the value, as ids of the desk.
"""

from enum import StrEnum

_NUMBER = "#"
_PART = "|"


class Click(StrEnum):
    """Buttons and menus: their action_id, without a number."""

    HELP = "help"
    TAKE_HELP = "take_help"

    # Cards and how to go on from them
    REQUEST = "request"
    DETAILS = "details"
    NOT_FITTING = "not_fitting"
    KINDS = "kinds"
    SCOPE = "scope"
    MORE = "more"
    DROP = "drop"
    REWRITE = "rewrite"
    ALERT = "alert"
    FEEDBACK = "feedback"

    # One's own cases, needs and wishes
    WITHDRAW = "withdraw"
    CLOSE_NEED = "close_need"
    PAUSE = "pause"
    RESUME = "resume"
    OPT_OUT = "opt_out"
    KEEP_OFF = "keep_off"
    LET_IN = "let_in"
    PROFILE = "profile"
    PROFILE_HOLDS = "profile_holds"
    LANGUAGE = "language"
    PRIVACY = "privacy"

    # To whom a guest belongs
    CLAIM = "claim"
    CONFIRM_CLAIM = "confirm_claim"
    REJECT_CLAIM = "reject_claim"
    LINK = "link"
    """A button that leads to a page; nothing else comes of it."""


class Form(StrEnum):
    """Modals: their callback_id."""

    HELP = "help_form"
    REWRITE = "rewrite_form"
    REQUEST = "request_form"
    CLAIM = "claim_form"
    PAUSE = "pause_form"
    KEEP_OFF = "keep_off_form"
    PROFILE = "profile_form"
    READ = "read"
    """A modal that is only read."""


class Field(StrEnum):
    """Fields of modals: block_id and action_id alike."""

    TEXT = "text"
    PURPOSE = "purpose"
    VISIBILITY = "visibility"
    ORGANISATION = "organisation"
    DAY = "day"


COMMAND = "/matchbot"
SEARCH_SHORTCUT = "search_from_message"


def numbered(click: Click, number: int) -> str:
    """The action_id of one of several like buttons in a message, where each needs its own.

    >>> numbered(Click.HELP, 2)
    'help#2'
    """
    return f"{click}{_NUMBER}{number}"


def bare(action_id: str) -> str:
    """What was clicked, without the number.

    >>> bare("help#2"), bare("help")
    ('help', 'help')
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
