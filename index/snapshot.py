"""Snapshots: built aside, verified, published in one step, rolled back, opened.

``snapshots/<time>-<hash>/`` never changes once it has its name; ``snapshots/CURRENT`` holds the name
of the live one. A build works in ``.building-…``, which nobody reads, and becomes visible by two
renames; whenever it is killed, the old snapshot serves and the next build clears the remains away.
"""

import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any, Self

from corpus.durability import sole, sync, write_whole
from corpus.progress import Progress, unheard
from corpus.records import Profile
from index.build import (
    ENCODER_FOLDER,
    TIES_FILE,
    BuildOptions,
    Built,
    Former,
    build,
    open_encoder,
    open_retriever,
)
from index.columns import FACTS, FINGERPRINTS_FILE, Columns
from index.encoder import EMBEDDED, NONE, Encoder
from index.errors import BuildRunningError, EncoderError, GateError, NoSnapshotError, SnapshotError
from index.gate import NDCG, Figure, Figures, Standing, better, compare, measure
from index.hybrid import PASSAGES, PROFILE, HybridSearcher, Recipe
from index.lexical import Parameters
from index.ties import Ties
from index.tokeniser import identity
from index.tuning import Tuning

FORMAT = 4
ENCODER_FAILED = "encoder-failed"
"""Notice of a snapshot that is searched by words only because its model cannot be loaded."""

_CURRENT, _LOCK, _MANIFEST, _BUILDING = "CURRENT", ".lock", "manifest.json", ".building-"
_TOKENS = ".tokens"
"""What was read of the texts of the last build."""
_MADE_OF = ".made-of"
"""What stands for the live snapshot and all that it was made of, or would be made of once more."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a snapshot as it was written."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is made of. ``content_hash`` covers the files, not the time or the name: the same
    corpus and encoder give the same hash. ``n_read``, ``n_encoded``: the texts that this build had to read,
    and to encode; all others were known from earlier ones. ``standing``: how well it finds; ``best``: that of
    the best one which later ones are compared with; ``gate``: how it compared; ``forced``: why it took its
    place beyond the limits."""

    name: str
    created_at: datetime
    format: int
    package_version: str
    content_hash: str
    corpus_hash: str
    n_organisations: int
    n_passages: int
    tokeniser: str
    encoder: str
    encoder_identity: str
    tuning: Tuning
    notices: tuple[str, ...]
    files: Mapping[str, StoredFile]
    n_read: int = 0
    n_encoded: int = 0
    standing: Standing = field(default_factory=Standing)
    best: Standing = field(default_factory=Standing)
    gate: tuple[Figure, ...] = ()
    forced: str = ""

    def to_json(self) -> dict[str, Any]:
        """The manifest as plain values."""
        return {**asdict(self), "created_at": self.created_at.isoformat()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The manifest that :meth:`to_json` wrote."""
        tuning = value["tuning"]
        # Before there were standings, others measures were kept, which nothing is compared with.
        value = {name: told for name, told in value.items() if name != "measured"}
        counts = {"counts": _counts(value["n_organisations"], value["n_passages"])}
        recipe = tuning["recipe"]
        return cls(
            **{
                **value,
                "created_at": datetime.fromisoformat(value["created_at"]),
                "notices": tuple(value["notices"]),
                "standing": Standing(**value.get("standing", counts)),
                "best": Standing(**value.get("best", counts)),
                # Before they were figures, they were words.
                "gate": tuple(Figure(**told) for told in value.get("gate", ()) if not isinstance(told, str)),
                "files": {name: StoredFile(**file) for name, file in value["files"].items()},
                "tuning": Tuning(
                    **{
                        **tuning,
                        "recipe": Recipe(
                            **{
                                **recipe,
                                "lexical": Parameters(**recipe["lexical"]),
                                "profile_lexical": Parameters(**recipe["profile_lexical"]),
                                "passage_weights": tuple(recipe["passage_weights"]),
                                "dense_passage_weights": tuple(recipe["dense_passage_weights"]),
                            }
                        ),
                    }
                ),
            }
        )


class SnapshotStore:
    """The snapshots in one folder. Many may read while one builds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: tuple[str, HybridSearcher] | None = None
        self._opening = Lock()

    def build(
        self,
        profiles: Iterable[Profile],
        *,
        options: BuildOptions,
        now: datetime,
        source: Callable[[], str] | None = None,
        progress: Progress = unheard,
    ) -> Manifest:
        """Build a snapshot of ``profiles`` (ordered by id), verify it and make it the live one.

        What the live one and the last build have read, learned and encoded is used again. ``source`` gives
        what stands for the profiles, where they have such a hash: where a snapshot of the same ones is live
        and may be kept, they are not even read.

        Raises:
            BuildRunningError: another process is building.
            EncoderError: the model asked for cannot be loaded.
            GateError: it is too much worse than the live one, which stays.
        """
        with self._locked():
            self._clear_remains()
            tokens, former, live = self._folder / _TOKENS, self.former(), self._readable(self.live_name())
            made_of = _made_of(source, options)
            kept = live if options.is_kept_if_same and former else None
            is_made_anew = options.is_whole or options.is_retrained
            if kept and not is_made_anew and self._is_made_of(kept.name, made_of):
                return kept
            aside = self._folder / f"{_BUILDING}{os.getpid()}"
            aside.mkdir()
            try:
                built = build(profiles, aside, options, progress, tokens=tokens, former=former)
                manifest = _describe(aside, built, now)
                if kept and kept.content_hash == manifest.content_hash:
                    shutil.rmtree(aside)
                    self._note_made_of(kept.name, made_of)
                    return kept
                manifest = replace(manifest, name=self._next_name(manifest.name))
                _write_manifest(aside, manifest)
                standing = _standing(manifest, measure(_verify(aside, manifest), options.golden))
                manifest = self._admitted(replace(manifest, standing=standing, best=standing), options)
                _write_manifest(aside, manifest)
                aside.rename(self._folder / manifest.name)
            except BaseException:
                shutil.rmtree(aside, ignore_errors=True)
                raise
            sync(self._folder)
            self._publish(manifest.name)
            self._note_made_of(manifest.name, made_of)
            self._prune(options.keep)
            return manifest

    def rollback(self) -> Manifest:
        """Make the last whole snapshot before the live one the live one.

        Raises:
            NoSnapshotError: there is none before it.
            SnapshotError: all before it are damaged; told of the newest.
        """
        with self._locked():
            # By names: that the live one can no longer be read may be the reason to go back.
            live = self.live_name()
            older = [name for name in self._names() if live and name < live]
            if not older:
                raise NoSnapshotError(folder=self._folder.name)
            manifest = self._newest_whole(older)
            self._publish(manifest.name)
            return manifest

    def _newest_whole(self, names: Sequence[str]) -> Manifest:
        """The first of these snapshots that is as it was written. Raises SnapshotError."""
        damages = []
        for name in names:
            try:
                return self.verify(name)
            except SnapshotError as error:
                damages.append(error)
        raise damages[0]

    def manifests(self) -> list[Manifest]:
        """All snapshots that can be read, newest first; of damaged ones tells `verify`."""
        return [manifest for name in self._names() if (manifest := self._readable(name))]

    def current(self) -> Manifest | None:
        """The live snapshot, if there is one."""
        name = self.live_name()
        return _read_manifest(self._folder / name) if name else None

    def former(self) -> Former | None:
        """The live snapshot, where it is whole and made by the same rules, so that one can build on it."""
        try:
            manifest = self.current()
            if manifest is None or (manifest.tokeniser, manifest.package_version) != _rules():
                return None
            folder = self._folder / manifest.name
            _check_sums(folder, manifest)
        except SnapshotError:
            return None
        return Former(folder, manifest.encoder, manifest.encoder_identity, manifest.tuning)

    def facts(self, name: str) -> Columns | None:
        """What a snapshot holds, if it is as it was written; once opened, it is read even when it is pruned.

        The sums are compared first: a changed byte may send whoever follows it beyond the end of a mapped
        file, and the system ends a program that reads there.
        """
        folder = self._folder / name
        with suppress(SnapshotError):
            _check_sums(folder, _read_manifest(folder), among={*FACTS, FINGERPRINTS_FILE})
            return Columns(folder)
        return None

    def verify(self, name: str | None = None) -> Manifest:
        """Read every byte of a snapshot (the live one) and compare it with its manifest.

        Raises:
            SnapshotError: a file is missing or damaged.
            NoSnapshotError: there is no such snapshot.
        """
        name = name or self.live_name()
        if not name or not (self._folder / name / _MANIFEST).is_file():
            raise NoSnapshotError(folder=name or self._folder.name)
        manifest = _read_manifest(self._folder / name)
        _verify(self._folder / name, manifest)
        return manifest

    def open(self) -> HybridSearcher:
        """The live snapshot, ready to search; the same object until another one is published.

        A reader may ask at the very moment the snapshot it read the name of is pruned, so a vanished
        one is looked up again.

        Raises:
            NoSnapshotError: nothing was ever built.
            SnapshotError: the live snapshot is damaged.
        """
        with self._opening:
            name = self._name_to_open()
            while self._opened is None or self._opened[0] != name:
                if name is None:
                    raise NoSnapshotError(folder=self._folder.name)
                try:
                    self._opened = name, self._opened_by(name)
                except SnapshotError:
                    if name == (name := self._name_to_open()):
                        raise
            return self._opened[1]

    def _name_to_open(self) -> str | None:
        return self.live_name()

    def _opened_by(self, name: str) -> HybridSearcher:
        return open_snapshot(self._folder / name)

    def _admitted(self, manifest: Manifest, options: BuildOptions) -> Manifest:
        """The manifest with what the gate found. Raises GateError where that is beyond the limits."""
        live, limits = self._readable(self.live_name()), options.limits
        if live is None or limits is None:
            return manifest
        gate = Figures(compare(live.standing, live.best, manifest.standing, limits))
        refused = Figures(figure for figure in gate if figure.is_refused)
        if not refused:
            return replace(manifest, gate=gate, best=better(live.best, manifest.standing, limits))
        if not options.forced:
            raise GateError(figures=gate, refused=refused)
        return replace(manifest, gate=gate, forced=options.forced)

    def _readable(self, name: str | None) -> Manifest | None:
        """The snapshot of this name, if there is one that can be read."""
        with suppress(SnapshotError):
            return _read_manifest(self._folder / name) if name else None
        return None

    def live_name(self) -> str | None:
        """The name of the live snapshot, whatever state it is in."""
        try:
            return (self._folder / _CURRENT).read_text("utf-8", errors="replace").strip() or None
        except FileNotFoundError:
            return None

    def _names(self) -> list[str]:
        """The names of all snapshots, newest first, whatever state they are in."""
        found = (file.parent.name for file in self._folder.glob(f"*/{_MANIFEST}"))
        return sorted((name for name in found if not name.startswith(".")), reverse=True)

    def _publish(self, name: str) -> None:
        """Replace CURRENT; from here on, readers open the snapshot with this name."""
        write_whole(self._folder / _CURRENT, f"{name}\n")

    def _note_made_of(self, name: str, made_of: str) -> None:
        if made_of:
            write_whole(self._folder / _MADE_OF, f"{name} {made_of}\n")

    def _is_made_of(self, name: str, made_of: str) -> bool:
        """Whether a snapshot was found to hold what would be made of this; "" stands for nothing."""
        try:
            return bool(made_of) and (self._folder / _MADE_OF).read_bytes() == f"{name} {made_of}\n".encode()
        except FileNotFoundError:
            return False

    def _prune(self, keep: int) -> None:
        """Remove all but the newest ``keep`` snapshots and the live one."""
        live = self.live_name()
        for name in self._names()[max(keep, 1) :]:
            if name != live:
                # Out of sight first, so that a kill half-way leaves remains, not half a snapshot.
                going = (self._folder / name).rename(self._folder / f"{_BUILDING}{name}")
                shutil.rmtree(going)

    def _clear_remains(self) -> None:
        """Remove what killed builds left; the lock says that none is at work."""
        for remains in self._folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(remains)

    def _next_name(self, name: str) -> str:
        """``name``, or where the newest is of the same second, one that sorts behind it."""
        # Of folders too that have lost their manifest: nothing is renamed onto what is there.
        taken = (file.name for file in self._folder.iterdir() if file.is_dir() and file.name[0] != ".")
        stamp, _, content = name.partition("-")
        newest, _, number = max(taken, default="").partition("-")[0].partition("_")
        return name if stamp != newest else f"{newest}_{int(number or 1) + 1:02}-{content}"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The right to build; the system gives it back when the process ends, however it ends."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            try:
                held.enter_context(sole(self._folder / _LOCK))
            except BlockingIOError as error:
                raise BuildRunningError(folder=self._folder.name) from error
            yield


def open_snapshot(folder: Path) -> HybridSearcher:
    """The snapshot in ``folder``, mapped. Without its model, whether that lies in it or elsewhere, it is
    searched by words, with a notice.

    Raises:
        SnapshotError: the snapshot is missing, damaged or of another format.
    """
    manifest = _read_manifest(folder)
    of_model = frozenset(name for name in manifest.files if name.startswith(f"{ENCODER_FOLDER}/"))
    _check_sizes(folder, manifest, among=manifest.files.keys() - of_model)
    columns = Columns(folder)
    recipe, notices = manifest.tuning.recipe, manifest.notices
    encoder: Encoder | None = None
    try:
        _check_sizes(folder, manifest, among=of_model)
        encoder = open_encoder(folder, manifest.encoder)
    except (EncoderError, SnapshotError):
        notices = (*notices, ENCODER_FAILED)
    if encoder is None:
        recipe = recipe.only(PASSAGES, PROFILE)
    retriever = open_retriever(folder, columns, with_dense=encoder is not None)
    ties = Ties.open(folder / TIES_FILE)
    return HybridSearcher(columns, retriever, encoder, recipe, ties, notices=notices)


def _made_of(source: Callable[[], str] | None, options: BuildOptions) -> str:
    """Stands for all that a snapshot depends on beside the one before it; "" where that is not known: of
    profiles without a hash, and of a model from outside, which may be another one under the same name."""
    if source is None or options.encoder not in (EMBEDDED, NONE):
        return ""
    golden = [(question.text, sorted(question.relevant.items())) for question in options.golden]
    return sha256(repr((source(), options.encoder, golden)).encode()).hexdigest()


def _describe(folder: Path, built: Built, now: datetime) -> Manifest:
    """The manifest of the files in ``folder``, which are made durable."""
    files = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        sync(file)
        files[file.relative_to(folder).as_posix()] = StoredFile(file.stat().st_size, _hash(file))
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync(place)
    content = sha256("".join(f"{name} {file.sha256}\n" for name, file in files.items()).encode()).hexdigest()
    tokeniser, package_version = _rules()
    facts = sha256("".join(files[name].sha256 for name in FACTS).encode())
    return Manifest(
        name=f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{content[:8]}",
        created_at=now,
        format=FORMAT,
        package_version=package_version,
        content_hash=content,
        corpus_hash=facts.hexdigest(),
        n_organisations=built.n_organisations,
        n_passages=built.n_passages,
        tokeniser=tokeniser,
        encoder=built.encoder,
        encoder_identity=built.encoder_identity,
        tuning=built.tuning,
        notices=built.notices,
        files=files,
        n_read=built.n_read,
        n_encoded=built.n_encoded,
    )


def _read_manifest(folder: Path) -> Manifest:
    try:
        value = json.loads((folder / _MANIFEST).read_text("utf-8"))
        if value["format"] != FORMAT:
            raise SnapshotError(snapshot=folder.name, file=_MANIFEST, reason="format")
        return Manifest.from_json(value)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(snapshot=folder.name, file=_MANIFEST, reason="unreadable") from error


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    write_whole(folder / _MANIFEST, json.dumps(manifest.to_json(), ensure_ascii=False, indent=1))


def _standing(manifest: Manifest, golden: Mapping[str, Mapping[str, float]]) -> Standing:
    counts = _counts(manifest.n_organisations, manifest.n_passages)
    held_out = {NDCG: manifest.tuning.values} if manifest.tuning.basis == "held-out" else {}
    return Standing(counts, golden, held_out)


def _counts(n_organisations: int, n_passages: int) -> dict[str, int]:
    return {"organisations": n_organisations, "passages": n_passages}


def _check_sizes(folder: Path, manifest: Manifest, among: Container[str] | None = None) -> None:
    """Cheap enough for every opening: finds what was cut short or lost. ``among``: as in `_check_sums`."""
    for name, stored in manifest.files.items():
        file = folder / name
        if among is not None and name not in among:
            continue
        if not file.is_file() or file.stat().st_size != stored.bytes:
            raise SnapshotError(snapshot=folder.name, file=name, reason="size")


def _verify(folder: Path, manifest: Manifest) -> HybridSearcher:
    """The snapshot, opened, when every byte of it is as its manifest says."""
    _check_sums(folder, manifest)
    return open_snapshot(folder)


def _check_sums(folder: Path, manifest: Manifest, among: Container[str] | None = None) -> None:
    """``among``: the files that are read; None: all."""
    _check_sizes(folder, manifest, among)
    for name, stored in manifest.files.items():
        if (among is None or name in among) and _hash(folder / name) != stored.sha256:
            raise SnapshotError(snapshot=folder.name, file=name, reason="checksum")


def _rules() -> tuple[str, str]:
    """What reads texts, and which matchbot builds."""
    return identity(), version("matchbot")


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
