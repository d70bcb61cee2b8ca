"""What is asked of a searcher and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Filters:
    """Which organisations may be found; an empty set restricts nothing. ``is_open_only``: no masked ones.

    They act inside the lexical and the dense search alike, so a filtered list is as long as an
    unfiltered one where enough organisations pass.
    """

    kinds: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    not_prefectures: frozenset[str] = frozenset()
    clusters: frozenset[str] = frozenset()
    not_clusters: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    excluded_ids: frozenset[str] = frozenset()
    is_open_only: bool = False


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation as the snapshot knows it."""

    id: str
    name: str
    kind: str
    name_en: str = ""
    prefecture: str = ""
    home_cluster: str = ""
    clusters: tuple[str, ...] = ()
    country: str = "JP"
    size_band: str = ""
    is_masked: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that speaks most for a hit, and the query's tokens that stand in it or in the name.

    ``synonyms``: words that stand in it for terms of the query, each with the term.
    """

    passage_id: str
    type: str
    title: str
    text: str
    source_name: str
    source_url: str
    as_of: date
    matched: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One organisation found. Ranks count from 1; None: the part did not find it.

    ``scores`` holds each part's calibrated score (0–1) before the weights, by part name; ``weights`` that of
    each part for this query, adding up to 1. ``probability``:
    that it has to do with the need at all (`index.relevance`); None where that cannot be told. ``missing``:
    the query's tokens that tell something and stand nowhere in its profile, nor any word for them.
    """

    organisation: Found
    score: float
    rank: int
    lexical_rank: int | None = None
    dense_rank: int | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    evidence: Evidence | None = None
    probability: float | None = None
    missing: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tie:
    """What an asker and an organisation have in common from before: how close it is (0–1), and the
    undertaking that both name ("" where they were introduced to each other)."""

    strength: float
    undertaking: str = ""


NO_TIES: Mapping[str, Tie] = MappingProxyType({})


class Searcher(Protocol):
    """What finds organisations for a query; in process here, over a cluster of machines elsewhere."""

    def search(
        self,
        query: str,
        *,
        filters: Filters = NO_FILTERS,
        ties: Mapping[str, Tie] = NO_TIES,
        limit: int = 10,
    ) -> list[Hit]:
        """The best ``limit`` organisations, by (-score, id), none with a score of zero.

        ``ties``: of the asker, by organisation. They move up who is found, and find nobody.
        """
        ...

    def ties(self, id: str) -> Mapping[str, Tie]:
        """Who took part in the same undertakings as this organisation, by id."""
        ...

    def organisation(self, id: str) -> Found | None:
        """The organisation with this id, if the snapshot has it."""
        ...

    def open_among(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the organisations that it holds with their names and all they say."""
        ...
