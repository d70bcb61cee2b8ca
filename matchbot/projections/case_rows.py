"""The rows of cases and outcomes, which are written whole as the events leave them."""

from collections.abc import Sequence

from matchbot.aftermath import outcomes
from matchbot.aftermath.outcomes import Outcome
from matchbot.following import Followed, answer_of
from matchbot.projections.writing import Pending, iso, put
from matchbot.sql import Value

_PUT_CASE = put(
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
_PUT_PARTY = put(
    "parties",
    ["case_id", "organisation_id"],
    ["position", "home_cluster", "is_requester", "answer", "asked_on", "answered_on"],
)


def write_cases(pending: Pending, cases: Sequence[Followed]) -> None:
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
        iso(followed.introduced_on),
        iso(followed.closed_on),
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
        iso(followed.asked_on.get(id)),
        iso(followed.answered_on.get(id)),
    )


def write_outcome(pending: Pending, outcome: Outcome) -> None:
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
