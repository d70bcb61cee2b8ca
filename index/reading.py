"""Texts as tokens, read once: what a build has read of a text is kept for the next one.

Beside the snapshots lie two Arrow files: the terms, and for each text of the last build, by its hash,
which of them it holds as words and as pairs of characters. Nothing of a masked profile is among them,
since those are read elsewhere (`index/protection.py`). What is not there, not as it was written or of
other rules is as good as nothing: it is made again.
"""

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from index.arrays import as_numpy
from index.tokeniser import bigrams, identity, words

_TERMS, _TEXTS, _SEAL = "terms.arrow", "texts.arrow", "seal.json"
_SCHEMA = pa.schema(
    [("key", pa.binary(16)), ("words", pa.list_(pa.int32())), ("bigrams", pa.list_(pa.int32()))]
)
_BATCH = 4096


class Numbers(NamedTuple):
    """A text as numbers of terms: its words and its bigrams, in order, with repetitions."""

    words: NDArray[np.int32]
    bigrams: NDArray[np.int32]


class Reader:
    """Reads texts as `index.tokeniser` does, but only those that are not kept from before.

    ``ids``: the number of each term, words and bigrams alike; a new term gets the next one.
    """

    def __init__(self, folder: Path, aside: Path, *, is_whole: bool = False) -> None:
        """``folder``: where tokens are kept. ``aside``: a folder to be made, for those of this build.
        ``is_whole``: everything is read anew, whatever is kept."""
        self._folder = folder
        kept = _Kept.none() if is_whole else _Kept.sealed(folder)
        self.ids = {term: id for id, term in enumerate(kept.terms)}
        self._known = kept.texts
        self._notes: _Notes | None = _Notes(aside)
        # What many organisations say in the same words.
        self.numbers = lru_cache(maxsize=_BATCH)(self._found)
        self._n_read = 0

    def keep(self) -> int:
        """Keep the texts that were asked for until now, and no others; gives how many of them are new.

        All can be asked for further on; what is read then is not kept.
        """
        assert self._notes is not None, "kept already"
        written, places = self._notes.close(self.ids)
        self._notes = None
        shutil.rmtree(self._folder, ignore_errors=True)
        written.rename(self._folder)
        self._known = _Texts.open(self._folder, places)
        return self._n_read

    def _found(self, text: str) -> Numbers:
        key = blake2b(text.encode(), digest_size=16).digest()
        numbers = self._known.numbers(key)
        if numbers is None:
            self._n_read += 1
            numbers = Numbers(self._numbered(words(text)), self._numbered(bigrams(text)))
        if self._notes is not None:
            self._notes.add(key, numbers)
        return numbers

    def _numbered(self, tokens: list[str]) -> NDArray[np.int32]:
        ids = self.ids
        return np.fromiter((ids.setdefault(token, len(ids)) for token in tokens), np.int32, len(tokens))


class _Notes:
    """The two files in the making."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._places: dict[bytes, int] = {}
        self._rows: list[tuple[bytes, Numbers]] = []
        self._sink = pa.OSFile(str(folder / _TEXTS), "wb")
        self._writer = pa.ipc.new_file(self._sink, _SCHEMA)

    def add(self, key: bytes, numbers: Numbers) -> None:
        """The next text, unless it is among them."""
        if key in self._places:
            return
        self._places[key] = len(self._places)
        self._rows.append((key, numbers))
        if len(self._rows) == _BATCH:
            self._flush()

    def close(self, terms: Iterable[str]) -> tuple[Path, dict[bytes, int]]:
        """Finish, and give the folder and the row of each text. ``terms``: in the order of their numbers."""
        self._flush()
        self._writer.close()
        self._sink.close()
        table = pa.table({"term": pa.array(terms, pa.string())})
        with pa.OSFile(str(self._folder / _TERMS), "wb") as sink, pa.ipc.new_file(sink, table.schema) as file:
            file.write_table(table)
        (self._folder / _SEAL).write_text(json.dumps(_seal(self._folder)), "utf-8")
        return self._folder, self._places

    def _flush(self) -> None:
        if self._rows:
            keys, numbers = zip(*self._rows, strict=True)
            of_words, of_bigrams = zip(*numbers, strict=True)
            columns = [pa.array(keys, pa.binary(16)), _list_array(of_words), _list_array(of_bigrams)]
            self._writer.write_batch(pa.record_batch(columns, schema=_SCHEMA))
        self._rows = []


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of numbers, one after another."""

    offsets: NDArray[np.int32]
    values: NDArray[np.int32]

    def __getitem__(self, row: int) -> NDArray[np.int32]:
        return self.values[self.offsets[row] : self.offsets[row + 1]]


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts that are kept, mapped: the row of each by its key, and the lists of each batch of rows."""

    places: dict[bytes, int]
    batches: list[tuple[_Lists, _Lists]]

    @classmethod
    def open(cls, folder: Path, places: dict[bytes, int] | None = None) -> "_Texts":
        """``places``: the row of each, where that is known."""
        batches = pa.ipc.open_file(pa.memory_map(str(folder / _TEXTS))).read_all().to_batches()
        if places is None:
            keys = (key for batch in batches for key in batch["key"].to_pylist())
            places = {key: row for row, key in enumerate(keys)}
        return cls(places, [(_lists(batch["words"]), _lists(batch["bigrams"])) for batch in batches])

    def numbers(self, key: bytes) -> Numbers | None:
        """The numbers of the terms of a text; None where it is not kept."""
        row = self.places.get(key)
        if row is None:
            return None
        (of_words, of_bigrams), place = self.batches[row // _BATCH], row % _BATCH
        return Numbers(of_words[place], of_bigrams[place])

    def n_held(self, n_terms: int) -> int:
        """How many of the terms are in a text."""
        is_held = np.zeros(n_terms, bool)
        for lists in (each for batch in self.batches for each in batch):
            is_held[lists.values] = True
        return int(is_held.sum())


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the two files hold."""

    terms: list[str]
    texts: _Texts

    @classmethod
    def none(cls) -> "_Kept":
        return cls([], _Texts({}, []))

    @classmethod
    def sealed(cls, folder: Path) -> "_Kept":
        """What is kept in a folder; nothing where that is not what was written there by the same rules.

        Nothing, too, where most of the terms are in no text any more: then it is time to begin anew.
        """
        try:
            if json.loads((folder / _SEAL).read_text("utf-8")) != _seal(folder):
                return cls.none()
        except (OSError, ValueError):
            return cls.none()
        terms = pa.ipc.open_file(pa.memory_map(str(folder / _TERMS))).read_all()["term"].to_pylist()
        texts = _Texts.open(folder)
        return cls(terms, texts) if texts.n_held(len(terms)) * 2 >= len(terms) else cls.none()


def _list_array(lists: Sequence[NDArray[np.int32]]) -> pa.Array:
    """The lists as a column, without a Python object for each number."""
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, np.concatenate(lists))


def _lists(column: pa.Array) -> _Lists:
    return _Lists(as_numpy(column.offsets), as_numpy(column.values))


def _seal(folder: Path) -> dict[str, str]:
    """What the two files were made by, and what they hold."""
    seal = {"tokeniser": identity()}
    for name in (_TERMS, _TEXTS):
        with (folder / name).open("rb") as stream:
            seal[name] = file_digest(stream, "sha256").hexdigest()
    return seal
