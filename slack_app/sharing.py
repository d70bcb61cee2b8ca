"""How the threads of one bot share its process: the interpreter and the memory."""

import ctypes
import sys

_TURN_S = 0.001
"""How long a thread keeps the interpreter while others wait for it. Python's own 5 ms are long for an
acknowledgement, which has to get hold of it a dozen times while searches are under way."""
_M_ARENA_MAX = -8
"""The number of this option in glibc's malloc.h."""
_MOST_HEAPS = 2


def share_process() -> None:
    """Short turns, so that whoever has little to do is soon done; and few heaps, so that what one thread has
    freed is there for the next. To be called before threads begin."""
    sys.setswitchinterval(_TURN_S)
    # Other systems than those with glibc have no heaps by thread.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_M_ARENA_MAX, _MOST_HEAPS)
