"""What came of it: 会えましたか, how far they are, whether the partner fitted, outcomes with evidence."""

from collections.abc import Iterator, Mapping
from datetime import date

from matchbot.aftermath.outcomes import Anyway, Attribution, Certainty, OutcomeKind
from matchbot.aftermath.reports import SCALE, CaseProgress, MeetingForm
from matchbot.desk import CaseView, Claim, MessageKind
from matchbot.members import Member
from matchbot.service import Service
from matchbot.wording import Wording
from slack_app.answers.telling import headline
from slack_app.arrivals import Kind
from slack_app.blocks import Element, actions, button, context, section
from slack_app.call import Call, Route, Suggesting
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, numbered, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import day_form, meeting_form, needs, outcome_form, reason_form
from slack_app.views.news import news

_MOST_SUGGESTED = 20

# --- How it went ---


def card(telling: Telling) -> Posting:
    """The question that is due, until somebody of the party has answered; then what else can be said."""
    say, organisation_id = telling.texts, str(telling.facts["organisation_id"])
    days = int(telling.facts["n_days"])
    case = telling.desk.case(telling.case_id, telling.member)
    is_awaited = (organisation_id, days) in case.awaited
    has_met = is_awaited and case.progress in (CaseProgress.MEETING, CaseProgress.CONTINUING)
    told = headline(telling, n=days, asked="progress" if has_met else "met")
    if is_awaited:
        below = [actions(*_answers(telling, case, packed(case.id, organisation_id, str(days))))]
    else:
        thanks = say("slack-follow-up-thanks", progress=say(f"progress-{case.progress}"))
        below = [section(thanks), actions(*_afterwards(telling, case, organisation_id))]
    return news(told, case, telling.member, say, telling.names, *below)


def _answers(telling: Telling, case: CaseView, value: str) -> Iterator[Element]:
    """What can have become of it: nothing that lies behind what is known."""
    say, reached = telling.texts, SCALE[case.progress]
    if reached <= SCALE[CaseProgress.NO_CONTACT]:
        no_contact = packed(value, CaseProgress.NO_CONTACT)
        yield button(say("slack-not-yet"), numbered(Click.PROGRESS, 1), no_contact)
    yield button(say("slack-met"), Click.MET, value, style="primary")
    if reached <= SCALE[CaseProgress.CONTINUING]:
        continuing = packed(value, CaseProgress.CONTINUING)
        yield button(say("progress-continuing"), numbered(Click.PROGRESS, 2), continuing)
    yield button(say("slack-given-up"), Click.GIVE_UP, value)


def _afterwards(telling: Telling, case: CaseView, organisation_id: str) -> Iterator[Element]:
    say = telling.texts
    yield button(say("slack-report-outcome"), Click.OUTCOME, packed(case.id, organisation_id))
    others = [party for party in case.parties if party.id != organisation_id]
    if telling.member.speaks_for(organisation_id) and others:
        for number, (label, fits) in enumerate((("slack-fitted", "yes"), ("slack-did-not-fit", "no"))):
            value = packed(case.id, organisation_id, others[0].id, fits)
            yield button(say(label), numbered(Click.RATE, number), value)


def progress(call: Call) -> None:
    """It is as far as that."""
    case_id, organisation_id, days, reached = call.ids
    call.desk.answer_follow_up(
        case_id,
        organisation_id,
        days=int(days),
        progress=CaseProgress(reached),
        by=call.member,
        key=call.key,
    )


def open_met(call: Call) -> None:
    """On which day they met."""
    today = call.service.now().date().isoformat()
    call.open(meeting_form(Form.MET, call.texts, metadata=packed(*call.ids), initial=today))


def met(call: Call) -> None:
    """They met."""
    case_id, organisation_id, days = call.ids
    call.desk.answer_follow_up(
        case_id,
        organisation_id,
        days=int(days),
        met_on=date.fromisoformat(call.text(Field.DAY)),
        form=MeetingForm(call.text(Field.FORM)),
        by=call.member,
        key=call.key,
    )


def open_giving_up(call: Call) -> None:
    """Why it ends here; it may be left empty."""
    call.open(reason_form(Form.GIVE_UP, call.texts, metadata=packed(*call.ids), is_optional=True))


def give_up(call: Call) -> None:
    """It ends here (見送り)."""
    case_id, organisation_id, days = call.ids
    call.desk.answer_follow_up(
        case_id,
        organisation_id,
        days=int(days),
        progress=CaseProgress.GIVEN_UP,
        reason=call.text(Field.REASON),
        by=call.member,
        key=call.key,
    )


def rate(call: Call) -> None:
    """Whether the partner fitted what was looked for; later searches take note."""
    case_id, organisation_id, partner_id, fits = call.ids
    case = call.desk.case(case_id, call.member)
    is_asker = any(party.id == organisation_id and party.is_requester for party in case.parties)
    call.desk.rate(
        case.need_id if is_asker else "",
        organisation_id,
        partner_id,
        is_fitting=fits == "yes",
        case_id=case_id,
        by=call.member,
        key=call.key,
    )
    call.tell("slack-rated")


# --- Outcomes ---


def open_outcome(call: Call) -> None:
    """What came of it."""
    case_id, organisation_id = call.ids
    case = call.desk.case(case_id, call.member)
    view = outcome_form(
        Form.OUTCOME,
        call.texts,
        metadata=packed(case_id, organisation_id),
        parties={party.id: call.names.plain.name(party.name) for party in case.parties},
        own=[party.id for party in case.parties],
        today=call.service.now().date(),
    )
    call.open(view)


def outcome(call: Call) -> None:
    """A party claims it, or a coordinator records it; what is known already counts once."""
    case_id, organisation_id = call.ids
    kind, certainty = OutcomeKind(call.text(Field.KIND)), Certainty(call.text(Field.CERTAINTY))
    speaks = call.member.speaks_for(organisation_id)
    claim = Claim(
        organisation_id=organisation_id if speaks else "",
        case_id=case_id,
        attribution=Attribution(call.text(Field.ATTRIBUTION)),
        would_have_met=Anyway(call.text(Field.ANYWAY)),
        document=call.text(Field.DOCUMENT),
        note=call.text(Field.TEXT),
    )
    command = call.desk.claim_outcome if speaks else call.desk.record_outcome
    receipt = command(
        kind,
        list(call.values.get(Field.ORGANISATIONS) or ()),
        on=date.fromisoformat(call.text(Field.DAY)),
        certainty=certainty,
        claim=claim,
        subject_id=call.text(Field.SUBJECT),
        by=call.member,
        key=call.key,
    )
    known = "known" if "known-outcome" in receipt.notices else "new"
    told = call.texts(
        "slack-outcome-recorded",
        id=receipt.id,
        kind=call.texts(f"outcome-{kind}"),
        certainty=call.texts(f"certainty-{certainty}"),
        known=known,
    )
    confirming = button(call.texts("slack-confirm-outcome"), Click.CONFIRM_OUTCOME, receipt.id)
    is_open = certainty is Certainty.EXPECTED and not speaks
    evidence = call.desk.outcome(receipt.id, call.member).evidence
    below = context(call.texts("slack-outcome-evidence", evidence=evidence))
    call.say(said(told, below, *((actions(confirming),) if is_open else ())))


def open_confirmation(call: Call) -> None:
    """On which day 見込み became 確定."""
    (outcome_id,) = call.ids
    call.open(day_form(Form.CONFIRM_OUTCOME, call.texts, metadata=outcome_id))


def confirm_outcome(call: Call) -> None:
    """見込み has become 確定."""
    (outcome_id,) = call.ids
    on = date.fromisoformat(call.text(Field.DAY))
    call.desk.confirm_outcome(outcome_id, on=on, by=call.member, key=call.key)
    call.tell("slack-outcome-confirmed", id=outcome_id)


_OUTCOME_NEEDS = (Field.KIND, Field.DAY, Field.CERTAINTY, Field.ATTRIBUTION, Field.ANYWAY)


def suggest_introductions(
    service: Service, member: Member | None, typed: str, words: Wording
) -> Mapping[str, str]:
    """The introductions of a coordinator's clusters, by what was typed of their number or their parties."""
    if member is None:
        return {}
    found = service.desk.introductions(member, named=typed, limit=_MOST_SUGGESTED)
    return {packed(id, ""): " ".join((id, *map(words.name, names))) for id, names in found.items()}


SUGGESTIONS: Mapping[str, Suggesting] = {Click.OUTCOME: suggest_introductions}

ROUTES = (
    Route(Kind.CLICK, Click.PROGRESS, progress),
    Route(Kind.CLICK, Click.MET, open_met, opens=True),
    Route(Kind.CLICK, Click.GIVE_UP, open_giving_up, opens=True),
    Route(Kind.CLICK, Click.RATE, rate),
    Route(Kind.CLICK, Click.OUTCOME, open_outcome, opens=True),
    Route(Kind.CLICK, Click.CONFIRM_OUTCOME, open_confirmation, opens=True),
    Route(Kind.FORM, Form.MET, met, check=needs(Field.DAY)),
    Route(Kind.FORM, Form.GIVE_UP, give_up),
    Route(Kind.FORM, Form.OUTCOME, outcome, check=needs(*_OUTCOME_NEEDS)),
    Route(Kind.FORM, Form.CONFIRM_OUTCOME, confirm_outcome, check=needs(Field.DAY)),
)

NOTICES = (Notice(MessageKind.FOLLOW_UP, card),)
