"""The whole table of what may follow what in a case."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

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
from matchbot.introductions.words import State

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
