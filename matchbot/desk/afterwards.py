"""What came of it: meetings, progress, outcomes, follow-ups, visits and surveys."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from matchbot.aftermath import outcomes, reports, surveys
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import (
    Anyway,
    Attribution,
    Certainty,
    Facts,
    Novelty,
    Outcome,
    OutcomeKind,
    Start,
)
from matchbot.aftermath.reports import MeetingForm, Progress
from matchbot.aftermath.surveys import Side, SurveySent
from matchbot.award_files import AwardRow, is_id, read_awards
from matchbot.desk.messages import MessageKind
from matchbot.desk.views import OutcomeView, outcome_view
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import (
    CaseError,
    CorpusError,
    Obstacle,
    SampleError,
    StepError,
    UnknownOrganisationError,
    UnknownRecordError,
)
from matchbot.following import Followed
from matchbot.introductions.parties import Party
from matchbot.introductions.words import Means
from matchbot.members import Member
from matchbot.outcome_files import OutcomeRow, read_outcomes
from matchbot.participation import AwardRecorded, TieDeclared, VisitLinked, VisitLogged
from matchbot.policy import Action, Role
from matchbot.projections import natural_key
from matchbot.references import TextRef
from matchbot.rows import RowRejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says of an outcome: which case it came of, and what the network had to do with it."""

    organisation_id: str = ""
    case_id: str = ""
    attribution: Attribution | None = None
    would_have_met: Anyway = Anyway.UNKNOWN
    document: str = ""
    note: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeImport:
    """What a file of outcomes brought: how many were new, how many were known and claimed once more."""

    n_rows: int
    n_recorded: int
    n_claimed: int
    rejections: tuple[RowRejection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyWave:
    """How many members a survey asked now, and how many of those wanted it had asked before."""

    wave: str
    n_asked: int
    n_asked_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardImport:
    """What a list of awards brought. ``n_of_members``: of the recorded ones, with a winner in a cluster."""

    n_rows: int
    n_recorded: int
    n_of_members: int
    n_known: int
    rejections: tuple[RowRejection, ...]


class Afterwards(Room):
    """Everything learnt after an introduction, or without one."""

    # Progress

    def record_meeting(
        self,
        case_id: str,
        *,
        met_on: date,
        form: MeetingForm,
        by: Member,
        key: str,
        organisation_id: str = "",
        document: str = "",
        note: str = "",
    ) -> Receipt:
        """A party (``organisation_id``) or, without one, the coordinator says that they met on a day."""
        with self._reporting(Action.RECORD_PROGRESS, case_id, organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            followed = work.followed(case_id)
            events = reports.record_meeting(
                followed.case,
                met_on=work.require_past(met_on, case_id, "record_meeting", since=followed.begun_on),
                form=form,
                member_id=work.by.id,
                organisation_id=organisation_id,
                document=work.keep(document, "document", *followed.case.organisation_ids),
                note=work.keep(note, "note", *followed.case.organisation_ids),
            )
            return work.receipt(work.record_case(case_id, events, on=met_on))

    def record_progress(
        self,
        case_id: str,
        progress: Progress,
        *,
        by: Member,
        key: str,
        organisation_id: str = "",
        reason: str = "",
        note: str = "",
    ) -> Receipt:
        """Where the case stands (連絡なし → 面談 → 継続協議中 → 見送り); backwards needs a reason.

        Raises StepError for a meeting without its day: that is `record_meeting`.
        """
        with self._reporting(Action.RECORD_PROGRESS, case_id, organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            followed = work.followed(case_id)
            events = reports.record_progress(
                followed.case,
                followed.aftermath,
                progress=progress,
                member_id=work.by.id,
                organisation_id=organisation_id,
                reason=work.keep(reason, "reason"),
                note=work.keep(note, "note", *followed.case.organisation_ids),
            )
            return work.receipt(work.record_case(case_id, events))

    def reverse_meeting(self, case_id: str, *, met_on: date, reason: str, by: Member, key: str) -> Receipt:
        """A correction: they did not meet on that day."""
        with self._reporting(Action.CORRECT, case_id, "", by, key) as work:
            if again := work.repeated():
                return again
            followed = work.followed(case_id)
            events = reports.reverse_meeting(
                followed.case,
                followed.aftermath,
                met_on=met_on,
                member_id=work.by.id,
                reason=work.keep_reason(reason, case_id, "reverse_meeting"),
            )
            return work.receipt(work.record_case(case_id, events))

    # Follow-ups

    def ask_follow_up(
        self, case_id: str, organisation_id: str, *, days: int, answer_by: date, by: Member, key: str
    ) -> Receipt:
        """A party is asked, so many days after the introduction, how it went (done by the jobs)."""
        with self._work(Action.RUN_JOBS, by, key) as work:
            followed = work.followed(case_id)
            events = reports.ask_follow_up(
                followed.case,
                followed.aftermath,
                organisation_id=organisation_id,
                days=days,
                answer_by=answer_by,
            )
            return _reported(work, followed, events)

    def answer_follow_up(
        self,
        case_id: str,
        organisation_id: str,
        *,
        days: int,
        by: Member,
        key: str,
        progress: Progress | None = None,
        met_on: date | None = None,
        form: MeetingForm = MeetingForm.IN_PERSON,
        reason: str = "",
        note: str = "",
    ) -> Receipt:
        """A party answers how it went, itself or through its coordinator: what it says is recorded too.

        Raises StepError for a meeting without its day, where none is known yet.
        """
        with self._reporting(Action.ANSWER_FOLLOW_UP, case_id, organisation_id, by, key) as work:
            if again := work.repeated():
                return again
            followed = work.followed(case_id)
            events = reports.answer_follow_up(
                followed.case,
                followed.aftermath,
                organisation_id=organisation_id,
                days=days,
                member_id=work.by.id,
            )
            work.record(f"case:{case_id}", events)
            if met_on is not None:
                met = reports.record_meeting(
                    followed.case,
                    met_on=work.require_past(met_on, case_id, "record_meeting", since=followed.begun_on),
                    form=form,
                    member_id=work.by.id,
                    organisation_id=organisation_id,
                )
                work.record(f"case:{case_id}", met, on=met_on)
                # That they met is said already, and takes nothing back from a case that has gone on since.
                progress = None if progress is Progress.MEETING else progress
            self._go_on(work, case_id, organisation_id, progress, reason, note)
            return work.receipt(work.case(case_id))

    def close_follow_up(
        self, case_id: str, organisation_id: str, *, days: int, by: Member, key: str
    ) -> Receipt:
        """Nobody answered in time: 無回答 (done by the jobs)."""
        with self._work(Action.RUN_JOBS, by, key) as work:
            followed = work.followed(case_id)
            events = reports.close_follow_up(
                followed.case, followed.aftermath, organisation_id=organisation_id, days=days
            )
            return _reported(work, followed, events)

    # Outcomes

    def record_outcome(
        self,
        kind: OutcomeKind,
        organisations: Sequence[str],
        *,
        on: date,
        certainty: Certainty,
        by: Member,
        key: str,
        claim: Claim = Claim(),
        subject_id: str = "",
        novelty: Novelty | None = None,
        start: Start | None = None,
    ) -> Receipt:
        """A coordinator or the staff records an outcome; one that is known is claimed once more instead
        (notice ``known-outcome``), and counts once. ``subject_id``: of the business or new company."""
        with self._work(Action.RECORD_OUTCOME, by, key) as work:
            facts = _facts(work, kind, organisations, on, certainty, subject_id, novelty, start)
            _require_outcome(work, Action.RECORD_OUTCOME, facts, claim)
            return work.repeated() or _outcome_told(work, facts, claim)

    def claim_outcome(
        self,
        kind: OutcomeKind,
        organisations: Sequence[str],
        *,
        on: date,
        certainty: Certainty,
        by: Member,
        key: str,
        claim: Claim,
        subject_id: str = "",
        novelty: Novelty | None = None,
        start: Start | None = None,
    ) -> Receipt:
        """A party (``claim.organisation_id``) or a coordinator says that it happened, known or not."""
        with self._work(Action.CLAIM_OUTCOME, by, key) as work:
            facts = _facts(work, kind, organisations, on, certainty, subject_id, novelty, start)
            _require_outcome(work, Action.CLAIM_OUTCOME, facts, claim)
            return work.repeated() or _outcome_told(work, facts, claim)

    def support_outcome(self, outcome_id: str, *, by: Member, key: str, claim: Claim) -> Receipt:
        """Another one claims an outcome that is known, by its id."""
        with self._work(Action.CLAIM_OUTCOME, by, key) as work:
            outcome = work.outcome(outcome_id)
            _require_outcome(work, Action.CLAIM_OUTCOME, outcome.facts, claim)
            return work.repeated() or _claimed(work, outcome, claim)

    def confirm_outcome(self, outcome_id: str, *, on: date, by: Member, key: str) -> Receipt:
        """見込み becomes 確定, on a day."""
        with self._work(Action.RECORD_OUTCOME, by, key) as work:
            outcome = work.outcome(outcome_id)
            _require_outcome(work, Action.RECORD_OUTCOME, outcome.facts, Claim())
            if again := work.repeated():
                return again
            work.require_past(on, outcome_id, "confirm_outcome")
            events = outcomes.confirm_outcome(outcome, on=on, member_id=work.by.id)
            return _outcome_recorded(work, outcome_id, events)

    def correct_outcome(
        self,
        outcome_id: str,
        *,
        reason: str,
        by: Member,
        key: str,
        on: date | None = None,
        certainty: Certainty | None = None,
    ) -> Receipt:
        """A correction of the day or certainty of an outcome; what was said before stays in the log."""
        with self._work(Action.CORRECT, by, key) as work:
            outcome = work.outcome(outcome_id)
            _require_outcome(work, Action.CORRECT, outcome.facts, Claim())
            if again := work.repeated():
                return again
            known = outcome.facts
            facts = replace(known, on=on or known.on, certainty=certainty or known.certainty)
            if facts.certainty is Certainty.CONFIRMED:
                work.require_past(facts.on, outcome_id, "correct_outcome")
            why = work.keep_reason(reason, outcome_id, "correct_outcome")
            events = outcomes.correct_outcome(outcome, facts=facts, member_id=work.by.id, reason=why)
            return _outcome_recorded(work, outcome_id, events)

    def reverse_outcome(
        self, outcome_id: str, *, reason: str, by: Member, key: str, same_as: str = ""
    ) -> Receipt:
        """A correction: it did not happen, or is ``same_as`` another outcome, which counts."""
        with self._work(Action.CORRECT, by, key) as work:
            outcome = work.outcome(outcome_id)
            _require_outcome(work, Action.CORRECT, outcome.facts, Claim())
            if again := work.repeated():
                return again
            why = work.keep_reason(reason, outcome_id, "reverse_outcome")
            if same_as:
                work.outcome(same_as)
            events = outcomes.reverse_outcome(outcome, member_id=work.by.id, reason=why, same_as=same_as)
            return _outcome_recorded(work, outcome_id, events)

    def add_business(
        self,
        organisations: Sequence[str],
        business_id: str,
        *,
        on: date,
        certainty: Certainty,
        by: Member,
        key: str,
        novelty: Novelty | None = None,
        start: Start | None = None,
        claim: Claim = Claim(),
    ) -> Receipt:
        """A new business of members, without any introduction. One ``business_id`` counts once."""
        kind = OutcomeKind.NEW_BUSINESS
        with self._work(Action.ADD_BUSINESS, by, key) as work:
            facts = _facts(work, kind, organisations, on, certainty, business_id, novelty, start)
            _require_outcome(work, Action.ADD_BUSINESS, facts, claim)
            return work.repeated() or _outcome_told(work, facts, claim)

    def import_outcomes(self, file: Path, *, wave: str, by: Member, key: str) -> OutcomeImport:
        """Takes in the yearly member survey (``wave``); rows that cannot be used are reported.

        Taken in again, nothing counts twice. Raises UnreadableFileError.
        """
        with self._work(Action.IMPORT_OUTCOMES, by, key) as work:
            rows = list(read_outcomes(file))
            told = [
                _imported(work, row, wave, file.name) if isinstance(row, OutcomeRow) else row for row in rows
            ]
        receipts = [receipt for receipt in told if isinstance(receipt, Receipt)]
        n_known = sum("known-outcome" in receipt.notices for receipt in receipts)
        return OutcomeImport(
            n_rows=len(rows),
            n_recorded=len(receipts) - n_known,
            n_claimed=n_known,
            rejections=tuple(one for one in told if isinstance(one, RowRejection)),
        )

    def import_awards(self, file: Path, *, by: Member, key: str) -> AwardImport:
        """Takes in a list of the awards of other schemes, members' and others', so that shares can be told.

        An award counts once, by its scheme and id; rows that cannot be used are reported. Raises
        UnreadableFileError.
        """
        with self._work(Action.IMPORT_AWARDS, by, key) as work:
            rows = list(read_awards(file))
            told = [_awarded(work, row, file.name) if isinstance(row, AwardRow) else row for row in rows]
        recorded = [one for one in told if isinstance(one, AwardRecorded)]
        return AwardImport(
            n_rows=len(rows),
            n_recorded=len(recorded),
            n_of_members=sum(any(party.clusters for party in award.parties) for award in recorded),
            n_known=told.count(None),
            rejections=tuple(one for one in told if isinstance(one, RowRejection)),
        )

    def outcome(self, outcome_id: str, by: Member) -> Outcome:
        """An outcome with its claims. Raises UnknownRecordError, NotAllowedError."""
        with self._look(Action.SEE_CASE, by) as work:
            outcome = work.outcome(outcome_id)
            _require_outcome(work, Action.SEE_CASE, outcome.facts, Claim())
            return outcome

    def outcomes(self, by: Member, *, organisation_id: str = "", case_id: str = "") -> list[OutcomeView]:
        """The outcomes that concern who asks, of one organisation or case where given, by day and id."""
        with self._look(Action.SEE_CASES, by) as work:
            ids = work.models.outcome_ids(organisation_id=organisation_id, case_id=case_id)
            concerning = (one for id in ids if _concerns(work, (one := work.outcome(id)).facts))
            return [outcome_view(work, outcome) for outcome in concerning]

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

    # Within

    @contextmanager
    def _reporting(
        self, action: Action, case_id: str, organisation_id: str, by: Member, key: str
    ) -> Iterator[Work]:
        """A report of a party, by itself or its coordinator; or of a coordinator of the case."""
        with self._work(action, by, key) as work:
            if organisation_id:
                work.require_organisation(action, organisation_id)
            else:
                work.require(action, work.by.role is not Role.FIRM, "not-your-organisation")
            work.require_case(action, work.case(case_id))
            yield work

    def _go_on(
        self,
        work: Work,
        case_id: str,
        organisation_id: str,
        progress: Progress | None,
        reason: str,
        note: str,
    ) -> None:
        """Records where the case stands, where that is something new or is explained by a note."""
        followed = work.followed(case_id)
        known = followed.aftermath.progress
        if progress in (None, known) and not note.strip():
            return
        events = reports.record_progress(
            followed.case,
            followed.aftermath,
            progress=progress or known,
            member_id=work.by.id,
            organisation_id=organisation_id,
            reason=work.keep(reason, "reason"),
            note=work.keep(note, "note", *followed.case.organisation_ids),
        )
        work.record(f"case:{case_id}", events)


def _require_known(work: Work, need_id: str, case_id: str) -> None:
    """Let pass a need and a case that there are, or none. Raises UnknownRecordError."""
    if need_id and work.models.need(need_id) is None:
        raise UnknownRecordError(reason="no-need", id=need_id)
    if case_id:
        work.case(case_id)


def _reported(work: Work, followed: Followed, events: Sequence[reports.CaseReport]) -> Receipt:
    case_id = followed.case.id
    if events and not work.earlier():
        work.record(f"case:{case_id}", events)
    return work.receipt(work.case(case_id))


# --- Outcomes ---


def _facts(
    work: Work,
    kind: OutcomeKind,
    organisations: Sequence[str],
    on: date,
    certainty: Certainty,
    subject_id: str,
    novelty: Novelty | None,
    start: Start | None,
) -> Facts:
    return Facts(
        kind=kind,
        on=on,
        parties=tuple(work.party(id, on=on) for id in dict.fromkeys(organisations)),
        certainty=certainty,
        subject_id=subject_id,
        novelty=novelty,
        start=start,
    )


def _concerns(work: Work, facts: Facts) -> bool:
    return any(
        work.speaks_for(party.organisation_id) or work.answers_for(party.home_cluster)
        for party in facts.parties
    )


def _require_outcome(work: Work, action: Action, facts: Facts, claim: Claim) -> None:
    """Let pass who claims for its own organisation, or coordinates one of the parties or the case."""
    if claim.organisation_id:
        work.require_organisation(action, claim.organisation_id)
    elif work.by.role is Role.FIRM:
        work.require(action, action is Action.SEE_CASE and _concerns(work, facts), "not-your-organisation")
    else:
        is_own = _concerns(work, facts) or bool(claim.case_id and work.is_concerned(work.case(claim.case_id)))
        work.require(action, is_own, "not-your-cluster")
    if claim.case_id:
        work.case(claim.case_id)


def _outcome_told(work: Work, facts: Facts, claim: Claim, *, survey: str = "") -> Receipt:
    """A known outcome is claimed once more; any other is recorded with its first claim."""
    if facts.certainty is Certainty.CONFIRMED:
        work.require_past(facts.on, facts.organisation_ids[0], "record_outcome")
    known = work.models.outcome_by_key(natural_key(facts))
    if known:
        return replace(_claimed(work, work.outcome(known), claim), notices=("known-outcome",))
    outcome_id = work.new_id("o")
    events = outcomes.record_outcome(
        outcome_id,
        facts=facts,
        member_id=work.by.id,
        organisation_id=claim.organisation_id,
        cluster=_claiming_cluster(work, facts),
        case_id=claim.case_id,
        attribution=claim.attribution,
        would_have_met=claim.would_have_met,
        document=_document(work, facts, claim),
        evidence=claim.evidence,
        survey=survey,
        note=work.keep(claim.note, "note", *facts.organisation_ids),
    )
    return _outcome_recorded(work, outcome_id, events, on=facts.on)


def _claimed(work: Work, outcome: Outcome, claim: Claim) -> Receipt:
    events = outcomes.claim_outcome(
        outcome,
        member_id=work.by.id,
        organisation_id=claim.organisation_id,
        cluster=_claiming_cluster(work, outcome.facts),
        case_id=claim.case_id,
        attribution=claim.attribution,
        would_have_met=claim.would_have_met,
        document=_document(work, outcome.facts, claim),
        evidence=claim.evidence,
    )
    return _outcome_recorded(work, outcome.id, events)


def _outcome_recorded(
    work: Work, outcome_id: str, events: Sequence[object], *, on: date | None = None
) -> Receipt:
    work.record(f"outcome:{outcome_id}", events, on=on)
    return Receipt(id=outcome_id)


def _document(work: Work, facts: Facts, claim: Claim) -> TextRef | None:
    return work.keep(claim.document, "document", *facts.organisation_ids)


def _claiming_cluster(work: Work, facts: Facts) -> str:
    """For which cluster somebody claims: the coordinator's own among those of the parties; "" for a party."""
    if work.by.role is not Role.COORDINATOR:
        return ""
    clusters = [party.home_cluster for party in facts.parties]
    return next(filter(work.by.clusters.__contains__, clusters), next(iter(work.by.clusters), ""))


def _imported(work: Work, row: OutcomeRow, wave: str, file: str) -> Receipt | RowRejection:
    """What a row brought; one that names nobody we know, or is no such outcome, is refused alone."""
    try:
        facts = _facts(
            work,
            row.kind,
            row.organisations,
            row.on,
            row.certainty,
            row.subject_id,
            row.novelty,
            row.start,
        )
        return _survey_outcome(work, row, facts, wave)
    except (CorpusError, CaseError, SampleError, UnknownRecordError) as error:
        reason, id = str(error.facts.get("reason", error.code)), str(error.facts.get("id", ""))
        # An outcome that was not recorded has an id that nobody can look up.
        told = id if id in (row.case_id, row.subject_id, *row.organisations) else ""
        return RowRejection(file, row.row, "", told, reason)


def _survey_outcome(work: Work, row: OutcomeRow, facts: Facts, wave: str) -> Receipt:
    claim = Claim(
        organisation_id=row.organisations[0],
        attribution=row.attribution,
        would_have_met=row.would_have_met,
        case_id=row.case_id,
    )
    if row.case_id:
        work.case(row.case_id)
    known = work.models.outcome_by_key(natural_key(facts))
    if known and any(c.claimant == claim.organisation_id for c in work.outcome(known).claims):
        return Receipt(id=known, notices=("known-outcome",))
    return _outcome_told(work, facts, claim, survey=wave)


# --- Awards ---


def _awarded(work: Work, row: AwardRow, file: str) -> AwardRecorded | RowRejection | None:
    """An award of a row, put on record; None where it was before. A day still ahead is refused."""
    stream = f"award:{row.scheme}/{row.award_id}"
    if work.unit.events.read(stream):
        return None
    if row.on > work.today:
        return RowRejection(file, row.row, "on", row.on.isoformat(), Obstacle.NOT_YET)
    try:
        known = [_winner(work, id, row.on) for id in row.winners]
    except (UnknownOrganisationError, SampleError) as error:
        return RowRejection(file, row.row, "winners", str(error.facts["id"]), error.code)
    award = AwardRecorded(
        award_id=row.award_id,
        scheme=row.scheme,
        on=row.on,
        n_winners=len(row.winners),
        parties=tuple(party for party in known if party is not None),
    )
    work.record(stream, [award], on=row.on)
    return award


def _winner(work: Work, organisation_id: str, on: date) -> Party | None:
    """A winner as the corpus knew it on a day; None for a corporate number that it does not know.

    Raises UnknownOrganisationError for an id that it does not know, SampleError.
    """
    try:
        return work.party(organisation_id, on=on)
    except UnknownOrganisationError:
        if is_id(organisation_id):
            raise
        return None


# --- Surveys ---


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


_SIDES = {
    frozenset(): Side.NEITHER,
    frozenset({True}): Side.REQUESTER,
    frozenset({False}): Side.COUNTERPART,
    frozenset({True, False}): Side.BOTH,
}
