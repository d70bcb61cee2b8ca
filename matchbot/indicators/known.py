"""What was known at a time, as tables: the facts recorded by then, folded, for indicators to count.

Temporary tables on the connection of the read models; each is made when a query first names it
(`Known.rows`), and `clear_away` removes them:

=================  =====================================================================================
``cases``          every case: its days, need, purpose, path, coordinator
``introductions``  those made and not reversed, one per parties and need (pair + need counts once)
``parties``        of cases: kind and clusters on the day of release, before it on the day of the request
``answered``       of cases: how many parties there are, and how many said yes and took it back no more
``pairs``          of introductions: each unordered pair of parties
``meetings``       days on which the parties of an introduction met, with the evidence
``outcomes``       outcomes that stand: kind, day, certainty, evidence, key, what the network had to do
``outcome_parties``, ``outcome_cases``
``needs``, ``cards``, ``acts``, ``surveys``, ``wishes``
``visits``         by coordinators, once for each organisation; ``led_to``: those that led to introductions
``awards``         of other schemes; ``award_winners`` are those of them that the corpus knows
``ties``           days on which two organisations were in touch, by any channel; a declared tie lasts
``performance``    what firms told of their fiscal years, and "" the national average
``calendar``       of each day since the first case, how many working days there were by then
``continued``      which clusters continue one today, by the days of which it is spoken
``snapshots``      from when on which search data served; ``answered_questions``: how well they answered
``breaks``         days from which numbers are not comparable: of a figure or all, in a cluster or all
``members``        organisations in a cluster on the last day of the period
=================  =====================================================================================

Organisations stand under the id by which they were known at that time (R2).
"""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Protocol

from corpus.history import carried_over, in_force, successors
from corpus.records import Cluster, Kind, LineageEvent, Membership, MembershipRole
from corpus.storage import moment
from matchbot.indicators.periods import Period
from matchbot.workdays import day_of, end_of, is_working_day


class Network(Protocol):
    """What the corpus knows of organisations and clusters: also of any day, and as known at any time."""

    def memberships(
        self, organisation_id: str | None = None, *, on: date, as_known_at: datetime | None = None
    ) -> tuple[Membership, ...]:
        """The memberships in force on a day."""
        ...

    def members_since(self) -> datetime | None:
        """When the first membership was recorded; None where none is."""
        ...

    def identities(self, *, as_known_at: datetime | None = None) -> Mapping[str, tuple[str, Kind]]:
        """Each organisation's id, and under which id and kind it was known."""
        ...

    def sample_ids(self) -> frozenset[str]:
        """The invented organisations."""
        ...

    def masked_ids(self) -> frozenset[str]:
        """The organisations that lists show by a code."""
        ...

    def lineage(self) -> tuple[LineageEvent, ...]:
        """What happened to clusters."""
        ...

    def clusters(self, on: date | None = None) -> tuple[Cluster, ...]:
        """The clusters, of a day or of all days."""
        ...


@dataclass(frozen=True, slots=True)
class FixedNetwork:
    """A network that is given, for tests and for a ledger whose corpus is gone."""

    statements: Sequence[Membership] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    events: tuple[LineageEvent, ...] = ()
    known_clusters: tuple[Cluster, ...] = ()
    masked: frozenset[str] = frozenset()

    def memberships(
        self, organisation_id: str | None = None, *, on: date, as_known_at: datetime | None = None
    ) -> tuple[Membership, ...]:
        """The memberships in force on a day."""
        said = (s for s in self.statements if organisation_id in (None, s.organisation_id))
        return in_force(said, on=on, as_known_at=as_known_at)

    def members_since(self) -> datetime | None:
        """When the earliest of the statements was recorded; None where there is none."""
        return min((said.recorded_at for said in self.statements), default=None)

    def identities(self, *, as_known_at: datetime | None = None) -> Mapping[str, tuple[str, Kind]]:
        """Each under its own id."""
        return {id: (id, kind) for id, kind in self.kinds.items()}

    def sample_ids(self) -> frozenset[str]:
        """None is invented."""
        return frozenset()

    def masked_ids(self) -> frozenset[str]:
        """The organisations that lists show by a code."""
        return self.masked

    def lineage(self) -> tuple[LineageEvent, ...]:
        """What happened to clusters."""
        return self.events

    def clusters(self, on: date | None = None) -> tuple[Cluster, ...]:
        """The clusters that were given."""
        return self.known_clusters


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known at ``as_of``, about a period, in tables of ``sql``.

    ``shown_days``: of how many days, up to the period's last, it is counted who was shown (I21).
    """

    sql: sqlite3.Connection
    period: Period
    as_of: datetime
    network: Network
    sla_working_days: int
    is_sample: bool
    shown_days: int = 90

    @property
    def today(self) -> date:
        """The day of ``as_of`` in Japan."""
        return day_of(self.as_of)

    @property
    def parameters(self) -> dict[str, object]:
        """What the SQL of indicators may ask for by name."""
        first, last = self.period.first, self.period.last
        return {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "today": self.today.isoformat(),
            "until": moment(min(self.as_of, end_of(last))),
            "year_ago": (_months_before(last, 12) + timedelta(days=1)).isoformat(),
            "shown_from": (last - timedelta(days=self.shown_days - 1)).isoformat(),
            "not_shown_from": (last - timedelta(days=2 * self.shown_days - 1)).isoformat(),
            "window": (_months_before(last, 36) + timedelta(days=1)).isoformat(),
            "sla": self.sla_working_days,
        }

    def rows(self, sql: str) -> sqlite3.Cursor:
        """What a query of an indicator gives. The tables that it names are made, where they are not there."""
        self.require(_named_in(sql))
        return self.sql.execute(sql, self.parameters)

    def require(self, tables: Collection[str]) -> None:
        """Make the tables that are not there yet, and those that they are made of."""
        for table in tables:
            if not self.sql.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", [table]).fetchone():
                _FILLED[table](self) if table in _FILLED else _make(self, table)


@cache
def _named_in(sql: str) -> tuple[str, ...]:
    """The tables that a query may read: a word that means something else makes one too many."""
    words = frozenset(re.findall(r"\w+", sql))
    return tuple(table for table in (*_FILLED, *_TABLES) if table in words)


def _make(known: Known, table: str) -> None:
    """One table: rows in the order of its key, where it has one, so that they are grouped without sorting."""
    sql, query = known.sql, _TABLES[table]
    known.require(_named_in(query))
    parameters = {"as_of": moment(known.as_of)} if ":as_of" in query else {}
    if key := _KEYS.get(table):
        told = sql.execute(f"SELECT * FROM ({query}) LIMIT 0", parameters).description
        names = ", ".join(name for name, *_ in told)
        sql.execute(f"CREATE TEMP TABLE {table} ({names}, PRIMARY KEY ({key})) WITHOUT ROWID")
        sql.execute(f"INSERT INTO temp.{table} {query}", parameters)
    else:
        sql.execute(f"CREATE TEMP TABLE {table} AS {query}", parameters)
    for columns in _INDEXES.get(table, ()):
        sql.execute(f"CREATE INDEX temp.{table}_by_{columns.replace(', ', '_')} ON {table} ({columns})")


def clear_away(sql: sqlite3.Connection) -> None:
    """Remove the tables: connections are kept, and some of these bear the names of read models."""
    _drop(sql, (*_TABLES, *_FILLED))


def turn_to_period(known: Known) -> None:
    """Remove what depends on the period; the rest is of the same time, and stays."""
    _drop(known.sql, OF_PERIOD)


def _drop(sql: sqlite3.Connection, tables: Iterable[str]) -> None:
    for table in tables:
        sql.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _fill_party_clusters(known: Known) -> None:
    """Of each party of an introduction, all clusters it belonged to."""
    sql = known.sql
    stated = known.rows(
        "SELECT i.case_id, p.clusters FROM introductions i JOIN parties p ON p.case_id = i.case_id "
        "WHERE p.clusters <> ''"
    ).fetchall()
    sql.execute("CREATE TEMP TABLE party_clusters (case_id TEXT NOT NULL, cluster TEXT NOT NULL)")
    rows = ((case_id, cluster) for case_id, clusters in stated for cluster in clusters.split(" "))
    sql.executemany("INSERT INTO temp.party_clusters VALUES (?,?)", rows)
    sql.execute("CREATE INDEX temp.party_clusters_by_case ON party_clusters (case_id)")


def _fill_regions(known: Known) -> None:
    """Of each cluster, its region."""
    sql = known.sql
    sql.execute("CREATE TEMP TABLE regions (cluster TEXT PRIMARY KEY, region TEXT NOT NULL) WITHOUT ROWID")
    regions = [(cluster.id, cluster.region) for cluster in known.network.clusters()]
    sql.executemany("INSERT INTO temp.regions VALUES (?,?)", regions)


def _fill_continued(known: Known) -> None:
    """Which clusters continue each one today, by the days of which it is spoken."""
    lineage = known.network.lineage()
    begin = [date.min, *sorted({event.day for event in lineage})]
    spans = list(zip(begin, [*(day - timedelta(days=1) for day in begin[1:]), date.max], strict=True))
    clusters = known.rows(
        "SELECT cluster FROM members UNION SELECT home_cluster FROM parties "
        "UNION SELECT home_cluster FROM outcome_parties UNION SELECT cluster FROM surveys"
    ).fetchall()
    known.sql.execute(
        "CREATE TEMP TABLE continued (cluster TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, "
        "today TEXT NOT NULL, PRIMARY KEY (cluster, first, today)) WITHOUT ROWID"
    )
    rows = (
        (cluster, first.isoformat(), last.isoformat(), today)
        for (cluster,) in clusters
        for first, last in spans
        for today in successors(cluster, lineage, on=known.today, since=first)
    )
    known.sql.executemany("INSERT INTO temp.continued VALUES (?,?,?,?)", rows)


def _fill_calendar(known: Known) -> None:
    """Of each day of which cases tell, and until today: how many working days there were by then."""
    (first, last) = known.rows(
        "SELECT MIN(day), MAX(day) FROM (SELECT opened_on AS day FROM cases "
        "UNION ALL SELECT day FROM steps UNION ALL SELECT :today)"
    ).fetchone()
    begin = date.fromisoformat(first)
    days = [begin + timedelta(days=n) for n in range((date.fromisoformat(last) - begin).days + 1)]
    n_worked = accumulate(map(is_working_day, days))
    known.sql.execute(
        "CREATE TEMP TABLE calendar (day TEXT PRIMARY KEY, n_worked INTEGER NOT NULL) WITHOUT ROWID"
    )
    rows = ((day.isoformat(), n) for day, n in zip(days, n_worked, strict=True))
    known.sql.executemany("INSERT INTO temp.calendar VALUES (?,?)", rows)


def _fill_members(known: Known) -> None:
    """Who is in which clusters on the last day of the period."""
    network, last = known.network, known.period.last
    identities = network.identities(as_known_at=known.as_of)
    excluded = frozenset() if known.is_sample else network.sample_ids()
    known.sql.execute(
        "CREATE TEMP TABLE members (organisation_id TEXT NOT NULL, cluster TEXT NOT NULL, "
        "kind TEXT NOT NULL, is_home INTEGER NOT NULL, PRIMARY KEY (organisation_id, cluster)) WITHOUT ROWID"
    )
    stated = network.memberships(on=last, as_known_at=known.as_of)
    rows = (
        (said.cluster_id, said.role is MembershipRole.HOME, *_root(identities, said.organisation_id))
        for said in carried_over(stated, network.lineage(), on=last)
        if said.organisation_id in identities and said.organisation_id not in excluded
    )
    known.sql.executemany(
        "INSERT INTO temp.members (cluster, is_home, organisation_id, kind) VALUES (?,?,?,?) "
        "ON CONFLICT DO UPDATE SET is_home = MAX(is_home, excluded.is_home)",
        rows,
    )


def _fill_roots(known: Known) -> None:
    """Under which ids organisations stand, where that is another one than their own."""
    identities = known.network.identities(as_known_at=known.as_of)
    known.sql.execute("CREATE TEMP TABLE roots (id TEXT PRIMARY KEY, root TEXT NOT NULL) WITHOUT ROWID")
    merged = [(id, root) for id, (root, _) in identities.items() if id != root]
    known.sql.executemany("INSERT INTO temp.roots VALUES (?,?)", merged)


def _root(identities: Mapping[str, tuple[str, Kind]], id: str) -> tuple[str, str]:
    root, kind = identities[id]
    return root, kind.value


def _months_before(day: date, n: int) -> date:
    """The same day n months earlier, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 - n, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first.replace(day=min(day.day, last.day)), last)


def _known(table: str) -> str:
    return f"(SELECT * FROM main.{table} WHERE recorded_at <= :as_of)"


def _rooted(column: str) -> str:
    return f"COALESCE((SELECT root FROM roots WHERE id = {column}), {column})"


def _of_steps(measure: str, *steps: str) -> str:
    """A measure of the steps of some kinds alone."""
    return f"{measure} FILTER (WHERE step IN ({', '.join(map(repr, steps))}))"


_DECISIONS = ("IntroductionApproved", "IntroductionReturned", "IntroductionDeclined", "IntroductionStopped")
_ENDS = (
    "IntroductionDeclined",
    "IntroductionStopped",
    "ConsentRefused",
    "IntroductionWithdrawn",
    "IntroductionExpired",
    "IntroductionCancelled",
    "IntroductionReversed",
)

_TABLES: Mapping[str, str] = {
    "steps": f"SELECT seq, day, case_id, step, {_rooted('organisation_id')} AS organisation_id, member_id "
    f"FROM {_known('fact_steps')}",
    "case_steps": f"""
        SELECT case_id,
            {_of_steps("MIN(day)", *_DECISIONS)} AS decided_on,
            {_of_steps("MIN(day)", "PartyAsked")} AS put_on,
            {_of_steps("MIN(day)", "IntroductionReturned")} AS returned_on,
            {_of_steps("MIN(day)", "IntroductionResubmitted")} AS resubmitted_on,
            {_of_steps("MAX(seq)", "IntroductionResubmitted")} AS resubmitted_seq,
            {_of_steps("MAX(day)", "ConsentGiven")} AS last_yes_on,
            {_of_steps("MAX(day)", "IntroductionMade")} AS made_on,
            {_of_steps("MAX(seq)", "IntroductionMade")} AS made_seq,
            {_of_steps("COUNT(*)", "IntroductionReversed")} > 0 AS is_reversed,
            {_of_steps("MIN(day)", *_ENDS)} AS ended_on
        FROM steps GROUP BY case_id""",
    "cases": f"""
        SELECT o.case_id, o.day AS opened_on, o.need_id, o.purpose, o.path, o.n_approvals,
            COALESCE((SELECT member_id FROM steps WHERE case_id = o.case_id AND step = 'CaseHandedOver'
                    ORDER BY seq DESC LIMIT 1),
                NULLIF(o.coordinator, ''),
                (SELECT member_id FROM steps WHERE case_id = o.case_id AND step = 'IntroductionApproved'
                    ORDER BY seq LIMIT 1),
                '') AS coordinator,
            COALESCE(s.made_seq, o.seq) AS parties_seq, s.decided_on, s.put_on, s.returned_on,
            s.resubmitted_on, COALESCE(s.resubmitted_seq, 0) AS resubmitted_seq, s.last_yes_on,
            s.ended_on, CASE WHEN s.is_reversed THEN NULL ELSE s.made_on END AS made_on
        FROM {_known("fact_cases")} o LEFT JOIN case_steps s ON s.case_id = o.case_id""",
    "parties": f"""
        SELECT c.case_id, {_rooted("p.organisation_id")} AS organisation_id, p.kind, p.home_cluster,
            p.clusters, p.country, MAX(p.is_requester) AS is_requester,
            COALESCE(c.made_on, c.opened_on) AS day
        FROM cases c JOIN main.fact_parties p ON p.seq = c.parties_seq GROUP BY 1, 2""",
    "answered": """
        SELECT p.case_id, COUNT(*) AS n_parties, COUNT(*) FILTER (WHERE (
            SELECT s.step FROM steps s WHERE s.case_id = p.case_id AND s.organisation_id = p.organisation_id
                AND s.step IN ('ConsentGiven', 'ConsentRefused') ORDER BY s.seq DESC LIMIT 1
            ) = 'ConsentGiven') AS n_yes
        FROM parties p GROUP BY p.case_id""",
    "introductions": """
        SELECT case_id, made_on, need_id, purpose, path, coordinator, n_parties, parties FROM (
            SELECT *, ROW_NUMBER() OVER (
                PARTITION BY parties, COALESCE(NULLIF(need_id, ''), case_id)
                ORDER BY made_on, case_id) AS place
            FROM (SELECT c.*, COUNT(*) AS n_parties, GROUP_CONCAT(p.organisation_id, ' ') AS parties
                FROM cases c JOIN parties p ON p.case_id = c.case_id
                WHERE c.made_on IS NOT NULL GROUP BY c.case_id)) WHERE place = 1""",
    "pairs": """
        SELECT i.case_id, i.made_on, a.organisation_id AS first_id, b.organisation_id AS second_id,
            a.organisation_id || ' ' || b.organisation_id AS pair, a.kind AS first_kind, b.kind AS second_kind
        FROM introductions i JOIN parties a ON a.case_id = i.case_id
        JOIN parties b ON b.case_id = i.case_id AND a.organisation_id < b.organisation_id""",
    "reversals": f"SELECT case_id, met_on, MAX(seq) AS seq FROM {_known('fact_meetings')} "
    "WHERE is_reversal GROUP BY 1, 2",
    "reports": f"""
        SELECT r.case_id, r.met_on, {_rooted("r.organisation_id")} AS organisation_id, r.is_documented
        FROM {_known("fact_meetings")} r
        LEFT JOIN reversals x ON x.case_id = r.case_id AND x.met_on = r.met_on AND x.seq > r.seq
        WHERE NOT r.is_reversal AND x.seq IS NULL""",
    "meetings": """
        SELECT r.case_id, r.met_on, r.met_on = MIN(r.met_on) OVER (PARTITION BY r.case_id) AS is_first,
            e.evidence
        FROM (SELECT DISTINCT case_id, met_on FROM reports) r JOIN (
            SELECT case_id, CASE WHEN MAX(is_documented) THEN 'A'
                WHEN COUNT(DISTINCT NULLIF(organisation_id, '')) > 1 THEN 'B'
                WHEN COUNT(NULLIF(organisation_id, '')) THEN 'C' ELSE 'D' END AS evidence
            FROM reports GROUP BY case_id) e ON e.case_id = r.case_id
        JOIN introductions i ON i.case_id = r.case_id""",
    "claims": f"""
        SELECT outcome_id, claimant, organisation_id, cluster, case_id, evidence, attribution,
            would_have_met FROM (
            SELECT *, ROW_NUMBER() OVER (PARTITION BY outcome_id, claimant ORDER BY seq DESC) AS place
            FROM {_known("fact_claims")}) WHERE place = 1""",
    "claimed": """
        SELECT outcome_id,
            CASE WHEN MIN(evidence) = 'A' THEN 'A' WHEN COUNT(DISTINCT party) > 1 THEN 'B'
                ELSE MIN(evidence) END AS evidence,
            COALESCE(MIN(CASE WHEN party IS NOT NULL THEN weight END), MIN(weight)) AS weight,
            CASE WHEN COUNT(DISTINCT met) = 1 THEN MIN(met) END AS would_have_met
        FROM (SELECT *, NULLIF(organisation_id, '') AS party,
                CASE attribution WHEN 'decisive' THEN 1 WHEN 'contributing' THEN 2 WHEN 'unrelated' THEN 3
                    END AS weight,
                CASE WHEN organisation_id <> '' THEN NULLIF(would_have_met, 'unknown') END AS met
            FROM claims) GROUP BY outcome_id""",
    "standing_outcomes": f"""
        SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY outcome_id ORDER BY seq DESC) AS place
            FROM {_known("fact_outcomes")}) WHERE place = 1 AND NOT is_reversed""",
    "outcome_parties": f"""
        SELECT o.outcome_id, {_rooted("p.organisation_id")} AS organisation_id, p.kind, p.home_cluster,
            p.clusters, o.day
        FROM standing_outcomes o JOIN main.fact_parties p ON p.seq = o.parties_seq GROUP BY 1, 2""",
    "outcomes": """
        SELECT o.outcome_id, o.kind, o.day, o.certainty, o.novelty, o.start, o.survey,
            COALESCE(c.evidence, 'D') AS evidence,
            CASE c.weight WHEN 1 THEN 'decisive' WHEN 2 THEN 'contributing' WHEN 3 THEN 'unrelated'
                END AS attribution,
            c.would_have_met,
            o.kind || ' ' || CASE WHEN o.kind IN ('listing', 'second_founding') THEN p.parties
                WHEN o.subject_id <> '' THEN o.subject_id ELSE o.day || ' ' || p.parties END AS key
        FROM standing_outcomes o LEFT JOIN claimed c ON c.outcome_id = o.outcome_id JOIN (
            SELECT outcome_id, GROUP_CONCAT(organisation_id, ' ') AS parties
            FROM outcome_parties GROUP BY outcome_id) p ON p.outcome_id = o.outcome_id""",
    "outcome_cases": """
        SELECT DISTINCT l.outcome_id, l.case_id FROM claims l JOIN outcomes o ON o.outcome_id = l.outcome_id
        WHERE l.case_id <> '' AND COALESCE(l.attribution, '') <> 'unrelated'""",
    "needs": f"SELECT need_id, day, {_rooted('organisation_id')} AS organisation_id, purpose, repeats "
    f"FROM {_known('fact_needs')}",
    "cards": f"SELECT DISTINCT day, need_id, {_rooted('partner_id')} AS organisation_id "
    f"FROM {_known('fact_cards')}",
    "acts": f"SELECT day, {_rooted('organisation_id')} AS organisation_id, act FROM {_known('fact_acts')}",
    "answers": f"""
        SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY wave, member_id ORDER BY seq DESC) AS place
            FROM {_known("fact_surveys")} WHERE is_answer) WHERE place = 1""",
    "surveys": f"""
        SELECT s.wave || ' ' || s.member_id AS survey_id, s.day, s.wave, s.member_id,
            {_rooted("s.organisation_id")} AS organisation_id, s.role, s.side, s.cluster,
            a.satisfaction, a.recommendation, a.seq IS NOT NULL AS is_answered
        FROM {_known("fact_surveys")} s LEFT JOIN answers a ON a.wave = s.wave AND a.member_id = s.member_id
        WHERE NOT s.is_answer""",
    "visits": f"""
        SELECT day, visit_id, {_rooted("organisation_id")} AS organisation_id, member_id
        FROM {_known("fact_visits")} WHERE organisation_id <> ''""",
    "led_to": f"""
        SELECT v.visit_id FROM {_known("fact_visits")} v JOIN introductions i
        ON i.case_id = NULLIF(v.case_id, '') OR i.need_id = NULLIF(v.need_id, '')""",
    "award_winners": f"""
        SELECT a.scheme || ' ' || a.award_id AS award_id, {_rooted("p.organisation_id")} AS organisation_id,
            p.clusters FROM {_known("fact_awards")} a JOIN main.fact_parties p ON p.seq = a.seq""",
    "awards": f"""
        SELECT day, scheme || ' ' || award_id AS award_id, scheme, n_winners FROM {_known("fact_awards")}""",
    "wishes": f"SELECT seq, {_rooted('organisation_id')} AS organisation_id, day, wish, until "
    f"FROM {_known('fact_wishes')}",
    "breaks": f"""
        SELECT break_id, figure, cluster, day, reason FROM {_known("fact_breaks")} b
        WHERE day IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM main.fact_breaks x WHERE x.break_id = b.break_id AND x.day IS NULL
                AND x.recorded_at <= :as_of)""",
    "snapshots": f"SELECT seq, day, snapshot, good_at FROM {_known('fact_snapshots')}",
    "answered_questions": f"SELECT snapshot, question, ndcg, recall FROM {_known('fact_answered')}",
    "performance": f"""
        SELECT * FROM (SELECT *, ROW_NUMBER() OVER (
                PARTITION BY organisation_id, fiscal_year, CASE organisation_id WHEN '' THEN industry END
                ORDER BY seq DESC) AS place FROM (
            SELECT seq, {_rooted("organisation_id")} AS organisation_id, fiscal_year, is_large, is_member,
                sales, employees, value_added, industry
            FROM {_known("fact_performance")})) WHERE place = 1""",
    "ties": f"""
        SELECT pair, first_id, second_id, made_on AS day, 0 AS is_lasting FROM pairs
        UNION SELECT p.pair, p.first_id, p.second_id, m.met_on, 0
            FROM meetings m JOIN pairs p ON p.case_id = m.case_id
        UNION SELECT a.organisation_id || ' ' || b.organisation_id, a.organisation_id, b.organisation_id,
                o.day, 0
            FROM outcomes o JOIN outcome_parties a ON a.outcome_id = o.outcome_id
            JOIN outcome_parties b ON b.outcome_id = o.outcome_id AND a.organisation_id < b.organisation_id
            WHERE o.certainty = 'confirmed' AND o.kind IN ('deal', 'joint_research', 'funding')
        UNION SELECT first_id || ' ' || second_id, first_id, second_id, COALESCE(since, '0001-01-01'), 1
            FROM (SELECT MIN({_rooted("first_id")}, {_rooted("second_id")}) AS first_id,
                MAX({_rooted("first_id")}, {_rooted("second_id")}) AS second_id, since
                FROM {_known("fact_ties")}) WHERE first_id <> second_id""",
}
"""The tables that are made by a query, of those of facts and of each other."""

_FILLED: Mapping[str, Callable[[Known], None]] = {
    "roots": _fill_roots,
    "members": _fill_members,
    "party_clusters": _fill_party_clusters,
    "regions": _fill_regions,
    "continued": _fill_continued,
    "calendar": _fill_calendar,
}
"""The tables that Python fills."""

OF_PERIOD = ("members", "continued")
"""The tables that depend on the period, and not on the time of the question alone."""

_KEYS: Mapping[str, str] = {
    "steps": "case_id, seq",
    "case_steps": "case_id",
    "cases": "case_id",
    "parties": "case_id, organisation_id",
    "answered": "case_id",
    "introductions": "case_id",
    "claims": "outcome_id, claimant",
    "claimed": "outcome_id",
    "outcome_parties": "outcome_id, organisation_id",
    "outcomes": "outcome_id",
    "outcome_cases": "outcome_id, case_id",
    "needs": "need_id",
}
"""By what the rows of a table are told apart, and in which order they are kept, and put together."""

_INDEXES: Mapping[str, Sequence[str]] = {
    "introductions": ("need_id",),
    "pairs": ("case_id", "pair"),
    "reversals": ("case_id, met_on",),
    "reports": ("case_id",),
    "meetings": ("case_id",),
    "outcome_cases": ("case_id",),
    "answers": ("wave, member_id",),
    "award_winners": ("award_id",),
    "ties": ("pair, day",),
}
