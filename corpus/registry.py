"""The operational corpus: every organisation under one key, with what was said of it, by whom and when.

The only door to the database of the corpus. One connection per `Registry`, which stays in its thread.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.composition import composed
from corpus.errors import (
    MergeError,
    Reason,
    RecordError,
    RegistryBusyError,
    ReviewStateError,
    UnknownClusterError,
    UnknownOrganisationError,
    UnreadableFileError,
)
from corpus.history import carried_over, ended_by, in_force, require_consistent, successors
from corpus.holdings import Asked, Holdings, InOnePass
from corpus.intake import (
    MERGED,
    Difference,
    Intake,
    Tally,
    add_memberships,
)
from corpus.names import name_key
from corpus.places import JAPAN_TIME
from corpus.records import (
    Cluster,
    Contact,
    Kind,
    LineageEvent,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    ReviewState,
)
from corpus.storage import (
    MIGRATIONS,
    cluster_content,
    cluster_of,
    lineage_of,
    lineage_row,
    membership_of,
    moment,
    organisation_of,
    passage_of,
    passage_row,
)
from corpus.writing import closed_up

__all__ = [
    "Candidate",
    "Counts",
    "Decision",
    "Difference",
    "Registry",
    "SourceCount",
    "Tally",
]

SAME_NUMBER, SAME_NAME = "corporate-number", "name"
"""Why two organisations may be one: they carry one corporate number, or their names have one key."""

_BUSY_TIMEOUT_S = 30.0
_UNMERGED, _WITHDRAWN, _REINSTATED, _REVIEWED = "unmerged", "withdrawn", "reinstated", "reviewed"

# Two organisations, a and b, that are each known by their own id and that nobody has told apart yet.
_IS_OPEN_PAIR = """
    a.id < b.id AND a.is_live AND b.is_live AND a.merged_into IS NULL AND b.merged_into IS NULL
    AND a.is_sample = b.is_sample AND NOT EXISTS (
        SELECT 1 FROM decisions WHERE action = 'unmerged'
        AND (organisation_id = a.id AND subject = b.id OR organisation_id = b.id AND subject = a.id))"""


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
class Candidate:
    """Two organisations that may be one, and why: ``corporate-number`` or ``name``.

    ``kept`` is the one that would stay: it has a corporate number, or else the smaller id.
    """

    kept: Organisation
    merged: Organisation
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about an organisation, and when.

    ``subject`` is, for ``merged`` and ``unmerged``, the id it was merged into; for ``reviewed``, the
    new review state; empty for ``withdrawn`` and ``reinstated``.
    """

    organisation_id: str
    action: str
    subject: str
    reason: str
    decided_at: datetime


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


class Registry:
    """The corpus in one SQLite file.

    Every write is one transaction: it happens as a whole or, also when the process is killed, not at
    all. Readers never wait for a writer. Times are given by the caller and need a zone.
    """

    def __init__(self, connection: sqlite3.Connection, *, review_states: Sequence[str]) -> None:
        """Use `open` or `in_memory`; this takes a connection in autocommit mode."""
        if len(review_states) < 2:
            raise ValueError("review needs a first and a last state")
        self._sql = connection
        self._review_states = tuple(review_states)
        # Triggers see also what REPLACE removes, so that it cannot get round what is append-only.
        for setting in ("foreign_keys = ON", "recursive_triggers = ON", "cache_size = -65536"):
            self._sql.execute(f"PRAGMA {setting}")
        self._migrate()

    @classmethod
    def open(cls, path: Path, *, review_states: Sequence[str] = tuple(ReviewState)) -> Self:
        """The registry at ``path``, created where there is none, brought to the present schema.

        ``review_states`` are the steps from the first draft to what is published, in order.

        Raises UnreadableFileError for a file that is no such database, or one of a newer version.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as error:
            raise UnreadableFileError(file=str(path), reason=Reason.NOT_READABLE) from error
        try:
            registry = cls(connection, review_states=review_states)
            registry._sql.execute("PRAGMA journal_mode = WAL")
        except BaseException as error:
            connection.close()
            if _is_busy(error):
                raise RegistryBusyError(file=str(path)) from error
            if isinstance(error, sqlite3.DatabaseError):
                is_fault = isinstance(error, sqlite3.OperationalError)
                reason = Reason.NOT_READABLE if is_fault else Reason.NOT_A_DATABASE
                raise UnreadableFileError(file=str(path), reason=reason) from error
            raise
        return registry

    @classmethod
    def in_memory(cls, *, review_states: Sequence[str] = tuple(ReviewState)) -> Self:
        """An empty registry that is gone when it is closed."""
        return cls(sqlite3.connect(":memory:", isolation_level=None), review_states=review_states)

    def close(self) -> None:
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Imports

    def put(
        self,
        profiles: Iterable[Profile],
        *,
        recorded_at: datetime,
        contacts: Iterable[Contact] = (),
        complete_source: str | None = None,
    ) -> Difference:
        """Add and change what the profiles say; tells what became different.

        The records are taken one by one; memory does not grow with their number. An organisation may
        come several times: its passages are united. What a source said of an organisation before is
        replaced by what it says now, what other sources say stays; passages are added or changed by
        id. ``contacts`` is read after the last profile. With ``complete_source``, whatever that
        source said and does not say any more is removed. Memberships count as recorded at
        ``recorded_at``. An import does not change the review state of an organisation that is known.

        Raises RecordError where one passage id stands for two organisations; UnknownClusterError;
        UnknownOrganisationError for a contact of nobody; whatever ``profiles`` raises. Then nothing
        has changed.
        """
        return self._take_in(profiles, contacts, recorded_at, complete_source, is_kept=True)

    def difference(
        self,
        profiles: Iterable[Profile],
        *,
        contacts: Iterable[Contact] = (),
        complete_source: str | None = None,
    ) -> Difference:
        """What `put` would make different; changes nothing. Raises what `put` does."""
        end_of_time = datetime.max.replace(tzinfo=UTC)
        return self._take_in(profiles, contacts, end_of_time, complete_source, is_kept=False)

    def _take_in(
        self,
        profiles: Iterable[Profile],
        contacts: Iterable[Contact],
        recorded_at: datetime,
        complete_source: str | None,
        *,
        is_kept: bool,
    ) -> Difference:
        intake = Intake(
            self._sql,
            recorded_at=recorded_at,
            review_states=self._review_states,
            complete_source=complete_source,
        )
        try:
            with self.reading():  # what is staged stands in tables of this connection alone
                intake.stage(profiles, contacts)
            with self._writing(is_kept=is_kept):
                return intake.apply()
        finally:
            intake.clear()

    # Reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A view of the corpus that no other connection's writing changes."""
        if self._sql.in_transaction:
            yield
            return
        self._sql.execute("BEGIN")
        with self._ended():
            yield

    def profiles(self, *, on: date | None = None) -> Iterator[Profile]:
        """All that may be searched, ordered by id, one at a time.

        Published, not withdrawn, a merged organisation under the id that was kept; passages by id;
        the memberships in force ``on`` a day (None: today in Japan), in the clusters of that day. An
        iteration sees the corpus as it was at its start, and this registry cannot write until it ends.
        """
        with self.reading():
            yield from self._published(on or _today())

    def _published(self, day: date) -> Iterator[Profile]:
        published = self._review_states[-1]
        events = self.lineage()
        ids = self._sql.execute(
            "SELECT id FROM organisations root WHERE merged_into IS NULL AND review_state = ? "
            "AND NOT is_withdrawn AND NOT EXISTS "
            "(SELECT 1 FROM organisations one WHERE one.merged_into = root.id AND one.is_withdrawn) "
            "ORDER BY id",
            [published],
        )
        merged, of_all = self._merged(published), InOnePass(self._sql)
        for (id,) in ids:
            others = merged.get(id, ())
            held = Asked(self._sql) if others else of_all  # ids of others do not come in their order
            profile = self._profile([id, *others], day, events, held, published)
            if profile is not None:
                yield profile

    def profile(self, id: str, *, on: date | None = None) -> Profile:
        """Everything on one organisation, also one that is withdrawn or not yet published.

        The id of a merged organisation gives the one it was merged into.

        Raises UnknownOrganisationError, also for one that no source names any more.
        """
        with self.reading():
            members, held = self._members(self._root(id)), Asked(self._sql)
            profile = self._profile(members, on or _today(), self.lineage(), held)
        if profile is None:
            raise UnknownOrganisationError(id=id)
        return profile

    def wishes(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """What organisations say that they look for, by id; none for one that says nothing of the kind."""
        found: dict[str, list[str]] = {}
        rows = self._sql.execute(
            "SELECT organisation_id, title, text FROM passages_in_force WHERE type = ? "
            f"AND organisation_id IN ({','.join('?' * len(ids))}) ORDER BY id",
            [PassageType.NEED.value, *ids],
        )
        for id, title, text in rows:
            found.setdefault(id, []).append(f"{title} {text}".strip())
        return found

    def mandates(self, ids: Iterable[str]) -> dict[str, Mandate]:
        """What organisations state that they fund, by id; none for one that states nothing."""
        with self.reading():
            held = Asked(self._sql)
            known = {id: self._composed(self._members(self._root(id)), held) for id in ids}
        return {id: one.mandate for id, one in known.items() if one is not None and one.mandate}

    def find(self, name: str, limit: int = 20) -> list[Organisation]:
        """Organisations by a name, an alias, the English name or a part of one.

        First the names that are equal, then those that begin with it, then those that hold it;
        within each the shorter, then by id. Drafts and withdrawn organisations too.
        """
        key = name_key(name) if name.strip() else ""
        if not key:
            return []
        rows = self._sql.execute(
            "SELECT COALESCE(o.merged_into, o.id) AS root, "
            "MIN(CASE INSTR(n.name_key, :key) WHEN 1 THEN n.name_key <> :key ELSE 2 END) AS distance, "
            "MIN(LENGTH(n.name_key)) AS length FROM names n JOIN organisations o ON o.id = n.organisation_id "
            "WHERE INSTR(n.name_key, :key) GROUP BY root ORDER BY distance, length, root LIMIT :limit",
            {"key": key, "limit": limit},
        )
        return [self._organisation(root) for (root, *_) in rows.fetchall()]

    def contact(self, id: str) -> Contact | None:
        """How to reach an organisation; None where nothing is known.

        Raises UnknownOrganisationError.
        """
        root = self._root(id)
        for member in self._members(root):
            row = self._sql.execute(
                "SELECT name, mail, phone, address FROM contacts WHERE organisation_id = ?", [member]
            ).fetchone()
            if row:
                return Contact(root, *row)
        return None

    def forget_contacts(self, words: Iterable[str]) -> int:
        """Remove every contact in which one of these words stands, and its traces in the file.

        However they are spaced and typed. What a later import replaced leaves no trace either. A source
        that still has it brings it back with its next import. Gives how many there were.
        """
        sought = [word for word in map(closed_up, words) if word]
        if not sought:
            return 0
        columns = ("name", "mail", "phone", "address")
        holds_it = " OR ".join(f"INSTR(closed_up({column}), ?)" for column in columns)
        self._sql.create_function("closed_up", 1, closed_up, deterministic=True)
        with self._writing():
            n_forgotten = sum(
                self._sql.execute(f"DELETE FROM contacts WHERE {holds_it}", [word] * len(columns)).rowcount
                for word in sought
            )
        self._sql.execute("VACUUM")
        self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return n_forgotten

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
        day = str(on or _today())
        with self.reading():
            # Nothing of these is ever taken back, so that a number stands for which they are.
            n_begun = [
                self._number(f"SELECT COUNT(*) FROM {table} WHERE {begins} <= ?", day)
                for table, begins in (("memberships", "valid_from"), ("lineage", "day"))
            ]
            made_of = (self.corpus_hash(), self._review_states[-1], n_begun)
        return sha256(repr(made_of).encode()).hexdigest()

    # Clusters and memberships

    def put_clusters(self, clusters: Iterable[Cluster]) -> Tally:
        """Add clusters, or change them by id; the others stay."""
        n_added = n_changed = n_unchanged = 0
        with self._writing():
            known: dict[str, str] = dict(self._sql.execute("SELECT id, content FROM clusters"))
            for cluster in clusters:
                content = cluster_content(cluster)
                n_added += cluster.id not in known
                n_unchanged += known.get(cluster.id) == content
                n_changed += known.get(cluster.id, content) != content
                self._sql.execute(
                    "INSERT INTO clusters (id, content) VALUES (?,?) "
                    "ON CONFLICT (id) DO UPDATE SET content = excluded.content",
                    [cluster.id, content],
                )
        return Tally(n_added, n_changed, n_unchanged)

    def clusters(self, on: date | None = None) -> tuple[Cluster, ...]:
        """The clusters there are on a day (None: all there ever were), in the order they were put.

        ``valid_to`` is the last day, also where an event of the lineage set it.
        """
        rows = self._sql.execute("SELECT content FROM clusters ORDER BY position")
        clusters = ended_by([cluster_of(content) for (content,) in rows], self.lineage())
        if on is None:
            return clusters
        return tuple(
            cluster for cluster in clusters if cluster.valid_from <= on <= (cluster.valid_to or date.max)
        )

    def record_lineage(self, event: LineageEvent) -> None:
        """Put on record that clusters were renamed, merged, split or abolished on a day.

        Memberships stay in the cluster of their day; `profiles` and `member_counts` carry them over.

        Raises UnknownClusterError, and LineageError where the event contradicts what is known.
        """
        with self._writing():
            require_consistent(event, {cluster.id: cluster for cluster in self.clusters()})
            self._sql.execute(
                "INSERT INTO lineage (kind, day, before, after, reason) VALUES (?,?,?,?,?)",
                lineage_row(event),
            )

    def lineage(self) -> tuple[LineageEvent, ...]:
        """What happened to clusters, by day, within a day as recorded."""
        rows = self._sql.execute("SELECT kind, day, before, after, reason FROM lineage ORDER BY day, id")
        return tuple(lineage_of(row) for row in rows)

    def successors(self, cluster_id: str, on: date, *, since: date | None = None) -> tuple[str, ...]:
        """The clusters that continue one on a day; ``since`` is the day whose cluster is meant.

        Raises UnknownClusterError.
        """
        if not self._number("SELECT COUNT(*) FROM clusters WHERE id = ?", cluster_id):
            raise UnknownClusterError(id=cluster_id)
        return successors(cluster_id, self.lineage(), on=on, since=since)

    def add_memberships(self, memberships: Iterable[Membership]) -> int:
        """Add dated statements, each as recorded when it says; tells how many said something new.

        A home takes over from the former one, which stays a plain membership from that day on.

        Raises UnknownOrganisationError, UnknownClusterError, and RecordError for a statement recorded
        before another one of its organisation: what was known at a time does not change afterwards.
        """
        n_new = 0
        with self._writing():
            clusters = {cluster.id for cluster in self.clusters()}
            for said in memberships:
                self._root(said.organisation_id)
                if said.cluster_id not in clusters:
                    raise UnknownClusterError(id=said.cluster_id, organisation=said.organisation_id)
                if add_memberships(self._sql, [said]):
                    n_new += 1
                    self._touch([said.organisation_id], said.recorded_at)
        return n_new

    def memberships(
        self, organisation_id: str | None = None, *, on: date, as_known_at: datetime | None = None
    ) -> tuple[Membership, ...]:
        """The memberships in force on a day, as known at a time (None: now), in the clusters of that day.

        As stated, under the id they were stated of; ordered by organisation and cluster.
        """
        rows = self._sql.execute(
            "SELECT organisation_id, cluster_id, role, valid_from, recorded_at, network FROM memberships "
            "WHERE valid_from <= :on AND (:id IS NULL OR organisation_id = :id) ORDER BY id",
            {"on": on.isoformat(), "id": organisation_id},
        )
        return in_force(map(membership_of, rows), on=on, as_known_at=as_known_at)

    def members_since(self) -> datetime | None:
        """When the first membership was recorded; None where none is."""
        (first,) = self._sql.execute("SELECT MIN(recorded_at) FROM memberships").fetchone()
        return datetime.fromisoformat(first) if first else None

    def member_counts(self, *, on: date, clusters_of: date | None = None) -> Mapping[str, Mapping[Kind, int]]:
        """How many organisations of each kind each cluster has on a day, by cluster id.

        By the clusters of that day or, with ``clusters_of``, by those that continue them on another:
        whoever was in a cluster that was split counts in each part. Merged organisations count once.
        """
        of_the_day = self.memberships(on=on)
        shown = carried_over(of_the_day, self.lineage(), on=clusters_of or on)
        kinds: dict[str, tuple[str, str]] = {
            id: (root, kind)
            for id, root, kind in self._sql.execute(
                "SELECT o.id, root.id, root.kind FROM organisations o "
                "JOIN organisations root ON root.id = COALESCE(o.merged_into, o.id) WHERE o.is_live"
            )
        }
        members = {
            (said.cluster_id, *kinds[said.organisation_id]) for said in shown if said.organisation_id in kinds
        }
        counts: dict[str, Counter[Kind]] = {}
        for cluster_id, _, kind in sorted(members):
            counts.setdefault(cluster_id, Counter())[Kind(kind)] += 1
        return counts

    # What organisations say of themselves

    def revise(
        self,
        revision_id: str,
        organisation_id: str,
        passage_id: str,
        passage: Passage | None,
        *,
        at: datetime,
    ) -> bool:
        """Let an organisation's own word stand for a passage of its profile, or for a new one.

        ``passage``: what it says, None to withdraw it. It stands through later imports, whatever their
        sources go on saying. The same ``revision_id`` again changes nothing, also where others came after
        it: False then.

        Raises UnknownOrganisationError, and RecordError for a passage of another organisation.
        """
        with self._writing():
            if self._number("SELECT COUNT(*) FROM revisions WHERE id = ?", revision_id):
                return False
            owner = self._owner_of(passage_id, organisation_id)
            said = passage_row(replace(passage, id=passage_id, organisation_id=owner)) if passage else None
            row = said or (passage_id, owner, *[""] * 8)
            self._sql.execute(
                "INSERT OR REPLACE INTO own_passages VALUES (?,?,?,?,?,?,?,?,?,?,?)", [*row, passage is None]
            )
            self._sql.execute(
                "INSERT INTO revisions VALUES (?,?,?,?)", [revision_id, owner, passage_id, moment(at)]
            )
            self._touch([owner, self._root(owner)], at)
        return True

    def revision_ids(self) -> frozenset[str]:
        """Every revision that was made."""
        return frozenset(id for (id,) in self._sql.execute("SELECT id FROM revisions"))

    def _owner_of(self, passage_id: str, organisation_id: str) -> str:
        """Under which id an organisation has a passage: that of one merged into it; a new one is its own."""
        members = self._members(self._root(organisation_id))
        row = self._sql.execute(
            "SELECT organisation_id FROM passages WHERE id = :id UNION ALL "
            "SELECT organisation_id FROM own_passages WHERE id = :id",
            {"id": passage_id},
        ).fetchone()
        if row and row[0] not in members:
            raise RecordError(field="passage", value=passage_id, reason=Reason.TWO_ORGANISATIONS)
        return str(row[0]) if row else members[0]

    def identities(self, *, as_known_at: datetime | None = None) -> Mapping[str, tuple[str, Kind]]:
        """Every organisation's id, with the id it was known by at a time (None: now) and its kind.

        Without those that no source names any more.
        """
        kinds = {
            id: Kind(kind)
            for id, kind in self._sql.execute("SELECT id, kind FROM organisations WHERE is_live ORDER BY id")
        }
        roots = dict[str, str]()
        for decision in self.decisions():
            if as_known_at is None or decision.decided_at <= as_known_at:
                if decision.action == MERGED:
                    roots[decision.organisation_id] = decision.subject
                elif decision.action == _UNMERGED:
                    roots.pop(decision.organisation_id, None)
        return {
            id: (root, kinds.get(root, kind)) for id, kind in kinds.items() for root in [roots.get(id, id)]
        }

    # Decisions

    def merge_candidates(self, limit: int = 100) -> list[Candidate]:
        """Pairs that may be one organisation: those with one corporate number, then those with one name.

        Within each by name and id. Pairs that were merged and taken apart again are left out, as are
        equal names with different corporate numbers.
        """
        pairs = self._sql.execute(
            f"""
            SELECT a.id, b.id, :number FROM organisations a JOIN organisations b USING (corporate_number)
            WHERE corporate_number <> '' AND {_IS_OPEN_PAIR}
            UNION ALL
            SELECT a.id, b.id, :name FROM organisations a JOIN organisations b USING (name_key)
            WHERE name_key <> '' AND {_IS_OPEN_PAIR} AND '' IN (a.corporate_number, b.corporate_number)
            ORDER BY 3, 1, 2 LIMIT :limit
            """,
            {"number": SAME_NUMBER, "name": SAME_NAME, "limit": limit},
        )
        return [self._candidate(first, second, reason) for first, second, reason in pairs.fetchall()]

    def merge(self, kept: str, merged: str, *, at: datetime, reason: str = "") -> None:
        """Make ``merged`` the same organisation as ``kept``, under the latter's id.

        Raises UnknownOrganisationError, and MergeError for an organisation and itself, for one that
        is already merged, and for a chain: ``kept`` merged into a third, or a third into ``merged``.
        """
        with self._writing():
            for id in (kept, merged):
                self._organisation(self._root(id))
            refusal = self._merge_refusal(kept, merged)
            if refusal is not None:
                raise MergeError(kept=kept, merged=merged, reason=refusal)
            self._sql.execute("UPDATE organisations SET merged_into = ? WHERE id = ?", [kept, merged])
            self._decide([merged], MERGED, at, subject=kept, reason=reason)
            self._touch([kept, merged], at)

    def unmerge(self, merged: str, *, at: datetime) -> str:
        """Make two organisations of a merged one again, each as it was; gives the id taken apart.

        The id that was kept will do where one other was merged into it.

        Raises UnknownOrganisationError, and MergeError where nothing, or more than one, was merged.
        """
        with self._writing():
            root = self._root(merged)
            apart = self._members(root)[1:] if root == merged else [merged]
            if len(apart) != 1:
                refusal = Reason.SEVERAL_MERGED if apart else Reason.NOT_MERGED
                raise MergeError(kept=root, merged=merged, reason=refusal)
            self._sql.execute("UPDATE organisations SET merged_into = NULL WHERE id = ?", apart)
            self._decide(apart, _UNMERGED, at, subject=root)
            self._touch([root, *apart], at)
        return apart[0]

    def withdraw(self, id: str, *, at: datetime, reason: str = "") -> None:
        """Take an organisation, with all that is merged into it, out of every search, at once.

        It stays so through later imports. Raises UnknownOrganisationError.
        """
        self._set_withdrawn(id, True, at, reason)

    def reinstate(self, id: str, *, at: datetime) -> None:
        """Undo `withdraw`. Raises UnknownOrganisationError."""
        self._set_withdrawn(id, False, at)

    def withdrawn_ids(self) -> frozenset[str]:
        """Every id under which an index may show a withdrawn organisation; quick enough for each query."""
        rows = self._sql.execute(
            "WITH roots AS (SELECT DISTINCT COALESCE(merged_into, id) AS id FROM organisations "
            "WHERE is_withdrawn) SELECT id FROM roots UNION "
            "SELECT one.id FROM roots JOIN organisations one ON one.merged_into = roots.id"
        )
        return frozenset(id for (id,) in rows)

    def masked_ids(self) -> frozenset[str]:
        """Every id under which an index may show a masked organisation; quick enough for each query."""
        rows = self._sql.execute(
            "WITH roots AS (SELECT DISTINCT COALESCE(one.merged_into, one.id) AS id FROM statements "
            "JOIN organisations one ON one.id = organisation_id WHERE json_extract(content, '$.is_masked')) "
            "SELECT id FROM roots UNION SELECT one.id FROM roots JOIN organisations one "
            "ON one.merged_into = roots.id"
        )
        return frozenset(id for (id,) in rows)

    def sample_ids(self) -> frozenset[str]:
        """Every id under which an index may show an invented organisation."""
        rows = self._sql.execute("SELECT id FROM organisations WHERE is_sample")
        return frozenset(id for (id,) in rows)

    def ids(self) -> Iterator[str]:
        """The id of every organisation that stands for itself, in order."""
        rows = self._sql.execute("SELECT id FROM organisations WHERE is_live ORDER BY id")
        return (id for (id,) in rows)

    def review_state(self, id: str) -> str:
        """How far the review of an organisation has come. Raises UnknownOrganisationError."""
        row = self._sql.execute("SELECT review_state FROM organisations WHERE id = ?", [id]).fetchone()
        if row is None:
            raise UnknownOrganisationError(id=id)
        return str(row[0])

    def set_review_state(self, id: str, state: str, *, at: datetime) -> None:
        """Take the next step of the review, or go back to its start.

        Raises UnknownOrganisationError, and ReviewStateError for any other step.
        """
        with self._writing():
            present = self.review_state(id)
            if state not in self._steps_from(present):
                raise ReviewStateError(id=id, state=present, wanted=str(state))
            self._sql.execute("UPDATE organisations SET review_state = ? WHERE id = ?", [str(state), id])
            self._decide([id], _REVIEWED, at, subject=str(state))
            self._touch([id], at)

    def decisions(self, id: str | None = None) -> tuple[Decision, ...]:
        """What was decided about an organisation, or all of them, in the order it was."""
        rows = self._sql.execute(
            "SELECT organisation_id, action, subject, reason, decided_at FROM decisions "
            "WHERE :id IS NULL OR :id IN (organisation_id, subject) ORDER BY id",
            {"id": id},
        )
        return tuple(
            Decision(about, action, subject, why, datetime.fromisoformat(decided_at))
            for about, action, subject, why, decided_at in rows
        )

    # Within

    def _migrate(self) -> None:
        """Take the steps that are missing to the present schema, all of them or none."""
        if self._version() < len(MIGRATIONS):
            with self._writing():
                for number, statements in enumerate(MIGRATIONS[self._version() :], self._version() + 1):
                    for statement in statements:
                        self._sql.execute(statement)
                    self._sql.execute(f"PRAGMA user_version = {number}")
        if self._version() > len(MIGRATIONS):
            raise UnreadableFileError(file=self._file(), reason=Reason.NEWER_VERSION)

    def _version(self) -> int:
        return self._number("PRAGMA user_version")

    @contextmanager
    def _writing(self, *, is_kept: bool = True) -> Iterator[None]:
        """A transaction that holds the write lock from its start; undone after an error, or on request."""
        try:
            self._sql.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _is_busy(error):
                raise RegistryBusyError(file=self._file()) from error
            raise
        with self._ended(is_kept=is_kept):
            yield

    @contextmanager
    def _ended(self, *, is_kept: bool = True) -> Iterator[None]:
        """Ends the transaction that has begun; undoes it after an error, or on request."""
        try:
            yield
            self._sql.execute("COMMIT" if is_kept else "ROLLBACK")
        except BaseException:
            self._sql.rollback()
            raise

    def _file(self) -> str:
        return str(self._sql.execute("SELECT file FROM pragma_database_list").fetchone()[0])

    def _number(self, query: str, *values: str) -> int:
        return int(self._sql.execute(query, values).fetchone()[0])

    def _root(self, id: str) -> str:
        """The id that an organisation is known by: its own, or that of the one it was merged into."""
        row = self._sql.execute(
            "SELECT COALESCE(merged_into, id) FROM organisations WHERE id = ?", [id]
        ).fetchone()
        if row is None:
            raise UnknownOrganisationError(id=id)
        return str(row[0])

    def _members(self, root: str) -> list[str]:
        """The id and those merged into it."""
        rows = self._sql.execute("SELECT id FROM organisations WHERE merged_into = ? ORDER BY id", [root])
        return [root, *(id for (id,) in rows)]

    def _merged(self, review_state: str) -> dict[str, list[str]]:
        """The ids merged into each that has some in this state, asked for at once."""
        found: dict[str, list[str]] = {}
        for root, id in self._sql.execute(
            "SELECT merged_into, id FROM organisations "
            "WHERE merged_into IS NOT NULL AND review_state = ? ORDER BY id",
            [review_state],
        ):
            found.setdefault(root, []).append(id)
        return found

    def _organisation(self, root: str) -> Organisation:
        organisation = self._composed(self._members(root), Asked(self._sql))
        if organisation is None:
            raise UnknownOrganisationError(id=root)
        return organisation

    def _composed(
        self, members: Sequence[str], held: Holdings, review_state: str | None = None
    ) -> Organisation | None:
        """``review_state``: of the first, where it is known."""
        contents = [content for member in members for _, content in held.statements(member)]
        if not contents:
            return None
        root = members[0]
        is_published = (review_state or self.review_state(root)) == self._review_states[-1]
        state = ReviewState.PUBLISHED if is_published else ReviewState.DRAFT
        return composed([organisation_of(root, content, state) for content in contents])

    def _profile(
        self,
        members: Sequence[str],
        day: date,
        events: Sequence[LineageEvent],
        held: Holdings,
        review_state: str | None = None,
    ) -> Profile | None:
        organisation = self._composed(members, held, review_state)
        if organisation is None:
            return None
        passages = [passage_of(row, organisation.id) for member in members for row in held.passages(member)]
        return Profile(
            organisation=organisation,
            passages=tuple(sorted(passages, key=lambda passage: passage.id)),
            memberships=self._memberships(members, day, events, held),
        )

    def _memberships(
        self, members: Sequence[str], day: date, events: Sequence[LineageEvent], held: Holdings
    ) -> tuple[Membership, ...]:
        """Those of all members together; the home of the first that has one is the home."""
        kept: dict[str, Membership] = {}
        has_home = False
        for member in members:
            stated = in_force(map(membership_of, held.memberships(member)), on=day)
            for said in carried_over(stated, events, on=day):
                is_home = said.role is MembershipRole.HOME and not has_home
                has_home |= is_home
                if is_home or said.cluster_id not in kept:
                    role = MembershipRole.HOME if is_home else MembershipRole.MEMBER
                    kept[said.cluster_id] = replace(said, organisation_id=members[0], role=role)
        return tuple(kept[cluster_id] for cluster_id in sorted(kept))

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

    def _candidate(self, first: str, second: str, reason: str) -> Candidate:
        kept, merged = self._organisation(first), self._organisation(second)
        if merged.corporate_number and not kept.corporate_number:
            kept, merged = merged, kept
        return Candidate(kept, merged, reason)

    def _merge_refusal(self, kept: str, merged: str) -> Reason | None:
        if kept == merged:
            return Reason.ITSELF
        if self._root(merged) != merged:
            return Reason.ALREADY_MERGED
        if self._root(kept) != kept or len(self._members(merged)) > 1:
            return Reason.CHAIN
        return None

    def _steps_from(self, state: str) -> set[str]:
        """Where the review may go: one step on, or back to the start; a state of old is before all."""
        states = self._review_states
        next_position = states.index(state) + 1 if state in states else 0
        return {states[0], *states[next_position : next_position + 1]} - {state}

    def _set_withdrawn(self, id: str, is_withdrawn: bool, at: datetime, reason: str = "") -> None:
        with self._writing():
            rows = self._sql.execute(
                "SELECT id FROM organisations WHERE ? IN (id, merged_into) AND is_withdrawn <> ? ORDER BY id",
                [self._root(id), is_withdrawn],
            )
            ids = [member for (member,) in rows]
            self._sql.executemany(
                "UPDATE organisations SET is_withdrawn = ? WHERE id = ?", [(is_withdrawn, one) for one in ids]
            )
            self._decide(ids, _WITHDRAWN if is_withdrawn else _REINSTATED, at, reason=reason)
            self._touch(ids, at)

    def _decide(
        self, ids: Iterable[str], action: str, at: datetime, *, subject: str = "", reason: str = ""
    ) -> None:
        self._sql.executemany(
            "INSERT INTO decisions (organisation_id, action, subject, reason, decided_at) VALUES (?,?,?,?,?)",
            [(id, action, subject, reason, moment(at)) for id in ids],
        )

    def _touch(self, ids: Iterable[str], at: datetime) -> None:
        self._sql.executemany(
            "UPDATE organisations SET changed_at = ? WHERE id = ?", [(moment(at), id) for id in ids]
        )


def _today() -> date:
    return datetime.now(JAPAN_TIME).date()


def _is_busy(error: BaseException) -> bool:
    return (
        isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )
