"""The facts of a snapshot, column by column in Arrow files: mapped when opened, read when shown.

Two tables. Organisations are ordered by id; passages by organisation, so the passages of one
organisation stand next to each other. A row number is the identity of either inside a snapshot.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus.records import MembershipRole, Profile, Source
from index.arrays import as_numpy
from index.errors import SnapshotError
from index.hits import NO_FILTERS, Evidence, Filters, Found

Mask = NDArray[np.bool_]
Outline = tuple[tuple[str, str], bytes]
"""Kind and home cluster of an organisation, and a hash of all that a snapshot holds of it."""

_ORGANISATIONS = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("name_en", pa.string()),
        ("kind", pa.string()),
        ("prefecture", pa.string()),
        ("home_cluster", pa.string()),
        ("clusters", pa.list_(pa.string())),
        ("country", pa.string()),
        ("size_band", pa.string()),
        ("is_masked", pa.bool_()),
        ("is_sample", pa.bool_()),
        ("fields", pa.list_(pa.string())),
        ("first_passage", pa.int64()),
    ]
)
_PASSAGES = pa.schema(
    [
        ("id", pa.string()),
        ("owner", pa.int32()),
        ("type", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("source_name", pa.string()),
        ("source_url", pa.string()),
        ("as_of", pa.date32()),
    ]
)
_BATCH = 4096
_ORGANISATIONS_FILE, _PASSAGES_FILE = FACTS = ("organisations.arrow", "passages.arrow")
"""The files of the two tables."""
FINGERPRINTS_FILE = "fingerprints.npy"
"""What `Columns.fingerprints` gives, since the next builds and comparisons ask for it, too."""
NAME_ONLY = "name"
"""Type of the row that stands for an organisation without passages, so that its name is found."""


class ColumnWriter:
    """Writes profiles, given in the order of their ids, into the two tables."""

    def __init__(self, folder: Path) -> None:
        self._organisations = _Table(folder / _ORGANISATIONS_FILE, _ORGANISATIONS)
        self._passages = _Table(folder / _PASSAGES_FILE, _PASSAGES)

    @property
    def n_passages(self) -> int:
        """How many passages were added so far."""
        return self._passages.n_rows

    def add(self, profile: Profile) -> None:
        """Append one organisation and its passages; of a masked one without what would tell who it is,
        and with empty texts (see `rewrite_texts`)."""
        if profile.organisation.is_masked:
            profile = _unknown(profile)
        organisation = profile.organisation
        clusters = [m for m in profile.memberships if m.role is not MembershipRole.LEFT]
        home = next((m.cluster_id for m in clusters if m.role is MembershipRole.HOME), "")
        fields = {*organisation.fields, *(field for p in profile.passages for field in p.fields)}
        owner = self._organisations.n_rows
        self._organisations.add(
            id=organisation.id,
            name="" if organisation.is_masked else organisation.name,
            name_en=organisation.name_en,
            kind=str(organisation.kind),
            prefecture=organisation.prefecture,
            home_cluster=home,
            clusters=sorted({m.cluster_id for m in clusters}),
            country=organisation.country,
            size_band=organisation.size_band,
            is_masked=organisation.is_masked,
            is_sample=organisation.is_sample,
            fields=sorted(fields),
            first_passage=self._passages.n_rows,
        )
        for passage in profile.passages:
            self._add_passage(
                passage.id, owner, str(passage.type), passage.source, passage.title, passage.text
            )
        if not profile.passages:
            self._add_passage(organisation.id, owner, NAME_ONLY, organisation.source)

    def close(self) -> None:
        """Finish both files."""
        self._organisations.close()
        self._passages.close()

    def _add_passage(
        self, id: str, owner: int, type: str, source: Source, title: str = "", text: str = ""
    ) -> None:
        self._passages.add(
            id=id,
            owner=owner,
            type=type,
            title=title,
            text=text,
            source_name=source.name,
            source_url=source.url,
            as_of=source.as_of,
        )


def rewrite_texts(folder: Path, texts: Mapping[int, tuple[str, str]]) -> None:
    """Give passages, by row, another title and text."""
    present, aside = _open(folder / _PASSAGES_FILE), folder / "passages.rewritten"
    first = 0
    with pa.OSFile(str(aside), "wb") as sink, pa.ipc.new_file(sink, _PASSAGES) as writer:
        for batch in present.to_batches(_BATCH):
            writer.write_batch(_with_texts(batch, first, texts))
            first += batch.num_rows
    aside.replace(folder / _PASSAGES_FILE)


def _with_texts(batch: pa.RecordBatch, first: int, texts: Mapping[int, tuple[str, str]]) -> pa.RecordBatch:
    """A batch whose first row is ``first``, with those of the texts that belong to it."""
    rows = [row for row in range(batch.num_rows) if first + row in texts]
    for part, name in enumerate(("title", "text") if rows else ()):
        said = batch[name].to_pylist()
        for row in rows:
            said[row] = texts[first + row][part]
        place = batch.schema.get_field_index(name)
        batch = batch.set_column(
            place, batch.schema.field(place), pa.array(said, batch.schema.field(place).type)
        )
    return batch


def _unknown(profile: Profile) -> Profile:
    """A profile without what would tell whose it is: places, fields, sources, texts, all but its home."""
    nobody = Source("", profile.organisation.source.as_of)
    organisation = replace(profile.organisation, name_en="", prefecture="", fields=(), source=nobody)
    home = tuple(m for m in profile.memberships if m.role is MembershipRole.HOME)
    passages = (
        replace(said, title="", text=NAME_ONLY, fields=(), source=Source("", said.source.as_of))
        for said in profile.passages
    )
    return Profile(organisation, tuple(passages), home)


class Columns:
    """The two tables of a snapshot, mapped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._organisations = _open(folder / _ORGANISATIONS_FILE)
        self._passages = _open(folder / _PASSAGES_FILE)
        # A table looks its columns up anew each time it is asked for one.
        self._found = {name: self._organisations[name] for name in _FOUND}
        self._evidence = {field: self._passages[name] for field, name in _EVIDENCE.items()}
        self.allowed = lru_cache(maxsize=32)(self._allowed)
        self.found = lru_cache(maxsize=4096)(self._found_in)
        self._said = lru_cache(maxsize=4096)(self._said_in)

    @property
    def n_organisations(self) -> int:
        return int(self._organisations.num_rows)

    @property
    def n_passages(self) -> int:
        return int(self._passages.num_rows)

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """The organisation's row of each passage, int32 [passages]."""
        return _numbers(self._passages, "owner")

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first passage of each organisation, and the number of passages behind them."""
        return np.append(_numbers(self._organisations, "first_passage"), self.n_passages)

    @cached_property
    def masked(self) -> Mask:
        """Which organisations are masked, bool [organisations]."""
        return _truths(self._organisations, "is_masked")

    @cached_property
    def samples(self) -> Mask:
        """Which organisations are invented, bool [organisations]."""
        return _truths(self._organisations, "is_sample")

    @cached_property
    def fingerprints(self) -> NDArray[np.uint64]:
        """64 bits for title and text of each passage, uint64 [passages]. Raises SnapshotError."""
        if (file := self.folder / FINGERPRINTS_FILE).exists():
            with SnapshotError.naming(file):
                return np.load(file)  # type: ignore[no-any-return]
        texts = (f"{title}\n{text}".encode() for _, title, text in self.texts())
        return _in_64_bits(texts)

    def keep_fingerprints(self) -> None:
        """Write them down beside the tables, which must not change any more."""
        np.save(self.folder / FINGERPRINTS_FILE, self.fingerprints)

    @cached_property
    def open_ids(self) -> NDArray[np.uint64]:
        """64 bits for the id of each organisation that is not masked."""
        return self._identities[~self.masked]

    @cached_property
    def masked_ids(self) -> NDArray[np.uint64]:
        """64 bits for the id of each masked organisation."""
        return self._identities[self.masked]

    @cached_property
    def _identities(self) -> NDArray[np.uint64]:
        return _in_64_bits(id.encode() for id in self._organisations["id"].to_pylist())

    def row(self, id: str) -> int | None:
        """The row of the organisation with this id."""
        return self._rows.get(id)

    def id(self, row: int) -> str:
        """The id of the organisation in this row."""
        return str(self._organisations["id"][row].as_py())

    def _found_in(self, row: int) -> Found:
        """The organisation in this row."""
        values = {name: column[row].as_py() for name, column in self._found.items()}
        return Found(**{**values, "clusters": tuple(values["clusters"])})

    def evidence(
        self, row: int, matched: tuple[str, ...], synonyms: tuple[tuple[str, str], ...] = ()
    ) -> Evidence:
        """The passage in this row, as evidence."""
        return Evidence(**self._said(row), matched=matched, synonyms=synonyms)

    def _said_in(self, row: int) -> dict[str, Any]:
        """What is shown of the passage in this row, whatever it was found by."""
        return {name: column[row].as_py() for name, column in self._evidence.items()}

    def title_and_text(self, row: int) -> tuple[str, str]:
        """Title and text of the passage in this row."""
        return self._evidence["title"][row].as_py(), self._evidence["text"][row].as_py()

    def whole_text(self, row: int) -> str:
        """The same as one text, as it is read and encoded."""
        return " ".join(self.title_and_text(row)).strip()

    def texts(self) -> Iterator[tuple[int, str, str]]:
        """Owner, title and text of every passage, in order."""
        for batch in self._passages.select(["owner", "title", "text"]).to_batches(_BATCH):
            columns = [column.to_pylist() for column in batch.columns]
            yield from zip(*columns, strict=True)

    def outlines(self) -> dict[str, Outline]:
        """The outline of each organisation, by id."""
        found: dict[str, Outline] = {}
        for batch in self._organisations.drop_columns(["first_passage"]).to_batches(_BATCH):
            for values in batch.to_pylist():
                first, last = self.starts[len(found)], self.starts[len(found) + 1]
                said = np.sort(self.fingerprints[first:last]).tobytes()
                digest = blake2b(repr(values).encode() + said, digest_size=8).digest()
                found[values["id"]] = (values["kind"], values["home_cluster"]), digest
        return found

    def filtered_by(self) -> list[dict[str, Any]]:
        """What filters ask of each organisation, by row."""
        asked = ["kind", "prefecture", "clusters", "fields", "is_masked"]
        return list(self._organisations.select(asked).to_pylist())

    def names(self) -> list[str]:
        """The organisations' names, by row; empty where the organisation is masked."""
        table = self._organisations.select(["name", "is_masked"]).to_pylist()
        return ["" if row["is_masked"] else row["name"] for row in table]

    def _allowed(self, filters: Filters) -> tuple[Mask, Mask] | None:
        """Which organisations and which passages pass; None: all do."""
        if filters == NO_FILTERS:
            return None
        mask = np.ones(self.n_organisations, bool)
        for column, wanted, unwanted in (
            ("kind", filters.kinds, filters.not_kinds),
            ("prefecture", filters.prefectures, filters.not_prefectures),
            ("clusters", filters.clusters, filters.not_clusters),
            ("fields", filters.fields, frozenset[str]()),
        ):
            if wanted:
                mask &= self._any_of(column, wanted)
            if unwanted:
                mask &= ~self._any_of(column, unwanted)
        if filters.is_open_only:
            mask &= ~self.masked
        excluded = [row for id in filters.excluded_ids if (row := self.row(id)) is not None]
        mask[excluded] = False
        return mask, mask[self.owners]

    def _any_of(self, column: str, values: frozenset[str]) -> Mask:
        """Which organisations hold one of the values in this column (plain or list)."""
        index = self._values(column)
        mask = np.zeros(self.n_organisations, bool)
        for value in values:
            mask[index.get(value, [])] = True
        return mask

    def _values(self, column: str) -> dict[str, NDArray[np.int64]]:
        if column not in self._by_value:
            self._by_value[column] = _rows_by_value(self._organisations[column])
        return self._by_value[column]

    @cached_property
    def _by_value(self) -> dict[str, dict[str, NDArray[np.int64]]]:
        return {}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {id: row for row, id in enumerate(self._organisations["id"].to_pylist())}


_FOUND = tuple(field for field in Found.__dataclass_fields__)
_EVIDENCE = {"passage_id": "id"} | {
    name: name for name in ("type", "title", "text", "source_name", "source_url", "as_of")
}


class _Table:
    """One Arrow file in the making; rows are written in batches."""

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        self.n_rows = 0
        self._schema = schema
        self._sink = pa.OSFile(str(file), "wb")
        self._writer = pa.ipc.new_file(self._sink, schema)
        self._rows: list[dict[str, Any]] = []

    def add(self, **row: Any) -> None:
        self._rows.append(row)
        self.n_rows += 1
        if len(self._rows) == _BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()
        self._sink.close()

    def _flush(self) -> None:
        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, self._schema))
        self._rows = []


def _open(file: Path) -> pa.Table:
    with SnapshotError.naming(file):
        return pa.ipc.open_file(pa.memory_map(str(file))).read_all()


def _in_64_bits(texts: Iterable[bytes]) -> NDArray[np.uint64]:
    """A number for each, the same on every machine."""
    return np.frombuffer(b"".join(blake2b(text, digest_size=8).digest() for text in texts), "<u8")


def _numbers(table: pa.Table, column: str) -> NDArray[Any]:
    return as_numpy(table[column].combine_chunks())


def _truths(table: pa.Table, column: str) -> NDArray[np.bool_]:
    return np.array(table[column].to_pylist(), bool)


def _rows_by_value(column: pa.ChunkedArray) -> dict[str, NDArray[np.int64]]:
    """Which rows hold each value; a list holds each of its items."""
    values = column.combine_chunks()
    rows = np.arange(len(values), dtype=np.int64)
    if pa.types.is_list(values.type):
        rows = as_numpy(values.value_parent_indices())
        values = values.flatten()
    encoded = values.dictionary_encode()
    codes = as_numpy(encoded.indices)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(encoded.dictionary) + 1))
    return {
        value: rows[order[bounds[code] : bounds[code + 1]]]
        for code, value in enumerate(encoded.dictionary.to_pylist())
    }
