"""What happens, told once: as a line of the log, which metrics count, and which leads to the ledger's rows.

Each thing that somebody does has a key, under which it is done once; the ledger's rows carry it, and the
correlation id comes from it. So the id leads from a line of the log to the rows and back, and what Slack
delivers twice has one id. Ids and codes are told, never a name or a text of people.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from time import perf_counter
from typing import Any

from matchbot.errors import MatchbotError

LOGGER = logging.getLogger(__name__)
"""Where everything that happens is told, on the level INFO."""

DONE, FAILED = "done", "failed"
"""Results; any other one is the code of an error."""
NOTHING_NEW = "nothing-new"
"""The result of a command that recorded nothing: mostly it was carried out under the same key before."""

_PART = "~"


class Happening(StrEnum):
    """What can happen."""

    ANSWER = "answer"
    """Something that arrived from Slack was answered (``kind``, ``what``)."""
    COMMAND = "command"
    """The desk was asked to record something (``action``); ``rows``: the first and the last row it wrote."""
    SEARCH = "search"
    """Partners were looked for (``n_found``)."""
    MESSAGE = "message"
    """A message of the outbox was handled (``kind``)."""
    RATE_LIMIT = "rate-limit"
    """Slack asked for patience."""
    REBUILD = "rebuild"
    """Read models were made again by whoever needed them (`reason`, `n_events`)."""
    STEP = "step"
    """A step of the work of a night (``step``)."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """To what that belongs which happens now.

    ``key``: under which it is done; ``led_by``: the key of what led to it, where that is something else: a
    request, a run of the jobs or of the program.
    """

    key: str = ""
    led_by: str = ""

    @property
    def id(self) -> str:
        """The id of it; "" for what belongs to nothing."""
        return correlation_id(self.key) if self.key else ""

    @property
    def cause(self) -> str:
        """The id of what led to it; "" where nothing else did."""
        return correlation_id(self.led_by) if self.led_by else ""


_NOW: ContextVar[Correlation] = ContextVar("correlation", default=Correlation())  # noqa: B039 (it is frozen)


def correlation_id(key: str) -> str:
    """The id of what was done under a key, or a part of it.

    >>> correlation_id("click:T1:U1:approve:c-4:17.5") == correlation_id("click:T1:U1:approve:c-4:17.5~card")
    True
    """
    return blake2b(key.partition(_PART)[0].encode(), digest_size=6).hexdigest()


def part_of(key: str, part: str) -> str:
    """The key of a part of what is done under a key."""
    return f"{key}{_PART}{part}"


def correlation() -> Correlation:
    """To what that belongs which happens now, in this thread."""
    return _NOW.get()


@contextmanager
def correlated(key: str) -> Iterator[None]:
    """All that happens within belongs to what is done under a key."""
    outer, whole = _NOW.get(), key.partition(_PART)[0]
    token = _NOW.set(Correlation(whole, outer.led_by if outer.key in ("", whole) else outer.key))
    try:
        yield
    finally:
        _NOW.reset(token)


def tell(happening: Happening, **facts: Any) -> None:
    """Tell that something happened."""
    LOGGER.info(happening.value, extra=facts)


@contextmanager
def telling(happening: Happening, **facts: Any) -> Iterator[dict[str, Any]]:
    """Tell of something when it is over, with its result and duration; what is put into the mapping, too."""
    told: dict[str, Any] = {"result": DONE, **facts}
    if not LOGGER.isEnabledFor(logging.INFO):  # Nobody listens.
        yield told
        return
    begun = perf_counter()
    try:
        yield told
    except MatchbotError as error:
        told["result"] = error.code
        raise
    except Exception:
        told["result"] = FAILED
        raise
    finally:
        tell(happening, **told, duration_s=round(perf_counter() - begun, 6))
