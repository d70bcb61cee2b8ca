"""The scan over vectors, exact and by way of the sketch."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
from index.encoder import unit_rows
from index.errors import SnapshotError


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    return unit_rows(np.random.default_rng(1).standard_normal((500, 16)).astype(np.float32))


@pytest.fixture(scope="module")
def index(vectors: np.ndarray) -> DenseIndex:
    index = DenseIndex.empty(16)
    index.add(vectors[:200])
    index.add(vectors[200:])
    return index


def test_the_closest_rows_come_first(index: DenseIndex, vectors: np.ndarray) -> None:
    exact = vectors @ vectors[7]
    rows, scores = index.search(vectors[7], 5).ranked()
    assert rows.tolist() == np.argsort(-exact)[:5].tolist()
    assert scores == pytest.approx(exact[rows], abs=2e-3)


def test_rows_that_point_away_are_never_found(index: DenseIndex, vectors: np.ndarray) -> None:
    exact = vectors @ vectors[7]
    run = index.search(vectors[7], 500)
    assert (run.scores > 0).all()
    assert len(run) == pytest.approx((exact > 0).sum(), abs=2)


def test_the_filter_acts_inside_the_scan(index: DenseIndex, vectors: np.ndarray) -> None:
    allowed = np.zeros(500, bool)
    allowed[3::50] = True
    everything, _ = index.search(vectors[7], 500).ranked()
    expected = [row for row in everything.tolist() if allowed[row]]
    assert index.search(vectors[7], 500, allowed).ranked()[0].tolist() == expected
    assert index.search(vectors[7], 3, allowed).ranked()[0].tolist() == expected[:3]
    assert 3 not in everything[:3]


def test_a_filter_that_nothing_passes_finds_nothing(index: DenseIndex, vectors: np.ndarray) -> None:
    assert len(index.search(vectors[0], 10, np.zeros(500, bool))) == 0


def test_a_vector_of_zeros_finds_nothing(index: DenseIndex) -> None:
    assert len(index.search(np.zeros(16, np.float32), 10)) == 0


def test_equal_vectors_tie_by_row() -> None:
    index = DenseIndex.empty(4)
    index.add(np.tile(np.eye(4, dtype=np.float32)[0], (9, 1)))
    assert index.search(np.eye(4, dtype=np.float32)[0], 9).rows.tolist() == list(range(9))


def test_an_index_without_rows_finds_nothing() -> None:
    assert len(DenseIndex.empty(4).search(np.ones(4, np.float32), 3)) == 0


def test_what_was_saved_finds_the_same(tmp_path: Path, index: DenseIndex, vectors: np.ndarray) -> None:
    index.save(tmp_path / "vectors.faiss")
    opened = DenseIndex.open(tmp_path / "vectors.faiss")
    for query in vectors[:5]:
        assert opened.search(query, 20).rows.tolist() == index.search(query, 20).rows.tolist()


@pytest.fixture(scope="module")
def many() -> np.ndarray:
    random = np.random.default_rng(2)
    themes = random.standard_normal((200, 16))
    return unit_rows(
        (themes[np.arange(20_000) % 200] + random.standard_normal((20_000, 16))).astype(np.float32)
    )


@pytest.fixture(scope="module")
def exact(many: np.ndarray) -> DenseIndex:
    index = DenseIndex.empty(16)
    index.add(many)
    return index


@pytest.fixture(scope="module")
def sketched(exact: DenseIndex) -> DenseIndex:
    return exact.sketched()


def test_with_a_sketch_the_best_rows_and_their_scores_are_those_of_the_exact_scan(
    exact: DenseIndex, sketched: DenseIndex, many: np.ndarray
) -> None:
    for query in many[::1000]:
        best, found = exact.search(query, 50).ranked(), sketched.search(query, 1000).ranked(50)
        assert found[0].tolist() == best[0].tolist()
        assert found[1].tolist() == best[1].tolist()


@pytest.mark.parametrize("share", [0.9, 0.6, 0.1, 0.001])
def test_with_a_sketch_a_filter_still_gives_as_many_rows(
    exact: DenseIndex, sketched: DenseIndex, many: np.ndarray, share: float
) -> None:
    allowed = np.random.default_rng(3).random(len(many)) < share
    best, found = exact.search(many[5], 400, allowed), sketched.search(many[5], 400, allowed)
    assert allowed[found.rows].all()
    assert len(found) == len(best)
    assert found.ranked(40)[0].tolist() == best.ranked(40)[0].tolist()


def test_what_is_closest_may_all_be_forbidden(
    exact: DenseIndex, sketched: DenseIndex, many: np.ndarray
) -> None:
    allowed = np.ones(len(many), bool)
    allowed[exact.search(many[5], 5_000).rows] = False
    found = sketched.search(many[5], 1_000, allowed)
    assert found.rows.tolist() == exact.search(many[5], 1_000, allowed).rows.tolist()


def test_a_sketch_is_the_same_every_time_and_is_kept(
    tmp_path: Path, exact: DenseIndex, sketched: DenseIndex, many: np.ndarray
) -> None:
    for name, index in (("a", sketched), ("b", exact.sketched())):
        index.save(tmp_path / f"{name}.faiss")
    first, second = ((tmp_path / f"{name}.sketch.faiss").read_bytes() for name in "ab")
    assert first == second
    opened = DenseIndex.open(tmp_path / "a.faiss")
    assert opened.search(many[3], 1000).rows.tolist() == sketched.search(many[3], 1000).rows.tolist()


def test_how_to_sketch_is_learned_once_and_then_used_for_other_rows_too(
    tmp_path: Path, exact: DenseIndex, many: np.ndarray
) -> None:
    manner = tmp_path / "manner.faiss"
    exact.sketched(manner).save(tmp_path / "first.faiss")
    learned = manner.read_bytes()
    others = DenseIndex.empty(16)
    others.add(many[::-1][:20_000])
    others.sketched(manner).save(tmp_path / "others.faiss")
    others.sketched().save(tmp_path / "others-learned-anew.faiss")
    exact.sketched(manner).save(tmp_path / "again.faiss")
    bytes_of = {file.name.partition(".")[0]: file.read_bytes() for file in tmp_path.glob("*.sketch.faiss")}
    assert manner.read_bytes() == learned
    assert bytes_of["first"] == bytes_of["again"]
    assert bytes_of["others"] != bytes_of["others-learned-anew"]


def test_few_rows_are_not_sketched(tmp_path: Path, index: DenseIndex) -> None:
    index.sketched().save(tmp_path / "few.faiss")
    assert [file.name for file in tmp_path.iterdir()] == ["few.faiss"]


@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_a_file_that_is_no_index_is_told_by_name(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "vectors.faiss"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        DenseIndex.open(file)
    assert caught.value.facts == {"snapshot": tmp_path.name, "file": file.name, "reason": "unreadable"}
