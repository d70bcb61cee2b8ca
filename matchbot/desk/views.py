"""What the desk answers: cases, queues and lists as those who ask may see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import Attribution, Facts, Outcome
from matchbot.aftermath.reports import CaseProgress
from matchbot.deadlines import expiry_date
from matchbot.desk.work import Work
from matchbot.following import Followed, PartyAnswer, answer_of
from matchbot.happenings import correlation_id
from matchbot.introductions.cases import OF_A_PARTY, Act, Introduction, Turn
from matchbot.introductions.decisions import can_stop
from matchbot.introductions.events import DocumentAttached, IntroductionReturned
from matchbot.introductions.parties import Party
from matchbot.introductions.words import CasePath, Nda, State
from matchbot.ledger import Recorded
from matchbot.masking import coarse_size, code_of, masked
from matchbot.need import Purpose
from matchbot.policy import (
    Quota,
    Role,
    Tie,
    conflicts,
    months_after,
    open_quota,
    recipient_quota,
    weekly_quota,
)
from matchbot.readmodels.found import Waiting
from matchbot.workdays import working_days_between


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A party as who asks may see it: of a masked one, until all have consented, only a code (as id and
    name), kind, home cluster and size band."""

    id: str
    name: str
    kind: str
    home_cluster: str
    size_band: str
    is_requester: bool
    is_masked: bool
    answer: PartyAnswer
    answered_on: date | None
    is_attested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """Whose turn it is. ``organisation``: the name or code of the party; ``members``: whoever can do it."""

    act: Act
    cluster: str
    organisation: str
    members: tuple[str, ...]
    since: date
    n_days: int
    """Working days it has waited."""
    organisation_id: str = ""
    """The id or code of the party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """How to reach a party: given only after all have consented."""

    organisation_id: str
    name: str
    mail: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document of a case, by its id. ``organisation``: the name or code of who attached it."""

    id: str
    organisation: str
    is_open: bool
    """Whether who asks may read it today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCard:
    """What an approver should know: how often the parties have met, what is left, who is close to whom.

    ``n_asked_this_quarter``: by organisation, how often others have asked for it. ``codes``: by
    organisation, what the others know a masked party by until all have consented. ``anonymous``: the
    requester, where it wanted to be masked in this case; "" otherwise.
    """

    need: str
    brief: str
    earlier_cases: tuple[str, ...]
    quota_left: int | None
    n_asked_this_quarter: Mapping[str, int]
    conflicts: tuple[Tie, ...]
    codes: Mapping[str, str]
    anonymous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as who asks may see it. ``card`` is for those who decide, ``contacts`` for those who met.

    ``brief``: what the requester wrote. ``repeats``: an earlier case of these parties, where it is known.
    ``notices``: codes, each with a text ``notice-<code>``.
    """

    id: str
    state: State
    need_id: str
    purpose: Purpose
    path: CasePath
    parties: tuple[PartyView, ...]
    turns: tuple[TurnView, ...]
    coordinator: str
    coordinator_name: str
    opened_on: date
    expires_on: date
    introduced_on: date | None
    closed_on: date | None
    brief: str
    progress: CaseProgress
    meetings: tuple[date, ...]
    planned_on: date | None
    """The day on which they will meet, or were to."""
    nda: Nda
    documents: tuple[DocumentView, ...]
    n_open_questions: int
    repeats: str
    outcomes: tuple[str, ...]
    card: DecisionCard | None
    contacts: tuple[ContactView, ...]
    letter: str
    notices: tuple[str, ...]
    is_sample: bool
    stoppable_by: tuple[str, ...] = ()
    """The clusters whose coordinators can still stop it."""
    to_improve: str = ""
    """What whoever sent it back wants improved, for as long as it waits for that."""
    awaited: frozenset[tuple[str, int]] = frozenset()
    """The follow-ups that wait for an answer: organisation, days after the introduction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """Something a coordinator has to do. ``organisation``: the id of the one it is about, "" for the case
    as a whole; ``parties``: the names of all. ``names``: of that organisation and the members, by id."""

    case_id: str
    act: Act
    cluster: str
    organisation: str
    parties: tuple[str, ...]
    members: tuple[str, ...]
    since: date
    n_days: int
    expires_on: date
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRow:
    """How much waits for one coordinator ("": for nobody but the staff), with their name.

    ``oldest`` and ``median_days``: None where nothing waits. ``n_visits``: the visits and contacts it
    recorded in the fiscal year, counted as I29a is.
    """

    member_id: str
    n_items: int
    n_cases: int
    oldest: date | None
    median_days: float | None
    n_visits: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """An outcome, what it rests on, and what is said of it. ``names``: of its organisations, by id; of a
    masked one a firm knows a code."""

    id: str
    facts: Facts
    evidence: Evidence
    attribution: Attribution | None
    case_ids: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One event of a case. ``organisation``: the name of the party it is about, or "". ``texts``: what was
    written with it and has not been erased, by field. ``correlation_id``: by which the log speaks of it."""

    seq: int
    event_date: date
    recorded_at: datetime
    type: str
    actor: str
    organisation: str
    facts: Mapping[str, object]
    texts: Mapping[str, str]
    is_attested: bool
    correlation_id: str


def party_view(work: Work, case: Introduction, followed: Followed, party: Party) -> PartyView:
    """A party of a case, as who acts may see it."""
    listed = work.listed_as(party)
    is_hidden = _is_hidden(work, case, party)
    code = code_of(party.organisation_id, work.office.mask_key) if is_hidden else ""
    consents = [c for c in case.consents if c.organisation_id == party.organisation_id]
    return PartyView(
        id=code or party.organisation_id,
        name=code or listed.name,
        kind=listed.kind.value,
        home_cluster=party.home_cluster,
        size_band=coarse_size(listed.size_band) if is_hidden else listed.size_band,
        is_requester=party.is_requester,
        is_masked=party.is_masked,
        answer=answer_of(case, party.organisation_id),
        answered_on=followed.answered_on.get(party.organisation_id),
        is_attested=any(consent.is_attested for consent in consents),
    )


def shown_words(work: Work, case: Introduction, words: str) -> str:
    """What a party wrote, as who acts may read it: without the names of those who are hidden from them."""
    for party in case.parties:
        if _is_hidden(work, case, party):
            words = masked(words, work.listed_as(party).name, work.code(party))
    return words


def _is_hidden(work: Work, case: Introduction, party: Party) -> bool:
    """Coordinators know whom they introduce; firms learn a masked name when all have consented."""
    if not party.is_masked or case.is_released or work.speaks_for(party.organisation_id):
        return False
    return work.by.role not in (Role.COORDINATOR, Role.STAFF)


def case_view(work: Work, case_id: str, *notices: str) -> CaseView:
    """A case, as who acts may see it."""
    followed = work.followed(case_id)
    case = followed.case
    parties = tuple(party_view(work, case, followed, party) for party in case.parties)
    repeats = known_repeat(work, case)
    return CaseView(
        id=case.id,
        state=case.state,
        need_id=case.need_id,
        purpose=case.purpose,
        path=case.path,
        parties=parties,
        turns=tuple(_turn_view(work, case, turn, since, parties) for turn, since in followed.since.items()),
        coordinator=case.coordinator,
        coordinator_name=named(work, members=filter(None, [case.coordinator])).get(case.coordinator, ""),
        opened_on=followed.opened_on,
        expires_on=case.expires_on,
        introduced_on=followed.introduced_on,
        closed_on=followed.closed_on,
        brief=shown_words(work, case, work.text(case.brief)),
        progress=followed.aftermath.progress,
        meetings=followed.aftermath.meetings,
        planned_on=planned.on if (planned := followed.aftermath.planned) else None,
        nda=case.nda,
        documents=_document_views(work, case, parties),
        n_open_questions=len(case.open_questions),
        repeats=repeats,
        outcomes=tuple(work.models.outcome_ids(case_id=case.id)),
        card=_card(work, case) if _decides(work) else None,
        contacts=_contacts(work, case),
        letter=work.text(case.letter) if case.is_released else "",
        notices=tuple(filter(None, (*notices, "repeated-pair" if repeats else ""))),
        is_sample=work.office.ledger.is_sample,
        stoppable_by=tuple(cluster for cluster in case.told if can_stop(case, cluster)),
        to_improve=_to_improve(work, case),
        awaited=followed.aftermath.awaited,
    )


def known_repeat(work: Work, case: Introduction) -> str:
    """The earlier case of the same parties; "" to the people of a party that was never told of it, and to
    those from whom one of them is hidden, since it stands there by its name."""
    if not case.repeats or any(_is_hidden(work, case, party) for party in case.parties):
        return ""
    return case.repeats if _decides(work) or work.is_concerned(work.case(case.repeats)) else ""


def _to_improve(work: Work, case: Introduction) -> str:
    """What the approver wrote, for whoever asked and for those who decide."""
    is_asker = case.requester is not None and work.speaks_for(case.requester.organisation_id)
    if case.state is not State.RETURNED or not (is_asker or _decides(work)):
        return ""
    events = (recorded.event for recorded in work.unit.events.read(f"case:{case.id}"))
    returned = [event for event in events if isinstance(event, IntroductionReturned)]
    return work.text(returned[-1].reason)


def members_for(work: Work, case: Introduction, turn: Turn) -> tuple[str, ...]:
    """Who can take a turn: a party in Slack itself; else the coordinator in charge, or all of the cluster.

    Who may not approve is not asked to.
    """
    party = case.party(turn.organisation_id)
    if party is not None and turn.act in OF_A_PARTY and work.is_in_slack(party):
        return work.reached_for(party)
    if turn.act is Act.APPROVE:
        deciding = work.approving_for(turn.cluster, case)
    else:
        deciding = work.deciding_for_organisation(turn.organisation_id, turn.cluster)
    assigned = work.models.looks_after(turn.organisation_id) if turn.organisation_id else ""
    return next(((one,) for one in (assigned, case.coordinator) if one in deciding), deciding)


def _turn_view(
    work: Work, case: Introduction, turn: Turn, since: date, parties: Iterable[PartyView]
) -> TurnView:
    shown = {p.organisation_id: v for p, v in zip(case.parties, parties, strict=True)}.get(
        turn.organisation_id
    )
    return TurnView(
        act=turn.act,
        cluster=turn.cluster,
        organisation=shown.name if shown else "",
        organisation_id=shown.id if shown else "",
        members=members_for(work, case, turn) if _decides(work) else (),
        since=since,
        n_days=working_days_between(since, work.today),
    )


def is_own_side(work: Work, case: Introduction, document_id: str) -> bool:
    """Whether a document is of the party for which who acts speaks, or decides as its coordinator."""
    attached = case.document(document_id)
    party = case.party(attached.organisation_id) if attached else None
    return party is not None and (
        work.speaks_for(party.organisation_id)
        or work.answers_for_organisation(party.organisation_id, party.home_cluster)
    )


def _document_views(work: Work, case: Introduction, parties: Iterable[PartyView]) -> tuple[DocumentView, ...]:
    names = {p.organisation_id: v.name for p, v in zip(case.parties, parties, strict=True)}
    is_open = case.documents_closed_by(work.today) is None
    return tuple(
        DocumentView(
            id=attached.document.id,
            organisation=names[attached.organisation_id],
            is_open=is_open or is_own_side(work, case, attached.document.id),
        )
        for attached in case.documents
    )


def _decides(work: Work) -> bool:
    return work.by.role in (Role.COORDINATOR, Role.STAFF)


def _card(work: Work, case: Introduction) -> DecisionCard:
    ids = case.organisation_ids
    since = months_after(work.today, -work.rules.repeat_months)
    history = work.models.past_requests(ids, since=since)
    earlier = [r for r in history if r.case_id != case.id and len(r.parties & set(ids)) > 1]
    requester = case.requester
    need = work.models.need(case.need_id) if case.need_id else None
    asked = {id: recipient_quota(id, history, on=work.today, rules=work.rules).used for id in ids}
    return DecisionCard(
        need=work.text(need.text_id if need else None),
        brief=work.text(case.brief),
        earlier_cases=tuple(r.case_id for r in earlier),
        quota_left=quota_left(work, requester.organisation_id) if requester else None,
        n_asked_this_quarter=asked,
        conflicts=conflicts(work.by.id, ids, work.by.all_ties),
        codes={party.organisation_id: work.code(party) for party in case.parties if party.is_masked},
        anonymous=requester.organisation_id if requester and case.is_anonymous else "",
    )


def quota_left(work: Work, organisation_id: str) -> int:
    """How many requests an organisation has left today."""
    quotas = quotas_of(work, organisation_id)
    return min(quota.left for quota in quotas.values())


def quotas_of(work: Work, organisation_id: str) -> dict[str, Quota]:
    """How much of its limits an organisation has used: in the week, and of open requests."""
    since = months_after(work.today, -1)
    history = work.models.past_requests([organisation_id], since=since)
    return {
        "quota-week": weekly_quota(organisation_id, history, on=work.today, rules=work.rules),
        "quota-open": open_quota(organisation_id, history, on=work.today, rules=work.rules),
    }


def _contacts(work: Work, case: Introduction) -> tuple[ContactView, ...]:
    """Never before every party has consented; to the parties themselves once they are introduced."""
    if not case.is_released or not (_decides(work) or case.state is State.INTRODUCED):
        return ()
    if not work.is_concerned(case):
        return ()
    return tuple(contact for id in case.organisation_ids for contact in _contacts_of(work, id))


def _contacts_of(work: Work, organisation_id: str) -> Iterator[ContactView]:
    """How to reach an organisation: by what the corpus knows, or else by the people who speak for it."""
    known = work.contact(organisation_id)
    if known is not None:
        yield ContactView(
            organisation_id=organisation_id,
            name=known.name,
            mail=known.mail,
            phone=known.phone,
            address=known.address,
        )
        return
    for member in work.models.speakers(organisation_id):
        name, mail = work.text(member.name), work.text(member.mail)
        if name or mail:
            yield ContactView(organisation_id=organisation_id, name=name, mail=mail, phone="", address="")


def queue_items(work: Work) -> list[QueueItem]:
    """Everything that waits for a coordinator, the earliest expiry first."""
    items = [item for waiting in work.models.waiting() if (item := _queue_item(work, waiting)) is not None]
    return sorted(items, key=lambda item: (item.expires_on, item.case_id, item.act))


def _queue_item(work: Work, waiting: Waiting) -> QueueItem | None:
    case, turn = work.case(waiting.case_id), waiting.turn
    if turn.act is Act.DELIVER:
        return None
    party = case.party(turn.organisation_id)
    if party is not None and turn.act in OF_A_PARTY and work.is_in_slack(party):
        return None
    names = {party.organisation_id: work.listed_as(party).name for party in case.parties}
    return QueueItem(
        case_id=case.id,
        act=turn.act,
        cluster=turn.cluster,
        organisation=turn.organisation_id,
        parties=tuple(names.values()),
        members=members_for(work, case, turn),
        since=waiting.since,
        n_days=working_days_between(waiting.since, work.today),
        expires_on=waiting.expires_on,
        names={id: name for id, name in names.items() if id == turn.organisation_id},
    )


def with_people_named(work: Work, items: Sequence[QueueItem]) -> list[QueueItem]:
    """The same with the names of their members, each looked up once."""
    people = named(work, members=dict.fromkeys(member for item in items for member in item.members))
    return [
        replace(item, names={**item.names, **{id: people[id] for id in item.members if id in people}})
        for item in items
    ]


def named(work: Work, *, organisations: Iterable[str] = (), members: Iterable[str] = ()) -> dict[str, str]:
    """What organisations and members are called to who acts, by id; without members who gave no name."""
    people = {id: work.text(member.name) for id in members if (member := work.models.member(id))}
    return {id: work.name_of(id) for id in organisations} | {id: name for id, name in people.items() if name}


def load_rows(work: Work, items: Iterable[QueueItem], visits: Mapping[str, int]) -> list[LoadRow]:
    """How much waits for each coordinator, by id. What several could do counts for the first of them, so
    that the rows add up to the queue. ``visits``: how many each recorded."""
    by_member: dict[str, list[QueueItem]] = {member: [] for member in visits}
    for item in items:
        by_member.setdefault(next(iter(item.members), ""), []).append(item)
    names = named(work, members=by_member)
    return [
        LoadRow(
            member_id=member,
            n_items=len(own),
            n_cases=len({item.case_id for item in own}),
            oldest=min((item.since for item in own), default=None),
            median_days=float(median(item.n_days for item in own)) if own else None,
            n_visits=visits.get(member, 0),
            name=names.get(member, ""),
        )
        for member, own in sorted(by_member.items())
    ]


def outcome_view(work: Work, outcome: Outcome) -> OutcomeView:
    """An outcome, as who acts may see it."""
    return OutcomeView(
        id=outcome.id,
        facts=outcome.facts,
        evidence=outcome.evidence,
        attribution=outcome.attribution,
        case_ids=outcome.case_ids,
        names=named(work, organisations=outcome.facts.organisation_ids),
    )


def log_entry(work: Work, recorded: Recorded) -> LogEntry:
    """An event of a case, with what was written; not with the document a party attached.

    That is read at the desk's `open_document`, where its rules are kept and each look is logged.
    """
    if recorded.type == DocumentAttached.__name__:
        attached: DocumentAttached = recorded.event
        facts = {**recorded.payload, "document": attached.document.id}
        return _logged(work, recorded, facts, {})
    refs = {
        name: value["id"]
        for name, value in recorded.payload.items()
        if isinstance(value, Mapping) and {"id", "commitment"} == set(value)
    }
    texts = work.unit.private.texts(refs.values())
    facts = {name: value for name, value in recorded.payload.items() if name not in refs}
    return _logged(work, recorded, facts, {name: texts[id] for name, id in refs.items() if id in texts})


def _logged(
    work: Work, recorded: Recorded, facts: Mapping[str, object], texts: Mapping[str, str]
) -> LogEntry:
    about = str(facts.get("organisation_id", ""))
    known = work.still_listed(about) if about else None
    return LogEntry(
        seq=recorded.seq,
        event_date=recorded.event_date,
        recorded_at=recorded.recorded_at,
        type=recorded.type,
        actor=recorded.actor,
        organisation=known.name if known else about,
        facts=facts,
        texts=texts,
        is_attested=bool(recorded.payload.get("attested_by")),
        correlation_id=correlation_id(recorded.key),
    )


def expiry_from(work: Work) -> date:
    """The last day to answer for what is asked today."""
    return expiry_date(work.today, work.rules)
