"""Real organisations, imported and indexed from nothing, and a search from a cold start."""

import json
import shutil
from pathlib import Path
from statistics import median

from figures import Check, Result, at_most, plain
from networks import ROOT
from processes import matchbot

FILE = ROOT.parent / "shared" / "data" / "rs_orgs_2024.jsonl"
MAPPING = "rs_orgs"
N_STARTS = 5
_MESSAGE = "ガラス基板の欠陥検査ができる相手を探しています"
_ABSENT = Result(notes=["Not measured: the file of organisations is not part of the repository."])


def measure_import(workdir: Path, scale: float) -> Result:
    """Seconds and memory of `matchbot corpus import` and `matchbot index build`, whole processes."""
    if not FILE.exists():
        return _ABSENT
    home = _home(workdir)
    shutil.rmtree(home, ignore_errors=True)
    imported = matchbot("corpus", "import", str(FILE), "--mapping", MAPPING, home=home)
    indexed = matchbot("index", "build", home=home)
    status = json.loads(matchbot("index", "status", "--json", home=home).output)["manifest"]
    return Result(
        figures=[
            at_most("import and build", imported.seconds + indexed.seconds, 120, "s"),
            at_most("peak of the larger process", max(imported.peak_gb, indexed.peak_gb), 2, "GB"),
            plain("`matchbot corpus import`", imported.seconds, "s"),
            plain("`matchbot corpus import`, peak", imported.peak_gb, "GB"),
            plain("`matchbot index build`", indexed.seconds, "s"),
            plain("`matchbot index build`, peak", indexed.peak_gb, "GB"),
        ],
        checks=[Check("encoder of the snapshot", status["encoder"], status["encoder"] == "embedded")],
        notes=[
            f"{status['n_organisations']:,} organisations, {status['n_passages']:,} passages.",
            f"The build: {indexed.told_stages()}.",
        ],
    )


def measure_start(workdir: Path, scale: float) -> Result:
    """Seconds of `matchbot search` as a whole process."""
    if not FILE.exists():
        return _ABSENT
    home = _home(workdir)
    if not (home / "snapshots" / "CURRENT").exists():
        measure_import(workdir, scale)
    runs = [matchbot("search", _MESSAGE, "--json", home=home) for _ in range(N_STARTS)]
    n_answers = len({run.output for run in runs})
    return Result(
        figures=[
            at_most(f"`matchbot search`, median of {N_STARTS}", median(r.seconds for r in runs), 2.5, "s"),
            plain("the slowest", max(run.seconds for run in runs), "s"),
            plain("peak", max(run.peak_gb for run in runs), "GB"),
        ],
        checks=[
            Check("different answers among the runs", f"{n_answers}", n_answers == 1),
        ],
        notes=["A new process each time; its files are in the system's cache from the second run on."],
    )


def _home(workdir: Path) -> Path:
    return workdir / "real"
