"""The threads of one bot share its process."""

import ctypes
import mmap
import subprocess
import sys
from pathlib import Path

import pytest

from resident import needs_mappings, resident_kb
from slack_app.sharing import let_go_of_files

_AT_WORK = """
import ctypes, gc, sys
from threading import Barrier, Thread
from slack_app.sharing import share_process

if "shared" in sys.argv:
    share_process()
barrier = Barrier(12)

def work():
    kept = bytearray(50_000)
    barrier.wait()

threads = [Thread(target=work) for _ in range(barrier.parties)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
print(sys.getswitchinterval(), gc.get_freeze_count())
"""


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_stats"), reason="needs glibc, which tells its heaps"
)
def test_a_dozen_threads_take_short_turns_and_share_two_heaps_and_what_is_loaded_is_not_searched() -> None:
    apart, shared = (
        subprocess.run([sys.executable, "-c", _AT_WORK, *how], capture_output=True, text=True, check=True)
        for how in ([], ["shared"])
    )
    assert apart.stderr.count("Arena ") > 2 >= shared.stderr.count("Arena ")
    (turn, n_frozen), (short_turn, n_loaded) = (map(float, one.stdout.split()) for one in (apart, shared))
    assert turn > short_turn == pytest.approx(0.001)
    assert n_loaded > 1_000 > n_frozen == 0


@needs_mappings
def test_files_that_were_read_are_let_go_of_and_read_again_and_what_was_written_stays(tmp_path: Path) -> None:
    read, written = tmp_path / "read", tmp_path / "written"
    for file in (read, written):
        file.write_bytes(b"fine " * 200_000)
    with read.open("rb") as one, written.open("rb") as other:
        known = mmap.mmap(one.fileno(), 0, access=mmap.ACCESS_READ)
        changed = mmap.mmap(other.fileno(), 0, access=mmap.ACCESS_COPY)
    changed[:5] = b"drawn"
    before = known[:]
    assert resident_kb(read) > 900
    let_go_of_files()
    assert resident_kb(read) == 0
    assert known[:] == before
    assert changed[:10] == b"drawnfine "
