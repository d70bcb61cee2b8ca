"""`matchbot eval`: how good the search is, measured."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.bundled import golden_set
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from index.evaluate import Estimate
    from matchbot.evaluation import EvaluationReport, Mode


@click.command("eval", cls=LocalisedCommand)
@click.argument("directory", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--golden", is_flag=True)
@click.option("--lexical-only", "mode", flag_value="lexical")
@click.option("--dense-only", "mode", flag_value="dense")
@click.option("--full", is_flag=True)
@click.option("--no-ties", is_flag=True)
@click.option("--feedback", is_flag=True)
@json_option
@pass_shell
def evaluation(
    shell: Shell,
    directory: Path | None,
    golden: bool,
    mode: "Mode | None",
    full: bool,
    no_ties: bool,
    feedback: bool,
    as_json: bool,
) -> None:
    if golden == bool(directory):
        raise click.UsageError(shell.texts("eval-needs-one-set"))
    directory = directory or golden_set()
    with shell.progress() as progress:
        report = shell.service.evaluate(
            directory,
            mode=mode or "hybrid",
            full=full,
            has_ties=not no_ties,
            has_feedback=feedback,
            progress=progress,
        )
    shell.answer(report, _show, as_json=as_json)


def _show(shell: Shell, report: "EvaluationReport") -> None:
    """Each measure with its interval, over all queries and for each group."""
    # Here, because numpy comes along, which no other command's help should wait for.
    from index.evaluate import MEASURES

    rows = [
        (name, n, *(_told(estimates[measure]) for measure in MEASURES))
        for name, n, estimates in (
            (shell.texts("overall"), report.n, report.overall),
            *((group, report.group_sizes[group], report.groups[group]) for group in report.groups),
        )
    ]
    shell.table(("group", "n", *(f"measure-{name.replace('@', '-')}" for name in MEASURES)), rows)
    if report.fairness:
        before, after = report.fairness.by_relevance, report.fairness.arranged
        shell.table(
            ("cards", "gini", "never-shown", "measure-ndcg-10"),
            [
                (shell.texts(key), f"{s.gini:.3f}", f"{s.never:.3f}", f"{s.ndcg:.3f}")
                for key, s in (("by-relevance", before), ("as-arranged", after))
            ],
        )
    if report.answered and report.paired:
        shell.table(
            ("group", "answered-with-partners", "answered-with-a-pair"),
            [(g, f"{share:.3f}", f"{report.paired[g]:.3f}") for g, share in report.answered.items()],
        )
    if report.learning:
        learnt = report.learning
        shell.table(
            ("lists", "measure-ndcg-10", "gini"),
            [
                (shell.texts(key), f"{lists.ndcg:.3f}", f"{lists.gini:.3f}")
                for key, lists in (("before-feedback", learnt.before), ("after-feedback", learnt.after))
            ],
        )
        shell.say("learnt", ratings=learnt.n_ratings, most=f"{learnt.most:.3f}")
    for notice in report.notices:
        shell.say(f"notice-{notice}")
    shell.say(
        "evaluated",
        name=report.name,
        organisations=report.n_organisations,
        passages=report.n_passages,
        unjudged=report.n_unjudged,
    )


def _told(estimate: "Estimate") -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.mean:.3f}"
    return f"{estimate.mean:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"
