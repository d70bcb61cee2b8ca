"""Texts as tokens, read once: what a build has read of a text is kept for the next one.

Beside the snapshots lie two Arrow files: the terms, and for each text of the last build, by its hash,
which of them it holds as words and as pairs of characters. Nothing of a masked profile is among them,
since those are read elsewhere (`index/protection.py`). What is not there, not as it was written or of
other rules is as good as nothing: it is made again.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from index.tokeniser import bigrams, identity, words

_TERMS, _TEXTS, _SEAL = "terms.arrow", "texts.arrow", "seal.json"
_SCHEMA = pa.schema(
    [("key", pa.binary(16)), ("words", pa.list_(pa.int32())), ("bigrams", pa.list_(pa.int32()))]
)
_BATCH = 4096
_MOST_PASSAGES = 4096
"""Of an organisation: more are read twice."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a text was read as, in order, with repetitions."""

    words: list[str]
    bigrams: list[str]


_Numbers = tuple[NDArray[np.int32], NDArray[np.int32]]
"""A text as numbers of terms: its words and its bigrams, in order, with repetitions."""


class Reader:
    """Reads texts as `index.tokeniser` does, but only those that are not kept from before."""

    def __init__(self, folder: Path, aside: Path, *, is_whole: bool = False) -> None:
        """``folder``: where tokens are kept. ``aside``: a folder to be made, for those of this build.
        ``is_whole``: everything is read anew, whatever is kept."""
        self._folder = folder
        self._kept = _Kept.none() if is_whole else _Kept.sealed(folder)
        self._notes: _Notes | None = _Notes(aside, self._kept.terms)
        # Asked for the words of all passages of an organisation, then for their bigrams.
        self._tokens = lru_cache(maxsize=_MOST_PASSAGES)(self._found)
        self._n_read = 0

    def words(self, text: str) -> list[str]:
        """As :func:`index.tokeniser.words`."""
        return self._tokens(text).words

    def bigrams(self, text: str) -> list[str]:
        """As :func:`index.tokeniser.bigrams`."""
        return self._tokens(text).bigrams

    def model_text(self, text: str) -> str:
        """As :func:`index.encoder.model_text`."""
        return " ".join([*self.words(text), *self.bigrams(text)])

    def keep(self) -> int:
        """Keep the texts that were asked for until now, and no others; gives how many of them are new.

        All can be asked for further on; what is read then is not kept.
        """
        assert self._notes is not None, "kept already"
        written, self._notes = self._notes.close(), None
        shutil.rmtree(self._folder, ignore_errors=True)
        written.rename(self._folder)
        self._kept = _Kept.open(self._folder)
        return self._n_read

    def _found(self, text: str) -> Tokens:
        key = blake2b(text.encode(), digest_size=16).digest()
        numbers = self._kept.numbers(key)
        if numbers is not None:
            tokens = self._kept.tokens(numbers)
        else:
            self._n_read += 1
            tokens = Tokens(words(text), bigrams(text))
        if self._notes is not None:
            self._notes.add(key, numbers or self._notes.numbers(tokens))
        return tokens


class _Notes:
    """The two files in the making. Terms keep the numbers they had before."""

    def __init__(self, folder: Path, terms: list[str]) -> None:
        folder.mkdir()
        self._folder = folder
        self._ids = {term: id for id, term in enumerate(terms)}
        self._keys: set[bytes] = set()
        self._rows: list[tuple[bytes, NDArray[np.int32], NDArray[np.int32]]] = []
        self._sink = pa.OSFile(str(folder / _TEXTS), "wb")
        self._writer = pa.ipc.new_file(self._sink, _SCHEMA)

    def numbers(self, tokens: Tokens) -> "_Numbers":
        """The numbers of the terms of a text; a new term gets the next one."""
        return self._of(tokens.words), self._of(tokens.bigrams)

    def add(self, key: bytes, numbers: "_Numbers") -> None:
        if key in self._keys:
            return
        self._keys.add(key)
        self._rows.append((key, *numbers))
        if len(self._rows) == _BATCH:
            self._flush()

    def close(self) -> Path:
        """Finish, and give the folder."""
        self._flush()
        self._writer.close()
        self._sink.close()
        table = pa.table({"term": pa.array(self._ids, pa.string())})
        with pa.OSFile(str(self._folder / _TERMS), "wb") as sink, pa.ipc.new_file(sink, table.schema) as file:
            file.write_table(table)
        (self._folder / _SEAL).write_text(json.dumps(_seal(self._folder)), "utf-8")
        return self._folder

    def _of(self, tokens: list[str]) -> NDArray[np.int32]:
        ids = self._ids
        return np.fromiter((ids.setdefault(token, len(ids)) for token in tokens), np.int32, len(tokens))

    def _flush(self) -> None:
        if self._rows:
            keys, of_words, of_bigrams = zip(*self._rows, strict=True)
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
class _Kept:
    """The two files, mapped: the terms, each text's place by its key, and the lists of each batch."""

    terms: list[str]
    places: dict[bytes, tuple[int, int]]
    batches: list[tuple[_Lists, _Lists]]

    @classmethod
    def none(cls) -> "_Kept":
        return cls([], {}, [])

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
        kept = cls.open(folder)
        return kept if kept.n_held() * 2 >= len(kept.terms) else cls.none()

    @classmethod
    def open(cls, folder: Path) -> "_Kept":
        terms = pa.ipc.open_file(pa.memory_map(str(folder / _TERMS))).read_all()["term"].to_pylist()
        batches = pa.ipc.open_file(pa.memory_map(str(folder / _TEXTS))).read_all().to_batches()
        places = {
            key: (number, row)
            for number, batch in enumerate(batches)
            for row, key in enumerate(batch["key"].to_pylist())
        }
        return cls(terms, places, [(_lists(batch["words"]), _lists(batch["bigrams"])) for batch in batches])

    def numbers(self, key: bytes) -> "_Numbers | None":
        """The numbers of the terms of a text; None where it is not kept."""
        place = self.places.get(key)
        if place is None:
            return None
        of_words, of_bigrams = self.batches[place[0]]
        return of_words[place[1]], of_bigrams[place[1]]

    def tokens(self, numbers: "_Numbers") -> Tokens:
        terms = self.terms
        return Tokens(*([terms[id] for id in ids.tolist()] for ids in numbers))

    def n_held(self) -> int:
        """How many of the terms are in a text."""
        is_held = np.zeros(len(self.terms), bool)
        for lists in (each for batch in self.batches for each in batch):
            is_held[lists.values] = True
        return int(is_held.sum())


def _list_array(lists: Sequence[NDArray[np.int32]]) -> pa.Array:
    """The lists as a column, without a Python object for each number."""
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, np.concatenate(lists))


def _lists(column: pa.Array) -> _Lists:
    return _Lists(column.offsets.to_numpy(), column.values.to_numpy())


def _seal(folder: Path) -> dict[str, str]:
    """What the two files were made by, and what they hold."""
    seal = {"tokeniser": identity()}
    for name in (_TERMS, _TEXTS):
        with (folder / name).open("rb") as stream:
            seal[name] = file_digest(stream, "sha256").hexdigest()
    return seal
