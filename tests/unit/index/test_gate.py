"""The gate: what is refused, and on which figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace

import pytest

from index.build import GoldenQuery, Limits
from index.gate import NDCG, RECALL, Measured, Standing, compare, measure
from index.hybrid import Recipe
from index.tuning import MIN_JUDGED, Tuning

LIMITS = Limits(counts=0.1, measures=0.05)


class FakeSearcher:
    """Finds for each question what it is told to."""

    def __init__(self, found: Mapping[str, Sequence[str]], known: Sequence[str] = ()) -> None:
        self._found = found
        self._known = {*known, *(id for ids in found.values() for id in ids)}

    def search(self, query: str, *, limit: int) -> list[SimpleNamespace]:
        ids = self._found.get(query, ())
        return [SimpleNamespace(organisation=SimpleNamespace(id=id)) for id in ids[:limit]]

    def organisation(self, id: str) -> str | None:
        return id if id in self._known else None


QUESTIONS = [GoldenQuery(f"q{n}", {f"o{n}": 1.0}) for n in range(MIN_JUDGED)]
ALL = {f"q{n}": [f"o{n}"] for n in range(MIN_JUDGED)}
IDS = [f"o{n}" for n in range(MIN_JUDGED)]


def standing(
    found: Mapping[str, Sequence[str]] | None = None,
    *,
    organisations: int = 100,
    passages: int = 300,
    basis: str = "packaged",
    ndcg: float | None = None,
) -> Standing:
    measured = Measured() if found is None else measure(FakeSearcher(found, IDS), QUESTIONS)  # type: ignore[arg-type]
    counts = {"organisations": organisations, "passages": passages}
    return Standing(counts, measured, Tuning(Recipe(), basis, 0, ndcg, ndcg))


def refused(live: Standing, built: Standing) -> list[str]:
    return [figure.name for figure in compare(live, built, LIMITS) if figure.is_refused]


@pytest.mark.parametrize(
    ("organisations", "passages", "beyond"),
    [
        (90, 270, []),
        (89, 270, ["organisations"]),
        (90, 269, ["passages"]),
        (1000, 10, ["passages"]),
    ],
)
def test_counts_may_fall_by_the_limit_and_no_more(
    organisations: int, passages: int, beyond: list[str]
) -> None:
    assert refused(standing(), standing(organisations=organisations, passages=passages)) == beyond


def test_both_answer_the_same_questions_and_a_worse_one_is_refused() -> None:
    n_lost = int(LIMITS.measures * MIN_JUDGED)  # 1 of 30 is .033, 2 are .067
    for n, beyond in ((n_lost, []), (n_lost + 1, [NDCG, RECALL])):
        fewer = {
            question: ids for question, ids in ALL.items() if question not in {f"q{i}" for i in range(n)}
        }
        assert refused(standing(ALL), standing(fewer)) == beyond
    assert refused(standing({}), standing(ALL)) == []


def test_among_many_more_worse_answers_are_no_fault() -> None:
    assert refused(standing(ALL), standing({}, organisations=110)) == [NDCG, RECALL]
    assert refused(standing(ALL), standing({}, organisations=111)) == []


def test_a_right_answer_far_down_counts_for_recall_alone() -> None:
    late = {question: [*(f"x{i}" for i in range(20)), *ids] for question, ids in ALL.items()}
    assert refused(standing(ALL), standing(late)) == [NDCG]


def test_a_question_whose_answer_it_does_not_hold_is_not_asked() -> None:
    whole = measure(FakeSearcher(ALL), [*QUESTIONS, GoldenQuery("q", {"nobody": 1.0})])  # type: ignore[arg-type]
    assert whole == measure(FakeSearcher(ALL), QUESTIONS)  # type: ignore[arg-type]
    assert whole.means == {NDCG: 1.0, RECALL: 1.0}
    assert measure(FakeSearcher({}, IDS[1:]), QUESTIONS) == Measured()  # type: ignore[arg-type]


def test_who_was_asked_something_else_is_not_compared_by_it() -> None:
    further = [*QUESTIONS, GoldenQuery("more", {"o1": 1.0})]
    live = replace(standing(), measured=measure(FakeSearcher(ALL), further))  # type: ignore[arg-type]
    assert refused(live, standing({})) == []


@pytest.mark.parametrize(
    ("before", "after", "beyond"),
    [
        (("held-out", 0.5), ("held-out", 0.46), []),
        (("held-out", 0.5), ("held-out", 0.44), [NDCG]),
        (("held-out", 0.5), ("golden", 0.1), []),
        (("held-out", 0.5), ("packaged", None), []),
    ],
)
def test_without_questions_what_was_measured_on_held_out_passages_is_compared(
    before: tuple[str, float], after: tuple[str, float | None], beyond: list[str]
) -> None:
    live, built = (standing(basis=basis, ndcg=ndcg) for basis, ndcg in (before, after))
    assert refused(live, built) == beyond


def test_figures_are_told_as_they_are_and_as_they_would_be() -> None:
    figures = compare(standing(ALL, organisations=1200), standing({}, organisations=1100), LIMITS)
    assert [str(figure) for figure in figures] == [
        "organisations 1,200 → 1,100",
        "passages 300 → 300",
        "nDCG@10 1.000 → 0.000",
        "recall@50 1.000 → 0.000",
    ]
