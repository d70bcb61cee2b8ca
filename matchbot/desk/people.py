"""Who takes part: members, who stands in for whom, pauses, and whom somebody never wants to meet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from matchbot.deadlines import Absence
from matchbot.desk.messages import MessageKind
from matchbot.desk.views import named
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import (
    CorpusError,
    NotAllowedError,
    Obstacle,
    RowFault,
    SampleError,
    SlackIdTakenError,
    StepError,
    UnknownClusterError,
    UnknownRecordError,
)
from matchbot.introductions import decisions
from matchbot.introductions.cases import Act
from matchbot.members import (
    MATCHBOT,
    AbsenceAnnounced,
    ClosenessDeclared,
    Member,
    MemberLeft,
    MemberRegistered,
    MemberRow,
    OrganisationAssigned,
    OrganisationGrouped,
    read_members,
)
from matchbot.participation import (
    NeverIntroduceAdded,
    NeverIntroduceRemoved,
    OrganisationOptedOut,
    OrganisationPaused,
    OrganisationResumed,
    PauseCause,
    ProfileRenewed,
    Wish,
)
from matchbot.policy import Action, Barred, Closeness, NeverIntroduce, Role, profile_days
from matchbot.rows import RowRejection, RowsTold
from matchbot.workdays import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A member with name and mail address, "" where they were erased or never given; ``absences``: those
    that are not over. ``names``: of the organisations, the employer and the deputy, by id."""

    id: str
    role: Role
    name: str
    mail: str
    organisations: tuple[str, ...]
    clusters: tuple[str, ...]
    employer: str
    deputy: str
    absences: tuple[Absence, ...]
    slack_id: str
    claims: str
    language: str
    has_left: bool
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberImport:
    """What a file of members made different."""

    n_rows: int
    n_added: int
    n_changed: int
    n_unchanged: int
    rejections: tuple[RowRejection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What went from one coordinator to another."""

    n_cases: int
    n_organisations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Whether others are shown an organisation today, and why not. ``paused_until``: the last day of a pause
    that ends by itself."""

    is_shown: bool
    has_opted_out: bool
    paused_until: date | None


class People(Room):
    """Members, and what organisations wish for themselves."""

    # Members

    def member(self, member_id: str) -> Member:
        """A member; ``matchbot`` is matchbot itself. Raises UnknownRecordError."""
        if member_id == MATCHBOT.id:
            return MATCHBOT
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            member = models.member(member_id)
        if member is None:
            raise UnknownRecordError(reason="no-member", id=member_id)
        return member

    def members(self, by: Member) -> list[MemberView]:
        """Everybody with their names, by id."""
        with self._look(Action.MANAGE_MEMBERS, by) as work:
            return [_member_view(work, member) for member in work.models.members()]

    def register_member(self, row: MemberRow, *, by: Member, key: str) -> Receipt:
        """Registers somebody, or changes how they act; a deputy may be registered later, which is noticed.

        Raises UnknownOrganisationError, UnknownClusterError, SampleError, SlackIdTakenError.
        """
        with self._work(Action.MANAGE_MEMBERS, by, key) as work:
            if not work.earlier():
                _register(work, row)
            is_known = not row.deputy or work.models.member(row.deputy) is not None
            return Receipt(id=row.id, notices=() if is_known else ("unknown-deputy",))

    def import_members(self, file: Path, *, by: Member, key: str) -> MemberImport:
        """Registers the members of a file; rows that cannot be used are reported, those known stay.

        Raises UnreadableFileError; then nothing has changed.
        """
        with self._work(Action.MANAGE_MEMBERS, by, key) as work:
            rows = read_members(file)
            once = list(_each_once(rows))
            # Two may stand in for each other, whichever of them comes first.
            coming = {row.id for row in once if isinstance(row, MemberRow)}
            told = [_imported(work, row, rows, coming) for row in once]
        return MemberImport(
            n_rows=len(told),
            n_added=told.count("added"),
            n_changed=told.count("changed"),
            n_unchanged=told.count("unchanged"),
            rejections=tuple(one for one in told if isinstance(one, RowRejection)),
        )

    def remove_member(self, member_id: str, *, by: Member, key: str) -> Receipt:
        """Somebody may not act any more; what they did stays. Raises UnknownRecordError."""
        with self._work(Action.MANAGE_MEMBERS, by, key) as work:
            if not work.member(member_id).has_left and not work.earlier():
                work.record(f"member:{member_id}", [MemberLeft(member_id=member_id)])
            return Receipt(id=member_id)

    def report_gone(self, member_id: str, *, key: str) -> None:
        """Slack has closed somebody's account: they have left. Of a party that was asked and has nobody else
        there, whoever decides for it is told to ask. Raises UnknownRecordError.
        """
        with self._work(Action.MANAGE_MEMBERS, MATCHBOT, key) as work:
            member = work.member(member_id)
            if member.has_left:
                return
            work.record(f"member:{member_id}", [MemberLeft(member_id=member_id)])
            for waiting in work.models.waiting():
                case, turn = work.case(waiting.case_id), waiting.turn
                party = case.party(turn.organisation_id)
                is_theirs = turn.act is Act.ANSWER and member.speaks_for(turn.organisation_id)
                if party is not None and is_theirs and not work.is_in_slack(party):
                    deciding = work.deciding_for_organisation(party.organisation_id, party.home_cluster)
                    work.tell(deciding, MessageKind.TO_ASK, case_id=case.id)

    def assign(self, organisation_id: str, member_id: str, *, by: Member, key: str) -> Receipt:
        """A coordinator of its cluster looks after an organisation from now on; any, where it has none."""
        with self._work(Action.MANAGE_MEMBERS, by, key) as work:
            member, party = work.member(member_id), work.party(organisation_id)
            home = party.home_cluster
            is_right = member.role is Role.COORDINATOR and (not home or home in member.clusters)
            if not is_right:
                # Whoever assigns, be it matchbot itself: nobody decides for a cluster that is not theirs.
                role = work.by.role
                raise NotAllowedError(role=role, action=Action.MANAGE_MEMBERS, reason="not-its-coordinator")
            assigned = OrganisationAssigned(organisation_id=organisation_id, member_id=member_id)
            work.record(f"organisation:{organisation_id}", [assigned])
            return Receipt(id=organisation_id)

    def group(self, organisation_id: str, group_id: str, *, by: Member, key: str) -> Receipt:
        """An organisation belongs to a group of companies ("": to none)."""
        with self._work(Action.MANAGE_MEMBERS, by, key) as work:
            grouped = OrganisationGrouped(organisation_id=organisation_id, group_id=group_id)
            work.record(f"organisation:{organisation_id}", [grouped])
            return Receipt(id=organisation_id)

    def declare_closeness(
        self, member_id: str, organisation_id: str, closeness: Closeness, *, by: Member, key: str
    ) -> Receipt:
        """A member is close to an organisation (main bank, same group): its approvals need a reason."""
        with self._work(Action.MANAGE_MEMBERS, by, key) as work:
            declared = ClosenessDeclared(
                member_id=work.member(member_id).id,
                organisation_id=organisation_id,
                closeness=closeness,
            )
            work.record(f"member:{member_id}", [declared])
            return Receipt(id=member_id)

    def set_absence(
        self,
        member_id: str,
        first: date,
        last: date,
        *,
        by: Member,
        key: str,
        delegate_id: str = "",
    ) -> Receipt:
        """A coordinator is away from one day through another; the delegate or deputy decides meanwhile."""
        with self._work(Action.SET_ABSENCE, by, key) as work:
            is_own = work.by.id == member_id or work.by.role is Role.STAFF
            work.require(Action.SET_ABSENCE, is_own, "not-your-absence")
            if last < first:
                raise ValueError("an absence ends after it has begun")
            for id in filter(None, (member_id, delegate_id)):
                work.member(id)
            absence = AbsenceAnnounced(member_id=member_id, first=first, last=last, delegate_id=delegate_id)
            work.record(f"member:{member_id}", [absence])
            return Receipt(id=member_id)

    def handover(self, from_member: str, to_member: str, *, by: Member, key: str) -> Handover:
        """Every case and organisation of a leaving coordinator goes to another; all that was stays as it is.

        Done once more, it hands over what has come since. Raises UnknownRecordError, NotAllowedError.
        """
        with self._work(Action.HANDOVER, by, key) as work:
            work.member(from_member)
            work.require(
                Action.HANDOVER, work.member(to_member).role is Role.COORDINATOR, "not-a-coordinator"
            )
            cases = work.models.in_charge_of(from_member)
            for case_id in cases:
                events = decisions.hand_over(work.case(case_id), from_member=from_member, to_member=to_member)
                work.record(f"case:{case_id}", events)
            owned = [id for id, one in work.models.assignments().items() if one == from_member]
            for id in owned:
                assigned = OrganisationAssigned(organisation_id=id, member_id=to_member)
                work.record(f"organisation:{id}", [assigned])
            _take_over_clusters(work, from_member, to_member)
            work.tell([to_member], MessageKind.HANDED_OVER, cases=tuple(cases), n_organisations=len(owned))
        return Handover(n_cases=len(cases), n_organisations=len(owned))

    def hand_over_case(self, case_id: str, to_member: str, *, by: Member, key: str) -> Receipt:
        """Another coordinator of one of its clusters takes charge of a case, or whoever does it themselves.

        Raises UnknownRecordError, NotAllowedError, TransitionError.
        """
        with self._work(Action.HAND_OVER_CASE, by, key) as work:
            case = work.case(case_id)
            work.require_case(Action.HAND_OVER_CASE, case)
            clusters = (*case.approvals_needed, *case.told, *(party.home_cluster for party in case.parties))
            is_right = any(to_member in work.deciding_for(cluster) for cluster in clusters)
            work.require(Action.HAND_OVER_CASE, is_right, "not-in-its-clusters")
            if again := work.repeated():
                return again
            events = decisions.hand_over(case, from_member=case.coordinator, to_member=to_member)
            case = work.record_case(case_id, events)
            work.tell([to_member], MessageKind.CASE_HANDED_OVER, case_id=case.id)
            return work.receipt(case)

    # Wishes

    def pause(
        self,
        organisation_id: str,
        *,
        by: Member,
        key: str,
        until: date | None = None,
        cause: PauseCause = PauseCause.OWN_WISH,
    ) -> Receipt:
        """Others are not shown the organisation, at once, through a day (休止) or until it returns.

        Raises StepError for a day that is past.
        """
        with self._work(Action.PAUSE, by, key) as work:
            if until is not None and until < work.today and not work.earlier():
                raise StepError(
                    id=work.name_of(organisation_id), command=Action.PAUSE, reason=Obstacle.PAST_DAY
                )
            paused = OrganisationPaused(
                organisation_id=organisation_id, member_id=work.by.id, until=until, cause=cause
            )
            return _wished(work, Action.PAUSE, paused)

    def resume(self, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """The organisation is there again, after a pause or an opt-out."""
        with self._work(Action.RESUME, by, key) as work:
            resumed = OrganisationResumed(organisation_id=organisation_id, member_id=work.by.id)
            return _wished(work, Action.RESUME, resumed)

    def opt_out(self, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """The organisation takes no part in introductions any more, at once."""
        with self._work(Action.OPT_OUT, by, key) as work:
            left = OrganisationOptedOut(organisation_id=organisation_id, member_id=work.by.id)
            return _wished(work, Action.OPT_OUT, left)

    def presence(self, organisation_id: str, by: Member) -> Presence:
        """Whether others are shown an organisation: for itself and its coordinators."""
        with self._look(Action.RESUME, by) as work:
            work.require_organisation(Action.RESUME, organisation_id)
            wishes = work.models.wishes(organisation_id)
            return Presence(
                is_shown=wishes.can_be_shown(work.today),
                has_opted_out=wishes.has_opted_out,
                paused_until=wishes.paused_until if wishes.is_paused else None,
            )

    def never_introduce(
        self,
        organisation_id: str,
        other_id: str,
        *,
        by: Member,
        key: str,
        kind: Barred = Barred.ORGANISATION,
        is_lifted: bool = False,
    ) -> Receipt:
        """Keeps another organisation, a person or a group off, who is not told; or lifts that again."""
        with self._work(Action.NEVER_INTRODUCE, by, key) as work:
            event = NeverIntroduceRemoved if is_lifted else NeverIntroduceAdded
            wish = event(organisation_id=organisation_id, member_id=work.by.id, other_id=other_id, kind=kind)
            return _wished(work, Action.NEVER_INTRODUCE, wish)

    def never_introduced(self, organisation_id: str, by: Member) -> list[NeverIntroduce]:
        """Whom an organisation keeps off: for itself and its coordinators only."""
        with self._look(Action.NEVER_INTRODUCE, by) as work:
            work.require_organisation(Action.NEVER_INTRODUCE, organisation_id)
            return list(work.models.barred_by(organisation_id))

    def renew_profile(self, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """An organisation confirms that its profile holds."""
        with self._work(Action.RESUME, by, key) as work:
            work.require_organisation(Action.RESUME, organisation_id)
            renewed = ProfileRenewed(organisation_id=organisation_id, member_id=work.by.id)
            work.record(f"organisation:{organisation_id}", [renewed])
            return Receipt(id=organisation_id)

    def not_to_be_shown(self, organisation_id: str = "") -> frozenset[str]:
        """Whom a search on behalf of an organisation leaves out, as of now: who is paused, has opted out, has
        not confirmed its profile for too long, or is kept off by either side."""
        today = day_of(self._office.clock.now())
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            away, days = models.away(today), profile_days(today, self._office.rules)
            away |= models.unconfirmed(days[1]).keys() if days else set()
            return away | models.kept_off(organisation_id) if organisation_id else away

    def is_ageing(self, organisation_id: str) -> bool:
        """Whether nobody has confirmed the profile of an organisation for so long that it is soon hidden, or
        is already."""
        days = profile_days(day_of(self._office.clock.now()), self._office.rules)
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            return days is not None and organisation_id in models.unconfirmed(days[0])

    def introduced_to(self, organisation_id: str) -> frozenset[str]:
        """The organisations that this one was ever introduced to."""
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            return models.introduced_to(organisation_id)


def _wished(work: Work, action: Action, wish: Wish) -> Receipt:
    work.require_organisation(action, wish.organisation_id)
    work.record(f"organisation:{wish.organisation_id}", [wish])
    return Receipt(id=wish.organisation_id)


def _member_view(work: Work, member: Member) -> MemberView:
    return MemberView(
        id=member.id,
        role=member.role,
        name=work.text(member.name),
        mail=work.text(member.mail),
        organisations=member.organisations,
        clusters=member.clusters,
        employer=member.employer,
        deputy=member.deputy,
        absences=tuple(absence for absence in member.absences if absence.last >= work.today),
        slack_id=member.slack_id,
        claims=member.claims,
        language=member.language,
        has_left=member.has_left,
        names=named(
            work,
            organisations=filter(None, (*member.organisations, member.employer)),
            members=filter(None, [member.deputy]),
        ),
    )


def _each_once(rows: RowsTold[MemberRow]) -> Iterator[MemberRow | RowRejection]:
    """The rows of a file; of two about the same member the first."""
    told = set[str]()
    for row in rows:
        if isinstance(row, MemberRow) and row.id in told:
            yield rows.refused(row.row, "id", row.id, RowFault.TOLD_BEFORE)
            continue
        if isinstance(row, MemberRow):
            told.add(row.id)
        yield row


def _imported(
    work: Work, row: MemberRow | RowRejection, rows: RowsTold[MemberRow], coming: Collection[str]
) -> str | RowRejection:
    """What a row made different; one that names an organisation, cluster or deputy nobody knows, or a user
    of Slack who is somebody else, is refused alone. ``coming``: the members that the file registers."""
    if isinstance(row, RowRejection):
        return row
    try:
        _require_stand_ins(work, row, coming)
        return _register(work, row)
    except SlackIdTakenError as error:
        return rows.refused(row.row, "slack", row.slack_id, error.code)
    except UnknownRecordError as error:
        return rows.refused(row.row, "deputy", str(error.facts["id"]), str(error.facts["reason"]))
    except UnknownClusterError as error:
        return rows.refused(row.row, "clusters", str(error.facts["id"]), RowFault.CLUSTER)
    except (CorpusError, SampleError) as error:
        return rows.refused(row.row, "organisations", str(error.facts.get("id", "")), error.code)


def _register(work: Work, row: MemberRow) -> str:
    """Registers a row; gives ``added``, ``changed`` or ``unchanged``."""
    _require_known(work, row)
    known = work.models.member(row.id)
    did = _registered(work, row, known)
    if row.absence is None or (known and row.absence in known.absences):
        return did
    away = AbsenceAnnounced(
        member_id=row.id,
        first=row.absence.first,
        last=row.absence.last,
        delegate_id=row.absence.delegate_id,
    )
    work.record(f"member:{row.id}", [away])
    return "changed" if known else did


def _require_known(work: Work, row: MemberRow) -> None:
    """Raises UnknownOrganisationError, UnknownClusterError, SampleError."""
    for id in filter(None, (*row.organisations, row.employer)):
        work.party(id)
    for id in row.clusters:
        if id not in work.clusters:
            raise UnknownClusterError(id=id)


def _require_stand_ins(work: Work, row: MemberRow, coming: Collection[str]) -> None:
    """Raises UnknownRecordError for a deputy who is no member, and is not going to be."""
    for id in filter(None, (row.deputy, row.absence.delegate_id if row.absence else "")):
        if id not in coming:
            work.member(id)


def _registered(work: Work, row: MemberRow, known: Member | None) -> str:
    if known and not known.has_left and _row_of(work, known) == replace(row, row=0, absence=None):
        return "unchanged"
    _make_way(work, row)
    event = MemberRegistered(
        member_id=row.id,
        role=row.role,
        organisations=row.organisations,
        clusters=row.clusters,
        employer=row.employer,
        deputy=row.deputy,
        slack_id=row.slack_id,
        name=work.keep_of_member(row.name, "name", row.id),
        mail=work.keep_of_member(row.mail, "mail", row.id),
    )
    work.record(f"member:{row.id}", [event])
    return "changed" if known else "added"


def _make_way(work: Work, row: MemberRow) -> None:
    """A guest goes when they turn out to be the member of the row. Raises SlackIdTakenError."""
    holder = work.models.member_in_slack(row.slack_id)
    if holder is None or holder.id == row.id:
        return
    if not holder.is_guest:
        raise SlackIdTakenError(id=row.slack_id, member=holder.id)
    work.record(f"member:{holder.id}", [MemberLeft(member_id=holder.id)])


def _row_of(work: Work, member: Member) -> MemberRow:
    return MemberRow(
        row=0,
        id=member.id,
        role=member.role,
        organisations=member.organisations,
        clusters=member.clusters,
        employer=member.employer,
        deputy=member.deputy,
        slack_id=member.slack_id,
        name=work.text(member.name),
        mail=work.text(member.mail),
    )


def _take_over_clusters(work: Work, from_member: str, to_member: str) -> None:
    """The new coordinator answers for the clusters of the one who leaves, who answers for none."""
    leaving, taking = work.member(from_member), work.member(to_member)
    both = tuple(dict.fromkeys((*taking.clusters, *leaving.clusters)))
    for member, clusters in ((taking, both), (leaving, ())):
        if member.clusters != clusters:
            work.record(f"member:{member.id}", [_answering_for(member, clusters)])


def _answering_for(member: Member, clusters: tuple[str, ...]) -> MemberRegistered:
    return MemberRegistered(
        member_id=member.id,
        role=member.role,
        organisations=member.organisations,
        clusters=clusters,
        employer=member.employer,
        deputy=member.deputy,
        slack_id=member.slack_id,
        name=member.name,
        mail=member.mail,
    )
