"""Five years of a simulated network, as whole commands: lived, verified, and their read models made."""

import json
import shutil
from pathlib import Path

from figures import Check, Result, at_most, plain
from processes import matchbot

YEARS, SEED = 5, 1


def measure(workdir: Path, scale: float) -> Result:
    """Seconds and memory of `matchbot simulate`, `ledger verify` and `ledger rebuild`."""
    home = workdir / f"simulated-{scale:g}"
    shutil.rmtree(home, ignore_errors=True)
    matchbot("corpus", "sample", "--scale", f"{scale:g}", "--seed", str(SEED), home=home)
    matchbot("ledger", "create", "--sample", home=home)
    arguments = ("--years", str(YEARS), "--seed", str(SEED), "--scale", f"{scale:g}", "--json")
    lived = matchbot("simulate", *arguments, home=home)
    told = json.loads(lived.output)["result"]
    head = f"{told['head']['seq']}:{told['head']['hash']}"
    verified = matchbot("ledger", "verify", "--head", head, home=home)
    rebuilt = matchbot("ledger", "rebuild", "--json", home=home)
    differing = json.loads(rebuilt.output)["result"]["differing"]
    n_bytes = sum(file.stat().st_size for file in home.iterdir())
    shutil.rmtree(home)
    return Result(
        figures=[
            at_most("`matchbot simulate`", lived.seconds / 60, 10, "min"),
            plain("`matchbot simulate`, peak", lived.peak_gb, "GB"),
            at_most("`matchbot ledger verify`", verified.seconds, 30, "s"),
            at_most("`matchbot ledger verify`, peak", verified.peak_gb, 1, "GB"),
            at_most("`matchbot ledger rebuild`", rebuilt.seconds, 120, "s"),
            at_most("`matchbot ledger rebuild`, peak", rebuilt.peak_gb, 1, "GB"),
        ],
        checks=[Check("read models that came out otherwise", str(len(differing)), not differing)],
        notes=[
            f"{told['n_cases']:,} cases, {told['n_introductions']:,} introductions, "
            f"{told['n_events']:,} events; {n_bytes / 10**9:.2f} GB on the disk."
        ],
    )
