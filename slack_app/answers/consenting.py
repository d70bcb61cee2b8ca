"""What a party answers that was asked: 会ってみる, 見送る, or 検討中 until a day."""

from datetime import date

from matchbot.desk import MessageKind
from slack_app.answers.telling import headline, own_party
from slack_app.arrivals import Kind
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views import consent as view
from slack_app.views.forms import day_form, needs, reason_form


def card(telling: Telling, told: str = "") -> Posting:
    """What the reader's organisation is asked, as it stands now. ``told``: the line it begins with."""
    case = telling.desk.case(telling.case_id, telling.member)
    own = own_party(case, telling.member)
    letter = telling.desk.letter_facts(case.id, own.id, telling.member)
    told = told or headline(telling, organisation=telling.names.party(own))
    return view.card(told, case, own, letter, telling.texts, telling.names)


def consent(call: Call) -> None:
    """Yes (会ってみる); the card then says what follows."""
    case_id, organisation_id = call.ids
    call.desk.consent(case_id, organisation_id, by=call.member, key=call.key)


def refuse(call: Call) -> None:
    """No (見送る), or no longer yes."""
    case_id, organisation_id = call.ids
    call.desk.refuse(case_id, organisation_id, reason=call.text(Field.REASON), by=call.member, key=call.key)


def defer(call: Call) -> None:
    """検討中: the answer will come by a day."""
    case_id, organisation_id = call.ids
    until = date.fromisoformat(call.text(Field.DAY))
    call.desk.defer(case_id, organisation_id, until=until, by=call.member, key=call.key)
    call.tell("slack-deferred-until", id=case_id, until=until)


def open_refusal(call: Call) -> None:
    """Why not, for the coordinators only; it may be left empty."""
    call.open(reason_form(Form.REFUSE, call.texts, metadata=packed(*call.ids), is_optional=True))


def open_deferral(call: Call) -> None:
    """Until when."""
    latest = call.desk.latest_deferral(call.member)
    hint = call.texts("slack-defer-until", latest=latest)
    call.open(day_form(Form.DEFER, call.texts, metadata=packed(*call.ids), hint=hint))


ROUTES = (
    Route(Kind.CLICK, Click.CONSENT, consent, changes_home=True),
    Route(Kind.CLICK, Click.REFUSE, open_refusal, opens=True),
    Route(Kind.CLICK, Click.DEFER, open_deferral, opens=True),
    Route(Kind.FORM, Form.REFUSE, refuse, changes_home=True),
    Route(Kind.FORM, Form.DEFER, defer, check=needs(Field.DAY), changes_home=True),
)

NOTICES = (Notice(MessageKind.ASKED, card),)
