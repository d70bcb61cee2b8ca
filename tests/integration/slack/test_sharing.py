"""The threads of one bot share its process."""

import ctypes
import subprocess
import sys

import pytest

_AT_WORK = """
import ctypes, sys
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
print(sys.getswitchinterval())
"""


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_stats"), reason="needs glibc, which tells its heaps"
)
def test_a_dozen_threads_take_short_turns_and_have_two_heaps_between_them() -> None:
    apart, shared = (
        subprocess.run([sys.executable, "-c", _AT_WORK, *how], capture_output=True, text=True, check=True)
        for how in ([], ["shared"])
    )
    assert apart.stderr.count("Arena ") > 2 >= shared.stderr.count("Arena ")
    assert float(apart.stdout) > float(shared.stdout) == pytest.approx(0.001)
