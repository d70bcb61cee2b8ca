"""Help from a person, for whatever matchbot does not answer: every ticket goes to somebody by name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Receipt, Room, Work, already_handled
from matchbot.errors import Obstacle, StepError, UnknownRecordError
from matchbot.helping import HelpAsked, HelpClosed, HelpTaken
from matchbot.members import Member
from matchbot.policy import Action, Role
from matchbot.readmodels.found import HelpTicket
from matchbot.workdays import working_days_between


class HelpState(StrEnum):
    """How far a ticket is."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """A ticket, with "" for words that were erased.

    ``helpers``: who was asked to help, by name. ``n_days``: working days it has been open, or was.
    ``can_help``: whether who looks may take or close it now.
    """

    id: str
    state: HelpState
    member_id: str
    organisation_id: str
    about: str
    text: str
    asked_on: date
    n_days: int
    helpers: tuple[str, ...]
    can_help: bool
    taken_by: str
    closed_by: str
    closed_on: date | None
    reply: str


class Helping(Room):
    """From a call for help to its answer."""

    def ask_for_help(self, text: str, *, by: Member, key: str, about: str = "") -> Receipt:
        """A member wants a person: the coordinators of their home cluster, for everybody else the staff.

        ``about``: the id of a case, need or organisation. Raises StepError where nothing is said.
        """
        with self._work(Action.ASK_FOR_HELP, by, key) as work:
            if again := work.repeated():
                return again
            words = work.keep(text, "help")
            if words is None:
                raise StepError(id=by.id, command=Action.ASK_FOR_HELP, reason=Obstacle.NO_TEXT)
            organisation_id = next(iter(work.by.organisations), "")
            asked = HelpAsked(
                ticket_id=work.new_id("h"),
                member_id=work.by.id,
                text=words,
                cluster=work.home_of(organisation_id) if organisation_id else "",
                organisation_id=organisation_id,
                about=about,
            )
            work.record(f"help:{asked.ticket_id}", [asked])
            helpers = helpers_for(work, asked.cluster, organisation_id)
            work.tell(helpers, MessageKind.HELP_ASKED, ticket_id=asked.ticket_id)
            return Receipt(id=asked.ticket_id)

    def helpers(self, by: Member) -> tuple[str, ...]:
        """Whom a call for help of who asks would reach, by id."""
        with self._look(Action.ASK_FOR_HELP, by) as work:
            organisation_id = next(iter(work.by.organisations), "")
            cluster = work.home_of(organisation_id) if organisation_id else ""
            return helpers_for(work, cluster, organisation_id)

    def take_help(self, ticket_id: str, *, by: Member, key: str) -> Receipt:
        """Somebody of those asked takes care of it; the member and the others are told who.

        Raises AlreadyHandledError, UnknownRecordError, NotAllowedError.
        """
        with self._work(Action.TAKE_HELP, by, key) as work:
            ticket = _ticket(work, Action.TAKE_HELP, ticket_id)
            if again := work.repeated():
                return again
            if ticket.closed_on or ticket.taken_by not in ("", work.by.id):
                raise _handled(work, ticket_id)
            if not ticket.taken_by:
                work.record(f"help:{ticket_id}", [HelpTaken(ticket_id=ticket_id, member_id=work.by.id)])
                told = (ticket.member_id, *helpers_for(work, ticket.cluster, ticket.organisation_id))
                work.tell(told, MessageKind.HELP_TAKEN, ticket_id=ticket_id, taken_by=work.by.id)
            return Receipt(id=ticket_id)

    def close_help(self, ticket_id: str, *, by: Member, key: str, reply: str = "") -> Receipt:
        """It is settled, whoever took it; the member is told. ``reply``: what they are told with it.

        Raises AlreadyHandledError, UnknownRecordError, NotAllowedError.
        """
        with self._work(Action.CLOSE_HELP, by, key) as work:
            ticket = _ticket(work, Action.CLOSE_HELP, ticket_id)
            if again := work.repeated():
                return again
            if ticket.closed_on:
                raise _handled(work, ticket_id)
            words = work.keep(reply, "help-reply", ticket.member_id)
            closed = HelpClosed(ticket_id=ticket_id, member_id=work.by.id, reply=words)
            work.record(f"help:{ticket_id}", [closed])
            work.tell([ticket.member_id], MessageKind.HELP_ANSWERED, ticket_id=ticket_id)
            return Receipt(id=ticket_id)

    def help_tickets(self, by: Member, *, with_closed: bool = False) -> list[HelpView]:
        """The tickets of who looks, and those they are to help with, by day and id: the open ones, or all."""
        with self._look(Action.SEE_HELP, by) as work:
            tickets = work.models.help_tickets(with_closed=with_closed)
            return [_view(work, one) for one in tickets if _is_own(work, one) or _can_help(work, one)]

    def help_ticket(self, ticket_id: str, by: Member) -> HelpView:
        """One ticket. Raises UnknownRecordError, NotAllowedError."""
        with self._look(Action.SEE_HELP, by) as work:
            ticket = _known(work, ticket_id)
            is_seen = _is_own(work, ticket) or _can_help(work, ticket)
            work.require(Action.SEE_HELP, is_seen, "not-yourself")
            return _view(work, ticket)


def helpers_for(work: Work, cluster: str, organisation_id: str) -> tuple[str, ...]:
    """Who is asked to help: the coordinator an organisation was assigned to, else all of its cluster."""
    deciding = work.deciding_for(cluster)
    assigned = work.models.looks_after(organisation_id) if organisation_id else ""
    return (assigned,) if assigned in deciding else deciding


def _known(work: Work, ticket_id: str) -> HelpTicket:
    ticket = work.models.help_ticket(ticket_id)
    if ticket is None:
        raise UnknownRecordError(reason="no-ticket", id=ticket_id)
    return ticket


def _ticket(work: Work, action: Action, ticket_id: str) -> HelpTicket:
    ticket = _known(work, ticket_id)
    work.require_cluster(action, ticket.cluster)
    return ticket


def _handled(work: Work, ticket_id: str) -> Exception:
    stream = work.unit.events.read(f"help:{ticket_id}")
    return already_handled(work, ticket_id, stream[-1])


def _is_own(work: Work, ticket: HelpTicket) -> bool:
    return ticket.member_id == work.by.id


def _can_help(work: Work, ticket: HelpTicket) -> bool:
    return work.by.role in (Role.COORDINATOR, Role.STAFF) and work.answers_for(ticket.cluster)


def _view(work: Work, ticket: HelpTicket) -> HelpView:
    is_open = ticket.closed_on is None
    state = HelpState.TAKEN if ticket.taken_by else HelpState.OPEN
    return HelpView(
        id=ticket.id,
        state=state if is_open else HelpState.CLOSED,
        member_id=ticket.member_id,
        organisation_id=ticket.organisation_id,
        about=ticket.about,
        text=work.text(ticket.text_id),
        asked_on=ticket.asked_on,
        n_days=working_days_between(ticket.asked_on, ticket.closed_on or work.today),
        helpers=helpers_for(work, ticket.cluster, ticket.organisation_id),
        can_help=is_open and _can_help(work, ticket),
        taken_by=ticket.taken_by,
        closed_by=ticket.closed_by,
        closed_on=ticket.closed_on,
        reply=work.text(ticket.reply_id),
    )
