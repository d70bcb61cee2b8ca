"""The operator's list of words that mean the same, beside the field terms that ship.

A text file, so that staff can read it and mail it: one meaning on a line, its words separated by "|".
It acts on the next search; nothing has to be built again.
"""

import csv
import fcntl
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus import bundled
from corpus.durability import write_whole
from corpus.errors import UnreadableFileError
from index.lexicon import Lexicon, key

Meaning = tuple[str, ...]

_BETWEEN = "|"
_GROUPS, _WORDS = "group", "surface"
"""The columns of an open list of synonyms (SudachiDict's): rows of one group mean the same."""


class Synonyms:
    """The list in one file. Each change replaces the file as a whole; one change at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: tuple[object, Lexicon] | None = None

    def meanings(self) -> list[Meaning]:
        """What the list holds, in the order it was added."""
        return list(_meanings(self._file)) if self._file.exists() else []

    def add(self, new: Iterable[Sequence[str]]) -> int:
        """Adds meanings, and gives how many were not there already."""
        with self._locked():
            known = self.meanings()
            seen = set(map(_identity, known))
            added = []
            for meaning in map(_cleaned, new):
                if len(meaning) > 1 and _identity(meaning) not in seen:
                    seen.add(_identity(meaning))
                    added.append(meaning)
            if added:
                self._replace([*known, *added])
        return len(added)

    def remove(self, word: str) -> int:
        """Takes away every meaning that holds this word, and gives how many there were."""
        return self._keep(lambda meaning: key(word) not in map(key, meaning))

    def take_back(self, added: Iterable[Sequence[str]]) -> int:
        """Takes these meanings away again, whoever added them, and gives how many there were."""
        gone = {_identity(_cleaned(meaning)) for meaning in added}
        return self._keep(lambda meaning: _identity(meaning) not in gone)

    def _keep(self, is_kept: Callable[[Meaning], bool]) -> int:
        with self._locked():
            known = self.meanings()
            kept = list(filter(is_kept, known))
            if len(kept) < len(known):
                self._replace(kept)
        return len(known) - len(kept)

    def lexicon(self, *more: Sequence[str]) -> Lexicon:
        """The list, and the field terms that ship, for a search; with ``more`` meanings, on trial."""
        if more:
            return _lexicon([*self.meanings(), *more])
        state = self._file.stat() if self._file.exists() else None
        version = (state.st_ino, state.st_mtime_ns) if state else None
        if self._read is None or self._read[0] != version:
            self._read = version, _lexicon(self.meanings())
        return self._read[1]

    def _replace(self, meanings: Sequence[Meaning]) -> None:
        lines = (f" {_BETWEEN} ".join(meaning) + "\n" for meaning in meanings)
        write_whole(self._file, "".join(lines))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def read_meanings(file: Path) -> list[Meaning]:
    """The meanings of a list to import: lines of words with "|" between them, or a CSV file with the
    columns ``group`` and ``surface``, such as the open synonyms of SudachiDict.

    Raises:
        UnreadableFileError: it is neither, or not UTF-8.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            heading = stream.readline()
        if _BETWEEN in heading or not {_GROUPS, _WORDS} <= set(heading.strip().split(",")):
            found = list(_meanings(file))
        else:
            found = list(_grouped(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFileError(file=file.name, reason=f"{error}") from error
    if not found:
        raise UnreadableFileError(file=file.name, reason="|")
    return found


def _meanings(file: Path) -> Iterator[Meaning]:
    for line in file.read_text("utf-8-sig").splitlines():
        if line.strip() and not line.startswith("#"):
            meaning = _cleaned(line.split(_BETWEEN))
            if len(meaning) > 1:
                yield meaning


def _grouped(file: Path) -> Iterator[Meaning]:
    groups: dict[str, list[str]] = defaultdict(list)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            groups[row[_GROUPS]].append(row[_WORDS] or "")
    return (meaning for words in groups.values() if len(meaning := _cleaned(words)) > 1)


def _cleaned(words: Iterable[str]) -> Meaning:
    """The words without what separates them in a file, each once."""
    return tuple(
        dict.fromkeys(filter(None, (" ".join(word.replace(_BETWEEN, " ").split()) for word in words)))
    )


def _identity(meaning: Meaning) -> frozenset[str]:
    return frozenset(map(key, meaning))


def _lexicon(own: Iterable[Sequence[str]]) -> Lexicon:
    shipped = Lexicon().with_synonyms(own).with_translations(bundled.terms())
    return shipped.with_everyday(bundled.everyday())
