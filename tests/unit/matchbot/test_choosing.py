"""Who is shown first of those who fit: variety, a fair share of being seen, and what each costs."""

from index.hits import Found, Hit
from matchbot.choosing import (
    DIVERSITY,
    EXPOSURE,
    FEEDBACK,
    NEWCOMER,
    OTHER_SIDE,
    Background,
    Chosen,
    arranged,
    repetitions,
)
from matchbot.ranking import Ranking

RELEVANCE_ONLY = Ranking(diversity=0, exposure=0, newcomer=0)


def a_hit(id: str, score: float, kind: str = "firm", cluster: str = "kansai") -> Hit:
    return Hit(Found(id, id, kind, home_cluster=cluster), score, rank=1)


def ids(chosen: list[Chosen]) -> str:
    return "".join(one.hit.organisation.id for one in chosen)


def test_with_all_weights_off_relevance_alone_decides() -> None:
    hits = [a_hit(id, score) for id, score in zip("abcd", (0.9, 0.8, 0.8, 0.1), strict=True)]
    shown = {"a": Background(n_shown=99)}
    assert ids(arranged(hits, RELEVANCE_ONLY, shown)) == "abcd"


def test_a_partner_repeats_another_by_its_kind_and_by_its_cluster() -> None:
    others = [
        a_hit("b", 1),
        a_hit("c", 1, cluster="tohoku"),
        a_hit("d", 1, "university"),
        a_hit("e", 1, "university", ""),
    ]
    assert repetitions([a_hit("a", 1), *others])[0].tolist() == [1, 1, 1 / 2, 1 / 2, 0]
    assert repetitions([a_hit("a", 1, cluster=""), a_hit("b", 1, cluster="")])[0, 1] == 1 / 2


def test_of_two_who_fit_nearly_alike_the_one_of_another_kind_comes_first() -> None:
    hits = [a_hit("a", 0.9), a_hit("b", 0.8), a_hit("c", 0.78, "university", "tohoku")]
    found = arranged(hits, Ranking(diversity=0.05, exposure=0))
    assert ids(found) == "acb"
    assert found[1].terms == {}
    assert found[2].terms == {DIVERSITY: -0.05}


def test_variety_never_outweighs_a_clear_difference() -> None:
    hits = [a_hit("a", 0.9), a_hit("b", 0.8), a_hit("c", 0.7, "university", "tohoku")]
    assert ids(arranged(hits, Ranking(diversity=0.05, exposure=0))) == "abc"


def test_whoever_was_shown_often_steps_back_in_proportion_and_no_further() -> None:
    ranking = Ranking(diversity=0, exposure=0.1, exposure_cap=10)
    hits = [a_hit("a", 0.9), a_hit("b", 0.87), a_hit("c", 0.5)]
    for n_shown, order in ((2, "abc"), (5, "bac"), (10, "bac"), (1000, "bac")):
        found = arranged(hits, ranking, {"a": Background(n_shown=n_shown)}, first=1)
        assert ids(found) == order
        often = next(one for one in found if one.hit.organisation.id == "a")
        assert often.terms == {EXPOSURE: -0.1 * min(1, n_shown / 10)}
        assert often.hit.score == 0.9


def test_the_last_of_the_first_makes_room_for_somebody_who_was_not_shown_lately() -> None:
    ranking = Ranking(diversity=0, exposure=0, newcomer=0.15)
    hits = [a_hit(id, score) for id, score in zip("abcde", (0.9, 0.8, 0.7, 0.6, 0.58), strict=True)]
    shown = dict.fromkeys("abcd", Background(n_shown=1))
    found = arranged(hits, ranking, shown)
    assert ids(found) == "abecd"
    assert found[2].terms == {NEWCOMER: 0.7 - 0.58}


def test_a_newcomer_who_fits_much_less_or_is_among_them_already_changes_nothing() -> None:
    ranking = Ranking(diversity=0, exposure=0, newcomer=0.15)
    hits = [a_hit(id, score) for id, score in zip("abcd", (0.9, 0.8, 0.7, 0.5), strict=True)]
    assert ids(arranged(hits, ranking, dict.fromkeys("abc", Background(n_shown=1)))) == "abcd"
    near = [*hits[:3], a_hit("d", 0.69)]
    assert ids(arranged(near, ranking, dict.fromkeys("ab", Background(n_shown=1)))) == "abcd"


def test_what_people_made_of_partners_and_whether_they_would_say_yes_moves_them_within_bounds() -> None:
    ranking = Ranking(diversity=0, exposure=0, newcomer=0, feedback=0.1, other_side=0.05)
    hits = [a_hit("a", 0.9), a_hit("b", 0.85), a_hit("c", 0.7)]
    known = {"a": Background(feedback=-1), "b": Background(other_side=0.5), "c": Background(1, 1, 1)}
    found = arranged(hits, ranking, known)
    assert ids(found) == "bca"
    assert [one.terms for one in found] == [
        {OTHER_SIDE: 0.05 / 2},
        {FEEDBACK: 0.1, OTHER_SIDE: 0.05},
        {FEEDBACK: -0.1},
    ]
    assert [one.hit.score for one in found] == [0.85, 0.7, 0.9]
