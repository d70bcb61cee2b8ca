"""Clusters and memberships, with their days."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from corpus.errors import UnknownClusterError
from corpus.history import carried_over, ended_by, in_force, require_consistent, successors
from corpus.intake import Tally, add_memberships
from corpus.records import Cluster, Kind, LineageEvent, Membership
from corpus.registry.database import Database
from corpus.storage import cluster_content, cluster_of, lineage_of, lineage_row, membership_of


class Clusters(Database):
    """Clusters, what became of them, and who is in them."""

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
