"""What an indicator is: a few words about what is counted, and the SQL that says it exactly.

An indicator has one or more *figures*. The SQL of a figure gives one row for each thing counted, from
the tables of :mod:`matchbot.indicators.known`; its columns have fixed names, all but ``thing`` optional:

``thing``
    What is counted: the id of a case, need, outcome or organisation, or a pair. Every number opens to
    these.
``same``
    What makes two rows one organisation, pair or case: rows are 延べ, distinct ``same`` 実数.
    None: the row counts as 延べ only. Missing: the thing itself.
``day``
    When it happened, where that is another day than the one its case was introduced or opened on.
``evidence``, ``certainty``
    A–D, and expected or confirmed, where it is an outcome or a meeting.
``case_id``, ``pair``, ``outcome_id``, ``need_id``, ``organisation_id``, ``survey_id``, ``visit_id``,
``award_id``
    What it belongs to: by these it is broken down, and opened to organisations.

What is measured of a row is the figure's ``quantity``, in SQL over these and any further columns: 1 or 0 for
a share; NULL: not known (不明); "" where rows are counted only. Figures that follow each other and count the
same rows read them once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

IN_PERIOD = "BETWEEN :first AND :last"
MEMBERS = "SELECT DISTINCT organisation_id AS thing, organisation_id FROM members"
"""Pieces of SQL that figures of several groups are made of."""


class Group(StrEnum):
    """The sets in which indicators are published."""

    PROGRAMME = "programme"
    NETWORK = "network"
    OPERATIONS = "operations"


class Unit(StrEnum):
    """What a value is a number of."""

    ORGANISATION = "organisation"
    NEED = "need"
    CARD = "card"
    CASE = "case"
    PAIR = "pair"
    AGREEMENT = "agreement"
    BUSINESS = "business"
    COMPANY = "company"
    PERCENT = "percent"
    RATIO = "ratio"
    WORKING_DAY = "working-day"
    HOUR = "hour"
    POINT = "point"
    STEP = "step"
    TIMES = "times"


class Basis(StrEnum):
    """Which days count."""

    STOCK = "stock"
    """The last day of the period."""
    PERIOD = "period"
    """Every day of the period."""
    COHORT = "cohort"
    """What began in the period, followed for as long as the definition says."""
    YEAR = "rolling-year"
    """The twelve months up to the last day."""
    QUARTER = "rolling-90-days"
    """The ninety days up to the last day."""
    WINDOW = "rolling-36-months"
    """The thirty-six months up to the last day."""


class Measure(StrEnum):
    """How rows become a value."""

    EVENTS = "events"
    """How many rows there are: 延べ."""
    DISTINCT = "distinct"
    """How many different things they are about: 実数."""
    SHARE = "share"
    """100 · rows of measure 1 ÷ rows whose measure is known."""
    MEAN = "mean"
    MEDIAN = "median"
    NINTH_DECILE = "ninth-decile"
    NPS = "nps"
    """100 · (share of 9–10 − share of 0–6)."""
    GINI = "gini"
    TOP_TENTH = "top-tenth"
    """100 · what the tenth of the organisations with the most has ÷ what all have."""
    # Of the network as a whole (`matchbot.indicators.graphs`); figures with these have no SQL.
    DENSITY = "density"
    CENTRALISATION = "centralisation"
    BETWEENNESS = "highest-betweenness"
    FIRST_FIVE = "first-five"
    BRIDGES = "bridges"
    CLUSTERING = "clustering-coefficient"
    PATH_LENGTH = "mean-path-length"
    LARGEST = "largest-component"
    SMALL_WORLD = "small-world"


class Breakdown(StrEnum):
    """By what a figure can be told apart."""

    CLUSTER = "cluster"
    """The home clusters of the parties on the day of the event."""
    CLUSTER_TODAY = "cluster-today"
    """The clusters that continue those on the day of the question."""
    KIND = "kind"
    PURPOSE = "purpose"
    PATH = "path"
    PAIR = "pair"
    """Pairs of home clusters of the day."""
    COORDINATOR = "coordinator"
    ROLE = "role"
    SIDE = "side"
    NOVELTY = "novelty"
    """What is new in a new business: a product, a service or a process."""
    START = "start"
    """By what a new business counts as begun."""
    SCHEME = "scheme"
    """The scheme of another that gives awards."""
    EVIDENCE = "evidence"
    """What it rests on: A to D. What a headline leaves out is told here, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of an indicator. ``id`` is the indicator's, with a letter where it has several.

    ``is_of_members``: it is counted by who is in a cluster, and says nothing of a time when that was not
    recorded. ``is_of_answers``: it is of what people answered, and says little where few did.
    """

    id: str
    measure: Measure
    unit: Unit
    sql: str = ""
    quantity: str = ""
    is_of_members: bool = False
    is_of_answers: bool = False


def shares(sql: str, quantities: Mapping[str, str], *, is_of_members: bool = False) -> tuple[Figure, ...]:
    """Figures that are shares of the same rows: by id, what is 1 or 0 of each."""
    return tuple(
        Figure(
            id=id,
            measure=Measure.SHARE,
            unit=Unit.PERCENT,
            sql=sql,
            quantity=quantity,
            is_of_members=is_of_members,
        )
        for id, quantity in quantities.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator as it is defined; its names and definition are texts ``indicator-<id>…``.

    ``version`` counts up whenever an equal ledger would give another number.
    """

    id: str
    group: Group
    basis: Basis
    figures: tuple[Figure, ...]
    version: int = 1
