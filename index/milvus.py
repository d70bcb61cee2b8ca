"""The same searcher over a Milvus server: the scans of a query are made there, in memory that is not ours.

Of a snapshot the postings and the vectors go to Milvus (`Cluster.upload`): BM25's impacts as sparse
vectors, so that a score is an inner product; the vectors as half precision keeps them; and beside them
what filters ask for, so that they act inside the search. Each of the programme's regions has a partition.
A bot keeps the snapshot's folder, mapped from disk, for what it tells of who was found.

The only door to pymilvus.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pymilvus import DataType, MilvusClient, MilvusException
from scipy import sparse

from corpus.places import REGIONS, region_of
from index.columns import Columns
from index.dense import DenseIndex
from index.encoder import Encoder
from index.errors import SearchClusterError
from index.hits import Evidence, Filters
from index.hybrid import (
    DENSE,
    PASSAGES,
    PROFILE,
    VOTES,
    HybridSearcher,
    LexicalPair,
    Query,
    Recipe,
    Retriever,
    Runs,
    by_meaning,
)
from index.runs import EMPTY, Run, roll_up
from index.snapshot import SnapshotStore

OLDEST = (2, 6)
"""The oldest server that this was made for; before 2.4 there were no sparse vectors."""
PUBLISHED = "matchbot"
"""The alias of what is searched: the passages of one snapshot."""
_TERMS, _VECTOR = "terms", "vector"
_ROWS_AT_ONCE = 1_000
_MOST_FOUND = 16_384
"""What Milvus gives at most for one search."""
_MOST_VALUES = 256
"""Clusters, or fields, of one organisation."""
_PARTITIONS = {region: f"region_{number}" for number, region in enumerate(("", *REGIONS))}
"""The partition of each region; "" is abroad and unknown."""
_TIMEOUT_S = 10.0
_LOOKED_UP_S = 10.0
"""After how long it is looked up anew what is published."""

Terms = Mapping[int, float]
"""A sparse vector: what is asked of, or held in, each column of the postings."""


class Cluster:
    """A Milvus server, or Milvus Lite in a file, that holds the postings and vectors of snapshots."""

    def __init__(self, url: str, token: str = "") -> None:
        """``url``: as ``http://milvus.example:19530``; ``token``: as ``user:password``."""
        self._url = url
        self._token = token

    def version(self) -> tuple[int, ...]:
        """Of the server. Raises SearchClusterError."""
        with self._faults_named():
            told = self._client.get_server_version()
        return tuple(int(part) for part in re.findall(r"\d+", told)[:2])

    def upload(self, name: str, columns: Columns, retriever: Retriever) -> None:
        """Put a snapshot there, unless it is, so that it can be published. Raises SearchClusterError."""
        passages, profiles = _collections(name)
        with self._faults_named():
            if not self._is_whole(passages, columns.n_passages):
                values = _filtered_by(columns, columns.owners)
                self._fill(passages, retriever.passages, values, retriever.dense)
            if not self._is_whole(profiles, columns.n_organisations):
                values = _filtered_by(columns, np.arange(columns.n_organisations))
                self._fill(profiles, retriever.profile, values, None)

    def publish(self, name: str) -> None:
        """Have an uploaded snapshot searched from now on: one alias is swapped. Raises SearchClusterError."""
        passages, _ = _collections(name)
        with self._faults_named():
            change = self._client.create_alias if self._published() is None else self._client.alter_alias
            change(collection_name=passages, alias=PUBLISHED)

    def published(self, among: Iterable[str]) -> str | None:
        """Which of these snapshots is searched; None where it is another one, or none yet.

        Raises SearchClusterError.
        """
        with self._faults_named():
            collection = self._published()
        return next((name for name in among if _collections(name)[0] == collection), None)

    def prune(self, kept: Iterable[str]) -> None:
        """Remove all snapshots but these and the published one. Raises SearchClusterError."""
        with self._faults_named():
            live = self._published() or ""
            wanted = {collection for name in kept for collection in _collections(name)}
            wanted |= {live, live.replace("_passages", "_profiles")}
            for collection in self._client.list_collections():
                if collection.startswith(f"{PUBLISHED}_") and collection not in wanted:
                    self._client.drop_collection(collection)

    def search(
        self,
        collection: str,
        field: str,
        asked: Terms | NDArray[np.float32],
        n: int,
        filters: Filters,
        columns: Columns,
        owners: Sequence[int] = (),
    ) -> Run:
        """The ``n`` rows with the largest inner products that the filters let pass, scores > 0 only.

        ``owners``: only of these organisations. Raises SearchClusterError.
        """
        with self._faults_named():
            (found,) = self._client.search(
                collection,
                data=[asked],
                anns_field=field,
                limit=min(n, _MOST_FOUND),
                filter=_expression(filters, columns, owners),
                partition_names=_partitions(filters),
                output_fields=["row"],  # where nothing is said, everything comes along
                search_params={"metric_type": "IP"},
            )
        pairs = sorted((hit["row"], hit["distance"]) for hit in found if hit["distance"] > 0)
        rows = np.fromiter((row for row, _ in pairs), np.int64, len(pairs))
        return Run(rows, np.fromiter((score for _, score in pairs), np.float64, len(pairs)))

    def close(self) -> None:
        """Let go of the connection."""
        if "_client" in self.__dict__:
            self._client.close()
            del self.__dict__["_client"]

    @cached_property
    def _client(self) -> MilvusClient:
        return MilvusClient(self._url, token=self._token, timeout=_TIMEOUT_S)

    def _published(self) -> str | None:
        """The collection behind the alias."""
        client = self._client
        for collection in client.list_collections():
            if PUBLISHED in client.list_aliases(collection)["aliases"]:
                return str(collection)
        return None

    def _is_whole(self, collection: str, n_rows: int) -> bool:
        """Whether a collection is there with every row; one that broke off is removed."""
        if not self._client.has_collection(collection):
            return False
        if self._client.get_collection_stats(collection)["row_count"] == n_rows:
            return True
        self._client.drop_collection(collection)
        return False

    def _fill(
        self,
        collection: str,
        postings: LexicalPair,
        values: Iterator[dict[str, Any]],
        dense: DenseIndex | None,
    ) -> None:
        """Make a collection of rows that each hold their terms, their vector, and what filters ask for."""
        client = self._client
        schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("row", DataType.INT64, is_primary=True)
        schema.add_field("owner", DataType.INT64)
        schema.add_field("is_masked", DataType.BOOL)
        for field in ("kind", "prefecture"):
            schema.add_field(field, DataType.VARCHAR, max_length=256)
        for field in ("clusters", "fields"):
            schema.add_field(
                field,
                DataType.ARRAY,
                element_type=DataType.VARCHAR,
                max_capacity=_MOST_VALUES,
                max_length=256,
            )
        indexes = client.prepare_index_params()
        schema.add_field(_TERMS, DataType.SPARSE_FLOAT_VECTOR)
        indexes.add_index(_TERMS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        if dense is not None:
            schema.add_field(_VECTOR, DataType.FLOAT_VECTOR, dim=dense.dimensions)
            indexes.add_index(_VECTOR, index_type="FLAT", metric_type="IP")
        client.create_collection(collection, schema=schema, index_params=indexes)
        for partition in _PARTITIONS.values():
            client.create_partition(collection, partition)
        terms = _by_document(postings)
        for rows in _together(values):
            first = rows[0]["row"]
            if dense is not None:
                vectors = dense.vectors(np.arange(first, first + len(rows)))
                for row, vector in zip(rows, vectors, strict=True):
                    row[_VECTOR] = vector
            for row in rows:
                row[_TERMS] = _terms_in(terms, row["row"])
            for partition, of_region in _by_partition(rows).items():
                client.insert(collection, of_region, partition_name=partition)
        client.flush(collection)
        client.load_collection(collection)

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except MilvusException as error:
            raise SearchClusterError(server=self._url, reason=error.message) from error


class MilvusSearcher(HybridSearcher):
    """A :class:`~index.hits.Searcher` over one snapshot, whose scans are made by a cluster."""

    def __init__(
        self,
        columns: Columns,
        retriever: Retriever,
        encoder: Encoder | None,
        recipe: Recipe,
        *,
        cluster: Cluster,
        name: str,
        **others: Any,
    ) -> None:
        super().__init__(columns, retriever, encoder, recipe, **others)
        self._cluster = cluster
        self._name = name

    @classmethod
    def over(cls, searcher: HybridSearcher, cluster: Cluster, name: str) -> "MilvusSearcher":
        """What searches the snapshot ``name`` in the cluster as ``searcher`` does on this machine."""
        return cls(**searcher.parts(), cluster=cluster, name=name)

    def parts(self) -> dict[str, Any]:
        return {**super().parts(), "cluster": self._cluster, "name": self._name}

    def _runs(self, query: Query, recipe: Recipe, filters: Filters) -> Runs:
        """As `Retriever.runs` makes them."""
        retriever, owners = self._retriever, self._columns.owners
        passages, profiles = _collections(self._name)
        found: dict[str, Run] = {}
        lexical, dense = EMPTY, EMPTY
        if recipe.wants(PASSAGES):
            lexical = self._by_terms(passages, retriever.passages, query, recipe, filters)
            found[PASSAGES] = roll_up(lexical, owners, recipe.passage_weights)
        if recipe.wants(PROFILE):
            found[PROFILE] = self._by_terms(profiles, retriever.profile, query, recipe, filters)
        if recipe.wants(DENSE, VOTES) and query.vector is not None and query.vector.any():
            dense = self._cluster.search(
                passages, _VECTOR, query.vector, recipe.dense_depth, filters, self._columns
            )
            found |= by_meaning(dense, owners, recipe)
        return Runs(found, self._scores(lexical), dense, retriever.trust(query, dense))

    def _by_terms(
        self,
        collection: str,
        postings: LexicalPair,
        query: Query,
        recipe: Recipe,
        filters: Filters,
        owners: Sequence[int] = (),
        n: int = 0,
    ) -> Run:
        asked = _asked(postings, query, recipe.bigram_share)
        if not asked:
            return EMPTY
        return self._cluster.search(
            collection, _TERMS, asked, n or recipe.depth, filters, self._columns, owners
        )

    def _scores(self, run: Run) -> NDArray[np.floating]:
        scores = np.zeros(self._columns.n_passages, np.float32)
        scores[run.rows] = run.scores
        return scores

    def _evidence(self, rows: Sequence[int], runs: Runs, query: Query, recipe: Recipe) -> list[Evidence]:
        """As on one machine: also passages speak for an organisation that are not among the first."""
        starts = self._columns.starts
        n = int(sum(starts[row + 1] - starts[row] for row in rows))
        if n and recipe.weights.get(PASSAGES, 0.0) > 0:
            passages, _ = _collections(self._name)
            of_shown = self._by_terms(passages, self._retriever.passages, query, recipe, Filters(), rows, n)
            runs.lexical_scores[of_shown.rows] = of_shown.scores
        return super()._evidence(rows, runs, query, recipe)


class ClusterStore(SnapshotStore):
    """Snapshots that are built here, and searched in a cluster: publishing swaps its alias.

    Another machine has the same folder, and follows the alias.
    """

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        super().__init__(folder)
        self._cluster = cluster
        self._looked_up: tuple[float, str | None] = (-_LOOKED_UP_S, None)

    def _name_to_open(self) -> str | None:
        looked_up_at, name = self._looked_up
        if monotonic() - looked_up_at >= _LOOKED_UP_S:
            name = self._cluster.published(self._names())
            self._looked_up = monotonic(), name
        return name

    def _opened_by(self, name: str) -> HybridSearcher:
        return MilvusSearcher.over(super()._opened_by(name), self._cluster, name)

    def _publish(self, name: str) -> None:
        searcher = super()._opened_by(name)
        parts = searcher.parts()
        self._cluster.upload(name, parts["columns"], parts["retriever"])
        self._cluster.publish(name)
        self._looked_up = -_LOOKED_UP_S, None
        super()._publish(name)

    def _prune(self, keep: int) -> None:
        super()._prune(keep)
        self._cluster.prune(manifest.name for manifest in self.manifests())


def _collections(name: str) -> tuple[str, str]:
    """The collections of a snapshot: of its passages, and of whole profiles."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
    return f"{PUBLISHED}_{plain}_passages", f"{PUBLISHED}_{plain}_profiles"


def _asked(postings: LexicalPair, query: Query, bigram_share: float) -> dict[int, float]:
    """What a query asks of each column, words first, then pairs of letters: see `LexicalPair.scores`."""
    asked: dict[int, float] = {}
    for columns, first, share, weighed in (
        (postings.words, 0, 1 - bigram_share, query.weighed_words),
        (postings.bigrams, postings.words.n_terms, bigram_share, query.weighed_bigrams),
    ):
        for tokens, weight in weighed if share > 0 else ():
            for column, times in columns.asked(tokens).items():
                asked[first + column] = asked.get(first + column, 0.0) + share * weight * times
    return asked


def _by_document(postings: LexicalPair) -> sparse.csr_matrix:
    """The impacts of both, a row for each document, the columns as `_asked` numbers them."""
    together = [postings.words.matrix(), postings.bigrams.matrix()]
    return sparse.csr_matrix(sparse.hstack(together, format="csr"))


def _terms_in(terms: sparse.csr_matrix, row: int) -> dict[int, float]:
    held = slice(*terms.indptr[row : row + 2])
    return dict(zip(terms.indices[held].tolist(), terms.data[held].tolist(), strict=True))


def _filtered_by(columns: Columns, owners: NDArray[np.integer]) -> Iterator[dict[str, Any]]:
    """What filters ask of each row: facts of its organisation."""
    facts = columns.filtered_by()
    for row, owner in enumerate(owners.tolist()):
        yield {"row": row, "owner": owner, **facts[owner]}


def _together(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows, some at a time."""
    while together := list(islice(rows, _ROWS_AT_ONCE)):
        yield together


def _by_partition(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(_PARTITIONS[region_of(row["prefecture"])], []).append(row)
    return found


def _partitions(filters: Filters) -> list[str] | None:
    """Where a search has to look at all; None: everywhere."""
    if not filters.prefectures:
        return None
    return sorted({_PARTITIONS[region_of(prefecture)] for prefecture in filters.prefectures})


def _expression(filters: Filters, columns: Columns, owners: Sequence[int]) -> str:
    """The filters as Milvus writes them."""
    conditions = []
    for field, wanted, unwanted in (
        ("kind", filters.kinds, filters.not_kinds),
        ("prefecture", filters.prefectures, filters.not_prefectures),
    ):
        conditions += [f"{field} in {_listed(wanted)}"] if wanted else []
        conditions += [f"{field} not in {_listed(unwanted)}"] if unwanted else []
    for field, wanted, unwanted in (
        ("clusters", filters.clusters, filters.not_clusters),
        ("fields", filters.fields, frozenset[str]()),
    ):
        conditions += [f"array_contains_any({field}, {_listed(wanted)})"] if wanted else []
        conditions += [f"not array_contains_any({field}, {_listed(unwanted)})"] if unwanted else []
    if filters.is_open_only:
        conditions.append("is_masked == false")
    excluded = sorted(row for id in filters.excluded_ids if (row := columns.row(id)) is not None)
    conditions += [f"owner not in {excluded}"] if excluded else []
    conditions += [f"owner in {sorted(owners)}"] if owners else []
    return " and ".join(conditions)


def _listed(values: Iterable[str]) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)
