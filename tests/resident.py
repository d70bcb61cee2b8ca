"""How much of a file lies in the memory of this process."""

import re
from pathlib import Path

import pytest

_MAPPINGS = Path("/proc/self/smaps")

needs_mappings = pytest.mark.skipif(
    not _MAPPINGS.exists(), reason="needs Linux, which tells what lies where in memory"
)


def resident_kb(place: Path) -> int:
    """Of this file, or of all files in this folder."""
    told = re.findall(
        rf" {re.escape(str(place))}(?:/.*)?\n(?:.*\n){{3}}Rss: +(\d+) kB", _MAPPINGS.read_text()
    )
    return sum(map(int, told))
