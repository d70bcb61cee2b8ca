"""The hand-written words of the sample network, read from ``corpus/data/sample``.

``areas/*.toml`` hold topics (materials, processes, products … which go together), ``phrases.toml`` the
sentence shapes around them, ``names.toml`` the parts of invented names, ``bodies.toml`` the forms of
organisations other than firms and universities, ``partners.toml`` the partners abroad.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from corpus.phrasing import Draw, Phrases, phrases
from corpus.records import Kind, PassageType

_SETTINGS = {"name", "families", "firm_suffixes"}
_SHARE_WITH_DETAIL, _SHARE_WITH_SECOND_DETAIL, _SHARE_WITH_CLOSING = 0.85, 0.3, 0.4


@dataclass(frozen=True, slots=True)
class Shape:
    """How a passage of one sort is built: a title, an opening sentence, details, a closing one."""

    titles: Phrases
    openings: Phrases
    details: Phrases
    closings: Phrases
    english: Phrases = ()

    def text(self, draw: Draw) -> str:
        """One to four sentences."""
        sentences = [draw.text(self.openings)]
        if self.details and draw.happens(_SHARE_WITH_DETAIL):
            first = draw.below(len(self.details))
            sentences.append(draw.fill(self.details[first]))
            if len(self.details) > 1 and draw.happens(_SHARE_WITH_SECOND_DETAIL):
                second = (first + 1 + draw.below(len(self.details) - 1)) % len(self.details)
                sentences.append(draw.fill(self.details[second]))
        if self.closings and draw.happens(_SHARE_WITH_CLOSING):
            sentences.append(draw.text(self.closings))
        return "".join(sentences)


@dataclass(frozen=True, slots=True)
class Topic:
    """Words which go together, and the sentence shapes that suit them."""

    name: str
    area: str
    fields: tuple[str, ...]
    suffixes: tuple[str, ...]
    words: Mapping[str, Phrases]
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Body:
    """A form of organisation other than firm and university. ``number``: how many there are at scale 1.

    ``ticket`` are the least and the most that a financier of this form places at once, in yen.
    """

    id: str
    kind: Kind
    number: int
    names: tuple[tuple[str, str], ...]
    type: PassageType
    passages: tuple[int, int]
    shape: Shape
    stages: tuple[str, ...] = ()
    ticket: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation outside Japan."""

    name: str
    kind: Kind
    country: str
    area: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of it. ``names`` is the table of ``names.toml`` as it stands."""

    topics: tuple[Topic, ...]
    bodies: tuple[Body, ...]
    partners: tuple[Partner, ...]
    names: Mapping[str, Any]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with matchbot; topics in the order of their files' names."""
    folder = files("corpus") / "data" / "sample"
    families = _table(folder / "phrases.toml")
    areas = sorted((folder / "areas").iterdir(), key=lambda file: file.name)
    return Vocabulary(
        topics=tuple(topic for area in areas for topic in _topics(area, families)),
        bodies=tuple(_body(entry) for entry in _table(folder / "bodies.toml")["body"]),
        partners=tuple(
            Partner(**{**entry, "kind": Kind(entry["kind"])})
            for entry in _table(folder / "partners.toml")["partner"]
        ),
        names=_table(folder / "names.toml"),
    )


def _topics(file: Traversable, families: Mapping[str, Any]) -> list[Topic]:
    area = _table(file)
    return [
        Topic(
            name=entry["name"],
            area=file.name.removesuffix(".toml"),
            fields=tuple(area["fields"]),
            suffixes=tuple(entry.get("firm_suffixes", area["firm_suffixes"])),
            words={slot: phrases(words) for slot, words in entry.items() if slot not in _SETTINGS},
            shapes=_shapes(families, entry.get("families", area["families"])),
        )
        for entry in area["topic"]
    ]


def _shapes(families: Mapping[str, Any], chosen: Sequence[str]) -> dict[str, Shape]:
    tables = [families[name] for name in ("common", *chosen)]
    return {sort: _shape(*(table[sort] for table in tables)) for sort in families["common"]}


def _shape(*tables: Mapping[str, Any]) -> Shape:
    parts = ("titles", "openings", "details", "closings", "english")
    return Shape(
        **{part: phrases(text for table in tables for text in table.get(part, ())) for part in parts}
    )


def _body(entry: Mapping[str, Any]) -> Body:
    return Body(
        id=entry["id"],
        kind=Kind(entry["kind"]),
        number=entry["number"],
        names=tuple((name, english) for name, english in entry["names"]),
        type=PassageType(entry["type"]),
        passages=(entry["passages"][0], entry["passages"][1]),
        shape=_shape(entry),
        stages=tuple(entry.get("stages", ())),
        ticket=tuple(entry.get("ticket", (0, 0))),
    )


def _table(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
