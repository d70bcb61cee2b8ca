"""How long single calls take, in milliseconds, and how fast the machine is at the moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, perf_counter_ns
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Times of single calls, in milliseconds."""

    ms: NDArray[np.float64]

    @property
    def p50(self) -> float:
        return float(np.percentile(self.ms, 50))

    @property
    def p99(self) -> float:
        return float(np.percentile(self.ms, 99))


def times(call: Callable[[T], object], arguments: Sequence[T], *, warm_up: int = 20) -> Times:
    """One call for each argument, after some that do not count."""
    for argument in arguments[:warm_up]:
        call(argument)
    measured = []
    for argument in arguments:
        begun = perf_counter_ns()
        call(argument)
        measured.append(perf_counter_ns() - begun)
    return Times(np.array(measured) / 1e6)


def alternating(
    calls: dict[str, Callable[[T], object]], arguments: Sequence[T], *, rounds: int = 3
) -> dict[str, Times]:
    """Several calls in turns, round after round, so that a busy moment falls on all of them."""
    found = [{name: times(call, arguments) for name, call in calls.items()} for _ in range(rounds)]
    return {name: Times(np.concatenate([one[name].ms for one in found])) for name in calls}


def pace() -> float:
    """Seconds that the machine takes now for a loop that is always the same.

    A rented machine has fast hours and slow ones: absolute times of two runs compare only where their
    paces do.
    """
    begun, total = perf_counter(), 0
    for number in range(5_000_000):
        total += number
    return perf_counter() - begun
