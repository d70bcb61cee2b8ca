"""What each stage of the ranking is worth on one evaluation set: one build, searched in several ways.

``python tests/bench/ablation.py DIR`` prints a table in Markdown; docs/relevance.md explains it.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build import BuildOptions
from index.evaluate import MEASURES, estimate
from index.hits import NO_TIES
from index.hybrid import DENSE, PASSAGES, PROFILE, VOTES, HybridSearcher
from index.snapshot import SnapshotStore
from matchbot.evaluation import Question, read_set
from matchbot.matchmaking import filters_for
from matchbot.synonyms import Synonyms
from matchbot.understanding import understand

SHOWN = ("ndcg@10", "success@10", "recall@100")
DEPTH = 100


def rows(searcher: HybridSearcher, folder: Path) -> Iterator[tuple[str, HybridSearcher, bool]]:
    """Name, searcher and whether ties count, from the plainest way to all of it."""
    recipe = searcher.recipe
    words_only = replace(recipe, bigram_share=0.0)
    yield "BM25 over whole profiles, words", searcher.with_recipe(words_only.only(PROFILE)), False
    for part in (PROFILE, PASSAGES, DENSE, VOTES):
        yield f"{part} alone", searcher.with_recipe(recipe.only(part)), False
    yield "without vectors", searcher.with_recipe(recipe.only(PASSAGES, PROFILE)), False
    yield "without votes", searcher.with_recipe(recipe.only(PASSAGES, PROFILE, DENSE)), False
    yield "all parts", searcher, False
    knowing = searcher.with_lexicon(Synonyms(folder / "none.txt").lexicon())
    yield "and field terms", knowing, False
    yield "and ties", knowing, True


def measured(
    searcher: HybridSearcher, questions: Sequence[Question], *, has_ties: bool
) -> dict[str, list[float]]:
    """The measures of each question."""
    values: dict[str, list[float]] = {name: [] for name in SHOWN}
    for question in questions:
        need = understand(question.text)
        ties = searcher.ties(question.asker_id) if has_ties else NO_TIES
        filters = filters_for(need, None, question.excluded)
        ranking = searcher.rank(need.query, filters=filters, ties=ties, limit=DEPTH)
        for name in SHOWN:
            values[name].append(MEASURES[name](ranking, question.relevant))
    return values


def main(directory: Path, show: Callable[[str], None] = print) -> None:
    """Build the set's corpus once and print a row for each way to search it."""
    profiles, questions = read_set(directory)
    judged = [question for question in questions if question.relevant]
    with TemporaryDirectory() as folder:
        store = SnapshotStore(Path(folder))
        store.build(profiles, options=BuildOptions(), now=datetime.now(UTC))
        show(f"| {directory.name}, {len(judged)} needs | {' | '.join(SHOWN)} |")
        show("|---" * (1 + len(SHOWN)) + "|")
        for name, searcher, has_ties in rows(store.open(), Path(folder)):
            told = []
            for values in measured(searcher, judged, has_ties=has_ties).values():
                mean = estimate(values)
                told.append(f"{mean.mean:.3f} [{mean.low:.3f}, {mean.high:.3f}]")
            show(f"| {name} | {' | '.join(told)} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
