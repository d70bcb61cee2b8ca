"""Encoding on a Dask cluster of two processes: the same bytes as here, also when one of them is killed."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from index.build import BuildOptions
from index.encoder import EMBEDDED, PIECE, load_encoder
from index.errors import EncoderError
from index.snapshot import Manifest, SnapshotStore
from tiny_bert import make_tiny_bert

distributed = pytest.importorskip("distributed", reason="needs distributed (pip install matchbot[scale])")

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SOURCE = Source("list", NOW.date())
N_TEXTS = 8 * PIECE + 7


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> str:
    return str(make_tiny_bert(tmp_path_factory.mktemp("bert")))


@pytest.fixture(scope="module")
def cluster() -> Iterator["distributed.LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running


def texts() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        " ".join(letters[number % (3 + place)] for place in range(1 + number % 20))
        for number in range(N_TEXTS)
    ]


@pytest.fixture(scope="module")
def made_here(model) -> np.ndarray:
    """The vectors of the texts as this machine makes them, alone."""
    return load_encoder(model).encode_documents(texts()).astype(np.float16)


def firms() -> Iterator[Profile]:
    for number, text in enumerate(texts()[:600]):
        id = f"firm-{number:03d}"
        statement = Passage(f"{id}:0", id, PassageType.CAPABILITY, text, SOURCE)
        yield Profile(Organisation(id, f"firm {number}", Kind.FIRM, SOURCE), (statement,))


def test_the_vectors_are_those_of_this_machine(model, cluster, made_here) -> None:
    from index.distribution import DistributedEncoder

    spread, here = DistributedEncoder(model, cluster.scheduler_address), load_encoder(model)
    assert (spread.identity, spread.dimensions) == (here.identity, here.dimensions)
    assert np.array_equal(spread.encode_documents(texts()).astype(np.float16), made_here)
    assert spread.encode_documents([]).shape == (0, here.dimensions)


def test_a_build_on_a_cluster_has_the_same_bytes(model, cluster, tmp_path) -> None:
    def build(folder: Path, scheduler: str) -> Manifest:
        options = BuildOptions(encoder=model, scheduler=scheduler)
        return SnapshotStore(folder).build(firms(), options=options, now=NOW)

    assert (
        build(tmp_path / "spread", cluster.scheduler_address).content_hash
        == build(tmp_path / "here", "").content_hash
    )


def test_a_worker_with_another_model_is_refused(model, cluster) -> None:
    from index.distribution import DistributedEncoder

    spread = DistributedEncoder(model, cluster.scheduler_address)
    spread.encode_documents(["a"])
    spread.__dict__["_here"].__dict__["identity"] = "sentence-transformers another"
    with pytest.raises(EncoderError, match="other weights"):
        spread.encode_documents(["a"])


def test_a_scheduler_that_does_not_answer_and_a_model_that_is_trained_here_are_told(model, tmp_path) -> None:
    from index.distribution import DistributedEncoder

    with pytest.raises(EncoderError, match="tcp://127"):
        DistributedEncoder(model, "tcp://127.0.0.1:1").encode_documents(["a"])
    with pytest.raises(EncoderError, match="sentence-transformers"):
        SnapshotStore(tmp_path).build(
            firms(), options=BuildOptions(encoder=EMBEDDED, scheduler="tcp://127.0.0.1:1"), now=NOW
        )


def test_what_a_killed_worker_had_is_done_by_another(model, cluster, made_here) -> None:
    from index.distribution import DistributedEncoder

    def kill_one() -> None:
        while not any(state.processing for state in cluster.scheduler.workers.values()):
            time.sleep(0.01)
        busy = next(state for state in cluster.scheduler.workers.values() if state.processing)
        os.kill(cluster.workers[busy.name].process.pid, signal.SIGKILL)

    killer = Thread(target=kill_one)
    killer.start()
    vectors = DistributedEncoder(model, cluster.scheduler_address).encode_documents(texts())
    killer.join()
    assert np.array_equal(vectors.astype(np.float16), made_here)
