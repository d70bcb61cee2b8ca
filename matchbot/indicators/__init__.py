"""The indicators of the programme: each defined once, counted from the facts, with what belongs to it.

Read `definitions` (what an indicator is), then one of `programme`, `network` and `operations` (the
indicators themselves), `known` (what they count in), `counting` (how rows become values).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.progress import Progress
from matchbot.indicators.attribution import Credit, credits
from matchbot.indicators.definitions import Breakdown, Figure, Group, Indicator
from matchbot.indicators.funnel import Passed, Step, funnel
from matchbot.indicators.known import FixedNetwork, Known, Network, clear_away
from matchbot.indicators.network import NETWORK
from matchbot.indicators.operations import OPERATIONS
from matchbot.indicators.performance import Part, Performance, performance
from matchbot.indicators.periods import Period
from matchbot.indicators.programme import PROGRAMME
from matchbot.indicators.progress import Gain, TargetProgress, progress, targets_known
from matchbot.indicators.stated import BASELINES, PHASE_I, TARGETS, Baseline, Target
from matchbot.indicators.values import Flag, Value

if TYPE_CHECKING:
    from matchbot.indicators.counting import Counter  # numpy comes along

__all__ = [
    "BASELINES",
    "FIGURES",
    "INDICATORS",
    "PHASE_I",
    "SERIES",
    "TARGETS",
    "Baseline",
    "Breakdown",
    "Credit",
    "Figure",
    "FixedNetwork",
    "Flag",
    "Gain",
    "Group",
    "Indicator",
    "Known",
    "Network",
    "Part",
    "Passed",
    "Performance",
    "Period",
    "Question",
    "Step",
    "Target",
    "TargetProgress",
    "Value",
    "chosen",
    "clear_away",
    "count",
    "credits",
    "funnel",
    "outside",
    "performance",
    "progress",
    "targets_known",
]

INDICATORS: tuple[Indicator, ...] = tuple(
    sorted((*PROGRAMME, *NETWORK, *OPERATIONS), key=lambda indicator: indicator.id)
)
"""Every indicator, by id."""

FIGURES: Mapping[str, tuple[Indicator, Figure]] = {
    figure.id: (indicator, figure) for indicator in INDICATORS for figure in indicator.figures
}
"""Every figure by its id, with its indicator."""

SERIES = FIGURES.keys() | {indicator.id for indicator in INDICATORS}
"""The ids of indicators and of figures: of either something can be asked and said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be counted: which set, of which period, told apart by what, as known at which time.

    ``group``: None for all sets. ``is_headline_only``: count evidence A and B alone, C and D beside it.
    ``only``: ids of indicators or figures, where not all of them are wanted. ``with_progress``: also how
    far targets are reached. ``shown_days``: the span of I21.
    """

    period: Period
    as_of: datetime
    group: Group | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    is_headline_only: bool = True
    only: tuple[str, ...] = ()
    with_progress: bool = False
    shown_days: int = 90


def chosen(question: Question) -> tuple[Indicator, ...]:
    """The indicators that are asked for, by id, each with those of its figures that are."""
    in_group = tuple(each for each in INDICATORS if question.group in (None, each.group))
    if not question.only:
        return in_group
    narrowed = (replace(each, figures=tuple(_named(each, question.only))) for each in in_group)
    return tuple(each for each in narrowed if each.figures)


def outside(question: Question) -> list[str]:
    """Which of the ids that a question names are those of another set than the one it asks for."""
    inside = {id for each in chosen(question) for id in (each.id, *(figure.id for figure in each.figures))}
    return [id for id in question.only if id in SERIES - inside]


def _named(indicator: Indicator, ids: Collection[str]) -> Iterator[Figure]:
    """The figures of an indicator that are named themselves, or all where it is."""
    return (figure for figure in indicator.figures if indicator.id in ids or figure.id in ids)


def count(counter: "Counter", question: Question, *, progress: Progress) -> list[Value]:
    """The values that answer a question, by indicator, figure, breakdown and part."""
    values: list[Value] = []
    asked = chosen(question)
    for n_counted, indicator in enumerate(asked):
        progress("count", n_counted, len(asked))
        values += counter.values(indicator, question.breakdowns)
    progress("count", len(asked), len(asked))
    return values
