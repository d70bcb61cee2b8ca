"""The gate: what is refused, and on which figures."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace

import pytest

from index.build import GoldenQuery, Limits
from index.gate import NDCG, RECALL, Standing, better, compare, measure
from index.tuning import MIN_JUDGED

LIMITS = Limits(counts=0.1, measures=0.05)


class FakeSearcher:
    """Finds for each question what it is told to."""

    def __init__(
        self, found: Mapping[str, Sequence[str]], known: Sequence[str] = (), masked: Sequence[str] = ()
    ) -> None:
        self._found = found
        self._masked = {*masked}
        self._known = {*known, *(id for ids in found.values() for id in ids)}

    def search(self, query: str, *, limit: int) -> list[SimpleNamespace]:
        ids = self._found.get(query, ())
        return [SimpleNamespace(organisation=SimpleNamespace(id=id)) for id in ids[:limit]]

    def open_among(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(id for id in ids if id in self._known - self._masked)


N = 100
QUESTIONS = [GoldenQuery(f"q{n}", {f"o{n}": 1.0}) for n in range(N)]
ALL = {f"q{n}": [f"o{n}"] for n in range(N)}
IDS = [f"o{n}" for n in range(N)]


def without(n: int) -> dict[str, list[str]]:
    """All answers but those to the first questions."""
    return {question: ids for question, ids in ALL.items() if question not in {f"q{i}" for i in range(n)}}


def standing(
    found: Mapping[str, Sequence[str]] | None = None,
    *,
    asked: Sequence[GoldenQuery] = QUESTIONS,
    organisations: int = 1000,
    passages: int = 3000,
    held_out: Mapping[str, float] | None = None,
) -> Standing:
    golden = {} if found is None else measure(FakeSearcher(found, IDS), asked)  # type: ignore[arg-type]
    counts = {"organisations": organisations, "passages": passages}
    return Standing(counts, golden, {} if held_out is None else {NDCG: held_out})


def refused(live: Standing, built: Standing, best: Standing | None = None) -> list[str]:
    figures = compare(live, best or live, built, LIMITS)
    return [figure.name for figure in figures if figure.is_refused]


@pytest.mark.parametrize(
    ("organisations", "passages", "beyond"),
    [
        (900, 2700, []),
        (899, 2700, ["organisations"]),
        (900, 2699, ["passages"]),
        (10000, 100, ["passages"]),
    ],
)
def test_counts_may_fall_by_the_limit_and_no_more(
    organisations: int, passages: int, beyond: list[str]
) -> None:
    assert refused(standing(), standing(organisations=organisations, passages=passages)) == beyond


def test_both_answer_the_same_questions_and_a_worse_one_is_refused() -> None:
    n_most = int(LIMITS.measures * N)
    for n, beyond in ((n_most, []), (n_most + 1, [NDCG, RECALL])):
        assert refused(standing(ALL), standing(without(n))) == beyond
    assert refused(standing({}), standing(ALL)) == []


def test_the_limit_is_a_share_so_that_little_cannot_be_lost_altogether() -> None:
    few = {f"q{n}": [f"o{n}"] for n in range(6)}
    assert refused(standing(few), standing({})) == [NDCG, RECALL]  # .06 → 0
    assert refused(standing(few), standing(few)) == []


def test_what_chance_would_explain_is_not_refused() -> None:
    one, other = ({f"q{n}": [f"o{n}"] for n in range(first, first + 30)} for first in (3, 0))
    # Of 33 questions 3 are lost, and 3 others found.
    assert refused(standing({**one, **other}), standing(one)) == []
    assert refused(standing(one), standing(other)) == []


def test_a_little_that_is_lost_every_night_is_seen_beside_the_best_there_was() -> None:
    best = live = standing(ALL)
    for night in range(1, 4):
        built = standing(without(2 * night))
        beyond = refused(live, built, best)
        assert beyond == ([] if night < 3 else [NDCG, RECALL]), night
        assert refused(live, built) == []  # beside the last one alone
        assert better(best, built, LIMITS) is best
        live = built


def test_later_ones_are_compared_with_one_that_finds_as_well_or_cannot_be_compared() -> None:
    best = standing(without(1))
    for built in (standing(without(1)), standing(ALL), standing({}, organisations=1101), standing()):
        assert better(best, built, LIMITS) is built


def test_among_many_more_worse_answers_are_no_fault() -> None:
    assert refused(standing(ALL), standing({}, organisations=1100)) == [NDCG, RECALL]
    assert refused(standing(ALL), standing({}, organisations=1101)) == []


def test_a_right_answer_far_down_counts_for_recall_alone() -> None:
    late = {question: [*(f"x{i}" for i in range(20)), *ids] for question, ids in ALL.items()}
    assert refused(standing(ALL), standing(late)) == [NDCG]


def test_a_question_whose_answer_it_does_not_hold_is_not_asked() -> None:
    whole = measure(FakeSearcher(ALL), [*QUESTIONS, GoldenQuery("q", {"nobody": 1.0})])  # type: ignore[arg-type]
    assert whole == measure(FakeSearcher(ALL), QUESTIONS)  # type: ignore[arg-type]
    assert {name: {*values.values()} for name, values in whole.items()} == {NDCG: {1.0}, RECALL: {1.0}}
    assert len(measure(FakeSearcher({}, IDS[1:]), QUESTIONS)[NDCG]) == N - 1  # type: ignore[arg-type]


def test_a_question_whose_answer_was_masked_since_is_not_asked_so_that_masking_is_never_refused() -> None:
    found = {f"q{n}": [f"o{n}"] for n in range(20, N)}
    told = measure(FakeSearcher(found, IDS, masked=IDS[:20]), QUESTIONS)  # type: ignore[arg-type]
    assert len(told[NDCG]) == N - 20
    assert {*told[NDCG].values()} == {1.0}


def test_only_the_questions_that_both_were_asked_are_compared() -> None:
    live, first = standing(ALL), QUESTIONS[: MIN_JUDGED - 1]
    assert refused(live, standing({}, asked=[*first, GoldenQuery("q99", {"o99": 1.0})])) == [NDCG, RECALL]
    assert refused(live, standing({}, asked=[*first, GoldenQuery("new", {"o99": 1.0})])) == []


def test_without_questions_the_same_held_out_passages_are_compared() -> None:
    before = {f"n{n}": n % 10 / 100 for n in range(300)}  # .045 on average
    worse = {need: value / 2 for need, value in before.items()}
    others = {f"m{n}": 0.0 for n in range(300)}
    live = standing(held_out=before)
    for after, beyond in ((before, []), (worse, [NDCG]), (others, [])):
        assert refused(live, standing(held_out=after)) == beyond


def test_figures_are_told_as_they_are_and_as_they_would_be() -> None:
    live = standing(ALL, organisations=1200)
    figures = compare(live, live, standing({}, organisations=1100), LIMITS)
    assert [str(figure) for figure in figures] == [
        "organisations 1,200 → 1,100",
        "passages 3,000 → 3,000",
        "nDCG@10 1.000 → 0.000",
        "recall@50 1.000 → 0.000",
    ]
