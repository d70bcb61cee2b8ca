"""Introductions under any sequence of commands, sensible or not."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from corpus.records import Kind
from matchbot.errors import StepError, TransitionError
from matchbot.introductions import decisions as do
from matchbot.introductions.cases import Act, Introduction, evolve, fold
from matchbot.introductions.events import (
    CaseHandedOver,
    ConsentRefused,
    DeliveryConfirmed,
    Event,
    IntroductionExpired,
    IntroductionMade,
    IntroductionReversed,
)
from matchbot.introductions.parties import Party, Statement
from matchbot.introductions.transitions import BEGINNINGS, TRANSITIONS
from matchbot.introductions.words import EXITS, CasePath, CrossCluster, Means, State
from matchbot.need import Purpose
from matchbot.references import TextRef

TODAY = date(2026, 4, 1)
WHY = TextRef(id="t1", commitment="c0ffee")
CLUSTERS = ["", "north", "south", "west"]

organisations = st.sampled_from(["a", "b", "c", "stranger"])
clusters = st.sampled_from(CLUSTERS)
members = st.sampled_from(["m1", "m2", "m3"])
days = st.integers(0, 30).map(lambda n: TODAY + timedelta(days=n))
means = st.sampled_from(Means)
answers = st.builds(
    Statement, member_id=st.sampled_from(["", "m1"]), means=means, attested_by=st.sampled_from(["", "m2"])
)


@st.composite
def parties(draw: st.DrawFn, *, is_requested: bool) -> list[Party]:
    found = [
        Party(
            organisation_id=id,
            kind=draw(st.sampled_from(Kind)),
            home_cluster=draw(clusters),
            is_masked=draw(st.booleans()),
            is_requester=is_requested and id == "a",
        )
        for id in ["a", "b", "c"][: draw(st.integers(2, 3))]
    ]
    return draw(st.permutations(found))


class Case(RuleBasedStateMachine):
    """Commands of anybody, at any time; those that are refused must change nothing."""

    case: Introduction
    events: list[Event]

    def take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            before = self.case.state
            after = evolve(self.case, event)
            assert after.state in {before, TRANSITIONS[before, type(event)]}
            self.case = after
            self.events.append(event)

    def attempt(self, command: Callable[..., tuple[Event, ...]], **facts: object) -> bool:
        """Whether it was possible."""
        try:
            events = command(self.case, **facts)
        except (StepError, TransitionError):
            return False
        self.take(events)
        return True

    def begin(self, events: tuple[Event, ...]) -> None:
        first, *rest = events
        self.case = evolve(None, first)
        self.events = [first]
        assert self.case.state is BEGINNINGS[type(first)]
        self.take(tuple(rest))

    @initialize(data=st.data(), way=st.sampled_from(["request", "propose", "outside"]))
    def someone_begins(self, data: st.DataObject, way: str) -> None:
        draw = data.draw
        said = {"need_id": "n1", "purpose": draw(st.sampled_from(Purpose))}
        rule = {"cross_cluster": draw(st.sampled_from(CrossCluster)), "expires_on": draw(days)}
        involved = draw(parties(is_requested=way == "request"))
        if way == "request":
            by = draw(
                st.sampled_from([Statement(member_id="m1"), Statement(attested_by="m2", means=Means.PHONE)])
            )
            self.begin(do.request("k", parties=involved, by=by, wording="w1", **said, **rule))
        elif way == "propose":
            by_whom = {"cluster": draw(clusters), "member_id": draw(members)}
            self.begin(do.propose("k", parties=involved, **by_whom, **said, **rule))
        else:
            how = {"means": draw(means.filter(lambda m: m is not Means.SLACK)), "member_id": draw(members)}
            self.begin(do.log_outside("k", parties=involved, wording="w1", made_on=TODAY, **how, **said))

    @rule(cluster=clusters, member=members, reason=st.sampled_from([None, WHY]), is_close=st.booleans())
    def approve(self, cluster: str, member: str, reason: TextRef | None, is_close: bool) -> None:
        warning = "same-group" if is_close else ""
        self.attempt(do.approve, cluster=cluster, member_id=member, warning=warning, reason=reason)

    @rule(member=members)
    def approve_where_it_is_needed(self, member: str) -> None:
        for turn in self.case.waiting_for:
            if turn.act is Act.APPROVE:
                self.attempt(do.approve, cluster=turn.cluster, member_id=member)

    @rule(cluster=clusters, member=members, day=days)
    def return_(self, cluster: str, member: str, day: date) -> None:
        self.attempt(do.return_, cluster=cluster, member_id=member, reason=WHY, expires_on=day)

    @rule(member=members, day=days)
    def resubmit(self, member: str, day: date) -> None:
        self.attempt(do.resubmit, member_id=member, expires_on=day)

    @rule(cluster=clusters, member=members)
    def decline(self, cluster: str, member: str) -> None:
        self.attempt(do.decline, cluster=cluster, member_id=member, reason=WHY)

    @rule(cluster=clusters, member=members)
    def stop(self, cluster: str, member: str) -> None:
        can = do.can_stop(self.case, cluster)
        assert can == self.attempt(do.stop, cluster=cluster, member_id=member, reason=WHY)

    @rule(organisation=organisations, means=means, day=days)
    def ask(self, organisation: str, means: Means, day: date) -> None:
        self.attempt(do.ask, organisation_id=organisation, means=means, expires_on=day)

    @rule(day=days)
    def ask_everybody(self, day: date) -> None:
        for turn in self.case.waiting_for:
            if turn.act is Act.ASK:
                self.attempt(do.ask, organisation_id=turn.organisation_id, means=Means.SLACK, expires_on=day)

    @rule(organisation=organisations, answer=answers)
    def consent(self, organisation: str, answer: Statement) -> None:
        self.attempt(do.consent, organisation_id=organisation, answer=answer, wording="w1")

    @rule()
    def consent_of_everybody_asked(self) -> None:
        for turn in self.case.waiting_for:
            if turn.act is Act.ANSWER:
                said = {"answer": Statement(member_id="m1"), "wording": "w1"}
                self.attempt(do.consent, organisation_id=turn.organisation_id, **said)

    @rule(organisation=organisations, answer=answers)
    def refuse(self, organisation: str, answer: Statement) -> None:
        self.attempt(do.refuse, organisation_id=organisation, answer=answer)

    @rule(organisation=organisations, answer=answers, until=days)
    def defer(self, organisation: str, answer: Statement, until: date) -> None:
        self.attempt(do.defer, organisation_id=organisation, answer=answer, until=until)

    @rule(means=means)
    def introduce(self, means: Means) -> None:
        self.attempt(do.introduce, delivered_by=means)

    @rule(organisation=organisations, member=members)
    def ask_question(self, organisation: str, member: str) -> None:
        self.attempt(do.ask_question, organisation_id=organisation, member_id=member, text=WHY)

    @rule(question=st.sampled_from(["q1", "q2"]), organisation=organisations, member=members)
    def answer_question(self, question: str, organisation: str, member: str) -> None:
        said = {"question_id": question, "organisation_id": organisation, "member_id": member}
        self.attempt(do.answer_question, **said, text=WHY)

    @rule(member=members)
    def order_delivery(self, member: str) -> None:
        is_under_way = self.case.delivery is not None
        assert not (self.attempt(do.order_delivery, member_id=member, letter=WHY) and is_under_way)

    @rule()
    def confirm_delivery(self) -> None:
        ordered = self.case.delivery
        if self.attempt(do.confirm_delivery, channel="G1", ts="1.1"):
            assert ordered is not None
            assert self.case.letter == ordered.letter

    @rule()
    def report_undelivered(self) -> None:
        if self.attempt(do.report_undelivered, reason="no_such_user"):
            assert [turn.act for turn in self.case.waiting_for] == [Act.INTRODUCE]

    @rule(organisation=organisations, member=members)
    def withdraw(self, organisation: str, member: str) -> None:
        self.attempt(do.withdraw, organisation_id=organisation, member_id=member)

    @rule(day=days)
    def expire(self, day: date) -> None:
        is_due = day > self.case.expires_on and (self.case.state, IntroductionExpired) in TRANSITIONS
        assert is_due == self.attempt(do.expire, on=day)

    @rule(member=members)
    def cancel(self, member: str) -> None:
        self.attempt(do.cancel, member_id=member, reason=WHY)

    @rule(member=members)
    def reverse(self, member: str) -> None:
        self.attempt(do.reverse, member_id=member, reason=WHY)

    @rule(giver=members, taker=members)
    def hand_over(self, giver: str, taker: str) -> None:
        self.attempt(do.hand_over, from_member=giver, to_member=taker)

    @rule(organisation=organisations, member=members)
    def request_nda(self, organisation: str, member: str) -> None:
        self.attempt(do.request_nda, organisation_id=organisation, member_id=member)

    @rule(day=days, member=members, is_corrected=st.booleans())
    def sign_nda(self, day: date, member: str, is_corrected: bool) -> None:
        self.attempt(do.sign_nda, signed_on=day, member_id=member, reason=WHY if is_corrected else None)

    @rule(organisation=organisations, member=members)
    def attach(self, organisation: str, member: str) -> None:
        self.attempt(do.attach, organisation_id=organisation, member_id=member, document=WHY)

    @invariant()
    def the_fold_of_the_events_is_the_case(self) -> None:
        assert fold(self.events) == self.case

    @invariant()
    def nothing_is_made_before_every_party_said_yes(self) -> None:
        if self.case.is_released:
            assert self.case.consents_missing == ()

    @invariant()
    def nobody_is_asked_before_every_approval(self) -> None:
        if self.case.path is not CasePath.OUTSIDE and (self.case.asked or self.case.is_released):
            assert self.case.approvals_missing == ()

    @invariant()
    def no_one_approves_twice(self) -> None:
        approvers = [approval.member_id for approval in self.case.approvals]
        assert len(approvers) == len(set(approvers))

    @invariant()
    def an_open_case_always_waits_for_somebody_and_an_ended_one_for_nobody(self) -> None:
        assert bool(self.case.waiting_for) == self.case.is_open

    @invariant()
    def an_exit_is_the_end(self) -> None:
        if self.case.state in EXITS:
            assert not any(state is self.case.state for state, _ in TRANSITIONS)

    @invariant()
    def an_introduction_counts_once_and_only_while_it_is_not_reversed(self) -> None:
        n_made = sum(isinstance(event, IntroductionMade) for event in self.events)
        n_reversed = sum(isinstance(event, IntroductionReversed) for event in self.events)
        assert n_made - n_reversed == (self.case.state is State.INTRODUCED)
        assert n_made <= 1

    @invariant()
    def a_question_is_answered_once_and_by_another_party(self) -> None:
        askers = {question.question_id: question.organisation_id for question in self.case.questions}
        assert len(askers) == len(self.case.questions)
        assert len({reply.question_id for reply in self.case.replies}) == len(self.case.replies)
        assert all(reply.organisation_id != askers[reply.question_id] for reply in self.case.replies)

    @invariant()
    def in_slack_an_introduction_counts_once_its_delivery_is_confirmed(self) -> None:
        delivered = [event for event in self.events if isinstance(event, DeliveryConfirmed)]
        in_slack = [
            event
            for event in self.events
            if isinstance(event, IntroductionMade) and event.delivered_by is Means.SLACK
        ]
        assert len(delivered) == len(in_slack)

    @invariant()
    def the_requester_stays_first_and_the_parties_the_same(self) -> None:
        opened = fold(self.events[:1])
        assert opened is not None
        assert opened.organisation_ids == self.case.organisation_ids
        assert self.case.requester in (None, self.case.parties[0])

    @invariant()
    def somebody_is_in_charge_of_whatever_was_approved(self) -> None:
        if self.case.approvals:
            assert self.case.coordinator
        last = [event for event in self.events if isinstance(event, CaseHandedOver)][-1:]
        assert all(event.to_member == self.case.coordinator for event in last)

    @invariant()
    def whoever_said_no_is_named(self) -> None:
        said_no = any(isinstance(event, ConsentRefused) for event in self.events)
        assert said_no == (self.case.state is State.REFUSED) == bool(self.case.refused_by)


TestCase = Case.TestCase
TestCase.settings = settings(stateful_step_count=40)
