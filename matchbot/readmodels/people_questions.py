"""Questions about people and organisations: who speaks for whom, who is away, who keeps off whom."""

from datetime import date

from matchbot.aftermath.surveys import SurveySent
from matchbot.members import Member
from matchbot.participation import Wishes
from matchbot.policy import Barred, NeverIntroduce, Standing
from matchbot.projections import day, member_of, member_of_content, survey_of, wishes_of
from matchbot.readmodels.upkeep import Upkeep, one_of, remembered

_date = date.fromisoformat


class PeopleQuestions(Upkeep):
    """What is asked about members and organisations."""

    @remembered
    def member(self, id: str) -> Member | None:
        """A member, also one who has left; None where nobody has this id."""
        return member_of(self._settled, id)

    def member_in_slack(self, slack_id: str) -> Member | None:
        """Who has this user id in Slack and has not left; None where nobody has, or for ""."""
        row = self._settled.execute(
            "SELECT content FROM members WHERE slack_id = ? AND slack_id <> '' AND NOT has_left", [slack_id]
        ).fetchone()
        return member_of_content(row[0]) if row else None

    def members_outside_slack(self) -> list[Member]:
        """Everybody who has not left and cannot be reached there, by id."""
        rows = self._settled.execute(
            "SELECT content FROM members WHERE slack_id = '' AND NOT has_left ORDER BY id"
        )
        return [member_of_content(content) for (content,) in rows]

    def members(self) -> list[Member]:
        """Everybody, by id."""
        rows = self._settled.execute("SELECT content FROM members ORDER BY id")
        return [member_of_content(content) for (content,) in rows]

    @remembered
    def speakers(self, organisation_id: str) -> tuple[Member, ...]:
        """Who speaks for an organisation, by id."""
        return self._members_in("speakers", "organisation_id", organisation_id)

    @remembered
    def coordinators(self, cluster: str) -> tuple[Member, ...]:
        """Who answers for a cluster, by id; for "" the programme's staff."""
        if cluster:
            return self._members_in("coordinators", "cluster", cluster)
        rows = self._settled.execute(
            "SELECT content FROM members WHERE role = 'staff' AND NOT has_left ORDER BY id"
        )
        return tuple(member_of_content(content) for (content,) in rows)

    @remembered
    def looks_after(self, organisation_id: str) -> str:
        """The coordinator an organisation was assigned to; "" where it was to none."""
        row = self._settled.execute(
            "SELECT member_id FROM assignments WHERE organisation_id = ?", [organisation_id]
        ).fetchone()
        return row[0] if row else ""

    def assignments(self) -> dict[str, str]:
        """Each assigned organisation and its coordinator."""
        rows = self._settled.execute("SELECT organisation_id, member_id FROM assignments ORDER BY 1")
        return dict(rows.fetchall())

    @remembered
    def standing(self, organisation_id: str) -> Standing:
        """How an organisation stands in the network."""
        wishes = self.wishes(organisation_id)
        group = self._settled.execute(
            "SELECT group_id FROM groups WHERE organisation_id = ?", [organisation_id]
        ).fetchone()
        speakers = self._settled.execute(
            "SELECT member_id FROM speakers WHERE organisation_id = ?", [organisation_id]
        )
        until = wishes.paused_until or date.max
        return Standing(
            organisation_id=organisation_id,
            member_ids=frozenset(id for (id,) in speakers),
            group_id=group[0] if group else "",
            paused_until=until if wishes.is_paused else None,
            is_opted_out=wishes.has_opted_out,
        )

    def wishes(self, organisation_id: str) -> Wishes:
        """Whether an organisation is paused or has opted out."""
        return wishes_of(self._settled, organisation_id)

    def resumed_on(self, organisation_id: str) -> date | None:
        """The day an organisation last returned; None where it never did."""
        row = self._settled.execute(
            "SELECT resumed_on FROM wishes WHERE organisation_id = ?", [organisation_id]
        ).fetchone()
        return day(row[0]) if row else None

    def away(self, on: date) -> frozenset[str]:
        """The organisations that are paused or have opted out on a day."""
        rows = self._settled.execute(
            "SELECT organisation_id FROM wishes WHERE is_opted_out OR is_paused AND "
            "(paused_until IS NULL OR paused_until >= ?)",
            [on.isoformat()],
        )
        return frozenset(id for (id,) in rows)

    def unconfirmed(self, since: date) -> dict[str, date]:
        """The organisations that people speak for and whose profile was confirmed on this day at the latest:
        when, by id."""
        rows = self._settled.execute(
            "SELECT organisation_id, day FROM confirmed WHERE day <= ? AND EXISTS "
            "(SELECT 1 FROM speakers WHERE speakers.organisation_id = confirmed.organisation_id) "
            "ORDER BY organisation_id",
            [since.isoformat()],
        )
        return {id: _date(on) for id, on in rows}

    def kept_off(self, organisation_id: str) -> frozenset[str]:
        """The organisations that are never to meet this one, whichever of them said so."""
        here = self.standing(organisation_id)
        own = [(entry.kind, entry.target_id) for entry in self.barred_by(organisation_id)]
        groups = [target for kind, target in own if kind is Barred.GROUP]
        people = [target for kind, target in own if kind is Barred.PERSON]
        mine = (organisation_id, *here.member_ids, *filter(None, (here.group_id,)))
        others = self._settled.execute(
            f"SELECT organisation_id FROM groups WHERE group_id IN {one_of(groups)} UNION "
            f"SELECT organisation_id FROM speakers WHERE member_id IN {one_of(people)} UNION "
            f"SELECT owner_id FROM barred WHERE target_id IN {one_of(mine)}",
            (*groups, *people, *mine),
        )
        named = {target for kind, target in own if kind is Barred.ORGANISATION}
        return frozenset(named | {id for (id,) in others} - {organisation_id})

    def barred_by(self, *organisations: str) -> tuple[NeverIntroduce, ...]:
        """The never-introduce entries of organisations, by organisation, kind and target."""
        return tuple(entry for id in sorted(set(organisations)) for entry in self._barred_by(id))

    def accesses(self, organisation_id: str) -> list[tuple[date, str, str]]:
        """Who looked at an unmasked profile: day, member and their organisation, in the order it was."""
        rows = self._settled.execute(
            "SELECT day, viewer_id, viewer_organisation FROM accesses WHERE organisation_id = ? ORDER BY seq",
            [organisation_id],
        )
        return [(_date(day), viewer, organisation) for day, viewer, organisation in rows]

    def survey(self, wave: str, member_id: str) -> SurveySent | None:
        """How somebody was asked in a survey wave; None where they were not."""
        return survey_of(self._settled, wave, member_id)

    def tallies(self) -> dict[str, int]:
        """How many events of each kind there are."""
        rows = self._sql.execute("SELECT type, SUM(n) FROM tallies GROUP BY type ORDER BY type")
        return dict(rows.fetchall())

    def _members_in(self, table: str, column: str, value: str) -> tuple[Member, ...]:
        rows = self._settled.execute(
            f"SELECT m.content FROM {table} x JOIN members m ON m.id = x.member_id WHERE x.{column} = ? "
            "ORDER BY m.id",
            [value],
        )
        return tuple(member_of_content(content) for (content,) in rows)

    @remembered
    def _barred_by(self, organisation_id: str) -> tuple[NeverIntroduce, ...]:
        rows = self._settled.execute(
            "SELECT kind, target_id FROM barred WHERE owner_id = ? ORDER BY kind, target_id",
            [organisation_id],
        )
        return tuple(NeverIntroduce(organisation_id, Barred(kind), target) for kind, target in rows)
