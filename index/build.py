"""Profiles → the files of a snapshot: count, train, encode, choose how to rank, write.

Everything is streamed but one number per token. Texts that an earlier build has read and encoded are not
read and encoded again: the same corpus and the same encoder give the same files either way.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.progress import Progress
from corpus.records import Profile
from corpus.sparing import uncollected
from index.arrays import placed
from index.columns import Columns, ColumnWriter
from index.dense import DenseIndex
from index.encoder import (
    EMBEDDED,
    NONE,
    EmbeddedEncoder,
    Encoder,
    NumberedEncoder,
    Vectors,
    load_encoder,
)
from index.errors import EncoderError, NotInstalledError
from index.hybrid import LexicalPair, Recipe, Retriever
from index.lesson import Fingerprints, Lesson
from index.lexical import Bm25, Parameters, TermCounter, TermCounts
from index.protection import fill_in_masked
from index.reading import Reader
from index.ties import Ties
from index.training import TrainingText, train
from index.tuning import Judged, Judgements, Tuning, held_out, packaged, tried, tune

TOO_SMALL_TO_TRAIN = "too-small-to-train"
TIES_FILE = "ties.arrow"
VECTORS_FILE = "vectors.faiss"
ENCODER_FOLDER = "encoder"
"""Of the model that is trained from the corpus."""
_MANNER_FILE = "sketch.faiss"
"""How vectors are sketched, beside the encoder that makes them: learned once for each."""

_ENCODE_BATCH = 4096
_MAX_TRAINING_PASSAGES = 80_000
_T = TypeVar("_T")
_LEXICAL = ("passages-words", "passages-bigrams", "profile-words", "profile-bigrams")


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """A question with the ids of the organisations that answer it, and their grades."""

    text: str
    relevant: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much less a new snapshot may hold than the live one, and how much worse it may find than the best
    one; as shares."""

    counts: float = 0.1
    measures: float = 0.05


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """``encoder``: "embedded" (trained from the corpus), "none" (lexical only), or a sentence-transformers
    model by hub name or folder. ``golden``: questions to choose the weights on. ``keep``: snapshots
    that stay on disk. ``is_whole``: everything is read and encoded anew. ``is_retrained``: so is the
    encoder trained, however little has changed since it was. ``limits``: how much worse than the live one
    the snapshot may be and still take its place (None: anything goes). ``forced``: why it may all the
    same. ``is_kept_if_same``: a snapshot that would hold what the live one does is not made. ``scheduler``:
    of the Dask cluster that encodes ("": this machine does)."""

    encoder: str = EMBEDDED
    golden: Sequence[GoldenQuery] = ()
    keep: int = 5
    is_whole: bool = False
    is_retrained: bool = False
    limits: Limits | None = None
    forced: str = ""
    is_kept_if_same: bool = False
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Former:
    """A snapshot to go on from: its folder, what its vectors depend on, and how it ranks."""

    folder: Path
    encoder: str
    encoder_identity: str
    tuning: Tuning


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made; the rest of the manifest.

    ``n_read``: texts that no build had read before. ``n_encoded``: passages without a vector before.
    """

    n_organisations: int
    n_passages: int
    tuning: Tuning
    encoder: str
    encoder_identity: str
    notices: tuple[str, ...] = field(default=())
    n_read: int = 0
    n_encoded: int = 0


@dataclass(frozen=True, slots=True)
class _Counted:
    """Term counts of passages and of whole profiles, over words and bigrams."""

    passages: Sequence[TermCounts]
    profile: Sequence[TermCounts]


def build(
    profiles: Iterable[Profile],
    folder: Path,
    options: BuildOptions,
    progress: Progress,
    *,
    tokens: Path,
    former: Former | None = None,
) -> Built:
    """Write the files of a snapshot into ``folder``, which exists and is empty.

    ``profiles`` come ordered by id. ``tokens``: where they are kept from build to build. A corpus that is
    too small to teach an encoder gives a snapshot that is searched by words only, and a notice that says
    so. The stages are read, train (where it is), encode, tune and write.

    Raises:
        EncoderError: a model was asked for by name and cannot be loaded.
        NotInstalledError: a cluster was asked for, and its extra is not there.
    """
    outside = _outside(options)  # before the work of minutes
    reader = Reader(tokens, folder / ".tokens", is_whole=options.is_whole)
    with uncollected():
        counters = _count(profiles, folder, reader, progress)
    n_read = reader.keep()
    passages = [counter.counts() for counter in counters]  # before a training needs memory, too
    columns = Columns(folder)
    columns.keep_fingerprints()
    Ties.write(columns, folder / TIES_FILE)
    lesson = _former_lesson(former, columns, options)
    judgements = _judgements(columns, options.golden, lesson, reader)
    encoder, notices = outside, tuple[str, ...]()
    if outside is None:
        encoder, notices = _own_encoder(columns, judgements, options, lesson is not None, reader, progress)
    dense, n_encoded = _encode(columns, encoder, None if options.is_whole else former, progress)
    if encoder is not outside:
        encoder = open_encoder(folder, EMBEDDED)
    del reader, counters  # with all that was read, which the encoder would hold
    kept = former.tuning.recipe if former and lesson else None
    tuning = _tune(columns, passages, judgements, encoder, dense, kept, progress)
    _write(_counted(passages, columns), tuning.recipe, folder / "lexical", progress)
    return Built(
        n_organisations=columns.n_organisations,
        n_passages=columns.n_passages,
        tuning=tuning,
        encoder=options.encoder if encoder else NONE,
        encoder_identity=encoder.identity if encoder else "",
        notices=notices,
        n_read=n_read,
        n_encoded=n_encoded,
    )


def open_retriever(folder: Path, columns: Columns, *, with_dense: bool) -> Retriever:
    """The arrays that :func:`build` wrote, mapped."""
    documents = {"passages": columns.n_passages, "profile": columns.n_organisations}
    columns_of = [Bm25.open(folder / "lexical" / name, documents[name.split("-")[0]]) for name in _LEXICAL]
    return Retriever(
        owners=columns.owners,
        passages=LexicalPair(*columns_of[:2]),
        profile=LexicalPair(*columns_of[2:]),
        dense=DenseIndex.open(folder / VECTORS_FILE) if with_dense else None,
    )


def open_encoder(folder: Path, name: str) -> Encoder | None:
    """The encoder of a snapshot: the one trained with it, or the model it names.

    Raises:
        EncoderError: the model is missing or broken.
    """
    if name == NONE:
        return None
    return EmbeddedEncoder(folder / ENCODER_FOLDER) if name == EMBEDDED else load_encoder(name)


def _count(
    profiles: Iterable[Profile], folder: Path, reader: Reader, progress: Progress
) -> tuple[TermCounter, TermCounter]:
    """Write the columns, and count words and bigrams of each passage behind its organisation's names.

    What may be known of the masked ones shows when all the open ones have been read.
    """
    writer = ColumnWriter(folder)
    counters = of_words, of_bigrams = TermCounter(reader.ids), TermCounter(reader.ids)
    masked: dict[int, Profile] = {}
    for place, profile in enumerate(profiles):
        if profile.organisation.is_masked:
            masked[writer.n_passages] = profile
        writer.add(profile)
        for pieces in passage_pieces(profile, reader.numbers):
            of_words.add_numbers(*(piece.words for piece in pieces))
            of_bigrams.add_numbers(*(piece.bigrams for piece in pieces))
        if place % 256 == 0:
            progress("read", place, 0)
    writer.close()
    fill_in_masked(masked, counters, folder)
    return counters


def passage_pieces(profile: Profile, read: Callable[[str], _T]) -> Iterator[tuple[_T, ...]]:
    """What is counted of each passage, or for want of one of the names alone: the names and what it says; of
    a masked one nothing."""
    organisation = profile.organisation
    texts = [f"{passage.title} {passage.text}".strip() for passage in profile.passages] or [""]
    if organisation.is_masked:
        yield from (() for _ in texts)
        return
    named = read(" ".join([organisation.name, organisation.name_en, *organisation.aliases]))
    yield from ((named, read(text)) for text in texts)


def _former_lesson(former: Former | None, columns: Columns, options: BuildOptions) -> Lesson | None:
    """What the encoder was taught by that can be used once more; None where one has to be trained."""
    if former is None or options.is_retrained or not options.encoder == former.encoder == EMBEDDED:
        return None
    lesson = Lesson.open(former.folder / ENCODER_FOLDER)
    if lesson is None or not lesson.is_still_good(columns):
        return None
    shutil.copytree(former.folder / ENCODER_FOLDER, columns.folder / ENCODER_FOLDER)
    return lesson


def _own_encoder(
    columns: Columns,
    judgements: Judgements,
    options: BuildOptions,
    is_taught: bool,
    reader: Reader,
    progress: Progress,
) -> tuple[Encoder | None, tuple[str, ...]]:
    """The encoder that is taught by the corpus, where one is wanted, and what should be known of it."""
    if options.encoder == NONE:
        return None, ()
    folder = columns.folder / ENCODER_FOLDER
    if not is_taught:
        progress("train", 0, 1)
        texts = _training_texts(columns, set(judgements.hidden.tolist()))
        if not train(texts, folder, progress=lambda done, total: progress("train", done, total)):
            return None, (TOO_SMALL_TO_TRAIN,)
        Lesson.of(columns, judgements.hidden).save(folder)
    return NumberedEncoder(folder, reader.ids, reader.numbers), ()


def _outside(options: BuildOptions) -> Encoder | None:
    """A model from outside, which encodes here or in a cluster; None where none is asked for.

    Raises EncoderError, NotInstalledError.
    """
    if options.encoder in (NONE, EMBEDDED):
        if options.scheduler:
            raise EncoderError(model=options.encoder, reason="only a sentence-transformers model is spread")
        return None
    if not options.scheduler:
        return load_encoder(options.encoder)
    # Here, because few builds need a cluster, and the extra that it is in.
    with NotInstalledError.naming("scale"):
        from index.distribution import DistributedEncoder
    return DistributedEncoder(options.encoder, options.scheduler)


def _training_texts(columns: Columns, hidden: set[int]) -> list[TrainingText]:
    """All passages but the held-out ones; of a very large corpus every n-th organisation's."""
    every = -(-columns.n_passages // _MAX_TRAINING_PASSAGES) or 1
    names = columns.names()
    return [
        TrainingText(str(owner), names[owner], title, text)
        for row, (owner, title, text) in enumerate(columns.texts())
        if owner % every == 0 and row not in hidden and (title or text)
    ]


def _encode(
    columns: Columns, encoder: Encoder | None, former: Former | None, progress: Progress
) -> tuple[DenseIndex | None, int]:
    """Vectors of all passages, in a file and in memory, and how many of them were not known before."""
    if encoder is None:
        return None, 0
    known = _KnownVectors(former if former and former.encoder_identity == encoder.identity else None)
    index = DenseIndex.empty(encoder.dimensions)
    n_encoded = 0
    for start in range(0, columns.n_passages, _ENCODE_BATCH):
        rows = known.rows(columns.fingerprints[start : start + _ENCODE_BATCH])
        is_new = rows < 0
        new = (start + is_new.nonzero()[0]).tolist()
        texts = [columns.whole_text(row) for row in new]
        vectors = np.empty((len(rows), encoder.dimensions), np.float32)
        vectors[is_new] = encoder.encode_documents(texts)
        vectors[~is_new] = known.vectors(rows[~is_new])
        index.add(vectors)
        n_encoded += len(texts)
        progress("encode", start + len(rows), columns.n_passages)
    own = columns.folder / ENCODER_FOLDER
    index = index.sketched(own / _MANNER_FILE if own.exists() else None)
    index.save(columns.folder / VECTORS_FILE)
    return index, n_encoded


class _KnownVectors:
    """The vectors of an earlier snapshot, found by the texts of their passages."""

    def __init__(self, former: Former | None) -> None:
        """``former``: by the same encoder; None: no vector is known."""
        self._index = DenseIndex.open(former.folder / VECTORS_FILE) if former else None
        known = Columns(former.folder).fingerprints if former else np.zeros(0, np.uint64)
        self._order = np.argsort(known)
        self._known = known[self._order]

    def rows(self, fingerprints: Fingerprints) -> NDArray[np.int64]:
        """The row of a passage with each of these texts; -1 where there is none."""
        places, is_known = placed(self._known, fingerprints)
        rows = np.full(len(fingerprints), -1, np.int64)
        rows[is_known] = self._order[places]
        return rows

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors in these rows."""
        return self._index.vectors(rows) if self._index else np.zeros((0, 1), np.float32)


def _judgements(
    columns: Columns, golden: Sequence[GoldenQuery], lesson: Lesson | None, reader: Reader
) -> Judgements:
    """The golden questions that this corpus can answer; where there are none, held-out passages.

    ``lesson``: of the encoder, where it is trained already.
    """
    judged = []
    for question in golden:
        rows = {columns.row(id): grade for id, grade in question.relevant.items()}
        known = {row: grade for row, grade in rows.items() if row is not None}
        if known:
            judged.append(Judged(question.text, known))
    if judged:
        return Judgements(judged, np.zeros(0, np.int64), "golden")
    among = lesson.untaught(columns.fingerprints) if lesson else None
    return held_out(columns, among=among, read=lambda text: reader.numbers(text).bigrams.tolist())


def _tune(
    columns: Columns,
    passages: Sequence[TermCounts],
    judgements: Judgements,
    encoder: Encoder | None,
    dense: DenseIndex | None,
    kept: Recipe | None,
    progress: Progress,
) -> Tuning:
    """How to rank: as was chosen when the encoder was trained (``kept``), else what is chosen now."""
    progress("tune", 0, 1)
    # Made when they are first asked for: with too little to judge on, nothing is tried.
    counted = cache(lambda: _counted([counts.without(judgements.hidden) for counts in passages], columns))
    mean_words = float(passages[0].lengths.mean()) if columns.n_passages else 0.0
    start = packaged(
        mean_words,
        has_dense=encoder is not None,
        has_profiles=columns.n_passages > columns.n_organisations,
    )
    profile = cache(lambda: _pair(counted().profile, (kept or start).profile_lexical))

    def retriever(parameters: Parameters) -> Retriever:
        return Retriever(columns.owners, _pair(counted().passages, parameters), profile(), dense)

    n_organisations = columns.n_organisations
    if kept is None:
        tuning = tune(judgements, retriever, n_organisations, encoder, start)
    else:
        tuning = tried(kept, judgements, retriever, n_organisations, encoder)
    progress("tune", 1, 1)
    return tuning


def _counted(passages: Sequence[TermCounts], columns: Columns) -> _Counted:
    return _Counted(passages, [c.grouped(columns.owners, columns.n_organisations) for c in passages])


def _pair(counts: Sequence[TermCounts], parameters: Parameters) -> LexicalPair:
    """The columns over words and over bigrams."""
    words, bigrams = (Bm25.fit(each, parameters) for each in counts)
    return LexicalPair(words, bigrams)


def _write(counted: _Counted, recipe: Recipe, folder: Path, progress: Progress) -> None:
    of_passages = [(counts, recipe.lexical) for counts in counted.passages]
    of_profiles = [(counts, recipe.profile_lexical) for counts in counted.profile]
    fits = zip(_LEXICAL, of_passages + of_profiles, strict=True)
    for place, (name, (counts, parameters)) in enumerate(fits):
        progress("write", place, len(_LEXICAL))
        (folder / name).mkdir(parents=True)
        Bm25.fit(counts, parameters).save(folder / name)
    progress("write", len(_LEXICAL), len(_LEXICAL))
