"""The indicators of the programme: each defined once, counted from the facts, with what belongs to it.

Read `definitions` (what an indicator is), then one of `programme`, `network` and `operations` (the
indicators themselves), `known` (what they count in), `counting` (how rows become values).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from matchbot.indicators.counting import Counter, Value
from matchbot.indicators.definitions import Breakdown, Figure, Group, Indicator
from matchbot.indicators.funnel import Passed, Step, funnel
from matchbot.indicators.known import FixedNetwork, Known, Network, prepare, turn_to_period
from matchbot.indicators.network import NETWORK
from matchbot.indicators.operations import OPERATIONS
from matchbot.indicators.periods import Period
from matchbot.indicators.programme import PROGRAMME

__all__ = [
    "FIGURES",
    "INDICATORS",
    "Breakdown",
    "Counter",
    "Figure",
    "FixedNetwork",
    "Group",
    "Indicator",
    "Known",
    "Network",
    "Passed",
    "Period",
    "Question",
    "Step",
    "Value",
    "chosen",
    "count",
    "funnel",
    "prepare",
    "turn_to_period",
]

INDICATORS: tuple[Indicator, ...] = tuple(
    sorted((*PROGRAMME, *NETWORK, *OPERATIONS), key=lambda indicator: indicator.id)
)
"""Every indicator, by id."""

FIGURES: Mapping[str, tuple[Indicator, Figure]] = {
    figure.id: (indicator, figure) for indicator in INDICATORS for figure in indicator.figures
}
"""Every figure by its id, with its indicator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be counted: which set, of which period, told apart by what, as known at which time.

    ``group``: None for all sets. ``is_headline_only``: count evidence A and B alone, C and D beside it.
    """

    period: Period
    as_of: datetime
    group: Group | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    is_headline_only: bool = True


def chosen(group: Group | None) -> tuple[Indicator, ...]:
    """The indicators of a set, or all, by id."""
    return tuple(indicator for indicator in INDICATORS if group in (None, indicator.group))


def count(known: Known, question: Question) -> list[Value]:
    """The values that answer a question, by indicator, figure, breakdown and part. Needs `prepare`."""
    counter = Counter(known, is_headline_only=question.is_headline_only)
    indicators: Iterable[Indicator] = chosen(question.group)
    return [value for one in indicators for value in counter.values(one, question.breakdowns)]
