"""`matchbot eval` on the evaluation sets that lie beside a checkout: how good, and how long it takes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import Figure, Result, at_least, at_most
from networks import ROOT
from processes import Finished, matchbot

SETS = ROOT.parent / "shared" / "eval"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a set should reach; the whole command in seconds."""

    name: str
    least: dict[str, float]
    seconds: float


GOALS = (
    Goal("consortium_2024", {"ndcg@10": 0.16, "success@10": 0.37}, 90),
    Goal("jsquad_test", {"ndcg@10": 0.935}, 180),
)


def measure(workdir: Path, scale: float) -> Result:
    """Scores and seconds for each set, and what words alone reach."""
    figures: list[Figure] = []
    notes = []
    for goal in GOALS:
        if not (SETS / goal.name).is_dir():
            notes.append(f"Not measured: {goal.name} is not part of the repository.")
            continue
        hybrid, run = _evaluated(goal.name, workdir)
        lexical, _ = _evaluated(goal.name, workdir, "--lexical-only")
        for measure, least in goal.least.items():
            figures.append(at_least(f"{goal.name}: {measure}", hybrid["overall"][measure], least, ""))
            figures.append(
                Figure(f"{goal.name}: {measure}, words only", f"{lexical['overall'][measure]:.3f}")
            )
        figures.append(at_most(f"{goal.name}: the whole command", run.seconds, goal.seconds, "s"))
        low, high = hybrid["overall"]["intervals"]["ndcg@10"]
        weights = ", ".join(f"{part} {weight:g}" for part, weight in hybrid["recipe"]["weights"].items())
        notes.append(
            f"{goal.name}: {hybrid['overall']['n']} queries, nDCG@10 between {low:.3f} and {high:.3f} "
            f"(95 %); weights {weights}, chosen on: {hybrid['basis']}; peak {run.peak_gb:.2f} GB; "
            f"{run.told_stages()}."
        )
    return Result(figures, notes=notes)


def _evaluated(name: str, workdir: Path, *options: str) -> tuple[dict[str, Any], Finished]:
    run = matchbot("eval", str(SETS / name), "--json", *options, home=workdir / "evaluation")
    return json.loads(run.output), run
