"""A masked profile cannot be probed: what it keeps to itself changes the answer to no query at all."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from index.build import BuildOptions
from index.protection import SHARED_BY
from index.snapshot import SnapshotStore
from index.tokeniser import words

SOURCE = Source("会員名簿", date(2026, 4, 1))
NOW = datetime(2026, 4, 1, tzinfo=UTC)
COMMON = ("研磨", "検査", "ガラス", "基板", "装置", "量産")
# Part numbers, invented products, rare words; none begins or ends as another does.
SECRETS = ("KX-4521", "ハイミルX9", "QZ500", "SUS316L-2B", "花粉玉", "氷雪藻", "Zephyrine", "樹皮")
NAMES = ("星影光学株式会社", "(株)ツキカゲ", "Lumenova Co., Ltd.")

secrets = st.lists(st.sampled_from(SECRETS), max_size=3, unique=True)
commons = st.lists(st.sampled_from(COMMON), min_size=1, max_size=4)


def firm(id: str, text: str, *, name: str = "公開工業", is_masked: bool = False) -> Profile:
    organisation = Organisation(id, name, Kind.FIRM, SOURCE, is_masked=is_masked)
    return Profile(organisation, (Passage(f"{id}:1", id, PassageType.CAPABILITY, text, SOURCE),))


def masked(said: Sequence[str], kept: Sequence[str], name: str) -> Profile:
    """A masked firm that says common words, and some of its own among them, its name too."""
    return firm("m", "、".join([name, *said, *kept]) + "。", name=name, is_masked=True)


def content(folder: Path, profiles: Sequence[Profile]) -> str:
    store = SnapshotStore(folder)
    ordered = sorted(profiles, key=lambda profile: profile.organisation.id)
    return store.build(ordered, options=BuildOptions(encoder="none"), now=NOW).content_hash


@given(commons, secrets, secrets, st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 3))
def test_two_masked_profiles_that_differ_in_what_is_their_own_give_one_snapshot(
    said: list[str], kept: list[str], other: list[str], name: str, other_name: str, n_rivals: int
) -> None:
    # Rivals that say the secrets, too: too few to make them anybody's words.
    rivals = [firm(f"z{n}", "、".join(SECRETS)) for n in range(n_rivals)]
    open_ones = [firm(f"a{n}", "、".join(COMMON)) for n in range(SHARED_BY)]
    with TemporaryDirectory() as folder:
        first, second = (
            content(Path(folder, str(place)), [*open_ones, *rivals, masked(said, own, named)])
            for place, (own, named) in enumerate(((kept, name), (other, other_name)))
        )
    assert first == second


@given(commons, secrets, st.sampled_from(NAMES), secrets)
def test_the_score_of_a_masked_profile_is_the_same_with_its_own_words_in_the_query_as_without(
    said: list[str], kept: list[str], name: str, probed: list[str]
) -> None:
    open_ones = [firm(f"a{n}", "、".join(COMMON)) for n in range(SHARED_BY)]
    with TemporaryDirectory() as folder:
        content(Path(folder), [*open_ones, masked(said, kept, name)])
        searcher = SnapshotStore(Path(folder)).open()
        plain = searcher.search("ガラスの研磨")
        probe = searcher.search(" ".join(["ガラスの研磨", name, *kept, *probed]))
        assert [(hit.organisation.id, hit.score) for hit in probe] == [
            (hit.organisation.id, hit.score) for hit in plain
        ]
        # Alone, they find nobody but who says them openly; nothing shown holds any of them.
        assert searcher.search(" ".join([*kept, "星影光学"])) == []
        shown = [hit.evidence.text for hit in plain if hit.organisation.is_masked and hit.evidence]
        assert all(set(words(text)) <= {token for word in COMMON for token in words(word)} for text in shown)
