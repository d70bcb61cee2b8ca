"""How good the search is: an evaluation set through the production path, and what came out.

A set is a folder with ``corpus.jsonl`` (id, kind, name, prefecture, cluster, passages), ``queries.jsonl``
(id, text, exclude, groups, asker_id) and ``qrels.tsv`` (query id, document id, grade, with a heading).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from corpus.errors import RecordError
from corpus.progress import Progress
from corpus.records import (
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from index.build import BuildOptions
from index.encoder import NONE
from index.errors import EvaluationSetError
from index.evaluate import DEPTH, MEASURES, Estimate, estimate
from index.hits import NO_TIES
from index.hybrid import DENSE, VOTES, HybridSearcher
from index.snapshot import SnapshotStore
from matchbot.config import Settings
from matchbot.conversation import Conversation, Search, advance
from matchbot.fairness import Fairness, fairness
from matchbot.learning import Asked, Learning, learning, like
from matchbot.matchmaking import CARDS, POOL, Matches, Matchmaker, filters_for
from matchbot.need import Asker
from matchbot.ranking import Ranking
from matchbot.synonyms import Synonyms
from matchbot.understanding import understand

Mode = Literal["hybrid", "lexical", "dense"]
UNGROUPED = "-"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_KINDS = {"public_research": Kind.PUBLIC_INSTITUTE}


@dataclass(frozen=True, slots=True)
class Question:
    """One query of a set, with the grades of what answers it."""

    id: str
    text: str
    excluded: frozenset[str]
    groups: tuple[str, ...]
    asker_id: str
    relevant: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The measures over all judged queries and over each group, and how the set was searched.

    ``overall`` and each group: measure → estimate; ``n`` of queries beside them. ``n_unjudged``
    queries have no judgement and count nowhere.
    """

    name: str
    mode: Mode
    is_full: bool
    n: int
    n_unjudged: int
    n_organisations: int
    n_passages: int
    overall: Mapping[str, Estimate]
    groups: Mapping[str, Mapping[str, Estimate]]
    group_sizes: Mapping[str, int]
    recipe: Mapping[str, Any]
    basis: str
    notices: tuple[str, ...]
    fairness: Fairness | None = None
    """With ``is_full``: how the cards are shared out."""
    learning: Learning | None = None
    """What simulated feedback does to lists for needs like those that were rated, where that was asked."""
    answered: Mapping[str, float] | None = None
    """With ``is_full``: the share of each group's needs, judged or not, that is answered with partners."""
    paired: Mapping[str, float] | None = None
    """With ``is_full``: the share that is answered with two who only together meet the need."""

    def to_json(self) -> dict[str, Any]:
        """Plain values; intervals stand under ``intervals`` as [low, high]."""
        return {
            "name": self.name,
            "mode": self.mode,
            "full": self.is_full,
            "overall": _plain(self.overall, self.n),
            "groups": {
                group: _plain(values, self.group_sizes[group]) for group, values in self.groups.items()
            },
            "n_unjudged": self.n_unjudged,
            "n_organisations": self.n_organisations,
            "n_passages": self.n_passages,
            "recipe": self.recipe,
            "basis": self.basis,
            "notices": list(self.notices),
            **({"fairness": asdict(self.fairness)} if self.fairness else {}),
            **({"learning": asdict(self.learning)} if self.learning else {}),
            **({"answered": dict(self.answered)} if self.answered else {}),
            **({"paired": dict(self.paired)} if self.paired else {}),
        }


def evaluate(
    directory: Path,
    *,
    mode: Mode,
    full: bool,
    has_ties: bool = True,
    has_feedback: bool = False,
    settings: Settings,
    progress: Progress,
) -> EvaluationReport:
    """Builds a temporary snapshot of the set's corpus and asks it the set's queries.

    Each query goes the way of a message: understanding, retrieval, roll-up, fusion, ties. ``full``
    adds what matchmaking does to the first cards. ``mode``: both parts, or one of them alone.
    ``has_ties``: whether those move up who took part in the same undertakings as the asker.
    ``has_feedback``: whether people who rate what they are shown are simulated besides.

    Raises:
        EvaluationSetError: a file is missing or a line of it is broken.
    """
    profiles, questions = read_set(directory)
    askers = {profile.organisation.id: _asker(profile) for profile in profiles}
    with TemporaryDirectory(prefix="matchbot-eval-") as folder:
        store = SnapshotStore(Path(folder))
        options = BuildOptions(encoder=NONE if mode == "lexical" else settings.encoder)
        manifest = store.build(profiles, options=options, now=EPOCH, progress=progress)
        searcher = store.open().with_lexicon(Synonyms(settings.synonyms_path).lexicon())
        if mode == "dense":
            searcher = searcher.with_recipe(searcher.recipe.only(DENSE, VOTES))
        ranked = partial(
            _ranking, searcher=searcher, askers=askers, full=full, has_ties=has_ties, settings=settings
        )
        scores = [
            (question, _measured(ranked(question), question))
            for question in _reported([q for q in questions if q.relevant], progress)
        ]
        shares = _fairness([q for q, _ in scores], searcher, askers, settings.ranking) if full else None
        pages = _pages(questions, searcher, askers, settings.ranking) if full else None
        learnt = _learning([q for q, _ in scores], searcher, askers, settings) if has_feedback else None
        groups = sorted({group for question, _ in scores for group in question.groups})
        return EvaluationReport(
            name=directory.resolve().name,
            mode=mode,
            is_full=full,
            n=len(scores),
            n_unjudged=len(questions) - len(scores),
            n_organisations=manifest.n_organisations,
            n_passages=manifest.n_passages,
            overall=_estimates([values for _, values in scores]),
            groups={g: _estimates([values for q, values in scores if g in q.groups]) for g in groups},
            group_sizes={g: sum(g in question.groups for question, _ in scores) for g in groups},
            recipe=asdict(searcher.recipe),
            basis=manifest.tuning.basis,
            notices=searcher.notices,
            fairness=shares,
            learning=learnt,
            answered=_share(pages, lambda page: bool(page.items)) if pages else None,
            paired=_share(pages, lambda page: bool(page.pair)) if pages else None,
        )


def read_set(directory: Path) -> tuple[list[Profile], list[Question]]:
    """The organisations of an evaluation set, by id, and its questions.

    Raises:
        EvaluationSetError: a file is missing or a line of it is broken.
    """
    profiles = sorted(_profiles(directory / "corpus.jsonl"), key=lambda profile: profile.organisation.id)
    return profiles, list(_questions(directory))


def _ranking(
    question: Question,
    searcher: HybridSearcher,
    askers: Mapping[str, Asker],
    *,
    full: bool,
    has_ties: bool,
    settings: Settings,
) -> list[str]:
    """Ids, best first, as the asker would be shown them."""
    asker = askers.get(question.asker_id)
    need = understand(question.text, asker=asker)
    filters = filters_for(need, asker, question.excluded)
    ties = searcher.ties(question.asker_id) if has_ties else NO_TIES
    ranked = searcher.rank(need.query, filters=filters, ties=ties, limit=DEPTH)
    if not full:
        return ranked
    matchmaker = Matchmaker(searcher, ties=ties, ranking=settings.ranking)
    cards = matchmaker.matches(need, asker=asker, limit=CARDS, excluded_ids=question.excluded).items
    first = [match.organisation_id for match in cards]
    if not first:
        return []
    return [*first, *(id for id in ranked if id not in first)]


def _pages(
    questions: Sequence[Question], searcher: HybridSearcher, askers: Mapping[str, Asker], ranking: Ranking
) -> dict[str, list[Matches]]:
    """By group, what is shown for each need when it is written in a chat; an empty page where none is."""
    matchmaker = Matchmaker(searcher, ranking=ranking)
    pages: dict[str, list[Matches]] = defaultdict(list)
    for question in questions:
        asker = askers.get(question.asker_id)
        _, step = advance(Conversation(), question.text, asker=asker)
        page = Matches(understand(question.text))
        if isinstance(step, Search):
            page = matchmaker.matches(step.need, asker=asker, excluded_ids=question.excluded)
        for group in question.groups or (UNGROUPED,):
            pages[group].append(page)
    return dict(sorted(pages.items()))


def _share(pages: Mapping[str, Sequence[Matches]], is_so: Callable[[Matches], bool]) -> dict[str, float]:
    return {group: sum(map(is_so, shown)) / len(shown) for group, shown in pages.items()}


def _fairness(
    questions: Sequence[Question], searcher: HybridSearcher, askers: Mapping[str, Asker], ranking: Ranking
) -> Fairness:
    asked = [_asked(question, question.text, searcher, askers) for question in questions]
    return fairness([(one.hits, one.relevant) for one in asked], ranking, CARDS)


def _learning(
    questions: Sequence[Question], searcher: HybridSearcher, askers: Mapping[str, Asker], settings: Settings
) -> Learning:
    rated = [_asked(question, question.text, searcher, askers) for question in questions]
    held_out = [_asked(question, like(question.text), searcher, askers) for question in questions]
    return learning(rated, held_out, settings.ranking, CARDS)


def _asked(question: Question, text: str, searcher: HybridSearcher, askers: Mapping[str, Asker]) -> Asked:
    """A need in these words, with the pool that is found for it."""
    asker = askers.get(question.asker_id)
    need = understand(text, asker=asker)
    filters = filters_for(need, asker, question.excluded)
    return Asked(need.query, searcher.search(need.query, filters=filters, limit=POOL), question.relevant)


def _measured(ranking: Sequence[str], question: Question) -> dict[str, float]:
    return {name: measure(ranking, question.relevant) for name, measure in MEASURES.items()}


def _estimates(values: Sequence[Mapping[str, float]]) -> dict[str, Estimate]:
    return {name: estimate([value[name] for value in values]) for name in MEASURES}


def _plain(estimates: Mapping[str, Estimate], n: int) -> dict[str, Any]:
    return {
        **{name: value.mean for name, value in estimates.items()},
        "n": n,
        "intervals": {name: [value.low, value.high] for name, value in estimates.items()},
    }


def _reported(questions: Sequence[Question], progress: Progress) -> Iterator[Question]:
    for place, question in enumerate(questions, 1):
        yield question
        progress("ask", place, len(questions))


def _asker(profile: Profile) -> Asker:
    organisation = profile.organisation
    clusters = tuple(membership.cluster_id for membership in profile.memberships)
    return Asker(organisation.id, clusters, organisation.prefecture)


def _profiles(file: Path) -> Iterator[Profile]:
    for line, value in _lines(file):
        try:
            yield _profile(value)
        except (KeyError, TypeError, RecordError) as error:
            raise EvaluationSetError(file=file.name, line=line, reason=f"{error}") from error


def _profile(value: Mapping[str, Any]) -> Profile:
    id, source = value["id"], Source("evaluation", date(2000, 1, 1))
    organisation = Organisation(
        id=id,
        name=value["name"],
        kind=_kind(value.get("kind", "")),
        source=source,
        prefecture=value.get("prefecture") or "",
    )
    passages = tuple(
        Passage(f"{id}:{place}", id, PassageType.CAPABILITY, text, source)
        for place, text in enumerate(value["passages"])
        if text.strip()
    )
    cluster = value.get("cluster")
    home = Membership(id, cluster, MembershipRole.HOME, source.as_of, EPOCH) if cluster else None
    return Profile(organisation, passages, (home,) if home else ())


def _kind(name: str) -> Kind:
    """The kind of that name; unknown ones are others."""
    return _KINDS.get(name) or (Kind(name) if name in set(Kind) else Kind.OTHER)


def _questions(directory: Path) -> Iterator[Question]:
    relevant = _qrels(directory / "qrels.tsv")
    file = directory / "queries.jsonl"
    for line, value in _lines(file):
        try:
            yield Question(
                id=value["id"],
                text=value["text"],
                excluded=frozenset(value.get("exclude", ())),
                groups=tuple(value.get("groups", ())),
                asker_id=value.get("asker_id") or "",
                relevant=relevant.get(value["id"], {}),
            )
        except (KeyError, TypeError) as error:
            raise EvaluationSetError(file=file.name, line=line, reason=f"{error}") from error


def _qrels(file: Path) -> dict[str, dict[str, float]]:
    relevant: dict[str, dict[str, float]] = {}
    for line, text in enumerate(_text_lines(file), 1):
        if line == 1 or not text.strip():
            continue
        try:
            query, document, grade = text.rstrip("\n").split("\t")
            relevant.setdefault(query, {})[document] = float(grade)
        except ValueError as error:
            raise EvaluationSetError(file=file.name, line=line, reason="columns") from error
    return {
        query: positive
        for query, grades in relevant.items()
        if (positive := {document: grade for document, grade in grades.items() if grade > 0})
    }


def _lines(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, text in enumerate(_text_lines(file), 1):
        try:
            value = json.loads(text)
        except ValueError as error:
            raise EvaluationSetError(file=file.name, line=line, reason="json") from error
        if not isinstance(value, dict):
            raise EvaluationSetError(file=file.name, line=line, reason="json")
        yield line, value


def _text_lines(file: Path) -> Iterable[str]:
    try:
        return file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationSetError(file=file.name, line=0, reason="unreadable") from error
