"""Invented names for the organisations of the sample network: plausible, and nobody's.

Stems are dealt out like cards, so that no two organisations of one sort share a stem until the stems
are used up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from random import Random
from typing import Any

from corpus.places import PREFECTURES_EN

_LEGAL_FORMS: Mapping[str, int] = {"株式会社{}": 46, "{}株式会社": 40, "有限会社{}": 9, "合同会社{}": 5}
_STEP = 7_368_787  # a prime: shares no factor with any deck that is not a multiple of it


@dataclass(frozen=True, slots=True)
class InventedName:
    """A name, in Japanese and in Latin letters."""

    name: str
    english: str


class Names:
    """Names from the parts of ``names.toml``; the seed says in which order they come."""

    def __init__(self, parts: Mapping[str, Any], seed: int) -> None:
        self._regions: Mapping[str, Sequence[tuple[str, str]]] = parts["regions"]
        self._stems = _joined(parts["first"], parts["second"])
        self._firm_stems = [*self._stems, *_joined(parts["coined_first"], parts["coined_second"])]
        self._offset = Random(f"{seed}:names").randrange(_STEP)

    def firm(self, number: int, suffixes: Sequence[str], rng: Random) -> InventedName:
        """The name of firm ``number``, with a suffix of its trade."""
        dealt = self._dealt(number, len(self._firm_stems) * len(suffixes))
        place, rest = divmod(dealt, len(suffixes))
        stem, english = self._firm_stems[place]
        form = rng.choices(list(_LEGAL_FORMS), list(_LEGAL_FORMS.values()))[0]
        return InventedName(form.format(f"{stem}{suffixes[rest]}"), english)

    def university(self, number: int, region: str, form: tuple[str, str], rng: Random) -> InventedName:
        """The name of university ``number``, of this form and region."""
        stem, english = self._stems[self._dealt(number, len(self._stems))]
        prefix, prefix_english = rng.choice(self._regions.get(region, self._regions["*"]))
        if form[0].endswith("高等専門学校"):
            return InventedName(f"{stem}{form[0]}", f"{english} {form[1]}")
        return InventedName(f"{prefix}{stem}{form[0]}", f"{prefix_english} {english} {form[1]}")

    def body(self, number: int, prefecture: str, form: tuple[str, str], rng: Random) -> InventedName:
        """The name of a bank, institute or other body in a prefecture; half of them say where."""
        stem, english = self._stems[self._dealt(number, len(self._stems))]
        if rng.random() < 0.5:
            return InventedName(f"{stem}{form[0]}", f"{english} {form[1]}")
        short = prefecture if prefecture == "北海道" else prefecture[:-1]
        return InventedName(f"{short}{stem}{form[0]}", f"{PREFECTURES_EN[prefecture]} {english} {form[1]}")

    def _dealt(self, number: int, size: int) -> int:
        step = next(step for step in (_STEP, 1) if gcd(step, size) == 1)
        return (number * step + self._offset) % size


def _joined(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(a + b, (a_latin + b_latin).capitalize()) for a, a_latin in first for b, b_latin in second]
