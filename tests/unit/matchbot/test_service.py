"""The use cases, with fakes in place of files, snapshots and the clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.bundled import GoldenNeed, Size
from corpus.errors import Reason
from corpus.readers import Flag, FlagCode, Imported, Rejection
from corpus.records import (
    Cluster,
    Contact,
    Kind,
    LineageKind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from corpus.registry import Registry
from index.build import BuildOptions
from index.hits import Evidence, Filters, Found, Hit, Tie
from index.lexicon import Lexicon
from matchbot.config import Settings
from matchbot.conversation import Conversation, Quit
from matchbot.conversation import Search as SearchStep
from matchbot.correspondence import Correspondence
from matchbot.desk import Desk
from matchbot.errors import (
    EmptyCorpusError,
    LineageError,
    NoLedgerError,
    NoSnapshotError,
    SeveralSourcesError,
    UnknownClusterError,
    UnknownOrganisationError,
    UnreadableFileError,
)
from matchbot.matchmaking import CARDS
from matchbot.need import Asker, Aspect, Piece
from matchbot.service import NewCluster, Service
from matchbot.synonyms import Synonyms

BEGIN = date(2006, 4, 1)
DOCUMENT_DAY = date(2006, 11, 10)
DOCUMENT = Source("document", DOCUMENT_DAY)
START = datetime(2026, 4, 1, 9, tzinfo=UTC)

NORTH = Cluster("north", "北", "North", "東北", ("モノ作り",), BEGIN, firms_approx=100, universities=5)
SOUTH = Cluster("south", "南", "South", "九州", ("半導体",), BEGIN, firms_approx=20, universities=3)


def profile(
    id: str, name: str, *, home: Cluster | None = NORTH, source: Source = DOCUMENT, **facts
) -> Profile:
    organisation = Organisation(id, name, Kind.FIRM, source, prefecture="秋田県", **facts)
    passage = Passage(f"{id}:1", id, PassageType.CAPABILITY, f"{name}はめっきをする。", source)
    memberships = (Membership(id, home.id, MembershipRole.HOME, BEGIN, START),) if home else ()
    return Profile(organisation, (passage,), memberships)


@dataclass
class FakeBundle:
    def clusters(self) -> tuple[Cluster, ...]:
        return (NORTH, SOUTH)

    def profiles(self) -> tuple[Profile, ...]:
        return (profile("seed:a", "株式会社山田鍍金"), profile("seed:b", "有限会社田中研磨", home=SOUTH))

    def programme(self) -> SimpleNamespace:
        return SimpleNamespace(stated=Size(firms=110, universities=6))

    def golden(self) -> tuple[GoldenNeed, ...]:
        return (GoldenNeed("g1", "めっきができる相手", "ja", "plain", {"seed:a": 2}),)


class NoLedgers:
    def exists(self) -> bool:
        return False

    def create(self, *, is_sample: bool) -> Desk:
        raise AssertionError("no test here creates a ledger")

    def open(self) -> Desk:
        raise NoLedgerError(folder="nowhere")


@dataclass
class FakeSources:
    """Files are lists of rows by path; the sample has as many firms as its scale says."""

    files: dict[str, list[Imported | Rejection]] = field(default_factory=dict)
    bundled: FakeBundle = field(default_factory=FakeBundle)

    def read(
        self, path: Path, mapping: str | None, clusters: Sequence[Cluster], recorded_at: datetime
    ) -> tuple[str, Iterator[Imported | Rejection]]:
        if path.name not in self.files:
            raise UnreadableFileError(file=path.name, reason=Reason.MISSING)
        return mapping or path.name, iter(self.files[path.name])

    def sample(
        self, clusters: Sequence[Cluster], *, scale: float, seed: int, as_of: date
    ) -> Iterator[Profile]:
        for number in range(int(scale)):
            id = f"sample:{seed}:{number}"
            yield profile(id, f"見本{seed}の{number}", source=Source("sample", as_of), is_sample=True)


@dataclass
class FakeSearcher:
    """Finds every organisation whose passage holds the query, in the order of their ids."""

    profiles: list[Profile]
    notices: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)

    def open_among(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(ids) & {
            one.organisation.id for one in self.profiles if not one.organisation.is_masked
        }

    def with_lexicon(self, lexicon: Lexicon) -> "FakeSearcher":
        return replace(self, lexicon=lexicon)

    def ties(self, id: str) -> Mapping[str, Tie]:
        return {"seed:b": Tie(0.5, "同じ事業")} if id else {}

    def search(self, query: str, *, filters: Filters, ties: Mapping[str, Tie], limit: int) -> list[Hit]:
        found = [
            one
            for one in self.profiles
            if any(said in one.passages[0].text for said in (query, *self.lexicon.others(query)))
            and one.organisation.id not in filters.excluded_ids
            and (not filters.clusters or filters.clusters & {m.cluster_id for m in one.memberships})
            and not filters.not_clusters & {m.cluster_id for m in one.memberships}
        ]
        return [self._hit(one, rank) for rank, one in enumerate(found[:limit], start=1)]

    def organisation(self, id: str) -> Found | None:
        return next((self._found(one) for one in self.profiles if one.organisation.id == id), None)

    def _hit(self, one: Profile, rank: int) -> Hit:
        passage = one.passages[0]
        evidence = Evidence(
            passage.id, "capability", "", passage.text, "document", "", DOCUMENT_DAY, ("めっき",)
        )
        return Hit(self._found(one), 1 / rank, rank, rank, None, {"passages": 1 / rank}, evidence)

    def _found(self, one: Profile) -> Found:
        organisation = one.organisation
        clusters = tuple(m.cluster_id for m in one.memberships)
        return Found(organisation.id, organisation.name, "firm", home_cluster=clusters[0], clusters=clusters)


@dataclass
class FakeSnapshots:
    """Keeps what was built in memory."""

    built: list[list[Profile]] = field(default_factory=list)
    options: list[BuildOptions] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def build(self, profiles, *, options, now, source, progress) -> SimpleNamespace:
        self.built.append(list(profiles))
        self.options.append(options)
        self.times.append(now)
        return self.current()

    def current(self) -> SimpleNamespace | None:
        if not self.built:
            return None
        return SimpleNamespace(
            name=f"s{len(self.built)}", created_at=self.times[-1], n_organisations=len(self.built[-1])
        )

    def open(self) -> FakeSearcher:
        if not self.built:
            raise NoSnapshotError(folder="snapshots")
        return FakeSearcher(self.built[-1])


@dataclass
class FakeClock:
    """Each look at it is a second later."""

    time: datetime = START

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@dataclass
class House:
    """A service and what it works with."""

    service: Service
    sources: FakeSources
    snapshots: FakeSnapshots
    registry: Registry


def nothing(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def house(tmp_path):
    registry, sources, snapshots = Registry.in_memory(), FakeSources(), FakeSnapshots()
    service = Service(
        settings=Settings(encoder="none", snapshots_kept=4),
        open_registry=lambda: nullcontext(registry),
        sources=sources,
        snapshots=snapshots,
        clock=FakeClock(),
        mask_key=b"key",
        ledgers=NoLedgers(),
        correspondence=Correspondence(tmp_path / "correspondence.db"),
        synonyms=Synonyms(tmp_path / "synonyms.txt"),
    )
    yield House(service, sources, snapshots, registry)
    registry.close()


def ready(house: House) -> Service:
    house.service.load_bundled()
    house.service.build_index(progress=nothing)
    return house.service


def names(answer) -> list[str]:
    return [match.hit.organisation.id for match in answer.matches.items]


# --- the corpus


def test_what_ships_is_loaded_once(house):
    assert house.service.load_bundled().organisations.n_added == 2
    assert house.service.load_bundled().is_empty


def test_a_sample_takes_the_place_of_the_former_one(house):
    house.service.load_sample(scale=5, seed=1, progress=nothing)
    difference = house.service.load_sample(scale=3, seed=2, progress=nothing)
    assert (difference.organisations.n_added, difference.organisations.n_removed) == (3, 5)
    assert house.registry.counts().n_samples == 3


def test_a_sample_speaks_of_the_day_of_the_document_unless_told_otherwise(house):
    house.service.load_sample(scale=1, seed=1, progress=nothing)
    assert house.registry.profile("sample:1:0").organisation.source.as_of == DOCUMENT_DAY
    house.service.load_sample(scale=1, seed=1, as_of=date(2010, 1, 1), progress=nothing)
    assert house.registry.profile("sample:1:0").organisation.source.as_of == date(2010, 1, 1)


def test_an_import_takes_the_good_rows_and_tells_of_the_others(house):
    good = profile("firm:1", "鈴木工業", source=Source("list.csv", DOCUMENT_DAY))
    flag = Flag("list.csv", 2, "事業内容", "090…", FlagCode.MOBILE_NUMBER)
    rejection = Rejection("list.csv", 3, "名称", "", Reason.EMPTY)
    house.sources.files["list.csv"] = [Imported(2, good, Contact("firm:1", phone="1"), (flag,)), rejection]
    report = house.service.import_files(
        [Path("list.csv")], mapping=None, is_dry_run=False, is_complete=False, progress=nothing
    )
    assert report.difference.added == ("firm:1",)
    assert report.difference.contacts.n_added == 1
    assert (report.n_rows, report.rejections, report.flags) == (2, (rejection,), (flag,))
    assert house.registry.contact("firm:1").phone == "1"


def test_a_dry_run_tells_the_same_and_changes_nothing(house):
    good = profile("firm:1", "鈴木工業", source=Source("list.csv", DOCUMENT_DAY))
    house.sources.files["list.csv"] = [Imported(2, good, None, ())]
    report = house.service.import_files(
        [Path("list.csv")], mapping=None, is_dry_run=True, is_complete=False, progress=nothing
    )
    assert report.difference.added == ("firm:1",)
    assert house.registry.counts().n_organisations == 0


def test_one_file_that_cannot_be_read_keeps_all_of_them_out(house):
    good = profile("firm:1", "鈴木工業", source=Source("list.csv", DOCUMENT_DAY))
    house.sources.files["list.csv"] = [Imported(2, good, None, ())]
    with pytest.raises(UnreadableFileError):
        house.service.import_files(
            [Path("list.csv"), Path("none.csv")],
            mapping=None,
            is_dry_run=False,
            is_complete=False,
            progress=nothing,
        )
    assert house.registry.counts().n_organisations == 0


def test_a_complete_import_removes_what_its_source_no_longer_holds(house):
    source = Source("list.csv", DOCUMENT_DAY)
    rows = [Imported(n, profile(f"firm:{n}", f"鈴木{n}", source=source), None, ()) for n in (1, 2)]
    for taken in (rows, rows[:1]):
        house.sources.files["list.csv"] = list(taken)
        report = house.service.import_files(
            [Path("list.csv")], mapping=None, is_dry_run=False, is_complete=True, progress=nothing
        )
    assert report.difference.removed == ("firm:2",)


def test_complete_files_of_two_sources_are_refused(house):
    house.sources.files |= {"a.csv": [], "b.csv": []}
    with pytest.raises(SeveralSourcesError) as caught:
        house.service.import_files(
            [Path("a.csv"), Path("b.csv")],
            mapping=None,
            is_dry_run=False,
            is_complete=True,
            progress=nothing,
        )
    assert caught.value.facts["sources"] == "a.csv, b.csv"


def test_the_status_tells_whether_the_snapshot_holds_the_same(house):
    service = ready(house)
    assert service.corpus_status().is_indexed
    service.withdraw_organisation("seed:a", reason="")
    assert not service.corpus_status().is_indexed


# --- clusters


def test_clusters_come_with_what_they_state_and_who_belongs_to_them(house):
    house.service.load_bundled()
    overview = house.service.clusters()
    assert [(row.cluster.id, row.n_firms, row.n_universities) for row in overview.rows] == [
        ("north", 1, 0),
        ("south", 1, 0),
    ]
    assert overview.summed == Size(firms=100 + 20, universities=5 + 3)
    assert overview.stated == Size(firms=110, universities=6)


def test_a_renamed_cluster_goes_on_under_its_new_id(house):
    house.service.load_bundled()
    day = date(2011, 4, 1)
    house.service.change_clusters(LineageKind.RENAMED, ["north"], [NewCluster("tohoku", "東北")], on=day)
    assert [row.cluster.id for row in house.service.clusters(on=day - timedelta(days=1)).rows] == [
        "north",
        "south",
    ]
    after = {row.cluster.id: row for row in house.service.clusters(on=day).rows}
    assert set(after) == {"south", "tohoku"}
    assert after["tohoku"].cluster.region == NORTH.region
    assert after["tohoku"].cluster.name_en == "東北"


def test_clusters_can_be_merged_into_one_that_exists(house):
    house.service.load_bundled()
    event = house.service.change_clusters(
        LineageKind.MERGED, ["north", "south"], [NewCluster("south")], on=date(2011, 4, 1), reason="再編"
    )
    assert house.service.lineage() == (event,)


def test_a_change_that_contradicts_itself_leaves_no_new_cluster_behind(house):
    house.service.load_bundled()
    with pytest.raises(LineageError):
        house.service.change_clusters(LineageKind.MERGED, ["north"], [NewCluster("tohoku", "東北")])
    assert [row.cluster.id for row in house.service.clusters().rows] == ["north", "south"]


def test_a_successor_that_does_not_exist_needs_a_name(house):
    with pytest.raises(UnknownClusterError):
        house.service.change_clusters(LineageKind.RENAMED, ["north"], [NewCluster("tohoku")])


# --- the index


def test_an_empty_corpus_builds_nothing(house):
    with pytest.raises(EmptyCorpusError):
        house.service.build_index(progress=nothing)
    assert house.snapshots.built == []


def test_a_build_takes_its_options_from_the_settings_and_its_questions_from_what_ships(house):
    ready(house)
    options = house.snapshots.options[0]
    assert (options.encoder, options.keep) == ("none", 4)
    assert [(question.text, question.relevant) for question in options.golden] == [
        ("めっきができる相手", {"seed:a": 2})
    ]


def test_an_encoder_that_is_named_goes_before_the_settings(house):
    house.service.load_bundled()
    house.service.build_index(encoder="embedded", progress=nothing)
    assert house.snapshots.options[0].encoder == "embedded"


def test_the_index_status_counts_what_changed_since(house):
    service = ready(house)
    assert service.index_status().n_changed == 0
    service.merge_organisations("seed:a", "seed:b", reason="")
    assert service.index_status().n_changed == 1


def test_setting_up_does_once_what_is_missing(house):
    first = house.service.set_up(sample_scale=3, seed=1, progress=nothing)
    assert (first.is_loaded, first.is_built, first.manifest.n_organisations) == (True, True, 2 + 3)
    second = house.service.set_up(sample_scale=3, seed=1, progress=nothing)
    assert (second.is_loaded, second.is_built, len(house.snapshots.built)) == (False, False, 1)


def test_setting_up_adds_nothing_to_a_corpus_that_is_in_use(house):
    house.registry.put_clusters([NORTH])
    house.registry.put([profile("firm:1", "鈴木工業")], recorded_at=START)
    assert house.service.set_up(sample_scale=3, seed=1, progress=nothing).manifest.n_organisations == 1


def test_setting_up_without_a_sample_loads_real_organisations_only(house):
    house.service.set_up(sample_scale=0, seed=1, progress=nothing)
    assert house.registry.counts().n_samples == 0


# --- asking


def test_a_search_finds_who_says_so(house):
    assert names(ready(house).search("めっき", limit=10)) == ["seed:a", "seed:b"]


def test_words_that_mean_the_same_find_the_same_from_the_next_search_on(house):
    service = ready(house)
    assert names(service.search("電気鍍金", limit=10)) == []
    assert [
        (one.query, one.rank_before, one.rank_after)
        for one in service.preview_synonyms(["電気鍍金", "めっき"])
    ] == [
        ("電気鍍金", None, 1),
        ("電気鍍金", None, 2),
    ]
    assert names(service.search("電気鍍金", limit=10)) == []
    service.synonyms.add([["電気鍍金", "めっき"]])
    assert names(service.search("電気鍍金", limit=10)) == ["seed:a", "seed:b"]
    service.synonyms.remove("めっき")
    assert names(service.search("電気鍍金", limit=10)) == []


def test_a_search_names_whom_the_asker_knows_unless_told_otherwise(house):
    service = ready(house)
    asker = service.asker("seed:a")
    (known,) = service.search("めっき", asker=asker, limit=10).matches.items
    (unknown,) = service.search("めっき", asker=asker, limit=10, has_ties=False).matches.items
    assert known.tie == Tie(0.5, "同じ事業")
    assert unknown.tie is None


def test_a_search_without_a_snapshot_says_so(house):
    house.service.load_bundled()
    with pytest.raises(NoSnapshotError):
        house.service.search("めっき", limit=10)


def test_who_withdraws_is_gone_from_the_next_search_and_back_when_reinstated(house):
    service = ready(house)
    service.withdraw_organisation("seed:a", reason="")
    assert names(service.search("めっき", limit=10)) == ["seed:b"]
    assert service.organisation("seed:a").is_withdrawn
    service.reinstate_organisation("seed:a")
    assert names(service.search("めっき", limit=10)) == ["seed:a", "seed:b"]
    assert [decision.action for decision in service.organisation("seed:a").decisions] == [
        "withdrawn",
        "reinstated",
    ]


def test_an_asker_is_never_found_by_itself(house):
    service = ready(house)
    assert names(service.search("めっき", asker=service.asker("seed:a"), limit=10)) == ["seed:b"]


@pytest.mark.parametrize("who", ["seed:a", "株式会社山田鍍金", "山田鍍金", "(株)山田鍍金", "山田"])
def test_an_asker_is_known_by_id_or_by_a_name_that_only_one_has(house, who):
    asker = ready(house).asker(who)
    assert asker == Asker("seed:a", ("north",), "秋田県")


@pytest.mark.parametrize("who", ["seed:z", "社", "", "どこにもない"])
def test_an_asker_nobody_or_more_than_one_is_called_is_refused(house, who):
    with pytest.raises(UnknownOrganisationError):
        ready(house).asker(who)


def test_wishes_hold_beside_what_the_message_says(house):
    service = ready(house)
    wish = Piece(Aspect.CLUSTER, ("south",))
    assert names(service.search("めっき", wishes=[wish], limit=10)) == ["seed:b"]


def test_a_wish_for_a_cluster_nobody_knows_is_refused(house):
    with pytest.raises(UnknownClusterError) as caught:
        ready(house).search("めっき", wishes=[Piece(Aspect.CLUSTER, ("west",))], limit=10)
    assert caught.value.facts["id"] == "west"


def test_a_conversation_goes_on_behind_those_who_were_shown(house):
    house.service.load_sample(scale=CARDS + 1, seed=1, progress=nothing)
    house.service.build_index(progress=nothing)
    first = house.service.converse(Conversation(), "めっきができる相手を探しています")
    assert isinstance(first.step, SearchStep)
    assert len(first.answer.matches.items) == CARDS
    second = house.service.converse(first.conversation, "もっと")
    assert second.answer.matches.offset == CARDS
    assert set(names(first.answer)).isdisjoint(names(second.answer))


def test_a_conversation_that_ends_searches_nothing(house):
    turn = house.service.converse(Conversation(), "終了")
    assert isinstance(turn.step, Quit)
    assert turn.answer is None


def test_the_notices_of_snapshot_and_search_are_told_together(house, monkeypatch):
    service = ready(house)
    searcher = replace(house.snapshots.open(), notices=("encoder-failed",))
    monkeypatch.setattr(house.snapshots, "open", lambda: searcher)
    wish = Piece(Aspect.SCOPE, ("own",))
    assert service.search("めっき", wishes=[wish], limit=1).notices == ("encoder-failed", "scope-needs-asker")
