"""Partners for a need, over a searcher whose every answer is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from index.hits import NO_FILTERS, NO_TIES, Evidence, Filters, Found, Hit, Tie
from index.tokeniser import words
from matchbot.choosing import Background
from matchbot.funding import Fit, Point
from matchbot.matchmaking import Matches, Matchmaker, Notice, filters_for
from matchbot.need import Asker, Need, Scope
from matchbot.ranking import Ranking
from matchbot.understanding import understand

ASKER = Asker("org:asker", clusters=("kansai-neo", "kansai-green"), prefecture="大阪府")
DAY = date(2026, 4, 1)
BY_RELEVANCE = Ranking(diversity=0)


@dataclass
class KnownSearcher:
    """Finds what it was given, in that order, filtered by cluster, kind, prefecture and id."""

    hits: Sequence[Hit]
    asked: list[tuple[str, Filters, int]] = field(default_factory=list)

    def ties(self, id: str) -> Mapping[str, Tie]:
        return NO_TIES

    def search(
        self,
        query: str,
        *,
        filters: Filters = NO_FILTERS,
        ties: Mapping[str, Tie] = NO_TIES,
        limit: int = 10,
    ) -> list[Hit]:
        self.asked.append((query, filters, limit))
        return [hit for hit in self.hits if _passes(hit.organisation, filters)][:limit]

    def organisation(self, id: str) -> Found | None:
        return next((hit.organisation for hit in self.hits if hit.organisation.id == id), None)


def _passes(found: Found, filters: Filters) -> bool:
    clusters = set(found.clusters)
    return (
        found.id not in filters.excluded_ids
        and (not filters.kinds or found.kind in filters.kinds)
        and (not filters.clusters or bool(clusters & filters.clusters))
        and not clusters & filters.not_clusters
    )


def a_hit(
    id: str,
    cluster: str = "kansai-neo",
    *,
    score: float = 0.5,
    probability: float | None = None,
    **known: Any,
) -> Hit:
    clusters = (cluster,) if cluster else ()
    found = Found(id, f"名称{id}", "firm", home_cluster=cluster, clusters=clusters)
    told = evidence("ガラス基板の欠陥検査をする。")
    return Hit(replace(found, **known), score, rank=1, evidence=told, probability=probability)


def evidence(text: str, matched: tuple[str, ...] = ("ガラス", "検査"), title: str = "") -> Evidence:
    return Evidence("p1", "capability", title, text, "名簿", "https://example.jp/", DAY, matched)


def ids(
    hits: Sequence[Hit], need: Need | None = None, *, limit: int = 3, shown: Sequence[str] = ()
) -> list[str]:
    found = Matchmaker(KnownSearcher(hits), ranking=BY_RELEVANCE).matches(
        need or understand("ガラス基板の欠陥検査"), asker=ASKER, limit=limit, shown=shown
    )
    return [match.organisation_id for match in found.items]


def test_partners_come_in_order_of_relevance() -> None:
    hits = [a_hit("a", "tohoku"), a_hit("b"), a_hit("c"), a_hit("d", "shikoku")]
    assert ids(hits) == ["a", "b", "c"]


def test_one_of_another_cluster_is_among_the_first_when_there_is_one() -> None:
    hits = [*(a_hit(id) for id in "abcdef"), a_hit("far", "tohoku"), a_hit("further", "shikoku")]
    assert ids(hits) == ["a", "b", "far"]
    assert ids(hits, limit=5) == ["a", "b", "c", "d", "far"]


def test_a_member_of_one_of_the_askers_clusters_is_not_of_another() -> None:
    both = a_hit("both", "tohoku", clusters=("tohoku", "kansai-green"))
    assert ids([a_hit("a"), both, a_hit("c"), a_hit("far", "shikoku")]) == ["a", "both", "far"]


def test_who_belongs_to_no_cluster_is_not_of_another() -> None:
    assert ids([a_hit("a"), a_hit("b"), a_hit("alone", ""), a_hit("far", "tohoku")]) == ["a", "b", "far"]


def test_without_anybody_elsewhere_the_list_stays_as_it_is() -> None:
    assert ids([a_hit(id) for id in "abcd"]) == ["a", "b", "c"]


def test_a_list_of_one_is_the_best_partner() -> None:
    assert ids([a_hit("a"), a_hit("far", "tohoku")], limit=1) == ["a"]


def test_pages_neither_overlap_nor_skip_anybody() -> None:
    hits = [*(a_hit(id) for id in "abcdef"), a_hit("far", "tohoku"), a_hit("g")]
    pages: list[list[str]] = []
    for _ in range(3):
        pages.append(ids(hits, shown=[id for page in pages for id in page]))
    assert pages == [["a", "b", "far"], ["c", "d", "e"], ["f", "g"]]


def test_whoever_is_on_a_page_already_stays_there() -> None:
    hits = [a_hit("a", "tohoku"), a_hit("b"), a_hit("c", kind="university"), a_hit("d")]
    matchmaker, need = Matchmaker(KnownSearcher(hits)), understand("ガラスの検査")
    assert [match.organisation_id for match in matchmaker.matches(need).items] == ["a", "c", "b"]
    found = matchmaker.matches(need, kept=["b", "a", "gone"])
    assert [match.organisation_id for match in found.items] == ["b", "a", "c"]


def test_a_page_says_whether_there_is_another() -> None:
    matchmaker = Matchmaker(KnownSearcher([a_hit(id, "tohoku") for id in "abcd"]))
    need = understand("ガラスの検査")
    assert matchmaker.matches(need, asker=ASKER).has_more
    assert not matchmaker.matches(need, asker=ASKER, shown="abc").has_more


def test_with_no_asker_the_first_come_from_two_clusters_where_possible() -> None:
    hits = [*(a_hit(id) for id in "abcd"), a_hit("far", "tohoku")]
    matchmaker = Matchmaker(KnownSearcher(hits), ranking=BY_RELEVANCE)
    found = matchmaker.matches(understand("ガラスの検査"))
    assert [match.organisation_id for match in found.items] == ["a", "b", "far"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("自クラスターの", ["a", "b"]), ("他クラスターの", ["far"]), ("全国の", ["a", "b", "far"])],
)
def test_a_scope_that_was_asked_for_is_kept(scope: str, expected: list[str]) -> None:
    need = understand(f"ガラスの検査ができる{scope}相手を探しています")
    assert ids([a_hit("a"), a_hit("b"), a_hit("far", "tohoku")], need) == expected


def test_a_scope_without_a_known_asker_searches_all_and_says_so() -> None:
    matchmaker = Matchmaker(KnownSearcher([a_hit("a"), a_hit("far", "tohoku")]))
    found = matchmaker.matches(understand("ガラスの検査ができる他クラスターの相手を探しています"))
    assert len(found.items) == 2
    assert found.notices == (Notice.SCOPE_NEEDS_ASKER,)


def test_the_asker_and_those_excluded_are_never_found() -> None:
    hits = [a_hit("org:asker"), a_hit("rival"), a_hit("a", "tohoku")]
    need = understand("ガラスの検査")
    found = Matchmaker(KnownSearcher(hits)).matches(need, asker=ASKER, excluded_ids={"rival"})
    assert [match.organisation_id for match in found.items] == ["a"]


def test_a_partner_of_another_kind_comes_before_one_that_repeats_the_first_and_fits_no_better() -> None:
    hits = [a_hit("a", "tohoku"), a_hit("b"), a_hit("c", kind="university")]
    found = Matchmaker(KnownSearcher(hits)).matches(understand("ガラスの検査"), asker=ASKER).items
    assert [match.organisation_id for match in found] == ["a", "c", "b"]
    assert [round(match.combined - match.hit.score, 3) for match in found] == [0, 0, -0.025]


def test_those_shown_often_step_back_by_what_is_known_of_them() -> None:
    hits = [a_hit("a", "tohoku"), a_hit("b", "shikoku")]
    matchmaker = Matchmaker(KnownSearcher(hits), backgrounds=lambda ids: {"a": Background(n_shown=30)})
    found = matchmaker.matches(understand("ガラスの検査"), asker=ASKER).items
    assert [match.organisation_id for match in found] == ["b", "a"]


def test_nobody_is_shown_where_the_likeliest_has_hardly_to_do_with_the_need() -> None:
    hits = [a_hit("a", "tohoku", probability=0.3), a_hit("b", probability=0.49)]
    found = Matchmaker(KnownSearcher(hits)).matches(understand("猫の名前"), asker=ASKER)
    assert (found.items, found.probability, found.has_more) == ((), 0.49, False)


def test_one_likely_partner_is_enough_for_a_list() -> None:
    hits = [a_hit("a", "tohoku", probability=0.5), a_hit("b", probability=0.1)]
    found = Matchmaker(KnownSearcher(hits)).matches(understand("ガラスの検査"), asker=ASKER)
    assert [match.organisation_id for match in found.items] == ["a", "b"]


def test_only_a_likely_partner_of_another_cluster_takes_a_place_for_it() -> None:
    near = [a_hit(id, probability=0.9) for id in "abc"]
    for probability, last in ((0.2, "c"), (0.8, "far")):
        assert ids([*near, a_hit("far", "tohoku", probability=probability)])[-1] == last


def test_where_no_probability_is_known_nobody_is_held_back() -> None:
    found = Matchmaker(KnownSearcher([a_hit("a")])).matches(understand("猫の名前"), asker=ASKER)
    assert (len(found.items), found.probability) == (1, None)


def test_a_score_of_zero_is_no_match() -> None:
    assert ids([a_hit("a", "tohoku"), a_hit("b", score=0.0)]) == ["a"]


def test_an_empty_need_finds_nobody_and_searches_nothing() -> None:
    searcher = KnownSearcher([a_hit("a")])
    assert Matchmaker(searcher).matches(understand("大学を紹介して")).items == ()
    assert searcher.asked == []


def test_all_that_a_need_says_becomes_a_filter() -> None:
    need = understand("ガラスの検査ができる関西の大学を、別の地域で探しています")
    filters = filters_for(understand("大阪以外で", previous=need), ASKER, {"rival"})
    assert filters.kinds == {"university"}
    assert filters.not_prefectures == {"大阪府"}
    assert "京都府" in filters.prefectures
    assert filters.not_clusters == set(ASKER.clusters)
    assert filters.excluded_ids == {"org:asker", "rival"}
    assert need.scope is Scope.OTHER


def test_a_hit_without_a_passage_has_no_reason() -> None:
    found = Matchmaker(KnownSearcher([replace(a_hit("a"), evidence=None)])).matches(understand("名称a"))
    assert found.items[0].reasons == ()


def test_a_masked_partner_shows_a_code_a_cluster_and_a_size_and_nothing_else() -> None:
    known: dict[str, Any] = {
        "name": "株式会社秘密製作所",
        "name_en": "Secret Works",
        "prefecture": "秋田県",
        "size_band": "50-99",
    }
    hit = replace(
        a_hit("1234567890123", "tohoku", is_masked=True, **known),
        evidence=evidence("ガラス\n検査", ("ガラス",)),
    )
    match = Matchmaker(KnownSearcher([hit])).matches(understand("ガラスのX9"), asker=ASKER).items[0]
    shown = repr(match)
    for protected in ("秘密", "Secret", "秋田", "1234567890123", "example.jp", "名簿"):
        assert protected not in shown
    assert match.hit.organisation.home_cluster == "tohoku"
    assert match.hit.organisation.size_band == "1–100名"
    assert match.reasons[0].words == ("ガラス",)
    assert match.reasons[0].as_of == DAY
    assert match.organisation_id == "1234567890123"


def test_a_match_tells_what_its_profile_has_not_as_the_need_words_it_but_never_of_a_masked_one() -> None:
    missing = tuple(words("薄い太陽電池の検査さ"))
    hits = [a_hit("a"), a_hit("b", is_masked=True)]
    searcher = KnownSearcher([replace(hit, missing=missing) for hit in hits])
    matches = Matchmaker(searcher).matches(understand("薄い太陽電池の欠陥検査")).items
    assert [match.missing for match in matches] == [("薄い太陽電池", "検査"), ()]


def test_to_name_a_masked_partner_changes_nothing() -> None:
    """Were it left out then, its absence would tell whose code it has."""
    hit = a_hit("a", "tohoku", is_masked=True, name="秘密製作所株式会社")
    matchmaker = Matchmaker(KnownSearcher([hit]))
    named, unnamed = (matchmaker.matches(understand(f"{name}検査装置")) for name in ("秘密製作所の", ""))
    assert named.items == unnamed.items != ()


def test_a_code_is_stable_and_belongs_to_the_key() -> None:
    first, second = Matchmaker(KnownSearcher([]), mask_key=b"1"), Matchmaker(KnownSearcher([]), mask_key=b"2")
    assert first.code("a") == first.code("a")
    assert first.code("a") != first.code("b")
    assert first.code("a") != second.code("a")
    assert first.code("a").startswith("M-")


def test_a_tie_is_named_with_the_partner_it_moves_up() -> None:
    tie = Tie(0.5, "地域イノベーション事業")
    matchmaker = Matchmaker(KnownSearcher([a_hit("a"), a_hit("b")]), ties={"b": tie})
    found = matchmaker.matches(Need("検査", "検査"), asker=ASKER).items
    assert [match.tie for match in found] == [None, tie]


@dataclass
class SearcherOfHalves(KnownSearcher):
    """Finds for each query what it was given for it; for any other what it was given for all."""

    by_query: Mapping[str, Sequence[Hit]] = field(default_factory=dict)

    def search(self, query: str, **how: Any) -> list[Hit]:
        everybody = self.hits
        self.hits = self.by_query.get(query, everybody)
        try:
            return super().search(query, **how)
        finally:
            self.hits = everybody


RESINS = replace(a_hit("resins", probability=0.9), evidence=evidence("樹脂を配合する。", ("樹脂", "配合")))
MOULDS = replace(a_hit("moulds", probability=0.8), evidence=evidence("金型を設計する。", ("金型", "設計")))
BOTH_HALVES = understand("樹脂の配合と金型の設計")


def test_two_who_only_together_do_all_of_it_come_first_each_with_its_half_and_reason() -> None:
    whole = [a_hit("a", probability=0.9), RESINS, a_hit("b", probability=0.9)]
    searcher = SearcherOfHalves(whole, by_query={"樹脂の配合": [RESINS], "金型の設計": [MOULDS]})
    found = Matchmaker(searcher, ranking=BY_RELEVANCE).matches(BOTH_HALVES, asker=ASKER)
    assert [match.organisation_id for match in found.items] == ["resins", "moulds", "a"]
    assert [match.half for match in found.items] == ["樹脂の配合", "金型の設計", ""]
    assert [match.reasons[0].sentence for match in found.pair] == ["樹脂を配合する。", "金型を設計する。"]


def test_a_pair_is_shown_also_where_nobody_alone_is_likely_enough() -> None:
    searcher = SearcherOfHalves(
        [a_hit("a", probability=0.1)], by_query={"樹脂の配合": [RESINS], "金型の設計": [MOULDS]}
    )
    found = Matchmaker(searcher).matches(BOTH_HALVES, asker=ASKER, limit=2)
    assert [match.organisation_id for match in found.items] == ["resins", "moulds"]


def test_a_half_that_nobody_is_likely_to_do_makes_no_pair() -> None:
    unlikely = replace(MOULDS, probability=0.2)
    searcher = SearcherOfHalves(
        [a_hit("a", probability=0.1)], by_query={"樹脂の配合": [RESINS], "金型の設計": [unlikely]}
    )
    assert Matchmaker(searcher).matches(BOTH_HALVES, asker=ASKER).items == ()


def test_a_further_page_begins_with_no_pair() -> None:
    searcher = SearcherOfHalves([RESINS], by_query={"樹脂の配合": [RESINS], "金型の設計": [MOULDS]})
    assert Matchmaker(searcher).matches(BOTH_HALVES, asker=ASKER, shown=["a"]).pair == ()


def test_a_partner_of_another_cluster_who_was_found_anyway_is_not_searched_for_again() -> None:
    searcher = KnownSearcher([*(a_hit(id) for id in "abcd"), a_hit("far", "tohoku")])
    found = Matchmaker(searcher, ranking=BY_RELEVANCE).matches(understand("ガラスの検査"), asker=ASKER)
    assert [match.organisation_id for match in found.items] == ["a", "b", "far"]
    assert len(searcher.asked) == 1


def financier(
    id: str, *met: bool, score: float = 0.5, probability: float = 0.9, **known: Any
) -> tuple[Hit, Background]:
    told = tuple(Fit(Point.AMOUNT, is_met, ("1", "1"), ("1", "2")) for is_met in met)
    hit = a_hit(id, kind="financier", score=score, probability=probability, **known)
    return hit, Background(fits=told)


def funded(*known: tuple[Hit, Background], text: str = "3000万円を調達したい") -> Matches:
    backgrounds = {hit.organisation.id: background for hit, background in known}
    matchmaker = Matchmaker(KnownSearcher([hit for hit, _ in known]), backgrounds=lambda ids: backgrounds)
    return matchmaker.matches(understand(text), asker=ASKER)


def test_whose_mandate_fits_comes_first_and_says_so_and_nobody_is_left_out() -> None:
    found = funded(financier("a", False, score=0.6), financier("b"), financier("c", True))
    assert [match.organisation_id for match in found.items] == ["c", "b", "a"]
    assert [[fit.is_met for fit in match.fits] for match in found.items] == [[True], [], [False]]
    assert [match.terms.get("mandate") for match in found.items] == [0.4, None, -0.4]


def test_words_of_the_same_meaning_are_told_with_what_was_said() -> None:
    known = replace(evidence("薄膜の評価をする。", ("薄膜",)), synonyms=(("薄膜", "thin film"),))
    found = Matchmaker(KnownSearcher([replace(a_hit("a"), evidence=known)])).matches(Need("q", "thin film"))
    (reason,) = found.items[0].reasons
    assert (reason.words, reason.synonyms) == (("薄膜",), (("薄膜", "thin film"),))


def test_where_words_tell_of_nobody_what_financiers_state_decides() -> None:
    found = funded(
        financier("a", False, score=1.0, probability=0.1), financier("b", True, score=0.1, probability=0.1)
    )
    assert [match.organisation_id for match in found.items] == ["b", "a"]


def test_a_mandate_for_such_a_venture_answers_where_words_do_not() -> None:
    unlikely = financier("a", probability=0.1)
    assert funded(unlikely, financier("b", False, probability=0.1)).items == ()
    assert len(funded(unlikely, financier("b", True, probability=0.1)).items) == 2


def test_the_financiers_of_a_place_that_was_asked_for_answer_where_words_do_not() -> None:
    found = funded(financier("a", probability=0.1), text="融資を受けたい、福井の銀行")
    assert [match.organisation_id for match in found.items] == ["a"]
    assert found.need.prefectures == {"福井県"}


def test_of_a_masked_financier_the_mandate_is_not_told() -> None:
    (match,) = funded(financier("a", True, is_masked=True)).items
    assert match.fits == ()
