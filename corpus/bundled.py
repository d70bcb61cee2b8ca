"""What ships with matchbot: the 17 projects, the organisations of the programme document, and a
fixed question set over them.

The data lie beside this package's code (``corpus/data``) and are read from there, wherever the
package is installed. They hold what the document of 10 November 2006 states, in other words.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.places import JAPAN_TIME
from corpus.records import (
    Cluster,
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)


@dataclass(frozen=True, slots=True)
class Size:
    """So many firms and universities."""

    firms: int
    universities: int


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """How the projects of phase I became those of phase II, in numbers; which is which is not stated."""

    before: int
    abolished: int
    new: int
    modified: int
    continued: int
    after: int


@dataclass(frozen=True, slots=True)
class Programme:
    """What the document states of the programme as a whole.

    ``stated`` is its own total (about). The sizes of the projects sum to more, see `summed_size`; it
    does not say why. Organisations that take part in several projects explain it.
    """

    stated: Size
    estimated_as_of: date
    plan_begins: date
    plan_ends: date
    reorganisation: Reorganisation


@dataclass(frozen=True, slots=True)
class GoldenNeed:
    """A need whose right answers are known.

    ``relevant``: organisation id → grade, 2 for whom the asker wants to meet, 1 for who took part.
    ``style``: ``technical`` (the field's terms) or ``plain`` (everyday words).
    """

    id: str
    text: str
    lang: str
    style: str
    relevant: Mapping[str, int]


def clusters() -> tuple[Cluster, ...]:
    """The 17 projects of phase II, in the document's order.

    All are live: the plan ends on `Programme.plan_ends`, but no project is stated to end with it.
    """
    data = _toml("clusters.toml")
    begins = data["programme"]["plan_begins"]
    return tuple(_cluster(entry, begins) for entry in data["cluster"])


def programme() -> Programme:
    """The programme's own figures and dates."""
    facts = _toml("clusters.toml")["programme"]
    return Programme(
        **{
            **facts,
            "stated": Size(**facts["stated"]),
            "reorganisation": Reorganisation(**facts["reorganisation"]),
        }
    )


def summed_size(clusters: Iterable[Cluster]) -> Size:
    """The sizes of clusters, added up; clusters whose size is stated together count once.

    An organisation that takes part in several clusters is counted in each of them. A size which is
    not stated adds nothing.
    """
    counted = {cluster.size_group or cluster.id: cluster for cluster in clusters}.values()
    return Size(
        firms=sum(cluster.firms_approx or 0 for cluster in counted),
        universities=sum(cluster.universities or 0 for cluster in counted),
    )


def profiles() -> tuple[Profile, ...]:
    """The organisations which the document names, in its order.

    A membership is valid from the start of the plan and known since the day of the document. An
    organisation without one has a reason for it in the data.
    """
    data = _toml("organisations.toml")
    source = Source(**data["source"])
    begins = programme().plan_begins
    return tuple(_profile(entry, source, begins) for entry in data["organisation"])


def golden_set() -> Path:
    """The folder of the golden set: hand-written organisations among a frozen sample, and needs for them.

    In the form of every evaluation set: ``corpus.jsonl``, ``queries.jsonl`` (rewordings of one need share
    a ``pair``), ``qrels.tsv``. Needs without a judgement have nothing to do with the network.
    """
    return Path(str(files("corpus") / "data" / "golden"))


def terms() -> tuple[tuple[str, ...], ...]:
    """Field terms in Japanese and English: the words of one meaning each."""
    return tuple(_words(line) for line in _lines("terms.txt"))


def everyday() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Terms, and how people say them in everyday words; no terms for words that say nothing."""
    told = (line.partition(":") for line in _lines("everyday.txt"))
    return tuple((_words(terms), _words(ways)) for terms, _, ways in told)


def _lines(name: str) -> Iterator[str]:
    lines = (files("corpus") / "data" / name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line.strip() and not line.startswith("#"))


def _words(line: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in line.split("|"))))


def golden() -> tuple[GoldenNeed, ...]:
    """The fixed question set, in the order of its ids; the words are not those of the profiles."""
    lines = (files("corpus") / "data" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(GoldenNeed(**json.loads(line)) for line in lines)


def _cluster(entry: Mapping[str, Any], begins: date) -> Cluster:
    lists = {name: tuple(entry.get(name, ())) for name in ("fields", "networks")}
    return Cluster(**{**entry, **lists}, valid_from=begins)


def _profile(entry: Mapping[str, Any], source: Source, begins: date) -> Profile:
    id = f"seed:{entry['id']}"
    inferred = {name: Source(why, source.as_of) for name, why in entry.get("inferred", {}).items()}
    organisation = Organisation(
        id=id,
        name=entry["name"],
        name_en=entry["name_en"],
        aliases=tuple(entry.get("aliases", ())),
        kind=Kind(entry["kind"]),
        prefecture=entry.get("prefecture", ""),
        city=entry.get("city", ""),
        fields=tuple(entry["fields"]),
        source=source,
        provenance=inferred,
    )
    passages = tuple(
        Passage(
            id=f"{id}:{number}",
            organisation_id=id,
            type=PassageType(passage["type"]),
            title=passage["title"],
            text=passage["text"],
            source=source,
            fields=organisation.fields,
        )
        for number, passage in enumerate(entry["passage"], start=1)
    )
    return Profile(organisation, passages, _memberships(entry, id, source, begins))


def _memberships(entry: Mapping[str, Any], id: str, source: Source, begins: date) -> tuple[Membership, ...]:
    if "home" not in entry:
        return ()
    return (
        Membership(
            organisation_id=id,
            cluster_id=entry["home"],
            role=MembershipRole.HOME,
            valid_from=begins,
            recorded_at=datetime.combine(source.as_of, time(), JAPAN_TIME),
            network=entry.get("network", ""),
        ),
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("corpus") / "data" / name).read_text(encoding="utf-8"))
