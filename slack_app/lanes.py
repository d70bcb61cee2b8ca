"""Work in the background, in lanes: several at once, but what belongs together one after the other."""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition

_LOG = logging.getLogger(__name__)

Work = Callable[[], object]

_MOST_HELD_S = 0.5
"""Long beside any acknowledgement, also on a busy machine; a sixth of what Slack waits."""


class Lanes:
    """Runs work on ``n_workers`` threads; the work of one lane in the order in which it was put."""

    def __init__(self, n_workers: int) -> None:
        self._pool = ThreadPoolExecutor(max_workers=n_workers, thread_name_prefix="matchbot-work")
        self._lanes: dict[str, deque[Work]] = {}
        self._changed = Condition()
        self._n_holding = 0

    def put(self, lane: str, work: Work) -> None:
        """Have work done behind all that its lane has already. Raises RuntimeError after `close`."""
        with self._changed:
            waiting = self._lanes.get(lane)
            if waiting is not None:
                waiting.append(work)
                return
            self._lanes[lane] = deque([work])
        self._pool.submit(self._run, lane)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile no work begins that has not waited for half a second: whoever has to be quick goes
        first. What is being worked on goes on."""
        with self._changed:
            self._n_holding += 1
        try:
            yield
        finally:
            with self._changed:
                self._n_holding -= 1
                self._changed.notify_all()

    def is_idle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do; False where something still is when the time is over."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._lanes, timeout_s)

    def close(self) -> None:
        """Do what was put, and nothing after it."""
        self.is_idle(timeout_s=60)
        self._pool.shutdown(wait=True)

    def _run(self, lane: str) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: not self._n_holding, _MOST_HELD_S)
                work = self._lanes[lane][0]
            try:
                work()
            except Exception:
                # Whoever put it answers for its errors; a lane must go on whatever happens.
                _LOG.exception("work in a lane failed")
            with self._changed:
                self._lanes[lane].popleft()
                if not self._lanes[lane]:
                    del self._lanes[lane]
                    self._changed.notify_all()
                    return
