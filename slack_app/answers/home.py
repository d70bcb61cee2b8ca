"""The home tab: opening it, and everything that is changed there. It is shown anew after each change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from matchbot.desk import CaseView
from matchbot.errors import IndexingError
from matchbot.happenings import part_of
from matchbot.hints import Hint
from matchbot.members import Member
from matchbot.policy import Barred, NeverIntroduce, Role
from matchbot.service import Service
from matchbot.wording import Wording
from slack_app.arrivals import Kind
from slack_app.blocks import Block, day_input, field, modal, search_input, section
from slack_app.call import Call, Route, Suggesting
from slack_app.ids import Click, Field, Form
from slack_app.names import Names, texts_for
from slack_app.views import home

_MOST_SUGGESTED = 100
_LATEST = 5
"""Introductions that are shown beside the open cases."""


def opened(call: Call) -> None:
    """Everything as it stands now."""
    _publish(call)


def refresh(call: Call) -> None:
    """The home tab as it is after what somebody did, in the language that they read now."""
    _publish(as_they_read_now(call))


def as_they_read_now(call: Call) -> Call:
    """The call with who did it as they are registered now, and in the words that they want now."""
    member = call.desk.member(call.member.id)
    texts = texts_for(member, member.slack_id, call.speaker, call.texts.language)
    return replace(call, member=member, texts=texts, names=Names(call.service, texts, call.arrived.who))


def turn_page(call: Call) -> None:
    """Another page of it."""
    organisation_id, page = call.ids
    _publish(call, organisation_id, int(page))


def of_organisation(call: Call) -> None:
    """Another of the organisations that somebody speaks for."""
    (organisation_id,) = call.ids
    _publish(call, organisation_id)


def choose_language(call: Call) -> None:
    """In which language matchbot writes to somebody; that of their Slack where they do not say."""
    (chosen,) = call.ids
    call.desk.choose_language("" if chosen == "slack" else chosen, by=call.member, key=call.key)


# --- Being shown or not ---


def open_pause(call: Call) -> None:
    """Until when others are not to be shown an organisation."""
    (organisation_id,) = call.ids
    say = call.texts
    until = field(
        say("home-pause-until"), Field.DAY, day_input(), hint=say("home-pause-hint"), is_optional=True
    )
    view = modal(
        say("home-pause"),
        Form.PAUSE,
        [section(say("home-pause-what-happens")), until],
        submit=say("home-pause"),
        close=say("slack-close"),
        metadata=organisation_id,
    )
    call.open(view)


def pause(call: Call) -> None:
    """Others are not shown the organisation, from now on."""
    (organisation_id,) = call.ids
    until = call.text(Field.DAY)
    call.desk.pause(
        organisation_id, by=call.member, key=call.key, until=date.fromisoformat(until) if until else None
    )


def resume(call: Call) -> None:
    """The organisation is there again."""
    (organisation_id,) = call.ids
    call.desk.resume(organisation_id, by=call.member, key=call.key)


def opt_out(call: Call) -> None:
    """The organisation takes no part any more, until it says otherwise."""
    (organisation_id,) = call.ids
    call.desk.opt_out(organisation_id, by=call.member, key=call.key)


# --- Whom somebody never wants to meet ---


def open_never(call: Call) -> None:
    """Whom an organisation never wants to be introduced to."""
    (organisation_id,) = call.ids
    say = call.texts
    asked = field(say("home-never-organisation"), Field.ORGANISATION, search_input(say("home-never-search")))
    view = modal(
        say("home-never"),
        Form.NEVER,
        [section(say("home-never-is-secret")), asked],
        submit=say("home-never-add"),
        close=say("slack-close"),
        metadata=organisation_id,
    )
    call.open(view)


def never(call: Call) -> None:
    """The other one is kept off, and not told."""
    (organisation_id,) = call.ids
    call.desk.never_introduce(organisation_id, call.text(Field.ORGANISATION), by=call.member, key=call.key)


def never_lift(call: Call) -> None:
    """The other one may be met again."""
    organisation_id, kind, other = call.ids
    call.desk.never_introduce(
        organisation_id, other, by=call.member, key=call.key, kind=Barred(kind), is_lifted=True
    )


def close_need(call: Call) -> None:
    """Nobody looks for this any more, however often it was kept."""
    with call.desk.together():
        for need_id in call.ids:
            call.desk.close_need(need_id, by=call.member, key=part_of(call.key, need_id))


def suggest_organisations(
    service: Service, member: Member | None, typed: str, words: Wording
) -> Mapping[str, str]:
    """Organisations that anybody may know, but for one's own."""
    own = member.organisations if member else ()
    found = service.find_open_organisations(typed, limit=_MOST_SUGGESTED) if typed.strip() else []
    return {one.id: words.placed(one) for one in found if one.id not in own}


# --- within ---


def _publish(call: Call, organisation_id: str = "", page: int = 0) -> None:
    own = call.member.organisations
    shown = organisation_id if organisation_id in own else next(iter(own), "")
    blocks = chain(_sections(call, shown), home.languages(call.member, call.texts))
    call.speaker.publish_home(call.arrived.who, home.paged(blocks, page, call.texts, of=shown))


def _sections(call: Call, organisation_id: str) -> Iterator[Block]:
    member, say = call.member, call.texts
    if organisation_id:
        yield from home.firm(_firm(call, organisation_id), say, call.names)
    if member.is_guest:
        claimed = call.names.organisation(member.claims) if member.claims else ""
        yield from home.guest(claimed, say)
    if member.role in (Role.COORDINATOR, Role.STAFF):
        yield from home.waiting(call.desk.queue(member), call.desk.help_tickets(member), say, call.names)
    if member.role in (Role.STAFF, Role.ADMINISTRATOR):
        yield from home.staff(call.service.corpus_status(), call.service.index_status(), say)
    if member.role is Role.EVALUATOR:
        yield from home.evaluator(say)


def _firm(call: Call, organisation_id: str) -> home.FirmHome:
    desk, member, service = call.desk, call.member, call.service
    record = service.organisation(organisation_id)
    never = desk.never_introduced(organisation_id, member)
    others = [id for id in member.organisations if id != organisation_id]
    return home.FirmHome(
        organisation_id=organisation_id,
        name=call.names.plain.organisation(record.profile.organisation),
        others={
            id: call.names.plain.organisation(service.organisation(id).profile.organisation) for id in others
        },
        cases=list(_cases(call, organisation_id)),
        quotas=desk.quotas(organisation_id, member),
        presence=desk.presence(organisation_id, member),
        never=[(entry, _known_as(entry, call)) for entry in never],
        needs=desk.needs(organisation_id, member),
        accesses=desk.accesses(organisation_id, member),
        passages=record.profile.passages,
        drafts=[draft for draft in desk.drafts(member) if draft.organisation_id == organisation_id],
        hints=_hints(call, organisation_id),
    )


def _hints(call: Call, organisation_id: str) -> Sequence[Hint]:
    """What the profile could add; nothing while nobody can search, and the rest is shown all the same."""
    try:
        return call.service.profile_hints(organisation_id, call.member)
    except IndexingError:
        return ()


def _cases(call: Call, organisation_id: str) -> Iterator[CaseView]:
    """Its open cases, the earliest expiry first, and its latest introductions."""
    introduced = call.desk.introductions(call.member, limit=_LATEST)
    cases = (*call.desk.cases(call.member), *(call.desk.case(id, call.member) for id in introduced))
    return (case for case in cases if any(party.id == organisation_id for party in case.parties))


def _known_as(entry: NeverIntroduce, call: Call) -> str:
    if entry.kind is Barred.ORGANISATION:
        return call.names.plain.name(call.service.called(entry.target_id))
    return entry.target_id


SUGGESTIONS: Mapping[str, Suggesting] = {Field.ORGANISATION: suggest_organisations}

ROUTES = (
    Route(Kind.HOME, "", opened, shows=True),
    Route(Kind.CLICK, Click.HOME_PAGE, turn_page, shows=True),
    Route(Kind.CLICK, Click.HOME_OF, of_organisation, shows=True),
    Route(Kind.CLICK, Click.LANGUAGE, choose_language, changes_home=True),
    Route(Kind.CLICK, Click.PAUSE, open_pause, opens=True),
    Route(Kind.FORM, Form.PAUSE, pause, changes_home=True),
    Route(Kind.CLICK, Click.RESUME, resume, changes_home=True),
    Route(Kind.CLICK, Click.OPT_OUT, opt_out, changes_home=True),
    Route(Kind.CLICK, Click.NEVER_ADD, open_never, opens=True),
    Route(Kind.FORM, Form.NEVER, never, changes_home=True),
    Route(Kind.CLICK, Click.NEVER_LIFT, never_lift, changes_home=True),
    Route(Kind.CLICK, Click.CLOSE_NEED, close_need, changes_home=True),
)
