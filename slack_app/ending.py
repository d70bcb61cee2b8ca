"""How a program that serves is told to end."""

import signal
from threading import Event
from types import FrameType


def told_to_end() -> Event:
    """Set as soon as the program is told to end (Ctrl-C or SIGTERM); from now on that is all they do."""
    ended = Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return ended
