"""What came of it: outcomes with their claims, from people or files, and awards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from matchbot.aftermath import outcomes
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
from matchbot.award_files import AwardRow, is_id, read_awards
from matchbot.desk.views import OutcomeView, outcome_view
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import (
    CaseError,
    CorpusError,
    Obstacle,
    SampleError,
    UnknownOrganisationError,
    UnknownRecordError,
)
from matchbot.introductions.parties import Party
from matchbot.members import Member
from matchbot.outcome_files import OutcomeRow, read_outcomes
from matchbot.participation import AwardRecorded
from matchbot.policy import Action, Role
from matchbot.projections import natural_key
from matchbot.references import TextRef
from matchbot.rows import RowRejection, RowsTold


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
class AwardImport:
    """What a list of awards brought. ``n_of_members``: of the recorded ones, with a winner in a cluster."""

    n_rows: int
    n_recorded: int
    n_of_members: int
    n_known: int
    rejections: tuple[RowRejection, ...]


class Outcomes(Room):
    """Outcomes and awards, whether they came of an introduction or of none."""

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
            events = outcomes.confirm(outcome, on=on, member_id=work.by.id)
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
            events = outcomes.correct(outcome, facts=facts, member_id=work.by.id, reason=why)
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
            events = outcomes.reverse(outcome, member_id=work.by.id, reason=why, same_as=same_as)
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
            rows = read_outcomes(file)
            receipts, rejections = rows.taken(lambda row: _imported(work, row, wave, rows))
        n_known = sum("known-outcome" in receipt.notices for receipt in receipts)
        return OutcomeImport(
            n_rows=len(receipts) + len(rejections),
            n_recorded=len(receipts) - n_known,
            n_claimed=n_known,
            rejections=rejections,
        )

    def import_awards(self, file: Path, *, by: Member, key: str) -> AwardImport:
        """Takes in a list of the awards of other schemes, members' and others', so that shares can be told.

        An award counts once, by its scheme and id; rows that cannot be used are reported. Raises
        UnreadableFileError.
        """
        with self._work(Action.IMPORT_AWARDS, by, key) as work:
            rows = read_awards(file)
            awards, rejections = rows.taken(lambda row: _awarded(work, row, rows))
        recorded = [award for award in awards if award]
        return AwardImport(
            n_rows=len(awards) + len(rejections),
            n_recorded=len(recorded),
            n_of_members=sum(any(party.clusters for party in award.parties) for award in recorded),
            n_known=awards.count(None),
            rejections=rejections,
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
    events = outcomes.record(
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
    events = outcomes.claim(
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


def _imported(work: Work, row: OutcomeRow, wave: str, rows: RowsTold[OutcomeRow]) -> Receipt | RowRejection:
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
        return rows.refused(row.row, "", told, reason)


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


def _awarded(work: Work, row: AwardRow, rows: RowsTold[AwardRow]) -> AwardRecorded | RowRejection | None:
    """An award of a row, put on record; None where it was before. A day still ahead is refused."""
    stream = f"award:{row.scheme}/{row.award_id}"
    if work.unit.events.read(stream):
        return None
    if row.on > work.today:
        return rows.refused(row.row, "on", row.on.isoformat(), Obstacle.NOT_YET)
    try:
        known = [_winner(work, id, row.on) for id in row.winners]
    except (UnknownOrganisationError, SampleError) as error:
        return rows.refused(row.row, "winners", str(error.facts["id"]), error.code)
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
