"""What coordinators hear and people think: visits, ties, surveys."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from matchbot.aftermath import surveys
from matchbot.aftermath.surveys import Side, SurveySent
from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import Obstacle, StepError, UnknownRecordError
from matchbot.introductions.words import Means
from matchbot.members import Member
from matchbot.participation import TieDeclared, VisitLinked, VisitLogged
from matchbot.policy import Action, Role

_SIDES = {
    frozenset(): Side.NEITHER,
    frozenset({True}): Side.REQUESTER,
    frozenset({False}): Side.COUNTERPART,
    frozenset({True, False}): Side.BOTH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyWave:
    """How many members a survey asked now, and how many of those wanted it had asked before."""

    wave: str
    n_asked: int
    n_asked_before: int


class Contacts(Room):
    """What is learnt beside introductions."""

    # Visits and ties

    def log_visit(
        self,
        organisations: Sequence[str],
        *,
        on: date,
        by: Member,
        key: str,
        means: Means = Means.VISIT,
        need_id: str = "",
        case_id: str = "",
        note: str = "",
    ) -> Receipt:
        """A coordinator was in touch with organisations; it may have led to a need or an introduction."""
        with self._work(Action.LOG_VISIT, by, key) as work:
            parties = [work.party(id, on=on) for id in organisations]
            is_own = any(work.answers_for(party.home_cluster) for party in parties)
            work.require(Action.LOG_VISIT, is_own, "not-your-cluster")
            if again := work.repeated():
                return again
            work.require_past(on, work.name_of(parties[0].organisation_id), "log_visit")
            _require_known(work, need_id, case_id)
            visit_id = work.new_id("v")
            visit = VisitLogged(
                visit_id=visit_id,
                organisation_ids=tuple(organisations),
                member_id=work.by.id,
                on=on,
                means=means,
                need_id=need_id,
                case_id=case_id,
                note=work.keep(note, "note", *organisations),
            )
            work.record(f"visit:{visit_id}", [visit], on=on)
            return Receipt(id=visit_id)

    def link_visit(
        self, visit_id: str, *, by: Member, key: str, need_id: str = "", case_id: str = ""
    ) -> Receipt:
        """What a visit led to became known later."""
        with self._work(Action.LOG_VISIT, by, key) as work:
            visit = next((one.event for one in work.unit.events.read(f"visit:{visit_id}")), None)
            if visit is None:
                raise UnknownRecordError(reason="no-visit", id=visit_id)
            homes = [work.party(id, on=visit.on).home_cluster for id in visit.organisation_ids]
            work.require(Action.LOG_VISIT, any(map(work.answers_for, homes)), "not-your-cluster")
            _require_known(work, need_id, case_id)
            linked = VisitLinked(visit_id=visit_id, member_id=work.by.id, need_id=need_id, case_id=case_id)
            work.record(f"visit:{visit_id}", [linked])
            return Receipt(id=visit_id)

    def declare_tie(
        self, organisations: tuple[str, str], *, by: Member, key: str, since: date | None = None
    ) -> Receipt:
        """Two organisations knew each other before, outside the network."""
        with self._work(Action.LOG_VISIT, by, key) as work:
            if len(set(organisations)) < len(organisations):
                raise StepError(id=organisations[0], command="declare_tie", reason=Obstacle.TOO_FEW_PARTIES)
            clusters = [work.party(id).home_cluster for id in organisations]
            work.require(Action.LOG_VISIT, any(map(work.answers_for, clusters)), "not-your-cluster")
            first, second = sorted(organisations)
            tie = TieDeclared(organisation_ids=(first, second), member_id=work.by.id, since=since)
            work.record(f"organisation:{first}", [tie])
            return Receipt(id=first)

    # Surveys

    def send_survey(self, wave: str, members: Collection[str] = (), *, by: Member, key: str) -> SurveyWave:
        """Asks members how satisfied they are, also those declined, expired or left without a match.

        Where none are named: all who speak for a firm, and all coordinators.
        """
        with self._work(Action.SEND_SURVEY, by, key) as work:
            wanted = dict.fromkeys(members or _surveyed(work))
            new = [id for id in wanted if work.models.survey(wave, id) is None] if not work.earlier() else []
            for id in new:
                work.record(f"survey:{wave}", [_survey_for(work, wave, work.member(id))])
                work.tell([id], MessageKind.SURVEY, wave=wave)
            return SurveyWave(wave=wave, n_asked=len(new), n_asked_before=len(wanted) - len(new))

    def answer_survey(
        self,
        wave: str,
        *,
        by: Member,
        key: str,
        member_id: str = "",
        satisfaction: int | None = None,
        recommendation: int | None = None,
        comment: str = "",
    ) -> Receipt:
        """Somebody answers (satisfaction 1–5, recommendation 0–10), or the staff records an answer on
        paper of ``member_id``; the latest answer holds. Raises UnknownRecordError, StepError."""
        with self._work(Action.ANSWER_SURVEY, by, key) as work:
            who = member_id or work.by.id
            is_own = who == work.by.id or work.by.role is Role.STAFF
            work.require(Action.ANSWER_SURVEY, is_own, "not-your-answer")
            sent = work.models.survey(wave, who)
            if sent is None:
                raise UnknownRecordError(reason="no-survey", id=wave)
            if again := work.repeated():
                return again
            events = surveys.answer_survey(
                sent,
                satisfaction=satisfaction,
                recommendation=recommendation,
                comment=work.keep(comment, "survey", who, sent.organisation_id),
            )
            work.record(f"survey:{wave}", events)
            return Receipt(id=wave)


def _require_known(work: Work, need_id: str, case_id: str) -> None:
    """Let pass a need and a case that there are, or none. Raises UnknownRecordError."""
    if need_id and work.models.need(need_id) is None:
        raise UnknownRecordError(reason="no-need", id=need_id)
    if case_id:
        work.case(case_id)


def _surveyed(work: Work) -> list[str]:
    """Everybody who takes part in introductions, by id."""
    members = (one for one in work.models.members() if not one.has_left)
    return [one.id for one in members if one.organisations or one.role is Role.COORDINATOR]


def _survey_for(work: Work, wave: str, member: Member) -> SurveySent:
    organisation_id = next(iter(member.organisations), "")
    known = work.models.told_of(organisation_id) if organisation_id else []
    latest = known[-1] if known else None
    home = work.home_of(organisation_id) if organisation_id else next(iter(member.clusters), "")
    return SurveySent(
        wave=wave,
        member_id=member.id,
        organisation_id=organisation_id,
        role=member.role.value,
        side=_SIDES[frozenset(one.is_requester for one in known)],
        cluster=home,
        case_id=latest.id if latest else "",
        ended_as=latest.state if latest else None,
    )
