"""What the rooms of the service share: what they work with, and the desk."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.bundled import GoldenNeed, Programme
from corpus.records import Cluster, Profile
from corpus.registry import Registry
from index.snapshot import SnapshotStore
from matchbot.clocks import Clock
from matchbot.config import Settings
from matchbot.correspondence import Correspondence
from matchbot.finding import Finder
from matchbot.synonyms import Synonyms

if TYPE_CHECKING:
    from corpus.readers import Imported, Rejection
    from matchbot.desk import Desk


class Bundle(Protocol):
    """What ships with matchbot: the module ``corpus.bundled``."""

    def clusters(self) -> tuple[Cluster, ...]: ...
    def profiles(self) -> tuple[Profile, ...]: ...
    def programme(self) -> Programme: ...
    def golden(self) -> tuple[GoldenNeed, ...]: ...


class Sources(Protocol):
    """Where profiles come from."""

    @property
    def bundled(self) -> Bundle: ...

    def read(
        self, path: Path, mapping: str | None, clusters: Sequence[Cluster], recorded_at: datetime
    ) -> "tuple[str, Iterator[Imported | Rejection]]":
        """What a file calls itself as a source, and its rows.

        Raises MappingError and UnreadableFileError, before any row.
        """
        ...

    def sample(
        self, clusters: Sequence[Cluster], *, scale: float, seed: int, as_of: date
    ) -> Iterator[Profile]:
        """An invented network, of one source."""
        ...


class Ledgers(Protocol):
    """Where the ledger is, and the desk that works on it."""

    def exists(self) -> bool: ...
    def create(self, *, is_sample: bool) -> "Desk": ...
    def open(self) -> "Desk": ...


class Work:
    """What each room of the service is made of. Each call is one unit of work on its own connection."""

    def __init__(
        self,
        *,
        settings: Settings,
        open_registry: Callable[[], AbstractContextManager[Registry]],
        sources: Sources,
        snapshots: SnapshotStore,
        clock: Clock,
        mask_key: bytes,
        ledgers: Ledgers,
        correspondence: Correspondence,
        synonyms: Synonyms,
    ) -> None:
        self._settings = settings
        self._open_registry = open_registry
        self._sources = sources
        self._snapshots = snapshots
        self._clock = clock
        self._mask_key = mask_key
        self._ledgers = ledgers
        self.correspondence = correspondence
        self.synonyms = synonyms
        self._finder = Finder(
            settings=settings,
            open_registry=open_registry,
            snapshots=snapshots,
            synonyms=synonyms,
            mask_key=mask_key,
            desk=lambda: self.desk if ledgers.exists() else None,
            today=self._today,
        )

    def create_ledger(self, *, is_sample: bool) -> "Desk":
        """A new ledger, for good wholly real or wholly sample. Raises LedgerExistsError."""
        return self._ledgers.create(is_sample=is_sample)

    @cached_property
    def desk(self) -> "Desk":
        """What people do with introductions. Raises NoLedgerError."""
        return self._ledgers.open()

    def now(self) -> datetime:
        """The time by its clock."""
        return self._clock.now()

    def _today(self) -> date:
        return self._clock.now().date()

    def _ensure_clusters(self, registry: Registry) -> None:
        """An empty corpus begins with the clusters of the programme, so that rows can name them."""
        if not registry.clusters():
            registry.put_clusters(self._sources.bundled.clusters())
