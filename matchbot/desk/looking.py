"""What can be asked of the desk: cases, the queue, the load, and what is left of a firm's requests."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from corpus.names import in_english
from corpus.writing import fold
from matchbot.deadlines import Silence, silence
from matchbot.desk.views import (
    CaseView,
    LoadRow,
    LogEntry,
    QueueItem,
    case_view,
    load_rows,
    log_entry,
    queue_items,
    quotas_of,
    with_people_named,
)
from matchbot.desk.work import Room, Work
from matchbot.indicators.periods import Period, fiscal_year_of
from matchbot.members import Member
from matchbot.policy import Action, Quota, Role, months_after, recipient_quota


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A need with its text, "" where it was erased.

    ``ratings``: whether each rated partner fits; to a firm, a masked one by its code.
    """

    id: str
    organisation_id: str
    purpose: str
    text: str
    saved_on: date
    wants_alerts: bool
    is_closed: bool
    ratings: dict[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """An organisation that has left introductions unanswered, and what follows from that."""

    organisation_id: str
    name: str
    silence: Silence


_MONTHS_OF_A_QUARTER = 3
_LOOKED_THROUGH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSide:
    """How much an organisation is asked now, and how often it said yes of the times it answered."""

    n_asked_this_quarter: int
    most_per_quarter: int
    n_answered: int
    n_accepted: int


class Looking(Room):
    """Questions: nothing is recorded."""

    def queue(self, by: Member, *, is_whole: bool = False) -> list[QueueItem]:
        """What waits for who asks, or (``is_whole``) for all of its clusters; the earliest expiry first."""
        with self._look(Action.SEE_QUEUE, by) as work:
            items = [item for item in queue_items(work) if _is_seen(work, item)]
            return with_people_named(work, [item for item in items if is_whole or by.id in item.members])

    def load(self, by: Member) -> list[LoadRow]:
        """How much waits for each coordinator, by id; the rows add up to the whole queue. With it how many
        visits and contacts each has recorded in this fiscal year."""
        with self._look(Action.SEE_LOAD, by) as work:
            first = Period.fiscal_year(fiscal_year_of(work.today)).first
            visits = work.models.visits_by_member(first=first, last=work.today)
            return load_rows(
                work,
                (item for item in queue_items(work) if _is_seen(work, item)),
                {id: n for id, n in visits.items() if _is_colleague(work, id)},
            )

    def case(self, case_id: str, by: Member) -> CaseView:
        """A case as who asks may see it. Raises UnknownRecordError, NotAllowedError."""
        with self._look(Action.SEE_CASE, by) as work:
            work.require_case(Action.SEE_CASE, work.case(case_id))
            return case_view(work, case_id)

    def cases(self, by: Member, *, with_closed: bool = False) -> list[CaseView]:
        """The cases that concern who asks, the earliest expiry first: the open ones, or all."""
        with self._look(Action.SEE_CASES, by) as work:
            ids = work.models.case_ids(
                organisations=work.by.organisations,
                clusters=work.by.clusters,
                is_everybody=work.by.role is Role.STAFF,
                with_closed=with_closed,
            )
            return [case_view(work, id) for id in ids if work.is_concerned(work.case(id))]

    def introductions(self, by: Member, *, limit: int, named: str = "") -> dict[str, tuple[str, ...]]:
        """The names of the parties of the introductions that concern who asks, by case, the latest first.

        ``named``: what their id or the name of a party holds. Looks through the latest few hundred.
        """
        with self._look(Action.SEE_CASES, by) as work:
            ids = work.models.introduced_ids(
                organisations=work.by.organisations,
                clusters=work.by.clusters,
                is_everybody=work.by.role is Role.STAFF,
                limit=_LOOKED_THROUGH,
            )
            parties = (
                (id, tuple(work.listed_as(party).name for party in work.case(id).parties)) for id in ids
            )
            wanted = fold(named)
            found = (
                (id, names)
                for id, names in parties
                if wanted in fold(" ".join((id, *map(_spellings, names))))
            )
            return dict(islice(found, limit))

    def case_log(self, case_id: str, by: Member) -> list[LogEntry]:
        """Every event of a case with what was written, in order. Raises UnknownRecordError."""
        with self._look(Action.SEE_CASE_LOG, by) as work:
            work.require_case(Action.SEE_CASE_LOG, work.case(case_id))
            return [log_entry(work, recorded) for recorded in work.unit.events.read(f"case:{case_id}")]

    def quotas(self, organisation_id: str, by: Member) -> dict[str, Quota]:
        """How much of its limits an organisation has used: ``quota-week`` and ``quota-open``."""
        with self._look(Action.SEE_CASES, by) as work:
            work.require_organisation(Action.SEE_CASES, organisation_id)
            return quotas_of(work, organisation_id)

    def needs(self, organisation_id: str, by: Member) -> list[NeedView]:
        """The needs of an organisation, by day and id."""
        with self._look(Action.SEE_CASES, by) as work:
            work.require_organisation(Action.SEE_CASES, organisation_id)
            return [
                NeedView(
                    id=need.id,
                    organisation_id=need.organisation_id,
                    purpose=need.purpose,
                    text=work.text(need.text_id),
                    saved_on=need.saved_on,
                    wants_alerts=need.wants_alerts,
                    is_closed=need.is_closed,
                    ratings={
                        work.called(partner): fits for partner, fits in work.models.ratings(need.id).items()
                    },
                )
                for need in work.models.needs_of(organisation_id)
            ]

    def silent(self, by: Member) -> list[Silent]:
        """The organisations of who asks that have been silent too often (C16), by id."""
        with self._look(Action.SEE_QUEUE, by) as work:
            found = []
            for id in work.models.asked_organisations():
                answered = work.models.answers(id, since=work.models.resumed_on(id))
                what = silence(answered, work.rules)
                if what is not Silence.NOTHING and work.answers_for_organisation(id, work.home_of(id)):
                    found.append(Silent(organisation_id=id, name=work.name_of(id), silence=what))
            return found

    def other_side(self, organisation_id: str, by: Member) -> OtherSide:
        """What lets an organisation say yes or no when it is asked, apart from what it is asked."""
        with self._look(Action.SEE_OTHER_SIDE, by) as work:
            since = months_after(work.today, -_MONTHS_OF_A_QUARTER)
            history = work.models.past_requests([organisation_id], since=since)
            quota = recipient_quota(organisation_id, history, on=work.today, rules=work.rules)
            n_answered, n_accepted = work.models.acceptance(organisation_id)
            return OtherSide(
                n_asked_this_quarter=quota.used,
                most_per_quarter=quota.limit,
                n_answered=n_answered,
                n_accepted=n_accepted,
            )

    def tallies(self, by: Member) -> dict[str, int]:
        """How many events of each kind there are: counts, without a name."""
        with self._look(Action.SEE_INDICATORS, by) as work:
            return work.models.tallies()


def _is_colleague(work: Work, member_id: str) -> bool:
    """Who asks sees their own visits, and those of coordinators whose clusters they decide for."""
    return work.by.id == member_id or any(map(work.answers_for, work.member(member_id).clusters or ("",)))


def _is_seen(work: Work, item: QueueItem) -> bool:
    """A coordinator sees what is of its clusters, whoever of them does it."""
    return work.by.id in item.members or work.answers_for(item.cluster)


def _spellings(name: str) -> str:
    """A name and the one in English."""
    return f"{name} {in_english(name)}".strip()
