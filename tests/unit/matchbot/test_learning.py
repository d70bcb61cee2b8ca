"""What feedback does to later lists, with people and hits that are known."""

import pytest

from index.hits import Found, Hit
from matchbot.learning import Asked, learning, like
from matchbot.ranking import Ranking

NEEDS = (
    "ガラス基板の欠陥検査装置",
    "樹脂の射出成形と金型",
    "水素を使う燃料電池の部品",
    "ウナギの養殖と餌の研究",
)


def an_asked(text: str, number: int) -> Asked:
    ids = [f"{number}-{place}" for place in range(8)]
    hits = [Hit(Found(id, id, "firm"), 0.9 - 0.03 * place, rank=1) for place, id in enumerate(ids)]
    return Asked(text, hits, dict.fromkeys(ids[2:5], 1.0))


RATED = [an_asked(need, number) for number, need in enumerate(NEEDS)]


def test_a_like_need_lacks_every_third_word() -> None:
    assert like("ガラス基板の欠陥検査") == "ガラス基板の検査"
    assert like("検査") == "検査"


def test_ratings_help_needs_that_nobody_rated_and_move_nobody_beyond_the_bound() -> None:
    ranking = Ranking(diversity=0, exposure=0, newcomer=0, feedback=0.15)
    held_out = [an_asked(like(need), number) for number, need in enumerate(NEEDS)]
    told = learning(RATED, held_out, ranking, n_cards=3)
    assert told.n_ratings > 0
    assert told.after.ndcg > told.before.ndcg
    assert 0 < told.most < 0.15


def test_ratings_change_nothing_for_needs_that_are_not_alike_or_with_a_weight_of_zero() -> None:
    others = [an_asked("橋の点検", 0)]
    ranking = Ranking(diversity=0, exposure=0, newcomer=0, feedback=0.15)
    told = learning(RATED, others, ranking, n_cards=3)
    assert (told.before, told.most) == (told.after, 0)
    off = learning(RATED, RATED, ranking.model_copy(update={"feedback": 0.0}), n_cards=3)
    assert off.before == off.after


def test_the_same_seed_gives_the_same_people() -> None:
    ranking = Ranking()
    assert learning(RATED, RATED, ranking, 3, seed=4) == learning(RATED, RATED, ranking, 3, seed=4)
    assert learning(RATED, RATED, ranking, 3, seed=4).n_ratings != pytest.approx(0)
