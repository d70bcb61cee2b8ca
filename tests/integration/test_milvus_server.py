"""A real Milvus server, for what that of PyPI can do: vectors, filters, regions, and the alias."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import __file__ as a_room

PROGRAM = Path(__file__).resolve().parents[1] / "milvus_server.py"


@pytest.mark.timeout(900)
def test_needs_find_the_same_there_as_here_and_publishing_swaps_the_alias(tmp_path: Path) -> None:
    if not shutil.which("milvus-server", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"):
        pytest.skip("needs a Milvus server (pip install milvus; Linux, x86-64)")
    if importlib.util.find_spec("pymilvus") is None or not shutil.which("unshare") or os.geteuid():
        pytest.skip("needs pymilvus, and the right to run the server in a network of its own")
    told = subprocess.run(
        ["unshare", "--net", sys.executable, PROGRAM, tmp_path],
        env={**os.environ, "PYTHONPATH": str(Path(a_room).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["version"] == [2, 3]
    assert found["n_same"] == found["n_asked"] > 100
    assert found["published"] == [0, 1, 0]
