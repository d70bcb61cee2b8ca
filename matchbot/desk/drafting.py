"""From what a coordinator heard on a visit to a need: a draft, which somebody reads before it is entered."""

from dataclasses import dataclass

from corpus.records import Kind
from matchbot.desk.work import Room, Work
from matchbot.errors import UnknownRecordError
from matchbot.members import Member
from matchbot.need import Need, Purpose
from matchbot.participation import VisitLinked, VisitLogged
from matchbot.phrases.notes import wishes
from matchbot.policy import Action
from matchbot.understanding import understand


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDraft:
    """A need as a visit's note suggests it. ``organisation_id``: whose it would be; the first one visited.

    ``text``: what the note says that they look for, "" where it says nothing of the kind. ``purpose``:
    None where the note does not tell. ``need_id``: the need that came of the visit already, "" for none.
    """

    visit_id: str
    organisation_id: str
    text: str
    purpose: Purpose | None
    note: str
    need_id: str = ""


class Drafting(Room):
    """Drafts of needs."""

    def draft_need_from_visit(self, visit_id: str, by: Member) -> NeedDraft:
        """What a visit's note says that the organisation looks for; nothing is recorded.

        To be entered with `enter_need` and linked with `link_visit`. Raises UnknownRecordError,
        NotAllowedError.
        """
        with self._look(Action.LOG_VISIT, by) as work:
            visit = _visit(work, visit_id)
            homes = map(work.home_of, visit.organisation_ids)
            work.require(Action.LOG_VISIT, any(map(work.answers_for, homes)), "not-your-cluster")
            note = work.text(visit.note)
            text = wishes(note)
            return NeedDraft(
                visit_id=visit_id,
                organisation_id=visit.organisation_ids[0],
                text=text,
                purpose=_purpose(understand(text)) if text else None,
                note=note,
                need_id=_need_of(work, visit_id),
            )


def _visit(work: Work, visit_id: str) -> VisitLogged:
    for recorded in work.unit.events.read(f"visit:{visit_id}"):
        if isinstance(recorded.event, VisitLogged):
            return recorded.event
    raise UnknownRecordError(reason="no-visit", id=visit_id)


def _need_of(work: Work, visit_id: str) -> str:
    """The need that a visit led to, as it was logged or linked; "" for none."""
    steps = (recorded.event for recorded in work.unit.events.read(f"visit:{visit_id}"))
    return next(
        (step.need_id for step in steps if isinstance(step, VisitLogged | VisitLinked) and step.need_id), ""
    )


def _purpose(need: Need) -> Purpose | None:
    """What is said or, with a university or a financier asked for, what that is mostly for."""
    if need.purpose is not None:
        return need.purpose
    if need.kinds & {Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE}:
        return Purpose.RESEARCH
    return Purpose.FUNDING if Kind.FINANCIER in need.kinds else None
