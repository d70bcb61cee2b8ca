"""Ties: who took part in the same undertakings, told from what organisations say of themselves.

An undertaking (a programme, a contract, a consortium) is named by the brackets that end a passage,
「…の開発（地域イノベーション事業）」, or by its title. Two organisations that name the same one have a tie,
the stronger the fewer others name it. Those of the sample network are invented, and have none; nor
have masked ones, whom an undertaking could give away.
"""

import re
from collections import defaultdict
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus.writing import fold
from index.arrays import as_numpy
from index.columns import Columns
from index.errors import SnapshotError
from index.hits import Tie

MOST_SHARED = 100
"""What more organisations than this name is a field, or a form, rather than an undertaking."""
FEWEST_LETTERS = 8
HALF_CLOSE = 1.0
"""What undertakings in common have to be worth together for half of the closest tie there can be: as much as
two that four organisations each share. One's usual tie is no measure: whoever does much has one with most of
those who are found, and what all have in common tells nobody from the others."""

_BRACKETS_AT_END = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])+)[)）]$")
_SCHEMA = pa.schema([("name", pa.string()), ("organisations", pa.list_(pa.int32()))])


class Ties:
    """The undertakings that several organisations of one snapshot name."""

    def __init__(self, names: pa.Array, offsets: NDArray[np.int64], members: NDArray[np.int32]) -> None:
        """Undertaking i is named ``names[i]`` by the organisations ``members[offsets[i]:offsets[i + 1]]``."""
        self._names = names
        self._offsets = offsets
        self._members = members
        undertakings = np.repeat(np.arange(len(names)), np.diff(offsets))
        order = np.argsort(members, kind="stable")
        self._by_member = members[order], undertakings[order]
        self.of = lru_cache(maxsize=256)(self._of)

    @classmethod
    def write(cls, columns: Columns, file: Path) -> None:
        """Collect the undertakings of a corpus into ``file``."""
        named: dict[str, dict[int, str]] = defaultdict(dict)
        left_out = columns.samples | columns.masked
        for owner, title, text in columns.texts():
            name = undertaking(title, text)
            if name and not left_out[owner]:
                named[fold(name)].setdefault(owner, name)
        shared = [by for by in named.values() if 1 < len(by) <= MOST_SHARED]
        rows = [{"name": next(iter(by.values())), "organisations": sorted(by)} for by in shared]
        with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, _SCHEMA) as writer:
            writer.write_batch(pa.RecordBatch.from_pylist(rows, _SCHEMA))

    @classmethod
    def open(cls, file: Path) -> Self:
        """What :meth:`write` wrote.

        Raises:
            SnapshotError: the file is missing or broken.
        """
        with SnapshotError.naming(file):
            table = pa.ipc.open_file(pa.memory_map(str(file))).read_all().combine_chunks()
        lists: Any = table["organisations"].combine_chunks()
        offsets = as_numpy(lists.offsets).astype(np.int64)
        return cls(table["name"].combine_chunks(), offsets, as_numpy(lists.values))

    def apart(self, need: str) -> tuple[str, str]:
        """A need without the undertaking that it names in brackets at its end, and that undertaking.

        All of the need and "" where it names none, or one that no two organisations here have in common.
        """
        before, name = _brackets_apart(need)
        return (before, name) if before and fold(name) in self._known else (need, "")

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(fold, self._names.to_pylist()))

    def _of(self, organisation: int) -> dict[int, Tie]:
        """The organisations with a tie to this one, each naming the undertaking that the fewest share."""
        members, undertakings = self._by_member
        start, end = np.searchsorted(members, [organisation, organisation + 1])
        sums: dict[int, float] = defaultdict(float)
        closest: dict[int, int] = {}
        sizes = np.diff(self._offsets)
        own = undertakings[start:end]
        for place in own[np.argsort(-sizes[own], kind="stable")].tolist():
            for other in self._members[self._offsets[place] : self._offsets[place + 1]].tolist():
                sums[other] += float(sizes[place]) ** -0.5
                closest[other] = place
        sums.pop(organisation, None)
        return {
            other: Tie(worth / (worth + HALF_CLOSE), self._names[closest[other]].as_py())
            for other, worth in sums.items()
        }


def undertaking(title: str, text: str) -> str:
    """What a passage says it was done for; "" where it says nothing of the kind.

    >>> undertaking("", "耐熱合金の評価試験（次世代航空機エンジン開発事業）")
    '次世代航空機エンジン開発事業'
    """
    name = (_brackets_apart(text)[1] or title).strip()
    return name if len(name) >= FEWEST_LETTERS else ""


def _brackets_apart(text: str) -> tuple[str, str]:
    """What stands before the brackets that end a text, and in them; the text and "" where there are none."""
    brackets = _BRACKETS_AT_END.search(text.strip())
    return (text.strip()[: brackets.start()].strip(), brackets[1]) if brackets else (text, "")
