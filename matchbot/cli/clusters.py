"""`matchbot clusters`: the regional projects, and what became of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from corpus.places import REGIONS_EN
from corpus.records import LineageKind
from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import DAY, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from corpus.records import LineageEvent
    from matchbot.service import ClusterOverview, NewCluster

before_argument = click.argument("before", metavar="ID")
into_option = click.option("--into", metavar="ID[=NAME[=NAME_EN]]", multiple=True, required=True)
on_option = click.option("--on", type=DAY, metavar="YYYY-MM-DD")
reason_option = click.option("--reason", default="", metavar="TEXT")


@click.group(cls=LocalisedGroup, invoke_without_command=True)
@on_option
@json_option
@click.pass_context
def clusters(ctx: click.Context, on: datetime | None, as_json: bool) -> None:
    if ctx.invoked_subcommand is None:
        shell = ctx.ensure_object(Shell)
        shell.answer(shell.service.clusters(on=_day(on)), _show, as_json=as_json)


@clusters.command("lineage")
@json_option
@pass_shell
def lineage(shell: Shell, as_json: bool) -> None:
    shell.answer(shell.service.lineage(), _show_lineage, as_json=as_json)


@clusters.command("rename")
@before_argument
@into_option
@on_option
@reason_option
@pass_shell
def rename(shell: Shell, before: str, into: Sequence[str], on: datetime | None, reason: str) -> None:
    _change(shell, LineageKind.RENAMED, [before], into, on, reason)


@clusters.command("merge")
@click.argument("before", metavar="IDS", nargs=-1, required=True)
@into_option
@on_option
@reason_option
@pass_shell
def merge(shell: Shell, before: Sequence[str], into: Sequence[str], on: datetime | None, reason: str) -> None:
    _change(shell, LineageKind.MERGED, before, into, on, reason)


@clusters.command("split")
@before_argument
@into_option
@on_option
@reason_option
@pass_shell
def split(shell: Shell, before: str, into: Sequence[str], on: datetime | None, reason: str) -> None:
    _change(shell, LineageKind.SPLIT, [before], into, on, reason)


@clusters.command("abolish")
@before_argument
@on_option
@reason_option
@pass_shell
def abolish(shell: Shell, before: str, on: datetime | None, reason: str) -> None:
    _change(shell, LineageKind.ABOLISHED, [before], (), on, reason)


def _change(
    shell: Shell,
    kind: LineageKind,
    before: Sequence[str],
    into: Sequence[str],
    on: datetime | None,
    reason: str,
) -> None:
    event = shell.service.change_clusters(
        kind, before, [_new_cluster(told) for told in into], on=_day(on), reason=reason
    )
    _show_lineage(shell, [event])


def _new_cluster(told: str) -> "NewCluster":
    from matchbot.service import NewCluster

    return NewCluster(*told.split("=", maxsplit=2))


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None


def _show(shell: Shell, overview: "ClusterOverview") -> None:
    """The clusters; those whose sizes are stated together are marked, and count once in the total."""
    rows = [
        (
            row.cluster.id,
            row.cluster.firms_approx,
            row.cluster.universities,
            row.n_firms,
            row.n_universities,
            _region(shell, row.cluster.region),
            shell.wording.cluster(row.cluster.id) + (" *" if row.cluster.size_group else ""),
            shell.texts("list-separator").join(row.cluster.fields),
        )
        for row in overview.rows
    ]
    total = (
        shell.texts("total"),
        *(overview.summed.firms, overview.summed.universities),
        sum(row.n_firms for row in overview.rows),
        sum(row.n_universities for row in overview.rows),
        *("", "", ""),
    )
    columns = (
        "id",
        "firms-stated",
        "universities-stated",
        "firms",
        "universities",
        "region",
        "name",
        "fields",
    )
    shell.table(columns, [*rows, total])
    if any(row.cluster.size_group for row in overview.rows):
        shell.say("clusters-shared-size")
    shell.say(
        "clusters-totals",
        n=len(overview.rows),
        on=overview.on,
        firms=overview.summed.firms,
        universities=overview.summed.universities,
        stated_firms=overview.stated.firms,
        stated_universities=overview.stated.universities,
    )


def _region(shell: Shell, region: str) -> str:
    return region if shell.texts.language == "ja" else REGIONS_EN.get(region, region)


def _show_lineage(shell: Shell, events: "Sequence[LineageEvent]") -> None:
    if not events:
        shell.say("lineage-none")
        return
    rows = [
        (
            event.day,
            shell.texts(f"lineage-{event.kind}"),
            " + ".join(event.before),
            " + ".join(event.after),
            event.reason,
        )
        for event in events
    ]
    shell.table(("day", "change", "before", "after", "reason"), rows)
