"""Memberships through time, whatever is said in whatever order."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corpus.history import following, in_force
from corpus.records import Cluster, Kind, Membership, MembershipRole, Organisation, Profile, Source
from corpus.registry import Registry

CLUSTERS = ("n", "s", "e")
FIRST_DAY = date(2006, 4, 1)
DAYS = [FIRST_DAY + timedelta(days=n) for n in range(6)]
START = datetime(2026, 4, 1, tzinfo=UTC)

Told = tuple[str, MembershipRole, date, int]
told = st.lists(
    st.tuples(
        st.sampled_from(CLUSTERS),
        st.sampled_from(MembershipRole),
        st.sampled_from(DAYS),
        st.integers(0, 2),
    ),
    max_size=8,
)


def statements_in_order(told: list[Told]) -> list[Membership]:
    """Each recorded no earlier than the one before, some at the same time."""
    statements, hours = [], 0
    for cluster_id, role, since, pause in told:
        hours += pause
        statements.append(Membership("a", cluster_id, role, since, START + timedelta(hours=hours)))
    return statements


def recorded(new: list[Membership]) -> list[Membership]:
    known: list[Membership] = []
    for statement in new:
        known += following(known, statement)
    return known


@given(told)
def test_an_organisation_has_at_most_one_home_on_any_day(told: list[Told]) -> None:
    known = recorded(statements_in_order(told))
    for day in DAYS:
        homes = [held for held in in_force(known, on=day) if held.role is MembershipRole.HOME]
        assert len(homes) <= 1


@given(told)
def test_what_was_said_last_holds_from_its_day_on(told: list[Told]) -> None:
    known: list[Membership] = []
    for statement in statements_in_order(told):
        known += following(known, statement)
        held = {one.cluster_id: one.role for one in in_force(known, on=statement.valid_from)}
        assert held.get(statement.cluster_id, MembershipRole.LEFT) is statement.role


@given(told)
def test_what_was_known_at_a_time_never_changes(told: list[Told]) -> None:
    known: list[Membership] = []
    remembered: dict[tuple[date, datetime], tuple[Membership, ...]] = {}
    for statement in statements_in_order(told):
        for (day, time), answer in remembered.items():
            if time < statement.recorded_at:
                assert in_force(known, on=day, as_known_at=time) == answer
        known += following(known, statement)
        for day in DAYS:
            remembered[day, statement.recorded_at] = in_force(known, on=day)
    for (day, time), answer in remembered.items():
        assert in_force(known, on=day, as_known_at=time) == answer


@given(told)
def test_the_registry_tells_what_the_statements_tell(told: list[Told]) -> None:
    new = statements_in_order(told)
    known = recorded(new)
    source = Source("名簿", FIRST_DAY)
    with Registry.in_memory() as registry:
        registry.put_clusters(Cluster(id, id, id, "関東", (), FIRST_DAY) for id in CLUSTERS)
        registry.put([Profile(Organisation("a", "甲", Kind.FIRM, source))], recorded_at=START)
        registry.add_memberships(new)
        for day in DAYS:
            for time in {statement.recorded_at for statement in new}:
                answer = registry.memberships("a", on=day, as_known_at=time)
                assert answer == in_force(known, on=day, as_known_at=time)
