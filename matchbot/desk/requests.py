"""From a need to an approval: what firms ask for, and what coordinators decide."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from matchbot.desk.messages import MessageKind
from matchbot.desk.views import expiry_from, known_repeat, named, quota_left
from matchbot.desk.work import Receipt, Room, Work, decided_once
from matchbot.errors import Obstacle, StepError, UnknownRecordError
from matchbot.introductions import decisions
from matchbot.introductions.cases import Introduction
from matchbot.introductions.events import Event
from matchbot.introductions.parties import Party, Statement
from matchbot.introductions.words import CrossCluster, Means, State
from matchbot.members import Member
from matchbot.need import Purpose
from matchbot.participation import (
    NeedClosed,
    NeedSaved,
    PairsSuggested,
    PairTaken,
    PartnersShown,
    Rated,
    SavedNeed,
)
from matchbot.policy import (
    Action,
    PastRequest,
    Role,
    Sought,
    check_approver,
    check_not_open,
    check_parties,
    check_quotas,
    check_text,
    months_after,
    repeats,
    similarity,
)

WORDING = "request-2"
"""The version of what a requester agrees to by asking; its text is ``wording-request-2``."""

_SAME_NEED = timedelta(days=7)
_SAME_OUTSIDE_DAYS = 7


class Requests(Room):
    """Needs, requests and proposals, and the coordinators' decisions on them."""

    # Needs

    def save_need(
        self,
        organisation_id: str,
        text: str,
        purpose: Purpose,
        *,
        by: Member,
        key: str,
        wants_alerts: bool = False,
    ) -> Receipt:
        """A firm's need is kept; ``wants_alerts``: tell when a new partner appears.

        Said again within a week, it points to the one that counts (notice ``repeated-need``).
        """
        with self._work(Action.SAVE_NEED, by, key) as work:
            work.require_organisation(Action.SAVE_NEED, organisation_id)
            return work.repeated() or _need_saved(work, organisation_id, text, purpose, wants_alerts)

    def enter_need(
        self,
        organisation_id: str,
        text: str,
        purpose: Purpose,
        *,
        by: Member,
        key: str,
        wants_alerts: bool = False,
    ) -> Receipt:
        """A coordinator enters a need for a firm of its cluster."""
        with self._work(Action.ENTER_NEED, by, key) as work:
            work.require_organisation(Action.ENTER_NEED, organisation_id)
            return work.repeated() or _need_saved(work, organisation_id, text, purpose, wants_alerts)

    def close_need(self, need_id: str, *, by: Member, key: str) -> Receipt:
        """Nobody looks for this any more, and nobody is alerted. Raises UnknownRecordError."""
        action = Action.ENTER_NEED if by.role is Role.COORDINATOR else Action.SAVE_NEED
        with self._work(action, by, key) as work:
            need = work.models.need(need_id)
            if need is None:
                raise UnknownRecordError(reason="no-need", id=need_id)
            work.require_organisation(action, need.organisation_id)
            if not (need.is_closed or work.earlier()):
                closed = NeedClosed(
                    need_id=need_id, organisation_id=need.organisation_id, member_id=work.by.id
                )
                work.record(f"need:{need_id}", [closed])
            return Receipt(id=need_id)

    def show_partners(
        self, need_id: str, organisation_id: str, partners: Sequence[str], *, by: Member, key: str
    ) -> Receipt:
        """Puts on record which cards were shown, in their order."""
        with self._work(Action.SHOW_PARTNERS, by, key) as work:
            if work.by.role is Role.FIRM and organisation_id:
                own = work.speaks_for(organisation_id)
                work.require(Action.SHOW_PARTNERS, own, "not-your-organisation")
            if need_id:
                _need_of(work, need_id, [organisation_id])
            stream = f"need:{need_id}" if need_id else f"organisation:{organisation_id or by.id}"
            shown = PartnersShown(need_id=need_id, organisation_id=organisation_id, partners=tuple(partners))
            if partners and not work.earlier():
                work.record(stream, [shown])
            return Receipt(id=need_id)

    def rate(
        self,
        need_id: str,
        organisation_id: str,
        partner_id: str,
        *,
        is_fitting: bool,
        by: Member,
        key: str,
        case_id: str = "",
        text: str = "",
    ) -> Receipt:
        """A firm says whether a partner fits its need (条件に合わない), or with no need, whether at all.

        ``text``: what it looks for, where that is no need that is saved: it does not become one.
        """
        with self._work(Action.RATE, by, key) as work:
            work.require_organisation(Action.RATE, organisation_id)
            if need_id:
                _need_of(work, need_id, [organisation_id])
            if work.earlier():
                return Receipt(id=need_id, is_repeated=True)
            rated = Rated(
                need_id=need_id,
                organisation_id=organisation_id,
                partner_id=partner_id,
                is_fitting=is_fitting,
                member_id=work.by.id,
                case_id=case_id,
                text=work.keep(text, "need", organisation_id),
            )
            work.record(f"need:{need_id}" if need_id else f"organisation:{organisation_id}", [rated])
            return Receipt(id=need_id)

    # Requests

    def request(
        self,
        organisation_id: str,
        partners: Sequence[str],
        *,
        by: Member,
        key: str,
        purpose: Purpose | None = None,
        need_id: str = "",
        brief: str = "",
        is_anonymous: bool = False,
    ) -> Receipt:
        """A firm asks to meet others (紹介を希望); asking is its consent. ``brief`` is what they will read.

        ``purpose``: that of the need where there is one. ``is_anonymous``: until all have consented, they
        know the firm by a code, its kind, cluster and rough size (公開範囲).

        Raises the errors of policy: UnavailableError, PausedError, QuotaExceededError, RepeatedTextError,
        RepeatedRequestError; and SampleError, UnknownOrganisationError.
        """
        with self._work(Action.REQUEST, by, key) as work:
            work.require_organisation(Action.REQUEST, organisation_id)
            answer = Statement(member_id=work.by.id)
            return work.repeated() or _requested(
                work, organisation_id, partners, purpose, need_id, brief, answer, is_anonymous
            )

    def enter_request(
        self,
        organisation_id: str,
        partners: Sequence[str],
        *,
        means: Means,
        by: Member,
        key: str,
        purpose: Purpose | None = None,
        need_id: str = "",
        brief: str = "",
        said_by: str = "",
        is_anonymous: bool = False,
    ) -> Receipt:
        """A coordinator enters what a firm of its cluster asked for by telephone, mail or on a visit.

        ``said_by``: who of the firm said so. Raises what `request` does.
        """
        with self._work(Action.ENTER_REQUEST, by, key) as work:
            work.require_organisation(Action.ENTER_REQUEST, organisation_id)
            if again := work.repeated():
                return again
            who = work.keep(said_by, "said-by", organisation_id)
            answer = Statement(means=means, attested_by=work.by.id, said_by=who)
            return _requested(work, organisation_id, partners, purpose, need_id, brief, answer, is_anonymous)

    def propose(
        self,
        organisations: Sequence[str],
        *,
        by: Member,
        key: str,
        purpose: Purpose | None = None,
        need_id: str = "",
        brief: str = "",
        cluster: str = "",
        reason: str = "",
    ) -> Receipt:
        """A coordinator thinks, unasked, that organisations should meet: that is its approval.

        ``cluster``: for which it proposes, where it answers for several of theirs. ``reason``: needed
        where it is close to one of them. Raises what `request` does, ConflictError, ReasonNeededError.
        """
        with self._work(Action.PROPOSE, by, key) as work:
            if again := work.repeated():
                return again
            parties = [work.party(id) for id in organisations]
            cluster = _own_cluster(work, Action.PROPOSE, parties, cluster)
            history = allowed_history(work, "", organisations, brief)
            called = named(work, organisations=organisations)
            ties = check_approver(work.by.id, called, work.by.all_ties, has_reason=bool(reason))
            events = decisions.propose(
                work.new_id("c"),
                need_id=need_id,
                parties=parties,
                purpose=_purpose(work, purpose, need_id, organisations),
                cluster=cluster,
                member_id=work.by.id,
                cross_cluster=CrossCluster(work.rules.cross_cluster),
                expires_on=expiry_from(work),
                brief=work.keep(brief, "brief", *organisations),
                repeats=_repeated_case(work, organisations, history),
                warning=ties[0].closeness.value if ties else "",
                reason=work.keep(reason, "reason"),
            )
            case = work.record_case(events[0].case_id, events)
            _take_pairs(work, case)
            _tell_approvers(work, case)
            return work.receipt(put_to_parties(work, case))

    def resubmit(self, case_id: str, *, by: Member, key: str, brief: str = "") -> Receipt:
        """A returned request comes again, from whoever made it. Raises TransitionError."""
        action = Action.PROPOSE if by.role is Role.COORDINATOR else Action.REQUEST
        with self._work(action, by, key) as work:
            case = work.case(case_id)
            if case.requester:
                work.require_organisation(action, case.requester.organisation_id)
            else:
                work.require_cluster(action, case.proposed_by)
            if again := work.repeated():
                return again
            text = work.keep(brief, "brief", *case.organisation_ids)
            events = decisions.resubmit(case, member_id=work.by.id, expires_on=expiry_from(work), brief=text)
            case = work.record_case(case_id, events)
            _tell_approvers(work, case)
            return work.receipt(put_to_parties(work, case))

    def withdraw(self, case_id: str, *, by: Member, key: str, reason: str = "") -> Receipt:
        """The requester no longer wants it; its request is given back. Raises TransitionError, StepError."""
        with self._work(Action.WITHDRAW, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            requester = case.requester
            organisation_id = requester.organisation_id if requester else case.organisation_ids[0]
            work.require_organisation(Action.WITHDRAW, organisation_id)
            if again := work.repeated():
                return again
            events = decisions.withdraw(
                case,
                organisation_id=organisation_id,
                member_id=work.by.id,
                reason=work.keep(reason, "reason", organisation_id),
            )
            return _ended(work, case, events, MessageKind.WITHDRAWN)

    # Decisions

    def approve(self, case_id: str, *, by: Member, key: str, cluster: str = "", reason: str = "") -> Receipt:
        """A coordinator approves for its cluster; after the last approval the parties are asked.

        ``reason``: needed where the approver is close to a party. Raises AlreadyHandledError,
        ConflictError, ReasonNeededError, NotAllowedError.
        """
        with self._work(Action.APPROVE, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            cluster = _deciding_cluster(work, Action.APPROVE, case, cluster)
            if again := work.repeated():
                return again
            approved_by = [approval.member_id for approval in case.approvals]
            ties = check_approver(
                work.by.id,
                named(work, organisations=case.organisation_ids),
                work.by.all_ties,
                approved_by=approved_by if case.state is State.REQUESTED else (),
                has_reason=bool(reason),
            )
            events = decisions.approve(
                case,
                cluster=cluster,
                member_id=work.by.id,
                warning=ties[0].closeness.value if ties else "",
                reason=work.keep(reason, "reason"),
            )
            case = put_to_parties(work, work.record_case(case_id, events))
            if not case.approvals_missing:
                work.tell(askers(work, case), MessageKind.APPROVED, case_id=case.id)
            return work.receipt(case)

    def return_request(
        self, case_id: str, *, by: Member, key: str, reason: str, cluster: str = ""
    ) -> Receipt:
        """A coordinator sends a request back to be improved (差戻し). Raises what `approve` does."""
        with self._work(Action.RETURN_REQUEST, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            cluster = _deciding_cluster(work, Action.RETURN_REQUEST, case, cluster)
            if again := work.repeated():
                return again
            events = decisions.return_(
                case,
                cluster=cluster,
                member_id=work.by.id,
                reason=work.keep_reason(reason, case_id, "return"),
                expires_on=expiry_from(work),
            )
            case = work.record_case(case_id, events)
            work.tell(askers(work, case), MessageKind.RETURNED, case_id=case.id, expires_on=case.expires_on)
            return work.receipt(case)

    def decline(self, case_id: str, *, by: Member, key: str, reason: str, cluster: str = "") -> Receipt:
        """A coordinator decides against it (見送り); the reason stays with the coordinators."""
        with self._work(Action.DECLINE, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            cluster = _deciding_cluster(work, Action.DECLINE, case, cluster)
            if again := work.repeated():
                return again
            text = work.keep_reason(reason, case_id, "decline")
            events = decisions.decline(case, cluster=cluster, member_id=work.by.id, reason=text)
            return _ended(work, case, events, MessageKind.DECLINED)

    def stop(self, case_id: str, *, by: Member, key: str, reason: str, cluster: str = "") -> Receipt:
        """The coordinator of a cluster that was told stops it, until its party has answered."""
        with self._work(Action.STOP, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            cluster = cluster or next(filter(work.answers_for, case.told), "")
            work.require_cluster(Action.STOP, cluster or (case.told or case.approvals_needed)[0])
            if again := work.repeated():
                return again
            text = work.keep_reason(reason, case_id, "stop")
            events = decisions.stop(case, cluster=cluster, member_id=work.by.id, reason=text)
            return _ended(work, case, events, MessageKind.STOPPED)

    def cancel(self, case_id: str, *, by: Member, key: str, reason: str) -> Receipt:
        """A coordinator of the case, or the staff, calls it off; the request is given back."""
        with self._work(Action.CANCEL, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            work.require_case(Action.CANCEL, case)
            if again := work.repeated():
                return again
            text = work.keep_reason(reason, case_id, "cancel")
            events = decisions.cancel(case, member_id=work.by.id, reason=text)
            return _ended(work, case, events, MessageKind.CANCELLED)

    def expire(self, case_id: str, *, by: Member, key: str) -> Receipt:
        """Nobody acted in time: the case ends, everybody is told, the request is given back."""
        with self._work(Action.EXPIRE, by, key) as work:
            if again := work.repeated():
                return again
            case = work.case(case_id)
            return _ended(work, case, decisions.expire(case, on=work.today), MessageKind.EXPIRED)

    def reverse(self, case_id: str, *, by: Member, key: str, reason: str) -> Receipt:
        """A correction: this introduction was recorded by mistake, and does not count."""
        with self._work(Action.CORRECT, by, key) as work, decided_once(work, case_id):
            case = work.case(case_id)
            work.require_case(Action.CORRECT, case)
            if again := work.repeated():
                return again
            text = work.keep_reason(reason, case_id, "reverse")
            events = decisions.reverse(case, member_id=work.by.id, reason=text)
            return work.receipt(work.record_case(case_id, events))

    # Outside

    def log_outside(
        self,
        organisations: Sequence[str],
        *,
        means: Means,
        made_on: date,
        purpose: Purpose,
        by: Member,
        key: str,
        need_id: str = "",
        note: str = "",
        document: str = "",
    ) -> Receipt:
        """A coordinator logs an introduction made in person or by telephone (対面・電話).

        One that is logged already (the same parties, for the same need or, without one, within a week)
        is given back with the notice ``already-logged`` and counts once.
        """
        with self._work(Action.LOG_OUTSIDE, by, key) as work:
            if again := work.repeated():
                return again
            parties = [work.party(id, on=made_on) for id in organisations]
            _own_cluster(work, Action.LOG_OUTSIDE, parties, "")
            work.require_past(made_on, work.name_of(parties[0].organisation_id), "log_outside")
            if need_id:
                _need_of(work, need_id, organisations)
            same = work.models.same_introduction(organisations, need_id, on=made_on, days=_SAME_OUTSIDE_DAYS)
            if same:
                return work.receipt(work.case(same), "already-logged")
            history = _history(work, organisations)
            events = decisions.log_outside(
                work.new_id("c"),
                need_id=need_id,
                parties=parties,
                purpose=purpose,
                means=means,
                member_id=work.by.id,
                wording=WORDING,
                made_on=made_on,
                note=work.keep(note, "note", *organisations),
                document=work.keep(document, "document", *organisations),
                repeats=_repeated_case(work, organisations, history),
            )
            return work.receipt(work.record_case(events[0].case_id, events, on=made_on))


# --- Needs ---


def _need_saved(work: Work, organisation_id: str, text: str, purpose: Purpose, wants_alerts: bool) -> Receipt:
    work.party(organisation_id)
    if not text.strip():
        raise StepError(id=work.name_of(organisation_id), command="save_need", reason=Obstacle.NO_TEXT)
    earlier = _same_need(work, organisation_id, text)
    is_own = work.speaks_for(organisation_id)
    ref = work.keep(text, "need", organisation_id)
    assert ref is not None
    need_id = work.new_id("n")
    saved = NeedSaved(
        need_id=need_id,
        organisation_id=organisation_id,
        purpose=purpose,
        text=ref,
        member_id=work.by.id if is_own else "",
        entered_by="" if is_own else work.by.id,
        repeats=earlier,
        wants_alerts=wants_alerts,
    )
    work.record(f"need:{need_id}", [saved])
    return Receipt(id=need_id, notices=("repeated-need",) if earlier else ())


def _same_need(work: Work, organisation_id: str, text: str) -> str:
    """The first need of the organisation that says nearly the same within a week; "" where none does."""
    needs = work.models.needs_of(organisation_id, since=work.today - _SAME_NEED)
    texts = work.unit.private.texts([need.text_id for need in needs])
    limit = work.rules.identical_similarity
    same = (n.id for n in needs if similarity(texts.get(n.text_id, ""), text) >= limit)
    return next(same, "")


# --- Requests ---


def _requested(
    work: Work,
    organisation_id: str,
    partners: Sequence[str],
    purpose: Purpose | None,
    need_id: str,
    brief: str,
    answer: Statement,
    is_anonymous: bool,
) -> Receipt:
    everybody = (organisation_id, *partners)
    parties = [work.party(organisation_id, is_requester=True), *map(work.party, partners)]
    purpose = _purpose(work, purpose, need_id, [organisation_id])
    history = allowed_history(work, organisation_id, everybody, brief)
    wanted = _sought(work, purpose, need_id, brief)
    check_not_open(wanted, _open_requests(work, organisation_id, everybody, history), work.rules)
    events = decisions.request(
        work.new_id("c"),
        need_id=need_id,
        parties=parties,
        purpose=purpose,
        by=answer,
        wording=WORDING,
        cross_cluster=CrossCluster(work.rules.cross_cluster),
        expires_on=expiry_from(work),
        coordinator=work.models.looks_after(organisation_id),
        brief=work.keep(brief, "brief", *everybody),
        repeats=_repeated_case(work, everybody, history),
        is_anonymous=is_anonymous,
    )
    case = work.record_case(events[0].case_id, events)
    _take_pairs(work, case)
    _tell_approvers(work, case)
    if work.speaks_for(organisation_id):
        left, expires_on = quota_left(work, organisation_id), case.expires_on.isoformat()
        work.confirm(MessageKind.REQUESTED, case_id=case.id, expires_on=expires_on, left=left)
    return work.receipt(case, "repeated-pair" if known_repeat(work, case) else "")


def _sought(work: Work, purpose: Purpose, need_id: str, brief: str) -> Sought:
    need = work.models.need(need_id) if need_id else None
    return Sought(purpose=purpose, need_id=need_id, text=work.text(need.text_id) if need else brief)


def _open_requests(
    work: Work, requester_id: str, parties: Sequence[str], history: Iterable[PastRequest]
) -> dict[str, Sought]:
    """What an organisation has asked these parties for and can still come about, by case."""
    ids = (
        past.case_id
        for past in history
        if past.is_open
        and past.expires_on >= work.today
        and (past.requester_id, past.parties) == (requester_id, frozenset(parties))
    )
    return {
        case.id: _sought(work, case.purpose, case.need_id, work.text(case.brief))
        for case in map(work.case, ids)
    }


def _purpose(work: Work, purpose: Purpose | None, need_id: str, organisations: Sequence[str]) -> Purpose:
    """That of the need where there is one. Raises UnknownRecordError, StepError."""
    if not need_id:
        if purpose is None:
            raise StepError(id=work.name_of(organisations[0]), command="request", reason=Obstacle.NO_PURPOSE)
        return purpose
    need = _need_of(work, need_id, organisations)
    return purpose or Purpose(need.purpose)


def _need_of(work: Work, need_id: str, organisations: Collection[str]) -> SavedNeed:
    """A need of one of the organisations. Raises UnknownRecordError, also for a need of somebody else."""
    need = work.models.need(need_id)
    if need is None or need.organisation_id not in organisations:
        raise UnknownRecordError(reason="no-need", id=need_id)
    return need


def _history(work: Work, organisations: Sequence[str]) -> list[PastRequest]:
    since = months_after(work.today, -max(work.rules.repeat_months, 3))
    return work.models.past_requests(organisations, since=since)


def allowed_history(
    work: Work, requester_id: str, organisations: Sequence[str], brief: str
) -> list[PastRequest]:
    """What the parties did before, once every rule of the network has let the request pass."""
    standings = [work.models.standing(id) for id in organisations]
    requester, others = (standings[0], standings[1:]) if requester_id else (None, standings)
    check_parties(requester, others, work.models.barred_by(*organisations), on=work.today)
    history = _history(work, organisations)
    check_quotas(requester_id, organisations, history, on=work.today, rules=work.rules)
    if requester_id and brief.strip():
        own = [request for request in history if request.requester_id == requester_id]
        check_text(brief, _sent(work, own), on=work.today, rules=work.rules)
    return history


def _sent(work: Work, requests: Sequence[PastRequest]) -> list[tuple[date, str]]:
    """Day and text of the requests of the days in which a text is remembered, without what was erased."""
    since = work.today - timedelta(days=work.rules.identical_days)
    days = {r.text_id: r.requested_on for r in requests if r.requested_on >= since and r.text_id}
    return [(days[id], text) for id, text in work.unit.private.texts(days).items()]


def _repeated_case(work: Work, organisations: Sequence[str], history: Sequence[PastRequest]) -> str:
    found = repeats(organisations, history, on=work.today, rules=work.rules)
    return found[0].case_id if found else ""


def _own_cluster(work: Work, action: Action, parties: Sequence[Party], cluster: str) -> str:
    """The cluster of the parties that who acts decides for; "" for the staff, where none was named."""
    clusters = dict.fromkeys(party.home_cluster for party in parties)
    own = [one for one in clusters if one in work.by.clusters] or list(filter(work.answers_for, clusters))
    chosen = cluster or next(iter(own), "")
    work.require(action, chosen in own, "not-your-cluster")
    return chosen


def _deciding_cluster(work: Work, action: Action, case: Introduction, cluster: str) -> str:
    """For which of the clusters that have to approve who acts decides: its own before others'."""
    needed = [cluster] if cluster else [*case.approvals_missing, *case.approvals_needed]
    own = [one for one in needed if one in work.by.clusters] or list(filter(work.answers_for, needed))
    work.require(action, bool(own), "not-your-cluster")
    return own[0]


def suggestions(work: Work, cluster: str) -> list[PairsSuggested]:
    """What a cluster's coordinators were suggested unasked, the latest last."""
    events = (recorded.event for recorded in work.unit.events.read(f"cluster:{cluster}"))
    return [event for event in events if isinstance(event, PairsSuggested)]


def _take_pairs(work: Work, case: Introduction) -> None:
    """The pairs of the present suggestions that this case is about are on record as taken."""
    for cluster in dict.fromkeys(party.home_cluster for party in case.parties if party.home_cluster):
        for pair in (pair for suggested in suggestions(work, cluster)[-1:] for pair in suggested.pairs):
            if set(pair.organisation_ids) <= set(case.organisation_ids):
                taken = PairTaken(cluster=cluster, organisation_ids=pair.organisation_ids, case_id=case.id)
                work.record(f"cluster:{cluster}", [taken])


# --- Whom it concerns ---


def askers(work: Work, case: Introduction) -> tuple[str, ...]:
    """Whoever asked: the requester's people, or the coordinator who proposed it."""
    return work.reached_for(case.requester) if case.requester else (case.coordinator,)


def _tell_approvers(work: Work, case: Introduction) -> None:
    def tell(members: Iterable[str], kind: MessageKind, cluster: str) -> None:
        work.tell(members, kind, case_id=case.id, cluster=cluster, expires_on=case.expires_on)

    for cluster in case.approvals_missing:
        tell(work.approving_for(cluster, case), MessageKind.APPROVAL_NEEDED, cluster)
    for cluster in case.told:
        tell(work.deciding_for(cluster), MessageKind.TOLD, cluster)


def put_to_parties(work: Work, case: Introduction) -> Introduction:
    """Ask every party once all have approved: in Slack itself, else its coordinator is told to ask it."""
    if case.state not in (State.APPROVED, State.ASKED):
        return case
    for party in case.not_asked:
        if work.is_in_slack(party):
            events = decisions.ask(
                case,
                organisation_id=party.organisation_id,
                means=Means.SLACK,
                expires_on=expiry_from(work),
            )
            case = work.record_case(case.id, events)
            work.tell(work.reached_for(party), MessageKind.ASKED, case_id=case.id, expires_on=case.expires_on)
        else:
            deciding = work.deciding_for_organisation(party.organisation_id, party.home_cluster)
            work.tell(deciding, MessageKind.TO_ASK, case_id=case.id)
    return case


def _ended(work: Work, case: Introduction, events: Sequence[Event], kind: MessageKind) -> Receipt:
    """Records the end of a case; tells whoever knew of it, each the same neutral thing, without a reason."""
    after = work.record_case(case.id, events)
    work.tell(everybody_told(work, case), kind, case_id=case.id)
    return work.receipt(after)


def everybody_told(work: Work, case: Introduction) -> list[str]:
    """Whoever knows of a case; a party that was not asked yet does not."""
    clusters = (*case.approvals_needed, *case.told)
    asked = {asking.organisation_id for asking in case.asked}
    parties = (party for party in case.parties if party.organisation_id in asked)
    return [
        *askers(work, case),
        *(member for cluster in clusters for member in work.deciding_for(cluster)),
        *(member for party in parties for member in work.reached_for(party)),
    ]


# --- Before contacts are released ---


def require_willing(work: Work, case: Introduction) -> None:
    """A pause, an opt-out or a never-introduce entry acts at once, also on what has begun.

    Raises UnavailableError.
    """
    ids = case.organisation_ids
    standings = [work.models.standing(id) for id in ids]
    check_parties(None, standings, work.models.barred_by(*ids), on=work.today)


def parties_today(work: Work, case: Introduction) -> list[Party]:
    """The parties as the corpus knows them today; one that was merged into another stays who it is here."""
    return [replace(work.party(id), organisation_id=id) for id in case.organisation_ids]
