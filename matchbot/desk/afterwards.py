"""What is reported of a case after its introduction: meetings, progress, follow-ups."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from matchbot.aftermath import reports
from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.desk.work import Receipt, Room, Work
from matchbot.following import Followed
from matchbot.members import Member
from matchbot.policy import Action, Role


class Afterwards(Room):
    """Everything that is reported of a case after its introduction."""

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
        progress: CaseProgress,
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
        progress: CaseProgress | None = None,
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
                progress = None if progress is CaseProgress.MEETING else progress
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
        progress: CaseProgress | None,
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


def _reported(work: Work, followed: Followed, events: Sequence[reports.CaseReport]) -> Receipt:
    case_id = followed.case.id
    if events and not work.earlier():
        work.record(f"case:{case_id}", events)
    return work.receipt(work.case(case_id))
