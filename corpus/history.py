"""Memberships and clusters through time: what held on a day, told from dated statements alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from corpus.errors import LineageError, Reason, UnknownClusterError
from corpus.records import Cluster, LineageEvent, LineageKind, Membership, MembershipRole


def in_force(
    statements: Iterable[Membership], *, on: date, as_known_at: datetime | None = None
) -> tuple[Membership, ...]:
    """The memberships that hold on a day, ordered by organisation and cluster.

    Per organisation and cluster the last statement by (``valid_from``, ``recorded_at``) counts, of
    those recorded by ``as_known_at`` (None: all); of equal ones, the one given last. LEFT holds nothing.
    """
    held: dict[tuple[str, str], Membership] = {}
    for statement in sorted(statements, key=lambda said: (said.valid_from, said.recorded_at)):
        if statement.valid_from <= on and (as_known_at is None or statement.recorded_at <= as_known_at):
            held[statement.organisation_id, statement.cluster_id] = statement
    return tuple(held[key] for key in sorted(held) if held[key].role is not MembershipRole.LEFT)


def following(known: Sequence[Membership], new: Membership) -> tuple[Membership, ...]:
    """The statements to add to what is ``known`` of one organisation, so that ``new`` holds.

    None where it is what was said last of that cluster and day. A second home takes over: from its
    first day on, the former home is a plain membership; a home that begins later takes over in its turn.
    """
    last = _last_said(known, new)
    if last is not None and (last.role, last.network) == (new.role, new.network):
        return ()
    additions = [new]
    if new.role is MembershipRole.HOME:
        for day in sorted({said.valid_from for said in (*known, new) if said.valid_from >= new.valid_from}):
            homes = _homes([*known, *additions], day)
            if len(homes) > 1:
                is_taking_over = day == new.valid_from
                demoted = next(
                    said for said in homes if (said.cluster_id == new.cluster_id) != is_taking_over
                )
                additions.append(
                    replace(demoted, role=MembershipRole.MEMBER, valid_from=day, recorded_at=new.recorded_at)
                )
    return tuple(additions)


def with_one_home(statements: Sequence[Membership]) -> list[Membership]:
    """The statements of one organisation, where several name a home from the same day only the last one."""
    homes = {said.valid_from: said for said in statements if said.role is MembershipRole.HOME}
    return [
        replace(said, role=MembershipRole.MEMBER)
        if said.role is MembershipRole.HOME and homes[said.valid_from] is not said
        else said
        for said in statements
    ]


def _last_said(known: Sequence[Membership], new: Membership) -> Membership | None:
    subject = (new.cluster_id, new.valid_from)
    said = [earlier for earlier in known if (earlier.cluster_id, earlier.valid_from) == subject]
    return max(enumerate(said), key=lambda one: (one[1].recorded_at, one[0]))[1] if said else None


def _homes(statements: Sequence[Membership], day: date) -> list[Membership]:
    return [held for held in in_force(statements, on=day) if held.role is MembershipRole.HOME]


def successors(
    cluster_id: str, events: Iterable[LineageEvent], *, on: date, since: date | None = None
) -> tuple[str, ...]:
    """The clusters that continue a cluster on a day: itself where nothing happened, none once abolished.

    ``since`` is the day whose cluster is meant: only what happened after it counts. Events are
    followed in the order of their days, those of one day as given.
    """
    clusters = [cluster_id]
    for event in sorted(events, key=lambda event: event.day):
        is_later = since is None or event.day > since
        if is_later and event.day <= on and not set(event.before).isdisjoint(clusters):
            clusters = list(dict.fromkeys([c for c in clusters if c not in event.before] + [*event.after]))
    return tuple(clusters)


def carried_over(
    memberships: Iterable[Membership], events: Sequence[LineageEvent], *, on: date
) -> tuple[Membership, ...]:
    """The same memberships in the clusters of a day, each organisation once in each, ordered.

    Whoever was in a cluster that was split is in all its parts; its home is the part that kept the
    id, or none until somebody says which.
    """
    carried: dict[tuple[str, str], Membership] = {}
    for membership in memberships:
        clusters = successors(membership.cluster_id, events, on=on, since=membership.valid_from)
        for cluster_id in clusters:
            keeps_role = len(clusters) == 1 or cluster_id == membership.cluster_id
            role = membership.role if keeps_role else MembershipRole.MEMBER
            key = (membership.organisation_id, cluster_id)
            if key not in carried or role is MembershipRole.HOME:
                carried[key] = replace(membership, cluster_id=cluster_id, role=role)
    return tuple(carried[key] for key in sorted(carried))


def ended_by(clusters: Iterable[Cluster], events: Iterable[LineageEvent]) -> tuple[Cluster, ...]:
    """The clusters with the last day that the events leave them (``valid_to`` is the last day)."""
    last_days = {
        cluster_id: event.day - timedelta(days=1)
        for event in sorted(events, key=lambda event: event.day, reverse=True)
        for cluster_id in event.before
        if cluster_id not in event.after
    }
    return tuple(
        replace(cluster, valid_to=min(cluster.valid_to or date.max, last_days[cluster.id]))
        if cluster.id in last_days
        else cluster
        for cluster in clusters
    )


def require_consistent(event: LineageEvent, clusters: Mapping[str, Cluster]) -> None:
    """Check an event against the clusters it names.

    Raises UnknownClusterError, and LineageError where the numbers before and after do not fit its
    kind, where a cluster had not begun or had already ended the day before, or where a successor is
    not there on the day.
    """
    for cluster_id in (*event.before, *event.after):
        if cluster_id not in clusters:
            raise UnknownClusterError(id=cluster_id)
    if not _fits_its_kind(event):
        raise LineageError(id=event.before[0] if event.before else "", reason=Reason.WRONG_SHAPE)
    for cluster_id in event.before:
        _require_valid(clusters[cluster_id], event.day - timedelta(days=1))
    for cluster_id in event.after:
        _require_valid(clusters[cluster_id], event.day)


def _fits_its_kind(event: LineageEvent) -> bool:
    n_before, n_after = len(set(event.before)), len(set(event.after))
    match event.kind:
        case LineageKind.RENAMED:
            return n_before == 1 and n_after == 1 and event.before != event.after
        case LineageKind.MERGED:
            return n_before > 1 and n_after == 1
        case LineageKind.SPLIT:
            return n_before == 1 and n_after > 1
        case LineageKind.ABOLISHED:
            return n_before > 0 and n_after == 0


def _require_valid(cluster: Cluster, day: date) -> None:
    if day < cluster.valid_from:
        raise LineageError(id=cluster.id, reason=Reason.NOT_BEGUN)
    if cluster.valid_to is not None and day > cluster.valid_to:
        raise LineageError(id=cluster.id, reason=Reason.ENDED)
