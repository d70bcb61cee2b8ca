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
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from matchbot import helping, members, participation, sql
from matchbot.aftermath import outcomes, reports, surveys
from matchbot.aftermath.outcomes import Outcome
from matchbot.facts import SCHEMA as FACT_SCHEMA
from matchbot.facts import TABLES as FACT_TABLES
from matchbot.facts import FactWriter, Row
from matchbot.following import Followed, answer_of, follow, follow_all
from matchbot.histories import Histories
from matchbot.ledger.stores import Recorded
from matchbot.policy import Role
from matchbot.sql import Value

FORMAT = 13
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
_HELD_OUTCOMES = 5_000
"""How many outcomes are held: enough for those of which more is said in the months after."""
_HELD_NEEDS = 20_000
"""How many needs are held: enough for those that somebody may soon ask for partners for."""
_HELD_HISTORIES = 20_000
"""Of how many organisations the history and the needs are held: of nearly all of a large network."""
_HELD_ANSWERS = 20_000
"""About how many people, organisations and clusters answers are held: all of a large network."""

_MEMBER = TypeAdapter(members.Member)
_SURVEY = TypeAdapter(surveys.SurveySent)

ReadStream = Callable[[str], Iterable[Recorded]]
Pending = sql.Pending[sqlite3.Connection]
Tally = tuple[str, str]
"""A day, and the type of an event."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the events taken without asking again; kept up as they come.

    ``cases``, ``outcomes`` and ``needs``: those held, the one that changed last at the end. ``needs_of``: all
    needs of the organisations that were asked about, in no order. ``people``: answers about
    people and what organisations wish, by whom they are about and what was asked; nearly every command asks
    the same of the same few.
    """

    cases: OrderedDict[str, Followed] = field(default_factory=OrderedDict)
    outcomes: OrderedDict[str, Outcome] = field(default_factory=OrderedDict)
    needs: OrderedDict[str, participation.SavedNeed] = field(default_factory=OrderedDict)
    needs_of: dict[str, list[participation.SavedNeed]] = field(default_factory=dict)
    histories: Histories = field(default_factory=Histories)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def take(self, followed: Followed) -> None:
        """A case stands like this now."""
        id = followed.case.id
        self.cases[id] = followed
        self.cases.move_to_end(id)
        self.histories.take(followed)

    def take_outcome(self, outcome: Outcome) -> None:
        """An outcome stands like this now."""
        self.outcomes[outcome.id] = outcome
        self.outcomes.move_to_end(outcome.id)

    def take_need(self, need: participation.SavedNeed) -> None:
        """A need was saved."""
        self.needs[need.id] = need
        if need.organisation_id in self.needs_of:
            self.needs_of[need.organisation_id].append(need)

    def forget(self, touched: Iterable[str]) -> None:
        """What was known of these cases, outcomes and needs holds no longer, nor of whose needs these are."""
        for id in touched:
            self.outcomes.pop(id, None)
            self.needs.pop(id, None)
            self.needs_of.pop(id, None)
            followed = self.cases.pop(id, None)
            if followed is not None:
                self.histories.forget(followed.case.organisation_ids)

    def shrink(self) -> None:
        """Hold no more than is of use."""
        while len(self.cases) > _HELD_CASES:
            self.cases.popitem(last=False)
        while len(self.outcomes) > _HELD_OUTCOMES:
            self.outcomes.popitem(last=False)
        while len(self.needs) > _HELD_NEEDS:
            self.needs.popitem(last=False)
        if len(self.histories) > _HELD_HISTORIES:
            self.histories.clear()
        if len(self.needs_of) > _HELD_HISTORIES:
            self.needs_of.clear()
        if len(self.people) > _HELD_ANSWERS:
            self.people.clear()


class Mark(NamedTuple):
    """A point in the events taken: how much there was by then of what is added to until it is put down."""

    n_touched: int
    n_about_people: int
    changed: dict[str, None]
    n_changed: int
    tallies: list[Tally]
    n_tallies: int
    facts: tuple[list[Row], int]


class Projector:
    """Takes events in their order, and puts their rows down: of cases, facts and tallies with `flush`."""

    def __init__(self, pending: Pending, read_stream: ReadStream, memory: Memory) -> None:
        """``read_stream`` gives a stream's events, for a case or outcome that is not held in memory."""
        self._pending = pending
        self._facts = FactWriter(pending)
        self._read_stream = read_stream
        self._memory = memory
        self._touched: list[str] = []
        """The cases, outcomes and needs of the events taken, and the organisations whose needs these are."""
        self._n_about_people = 0
        """How many of the events taken changed what is answered about people."""
        self._changed: dict[str, None] = {}
        self._tallies: list[Tally] = []

    def apply(self, recorded: Recorded) -> None:
        """Take one event, the one after the last."""
        self._tallies.append((recorded.event_date.isoformat(), recorded.type))
        self._facts.take(recorded)
        subject, _, id = recorded.stream.partition(":")
        if subject == "case":
            self._apply_to_case(id, recorded)
            _OF_CASES.get(recorded.type, _nothing)(self._pending, recorded)
        elif subject == "outcome":
            self._apply_to_outcome(id, recorded)
        elif recorded.type in _ROWS:
            _ROWS[recorded.type](self._pending, recorded)
            self._forget_answers(recorded)
            self._take_need(recorded)

    def case(self, id: str) -> Followed | None:
        """A case as the events taken so far leave it; None where there is none."""
        held = self._memory.cases
        if id not in held:
            followed = follow_all(self._read_stream(f"case:{id}"))
            if followed is None:
                return None
            held[id] = followed
        return held[id]

    def outcome(self, id: str) -> Outcome | None:
        """An outcome as the events taken so far leave it; None where there is none."""
        held = self._memory.outcomes.get(id)
        if held is None:
            held = outcomes.fold_outcome(one.event for one in self._read_stream(f"outcome:{id}"))
        return held

    def flush(self) -> None:
        """Put down the rows of all that was changed."""
        # New ones: a mark may hold the present ones.
        changed, self._changed = self._changed, {}
        tallies, self._tallies = self._tallies, []
        self._facts.flush()
        _write_cases(self._pending, [*filter(None, map(self.case, sorted(changed)))])
        self._pending.add_all(
            "INSERT INTO tallies VALUES (?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((*key, n) for key, n in sorted(Counter(tallies).items())),
        )
        self._memory.shrink()

    def mark(self) -> Mark:
        """Where the events taken are, to be given to `go_back`."""
        return Mark(
            n_touched=len(self._touched),
            n_about_people=self._n_about_people,
            changed=self._changed,
            n_changed=len(self._changed),
            tallies=self._tallies,
            n_tallies=len(self._tallies),
            facts=self._facts.mark(),
        )

    def go_back(self, mark: Mark) -> None:
        """Know what was known at a mark: what was taken since has been undone, also what was put down."""
        self._memory.forget(self._touched[mark.n_touched :])
        del self._touched[mark.n_touched :]
        if self._n_about_people > mark.n_about_people:
            self._memory.people.clear()
        # In place: there may be much that nobody asked for yet, and refusals are many.
        self._changed, self._tallies = mark.changed, mark.tallies
        while len(self._changed) > mark.n_changed:
            self._changed.popitem()
        del self._tallies[mark.n_tallies :]
        self._facts.go_back(mark.facts)

    def _apply_to_case(self, id: str, recorded: Recorded) -> None:
        followed = follow(self._before(id, recorded), recorded)
        if followed is not None:
            self._memory.take(followed)
            self._touched.append(id)
            self._changed[id] = None

    def _before(self, id: str, recorded: Recorded) -> Followed | None:
        held = self._memory.cases.get(id)
        if held is not None or recorded.version == 1:
            return held
        stream = self._read_stream(recorded.stream)
        return follow_all(earlier for earlier in stream if earlier.version < recorded.version)

    def _apply_to_outcome(self, id: str, recorded: Recorded) -> None:
        event = recorded.event
        if isinstance(event, outcomes.OutcomeEvent):
            outcome = outcomes.evolve_outcome(self._outcome_before(id, recorded), event)
            self._memory.take_outcome(outcome)
            self._touched.append(id)
            _write_outcome(self._pending, outcome)

    def _outcome_before(self, id: str, recorded: Recorded) -> Outcome | None:
        held = self._memory.outcomes.get(id)
        if held is not None or recorded.version == 1:
            return held
        stream = self._read_stream(recorded.stream)
        return outcomes.fold_outcome(one.event for one in stream if one.version < recorded.version)

    def _take_need(self, recorded: Recorded) -> None:
        if recorded.type not in ("NeedSaved", "NeedClosed"):
            return
        ids = (recorded.payload["need_id"], recorded.payload["organisation_id"])
        self._touched += ids
        if recorded.type == "NeedSaved":
            self._memory.take_need(_saved_need(recorded))
        else:
            self._memory.forget(ids)

    def _forget_answers(self, recorded: Recorded) -> None:
        """An organisation's wishes, group and coordinator are a matter of its own; what changes about a
        member may show in the answers about anybody."""
        if recorded.type in _ABOUT_ORGANISATIONS:
            self._memory.people.pop(recorded.payload["organisation_id"], None)
        elif recorded.type in _ABOUT_MEMBERS:
            self._memory.people.clear()
        else:
            return
        self._n_about_people += 1


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


def _write_cases(pending: Pending, cases: Sequence[Followed]) -> None:
    pending.add_all(_PUT_CASE, map(_case_row, cases))
    parties = ((followed, position) for followed in cases for position in range(len(followed.case.parties)))
    pending.add_all(_PUT_PARTY, (_party_row(*party) for party in parties))
    # First of all cases, then of all again: as two statements, not two for each case.
    pending.add_all("DELETE FROM turns WHERE case_id = ?", ((followed.case.id,) for followed in cases))
    pending.add_all(
        "INSERT OR REPLACE INTO turns VALUES (?,?,?,?,?)",
        (
            (followed.case.id, turn.act.value, turn.cluster, turn.organisation_id, since.isoformat())
            for followed in cases
            for turn, since in followed.since.items()
        ),
    )


def _case_row(followed: Followed) -> tuple[Value, ...]:
    case = followed.case
    requester = case.requester
    return (
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
    )


def _party_row(followed: Followed, position: int) -> tuple[Value, ...]:
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


def _write_outcome(pending: Pending, outcome: Outcome) -> None:
    facts = outcome.facts
    pending.add(
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
        pending.add(f"DELETE FROM {table} WHERE outcome_id = ?", [outcome.id])
    parties = [(outcome.id, id) for id in sorted(set(facts.organisation_ids))]
    pending.add_all("INSERT INTO outcome_parties VALUES (?,?)", parties)
    cases = [(outcome.id, id) for id in outcome.case_ids]
    pending.add_all("INSERT INTO outcome_cases VALUES (?,?)", cases)


def natural_key(facts: outcomes.Facts) -> str:
    """What makes two outcomes one, as text."""
    return "\x1f".join(outcomes.natural_key(facts))


# --- Needs, cards, wishes, people ---


def _save_need(pending: Pending, recorded: Recorded) -> None:
    need = _saved_need(recorded)
    pending.add(
        "INSERT OR REPLACE INTO needs VALUES (?,?,?,?,?,?,?,?)",
        (
            need.id,
            need.organisation_id,
            need.purpose,
            need.text_id,
            need.saved_on.isoformat(),
            recorded.payload["repeats"],
            need.wants_alerts,
            need.is_closed,
        ),
    )


def _saved_need(recorded: Recorded) -> participation.SavedNeed:
    said: participation.NeedSaved = recorded.event
    return participation.SavedNeed(
        id=said.need_id,
        organisation_id=said.organisation_id,
        purpose=said.purpose.value,
        text_id=said.text.id,
        saved_on=recorded.event_date,
        wants_alerts=said.wants_alerts,
        is_closed=False,
    )


def _close_need(pending: Pending, recorded: Recorded) -> None:
    pending.add("UPDATE needs SET is_closed = 1 WHERE id = ?", [recorded.payload["need_id"]])


def _show(pending: Pending, recorded: Recorded) -> None:
    need_id = recorded.payload["need_id"]
    if need_id:
        partners = [(need_id, partner) for partner in recorded.payload["partners"]]
        pending.add_all("INSERT OR IGNORE INTO shown VALUES (?,?)", partners)


def _rate(pending: Pending, recorded: Recorded) -> None:
    rated: participation.Rated = recorded.event
    text = rated.text.id if rated.text else ""
    pending.add(
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


def _view(pending: Pending, recorded: Recorded) -> None:
    viewed: participation.ProfileViewed = recorded.event
    day = recorded.event_date.isoformat()
    row = (viewed.organisation_id, recorded.seq, day, viewed.viewer_id, viewed.viewer_organisation)
    pending.add("INSERT INTO accesses VALUES (?,?,?,?,?)", row)


def _wish(pending: Pending, recorded: Recorded) -> None:
    event: participation.Wish = recorded.event
    wishes = participation.evolve(wishes_of(pending.settled, event.organisation_id), event)
    has_resumed = isinstance(event, participation.OrganisationResumed)
    pending.add(
        "INSERT INTO wishes VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET is_paused = excluded.is_paused, "
        "paused_until = excluded.paused_until, is_opted_out = excluded.is_opted_out, "
        "resumed_on = COALESCE(excluded.resumed_on, resumed_on)",
        (
            event.organisation_id,
            wishes.is_paused,
            _day(wishes.paused_until),
            wishes.has_opted_out,
            _day(recorded.event_date) if has_resumed else None,
        ),
    )


def _confirm(pending: Pending, recorded: Recorded) -> None:
    """A profile is as good as on the day on which somebody of its organisation last said so."""
    renewed: participation.ProfileRenewed = recorded.event
    day = recorded.event_date.isoformat()
    pending.add("INSERT OR REPLACE INTO confirmed VALUES (?,?)", (renewed.organisation_id, day))


def _take_part(pending: Pending, recorded: Recorded) -> None:
    """Whoever speaks for an organisation for the first time has seen its profile on that day."""
    _write_member(pending, recorded)
    member, day = member_of(pending.settled, recorded.event.member_id), recorded.event_date.isoformat()
    organisations = member.organisations if member else ()
    pending.add_all("INSERT OR IGNORE INTO confirmed VALUES (?,?)", [(id, day) for id in organisations])


def wishes_of(sql: sqlite3.Connection, organisation_id: str) -> participation.Wishes:
    """What an organisation wishes, but for whom it never wants to meet."""
    row = sql.execute(
        "SELECT is_paused, paused_until, is_opted_out FROM wishes WHERE organisation_id = ?",
        [organisation_id],
    ).fetchone()
    if row is None:
        return participation.Wishes()
    return participation.Wishes(is_paused=bool(row[0]), paused_until=day(row[1]), has_opted_out=bool(row[2]))


def _bar(pending: Pending, recorded: Recorded) -> None:
    event: participation.NeverIntroduceAdded = recorded.event
    row = (event.organisation_id, event.kind.value, event.other_id)
    pending.add("INSERT OR REPLACE INTO barred VALUES (?,?,?)", row)


def _unbar(pending: Pending, recorded: Recorded) -> None:
    event: participation.NeverIntroduceRemoved = recorded.event
    row = (event.organisation_id, event.kind.value, event.other_id)
    pending.add("DELETE FROM barred WHERE owner_id = ? AND kind = ? AND target_id = ?", row)


def _write_member(pending: Pending, recorded: Recorded) -> None:
    event = recorded.event
    member = members.evolve(member_of(pending.settled, event.member_id), event)
    content = _MEMBER.dump_json(member).decode()
    row = (member.id, member.role.value, member.has_left, member.slack_id, content)
    pending.add("INSERT OR REPLACE INTO members VALUES (?,?,?,?,?)", row)
    for table in ("speakers", "coordinators"):
        pending.add(f"DELETE FROM {table} WHERE member_id = ?", [member.id])
    if member.has_left:
        return
    clusters = member.clusters if member.role is Role.COORDINATOR else ()
    pending.add_all("INSERT INTO speakers VALUES (?,?)", [(id, member.id) for id in member.organisations])
    pending.add_all("INSERT INTO coordinators VALUES (?,?)", [(id, member.id) for id in clusters])


def member_of(sql: sqlite3.Connection, id: str) -> members.Member | None:
    """A member as the rows have it."""
    row = sql.execute("SELECT content FROM members WHERE id = ?", [id]).fetchone()
    return member_of_content(row[0]) if row else None


@lru_cache(maxsize=4096)
def member_of_content(content: str) -> members.Member:
    """The member that a row holds."""
    return _MEMBER.validate_json(content)


def _assign(pending: Pending, recorded: Recorded) -> None:
    event: members.OrganisationAssigned = recorded.event
    pending.add("INSERT OR REPLACE INTO assignments VALUES (?,?)", [event.organisation_id, event.member_id])


def _group(pending: Pending, recorded: Recorded) -> None:
    event: members.OrganisationGrouped = recorded.event
    pending.add("INSERT OR REPLACE INTO groups VALUES (?,?)", [event.organisation_id, event.group_id])


def _ask_for_help(pending: Pending, recorded: Recorded) -> None:
    asked: helping.HelpAsked = recorded.event
    pending.add(
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


def _take_help(pending: Pending, recorded: Recorded) -> None:
    taken: helping.HelpTaken = recorded.event
    pending.add("UPDATE help SET taken_by = ? WHERE id = ?", [taken.member_id, taken.ticket_id])


def _close_help(pending: Pending, recorded: Recorded) -> None:
    closed: helping.HelpClosed = recorded.event
    pending.add(
        "UPDATE help SET closed_by = ?, closed_on = ?, reply = ? WHERE id = ?",
        (
            closed.member_id,
            recorded.event_date.isoformat(),
            closed.reply.id if closed.reply else "",
            closed.ticket_id,
        ),
    )


def _send_survey(pending: Pending, recorded: Recorded) -> None:
    sent: surveys.SurveySent = recorded.event
    row = (sent.wave, sent.member_id, _SURVEY.dump_json(sent).decode())
    pending.add("INSERT OR REPLACE INTO surveys VALUES (?,?,?,0)", row)


def _answer_survey(pending: Pending, recorded: Recorded) -> None:
    answered: surveys.SurveyAnswered = recorded.event
    pending.add(
        "UPDATE surveys SET is_answered = 1 WHERE wave = ? AND member_id = ?",
        [answered.wave, answered.member_id],
    )


def survey_of(sql: sqlite3.Connection, wave: str, member_id: str) -> surveys.SurveySent | None:
    """How somebody was asked in a wave; None where they were not."""
    row = sql.execute(
        "SELECT content FROM surveys WHERE wave = ? AND member_id = ?", [wave, member_id]
    ).fetchone()
    return _SURVEY.validate_json(row[0]) if row else None


def _suggest(pending: Pending, recorded: Recorded) -> None:
    draft = recorded.payload
    row = (draft["draft_id"], draft["organisation_id"], recorded.hash, recorded.seq)
    pending.add("INSERT INTO drafts VALUES (?,?,?,1,?,NULL,NULL)", row)


def _publish(pending: Pending, recorded: Recorded) -> None:
    pending.add(
        "UPDATE drafts SET is_open = 0, published_seq = ?, published_on = ? WHERE id = ?",
        [recorded.seq, recorded.event_date.isoformat(), recorded.payload["draft_id"]],
    )


def _return(pending: Pending, recorded: Recorded) -> None:
    pending.add("UPDATE drafts SET is_open = 0 WHERE id = ?", [recorded.payload["draft_id"]])


def _plan_meeting(pending: Pending, recorded: Recorded) -> None:
    planned: reports.MeetingPlanned = recorded.event
    pending.add("INSERT OR REPLACE INTO meetings VALUES (?,?)", [planned.case_id, planned.on.isoformat()])


def _call_off_meeting(pending: Pending, recorded: Recorded) -> None:
    pending.add("DELETE FROM meetings WHERE case_id = ?", [recorded.payload["case_id"]])


def _ask_follow_up(pending: Pending, recorded: Recorded) -> None:
    asked: reports.FollowUpAsked = recorded.event
    row = (asked.case_id, asked.organisation_id, asked.days, asked.answer_by.isoformat())
    pending.add("INSERT OR REPLACE INTO follow_ups VALUES (?,?,?,?,0)", row)


def _close_follow_up(pending: Pending, recorded: Recorded) -> None:
    closed = recorded.payload
    pending.add(
        "UPDATE follow_ups SET is_closed = 1 WHERE case_id = ? AND organisation_id = ? AND days = ?",
        [closed["case_id"], closed["organisation_id"], closed["days"]],
    )


def _nothing(pending: Pending, recorded: Recorded) -> None:
    """Most events of a case change its own rows only."""


_OF_CASES: Mapping[str, Callable[[Pending, Recorded], None]] = {
    "MeetingPlanned": _plan_meeting,
    "MeetingCalledOff": _call_off_meeting,
    "FollowUpAsked": _ask_follow_up,
    "FollowUpAnswered": _close_follow_up,
    "FollowUpUnanswered": _close_follow_up,
}

_ROWS: Mapping[str, Callable[[Pending, Recorded], None]] = {
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

_ABOUT_MEMBERS = frozenset(type for type, put in _ROWS.items() if put in (_take_part, _write_member))
_ABOUT_ORGANISATIONS = frozenset(
    type for type, put in _ROWS.items() if put in (_assign, _group, _wish, _bar, _unbar)
)
"""The events after which what was known of people and wishes is asked anew."""


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """The day in a column that may be empty."""
    return date.fromisoformat(text) if text else None
