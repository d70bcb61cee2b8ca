"""BM25 as rank_bm25 defines it, served from sparse columns: one column of ready impacts per term.

The score of document d for a query is the sum, over the query's tokens t (a token given twice counts
twice), of ``idf(t) · tf(t, d) · (k1 + 1) / (tf(t, d) + k1 · (1 − b + b · |d| / mean |d|))``
(Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009). Everything
but the choice of columns is known when the index is built, so it is computed then: a query adds up
the columns of its terms.

Where rank_bm25 fails on small corpora, this room differs, and only there:

* an empty corpus has no scores, instead of a division by zero;
* a term in half of the documents has idf 0 there, and where the mean idf is negative (one document,
  say) rank_bm25's floor is negative: such a term gets ``epsilon · log(1 + (N − n + ½) / (n + ½))``,
  which is small and positive, so a document that holds the word is found;
* a string handed over as the tokens is refused, instead of being read character by character.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.arrays import distinct, is_new, placed
from index.errors import IndexingError, SnapshotError
from index.relevance import weight

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

_BLOCK = 4_000_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """k1: how soon repetition stops counting; b: how much length counts; epsilon: floor of the idf."""

    k1: float = 0.9
    b: float = 0.4
    epsilon: float = 0.25


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Which documents hold which terms, and how often.

    ``hashes`` uint64 [terms], ascending · ``offsets`` int64 [terms + 1] · ``documents`` int32
    [postings], ascending within a term · ``counts`` uint16 [postings] · ``lengths`` int32 [documents].
    """

    hashes: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    documents: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    def document_frequencies(self) -> NDArray[np.int64]:
        """In how many documents each term stands."""
        return np.diff(self.offsets)

    def without(self, documents: NDArray[np.integer]) -> "TermCounts":
        """The same with these documents emptied; the others keep their numbers."""
        if not len(documents):
            return self
        emptied = np.zeros(len(self.lengths), bool)
        emptied[documents] = True
        gone = np.concatenate(
            [
                np.flatnonzero(emptied[self.documents[stretch]]) + stretch.start
                for stretch in _stretches(len(self.documents))
            ]
            or [np.zeros(0, np.int64)]
        )
        return TermCounts(
            self.hashes,
            self.offsets - np.searchsorted(gone, self.offsets),
            np.delete(self.documents, gone),
            np.delete(self.counts, gone),
            np.where(emptied, 0, self.lengths).astype(np.int32),
        )

    def grouped(self, owners: NDArray[np.int32], n_owners: int) -> "TermCounts":
        """The counts of whole profiles: documents of one owner taken together.

        ``owners[document]`` must not fall, so that an owner's documents stand next to each other.
        """
        blocks = [self._grouped(first, last, owners, n_owners) for first, last in _blocks(self.offsets)]
        frequencies, documents, counts = (
            np.concatenate([block[place] for block in blocks] or [np.zeros(0, np.int64)])
            for place in range(3)
        )
        return TermCounts(
            self.hashes,
            np.concatenate([[0], np.cumsum(frequencies, dtype=np.int64)]),
            documents.astype(np.int32, copy=False),
            counts.astype(np.uint16, copy=False),
            np.bincount(owners, self.lengths, minlength=n_owners).astype(np.int32),
        )

    def _grouped(
        self, first: int, last: int, owners: NDArray[np.int32], n_owners: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint16]]:
        """Of a stretch of terms: how many owners hold each, who they are, and how often they do."""
        postings = slice(self.offsets[first], self.offsets[last])
        bounds = np.arange(last - first + 1) * n_owners
        keys = np.repeat(bounds[:-1], np.diff(self.offsets[first : last + 1]))
        keys += owners[self.documents[postings]]
        starts = np.flatnonzero(is_new(keys))
        if not len(starts):
            return np.zeros(last - first, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint16)
        sums = np.add.reduceat(self.counts[postings], starts, dtype=np.int64)
        keys = keys[starts]
        return np.diff(np.searchsorted(keys, bounds)), (keys % n_owners).astype(np.int32), _uint16(sums)


class TermCounter:
    """Counts documents one by one; holds one number per token, not the tokens."""

    def __init__(self, ids: dict[str, int] | None = None) -> None:
        """``ids``: the number of each term, where others number them, too; a new one gets the next."""
        self._ids: dict[str, int] = {} if ids is None else ids
        self._tokens = array("i")
        self._lengths = array("i")
        # What is counted later of documents added before: as many numbers of documents as of tokens.
        self._late_tokens = array("i")
        self._late_documents = array("i")

    def add(self, tokens: Sequence[str]) -> None:
        """Count the next document."""
        if isinstance(tokens, str):
            raise TypeError("tokens must be a sequence of strings, not one string")
        ids = self._ids
        self._tokens.extend([ids.setdefault(token, len(ids)) for token in tokens])
        self._lengths.append(len(tokens))

    def add_numbers(self, *pieces: NDArray[np.int32]) -> None:
        """Count the next document, of which each piece is told as the numbers of its terms."""
        for piece in pieces:
            self._tokens.frombytes(piece.tobytes())
        self._lengths.append(sum(map(len, pieces)))

    def fill(self, document: int, tokens: Sequence[str]) -> None:
        """Count more of a document that was added before, by its number."""
        ids = self._ids
        self._late_tokens.extend([ids.setdefault(token, len(ids)) for token in tokens])
        self._late_documents.extend([document] * len(tokens))

    def shared(self, tokens: Iterable[str], owners: NDArray[np.integer], least: int) -> frozenset[str]:
        """Those of the tokens that the documents of at least so many owners hold.

        ``owners``: of each document.
        """
        asked = {token: self._ids[token] for token in tokens if token in self._ids}
        is_asked = np.zeros(len(self._ids), bool)
        is_asked[list(asked.values())] = True
        held = np.frombuffer(self._tokens, np.int32)
        ends = np.cumsum(np.frombuffer(self._lengths, np.int32), dtype=np.int64)
        n = max(len(ends), 1)
        pairs = [np.zeros(0, np.int64)]
        for stretch in _stretches(len(held)):
            places = np.flatnonzero(is_asked[held[stretch]]) + stretch.start
            holders = owners[np.searchsorted(ends, places, side="right")]
            pairs.append(distinct(held[places].astype(np.int64) * n + holders))
        n_owners = np.bincount(distinct(np.concatenate(pairs)) // n, minlength=len(self._ids))
        return frozenset(token for token, id in asked.items() if n_owners[id] >= least)

    def counts(self) -> TermCounts:
        """What was counted; the counter is spent and must not be used again."""
        # Here, because no search needs scipy.
        from scipy.sparse import csr_matrix

        tokens, lengths = self._in_order()
        present = self._present(tokens)
        hashes = _hashes(present)
        order = np.argsort(hashes)
        if not is_new(hashes[order]).all():  # 1 in 10^7 at a million terms
            raise IndexingError(reason="hash-collision")
        self._renumber(tokens, [present[place] for place in order.tolist()])
        # Many arrays as long as all tokens would be the most that a build needs: none is of 64 bits.
        width = np.uint16 if lengths.max(initial=0) <= np.iinfo(np.uint16).max else np.uint32
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        held = csr_matrix(
            (np.ones(len(tokens), width), tokens, _narrow(starts)), shape=(len(lengths), len(order))
        ).tocsc()
        del tokens
        held.sum_duplicates()
        return TermCounts(
            hashes=hashes[order],
            offsets=held.indptr.astype(np.int64),
            documents=held.indices.astype(np.int32),
            counts=_uint16(held.data),
            lengths=lengths,
        )

    def _in_order(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The numbers of all tokens, document after document, and how many each has; no more is kept here."""
        tokens, lengths = np.frombuffer(self._tokens, np.int32), np.frombuffer(self._lengths, np.int32).copy()
        if self._late_documents:
            late = np.frombuffer(self._late_documents, np.int32)
            ends = np.cumsum(lengths, dtype=np.int64)
            tokens = np.insert(tokens, ends[late], np.frombuffer(self._late_tokens, np.int32))
            lengths += np.bincount(late, minlength=len(lengths)).astype(np.int32)
        self._tokens = self._late_tokens = self._late_documents = array("i")
        return tokens, lengths

    def _present(self, tokens: NDArray[np.int32]) -> list[str]:
        """The terms that are among the tokens: not all that have numbers need be in these documents."""
        is_present = np.zeros(len(self._ids), bool)
        for stretch in _stretches(len(tokens)):
            is_present[tokens[stretch]] = True
        return [*compress(self._ids, is_present.tolist())]

    def _renumber(self, tokens: NDArray[np.int32], terms: Sequence[str]) -> None:
        """Number the tokens, in place, as these terms stand."""
        place = np.zeros(len(self._ids), np.int32)
        place[[self._ids[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        for stretch in _stretches(len(tokens)):
            tokens[stretch] = place[tokens[stretch]]


class Bm25:
    """Sparse columns of impacts: ``scores(tokens)`` adds up the columns of the query's tokens."""

    _ARRAYS = ("hashes", "offsets", "documents", "impacts")

    def __init__(
        self,
        hashes: NDArray[np.uint64],
        offsets: NDArray[np.int64],
        documents: NDArray[np.int32],
        impacts: NDArray[np.float32] | NDArray[np.float64],
        n_documents: int,
    ) -> None:
        self._hashes = hashes
        self._offsets = offsets
        self._documents = documents
        self._impacts = impacts
        self.n_documents = n_documents

    @classmethod
    def fit(
        cls,
        counts: TermCounts,
        parameters: Parameters,
        dtype: type[np.float32] | type[np.float64] = np.float32,
    ) -> Self:
        """The columns for these counts. float32 halves the memory and keeps the order of results."""
        frequencies = counts.document_frequencies()
        idf = _idf(frequencies, len(counts.lengths), parameters.epsilon)
        mean_length = counts.lengths.mean() if len(counts.lengths) else 1.0
        k1, b = parameters.k1, parameters.b
        saturation = k1 * (1 - b + b * counts.lengths / (mean_length or 1.0))
        impacts: Any = np.empty(len(counts.documents), dtype)
        for first, last in _blocks(counts.offsets):
            postings = slice(counts.offsets[first], counts.offsets[last])
            tf = counts.counts[postings].astype(np.float64)
            saturated = tf * (k1 + 1) / (tf + saturation[counts.documents[postings]])
            impacts[postings] = np.repeat(idf[first:last], frequencies[first:last]) * saturated
        return cls(counts.hashes, counts.offsets, counts.documents, impacts, len(counts.lengths))

    def scores(
        self, tokens: Sequence[str], weight: float = 1.0, onto: NDArray[np.floating] | None = None
    ) -> NDArray[np.floating]:
        """One score per document, times ``weight``: [n_documents] in the precision of the columns, all ≥ 0.

        ``onto``: scores of another index over the same documents, to which these are added in place.
        """
        if isinstance(tokens, str):
            raise TypeError("tokens must be a sequence of strings, not one string")
        scores = np.zeros(self.n_documents, self._impacts.dtype) if onto is None else onto
        if not tokens:
            return scores
        columns, repeats = self._columns(tokens)
        if len(columns):
            starts, ends = self._offsets[columns], self._offsets[columns + 1]
            postings = [slice(*bounds) for bounds in zip(starts.tolist(), ends.tolist(), strict=True)]
            # All columns at once, and with the numbers as numpy counts: half the time of one by one.
            documents = np.concatenate([self._documents[column] for column in postings], dtype=np.intp)
            impacts = np.concatenate([self._impacts[column] for column in postings])
            impacts *= np.repeat((weight * repeats).astype(impacts.dtype), ends - starts)
            np.add.at(scores, documents, impacts)
        return scores

    @property
    def n_terms(self) -> int:
        """How many columns there are."""
        return len(self._hashes)

    def asked(self, tokens: Sequence[str]) -> dict[int, int]:
        """The columns of the known tokens, and how often each is asked for."""
        columns, repeats = self._columns(tokens)
        return dict(zip(columns.tolist(), repeats.tolist(), strict=True))

    def matrix(self) -> "csc_matrix":
        """The impacts as they are kept: a column for each term, a row for each document."""
        # Here, because no search needs scipy.
        from scipy.sparse import csc_matrix

        shape = (self.n_documents, self.n_terms)
        return csc_matrix((self._impacts, self._documents, self._offsets), shape=shape)

    def matched(self, tokens: Sequence[str], documents: Sequence[int]) -> list[tuple[str, ...]]:
        """For each document those of the tokens that stand in it, each once, in their order."""
        found: list[list[str]] = [[] for _ in documents]
        asked = np.array(documents, self._documents.dtype)  # of another type, all holders were copied into it
        for token, holders in self._each_with_holders(list(dict.fromkeys(tokens))):
            if len(holders):
                is_held = holders.take(holders.searchsorted(asked), mode="clip") == asked
                for place in is_held.nonzero()[0].tolist():
                    found[place].append(token)
        return [tuple(mine) for mine in found]

    def weights(self, tokens: Iterable[str]) -> dict[str, float]:
        """How telling each of these tokens is in these documents (:func:`index.relevance.weight`)."""
        return {
            token: weight(len(holders), self.n_documents)
            for token, holders in self._each_with_holders(list(tokens))
        }

    def frequencies(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """In how many documents each of these tokens stands."""
        places, is_known = placed(self._hashes, _hashes(tokens))
        frequencies = np.zeros(len(tokens), np.int64)
        frequencies[is_known] = self._offsets[places + 1] - self._offsets[places]
        return frequencies

    def holders(self, token: str) -> NDArray[np.int32]:
        """The documents that hold a token, ascending."""
        return next(self._each_with_holders([token]))[1]

    def _each_with_holders(self, tokens: Sequence[str]) -> Iterator[tuple[str, NDArray[np.int32]]]:
        """Each of the tokens, and the documents that hold it, ascending."""
        hashes = _hashes(tokens)
        columns = np.searchsorted(self._hashes, hashes).tolist()
        for token, hash, column in zip(tokens, hashes, columns, strict=True):
            is_known = column < len(self._hashes) and self._hashes[column] == hash
            start, end = self._offsets[column : column + 2].tolist() if is_known else (0, 0)
            yield token, self._documents[start:end]

    def save(self, folder: Path) -> None:
        """Write the columns as ``.npy`` files into ``folder``, which must exist."""
        for name in self._ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, f"_{name}"))

    @classmethod
    def open(cls, folder: Path, n_documents: int) -> Self:
        """Map what :meth:`save` wrote; nothing is read until it is needed.

        Raises:
            SnapshotError: a file is missing or no array.
        """
        arrays: dict[str, Any] = {name: _map(folder / f"{name}.npy") for name in cls._ARRAYS}
        return cls(**arrays, n_documents=n_documents)

    def _columns(self, tokens: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The columns of the known tokens, ascending, and how often each is asked for."""
        asked = sorted(Counter(map(_hash, tokens)).items())
        hashes = np.array([hash for hash, _ in asked], np.uint64)
        repeats = np.array([times for _, times in asked], np.int64)
        columns, is_known = placed(self._hashes, hashes)
        return columns, repeats[is_known]


class _FittedOkapi(BM25Okapi):  # type: ignore[misc]
    """rank_bm25's own idf, computed from document frequencies that were counted elsewhere."""

    def __init__(self, frequencies: NDArray[np.int64], n_documents: int, epsilon: float) -> None:
        self.corpus_size = n_documents
        self.epsilon = epsilon
        self.idf: dict[int, float] = {}
        self._calc_idf(dict(enumerate(frequencies.tolist())))


def _idf(frequencies: NDArray[np.int64], n_documents: int, epsilon: float) -> NDArray[np.float64]:
    """rank_bm25's idf of each term; where that is not positive, a small positive one (see above)."""
    if len(frequencies) == 0:
        return np.zeros(0)
    fitted = _FittedOkapi(frequencies, n_documents, epsilon)
    idf = np.fromiter((fitted.idf[term] for term in range(len(frequencies))), float, len(frequencies))
    smoothed = epsilon * np.log1p((n_documents - frequencies + 0.5) / (frequencies + 0.5))
    return np.where(idf > 0, idf, smoothed)


def _map(file: Path) -> Any:
    with SnapshotError.naming(file, folder=file.parents[2]):
        return np.asarray(np.load(file, mmap_mode="r"))  # still mapped; slices of a plain array are cheaper


def _blocks(offsets: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The terms in stretches of about _BLOCK postings, so that a fit needs little beside its result."""
    n_terms = len(offsets) - 1
    cuts = np.searchsorted(offsets, np.arange(0, int(offsets[-1]), _BLOCK)).tolist()
    bounds = sorted({0, n_terms, *(min(cut, n_terms) for cut in cuts)})
    return list(pairwise(bounds))


def _stretches(length: int) -> list[slice]:
    """A long array piece by piece: numpy makes 64-bit numbers of all that it looks up."""
    return [slice(start, start + _BLOCK) for start in range(0, length, _BLOCK)]


def _narrow(numbers: NDArray[np.int64]) -> NDArray[np.integer]:
    """As 32 bits, where they suffice."""
    return numbers.astype(np.int32) if numbers[-1] <= np.iinfo(np.int32).max else numbers


def _uint16(counts: NDArray[np.integer]) -> NDArray[np.uint16]:
    """Counts beyond 65,535 stay there: BM25 saturates long before."""
    limited: NDArray[np.integer] = np.minimum(counts, np.iinfo(np.uint16).max)
    return limited.astype(np.uint16, copy=False)


def _hashes(tokens: Iterable[str]) -> NDArray[np.uint64]:
    """64 bits for each token, the same on every machine."""
    return np.fromiter(map(_hash, tokens), np.uint64)


@lru_cache(maxsize=1 << 16)
def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), "little")
