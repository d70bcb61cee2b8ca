"""What fills the corpus: what ships with matchbot, an invented network, files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.progress import Progress
from corpus.records import Contact, Profile
from corpus.registry import Counts, Difference
from matchbot.errors import SeveralSourcesError
from matchbot.service.work import Work

if TYPE_CHECKING:
    from corpus.readers import Flag, Imported, Rejection

_PROFILES_PER_REPORT = 500


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import made different, or would; with every row that was refused or needs a look."""

    difference: Difference
    n_rows: int
    rejections: "tuple[Rejection, ...]"
    flags: "tuple[Flag, ...]"
    is_dry_run: bool


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """What the corpus holds, and whether the live snapshot holds the same."""

    counts: Counts
    n_clusters: int
    is_indexed: bool


class Loading(Work):
    """Filling the corpus, and what it holds then."""

    def load_bundled(self) -> Difference:
        """Loads the clusters and organisations that ship with matchbot; a second time changes nothing."""
        with self._open_registry() as registry:
            registry.put_clusters(self._sources.bundled.clusters())
            return registry.put(self._sources.bundled.profiles(), recorded_at=self._clock.now())

    def load_sample(
        self, *, scale: float, seed: int, progress: Progress, as_of: date | None = None
    ) -> Difference:
        """Loads an invented network in place of the former one.

        It speaks of the day of the programme document, unless another is given, so that equal
        arguments give equal networks whenever it is loaded.
        """
        day = as_of or self._sources.bundled.profiles()[0].organisation.source.as_of
        with self._open_registry() as registry:
            self._ensure_clusters(registry)
            drawn = self._sources.sample(registry.clusters(on=day), scale=scale, seed=seed, as_of=day)
            first = next(drawn)
            return registry.put(
                _counted(chain([first], drawn), "sample", progress),
                recorded_at=self._clock.now(),
                complete_source=first.organisation.source.name,
            )

    def import_files(
        self,
        files: Sequence[Path],
        *,
        mapping: str | None,
        is_dry_run: bool,
        is_complete: bool,
        progress: Progress,
    ) -> ImportReport:
        """Loads files, all or none of them; rows that cannot be used are left out and reported.

        ``is_complete``: the files are all that their source has; what it said before and does not say
        any more is removed. A dry run changes nothing and tells the same.

        Raises UnreadableFileError, MappingError; SeveralSourcesError where complete files are of more
        than one source.
        """
        now = self._clock.now()
        with self._open_registry() as registry:
            self._ensure_clusters(registry)
            read = [self._sources.read(file, mapping, registry.clusters(), now) for file in files]
            source = _only_source({name for name, _ in read}) if is_complete else None
            rows = _Rows(chain.from_iterable(rows for _, rows in read))
            profiles = _counted(rows.profiles(), "import", progress)
            if is_dry_run:
                difference = registry.difference(profiles, contacts=rows.contacts, complete_source=source)
            else:
                difference = registry.put(
                    profiles, recorded_at=now, contacts=rows.contacts, complete_source=source
                )
        return ImportReport(difference, rows.n_rows, tuple(rows.rejections), tuple(rows.flags), is_dry_run)

    def corpus_status(self) -> CorpusStatus:
        """What the corpus holds."""
        manifest = self._snapshots.current()
        with self._open_registry() as registry:
            return CorpusStatus(
                counts=registry.counts(),
                n_clusters=len(registry.clusters(on=self._today())),
                is_indexed=manifest is not None and not registry.changes_since(manifest.created_at),
            )


class _Rows:
    """Takes the rows of files apart: profiles go on, everything else is kept for the report."""

    def __init__(self, rows: "Iterable[Imported | Rejection]") -> None:
        self._rows = rows
        self.n_rows = 0
        self.contacts: list[Contact] = []
        self.rejections: list[Rejection] = []
        self.flags: list[Flag] = []

    def profiles(self) -> Iterator[Profile]:
        """The profiles, as they are read."""
        # Here, because reading files needs libraries that nobody who searches should wait for.
        from corpus.readers import Rejection

        for row in self._rows:
            self.n_rows += 1
            if isinstance(row, Rejection):
                self.rejections.append(row)
                continue
            self.flags.extend(row.flags)
            if row.contact:
                self.contacts.append(row.contact)
            yield row.profile


def _counted(profiles: Iterable[Profile], stage: str, progress: Progress) -> Iterator[Profile]:
    """The profiles, telling now and then how many there were."""
    progress(stage, 0, 0)
    for number, profile in enumerate(profiles, start=1):
        yield profile
        if number % _PROFILES_PER_REPORT == 0:
            progress(stage, number, 0)


def _only_source(names: set[str]) -> str:
    if len(names) > 1:
        raise SeveralSourcesError(sources=", ".join(sorted(names)))
    return names.pop()
