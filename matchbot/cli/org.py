"""`matchbot org`: single organisations."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from matchbot.cli.localised import LocalisedGroup
from matchbot.cli.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from corpus.records import Membership, Organisation, Source
    from corpus.registry import Candidate
    from matchbot.service import OrganisationRecord

reason_option = click.option("--reason", default="", metavar="TEXT")


@click.group(cls=LocalisedGroup)
def org() -> None:
    pass


@org.command("show")
@click.argument("id", metavar="ID")
@click.option("--fields", "with_fields", is_flag=True)
@json_option
@pass_shell
def show(shell: Shell, id: str, with_fields: bool, as_json: bool) -> None:
    record = shell.service.organisation(id)
    shell.answer(record, _show_fields if with_fields else _show_record, as_json=as_json)


@org.command("find")
@click.argument("name", metavar="NAME")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@json_option
@pass_shell
def find(shell: Shell, name: str, limit: int, as_json: bool) -> None:
    shell.answer(shell.service.find_organisations(name, limit=limit), _show_found, as_json=as_json)


@org.command("candidates")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@json_option
@pass_shell
def candidates(shell: Shell, limit: int, as_json: bool) -> None:
    shell.answer(shell.service.merge_candidates(limit=limit), _show_candidates, as_json=as_json)


@org.command("merge")
@click.argument("kept", metavar="KEPT")
@click.argument("merged", metavar="MERGED")
@reason_option
@pass_shell
def merge(shell: Shell, kept: str, merged: str, reason: str) -> None:
    shell.service.merge_organisations(kept, merged, reason=reason)
    shell.say("org-merged", kept=kept, merged=merged)


@org.command("unmerge")
@click.argument("merged", metavar="MERGED")
@pass_shell
def unmerge(shell: Shell, merged: str) -> None:
    shell.service.unmerge_organisation(merged)
    shell.say("org-unmerged", merged=merged)


@org.command("withdraw")
@click.argument("id", metavar="ID")
@reason_option
@pass_shell
def withdraw(shell: Shell, id: str, reason: str) -> None:
    shell.service.withdraw_organisation(id, reason=reason)
    shell.say("org-withdrawn", id=id)


@org.command("reinstate")
@click.argument("id", metavar="ID")
@pass_shell
def reinstate(shell: Shell, id: str) -> None:
    shell.service.reinstate_organisation(id)
    shell.say("org-reinstated", id=id)


@org.command("review")
@click.argument("id", metavar="ID")
@click.argument("state", metavar="STATE")
@pass_shell
def review(shell: Shell, id: str, state: str) -> None:
    shell.service.review_organisation(id, state)
    shell.say("org-reviewed", id=id, state=shell.wording.stage(state))


def _show_record(shell: Shell, record: "OrganisationRecord") -> None:
    organisation = record.profile.organisation
    withdrawn = shell.texts("mark-withdrawn") if record.is_withdrawn else ""
    click.echo(f"{organisation.name} {_marks(shell, organisation)}{withdrawn}".rstrip())
    for name, value, _ in _fields(shell, organisation):
        click.echo(f"  {shell.texts(f'field-{name}')}: {value}")
    shell.say("org-review-state", state=shell.wording.stage(record.review_state))
    for membership in record.profile.memberships:
        shell.say("org-membership", cluster=_membership(shell, membership), since=membership.valid_from)
    for decision in record.decisions:
        about = (decision.organisation_id, shell.wording.stage(decision.subject), decision.reason)
        shell.say(
            "org-decision",
            day=decision.decided_at,
            action=shell.texts(f"decision-{decision.action}"),
            about=" ".join(filter(None, about)),
        )
    for passage in record.profile.passages:
        click.echo(f"\n[{shell.texts(f'passage-{passage.type}')}] {passage.title}".rstrip())
        click.echo(f"  {passage.text}")
        click.echo(f"  {_said_by(shell, passage.source)}")


def _show_fields(shell: Shell, record: "OrganisationRecord") -> None:
    """One line for each field, membership and passage: what is said, by whom, and as of when."""
    profile = record.profile
    rows = [
        (shell.texts(f"field-{name}"), value, source.name, source.as_of, source.url)
        for name, value, source in _fields(shell, profile.organisation)
    ]
    rows += [
        (shell.texts("field-membership"), _membership(shell, m), "", m.valid_from, "")
        for m in profile.memberships
    ]
    rows += [
        (shell.texts(f"passage-{p.type}"), p.title or p.text, p.source.name, p.source.as_of, p.source.url)
        for p in profile.passages
    ]
    shell.table(("field", "value", "source", "as-of", "url"), rows)


def _membership(shell: Shell, membership: "Membership") -> str:
    role = shell.texts(f"role-{membership.role}")
    names = (shell.wording.cluster(membership.cluster_id), membership.network, role)
    return shell.texts("fact-separator").join(name for name in names if name)


def _fields(shell: Shell, organisation: "Organisation") -> Iterator[tuple[str, str, "Source"]]:
    """The fields that say something: name, value, and who says so."""
    values: dict[str, object] = {
        "id": organisation.id,
        "name": organisation.name,
        "name_en": organisation.name_en,
        "aliases": organisation.aliases,
        "kind": shell.texts(f"kind-{organisation.kind}"),
        "corporate_number": organisation.corporate_number,
        "country": organisation.country,
        "prefecture": shell.wording.prefecture(organisation.prefecture),
        "city": organisation.city,
        "website": organisation.website,
        "industry": organisation.industry,
        "fields": organisation.fields,
        "size_band": organisation.size_band,
        "mandate": _mandate(shell, organisation),
    }
    for name, value in values.items():
        if value:
            shown = shell.texts("list-separator").join(value) if isinstance(value, tuple) else str(value)
            yield name, shown, organisation.provenance.get(name, organisation.source)


def _mandate(shell: Shell, organisation: "Organisation") -> str:
    mandate = organisation.mandate
    if mandate is None:
        return ""
    listed = (*mandate.stages, *mandate.fields, *mandate.regions)
    amounts = [f"{yen:,}" if yen is not None else "" for yen in (mandate.ticket_min, mandate.ticket_max)]
    ticket = shell.texts("mandate-ticket", least=amounts[0], most=amounts[1]) if any(amounts) else ""
    return shell.texts("list-separator").join((*listed, *([ticket] if ticket else [])))


def _show_found(shell: Shell, organisations: "Sequence[Organisation]") -> None:
    if not organisations:
        shell.say("org-none-found")
        return
    rows = [
        (
            o.id,
            o.name,
            shell.texts(f"kind-{o.kind}"),
            shell.wording.prefecture(o.prefecture),
            _marks(shell, o),
        )
        for o in organisations
    ]
    shell.table(("id", "name", "kind", "prefecture", "marks"), rows)


def _show_candidates(shell: Shell, candidates: "Sequence[Candidate]") -> None:
    if not candidates:
        shell.say("candidates-none")
        return
    rows = [
        (c.kept.id, c.kept.name, c.merged.id, c.merged.name, shell.texts(f"candidate-{c.reason}"))
        for c in candidates
    ]
    shell.table(("kept", "name", "merged", "name", "reason"), rows)


def _marks(shell: Shell, organisation: "Organisation") -> str:
    """What must be seen at a glance: that it is a sample, masked, not published, outside Japan."""
    shown = {
        "sample": organisation.is_sample,
        "masked": organisation.is_masked,
        "draft": organisation.review_state == "draft",
        "international": organisation.is_international,
    }
    return " ".join(shell.texts(f"mark-{name}") for name, is_shown in shown.items() if is_shown)


def _said_by(shell: Shell, source: "Source") -> str:
    """The line that says where a statement comes from."""
    line = shell.wording.said_by(source.name, source.as_of)
    return f"{line} {source.url}".rstrip()
