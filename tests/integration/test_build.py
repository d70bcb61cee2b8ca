"""From profiles to what is found: tuning, notices, names, filters and exact terms, through real builds."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import index
from corpus.bundled import clusters
from corpus.records import (
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from corpus.sample import sample_profiles
from index.build import TOO_SMALL_TO_TRAIN, BuildOptions, GoldenQuery
from index.hits import Filters
from index.hybrid import DENSE, PASSAGES, PROFILE, VOTES, HybridSearcher
from index.protection import SHARED_BY
from index.snapshot import Manifest, SnapshotStore
from index.tuning import MIN_JUDGED

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
DAY = NOW.date()
SOURCE = Source("会員名簿", DAY)
# One question that the corpus can answer: too few to choose on, and nothing is held out, so it is quick.
ONE_QUESTION = (GoldenQuery("検査", {"f-000": 1.0}),)


def firm(id: str, *texts: str, cluster: str = "", fields: Sequence[str] = (), **facts: object) -> Profile:
    organisation = Organisation(
        **{
            "id": id,
            "name": f"{id}製作所",
            "kind": Kind.FIRM,
            "source": SOURCE,
            "fields": tuple(fields),
            **facts,
        }
    )
    passages = tuple(
        Passage(f"{id}:{n}", id, PassageType.CAPABILITY, text, SOURCE) for n, text in enumerate(texts)
    )
    home = (Membership(id, cluster, MembershipRole.HOME, DAY, NOW),) if cluster else ()
    return Profile(organisation, passages, home)


def built(folder: Path, profiles: Sequence[Profile], **options: object) -> tuple[Manifest, HybridSearcher]:
    store = SnapshotStore(folder)
    ordered = sorted(profiles, key=lambda profile: profile.organisation.id)
    chosen = BuildOptions(**{"encoder": "none", **options})
    return store.build(ordered, options=chosen, now=NOW), store.open()


def ids(searcher: HybridSearcher, query: str, limit: int = 10, **filters: set[str]) -> list[str]:
    wanted = Filters(**{name: frozenset(values) for name, values in filters.items()})
    return [hit.organisation.id for hit in searcher.search(query, filters=wanted, limit=limit)]


# --- exact terms, tiny corpora, nonsense (F04) ---

PARTS = [
    *("MT-300X", "KX-4521", "SUS316L-2B", "AB-1234", "HG_77.5", "PZT-5A", "6061-T6"),
    *("JIS B 0601", "ISO 13485", "7000012050002"),
]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> HybridSearcher:
    """Several hundred profiles, ten of which name a part, a standard or a corporate number."""
    sample = sample_profiles(clusters(), scale=0.02, seed=3, as_of=date(2026, 4, 1))
    named = [
        firm(f"p-{n}", f"装置と部品の開発。{part}を扱い、試作にも応じる。") for n, part in enumerate(PARTS)
    ]
    profiles = [*sample, *named]
    assert len(profiles) > 200
    golden = (GoldenQuery("装置", {"p-0": 1.0}),)
    return built(tmp_path_factory.mktemp("network"), profiles, golden=golden)[1]


@pytest.mark.parametrize(("number", "part"), list(enumerate(PARTS)))
def test_a_part_number_finds_its_maker_among_the_first_three(
    network: HybridSearcher, number: int, part: str
) -> None:
    for query in (part, part.lower(), f"{part}の装置を開発できる相手"):
        assert f"p-{number}" in ids(network, query, limit=3)


@pytest.mark.parametrize("nonsense", ["ζψω", "qqzzxxj", "☃☃☃", "𓀀𓀁", "。。。", ""])
def test_nonsense_finds_nothing(network: HybridSearcher, nonsense: str) -> None:
    assert network.search(nonsense) == []


def test_two_organisations_are_corpus_enough(tmp_path: Path) -> None:
    _, searcher = built(tmp_path, [firm("a", "国際標準化を支援"), firm("b", "金型の研磨")])
    hits = searcher.search("国際標準化")
    assert [hit.organisation.id for hit in hits] == ["a"]
    assert hits[0].score > 0


def test_one_organisation_is_corpus_enough(tmp_path: Path) -> None:
    _, searcher = built(tmp_path, [firm("a", "国際標準化を支援")])
    assert ids(searcher, "標準化の相談") == ["a"]


def test_an_empty_corpus_is_built_and_finds_nothing(tmp_path: Path) -> None:
    manifest, searcher = built(tmp_path, [], encoder="embedded")
    assert (manifest.n_organisations, manifest.n_passages) == (0, 0)
    assert manifest.notices == (TOO_SMALL_TO_TRAIN,)
    assert searcher.search("検査") == []
    assert searcher.organisation("a") is None


def test_a_passage_of_any_length_is_searched_to_its_end(tmp_path: Path) -> None:
    _, searcher = built(
        tmp_path, [firm("a", "鋳造を行う。" * 10_000 + "超音波探傷"), firm("b", "鋳造"), firm("c")]
    )
    assert ids(searcher, "超音波探傷") == ["a"]


# --- names ---


def test_an_organisation_is_found_by_any_of_its_names_even_without_passages(tmp_path: Path) -> None:
    named = firm("a", name="株式会社星影光学", name_en="Hoshikage Optics", aliases=("ホシカゲ",))
    _, searcher = built(tmp_path, [named, firm("b", "光学部品"), firm("c", "鋳造")])
    for query in ("星影光学", "hoshikage", "ＨＯＳＨＩＫＡＧＥ", "ホシカゲ", "ﾎｼｶｹﾞ"):
        assert ids(searcher, query)[0] == "a"


def test_the_name_counts_with_every_passage(tmp_path: Path) -> None:
    _, searcher = built(tmp_path, [firm("a", "研磨", "鋳造", name="星影"), firm("b", "鋳造", name="月影")])
    assert ids(searcher, "星影の鋳造")[0] == "a"
    assert ids(searcher, "月影の鋳造")[0] == "b"


def test_a_masked_organisation_is_found_by_what_it_does_and_never_by_its_name(tmp_path: Path) -> None:
    masked = firm(
        "a", "金型の研磨", name="星影光学", name_en="Hoshikage", aliases=("ホシカゲ",), is_masked=True
    )
    others = [firm(f"b{n}", "鋳造と研磨") for n in range(SHARED_BY)]
    _, searcher = built(tmp_path, [masked, *others, firm("c", "塗装")])
    for query in ("星影光学", "hoshikage", "ホシカゲ", "金型"):
        assert ids(searcher, query) == []
    hits = {hit.organisation.id: hit for hit in searcher.search("金型の研磨")}
    assert hits["a"].organisation.is_masked
    assert hits["a"].evidence
    assert (hits["a"].evidence.text, hits["a"].evidence.matched) == ("研磨", ("研磨",))


# --- the trained encoder, and choosing how to rank ---

MATERIALS = ("ガラス", "アルミ", "チタン", "樹脂", "銅", "木材", "紙", "炭素繊維")
PROCESSES = ("切削", "研磨", "めっき", "溶接", "成形", "検査", "接合", "塗装")
REGIONS = (("大阪府", "kansai-bio"), ("愛知県", "tokai-mono"), ("北海道", "hokkaido"))
N_PLAIN = 2 * len(MATERIALS) * len(PROCESSES)


def trade() -> list[Profile]:
    """Two firms of three passages for each material and process, in several places and kinds."""
    profiles = []
    for n in range(N_PLAIN):
        material, process = MATERIALS[n % 8], PROCESSES[n // 8 % 8]
        prefecture, cluster = REGIONS[n % 3]
        texts = (
            f"{material}を{process}する装置を開発しています。{process}の精度を高め、量産にも応じます。",
            f"{process}に強い会社です。{material}の加工を長く手がけています。試作も受けます。",
            f"工場は{n}号棟。{material}部品を納めています。品質管理に力を入れています。",
        )
        facts = {"prefecture": prefecture, "kind": Kind.UNIVERSITY if n % 5 == 0 else Kind.FIRM}
        profiles.append(firm(f"f-{n:03d}", *texts, cluster=cluster, fields=[process], **facts))
    masked = firm("g-masked", "ガラスを検査する会社", name="星影光学", is_masked=True)
    return [*profiles, masked]


@pytest.fixture(scope="module")
def trained_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trained")


@pytest.fixture(scope="module")
def trained(trained_folder: Path) -> tuple[Manifest, HybridSearcher]:
    """A hybrid snapshot of :func:`trade`, tuned on held-out passages."""
    return built(trained_folder, trade(), encoder="embedded")


def test_where_there_are_no_questions_the_ranking_is_chosen_on_held_out_passages(
    trained: tuple[Manifest, HybridSearcher],
) -> None:
    manifest, searcher = trained
    assert (manifest.tuning.basis, manifest.encoder, manifest.notices) == ("held-out", "embedded", ())
    assert manifest.tuning.n_judged >= MIN_JUDGED
    assert manifest.tuning.chosen_ndcg is not None
    assert manifest.tuning.packaged_ndcg is not None
    assert manifest.tuning.chosen_ndcg >= manifest.tuning.packaged_ndcg
    assert searcher.recipe.weights == manifest.tuning.recipe.weights
    assert sum(searcher.recipe.weights.values()) == pytest.approx(1)


def test_the_held_out_passages_are_searched_all_the_same(trained: tuple[Manifest, HybridSearcher]) -> None:
    _, searcher = trained
    for n in range(N_PLAIN):
        assert f"f-{n:03d}" in ids(searcher, f"工場は{n}号棟", limit=5)


def test_a_part_and_its_weight_explain_each_score(trained: tuple[Manifest, HybridSearcher]) -> None:
    _, searcher = trained
    hits = searcher.search("ガラス部品の検査装置を量産", limit=30)
    assert len(hits) == 30
    for hit in hits:
        parts = {part: hit.weights[part] * score for part, score in hit.scores.items()}
        assert hit.score == pytest.approx(sum(parts.values()))
        assert set(parts) <= {PASSAGES, PROFILE, DENSE, VOTES}
        found_by_words = hit.scores[PASSAGES] > 0 or hit.scores.get(PROFILE, 0) > 0
        assert (hit.lexical_rank is not None) == found_by_words
        assert (hit.dense_rank is not None) == (hit.scores.get(DENSE, 0) > 0)
    assert min(hit.lexical_rank or 99 for hit in hits) == min(hit.dense_rank or 99 for hit in hits) == 1


SERVE = """
import sys
from pathlib import Path
from index.snapshot import SnapshotStore
hits = SnapshotStore(Path(sys.argv[1])).open().search("ガラスの検査")
assert hits[0].dense_rank is not None
print(sorted({"torch", "sentence_transformers", "transformers", "scipy", "sklearn"} & set(sys.modules)))
"""


@pytest.mark.usefixtures("trained")
def test_words_and_vectors_are_served_without_torch(trained_folder: Path) -> None:
    root = Path(index.__file__).parent.parent
    serving = subprocess.run(
        [sys.executable, "-c", SERVE, str(trained_folder)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (serving.stdout, serving.returncode) == ("[]\n", 0), serving.stderr


def test_the_encoder_learns_nothing_that_a_masked_profile_keeps_to_itself(tmp_path: Path) -> None:
    """Not even by a bit: the snapshots are the same, so nothing that is asked of them differs."""
    *others, _ = trade()
    told = [
        firm("g-masked", f"{secret}でガラスを検査する{name}", name=name, is_masked=True)
        for secret, name in (("ハイミルX9-77", "星影光学"), ("QZ-4410", "株式会社ツキカゲ"))
    ]
    options = {"encoder": "embedded", "golden": ONE_QUESTION}
    first, second = (built(tmp_path / str(n), [*others, one], **options)[0] for n, one in enumerate(told))
    assert first.encoder == "embedded"
    assert first.content_hash == second.content_hash


def test_a_masked_name_is_unknown_to_the_encoder_too(trained: tuple[Manifest, HybridSearcher]) -> None:
    _, searcher = trained
    assert "g-masked" not in ids(searcher, "星影光学", limit=100)
    assert "g-masked" in ids(searcher, "ガラスを検査する会社", limit=5)


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        ({"kinds": {"university"}}, {n for n in range(N_PLAIN) if n % 5 == 0}),
        ({"not_kinds": {"university"}}, {n for n in range(N_PLAIN) if n % 5}),
        ({"prefectures": {"大阪府"}}, {n for n in range(N_PLAIN) if n % 3 == 0}),
        ({"not_prefectures": {"大阪府"}}, {n for n in range(N_PLAIN) if n % 3}),
        ({"clusters": {"tokai-mono"}}, {n for n in range(N_PLAIN) if n % 3 == 1}),
        ({"not_clusters": {"tokai-mono"}}, {n for n in range(N_PLAIN) if n % 3 != 1}),
        ({"fields": {"検査"}}, {*range(40, 48), *range(104, 112)}),
        ({"excluded_ids": {"f-040", "f-041"}}, set(range(N_PLAIN)) - {40, 41}),
        ({"kinds": {"university"}, "clusters": {"hokkaido"}}, {n for n in range(N_PLAIN) if n % 15 == 5}),
    ],
)
def test_a_filtered_search_is_as_long_as_enough_pass(
    trained: tuple[Manifest, HybridSearcher], filters: dict[str, set[str]], passing: set[int]
) -> None:
    _, searcher = trained
    wanted = {f"f-{n:03d}" for n in passing}
    found = ids(
        searcher,
        "ガラス部品の検査装置を量産",
        limit=8,
        excluded_ids={"g-masked", *filters.pop("excluded_ids", ())},
        **filters,
    )
    assert set(found) <= wanted
    assert len(found) == min(8, len(wanted))


def test_questions_with_known_answers_are_preferred_to_held_out_passages(tmp_path: Path) -> None:
    profiles = trade()
    golden = tuple(
        GoldenQuery(f"{MATERIALS[n % 8]}の{PROCESSES[n // 8 % 8]}", {f"f-{n:03d}": 2.0, "nobody": 1.0})
        for n in range(MIN_JUDGED)
    )
    unanswerable = (GoldenQuery("何か", {"nobody": 1.0}),)
    manifest, _ = built(tmp_path, profiles, golden=(*golden, *unanswerable))
    assert (manifest.tuning.basis, manifest.tuning.n_judged) == ("golden", MIN_JUDGED)


def test_questions_that_the_corpus_cannot_answer_are_no_basis(tmp_path: Path) -> None:
    manifest, _ = built(tmp_path, trade(), golden=(GoldenQuery("検査", {"nobody": 1.0}),))
    assert manifest.tuning.basis == "held-out"


def test_too_few_questions_leave_the_packaged_ranking(tmp_path: Path) -> None:
    manifest, _ = built(tmp_path, trade(), golden=ONE_QUESTION)
    assert (manifest.tuning.basis, manifest.tuning.n_judged) == ("packaged", 1)


def test_a_corpus_too_small_to_train_on_is_searched_by_words_and_says_so(tmp_path: Path) -> None:
    manifest, searcher = built(tmp_path, trade()[:9], encoder="embedded")
    assert manifest.notices == searcher.notices == (TOO_SMALL_TO_TRAIN,)
    assert manifest.encoder == "none"
    assert searcher.recipe.weights.get(DENSE, 0) == 0
    assert ids(searcher, "チタンの切削")[0] == "f-002"


def test_stages_are_told_in_order_and_each_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    store = SnapshotStore(tmp_path)
    store.build(
        trade(),
        options=BuildOptions(encoder="none", golden=ONE_QUESTION),
        now=NOW,
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["read", "tune", "write"]
    for stage in stages[1:]:
        done, total = [(done, total) for name, done, total in told if name == stage][-1]
        assert done == total
