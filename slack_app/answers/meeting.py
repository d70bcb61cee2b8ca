"""Meetings: agreeing on a day, calling it off, and the sheet (面談メモ) that comes the working day before."""

from collections.abc import Iterator
from datetime import date

from matchbot.aftermath.reports import MeetingForm
from matchbot.desk import MeetingMemo, MemoParty, MessageKind
from slack_app.answers.telling import headline, of_case
from slack_app.arrivals import Kind
from slack_app.blocks import Block, actions, button, context, escaped, header, quote, section
from slack_app.call import Call, Route
from slack_app.ids import Click, Field, Form
from slack_app.limits import Posting
from slack_app.names import Names
from slack_app.notices import Notice, Telling
from slack_app.views.forms import meeting_form, needs
from slack_app.views.news import news


def plan(call: Call) -> None:
    """One of the proposed days suits; everybody in the group reads it."""
    case_id, day = call.ids
    _plan(call, case_id, date.fromisoformat(day), MeetingForm.IN_PERSON)


def open_plan(call: Call) -> None:
    """Another day."""
    (case_id,) = call.ids
    call.open(meeting_form(Form.PLAN, call.texts, metadata=case_id))


def plan_other(call: Call) -> None:
    """Another day suits."""
    (case_id,) = call.ids
    _plan(call, case_id, date.fromisoformat(call.text(Field.DAY)), MeetingForm(call.text(Field.FORM)))


def _plan(call: Call, case_id: str, on: date, form: MeetingForm) -> None:
    call.desk.plan_meeting(case_id, on=on, form=form, by=call.member, key=call.key)
    told = call.texts("slack-planned", id=case_id, on=on, form=call.texts(f"form-{form}"))
    channel = str(call.payload.get("channel") or "")
    if channel and not channel.startswith("D"):
        call.speaker.say(channel, Posting(told))
    else:
        call.say(Posting(told))


def call_off(call: Call) -> None:
    """They will not meet as planned."""
    (case_id,) = call.ids
    call.desk.call_off_meeting(case_id, by=call.member, key=call.key)
    call.tell("slack-called-off", id=case_id)


def planned(telling: Telling) -> Posting:
    """On which day they meet; it can be moved or called off until then."""
    on, say = date.fromisoformat(str(telling.facts["on"])), telling.texts
    case = telling.desk.case(telling.case_id, telling.member)
    told = headline(telling, on=on, form=say(f"form-{telling.facts['form']}"))
    moving = button(say("slack-plan-other"), Click.PLAN_OTHER, case.id)
    calling_off = button(say("slack-call-off"), Click.CALL_OFF, case.id)
    below = (actions(moving, calling_off),) if case.planned_on == on else ()
    return news(told, case, telling.member, say, telling.names, *below)


def memo(telling: Telling) -> Posting:
    """Who they are, what both seek, and three questions to begin with."""
    sheet, say = telling.desk.meeting_memo(telling.case_id, telling.member), telling.texts
    told = headline(telling, on=sheet.on, form=say(f"form-{sheet.form}"))
    return Posting(told, (header(told), *_sheet(sheet, telling)))


def _sheet(sheet: MeetingMemo, telling: Telling) -> Iterator[Block]:
    say = telling.texts
    for party in sheet.parties:
        yield section(f"*{telling.names.name(party.name)}*\n{_facts(party, telling.names, telling)}")
        for label, told in (("about-does", party.does), ("about-seeks", party.seeks)):
            if told:
                yield context(say(label))
                yield quote(("\n".join(told), False))
    yield section(f"*{say('memo-questions')}*")
    yield section("\n".join(f"• {say(f'memo-question-{question}')}" for question in sheet.questions))


def _facts(party: MemoParty, names: Names, telling: Telling) -> str:
    home = names.plain.cluster(party.home_cluster) if party.home_cluster else ""
    facts = (telling.texts(f"kind-{party.kind}"), escaped(home), escaped(party.size_band))
    return telling.texts("fact-separator").join(filter(None, facts))


ROUTES = (
    Route(Kind.CLICK, Click.PLAN, plan),
    Route(Kind.CLICK, Click.PLAN_OTHER, open_plan, opens=True),
    Route(Kind.FORM, Form.PLAN, plan_other, check=needs(Field.DAY)),
    Route(Kind.CLICK, Click.CALL_OFF, call_off),
)

NOTICES = (
    Notice(MessageKind.MEETING_PLANNED, planned),
    Notice(MessageKind.MEETING_CALLED_OFF, of_case),
    Notice(MessageKind.MEETING_MEMO, memo),
)
