"""How much the corpus holds, and what stands for its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from corpus.records import Kind, PassageType
from corpus.registry.database import today
from corpus.registry.reading import Reading
from corpus.storage import moment

# All content in an order of its own; of memberships what was said last of a cluster and a day.
_CONTENT = (
    "SELECT id, content FROM clusters ORDER BY id",
    "SELECT day, kind, before, after FROM lineage ORDER BY day, kind, before, after",
    "SELECT id, merged_into, review_state, is_withdrawn FROM organisations WHERE is_live ORDER BY id",
    "SELECT organisation_id, source, digest FROM statements ORDER BY organisation_id, source",
    "SELECT id, digest FROM passages ORDER BY id",
    "SELECT id, digest, is_withdrawn FROM own_passages ORDER BY id",
    "SELECT organisation_id, cluster_id, valid_from, role, network FROM memberships WHERE id IN "
    "(SELECT MAX(m.id) FROM memberships m JOIN organisations o ON o.id = m.organisation_id "
    "WHERE o.is_live GROUP BY m.organisation_id, cluster_id, valid_from) "
    "ORDER BY organisation_id, cluster_id, valid_from",
)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How much of the corpus comes from one source, and the newest day it speaks of."""

    name: str
    as_of: date
    n_organisations: int
    n_passages: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What the registry holds. Merged organisations count once, removed ones not at all."""

    organisations: Mapping[Kind, int]
    passages: Mapping[PassageType, int]
    n_without_passages: int
    n_samples: int
    n_unpublished: int
    n_withdrawn: int
    n_merged: int
    n_contacts: int
    sources: tuple[SourceCount, ...]

    @property
    def n_organisations(self) -> int:
        return sum(self.organisations.values())

    @property
    def n_passages(self) -> int:
        return sum(self.passages.values())


class Counting(Reading):
    """Counts and sums over everything."""

    def is_empty(self) -> bool:
        """Whether no source names any organisation; known at once, however many there are."""
        return not self._number("SELECT EXISTS (SELECT 1 FROM organisations WHERE is_live)")

    def counts(self) -> Counts:
        """How much there is of each kind."""
        with self.reading():
            return self._counts()

    def _counts(self) -> Counts:
        live = (
            "FROM organisations root WHERE merged_into IS NULL AND (is_live OR EXISTS "
            "(SELECT 1 FROM organisations one WHERE one.merged_into = root.id AND one.is_live))"
        )
        no_passage = (
            "NOT EXISTS (SELECT 1 FROM passages_in_force p WHERE p.organisation_id = root.id) AND NOT EXISTS "
            "(SELECT 1 FROM organisations one JOIN passages_in_force p ON p.organisation_id = one.id "
            "WHERE one.merged_into = root.id)"
        )
        kinds = dict(self._sql.execute(f"SELECT kind, COUNT(*) {live} GROUP BY kind ORDER BY kind"))
        types = dict(
            self._sql.execute("SELECT type, COUNT(*) FROM passages_in_force GROUP BY type ORDER BY type")
        )
        return Counts(
            organisations={Kind(kind): n for kind, n in kinds.items()},
            passages={PassageType(type): n for type, n in types.items()},
            n_without_passages=self._number(f"SELECT COUNT(*) {live} AND {no_passage}"),
            n_samples=self._number(f"SELECT COUNT(*) {live} AND is_sample"),
            n_unpublished=self._number(
                f"SELECT COUNT(*) {live} AND review_state <> ?", self._review_states[-1]
            ),
            n_withdrawn=self._number(f"SELECT COUNT(*) {live} AND is_withdrawn"),
            n_merged=self._number("SELECT COUNT(*) FROM organisations WHERE merged_into IS NOT NULL"),
            n_contacts=self._number("SELECT COUNT(*) FROM contacts"),
            sources=self._sources(),
        )

    def changes_since(self, time: datetime) -> tuple[str, ...]:
        """The organisations that something was changed about after a time, in order."""
        rows = self._sql.execute(
            "SELECT DISTINCT COALESCE(merged_into, id) AS root FROM organisations WHERE changed_at > ? "
            "ORDER BY root",
            [moment(time)],
        )
        return tuple(root for (root,) in rows)

    def corpus_hash(self) -> str:
        """64 hexadecimal digits that stand for the content: what is said, decided and published.

        Neither the order of the imports nor the times of their recording count.
        """
        seen = sha256()
        with self.reading():
            for query in _CONTENT:
                for row in self._sql.execute(query):
                    seen.update(repr(row).encode())
                seen.update(b"\n")
        return seen.hexdigest()

    def searchable_hash(self, *, on: date | None = None) -> str:
        """64 hexadecimal digits that stand for what `profiles` gives on a day: while they are the same, so is
        that.

        A membership, or a change of the clusters, that begins on a day changes them from that day on.
        """
        day = str(on or today())
        with self.reading():
            # Nothing of these is ever taken back, so that a number stands for which they are.
            n_begun = [
                self._number(f"SELECT COUNT(*) FROM {table} WHERE {begins} <= ?", day)
                for table, begins in (("memberships", "valid_from"), ("lineage", "day"))
            ]
            made_of = (self.corpus_hash(), self._review_states[-1], n_begun)
        return sha256(repr(made_of).encode()).hexdigest()

    def _sources(self) -> tuple[SourceCount, ...]:
        rows = self._sql.execute(
            "SELECT source, MAX(as_of), SUM(is_statement), SUM(1 - is_statement) FROM ("
            "SELECT source, as_of, 1 AS is_statement FROM statements UNION ALL "
            "SELECT source, as_of, 0 FROM passages_in_force) GROUP BY source ORDER BY source"
        )
        return tuple(
            SourceCount(name, date.fromisoformat(as_of), n_organisations, n_passages)
            for name, as_of, n_organisations, n_passages in rows
        )
