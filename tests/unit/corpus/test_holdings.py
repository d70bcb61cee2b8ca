"""What is held of organisations: the same rows of each, asked for one by one and in one pass."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.holdings import Asked, Holdings, InOnePass
from corpus.records import (
    Cluster,
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from corpus.registry import Registry

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
LIST = Source("会員名簿", date(2026, 3, 31))
FAIR = Source("展示会", date(2026, 2, 1))
OLD_FAIR = Source("昔の展示会", date(2026, 2, 1))
CLUSTERS = ("north", "south")
IDS = ("B", "a", "a-1", "a:1", "b", "c")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    registry = Registry.in_memory()
    registry.put_clusters(
        Cluster(id, f"{id}計画", f"{id} project", "関東", ("IT",), date(2006, 4, 1), None) for id in CLUSTERS
    )
    for source in (OLD_FAIR, FAIR, LIST):
        registry.put((profile(id, source) for id in IDS[::-1]), recorded_at=NOW)
    moved = Membership("b", "south", MembershipRole.HOME, date(2007, 4, 1), NOW + timedelta(days=1))
    registry.add_memberships([moved])
    own = replace(passage("b", FAIR), text="薄膜も作る")
    registry.revise("r1", "b", own.id, own, at=NOW)
    registry.revise("r2", "c", passage("c", LIST).id, None, at=NOW)
    yield registry._sql
    registry.close()


def profile(id: str, source: Source) -> Profile:
    organisation = Organisation(id=id, name=f"{id}工業", kind=Kind.FIRM, source=source)
    home = Membership(id, "north", MembershipRole.HOME, date(2006, 4, 1), NOW)
    return Profile(organisation, (passage(id, source),), (home,))


def passage(owner: str, source: Source) -> Passage:
    id = f"{source.as_of}:{len(source.name)}:{owner}"
    return Passage(id, owner, PassageType.CAPABILITY, text="ガラスを磨く", source=source)


def held(holdings: Holdings, id: str) -> list[list[tuple[str, ...]]]:
    return [list(rows) for rows in (holdings.statements(id), holdings.passages(id), holdings.memberships(id))]


def test_one_pass_gives_of_each_what_asking_for_it_gives(connection: sqlite3.Connection) -> None:
    of_all, asked = InOnePass(connection), Asked(connection)
    assert [held(of_all, id) for id in IDS] == [held(asked, id) for id in IDS]


def test_one_pass_may_leave_some_out(connection: sqlite3.Connection) -> None:
    for left_out in IDS:
        of_all, asked = InOnePass(connection), Asked(connection)
        rest = [id for id in (*IDS, "nobody") if id != left_out]
        assert [held(of_all, id) for id in rest] == [held(asked, id) for id in rest]


def test_what_is_held_comes_as_it_counts(connection: sqlite3.Connection) -> None:
    statements, passages, memberships = held(InOnePass(connection), "b")
    newest_first = zip((LIST, FAIR, OLD_FAIR), statements, strict=True)
    assert all(source.name in content for source, (_, content) in newest_first)
    assert [id for id, *_ in passages] == sorted(id for id, *_ in passages)
    assert [row[4] for row in passages].count("薄膜も作る") == 1
    assert [(of, role) for _, of, role, *_ in memberships] == [
        ("north", "home"),
        ("south", "home"),
        ("north", "member"),
    ]
    assert len(held(Asked(connection), "c")[1]) == 2


def test_however_many_organisations_there_are_as_few_questions_are_asked(
    connection: sqlite3.Connection,
) -> None:
    registry, asked = Registry(connection, review_states=("draft", "published")), list[str]()
    connection.set_trace_callback(asked.append)
    assert [profile.organisation.id for profile in registry.profiles()] == [*IDS]
    n_asked = len(asked)
    connection.set_trace_callback(None)
    registry.put((profile(f"d{n}", LIST) for n in range(20)), recorded_at=NOW)
    connection.set_trace_callback(asked.append)
    assert len(list(registry.profiles())) == len(IDS) + 20
    assert len(asked) == 2 * n_asked


def test_whoever_is_merged_into_a_later_or_an_earlier_one_comes_with_it(
    connection: sqlite3.Connection,
) -> None:
    registry = Registry(connection, review_states=("draft", "published"))
    registry.merge("c", "a", at=NOW)
    registry.merge("B", "b", at=NOW)
    assert list(registry.profiles()) == [registry.profile(id) for id in ("B", "a-1", "a:1", "c")]
