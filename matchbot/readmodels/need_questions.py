"""Questions about needs, and about what came of them: outcomes, drafts of profiles, calls for help."""

from datetime import date

from matchbot.aftermath.outcomes import Outcome
from matchbot.participation import SavedNeed
from matchbot.projections import day
from matchbot.readmodels.found import HelpTicket
from matchbot.readmodels.upkeep import Upkeep

_date = date.fromisoformat


class NeedQuestions(Upkeep):
    """What is asked about needs, outcomes, drafts and calls for help."""

    def outcome(self, id: str) -> Outcome | None:
        """An outcome; None where there is none of this id."""
        return self._projector.outcome(id)

    def need(self, id: str) -> SavedNeed | None:
        """A need; None where there is none of this id."""
        return self._memory.needs.get(id) or next(iter(self._needs("WHERE id = ?", id)), None)

    def needs_of(self, organisation_id: str, *, since: date = date.min) -> list[SavedNeed]:
        """The needs of an organisation since a day, by day and id."""
        known = self._memory.needs_of
        if organisation_id not in known:
            known[organisation_id] = self._needs("WHERE organisation_id = ?", organisation_id)
        needs = (need for need in known[organisation_id] if need.saved_on >= since)
        return sorted(needs, key=lambda need: (need.saved_on, need.id))

    def needs_with_alerts(self) -> list[SavedNeed]:
        """The needs whose owners want to hear of new partners, by id."""
        return self._needs("WHERE wants_alerts AND NOT is_closed ORDER BY id")

    def open_needs(self, *, since: date) -> list[SavedNeed]:
        """The needs saved since a day that are not closed, the latest first, then by id."""
        return self._needs(
            "WHERE NOT is_closed AND saved_on >= ? ORDER BY saved_on DESC, id", since.isoformat()
        )

    def shown_for(self, need_id: str) -> frozenset[str]:
        """The partners that were shown for a need."""
        rows = self._settled.execute("SELECT organisation_id FROM shown WHERE need_id = ?", [need_id])
        return frozenset(id for (id,) in rows)

    def ratings(self, need_id: str) -> dict[str, bool]:
        """Whether each rated partner was found fitting for a need."""
        rows = self._settled.execute(
            "SELECT partner_id, is_fitting FROM ratings WHERE need_id = ?", [need_id]
        )
        return {partner: bool(is_fitting) for partner, is_fitting in rows}

    def outcome_by_key(self, natural_key: str) -> str:
        """The outcome that counts for a natural key; "" where there is none."""
        row = self._settled.execute(
            "SELECT id FROM outcomes WHERE natural_key = ? AND NOT is_reversed ORDER BY id", [natural_key]
        ).fetchone()
        return row[0] if row else ""

    def outcome_ids(self, *, organisation_id: str = "", case_id: str = "") -> list[str]:
        """The outcomes of an organisation, of a case, or all that are not reversed, by day and id."""
        rows = self._settled.execute(
            "SELECT id FROM outcomes WHERE NOT is_reversed AND (:org = '' OR id IN (SELECT outcome_id FROM "
            "outcome_parties WHERE organisation_id = :org)) AND (:case = '' OR id IN (SELECT outcome_id FROM "
            "outcome_cases WHERE case_id = :case)) ORDER BY happened_on, id",
            {"org": organisation_id, "case": case_id},
        )
        return [id for (id,) in rows]

    def drafts(self, *, with_closed: bool = False) -> list[tuple[str, str]]:
        """Each draft that is open (or each there is) and its organisation, the oldest first."""
        condition = "1" if with_closed else "is_open"
        return self._sql.execute(
            f"SELECT id, organisation_id FROM drafts WHERE {condition} ORDER BY seq"
        ).fetchall()

    def published_drafts(self) -> list[tuple[str, str, date]]:
        """Each draft that became public, its revision and the day, in the order of publication."""
        rows = self._sql.execute(
            "SELECT id, revision, published_on FROM drafts WHERE published_seq IS NOT NULL "
            "ORDER BY published_seq"
        )
        return [(id, revision, _date(on)) for id, revision, on in rows]

    def help_ticket(self, id: str) -> HelpTicket | None:
        """A call for help; None where there is none of this id."""
        return next(iter(self._help("WHERE id = ?", id)), None)

    def help_tickets(self, *, with_closed: bool = False) -> list[HelpTicket]:
        """The calls for help, by day and id: those that are open, or all."""
        return self._help(f"WHERE {'1' if with_closed else 'closed_on IS NULL'} ORDER BY asked_on, id")

    def _help(self, condition: str, *values: str) -> list[HelpTicket]:
        rows = self._settled.execute(
            "SELECT id, member_id, cluster, organisation_id, about, text, taken_by, closed_by, reply, "
            f"asked_on, closed_on FROM help {condition}",
            values,
        )
        return [
            HelpTicket(
                id,
                member,
                cluster,
                organisation,
                about,
                text,
                taken,
                closed,
                reply,
                _date(on),
                day(end),
            )
            for id, member, cluster, organisation, about, text, taken, closed, reply, on, end in rows
        ]

    def _needs(self, condition: str, *values: str) -> list[SavedNeed]:
        rows = self._settled.execute(
            "SELECT id, organisation_id, purpose, text, saved_on, wants_alerts, is_closed FROM needs "
            + condition,
            values,
        )
        return [
            SavedNeed(id, organisation, purpose, text, _date(saved_on), bool(alerts), bool(is_closed))
            for id, organisation, purpose, text, saved_on, alerts, is_closed in rows
        ]
