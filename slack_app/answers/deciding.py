"""What coordinators decide: approving (承認), sending back (差戻し), 見送り, stopping, handing over.

The card stands in the queue channel of the cluster where there is one, else in the DM of everybody who
decides for it. Who may is looked up in the ledger at every click.
"""

from collections.abc import Mapping

from matchbot.desk import DECISIONS, CaseView, MessageKind
from matchbot.errors import (
    AlreadyHandledError,
    MatchbotError,
    NotAllowedError,
    ReasonNeededError,
)
from matchbot.members import Member
from matchbot.policy import Tie
from slack_app.answers.telling import headline, marked
from slack_app.arrivals import Kind
from slack_app.blocks import actions, button, section
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views import decision
from slack_app.views.decision import Deciding
from slack_app.views.forms import needs, person_form, reason_form
from slack_app.workspaces import beside

# --- The card ---


def card(telling: Telling) -> Posting:
    """A case that a cluster has to decide on, or can stop, as it stands now."""
    return card_for(telling, str(telling.facts["cluster"]))


def card_for(telling: Telling, cluster: str, told: str = "") -> Posting:
    """The same for a cluster that the message does not name. ``told``: the line it begins with while there is
    something to decide."""
    reader = _reader(telling, cluster)
    case = telling.desk.case(telling.case_id, reader)
    deciding = Deciding(
        case=case,
        cluster=cluster,
        fits=telling.service.fits(case),
        ties=_ties(telling, case, cluster),
        log=telling.desk.case_log(case.id, reader),
    )
    if not deciding.is_open:
        told = marked(telling, telling.texts("slack-case-decided", id=case.id))
    return decision.card(told or headline(telling), deciding, telling.texts, telling.names)


def queue_channel(telling: Telling) -> str:
    """The channel in which the coordinators of the cluster see their queue."""
    return telling.settings.queue_channels.get(str(telling.facts["cluster"]), "")


def _reader(telling: Telling, cluster: str) -> Member:
    """As whom the case is looked at: in a channel, whoever decides today, also when the first has left."""
    if not telling.member.has_left or not telling.settings.queue_channels.get(cluster):
        return telling.member
    return telling.desk.member(telling.desk.deciding(cluster)[0])


def _ties(telling: Telling, case: CaseView, cluster: str) -> Mapping[str, tuple[Tie, ...]]:
    """How close to a party each of those is who may decide."""
    members = [member for turn in case.turns if turn.cluster == cluster for member in turn.members]
    cards = {id: telling.desk.case(case.id, telling.desk.member(id)).card for id in members}
    return {id: card.conflicts for id, card in cards.items() if card and card.conflicts}


# --- Deciding ---


def approve(call: Call) -> None:
    """The cluster agrees; whoever is close to a party is asked for a reason first."""
    case_id, cluster = call.ids
    try:
        call.desk.approve(case_id, cluster=cluster, by=call.member, key=call.key)
    except ReasonNeededError as error:
        told, value = call.names.error(error), packed(case_id, cluster)
        giving = button(call.texts("slack-give-reason"), Click.APPROVE_WITH_REASON, value, style="primary")
        call.reply(Posting(told, (section(told), actions(giving))))


def approve_with_reason(call: Call) -> None:
    """The cluster agrees although its coordinator is close to a party."""
    case_id, cluster = call.ids
    reason = call.text(Field.REASON)
    call.desk.approve(case_id, cluster=cluster, reason=reason, by=call.member, key=call.key)


def send_back(call: Call) -> None:
    """The request is to be improved (差戻し)."""
    case_id, cluster = call.ids
    reason = call.text(Field.REASON)
    call.desk.return_request(case_id, cluster=cluster, reason=reason, by=call.member, key=call.key)


def decline(call: Call) -> None:
    """The cluster decides against it (見送り)."""
    case_id, cluster = call.ids
    reason = call.text(Field.REASON)
    call.desk.decline(case_id, cluster=cluster, reason=reason, by=call.member, key=call.key)


def stop(call: Call) -> None:
    """The other side's cluster stops it before its party has answered."""
    case_id, cluster = call.ids
    reason = call.text(Field.REASON)
    call.desk.stop(case_id, cluster=cluster, reason=reason, by=call.member, key=call.key)


def hand_over(call: Call) -> None:
    """Another coordinator, or whoever does this, is in charge from now on (引き継ぐ)."""
    case_id, _ = call.ids
    taking = call.desk.member_in_slack(beside(call.text(Field.PERSON), call.arrived.who))
    if taking is None:
        raise NotAllowedError(role=call.member.role, action="hand_over_case", reason="not-in-its-clusters")
    call.desk.hand_over_case(case_id, taking.id, by=call.member, key=call.key)
    call.tell("slack-handed-over-to", id=case_id, member=call.names.member(taking.id))


# --- Forms ---


def open_approval(call: Call) -> None:
    """Why it is approved all the same."""
    _require_undecided(call)
    call.open(reason_form(Form.APPROVE_WITH_REASON, call.texts, metadata=packed(*call.ids)))


def open_return(call: Call) -> None:
    """What is to be improved, which the requester reads."""
    _require_undecided(call)
    call.open(reason_form(Form.RETURN, call.texts, metadata=packed(*call.ids)))


def open_decline(call: Call) -> None:
    """Why not, which only coordinators read."""
    _require_undecided(call)
    call.open(reason_form(Form.DECLINE, call.texts, metadata=packed(*call.ids)))


def open_stop(call: Call) -> None:
    """Why it is stopped, which only coordinators read."""
    case_id, cluster = call.ids
    case = _looked_at(call, case_id)
    if cluster not in case.stoppable_by:
        raise _handled(call, case)
    call.open(reason_form(Form.STOP, call.texts, metadata=packed(*call.ids)))


def open_handover(call: Call) -> None:
    """To whom it goes."""
    _require_undecided(call)
    call.open(person_form(Form.HAND_OVER, call.texts, metadata=packed(*call.ids)))


def _require_undecided(call: Call) -> None:
    """Nobody is to write down a reason in vain. Raises AlreadyHandledError, NotAllowedError."""
    case_id, cluster = call.ids
    case = _looked_at(call, case_id)
    if not Deciding(case=case, cluster=cluster).can_be_approved:
        raise _handled(call, case)


def _looked_at(call: Call, case_id: str) -> CaseView:
    """The case, for those who decide. Raises NotAllowedError."""
    case = call.desk.case(case_id, call.member)
    if case.card is None:
        raise NotAllowedError(role=call.member.role, action="approve", reason="not-your-role")
    return case


def _handled(call: Call, case: CaseView) -> MatchbotError:
    """Who was first."""
    decisions = [entry for entry in call.desk.case_log(case.id, call.member) if entry.type in DECISIONS]
    if not decisions:
        return NotAllowedError(role=call.member.role, action="approve", reason="not-your-cluster")
    last = decisions[-1]
    return AlreadyHandledError(id=case.id, member=last.actor, event=last.type, at=last.recorded_at)


ROUTES = (
    Route(Kind.CLICK, Click.APPROVE, approve, changes_home=True),
    Route(Kind.CLICK, Click.APPROVE_WITH_REASON, open_approval, opens=True),
    Route(Kind.CLICK, Click.RETURN, open_return, opens=True),
    Route(Kind.CLICK, Click.DECLINE, open_decline, opens=True),
    Route(Kind.CLICK, Click.STOP, open_stop, opens=True),
    Route(Kind.CLICK, Click.HAND_OVER, open_handover, opens=True),
    Route(
        Kind.FORM, Form.APPROVE_WITH_REASON, approve_with_reason, check=needs(Field.REASON), changes_home=True
    ),
    Route(Kind.FORM, Form.RETURN, send_back, check=needs(Field.REASON), changes_home=True),
    Route(Kind.FORM, Form.DECLINE, decline, check=needs(Field.REASON), changes_home=True),
    Route(Kind.FORM, Form.STOP, stop, check=needs(Field.REASON), changes_home=True),
    Route(Kind.FORM, Form.HAND_OVER, hand_over, check=needs(Field.PERSON), changes_home=True),
)

NOTICES = (
    Notice(MessageKind.APPROVAL_NEEDED, card, channel=queue_channel),
    Notice(MessageKind.TOLD, card, channel=queue_channel),
)
