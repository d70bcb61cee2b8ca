"""A real Milvus server, and how what matchbot asks of one comes out there: a program that tells it as JSON.

It runs in a network of its own (`unshare --net`), since the server listens on every address. The server is
the one on PyPI, of version 2.3. That has no sparse vectors, and one vector for each row: terms are left out,
so that needs are searched by their meaning alone.
"""

import fcntl
import json
import math
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pymilvus import DataType, MilvusClient, MilvusException

from corpus.bundled import golden_set
from index.build import BuildOptions
from index.hits import Filters, Hit
from index.hybrid import DENSE, VOTES
from index.milvus import Cluster, ClusterStore
from index.snapshot import SnapshotStore
from matchbot.evaluation import read_set

URL = "http://127.0.0.1:19530"
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
N_ORGANISATIONS, N_NEEDS = 150, 50
FILTERS = (
    Filters(),
    Filters(prefectures=frozenset({"東京都", "大阪府"})),
    Filters(not_kinds=frozenset({"firm"}), is_open_only=True),
)
_START_S = 180
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 0x1


def program() -> str | None:
    """The server's program, where it is installed."""
    return shutil.which("milvus-server", path=str(Path(sys.executable).parent)) or shutil.which(
        "milvus-server"
    )


class WithoutTerms(MilvusClient):  # type: ignore[misc]
    """A client that leaves out what this server cannot hold."""

    def create_collection(self, collection_name: str, schema: Any, index_params: Any) -> None:
        vector = next((field for field in schema.fields if field.name == "vector"), None)
        held, indexes = self.create_schema(enable_dynamic_field=False), self.prepare_index_params()
        held.fields.extend(field for field in schema.fields if field.name != "terms")
        if vector is None:  # each collection has to have one
            held.add_field("terms", DataType.FLOAT_VECTOR, dim=2)
        name = "terms" if vector is None else "vector"
        indexes.add_index(name, index_type="FLAT", metric_type="IP")
        super().create_collection(collection_name, schema=held, index_params=indexes)

    def insert(self, collection_name: str, data: Sequence[dict[str, Any]], partition_name: str) -> Any:
        rows = [{name: value for name, value in row.items() if name != "terms"} for row in data]
        rows = [row if "vector" in row else {**row, "terms": [0.0, 0.0]} for row in rows]
        return super().insert(collection_name, rows, partition_name=partition_name)


def main(folder: Path) -> None:
    """Ask a server whose files are in ``folder``."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP))
    with running(folder):
        json.dump(asked(folder), sys.stdout)


@contextmanager
def running(folder: Path) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        command = [program() or "milvus-server", "--data", str(folder / "data")]
        server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        wait()
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()


def wait() -> None:
    end = time.monotonic() + _START_S
    while True:
        try:
            return MilvusClient(URL, timeout=5).close()
        except MilvusException:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def asked(folder: Path) -> dict[str, Any]:
    """The version; how many of the needs find the same there as here; which search data are published after a
    build, a second one, and going back."""
    profiles, questions = read_set(golden_set())
    some = [*profiles][:N_ORGANISATIONS]
    cluster = Cluster(URL)
    version = cluster.version()
    cluster.__dict__["_client"] = WithoutTerms(URL, timeout=60)
    store = ClusterStore(folder / "snapshots", cluster)
    names = [store.build(some, options=BuildOptions(), now=NOW).name]
    published = [cluster.published(names)]
    there, here = store.open(), SnapshotStore(folder / "snapshots").open()
    recipe = here.recipe.only(DENSE, VOTES)
    there, here = there.with_recipe(recipe), here.with_recipe(recipe)
    needs = [(question.text, filters) for question in questions[:N_NEEDS] for filters in FILTERS]
    n_same = sum(same(there.search(need, filters=by), here.search(need, filters=by)) for need, by in needs)
    names.append(store.build(some[1:], options=BuildOptions(), now=NOW + timedelta(minutes=1)).name)
    published.append(cluster.published(names))
    store.rollback()
    published.append(cluster.published(names))
    return {
        "version": version,
        "n_asked": len(needs),
        "n_same": n_same,
        "published": [names.index(name) if name else None for name in published],
    }


def same(ours: Sequence[Hit], theirs: Sequence[Hit]) -> bool:
    by_id = {hit.organisation.id: hit.score for hit in theirs}
    return len(ours) == len(theirs) and all(
        math.isclose(hit.score, by_id.get(hit.organisation.id, math.inf), rel_tol=1e-3) for hit in ours
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
