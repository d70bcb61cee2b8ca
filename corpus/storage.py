"""The tables of the registry, and the records as the rows they are kept in."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from corpus.records import (
    Cluster,
    Kind,
    LineageEvent,
    LineageKind,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    ReviewState,
    Source,
)

APPEND_ONLY = ("memberships", "lineage", "decisions")

_FIRST_SCHEMA = (
    """
    CREATE TABLE clusters (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE lineage (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT
    """,
    # One row for each key that was ever given, never deleted: what a person decided about a key
    # outlives the imports. The facts are in `statements`; name to is_sample repeat them for searching.
    """
    CREATE TABLE organisations (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL DEFAULT '',
        name_key TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL DEFAULT '',
        corporate_number TEXT NOT NULL DEFAULT '',
        is_sample INTEGER NOT NULL DEFAULT 0,
        is_live INTEGER NOT NULL DEFAULT 0,
        review_state TEXT NOT NULL,
        is_withdrawn INTEGER NOT NULL DEFAULT 0,
        merged_into TEXT REFERENCES organisations (id),
        changed_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX organisations_by_name_key ON organisations (name_key)",
    "CREATE INDEX organisations_by_number ON organisations (corporate_number) WHERE corporate_number <> ''",
    "CREATE INDEX organisations_merged ON organisations (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX organisations_withdrawn ON organisations (is_withdrawn) WHERE is_withdrawn",
    "CREATE INDEX organisations_by_change ON organisations (changed_at)",
    # What one source says of one organisation.
    """
    CREATE TABLE statements (
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        source TEXT NOT NULL,
        as_of TEXT NOT NULL,
        name_key TEXT NOT NULL,
        content TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (organisation_id, source)
    ) STRICT
    """,
    """
    CREATE TABLE names (
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        name_key TEXT NOT NULL,
        PRIMARY KEY (organisation_id, name_key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE passages (
        id TEXT PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        type TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        fields TEXT NOT NULL,
        source TEXT NOT NULL,
        as_of TEXT NOT NULL,
        url TEXT NOT NULL,
        digest TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX passages_by_organisation ON passages (organisation_id, id)",
    """
    CREATE TABLE memberships (
        id INTEGER PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        cluster_id TEXT NOT NULL REFERENCES clusters (id),
        role TEXT NOT NULL,
        valid_from TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        network TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX memberships_by_organisation ON memberships (organisation_id, valid_from, recorded_at)",
    """
    CREATE TABLE contacts (
        organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
        name TEXT NOT NULL,
        mail TEXT NOT NULL,
        phone TEXT NOT NULL,
        address TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        reason TEXT NOT NULL,
        decided_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX decisions_by_organisation ON decisions (organisation_id)",
    *(
        f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are only added to'); END"
        for table in APPEND_ONLY
        for change in ("UPDATE", "DELETE")
    ),
)

_PASSAGE = "id, organisation_id, type, title, text, fields, source, as_of, url, digest"
_OWN_WORDS = (
    # What an organisation changed of its own profile, passage by passage: it stands before what the
    # sources go on saying. A withdrawn passage is empty.
    """
    CREATE TABLE own_passages (
        id TEXT PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        type TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        fields TEXT NOT NULL,
        source TEXT NOT NULL,
        as_of TEXT NOT NULL,
        url TEXT NOT NULL,
        digest TEXT NOT NULL,
        is_withdrawn INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX own_passages_by_organisation ON own_passages (organisation_id, id)",
    # Each change once, however often it is asked for.
    """
    CREATE TABLE revisions (
        id TEXT PRIMARY KEY,
        organisation_id TEXT NOT NULL REFERENCES organisations (id),
        passage_id TEXT NOT NULL,
        revised_at TEXT NOT NULL
    ) STRICT
    """,
    *(
        f"CREATE TRIGGER revisions_refuse_{change.lower()} BEFORE {change} ON revisions "
        "BEGIN SELECT RAISE(ABORT, 'revisions are only added to'); END"
        for change in ("UPDATE", "DELETE")
    ),
    f"CREATE VIEW passages_in_force AS SELECT {_PASSAGE} FROM passages "
    "WHERE id NOT IN (SELECT id FROM own_passages) "
    f"UNION ALL SELECT {_PASSAGE} FROM own_passages WHERE NOT is_withdrawn",
)

_MASKED = (
    "CREATE INDEX statements_masked ON statements (organisation_id) "
    "WHERE json_extract(content, '$.is_masked')",
)
"""Who is masked is asked at each search."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST_SCHEMA, _OWN_WORDS, _MASKED)
"""The statements that lead from each version of the schema to the next; version 0 is an empty file."""

_UNKEPT = {"id", "review_state"}
_DEFAULTS: Mapping[str, Any] = {
    field.name: field.default_factory() if field.default_factory is not MISSING else field.default
    for field in fields(Organisation)
    if field.name not in _UNKEPT
}


@lru_cache(maxsize=256)
def moment(at: datetime) -> str:
    """A time as text that sorts as time does: UTC, microseconds.

    Raises ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"a time needs its zone: {at.isoformat()}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(*parts: str) -> str:
    """32 hexadecimal digits that stand for the parts and their order."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def organisation_content(organisation: Organisation) -> str:
    """Everything a source says of an organisation: JSON, without its id, review state and defaults."""
    stated = {name: getattr(organisation, name) for name in _DEFAULTS}
    return _json({name: value for name, value in stated.items() if value != _DEFAULTS[name]})


def organisation_of(id: str, content: str, review_state: ReviewState) -> Organisation:
    """The organisation that `organisation_content` wrote down."""
    facts: dict[str, Any] = json.loads(content)
    facts["kind"] = Kind(facts["kind"])
    facts["source"] = _source(facts["source"])
    facts["aliases"] = tuple(facts.get("aliases", ()))
    facts["fields"] = tuple(facts.get("fields", ()))
    facts["provenance"] = {name: _source(value) for name, value in facts.get("provenance", {}).items()}
    if "mandate" in facts:
        mandate: dict[str, Any] = facts["mandate"]
        lists = {name: tuple(value) for name, value in mandate.items() if isinstance(value, list)}
        facts["mandate"] = Mandate(**{**mandate, **lists})
    return Organisation(id=id, review_state=review_state, **facts)


def passage_row(passage: Passage) -> tuple[str, ...]:
    """id, organisation, type, title, text, fields, source, as_of, url and a digest of all of them."""
    row = (
        passage.id,
        passage.organisation_id,
        passage.type.value,
        passage.title,
        passage.text,
        _json(passage.fields) if passage.fields else "",
        passage.source.name,
        passage.source.as_of.isoformat(),
        passage.source.url,
    )
    return (*row, digest(*row))


def passage_of(row: tuple[str, ...], organisation_id: str) -> Passage:
    """The passage in the first nine columns of a `passage_row`, as one of ``organisation_id``."""
    id, _, type, title, text, fields, source, as_of, url = row
    return Passage(
        id=id,
        organisation_id=organisation_id,
        type=PassageType(type),
        title=title,
        text=text,
        fields=_fields(fields),
        source=_source_of(source, as_of, url),
    )


def membership_row(membership: Membership) -> tuple[str, ...]:
    """organisation, cluster, role, valid_from, recorded_at, network."""
    return (
        membership.organisation_id,
        membership.cluster_id,
        membership.role.value,
        membership.valid_from.isoformat(),
        moment(membership.recorded_at),
        membership.network,
    )


def membership_of(row: tuple[str, ...]) -> Membership:
    """The membership in a `membership_row`."""
    organisation_id, cluster_id, role, valid_from, recorded_at, network = row
    return Membership(
        organisation_id=organisation_id,
        cluster_id=cluster_id,
        role=MembershipRole(role),
        valid_from=date.fromisoformat(valid_from),
        recorded_at=datetime.fromisoformat(recorded_at),
        network=network,
    )


def cluster_content(cluster: Cluster) -> str:
    """Everything about a cluster, as JSON."""
    return _json({field.name: getattr(cluster, field.name) for field in fields(Cluster)})


def cluster_of(content: str) -> Cluster:
    """The cluster that `cluster_content` wrote down."""
    facts: dict[str, Any] = json.loads(content)
    facts["fields"] = tuple(facts["fields"])
    facts["networks"] = tuple(facts["networks"])
    facts["valid_from"] = date.fromisoformat(facts["valid_from"])
    facts["valid_to"] = facts["valid_to"] and date.fromisoformat(facts["valid_to"])
    return Cluster(**facts)


def lineage_row(event: LineageEvent) -> tuple[str, ...]:
    """kind, day, before, after, reason."""
    return (event.kind.value, event.day.isoformat(), _json(event.before), _json(event.after), event.reason)


def lineage_of(row: tuple[str, ...]) -> LineageEvent:
    """The event in a `lineage_row`."""
    kind, day, before, after, reason = row
    return LineageEvent(
        kind=LineageKind(kind),
        day=date.fromisoformat(day),
        before=tuple(json.loads(before)),
        after=tuple(json.loads(after)),
        reason=reason,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Source):
        return [value.name, value.as_of.isoformat(), value.url]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mandate):
        return {field.name: getattr(value, field.name) for field in fields(Mandate)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _source(value: list[str]) -> Source:
    return _source_of(*value)


# Most passages share theirs with many others.
@lru_cache(maxsize=4096)
def _source_of(name: str, as_of: str, url: str) -> Source:
    return Source(name=name, as_of=date.fromisoformat(as_of), url=url)


@lru_cache(maxsize=4096)
def _fields(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value)) if value else ()
