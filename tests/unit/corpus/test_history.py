"""Memberships and clusters through time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.errors import LineageError, Reason, UnknownClusterError
from corpus.history import carried_over, ended_by, following, in_force, require_consistent, successors
from corpus.records import Cluster, LineageEvent, LineageKind, Membership, MembershipRole

HOME, MEMBER, LEFT = MembershipRole.HOME, MembershipRole.MEMBER, MembershipRole.LEFT
RECORDED = datetime(2026, 4, 1, tzinfo=UTC)
D2001, D2006, D2008, D2011 = (date(year, 4, 1) for year in (2001, 2006, 2008, 2011))


def said(cluster_id: str, role: MembershipRole, since: date, day_recorded: int = 0) -> Membership:
    return Membership("a", cluster_id, role, since, RECORDED + timedelta(days=day_recorded))


def cluster(id: str, valid_from: date = D2001, valid_to: date | None = None) -> Cluster:
    return Cluster(id, id, id, "関東", (), valid_from, valid_to)


def event(kind: LineageKind, day: date, before: str, after: str = "") -> LineageEvent:
    return LineageEvent(kind, day, tuple(before.split()), tuple(after.split()))


def roles(statements: tuple[Membership, ...]) -> dict[str, MembershipRole]:
    return {one.cluster_id: one.role for one in statements}


def test_a_statement_holds_until_a_later_one_of_the_same_cluster() -> None:
    statements = [said("n", LEFT, D2008), said("n", HOME, D2001), said("s", MEMBER, D2006)]
    assert roles(in_force(statements, on=D2001 - timedelta(days=1))) == {}
    assert roles(in_force(statements, on=D2006)) == {"n": HOME, "s": MEMBER}
    assert roles(in_force(statements, on=D2008)) == {"s": MEMBER}


def test_a_correction_of_the_same_day_holds_only_since_it_was_recorded() -> None:
    statements = [said("n", MEMBER, D2006, day_recorded=5), said("n", HOME, D2006)]
    assert roles(in_force(statements, on=D2006)) == {"n": MEMBER}
    assert roles(in_force(statements, on=D2006, as_known_at=RECORDED)) == {"n": HOME}


def test_saying_the_same_again_adds_nothing() -> None:
    known = [said("n", HOME, D2006), said("n", LEFT, D2008)]
    assert following(known, said("n", HOME, D2006, day_recorded=9)) == ()
    corrected = [*known, said("n", MEMBER, D2006, day_recorded=1)]
    again = said("n", HOME, D2006, day_recorded=9)
    assert following(corrected, again) == (again,)


def test_another_network_of_the_same_cluster_says_something_new() -> None:
    known = [said("n", HOME, D2006)]
    affiliated = replace(said("n", HOME, D2006, day_recorded=1), network="TAMA")
    assert following(known, affiliated) == (affiliated,)


def test_a_new_home_demotes_the_former_from_its_first_day() -> None:
    new = said("s", HOME, D2008, day_recorded=1)
    former = replace(said("n", HOME, D2001), network="TAMA")
    demotion = replace(former, role=MEMBER, valid_from=D2008, recorded_at=new.recorded_at)
    assert following([former], new) == (new, demotion)


def test_a_home_learnt_of_late_ends_where_the_known_one_begins() -> None:
    new = said("s", HOME, D2001, day_recorded=1)
    ends = replace(new, role=MEMBER, valid_from=D2006)
    assert following([said("n", HOME, D2006)], new) == (new, ends)


def test_a_cluster_that_nothing_happened_to_continues_as_itself() -> None:
    assert successors("n", [], on=D2011) == ("n",)


def test_successors_follow_the_events_up_to_the_day() -> None:
    events = [
        event(LineageKind.SPLIT, D2008, "whole", "east west"),
        event(LineageKind.MERGED, D2006, "n s", "whole"),
        event(LineageKind.ABOLISHED, D2011, "west"),
    ]
    assert successors("n", events, on=D2001) == ("n",)
    assert successors("n", events, on=D2006) == ("whole",)
    assert successors("s", events, on=D2008) == ("east", "west")
    assert successors("s", events, on=D2011) == ("east",)
    assert successors("west", events, on=D2011) == ()


def test_the_cluster_after_a_split_is_not_the_one_before_it() -> None:
    events = [event(LineageKind.SPLIT, D2008, "n", "n new")]
    assert successors("n", events, on=D2011) == ("n", "new")
    assert successors("n", events, on=D2011, since=D2008) == ("n",)


def test_memberships_are_carried_into_the_clusters_of_the_day() -> None:
    events = [event(LineageKind.MERGED, D2006, "n s", "whole"), event(LineageKind.ABOLISHED, D2006, "e")]
    statements = [said("e", MEMBER, D2001), said("n", MEMBER, D2001), said("s", HOME, D2001)]
    assert roles(carried_over(statements, events, on=D2001)) == {"e": MEMBER, "n": MEMBER, "s": HOME}
    assert roles(carried_over(statements, events, on=D2006)) == {"whole": HOME}


def test_the_home_of_a_split_cluster_is_the_part_that_kept_its_id() -> None:
    kept = [event(LineageKind.SPLIT, D2006, "n", "n new")]
    assert roles(carried_over([said("n", HOME, D2001)], kept, on=D2006)) == {"n": HOME, "new": MEMBER}
    renamed = [event(LineageKind.SPLIT, D2006, "n", "new newer")]
    assert roles(carried_over([said("n", HOME, D2001)], renamed, on=D2006)) == {
        "new": MEMBER,
        "newer": MEMBER,
    }


def test_a_cluster_ends_the_day_before_the_event_unless_it_ended_before() -> None:
    events = [event(LineageKind.MERGED, D2006, "n s", "s")]
    ended = ended_by([cluster("n"), cluster("s"), cluster("x", valid_to=D2008)], events)
    assert [one.valid_to for one in ended] == [D2006 - timedelta(days=1), None, D2008]


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (LineageKind.RENAMED, "n", "new"),
        (LineageKind.MERGED, "n s", "new"),
        (LineageKind.MERGED, "n s", "n"),
        (LineageKind.SPLIT, "n", "n new"),
        (LineageKind.ABOLISHED, "n s", ""),
    ],
)
def test_an_event_that_fits_its_kind_is_accepted(kind: LineageKind, before: str, after: str) -> None:
    clusters = {id: cluster(id, D2006 if id == "new" else D2001) for id in ("n", "s", "new")}
    require_consistent(event(kind, D2006, before, after), clusters)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (LineageKind.RENAMED, "n", "n"),
        (LineageKind.RENAMED, "n s", "new"),
        (LineageKind.MERGED, "n", "new"),
        (LineageKind.SPLIT, "n", "new"),
        (LineageKind.ABOLISHED, "n", "new"),
        (LineageKind.ABOLISHED, "", ""),
    ],
)
def test_an_event_that_does_not_fit_its_kind_is_refused(kind: LineageKind, before: str, after: str) -> None:
    clusters = {id: cluster(id) for id in ("n", "s", "new")}
    with pytest.raises(LineageError) as caught:
        require_consistent(event(kind, D2006, before, after), clusters)
    assert caught.value.facts["reason"] == Reason.WRONG_SHAPE


@pytest.mark.parametrize(
    ("before", "after", "id", "reason"),
    [
        (cluster("n", D2006), cluster("new", D2006), "n", Reason.NOT_BEGUN),
        (cluster("n", D2001, D2001), cluster("new", D2006), "n", Reason.ENDED),
        (cluster("n"), cluster("new", D2008), "new", Reason.NOT_BEGUN),
        (cluster("n"), cluster("new", D2001, D2001), "new", Reason.ENDED),
    ],
)
def test_an_event_outside_the_days_of_its_clusters_is_refused(
    before: Cluster, after: Cluster, id: str, reason: Reason
) -> None:
    with pytest.raises(LineageError) as caught:
        require_consistent(event(LineageKind.RENAMED, D2006, "n", "new"), {"n": before, "new": after})
    assert caught.value.facts == {"id": id, "reason": reason}


def test_an_event_about_an_unknown_cluster_is_refused() -> None:
    with pytest.raises(UnknownClusterError):
        require_consistent(event(LineageKind.RENAMED, D2006, "n", "new"), {"n": cluster("n")})
