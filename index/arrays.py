"""What numpy and Arrow can do themselves, only slowly."""

from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus.sparing import without_pandas

# Arrow looks for pandas once, when it first makes an array.
with without_pandas():
    pa.array([0])

Number = TypeVar("Number", bound=np.integer[Any])


def as_numpy(values: pa.Array) -> NDArray[Any]:
    """Numbers of which none is missing, as they lie there. Arrow's own ``to_numpy`` loads pandas where it is
    installed, which is slow."""
    return np.from_dlpack(values)


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Each number once, ascending. Of many, numpy's own ``unique`` makes a table, which takes longer."""
    ordered = np.sort(numbers)
    return ordered[is_new(ordered)]


def placed(ordered: NDArray[Number], wanted: NDArray[Number]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each of the wanted numbers stands among numbers in order, and which ones stand there: places of
    these alone."""
    places = np.searchsorted(ordered, wanted)
    is_there = places < len(ordered)
    is_there[is_there] = ordered[places[is_there]] == wanted[is_there]
    return places[is_there], is_there


def is_new(numbers: NDArray[Number]) -> NDArray[np.bool_]:
    """Which of the numbers, in order, differ from the one before."""
    differs = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=differs[1:])
    return differs
