"""Where the constants of `index.relevance` come from: needs against what is off topic, by their reach.

``python tests/bench/calibration.py [DIR …]`` fits the curve to the golden set and prints what it does there,
in five folds, and to the needs of other sets (with the off-topic ones of the golden set).
"""

import sys
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from corpus.bundled import golden_set
from index.build import BuildOptions
from index.hybrid import PASSAGES, PROFILE, HybridSearcher
from index.relevance import MIDDLE, SLOPE
from index.snapshot import SnapshotStore
from matchbot.evaluation import EPOCH, Question, read_set
from matchbot.matchmaking import CARDS, filters_for
from matchbot.synonyms import Synonyms
from matchbot.understanding import understand


def reached(searcher: HybridSearcher, question: Question) -> float:
    """The reach of the likeliest of the first cards, read back from its probability."""
    need = understand(question.text)
    filters = filters_for(need, None, question.excluded)
    hits = searcher.search(need.query, filters=filters, limit=CARDS) if need.query else []
    best = max((hit.probability or 0.0 for hit in hits), default=0.0)
    return MIDDLE + log(best / (1 - best)) / SLOPE if best else 0.0


def fitted(
    reaches: NDArray[np.float64], is_on: NDArray[np.bool_]
) -> tuple[float, float, NDArray[np.float64]]:
    """Slope and middle, and each need's probability by the folds that it is not in."""
    curve = LogisticRegression(C=10, class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    told = cross_val_predict(curve, reaches[:, None], is_on, cv=folds, method="predict_proba")[:, 1]
    curve.fit(reaches[:, None], is_on)
    slope = float(curve.coef_[0, 0])
    return slope, -float(curve.intercept_[0]) / slope, told


def shown(name: str, probabilities: NDArray[np.float64], is_on: NDArray[np.bool_]) -> str:
    """A row of the table."""
    return (
        f"| {name} | {np.mean(probabilities[~is_on] >= 0.5):.3f} of {np.sum(~is_on)} "
        f"| {np.mean(probabilities[is_on] < 0.5):.3f} of {np.sum(is_on)} |"
    )


def main(directories: Iterable[Path]) -> None:
    """Prints the fit, and a table of off-topic needs answered and good needs left empty at one half."""
    off_topic = [question for question in read_set(golden_set())[1] if not question.relevant]
    print("| | off topic, answered | good, left empty |\n|---|---|---|")
    for directory in (golden_set(), *directories):
        profiles, questions = read_set(directory)
        asked: Sequence[Question] = [*(q for q in questions if q.relevant), *off_topic]
        is_on = np.array([bool(question.relevant) for question in asked])
        with TemporaryDirectory() as folder:
            store = SnapshotStore(Path(folder))
            store.build(profiles, options=BuildOptions(), now=EPOCH)
            hybrid = store.open().with_lexicon(Synonyms(Path(folder) / "none.txt").lexicon())
            by_words = hybrid.with_recipe(hybrid.recipe.only(PASSAGES, PROFILE))
            for way, searcher in (("hybrid", hybrid), ("words only", by_words)):
                reaches = np.array([reached(searcher, question) for question in asked])
                slope, middle, told = fitted(reaches, is_on)
                name = f"{directory.name}, {way}"
                print(shown(name, 1 / (1 + np.exp(-SLOPE * (reaches - MIDDLE))), is_on))
                print(shown(f"{name}, five folds: slope {slope:.2f}, middle {middle:.2f}", told, is_on))


if __name__ == "__main__":
    main(map(Path, sys.argv[1:]))
