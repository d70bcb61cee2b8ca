"""What builds, checks and measures the search data."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.progress import Progress
from index.build import BuildOptions, GoldenQuery, Limits
from index.gate import NDCG, RECALL
from index.snapshot import Manifest
from matchbot.errors import EmptyCorpusError, NoSnapshotError
from matchbot.members import MATCHBOT
from matchbot.search_data import Answered
from matchbot.service.loading import Loading
from matchbot.service.profiles import Profiles

if TYPE_CHECKING:
    from index.columns import Columns
    from index.comparison import Turnover
    from matchbot.evaluation import EvaluationReport, Mode


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The live snapshot, and how many organisations were changed since it was built."""

    manifest: Manifest | None
    n_changed: int


@dataclass(frozen=True, slots=True)
class SetupReport:
    """The live snapshot, and what setting up had to do for it."""

    manifest: Manifest
    is_loaded: bool
    is_built: bool


class Indexing(Loading, Profiles):
    """Snapshots of the index."""

    def build_index(
        self,
        *,
        encoder: str | None = None,
        is_retrained: bool = False,
        is_whole: bool = False,
        forced: str = "",
        is_kept_if_same: bool = False,
        scheduler: str = "",
        progress: Progress,
    ) -> Manifest:
        """Builds a snapshot of the corpus and makes it the live one; until then the old one serves.

        ``is_retrained``: the encoder is trained anew, however little has changed. ``is_whole``: every text
        is read and encoded anew. ``forced``: why it is to be live even if much worse than the one before.
        ``is_kept_if_same``: the live one stays where the new one would hold the same. ``scheduler``: of the
        Dask cluster that encodes, where this machine does not.

        Raises EmptyCorpusError, BuildRunningError, EncoderError, NotInstalledError; GateError where it would
        be much worse.
        """
        self.publish_profiles()
        with self._open_registry() as registry, registry.reading():
            if registry.is_empty():
                raise EmptyCorpusError(file=self._settings.corpus_path)
            options = BuildOptions(
                encoder=encoder or self._settings.encoder,
                golden=[GoldenQuery(need.text, need.relevant) for need in self._sources.bundled.golden()],
                keep=self._settings.snapshots_kept,
                is_whole=is_whole,
                is_retrained=is_retrained,
                limits=Limits(self._settings.gate.counts, self._settings.gate.measures),
                forced=forced,
                is_kept_if_same=is_kept_if_same,
                scheduler=scheduler,
            )
            now = self._clock.now()
            manifest = self._snapshots.build(
                registry.profiles(),
                options=options,
                now=now,
                source=registry.searchable_hash,
                progress=progress,
            )
        self._note_search_data(manifest, good_at=now)
        return manifest

    def live_snapshot(self) -> str:
        """The name of the live snapshot, whatever state it is in; "" where there is none."""
        return self._snapshots.live_name() or ""

    def live_manifest(self) -> Manifest | None:
        """What the live snapshot is made of; None where there is none. Raises SnapshotError."""
        return self._snapshots.current()

    def search_notices(self) -> tuple[str, ...]:
        """What should be known of each search by the live snapshot. Raises NoSnapshotError, SnapshotError."""
        return self._snapshots.open().notices

    def snapshot_facts(self, name: str) -> "Columns | None":
        """What a snapshot holds, to be compared with what a later one does; None where it cannot be read."""
        return self._snapshots.facts(name) if name else None

    def index_changes(self, before: "Columns | None") -> "list[Turnover]":
        """What the live snapshot holds otherwise, by kind and cluster. Raises NoSnapshotError."""
        from index.comparison import changes

        present = self.snapshot_facts(self.live_snapshot())
        if present is None:
            raise NoSnapshotError(folder=self._settings.snapshots_path.name)
        return changes(before, present)

    def index_status(self) -> IndexStatus:
        """Which snapshot is live, and how far the corpus has moved on since."""
        manifest = self._snapshots.current()
        if manifest is None:
            return IndexStatus(None, n_changed=0)
        with self._open_registry() as registry:
            return IndexStatus(manifest, n_changed=len(registry.changes_since(manifest.created_at)))

    def changed_since(self, moment: datetime) -> frozenset[str]:
        """The organisations that were changed since what a search could find at a moment was read; where
        those search data are kept no more, since the moment itself."""
        read = (made.created_at for made in self._snapshots.manifests() if made.created_at <= moment)
        with self._open_registry() as registry:
            return frozenset(registry.changes_since(max(read, default=moment)))

    def snapshots(self) -> list[Manifest]:
        """The snapshots on the disk, the newest first."""
        return self._snapshots.manifests()

    def roll_back_index(self) -> Manifest:
        """Makes the snapshot before the live one live again. Raises NoSnapshotError."""
        manifest = self._snapshots.rollback()
        self._note_search_data(manifest, good_at=manifest.created_at)
        return manifest

    def _note_search_data(self, manifest: Manifest, *, good_at: datetime) -> None:
        """Puts on record, where there is a ledger, which search data serve from now on."""
        if not self._ledgers.exists():
            return
        ndcgs, recalls = (manifest.standing.golden.get(name, {}) for name in (NDCG, RECALL))
        self.desk.note_search_data(
            manifest.name,
            good_at=good_at,
            answered=[
                Answered(question=question, ndcg=ndcg, recall=recalls[question])
                for question, ndcg in ndcgs.items()
            ],
            by=MATCHBOT,
            key=f"search-data:{manifest.name}:{self._clock.now().isoformat()}",
        )

    def verify_index(self, name: str | None = None) -> Manifest:
        """Reads every byte of a snapshot (the live one) and compares. Raises SnapshotError."""
        return self._snapshots.verify(name)

    def set_up(self, *, sample_scale: float, seed: int, progress: Progress) -> SetupReport:
        """Makes matchbot ready to talk: fills an empty corpus with what ships, builds what is missing."""
        with self._open_registry() as registry:
            is_empty = registry.is_empty()
        if is_empty:
            self.load_bundled()
            if sample_scale:
                self.load_sample(scale=sample_scale, seed=seed, progress=progress)
        live = self._snapshots.current()
        return SetupReport(live or self.build_index(progress=progress), is_empty, is_built=live is None)

    def evaluate(
        self,
        directory: Path,
        *,
        mode: "Mode",
        full: bool,
        has_ties: bool = True,
        has_feedback: bool = False,
        progress: Progress,
    ) -> "EvaluationReport":
        """How well an evaluation set is searched. Raises EvaluationSetError."""
        from matchbot.evaluation import evaluate

        return evaluate(
            directory,
            mode=mode,
            full=full,
            has_ties=has_ties,
            has_feedback=has_feedback,
            settings=self._settings,
            progress=progress,
        )
