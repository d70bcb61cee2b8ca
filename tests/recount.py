"""Every figure a second time, in plain Python over the list of events: what the SQL must agree with.

Cases and outcomes are folded by the domain's own functions; nothing here knows a table.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from itertools import combinations
from statistics import mean, median

from corpus.records import Kind
from matchbot import participation, search_data
from matchbot.aftermath import outcomes, surveys
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, Outcome, OutcomeKind
from matchbot.following import Followed, follow_all
from matchbot.indicators import Breakdown, Period
from matchbot.introductions.events import CaseOpened
from matchbot.introductions.words import CasePath, State
from matchbot.ledger import Recorded
from matchbot.workdays import day_of, working_days_between

JAPAN = timezone(timedelta(hours=9))
AGREEMENTS = (OutcomeKind.DEAL, OutcomeKind.JOINT_RESEARCH, OutcomeKind.FUNDING)
DECIDED = ("IntroductionApproved", "IntroductionReturned", "IntroductionDeclined", "IntroductionStopped")
OWN_ACTS = (
    "IntroductionRequested",
    "ConsentGiven",
    "ConsentRefused",
    "AnswerDeferred",
    "MeetingReported",
    "ProfileRenewed",
    "VisitLogged",
)


@dataclass(frozen=True)
class Thing:
    """One thing counted, with the parts it belongs to in each breakdown."""

    same: object
    measure: float | None = 1
    evidence: Evidence | None = None
    certainty: Certainty | None = None
    organisations: frozenset[str] = frozenset()
    parts: Mapping[Breakdown, frozenset[str]] = field(default_factory=dict)

    def parts_of(self, by: Breakdown) -> frozenset[str]:
        """The parts it is in, the level of its evidence among them; none where that is not known."""
        if by is Breakdown.EVIDENCE:
            return frozenset([self.evidence.value] if self.evidence else [])
        return self.parts.get(by, frozenset()) - {""}


@dataclass
class World:
    """What the events say, as known at a time. ``members``: kind and clusters of each, on the last day."""

    recorded: Sequence[Recorded]
    members: Mapping[str, tuple[Kind, frozenset[str]]]
    regions: Mapping[str, str]
    period: Period
    as_of: datetime
    today_of: Callable[[str, date], Iterable[str]] = lambda cluster, on: (cluster,)

    def __post_init__(self) -> None:
        self.events = [one for one in self.recorded if one.recorded_at <= self.as_of]
        streams: dict[str, list[Recorded]] = defaultdict(list)
        for one in self.events:
            streams[one.stream].append(one)
        self.streams = streams
        followed = (follow_all(s) for id, s in streams.items() if id.startswith("case:"))
        self.cases = {each.case.id: each for each in followed if each is not None}
        folded = (
            outcomes.fold(one.event for one in s) for id, s in streams.items() if id.startswith("outcome:")
        )
        self.outcomes = [each for each in folded if each is not None and not each.is_reversed]
        self.introductions = self._introductions()
        answers = (one.event for one in self.of_type("SurveyAnswered"))
        self.answers = {(answer.wave, answer.member_id): answer for answer in answers}
        self.today = day_of(self.as_of)

    def of_type(self, name: str) -> Iterator[Recorded]:
        return (one for one in self.events if one.type == name)

    def in_period(self, day: date | None) -> bool:
        return day is not None and self.period.first <= day <= self.period.last

    def _introductions(self) -> dict[str, Followed]:
        """Introduced and standing, the first of each parties and need."""
        made = [f for f in self.cases.values() if f.case.state is State.INTRODUCED]
        first: dict[object, Followed] = {}
        for one in sorted(made, key=lambda f: (f.introduced_on, f.case.id)):
            key = (frozenset(one.case.organisation_ids), one.case.need_id or one.case.id)
            first.setdefault(key, one)
        return {one.case.id: one for one in first.values()}

    # What belongs to what

    def of_case(self, followed: Followed, **facts: object) -> Thing:
        case = followed.case
        on = followed.introduced_on if case.state is State.INTRODUCED else None
        homes = [party.home_cluster for party in case.parties]
        return Thing(
            same=facts.pop("same", case.id),
            organisations=frozenset(case.organisation_ids),
            parts={
                Breakdown.CLUSTER: frozenset(homes),
                Breakdown.CLUSTER_TODAY: self._today(homes, on or followed.opened_on),
                Breakdown.KIND: frozenset(party.kind.value for party in case.parties),
                Breakdown.PURPOSE: frozenset([case.purpose.value]),
                Breakdown.PATH: frozenset([case.path.value]),
                Breakdown.PAIR: frozenset(f"{a} {b}" for a, b in combinations(sorted(homes), 2) if a and b)
                or frozenset([""]),
                Breakdown.COORDINATOR: frozenset([case.coordinator]),
            },
            **facts,
        )

    def _today(self, homes: Iterable[str], on: date) -> frozenset[str]:
        return frozenset(today for home in homes for today in self.today_of(home, on))

    def of_outcome(self, outcome: Outcome, **facts: object) -> Thing:
        parties = outcome.facts.parties
        homes = [party.home_cluster for party in parties]
        cases = [self.cases[id].case for id in self.traced(outcome)]
        return Thing(
            same=outcomes.natural_key(outcome.facts),
            organisations=frozenset(outcome.facts.organisation_ids),
            parts={
                Breakdown.CLUSTER: frozenset(homes),
                Breakdown.CLUSTER_TODAY: self._today(homes, outcome.facts.on),
                Breakdown.KIND: frozenset(party.kind.value for party in parties),
                Breakdown.PURPOSE: frozenset(case.purpose.value for case in cases),
                Breakdown.PATH: frozenset(case.path.value for case in cases),
                Breakdown.NOVELTY: frozenset([outcome.facts.novelty or ""]),
                Breakdown.START: frozenset([outcome.facts.start or ""]),
                Breakdown.PAIR: frozenset(f"{a} {b}" for a, b in combinations(sorted(homes), 2) if a and b)
                or frozenset([""]),
            },
            **facts,
        )

    def of_organisation(self, id: str, **facts: object) -> Thing:
        kind, clusters = self.members.get(id, (None, frozenset()))
        return Thing(
            same=facts.pop("same", id),
            organisations=frozenset([id]),
            parts={
                Breakdown.CLUSTER: clusters,
                Breakdown.CLUSTER_TODAY: self._today(clusters, self.period.last),
                Breakdown.KIND: frozenset([kind.value]) if kind else frozenset(),
                **facts.pop("parts", {}),
            },
            **facts,
        )

    def traced(self, outcome: Outcome) -> list[str]:
        return sorted(
            {
                claim.case_id
                for claim in outcome.claims
                if claim.case_id and claim.attribution is not Attribution.UNRELATED
            }
        )

    # Pairs and ties

    def pairs(self) -> Iterator[tuple[Followed, tuple[str, str]]]:
        for one in self.introductions.values():
            for pair in one.case.pairs:
                yield one, pair

    def ties(self) -> dict[tuple[str, str], list[tuple[date, bool]]]:
        """The days on which each pair was in touch; True: declared, and lasting."""
        days: dict[tuple[str, str], list[tuple[date, bool]]] = defaultdict(list)
        for one, pair in self.pairs():
            days[pair] += [(day, False) for day in (one.introduced_on, *one.aftermath.meetings)]
        for outcome in self.outcomes:
            if outcome.facts.kind in AGREEMENTS and outcome.facts.certainty is Certainty.CONFIRMED:
                for pair in combinations(outcome.facts.organisation_ids, 2):
                    days[pair].append((outcome.facts.on, False))
        for one in self.of_type("TieDeclared"):
            days[tuple(sorted(one.event.organisation_ids))].append((one.event.since or date.min, True))
        return days

    def new_pairs(self) -> dict[tuple[str, str], Followed]:
        ties, new = self.ties(), {}
        for one, pair in sorted(self.pairs(), key=lambda p: (p[0].introduced_on, p[0].case.id)):
            day = one.introduced_on
            earlier = any(
                then < day and (is_lasting or then >= months_before(day, 36))
                for then, is_lasting in ties[pair]
            )
            if self.in_period(day) and not earlier:
                new.setdefault(pair, one)
        return new


def months_before(day: date, n: int) -> date:
    """As SQLite: the same day of the month; where there is none, on into the next."""
    years, month = divmod(day.month - 1 - n, 12)
    return date(day.year + years, month + 1, 1) + timedelta(days=day.day - 1)


# --- Figures ---

Recount = Callable[[World], Iterable[Thing]]
FIGURES: dict[str, tuple[str, Recount]] = {}
"""Of each figure the name of its measure and what it counts."""


def figure(*ids_and_measure: str) -> Callable[[Recount], Recount]:
    *ids, measure = ids_and_measure

    def register(recount: Recount) -> Recount:
        for id in ids:
            FIGURES[id] = (measure, recount)
        return recount

    return register


@figure("I01", "distinct")
def _i01(world: World) -> Iterator[Thing]:
    for id, (_, clusters) in world.members.items():
        yield from (world.of_organisation(id) for _ in clusters)


@figure("I02", "share")
def _i02(world: World) -> Iterator[Thing]:
    last, active = world.period.last, set()
    for one in world.events:
        if (
            one.type in OWN_ACTS
            and one.actor != "matchbot"
            and months_before(last, 12) < one.event_date <= last
        ):
            event = one.event
            if isinstance(event, CaseOpened):
                active |= {party.organisation_id for party in event.parties if party.is_requester}
            elif isinstance(event, participation.VisitLogged):
                active |= set(event.organisation_ids)
            else:
                active.add(event.organisation_id)
    return (world.of_organisation(id, measure=id in active) for id in world.members)


@figure("I03", "events")
def _i03(world: World) -> Iterator[Thing]:
    for one in world.of_type("NeedSaved"):
        if world.in_period(one.event_date) and not one.event.repeats:
            purpose = {Breakdown.PURPOSE: frozenset([one.event.purpose.value])}
            yield world.of_organisation(one.event.organisation_id, parts=purpose)


@figure("I04", "events")
def _i04(world: World) -> Iterator[Thing]:
    purposes = {one.event.need_id: one.event.purpose.value for one in world.of_type("NeedSaved")}
    for need_id, partner, _ in sorted(_cards(world, world.period.first, world.period.last)):
        parts = {Breakdown.PURPOSE: frozenset([purposes[need_id]] if need_id in purposes else [])}
        yield world.of_organisation(partner, parts=parts)


def _cards(world: World, first: date, last: date) -> set[tuple[str, str, date]]:
    return {
        (one.event.need_id, partner, one.event_date)
        for one in world.of_type("PartnersShown")
        if first <= one.event_date <= last
        for partner in one.event.partners
    }


@figure("I05", "events")
def _i05(world: World) -> Iterator[Thing]:
    for one in world.introductions.values():
        if world.in_period(one.introduced_on):
            yield world.of_case(one, same=frozenset(one.case.organisation_ids))


def _of_pair(world: World, one: Followed, pair: tuple[str, str], **facts: object) -> Thing:
    return replace(world.of_case(one, same=pair, **facts), organisations=frozenset(pair))


@figure("I06", "distinct")
def _i06(world: World) -> Iterator[Thing]:
    return (_of_pair(world, one, pair) for one, pair in world.pairs() if world.in_period(one.introduced_on))


@figure("I07", "distinct")
def _i07(world: World) -> Iterator[Thing]:
    return (_of_pair(world, one, pair) for pair, one in world.new_pairs().items())


@figure("I08", "distinct")
def _i08(world: World) -> Iterator[Thing]:
    for one in world.introductions.values():
        for day in one.aftermath.meetings:
            if world.in_period(day):
                is_first = day == one.aftermath.meetings[0]
                same = one.case.id if is_first else None
                yield world.of_case(one, same=same, evidence=one.aftermath.meeting_evidence)


def _outcomes(kind: OutcomeKind, *, is_traced: bool = False) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in world.outcomes:
            is_right = one.facts.kind is kind and (world.traced(one) or not is_traced)
            if is_right and world.in_period(one.facts.on):
                yield world.of_outcome(one, evidence=one.evidence, certainty=one.facts.certainty)

    return recount


for _id, _kind in {
    "I09a": OutcomeKind.DEAL,
    "I09b": OutcomeKind.JOINT_RESEARCH,
    "I09c": OutcomeKind.FUNDING,
    "I10a": OutcomeKind.NEW_BUSINESS,
    "I11a": OutcomeKind.FOUNDING,
    "I11b": OutcomeKind.SECOND_FOUNDING,
    "I11c": OutcomeKind.UNIVERSITY_VENTURE,
    "I12": OutcomeKind.LISTING,
}.items():
    FIGURES[_id] = ("distinct", _outcomes(_kind))
FIGURES["I10b"] = ("distinct", _outcomes(OutcomeKind.NEW_BUSINESS, is_traced=True))


def _newly_tied(world: World) -> set[str]:
    return {id for pair in world.new_pairs() for id in pair}


@figure("I13a", "share")
def _i13a(world: World) -> Iterator[Thing]:
    tied = _newly_tied(world)
    firms = (id for id, (kind, _) in world.members.items() if kind is Kind.FIRM)
    return (world.of_organisation(id, measure=id in tied) for id in firms)


@figure("I13b", "share")
def _i13b(world: World) -> Iterator[Thing]:
    tied = _newly_tied(world)
    for id in sorted({one.event.organisation_id for one in _sent(world) if _answer(world, one) is not None}):
        if id in world.members and world.members[id][0] is Kind.FIRM:
            yield world.of_organisation(id, measure=id in tied)


def _across(measure: Callable[[World, Followed], float | None]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in world.introductions.values():
            if world.in_period(one.introduced_on):
                yield world.of_case(one, measure=measure(world, one))

    return recount


def _if_homes_known(measure: Callable[[World, Followed], float]) -> Callable[[World, Followed], float | None]:
    return lambda world, one: measure(world, one) if all(p.home_cluster for p in one.case.parties) else None


FIGURES["I14a"] = (
    "share",
    _across(_if_homes_known(lambda _, one: len({p.home_cluster for p in one.case.parties}) > 1)),
)
FIGURES["I14b"] = (
    "share",
    _across(
        _if_homes_known(lambda _, one: not set.intersection(*(set(p.clusters) for p in one.case.parties)))
    ),
)
FIGURES["I14c"] = (
    "share",
    _across(_if_homes_known(lambda w, one: len({w.regions[p.home_cluster] for p in one.case.parties}) > 1)),
)
FIGURES["I14d"] = (
    "share",
    _across(lambda _, one: any(p.kind is Kind.FINANCIER and not p.home_cluster for p in one.case.parties)),
)


def _of_kinds(wanted: set[Kind] | None) -> Recount:
    named = [{Kind.FIRM, Kind.UNIVERSITY}, {Kind.FIRM, Kind.FINANCIER}, {Kind.FIRM}]

    def recount(world: World) -> Iterator[Thing]:
        for one, pair in world.pairs():
            if world.in_period(one.introduced_on):
                kinds = {one.case.party(id).kind for id in pair}
                is_right = kinds not in named if wanted is None else kinds == wanted
                yield _of_pair(world, one, pair, measure=is_right)

    return recount


FIGURES["I15a"] = ("share", _of_kinds({Kind.FIRM, Kind.UNIVERSITY}))
FIGURES["I15b"] = ("share", _of_kinds({Kind.FIRM, Kind.FINANCIER}))
FIGURES["I15c"] = ("share", _of_kinds({Kind.FIRM}))
FIGURES["I15d"] = ("share", _of_kinds(None))


def _consents(is_right: Callable[[int, int], bool]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in world.cases.values():
            put_on = min(one.asked_on.values(), default=None)
            if world.in_period(put_on):
                is_mature = put_on + timedelta(days=30) <= world.today
                n_yes, n = len({c.organisation_id for c in one.case.consents}), len(one.case.parties)
                yield world.of_case(one, measure=is_right(n_yes, n) if is_mature else None)

    return recount


FIGURES["I20a"] = ("share", _consents(lambda yes, n: yes == n))
FIGURES["I20b"] = ("share", _consents(lambda yes, n: 0 < yes < n))


def _shown(measure: Callable[[int], float]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        last = world.period.last
        shown = Counter(partner for _, partner, _ in _cards(world, last - timedelta(days=89), last))
        for id in world.members:
            wishes = participation.fold(
                one.event for one in world.streams.get(f"organisation:{id}", ()) if one.event_date <= last
            )
            if wishes.can_be_shown(last):
                yield world.of_organisation(id, measure=measure(shown[id]))

    return recount


FIGURES["I21a"] = ("gini", _shown(lambda n: n))
FIGURES["I21b"] = ("top-tenth", _shown(lambda n: n))
FIGURES["I21c"] = ("share", _shown(lambda n: n == 0))


@figure("I21d", "share")
def _i21d(world: World) -> Iterator[Thing]:
    begins = world.period.last - timedelta(days=89)
    before = {
        partner for _, partner, _ in _cards(world, begins - timedelta(days=90), begins - timedelta(days=1))
    }
    purposes = {one.event.need_id: one.event.purpose.value for one in world.of_type("NeedSaved")}
    for need_id, partner, _ in sorted(_cards(world, begins, world.period.last)):
        parts = {Breakdown.PURPOSE: frozenset([purposes[need_id]] if need_id in purposes else [])}
        yield world.of_organisation(partner, measure=partner not in before, parts=parts)


def _goes_on(days: int, begin: Callable, follow: Callable) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for id, first in begin(world).items():
            if world.in_period(first):
                until = first + timedelta(days=days)
                went_on = any(first <= day <= until for day in follow(world).get(id, ()))
                yield world.of_case(world.cases[id], measure=went_on if until <= world.today else None)

    return recount


def _days_of(*kinds: OutcomeKind) -> Callable[[World], dict[str, list[date]]]:
    def days(world: World) -> dict[str, list[date]]:
        found: dict[str, list[date]] = defaultdict(list)
        for one in world.outcomes:
            if one.facts.kind in kinds and one.facts.certainty is Certainty.CONFIRMED:
                for id in world.traced(one):
                    found[id].append(one.facts.on)
        return found

    return days


def _meetings(world: World) -> dict[str, Sequence[date]]:
    return {id: one.aftermath.meetings for id, one in world.introductions.items() if one.aftermath.reports}


FIGURES["I22a"] = (
    "share",
    _goes_on(90, lambda w: {id: one.introduced_on for id, one in w.introductions.items()}, _meetings),
)
FIGURES["I22b"] = (
    "share",
    _goes_on(365, lambda w: {id: days[0] for id, days in _meetings(w).items()}, _days_of(*AGREEMENTS)),
)
FIGURES["I22c"] = (
    "share",
    _goes_on(
        730,
        lambda w: {id: min(days) for id, days in _days_of(*AGREEMENTS)(w).items()},
        _days_of(OutcomeKind.NEW_BUSINESS),
    ),
)

SLA = 5


def _requests(measure: Callable[[World, Followed, list[Recorded]], float | None]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in world.cases.values():
            if world.in_period(one.opened_on) and one.case.path is not CasePath.OUTSIDE:
                yield world.of_case(one, measure=measure(world, one, world.streams[f"case:{one.case.id}"]))

    return recount


def _first(stream: list[Recorded], *types: str) -> date | None:
    return min((one.event_date for one in stream if one.type in types), default=None)


def _took(world: World, one: Followed, stream: list[Recorded]) -> float | None:
    decided = _first(stream, *DECIDED)
    return None if decided is None else working_days_between(one.opened_on, decided)


def _is_late(world: World, one: Followed, stream: list[Recorded]) -> bool:
    is_waiting = _took(world, one, stream) is None and one.case.is_open
    return is_waiting and working_days_between(one.opened_on, world.today) > SLA


def _in_time(world: World, one: Followed, stream: list[Recorded]) -> float | None:
    took = _took(world, one, stream)
    if took is not None:
        return took <= SLA
    return 0 if _is_late(world, one, stream) else None


def _with_the_firm(world: World, one: Followed, stream: list[Recorded]) -> float | None:
    returned, again = _first(stream, "IntroductionReturned"), _first(stream, "IntroductionResubmitted")
    return None if returned is None or again is None else working_days_between(returned, again)


FIGURES["I23a"] = ("median", _requests(_took))
FIGURES["I23b"] = ("ninth-decile", _requests(_took))
FIGURES["I23c"] = ("share", _requests(_in_time))
FIGURES["I23d"] = ("share", _requests(_is_late))
FIGURES["I23e"] = ("median", _requests(_with_the_firm))


def _sent(world: World) -> list[Recorded]:
    return [one for one in world.of_type("SurveySent") if world.in_period(one.event_date)]


def _answer(world: World, sent: Recorded) -> surveys.SurveyAnswered | None:
    return world.answers.get((sent.event.wave, sent.event.member_id))


def _surveyed(measure: Callable[[surveys.SurveyAnswered | None], float | None]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in _sent(world):
            sent = one.event
            yield Thing(
                same=sent.organisation_id,
                measure=measure(_answer(world, one)),
                organisations=frozenset([sent.organisation_id]),
                parts={
                    Breakdown.CLUSTER: frozenset([sent.cluster]),
                    Breakdown.CLUSTER_TODAY: world._today([sent.cluster], one.event_date),
                    Breakdown.ROLE: frozenset([sent.role]),
                    Breakdown.SIDE: frozenset([sent.side.value]),
                },
            )

    return recount


def _satisfaction(answer: surveys.SurveyAnswered | None) -> float | None:
    return None if answer is None else answer.satisfaction


FIGURES["I24a"] = (
    "share",
    _surveyed(lambda a: None if _satisfaction(a) is None else _satisfaction(a) >= 4),
)
FIGURES["I24b"] = ("mean", _surveyed(_satisfaction))
FIGURES["I24c"] = ("nps", _surveyed(lambda a: None if a is None else a.recommendation))
FIGURES["I24d"] = ("share", _surveyed(lambda a: a is not None))


@figure("I24e", "mean")
def _i24e(world: World) -> Iterator[Thing]:
    told: dict[str, list[int]] = defaultdict(list)
    for one in _sent(world):
        told[one.event.organisation_id] += [s for s in [_satisfaction(_answer(world, one))] if s is not None]
    for id, answers in told.items():
        yield world.of_organisation(id, measure=mean(answers) if answers else None)


def _results(measure: Callable[[Outcome], float | None]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in world.outcomes:
            facts = one.facts
            is_result = facts.kind in AGREEMENTS or (
                facts.kind is OutcomeKind.NEW_BUSINESS and world.traced(one)
            )
            if is_result and facts.certainty is Certainty.CONFIRMED and world.in_period(facts.on):
                yield world.of_outcome(one, measure=measure(one))

    return recount


def _attributed(wanted: Attribution) -> Recount:
    return _results(lambda one: None if one.attribution is None else one.attribution is wanted)


FIGURES["I25a"] = ("share", _results(lambda one: one.evidence in (Evidence.A, Evidence.B)))
FIGURES["I25b"] = ("share", _attributed(Attribution.DECISIVE))
FIGURES["I25c"] = ("share", _attributed(Attribution.CONTRIBUTING))
FIGURES["I25d"] = ("share", _attributed(Attribution.UNRELATED))
FIGURES["I25e"] = (
    "share",
    _results(lambda one: None if one.would_have_met is Anyway.UNKNOWN else one.would_have_met is Anyway.YES),
)


@figure("I26a", "share")
def _i26a(world: World) -> Iterator[Thing]:
    last = world.period.last
    renewed = {
        one.event.organisation_id
        for one in world.of_type("ProfileRenewed")
        if one.actor != "matchbot" and months_before(last, 12) < one.event_date <= last
    }
    return (world.of_organisation(id, measure=id in renewed) for id in world.members)


def _serving(world: World) -> search_data.SearchDataServed | None:
    told = [one.event for one in world.of_type("SearchDataServed") if one.event_date <= world.period.last]
    return told[-1] if told else None


def _answers(measure: Callable[[search_data.Answered], float]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        serving = _serving(world)
        for one in world.of_type("SearchDataServed") if serving else ():
            if one.event.snapshot == serving.snapshot:
                yield from (Thing(each.question, measure(each)) for each in one.event.answered)

    return recount


FIGURES["I26b"] = ("mean", _answers(lambda answered: answered.ndcg))
FIGURES["I26c"] = ("mean", _answers(lambda answered: answered.recall))


@figure("I26d", "mean")
def _i26d(world: World) -> Iterator[Thing]:
    if serving := _serving(world):
        tomorrow = world.period.last + timedelta(days=1)
        until = min(world.as_of, datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=JAPAN))
        yield Thing(serving.snapshot, (until - serving.good_at) / timedelta(hours=1))


@figure("I27", "share")
def _i27(world: World) -> Iterator[Thing]:
    for one in world.of_type("AwardRecorded"):
        award: participation.AwardRecorded = one.event
        if world.in_period(award.on):
            yield Thing(
                same=(award.scheme, award.award_id),
                measure=any(party.clusters for party in award.parties),
                organisations=frozenset(party.organisation_id for party in award.parties),
                parts={Breakdown.SCHEME: frozenset([award.scheme])},
            )


@figure("I28", "share")
def _i28(world: World) -> Iterator[Thing]:
    first = months_before(world.period.last, 36) + timedelta(days=1)
    ways = {
        (one.case.requester.organisation_id, party.organisation_id)
        for one in world.introductions.values()
        if one.case.requester and first <= one.introduced_on <= world.period.last
        for party in one.case.parties
        if party != one.case.requester
    }
    for a, b in ways:
        yield Thing(same=frozenset([a, b]), measure=(b, a) in ways, organisations=frozenset([a, b]))


def _visits(measure: Callable[[World, participation.VisitLogged], float]) -> Recount:
    def recount(world: World) -> Iterator[Thing]:
        for one in world.of_type("VisitLogged"):
            for id in one.event.organisation_ids if world.in_period(one.event_date) else ():
                coordinator = {Breakdown.COORDINATOR: frozenset([one.event.member_id])}
                yield world.of_organisation(id, measure=measure(world, one.event), parts=coordinator)

    return recount


def _led_to_introduction(world: World, visit: participation.VisitLogged) -> bool:
    told = [one.event for one in world.streams[f"visit:{visit.visit_id}"]]
    cases = {each.case_id for each in told} - {""}
    needs = {each.need_id for each in told} - {""}
    return any(one.case.id in cases or one.case.need_id in needs for one in world.introductions.values())


FIGURES["I29a"] = ("events", _visits(lambda world, visit: 1))
FIGURES["I29b"] = ("share", _visits(_led_to_introduction))


# --- Measures ---


def _gini(values: Sequence[float]) -> float | None:
    """Half the mean absolute difference, relative to the mean: the definition, not the short formula."""
    total, n = sum(values), len(values)
    return sum(abs(a - b) for a in values for b in values) / (2 * n * total) if total else None


def _top_tenth(values: Sequence[float]) -> float | None:
    most = sorted(values, reverse=True)[: (len(values) + 9) // 10]
    return 100 * sum(most) / sum(values) if sum(values) else None


def _ninth_decile(values: Sequence[float]) -> float:
    return next(v for v in sorted(values) if 10 * sum(w <= v for w in values) >= 9 * len(values))


MEASURES: dict[str, Callable[[Sequence[float]], float | None]] = {
    "share": lambda values: 100 * mean(values),
    "mean": mean,
    "median": median,
    "ninth-decile": _ninth_decile,
    "nps": lambda values: 100 * mean((v > 8) - (v < 7) for v in values),
    "gini": _gini,
    "top-tenth": _top_tenth,
}


@dataclass(frozen=True)
class Number:
    """A value counted the second way."""

    value: float | None
    n: int
    distinct: int
    missing: int
    n_organisations: int


def recount(world: World, figure_id: str, by: Breakdown | None, *, is_headline_only: bool = True) -> dict:
    """The numbers of a figure by part and certainty ("" for the whole)."""
    measure, things = FIGURES[figure_id]
    lots: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things(world):
        own = thing.parts_of(by) if by else frozenset()
        # A thing of two parts of which one is not known is in both.
        unknown = {""} if not own or (by and "" in thing.parts.get(by, ())) else set()
        for part in own | unknown:
            lots[part, thing.certainty or ""].append(thing)
    # By evidence, each level stands for itself.
    is_headline = is_headline_only and by is not Breakdown.EVIDENCE
    return {key: _number(measure, lot, is_headline) for key, lot in lots.items()}


def _number(measure: str, lot: Sequence[Thing], is_headline_only: bool) -> Number:
    counted = [t for t in lot if not is_headline_only or t.evidence in (None, Evidence.A, Evidence.B)]
    known = [t.measure for t in counted if t.measure is not None]
    distinct = len({t.same for t in counted} - {None})
    value = {"events": len(counted), "distinct": distinct}.get(measure)
    if value is None and known:
        value = MEASURES[measure](known)
    return Number(
        value=value,
        n=len(counted),
        distinct=distinct,
        missing=len(counted) - len(known),
        n_organisations=len(frozenset().union(*(t.organisations for t in counted))),
    )
