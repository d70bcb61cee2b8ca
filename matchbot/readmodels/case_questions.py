"""Questions about cases: who waits for whom, what was asked before, what is due."""

from collections.abc import Sequence
from datetime import date, timedelta

from matchbot.aftermath.reports import CaseProgress
from matchbot.following import Followed, PartyAnswer
from matchbot.histories import past_request
from matchbot.introductions.cases import Act, Turn
from matchbot.introductions.words import CasePath, State
from matchbot.policy import PastRequest
from matchbot.readmodels.found import FollowUp, KnownCase, Waiting
from matchbot.readmodels.upkeep import Upkeep, one_of
from matchbot.signals import ACCEPTED, DOES_NOT_FIT, FITS, INTRODUCED, OUTCOME, REFUSED, REQUESTED

_date = date.fromisoformat


class CaseQuestions(Upkeep):
    """What is asked about cases and their parties."""

    def case(self, id: str) -> Followed | None:
        """A case; None where there is none of this id."""
        return self._projector.case(id)

    def case_ids(
        self,
        *,
        organisations: Sequence[str] = (),
        clusters: Sequence[str] = (),
        is_everybody: bool = False,
        with_closed: bool = False,
    ) -> list[str]:
        """The cases of organisations or clusters (or all), the earliest expiry first, then by id."""
        condition = "1" if with_closed else "c.is_open"
        if not is_everybody:
            condition += (
                f" AND c.id IN (SELECT case_id FROM parties WHERE organisation_id IN {one_of(organisations)} "
                f"OR home_cluster IN {one_of(clusters)})"
            )
        values = () if is_everybody else (*organisations, *clusters)
        rows = self._sql.execute(
            f"SELECT c.id FROM cases c WHERE {condition} ORDER BY c.expires_on, c.id", values
        )
        return [id for (id,) in rows]

    def waiting(self) -> list[Waiting]:
        """Everybody who is waited for, by case, act, cluster and organisation."""
        rows = self._sql.execute(
            "SELECT t.case_id, t.act, t.cluster, t.organisation_id, t.since, c.expires_on, c.coordinator "
            "FROM turns t JOIN cases c ON c.id = t.case_id "
            "ORDER BY t.case_id, t.act, t.cluster, t.organisation_id"
        )
        return [
            Waiting(
                id,
                Turn(Act(act), cluster, organisation),
                _date(since),
                _date(expires_on),
                coordinator,
            )
            for id, act, cluster, organisation, since, expires_on, coordinator in rows
        ]

    def visits_by_member(self, *, first: date, last: date) -> dict[str, int]:
        """How many visits and contacts each coordinator recorded, from one day up to and with another.

        A visit to several organisations at once counts once for each.
        """
        rows = self._sql.execute(
            "SELECT member_id, COUNT(*) FROM fact_visits "
            "WHERE organisation_id <> '' AND day BETWEEN ? AND ? GROUP BY member_id ORDER BY member_id",
            [first.isoformat(), last.isoformat()],
        )
        return dict(rows.fetchall())

    def in_charge_of(self, member_id: str) -> list[str]:
        """The open and introduced cases a coordinator is in charge of, by id."""
        rows = self._sql.execute(
            "SELECT id FROM cases WHERE coordinator = ? AND (is_open OR state = ?) ORDER BY id",
            [member_id, State.INTRODUCED.value],
        )
        return [id for (id,) in rows]

    def past_requests(self, organisations: Sequence[str], *, since: date) -> list[PastRequest]:
        """The cases of organisations since a day, and all their open ones, as the rules look back on them."""
        histories = self._memory.histories
        unknown = histories.unknown(organisations, since=since)
        if unknown:
            histories.learn(unknown, self._read_requests(unknown, since), since=since)
        return histories.of(organisations, since=since)

    def told_of(self, organisation_id: str) -> list[KnownCase]:
        """The cases of an organisation that it asked for, was asked about or met in, by day and id."""
        rows = self._sql.execute(
            "SELECT c.id, c.state, p.is_requester FROM parties p JOIN cases c ON c.id = p.case_id "
            "WHERE p.organisation_id = ? AND (p.is_requester OR p.asked_on IS NOT NULL OR c.path = ?) "
            "ORDER BY c.opened_on, c.id",
            (organisation_id, CasePath.OUTSIDE.value),
        )
        return [KnownCase(id, State(state), bool(is_requester)) for id, state, is_requester in rows]

    def same_introduction(self, parties: Sequence[str], need_id: str, *, on: date, days: int) -> str:
        """The introduction already made of the very same parties: for the same need or, where one of the
        two names none, within so many days; "" where there is none."""
        history = self.past_requests(parties, since=date.min)
        theirs = (self.case(request.case_id) for request in history if request.parties == frozenset(parties))
        made = [(one.introduced_on, one.case) for one in theirs if one and one.introduced_on]
        for introduced_on, case in sorted(made, key=lambda each: (each[0], each[1].id)):
            is_near = abs(introduced_on - on) <= timedelta(days=days)
            is_same = case.need_id == need_id if case.need_id and need_id else is_near
            if case.state is State.INTRODUCED and is_same:
                return case.id
        return ""

    def introduced_ids(
        self, *, organisations: Sequence[str], clusters: Sequence[str], is_everybody: bool, limit: int
    ) -> list[str]:
        """The latest introductions of organisations or clusters (or all), by day, then by id."""
        theirs = (
            f"AND id IN (SELECT case_id FROM parties WHERE organisation_id IN {one_of(organisations)} "
            f"OR home_cluster IN {one_of(clusters)})"
        )
        rows = self._sql.execute(
            f"SELECT id FROM cases WHERE state = ? {'' if is_everybody else theirs} "
            "ORDER BY introduced_on DESC, id LIMIT ?",
            [State.INTRODUCED.value, *(() if is_everybody else (*organisations, *clusters)), limit],
        )
        return [id for (id,) in rows]

    def introduced_to(self, organisation_id: str) -> frozenset[str]:
        """The organisations that were ever introduced to this one."""
        rows = self._sql.execute(
            "SELECT DISTINCT other.organisation_id FROM parties own JOIN cases c ON c.id = own.case_id "
            "JOIN parties other ON other.case_id = c.id WHERE own.organisation_id = ? "
            "AND other.organisation_id <> own.organisation_id AND c.introduced_on IS NOT NULL",
            (organisation_id,),
        )
        return frozenset(id for (id,) in rows)

    def times_shown(self, ids: Sequence[str], *, since: date, before: date) -> dict[str, int]:
        """How many cards of each of these organisations were shown from a day on and before another; none
        for one without any."""
        rows = self._sql.execute(
            "SELECT partner_id, COUNT(*) FROM fact_cards WHERE day >= ? AND day < ? "
            f"AND partner_id IN {one_of(ids)} GROUP BY partner_id",
            (since.isoformat(), before.isoformat(), *ids),
        )
        return dict(rows)

    def signals(self, ids: Sequence[str], *, since: date) -> list[tuple[str, str, str]]:
        """What became of these organisations since a day: each with the text of what was looked for and
        how it ended (a kind of `matchbot.signals`), in no order that matters."""
        rated = self._sql.execute(
            "SELECT r.partner_id, CASE WHEN r.text <> '' THEN r.text ELSE n.text END, r.is_fitting "
            f"FROM ratings r LEFT JOIN needs n ON n.id = r.need_id WHERE r.partner_id IN {one_of(ids)} "
            "AND r.rated_on >= ?",
            (*ids, since.isoformat()),
        )
        asked = self._sql.execute(
            f"""
            SELECT p.organisation_id, COALESCE(n.text, c.brief), CASE
                WHEN EXISTS (SELECT 1 FROM outcome_cases oc JOIN outcomes o ON o.id = oc.outcome_id
                    WHERE oc.case_id = c.id AND NOT o.is_reversed) THEN '{OUTCOME}'
                WHEN c.introduced_on IS NOT NULL THEN '{INTRODUCED}'
                WHEN p.answer = '{PartyAnswer.YES.value}' THEN '{ACCEPTED}'
                WHEN p.answer = '{PartyAnswer.NO.value}' THEN '{REFUSED}' ELSE '{REQUESTED}' END
            FROM parties p JOIN cases c ON c.id = p.case_id LEFT JOIN needs n ON n.id = c.need_id
            WHERE p.organisation_id IN {one_of(ids)} AND NOT p.is_requester AND c.opened_on >= ?
            """,
            (*ids, since.isoformat()),
        )
        return [
            *((id, text, FITS if is_fitting else DOES_NOT_FIT) for id, text, is_fitting in rated if text),
            *((id, text, kind) for id, text, kind in asked if text),
        ]

    def answers(self, organisation_id: str, *, since: date | None) -> list[bool]:
        """Whether an organisation answered what it was asked and what has ended or been answered, in order.

        ``since``: after a pause was lifted, what came before does not count.
        """
        rows = self._sql.execute(
            "SELECT p.answer FROM parties p JOIN cases c ON c.id = p.case_id WHERE p.organisation_id = ? "
            "AND p.asked_on >= ? AND NOT p.is_requester AND (c.state = ? OR p.answered_on IS NOT NULL) "
            "ORDER BY p.asked_on, c.id",
            [organisation_id, (since or date.min).isoformat(), State.EXPIRED.value],
        )
        return [PartyAnswer(answer) is not PartyAnswer.ASKED for (answer,) in rows]

    def acceptance(self, organisation_id: str) -> tuple[int, int]:
        """How often an organisation that was asked has answered, and how often with yes."""
        n_answered, n_yes = self._sql.execute(
            "SELECT COUNT(*), COALESCE(SUM(answer = ?), 0) FROM parties WHERE organisation_id = ? "
            "AND NOT is_requester AND answered_on IS NOT NULL AND answer IN (?, ?)",
            [PartyAnswer.YES.value, organisation_id, PartyAnswer.YES.value, PartyAnswer.NO.value],
        ).fetchone()
        return n_answered, n_yes

    def without_follow_up(self, *, days: int, introduced_after: date, introduced_by: date) -> list[str]:
        """The introductions of a time, by id, that were not given up and of which a party was not asked
        the follow-up of so many days."""
        rows = self._sql.execute(
            "SELECT c.id FROM cases c WHERE c.introduced_on > ? AND c.introduced_on <= ? AND c.state = ? "
            "AND c.progress <> ? "
            "AND (SELECT COUNT(*) FROM follow_ups f WHERE f.case_id = c.id AND f.days = ?) "
            "< (SELECT COUNT(*) FROM parties p WHERE p.case_id = c.id) ORDER BY c.id",
            [
                introduced_after.isoformat(),
                introduced_by.isoformat(),
                State.INTRODUCED.value,
                CaseProgress.GIVEN_UP.value,
                days,
            ],
        )
        return [id for (id,) in rows]

    def planned_meetings(self, *, after: date, until: date) -> list[str]:
        """The cases whose parties are to meet after a day and until another, by id."""
        rows = self._sql.execute(
            "SELECT case_id FROM meetings WHERE planned_on > ? AND planned_on <= ? ORDER BY case_id",
            [after.isoformat(), until.isoformat()],
        )
        return [id for (id,) in rows]

    def unanswered_follow_ups(self, *, on: date) -> list[FollowUp]:
        """The follow-ups whose time to answer is over on a day, by case, days and organisation."""
        rows = self._sql.execute(
            "SELECT case_id, organisation_id, days, answer_by FROM follow_ups WHERE NOT is_closed "
            "AND answer_by < ? ORDER BY case_id, days, organisation_id",
            [on.isoformat()],
        )
        return [FollowUp(id, organisation, n, _date(answer_by)) for id, organisation, n, answer_by in rows]

    def asked_organisations(self) -> list[str]:
        """The organisations that were ever asked by others, by id."""
        rows = self._sql.execute(
            "SELECT DISTINCT organisation_id FROM parties WHERE asked_on IS NOT NULL AND NOT is_requester "
            "ORDER BY organisation_id"
        )
        return [id for (id,) in rows]

    def _read_requests(self, organisations: Sequence[str], since: date) -> list[PastRequest]:
        rows = self._sql.execute(
            f"""
            SELECT c.id, c.requester, c.opened_on, c.expires_on, c.state, c.brief,
                (SELECT GROUP_CONCAT(p.organisation_id, ' ') FROM parties p WHERE p.case_id = c.id)
            FROM cases c WHERE c.id IN (SELECT case_id FROM parties WHERE organisation_id IN
                {one_of(organisations)}) AND (c.opened_on >= ? OR c.is_open)
            """,
            (*organisations, since.isoformat()),
        )
        return [
            past_request(
                id,
                State(state),
                requester_id=requester,
                parties=parties.split(),
                requested_on=_date(opened_on),
                expires_on=_date(expires_on),
                text_id=brief,
            )
            for id, requester, opened_on, expires_on, state, brief, parties in rows
        ]
