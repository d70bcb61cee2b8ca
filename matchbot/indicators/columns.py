"""The rows of figures by columns, with ids as numbers: some hundred thousand rows, each in a dozen parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import distinct

Numbers = NDArray[np.int64]

NOBODY = -1
"""The number of what has no id."""


class Ids(dict[str | None, int]):
    """Ids as numbers from 0 on, given out as they come."""

    def __init__(self) -> None:
        super().__init__({None: NOBODY})

    def __missing__(self, id: str | None) -> int:
        number = self[id] = len(self) - 1
        return number

    @property
    def in_order(self) -> list[str]:
        """The ids by their numbers."""
        return [id for id in self if id is not None]

    def numbers(self, ids: Sequence[str | None]) -> Numbers:
        """The numbers of ids, in their order."""
        return np.fromiter(map(self.__getitem__, ids), np.int64, len(ids))


@dataclass(frozen=True, slots=True)
class Lists:
    """What belongs to each of some owners: ``items[starts[o]:starts[o + 1]]``, rising, each once."""

    starts: Numbers
    items: Numbers

    @classmethod
    def of(cls, owners: Numbers, items: Numbers, n_owners: int = 1) -> "Lists":
        """The lists that pairs of owner and item make; at least of so many owners."""
        width = int(items.max(initial=0)) + 1
        pairs = distinct(owners * width + items)
        n_items = np.bincount(pairs // width, minlength=n_owners)
        return cls(np.concatenate(([0], np.cumsum(n_items))), pairs % width)

    def spread(self, owners: Numbers) -> tuple[Numbers, Numbers]:
        """The items of all owners, one owner after the other, each with the place of its owner."""
        is_known = (owners >= 0) & (owners < len(self.starts) - 1)
        safe = np.where(is_known, owners, 0)
        starts = self.starts[safe]
        n_items = np.where(is_known, self.starts[safe + 1] - starts, 0)
        places = np.repeat(np.arange(len(owners)), n_items)
        within = np.arange(len(places)) - np.repeat(np.cumsum(n_items) - n_items, n_items)
        return places, self.items[starts[places] + within]

    def __getitem__(self, owner: int) -> Numbers:
        return self.items[self.starts[owner] : self.starts[owner + 1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows that a query of an indicator gives, column by column.

    ``things`` and ``days``: empty or None where nobody opens them, ``days`` also where the query tells none.
    ``same``: what makes two of them one, as numbers. ``measures``: one column for each figure that counts
    these rows; NaN is not known. ``is_weak``: of evidence C or D. ``is_expected``: None where rows are
    neither expected nor confirmed. ``carriers``: what they belong to, the nearest first.
    """

    things: Sequence[str]
    days: Sequence[str] | None
    same: Numbers
    measures: Sequence[NDArray[np.float64]]
    evidence: Sequence[str] | None
    is_weak: NDArray[np.bool_]
    is_expected: NDArray[np.bool_] | None
    case_ids: Sequence[str | None] | None
    carriers: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.same)

    def nearest(self, lists_of: Callable[[str], Lists | None]) -> tuple[Numbers, Numbers, Numbers]:
        """What each row has by the nearest carrier that has anything: places of rows and items, side by side.

        Third, the places of the rows that have nothing by any.
        """
        left = np.arange(len(self))
        places, items = [left[:0]], [left[:0]]
        for carrier, numbers in self.carriers.items():
            lists = lists_of(carrier)
            if lists is not None and len(left):
                found, its = lists.spread(numbers[left])
                places.append(left[found])
                items.append(its)
                left = np.delete(left, found)
        return np.concatenate(places), np.concatenate(items), left
