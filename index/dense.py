"""Vectors of passages in FAISS: half-precision rows, mapped from disk, with a sketch of them to look through.

The only door to faiss. The rows are compared exactly: fp16 keeps the order of float32 (recall@10 .9994
on real vectors) at half the memory traffic, which is what the speed of a scan depends on; one thread,
since a second one only waits for the same memory. Where there are many rows, a sketch of an eighth of
their size (a product quantiser with four bits for two dimensions; André, Kermarrec and Le Scouarnec,
*Cache locality is not enough*, VLDB 2015) says which ones are worth comparing: see docs/adr/0011.
"""

from pathlib import Path
from typing import Any, Self, cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import SnapshotError
from index.runs import EMPTY, Run, top_of

_FEWEST_SKETCHED = 20_000
"""Below that many rows an exact scan takes less than a millisecond."""
_BITS = 4
_TAUGHT_BY = 8_192
"""Rows that the sketch is learned from: twice what faiss takes for 16 centroids."""
_BLOCK = 65_536
_COMPARED = 2
"""Rows compared for each one wanted."""
_FEWEST_ALLOWED = 0.5
"""The share of rows that a filter must let pass for the sketch to be of use."""


class DenseIndex:
    """Finds the passages whose vectors have the largest inner product with a query's."""

    def __init__(self, rows: faiss.Index, sketch: faiss.Index | None = None) -> None:
        """``sketch``: of the same rows, where there is one."""
        self._rows = rows
        self._sketch = sketch
        self._sketched = None if sketch is None else faiss.IndexRefine(sketch, rows)

    @classmethod
    def empty(cls, dimensions: int) -> Self:
        """An index without rows, to be filled with :meth:`add`."""
        return cls(
            faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        )

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._rows.d)

    def add(self, vectors: Vectors) -> None:
        """Append float32 ``[n, dimensions]``; rows are numbered as they come."""
        self._rows.add(np.ascontiguousarray(vectors, np.float32))

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors in these rows, as half precision keeps them."""
        return np.asarray(self._rows.reconstruct_batch(rows), np.float32)

    def sketched(self, manner: Path | None = None) -> "DenseIndex":
        """The same rows with a sketch, where there are so many that it is worth while.

        ``manner``: a file that holds how an earlier sketch is drawn, which takes as long to learn as all
        rows take to be sketched; what is learned now is written there.
        """
        n, dimensions = self._rows.ntotal, self._rows.d
        if n < _FEWEST_SKETCHED or dimensions % 2:
            return self
        faiss.omp_set_num_threads(1)  # the same bytes every time
        if manner and manner.exists():
            sketch = _read(manner, 0)
        else:
            sketch = self._empty_sketch()
            if manner:
                faiss.write_index(sketch, str(manner))
        for start in range(0, n, _BLOCK):
            sketch.add(self._rows.reconstruct_n(start, min(_BLOCK, n - start)))
        return DenseIndex(self._rows, sketch)

    def _empty_sketch(self) -> faiss.Index:
        """A sketch that has learned from these rows, and holds none yet."""
        n, dimensions = self._rows.ntotal, self._rows.d
        sketch = faiss.IndexPQFastScan(dimensions, dimensions // 2, _BITS, faiss.METRIC_INNER_PRODUCT)
        teachers = np.linspace(0, n - 1, _TAUGHT_BY, dtype=np.int64)
        sketch.train(self._rows.reconstruct_batch(teachers))
        return sketch

    def search(self, vector: Vectors, n: int, allowed: NDArray[np.bool_] | None = None) -> Run:
        """The ``n`` rows closest to ``vector`` [dimensions], ties by row, scores > 0 only.

        ``allowed`` [rows] restricts the search itself, so a narrow filter still gives ``n`` rows. A
        vector of zeros (nothing in the query is known) finds nothing. Scores are exact; of several
        hundred rows wanted, the sketch may miss one in a hundred of the last.
        """
        n_allowed = self._rows.ntotal if allowed is None else int(np.count_nonzero(allowed))
        n = min(n, n_allowed)
        if n == 0 or not vector.any():
            return EMPTY
        faiss.omp_set_num_threads(1)
        share = n_allowed / self._rows.ntotal
        n_compared = int(n * _COMPARED / share)
        if self._sketched is not None and share >= _FEWEST_ALLOWED and n_compared < self._rows.ntotal / 4:
            # What a filter leaves out is known afterwards only, so that all that was compared has to be seen.
            n_seen = n if allowed is None else n_compared
            comparing = _comparing(n_compared / n_seen)
            scores, rows = self._sketched.search(vector[np.newaxis], n_seen, params=comparing)
            found = _found(scores[0], rows[0], allowed)
            if len(found[0]) >= n:
                return top_of(*found, n)
        scores, rows = self._rows.search(vector[np.newaxis], n, params=_restriction(allowed))
        return top_of(*_found(scores[0], rows[0]), n)

    def save(self, file: Path) -> None:
        """Write the rows to ``file``, and the sketch beside it."""
        faiss.write_index(self._rows, str(file))
        if self._sketch is not None:
            faiss.write_index(self._sketch, str(_sketch_beside(file)))

    @classmethod
    def open(cls, file: Path) -> Self:
        """Map what :meth:`save` wrote.

        Raises:
            SnapshotError: a file is no FAISS index.
        """
        beside = _sketch_beside(file)
        return cls(_read(file), _read(beside) if beside.exists() else None)


def _found(
    scores: NDArray[np.float32], rows: NDArray[np.int64], allowed: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Rows, ascending, and scores, without what faiss pads short results with (-1), what points away, and
    what is not allowed."""
    is_found = (rows >= 0) & (scores > 0)
    if allowed is not None:
        is_found &= allowed[rows]
    rows, scores = rows[is_found], scores[is_found]
    order = np.argsort(rows)
    return rows[order], scores[order]


def _sketch_beside(file: Path) -> Path:
    return file.with_suffix(f".sketch{file.suffix}")


def _read(file: Path, flags: int = faiss.IO_FLAG_MMAP_IFC) -> faiss.Index:
    """``flags``: 0 reads into memory what is to be added to."""
    with SnapshotError.naming(file):
        return faiss.read_index(str(file), flags)


def _comparing(times: float) -> faiss.SearchParameters:
    """So many times as many rows compared as are wanted."""
    parameters: Any = faiss.IndexRefineSearchParameters  # whose stub knows no arguments either
    return cast(faiss.SearchParameters, parameters(k_factor=times))


def _restriction(allowed: NDArray[np.bool_] | None) -> faiss.SearchParameters | None:
    if allowed is None:
        return None
    # faiss's own stubs do not know what its Python wrapper accepts (and that it keeps the array alive).
    bitmap: Any = faiss.IDSelectorBitmap
    parameters: Any = faiss.SearchParameters
    return cast(faiss.SearchParameters, parameters(sel=bitmap(np.packbits(allowed, bitorder="little"))))
