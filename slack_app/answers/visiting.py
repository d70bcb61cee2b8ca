"""Visits: what a coordinator heard is put on record, and becomes a need where somebody looks for it."""

from datetime import date

from matchbot.desk import NeedDraft
from matchbot.happenings import part_of
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from slack_app.arrivals import Kind
from slack_app.blocks import (
    actions,
    button,
    choice_input,
    context,
    day_input,
    field,
    modal,
    quote,
    search_input,
    section,
    text_input,
)
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.views.forms import LONGEST_TEXT, means_field, needs


def open_visit(call: Call) -> None:
    """Whom, when, how, and what was heard."""
    say, today = call.texts, call.service.now().date().isoformat()
    note = text_input(is_long=True, longest=LONGEST_TEXT)
    blocks = (
        field(say("slack-visit-whom"), Field.ORGANISATION, search_input(say("home-never-search"))),
        field(say("slack-visit-day"), Field.DAY, day_input(initial=today)),
        means_field(say),
        field(say("slack-visit-note"), Field.TEXT, note, hint=say("slack-visit-note-hint"), is_optional=True),
    )
    call.open(
        modal(say("slack-visit"), Form.VISIT, blocks, submit=say("slack-send"), close=say("slack-close"))
    )


def log(call: Call) -> None:
    """The visit is on record; what the note says that they look for is offered as a need."""
    visit = call.desk.log_visit(
        [call.text(Field.ORGANISATION)],
        on=date.fromisoformat(call.text(Field.DAY)),
        means=Means(call.text(Field.MEANS)),
        note=call.text(Field.TEXT),
        by=call.member,
        key=call.key,
    )
    draft = call.desk.draft_need_from_visit(visit.id, call.member)
    call.say(_heard(call, draft) if draft.text else said(_logged(call, draft)))


def open_need(call: Call) -> None:
    """The need as the note suggests it, unless one came of the visit already."""
    (visit_id,) = call.ids
    draft, say = call.desk.draft_need_from_visit(visit_id, call.member), call.texts
    if draft.need_id:
        call.replace(_heard(call, draft))
        call.tell("slack-visit-need-known", id=draft.need_id)
        return
    purposes = {purpose.value: say(f"purpose-{purpose}") for purpose in Purpose}
    written = text_input(initial=draft.text, is_long=True, longest=LONGEST_TEXT)
    blocks = (
        section(call.names.organisation(draft.organisation_id)),
        field(say("slack-need"), Field.TEXT, written),
        field(say("slack-request-purpose"), Field.PURPOSE, choice_input(purposes, chosen=_purpose(draft))),
    )
    view = modal(
        say("slack-visit-need"),
        Form.VISIT_NEED,
        blocks,
        submit=say("slack-send"),
        close=say("slack-close"),
        metadata=packed(visit_id, str(call.payload["channel"]), str(call.payload["ts"])),
    )
    call.open(view)


def enter_need(call: Call) -> None:
    """The need is entered for the organisation, and tied to the visit it came of: one need of one visit."""
    visit_id, channel, ts = call.ids
    with call.desk.together():
        draft = call.desk.draft_need_from_visit(visit_id, call.member)
        if not draft.need_id:
            _enter(call, draft)
    entered = call.desk.draft_need_from_visit(visit_id, call.member)
    call.speaker.replace(channel, ts, _heard(call, entered))
    told = "slack-visit-need-known" if draft.need_id else "slack-visit-need-entered"
    call.tell(told, id=entered.need_id)


def _enter(call: Call, draft: NeedDraft) -> None:
    need = call.desk.enter_need(
        draft.organisation_id,
        call.text(Field.TEXT),
        Purpose(call.text(Field.PURPOSE)),
        wants_alerts=True,
        by=call.member,
        key=call.key,
    )
    call.desk.link_visit(draft.visit_id, need_id=need.id, by=call.member, key=part_of(call.key, "visit"))


def _logged(call: Call, draft: NeedDraft) -> str:
    organisation = call.names.organisation(draft.organisation_id)
    return call.texts("slack-visit-logged", id=draft.visit_id, organisation=organisation)


def _heard(call: Call, draft: NeedDraft) -> Posting:
    """What was heard on a visit; it can be made a need for as long as it is none."""
    say, told = call.texts, _logged(call, draft)
    below = (
        context(say("slack-visit-need-known", id=draft.need_id))
        if draft.need_id
        else actions(button(say("slack-visit-need"), Click.VISIT_NEED, draft.visit_id, style="primary"))
    )
    return Posting(told, (section(f"{told}\n{say('slack-visit-heard')}"), quote((draft.text, False)), below))


def _purpose(draft: NeedDraft) -> str:
    return draft.purpose.value if draft.purpose else ""


ROUTES = (
    Route(Kind.CLICK, Click.VISIT, open_visit, opens=True),
    Route(Kind.CLICK, Click.VISIT_NEED, open_need, opens=True),
    Route(Kind.FORM, Form.VISIT, log, check=needs(Field.ORGANISATION, Field.DAY, Field.MEANS)),
    Route(Kind.FORM, Form.VISIT_NEED, enter_need, check=needs(Field.TEXT, Field.PURPOSE)),
)
