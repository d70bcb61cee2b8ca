"""Small cells: what may leave the programme without telling of single organisations.

A number behind which fewer than three organisations stand is hidden. So is, where a hidden one could be
worked out from what is published with it, another one beside it (complementary hiding): the *relations*
below are all the sums that a reader knows to hold within one set of tables. Whether a hidden number can
still be worked out is decided by linear programming, over every relation at once.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from scipy.optimize import linprog

from matchbot.indicators.definitions import Breakdown
from matchbot.indicators.progress import TargetProgress
from matchbot.indicators.values import Flag, Value

FEWEST = 3
"""How many organisations have to stand behind a published number."""

_EXCLUSIVE = (
    Breakdown.PURPOSE,
    Breakdown.PATH,
    Breakdown.COORDINATOR,
    Breakdown.ROLE,
    Breakdown.SIDE,
    Breakdown.NOVELTY,
    Breakdown.START,
    Breakdown.SCHEME,
)
"""The breakdowns whose parts add up to the whole."""
_HEADLINE = frozenset({(str(Breakdown.EVIDENCE), "A"), (str(Breakdown.EVIDENCE), "B")})
_BESIDE = frozenset({(str(Breakdown.EVIDENCE), "C"), (str(Breakdown.EVIDENCE), "D")})
"""The parts by evidence that a headline adds up, and those of which it tells the sum."""
_TOLERANCE = 1e-6

Key = tuple[str, str]
"""A cell of a figure: breakdown and part; ("", "") is the whole."""
Relation = tuple[Key, frozenset[Key]]
"""A cell, and those whose sum it is."""


def protect(values: Sequence[Value], *, fewest: int = FEWEST) -> list[Value]:
    """The values of one published set, with all hidden that must be; hidden ones carry no number at all."""
    hidden: set[int] = set()
    # Figures that count the same rows have the same cells to hide.
    found: dict[tuple[frozenset[tuple[Key, int]], frozenset[Key]], set[Key]] = {}
    for cells in _figures(values).values():
        numbers = {key: values[place].n for key, place in cells.items()}
        small = frozenset(key for key, place in cells.items() if _is_small(values[place], fewest))
        if small & _BESIDE:
            small |= _BESIDE & cells.keys()
        alike = frozenset(numbers.items()), small
        if alike not in found:
            found[alike] = hide(numbers, small, relations(numbers))
        hidden |= {cells[key] for key in found[alike]}
    return [_without_numbers(value) if place in hidden else value for place, value in enumerate(values)]


def protect_progress(found: Sequence[TargetProgress], published: Sequence[Value]) -> list[TargetProgress]:
    """What is told of targets, safe like `protect`, and safe beside the values published with it."""
    hidden = {(v.figure, v.by, v.part) for v in published if Flag.HIDDEN in v.flags}
    result: list[TargetProgress] = []
    for _, own in groupby(found, key=lambda one: one.period):
        together = list(own)
        for one, value in zip(together, protect([one.value for one in together]), strict=True):
            is_hidden = Flag.HIDDEN in value.flags or (value.figure, value.by, value.part) in hidden
            result.append(_without_progress(one) if is_hidden else _without_small_gains(one))
    return result


def hide(numbers: Mapping[Key, int], small: Collection[Key], known: Sequence[Relation]) -> set[Key]:
    """The cells to hide so that none of the small ones can be worked out from the others."""
    hidden = set(small)
    n_before = 0
    # Where sums do not hold exactly, what is hidden for one cell may give away another: one more look.
    while len(hidden) > n_before:
        n_before = len(hidden)
        for key in sorted(small):
            _hide_beside(key, numbers, hidden, known)
    return hidden


def _hide_beside(key: Key, numbers: Mapping[Key, int], hidden: set[Key], known: Sequence[Relation]) -> None:
    """Hide more, until one cell cannot be worked out or there is nothing left to hide."""
    while is_determined(key, numbers, hidden, known):
        together = _connected(key, hidden, known)
        beside = {
            other
            for total, parts in known
            if not together.isdisjoint({total, *parts})
            for other in {total, *parts} - hidden
        }
        if not beside:
            return
        # The least is lost by hiding the smallest part; a whole only where there is nothing else.
        hidden.add(min(beside, key=lambda key: (key == ("", ""), numbers[key] == 0, numbers[key], key)))


def relations(numbers: Mapping[Key, int]) -> list[Relation]:
    """The sums that hold among the cells of a figure, or that a reader will try."""
    parts: dict[str, set[Key]] = defaultdict(set)
    for by, part in numbers:
        parts[by].add((by, part))
    known: list[Relation] = [
        (("", ""), frozenset(parts[by])) for by in _EXCLUSIVE if parts[by] and ("", "") in numbers
    ]
    by_evidence = frozenset(parts[Breakdown.EVIDENCE])
    if by_evidence and ("", "") in numbers:
        is_of_all = sum(numbers[key] for key in by_evidence) == numbers["", ""]
        known.append((("", ""), by_evidence if is_of_all else by_evidence & _HEADLINE))
    for cluster in sorted(parts[Breakdown.CLUSTER]):
        meeting = {key for key in parts[Breakdown.PAIR] if cluster[1] in key[1].split(" ")}
        if meeting and cluster[1]:
            known.append((cluster, frozenset(meeting)))
        today = (str(Breakdown.CLUSTER_TODAY), cluster[1])
        if today in numbers:
            known.append((cluster, frozenset([today])))
    return known


def is_determined(key: Key, numbers: Mapping[Key, int], hidden: set[Key], known: Sequence[Relation]) -> bool:
    """Whether a hidden number follows from the published ones: its least and greatest values are one."""
    low, high = bounds(key, numbers, hidden, known)
    return high is not None and high - low < 1 - _TOLERANCE


def bounds(
    key: Key, numbers: Mapping[Key, int], hidden: set[Key], known: Sequence[Relation]
) -> tuple[float, float | None]:
    """Between which values a hidden number must lie, given what is published; None: no upper bound."""
    unknown = sorted(_connected(key, hidden, known))
    places = {each: place for place, each in enumerate(unknown)}
    binding = [(total, parts) for total, parts in known if not places.keys().isdisjoint({total, *parts})]
    if not binding:
        return 0.0, None
    sums = np.zeros((len(binding), len(unknown)))
    rest = np.zeros(len(binding))
    for row, (total, parts) in enumerate(binding):
        for each, sign in [*((part, 1) for part in parts), (total, -1)]:
            if each in places:
                sums[row, places[each]] += sign
            else:
                rest[row] -= sign * numbers[each]
    goal = np.zeros(len(unknown))
    goal[places[key]] = 1
    least = linprog(goal, A_eq=sums, b_eq=rest)
    most = linprog(-goal, A_eq=sums, b_eq=rest)
    if least.fun is None:
        # The sums do not hold exactly here (a case may touch several parts): nothing follows from them.
        return 0.0, None
    return float(least.fun), None if most.fun is None else -float(most.fun)


def _connected(key: Key, hidden: set[Key], known: Sequence[Relation]) -> set[Key]:
    """The hidden cells that share a relation with one, or with one of those."""
    found, to_see = {key}, [key]
    while to_see:
        here = to_see.pop()
        for total, parts in known:
            if here in parts or here == total:
                new = ({total, *parts} & hidden) - found
                found |= new
                to_see += new
    return found


def _figures(values: Sequence[Value]) -> dict[tuple[str, bool], dict[Key, int]]:
    """The places of the cells of each figure, what is expected apart from what is confirmed."""
    figures: dict[tuple[str, bool], dict[Key, int]] = defaultdict(dict)
    for place, value in enumerate(values):
        figures[value.figure, Flag.EXPECTED in value.flags][value.by, value.part] = place
    return figures


def _without_progress(one: TargetProgress) -> TargetProgress:
    return replace(one, value=_without_numbers(one.value), seasonal=None, gains=(), forecast=None)


def _without_small_gains(one: TargetProgress) -> TargetProgress:
    """All of its gains or none: one that is missing could be worked out from the value."""
    has_small = any(0 < gain.n_organisations < FEWEST for gain in one.gains)
    return replace(one, gains=()) if has_small else one


def _is_small(value: Value, fewest: int) -> bool:
    return 0 < value.n_organisations < fewest


def _without_numbers(value: Value) -> Value:
    return replace(
        value,
        value=None,
        n=0,
        distinct=0,
        denominator=None,
        missing=0,
        weaker=0,
        low=None,
        high=None,
        n_organisations=0,
        flags=(*value.flags, Flag.HIDDEN),
    )
