"""What people can ask of matchbot: one method for each command.

The service decides nothing that a room below can decide; it brings them together. It is given what it
works with by the composition root (``matchbot/bootstrap.py``), so that tests can give it something else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.bundled import GoldenNeed, Programme, Size, summed_size
from corpus.history import require_consistent
from corpus.names import Name, name_key
from corpus.places import distance_km
from corpus.progress import Progress
from corpus.records import (
    Cluster,
    Contact,
    Kind,
    LineageEvent,
    LineageKind,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    ReviewState,
)
from corpus.registry import Candidate, Counts, Decision, Difference, Registry
from corpus.writing import fold
from index.build import BuildOptions, GoldenQuery, Limits
from index.snapshot import Manifest, SnapshotStore
from matchbot.clocks import Clock
from matchbot.config import Settings
from matchbot.conversation import Choice, Conversation, Search, Step, advance, choose, need_text
from matchbot.correspondence import Correspondence, Thread
from matchbot.details import further_reasons, wants
from matchbot.errors import (
    CorpusError,
    EmptyCorpusError,
    IndexingError,
    NoSnapshotError,
    SeveralSourcesError,
    UnknownClusterError,
    UnknownOrganisationError,
    UnknownRecordError,
)
from matchbot.finding import Answer, Finder
from matchbot.happenings import part_of
from matchbot.hints import Hint, hints
from matchbot.masking import code_of, is_code
from matchbot.matchmaking import CARDS, Match
from matchbot.members import MATCHBOT, Member
from matchbot.need import Asker, Aspect, Language, Need, Piece
from matchbot.policy import Action, Role, may
from matchbot.profiles import Change
from matchbot.publication import ProfileDraft, beside_what_stands, carry_out, require_publishable
from matchbot.reasons import Reason
from matchbot.synonyms import Synonyms
from matchbot.understanding import understand

if TYPE_CHECKING:
    from corpus.readers import Flag, Imported, Rejection
    from index.columns import Columns
    from index.comparison import Turnover
    from matchbot.desk import (
        CaseView,
        Counted,
        Desk,
        Evaluation,
        OtherSide,
        PairView,
        Receipt,
        TargetImport,
    )
    from matchbot.evaluation import EvaluationReport, Mode
    from matchbot.indicators import Question, Target

_PROFILES_PER_REPORT = 500
_PREVIEWED = 10
"""How many partners of a list are compared in a preview."""
_PARTNERS_COME_SINCE = 20
"""How far a partner may have moved down, since it was shown, and is still found again."""
_LOOKED_THROUGH = 50
"""How far down a partner is looked for that was chosen by somebody."""


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


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation, whether it is out of every search, how far its review has come, and what was decided
    about it, in order."""

    profile: Profile
    is_withdrawn: bool
    review_state: str
    decisions: tuple[Decision, ...]


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


@dataclass(frozen=True, slots=True)
class RankChange:
    """A partner whom a change would move in the list for a query; None: not among the first."""

    query: str
    name: str
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What matchbot answers to a message: the conversation afterwards, what is done, and whom that found.

    ``number``: which turn of its thread it is, from 1; 0 outside threads.
    """

    conversation: Conversation
    step: Step
    answer: Answer | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    """A closer look at a partner: what speaks for it, and apart from that, whether it might say yes.

    ``side``: how much it is asked, and how often it said yes; None to who may not know. ``further``: what
    else speaks for it; ``wants``: what it looks for that the asker does; ``distance_km``: between the two,
    None where unknown. Of a masked partner the last three are empty.
    """

    match: Match
    side: "OtherSide | None"
    further: tuple[Reason, ...] = ()
    wants: tuple[Reason, ...] = ()
    distance_km: int | None = None


class Service:
    """The use cases. Each call is one unit of work on its own connection."""

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
        self._held: AbstractContextManager[Registry] | None = None

    # The ledger

    def create_ledger(self, *, is_sample: bool) -> "Desk":
        """A new ledger, for good wholly real or wholly sample. Raises LedgerExistsError."""
        return self._ledgers.create(is_sample=is_sample)

    @cached_property
    def desk(self) -> "Desk":
        """What people do with introductions. Raises NoLedgerError."""
        return self._ledgers.open()

    # Indicators

    def indicators(self, question: "Question", *, by: Member) -> "Counted":
        """The values of a set of indicators. Raises NotAllowedError, NoLedgerError."""
        with self._open_registry() as registry:
            return self.desk.indicators(question, registry, by)

    @contextmanager
    def evaluation(self, *, by: Member) -> "Iterator[Evaluation]":
        """To be asked any number of questions of indicators, and nothing else within.

        Raises NotAllowedError, NoLedgerError.
        """
        with self._open_registry() as registry, self.desk.evaluation(registry, by) as evaluation:
            yield evaluation

    def set_target(
        self, target: "Target", *, by: Member, key: str, source: str = "", reason: str = ""
    ) -> "Receipt":
        """A figure is to reach a value. Raises UnknownClusterError, StepError, NotAllowedError."""
        with self._open_registry() as registry:
            return self.desk.set_target(target, registry, by=by, key=key, source=source, reason=reason)

    def set_targets_of_the_programme(self, *, source: str, by: Member, key: str) -> int:
        """Sets what the programme's document sets; gives how many were not there. Raises NotAllowedError."""
        with self._open_registry() as registry:
            return self.desk.set_targets_of_the_programme(registry, source=source, by=by, key=key)

    def mark_break(
        self, *, on: date, reason: str, by: Member, key: str, figure: str = "", cluster: str = ""
    ) -> "Receipt":
        """From a day on, numbers are not comparable with those before. Raises UnknownClusterError."""
        with self._open_registry() as registry:
            return self.desk.mark_break(
                registry, on=on, reason=reason, by=by, key=key, figure=figure, cluster=cluster
            )

    def import_targets(self, file: Path, *, by: Member, key: str) -> "TargetImport":
        """Takes in a list of targets. Raises UnreadableFileError, NotAllowedError."""
        with self._open_registry() as registry:
            return self.desk.import_targets(file, registry, by=by, key=key)

    # The corpus

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

    # Organisations

    def organisation(self, id: str) -> OrganisationRecord:
        """Everything known of an organisation but its contact. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            profile = registry.profile(id, on=self._today())
            return OrganisationRecord(
                profile,
                is_withdrawn=profile.organisation.id in registry.withdrawn_ids(),
                review_state=registry.review_state(profile.organisation.id),
                decisions=registry.decisions(profile.organisation.id),
            )

    def called(self, id: str) -> Name:
        """By what others may know an organisation: its name, the code of a masked one, or its id where no
        source names it any more."""
        with self._open_registry() as registry:
            try:
                organisation = registry.profile(id).organisation
            except UnknownOrganisationError:
                return Name(id)
        if organisation.is_masked:
            return Name(code_of(organisation.id, self._mask_key))
        return Name(organisation.name, organisation.name_en)

    def find_organisations(self, name: str, *, limit: int) -> list[Organisation]:
        """Organisations by their name or a part of it, the nearest names first."""
        with self._open_registry() as registry:
            return registry.find(name, limit=limit)

    def find_open_organisations(self, name: str, *, limit: int) -> list[Organisation]:
        """Organisations that anybody may know, by their name or a part of it, the nearest names first.

        None that is masked, withdrawn or not yet published; and beside a real ledger, no sample.
        """
        with self._open_registry() as registry:
            hidden = registry.withdrawn_ids()
            has_samples = not self._ledgers.exists() or self.desk.is_sample
            n_looked_at = limit
            while True:
                named = registry.find(name, limit=n_looked_at)
                found = [one for one in named if _is_open(one, hidden) and (has_samples or not one.is_sample)]
                if len(found) >= limit or len(named) < n_looked_at:
                    return found[:limit]
                n_looked_at *= 2

    def merge_candidates(self, *, limit: int) -> list[Candidate]:
        """Pairs that may be one organisation."""
        with self._open_registry() as registry:
            return registry.merge_candidates(limit=limit)

    def merge_organisations(self, kept: str, merged: str, *, reason: str) -> None:
        """Makes two organisations one. Raises UnknownOrganisationError, MergeError."""
        with self._open_registry() as registry:
            registry.merge(kept, merged, at=self._clock.now(), reason=reason)

    def unmerge_organisation(self, merged: str) -> str:
        """Undoes a merge; gives the id that stands for itself again. Raises MergeError."""
        with self._open_registry() as registry:
            return registry.unmerge(merged, at=self._clock.now())

    def withdraw_organisation(self, id: str, *, reason: str) -> None:
        """Takes an organisation out of every search from now on. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            registry.withdraw(id, at=self._clock.now(), reason=reason)

    def reinstate_organisation(self, id: str) -> None:
        """Lets a withdrawn organisation be found again. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            registry.reinstate(id, at=self._clock.now())

    def review_organisation(self, id: str, state: str) -> None:
        """Takes the next step of an organisation's review, or goes back to its start; the next build of the
        search data holds only what is published. Raises UnknownOrganisationError, ReviewStateError."""
        with self._open_registry() as registry:
            registry.set_review_state(id, state, at=self._clock.now())

    # Profiles

    def suggest_profile_change(
        self,
        organisation_id: str,
        change: Change,
        *,
        by: Member,
        key: str,
        passage_id: str = "",
        passage_type: PassageType | None = None,
        title: str = "",
        text: str = "",
    ) -> "Receipt":
        """An organisation's own member suggests a change of its profile: a draft, until it is approved.

        ``passage_type``: that of the passage which is replaced, or else what it can do.

        Raises UnknownRecordError where it has no such passage, RecordError for a text that is empty, too
        long or holds a mail address or mobile number, NotAllowedError, UnknownOrganisationError.
        """
        present = self._passage(organisation_id, passage_id) if passage_id else None
        if change is not Change.ADD and present is None:
            raise UnknownRecordError(reason="no-passage", id=passage_id)
        title, text = ("", "") if change is Change.WITHDRAW else (title.strip(), text.strip())
        if change is not Change.WITHDRAW:
            require_publishable(title, text)
        known = present.type if present else PassageType.CAPABILITY
        return self.desk.suggest_profile(
            organisation_id,
            change,
            passage_id=passage_id if present else "",
            passage_type=passage_type or known,
            title=title,
            text=text,
            by=by,
            key=key,
        )

    def profile_drafts(self, by: Member, *, with_closed: bool = False) -> list[ProfileDraft]:
        """The drafts that concern who asks, the oldest first: the open ones, or all."""
        drafts = self.desk.drafts(by, with_closed=with_closed)
        with self._open_registry() as registry:
            return [beside_what_stands(draft, registry) for draft in drafts]

    def decide_draft(
        self, draft_id: str, approve: bool, *, by: Member, key: str, reason: str = "", to: str = ""
    ) -> "Receipt":
        """A coordinator lets a draft pass, or returns it with a reason; the last pass publishes it.

        Published, the profile says so from now on, on the organisation's own word and as of today; the
        search finds it once it is built again. Raises what `Desk.decide_draft` does.
        """
        receipt = self.desk.decide_draft(draft_id, approve, by=by, key=key, reason=reason, to=to)
        self.publish_profiles()
        return receipt

    def profile_hints(self, organisation_id: str, by: Member) -> list[Hint]:
        """The words by which the profile of an organisation misses what others look for, most needs first.

        Of the needs themselves nothing is told. Raises NotAllowedError, UnknownOrganisationError,
        NoSnapshotError.
        """
        with self._open_registry() as registry:
            profile = registry.profile(organisation_id)
        is_common = self._snapshots.open().is_shared
        return self.desk.reduce_needs(organisation_id, by, lambda needs: hints(needs, profile, is_common))

    def publish_profiles(self) -> int:
        """Makes the corpus say what was published and it does not say yet; gives how many changes it took.

        The ledger decides and is written first. The corpus follows, each change once and in the order of
        publication: also after it was lost, or where something broke off between the two.
        """
        if not self._ledgers.exists():
            return 0
        with self._open_registry() as registry:
            revisions = self.desk.revisions(registry.revision_ids())
            return sum(carry_out(revision, registry, self._clock.now()) for revision in revisions)

    def _passage(self, organisation_id: str, passage_id: str) -> Passage | None:
        with self._open_registry() as registry:
            passages = registry.profile(organisation_id).passages
        return next((passage for passage in passages if passage.id == passage_id), None)

    # Clusters

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

    # The index

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
            return self._snapshots.build(
                registry.profiles(),
                options=options,
                now=self._clock.now(),
                source=registry.searchable_hash,
                progress=progress,
            )

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

    def snapshots(self) -> list[Manifest]:
        """The snapshots on the disk, the newest first."""
        return self._snapshots.manifests()

    def roll_back_index(self) -> Manifest:
        """Makes the snapshot before the live one live again. Raises NoSnapshotError."""
        return self._snapshots.rollback()

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

    # Asking

    def asker(self, who: str) -> Asker:
        """On whose behalf is asked: an organisation by id, or by a name that only one has.

        Raises UnknownOrganisationError.
        """
        with self._open_registry() as registry:
            profile = registry.profile(_id_of(who, registry))
        ranked = sorted(profile.memberships, key=lambda said: said.role is not MembershipRole.HOME)
        organisation = profile.organisation
        clusters = tuple(membership.cluster_id for membership in ranked)
        return Asker(organisation.id, clusters, organisation.prefecture)

    def partner_id(self, told: str, *, by: Member | None = None) -> str:
        """The id of an organisation that was shown: told by id, by name, or a masked one by its code.

        ``by``: a firm knows a masked one by its code alone, or it could try names until one has the code.
        Raises UnknownOrganisationError.
        """
        with self._open_registry() as registry:
            decoded = _decoded(told, registry, self._mask_key) if is_code(told) else ""
            if decoded:
                return decoded
            named = registry.profile(_id_of(told, registry)).organisation
        if named.is_masked and by and by.role is Role.FIRM and not by.speaks_for(named.id):
            raise UnknownOrganisationError(id=told)
        return named.id

    def now(self) -> datetime:
        """The time by its clock."""
        return self._clock.now()

    def prepare_search(self) -> None:
        """Opens ahead of the first question what a search reads, so that it is quick, and so that questions
        are answered also when the disk has become full: who opens the corpus when nobody has it open needs
        room for the log of its writes. Raises NoSnapshotError, SnapshotError."""
        self._held = self._held or self._open_registry()
        # The first search also reads the dictionary, and the words that mean the same.
        self._finder.searcher().search("検査", limit=1)

    def search(
        self,
        text: str,
        *,
        wishes: Sequence[Piece] = (),
        asker: Asker | None = None,
        limit: int,
        has_ties: bool = True,
    ) -> Answer:
        """The best partners for a message; ``wishes`` hold beside those that it states itself.
        ``has_ties``: whether whom the asker knows from before comes sooner.

        Raises NoSnapshotError, SnapshotError; UnknownClusterError for a cluster that nobody knows.
        """
        known = self.all_clusters()
        for id in (id for wish in wishes if wish.aspect is Aspect.CLUSTER for id in wish.values):
            if id not in known:
                raise UnknownClusterError(id=id)
        need = understand(text, asker=asker).with_pieces(wishes)
        return self._finder.find(need, asker, limit=limit, has_ties=has_ties)

    def fit(self, text: str, organisation_id: str, partner_id: str) -> Match | None:
        """Why a partner fits what an organisation looks for; None where no search finds it (any more).

        Raises NoSnapshotError, SnapshotError, UnknownOrganisationError.
        """
        found = self.search(text, asker=self.asker(organisation_id), limit=_LOOKED_THROUGH)
        return next((one for one in found.matches.items if one.organisation_id == partner_id), None)

    def fits(self, case: "CaseView") -> Mapping[str, Match]:
        """For those who decide on a case: why each partner fits what its requester looks for, by id.

        None that no search finds; nothing where nobody can search now.
        """
        need = case.card.need or case.card.brief if case.card else ""
        requester = next((party.id for party in case.parties if party.is_requester), "")
        if not need or not requester:
            return {}
        try:
            found = {p.id: self.fit(need, requester, p.id) for p in case.parties if not p.is_requester}
        except (IndexingError, CorpusError):
            return {}
        return {id: match for id, match in found.items() if match}

    def suggested_pairs(self, by: Member) -> "list[PairView]":
        """The latest suggestions for the clusters of who asks, each with that of the partner which fits; what
        it does first of all where nobody can search now. Raises NotAllowedError."""
        return [
            replace(pair, offer=self._fitting(pair) or pair.offer) for pair in self.desk.suggested_pairs(by)
        ]

    def _fitting(self, pair: "PairView") -> str:
        """The sentence on what the partner does that speaks to the wish; "" where no search finds one."""
        try:
            match = self.fit(pair.wish, pair.organisation_id, pair.partner_id) if pair.wish else None
        except (IndexingError, CorpusError):
            return ""
        reason = match.what_it_does if match else None
        return reason.sentence if reason else ""

    def converse(self, conversation: Conversation, text: str, *, asker: Asker | None = None) -> Reply:
        """The reply to a message. Raises NoSnapshotError, SnapshotError."""
        return self._reply(*advance(conversation, text, asker=asker), asker)

    def _reply(self, conversation: Conversation, step: Step, asker: Asker | None) -> Reply:
        """The reply in which a step is done."""
        if not isinstance(step, Search):
            return Reply(conversation, step)
        answer = self._finder.find(
            step.need,
            asker,
            limit=CARDS,
            before=conversation.shown[: step.offset],
            kept=conversation.shown[step.offset :],
            without=conversation.unfit,
        )
        shown = (match.organisation_id for match in answer.matches.items)
        return Reply(conversation.remember(shown), step, answer)

    def put_on_record(self, answer: Answer, *, asker: Asker | None, key: str, by: Member = MATCHBOT) -> None:
        """Puts on record which partners were shown, where there is a ledger and it is to know."""
        if self._ledgers.exists() and may(by.role, Action.SHOW_PARTNERS):
            shown = [match.organisation_id for match in answer.matches.items]
            asked_for = asker.organisation_id if asker else ""
            self.desk.show_partners("", asked_for, shown, by=by, key=key)

    # Threads

    def say(
        self,
        thread_id: str,
        text: str,
        *,
        by: Member,
        key: str,
        language: Language,
        organisation_id: str = "",
        continues: Sequence[str] = (),
        is_restated: bool = False,
    ) -> Reply:
        """The reply to a message of a thread; the thread is kept, and whom was shown put on record.

        The same ``key`` again gives the same reply again, and the thread stays where it is. ``language``:
        that of a new thread. ``organisation_id``: on whose behalf, where it is not the first of those that
        ``by`` speaks for. ``continues``: the threads from which a new one goes on: the first that there is.
        ``is_restated``: the message says the need anew, and changes nothing that was said before.

        Raises NoSnapshotError, SnapshotError, UnknownOrganisationError, LedgerBusyError.
        """
        text = text.encode(errors="replace").decode()
        asker = self._asker_for(by, organisation_id)
        new = Thread(
            thread_id, by.id, Conversation(), Conversation(language=language), asker=asker, n_turns=0
        )
        former = next(filter(None, map(self.correspondence.thread, continues)), None)
        start = replace(new, state=former.state, need_text=former.need_text) if former else new
        take = partial(advance, text=text, asker=asker, is_restated=is_restated)
        return self._next_turn(start, take, by=by, key=key, said=text, is_restated=is_restated)

    def choose(self, thread_id: str, choice: Choice, *, by: Member, key: str) -> Reply:
        """The reply to a click below the partners shown; otherwise as `say`.

        Raises UnknownRecordError where there is no such thread.
        """
        thread = self._thread(thread_id)
        start = replace(thread, asker=self._asker_for(by, thread.asker.organisation_id))
        return self._next_turn(start, partial(choose, choice=choice), by=by, key=key)

    def begin(self, thread_id: str, *, by: Member, language: Language) -> None:
        """A new thread that goes on from nothing; one that there is stays as it is."""
        start = Conversation(language=language)
        asker = self._asker_for(by, "")
        self.correspondence.put_thread(Thread(thread_id, by.id, start, start, asker=asker), self._clock.now())

    def branch(self, thread_id: str, new_id: str) -> None:
        """Has a thread go on from where another one is: what was posted keeps the need that it shows, and
        who clicks on it or replies to it is understood by that, whatever was said elsewhere since."""
        self.correspondence.branch_thread(thread_id, new_id, self._clock.now())

    def need_of(self, thread_id: str) -> Need:
        """What a thread looks for; its ``text`` is all that was said of it. Raises UnknownRecordError."""
        thread = self._thread(thread_id)
        if thread.state.need is None:
            raise UnknownRecordError(reason="no-need", id=thread_id)
        return replace(thread.state.need, text=thread.need_text)

    def matter_of(self, thread_id: str) -> str:
        """What a person who helps should read of a thread: what was said aside, or else what is looked for;
        "" where there is neither, or no such thread any more."""
        thread = self.correspondence.thread(thread_id)
        return (thread.state.aside or thread.need_text) if thread else ""

    def match(self, thread_id: str, partner_id: str) -> Match:
        """A partner that was shown in a thread, with all that can be told of it; a masked one by its code.

        Raises UnknownRecordError, NoSnapshotError, SnapshotError; UnknownOrganisationError for one that was
        not shown for the present need, or may be shown no longer.
        """
        thread, need = self._thread(thread_id), self.need_of(thread_id)
        shown = thread.state.shown
        told = {code_of(id, self._mask_key): id for id in shown}
        id = told.get(partner_id, partner_id)
        found = (
            self._finder.find(
                need,
                thread.asker,
                limit=len(shown) + _PARTNERS_COME_SINCE,
                without=thread.state.unfit,
            )
            if id in shown
            else None
        )
        matches = found.matches.items if found else ()
        match = next((match for match in matches if match.organisation_id == id), None)
        if match is None:
            raise UnknownOrganisationError(id=partner_id)
        return match

    def details(self, thread_id: str, partner_id: str, by: Member) -> Details:
        """A closer look at a partner that was shown in a thread. Raises what `match` does."""
        match, thread = self.match(thread_id, partner_id), self._thread(thread_id)
        side = (
            self.desk.other_side(match.organisation_id, by) if may(by.role, Action.SEE_OTHER_SIDE) else None
        )
        if match.hit.organisation.is_masked:
            return Details(match, side)
        asking = thread.asker.organisation_id
        with self._open_registry() as registry:
            partner = registry.profile(match.organisation_id)
            asker = registry.profile(asking) if asking else None
        return Details(
            match,
            side,
            further_reasons(partner, self.need_of(thread_id), match.reasons),
            wants(partner, asker) if asker else (),
            distance_km(thread.asker.prefecture, match.hit.organisation.prefecture),
        )

    def _thread(self, id: str) -> Thread:
        thread = self.correspondence.thread(id)
        if thread is None:
            raise UnknownRecordError(reason="no-thread", id=id)
        return thread

    def _next_turn(
        self,
        start: Thread,
        take: Callable[[Conversation], tuple[Conversation, Step]],
        *,
        by: Member,
        key: str,
        said: str = "",
        is_restated: bool = False,
    ) -> Reply:
        """The reply that ``take`` makes of the thread as it stands, or of ``start`` where it is new."""
        while True:
            thread = self.correspondence.thread(start.id) or start
            is_repeated = thread.n_turns > 0 and thread.last_key == key
            before = thread.before if is_repeated else thread.state
            reply = self._reply(*take(before), start.asker)
            if is_repeated:
                break
            text = need_text(before, reply.conversation, thread.need_text, said, is_restated=is_restated)
            if self._kept(thread, before, reply, start.asker, by=by, key=key, text=text):
                break
        if reply.answer:
            self.put_on_record(reply.answer, asker=start.asker, key=part_of(key, "shown"), by=by)
        return replace(reply, number=thread.n_turns if is_repeated else thread.n_turns + 1)

    def _kept(
        self,
        thread: Thread,
        before: Conversation,
        reply: Reply,
        asker: Asker,
        *,
        by: Member,
        key: str,
        text: str,
    ) -> bool:
        """Keeps a thread after a reply; False where somebody else has taken one meanwhile."""
        after = Thread(
            id=thread.id,
            who=" ".join(dict.fromkeys((*thread.who.split(), by.id))),
            before=before,
            state=reply.conversation,
            last_key=key,
            need_text=text,
            n_turns=thread.n_turns + 1,
            asker=asker,
        )
        return self.correspondence.put_thread(after, self._clock.now())

    def _asker_for(self, by: Member, organisation_id: str) -> Asker:
        """On whose behalf a member asks. Masked organisations are found by who takes part in the network;
        a guest is taken for one of the clusters of the organisation they claim, and for nobody more."""
        organisation_id = organisation_id or next(iter(by.organisations), "")
        if organisation_id:
            return replace(self.asker(organisation_id), sees_masked=not by.is_guest)
        if by.role in (Role.COORDINATOR, Role.STAFF):
            return Asker(clusters=by.clusters)
        claimed = self.asker(by.claims) if by.claims else Asker()
        return replace(claimed, organisation_id="", sees_masked=False)

    def preview_synonyms(self, words: Sequence[str]) -> list[RankChange]:
        """Who would come to another place if these words meant the same: in searches for each of them, and
        for the needs of the golden set that hold one.

        Raises NoSnapshotError, SnapshotError.
        """
        golden = (need.text for need in self._sources.bundled.golden())
        texts = [*words, *(text for text in golden if any(fold(word) in fold(text) for word in words))]
        return [change for text in dict.fromkeys(texts) for change in self._rank_changes(text, words)]

    def _rank_changes(self, text: str, words: Sequence[str]) -> Iterator[RankChange]:
        need = understand(text)
        before, after = (
            {match.organisation_id: (match, rank) for rank, match in enumerate(answer.matches.items, 1)}
            for answer in (
                self._finder.find(need, None, limit=_PREVIEWED, on_trial=trial) for trial in ((), (words,))
            )
        )
        for id, (match, _) in {**before, **after}.items():
            was, becomes = (found[id][1] if id in found else None for found in (before, after))
            if was != becomes:
                yield RankChange(text, match.hit.organisation.name, was, becomes)

    def all_clusters(self) -> Mapping[str, Cluster]:
        """Every cluster there ever was, by id."""
        with self._open_registry() as registry:
            return {cluster.id: cluster for cluster in registry.clusters()}

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

    # Within

    def _today(self) -> date:
        return self._clock.now().date()

    def _ensure_clusters(self, registry: Registry) -> None:
        """An empty corpus begins with the clusters of the programme, so that rows can name them."""
        if not registry.clusters():
            registry.put_clusters(self._sources.bundled.clusters())


def _is_open(organisation: Organisation, hidden: AbstractSet[str]) -> bool:
    """Whether anybody may know of an organisation."""
    is_published = organisation.review_state is ReviewState.PUBLISHED
    return is_published and not organisation.is_masked and organisation.id not in hidden


def _id_of(who: str, registry: Registry) -> str:
    """``who`` itself, or the id of the one organisation of that name."""
    found = registry.find(who)
    same = [organisation.id for organisation in found if name_key(organisation.name) == name_key(who)]
    candidates = same or [organisation.id for organisation in found]
    return candidates[0] if len(candidates) == 1 else who


def _decoded(code: str, registry: Registry, mask_key: bytes) -> str:
    """The id of the masked organisation with this code; "" where there is none."""
    alike = (id for id in registry.ids() if code_of(id, mask_key) == code)
    return next((id for id in alike if registry.profile(id).organisation.is_masked), "")


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


def _cluster_row(cluster: Cluster, members: Mapping[Kind, int]) -> ClusterRow:
    n_firms, n_universities = members.get(Kind.FIRM, 0), members.get(Kind.UNIVERSITY, 0)
    n_others = sum(members.values()) - n_firms - n_universities
    return ClusterRow(cluster, n_firms, n_universities, n_others)
