"""The one word by which a profile misses what others look for."""

from datetime import date

import pytest

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from matchbot.hints import MOST_HINTS, Hint, hints

SOURCE = Source("名簿", date(2026, 4, 1))


def profile(text: str = "アルミ薄板の切削加工をする。") -> Profile:
    organisation = Organisation("a", "a工業", Kind.FIRM, SOURCE, prefecture="秋田県")
    return Profile(organisation, (Passage("a:1", "a", PassageType.CAPABILITY, text, SOURCE),))


def everybody(token: str) -> bool:
    return True


def test_a_need_that_lacks_one_word_gives_it_and_those_that_lack_it_are_counted() -> None:
    needs = ["アルミ薄板の溶接", "アルミの切削と溶接をしたい", "アルミ薄板の研磨"]
    assert hints(needs, profile(), everybody) == [Hint("溶接", 2), Hint("研磨", 1)]


@pytest.mark.parametrize(
    "need",
    [
        "アルミ薄板の切削加工",  # nothing is missing
        "アルミ薄板の溶接と研磨",  # two words are
        "溶接",  # nothing in common
        "アルミの溶接",  # hardly anything in common
        "アルミ薄板の溶接ができる大学",  # not for a firm
        "秋田県以外でアルミ薄板の溶接",  # not for this place
        "",
    ],
)
def test_what_one_word_would_not_help_gives_no_hint(need: str) -> None:
    assert hints([need], profile(), everybody) == []


def test_a_word_that_is_somebodys_own_is_not_told() -> None:
    needs = ["アルミ薄板のハイミル加工", "アルミ薄板の溶接"]
    assert hints(needs, profile(), {"溶接"}.__contains__) == [Hint("溶接", 1)]


def test_there_are_a_few_hints_at_most() -> None:
    processes = ("溶接", "研磨", "塗装", "鋳造", "鍛造", "成形", "焼結")
    needs = [f"アルミ薄板の{process}" for process in processes]
    assert len(hints(needs, profile(), everybody)) == MOST_HINTS < len(processes)


def test_a_profile_without_passages_misses_everything_by_more_than_a_word() -> None:
    empty = Profile(profile().organisation)
    assert hints(["アルミ薄板の溶接"], empty, everybody) == []
