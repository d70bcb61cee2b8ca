"""The facts that are counted: every event an indicator looks at, as rows that are never changed again.

Each row says when its event was recorded. What was known at a time is therefore all rows recorded by
then, without folding a single event again; what came later (a correction, a reversal) is a later row.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from corpus.storage import moment
from matchbot.aftermath import outcomes
from matchbot.ledger.stores import Recorded
from matchbot.members import MATCHBOT
from matchbot.sql import Pending

SCHEMA = (
    "CREATE TABLE fact_cases (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "case_id TEXT NOT NULL, need_id TEXT NOT NULL, purpose TEXT NOT NULL, path TEXT NOT NULL, "
    "coordinator TEXT NOT NULL, n_approvals INTEGER NOT NULL) STRICT",
    "CREATE TABLE fact_steps (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "case_id TEXT NOT NULL, step TEXT NOT NULL, organisation_id TEXT NOT NULL, "
    "member_id TEXT NOT NULL) STRICT",
    # The parties of a case or an outcome, as the event of this number has them.
    "CREATE TABLE fact_parties (seq INTEGER NOT NULL, organisation_id TEXT NOT NULL, kind TEXT NOT NULL, "
    "home_cluster TEXT NOT NULL, clusters TEXT NOT NULL, country TEXT NOT NULL, "
    "is_requester INTEGER NOT NULL, PRIMARY KEY (seq, organisation_id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE fact_meetings (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, case_id TEXT NOT NULL, "
    "met_on TEXT NOT NULL, organisation_id TEXT NOT NULL, is_documented INTEGER NOT NULL, "
    "is_reversal INTEGER NOT NULL) STRICT",
    "CREATE TABLE fact_outcomes (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, "
    "outcome_id TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, certainty TEXT NOT NULL, "
    "subject_id TEXT NOT NULL, novelty TEXT NOT NULL, start TEXT NOT NULL, "
    "survey TEXT NOT NULL, parties_seq INTEGER NOT NULL, "
    "is_reversed INTEGER NOT NULL) STRICT",
    "CREATE INDEX fact_outcomes_by_id ON fact_outcomes (outcome_id, seq)",
    "CREATE TABLE fact_claims (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, "
    "outcome_id TEXT NOT NULL, claimant TEXT NOT NULL, organisation_id TEXT NOT NULL, "
    "cluster TEXT NOT NULL, case_id TEXT NOT NULL, evidence TEXT NOT NULL, attribution TEXT, "
    "would_have_met TEXT NOT NULL) STRICT",
    "CREATE TABLE fact_needs (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "need_id TEXT NOT NULL, organisation_id TEXT NOT NULL, purpose TEXT NOT NULL, "
    "repeats TEXT NOT NULL) STRICT",
    "CREATE TABLE fact_cards (seq INTEGER NOT NULL, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "need_id TEXT NOT NULL, partner_id TEXT NOT NULL, PRIMARY KEY (seq, partner_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX fact_cards_by_partner ON fact_cards (partner_id, day)",
    "CREATE TABLE fact_acts (seq INTEGER NOT NULL, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "organisation_id TEXT NOT NULL, act TEXT NOT NULL, PRIMARY KEY (seq, organisation_id)) "
    "STRICT, WITHOUT ROWID",
    "CREATE TABLE fact_ties (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "first_id TEXT NOT NULL, second_id TEXT NOT NULL, since TEXT) STRICT",
    "CREATE TABLE fact_wishes (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "organisation_id TEXT NOT NULL, wish TEXT NOT NULL, until TEXT) STRICT",
    "CREATE TABLE fact_surveys (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "wave TEXT NOT NULL, member_id TEXT NOT NULL, organisation_id TEXT NOT NULL, role TEXT NOT NULL, "
    "side TEXT NOT NULL, cluster TEXT NOT NULL, is_answer INTEGER NOT NULL, satisfaction INTEGER, "
    "recommendation INTEGER) STRICT",
    "CREATE TABLE fact_awards (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "award_id TEXT NOT NULL, scheme TEXT NOT NULL, n_winners INTEGER NOT NULL) STRICT",
    # A target without a value was lifted. ``source`` is an id in the private store.
    "CREATE TABLE fact_targets (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, figure TEXT NOT NULL, "
    "cluster TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, value REAL, "
    "source TEXT NOT NULL) STRICT",
    # ``reason`` and ``text`` too. A break or comment is followed by what lifts it, or was done about it.
    "CREATE TABLE fact_breaks (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, break_id TEXT NOT NULL, "
    "figure TEXT NOT NULL, cluster TEXT NOT NULL, day TEXT, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE fact_comments (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "comment_id TEXT NOT NULL, figure TEXT NOT NULL, fiscal_year INTEGER, text TEXT NOT NULL) STRICT",
    # The national average has no organisation.
    "CREATE TABLE fact_performance (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, "
    "organisation_id TEXT NOT NULL, fiscal_year INTEGER NOT NULL, is_large INTEGER NOT NULL, "
    "is_member INTEGER NOT NULL, sales REAL, employees REAL, value_added REAL, "
    "industry TEXT NOT NULL) STRICT",
    # One row for each organisation of a visit; what became known later of it has none.
    "CREATE TABLE fact_visits (seq INTEGER NOT NULL, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "visit_id TEXT NOT NULL, organisation_id TEXT NOT NULL, member_id TEXT NOT NULL, need_id TEXT NOT NULL, "
    "case_id TEXT NOT NULL, PRIMARY KEY (seq, organisation_id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE fact_stories (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, "
    "case_id TEXT NOT NULL) STRICT",
    "CREATE TABLE fact_snapshots (seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, day TEXT NOT NULL, "
    "snapshot TEXT NOT NULL, good_at TEXT NOT NULL) STRICT",
    "CREATE TABLE fact_answered (seq INTEGER NOT NULL, recorded_at TEXT NOT NULL, snapshot TEXT NOT NULL, "
    "question TEXT NOT NULL, ndcg REAL NOT NULL, recall REAL NOT NULL, PRIMARY KEY (seq, question)) "
    "STRICT, WITHOUT ROWID",
)

TABLES: Mapping[str, str] = {
    "fact_cases": "seq",
    "fact_steps": "seq",
    "fact_parties": "seq, organisation_id",
    "fact_meetings": "seq",
    "fact_outcomes": "seq",
    "fact_claims": "seq",
    "fact_needs": "seq",
    "fact_cards": "seq, partner_id",
    "fact_acts": "seq, organisation_id",
    "fact_ties": "seq",
    "fact_wishes": "seq",
    "fact_surveys": "seq",
    "fact_awards": "seq",
    "fact_targets": "seq",
    "fact_breaks": "seq",
    "fact_comments": "seq",
    "fact_performance": "seq",
    "fact_visits": "seq, organisation_id",
    "fact_stories": "seq",
    "fact_snapshots": "seq",
    "fact_answered": "seq, question",
}
"""Every table of facts, and the order it is compared in."""


Row = tuple[str, tuple[Any, ...]]
"""A table, and a row of it."""


class FactWriter:
    """Collects the rows of events, and puts them all down with `flush`."""

    def __init__(self, pending: Pending[sqlite3.Connection]) -> None:
        self._pending = pending
        self._rows: list[Row] = []

    def take(self, recorded: Recorded) -> None:
        """Add the rows of one event; most kinds have some."""
        for write in _WRITERS.get(recorded.type, ()):
            write(self, recorded)

    def flush(self) -> None:
        """Put down what was collected."""
        # A new list: a mark may hold the present one.
        rows, self._rows = self._rows, []
        for table, row in rows:
            self._pending.add(_insertion(table, len(row)), row)

    def mark(self) -> tuple[list[Row], int]:
        """What is collected by now, to be given to `go_back`."""
        return self._rows, len(self._rows)

    def go_back(self, mark: tuple[list[Row], int]) -> None:
        """Have collected what was collected at a mark."""
        self._rows, n_rows = mark
        del self._rows[n_rows:]

    def add(self, table: str, recorded: Recorded, *values: object) -> None:
        """A row of an event: its number, when it was recorded, and the values."""
        self._rows.append((table, (recorded.seq, moment(recorded.recorded_at), *values)))

    def add_parties(self, seq: int, parties: Iterable[Mapping[str, Any]]) -> None:
        """The parties that an event has, each once."""
        rows = {
            party["organisation_id"]: (
                seq,
                party["organisation_id"],
                party["kind"],
                party["home_cluster"],
                " ".join(party["clusters"]),
                party["country"],
                party["is_requester"],
            )
            for party in parties
        }
        self._rows += (("fact_parties", row) for row in rows.values())

    def outcome(self, recorded: Recorded) -> dict[str, Any]:
        """An outcome as the events before this one leave it; empty where there are none."""
        if recorded.version == 1:
            return {}
        self.flush()
        row = self._pending.settled.execute(
            f"SELECT {', '.join(_OUTCOME_COLUMNS)} FROM fact_outcomes WHERE outcome_id = ? "
            "ORDER BY seq DESC LIMIT 1",
            [recorded.payload["outcome_id"]],
        ).fetchone()
        return dict(zip(_OUTCOME_COLUMNS, row, strict=True)) if row else {}


@cache
def _insertion(table: str, n_columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({','.join('?' * n_columns)})"


Write = Callable[[FactWriter, Recorded], None]


# --- Cases ---


def _open(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    writer.add(
        "fact_cases",
        recorded,
        recorded.event_date.isoformat(),
        said["case_id"],
        said["need_id"],
        said["purpose"],
        said["path"],
        said["coordinator"],
        len(said["approvals_needed"]),
    )
    writer.add_parties(recorded.seq, said["parties"])


def _step(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    member = said.get("to_member") or said.get("member_id") or ""
    day, party = recorded.event_date.isoformat(), said.get("organisation_id", "")
    writer.add("fact_steps", recorded, day, said["case_id"], recorded.type, party, member)


def _make(writer: FactWriter, recorded: Recorded) -> None:
    _step(writer, recorded)
    writer.add_parties(recorded.seq, recorded.payload["parties"])


def _meet(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    is_reversal = recorded.type == "MeetingReversed"
    party, document = said.get("organisation_id", ""), said.get("document")
    writer.add(
        "fact_meetings",
        recorded,
        said["case_id"],
        said["met_on"],
        party,
        document is not None,
        is_reversal,
    )


# --- Outcomes ---


def _outcome(writer: FactWriter, recorded: Recorded) -> None:
    """An outcome as this event leaves it, with what it does not say taken from the row before."""
    said = recorded.payload
    known = writer.outcome(recorded)
    if "facts" in said:
        facts = said["facts"]
        known |= {name: facts[name] or "" for name in _OF_FACTS} | {"day": facts["on"]}
        known |= {"parties_seq": recorded.seq, "survey": said.get("survey", known.get("survey", ""))}
        writer.add_parties(recorded.seq, facts["parties"])
    elif recorded.type == "OutcomeConfirmed":
        certainty = outcomes.Certainty.CONFIRMED.value
        known |= {"certainty": certainty, "day": said["on"], "parties_seq": recorded.seq}
        writer.add_parties(recorded.seq, said["parties"])
    known["is_reversed"] = recorded.type == "OutcomeReversed"
    writer.add(
        "fact_outcomes",
        recorded,
        said["outcome_id"],
        *(known[name] for name in _OUTCOME_COLUMNS),
    )


_OF_FACTS = ("kind", "certainty", "subject_id", "novelty", "start")
_OUTCOME_COLUMNS = (
    "kind",
    "day",
    "certainty",
    "subject_id",
    "novelty",
    "start",
    "survey",
    "parties_seq",
    "is_reversed",
)


def _claim(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    claimant = said["organisation_id"] or said["member_id"]
    columns = ("organisation_id", "cluster", "case_id", "evidence", "attribution", "would_have_met")
    writer.add(
        "fact_claims",
        recorded,
        said["outcome_id"],
        claimant,
        *(said[column] for column in columns),
    )


# --- What organisations do ---


def _need(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    columns = ("need_id", "organisation_id", "purpose", "repeats")
    day = recorded.event_date.isoformat()
    writer.add("fact_needs", recorded, day, *(said[column] for column in columns))


def _cards(writer: FactWriter, recorded: Recorded) -> None:
    said, day = recorded.payload, recorded.event_date.isoformat()
    for partner in dict.fromkeys(said["partners"]):
        writer.add("fact_cards", recorded, day, said["need_id"], partner)


def _tie(writer: FactWriter, recorded: Recorded) -> None:
    first, second = sorted(recorded.payload["organisation_ids"])
    day = recorded.event_date.isoformat()
    writer.add("fact_ties", recorded, day, first, second, recorded.payload["since"])


def _wish(writer: FactWriter, recorded: Recorded) -> None:
    said, day = recorded.payload, recorded.event_date.isoformat()
    writer.add(
        "fact_wishes",
        recorded,
        day,
        said["organisation_id"],
        recorded.type,
        said.get("until"),
    )


def _survey(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    columns = ("wave", "member_id", "organisation_id", "role", "side", "cluster")
    writer.add(
        "fact_surveys",
        recorded,
        recorded.event_date.isoformat(),
        *(said[column] for column in columns),
        recorded.type == "SurveyAnswered",
        said.get("satisfaction"),
        said.get("recommendation"),
    )


def _award(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    writer.add("fact_awards", recorded, said["on"], said["award_id"], said["scheme"], said["n_winners"])
    writer.add_parties(recorded.seq, said["parties"])


# --- What an evaluation adds ---


def _target(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    key = (said[name] for name in ("figure", "cluster", "first", "last"))
    source = said.get("source")
    writer.add("fact_targets", recorded, *key, said.get("value"), source["id"] if source else "")


def _break(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    where = (said.get("figure", ""), said.get("cluster", ""), said.get("on"))
    writer.add("fact_breaks", recorded, said["break_id"], *where, said["reason"]["id"])


def _comment(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    about = (said["comment_id"], said.get("figure", ""), said.get("fiscal_year"), said["text"]["id"])
    writer.add("fact_comments", recorded, recorded.event_date.isoformat(), *about)


def _performance(writer: FactWriter, recorded: Recorded) -> None:
    said = recorded.payload
    who = (said.get("organisation_id", ""), said["fiscal_year"])
    accounts = (said["accounts"][name] for name in ("sales", "employees", "value_added"))
    is_large, is_member = said.get("is_large", False), said.get("is_member", False)
    industry = said.get("industry", "")
    writer.add("fact_performance", recorded, *who, is_large, is_member, *accounts, industry)


def _visit(writer: FactWriter, recorded: Recorded) -> None:
    said, day = recorded.payload, recorded.event_date.isoformat()
    for organisation in dict.fromkeys(said.get("organisation_ids", [""])):
        led_to = (said["need_id"], said["case_id"])
        writer.add("fact_visits", recorded, day, said["visit_id"], organisation, said["member_id"], *led_to)


def _story(writer: FactWriter, recorded: Recorded) -> None:
    writer.add("fact_stories", recorded, recorded.payload["case_id"])


def _search_data(writer: FactWriter, recorded: Recorded) -> None:
    said, day = recorded.payload, recorded.event_date.isoformat()
    writer.add("fact_snapshots", recorded, day, said["snapshot"], said["good_at"])
    for answered in said["answered"]:
        scores = (answered["question"], answered["ndcg"], answered["recall"])
        writer.add("fact_answered", recorded, said["snapshot"], *scores)


# --- Own actions: what shows that an organisation takes part ---


def _act(writer: FactWriter, recorded: Recorded) -> None:
    """What an organisation did itself or a coordinator heard from it; nothing that matchbot did."""
    if recorded.actor == MATCHBOT.id:
        return
    day = recorded.event_date.isoformat()
    for organisation in dict.fromkeys(_who_acts(recorded.payload)):
        writer.add("fact_acts", recorded, day, organisation, recorded.type)


def _who_acts(said: Mapping[str, Any]) -> Iterable[str]:
    if "parties" in said:
        return [party["organisation_id"] for party in said["parties"] if party["is_requester"]]
    if "organisation_ids" in said:
        return list(said["organisation_ids"])
    return [said["organisation_id"]] if said["organisation_id"] else []


_WRITERS: Mapping[str, tuple[Write, ...]] = {
    "IntroductionRequested": (_open, _act),
    "IntroductionProposed": (_open,),
    "OutsideIntroductionLogged": (_open,),
    "IntroductionApproved": (_step,),
    "IntroductionReturned": (_step,),
    "IntroductionResubmitted": (_step,),
    "IntroductionDeclined": (_step,),
    "IntroductionStopped": (_step,),
    "PartyAsked": (_step,),
    "ConsentGiven": (_step, _act),
    "ConsentRefused": (_step, _act),
    "AnswerDeferred": (_step, _act),
    "IntroductionMade": (_make,),
    "IntroductionWithdrawn": (_step,),
    "IntroductionExpired": (_step,),
    "IntroductionCancelled": (_step,),
    "IntroductionReversed": (_step,),
    "CaseHandedOver": (_step,),
    "MeetingReported": (_meet, _act),
    "MeetingReversed": (_meet,),
    "OutcomeRecorded": (_outcome,),
    "OutcomeConfirmed": (_outcome,),
    "OutcomeCorrected": (_outcome,),
    "OutcomeReversed": (_outcome,),
    "OutcomeClaimed": (_claim,),
    "NeedSaved": (_need,),
    "PartnersShown": (_cards,),
    "ProfileRenewed": (_act,),
    "VisitLogged": (_act, _visit),
    "VisitLinked": (_visit,),
    "TieDeclared": (_tie,),
    "OrganisationPaused": (_wish,),
    "OrganisationResumed": (_wish,),
    "OrganisationOptedOut": (_wish,),
    "SurveySent": (_survey,),
    "SurveyAnswered": (_survey,),
    "AwardRecorded": (_award,),
    "TargetSet": (_target,),
    "TargetLifted": (_target,),
    "SeriesBroken": (_break,),
    "BreakLifted": (_break,),
    "CommentMade": (_comment,),
    "ActionTaken": (_comment,),
    "YearReported": (_performance,),
    "AverageStated": (_performance,),
    "StoryPublished": (_story,),
    "SearchDataServed": (_search_data,),
}
