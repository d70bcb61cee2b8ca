"""What becomes of a case, from the need to what came of the introduction."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import islice

from corpus.records import Kind
from matchbot.aftermath.outcomes import Certainty, Novelty, OutcomeKind, Start
from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.desk import Claim, Receipt
from matchbot.following import PartyAnswer
from matchbot.introductions.words import OPEN, Means, State
from matchbot.members import MATCHBOT, Member
from matchbot.need import Purpose
from matchbot.simulation import assumed
from matchbot.simulation.days import Days
from matchbot.simulation.population import Inhabitant, Official
from matchbot.workdays import add_working_days

_EXPIRING = OPEN - {State.CONSENTED}


@dataclass(slots=True, kw_only=True)
class Case:
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


def case_of(
    receipt: Receipt, parties: tuple[Inhabitant, ...], asker: Inhabitant | None, lead: Official
) -> Case:
    if receipt.state is None or receipt.expires_on is None:
        raise ValueError(f"no case: {receipt}")
    clusters = dict.fromkeys([lead.cluster, *(party.home_cluster for party in parties)])
    return Case(
        id=receipt.id,
        parties=parties,
        asker=asker,
        lead=lead,
        state=receipt.state,
        expires_on=receipt.expires_on,
        undecided=list(clusters) if asker else list(clusters)[1:],
    )


class Cases(Days):
    """Everybody's doings about introductions, on the days when they are due."""

    # Needs and requests

    def _firm_has_a_need(self) -> None:
        firm, purpose = self._people.firm(is_in_slack=True), self._people.purpose()
        if self._is_away(firm):
            return
        member = self._members[firm.member_id]
        need = self._desk.save_need(firm.id, self._text("need"), purpose, by=member, key=self._key())
        shown = self._people.partners(firm, purpose, assumed.N_CARDS)
        ids = [partner.id for partner in shown]
        self._desk.show_partners(need.id, firm.id, ids, by=member, key=self._key())
        for partner in shown:
            if self._chance(assumed.SHARE_RATED):
                is_fitting = self._chance(assumed.SHARE_FITTING)
                self._desk.rate(
                    need.id, firm.id, partner.id, is_fitting=is_fitting, by=member, key=self._key()
                )
        for partner, share in zip(shown, assumed.SHARES_REQUESTED, strict=False):
            if self._chance(share):
                self._do(partial(self._request, firm, self._with_others(firm, purpose, partner), need.id))

    def _with_others(self, firm: Inhabitant, purpose: Purpose, partner: Inhabitant) -> tuple[Inhabitant, ...]:
        """The partner; for a consortium, another one besides."""
        if not self._chance(assumed.SHARE_OF_CONSORTIA):
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
        self._begun(case_of(receipt, (firm, *partners), firm, lead))

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
        shown = self._people.partners(firm, purpose, assumed.N_CARDS)
        ids = [partner.id for partner in shown]
        self._desk.show_partners(need.id, firm.id, ids, by=by, key=self._key())
        for partner, share in zip(shown, assumed.SHARES_REQUESTED, strict=False):
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
        self._begun(case_of(receipt, (firm, *partners), firm, lead))

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
            self._begun(case_of(receipt, parties, None, lead))

    def _begun(self, case: Case) -> None:
        """It waits for whoever is next, and for its end."""
        self._counted["cases"] += 1
        self._on(case.expires_on + timedelta(days=1), self._expire, case)
        self._goes_on(case)
        if case.asker and case.asker.member_id and self._chance(assumed.SHARE_WITHDRAWN):
            self._after(self._draw.randint(1, 10), self._withdraw, case)

    def _goes_on(self, case: Case) -> None:
        match case.state:
            case State.REQUESTED:
                self._wait_for_decision(case)
            case State.APPROVED | State.ASKED:
                for party in case.parties if case.asker is None else case.counterparts:
                    self._wait_for_answer(case, party)
            case State.CONSENTED:
                self._after(self._draw.randint(0, 3), self._introduce, case)

    # Decisions

    def _wait_for_decision(self, case: Case) -> None:
        """The next cluster that may have to decide: the leading one first."""
        if not case.undecided:
            return
        cluster = case.undecided.pop(0)
        if not self._chance(assumed.SHARE_NOT_DECIDED):
            mean_days = assumed.DAYS_TO_DECIDE + assumed.DAYS_PER_CASE_WAITING * self._load(cluster)
            n_days = min(self._draw.expovariate(1 / mean_days), assumed.MOST_DAYS_TO_DECIDE)
            self._n_waiting[cluster] += 1
            self._after(n_days, self._decide, case, cluster)

    def _load(self, cluster: str) -> float:
        """How many cases wait for each coordinator of a cluster."""
        return self._n_waiting[cluster] / self._people.n_officials(cluster)

    def _decide(self, case: Case, cluster: str) -> None:
        load = self._load(cluster)
        self._n_waiting[cluster] -= 1
        if case.state is not State.REQUESTED:
            return
        official = case.lead if case.lead.cluster == cluster else self._people.official(cluster)
        by = self._members[official.id]
        if self._chance(official.strictness + assumed.DECLINED_PER_CASE_WAITING * load):
            reason = self._text("reason")
            self._is(
                case, self._desk.decline(case.id, by=by, key=self._key(), reason=reason, cluster=cluster)
            )
        elif case.asker and not case.was_returned and self._chance(assumed.SHARE_RETURNED):
            self._return(case, by, cluster)
        else:
            self._is(case, self._desk.approve(case.id, by=by, key=self._key(), cluster=cluster))
            self._goes_on(case)

    def _return(self, case: Case, by: Member, cluster: str) -> None:
        reason = self._text("reason")
        receipt = self._desk.return_request(case.id, by=by, key=self._key(), reason=reason, cluster=cluster)
        self._is(case, receipt)
        case.was_returned = True
        case.undecided.insert(0, cluster)
        if case.asker and case.asker.member_id and self._chance(assumed.SHARE_RESUBMITTED):
            self._after(self._draw.randint(1, 6), self._resubmit, case, case.asker.member_id)

    def _resubmit(self, case: Case, member_id: str) -> None:
        if case.state is State.RETURNED:
            by, brief = self._members[member_id], self._text("brief")
            self._is(case, self._desk.resubmit(case.id, by=by, key=self._key(), brief=brief))
            self._goes_on(case)

    def _withdraw(self, case: Case) -> None:
        if case.state in OPEN and case.asker:
            by = self._members[case.asker.member_id]
            self._is(case, self._desk.withdraw(case.id, by=by, key=self._key()))

    def _expire(self, case: Case) -> None:
        """What nobody answered ends, unless somebody asked for more time."""
        if case.state in _EXPIRING and case.expires_on < self._today:
            self._is(case, self._desk.expire(case.id, by=MATCHBOT, key=self._key()))
        elif case.state in _EXPIRING:
            self._on(case.expires_on + timedelta(days=1), self._expire, case)

    # Answers

    def _wait_for_answer(self, case: Case, party: Inhabitant) -> None:
        if party.id in case.asked:
            return
        case.asked.add(party.id)
        n_days = min(self._draw.lognormvariate(1.1, 0.7), 16)
        if not party.member_id:
            self._after(self._draw.randint(0, 2), self._ask, case, party)
        if self._chance(party.answers):
            self._after(2 + n_days if not party.member_id else n_days, self._answer, case, party)
        if self._chance(assumed.SHARE_STOPPED) and self._is_only_told(case, party.home_cluster):
            self._after(1, self._stop, case, party)

    def _is_only_told(self, case: Case, cluster: str) -> bool:
        """Whether a cluster has not had to approve, and can stop the case instead."""
        is_strict = self._rules.cross_cluster == "both" or any(party.is_masked for party in case.parties)
        return not is_strict and cluster not in ("", case.lead.cluster)

    def _ask(self, case: Case, party: Inhabitant) -> None:
        if case.state in (State.APPROVED, State.ASKED):
            by = self._members[self._people.official(party.home_cluster).id]
            self._is(
                case, self._desk.record_asked(case.id, party.id, means=self._means(), by=by, key=self._key())
            )

    def _stop(self, case: Case, party: Inhabitant) -> None:
        """The coordinator of a cluster that was only told stops it, unless its party was quicker."""
        cluster = party.home_cluster
        is_in_time = case.state in (State.APPROVED, State.ASKED) and party.id not in case.answered
        if is_in_time:
            by, reason = self._members[self._people.official(cluster).id], self._text("reason")
            self._is(case, self._desk.stop(case.id, by=by, key=self._key(), reason=reason, cluster=cluster))

    def _answer(self, case: Case, party: Inhabitant) -> None:
        if case.state is not State.ASKED:
            return
        case.answered.add(party.id)
        if self._chance(assumed.SHARE_DEFERRED):
            until = add_working_days(self._today, self._draw.randint(5, 20))
            self._say(case, party, PartyAnswer.DEFERRED, until)
            if self._chance(party.answers):
                self._on(until, self._answer, case, party)
            return
        agrees = party.agrees if case.asker else assumed.SHARE_KEEN_ON_PROPOSALS
        self._say(case, party, PartyAnswer.YES if self._chance(agrees) else PartyAnswer.NO)
        self._goes_on(case)

    def _say(self, case: Case, party: Inhabitant, answer: PartyAnswer, until: date | None = None) -> None:
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

    def _introduce(self, case: Case) -> None:
        if case.state is State.CONSENTED:
            self._is(case, self._delivered(case))
            self._introduced(case, self._today)

    def _delivered(self, case: Case) -> Receipt:
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
            self._introduced(case_of(receipt, parties, None, lead), made_on)

    # Afterwards

    def _introduced(self, case: Case, on: date) -> None:
        """They may meet, and are asked about it; of a meeting may come more."""
        self._counted["introductions"] += 1
        if self._chance(assumed.SHARE_MEETING):
            case.met_on = on + timedelta(
                days=round(self._draw.lognormvariate(assumed.LOG_DAYS_TO_MEETING, 0.6))
            )
            if self._chance(assumed.SHARE_WITH_AGREEMENT):
                n_days = self._draw.lognormvariate(assumed.LOG_DAYS_TO_AGREEMENT, 0.7)
                self._on(case.met_on + timedelta(days=round(n_days)), self._agree, case)
        for n_days in assumed.FOLLOW_UPS:
            self._on(on + timedelta(days=n_days), self._follow_up, case, n_days)

    def _follow_up(self, case: Case, n_days: int) -> None:
        has_met = case.met_on is not None and case.met_on <= self._today
        if (
            n_days >= assumed.DAYS_OF_PATIENCE
            and not (case.is_settled or has_met)
            and self._chance(assumed.SHARE_DROPPED)
        ):
            self._drop(case)
        if case.is_settled:
            return
        answer_by = add_working_days(self._today, assumed.DAYS_TO_ANSWER)
        for party in case.parties:
            self._desk.ask_follow_up(
                case.id, party.id, days=n_days, answer_by=answer_by, by=MATCHBOT, key=self._key()
            )
            if self._chance(assumed.SHARE_TOLD if party.member_id else assumed.SHARE_TOLD_BY_COORDINATOR):
                self._after(self._draw.randint(0, assumed.DAYS_TO_ANSWER), self._tell, case, party, n_days)
            else:
                self._on(answer_by + timedelta(days=1), self._keep_silent, case, party, n_days)

    def _drop(self, case: Case) -> None:
        """A coordinator no longer believes that they will ever meet."""
        by = self._members[case.lead.id]
        self._desk.record_progress(case.id, CaseProgress.GIVEN_UP, by=by, key=self._key())
        case.is_settled = True

    def _keep_silent(self, case: Case, party: Inhabitant, n_days: int) -> None:
        self._desk.close_follow_up(case.id, party.id, days=n_days, by=MATCHBOT, key=self._key())

    def _tell(self, case: Case, party: Inhabitant, n_days: int) -> None:
        """How it went, as far as this party can say."""
        has_met = case.met_on is not None and case.met_on <= self._today
        is_news = has_met and party.id not in case.told_meeting
        if is_news:
            case.told_meeting.add(party.id)
        if self._chance(assumed.SHARE_GIVEN_UP[n_days]):
            progress = CaseProgress.GIVEN_UP
        else:
            progress = CaseProgress.CONTINUING if has_met else CaseProgress.NO_CONTACT
        self._desk.answer_follow_up(
            case.id,
            party.id,
            days=n_days,
            by=self._voice(party),
            key=self._key(),
            progress=None if case.is_settled or progress is CaseProgress.NO_CONTACT else progress,
            met_on=case.met_on if is_news else None,
            form=MeetingForm.ONLINE if self._chance(0.1) else MeetingForm.IN_PERSON,
        )
        case.is_settled = case.is_settled or progress is CaseProgress.GIVEN_UP

    def _agree(self, case: Case) -> None:
        """Something came of it: both parties say so, or one, or the coordinator, some with a document."""
        certainty = Certainty.EXPECTED if self._chance(assumed.SHARE_EXPECTED) else Certainty.CONFIRMED
        kind = next(
            (assumed.AGREEMENT[party.kind] for party in case.parties if party.kind in assumed.AGREEMENT),
            OutcomeKind.DEAL,
        )
        claimants = case.parties if self._chance(assumed.SHARE_SAID_BY_BOTH) else case.parties[:1]
        for party in claimants:
            claim = Claim(
                organisation_id=party.id,
                case_id=case.id,
                attribution=self._one_of(assumed.ATTRIBUTIONS),
                would_have_met=self._one_of(assumed.ANYWAY),
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
        if certainty is Certainty.EXPECTED and self._chance(assumed.SHARE_COME_TRUE):
            self._after(self._draw.randint(20, 120), self._confirm, case, receipt.id)
        if self._chance(assumed.SHARE_BUSINESS):
            self._after(self._draw.randint(60, 300), self._begin_business, case)

    def _confirm(self, case: Case, outcome_id: str) -> None:
        by = self._members[case.lead.id]
        self._desk.confirm_outcome(outcome_id, on=self._today, by=by, key=self._key())

    def _begin_business(self, case: Case) -> None:
        firms = [party.id for party in case.parties if party.kind is Kind.FIRM]
        claim = Claim(case_id=case.id, attribution=self._one_of(assumed.ATTRIBUTIONS))
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
        return self._text("document") if self._chance(assumed.SHARE_DOCUMENTED) else ""

    def _is(self, case: Case, receipt: Receipt) -> None:
        """How the case stands now."""
        case.state = receipt.state or case.state
        case.expires_on = receipt.expires_on or case.expires_on
