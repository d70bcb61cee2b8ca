"""What the programme's document of 10 November 2006 states in numbers: what it set itself, and its past.

Phase I was counted by other definitions and at other times than ours. Its results are shown beside a
target, each with its caveats, and never enter a number.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matchbot.indicators.definitions import Unit
from matchbot.indicators.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure is to reach within a period; ``cluster``: of one project, "" for the programme.

    ``value``: None for a figure that is looked at without a target. ``source_id``: where the target is
    written, in the private store; "" for nowhere.
    """

    figure: str
    period: Period
    value: float | None = None
    cluster: str = ""
    source_id: str = ""


class Caveat(StrEnum):
    """Why a result of phase I is not to be compared as it stands."""

    APPROXIMATE = "approximate"
    FORECAST = "forecast"
    """見込み, which nobody is known to have confirmed."""
    NO_BASE = "no-base"
    """Of what it is a share is not stated."""
    NO_DATE = "no-date"
    """As of when is not stated."""
    ESTIMATED = "estimated"
    """Estimated from who took part at the end of December 2005."""
    CUMULATIVE = "cumulative"
    OTHER_UNIT = "other-unit"
    """A share of firms where we count things, or firms alone where we count all organisations."""
    SURVIVORS = "survivors"
    """Only firms with five periods in a row, without large ones, weighted by industry; no number stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A result of phase I; its name is the text ``baseline-<id>``.

    ``figure``: beside which of ours it stands, "" for none. ``value``: None where no number is stated.
    """

    id: str
    figure: str
    value: float | None
    unit: Unit
    caveats: tuple[Caveat, ...]


PHASE_I = Period(date(2001, 4, 1), date(2006, 3, 31))
PHASE_II = Period(date(2006, 4, 1), date(2011, 3, 31))

TARGETS: tuple[Target, ...] = (Target(figure="I10a", period=PHASE_II, value=40_000),)
"""What the programme as a whole set itself; the projects' own targets are not stated."""

MEASURES_OF_THE_PROGRAMME = ("I10a", "I10b", "I09a", "I11a", "I12", "I24a")
"""The figures by which the programme manages itself; I10b stands beside I10a as what cases led to."""

BASELINES: tuple[Baseline, ...] = (
    Baseline(
        id="firms",
        figure="I01",
        value=9_800,
        unit=Unit.ORGANISATION,
        caveats=(Caveat.APPROXIMATE, Caveat.ESTIMATED, Caveat.OTHER_UNIT),
    ),
    Baseline(
        id="universities",
        figure="I01",
        value=290,
        unit=Unit.ORGANISATION,
        caveats=(Caveat.APPROXIMATE, Caveat.ESTIMATED, Caveat.OTHER_UNIT),
    ),
    Baseline(
        id="new-businesses",
        figure="I10a",
        value=40_000,
        unit=Unit.BUSINESS,
        caveats=(Caveat.APPROXIMATE, Caveat.FORECAST),
    ),
    Baseline(
        id="started-business",
        figure="I10a",
        value=24.3,
        unit=Unit.PERCENT,
        caveats=(Caveat.NO_BASE, Caveat.NO_DATE, Caveat.OTHER_UNIT),
    ),
    Baseline(
        id="second-founding",
        figure="I11b",
        value=6.8,
        unit=Unit.PERCENT,
        caveats=(Caveat.NO_BASE, Caveat.NO_DATE, Caveat.OTHER_UNIT),
    ),
    Baseline(
        id="university-ventures",
        figure="I11c",
        value=425,
        unit=Unit.COMPANY,
        caveats=(Caveat.CUMULATIVE, Caveat.NO_DATE),
    ),
    Baseline(
        id="new-collaboration",
        figure="I13a",
        value=17.2,
        unit=Unit.PERCENT,
        caveats=(Caveat.NO_BASE, Caveat.NO_DATE),
    ),
    Baseline(
        id="consortium-awards",
        figure="I27",
        value=60,
        unit=Unit.PERCENT,
        caveats=(Caveat.APPROXIMATE, Caveat.NO_BASE, Caveat.NO_DATE),
    ),
    Baseline(
        id="alliance-awards",
        figure="I27",
        value=50,
        unit=Unit.PERCENT,
        caveats=(Caveat.APPROXIMATE, Caveat.NO_BASE, Caveat.NO_DATE),
    ),
    Baseline(
        id="performance",
        figure="",
        value=None,
        unit=Unit.RATIO,
        caveats=(Caveat.SURVIVORS,),
    ),
)
"""What the document states of phase I, in its order of subjects."""
