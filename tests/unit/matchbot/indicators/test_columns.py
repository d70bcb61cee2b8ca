"""Rows by columns: ids become numbers and come back, and each row has what its nearest carrier has."""

import numpy as np
import pytest

from matchbot.indicators.columns import NOBODY, Ids, Lists, Rows, distinct


def rows(**carriers):
    carriers = {name: np.array(numbers) for name, numbers in carriers.items()}
    n = len(next(iter(carriers.values())))
    return Rows(
        things=(),
        days=None,
        same=np.arange(n),
        measures=[],
        evidence=None,
        is_weak=np.zeros(n, bool),
        is_expected=None,
        case_ids=None,
        carriers=carriers,
    )


def lists(*pairs):
    owners, items = np.array(pairs).T
    return Lists.of(owners, items)


def test_an_id_keeps_its_number_and_none_has_none():
    ids = Ids()
    assert ids.numbers(["a", "b", None, "a"]).tolist() == [0, 1, NOBODY, 0]
    assert ids.numbers(["b", "c"]).tolist() == [1, 2]
    assert ids.in_order == ["a", "b", "c"]


def test_lists_hold_each_item_once_in_rising_order():
    of = lists((2, 5), (0, 9), (2, 1), (2, 5))
    assert [of[owner].tolist() for owner in range(3)] == [[9], [], [1, 5]]


def test_spreading_gives_every_item_with_the_place_of_its_owner():
    of = lists((0, 9), (2, 1), (2, 5))
    places, items = of.spread(np.array([2, NOBODY, 0, 7, 2]))
    assert list(zip(places, items, strict=True)) == [(0, 1), (0, 5), (2, 9), (4, 1), (4, 5)]


def test_nobody_has_anything_where_there_are_no_lists():
    of = Lists.of(np.array([], int), np.array([], int))
    places, items = of.spread(np.array([0, 1]))
    assert (len(places), len(items)) == (0, 0)


def test_a_row_has_what_its_nearest_carrier_has_and_looks_no_further():
    of = {"case": lists((0, 10)), "organisation": lists((0, 20), (1, 21))}
    places, items, left = rows(case=[0, 1, NOBODY, NOBODY], organisation=[1, 1, 0, 5]).nearest(of.get)
    assert list(zip(places, items, strict=True)) == [(0, 10), (1, 21), (2, 20)]
    assert left.tolist() == [3]


@pytest.mark.parametrize("numbers", [[], [0], [3, 0, 3, 2, 0]])
def test_each_distinct_number_comes_once_and_rising(numbers):
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
