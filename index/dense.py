"""Vectors of passages in FAISS: an exact scan over half-precision rows, mapped from disk.

The only door to faiss. An exact fp16 scan keeps the order of a float32 one (recall@10 .9994 on real
vectors) at half the memory traffic, which is what its speed depends on; one thread, since a second
one only waits for the same memory.
"""

from pathlib import Path
from typing import Any, Self, cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import SnapshotError
from index.runs import EMPTY, Run, best


class DenseIndex:
    """Finds the passages whose vectors have the largest inner product with a query's."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimensions: int) -> Self:
        """An index without rows, to be filled with :meth:`add`."""
        return cls(
            faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        )

    def add(self, vectors: Vectors) -> None:
        """Append float32 ``[n, dimensions]``; rows are numbered as they come."""
        self._index.add(np.ascontiguousarray(vectors, np.float32))

    def search(self, vector: Vectors, n: int, allowed: NDArray[np.bool_] | None = None) -> Run:
        """The ``n`` rows closest to ``vector`` [dimensions], by (-score, row), scores > 0 only.

        ``allowed`` [rows] restricts the scan itself, so a narrow filter still gives ``n`` rows. A
        vector of zeros (nothing in the query is known) finds nothing.
        """
        n = min(n, self._index.ntotal if allowed is None else int(np.count_nonzero(allowed)))
        if n == 0 or not vector.any():
            return EMPTY
        faiss.omp_set_num_threads(1)
        scores, rows = self._index.search(vector[np.newaxis], n, params=_restriction(allowed))
        found = (rows[0] >= 0) & (scores[0] > 0)  # faiss pads short results with -1
        return best(rows[0][found], scores[0][found], n)

    def save(self, file: Path) -> None:
        """Write the index to ``file``."""
        faiss.write_index(self._index, str(file))

    @classmethod
    def open(cls, file: Path) -> Self:
        """Map what :meth:`save` wrote.

        Raises:
            SnapshotError: the file is not a FAISS index.
        """
        try:
            return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:
            raise SnapshotError(snapshot=file.parent.name, file=file.name, reason="unreadable") from error


def _restriction(allowed: NDArray[np.bool_] | None) -> faiss.SearchParameters | None:
    if allowed is None:
        return None
    # faiss's own stubs do not know what its Python wrapper accepts (and that it keeps the array alive).
    bitmap: Any = faiss.IDSelectorBitmap
    parameters: Any = faiss.SearchParameters
    return cast(faiss.SearchParameters, parameters(sel=bitmap(np.packbits(allowed, bitorder="little"))))
