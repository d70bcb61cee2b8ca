"""What is known of each organisation, put together from all that was said of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.composition import composed
from corpus.errors import UnknownOrganisationError
from corpus.history import carried_over, in_force
from corpus.holdings import Asked, Holdings, InOnePass
from corpus.names import name_key
from corpus.records import (
    Contact,
    LineageEvent,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    PassageType,
    Profile,
    ReviewState,
)
from corpus.registry.clusters import Clusters
from corpus.registry.database import today
from corpus.storage import membership_of, organisation_of, passage_of


class Reading(Clusters):
    """Organisations as they are found and shown."""

    def profiles(self, *, on: date | None = None) -> Iterator[Profile]:
        """All that may be searched, ordered by id, one at a time.

        Published, not withdrawn, a merged organisation under the id that was kept; passages by id;
        the memberships in force ``on`` a day (None: today in Japan), in the clusters of that day. An
        iteration sees the corpus as it was at its start, and this registry cannot write until it ends.
        """
        with self.reading():
            yield from self._published(on or today())

    def _published(self, day: date) -> Iterator[Profile]:
        published = self._review_states[-1]
        events = self.lineage()
        ids = self._sql.execute(
            "SELECT id FROM organisations root WHERE merged_into IS NULL AND review_state = ? "
            "AND NOT is_withdrawn AND NOT EXISTS "
            "(SELECT 1 FROM organisations one WHERE one.merged_into = root.id AND one.is_withdrawn) "
            "ORDER BY id",
            [published],
        )
        merged, of_all = self._merged(published), InOnePass(self._sql)
        for (id,) in ids:
            others = merged.get(id, ())
            held = Asked(self._sql) if others else of_all  # ids of others do not come in their order
            profile = self._profile([id, *others], day, events, held, published)
            if profile is not None:
                yield profile

    def profile(self, id: str, *, on: date | None = None) -> Profile:
        """Everything on one organisation, also one that is withdrawn or not yet published.

        The id of a merged organisation gives the one it was merged into.

        Raises UnknownOrganisationError, also for one that no source names any more.
        """
        with self.reading():
            members, held = self._members(self._root(id)), Asked(self._sql)
            profile = self._profile(members, on or today(), self.lineage(), held)
        if profile is None:
            raise UnknownOrganisationError(id=id)
        return profile

    def wishes(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """What organisations say that they look for, by id; none for one that says nothing of the kind."""
        found: dict[str, list[str]] = {}
        rows = self._sql.execute(
            "SELECT organisation_id, title, text FROM passages_in_force WHERE type = ? "
            f"AND organisation_id IN ({','.join('?' * len(ids))}) ORDER BY id",
            [PassageType.NEED.value, *ids],
        )
        for id, title, text in rows:
            found.setdefault(id, []).append(f"{title} {text}".strip())
        return found

    def mandates(self, ids: Iterable[str]) -> dict[str, Mandate]:
        """What organisations state that they fund, by id; none for one that states nothing."""
        with self.reading():
            held = Asked(self._sql)
            known = {id: self._composed(self._members(self._root(id)), held) for id in ids}
        return {id: one.mandate for id, one in known.items() if one is not None and one.mandate}

    def find(self, name: str, limit: int = 20) -> list[Organisation]:
        """Organisations by a name, an alias, the English name or a part of one.

        First the names that are equal, then those that begin with it, then those that hold it;
        within each the shorter, then by id. Drafts and withdrawn organisations too.
        """
        key = name_key(name) if name.strip() else ""
        if not key:
            return []
        rows = self._sql.execute(
            "SELECT COALESCE(o.merged_into, o.id) AS root, "
            "MIN(CASE INSTR(n.name_key, :key) WHEN 1 THEN n.name_key <> :key ELSE 2 END) AS distance, "
            "MIN(LENGTH(n.name_key)) AS length FROM names n JOIN organisations o ON o.id = n.organisation_id "
            "WHERE INSTR(n.name_key, :key) GROUP BY root ORDER BY distance, length, root LIMIT :limit",
            {"key": key, "limit": limit},
        )
        return [self._organisation(root) for (root, *_) in rows.fetchall()]

    def contact(self, id: str) -> Contact | None:
        """How to reach an organisation; None where nothing is known.

        Raises UnknownOrganisationError.
        """
        root = self._root(id)
        for member in self._members(root):
            row = self._sql.execute(
                "SELECT name, mail, phone, address FROM contacts WHERE organisation_id = ?", [member]
            ).fetchone()
            if row:
                return Contact(root, *row)
        return None

    def withdrawn_ids(self) -> frozenset[str]:
        """Every id under which an index may show a withdrawn organisation; quick enough for each query."""
        rows = self._sql.execute(
            "WITH roots AS (SELECT DISTINCT COALESCE(merged_into, id) AS id FROM organisations "
            "WHERE is_withdrawn) SELECT id FROM roots UNION "
            "SELECT one.id FROM roots JOIN organisations one ON one.merged_into = roots.id"
        )
        return frozenset(id for (id,) in rows)

    def masked_ids(self) -> frozenset[str]:
        """Every id under which an index may show a masked organisation; quick enough for each query."""
        rows = self._sql.execute(
            "WITH roots AS (SELECT DISTINCT COALESCE(one.merged_into, one.id) AS id FROM statements "
            "JOIN organisations one ON one.id = organisation_id WHERE json_extract(content, '$.is_masked')) "
            "SELECT id FROM roots UNION SELECT one.id FROM roots JOIN organisations one "
            "ON one.merged_into = roots.id"
        )
        return frozenset(id for (id,) in rows)

    def sample_ids(self) -> frozenset[str]:
        """Every id under which an index may show an invented organisation."""
        rows = self._sql.execute("SELECT id FROM organisations WHERE is_sample")
        return frozenset(id for (id,) in rows)

    def ids(self) -> Iterator[str]:
        """The id of every organisation that stands for itself, in order."""
        rows = self._sql.execute("SELECT id FROM organisations WHERE is_live ORDER BY id")
        return (id for (id,) in rows)

    def review_state(self, id: str) -> str:
        """How far the review of an organisation has come. Raises UnknownOrganisationError."""
        row = self._sql.execute("SELECT review_state FROM organisations WHERE id = ?", [id]).fetchone()
        if row is None:
            raise UnknownOrganisationError(id=id)
        return str(row[0])

    def _merged(self, review_state: str) -> dict[str, list[str]]:
        """The ids merged into each that has some in this state, asked for at once."""
        found: dict[str, list[str]] = {}
        for root, id in self._sql.execute(
            "SELECT merged_into, id FROM organisations "
            "WHERE merged_into IS NOT NULL AND review_state = ? ORDER BY id",
            [review_state],
        ):
            found.setdefault(root, []).append(id)
        return found

    def _organisation(self, root: str) -> Organisation:
        organisation = self._composed(self._members(root), Asked(self._sql))
        if organisation is None:
            raise UnknownOrganisationError(id=root)
        return organisation

    def _composed(
        self, members: Sequence[str], held: Holdings, review_state: str | None = None
    ) -> Organisation | None:
        """``review_state``: of the first, where it is known."""
        contents = [content for member in members for _, content in held.statements(member)]
        if not contents:
            return None
        root = members[0]
        is_published = (review_state or self.review_state(root)) == self._review_states[-1]
        state = ReviewState.PUBLISHED if is_published else ReviewState.DRAFT
        return composed([organisation_of(root, content, state) for content in contents])

    def _profile(
        self,
        members: Sequence[str],
        day: date,
        events: Sequence[LineageEvent],
        held: Holdings,
        review_state: str | None = None,
    ) -> Profile | None:
        organisation = self._composed(members, held, review_state)
        if organisation is None:
            return None
        passages = [passage_of(row, organisation.id) for member in members for row in held.passages(member)]
        return Profile(
            organisation=organisation,
            passages=tuple(sorted(passages, key=lambda passage: passage.id)),
            memberships=self._memberships(members, day, events, held),
        )

    def _memberships(
        self, members: Sequence[str], day: date, events: Sequence[LineageEvent], held: Holdings
    ) -> tuple[Membership, ...]:
        """Those of all members together; the home of the first that has one is the home."""
        kept: dict[str, Membership] = {}
        has_home = False
        for member in members:
            stated = in_force(map(membership_of, held.memberships(member)), on=day)
            for said in carried_over(stated, events, on=day):
                is_home = said.role is MembershipRole.HOME and not has_home
                has_home |= is_home
                if is_home or said.cluster_id not in kept:
                    role = MembershipRole.HOME if is_home else MembershipRole.MEMBER
                    kept[said.cluster_id] = replace(said, organisation_id=members[0], role=role)
        return tuple(kept[cluster_id] for cluster_id in sorted(kept))
