"""One import into the registry: laid out aside, compared with what is known, then applied as a whole."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from corpus.composition import composed
from corpus.errors import Reason, RecordError, UnknownClusterError, UnknownOrganisationError
from corpus.history import following, with_one_home
from corpus.holdings import Asked
from corpus.names import name_key
from corpus.records import Contact, Membership, Organisation, Passage, Profile, ReviewState
from corpus.storage import (
    digest,
    membership_of,
    membership_row,
    moment,
    organisation_content,
    organisation_of,
    passage_row,
)

SAME_KEY = "key"
"""Why two names are one organisation: they were given under one id."""
MERGED = "merged"
"""The decision that one organisation is another."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records an import adds, changes, leaves as they are and removes."""

    n_added: int = 0
    n_changed: int = 0
    n_unchanged: int = 0
    n_removed: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import makes different. The ids are those of organisations, in order.

    An organisation counts as changed when what is said of itself changes; its passages,
    memberships and contact are counted on their own.
    """

    organisations: Tally
    passages: Tally
    memberships: Tally
    contacts: Tally
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        tallies = (self.organisations, self.passages, self.memberships, self.contacts)
        return not any(tally.n_added + tally.n_changed + tally.n_removed for tally in tallies)


_STAGES = {
    "staged_statements": """
        organisation_id TEXT, given_id TEXT, source TEXT, as_of TEXT, name_key TEXT, content TEXT,
        digest TEXT, review_state TEXT, PRIMARY KEY (organisation_id, source)""",
    "staged_passages": """
        id TEXT PRIMARY KEY, organisation_id TEXT, type TEXT, title TEXT, text TEXT, fields TEXT,
        source TEXT, as_of TEXT, url TEXT, digest TEXT, given_id TEXT, clashes INTEGER""",
    "staged_memberships": """
        id INTEGER PRIMARY KEY, organisation_id TEXT, cluster_id TEXT, role TEXT, valid_from TEXT,
        recorded_at TEXT, network TEXT, UNIQUE (organisation_id, cluster_id, valid_from)""",
    "staged_contacts": "organisation_id TEXT PRIMARY KEY, name TEXT, mail TEXT, phone TEXT, address TEXT",
    "stated": "organisation_id TEXT PRIMARY KEY, root TEXT, differs INTEGER",
    "roots": "id TEXT PRIMARY KEY, was_live INTEGER, differs INTEGER",
    "altered": "organisation_id TEXT PRIMARY KEY",
}

_IS_GROUP_LIVE = """
    EXISTS (SELECT 1 FROM organisations one WHERE one.id = {root} AND one.is_live)
    OR EXISTS (SELECT 1 FROM organisations one WHERE one.merged_into = {root} AND one.is_live)"""


class Intake:
    """An import under way on one connection.

    `stage` reads the records and takes no lock on the corpus, however slowly they come; `apply`
    then does everything inside the transaction of its caller.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        recorded_at: datetime,
        review_states: tuple[str, ...],
        complete_source: str | None,
    ) -> None:
        self._sql = connection
        self._recorded_at = recorded_at
        self._now = moment(recorded_at)
        self._review_states = review_states
        self._complete_source = complete_source

    def stage(self, profiles: Iterable[Profile], contacts: Iterable[Contact]) -> None:
        """Lay the records out in temporary tables; the contacts are asked for after the last profile."""
        for table, columns in _STAGES.items():
            self._sql.execute(f"DROP TABLE IF EXISTS temp.{table}")
            self._sql.execute(f"CREATE TEMP TABLE {table} ({columns})")
        for profile in profiles:
            self._stage_profile(profile)
        for contact in contacts:
            self._stage_contact(contact)

    def clear(self) -> None:
        """Drop what was laid out."""
        for table in _STAGES:
            self._sql.execute(f"DROP TABLE IF EXISTS temp.{table}")

    def apply(self) -> Difference:
        """Make the corpus say what the import says.

        Raises RecordError where one passage id stands for two organisations or the import is dated
        before what is recorded of an organisation; UnknownClusterError; UnknownOrganisationError for
        a contact of nobody.
        """
        self._require_single_owners()
        self._require_clusters()
        self._add_organisations()
        self._note_statements()
        passages = self._apply_passages()
        self._apply_statements()
        n_orphans = self._remove_what_the_dead_leave()
        memberships = self._apply_memberships()
        contacts = self._apply_contacts()
        self._sql.execute(
            "UPDATE organisations SET changed_at = ? WHERE id IN (SELECT organisation_id FROM altered)",
            [self._now],
        )
        passages = replace(passages, n_removed=passages.n_removed + n_orphans)
        return self._difference(passages, memberships, contacts)

    # Laying out

    def _stage_profile(self, profile: Profile) -> None:
        organisation = profile.organisation
        key = name_key(organisation.name)
        id = self._id_for(organisation, key)
        self._stage_statement(id, organisation, key)
        self._sql.executemany(
            "INSERT INTO staged_passages VALUES (?,?,?,?,?,?,?,?,?,?,?,0) ON CONFLICT (id) DO UPDATE SET "
            "type = excluded.type, title = excluded.title, text = excluded.text, fields = excluded.fields, "
            "source = excluded.source, as_of = excluded.as_of, url = excluded.url, digest = excluded.digest, "
            "clashes = clashes OR given_id <> excluded.given_id "
            "WHERE organisation_id = excluded.organisation_id OR given_id <> excluded.given_id",
            [(*passage_row(_owned(passage, id)), organisation.id) for passage in profile.passages],
        )
        self._sql.executemany(
            "INSERT OR REPLACE INTO staged_memberships VALUES (NULL,?,?,?,?,?,?)",
            [
                membership_row(replace(said, organisation_id=id, recorded_at=self._recorded_at))
                for said in profile.memberships
            ],
        )

    def _stage_statement(self, id: str, organisation: Organisation, key: str) -> None:
        given_id = organisation.id
        staged = self._sql.execute(
            "SELECT content FROM staged_statements WHERE organisation_id = ? AND source = ?",
            [id, organisation.source.name],
        ).fetchone()
        if staged:
            earlier = organisation_of(id, staged[0], organisation.review_state)
            newest_first = sorted((organisation, earlier), key=lambda said: said.source.as_of, reverse=True)
            organisation = composed(newest_first)
            key = name_key(organisation.name)
        content = organisation_content(organisation)
        is_published = organisation.review_state is ReviewState.PUBLISHED
        self._sql.execute(
            "INSERT OR REPLACE INTO staged_statements VALUES (?,?,?,?,?,?,?,?)",
            [
                id,
                given_id,
                organisation.source.name,
                organisation.source.as_of.isoformat(),
                key,
                content,
                digest(content),
                self._review_states[-1 if is_published else 0],
            ],
        )

    def _stage_contact(self, contact: Contact) -> None:
        self._sql.execute(
            "INSERT INTO staged_contacts VALUES (?,?,?,?,?) ON CONFLICT (organisation_id) DO UPDATE SET "
            + ", ".join(
                f"{name} = COALESCE(NULLIF(excluded.{name}, ''), {name})"
                for name in ("name", "mail", "phone", "address")
            ),
            [contact.organisation_id, contact.name, contact.mail, contact.phone, contact.address],
        )

    def _id_for(self, organisation: Organisation, key: str) -> str:
        """The id to keep an organisation under: its own or, for another name on one number, a made one.

        Two names on one key, such as a corporate number, are one organisation, but a person may see
        that they are not: the second name gets a key of its own, merged into the first, so that this
        can be undone. A source that goes on with a new name has renamed the organisation instead.
        """
        own = organisation.id
        variant = f"{own[:50]}.{digest(key)[:8]}"
        staged = self._said_keys("staged_statements", own)
        known = self._said_keys("statements", own)
        source = organisation.source.name
        if source in self._said_keys("statements", variant):
            return variant
        is_second_name = bool(staged) and key not in staged.values()
        contradicts_others = bool(known) and source not in known and key not in known.values()
        return variant if is_second_name or (not staged and contradicts_others) else own

    def _said_keys(self, table: str, id: str) -> dict[str, str]:
        """The name key that each source gives an organisation."""
        return dict(
            self._sql.execute(f"SELECT source, name_key FROM {table} WHERE organisation_id = ?", [id])
        )

    # Comparing and applying

    def _require_single_owners(self) -> None:
        clash = self._sql.execute("SELECT id FROM staged_passages WHERE clashes LIMIT 1").fetchone()
        if clash:
            raise RecordError(field="passage", value=clash[0], reason=Reason.TWO_ORGANISATIONS)

    def _require_clusters(self) -> None:
        unknown = self._sql.execute(
            "SELECT cluster_id, organisation_id FROM staged_memberships "
            "WHERE cluster_id NOT IN (SELECT id FROM clusters) LIMIT 1"
        ).fetchone()
        if unknown:
            raise UnknownClusterError(id=unknown[0], organisation=unknown[1])

    def _add_organisations(self) -> None:
        """Give each new key its row; one made for a second name is merged into the first at once."""
        self._sql.execute(
            "INSERT OR IGNORE INTO organisations (id, review_state, changed_at) "
            "SELECT organisation_id, review_state, ? FROM staged_statements "
            "WHERE organisation_id = given_id ORDER BY organisation_id",
            [self._now],
        )
        second_names = self._sql.execute(
            "SELECT DISTINCT said.organisation_id, COALESCE(first.merged_into, first.id), "
            "first.review_state, first.is_withdrawn "
            "FROM staged_statements said JOIN organisations first ON first.id = said.given_id "
            "WHERE said.organisation_id NOT IN (SELECT id FROM organisations) ORDER BY said.organisation_id"
        ).fetchall()
        for id, kept, review_state, is_withdrawn in second_names:
            self._sql.execute(
                "INSERT INTO organisations (id, merged_into, review_state, is_withdrawn, changed_at) "
                "VALUES (?,?,?,?,?)",
                [id, kept, review_state, is_withdrawn, self._now],
            )
            self._sql.execute(
                "INSERT INTO decisions (organisation_id, action, subject, reason, decided_at) "
                "VALUES (?,?,?,?,?)",
                [id, MERGED, kept, SAME_KEY, self._now],
            )

    def _note_statements(self) -> None:
        """Note whose statements come, differ or go, before anything is changed."""
        self._sql.execute(
            "INSERT INTO stated SELECT said.organisation_id, COALESCE(o.merged_into, o.id), "
            "MAX(known.digest IS NOT said.digest) "
            "FROM staged_statements said JOIN organisations o ON o.id = said.organisation_id "
            "LEFT JOIN statements known USING (organisation_id, source) GROUP BY said.organisation_id"
        )
        self._sql.execute(
            "INSERT INTO stated SELECT known.organisation_id, COALESCE(o.merged_into, o.id), 1 "
            "FROM statements known JOIN organisations o ON o.id = known.organisation_id "
            "WHERE known.source = ? AND NOT EXISTS (SELECT 1 FROM staged_statements said WHERE "
            "said.organisation_id = known.organisation_id AND said.source = known.source) "
            "ON CONFLICT (organisation_id) DO UPDATE SET differs = 1",
            [self._complete_source],
        )
        self._sql.execute(
            f"INSERT INTO roots SELECT root, {_IS_GROUP_LIVE.format(root='root')}, MAX(differs) "
            "FROM stated GROUP BY root"
        )
        self._sql.execute("INSERT INTO altered SELECT organisation_id FROM stated WHERE differs")

    def _apply_statements(self) -> None:
        self._sql.execute(
            "INSERT INTO statements SELECT said.organisation_id, said.source, said.as_of, said.name_key, "
            "said.content, said.digest FROM staged_statements said "
            "LEFT JOIN statements known USING (organisation_id, source) "
            "WHERE known.digest IS NOT said.digest ORDER BY said.organisation_id "
            "ON CONFLICT (organisation_id, source) DO UPDATE SET as_of = excluded.as_of, "
            "name_key = excluded.name_key, content = excluded.content, digest = excluded.digest"
        )
        self._sql.execute(
            "DELETE FROM statements WHERE source = ? AND NOT EXISTS (SELECT 1 FROM staged_statements said "
            "WHERE said.organisation_id = statements.organisation_id AND said.source = statements.source)",
            [self._complete_source],
        )
        differing = self._sql.execute("SELECT organisation_id FROM stated WHERE differs").fetchall()
        for (id,) in differing:
            self._refresh(id)

    def _refresh(self, id: str) -> None:
        """Repeat what is searched by: name, kind, number, and every name it goes by."""
        statements = [
            organisation_of(id, content, ReviewState.DRAFT) for _, content in Asked(self._sql).statements(id)
        ]
        self._sql.execute("DELETE FROM names WHERE organisation_id = ?", [id])
        if not statements:
            self._sql.execute("UPDATE organisations SET is_live = 0 WHERE id = ?", [id])
            return
        organisation = composed(statements)
        key = name_key(organisation.name)
        self._sql.execute(
            "UPDATE organisations SET name = ?, name_key = ?, kind = ?, corporate_number = ?, is_sample = ?, "
            "is_live = 1 WHERE id = ?",
            [
                organisation.name,
                key,
                organisation.kind,
                organisation.corporate_number,
                organisation.is_sample,
                id,
            ],
        )
        names = {key, *(name_key(name) for name in (organisation.name_en, *organisation.aliases))} - {""}
        self._sql.executemany("INSERT INTO names VALUES (?,?)", [(id, name) for name in sorted(names)])

    def _apply_passages(self) -> Tally:
        n_added, n_changed, n_unchanged = self._sql.execute(
            "SELECT COUNT(*) FILTER (WHERE known.id IS NULL), "
            "COUNT(*) FILTER (WHERE known.digest <> said.digest), "
            "COUNT(*) FILTER (WHERE known.digest = said.digest) "
            "FROM staged_passages said LEFT JOIN passages known USING (id)"
        ).fetchone()
        for owner in ("said", "known"):
            self._sql.execute(
                f"INSERT OR IGNORE INTO altered SELECT {owner}.organisation_id FROM staged_passages said "
                "LEFT JOIN passages known USING (id) "
                f"WHERE known.digest IS NOT said.digest AND {owner}.organisation_id IS NOT NULL"
            )
        self._sql.execute(
            "INSERT INTO passages SELECT said.id, said.organisation_id, said.type, said.title, said.text, "
            "said.fields, said.source, said.as_of, said.url, said.digest FROM staged_passages said "
            "LEFT JOIN passages known USING (id) WHERE known.digest IS NOT said.digest "
            "ON CONFLICT (id) DO UPDATE SET organisation_id = excluded.organisation_id, "
            "type = excluded.type, title = excluded.title, text = excluded.text, fields = excluded.fields, "
            "source = excluded.source, as_of = excluded.as_of, url = excluded.url, digest = excluded.digest"
        )
        n_removed = self._remove_passages(
            "source = ? AND NOT EXISTS (SELECT 1 FROM staged_passages said WHERE said.id = passages.id)",
            [self._complete_source],
        )
        return Tally(n_added, n_changed, n_unchanged, n_removed)

    def _remove_passages(self, condition: str, values: list[str | None]) -> int:
        self._sql.execute(
            f"INSERT OR IGNORE INTO altered SELECT organisation_id FROM passages WHERE {condition}", values
        )
        return self._sql.execute(f"DELETE FROM passages WHERE {condition}", values).rowcount

    def _remove_what_the_dead_leave(self) -> int:
        """Passages from other sources, and the contact, of organisations that no source names any more."""
        dead = (
            "organisation_id IN (SELECT organisation_id FROM stated JOIN organisations o "
            "ON o.id = organisation_id WHERE NOT o.is_live)"
        )
        self._sql.execute(f"DELETE FROM contacts WHERE {dead}")
        return self._remove_passages(dead, [])

    def _apply_memberships(self) -> Tally:
        n_added = n_unchanged = 0
        staged = self._sql.execute(
            "SELECT organisation_id, cluster_id, role, valid_from, recorded_at, network "
            "FROM staged_memberships ORDER BY organisation_id, valid_from, id"
        )
        for _, rows in groupby(staged.fetchall(), key=itemgetter(0)):
            said = with_one_home([membership_of(row) for row in rows])
            n_new = add_memberships(self._sql, said)
            n_added += n_new
            n_unchanged += len(said) - n_new
            if n_new:
                self._sql.execute("INSERT OR IGNORE INTO altered VALUES (?)", [said[0].organisation_id])
        return Tally(n_added=n_added, n_unchanged=n_unchanged)

    def _apply_contacts(self) -> Tally:
        unknown = self._sql.execute(
            "SELECT organisation_id FROM staged_contacts WHERE organisation_id NOT IN "
            f"(SELECT id FROM organisations o WHERE {_IS_GROUP_LIVE.format(root='o.id')}) LIMIT 1"
        ).fetchone()
        if unknown:
            raise UnknownOrganisationError(id=unknown[0])
        differs = " OR ".join(f"known.{name} <> said.{name}" for name in ("name", "mail", "phone", "address"))
        compared = "staged_contacts said LEFT JOIN contacts known USING (organisation_id)"
        n_added, n_changed, n_all = self._sql.execute(
            "SELECT COUNT(*) FILTER (WHERE known.name IS NULL), "
            f"COUNT(*) FILTER (WHERE {differs}), COUNT(*) FROM {compared}"
        ).fetchone()
        self._sql.execute(
            f"INSERT OR IGNORE INTO altered SELECT organisation_id FROM {compared} "
            f"WHERE known.name IS NULL OR {differs}"
        )
        self._sql.execute("INSERT OR REPLACE INTO contacts SELECT * FROM staged_contacts")
        return Tally(n_added, n_changed, n_all - n_added - n_changed)

    def _difference(self, passages: Tally, memberships: Tally, contacts: Tally) -> Difference:
        ids: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": [], "removed": []}
        for id, was_live, is_live, differs in self._sql.execute(
            f"SELECT id, was_live, {_IS_GROUP_LIVE.format(root='roots.id')}, differs FROM roots ORDER BY id"
        ):
            ids[_fate(bool(was_live), bool(is_live), bool(differs))].append(id)
        return Difference(
            organisations=Tally(*(len(ids[fate]) for fate in ("added", "changed", "unchanged", "removed"))),
            passages=passages,
            memberships=memberships,
            contacts=contacts,
            added=tuple(ids["added"]),
            changed=tuple(ids["changed"]),
            removed=tuple(ids["removed"]),
        )


def add_memberships(connection: sqlite3.Connection, new: Iterable[Membership]) -> int:
    """Add statements about one organisation in their order; tells how many said something new.

    Raises RecordError for a statement recorded before another one of the organisation was.
    """
    n_new = 0
    known: list[Membership] | None = None
    for said in new:
        if known is None:
            known = [membership_of(row) for row in Asked(connection).memberships(said.organisation_id)]
        additions = following(known, said)
        if additions and any(earlier.recorded_at > said.recorded_at for earlier in known):
            raise RecordError(
                field="recorded_at", value=said.recorded_at.isoformat(), reason=Reason.BACKDATED
            )
        known += additions
        n_new += bool(additions)
        connection.executemany(
            "INSERT INTO memberships (organisation_id, cluster_id, role, valid_from, recorded_at, network) "
            "VALUES (?,?,?,?,?,?)",
            [membership_row(addition) for addition in additions],
        )
    return n_new


def _owned(passage: Passage, organisation_id: str) -> Passage:
    if passage.organisation_id == organisation_id:
        return passage
    return replace(passage, organisation_id=organisation_id)


def _fate(was_live: bool, is_live: bool, differs: bool) -> str:
    match was_live, is_live:
        case False, True:
            return "added"
        case True, False:
            return "removed"
    return "changed" if differs else "unchanged"
