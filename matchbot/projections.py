"""The read models as a fold of the events: each event, and the rows it changes.

Everything here can be made again from the events alone; two folds of the same events give the same
rows. What a person wrote is in no row, only the id it has in the private store.
"""

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pydantic import TypeAdapter

from matchbot import aftermath, helping, members, participation
from matchbot.facts import SCHEMA as FACT_SCHEMA
from matchbot.facts import TABLES as FACT_TABLES
from matchbot.facts import FactWriter, Rows
from matchbot.following import Followed, answer_of, follow, follow_all
from matchbot.ledger.stores import Recorded
from matchbot.policy import Role

FORMAT = 12
"""Counts up whenever a row would come out differently: older read models are made again."""

SCHEMA = (
    "CREATE TABLE position (id INTEGER PRIMARY KEY CHECK (id = 1), format INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT",
    """
    CREATE TABLE cases (
        id TEXT PRIMARY KEY, state TEXT NOT NULL, is_open INTEGER NOT NULL, need_id TEXT NOT NULL,
        purpose TEXT NOT NULL, path TEXT NOT NULL, requester TEXT NOT NULL, coordinator TEXT NOT NULL,
        brief TEXT NOT NULL, opened_on TEXT NOT NULL, expires_on TEXT NOT NULL, introduced_on TEXT,
        closed_on TEXT, progress TEXT NOT NULL, version INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX cases_by_requester ON cases (requester, opened_on)",
    "CREATE INDEX cases_open ON cases (expires_on) WHERE is_open",
    "CREATE INDEX cases_by_coordinator ON cases (coordinator)",
    "CREATE INDEX cases_introduced ON cases (introduced_on) WHERE introduced_on IS NOT NULL",
    """
    CREATE TABLE parties (
        case_id TEXT NOT NULL, organisation_id TEXT NOT NULL, position INTEGER NOT NULL,
        home_cluster TEXT NOT NULL, is_requester INTEGER NOT NULL, answer TEXT NOT NULL, asked_on TEXT,
        answered_on TEXT, PRIMARY KEY (case_id, organisation_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX parties_by_organisation ON parties (organisation_id)",
    "CREATE INDEX parties_by_cluster ON parties (home_cluster)",
    """
    CREATE TABLE turns (
        case_id TEXT NOT NULL, act TEXT NOT NULL, cluster TEXT NOT NULL, organisation_id TEXT NOT NULL,
        since TEXT NOT NULL, PRIMARY KEY (case_id, act, cluster, organisation_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE meetings (case_id TEXT PRIMARY KEY, planned_on TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX meetings_by_day ON meetings (planned_on)",
    "CREATE TABLE follow_ups (case_id TEXT NOT NULL, organisation_id TEXT NOT NULL, days INTEGER NOT NULL, "
    "answer_by TEXT NOT NULL, is_closed INTEGER NOT NULL, "
    "PRIMARY KEY (case_id, days, organisation_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX follow_ups_awaited ON follow_ups (answer_by) WHERE NOT is_closed",
    """
    CREATE TABLE needs (
        id TEXT PRIMARY KEY, organisation_id TEXT NOT NULL, purpose TEXT NOT NULL, text TEXT NOT NULL,
        saved_on TEXT NOT NULL, repeats TEXT NOT NULL, wants_alerts INTEGER NOT NULL,
        is_closed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX needs_by_organisation ON needs (organisation_id, saved_on)",
    "CREATE INDEX needs_with_alerts ON needs (id) WHERE wants_alerts AND NOT is_closed",
    "CREATE TABLE shown (need_id TEXT NOT NULL, organisation_id TEXT NOT NULL, "
    "PRIMARY KEY (need_id, organisation_id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE ratings (need_id TEXT NOT NULL, partner_id TEXT NOT NULL, organisation_id TEXT NOT NULL, "
    "text TEXT NOT NULL, is_fitting INTEGER NOT NULL, rated_on TEXT NOT NULL, "
    "PRIMARY KEY (need_id, partner_id, organisation_id, text)) STRICT, WITHOUT ROWID",
    "CREATE INDEX ratings_by_partner ON ratings (partner_id)",
    """
    CREATE TABLE outcomes (
        id TEXT PRIMARY KEY, natural_key TEXT NOT NULL, kind TEXT NOT NULL, happened_on TEXT NOT NULL,
        certainty TEXT NOT NULL, evidence TEXT NOT NULL, n_claims INTEGER NOT NULL,
        is_reversed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX outcomes_by_key ON outcomes (natural_key) WHERE NOT is_reversed",
    "CREATE TABLE outcome_parties (outcome_id TEXT NOT NULL, organisation_id TEXT NOT NULL, "
    "PRIMARY KEY (outcome_id, organisation_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX outcomes_by_organisation ON outcome_parties (organisation_id)",
    "CREATE TABLE outcome_cases (outcome_id TEXT NOT NULL, case_id TEXT NOT NULL, "
    "PRIMARY KEY (outcome_id, case_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX outcomes_by_case ON outcome_cases (case_id)",
    "CREATE TABLE accesses (organisation_id TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT NOT NULL, "
    "viewer_id TEXT NOT NULL, viewer_organisation TEXT NOT NULL, "
    "PRIMARY KEY (organisation_id, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE members (id TEXT PRIMARY KEY, role TEXT NOT NULL, has_left INTEGER NOT NULL, "
    "slack_id TEXT NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX members_by_slack_id ON members (slack_id) WHERE NOT has_left",
    "CREATE INDEX members_by_role ON members (role, id) WHERE NOT has_left",
    "CREATE TABLE speakers (organisation_id TEXT NOT NULL, member_id TEXT NOT NULL, "
    "PRIMARY KEY (organisation_id, member_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX speakers_by_member ON speakers (member_id)",
    "CREATE TABLE coordinators (cluster TEXT NOT NULL, member_id TEXT NOT NULL, "
    "PRIMARY KEY (cluster, member_id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE assignments (organisation_id TEXT PRIMARY KEY, member_id TEXT NOT NULL) "
    "STRICT, WITHOUT ROWID",
    "CREATE INDEX assignments_by_member ON assignments (member_id)",
    "CREATE TABLE wishes (organisation_id TEXT PRIMARY KEY, is_paused INTEGER NOT NULL, paused_until TEXT, "
    "is_opted_out INTEGER NOT NULL, resumed_on TEXT) STRICT, WITHOUT ROWID",
    "CREATE INDEX wishes_to_be_left ON wishes (organisation_id) WHERE is_paused OR is_opted_out",
    "CREATE TABLE confirmed (organisation_id TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX confirmed_by_day ON confirmed (day)",
    "CREATE TABLE groups (organisation_id TEXT PRIMARY KEY, group_id TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE barred (owner_id TEXT NOT NULL, kind TEXT NOT NULL, target_id TEXT NOT NULL, "
    "PRIMARY KEY (owner_id, kind, target_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX barred_by_target ON barred (target_id)",
    """
    CREATE TABLE help (
        id TEXT PRIMARY KEY, member_id TEXT NOT NULL, cluster TEXT NOT NULL, organisation_id TEXT NOT NULL,
        about TEXT NOT NULL, text TEXT NOT NULL, asked_on TEXT NOT NULL, taken_by TEXT NOT NULL,
        closed_by TEXT NOT NULL, closed_on TEXT, reply TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX help_open ON help (asked_on) WHERE closed_on IS NULL",
    "CREATE TABLE surveys (wave TEXT NOT NULL, member_id TEXT NOT NULL, content TEXT NOT NULL, "
    "is_answered INTEGER NOT NULL, PRIMARY KEY (wave, member_id)) STRICT, WITHOUT ROWID",
    # ``revision`` stands for the change itself, wherever it is carried out: also after a restore.
    "CREATE TABLE drafts (id TEXT PRIMARY KEY, organisation_id TEXT NOT NULL, revision TEXT NOT NULL, "
    "is_open INTEGER NOT NULL, seq INTEGER NOT NULL, published_seq INTEGER, published_on TEXT) "
    "STRICT, WITHOUT ROWID",
    "CREATE INDEX drafts_open ON drafts (seq) WHERE is_open",
    "CREATE INDEX drafts_published ON drafts (published_seq) WHERE published_seq IS NOT NULL",
    "CREATE TABLE tallies (day TEXT NOT NULL, type TEXT NOT NULL, n INTEGER NOT NULL, "
    "PRIMARY KEY (day, type)) STRICT, WITHOUT ROWID",
    *FACT_SCHEMA,
)

TABLES: Mapping[str, str] = {
    "cases": "id",
    "parties": "case_id, organisation_id",
    "turns": "case_id, act, cluster, organisation_id",
    "meetings": "case_id",
    "follow_ups": "case_id, days, organisation_id",
    "needs": "id",
    "shown": "need_id, organisation_id",
    "ratings": "need_id, partner_id, organisation_id, text",
    "outcomes": "id",
    "outcome_parties": "outcome_id, organisation_id",
    "outcome_cases": "outcome_id, case_id",
    "accesses": "organisation_id, seq",
    "members": "id",
    "speakers": "organisation_id, member_id",
    "coordinators": "cluster, member_id",
    "assignments": "organisation_id",
    "wishes": "organisation_id",
    "groups": "organisation_id",
    "barred": "owner_id, kind, target_id",
    "help": "id",
    "surveys": "wave, member_id",
    "drafts": "id",
    "tallies": "day, type",
    **FACT_TABLES,
}
"""Every table that is compared after a rebuild, and the order it is compared in."""

_HELD_CASES = 20_000
"""How many cases are held in memory: enough for all that are open at a time."""

_MEMBER = TypeAdapter(members.Member)
_SURVEY = TypeAdapter(aftermath.SurveySent)

ReadStream = Callable[[str], Iterable[Recorded]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the events taken, and what was not written there yet; by itself, the start."""

    n_touched: int = 0
    changed: frozenset[str] = frozenset()
    tallies: Mapping[tuple[str, str], int] = field(default_factory=dict)
    facts: Rows = field(default_factory=dict)


class Projector:
    """Takes events in their order, and writes their rows with `flush`."""

    def __init__(self, sql: sqlite3.Connection, read_stream: ReadStream) -> None:
        """``read_stream`` gives a stream's events, for a case or outcome that is not held in memory."""
        self._sql = sql
        self._facts = FactWriter(sql)
        self._read_stream = read_stream
        self._held: OrderedDict[str, Followed] = OrderedDict()
        self._touched: list[str] = []
        self._changed: set[str] = set()
        self._tallies: Counter[tuple[str, str]] = Counter()

    def apply(self, recorded: Recorded) -> None:
        """Take one event, the one after the last."""
        self._tallies[recorded.event_date.isoformat(), recorded.type] += 1
        self._facts.take(recorded)
        subject, _, id = recorded.stream.partition(":")
        if subject == "case":
            self._apply_to_case(id, recorded)
            _OF_CASES.get(recorded.type, _nothing)(self._sql, recorded)
        elif subject == "outcome":
            self._apply_to_outcome(recorded)
        elif recorded.type in _ROWS:
            _ROWS[recorded.type](self._sql, recorded)

    def case(self, id: str) -> Followed | None:
        """A case as the events taken so far leave it; None where there is none."""
        if id not in self._held:
            followed = follow_all(self._read_stream(f"case:{id}"))
            if followed is None:
                return None
            self._held[id] = followed
        return self._held[id]

    def flush(self) -> None:
        """Write the rows of all that was changed."""
        self._facts.flush()
        for followed in filter(None, map(self.case, sorted(self._changed))):
            _write_case(self._sql, followed)
        self._changed.clear()
        self._sql.executemany(
            "INSERT INTO tallies VALUES (?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(*key, n) for key, n in sorted(self._tallies.items())],
        )
        self._tallies.clear()
        while len(self._held) > _HELD_CASES:
            self._held.popitem(last=False)

    def mark(self) -> Mark:
        """What is not written yet, to be given to `go_back`."""
        return Mark(
            n_touched=len(self._touched),
            changed=frozenset(self._changed),
            tallies=dict(self._tallies),
            facts=self._facts.kept(),
        )

    def go_back(self, mark: Mark) -> None:
        """Know what was known at a mark: what was taken since has been undone, also what was written."""
        for id in self._touched[mark.n_touched :]:
            self._held.pop(id, None)
        del self._touched[mark.n_touched :]
        self._changed = set(mark.changed)
        self._tallies = Counter(mark.tallies)
        self._facts.keep(mark.facts)

    def _apply_to_case(self, id: str, recorded: Recorded) -> None:
        followed = follow(self._before(id, recorded), recorded)
        if followed is not None:
            self._held[id] = followed
            self._held.move_to_end(id)
            self._touched.append(id)
            self._changed.add(id)

    def _before(self, id: str, recorded: Recorded) -> Followed | None:
        held = self._held.get(id)
        if held is not None or recorded.version == 1:
            return held
        stream = self._read_stream(recorded.stream)
        return follow_all(earlier for earlier in stream if earlier.version < recorded.version)

    def _apply_to_outcome(self, recorded: Recorded) -> None:
        is_first = recorded.version == 1
        stream = [recorded] if is_first else self._read_stream(recorded.stream)
        outcome = aftermath.fold_outcome(one.event for one in stream if one.version <= recorded.version)
        if outcome is not None:
            _write_outcome(self._sql, outcome)


# --- Cases and outcomes ---


def _put(table: str, key: Sequence[str], rest: Sequence[str]) -> str:
    """The statement that writes a row: unlike REPLACE, it leaves the indexes alone that do not change."""
    changed = ", ".join(f"{column} = excluded.{column}" for column in rest)
    values = ", ".join("?" * (len(key) + len(rest)))
    return f"INSERT INTO {table} VALUES ({values}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"


_PUT_CASE = _put(
    "cases",
    ["id"],
    [
        "state",
        "is_open",
        "need_id",
        "purpose",
        "path",
        "requester",
        "coordinator",
        "brief",
        "opened_on",
        "expires_on",
        "introduced_on",
        "closed_on",
        "progress",
        "version",
    ],
)
_PUT_PARTY = _put(
    "parties",
    ["case_id", "organisation_id"],
    ["position", "home_cluster", "is_requester", "answer", "asked_on", "answered_on"],
)


def _write_case(sql: sqlite3.Connection, followed: Followed) -> None:
    case = followed.case
    requester = case.requester
    sql.execute(
        _PUT_CASE,
        (
            case.id,
            case.state.value,
            case.is_open,
            case.need_id,
            case.purpose.value,
            case.path.value,
            requester.organisation_id if requester else "",
            case.coordinator,
            case.brief.id if case.brief else "",
            followed.opened_on.isoformat(),
            case.expires_on.isoformat(),
            _day(followed.introduced_on),
            _day(followed.closed_on),
            followed.aftermath.progress.value,
            followed.version,
        ),
    )
    sql.executemany(
        _PUT_PARTY,
        [_party_row(followed, position) for position in range(len(case.parties))],
    )
    sql.execute("DELETE FROM turns WHERE case_id = ?", [case.id])
    sql.executemany(
        "INSERT OR REPLACE INTO turns VALUES (?,?,?,?,?)",
        [
            (case.id, turn.act.value, turn.cluster, turn.organisation_id, since.isoformat())
            for turn, since in followed.since.items()
        ],
    )


def _party_row(followed: Followed, position: int) -> tuple[object, ...]:
    party = followed.case.parties[position]
    id = party.organisation_id
    return (
        followed.case.id,
        id,
        position,
        party.home_cluster,
        party.is_requester,
        answer_of(followed.case, id).value,
        _day(followed.asked_on.get(id)),
        _day(followed.answered_on.get(id)),
    )


def _write_outcome(sql: sqlite3.Connection, outcome: aftermath.Outcome) -> None:
    facts = outcome.facts
    sql.execute(
        "INSERT OR REPLACE INTO outcomes VALUES (?,?,?,?,?,?,?,?)",
        (
            outcome.id,
            natural_key(facts),
            facts.kind.value,
            facts.on.isoformat(),
            facts.certainty.value,
            outcome.evidence.value,
            len(outcome.claims),
            outcome.is_reversed,
        ),
    )
    for table in ("outcome_parties", "outcome_cases"):
        sql.execute(f"DELETE FROM {table} WHERE outcome_id = ?", [outcome.id])
    parties = [(outcome.id, id) for id in sorted(set(facts.organisation_ids))]
    sql.executemany("INSERT INTO outcome_parties VALUES (?,?)", parties)
    cases = [(outcome.id, id) for id in outcome.case_ids]
    sql.executemany("INSERT INTO outcome_cases VALUES (?,?)", cases)


def natural_key(facts: aftermath.Facts) -> str:
    """What makes two outcomes one, as text."""
    return "\x1f".join(aftermath.natural_key(facts))


# --- Needs, cards, wishes, people ---


def _save_need(sql: sqlite3.Connection, recorded: Recorded) -> None:
    need: participation.NeedSaved = recorded.event
    sql.execute(
        "INSERT OR REPLACE INTO needs VALUES (?,?,?,?,?,?,?,0)",
        (
            need.need_id,
            need.organisation_id,
            need.purpose.value,
            need.text.id,
            recorded.event_date.isoformat(),
            need.repeats,
            need.wants_alerts,
        ),
    )


def _close_need(sql: sqlite3.Connection, recorded: Recorded) -> None:
    sql.execute("UPDATE needs SET is_closed = 1 WHERE id = ?", [recorded.payload["need_id"]])


def _show(sql: sqlite3.Connection, recorded: Recorded) -> None:
    need_id = recorded.payload["need_id"]
    if need_id:
        partners = [(need_id, partner) for partner in recorded.payload["partners"]]
        sql.executemany("INSERT OR IGNORE INTO shown VALUES (?,?)", partners)


def _rate(sql: sqlite3.Connection, recorded: Recorded) -> None:
    rated: participation.Rated = recorded.event
    text = rated.text.id if rated.text else ""
    sql.execute(
        "INSERT OR REPLACE INTO ratings VALUES (?,?,?,?,?,?)",
        (
            rated.need_id,
            rated.partner_id,
            rated.organisation_id,
            text,
            rated.is_fitting,
            recorded.event_date.isoformat(),
        ),
    )


def _view(sql: sqlite3.Connection, recorded: Recorded) -> None:
    viewed: participation.ProfileViewed = recorded.event
    day = recorded.event_date.isoformat()
    row = (viewed.organisation_id, recorded.seq, day, viewed.viewer_id, viewed.viewer_organisation)
    sql.execute("INSERT INTO accesses VALUES (?,?,?,?,?)", row)


def _wish(sql: sqlite3.Connection, recorded: Recorded) -> None:
    event: participation.Wish = recorded.event
    wishes = participation.evolve(wishes_of(sql, event.organisation_id), event)
    has_resumed = isinstance(event, participation.OrganisationResumed)
    sql.execute(
        "INSERT INTO wishes VALUES (:id, :is_paused, :until, :is_opted_out, :resumed_on) "
        "ON CONFLICT DO UPDATE SET is_paused = :is_paused, paused_until = :until, "
        "is_opted_out = :is_opted_out, resumed_on = COALESCE(:resumed_on, resumed_on)",
        {
            "id": event.organisation_id,
            "is_paused": wishes.is_paused,
            "until": _day(wishes.paused_until),
            "is_opted_out": wishes.has_opted_out,
            "resumed_on": _day(recorded.event_date) if has_resumed else None,
        },
    )


def _confirm(sql: sqlite3.Connection, recorded: Recorded) -> None:
    """A profile is as good as on the day on which somebody of its organisation last said so."""
    renewed: participation.ProfileRenewed = recorded.event
    day = recorded.event_date.isoformat()
    sql.execute("INSERT OR REPLACE INTO confirmed VALUES (?,?)", (renewed.organisation_id, day))


def _take_part(sql: sqlite3.Connection, recorded: Recorded) -> None:
    """Whoever speaks for an organisation for the first time has seen its profile on that day."""
    _write_member(sql, recorded)
    member, day = member_of(sql, recorded.event.member_id), recorded.event_date.isoformat()
    organisations = member.organisations if member else ()
    sql.executemany("INSERT OR IGNORE INTO confirmed VALUES (?,?)", [(id, day) for id in organisations])


def wishes_of(sql: sqlite3.Connection, organisation_id: str) -> participation.Wishes:
    """What an organisation wishes, but for whom it never wants to meet."""
    row = sql.execute(
        "SELECT is_paused, paused_until, is_opted_out FROM wishes WHERE organisation_id = ?",
        [organisation_id],
    ).fetchone()
    if row is None:
        return participation.Wishes()
    return participation.Wishes(is_paused=bool(row[0]), paused_until=day(row[1]), has_opted_out=bool(row[2]))


def _bar(sql: sqlite3.Connection, recorded: Recorded) -> None:
    event: participation.NeverIntroduceAdded = recorded.event
    row = (event.organisation_id, event.kind.value, event.other_id)
    sql.execute("INSERT OR REPLACE INTO barred VALUES (?,?,?)", row)


def _unbar(sql: sqlite3.Connection, recorded: Recorded) -> None:
    event: participation.NeverIntroduceRemoved = recorded.event
    row = (event.organisation_id, event.kind.value, event.other_id)
    sql.execute("DELETE FROM barred WHERE owner_id = ? AND kind = ? AND target_id = ?", row)


def _write_member(sql: sqlite3.Connection, recorded: Recorded) -> None:
    event = recorded.event
    member = members.evolve(member_of(sql, event.member_id), event)
    content = _MEMBER.dump_json(member).decode()
    row = (member.id, member.role.value, member.has_left, member.slack_id, content)
    sql.execute("INSERT OR REPLACE INTO members VALUES (?,?,?,?,?)", row)
    for table in ("speakers", "coordinators"):
        sql.execute(f"DELETE FROM {table} WHERE member_id = ?", [member.id])
    if member.has_left:
        return
    clusters = member.clusters if member.role is Role.COORDINATOR else ()
    sql.executemany("INSERT INTO speakers VALUES (?,?)", [(id, member.id) for id in member.organisations])
    sql.executemany("INSERT INTO coordinators VALUES (?,?)", [(id, member.id) for id in clusters])


def member_of(sql: sqlite3.Connection, id: str) -> members.Member | None:
    """A member as the rows have it."""
    row = sql.execute("SELECT content FROM members WHERE id = ?", [id]).fetchone()
    return member_of_content(row[0]) if row else None


@lru_cache(maxsize=4096)
def member_of_content(content: str) -> members.Member:
    """The member that a row holds."""
    return _MEMBER.validate_json(content)


def _assign(sql: sqlite3.Connection, recorded: Recorded) -> None:
    event: members.OrganisationAssigned = recorded.event
    sql.execute("INSERT OR REPLACE INTO assignments VALUES (?,?)", [event.organisation_id, event.member_id])


def _group(sql: sqlite3.Connection, recorded: Recorded) -> None:
    event: members.OrganisationGrouped = recorded.event
    sql.execute("INSERT OR REPLACE INTO groups VALUES (?,?)", [event.organisation_id, event.group_id])


def _ask_for_help(sql: sqlite3.Connection, recorded: Recorded) -> None:
    asked: helping.HelpAsked = recorded.event
    sql.execute(
        "INSERT OR REPLACE INTO help VALUES (?,?,?,?,?,?,?,'','',NULL,'')",
        (
            asked.ticket_id,
            asked.member_id,
            asked.cluster,
            asked.organisation_id,
            asked.about,
            asked.text.id,
            recorded.event_date.isoformat(),
        ),
    )


def _take_help(sql: sqlite3.Connection, recorded: Recorded) -> None:
    taken: helping.HelpTaken = recorded.event
    sql.execute("UPDATE help SET taken_by = ? WHERE id = ?", [taken.member_id, taken.ticket_id])


def _close_help(sql: sqlite3.Connection, recorded: Recorded) -> None:
    closed: helping.HelpClosed = recorded.event
    sql.execute(
        "UPDATE help SET closed_by = ?, closed_on = ?, reply = ? WHERE id = ?",
        (
            closed.member_id,
            recorded.event_date.isoformat(),
            closed.reply.id if closed.reply else "",
            closed.ticket_id,
        ),
    )


def _send_survey(sql: sqlite3.Connection, recorded: Recorded) -> None:
    sent: aftermath.SurveySent = recorded.event
    row = (sent.wave, sent.member_id, _SURVEY.dump_json(sent).decode())
    sql.execute("INSERT OR REPLACE INTO surveys VALUES (?,?,?,0)", row)


def _answer_survey(sql: sqlite3.Connection, recorded: Recorded) -> None:
    answered: aftermath.SurveyAnswered = recorded.event
    sql.execute(
        "UPDATE surveys SET is_answered = 1 WHERE wave = ? AND member_id = ?",
        [answered.wave, answered.member_id],
    )


def survey_of(sql: sqlite3.Connection, wave: str, member_id: str) -> aftermath.SurveySent | None:
    """How somebody was asked in a wave; None where they were not."""
    row = sql.execute(
        "SELECT content FROM surveys WHERE wave = ? AND member_id = ?", [wave, member_id]
    ).fetchone()
    return _SURVEY.validate_json(row[0]) if row else None


def _suggest(sql: sqlite3.Connection, recorded: Recorded) -> None:
    draft = recorded.payload
    row = (draft["draft_id"], draft["organisation_id"], recorded.hash, recorded.seq)
    sql.execute("INSERT INTO drafts VALUES (?,?,?,1,?,NULL,NULL)", row)


def _publish(sql: sqlite3.Connection, recorded: Recorded) -> None:
    sql.execute(
        "UPDATE drafts SET is_open = 0, published_seq = ?, published_on = ? WHERE id = ?",
        [recorded.seq, recorded.event_date.isoformat(), recorded.payload["draft_id"]],
    )


def _return(sql: sqlite3.Connection, recorded: Recorded) -> None:
    sql.execute("UPDATE drafts SET is_open = 0 WHERE id = ?", [recorded.payload["draft_id"]])


def _plan_meeting(sql: sqlite3.Connection, recorded: Recorded) -> None:
    planned: aftermath.MeetingPlanned = recorded.event
    sql.execute("INSERT OR REPLACE INTO meetings VALUES (?,?)", [planned.case_id, planned.on.isoformat()])


def _call_off_meeting(sql: sqlite3.Connection, recorded: Recorded) -> None:
    sql.execute("DELETE FROM meetings WHERE case_id = ?", [recorded.payload["case_id"]])


def _ask_follow_up(sql: sqlite3.Connection, recorded: Recorded) -> None:
    asked: aftermath.FollowUpAsked = recorded.event
    row = (asked.case_id, asked.organisation_id, asked.days, asked.answer_by.isoformat())
    sql.execute("INSERT OR REPLACE INTO follow_ups VALUES (?,?,?,?,0)", row)


def _close_follow_up(sql: sqlite3.Connection, recorded: Recorded) -> None:
    closed = recorded.payload
    sql.execute(
        "UPDATE follow_ups SET is_closed = 1 WHERE case_id = ? AND organisation_id = ? AND days = ?",
        [closed["case_id"], closed["organisation_id"], closed["days"]],
    )


def _nothing(sql: sqlite3.Connection, recorded: Recorded) -> None:
    """Most events of a case change its own rows only."""


_OF_CASES: Mapping[str, Callable[[sqlite3.Connection, Recorded], None]] = {
    "MeetingPlanned": _plan_meeting,
    "MeetingCalledOff": _call_off_meeting,
    "FollowUpAsked": _ask_follow_up,
    "FollowUpAnswered": _close_follow_up,
    "FollowUpUnanswered": _close_follow_up,
}

_ROWS: Mapping[str, Callable[[sqlite3.Connection, Recorded], None]] = {
    "NeedSaved": _save_need,
    "NeedClosed": _close_need,
    "PartnersShown": _show,
    "Rated": _rate,
    "ProfileViewed": _view,
    "ProfileRenewed": _confirm,
    "OrganisationPaused": _wish,
    "OrganisationResumed": _wish,
    "OrganisationOptedOut": _wish,
    "NeverIntroduceAdded": _bar,
    "NeverIntroduceRemoved": _unbar,
    "MemberRegistered": _take_part,
    "SlackLinked": _write_member,
    "LanguageChosen": _write_member,
    "OrganisationClaimed": _write_member,
    "ClaimConfirmed": _take_part,
    "ClaimRejected": _write_member,
    "MemberLeft": _write_member,
    "AbsenceAnnounced": _write_member,
    "ClosenessDeclared": _write_member,
    "OrganisationAssigned": _assign,
    "OrganisationGrouped": _group,
    "ProfileChangeSuggested": _suggest,
    "ProfileChangePublished": _publish,
    "ProfileChangeReturned": _return,
    "HelpAsked": _ask_for_help,
    "HelpTaken": _take_help,
    "HelpClosed": _close_help,
    "SurveySent": _send_survey,
    "SurveyAnswered": _answer_survey,
}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """The day in a column that may be empty."""
    return date.fromisoformat(text) if text else None
