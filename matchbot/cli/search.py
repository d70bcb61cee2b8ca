"""`matchbot search`: one question, one list."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from corpus.errors import Reason
from corpus.places import PREFECTURES, PREFECTURES_EN, SPOKEN_REGIONS
from corpus.records import Kind
from matchbot.choosing import DIVERSITY, EXPOSURE, FEEDBACK, MANDATE, NEWCOMER, OTHER_SIDE
from matchbot.cli.cards import show_answer
from matchbot.cli.localised import LocalisedCommand
from matchbot.cli.shell import Shell, json_option, pass_shell
from matchbot.cli.values import Word
from matchbot.errors import RecordError
from matchbot.need import Aspect, Piece, Scope

if TYPE_CHECKING:
    from matchbot.finding import Answer
    from matchbot.matchmaking import Match

SCOPES = (Scope.OWN, Scope.OTHER, Scope.ALL)


@click.command(cls=LocalisedCommand)
@click.argument("text", metavar="TEXT", nargs=-1, required=True)
@click.option("--kind", "kinds", metavar="KIND", type=Word(Kind, "kind"), multiple=True)
@click.option("--cluster", "clusters", metavar="ID", multiple=True)
@click.option("--scope", type=Word(SCOPES, "scope"))
@click.option("--prefecture", "prefectures", metavar="NAME", multiple=True)
@click.option("--as", "who", metavar="ORG")
@click.option("--limit", type=click.IntRange(min=1, max=1000), default=10, show_default=True)
@click.option("--no-ties", is_flag=True)
@click.option("--explain", is_flag=True)
@json_option
@pass_shell
def search(
    shell: Shell,
    text: Sequence[str],
    kinds: Sequence[Kind],
    clusters: Sequence[str],
    scope: Scope | None,
    prefectures: Sequence[str],
    who: str | None,
    limit: int,
    no_ties: bool,
    explain: bool,
    as_json: bool,
) -> None:
    wishes = _wishes(kinds, clusters, prefectures, scope)
    asker = shell.service.asker(who) if who else None
    answer = shell.service.search(
        " ".join(text), wishes=tuple(wishes), asker=asker, limit=limit, has_ties=not no_ties
    )
    shell.answer(answer, _explain if explain else show_answer, as_json=as_json)
    shell.service.put_on_record(answer, asker=asker, key=f"cli:{uuid4()}")


def _wishes(
    kinds: Sequence[Kind], clusters: Sequence[str], prefectures: Sequence[str], scope: Scope | None
) -> Iterator[Piece]:
    wished = (
        (Aspect.KIND, tuple(kinds)),
        (Aspect.CLUSTER, tuple(clusters)),
        (Aspect.PLACE, tuple(name for told in prefectures for name in _prefectures(told))),
        (Aspect.SCOPE, (scope,) if scope else ()),
    )
    return (Piece(aspect, values) for aspect, values in wished if values)


def _prefectures(told: str) -> tuple[str, ...]:
    """東京, 東京都 and Tokyo are one prefecture, 関西 several. Raises RecordError."""
    name = told.strip().casefold()
    found = tuple(
        prefecture
        for prefecture in PREFECTURES
        if name in (prefecture, prefecture[:-1], PREFECTURES_EN[prefecture].casefold())
    )
    found = found or SPOKEN_REGIONS.get(told.strip(), ())
    if not found:
        raise RecordError(field="--prefecture", value=told, reason=Reason.UNKNOWN_PREFECTURE)
    return found


def _half(shell: Shell, match: "Match") -> str:
    """One of a pair, the half it does, and how likely it does it."""
    probability = f"{match.hit.probability or 0:.2f}"
    name = match.hit.organisation.name
    return shell.texts("explain-half", name=name, half=match.half, probability=probability)


def _explain(shell: Shell, answer: "Answer") -> None:
    """The cards, and how they came to their places: relevance, and what was added to it."""
    # Here, because numpy comes along, which no other command's help should wait for.
    from index.hybrid import TIES

    show_answer(shell, answer)
    matches = answer.matches.items
    click.echo()
    if answer.matches.probability is not None:
        least = shell.settings.ranking.least_probability
        shell.say("explain-probability", best=f"{answer.matches.probability:.2f}", least=f"{least:.2f}")
    if not matches:
        return
    if pair := answer.matches.pair:
        shell.say(
            "explain-pair", halves=shell.texts("list-separator").join(_half(shell, one) for one in pair)
        )
    weights = matches[0].hit.weights
    weighed = (f"{shell.texts(f'part-{part}')} {weight:.2f}" for part, weight in weights.items())
    shell.say("explain-weights", weights=shell.texts("list-separator").join(weighed))
    ranking = shell.settings.ranking
    bounds = {
        DIVERSITY: ranking.diversity,
        EXPOSURE: ranking.exposure,
        NEWCOMER: ranking.newcomer,
        FEEDBACK: ranking.feedback,
        OTHER_SIDE: ranking.other_side,
        MANDATE: ranking.mandate,
    }
    told = (f"{shell.texts(f'part-{term}')} {most:.2f}" for term, most in bounds.items())
    shell.say("explain-terms", terms=shell.texts("list-separator").join(told))
    parts = [*weights, *([TIES] if any(match.tie for match in matches) else [])]
    terms = [term for term in bounds if any(term in match.terms for match in matches)]
    rows = [
        (
            place,
            match.hit.lexical_rank,
            match.hit.dense_rank,
            match.hit.rank,
            *(match.hit.scores.get(part) for part in parts),
            match.hit.probability,
            match.hit.score,
            *(match.terms.get(term) for term in terms),
            match.combined,
            match.hit.organisation.name,
        )
        for place, match in enumerate(matches, start=1)
    ]
    of_parts, of_terms = ([f"part-{name}" for name in names] for names in (parts, terms))
    ranks = ("place", "lexical-rank", "dense-rank", "rank")
    shell.table((*ranks, *of_parts, "probability", "score", *of_terms, "combined", "name"), rows)
    for place, match in enumerate(matches, start=1):
        if match.missing:
            words = shell.texts("list-separator").join(match.missing)
            shell.say("explain-missing", place=place, words=words)
