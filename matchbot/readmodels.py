"""The read models: what the events say, laid out for questions, in a database of its own.

They are caught up with the ledger in every unit of work, written after it, and can at any time be made
again from the events alone (`ReadModels.rebuild`). Losing the file loses nothing.
"""

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial, wraps
from hashlib import sha256
from pathlib import Path
from threading import local
from typing import Any, TypeVar, cast

from corpus.progress import Progress, unheard
from matchbot.aftermath import Outcome, SurveySent
from matchbot.aftermath import Progress as Stage
from matchbot.following import Followed, PartyAnswer
from matchbot.happenings import Happening, telling
from matchbot.histories import Histories, is_refunded
from matchbot.introductions.cases import Act, Turn
from matchbot.introductions.words import Path as CameAbout
from matchbot.introductions.words import State
from matchbot.ledger import EventStore, Head, Recorded
from matchbot.members import Member
from matchbot.participation import SavedNeed, Wishes
from matchbot.policy import Barred, NeverIntroduce, PastRequest, Standing
from matchbot.projections import (
    FORMAT,
    SCHEMA,
    TABLES,
    Memory,
    Pending,
    Projector,
    day,
    member_of,
    member_of_content,
    survey_of,
    wishes_of,
)
from matchbot.signals import ACCEPTED, DOES_NOT_FIT, FITS, INTRODUCED, OUTCOME, REFUSED, REQUESTED
from matchbot.sqlite import BUSY_TIMEOUT_S, PAGES_BEFORE_TIDYING, Connections, remove_database, writing

Answer = TypeVar("Answer")

Count = Callable[[int, int], None]
"""Takes how many events are taken, and how many there are."""

_EVENTS_PER_FLUSH = 50_000
_ROWS_PER_READ = 1_000
_WITHOUT_REFERENCES = 2
"""The version of marshal's format in which equal rows have equal bytes."""
_date = date.fromisoformat


class Anew(StrEnum):
    """Why read models are made again by whoever needs them: each with a text ``stage-rebuild-<reason>``."""

    MISSING = "missing"
    OTHER_FORMAT = "other-format"
    OTHER_LEDGER = "other-ledger"
    """They go on after an event that the ledger does not have: an older one was restored."""


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """What making the read models again showed. ``differing``: the tables that came out otherwise.

    ``reason``: why there was nothing to compare with; None where there was.
    """

    n_events: int
    differing: tuple[str, ...]
    reason: Anew | None = None

    @property
    def is_equal(self) -> bool:
        """Whether they came out as they were."""
        return not self.differing


@dataclass(frozen=True, slots=True)
class Waiting:
    """That somebody has been waited for since a day."""

    case_id: str
    turn: Turn
    since: date
    expires_on: date
    coordinator: str


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that an organisation knows of. ``is_requester``: because it asked for it itself."""

    id: str
    state: State
    is_requester: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """That a party was asked, so many days after an introduction, and until when it could answer."""

    case_id: str
    organisation_id: str
    days: int
    answer_by: date


@dataclass(frozen=True, slots=True)
class HelpTicket:
    """A call for help. ``cluster``: whose coordinators are to help, "" for the staff.

    ``text_id`` and ``reply_id`` are in the private store; what has not happened is "" or None.
    """

    id: str
    member_id: str
    cluster: str
    organisation_id: str
    about: str
    text_id: str
    taken_by: str
    closed_by: str
    reply_id: str
    asked_on: date
    closed_on: date | None


class ReadModels:
    """The read models in one file. One object serves any number of threads."""

    def __init__(self, file: Path, *, progress: Progress = unheard) -> None:
        """``progress`` is told where they have to be made again, be it in the middle of something else."""
        self.file = file
        self._progress = progress
        self._made_anew: tuple[Anew, Head] | None = None
        """Why they were made again here last, and up to which event."""
        self._running = local()
        self._connections = Connections(file, partial(_whole, file))
        self._left: tuple[Head | None, Memory] | None = None
        """What the last unit knew when it ended, and up to which event."""

    def unit(self, events: EventStore) -> AbstractContextManager["Models"]:
        """The read models as the events have it, to be written to within one transaction.

        To be begun within the ledger's unit of work and ended after it, so that nothing is kept here that
        the ledger does not have. A unit within a unit of the same thread is a part of it.
        """
        whole: Models | None = getattr(self._running, "models", None)
        return self._begun(events) if whole is None else whole.part()

    @contextmanager
    def _begun(self, events: EventStore) -> Iterator["Models"]:
        with self._connections.one() as connection:
            models = Models(connection, events)
            self._running.models = models
            try:
                with writing(connection):
                    # One unit has it at a time: whoever comes meanwhile begins without.
                    left, self._left = self._left, None
                    if left is not None and left[0] is not None and left[0] == models.position():
                        models.remember(left[1])
                    self._catch_up(models)
                    yield models
                    models.settle()
                self._left = models.left()
            finally:
                self._running.models = None

    @contextmanager
    def read(self, events: EventStore) -> Iterator["Models"]:
        """The read models as the events have it, for questions only."""
        whole: Models | None = getattr(self._running, "models", None)
        if whole is not None:
            yield whole
            return
        with self._connections.one() as connection:
            models = Models(connection, events)
            # Looked up apart: where it is behind, somebody else may have caught up by the time it may write.
            if Models(connection, events).position() != events.head():
                with writing(connection):
                    self._catch_up(models)
            yield models

    def _catch_up(self, models: "Models") -> None:
        reason = models.catch_up(self._progress)
        position = models.position()
        if reason is not None and position is not None:
            self._made_anew = reason, position

    def rebuild(self, events: EventStore, *, progress: Progress) -> Rebuilding:
        """Makes them again from the events alone, in place of the present ones, and compares the two.

        Where they had to be made again just to be looked at, that was it.
        """
        before = self._digests_before(events)
        if isinstance(before, Anew):
            return Rebuilding(events.head().seq, (), before)
        aside = self.file.with_suffix(".rebuilt")
        remove_database(aside)
        with closing(_connected(aside)) as connection:
            models = Models(connection, events)
            with writing(connection):
                n_events = models.make_again(partial(progress, "rebuild"))
            after = models.digests()
            # Into the file that others have open, as one transaction of it.
            with self._connections.one() as present:
                connection.backup(present)
        remove_database(aside)
        return Rebuilding(n_events, tuple(table for table in TABLES if before.get(table) != after[table]))

    def _digests_before(self, events: EventStore) -> dict[str, str] | Anew:
        """What stands in the present tables, or why they have just been made again; nothing where the file is
        spoilt, which is then removed."""
        try:
            with self.read(events) as models:
                if self._made_anew is not None and self._made_anew[1] == models.position():
                    return self._made_anew[0]
                return models.digests()
        except sqlite3.DatabaseError as error:
            if not _is_spoilt(error):
                raise
            self._connections.close()
            remove_database(self.file)
            return {}


def _uncounted(n_taken: int, n_events: int) -> None:
    """Nobody waits for few events."""


def _remembered(ask: Callable[["Models", str], Answer]) -> Callable[["Models", str], Answer]:
    """A question about a person, an organisation or a cluster that is asked of the tables once, until
    something about them changes."""

    @wraps(ask)
    def answer(models: "Models", id: str) -> Answer:
        known = models.about_people.setdefault(id, {})
        if ask.__name__ not in known:
            known[ask.__name__] = ask(models, id)
        return cast(Answer, known[ask.__name__])

    return answer


class Models:
    """The read models on one connection, as events up to a position leave them.

    What the events taken last have changed is written when something is asked of it, mostly for many
    commands together.
    """

    def __init__(self, connection: sqlite3.Connection, events: EventStore) -> None:
        self._pending = Pending(connection)
        self._events = events
        self.remember(Memory())
        self._position: Head | None = None
        """The last event taken, once it is known."""
        self._written: Head | None = None
        """The last event of which, as of all before it, every row is put down."""

    @property
    def _settled(self) -> sqlite3.Connection:
        """The connection, for questions on all else."""
        return self._pending.settled

    @property
    def _sql(self) -> sqlite3.Connection:
        """The connection, with every row written: for questions on cases, facts and tallies."""
        self.settle()
        return self._pending.unsettled

    # Keeping up

    def position(self) -> Head | None:
        """The last event taken; None where the tables are missing or of another format."""
        if self._position is None:
            try:
                row = self._settled.execute("SELECT seq, hash, format FROM position").fetchone()
            except sqlite3.OperationalError:
                return None
            self._position = self._written = Head(row[0], row[1]) if row and row[2] == FORMAT else None
        return self._position

    def catch_up(self, progress: Progress = unheard) -> Anew | None:
        """Take the events after the position, or all of them where it is none of this ledger: gives why."""
        head, position = self._events.head(), self.position()
        if position == head:
            return None
        if position is not None and self._is_known(position, head):
            self._take_after(position, head, _uncounted)
            return None
        reason = self._why_anew()
        if head.seq:
            with telling(Happening.REBUILD, reason=reason, n_events=head.seq):
                self.make_again(partial(progress, f"rebuild-{reason}"))
        else:
            self.make_again(_uncounted)
        return reason

    def make_again(self, count: Count) -> int:
        """Take all events, in place of whatever was taken; gives how many."""
        self._begin_anew()
        return self._take_after(Head(0, ""), self._events.head(), count)

    def _take_after(self, position: Head, head: Head, count: Count) -> int:
        count(position.seq, head.seq)
        n_taken = 0
        for recorded in self._events.read_all(position.seq):
            self._projector.apply(recorded)
            n_taken += 1
            if n_taken % _EVENTS_PER_FLUSH == 0:
                self._projector.flush()
                self._pending.settle()
                count(position.seq + n_taken, head.seq)
        self._position = head
        self.settle()
        count(head.seq, head.seq)
        return n_taken

    def _why_anew(self) -> Anew:
        if self.position() is not None:
            return Anew.OTHER_LEDGER
        table = self._settled.execute("SELECT 1 FROM sqlite_schema WHERE name = 'position'").fetchone()
        return Anew.OTHER_FORMAT if table else Anew.MISSING

    def remember(self, memory: Memory) -> None:
        """Go on from what was known at the position, before anything is taken."""
        self._memory = memory
        self._projector = Projector(self._pending, self._events.read, memory)

    def left(self) -> tuple[Head | None, Memory]:
        """What is known now, and up to which event: for a later unit that begins there."""
        return self._position, self._memory

    def take(self, recorded: Iterable[Recorded]) -> None:
        """Take events that were just appended; those that were taken before are passed over."""
        position = self.position() or Head(0, "")
        new = [one for one in recorded if one.seq > position.seq]
        for one in new:
            self._projector.apply(one)
        if new:
            self._position = Head(new[-1].seq, new[-1].hash)

    def settle(self) -> None:
        """Write all rows that the events taken have changed."""
        if self._position is not None and self._position != self._written:
            self._written = self._position
            self._projector.flush()
            row = (FORMAT, self._position.seq, self._position.hash)
            self._pending.add("INSERT OR REPLACE INTO position VALUES (1,?,?,?)", row)
        self._pending.settle()

    @contextmanager
    def part(self) -> Iterator["Models"]:
        """A part that can fail alone."""
        self._pending.begin_part()
        mark, position, written = self._projector.mark(), self._position, self._written
        try:
            yield self
        except BaseException:
            self._pending.undo_part()
            self._projector.go_back(mark)
            self._position, self._written = position, written
            raise
        finally:
            self._pending.end_part()

    def digests(self) -> dict[str, str]:
        """What stands in each table, as a hash."""
        return {table: self._digest(table, order) for table, order in TABLES.items()}

    def _digest(self, table: str, order: str) -> str:
        seen = sha256()
        rows = self._sql.execute(f"SELECT * FROM {table} ORDER BY {order}")
        while together := rows.fetchmany(_ROWS_PER_READ):
            seen.update(marshal.dumps(together, _WITHOUT_REFERENCES))
        return seen.hexdigest()

    def _is_known(self, position: Head, head: Head) -> bool:
        """Whether the position is in this ledger's chain: not after a restore of an older one."""
        if position.seq > head.seq:
            return False
        at = next(iter(self._events.read_all(position.seq - 1)), None) if position.seq else None
        return at is not None and at.hash == position.hash

    def _begin_anew(self) -> None:
        sql = self._pending.writable
        tables = sql.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            sql.execute(f"DROP TABLE {table}")
        for statement in SCHEMA:
            sql.execute(statement)
        self._written = None
        self.remember(Memory(histories=Histories(is_whole=self._events.head().seq == 0)))

    @property
    def about_people(self) -> dict[str, dict[str, Any]]:
        """What was answered since it changed last, by whom it is about and what was asked."""
        return self._memory.people

    @property
    def connection(self) -> sqlite3.Connection:
        """For questions that say best in SQL what they ask; nothing is to be written through it but into
        temporary tables."""
        return self._sql

    # Cases

    def case(self, id: str) -> Followed | None:
        """A case; None where there is none of this id."""
        return self._projector.case(id)

    def case_ids(
        self,
        *,
        organisations: Sequence[str] = (),
        clusters: Sequence[str] = (),
        is_everybody: bool = False,
        with_closed: bool = False,
    ) -> list[str]:
        """The cases of organisations or clusters (or all), the earliest expiry first, then by id."""
        condition = "1" if with_closed else "c.is_open"
        if not is_everybody:
            condition += (
                f" AND c.id IN (SELECT case_id FROM parties WHERE organisation_id IN {_list(organisations)} "
                f"OR home_cluster IN {_list(clusters)})"
            )
        values = () if is_everybody else (*organisations, *clusters)
        rows = self._sql.execute(
            f"SELECT c.id FROM cases c WHERE {condition} ORDER BY c.expires_on, c.id", values
        )
        return [id for (id,) in rows]

    def waiting(self) -> list[Waiting]:
        """Everybody who is waited for, by case, act, cluster and organisation."""
        rows = self._sql.execute(
            "SELECT t.case_id, t.act, t.cluster, t.organisation_id, t.since, c.expires_on, c.coordinator "
            "FROM turns t JOIN cases c ON c.id = t.case_id "
            "ORDER BY t.case_id, t.act, t.cluster, t.organisation_id"
        )
        return [
            Waiting(id, Turn(Act(act), cluster, organisation), _date(since), _date(expires_on), coordinator)
            for id, act, cluster, organisation, since, expires_on, coordinator in rows
        ]

    def visits_by_member(self, *, first: date, last: date) -> dict[str, int]:
        """How many visits and contacts each coordinator recorded, from one day up to and with another.

        A visit to several organisations at once counts once for each.
        """
        rows = self._sql.execute(
            "SELECT member_id, COUNT(*) FROM fact_visits "
            "WHERE organisation_id <> '' AND day BETWEEN ? AND ? GROUP BY member_id ORDER BY member_id",
            [first.isoformat(), last.isoformat()],
        )
        return dict(rows.fetchall())

    def in_charge_of(self, member_id: str) -> list[str]:
        """The open and introduced cases a coordinator is in charge of, by id."""
        rows = self._sql.execute(
            "SELECT id FROM cases WHERE coordinator = ? AND (is_open OR state = ?) ORDER BY id",
            [member_id, State.INTRODUCED.value],
        )
        return [id for (id,) in rows]

    def past_requests(self, organisations: Sequence[str], *, since: date) -> list[PastRequest]:
        """The cases of organisations since a day, and all their open ones, as the rules look back on them."""
        histories = self._memory.histories
        unknown = histories.unknown(organisations, since=since)
        if unknown:
            histories.learn(unknown, self._read_requests(unknown, since), since=since)
        return histories.of(organisations, since=since)

    def told_of(self, organisation_id: str) -> list[KnownCase]:
        """The cases of an organisation that it asked for, was asked about or met in, by day and id."""
        rows = self._sql.execute(
            "SELECT c.id, c.state, p.is_requester FROM parties p JOIN cases c ON c.id = p.case_id "
            "WHERE p.organisation_id = ? AND (p.is_requester OR p.asked_on IS NOT NULL OR c.path = ?) "
            "ORDER BY c.opened_on, c.id",
            (organisation_id, CameAbout.OUTSIDE.value),
        )
        return [KnownCase(id, State(state), bool(is_requester)) for id, state, is_requester in rows]

    def same_introduction(self, parties: Sequence[str], need_id: str, *, on: date, days: int) -> str:
        """The introduction already made of the very same parties: for the same need or, where one of the
        two names none, within so many days; "" where there is none."""
        history = self.past_requests(parties, since=date.min)
        theirs = (self.case(request.case_id) for request in history if request.parties == frozenset(parties))
        made = [(one.introduced_on, one.case) for one in theirs if one and one.introduced_on]
        for introduced_on, case in sorted(made, key=lambda each: (each[0], each[1].id)):
            is_near = abs(introduced_on - on) <= timedelta(days=days)
            is_same = case.need_id == need_id if case.need_id and need_id else is_near
            if case.state is State.INTRODUCED and is_same:
                return case.id
        return ""

    def introduced_ids(
        self, *, organisations: Sequence[str], clusters: Sequence[str], is_everybody: bool, limit: int
    ) -> list[str]:
        """The latest introductions of organisations or clusters (or all), by day, then by id."""
        theirs = (
            f"AND id IN (SELECT case_id FROM parties WHERE organisation_id IN {_list(organisations)} "
            f"OR home_cluster IN {_list(clusters)})"
        )
        rows = self._sql.execute(
            f"SELECT id FROM cases WHERE state = ? {'' if is_everybody else theirs} "
            "ORDER BY introduced_on DESC, id LIMIT ?",
            [State.INTRODUCED.value, *(() if is_everybody else (*organisations, *clusters)), limit],
        )
        return [id for (id,) in rows]

    def introduced_to(self, organisation_id: str) -> frozenset[str]:
        """The organisations that were ever introduced to this one."""
        rows = self._sql.execute(
            "SELECT DISTINCT other.organisation_id FROM parties own JOIN cases c ON c.id = own.case_id "
            "JOIN parties other ON other.case_id = c.id WHERE own.organisation_id = ? "
            "AND other.organisation_id <> own.organisation_id AND c.introduced_on IS NOT NULL",
            (organisation_id,),
        )
        return frozenset(id for (id,) in rows)

    def times_shown(self, ids: Sequence[str], *, since: date, before: date) -> dict[str, int]:
        """How many cards of each of these organisations were shown from a day on and before another; none
        for one without any."""
        rows = self._sql.execute(
            "SELECT partner_id, COUNT(*) FROM fact_cards WHERE day >= ? AND day < ? "
            f"AND partner_id IN {_list(ids)} GROUP BY partner_id",
            (since.isoformat(), before.isoformat(), *ids),
        )
        return dict(rows)

    def signals(self, ids: Sequence[str], *, since: date) -> list[tuple[str, str, str]]:
        """What became of these organisations since a day: each with the text of what was looked for and
        how it ended (a kind of `matchbot.signals`), in no order that matters."""
        rated = self._sql.execute(
            "SELECT r.partner_id, CASE WHEN r.text <> '' THEN r.text ELSE n.text END, r.is_fitting "
            f"FROM ratings r LEFT JOIN needs n ON n.id = r.need_id WHERE r.partner_id IN {_list(ids)} "
            "AND r.rated_on >= ?",
            (*ids, since.isoformat()),
        )
        asked = self._sql.execute(
            f"""
            SELECT p.organisation_id, COALESCE(n.text, c.brief), CASE
                WHEN EXISTS (SELECT 1 FROM outcome_cases oc JOIN outcomes o ON o.id = oc.outcome_id
                    WHERE oc.case_id = c.id AND NOT o.is_reversed) THEN '{OUTCOME}'
                WHEN c.introduced_on IS NOT NULL THEN '{INTRODUCED}'
                WHEN p.answer = '{PartyAnswer.YES.value}' THEN '{ACCEPTED}'
                WHEN p.answer = '{PartyAnswer.NO.value}' THEN '{REFUSED}' ELSE '{REQUESTED}' END
            FROM parties p JOIN cases c ON c.id = p.case_id LEFT JOIN needs n ON n.id = c.need_id
            WHERE p.organisation_id IN {_list(ids)} AND NOT p.is_requester AND c.opened_on >= ?
            """,
            (*ids, since.isoformat()),
        )
        return [
            *((id, text, FITS if is_fitting else DOES_NOT_FIT) for id, text, is_fitting in rated if text),
            *((id, text, kind) for id, text, kind in asked if text),
        ]

    def answers(self, organisation_id: str, *, since: date | None) -> list[bool]:
        """Whether an organisation answered what it was asked and what has ended or been answered, in order.

        ``since``: after a pause was lifted, what came before does not count.
        """
        rows = self._sql.execute(
            "SELECT p.answer FROM parties p JOIN cases c ON c.id = p.case_id WHERE p.organisation_id = ? "
            "AND p.asked_on >= ? AND NOT p.is_requester AND (c.state = ? OR p.answered_on IS NOT NULL) "
            "ORDER BY p.asked_on, c.id",
            [organisation_id, (since or date.min).isoformat(), State.EXPIRED.value],
        )
        return [PartyAnswer(answer) is not PartyAnswer.ASKED for (answer,) in rows]

    def acceptance(self, organisation_id: str) -> tuple[int, int]:
        """How often an organisation that was asked has answered, and how often with yes."""
        n_answered, n_yes = self._sql.execute(
            "SELECT COUNT(*), COALESCE(SUM(answer = ?), 0) FROM parties WHERE organisation_id = ? "
            "AND NOT is_requester AND answered_on IS NOT NULL AND answer IN (?, ?)",
            [PartyAnswer.YES.value, organisation_id, PartyAnswer.YES.value, PartyAnswer.NO.value],
        ).fetchone()
        return n_answered, n_yes

    def without_follow_up(self, *, days: int, introduced_after: date, introduced_by: date) -> list[str]:
        """The introductions of a time, by id, that were not given up and of which a party was not asked
        the follow-up of so many days."""
        rows = self._sql.execute(
            "SELECT c.id FROM cases c WHERE c.introduced_on > ? AND c.introduced_on <= ? AND c.state = ? "
            "AND c.progress <> ? "
            "AND (SELECT COUNT(*) FROM follow_ups f WHERE f.case_id = c.id AND f.days = ?) "
            "< (SELECT COUNT(*) FROM parties p WHERE p.case_id = c.id) ORDER BY c.id",
            [
                introduced_after.isoformat(),
                introduced_by.isoformat(),
                State.INTRODUCED.value,
                Stage.GIVEN_UP.value,
                days,
            ],
        )
        return [id for (id,) in rows]

    def planned_meetings(self, *, after: date, until: date) -> list[str]:
        """The cases whose parties are to meet after a day and until another, by id."""
        rows = self._sql.execute(
            "SELECT case_id FROM meetings WHERE planned_on > ? AND planned_on <= ? ORDER BY case_id",
            [after.isoformat(), until.isoformat()],
        )
        return [id for (id,) in rows]

    def unanswered_follow_ups(self, *, on: date) -> list[FollowUp]:
        """The follow-ups whose time to answer is over on a day, by case, days and organisation."""
        rows = self._sql.execute(
            "SELECT case_id, organisation_id, days, answer_by FROM follow_ups WHERE NOT is_closed "
            "AND answer_by < ? ORDER BY case_id, days, organisation_id",
            [on.isoformat()],
        )
        return [FollowUp(id, organisation, n, _date(answer_by)) for id, organisation, n, answer_by in rows]

    def asked_organisations(self) -> list[str]:
        """The organisations that were ever asked by others, by id."""
        rows = self._sql.execute(
            "SELECT DISTINCT organisation_id FROM parties WHERE asked_on IS NOT NULL AND NOT is_requester "
            "ORDER BY organisation_id"
        )
        return [id for (id,) in rows]

    # Needs and outcomes

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

    # Profiles

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

    # Help

    def help_ticket(self, id: str) -> HelpTicket | None:
        """A call for help; None where there is none of this id."""
        return next(iter(self._help("WHERE id = ?", id)), None)

    def help_tickets(self, *, with_closed: bool = False) -> list[HelpTicket]:
        """The calls for help, by day and id: those that are open, or all."""
        return self._help(f"WHERE {'1' if with_closed else 'closed_on IS NULL'} ORDER BY asked_on, id")

    # People

    @_remembered
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

    @_remembered
    def speakers(self, organisation_id: str) -> tuple[Member, ...]:
        """Who speaks for an organisation, by id."""
        return self._members_in("speakers", "organisation_id", organisation_id)

    @_remembered
    def coordinators(self, cluster: str) -> tuple[Member, ...]:
        """Who answers for a cluster, by id; for "" the programme's staff."""
        if cluster:
            return self._members_in("coordinators", "cluster", cluster)
        rows = self._settled.execute(
            "SELECT content FROM members WHERE role = 'staff' AND NOT has_left ORDER BY id"
        )
        return tuple(member_of_content(content) for (content,) in rows)

    @_remembered
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

    @_remembered
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
        return {id: date.fromisoformat(on) for id, on in rows}

    def kept_off(self, organisation_id: str) -> frozenset[str]:
        """The organisations that are never to meet this one, whichever of them said so."""
        here = self.standing(organisation_id)
        own = [(entry.kind, entry.target_id) for entry in self.barred_by(organisation_id)]
        groups = [target for kind, target in own if kind is Barred.GROUP]
        people = [target for kind, target in own if kind is Barred.PERSON]
        mine = (organisation_id, *here.member_ids, *filter(None, (here.group_id,)))
        others = self._settled.execute(
            f"SELECT organisation_id FROM groups WHERE group_id IN {_list(groups)} UNION "
            f"SELECT organisation_id FROM speakers WHERE member_id IN {_list(people)} UNION "
            f"SELECT owner_id FROM barred WHERE target_id IN {_list(mine)}",
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

    # Within

    def _read_requests(self, organisations: Sequence[str], since: date) -> list[PastRequest]:
        rows = self._sql.execute(
            f"""
            SELECT c.id, c.requester, c.opened_on, c.expires_on, c.is_open, c.state, c.brief,
                (SELECT GROUP_CONCAT(p.organisation_id, ' ') FROM parties p WHERE p.case_id = c.id)
            FROM cases c WHERE c.id IN (SELECT case_id FROM parties WHERE organisation_id IN
                {_list(organisations)}) AND (c.opened_on >= ? OR c.is_open)
            """,
            (*organisations, since.isoformat()),
        )
        return [
            PastRequest(
                case_id=id,
                requester_id=requester,
                parties=frozenset(parties.split()),
                requested_on=_date(opened_on),
                expires_on=_date(expires_on),
                is_open=bool(is_open),
                is_refunded=is_refunded(State(state)),
                text_id=brief,
            )
            for id, requester, opened_on, expires_on, is_open, state, brief, parties in rows
        ]

    def _members_in(self, table: str, column: str, value: str) -> tuple[Member, ...]:
        rows = self._settled.execute(
            f"SELECT m.content FROM {table} x JOIN members m ON m.id = x.member_id WHERE x.{column} = ? "
            "ORDER BY m.id",
            [value],
        )
        return tuple(member_of_content(content) for (content,) in rows)

    @_remembered
    def _barred_by(self, organisation_id: str) -> tuple[NeverIntroduce, ...]:
        rows = self._settled.execute(
            "SELECT kind, target_id FROM barred WHERE owner_id = ? ORDER BY kind, target_id",
            [organisation_id],
        )
        return tuple(NeverIntroduce(organisation_id, Barred(kind), target) for kind, target in rows)

    def _help(self, condition: str, *values: str) -> list[HelpTicket]:
        rows = self._settled.execute(
            "SELECT id, member_id, cluster, organisation_id, about, text, taken_by, closed_by, reply, "
            f"asked_on, closed_on FROM help {condition}",
            values,
        )
        return [
            HelpTicket(
                id, member, cluster, organisation, about, text, taken, closed, reply, _date(on), day(end)
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


def _whole(file: Path) -> sqlite3.Connection:
    """A connection to a file that is made anew where it is missing or spoilt."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(file)
    except sqlite3.DatabaseError as error:
        if not _is_spoilt(error):
            raise
        remove_database(file)
        return _connected(file)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # What a crash takes is made again from the events.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES_BEFORE_TIDYING}")
        connection.execute("PRAGMA cache_size = -65536")
        # Where each command is a part of a long transaction, a part's journal is not worth a file.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_spoilt(error: sqlite3.DatabaseError) -> bool:
    """Whether a file is no database any more: a crash may leave it so, as nothing waits for the disk."""
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _list(values: Sequence[str]) -> str:
    return f"({','.join('?' * len(values))})"
