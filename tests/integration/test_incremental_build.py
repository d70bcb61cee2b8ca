"""Builds that go on from earlier ones: what is used again, what is not, and that the result is the same."""

import gc
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pytest

import index.build
import index.dense
import index.reading
import index.snapshot
from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from index.build import BuildOptions, GoldenQuery
from index.errors import EncoderError
from index.lesson import MOST_CHANGED
from index.snapshot import ENCODER_FAILED, Manifest, SnapshotStore

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SOURCE = Source("会員名簿", NOW.date())
MATERIALS = ("ガラス", "アルミ", "チタン", "樹脂", "銅", "木材", "紙", "炭素繊維")
PROCESSES = ("切削", "研磨", "めっき", "溶接", "成形", "検査", "接合", "塗装")
N_FIRMS = 64
N_TEXTS = 4 * N_FIRMS
"""Names and three passages of each firm; all differ."""
# One question that the corpus can answer: too few to choose on, so that it is quick.
ONE_QUESTION = (GoldenQuery("検査", {"f-000": 1.0}),)


def firm(n: int, *further: str, name: str = "", is_masked: bool = False) -> Profile:
    material, process = MATERIALS[n % 8], PROCESSES[n // 8 % 8]
    texts = (
        f"{material}を{process}する装置を開発しています。{process}の精度を高め、{n}社に納めました。",
        f"{process}に強い会社です。{material}の加工を長く手がけています。試作も{n}件受けました。",
        f"工場は{n}号棟。{material}部品を納めています。品質管理に力を入れています。",
        *further,
    )
    id = f"f-{n:03d}"
    passages = (
        Passage(f"{id}:{i}", id, PassageType.CAPABILITY, text, SOURCE) for i, text in enumerate(texts)
    )
    organisation = Organisation(id, name or f"{id}製作所", Kind.FIRM, SOURCE, is_masked=is_masked)
    return Profile(organisation, tuple(passages))


FIRMS = [firm(n) for n in range(N_FIRMS)]

Build = Callable[..., Manifest]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """A folder with a snapshot of the firms, with an encoder trained on all but held-out passages."""
    folder = tmp_path_factory.mktemp("taught") / "snapshots"
    return folder, builder(folder)(FIRMS, golden=())


@pytest.fixture
def first(taught: tuple[Path, Manifest]) -> Manifest:
    return taught[1]


@pytest.fixture
def folder(tmp_path: Path, taught: tuple[Path, Manifest]) -> Path:
    """A copy of it."""
    return shutil.copytree(taught[0], tmp_path / "snapshots")


@pytest.fixture
def build(folder: Path) -> Build:
    """Builds one snapshot after another in one folder, a minute apart."""
    return builder(folder)


def builder(folder: Path) -> Build:
    minutes = count(len([*folder.glob("2*")]))

    def build(profiles: Sequence[Profile], **options: object) -> Manifest:
        chosen = BuildOptions(**{"golden": ONE_QUESTION, **options})
        now = NOW + timedelta(minutes=next(minutes))
        return SnapshotStore(folder).build(profiles, options=chosen, now=now)

    return build


def test_the_first_build_reads_and_encodes_everything_and_the_same_again_nothing(
    first: Manifest, build: Build
) -> None:
    assert (first.tuning.basis, first.n_read, first.n_encoded) == ("held-out", N_TEXTS, 3 * N_FIRMS)
    again = build(FIRMS, golden=())
    assert (again.n_read, again.n_encoded) == (0, 0)
    assert again.content_hash == first.content_hash


def test_only_what_came_is_read_and_encoded(build: Build) -> None:
    changed = build([*FIRMS[:-1], firm(N_FIRMS - 1, "新しく接着も始めました。")])
    assert (changed.n_read, changed.n_encoded) == (1, 1)


def test_it_gives_what_a_whole_build_with_the_same_encoder_gives(first: Manifest, build: Build) -> None:
    changed = [firm(3, "新しく接着も始めました。"), *FIRMS[5:], firm(70)]
    grown, whole = build(changed, golden=()), build(changed, golden=(), is_whole=True)
    assert grown.n_encoded == 4 + 3 - 3
    assert whole.n_encoded == 3 * len(changed) + 1
    assert whole.n_read == 4 * len(changed) + 1
    assert first.encoder_identity == grown.encoder_identity == whole.encoder_identity
    assert first.content_hash != grown.content_hash == whole.content_hash


def test_how_vectors_are_sketched_stays_with_the_encoder(
    folder: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.dense, "_FEWEST_SKETCHED", N_TEXTS // 2)
    monkeypatch.setattr(index.dense, "_TAUGHT_BY", N_TEXTS // 2)
    grown = [build([*FIRMS, *(firm(70 + m) for m in range(n))], golden=()) for n in (1, 2)]
    whole = build([*FIRMS, firm(70), firm(71)], golden=(), is_whole=True)
    anew = build([*FIRMS, firm(70), firm(71)], golden=(), is_retrained=True)
    manners = [(folder / each.name / "encoder" / "sketch.faiss").read_bytes() for each in (*grown, anew)]
    assert manners[0] == manners[1] != manners[2]
    assert grown[1].content_hash == whole.content_hash


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("content", [None, b"", b"{"])
def test_without_its_own_model_it_is_searched_by_words_and_the_next_build_makes_another(
    first: Manifest, folder: Path, build: Build, name: str, content: bytes | None
) -> None:
    file = folder / first.name / "encoder" / name
    file.unlink() if content is None else file.write_bytes(content)
    by_words = SnapshotStore(folder).open()
    assert by_words.notices == (ENCODER_FAILED,)
    assert [hit.dense_rank for hit in by_words.search("ガラスの検査", limit=3)] == [None] * 3
    if name == "tokenizer.json":
        build(FIRMS, golden=())
        again = SnapshotStore(folder).open()
        assert again.notices == ()
        assert again.search("ガラスの検査", limit=1)[0].dense_rank is not None


def test_garbage_is_collected_again_after_a_build_however_it_ends(build: Build) -> None:
    build(FIRMS)
    assert gc.isenabled()
    with pytest.raises(EncoderError):
        build(FIRMS, encoder="no-such/model")
    assert gc.isenabled()


def test_it_chooses_the_ranking_on_nothing_that_the_encoder_was_taught(
    first: Manifest, folder: Path, build: Build
) -> None:
    held_out = np.load(folder / first.name / "encoder" / "held_out.npy")
    assert len(held_out) >= first.tuning.n_judged > 0
    again = build([*FIRMS, firm(70)], golden=())
    assert 0 < again.tuning.n_judged <= len(held_out) + 3  # those of the firm that came


def test_the_ranking_stays_with_the_encoder_it_was_chosen_for_and_is_measured_anew(
    first: Manifest, folder: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(first.tuning.recipe, passage_weights=(1.0,))
    _rewrite(folder / first.name, replace(first, tuning=replace(first.tuning, recipe=other)))
    monkeypatch.setattr(index.build, "tune", None)  # nothing is chosen
    kept = build([*FIRMS, firm(70)], golden=())
    assert (kept.tuning.recipe, kept.tuning.basis) == (other, "held-out")
    assert 0 < len(kept.tuning.values) <= kept.tuning.n_judged
    assert build([*FIRMS, firm(70)], golden=(), is_whole=True).content_hash == kept.content_hash
    monkeypatch.undo()
    assert build(FIRMS, golden=(), is_retrained=True).tuning.recipe == first.tuning.recipe != other


def _rewrite(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest.to_json()), "utf-8")


def test_the_encoder_stays_until_more_than_a_tenth_has_changed(first: Manifest, build: Build) -> None:
    n_most = int(MOST_CHANGED * N_FIRMS)
    few = build([*FIRMS, *(firm(100 + n) for n in range(n_most))])
    many = build([*FIRMS, *(firm(100 + n) for n in range(n_most + 1))])
    assert first.encoder_identity == few.encoder_identity != many.encoder_identity
    assert (few.n_encoded, many.n_encoded) == (3 * n_most, many.n_passages)


def test_what_is_gone_counts_as_changed(first: Manifest, build: Build) -> None:
    rest = FIRMS[: int((1 - MOST_CHANGED) * N_FIRMS) - 1]
    assert build(rest).encoder_identity != first.encoder_identity


def test_an_encoder_is_trained_anew_when_asked_and_going_back_brings_the_former_one(
    first: Manifest, folder: Path, build: Build
) -> None:
    few = [*FIRMS, firm(70)]
    retrained = build(few, is_retrained=True)
    assert retrained.encoder_identity != first.encoder_identity
    assert (retrained.n_read, retrained.n_encoded) == (4, retrained.n_passages)
    SnapshotStore(folder).rollback()
    assert build(few).encoder_identity == first.encoder_identity


def test_a_live_snapshot_that_is_damaged_is_not_built_on(first: Manifest, folder: Path, build: Build) -> None:
    vectors = folder / first.name / "vectors.faiss"
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    again = build(FIRMS, golden=())
    assert (again.n_read, again.n_encoded) == (0, again.n_passages)
    assert again.content_hash == first.content_hash


def test_another_version_of_matchbot_or_of_the_rules_of_reading_begins_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SnapshotStore(folder)
    assert store.former() is not None
    monkeypatch.setattr("index.snapshot.version", lambda _: "99.0")
    assert store.former() is None
    monkeypatch.undo()
    for module in (index.reading, index.snapshot):
        monkeypatch.setattr(module, "identity", lambda: "other rules")
    assert store.former() is None
    assert builder(folder)(FIRMS, encoder="none").n_read == N_TEXTS


# --- the tokens that are kept ---


def damages(file: Path) -> Iterator[bytes | None]:
    whole = file.read_bytes()
    middle = len(whole) // 2
    yield None
    yield whole[:middle]
    yield whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


@pytest.mark.parametrize("name", ["texts.arrow", "terms.arrow", "seal.json"])
def test_kept_tokens_that_are_not_as_they_were_written_are_made_again(
    folder: Path, build: Build, name: str
) -> None:
    plain = build(FIRMS, encoder="none")
    file = folder / ".tokens" / name
    for damage in damages(file):
        file.unlink()
        if damage is not None:
            file.write_bytes(damage)
        again = build(FIRMS, encoder="none")
        assert again.n_read == N_TEXTS
        assert again.content_hash == plain.content_hash
        assert build(FIRMS, encoder="none").n_read == 0


def test_a_text_that_left_the_corpus_is_kept_no_longer(build: Build) -> None:
    build(FIRMS, encoder="none")
    build(FIRMS[1:], encoder="none")
    assert build(FIRMS, encoder="none").n_read == 4


def test_terms_that_stand_in_no_text_any_more_are_gone_when_they_are_most(folder: Path, build: Build) -> None:
    build([firm(n, f"型番QX-{n}00{n}を作ります。") for n in range(N_FIRMS)], encoder="none")
    terms = (folder / ".tokens" / "terms.arrow").stat().st_size
    few = FIRMS[:2]
    build(few, encoder="none")
    assert (folder / ".tokens" / "terms.arrow").stat().st_size >= terms
    assert build(few, encoder="none").n_read == 8
    assert (folder / ".tokens" / "terms.arrow").stat().st_size < terms


# --- what a masked profile keeps to itself ---


def test_nothing_of_a_masked_profile_is_among_the_kept_tokens(folder: Path, build: Build) -> None:
    build([*FIRMS, firm(70, "秘伝の花粉玉QZ-500。", name="星影光学")], encoder="none")
    build([*FIRMS, firm(70, "秘伝の花粉玉QZ-500。", name="星影光学", is_masked=True)], encoder="none")
    build([*FIRMS, firm(71)], encoder="none", is_whole=True)
    build([*FIRMS, firm(71, "秘伝の花粉玉QZ-500。", is_masked=True)], encoder="none")
    kept = (folder / ".tokens" / "terms.arrow").read_bytes()
    assert "研磨".encode() in kept
    assert not any(secret.encode() in kept for secret in ("花粉", "qz500", "星影"))


def test_the_encoder_that_was_taught_by_a_profile_goes_when_that_becomes_masked(
    first: Manifest, build: Build
) -> None:
    """Else a word of it, which by now nobody else may find it by, would still lie near its passages."""
    assert build([*FIRMS, firm(70, is_masked=True)]).encoder_identity == first.encoder_identity
    assert build([*FIRMS[:-1], firm(N_FIRMS - 1, is_masked=True)]).encoder_identity != first.encoder_identity
