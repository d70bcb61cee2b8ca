"""What the network allows: who may do what, how often, with whom, and what has to be looked at twice.

Pure functions over plain values: the desk gathers what is known, asks here, and either goes on or lets
the error through. The limits are :class:`matchbot.rules.Rules`; *when* things fall due stands in
:mod:`matchbot.deadlines`. A pause or window that ends "on" a day includes that day.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from matchbot.errors import (
    ConflictError,
    NotAllowedError,
    PausedError,
    QuotaExceededError,
    ReasonNeededError,
    RepeatedRequestError,
    RepeatedTextError,
    UnavailableError,
)
from matchbot.rules import Rules

# --- roles and actions ---


class Role(StrEnum):
    """In what capacity a member acts."""

    FIRM = "firm"
    COORDINATOR = "coordinator"
    STAFF = "staff"
    EVALUATOR = "evaluator"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be asked of the desk: one for each of its commands, under the command's name."""

    # Needs and partners
    SAVE_NEED = "save_need"
    ENTER_NEED = "enter_need"
    SHOW_PARTNERS = "show_partners"
    RATE = "rate"
    # From a request to an introduction
    REQUEST = "request"
    ENTER_REQUEST = "enter_request"
    PROPOSE = "propose"
    APPROVE = "approve"
    RETURN_REQUEST = "return_request"
    DECLINE = "decline"
    STOP = "stop"
    CONSENT = "consent"
    REFUSE = "refuse"
    DEFER = "defer"
    RECORD_ANSWER = "record_answer"
    ASK_QUESTION = "ask_question"
    ANSWER_QUESTION = "answer_question"
    INTRODUCE = "introduce"
    ORDER_DELIVERY = "order_delivery"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    EXPIRE = "expire"
    RECORD_NDA = "record_nda"
    ATTACH = "attach"
    OPEN_DOCUMENT = "open_document"
    LOG_OUTSIDE = "log_outside"
    # What came of it
    RECORD_PROGRESS = "record_progress"
    RECORD_OUTCOME = "record_outcome"
    CLAIM_OUTCOME = "claim_outcome"
    ANSWER_FOLLOW_UP = "answer_follow_up"
    SEND_SURVEY = "send_survey"
    ANSWER_SURVEY = "answer_survey"
    IMPORT_OUTCOMES = "import_outcomes"
    IMPORT_AWARDS = "import_awards"
    ADD_BUSINESS = "add_business"
    LOG_VISIT = "log_visit"
    CORRECT = "correct"
    # Who takes part
    PAUSE = "pause"
    RESUME = "resume"
    OPT_OUT = "opt_out"
    NEVER_INTRODUCE = "never_introduce"
    SET_ABSENCE = "set_absence"
    HANDOVER = "handover"
    HAND_OVER_CASE = "hand_over_case"
    MANAGE_MEMBERS = "manage_members"
    CLAIM_ORGANISATION = "claim_organisation"
    CONFIRM_CLAIM = "confirm_claim"
    REJECT_CLAIM = "reject_claim"
    CHOOSE_LANGUAGE = "choose_language"
    SUGGEST_PROFILE = "suggest_profile"
    DECIDE_DRAFT = "decide_draft"
    SEE_DRAFTS = "see_drafts"
    REDUCE_NEEDS = "reduce_needs"
    SEE_OTHER_SIDE = "see_other_side"
    ASK_FOR_HELP = "ask_for_help"
    TAKE_HELP = "take_help"
    CLOSE_HELP = "close_help"
    # Looking
    SEE_CASE = "see_case"
    SEE_CASES = "see_cases"
    SEE_CASE_LOG = "see_case_log"
    SEE_QUEUE = "see_queue"
    SEE_LOAD = "see_load"
    SEE_HELP = "see_help"
    SEE_ACCESSES = "see_accesses"
    SEE_INDICATORS = "see_indicators"
    # Success stories
    DRAFT_STORY = "draft_story"
    CONSENT_TO_STORY = "consent_to_story"
    PUBLISH_STORY = "publish_story"
    # Reviewing the programme
    SET_TARGET = "set_target"
    IMPORT_PERFORMANCE = "import_performance"
    MARK_BREAK = "mark_break"
    ADD_COMMENT = "add_comment"
    ACT_ON_COMMENT = "act_on_comment"
    # People and the ledger
    PRIVACY_REPORT = "privacy_report"
    ERASE = "erase"
    VERIFY_LEDGER = "verify_ledger"
    REBUILD = "rebuild"
    BACK_UP = "back_up"
    RESTORE = "restore"
    RUN_JOBS = "run_jobs"
    NOTE_SEARCH_DATA = "note_search_data"
    SIMULATE = "simulate"


_OF_ONESELF = frozenset({Action.CHOOSE_LANGUAGE, Action.ASK_FOR_HELP, Action.SEE_HELP})
_TAKING_PART = frozenset({Action.PAUSE, Action.RESUME, Action.OPT_OUT, Action.NEVER_INTRODUCE})
_LOOKING_AT_CASES = frozenset({Action.SEE_CASE, Action.SEE_CASES, Action.ATTACH, Action.OPEN_DOCUMENT})
_CONVERSING = frozenset({Action.ASK_QUESTION, Action.ANSWER_QUESTION})
_DECIDING = frozenset(
    {
        Action.APPROVE,
        Action.RETURN_REQUEST,
        Action.DECLINE,
        Action.STOP,
        Action.INTRODUCE,
        Action.ORDER_DELIVERY,
        Action.CANCEL,
        Action.HAND_OVER_CASE,
        Action.CONFIRM_CLAIM,
        Action.REJECT_CLAIM,
        Action.DECIDE_DRAFT,
        Action.SEE_DRAFTS,
        Action.REDUCE_NEEDS,
        Action.SEE_OTHER_SIDE,
        Action.TAKE_HELP,
        Action.CLOSE_HELP,
        Action.SEE_QUEUE,
        Action.SEE_CASE_LOG,
        Action.SEE_LOAD,
    }
)

ALLOWED: Mapping[Role, frozenset[Action]] = {
    # For its own organisation, needs and cases only.
    Role.FIRM: _OF_ONESELF
    | _TAKING_PART
    | _LOOKING_AT_CASES
    | _CONVERSING
    | {
        Action.CLAIM_ORGANISATION,
        Action.SUGGEST_PROFILE,
        Action.SEE_DRAFTS,
        Action.REDUCE_NEEDS,
        Action.SEE_OTHER_SIDE,
        Action.SAVE_NEED,
        Action.SHOW_PARTNERS,
        Action.RATE,
        Action.REQUEST,
        Action.CONSENT,
        Action.REFUSE,
        Action.DEFER,
        Action.WITHDRAW,
        Action.RECORD_PROGRESS,
        Action.CLAIM_OUTCOME,
        Action.ANSWER_FOLLOW_UP,
        Action.ANSWER_SURVEY,
        Action.CONSENT_TO_STORY,
        Action.SEE_ACCESSES,
        Action.PRIVACY_REPORT,
    },
    # For the organisations and cases of the own clusters, also on behalf of a firm outside Slack.
    Role.COORDINATOR: _OF_ONESELF
    | _TAKING_PART
    | _LOOKING_AT_CASES
    | _CONVERSING
    | _DECIDING
    | {
        Action.ENTER_NEED,
        Action.ENTER_REQUEST,
        Action.SHOW_PARTNERS,
        Action.PROPOSE,
        Action.RECORD_ANSWER,
        Action.WITHDRAW,
        Action.RECORD_NDA,
        Action.LOG_OUTSIDE,
        Action.RECORD_PROGRESS,
        Action.RECORD_OUTCOME,
        Action.CLAIM_OUTCOME,
        Action.ANSWER_FOLLOW_UP,
        Action.ANSWER_SURVEY,
        Action.ADD_BUSINESS,
        Action.LOG_VISIT,
        Action.CORRECT,
        Action.SET_ABSENCE,
        Action.DRAFT_STORY,
        Action.CONSENT_TO_STORY,
        Action.SEE_INDICATORS,
        Action.PRIVACY_REPORT,
    },
    # The programme's office: decides where no coordinator can, and keeps lists and surveys.
    Role.STAFF: _OF_ONESELF
    | _LOOKING_AT_CASES
    | _CONVERSING
    | _DECIDING
    | {
        Action.SHOW_PARTNERS,
        # For an organisation of no cluster nobody else can hear the answer.
        Action.RECORD_ANSWER,
        Action.ANSWER_FOLLOW_UP,
        Action.RECORD_OUTCOME,
        Action.CLAIM_OUTCOME,
        Action.ANSWER_SURVEY,
        Action.SEND_SURVEY,
        Action.IMPORT_OUTCOMES,
        Action.IMPORT_AWARDS,
        Action.ADD_BUSINESS,
        Action.CORRECT,
        Action.SET_ABSENCE,
        Action.HANDOVER,
        Action.MANAGE_MEMBERS,
        Action.SEE_INDICATORS,
        Action.DRAFT_STORY,
        # For an organisation of no cluster nobody else can hear the answer.
        Action.CONSENT_TO_STORY,
        Action.PUBLISH_STORY,
        Action.SET_TARGET,
        Action.IMPORT_PERFORMANCE,
        Action.MARK_BREAK,
        Action.ADD_COMMENT,
        Action.ACT_ON_COMMENT,
        Action.PRIVACY_REPORT,
    },
    # Counts and the proof that they are whole; never a personal name, never a write but about oneself.
    # What the committee says of a count, its secretariat, the staff, records.
    Role.EVALUATOR: _OF_ONESELF | {Action.SEE_INDICATORS, Action.VERIFY_LEDGER},
    # Runs the machine and keeps people's rights; takes no decision about a case and reads none.
    Role.ADMINISTRATOR: _OF_ONESELF
    | {
        # What a terminal shows, to nobody in particular.
        Action.SHOW_PARTNERS,
        Action.EXPIRE,
        Action.MANAGE_MEMBERS,
        Action.PRIVACY_REPORT,
        Action.ERASE,
        Action.VERIFY_LEDGER,
        Action.REBUILD,
        Action.BACK_UP,
        Action.RESTORE,
        Action.RUN_JOBS,
        Action.NOTE_SEARCH_DATA,
        # Counts only: reports are written at night, by whoever runs the machine.
        Action.SEE_INDICATORS,
        Action.SIMULATE,
    },
}
"""What each role may do at all: nothing that it does not need. Of whom it may do so, the desk checks."""


def may(role: Role, action: Action) -> bool:
    """Whether a member in this role may do this at all."""
    return action in ALLOWED[role]


def check_role(role: Role, action: Action) -> None:
    """Let pass who may do this. Raises NotAllowedError."""
    if not may(role, action):
        raise NotAllowedError(role=role, action=action, reason="not-your-role")


# --- who approves ---


class Closeness(StrEnum):
    """How close an approver is to an organisation."""

    EMPLOYED = "employed"
    MAIN_BANK = "main-bank"
    SAME_GROUP = "same-group"
    OTHER = "other-closeness"


@dataclass(frozen=True, slots=True)
class Tie:
    """That a member is close to an organisation."""

    member_id: str
    organisation_id: str
    closeness: Closeness


def conflicts(member_id: str, parties: Collection[str], ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """The member's ties to the parties (organisation ids) of a case, in the order given."""
    return tuple(tie for tie in ties if tie.member_id == member_id and tie.organisation_id in parties)


def check_approver(
    member_id: str,
    parties: Mapping[str, str],
    ties: Iterable[Tie],
    *,
    approved_by: Collection[str] = (),
    has_reason: bool = False,
) -> tuple[Tie, ...]:
    """The ties that warn (main bank, same group, other), after letting pass who may approve this case.

    ``parties``: what each is called, by id. ``approved_by`` are the members who have approved it already.
    Raises ConflictError where the member is employed by a party or has approved before, ReasonNeededError
    where a tie warns and no reason is given.
    """
    if member_id in approved_by:
        raise ConflictError(organisation="", reason="approved-before")
    found = conflicts(member_id, parties, ties)
    for tie in found:
        if tie.closeness is Closeness.EMPLOYED:
            raise ConflictError(organisation=parties[tie.organisation_id], reason="employed")
    for tie in found:
        if not has_reason:
            raise ReasonNeededError(organisation=parties[tie.organisation_id], reason=tie.closeness)
    return found


def eligible_approvers(
    candidates: Iterable[str],
    parties: Collection[str],
    ties: Collection[Tie],
    *,
    approved_by: Collection[str] = (),
    staff: Sequence[str] = (),
) -> tuple[str, ...]:
    """Those of the candidates who may approve, in the order given; failing them, those of the staff."""

    def is_free(member_id: str) -> bool:
        found = conflicts(member_id, parties, ties)
        return member_id not in approved_by and all(t.closeness is not Closeness.EMPLOYED for t in found)

    free = tuple(filter(is_free, candidates))
    return free or tuple(filter(is_free, staff))


# --- how often ---


@dataclass(frozen=True, slots=True)
class PastRequest:
    """A request as the rules look back on it.

    ``parties`` are all its organisations, with the requester; ``requester_id`` is "" for what a coordinator
    proposed unasked. ``is_open`` until it is introduced or ended; ``is_refunded`` once cancelled, withdrawn
    or expired. ``text_id``: of what the others were to read in the private store, or "".
    """

    case_id: str
    requester_id: str
    parties: frozenset[str]
    requested_on: date
    expires_on: date
    is_open: bool = True
    is_refunded: bool = False
    text_id: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How much of a limit is used; ``frees_on`` is the day something frees, None while something is left."""

    used: int
    limit: int
    frees_on: date | None = None

    @property
    def left(self) -> int:
        """What is left, never less than 0."""
        return max(0, self.limit - self.used)


WEEK = timedelta(days=7)


def weekly_quota(requester_id: str, history: Iterable[PastRequest], *, on: date, rules: Rules) -> Quota:
    """What a firm has asked for within the 7 days that end on this day, refunds left out."""
    days = [r.requested_on for r in _counted(requester_id, history) if on - WEEK < r.requested_on <= on]
    return _quota(days, rules.requests_per_week, WEEK)


def open_quota(requester_id: str, history: Iterable[PastRequest], *, on: date, rules: Rules) -> Quota:
    """What a firm has open; a place frees, at the latest, on the day after the first of them expires.

    One that is past its expiry no longer counts, whether or not it has been closed yet.
    """
    days = [
        r.expires_on for r in history if r.requester_id == requester_id and r.is_open and r.expires_on >= on
    ]
    return _quota(days, rules.open_requests, timedelta(days=1))


def recipient_quota(organisation_id: str, history: Iterable[PastRequest], *, on: date, rules: Rules) -> Quota:
    """How often others have asked for an organisation in this quarter, refunds left out."""
    start, after = _quarter(on)
    used = sum(
        organisation_id in request.parties
        and organisation_id != request.requester_id
        and not request.is_refunded
        and start <= request.requested_on < after
        for request in history
    )
    limit = rules.recipient_per_quarter
    return Quota(used, limit, after if used >= limit else None)


def check_quotas(
    requester_id: str,
    parties: Collection[str],
    history: Collection[PastRequest],
    *,
    on: date,
    rules: Rules,
) -> None:
    """Let pass a request for which every limit has room.

    ``history`` holds the past requests of the requester and those that concern the other parties. What a
    coordinator proposes unasked (``requester_id`` "") has no limit but those of its parties.
    Raises QuotaExceededError with the day on which something frees.
    """
    others = [party for party in parties if party != requester_id]
    quotas = [("quota-recipient", recipient_quota(party, history, on=on, rules=rules)) for party in others]
    if requester_id:
        quotas = [
            ("quota-week", weekly_quota(requester_id, history, on=on, rules=rules)),
            ("quota-open", open_quota(requester_id, history, on=on, rules=rules)),
            *quotas,
        ]
    for reason, quota in quotas:
        if not quota.left:
            raise QuotaExceededError(reason=reason, limit=quota.limit, frees_on=quota.frees_on)


def _counted(requester_id: str, history: Iterable[PastRequest]) -> Iterable[PastRequest]:
    return (r for r in history if r.requester_id == requester_id and not r.is_refunded)


def _quota(days: Iterable[date], limit: int, window: timedelta) -> Quota:
    """Each of the days holds one place until the window after it has passed."""
    held = sorted(days)
    frees_on = held[len(held) - limit] + window if len(held) >= limit else None
    return Quota(len(held), limit, frees_on)


def _quarter(day: date) -> tuple[date, date]:
    """The first day of its quarter, and of the one after."""
    first_month = day.month - (day.month - 1) % 3
    start = date(day.year, first_month, 1)
    return start, months_after(start, 3)


# --- the same again ---


@dataclass(frozen=True, slots=True)
class Repeat:
    """That two organisations, in whichever order, have met in an earlier case."""

    pair: frozenset[str]
    case_id: str
    requested_on: date


def repeats(
    parties: Iterable[str], history: Iterable[PastRequest], *, on: date, rules: Rules
) -> tuple[Repeat, ...]:
    """For each pair of the parties its latest earlier case within ``repeat_months``, latest first.

    It warns and links; it refuses nothing. A pair has no order; every two parties of a consortium are
    one.
    """
    since = months_after(on, -rules.repeat_months)
    recent = sorted(
        (r for r in history if since <= r.requested_on <= on),
        key=lambda r: (r.requested_on, r.case_id),
        reverse=True,
    )
    latest: dict[frozenset[str], Repeat] = {}
    pairs = [frozenset(pair) for pair in combinations(sorted(set(parties)), 2)]
    for request in recent:
        for pair in pairs:
            if pair <= request.parties and pair not in latest:
                latest[pair] = Repeat(pair, request.case_id, request.requested_on)
    return tuple(latest.values())


@dataclass(frozen=True, slots=True)
class Sought:
    """What a request is about. ``text``: of its need, or where it has none what the others are to read."""

    purpose: str
    need_id: str
    text: str


def check_not_open(wanted: Sought, open_requests: Mapping[str, Sought], rules: Rules) -> None:
    """Let pass what a firm does not ask the same parties for already.

    ``open_requests``: what it asked them for and is open, by case. Two requests are about the same where
    their need is one, or their purpose is and their texts nearly are. Raises RepeatedRequestError with the
    open case.
    """
    for case_id, earlier in open_requests.items():
        if _is_about_the_same(wanted, earlier, rules):
            raise RepeatedRequestError(id=case_id)


def _is_about_the_same(one: Sought, other: Sought, rules: Rules) -> bool:
    if one.need_id and one.need_id == other.need_id:
        return True
    return one.purpose == other.purpose and similarity(one.text, other.text) >= rules.identical_similarity


def profile_days(today: date, rules: Rules) -> tuple[date, date] | None:
    """Until which day a profile must have been confirmed last to be ageing today, and to be hidden; None
    where profiles do not expire."""
    if not rules.profile_months:
        return None
    n_notice = max(rules.profile_months - rules.profile_notice_months, 0)
    return months_after(today, -n_notice), months_after(today, -rules.profile_months)


def months_after(day: date, n_months: int) -> date:
    """The same day of the month so many months later (or earlier), or the last day of a shorter month.

    >>> months_after(date(2026, 8, 31), -6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n_months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def similarity(one: str, other: str) -> float:
    """The share of common character trigrams of two texts (Jaccard, 0–1), however they are typed.

    Width, case and spaces make no difference; a text shorter than three characters is its own trigram.
    """
    return _share(_trigrams(one), _trigrams(other))


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 1.0


def _trigrams(text: str) -> frozenset[str]:
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return frozenset(plain[i : i + 3] for i in range(max(1, len(plain) - 2))) - {""}


def check_text(text: str, sent: Iterable[tuple[date, str]], *, on: date, rules: Rules) -> None:
    """Let pass a text that a firm has not sent to many already; an empty one always.

    ``sent``: the days and texts of its earlier requests. Raises RepeatedTextError with the day from which
    it may be sent again.
    """
    window, ours = timedelta(days=rules.identical_days), _trigrams(text)
    days = [
        day
        for day, earlier in sent
        if on - window < day <= on
        and earlier.strip()
        and _share(ours, _trigrams(earlier)) >= rules.identical_similarity
    ]
    quota = _quota(days, rules.identical_requests, window)
    if text.strip() and not quota.left:
        raise RepeatedTextError(limit=quota.limit, days=rules.identical_days, frees_on=quota.frees_on)


# --- with whom ---


class Barred(StrEnum):
    """What a never-introduce entry names."""

    ORGANISATION = "organisation"
    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class NeverIntroduce:
    """That an organisation is never to be introduced to another, to a person, or to a group of companies."""

    owner_id: str
    kind: Barred
    target_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an organisation stands in the network today.

    ``member_ids`` are the people who speak for it, ``group_id`` its group of companies ("" for none).
    ``paused_until`` is the last day of a pause.
    """

    organisation_id: str
    member_ids: frozenset[str] = frozenset()
    group_id: str = ""
    paused_until: date | None = None
    is_opted_out: bool = False

    def takes_part(self, on: date) -> bool:
        """Whether it is neither paused nor has left, on this day."""
        return not self.is_opted_out and not (self.paused_until and on <= self.paused_until)


def are_barred(one: Standing, other: Standing, entries: Iterable[NeverIntroduce]) -> bool:
    """Whether either of two organisations keeps the other, one of its people or its group off."""
    return any(_keeps_off(entry, one, other) or _keeps_off(entry, other, one) for entry in entries)


def check_parties(
    requester: Standing | None, others: Collection[Standing], entries: Collection[NeverIntroduce], *, on: date
) -> None:
    """Let pass parties who may all be introduced to each other.

    Raises PausedError where the requester itself is paused or has left (None: nobody asked), and else
    UnavailableError, which is the same for a pause, an opt-out and a never-introduce entry: nobody learns
    who keeps off whom.
    """
    if requester is not None:
        _require_present(requester, on)
    everybody = [*filter(None, [requester]), *others]
    if not all(other.takes_part(on) for other in others) or any(
        are_barred(one, other, entries) for one, other in combinations(everybody, 2)
    ):
        raise UnavailableError()


def _require_present(requester: Standing, on: date) -> None:
    if requester.is_opted_out:
        raise PausedError(reason="own-opt-out", until="")
    if requester.paused_until == date.max:
        raise PausedError(reason="own-pause-open", until="")
    if not requester.takes_part(on):
        raise PausedError(reason="own-pause", until=requester.paused_until)


def _keeps_off(entry: NeverIntroduce, owner: Standing, other: Standing) -> bool:
    if entry.owner_id != owner.organisation_id:
        return False
    match entry.kind:
        case Barred.ORGANISATION:
            return entry.target_id == other.organisation_id
        case Barred.PERSON:
            return entry.target_id in other.member_ids
        case Barred.GROUP:
            return bool(other.group_id) and entry.target_id == other.group_id
