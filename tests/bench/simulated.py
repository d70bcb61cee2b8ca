"""Five years of a simulated network, as whole commands: lived, verified, and their read models made."""

import json
from pathlib import Path

from figures import Check, Result, at_most, plain
from lived import live
from processes import matchbot


def measure(workdir: Path, scale: float) -> Result:
    """Seconds and memory of `matchbot simulate`, `ledger verify` and `ledger rebuild`; the years are kept."""
    years = live(workdir, scale)
    home, told = years.home, years.told
    head = f"{told['head']['seq']}:{told['head']['hash']}"
    n_bytes = sum(file.stat().st_size for file in home.iterdir())
    verified = matchbot("ledger", "verify", "--head", head, home=home)
    rebuilt = matchbot("ledger", "rebuild", "--json", home=home)
    differing = json.loads(rebuilt.output)["result"]["differing"]
    millions = told["n_events"] / 10**6
    return Result(
        figures=[
            at_most("`matchbot simulate`", years.command.seconds / 60, 10, "min"),
            plain("`matchbot simulate`, peak", years.command.peak_gb, "GB"),
            at_most("`matchbot ledger verify`, a million events", verified.seconds / millions, 30, "s"),
            at_most("`matchbot ledger verify`, peak", verified.peak_gb, 1, "GB"),
            at_most("`matchbot ledger rebuild`, a million events", rebuilt.seconds / millions, 120, "s"),
            at_most("`matchbot ledger rebuild`, peak", rebuilt.peak_gb, 1, "GB"),
        ],
        checks=[Check("read models that came out otherwise", str(len(differing)), not differing)],
        notes=[
            f"{told['n_cases']:,} cases, {told['n_introductions']:,} introductions, "
            f"{told['n_events']:,} events; {n_bytes / 10**9:.2f} GB on the disk. Verified in "
            f"{verified.seconds:.1f} s, rebuilt in {rebuilt.seconds:.0f} s; above pro rata."
        ],
    )
