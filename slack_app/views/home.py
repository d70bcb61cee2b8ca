"""The home tab: what somebody has under way, and what they can change. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.records import Passage
from matchbot.desk import Accesses, CaseView, DraftView, HelpView, NeedView, Presence, QueueItem, TurnView
from matchbot.hints import Hint
from matchbot.introductions.cases import Act
from matchbot.introductions.words import OPEN, State
from matchbot.members import Member
from matchbot.policy import NeverIntroduce, Quota
from matchbot.service import CorpusStatus, IndexStatus
from matchbot.texts import LANGUAGES, Texts
from slack_app.blocks import (
    Block,
    Element,
    actions,
    button,
    confirmation,
    context,
    divider,
    escaped,
    header,
    home,
    menu,
    search_menu,
    section,
    shortened,
)
from slack_app.ids import Click, numbered, packed
from slack_app.limits import BLOCKS_PER_VIEW
from slack_app.names import Names
from slack_app.views.queue import asking, queue

_BLOCKS_PER_PAGE = BLOCKS_PER_VIEW - 2
"""Room is left for the row that turns the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmHome:
    """What the home tab shows of one organisation. ``others``: the further ones that the member speaks
    for, by id. ``never``: whom it never wants to meet, with the name each is known by. ``hints``: by which
    words its profile misses what others look for."""

    organisation_id: str
    name: str
    others: Mapping[str, str]
    cases: Sequence[CaseView]
    quotas: Mapping[str, Quota]
    presence: Presence
    never: Sequence[tuple[NeverIntroduce, str]]
    needs: Sequence[NeedView]
    accesses: Accesses
    passages: Sequence[Passage]
    drafts: Sequence[DraftView]
    hints: Sequence[Hint]


def paged(blocks: Iterable[Block], page: int, texts: Texts, *, of: str = "") -> dict[str, Any]:
    """One page of a home tab that may have more blocks than a view takes; page 0 is the first.

    ``of``: the organisation that is shown.
    """
    all_blocks = list(blocks)
    n_pages = max(1, -(-len(all_blocks) // _BLOCKS_PER_PAGE))
    page = min(page, n_pages - 1)
    shown = all_blocks[page * _BLOCKS_PER_PAGE : (page + 1) * _BLOCKS_PER_PAGE]
    if n_pages > 1:
        shown.append(context(texts("home-page", page=page + 1, of=n_pages)))
        shown.append(actions(*_page_buttons(page, n_pages, texts, of)))
    return home(shown)


def _page_buttons(page: int, n_pages: int, texts: Texts, of: str) -> Iterator[Element]:
    if page > 0:
        yield button(texts("home-back"), numbered(Click.HOME_PAGE, 1), packed(of, str(page - 1)))
    if page < n_pages - 1:
        yield button(texts("home-next"), numbered(Click.HOME_PAGE, 2), packed(of, str(page + 1)))


# --- A firm ---


def firm(shown: FirmHome, texts: Texts, names: Names) -> Iterator[Block]:
    """Its cases first, then what is left of its limits, and what it can change."""
    yield header(shown.name)
    if shown.others:
        everyone = {shown.organisation_id: shown.name, **shown.others}
        yield actions(menu(texts("home-organisation"), Click.HOME_OF, everyone, chosen=shown.organisation_id))
    yield from _standing(shown, texts)
    yield from _cases(shown, texts, names)
    yield from _needs(shown, texts)
    yield from _never(shown, texts)
    yield from _profile(shown, texts, names)


def _standing(shown: FirmHome, texts: Texts) -> Iterator[Block]:
    """What is left of the limits, and whether others are shown the organisation."""
    left = (texts(f"home-{name}", left=quota.left, limit=quota.limit) for name, quota in shown.quotas.items())
    yield context(*left)
    value = shown.organisation_id
    if shown.presence.is_shown:
        yield section(texts("home-present"))
        sure = confirmation(
            texts("home-opt-out"), texts("home-opt-out-sure"), texts("home-opt-out"), texts("slack-close")
        )
        yield actions(
            button(texts("home-pause"), Click.PAUSE, value),
            button(texts("home-opt-out"), Click.OPT_OUT, value, confirm=sure),
        )
        return
    yield section(_away(shown.presence, texts))
    yield actions(button(texts("home-resume"), Click.RESUME, value, style="primary"))


def _away(presence: Presence, texts: Texts) -> str:
    if presence.has_opted_out:
        return texts("home-opted-out")
    if presence.paused_until is None:
        return texts("home-paused")
    return texts("home-paused-until", until=presence.paused_until)


def _cases(shown: FirmHome, texts: Texts, names: Names) -> Iterator[Block]:
    yield header(texts("home-cases"))
    if not shown.cases:
        yield section(texts("home-no-cases"))
    for place, case in enumerate(shown.cases, start=1):
        partners = names.listed(
            names.party(party) for party in case.parties if party.id != shown.organisation_id
        )
        state = texts(f"state-{case.state}")
        told = texts("home-case", id=case.id, partners=partners, state=state)
        yield section(told, accessory=_doing(case, shown.organisation_id, place, texts))
        yield context(*_waiting(case, texts, names))


def _waiting(case: CaseView, texts: Texts, names: Names) -> Iterator[str]:
    """Whose turn it is, for how long, and until when."""
    for turn in case.turns:
        yield texts("home-turn", who=_whose(turn, texts, names), act=texts(f"act-{turn.act}"), n=turn.n_days)
    if case.turns:
        yield texts("home-expires", on=case.expires_on)
    elif case.introduced_on:
        yield texts("home-introduced", on=case.introduced_on)
    if case.is_sample:
        yield texts("mark-sample")


def _whose(turn: TurnView, texts: Texts, names: Names) -> str:
    if turn.act in (Act.ANSWER, Act.RESUBMIT) and turn.organisation:
        return names.name(turn.organisation)
    if turn.cluster:
        return texts("home-coordinator", cluster=escaped(names.plain.cluster(turn.cluster)))
    return texts("staff")


def _doing(case: CaseView, organisation_id: str, place: int, texts: Texts) -> Element | None:
    """What can be done in a case: reporting what came of it or, of one's own request, taking it back."""
    if case.state is State.INTRODUCED:
        value = packed(case.id, organisation_id)
        return button(texts("slack-report-outcome"), numbered(Click.OUTCOME, place), value)
    is_own = any(party.id == organisation_id and party.is_requester for party in case.parties)
    if not is_own or case.state not in OPEN:
        return None
    sure = confirmation(
        texts("slack-withdraw-title"),
        texts("slack-withdraw-sure", id=case.id),
        texts("slack-withdraw"),
        texts("slack-close"),
    )
    return button(texts("slack-withdraw"), numbered(Click.WITHDRAW, place), case.id, confirm=sure)


def _needs(shown: FirmHome, texts: Texts) -> Iterator[Block]:
    yield header(texts("home-needs"))
    needs = _by_what_they_say(shown.needs)
    if not needs:
        yield section(texts("home-no-needs"))
    for place, alike in enumerate(needs, start=1):
        need, ids = alike[0], packed(*(each.id for each in alike))
        ended = button(texts("home-close-need"), numbered(Click.CLOSE_NEED, place), ids)
        mark = f" {texts('mark-alerts')}" if any(each.wants_alerts for each in alike) else ""
        said = escaped(shortened(need.text)) or texts("home-erased")
        purpose = texts(f"purpose-{need.purpose}")
        told = texts("home-need", id=need.id, purpose=purpose, text=said, on=need.saved_on)
        yield section(f"{told}{mark}", accessory=ended)


def _by_what_they_say(needs: Iterable[NeedView]) -> list[list[NeedView]]:
    """The open needs, those together that say the same: each request keeps the need that it was made for."""
    alike: dict[tuple[str, str], list[NeedView]] = {}
    for need in needs:
        if not need.is_closed:
            # Of one that was erased nobody knows what it said.
            alike.setdefault((need.purpose, need.text or need.id), []).append(need)
    return list(alike.values())


def _never(shown: FirmHome, texts: Texts) -> Iterator[Block]:
    yield header(texts("home-never"))
    yield context(texts("home-never-is-secret"))
    for place, (entry, name) in enumerate(shown.never, start=1):
        value = packed(shown.organisation_id, entry.kind, entry.target_id)
        lifted = button(texts("home-never-lift"), numbered(Click.NEVER_LIFT, place), value)
        kind = texts(f"barred-{entry.kind}")
        yield section(texts("home-never-entry", name=escaped(name), kind=kind), accessory=lifted)
    yield actions(button(texts("home-never-add"), Click.NEVER_ADD, shown.organisation_id))


def _profile(shown: FirmHome, texts: Texts, names: Names) -> Iterator[Block]:
    yield header(texts("home-profile"))
    seen = shown.accesses
    yield context(texts("home-seen", n=seen.n_accesses, viewers=seen.n_viewers))
    if not shown.passages:
        yield section(texts("home-no-profile"))
    for place, passage in enumerate(shown.passages, start=1):
        title = f"*{escaped(passage.title)}*\n" if passage.title else ""
        source = names.plain.said_by(passage.source.name, passage.source.as_of)
        value = packed(shown.organisation_id, passage.id)
        edited = button(texts("profile-edit"), numbered(Click.PROFILE_EDIT, place), value)
        told = f"{title}{escaped(shortened(passage.text))}\n_{escaped(source)}_"
        yield section(told, accessory=edited)
    for draft in shown.drafts:
        yield context(_draft(draft, texts))
    for place, hint in enumerate(shown.hints, start=1):
        value = packed(shown.organisation_id, hint.term)
        added = button(texts("home-hint-add"), numbered(Click.PROFILE_ADD, place), value)
        yield section(escaped(texts("hint-line", term=hint.term, n=hint.n_needs)), accessory=added)
    yield actions(
        button(texts("profile-add"), Click.PROFILE_ADD, shown.organisation_id),
        button(texts("profile-renew"), Click.PROFILE_RENEW, shown.organisation_id),
    )


def _draft(draft: DraftView, texts: Texts) -> str:
    """A suggested change that waits to be let pass."""
    change = texts(f"change-{draft.change}")
    said = escaped(shortened(draft.text or draft.title))
    return texts("profile-waits", change=change, text=said, on=draft.suggested_on)


# --- Others ---


def guest(claimed: str, texts: Texts) -> Iterator[Block]:
    """Whoever is nobody's member yet says to whom they belong. ``claimed``: whom they named already."""
    yield section(texts("guest-claimed", organisation=claimed) if claimed else texts("guest-choose"))
    yield actions(search_menu(texts("guest-organisation"), Click.CLAIM))


def waiting(
    items: Iterable[QueueItem], tickets: Iterable[HelpView], texts: Texts, names: Names
) -> Iterator[Block]:
    """What waits for whoever decides, who has asked them for help, and what they have to report."""
    yield header(texts("home-queue"))
    yield from queue(items, texts, names)
    yield from asking(tickets, texts, names)
    reporting = search_menu(texts("home-report-outcome"), Click.OUTCOME)
    yield actions(button(texts("slack-visit"), Click.VISIT), reporting)


def staff(corpus: CorpusStatus, index: IndexStatus, texts: Texts) -> Iterator[Block]:
    """Whether the search data are whole, of when, and how far the corpus has moved on since."""
    yield header(texts("home-index"))
    yield section(texts("home-corpus", n=corpus.counts.n_organisations, passages=corpus.counts.n_passages))
    manifest = index.manifest
    if manifest is None:
        yield section(texts("home-index-none"))
        return
    built = texts("home-index-built", at=manifest.created_at, n=manifest.n_organisations)
    yield section(f"{built}\n{texts('home-index-changed', n=index.n_changed)}")
    yield context(texts("home-index-of", encoder=manifest.encoder, hash=manifest.content_hash[:12]))
    for notice in manifest.notices:
        yield context(texts(f"notice-{notice}"))


def evaluator(texts: Texts) -> Iterator[Block]:
    """Where whoever evaluates finds the counts: nothing else is theirs to do here."""
    yield header(texts("home-counts"))
    yield section(texts("home-counts-where"))


def languages(member: Member, texts: Texts) -> Iterator[Block]:
    """In which language somebody is written to."""
    yield divider()
    yield context(texts("home-language"))
    offered: dict[str, str] = {language: texts(f"language-{language}") for language in LANGUAGES}
    offered["slack"] = texts("language-slack")
    chosen = member.language or "slack"
    yield actions(
        *(
            button(label, numbered(Click.LANGUAGE, place), value, style="primary" if value == chosen else "")
            for place, (value, label) in enumerate(offered.items(), start=1)
        )
    )
