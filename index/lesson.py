"""What an encoder was taught by: so that it is known when it must learn anew, and what it can be tried on."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns

Fingerprints = NDArray[np.uint64]
"""64 bits for each text or id, equal where those are."""

MOST_CHANGED = 0.1
"""The share of passages that may have changed since an encoder was trained, before it is trained anew."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The passages there were when an encoder was trained, those of them that it was not shown, and the
    organisations that were open then."""

    passages: Fingerprints
    held_out: Fingerprints
    open_ids: Fingerprints

    @classmethod
    def of(cls, columns: Columns, hidden: NDArray[np.int64]) -> Self:
        """A lesson on all passages but the hidden ones."""
        return cls(columns.fingerprints, columns.fingerprints[hidden], columns.open_ids)

    def is_still_good(self, columns: Columns) -> bool:
        """Whether its encoder may serve this corpus, too.

        Not where too much has changed, nor where it was taught by what is masked by now: a word that only
        the encoder knows would find whose it was.
        """
        has_told = bool(np.isin(columns.masked_ids, self.open_ids).any())
        return not has_told and self._share_changed(columns.fingerprints) <= MOST_CHANGED

    def untaught(self, present: Fingerprints) -> NDArray[np.bool_]:
        """Which passages the encoder was not shown, bool [passages]: a trial on others would flatter it."""
        return ~np.isin(present, self.passages) | np.isin(present, self.held_out)

    def save(self, folder: Path) -> None:
        """Write it down beside the encoder."""
        for name in _names():
            np.save(folder / f"{name}.npy", np.unique(getattr(self, name)))

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """What :meth:`save` wrote; None where an encoder has none."""
        try:
            return cls(*(np.load(folder / f"{name}.npy") for name in _names()))
        except (EOFError, OSError, ValueError):
            return None

    def _share_changed(self, present: Fingerprints) -> float:
        """The passages that came since or that went, whichever are more, as a share of those there were."""
        n_come = np.count_nonzero(~np.isin(present, self.passages))
        n_gone = np.count_nonzero(~np.isin(self.passages, present))
        return max(n_come, n_gone) / max(len(self.passages), 1)


def _names() -> list[str]:
    return [field.name for field in fields(Lesson)]
