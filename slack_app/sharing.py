"""How the threads of one bot share its process: the interpreter and the memory."""

import ctypes
import gc
import mmap
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_TURN_S = 0.001
"""How long a thread keeps the interpreter while others wait for it. Python's own 5 ms are long for an
acknowledgement, which has to get hold of it a dozen times while searches are under way."""
_M_ARENA_MAX = -8
"""The number of this option in glibc's malloc.h."""
_MOST_HEAPS = 2
_MAPPINGS = Path("/proc/self/smaps")
"""What lies where in the memory of this process; Linux tells it."""
_OF_A_FILE = re.compile(
    r"^(?P<start>[0-9a-f]+)-(?P<end>[0-9a-f]+) r-..\s\S+\s\S+\s\S+\s+/.*\n"
    r"(?:[A-Z].*\n)*?Anonymous: +(?P<n_written>\d+) kB",
    re.MULTILINE,
)


def share_process() -> None:
    """Short turns, so that whoever has little to do is soon done; few heaps, so that what one thread has
    freed is there for the next; and no search for cycles among what is loaded, which stays: it would hold all
    threads up for a tenth of a second every now and then. To be called before threads begin."""
    sys.setswitchinterval(_TURN_S)
    gc.freeze()
    # Other systems than those with glibc have no heaps by thread.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_M_ARENA_MAX, _MOST_HEAPS)


def let_go_of_files() -> None:
    """Give back the memory in which files were read: what opening them took and no question needs again,
    and what former questions looked at.

    Sudachi reads all of its table of connections, 72 MB, to open it; a library, as it is loaded, more than is
    ever called. Whatever is asked for again is still in the system's cache, and comes back by the page.
    """
    madvise = getattr(ctypes.CDLL(None), "madvise", None)
    if madvise and _MAPPINGS.exists():
        for start, end in list(_unwritten(_MAPPINGS.read_text())):
            madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), mmap.MADV_DONTNEED)


def _unwritten(mappings: str) -> Iterator[tuple[int, int]]:
    """From where to where files lie in memory that nobody can write to, and nobody has: as on the disk."""
    for match in _OF_A_FILE.finditer(mappings):
        if int(match["n_written"]) == 0:
            yield int(match["start"], 16), int(match["end"], 16)
