"""Choosing how to rank: what is held out, and when a change is taken."""

from dataclasses import replace
from pathlib import Path
from weakref import ref

import numpy as np
import pytest

from index.columns import Columns, ColumnWriter
from index.hybrid import DENSE, PASSAGES, PROFILE, LexicalPair, Recipe, Retriever
from index.lexical import Bm25, Parameters, TermCounter
from index.tokeniser import bigrams, words
from index.tuning import (
    LONG_PASSAGE_WORDS,
    MIN_JUDGED,
    Judged,
    Judgements,
    held_out,
    packaged,
    step,
    tune,
)

THEMES = [
    f"{material}の{process}" for material in "銅鉄錫鉛銀" for process in ("検査", "研磨", "鋳造", "塗装")
]


@pytest.fixture
def columns(tmp_path: Path, make_profile) -> Columns:
    """40 firms: half with one passage, half with three, of which two say nearly the same."""
    writer = ColumnWriter(tmp_path)
    for number, theme in enumerate(THEMES):
        other = THEMES[(number * 7 + 3) % len(THEMES)]
        several = (
            (theme, f"{theme}を受けます"),
            f"{theme}を受けます。",
            f"工場は{number}棟、{other}にも慣れています",
        )
        writer.add(make_profile(f"m{number:02d}", *several))
        writer.add(make_profile(f"n{number:02d}", f"{theme}だけの会社"))
    writer.close()
    return Columns(tmp_path)


def test_held_out_needs_come_from_organisations_with_others_to_be_found_by(columns: Columns) -> None:
    judgements = held_out(columns)
    assert judgements.basis == "held-out"
    assert judgements.judged
    hidden = set(judgements.hidden.tolist())
    for need in judgements.judged:
        ((row, grade),) = need.relevant.items()
        own = set(range(int(columns.starts[row]), int(columns.starts[row + 1])))
        assert grade == 1
        assert len(own) == 3
        assert own & hidden
        assert own - hidden


def test_a_need_is_hidden_together_with_its_copies(columns: Columns) -> None:
    hidden = set(held_out(columns).hidden.tolist())
    for row in range(0, columns.n_organisations, 2):
        first = int(columns.starts[row])
        assert (first in hidden) == (first + 1 in hidden)


def test_a_need_is_a_title_or_the_longest_part_of_a_text(columns: Columns) -> None:
    asked = {need.text for need in held_out(columns).judged}
    assert asked <= {
        *THEMES,
        *(f"{theme}を受けます" for theme in THEMES),
        *(text for _, title, text in columns.texts() if not title),
    }


def test_the_same_corpus_holds_out_the_same_and_no_more_than_asked(columns: Columns) -> None:
    one, other = held_out(columns), held_out(columns)
    assert one.judged == other.judged
    assert one.hidden.tolist() == other.hidden.tolist()
    assert held_out(columns, limit=5).judged == one.judged[:5]


def test_a_corpus_of_single_passages_holds_out_nothing(tmp_path: Path, make_profile) -> None:
    writer = ColumnWriter(tmp_path)
    for number in range(5):
        writer.add(make_profile(f"s{number}", f"製品{number}"))
    writer.close()
    judgements = held_out(Columns(tmp_path))
    assert (list(judgements.judged), judgements.hidden.tolist()) == ([], [])


@pytest.mark.parametrize("has_dense", [True, False])
@pytest.mark.parametrize("mean_words", [0.0, LONG_PASSAGE_WORDS - 1, LONG_PASSAGE_WORDS])
def test_packaged_weights_add_up_to_one_and_vectors_count_only_where_there_are_some(
    mean_words: float, has_dense: bool
) -> None:
    weights = packaged(mean_words, has_dense).weights
    assert sum(weights.values()) == pytest.approx(1)
    assert (weights.get(DENSE, 0) > 0) == has_dense


def test_long_passages_lean_on_words_and_on_length() -> None:
    short, long = packaged(10, True), packaged(LONG_PASSAGE_WORDS, True)
    assert long.weights[DENSE] < short.weights[DENSE]
    assert long.lexical.b > short.lexical.b


class Trial:
    """Counts the retrievers that tuning asks for, over the fixture's columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.asked: list[Parameters] = []
        texts = [f"{title} {text}" for _, title, text in columns.texts()]
        self.counts = []
        for read in (words, bigrams):
            counter = TermCounter()
            for text in texts:
                counter.add(read(text))
            self.counts.append(counter.counts())

    def __call__(self, parameters: Parameters) -> Retriever:
        self.asked.append(parameters)
        owners, n = self.columns.owners, self.columns.n_organisations
        pairs = [
            LexicalPair(*(Bm25.fit(counts, parameters) for counts in every))
            for every in (self.counts, [counts.grouped(owners, n) for counts in self.counts])
        ]
        return Retriever(owners, *pairs, None)


def judgements_of(needs: list[Judged]) -> Judgements:
    return Judgements(needs, np.zeros(0, np.int64), "golden")


def test_too_few_judgements_leave_the_packaged_recipe_and_try_nothing(columns: Columns) -> None:
    trial, start = Trial(columns), packaged(10, False)
    needs = [Judged("検査", {0: 1.0})] * (MIN_JUDGED - 1)
    tuning = tune(judgements_of(needs), trial, columns.n_organisations, None, start)
    assert (tuning.recipe, tuning.basis, tuning.n_judged) == (start, "packaged", MIN_JUDGED - 1)
    assert (tuning.packaged_ndcg, tuning.chosen_ndcg, trial.asked) == (None, None, [])


def test_what_makes_no_difference_changes_nothing(columns: Columns) -> None:
    start = packaged(10, False)
    needs = [Judged("ζψω", {0: 1.0})] * MIN_JUDGED
    tuning = tune(judgements_of(needs), Trial(columns), columns.n_organisations, None, start)
    assert (tuning.recipe, tuning.basis) == (start, "golden")
    assert (tuning.packaged_ndcg, tuning.chosen_ndcg) == (0, 0)


def test_a_change_that_is_clearly_better_is_taken(columns: Columns) -> None:
    # The firm of one passage says the theme alone; long profiles drown it unless length counts.
    start = replace(packaged(10, False), lexical=Parameters(5.0, 0.0), passage_weights=(0.0, 1.0))
    needs = [Judged(f"{theme}だけの会社", {2 * n + 1: 1.0}) for n, theme in enumerate(THEMES)] * 2
    tuning = tune(judgements_of(needs), Trial(columns), columns.n_organisations, None, start)
    assert tuning.recipe != start
    assert tuning.packaged_ndcg is not None
    assert tuning.chosen_ndcg is not None
    assert tuning.chosen_ndcg > tuning.packaged_ndcg


def test_weights_move_as_far_as_a_gain_is_sure_and_not_by_a_leap_where_it_begins_to_be() -> None:
    def gains(in_errors: float) -> np.ndarray:
        """On nine needs, by so many standard errors in the mean."""
        spread = np.arange(-4.0, 5.0)
        return spread + in_errors * spread.std(ddof=1) / 3

    assert [step(gains(n)) for n in (-3, 0, 1.9)] == [0, 0, 0]
    assert step(gains(2.1)) == pytest.approx(1 - (2 / 2.1) ** 2)
    assert step(gains(4)) == pytest.approx(3 / 4)
    assert step(np.ones(9)) == 1


def test_each_setting_of_the_words_is_computed_once(columns: Columns) -> None:
    trial = Trial(columns)
    needs = [Judged(theme, {2 * n: 1.0}) for n, theme in enumerate(THEMES)] * 2
    tune(judgements_of(needs), trial, columns.n_organisations, None, packaged(10, False))
    # One way of rolling up for each k1 and b; the ways of rolling up then share one k1 and b.
    ways = [(p, trial.asked.count(p)) for p in dict.fromkeys(trial.asked)]
    assert sum(n - 1 for _, n in ways) <= 2
    assert len(ways) == 4


def test_scores_of_all_passages_are_kept_for_no_need(columns: Columns, monkeypatch) -> None:
    runs_of, alive, most_alive = Retriever.runs, [], 0

    def runs(*args):
        nonlocal alive, most_alive
        found = runs_of(*args)
        alive = [*(one for one in alive if one() is not None), ref(found.lexical_scores)]
        most_alive = max(most_alive, len(alive))
        return found

    monkeypatch.setattr(Retriever, "runs", runs)
    needs = [Judged(theme, {2 * n: 1.0}) for n, theme in enumerate(THEMES)] * 2
    tune(judgements_of(needs), Trial(columns), columns.n_organisations, None, packaged(10, False))
    assert 1 <= most_alive <= 2


def test_hidden_passages_are_not_searched_in_the_trial(columns: Columns) -> None:
    start = Recipe(weights={PASSAGES: 1.0, PROFILE: 0.0})
    needs = [Judged(f"{theme}だけの会社", {2 * n + 1: 1.0}) for n, theme in enumerate(THEMES)] * 2
    hidden = np.flatnonzero(columns.owners % 2 == 1)
    seen = tune(judgements_of(needs), Trial(columns), columns.n_organisations, None, start)
    blind = tune(Judgements(needs, hidden, "golden"), Trial(columns), columns.n_organisations, None, start)
    assert seen.packaged_ndcg is not None
    assert seen.packaged_ndcg > 0.9
    assert blind.packaged_ndcg == 0
