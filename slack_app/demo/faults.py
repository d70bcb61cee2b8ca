"""What goes wrong with Slack: its rate limits, which always hold, and faults that a test switches on."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

Effect = Literal["unavailable", "slow", "silent", "rate_limited", "error"]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with the methods of this pattern, so many times (None: until cleared).

    unavailable: 503, nothing done. slow: done after `seconds`. silent: done, but the answer breaks off after
    `seconds`. rate_limited: 429 with `seconds` as Retry-After, nothing done. error: `error` is the answer.
    """

    effect: Effect
    methods: str = "*"
    times: int | None = None
    seconds: float = 0.0
    error: str = ""


class Faults:
    """The faults switched on; the first that fits a call meets it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def unavailable(self, methods: str = "*", *, times: int | None = None) -> None:
        self._add(Fault("unavailable", methods, times))

    def slow(self, seconds: float, methods: str = "*", *, times: int | None = None) -> None:
        self._add(Fault("slow", methods, times, seconds))

    def silent_after_acceptance(
        self, seconds: float, methods: str = "*", *, times: int | None = None
    ) -> None:
        """The call takes effect, but whoever made it never learns so: its time runs out."""
        self._add(Fault("silent", methods, times, seconds))

    def rate_limited(self, retry_after_s: int, methods: str = "*", *, times: int | None = None) -> None:
        self._add(Fault("rate_limited", methods, times, retry_after_s))

    def fail(self, error: str, methods: str = "*", *, times: int | None = None) -> None:
        """Such as ``channel_not_found`` or ``user_not_found``."""
        self._add(Fault("error", methods, times, error=error))

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def meet(self, method: str) -> Fault | None:
        """The fault that this call meets, counted down; None if all is well."""
        with self._lock:
            for position, fault in enumerate(self._faults):
                if fnmatchcase(method, fault.methods):
                    if fault.times is not None:
                        rest = replace(fault, times=fault.times - 1)
                        self._faults[position : position + 1] = [rest] if rest.times else []
                    return fault
        return None

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)


class RateLimit:
    """About so many messages a second in one channel, with a burst of a few at once (a token bucket each)."""

    def __init__(
        self, per_second: float = 1.0, burst: int = 4, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_second = per_second
        self.burst = burst
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def wait_s(self, channel: str) -> float:
        """0 if a message may go to this channel now, which is then counted; else how long to wait."""
        now = self._clock()
        full_at = max(now, self._full_at.get(channel, now)) + 1 / self.per_second
        excess = full_at - now - self.burst / self.per_second
        if excess > 1e-9:
            return excess
        self._full_at[channel] = full_at
        return 0.0
