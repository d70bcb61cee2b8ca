"""The facts that are counted: every event an indicator looks at, as rows that are never changed again.

Each row says when its event was recorded. What was known at a time is therefore all rows recorded by
then, without folding a single event again; what came later (a correction, a reversal) is a later row.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from corpus.storage import moment
from matchbot import aftermath
from matchbot.ledger.stores import Recorded
from matchbot.members import MATCHBOT

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
    "subject_id TEXT NOT NULL, survey TEXT NOT NULL, parties_seq INTEGER NOT NULL, "
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
}
"""Every table of facts, and the order it is compared in."""


def write_facts(sql: sqlite3.Connection, recorded: Recorded) -> None:
    """Add the rows of one event; most kinds have some."""
    for write in _WRITERS.get(recorded.type, ()):
        write(sql, recorded)


Write = Callable[[sqlite3.Connection, Recorded], None]


def _insert(sql: sqlite3.Connection, table: str, recorded: Recorded, *values: object) -> None:
    row = (recorded.seq, moment(recorded.recorded_at), *values)
    sql.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)


def _write_parties(sql: sqlite3.Connection, seq: int, parties: Iterable[Mapping[str, Any]]) -> None:
    rows = [
        (
            seq,
            party["organisation_id"],
            party["kind"],
            party["home_cluster"],
            " ".join(party["clusters"]),
            party["country"],
            party["is_requester"],
        )
        for party in parties
    ]
    sql.executemany("INSERT OR IGNORE INTO fact_parties VALUES (?,?,?,?,?,?,?)", rows)


# --- Cases ---


def _open(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    _insert(
        sql,
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
    _write_parties(sql, recorded.seq, said["parties"])


def _step(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    member = said.get("to_member") or said.get("member_id") or ""
    day, party = recorded.event_date.isoformat(), said.get("organisation_id", "")
    _insert(sql, "fact_steps", recorded, day, said["case_id"], recorded.type, party, member)


def _make(sql: sqlite3.Connection, recorded: Recorded) -> None:
    _step(sql, recorded)
    _write_parties(sql, recorded.seq, recorded.payload["parties"])


def _meet(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    is_reversal = recorded.type == "MeetingReversed"
    party, document = said.get("organisation_id", ""), said.get("document")
    _insert(
        sql,
        "fact_meetings",
        recorded,
        said["case_id"],
        said["met_on"],
        party,
        document is not None,
        is_reversal,
    )


# --- Outcomes ---


def _outcome(sql: sqlite3.Connection, recorded: Recorded) -> None:
    """An outcome as this event leaves it, with what it does not say taken from the row before."""
    said = recorded.payload
    known = _known_outcome(sql, said["outcome_id"])
    if "facts" in said:
        facts = said["facts"]
        known |= {name: facts[name] for name in ("kind", "certainty", "subject_id")} | {"day": facts["on"]}
        known |= {"parties_seq": recorded.seq, "survey": said.get("survey", known.get("survey", ""))}
        _write_parties(sql, recorded.seq, facts["parties"])
    elif recorded.type == "OutcomeConfirmed":
        certainty = aftermath.Certainty.CONFIRMED.value
        known |= {"certainty": certainty, "day": said["on"], "parties_seq": recorded.seq}
        _write_parties(sql, recorded.seq, said["parties"])
    known["is_reversed"] = recorded.type == "OutcomeReversed"
    _insert(
        sql,
        "fact_outcomes",
        recorded,
        said["outcome_id"],
        *(known[name] for name in _OUTCOME_COLUMNS),
    )


_OUTCOME_COLUMNS = ("kind", "day", "certainty", "subject_id", "survey", "parties_seq", "is_reversed")


def _known_outcome(sql: sqlite3.Connection, id: str) -> dict[str, Any]:
    row = sql.execute(
        f"SELECT {', '.join(_OUTCOME_COLUMNS)} FROM fact_outcomes WHERE outcome_id = ? "
        "ORDER BY seq DESC LIMIT 1",
        [id],
    ).fetchone()
    return dict(zip(_OUTCOME_COLUMNS, row, strict=True)) if row else {}


def _claim(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    claimant = said["organisation_id"] or said["member_id"]
    columns = ("organisation_id", "cluster", "case_id", "evidence", "attribution", "would_have_met")
    _insert(
        sql,
        "fact_claims",
        recorded,
        said["outcome_id"],
        claimant,
        *(said[column] for column in columns),
    )


# --- What organisations do ---


def _need(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    columns = ("need_id", "organisation_id", "purpose", "repeats")
    day = recorded.event_date.isoformat()
    _insert(sql, "fact_needs", recorded, day, *(said[column] for column in columns))


def _cards(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said, day = recorded.payload, recorded.event_date.isoformat()
    for partner in dict.fromkeys(said["partners"]):
        _insert(sql, "fact_cards", recorded, day, said["need_id"], partner)


def _tie(sql: sqlite3.Connection, recorded: Recorded) -> None:
    first, second = sorted(recorded.payload["organisation_ids"])
    day = recorded.event_date.isoformat()
    _insert(sql, "fact_ties", recorded, day, first, second, recorded.payload["since"])


def _wish(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said, day = recorded.payload, recorded.event_date.isoformat()
    _insert(
        sql,
        "fact_wishes",
        recorded,
        day,
        said["organisation_id"],
        recorded.type,
        said.get("until"),
    )


def _survey(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    columns = ("wave", "member_id", "organisation_id", "role", "side", "cluster")
    _insert(
        sql,
        "fact_surveys",
        recorded,
        recorded.event_date.isoformat(),
        *(said[column] for column in columns),
        recorded.type == "SurveyAnswered",
        said.get("satisfaction"),
        said.get("recommendation"),
    )


def _award(sql: sqlite3.Connection, recorded: Recorded) -> None:
    said = recorded.payload
    _insert(sql, "fact_awards", recorded, said["on"], said["award_id"], said["scheme"], said["n_winners"])
    _write_parties(sql, recorded.seq, said["parties"])


# --- Own actions: what shows that an organisation takes part ---


def _act(sql: sqlite3.Connection, recorded: Recorded) -> None:
    """What an organisation did itself or a coordinator heard from it; nothing that matchbot did."""
    if recorded.actor == MATCHBOT.id:
        return
    day = recorded.event_date.isoformat()
    for organisation in dict.fromkeys(_who_acts(recorded.payload)):
        _insert(sql, "fact_acts", recorded, day, organisation, recorded.type)


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
    "VisitLogged": (_act,),
    "TieDeclared": (_tie,),
    "OrganisationPaused": (_wish,),
    "OrganisationResumed": (_wish,),
    "OrganisationOptedOut": (_wish,),
    "SurveySent": (_survey,),
    "SurveyAnswered": (_survey,),
    "AwardRecorded": (_award,),
}
