"""What is hidden stays hidden: no sum of what is published gives it back."""

from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from matchbot.indicators.definitions import Breakdown
from matchbot.indicators.disclosure import protect
from matchbot.indicators.values import Flag, Value

WHOLE = ("", "")


def value(by: str, part: str, n: int, n_organisations: int | None = None) -> Value:
    behind = 2 * n if n_organisations is None else n_organisations
    return Value(figure="I05", by=by, part=part, value=n, n=n, distinct=n, n_organisations=behind, version=1)


def table(seed: int) -> tuple[list[Value], list[tuple[str, str, str, str]]]:
    """Random introductions of two parties each, and their counts by everything they are counted by."""
    draw = Random(seed)
    clusters, purposes, paths = "abcdef"[: draw.randrange(2, 7)], "rsf", "bco"
    cases = [
        (*sorted(draw.choices(clusters, k=2)), draw.choice(purposes), draw.choice(paths))
        for _ in range(draw.randrange(1, 60))
    ]
    counted: dict[tuple[str, str], set[int]] = {WHOLE: set(range(len(cases)))}
    for number, (first, second, purpose, path) in enumerate(cases):
        for key in {
            (Breakdown.CLUSTER, first),
            (Breakdown.CLUSTER, second),
            (Breakdown.CLUSTER_TODAY, first),
            (Breakdown.CLUSTER_TODAY, second),
            (Breakdown.PAIR, f"{first} {second}"),
            (Breakdown.PURPOSE, purpose),
            (Breakdown.PATH, path),
        }:
            counted.setdefault(key, set()).add(number)
    values = [
        value(by, part, len(own), draw.choice([2, 3, 4]) if len(own) == 1 else 2 + len(own))
        for (by, part), own in sorted(counted.items())
    ]
    return values, cases


def attacked(published: list[Value]) -> dict[tuple[str, str], tuple[float, float]]:
    """Between which values an attacker knows each hidden number to lie; its sums are written out anew."""
    keys = [(v.by, v.part) for v in published]
    places = {key: place for place, key in enumerate(keys)}
    rows, sides = [], []

    def say(equals: tuple[str, str], parts: list[tuple[str, str]]) -> None:
        row = np.zeros(len(keys))
        row[places[equals]] -= 1
        for part in parts:
            row[places[part]] += 1
        rows.append(row)
        sides.append(0.0)

    for by in (Breakdown.PURPOSE, Breakdown.PATH):
        say(WHOLE, [key for key in keys if key[0] == by])
    for key in keys:
        if key[0] == Breakdown.CLUSTER:
            say(key, [k for k in keys if k[0] == Breakdown.PAIR and key[1] in k[1].split(" ")])
            say(key, [(Breakdown.CLUSTER_TODAY, key[1])])
    limits = [(0, None) if Flag.HIDDEN in v.flags else (v.n, v.n) for v in published]
    found = {}
    for v, key in zip(published, keys, strict=True):
        if Flag.HIDDEN in v.flags:
            goal = np.zeros(len(keys))
            goal[places[key]] = 1
            told = {"A_eq": np.array(rows), "b_eq": sides, "bounds": limits}
            low, high = linprog(goal, **told), linprog(-goal, **told)
            found[key] = (low.fun, float("inf") if high.status == 3 else -high.fun)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_small_number_can_be_worked_out_by_linear_programming(seed: int) -> None:
    values, _ = table(seed)
    published = protect(values)
    known = attacked(published)
    for before, after in zip(values, published, strict=True):
        if before.n_organisations < 3:
            assert Flag.HIDDEN in after.flags
            low, high = known[before.by, before.part]
            assert high - low > 0.99, (before, low, high)


def test_a_single_small_part_takes_the_smallest_other_one_with_it() -> None:
    values = [
        value("", "", 20),
        value(Breakdown.PURPOSE, "research", 1),
        value(Breakdown.PURPOSE, "sales", 12),
        value(Breakdown.PURPOSE, "funding", 7),
    ]
    hidden = {v.part for v in protect(values) if Flag.HIDDEN in v.flags}
    assert hidden == {"research", "funding"}


def test_a_hidden_number_leaves_no_trace_in_any_field() -> None:
    values = [value("", "", 9), value(Breakdown.PATH, "bot", 1, 2), value(Breakdown.PATH, "outside", 8)]
    for hidden in (v for v in protect(values) if Flag.HIDDEN in v.flags):
        assert (hidden.value, hidden.n, hidden.distinct, hidden.n_organisations) == (None, 0, 0, 0)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    values = [value("", "", 9), value(Breakdown.PATH, "bot", 4), value(Breakdown.PATH, "outside", 5)]
    assert protect(values) == values


def test_the_threshold_can_be_five() -> None:
    values = [
        value("", "", 9, 18),
        value(Breakdown.PATH, "bot", 2, 4),
        value(Breakdown.PATH, "outside", 7, 14),
    ]
    assert not [v for v in protect(values) if Flag.HIDDEN in v.flags]
    assert len([v for v in protect(values, fewest=5) if Flag.HIDDEN in v.flags]) == 2


def hidden_levels(*values: Value) -> set[str]:
    return {v.part for v in protect(values) if Flag.HIDDEN in v.flags}


def test_levels_of_evidence_that_a_headline_adds_up_are_hidden_together() -> None:
    by = Breakdown.EVIDENCE
    whole, proved, told, beside = value(*WHOLE, 20), value(by, "A", 19), value(by, "B", 1), value(by, "C", 9)
    assert hidden_levels(whole, proved, told, beside) == {"A", "B"}
    of_all = value(*WHOLE, 29)
    assert hidden_levels(of_all, proved, told, beside) == {"B", "C"}


def test_of_the_levels_beside_a_headline_whose_sum_is_told_none_is_shown_alone() -> None:
    by = Breakdown.EVIDENCE
    levels = [value(by, part, n) for part, n in (("A", 12), ("B", 8), ("C", 9), ("D", 1))]
    assert hidden_levels(value(*WHOLE, 20), *levels) == {"C", "D"}
