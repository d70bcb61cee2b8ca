"""One's own profile: what it says is suggested here, and becomes public once a coordinator lets it pass."""

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.records import PassageType
from matchbot.desk import MessageKind
from matchbot.profiles import PUBLISHED, Change
from matchbot.publication import LONGEST_PASSAGE, ProfileDraft
from matchbot.texts import Texts
from slack_app.answers.telling import headline, its_organisation
from slack_app.arrivals import Kind
from slack_app.blocks import (
    Block,
    Element,
    actions,
    button,
    choice_input,
    context,
    escaped,
    field,
    modal,
    quote,
    section,
    text_input,
)
from slack_app.call import Call, Route
from slack_app.cards import said
from slack_app.ids import Click, Field, Form, packed
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.forms import needs, reason_form

_LONGEST_TITLE = 100
_LONGEST_TEXT = LONGEST_PASSAGE - _LONGEST_TITLE


def open_addition(call: Call) -> None:
    """Something new that the profile is to say; with a hint of what it misses, a sentence to begin with."""
    organisation_id, *hinted = call.ids
    say = call.texts
    begun = "".join(say("profile-hinted", term=term) for term in hinted)
    types = {type.value: say(f"passage-{type}") for type in PassageType}
    kind = field(say("profile-type"), Field.CHANGE, choice_input(types, chosen=PassageType.CAPABILITY.value))
    call.open(_form(say, [kind, *_texts(say, text=begun)], packed(organisation_id, "")))


def open_change(call: Call) -> None:
    """What one passage of the profile is to say instead, or that it is to go."""
    organisation_id, passage_id = call.ids
    say = call.texts
    passages = call.service.organisation(organisation_id).profile.passages
    passage = next((each for each in passages if each.id == passage_id), None)
    if passage is None:
        call.tell("slack-outdated")
        return
    changes = {change.value: say(f"change-{change}") for change in (Change.REPLACE, Change.WITHDRAW)}
    kind = field(say("profile-change"), Field.CHANGE, choice_input(changes, chosen=Change.REPLACE.value))
    blocks = [kind, *_texts(say, passage.title, passage.text)]
    call.open(_form(say, blocks, packed(organisation_id, passage_id)))


def suggest(call: Call) -> None:
    """The change goes to the coordinators; until they let it pass, the profile stays as it is."""
    organisation_id, passage_id = call.ids
    chosen = call.text(Field.CHANGE)
    change = Change(chosen) if passage_id else Change.ADD
    receipt = call.service.suggest_profile_change(
        organisation_id,
        change,
        passage_id=passage_id,
        passage_type=None if passage_id else PassageType(chosen),
        title=call.text(Field.TITLE),
        text=call.text(Field.TEXT),
        by=call.member,
        key=call.key,
    )
    call.say(said(call.texts("profile-suggested", id=receipt.id)))


def renew(call: Call) -> None:
    """All of it still holds."""
    (organisation_id,) = call.ids
    call.desk.renew_profile(organisation_id, by=call.member, key=call.key)
    call.say(said(call.texts("profile-renewed")))


def ageing(telling: Telling) -> Posting:
    """The profile is to be confirmed until a day; nothing is left to do once it was."""
    organisation_id, hidden_on = str(telling.facts["organisation_id"]), str(telling.facts["hidden_on"])
    if not telling.desk.is_ageing(organisation_id):
        return said(telling.texts("profile-renewed"))
    organisation = telling.names.organisation(organisation_id)
    renewing = button(telling.texts("profile-renew"), Click.PROFILE_RENEW, organisation_id, style="primary")
    told = headline(telling, organisation=organisation, on=hidden_on)
    return said(told, actions(renewing))


# --- Whoever looks at it before it becomes public ---


def card(telling: Telling) -> Posting | None:
    """What the profile says and what it is to say, with the decision."""
    shown = next(
        (
            d
            for d in telling.service.profile_drafts(telling.member, with_closed=True)
            if d.draft.id == telling.facts["draft_id"]
        ),
        None,
    )
    if shown is None:
        return None
    headline = telling.texts("slack-told-profile-suggested", organisation=shown.organisation)
    return Posting(headline, (section(f"*{escaped(headline)}*"), *_content(shown, telling)))


def approve(call: Call) -> None:
    """The change passes: with the last pass it is public."""
    draft_id, stage = call.ids
    receipt = call.service.decide_draft(draft_id, True, to=stage, by=call.member, key=call.key)
    for notice in receipt.notices:
        call.tell(f"notice-{notice}")


def open_return(call: Call) -> None:
    """Why it does not become public, for whoever suggested it."""
    (draft_id,) = call.ids
    call.open(reason_form(Form.PROFILE_RETURN, call.texts, metadata=draft_id))


def return_(call: Call) -> None:
    """The change goes back to whoever suggested it."""
    (draft_id,) = call.ids
    call.service.decide_draft(draft_id, False, reason=call.text(Field.REASON), by=call.member, key=call.key)


def decided(telling: Telling) -> Posting:
    """What became of a suggestion."""
    draft = telling.desk.draft(str(telling.facts["draft_id"]), telling.member)
    told = telling.texts(f"slack-told-profile-{telling.facts['decision']}", id=draft.id)
    below = [quote((draft.reason, False))] if draft.reason else []
    return said(told, *below)


# --- within ---


def _texts(say: Texts, title: str = "", text: str = "") -> Iterator[Block]:
    written = text_input(initial=title, longest=_LONGEST_TITLE)
    yield field(say("profile-title"), Field.TITLE, written, is_optional=True)
    written = text_input(initial=text, is_long=True, longest=_LONGEST_TEXT)
    yield field(say("profile-text"), Field.TEXT, written, hint=say("profile-text-hint"), is_optional=True)


def _form(say: Texts, blocks: list[Block], metadata: str) -> dict[str, Any]:
    return modal(
        say("home-profile"),
        Form.PROFILE,
        [section(say("profile-what-happens")), *blocks],
        submit=say("slack-send"),
        close=say("slack-close"),
        metadata=metadata,
    )


def faults(values: Mapping[str, Any], texts: Texts) -> Mapping[str, str]:
    """A profile cannot say nothing; only what is withdrawn needs no words."""
    if values.get(Field.CHANGE) == Change.WITHDRAW:
        return {}
    return needs(Field.TEXT)(values, texts)


def _content(shown: ProfileDraft, telling: Telling) -> Iterator[Block]:
    draft, say = shown.draft, telling.texts
    by = telling.names.member(draft.suggested_by)
    yield context(
        say("profile-suggested-by", change=say(f"change-{draft.change}"), by=by, on=draft.suggested_on)
    )
    if shown.present:
        yield context(say("profile-now"))
        yield quote((shown.present.text or shown.present.title, False))
    if draft.change is not Change.WITHDRAW:
        yield context(say("profile-then"))
        yield quote((f"{draft.title}\n{draft.text}".strip() or say("home-erased"), False))
    if draft.is_open:
        yield actions(*_decisions(shown, say))
    else:
        became = "published" if draft.stage == PUBLISHED else "returned"
        yield context(say(f"profile-is-{became}", by=telling.names.member(draft.decided_by)))


def _decisions(shown: ProfileDraft, say: Texts) -> Iterator[Element]:
    draft = shown.draft
    yield button(
        say("profile-approve"), Click.PROFILE_APPROVE, packed(draft.id, draft.next_stage), style="primary"
    )
    yield button(say("slack-return"), Click.PROFILE_RETURN, draft.id)


def _its_draft(telling: Telling) -> tuple[str, ...]:
    return (f"draft:{telling.facts['draft_id']}",)


ROUTES = (
    Route(Kind.CLICK, Click.PROFILE_ADD, open_addition, opens=True),
    Route(Kind.CLICK, Click.PROFILE_EDIT, open_change, opens=True),
    Route(Kind.CLICK, Click.PROFILE_RENEW, renew, changes_home=True),
    Route(Kind.FORM, Form.PROFILE, suggest, check=faults, changes_home=True),
    Route(Kind.CLICK, Click.PROFILE_APPROVE, approve),
    Route(Kind.CLICK, Click.PROFILE_RETURN, open_return, opens=True),
    Route(Kind.FORM, Form.PROFILE_RETURN, return_, check=needs(Field.REASON)),
)

NOTICES = (
    Notice(MessageKind.PROFILE_SUGGESTED, card, streams=_its_draft),
    Notice(MessageKind.PROFILE_DECIDED, decided),
    Notice(MessageKind.PROFILE_NOTICE, ageing, streams=its_organisation),
)
