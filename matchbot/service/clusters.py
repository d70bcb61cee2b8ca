"""The clusters of a day, and how some became others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.bundled import Size, summed_size
from corpus.history import require_consistent
from corpus.records import Cluster, Kind, LineageEvent, LineageKind
from matchbot.errors import UnknownClusterError
from matchbot.service.work import Work


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster and who of the corpus belongs to it; ``n_others`` are of other kinds."""

    cluster: Cluster
    n_firms: int
    n_universities: int
    n_others: int


@dataclass(frozen=True, slots=True)
class ClusterOverview:
    """The clusters of a day, with what they state of their size and what the document states in all."""

    on: date
    rows: tuple[ClusterRow, ...]
    summed: Size
    stated: Size


@dataclass(frozen=True, slots=True)
class NewCluster:
    """A successor in a change of clusters; ``name`` is empty for one that exists."""

    id: str
    name: str = ""
    name_en: str = ""

    def begun_by(self, event: LineageEvent, known: Mapping[str, Cluster]) -> Cluster:
        """The successor that begins with an event, after the model of what it continues.

        Raises UnknownClusterError where it has no name, or continues nothing that is known.
        """
        former = [known[id] for id in event.before if id in known]
        if not self.name or not former:
            raise UnknownClusterError(id=self.id)
        return Cluster(
            id=self.id,
            name=self.name,
            name_en=self.name_en or self.name,
            region=former[0].region,
            fields=tuple(dict.fromkeys(name for cluster in former for name in cluster.fields)),
            valid_from=event.day,
            networks=tuple(dict.fromkeys(name for cluster in former for name in cluster.networks)),
        )


class Clusters(Work):
    """Clusters, with their members and their lineage."""

    def clusters(self, *, on: date | None = None) -> ClusterOverview:
        """The clusters of a day (today) and their members of that day."""
        day = on or self._today()
        with self._open_registry() as registry:
            self._ensure_clusters(registry)
            clusters = registry.clusters(on=day)
            members = registry.member_counts(on=day)
        rows = tuple(_cluster_row(cluster, members.get(cluster.id, {})) for cluster in clusters)
        return ClusterOverview(day, rows, summed_size(clusters), self._sources.bundled.programme().stated)

    def lineage(self) -> tuple[LineageEvent, ...]:
        """What happened to the clusters, by day."""
        with self._open_registry() as registry:
            return registry.lineage()

    def change_clusters(
        self,
        kind: LineageKind,
        before: Sequence[str],
        after: Sequence[NewCluster],
        *,
        on: date | None = None,
        reason: str = "",
    ) -> LineageEvent:
        """Puts on record that clusters became others on a day (today); memberships stay as they were.

        A successor that does not exist yet begins on that day, with the region and fields of what it
        continues. Raises UnknownClusterError, LineageError; then nothing has changed.
        """
        day = on or self._today()
        event = LineageEvent(kind, day, tuple(before), tuple(new.id for new in after), reason)
        with self._open_registry() as registry:
            self._ensure_clusters(registry)
            known = {cluster.id: cluster for cluster in registry.clusters()}
            begun = tuple(new.begun_by(event, known) for new in after if new.id not in known)
            require_consistent(event, {**known, **{cluster.id: cluster for cluster in begun}})
            registry.put_clusters(begun)
            registry.record_lineage(event)
        return event

    def all_clusters(self) -> Mapping[str, Cluster]:
        """Every cluster there ever was, by id."""
        with self._open_registry() as registry:
            return {cluster.id: cluster for cluster in registry.clusters()}


def _cluster_row(cluster: Cluster, members: Mapping[Kind, int]) -> ClusterRow:
    n_firms, n_universities = members.get(Kind.FIRM, 0), members.get(Kind.UNIVERSITY, 0)
    n_others = sum(members.values()) - n_firms - n_universities
    return ClusterRow(cluster, n_firms, n_universities, n_others)
