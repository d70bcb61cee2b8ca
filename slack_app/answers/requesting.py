"""Asking for an introduction (紹介を希望): the form, the request, and taking it back."""

from datetime import date

from matchbot.desk import MessageKind
from matchbot.happenings import part_of
from matchbot.introductions.words import OPEN, State
from matchbot.masking import is_code
from matchbot.need import Purpose
from slack_app.answers.telling import marked
from slack_app.arrivals import Kind
from slack_app.blocks import (
    Block,
    actions,
    button,
    choice_input,
    confirmation,
    context,
    field,
    modal,
    section,
)
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import need_field, needs, purpose_field
from slack_app.views.news import about

_NAMED, _ANONYMOUS = "named", "anonymous"


def open_form(call: Call) -> None:
    """Purpose, message and who may know who asks; what the thread looks for is the draft. For one partner, or
    for the two of a pair, in one case."""
    need = call.service.need_of(call.card)
    say = call.texts
    view = modal(
        say("slack-request-title"),
        Form.REQUEST,
        [
            section(say("slack-request-what-happens")),
            purpose_field(say, need),
            need_field(say("slack-request-brief"), need, hint=say("slack-request-brief-hint")),
            _visibility(call),
            section(say("wording-request-2")),
        ],
        submit=say("slack-request"),
        close=say("slack-close"),
        metadata=packed(call.card, *call.ids),
    )
    call.open(view)


def _visibility(call: Call) -> Block:
    """公開範囲: what a firm can choose; of one whose profile is masked, how it is."""
    say = call.texts
    if any(map(is_code, map(call.service.called, call.member.organisations[:1]))):
        return context(say("slack-request-masked"))
    choices = {each: say(f"slack-request-{each}") for each in (_NAMED, _ANONYMOUS)}
    chosen = choice_input(choices, chosen=_NAMED)
    hint = say("slack-request-visibility-hint")
    return field(say("slack-request-visibility"), Field.VISIBILITY, chosen, hint=hint)


def request(call: Call) -> None:
    """The need is kept, and the request goes to the coordinator; the receipt comes as a notice."""
    thread_id, *partners = call.ids
    organisation_id, purpose = call.member.organisations[0], Purpose(call.text(Field.PURPOSE))
    need = call.service.need_of(thread_id)
    # Together: a request that is refused leaves no need behind.
    with call.desk.together():
        saved = call.desk.save_need(
            organisation_id, need.text or need.query, purpose, by=call.member, key=part_of(call.key, "need")
        )
        call.desk.request(
            organisation_id,
            [call.service.partner_id(partner) for partner in partners],
            purpose=purpose,
            need_id=saved.id,
            brief=call.text(Field.TEXT),
            is_anonymous=call.text(Field.VISIBILITY) == _ANONYMOUS,
            by=call.member,
            key=call.key,
        )


def receipt(telling: Telling) -> Posting:
    """What follows a request, then where it stands; and the way back for as long as there is one."""
    say, names = telling.texts, telling.names
    case = telling.desk.case(telling.case_id, telling.member)
    expires_on = date.fromisoformat(telling.facts["expires_on"])
    is_new = case.state is State.REQUESTED
    followed = say("slack-requested", id=case.id, expires_on=expires_on, left=telling.facts["left"])
    told = marked(telling, followed if is_new else say("slack-request-taken", id=case.id))
    stands = [] if is_new else [context(about(case, telling.member, say, names))]
    earlier = say("slack-case-number", id=case.repeats)
    warned = [context(f"{say('about-repeats')}: {earlier}")] if case.repeats else []
    if case.state not in OPEN:
        return said(told, *warned, *stands)
    sure = confirmation(
        say("slack-withdraw-title"),
        say("slack-withdraw-sure", id=case.id),
        say("slack-withdraw"),
        say("slack-close"),
    )
    back = button(say("slack-withdraw"), Click.WITHDRAW, case.id, confirm=sure)
    return said(told, *warned, *stands, actions(back))


def withdraw(call: Call) -> None:
    """The request is taken back, and does not count against the limit."""
    (case_id,) = call.ids
    call.desk.withdraw(case_id, by=call.member, key=call.key)
    call.tell("slack-withdrawn", id=case_id)


ROUTES = (
    Route(Kind.CLICK, Click.REQUEST, open_form, opens=True),
    Route(
        Kind.FORM,
        Form.REQUEST,
        request,
        check=needs(Field.TEXT, told="slack-request-no-brief"),
        changes_home=True,
    ),
    Route(Kind.CLICK, Click.WITHDRAW, withdraw, changes_home=True),
)

NOTICES = (Notice(MessageKind.REQUESTED, receipt),)
