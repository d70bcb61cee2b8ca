"""A network that never was, lived through day by day: for tests, reports and measurements.

Invented people ask, decide, answer or keep silent, meet, and now and then something comes of it. They act
through the desk only, by its rules, on a clock of their own; equal seeds give equal ledgers, to the last
hash. Nobody searches: partners are drawn. Sixty working days are one transaction.

At scale 1.0 and over five years that is about 95,000 cases, 35,000 introductions and 1,150,000 events.
The numbers below are chosen to be plausible, not measured anywhere.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from math import exp
from random import Random
from typing import TypeVar

from corpus.errors import UnknownOrganisationError
from corpus.progress import Progress
from corpus.records import Contact, Kind
from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, Novelty, OutcomeKind, Start
from matchbot.aftermath.reports import MeetingForm
from matchbot.aftermath.reports import Progress as Stage
from matchbot.clocks import SetClock
from matchbot.desk import Claim, Desk, Office, Receipt
from matchbot.directory import Described, Listed
from matchbot.errors import PolicyError, SimulationError
from matchbot.following import PartyAnswer
from matchbot.introductions.words import OPEN, Means, State
from matchbot.ledger import Head, Ledger
from matchbot.members import MATCHBOT, Member, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.population import Inhabitant, Official, Population
from matchbot.rules import Rules
from matchbot.workdays import OFFICE_ZONE, add_working_days, is_working_day, working_day_from

Value = TypeVar("Value")

FIRST_DAY = date(2006, 4, 1)
"""The first day of phase II of the programme."""

_DAYS_PER_YEAR = 365.25
_WORKING_DAYS_PER_YEAR = 243
_FEWEST_FIRMS = 20
_DAYS_TOGETHER = 60
"""How many days are one transaction."""
_OPENING = time(9)
_BETWEEN_COMMANDS = timedelta(seconds=3)

# How much happens in a year of average business at scale 1.0.
_NEEDS_OF_FIRMS = 11_000
_NEEDS_HEARD = 2_200
"""Needs that coordinators enter for firms, but for those they hear of on visits."""
_PROPOSALS = 2_450
"""But for those that occur to them on visits."""
_OUTSIDE = 2_100
_VISITS = 7_000
_SHARE_WITH_NEED, _SHARE_WITH_PROPOSAL = 0.2, 0.08
"""Of the visits, by what they lead to."""
_NEW_BUSINESSES = 4_000
_CHANGED_COMPANIES = 160
_PAUSES = 150
_SHARE_LEFT = 0.1
"""Of those: for good."""
_FIRST_YEARS_SHARE, _LAST_YEARS_SHARE = 0.75, 1.25
"""The network grows, evenly."""
_SEASON = (0.85, 1.2, 1.05, 0.8, 0.85, 1.05, 1.1, 0.7, 1.05, 1.25, 1.3, 0.8)
"""From January: new budgets in spring, Obon in August, fairs in autumn, the end of the fiscal year."""

# What people do before an introduction, as shares.
_N_CARDS = 3
_SHARES_REQUESTED = (0.85, 0.22)
"""Of the first card shown, and of the second."""
_SHARE_RATED = 0.15
_SHARE_FITTING = 0.6
_SHARE_OF_CONSORTIA = 0.03
_SHARE_NOT_DECIDED = 0.03
_SHARE_RETURNED = 0.06
_SHARE_RESUBMITTED = 0.6
_SHARE_STOPPED = 0.015
_SHARE_WITHDRAWN = 0.03
_SHARE_DEFERRED = 0.1
_SHARE_KEEN_ON_PROPOSALS = 0.85
_DAYS_TO_DECIDE, _MOST_DAYS_TO_DECIDE = 0.7, 12
_DECLINED_PER_CASE_WAITING = 0.02
_DAYS_PER_CASE_WAITING = 0.3
"""How much more a coordinator declines, and how much longer it takes, for each case that waits for it."""
_MEANS: Mapping[Means, float] = {Means.PHONE: 0.4, Means.MAIL: 0.25, Means.VISIT: 0.25, Means.FAIR: 0.1}

# What they do after it.
_SHARE_MEETING = 0.62
_LOG_DAYS_TO_MEETING = 3.0
_FOLLOW_UPS = (14, 90, 180, 365, 730, 1095)
_DAYS_TO_ANSWER = 10
_SHARE_TOLD = 0.45
"""Of the follow-ups that a party in Slack answers."""
_SHARE_TOLD_BY_COORDINATOR = 0.65
_SHARE_GIVEN_UP: Mapping[int, float] = {14: 0.12, 90: 0.4, 180: 0.5, 365: 0.6, 730: 0.7, 1095: 0.8}
_DAYS_OF_PATIENCE = 180
_SHARE_DROPPED = 0.6
"""Of those who have not met by then, at each follow-up: given up by their coordinator."""
_SHARE_WITH_AGREEMENT = 0.2
"""Of the introductions that led to a meeting."""
_LOG_DAYS_TO_AGREEMENT = 5.0
_SHARE_EXPECTED = 0.2
_SHARE_COME_TRUE = 0.6
_SHARE_SAID_BY_BOTH = 0.4
_SHARE_DOCUMENTED = 0.35
"""Of the agreements and new businesses: those for which whoever tells of them has a document."""
_SHARE_BUSINESS = 0.25
"""Of the agreements that become a new business."""
_AGREEMENT: Mapping[Kind, OutcomeKind] = {
    Kind.FINANCIER: OutcomeKind.FUNDING,
    Kind.UNIVERSITY: OutcomeKind.JOINT_RESEARCH,
    Kind.PUBLIC_INSTITUTE: OutcomeKind.JOINT_RESEARCH,
}
_ATTRIBUTIONS: Mapping[Attribution | None, float] = {
    Attribution.DECISIVE: 0.35,
    Attribution.CONTRIBUTING: 0.45,
    Attribution.UNRELATED: 0.1,
    None: 0.1,
}
_ANYWAY: Mapping[Anyway, float] = {Anyway.NO: 0.5, Anyway.YES: 0.15, Anyway.UNKNOWN: 0.35}
_COMPANIES: Mapping[OutcomeKind, float] = {
    OutcomeKind.FOUNDING: 0.4,
    OutcomeKind.SECOND_FOUNDING: 0.3,
    OutcomeKind.UNIVERSITY_VENTURE: 0.25,
    OutcomeKind.LISTING: 0.05,
}
_NEW_COMPANIES = frozenset({OutcomeKind.FOUNDING, OutcomeKind.UNIVERSITY_VENTURE})

# Once a year.
_SURVEY_MONTH = 2
_N_ASKED = 1_000
_SHARE_ANSWERED = 0.42
_HANDOVER_MONTH = 4
_SHARE_LEAVING = 0.08
"""Of the coordinators; their cases and firms are handed over."""

_EXPIRING = OPEN - {State.CONSENTED}

_WORDS: Mapping[str, str] = {
    "need": "見本のニーズ",
    "brief": "見本の紹介文",
    "reason": "見本の理由",
    "letter": "見本の紹介状",
    "document": "見本の書類",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a simulation left in the ledger. ``refused``: by the code of the rule, how often it said no."""

    first_day: date
    last_day: date
    n_cases: int
    n_introductions: int
    n_events: int
    head: Head
    refused: Mapping[str, int]


class FixedDirectory:
    """Organisations that stay as they are, in memory."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._listed = {each.id: each for each in listed}

    def listed(self, organisation_id: str, *, on: date) -> Listed:
        """An organisation, the same on every day. Raises UnknownOrganisationError."""
        try:
            return self._listed[organisation_id]
        except KeyError:
            raise UnknownOrganisationError(id=organisation_id) from None

    def described(self, organisation_id: str) -> Described:
        """Who does not exist says nothing."""
        return Described()

    def seeking(self, clusters: Collection[str], *, on: date) -> Iterable[tuple[Listed, str]]:
        """Who does not exist seeks nothing."""
        return ()

    def clusters(self) -> Collection[str]:
        """Those in which somebody is."""
        return {cluster for each in self._listed.values() for cluster in (each.home_cluster, *each.clusters)}

    def contact(self, organisation_id: str) -> Contact | None:
        """Nobody can be reached who does not exist."""
        return None

    def forget(self, words: Sequence[str]) -> int:
        """There is nothing to forget."""
        return 0


@dataclass(slots=True, kw_only=True)
class _Case:
    """A case as those who live with it see it. ``undecided``: clusters that may have to approve still."""

    id: str
    parties: tuple[Inhabitant, ...]
    asker: Inhabitant | None
    lead: Official
    state: State
    expires_on: date
    undecided: list[str]
    asked: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    was_returned: bool = False
    met_on: date | None = None
    told_meeting: set[str] = field(default_factory=set)
    is_settled: bool = False

    @property
    def counterparts(self) -> tuple[Inhabitant, ...]:
        return tuple(party for party in self.parties if party is not self.asker)


def _case(
    receipt: Receipt, parties: tuple[Inhabitant, ...], asker: Inhabitant | None, lead: Official
) -> _Case:
    if receipt.state is None or receipt.expires_on is None:
        raise ValueError(f"no case: {receipt}")
    clusters = dict.fromkeys([lead.cluster, *(party.home_cluster for party in parties)])
    return _Case(
        id=receipt.id,
        parties=parties,
        asker=asker,
        lead=lead,
        state=receipt.state,
        expires_on=receipt.expires_on,
        undecided=list(clusters) if asker else list(clusters)[1:],
    )


def simulate(
    office: Office,
    listed: Sequence[Listed],
    *,
    years: float,
    seed: int,
    scale: float,
    progress: Progress,
    first_day: date = FIRST_DAY,
) -> Simulated:
    """Years of a network's life in an empty sample ledger.

    ``office``: what the desk works with; its clock and directory are replaced by still ones. ``listed``:
    the organisations that take part. ``scale``: 1.0 for the business of the whole programme. Equal
    arguments, on ledgers that draw equal salts, give equal heads.

    Raises SimulationError for a real ledger, or one with anything in it, or too few organisations.
    """
    _check(office.ledger, listed)
    draw = Random(seed)
    clock = SetClock(datetime.combine(first_day, time(8), OFFICE_ZONE))
    people = Population(listed, draw)
    office = replace(office, clock=clock, directory=FixedDirectory(listed))
    desk = Desk(office)
    life = _Life(desk, people, clock, draw, rules=office.rules, scale=scale)
    days = _working_days(first_day, round(years * _DAYS_PER_YEAR))
    with desk.together():
        life.begin()
    for first in range(0, len(days), _DAYS_TOGETHER):
        with desk.together():
            for number, day in enumerate(days[first : first + _DAYS_TOGETHER], first):
                progress("simulate", number, len(days))
                life.live(day, _share_of_day(day, number / len(days)))
            _send_all(office.ledger, clock.now())
    progress("simulate", len(days), len(days))
    return life.result(office, days)


def _check(ledger: Ledger, listed: Sequence[Listed]) -> None:
    n_firms = sum(each.kind is Kind.FIRM and bool(each.home_cluster) for each in listed)
    reasons = {
        "real-ledger": not ledger.is_sample,
        "ledger-in-use": ledger.head().seq > 0,
        "no-sample-firms": n_firms < _FEWEST_FIRMS or len(listed) == n_firms,
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise SimulationError(folder=str(ledger.folder), reason=reason)


def _send_all(ledger: Ledger, now: datetime) -> None:
    """Nobody is there to read them: messages count as sent when their time has come."""
    with ledger.unit() as unit:
        unit.outbox.mark_all_sent(now)


def _working_days(first_day: date, n_days: int) -> list[date]:
    """Those of so many days."""
    days = (first_day + timedelta(days=n) for n in range(n_days))
    return [day for day in days if is_working_day(day)]


def _share_of_day(day: date, elapsed: float) -> float:
    """How much of a year's average business falls on a day; ``elapsed``: of the whole time, 0–1."""
    growth = _FIRST_YEARS_SHARE + (_LAST_YEARS_SHARE - _FIRST_YEARS_SHARE) * elapsed
    return growth * _SEASON[day.month - 1] / _WORKING_DAYS_PER_YEAR


def _poisson(mean: float, draw: Random) -> int:
    """How often something happens that does so ``mean`` times on average."""
    n, product, limit = 0, draw.random(), exp(-mean)
    while product > limit:
        n, product = n + 1, product * draw.random()
    return n


class _Life:
    """Everybody's doings, on the days when they are due."""

    def __init__(
        self, desk: Desk, people: Population, clock: SetClock, draw: Random, *, rules: Rules, scale: float
    ) -> None:
        self._desk = desk
        self._people = people
        self._clock = clock
        self._draw = draw
        self._rules = rules
        self._scale = scale
        self._agenda: dict[date, deque[Callable[[], None]]] = {}
        self._members: dict[str, Member] = {}
        self._away_until: dict[str, date] = {}
        self._n_waiting: Counter[str] = Counter()
        self._n_keys = 0
        self._first_day = self._today = clock.now().date()
        self._counted: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def result(self, office: Office, days: Sequence[date]) -> Simulated:
        """What there is afterwards."""
        head = office.ledger.head()
        return Simulated(
            first_day=days[0],
            last_day=days[-1],
            n_cases=self._counted["cases"],
            n_introductions=self._counted["introductions"],
            n_events=head.seq,
            head=head,
            refused=dict(sorted(self._refused.items())),
        )

    # The days

    def begin(self) -> None:
        """Everybody is registered."""
        for official in self._people.officials:
            role = Role.COORDINATOR if official.cluster else Role.STAFF
            clusters = (official.cluster,) if official.cluster else ()
            self._register(
                MemberRow(
                    row=0,
                    id=official.id,
                    role=role,
                    clusters=clusters,
                    deputy=official.deputy_id,
                    slack_id=official.id,
                )
            )
        for each in self._people.inhabitants:
            if each.member_id:
                self._register(
                    MemberRow(
                        row=0,
                        id=each.member_id,
                        role=Role.FIRM,
                        organisations=(each.id,),
                        slack_id=each.member_id,
                    )
                )

    def _register(self, row: MemberRow) -> Member:
        self._desk.register_member(row, by=MATCHBOT, key=self._key())
        member = self._desk.member(row.id)
        self._members[row.id] = member
        return member

    def live(self, day: date, share_of_day: float) -> None:
        """A working day: what was due, and what comes up. ``share_of_day``: of a year's business."""
        self._clock.set(datetime.combine(day, _OPENING, OFFICE_ZONE))
        is_new_month = day.month != self._today.month
        self._today = day
        if is_new_month and day.month == _HANDOVER_MONTH:
            self._hand_over()
        if is_new_month and day.month == _SURVEY_MONTH:
            self._survey(f"{day.year}")
        today = self._agenda.setdefault(day, deque())
        for happening, per_year in self._happenings():
            for _ in range(_poisson(per_year * self._scale * share_of_day, self._draw)):
                today.append(happening)
        while today:
            self._do(today.popleft())
        del self._agenda[day]

    def _happenings(self) -> tuple[tuple[Callable[[], None], float], ...]:
        return (
            (self._firm_has_a_need, _NEEDS_OF_FIRMS),
            (self._coordinator_hears_of_a_need, _NEEDS_HEARD),
            (self._coordinator_proposes, _PROPOSALS),
            (self._met_outside, _OUTSIDE),
            (self._visit, _VISITS),
            (self._business_begins, _NEW_BUSINESSES),
            (self._company_changes, _CHANGED_COMPANIES),
            (self._firm_pauses, _PAUSES),
        )

    def _do(self, deed: Callable[[], None]) -> None:
        """What somebody does now, or tries to: the rules may refuse it."""
        try:
            deed()
        except PolicyError as refusal:
            self._refused[str(refusal.facts.get("reason", refusal.code))] += 1

    def _after(self, n_working_days: float, deed: Callable[..., None], *args: object) -> None:
        self._on(add_working_days(self._today, round(n_working_days)), deed, *args)

    def _on(self, day: date, deed: Callable[..., None], *args: object) -> None:
        """On a day, or the next working day."""
        self._agenda.setdefault(working_day_from(day), deque()).append(partial(deed, *args))

    def _key(self) -> str:
        """A key for the next command, some seconds after the last."""
        self._n_keys += 1
        self._clock.set(self._clock.now() + _BETWEEN_COMMANDS)
        return f"sim:{self._n_keys}"

    def _chance(self, share: float) -> bool:
        return self._draw.random() < share

    # Needs and requests

    def _firm_has_a_need(self) -> None:
        firm, purpose = self._people.firm(is_in_slack=True), self._people.purpose()
        if self._is_away(firm):
            return
        member = self._members[firm.member_id]
        need = self._desk.save_need(firm.id, self._text("need"), purpose, by=member, key=self._key())
        shown = self._people.partners(firm, purpose, _N_CARDS)
        ids = [partner.id for partner in shown]
        self._desk.show_partners(need.id, firm.id, ids, by=member, key=self._key())
        for partner in shown:
            if self._chance(_SHARE_RATED):
                is_fitting = self._chance(_SHARE_FITTING)
                self._desk.rate(
                    need.id, firm.id, partner.id, is_fitting=is_fitting, by=member, key=self._key()
                )
        for partner, share in zip(shown, _SHARES_REQUESTED, strict=False):
            if self._chance(share):
                self._do(partial(self._request, firm, self._with_others(firm, purpose, partner), need.id))

    def _with_others(self, firm: Inhabitant, purpose: Purpose, partner: Inhabitant) -> tuple[Inhabitant, ...]:
        """The partner; for a consortium, another one besides."""
        if not self._chance(_SHARE_OF_CONSORTIA):
            return (partner,)
        others = (other for other in self._people.partners(firm, purpose, 2) if other is not partner)
        return (partner, *islice(others, 1))

    def _request(self, firm: Inhabitant, partners: tuple[Inhabitant, ...], need_id: str) -> None:
        receipt = self._desk.request(
            firm.id,
            [partner.id for partner in partners],
            by=self._members[firm.member_id],
            key=self._key(),
            need_id=need_id,
            brief=self._text("brief"),
        )
        lead = self._people.official(firm.home_cluster)
        self._begun(_case(receipt, (firm, *partners), firm, lead))

    def _coordinator_hears_of_a_need(self) -> None:
        self._hear_of_a_need(self._people.firm(is_in_slack=False))

    def _hear_of_a_need(self, firm: Inhabitant, visit_id: str = "") -> None:
        """``visit_id``: of the visit on which they hear of it, "" for none."""
        purpose = self._people.purpose()
        if self._is_away(firm):
            return
        lead = self._people.official(firm.home_cluster)
        by = self._members[lead.id]
        need = self._desk.enter_need(firm.id, self._text("need"), purpose, by=by, key=self._key())
        if visit_id:
            self._desk.link_visit(visit_id, need_id=need.id, by=by, key=self._key())
        shown = self._people.partners(firm, purpose, _N_CARDS)
        ids = [partner.id for partner in shown]
        self._desk.show_partners(need.id, firm.id, ids, by=by, key=self._key())
        for partner, share in zip(shown, _SHARES_REQUESTED, strict=False):
            if self._chance(share):
                self._do(partial(self._enter_request, firm, (partner,), lead, need.id))

    def _enter_request(
        self, firm: Inhabitant, partners: tuple[Inhabitant, ...], lead: Official, need_id: str
    ) -> None:
        receipt = self._desk.enter_request(
            firm.id,
            [partner.id for partner in partners],
            means=self._means(),
            by=self._members[lead.id],
            key=self._key(),
            need_id=need_id,
            brief=self._text("brief"),
        )
        self._begun(_case(receipt, (firm, *partners), firm, lead))

    def _coordinator_proposes(self) -> None:
        self._propose(self._people.firm(is_in_slack=False))

    def _propose(self, firm: Inhabitant, visit_id: str = "") -> None:
        """``visit_id``: of the visit that leads to it, "" for none."""
        purpose = self._people.purpose()
        if self._is_away(firm):
            return
        lead = self._people.official(firm.home_cluster)
        parties = (firm, *self._people.partners(firm, purpose, 1))
        if len(parties) > 1:
            receipt = self._desk.propose(
                [party.id for party in parties],
                by=self._members[lead.id],
                key=self._key(),
                purpose=purpose,
                brief=self._text("brief"),
                cluster=lead.cluster,
            )
            if visit_id:
                by = self._members[lead.id]
                self._desk.link_visit(visit_id, case_id=receipt.id, by=by, key=self._key())
            self._begun(_case(receipt, parties, None, lead))

    def _begun(self, case: _Case) -> None:
        """It waits for whoever is next, and for its end."""
        self._counted["cases"] += 1
        self._on(case.expires_on + timedelta(days=1), self._expire, case)
        self._goes_on(case)
        if case.asker and case.asker.member_id and self._chance(_SHARE_WITHDRAWN):
            self._after(self._draw.randint(1, 10), self._withdraw, case)

    def _goes_on(self, case: _Case) -> None:
        match case.state:
            case State.REQUESTED:
                self._wait_for_decision(case)
            case State.APPROVED | State.ASKED:
                for party in case.parties if case.asker is None else case.counterparts:
                    self._wait_for_answer(case, party)
            case State.CONSENTED:
                self._after(self._draw.randint(0, 3), self._introduce, case)

    # Decisions

    def _wait_for_decision(self, case: _Case) -> None:
        """The next cluster that may have to decide: the leading one first."""
        if not case.undecided:
            return
        cluster = case.undecided.pop(0)
        if not self._chance(_SHARE_NOT_DECIDED):
            mean_days = _DAYS_TO_DECIDE + _DAYS_PER_CASE_WAITING * self._load(cluster)
            n_days = min(self._draw.expovariate(1 / mean_days), _MOST_DAYS_TO_DECIDE)
            self._n_waiting[cluster] += 1
            self._after(n_days, self._decide, case, cluster)

    def _load(self, cluster: str) -> float:
        """How many cases wait for each coordinator of a cluster."""
        return self._n_waiting[cluster] / self._people.n_officials(cluster)

    def _decide(self, case: _Case, cluster: str) -> None:
        load = self._load(cluster)
        self._n_waiting[cluster] -= 1
        if case.state is not State.REQUESTED:
            return
        official = case.lead if case.lead.cluster == cluster else self._people.official(cluster)
        by = self._members[official.id]
        if self._chance(official.strictness + _DECLINED_PER_CASE_WAITING * load):
            reason = self._text("reason")
            self._is(
                case, self._desk.decline(case.id, by=by, key=self._key(), reason=reason, cluster=cluster)
            )
        elif case.asker and not case.was_returned and self._chance(_SHARE_RETURNED):
            self._return(case, by, cluster)
        else:
            self._is(case, self._desk.approve(case.id, by=by, key=self._key(), cluster=cluster))
            self._goes_on(case)

    def _return(self, case: _Case, by: Member, cluster: str) -> None:
        reason = self._text("reason")
        receipt = self._desk.return_request(case.id, by=by, key=self._key(), reason=reason, cluster=cluster)
        self._is(case, receipt)
        case.was_returned = True
        case.undecided.insert(0, cluster)
        if case.asker and case.asker.member_id and self._chance(_SHARE_RESUBMITTED):
            self._after(self._draw.randint(1, 6), self._resubmit, case, case.asker.member_id)

    def _resubmit(self, case: _Case, member_id: str) -> None:
        if case.state is State.RETURNED:
            by, brief = self._members[member_id], self._text("brief")
            self._is(case, self._desk.resubmit(case.id, by=by, key=self._key(), brief=brief))
            self._goes_on(case)

    def _withdraw(self, case: _Case) -> None:
        if case.state in OPEN and case.asker:
            by = self._members[case.asker.member_id]
            self._is(case, self._desk.withdraw(case.id, by=by, key=self._key()))

    def _expire(self, case: _Case) -> None:
        """What nobody answered ends, unless somebody asked for more time."""
        if case.state in _EXPIRING and case.expires_on < self._today:
            self._is(case, self._desk.expire(case.id, by=MATCHBOT, key=self._key()))
        elif case.state in _EXPIRING:
            self._on(case.expires_on + timedelta(days=1), self._expire, case)

    # Answers

    def _wait_for_answer(self, case: _Case, party: Inhabitant) -> None:
        if party.id in case.asked:
            return
        case.asked.add(party.id)
        n_days = min(self._draw.lognormvariate(1.1, 0.7), 16)
        if not party.member_id:
            self._after(self._draw.randint(0, 2), self._ask, case, party)
        if self._chance(party.answers):
            self._after(2 + n_days if not party.member_id else n_days, self._answer, case, party)
        if self._chance(_SHARE_STOPPED) and self._is_only_told(case, party.home_cluster):
            self._after(1, self._stop, case, party)

    def _is_only_told(self, case: _Case, cluster: str) -> bool:
        """Whether a cluster has not had to approve, and can stop the case instead."""
        is_strict = self._rules.cross_cluster == "both" or any(party.is_masked for party in case.parties)
        return not is_strict and cluster not in ("", case.lead.cluster)

    def _ask(self, case: _Case, party: Inhabitant) -> None:
        if case.state in (State.APPROVED, State.ASKED):
            by = self._members[self._people.official(party.home_cluster).id]
            self._is(
                case, self._desk.record_asked(case.id, party.id, means=self._means(), by=by, key=self._key())
            )

    def _stop(self, case: _Case, party: Inhabitant) -> None:
        """The coordinator of a cluster that was only told stops it, unless its party was quicker."""
        cluster = party.home_cluster
        is_in_time = case.state in (State.APPROVED, State.ASKED) and party.id not in case.answered
        if is_in_time:
            by, reason = self._members[self._people.official(cluster).id], self._text("reason")
            self._is(case, self._desk.stop(case.id, by=by, key=self._key(), reason=reason, cluster=cluster))

    def _answer(self, case: _Case, party: Inhabitant) -> None:
        if case.state is not State.ASKED:
            return
        case.answered.add(party.id)
        if self._chance(_SHARE_DEFERRED):
            until = add_working_days(self._today, self._draw.randint(5, 20))
            self._say(case, party, PartyAnswer.DEFERRED, until)
            if self._chance(party.answers):
                self._on(until, self._answer, case, party)
            return
        agrees = party.agrees if case.asker else _SHARE_KEEN_ON_PROPOSALS
        self._say(case, party, PartyAnswer.YES if self._chance(agrees) else PartyAnswer.NO)
        self._goes_on(case)

    def _say(self, case: _Case, party: Inhabitant, answer: PartyAnswer, until: date | None = None) -> None:
        """In Slack itself, else through its coordinator."""
        key = self._key()
        if not party.member_id:
            by = self._members[self._people.official(party.home_cluster).id]
            receipt = self._desk.record_answer(
                case.id, party.id, answer, means=self._means(), by=by, key=key, until=until
            )
        elif until is not None:
            receipt = self._desk.defer(
                case.id, party.id, until=until, by=self._members[party.member_id], key=key
            )
        else:
            say = self._desk.consent if answer is PartyAnswer.YES else self._desk.refuse
            receipt = say(case.id, party.id, by=self._members[party.member_id], key=key)
        self._is(case, receipt)

    def _introduce(self, case: _Case) -> None:
        if case.state is State.CONSENTED:
            self._is(case, self._delivered(case))
            self._introduced(case, self._today)

    def _delivered(self, case: _Case) -> Receipt:
        """In Slack where all are there, else by mail."""
        by, letter = self._members[case.lead.id], self._text("letter")
        if not all(party.member_id for party in case.parties):
            return self._desk.introduce(
                case.id, by=by, key=self._key(), delivered_by=Means.MAIL, letter=letter
            )
        self._desk.order_delivery(case.id, letter=letter, by=by, key=self._key())
        return self._desk.confirm_delivery(case.id, channel="sample", ts=str(case.id), key=self._key())

    def _met_outside(self) -> None:
        """At a fair, on a visit, by telephone; logged some days afterwards."""
        firm, purpose = self._people.firm(is_in_slack=False), self._people.purpose()
        lead = self._people.official(firm.home_cluster)
        parties = (firm, *self._people.partners(firm, purpose, 1))
        if len(parties) < 2:
            return
        made_on = max(self._first_day, self._today - timedelta(days=self._draw.randint(0, 9)))
        receipt = self._desk.log_outside(
            [party.id for party in parties],
            means=self._means(),
            made_on=made_on,
            purpose=purpose,
            by=self._members[lead.id],
            key=self._key(),
        )
        if not receipt.notices:
            self._counted["cases"] += 1
            self._introduced(_case(receipt, parties, None, lead), made_on)

    # Afterwards

    def _introduced(self, case: _Case, on: date) -> None:
        """They may meet, and are asked about it; of a meeting may come more."""
        self._counted["introductions"] += 1
        if self._chance(_SHARE_MEETING):
            case.met_on = on + timedelta(days=round(self._draw.lognormvariate(_LOG_DAYS_TO_MEETING, 0.6)))
            if self._chance(_SHARE_WITH_AGREEMENT):
                n_days = self._draw.lognormvariate(_LOG_DAYS_TO_AGREEMENT, 0.7)
                self._on(case.met_on + timedelta(days=round(n_days)), self._agree, case)
        for n_days in _FOLLOW_UPS:
            self._on(on + timedelta(days=n_days), self._follow_up, case, n_days)

    def _follow_up(self, case: _Case, n_days: int) -> None:
        has_met = case.met_on is not None and case.met_on <= self._today
        if n_days >= _DAYS_OF_PATIENCE and not (case.is_settled or has_met) and self._chance(_SHARE_DROPPED):
            self._drop(case)
        if case.is_settled:
            return
        answer_by = add_working_days(self._today, _DAYS_TO_ANSWER)
        for party in case.parties:
            self._desk.ask_follow_up(
                case.id, party.id, days=n_days, answer_by=answer_by, by=MATCHBOT, key=self._key()
            )
            if self._chance(_SHARE_TOLD if party.member_id else _SHARE_TOLD_BY_COORDINATOR):
                self._after(self._draw.randint(0, _DAYS_TO_ANSWER), self._tell, case, party, n_days)
            else:
                self._on(answer_by + timedelta(days=1), self._keep_silent, case, party, n_days)

    def _drop(self, case: _Case) -> None:
        """A coordinator no longer believes that they will ever meet."""
        by = self._members[case.lead.id]
        self._desk.record_progress(case.id, Stage.GIVEN_UP, by=by, key=self._key())
        case.is_settled = True

    def _keep_silent(self, case: _Case, party: Inhabitant, n_days: int) -> None:
        self._desk.close_follow_up(case.id, party.id, days=n_days, by=MATCHBOT, key=self._key())

    def _tell(self, case: _Case, party: Inhabitant, n_days: int) -> None:
        """How it went, as far as this party can say."""
        has_met = case.met_on is not None and case.met_on <= self._today
        is_news = has_met and party.id not in case.told_meeting
        if is_news:
            case.told_meeting.add(party.id)
        if self._chance(_SHARE_GIVEN_UP[n_days]):
            progress = Stage.GIVEN_UP
        else:
            progress = Stage.CONTINUING if has_met else Stage.NO_CONTACT
        self._desk.answer_follow_up(
            case.id,
            party.id,
            days=n_days,
            by=self._voice(party),
            key=self._key(),
            progress=None if case.is_settled or progress is Stage.NO_CONTACT else progress,
            met_on=case.met_on if is_news else None,
            form=MeetingForm.ONLINE if self._chance(0.1) else MeetingForm.IN_PERSON,
        )
        case.is_settled = case.is_settled or progress is Stage.GIVEN_UP

    def _agree(self, case: _Case) -> None:
        """Something came of it: both parties say so, or one, or the coordinator, some with a document."""
        certainty = Certainty.EXPECTED if self._chance(_SHARE_EXPECTED) else Certainty.CONFIRMED
        kind = next(
            (_AGREEMENT[party.kind] for party in case.parties if party.kind in _AGREEMENT), OutcomeKind.DEAL
        )
        claimants = case.parties if self._chance(_SHARE_SAID_BY_BOTH) else case.parties[:1]
        for party in claimants:
            claim = Claim(
                organisation_id=party.id,
                case_id=case.id,
                attribution=self._one_of(_ATTRIBUTIONS),
                would_have_met=self._one_of(_ANYWAY),
                document=self._document(),
            )
            receipt = self._desk.claim_outcome(
                kind,
                [each.id for each in case.parties],
                on=self._today,
                certainty=certainty,
                by=self._voice(party),
                key=self._key(),
                claim=claim,
            )
        if certainty is Certainty.EXPECTED and self._chance(_SHARE_COME_TRUE):
            self._after(self._draw.randint(20, 120), self._confirm, case, receipt.id)
        if self._chance(_SHARE_BUSINESS):
            self._after(self._draw.randint(60, 300), self._begin_business, case)

    def _confirm(self, case: _Case, outcome_id: str) -> None:
        by = self._members[case.lead.id]
        self._desk.confirm_outcome(outcome_id, on=self._today, by=by, key=self._key())

    def _begin_business(self, case: _Case) -> None:
        firms = [party.id for party in case.parties if party.kind is Kind.FIRM]
        claim = Claim(case_id=case.id, attribution=self._one_of(_ATTRIBUTIONS))
        self._add_business(firms[:1] or [case.parties[0].id], case.lead, claim)

    def _add_business(self, organisations: list[str], lead: Official, claim: Claim) -> None:
        key = self._key()
        self._desk.add_business(
            organisations,
            key.replace(":", "-"),
            on=self._today,
            certainty=Certainty.CONFIRMED,
            by=self._members[lead.id],
            key=key,
            novelty=self._draw.choice(list(Novelty)),
            start=self._draw.choice(list(Start)),
            claim=replace(claim, document=self._document()),
        )

    def _document(self) -> str:
        """What shows that something came of it, where somebody has it."""
        return self._text("document") if self._chance(_SHARE_DOCUMENTED) else ""

    # Beside introductions

    def _visit(self) -> None:
        firm = self._people.firm(is_in_slack=False)
        by = self._members[self._people.official(firm.home_cluster).id]
        visit = self._desk.log_visit([firm.id], on=self._today, by=by, key=self._key(), means=Means.VISIT)
        led_to = self._draw.random()
        if led_to < _SHARE_WITH_NEED:
            self._hear_of_a_need(firm, visit.id)
        elif led_to < _SHARE_WITH_NEED + _SHARE_WITH_PROPOSAL:
            self._propose(firm, visit.id)

    def _business_begins(self) -> None:
        """A new business without any introduction, as the network hears of it."""
        firm = self._people.firm(is_in_slack=False)
        self._add_business([firm.id], self._people.official(firm.home_cluster), Claim())

    def _company_changes(self) -> None:
        """A company is founded, changes what it lives on, or is listed."""
        kind = self._one_of(_COMPANIES)
        firm = self._people.firm(is_in_slack=False)
        key = self._key()
        self._desk.record_outcome(
            kind,
            [firm.id],
            on=self._today,
            certainty=Certainty.CONFIRMED,
            by=self._members[self._people.official(firm.home_cluster).id],
            key=key,
            subject_id=key.replace(":", "-") if kind in _NEW_COMPANIES else "",
        )

    def _firm_pauses(self) -> None:
        """For some weeks, or for good."""
        firm = self._people.firm(is_in_slack=True)
        by = self._members[firm.member_id]
        if self._is_away(firm):
            return
        if self._chance(_SHARE_LEFT):
            self._away_until[firm.id] = date.max
            self._desk.opt_out(firm.id, by=by, key=self._key())
        else:
            self._away_until[firm.id] = until = self._today + timedelta(days=self._draw.randint(14, 90))
            self._desk.pause(firm.id, by=by, key=self._key(), until=until)

    def _is_away(self, firm: Inhabitant) -> bool:
        """Whether it wants to be left alone, and so asks for nothing either."""
        return self._today <= self._away_until.get(firm.id, date.min)

    def _hand_over(self) -> None:
        """Some coordinators leave, and others take their seats."""
        staff = self._members[self._people.official("").id]
        for official in self._people.officials:
            if official.cluster and self._chance(_SHARE_LEAVING):
                leaving = self._members[official.id]
                id = f"{official.id}:{self._today.year}"
                row = MemberRow(
                    row=0,
                    id=id,
                    role=Role.COORDINATOR,
                    clusters=(official.cluster,),
                    deputy=official.deputy_id,
                    slack_id=id,
                )
                self._members[official.id] = taking = self._register(row)
                self._desk.handover(leaving.id, taking.id, by=staff, key=self._key())
                self._desk.remove_member(leaving.id, by=staff, key=self._key())

    def _survey(self, wave: str) -> None:
        """Some of those in Slack are asked how satisfied they are; some answer within the weeks after."""
        everybody = [each.member_id for each in self._people.inhabitants if each.member_id]
        n_asked = min(len(everybody), max(1, round(_N_ASKED * self._scale)))
        asked = self._draw.sample(everybody, n_asked)
        staff = self._members[self._people.official("").id]
        self._desk.send_survey(wave, asked, by=staff, key=self._key())
        for member_id in asked:
            if self._chance(_SHARE_ANSWERED):
                self._after(self._draw.randint(0, 20), self._answer_survey, wave, member_id)

    def _answer_survey(self, wave: str, member_id: str) -> None:
        liking = self._draw.betavariate(5, 2.5)
        self._desk.answer_survey(
            wave,
            by=self._members[member_id],
            key=self._key(),
            satisfaction=min(5, 1 + int(5 * liking)),
            recommendation=min(10, int(11 * liking)),
        )

    # Within

    def _voice(self, party: Inhabitant) -> Member:
        """Who speaks for a party: its own member, else a coordinator."""
        return self._members[party.member_id or self._people.official(party.home_cluster).id]

    def _is(self, case: _Case, receipt: Receipt) -> None:
        """How the case stands now."""
        case.state = receipt.state or case.state
        case.expires_on = receipt.expires_on or case.expires_on

    def _means(self) -> Means:
        return self._one_of(_MEANS)

    def _one_of(self, shares: Mapping[Value, float]) -> Value:
        return self._draw.choices(list(shares), list(shares.values()))[0]

    def _text(self, kind: str) -> str:
        """Words nobody has said before."""
        return f"{_WORDS[kind]} {self._n_keys + 1}"
