"""What is said of organisations, by sources and by themselves, and what is forgotten."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from corpus.errors import Reason, RecordError
from corpus.intake import Difference, Intake
from corpus.records import Contact, Passage, Profile
from corpus.registry.reading import Reading
from corpus.storage import moment, passage_row
from corpus.writing import closed_up


class Taking(Reading):
    """Imports, revisions, and contacts that are taken out again."""

    def put(
        self,
        profiles: Iterable[Profile],
        *,
        recorded_at: datetime,
        contacts: Iterable[Contact] = (),
        complete_source: str | None = None,
    ) -> Difference:
        """Add and change what the profiles say; tells what became different.

        The records are taken one by one; memory does not grow with their number. An organisation may
        come several times: its passages are united. What a source said of an organisation before is
        replaced by what it says now, what other sources say stays; passages are added or changed by
        id. ``contacts`` is read after the last profile. With ``complete_source``, whatever that
        source said and does not say any more is removed. Memberships count as recorded at
        ``recorded_at``. An import does not change the review state of an organisation that is known.

        Raises RecordError where one passage id stands for two organisations; UnknownClusterError;
        UnknownOrganisationError for a contact of nobody; whatever ``profiles`` raises. Then nothing
        has changed.
        """
        return self._take_in(profiles, contacts, recorded_at, complete_source, is_kept=True)

    def difference(
        self,
        profiles: Iterable[Profile],
        *,
        contacts: Iterable[Contact] = (),
        complete_source: str | None = None,
    ) -> Difference:
        """What `put` would make different; changes nothing. Raises what `put` does."""
        end_of_time = datetime.max.replace(tzinfo=UTC)
        return self._take_in(profiles, contacts, end_of_time, complete_source, is_kept=False)

    def _take_in(
        self,
        profiles: Iterable[Profile],
        contacts: Iterable[Contact],
        recorded_at: datetime,
        complete_source: str | None,
        *,
        is_kept: bool,
    ) -> Difference:
        intake = Intake(
            self._sql,
            recorded_at=recorded_at,
            review_states=self._review_states,
            complete_source=complete_source,
        )
        try:
            with self.reading():  # what is staged stands in tables of this connection alone
                intake.stage(profiles, contacts)
            with self._writing(is_kept=is_kept):
                return intake.apply()
        finally:
            intake.clear()

    def revise(
        self,
        revision_id: str,
        organisation_id: str,
        passage_id: str,
        passage: Passage | None,
        *,
        at: datetime,
    ) -> bool:
        """Let an organisation's own word stand for a passage of its profile, or for a new one.

        ``passage``: what it says, None to withdraw it. It stands through later imports, whatever their
        sources go on saying. The same ``revision_id`` again changes nothing, also where others came after
        it: False then.

        Raises UnknownOrganisationError, and RecordError for a passage of another organisation.
        """
        with self._writing():
            if self._number("SELECT COUNT(*) FROM revisions WHERE id = ?", revision_id):
                return False
            owner = self._owner_of(passage_id, organisation_id)
            said = passage_row(replace(passage, id=passage_id, organisation_id=owner)) if passage else None
            row = said or (passage_id, owner, *[""] * 8)
            self._sql.execute(
                "INSERT OR REPLACE INTO own_passages VALUES (?,?,?,?,?,?,?,?,?,?,?)", [*row, passage is None]
            )
            self._sql.execute(
                "INSERT INTO revisions VALUES (?,?,?,?)", [revision_id, owner, passage_id, moment(at)]
            )
            self._touch([owner, self._root(owner)], at)
        return True

    def revision_ids(self) -> frozenset[str]:
        """Every revision that was made."""
        return frozenset(id for (id,) in self._sql.execute("SELECT id FROM revisions"))

    def _owner_of(self, passage_id: str, organisation_id: str) -> str:
        """Under which id an organisation has a passage: that of one merged into it; a new one is its own."""
        members = self._members(self._root(organisation_id))
        row = self._sql.execute(
            "SELECT organisation_id FROM passages WHERE id = :id UNION ALL "
            "SELECT organisation_id FROM own_passages WHERE id = :id",
            {"id": passage_id},
        ).fetchone()
        if row and row[0] not in members:
            raise RecordError(field="passage", value=passage_id, reason=Reason.TWO_ORGANISATIONS)
        return str(row[0]) if row else members[0]

    def forget_contacts(self, words: Iterable[str]) -> int:
        """Remove every contact in which one of these words stands, and its traces in the file.

        However they are spaced and typed. What a later import replaced leaves no trace either. A source
        that still has it brings it back with its next import. Gives how many there were.
        """
        sought = [word for word in map(closed_up, words) if word]
        if not sought:
            return 0
        columns = ("name", "mail", "phone", "address")
        holds_it = " OR ".join(f"INSTR(closed_up({column}), ?)" for column in columns)
        self._sql.create_function("closed_up", 1, closed_up, deterministic=True)
        with self._writing():
            n_forgotten = sum(
                self._sql.execute(f"DELETE FROM contacts WHERE {holds_it}", [word] * len(columns)).rowcount
                for word in sought
            )
        self._sql.execute("VACUUM")
        self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return n_forgotten
