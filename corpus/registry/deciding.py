"""What people decide about organisations: which are one, which are out, how far a review has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from corpus.errors import MergeError, Reason, ReviewStateError
from corpus.intake import MERGED
from corpus.records import Kind, Organisation
from corpus.registry.reading import Reading
from corpus.storage import moment

SAME_NUMBER, SAME_NAME = "corporate-number", "name"
"""Why two organisations may be one: they carry one corporate number, or their names have one key."""


_UNMERGED, _WITHDRAWN, _REINSTATED, _REVIEWED = "unmerged", "withdrawn", "reinstated", "reviewed"

# Two organisations, a and b, that are each known by their own id and that nobody has told apart yet.
_IS_OPEN_PAIR = """
    a.id < b.id AND a.is_live AND b.is_live AND a.merged_into IS NULL AND b.merged_into IS NULL
    AND a.is_sample = b.is_sample AND NOT EXISTS (
        SELECT 1 FROM decisions WHERE action = 'unmerged'
        AND (organisation_id = a.id AND subject = b.id OR organisation_id = b.id AND subject = a.id))"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two organisations that may be one, and why: ``corporate-number`` or ``name``.

    ``kept`` is the one that would stay: it has a corporate number, or else the smaller id.
    """

    kept: Organisation
    merged: Organisation
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about an organisation, and when.

    ``subject`` is, for ``merged`` and ``unmerged``, the id it was merged into; for ``reviewed``, the
    new review state; empty for ``withdrawn`` and ``reinstated``.
    """

    organisation_id: str
    action: str
    subject: str
    reason: str
    decided_at: datetime


class Deciding(Reading):
    """Decisions, each kept with its time."""

    def merge_candidates(self, limit: int = 100) -> list[Candidate]:
        """Pairs that may be one organisation: those with one corporate number, then those with one name.

        Within each by name and id. Pairs that were merged and taken apart again are left out, as are
        equal names with different corporate numbers.
        """
        pairs = self._sql.execute(
            f"""
            SELECT a.id, b.id, :number FROM organisations a JOIN organisations b USING (corporate_number)
            WHERE corporate_number <> '' AND {_IS_OPEN_PAIR}
            UNION ALL
            SELECT a.id, b.id, :name FROM organisations a JOIN organisations b USING (name_key)
            WHERE name_key <> '' AND {_IS_OPEN_PAIR} AND '' IN (a.corporate_number, b.corporate_number)
            ORDER BY 3, 1, 2 LIMIT :limit
            """,
            {"number": SAME_NUMBER, "name": SAME_NAME, "limit": limit},
        )
        return [self._candidate(first, second, reason) for first, second, reason in pairs.fetchall()]

    def merge(self, kept: str, merged: str, *, at: datetime, reason: str = "") -> None:
        """Make ``merged`` the same organisation as ``kept``, under the latter's id.

        Raises UnknownOrganisationError, and MergeError for an organisation and itself, for one that
        is already merged, and for a chain: ``kept`` merged into a third, or a third into ``merged``.
        """
        with self._writing():
            for id in (kept, merged):
                self._organisation(self._root(id))
            refusal = self._merge_refusal(kept, merged)
            if refusal is not None:
                raise MergeError(kept=kept, merged=merged, reason=refusal)
            self._sql.execute("UPDATE organisations SET merged_into = ? WHERE id = ?", [kept, merged])
            self._decide([merged], MERGED, at, subject=kept, reason=reason)
            self._touch([kept, merged], at)

    def unmerge(self, merged: str, *, at: datetime) -> str:
        """Make two organisations of a merged one again, each as it was; gives the id taken apart.

        The id that was kept will do where one other was merged into it.

        Raises UnknownOrganisationError, and MergeError where nothing, or more than one, was merged.
        """
        with self._writing():
            root = self._root(merged)
            apart = self._members(root)[1:] if root == merged else [merged]
            if len(apart) != 1:
                refusal = Reason.SEVERAL_MERGED if apart else Reason.NOT_MERGED
                raise MergeError(kept=root, merged=merged, reason=refusal)
            self._sql.execute("UPDATE organisations SET merged_into = NULL WHERE id = ?", apart)
            self._decide(apart, _UNMERGED, at, subject=root)
            self._touch([root, *apart], at)
        return apart[0]

    def withdraw(self, id: str, *, at: datetime, reason: str = "") -> None:
        """Take an organisation, with all that is merged into it, out of every search, at once.

        It stays so through later imports. Raises UnknownOrganisationError.
        """
        self._set_withdrawn(id, True, at, reason)

    def reinstate(self, id: str, *, at: datetime) -> None:
        """Undo `withdraw`. Raises UnknownOrganisationError."""
        self._set_withdrawn(id, False, at)

    def set_review_state(self, id: str, state: str, *, at: datetime) -> None:
        """Take the next step of the review, or go back to its start.

        Raises UnknownOrganisationError, and ReviewStateError for any other step.
        """
        with self._writing():
            present = self.review_state(id)
            if state not in self._steps_from(present):
                raise ReviewStateError(id=id, state=present, wanted=str(state))
            self._sql.execute("UPDATE organisations SET review_state = ? WHERE id = ?", [str(state), id])
            self._decide([id], _REVIEWED, at, subject=str(state))
            self._touch([id], at)

    def decisions(self, id: str | None = None) -> tuple[Decision, ...]:
        """What was decided about an organisation, or all of them, in the order it was."""
        rows = self._sql.execute(
            "SELECT organisation_id, action, subject, reason, decided_at FROM decisions "
            "WHERE :id IS NULL OR :id IN (organisation_id, subject) ORDER BY id",
            {"id": id},
        )
        return tuple(
            Decision(about, action, subject, why, datetime.fromisoformat(decided_at))
            for about, action, subject, why, decided_at in rows
        )

    def identities(self, *, as_known_at: datetime | None = None) -> Mapping[str, tuple[str, Kind]]:
        """Every organisation's id, with the id it was known by at a time (None: now) and its kind.

        Without those that no source names any more.
        """
        kinds = {
            id: Kind(kind)
            for id, kind in self._sql.execute("SELECT id, kind FROM organisations WHERE is_live ORDER BY id")
        }
        roots = dict[str, str]()
        for decision in self.decisions():
            if as_known_at is None or decision.decided_at <= as_known_at:
                if decision.action == MERGED:
                    roots[decision.organisation_id] = decision.subject
                elif decision.action == _UNMERGED:
                    roots.pop(decision.organisation_id, None)
        return {
            id: (root, kinds.get(root, kind)) for id, kind in kinds.items() for root in [roots.get(id, id)]
        }

    def _candidate(self, first: str, second: str, reason: str) -> Candidate:
        kept, merged = self._organisation(first), self._organisation(second)
        if merged.corporate_number and not kept.corporate_number:
            kept, merged = merged, kept
        return Candidate(kept, merged, reason)

    def _merge_refusal(self, kept: str, merged: str) -> Reason | None:
        if kept == merged:
            return Reason.ITSELF
        if self._root(merged) != merged:
            return Reason.ALREADY_MERGED
        if self._root(kept) != kept or len(self._members(merged)) > 1:
            return Reason.CHAIN
        return None

    def _steps_from(self, state: str) -> set[str]:
        """Where the review may go: one step on, or back to the start; a state of old is before all."""
        states = self._review_states
        next_position = states.index(state) + 1 if state in states else 0
        return {states[0], *states[next_position : next_position + 1]} - {state}

    def _set_withdrawn(self, id: str, is_withdrawn: bool, at: datetime, reason: str = "") -> None:
        with self._writing():
            rows = self._sql.execute(
                "SELECT id FROM organisations WHERE ? IN (id, merged_into) AND is_withdrawn <> ? ORDER BY id",
                [self._root(id), is_withdrawn],
            )
            ids = [member for (member,) in rows]
            self._sql.executemany(
                "UPDATE organisations SET is_withdrawn = ? WHERE id = ?", [(is_withdrawn, one) for one in ids]
            )
            self._decide(ids, _WITHDRAWN if is_withdrawn else _REINSTATED, at, reason=reason)
            self._touch(ids, at)

    def _decide(
        self, ids: Iterable[str], action: str, at: datetime, *, subject: str = "", reason: str = ""
    ) -> None:
        self._sql.executemany(
            "INSERT INTO decisions (organisation_id, action, subject, reason, decided_at) VALUES (?,?,?,?,?)",
            [(id, action, subject, reason, moment(at)) for id in ids],
        )
