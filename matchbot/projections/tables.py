"""The tables of the read models."""

from collections.abc import Mapping

from matchbot.facts import SCHEMA as FACT_SCHEMA
from matchbot.facts import TABLES as FACT_TABLES

FORMAT = 14
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
