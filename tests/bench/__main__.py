"""Measure speed and quality: ``python tests/bench`` (or ``make bench``).

A run may fail only where results are wrong, never because they came late: whether a goal is met stands
in the report.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click
from figures import Check, Result, machine, markdown, table
from parts import PARTS, Part
from processes import CommandFailedError
from rich.console import Console
from timing import pace

# The parts find here what they share with the tests, such as the browser; processes they start do too.
sys.path.append(str(Path(__file__).parents[1]))


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(PARTS)), help="Just this part (repeatable).")
@click.option("--all", "with_long", is_flag=True, help="Also what takes long: a million passages.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the report to this Markdown file.")
@click.option(
    "--workdir",
    envvar="MATCHBOT_BENCH_DIR",
    type=click.Path(path_type=Path),
    default=Path(tempfile.gettempdir()) / "matchbot-bench",
    show_default=True,
    help="Where sample networks are kept for the next run of the same code.",
)
@click.option(
    "--shrink", type=float, default=1.0, help="So much smaller sample networks, to try the benchmark itself."
)
def main(only: tuple[str, ...], with_long: bool, out: Path | None, workdir: Path, shrink: float) -> None:
    """Measures matchbot and prints each figure beside its goal; exit code 1 where results are wrong."""
    sys.path.append(str(Path(__file__).resolve().parent.parent))  # where the tests have their servers
    console, measured_on = Console(), machine()
    console.print(measured_on, highlight=False)
    workdir.mkdir(parents=True, exist_ok=True)
    results = []
    for name, part in PARTS.items():
        if name not in only if only else part.is_long and not with_long:
            continue
        with console.status(part.title):
            result = _measured(part, workdir.resolve(), shrink)
        results.append((part.title, result))
        console.print(table(part.title, result))
        for note in result.notes:
            console.print(f"· {note}", highlight=False, markup=False)
        console.print()
        if out:  # after each part, so that a long run that is stopped leaves what it has
            out.write_text(markdown(measured_on, results), "utf-8")
    sys.exit(not all(check.is_right for _, result in results for check in result.checks))


def _measured(part: Part, workdir: Path, shrink: float) -> Result:
    """The part's result; a command that fails is one, so that the other parts are measured all the same."""
    before = pace()
    try:
        result = part.measure(workdir, shrink)
    except CommandFailedError as error:
        return Result(checks=[Check("every command ends well", "no", False)], notes=[str(error)])
    told = (
        f"Counting to five million in Python took {before:.2f} s before and {pace():.2f} s after this part."
    )
    return replace(result, notes=[*result.notes, told])


if __name__ == "__main__":
    main()
