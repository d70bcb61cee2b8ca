"""How long work tells how far it is, on every floor alike."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Takes the stage of long work, how much of it is done, and how much there is (0: not known)."""


def unheard(stage: str, done: int, total: int) -> None:
    """Progress that nobody follows."""
