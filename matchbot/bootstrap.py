"""The composition root: settings → service. The only place that chooses implementations.

What only some commands need (the desk and its ledger, workbooks, phone numbers, the invented network) is
imported when it is asked for, so that a search starts quickly.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import ModuleType
from typing import TYPE_CHECKING, Any

from corpus import bundled
from corpus.progress import Progress, unheard
from corpus.records import Cluster, Profile
from corpus.registry import Registry, connected
from index.snapshot import SnapshotStore
from matchbot.clocks import Clock, FixedClock, WallClock
from matchbot.config import MilvusSettings, Settings
from matchbot.correspondence import Correspondence
from matchbot.errors import MigrationError, NotInstalledError
from matchbot.matchmaking import CARDS
from matchbot.service import Bundle, Service
from matchbot.sqlite import Connections
from matchbot.synonyms import Synonyms

if TYPE_CHECKING:
    from corpus.readers import Imported, Rejection
    from index.milvus import Cluster as SearchCluster
    from matchbot import doctor
    from matchbot.desk import Desk, Office
    from matchbot.doctor import Finding
    from matchbot.jobs import Run
    from matchbot.ledger import Ledger
    from matchbot.ledger.moving import Moved
    from matchbot.nightly import Night
    from matchbot.simulation import Simulated


def build_service(settings: Settings, progress: Progress = unheard, *, clock: Clock | None = None) -> Service:
    """The service that works on the files under ``settings.home``, by the clock on the wall or another.

    ``progress`` is told of long work that nobody asked for.
    """
    clock = clock or WallClock()
    ledgers = ConfiguredLedgers(settings, clock, progress=progress)
    return Service(
        settings=settings,
        open_registry=ledgers.open_registry,
        sources=FileSources(),
        snapshots=_snapshots(settings),
        clock=clock,
        mask_key=_mask_key(settings.mask_key_path),
        ledgers=ledgers,
        correspondence=ledgers.correspondence,
        synonyms=Synonyms(settings.synonyms_path),
    )


def restore_ledger(settings: Settings, backup: Path, *, may_lose_events: bool) -> "Desk":
    """Makes the ledger what it was at a backup, but for what was erased since. Raises BackupError."""
    from matchbot.ledger import Ledger

    url = settings.ledger.url.get_secret_value()
    if url:
        _server().restore_ledger(url, settings.home, backup, may_lose_events=may_lose_events).close()
    else:
        Ledger.restore(backup, settings.home, may_lose_events=may_lose_events).close()
    desk = ConfiguredLedgers(settings).open()
    desk.forget_again()
    return desk


def move_ledger(settings: Settings, to: str | None) -> "Moved":
    """Moves the ledger into the database with this address; None: back into the files of the home folder.

    Raises what `matchbot.ledger.moving` does; NotInstalledError.
    """
    _server()
    from matchbot.ledger import moving

    if to is not None:
        return moving.to_server(settings.home, to)
    url = settings.ledger.url.get_secret_value()
    if not url:
        raise MigrationError(to=str(settings.home), reason=moving.Hindrance.NOT_ON_SERVER)
    return moving.to_files(url, settings.home, made_at=WallClock().now())


def run_jobs(settings: Settings, service: Service, *, at: datetime | None = None) -> "Run":
    """Does what is due, as of a time (now). Raises NoLedgerError."""
    from matchbot.jobs import Jobs

    service.publish_profiles()
    office = ConfiguredLedgers(settings).office()
    if at is not None:
        office = replace(office, clock=FixedClock(at))
    is_indexed = service.index_status().manifest is not None
    find = partial(_partners_found, service) if is_indexed else None
    return Jobs(office, find=find, changed_since=service.changed_since).run()


def run_nightly(
    settings: Settings,
    service: Service,
    *,
    is_dry_run: bool,
    is_retrained: bool,
    progress: Progress,
    plain: Callable[[Any], object],
) -> "Night":
    """The work of a night, as far as there is something to do it on. Raises NightlyRunningError."""
    from matchbot.nightly import Nightly

    nightly = Nightly(
        settings,
        service,
        run_jobs=partial(run_jobs, settings, service),
        has_ledger=ConfiguredLedgers(settings).exists(),
        plain=plain,
    )
    return nightly.run(is_dry_run=is_dry_run, is_retrained=is_retrained, progress=progress)


def examine(settings: Settings, build: Callable[[Settings], Service]) -> "list[Finding]":
    """What is wrong here and what is well, also by the checks of the floor above, which nobody imports.

    ``build``: makes the service.
    """
    from matchbot import doctor

    # A server that does not answer keeps nothing else from being looked at.
    here = build(settings.model_copy(update={"milvus": MilvusSettings()}))
    further = [each.load() for each in entry_points(group="matchbot.checks")]
    return doctor.examine(
        settings,
        here,
        has_ledger=ConfiguredLedgers(settings).exists,
        servers=doctor.Servers(
            ledger=partial(_ledger_server, settings) if settings.ledger.url.get_secret_value() else None,
            search=partial(_search_server, settings) if settings.milvus.url else None,
        ),
        further=further,
    )


def _ledger_server(settings: Settings) -> "doctor.Server":
    from matchbot import doctor

    server = _server()
    name, version = server.server_at(settings.ledger.url.get_secret_value())
    return doctor.Server(name, (version,), (server.OLDEST,))


def _search_server(settings: Settings, names: Sequence[str]) -> "tuple[doctor.Server, str | None]":
    from matchbot import doctor

    milvus, cluster = _cluster(settings)
    server = doctor.Server(settings.milvus.url, cluster.version(), milvus.OLDEST)
    return server, cluster.published(names)


def run_simulation(
    settings: Settings, *, years: float, seed: int, scale: float, progress: Progress
) -> "Simulated":
    """Lives through years among the sample organisations. Raises NoLedgerError, SimulationError."""
    from matchbot.directory import listed_as
    from matchbot.simulation import simulate

    with _registry_of(settings)() as registry:
        listed = [listed_as(profile) for profile in registry.profiles() if profile.organisation.is_sample]
    office = ConfiguredLedgers(settings).office()
    return simulate(office, listed, years=years, seed=seed, scale=scale, progress=progress)


def _partners_found(service: Service, text: str, organisation_id: str) -> list[str]:
    """Whom a search for a need finds now, best first; but not those who only look for the same."""
    answer = service.search(text, asker=service.asker(organisation_id), limit=CARDS)
    return [match.organisation_id for match in answer.matches.items if match.what_it_does]


class ConfiguredLedgers:
    """The ledger in the configured database or else under ``settings.home``, with the desk over it."""

    def __init__(
        self, settings: Settings, clock: Clock | None = None, *, progress: Progress = unheard
    ) -> None:
        self._settings = settings
        self._progress = progress
        self._url = settings.ledger.url.get_secret_value()
        self._is_known = False
        self._clock = clock or WallClock()
        self.correspondence = Correspondence(settings.correspondence_path)
        self.open_registry = _registry_of(settings)

    def create(self, *, is_sample: bool) -> "Desk":
        """A new ledger, for good wholly real or wholly sample. Raises LedgerExistsError."""
        from matchbot.ledger import Ledger

        home, now = self._settings.home, self._clock.now()
        if self._url:
            _server().create_ledger(self._url, home, is_sample=is_sample, created_at=now).close()
        else:
            Ledger.create(home, is_sample=is_sample, created_at=now).close()
        return self.open()

    def open(self) -> "Desk":
        """The desk over the ledger. Raises NoLedgerError."""
        from matchbot.desk import Desk

        return Desk(self.office())

    def office(self) -> "Office":
        """What the desk works with. Raises NoLedgerError."""
        from matchbot.desk import Office
        from matchbot.directory import RegistryDirectory
        from matchbot.readmodels.files import ReadModels

        settings = self._settings
        return Office(
            ledger=self._ledger(),
            models=ReadModels(settings.readmodels_path, progress=self._progress),
            correspondence=self.correspondence,
            directory=RegistryDirectory(self.open_registry),
            rules=settings.rules,
            clock=self._clock,
            mask_key=_mask_key(settings.mask_key_path),
        )

    def _ledger(self) -> "Ledger":
        from matchbot.ledger import Ledger

        home = self._settings.home
        opened: Ledger = _server().open_ledger(self._url, home) if self._url else Ledger.open(home)
        return opened

    def exists(self) -> bool:
        """Whether there is a ledger: looked up until there is one. Raises LedgerUnreachableError."""
        if not self._is_known:
            home = self._settings.home
            self._is_known = _server().has_ledger(self._url) if self._url else (home / "ledger.db").exists()
        return self._is_known


def _snapshots(settings: Settings) -> SnapshotStore:
    """The search data, searched here or in the configured cluster. Raises NotInstalledError."""
    if not settings.milvus.url:
        return SnapshotStore(settings.snapshots_path)
    milvus, cluster = _cluster(settings)
    store: SnapshotStore = milvus.ClusterStore(settings.snapshots_path, cluster)
    return store


def _cluster(settings: Settings) -> "tuple[ModuleType, SearchCluster]":
    """The room of Milvus, and the configured server. Raises NotInstalledError."""
    with NotInstalledError.naming("scale"):
        from index import milvus
    return milvus, milvus.Cluster(settings.milvus.url, settings.milvus.token.get_secret_value())


def _server() -> ModuleType:
    """Ledgers on a server, where the extra with its packages is installed. Raises NotInstalledError."""
    with NotInstalledError.naming("scale"):
        from matchbot.ledger import server
    return server


def _registry_of(settings: Settings) -> Callable[[], AbstractContextManager[Registry]]:
    """What lends the corpus to one unit of work, and then to the next."""
    connections = Connections(settings.corpus_path, partial(connected, settings.corpus_path))

    @contextmanager
    def lent() -> Iterator[Registry]:
        with connections.one() as connection:
            yield Registry(connection, review_states=settings.rules.review_stages)

    return lent


def _mask_key(path: Path) -> bytes:
    """The secret behind the codes of masked organisations, drawn once and kept from other users.

    Linked to its name when it is whole: of two processes that draw at once, both use the first key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent) as drawn, suppress(FileExistsError):
            drawn.write(secrets.token_bytes(32))
            drawn.flush()
            os.link(drawn.name, path)
    return path.read_bytes()


class FileSources:
    """Profiles from what ships with matchbot and from files."""

    bundled: Bundle = bundled

    def read(
        self, path: Path, mapping: str | None, clusters: Sequence[Cluster], recorded_at: datetime
    ) -> "tuple[str, Iterator[Imported | Rejection]]":
        """What a file calls itself as a source, and its rows; ``mapping`` is a shipped name or a file."""
        from corpus.mapping import find_mapping
        from corpus.readers import read_profiles

        columns = find_mapping(mapping) if mapping else None
        rows = read_profiles(path, columns, clusters=clusters, recorded_at=recorded_at)
        return (columns.source_name if columns else "") or path.name, rows

    def sample(
        self, clusters: Sequence[Cluster], *, scale: float, seed: int, as_of: date
    ) -> Iterator[Profile]:
        """The invented network."""
        from corpus.sample import sample_profiles

        return sample_profiles(clusters, scale=scale, seed=seed, as_of=as_of)
