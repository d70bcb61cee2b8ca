"""What people do beside introductions."""

from datetime import date, timedelta

from matchbot.aftermath.outcomes import Certainty
from matchbot.desk import Claim
from matchbot.introductions.words import Means
from matchbot.members import MemberRow
from matchbot.policy import Role
from matchbot.simulation import assumed
from matchbot.simulation.cases import Cases


class Beside(Cases):
    """Visits, businesses of their own, pauses, handovers, surveys."""

    def _visit(self) -> None:
        firm = self._people.firm(is_in_slack=False)
        by = self._members[self._people.official(firm.home_cluster).id]
        visit = self._desk.log_visit([firm.id], on=self._today, by=by, key=self._key(), means=Means.VISIT)
        led_to = self._draw.random()
        if led_to < assumed.SHARE_WITH_NEED:
            self._hear_of_a_need(firm, visit.id)
        elif led_to < assumed.SHARE_WITH_NEED + assumed.SHARE_WITH_PROPOSAL:
            self._propose(firm, visit.id)

    def _business_begins(self) -> None:
        """A new business without any introduction, as the network hears of it."""
        firm = self._people.firm(is_in_slack=False)
        self._add_business([firm.id], self._people.official(firm.home_cluster), Claim())

    def _company_changes(self) -> None:
        """A company is founded, changes what it lives on, or is listed."""
        kind = self._one_of(assumed.COMPANIES)
        firm = self._people.firm(is_in_slack=False)
        key = self._key()
        self._desk.record_outcome(
            kind,
            [firm.id],
            on=self._today,
            certainty=Certainty.CONFIRMED,
            by=self._members[self._people.official(firm.home_cluster).id],
            key=key,
            subject_id=key.replace(":", "-") if kind in assumed.NEW_COMPANIES else "",
        )

    def _firm_pauses(self) -> None:
        """For some weeks, or for good."""
        firm = self._people.firm(is_in_slack=True)
        by = self._members[firm.member_id]
        if self._is_away(firm):
            return
        if self._chance(assumed.SHARE_LEFT):
            self._away_until[firm.id] = date.max
            self._desk.opt_out(firm.id, by=by, key=self._key())
        else:
            self._away_until[firm.id] = until = self._today + timedelta(days=self._draw.randint(14, 90))
            self._desk.pause(firm.id, by=by, key=self._key(), until=until)

    def _hand_over(self) -> None:
        """Some coordinators leave, and others take their seats."""
        staff = self._members[self._people.official("").id]
        for official in self._people.officials:
            if official.cluster and self._chance(assumed.SHARE_LEAVING):
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
        n_asked = min(len(everybody), max(1, round(assumed.N_ASKED * self._scale)))
        asked = self._draw.sample(everybody, n_asked)
        staff = self._members[self._people.official("").id]
        self._desk.send_survey(wave, asked, by=staff, key=self._key())
        for member_id in asked:
            if self._chance(assumed.SHARE_ANSWERED):
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
