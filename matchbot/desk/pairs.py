"""Pairs that nobody has asked for: every Monday a few for each cluster, each one click to propose.

Whatever stands in the way of a proposal stands in the way of a suggestion: pauses, opt-outs, who keeps off
whom, quotas. So does an earlier case of the two, and that the pair was suggested before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain

from corpus.records import Kind
from matchbot.desk.requests import allowed_history, suggestions
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import CorpusError, PolicyError
from matchbot.members import Member
from matchbot.need import Purpose
from matchbot.participation import PairsSuggested, SuggestedPair
from matchbot.policy import Action, months_after

PAIRS = 3
"""How many pairs a cluster is told of at once."""

_TRIES = 30
"""How many of a cluster's wishes are searched for, where few lead to a pair."""

_LIKELY: Mapping[Kind, Purpose] = {
    Kind.UNIVERSITY: Purpose.RESEARCH,
    Kind.PUBLIC_INSTITUTE: Purpose.RESEARCH,
    Kind.FINANCIER: Purpose.FUNDING,
}

Finder = Callable[[str, str], Sequence[str]]
"""Takes the text of a need and the organisation that has it; gives the organisations that fit, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A suggested pair. ``wish``: what the first one looks for; ``offer``: what the other one does.

    ``need_id``: the saved need, "" where the wish stands in the profile. ``week``: for which it was
    suggested, by its Monday. ``case_id``: of the case that the two have by now, "" where there is none.
    """

    cluster: str
    organisation_id: str
    organisation: str
    partner_id: str
    partner: str
    purpose: Purpose
    need_id: str
    wish: str
    offer: str
    week: date
    case_id: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an organisation of a cluster looks for; with ``need_id``, as a need it saved."""

    organisation_id: str
    cluster: str
    text: str
    need_id: str = ""
    purpose: Purpose | None = None


class Pairs(Room):
    """Suggestions to coordinators."""

    def suggest_pairs(
        self, cluster: str, week: date, pairs: Sequence[SuggestedPair], *, by: Member, key: str
    ) -> Receipt:
        """Puts on record what a cluster's coordinators are told in a week, be it nothing (by the jobs)."""
        with self._work(Action.RUN_JOBS, by, key) as work:
            if again := work.repeated():
                return again
            suggested = PairsSuggested(cluster=cluster, week=week, pairs=tuple(pairs))
            work.record(f"cluster:{cluster}", [suggested])
            return Receipt(id=cluster)

    def suggested_pairs(self, by: Member) -> list[PairView]:
        """The latest suggestions for the clusters of who asks, by cluster, in their order."""
        with self._look(Action.SEE_QUEUE, by) as work:
            return [view for cluster in work.by.clusters for view in _views(work, cluster)]


def unasked_pairs(
    work: Work, clusters: Collection[str], find: Finder, week: date
) -> dict[str, tuple[SuggestedPair, ...]]:
    """For each cluster up to `PAIRS` pairs, an organisation in one of them at most.

    First for the needs that were saved, the newest first; then for what profiles say, in an order that
    differs from week to week.
    """
    found: dict[str, list[SuggestedPair]] = {cluster: [] for cluster in clusters}
    n_tried = dict.fromkeys(clusters, 0)
    before = {cluster: _suggested_before(work, cluster) for cluster in clusters}
    for wish in chain(_saved(work), _in_profiles(work, clusters, week)):
        cluster = wish.cluster
        if all(len(pairs) == PAIRS for pairs in found.values()):
            break
        if cluster not in found or len(found[cluster]) == PAIRS or n_tried[cluster] == _TRIES:
            continue
        taken = {id for pair in found[cluster] for id in pair.organisation_ids}
        if wish.organisation_id not in taken:
            n_tried[cluster] += 1
            found[cluster].extend(_paired(work, wish, find, taken, before[cluster]))
    return {cluster: tuple(pairs) for cluster, pairs in found.items()}


def _saved(work: Work) -> Iterator[_Wish]:
    for need in work.models.open_needs(since=months_after(work.today, -work.rules.repeat_months)):
        text = work.text(need.text_id)
        if text:
            cluster = work.home_of(need.organisation_id)
            yield _Wish(need.organisation_id, cluster, text, need.id, Purpose(need.purpose))


def _in_profiles(work: Work, clusters: Collection[str], week: date) -> Iterator[_Wish]:
    def drawn(organisation_id: str) -> str:
        return sha256(f"{week}:{organisation_id}".encode()).hexdigest()

    seeking = work.office.directory.seeking(clusters, on=work.today)
    for listed, text in sorted(seeking, key=lambda each: drawn(each[0].id)):
        if work.office.ledger.is_sample or not listed.is_sample:
            yield _Wish(listed.id, listed.home_cluster, text)


def _paired(
    work: Work,
    wish: _Wish,
    find: Finder,
    taken: Collection[str],
    before: Collection[frozenset[str]],
) -> list[SuggestedPair]:
    """The best partner for a wish that may be proposed, as the only pair; none where there is none."""
    if not _is_free(work, wish.organisation_id):
        return []
    unfit = {id for id, fits in work.models.ratings(wish.need_id).items() if not fits} if wish.need_id else ()
    for partner in find(wish.text, wish.organisation_id):
        pair = (wish.organisation_id, partner)
        is_new = partner not in taken and partner not in unfit and frozenset(pair) not in before
        if is_new and _can_be_proposed(work, pair):
            purpose = wish.purpose or _LIKELY.get(work.listed(partner).kind, Purpose.SALES)
            return [SuggestedPair(organisation_ids=pair, need_id=wish.need_id, purpose=purpose)]
    return []


def _is_free(work: Work, organisation_id: str) -> bool:
    """Whether it takes part, before anything is searched on its behalf."""
    return work.models.standing(organisation_id).takes_part(work.today)


def _can_be_proposed(work: Work, pair: tuple[str, str]) -> bool:
    """Whether a coordinator could propose the two, who had no case within the last months."""
    with suppress(PolicyError, CorpusError):
        for id in pair:
            work.party(id)
        history = allowed_history(work, "", pair, "")
        return len(set(pair)) > 1 and not any(request.parties >= set(pair) for request in history)
    return False


def _suggested_before(work: Work, cluster: str) -> set[frozenset[str]]:
    since = months_after(work.today, -work.rules.repeat_months)
    return {
        frozenset(pair.organisation_ids)
        for suggested in suggestions(work, cluster)
        if suggested.week >= since
        for pair in suggested.pairs
    }


def _views(work: Work, cluster: str) -> Iterable[PairView]:
    for suggested in suggestions(work, cluster)[-1:]:
        for pair in suggested.pairs:
            yield _view(work, cluster, pair, suggested.week)


def _view(work: Work, cluster: str, pair: SuggestedPair, week: date) -> PairView:
    own, partner = pair.organisation_ids
    need = work.models.need(pair.need_id) if pair.need_id else None
    wishes = (work.text(need.text_id),) if need else work.described(own).seeks
    return PairView(
        cluster=cluster,
        organisation_id=own,
        organisation=_name(work, own),
        partner_id=partner,
        partner=_name(work, partner),
        purpose=pair.purpose,
        need_id=pair.need_id,
        wish=next(iter(wishes), ""),
        offer=next(iter(work.described(partner).does), ""),
        week=week,
        case_id=_case_of(work, pair.organisation_ids),
    )


def _name(work: Work, organisation_id: str) -> str:
    known = work.still_listed(organisation_id)
    return known.name if known else organisation_id


def _case_of(work: Work, pair: tuple[str, str]) -> str:
    """The latest case of the two within the last months, or that is open; "" where there is none."""
    since = months_after(work.today, -work.rules.repeat_months)
    history = work.models.past_requests(pair, since=since)
    cases = [request for request in history if request.parties >= set(pair)]
    return max(cases, key=lambda request: request.requested_on).case_id if cases else ""
