"""The rows that single events change: needs, cards, wishes, people, surveys, drafts, meetings."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import lru_cache

from pydantic import TypeAdapter

from matchbot import helping, members, participation
from matchbot.aftermath import reports, surveys
from matchbot.ledger.stores import Recorded
from matchbot.policy import Role
from matchbot.projections.writing import Pending, day, iso

_MEMBER = TypeAdapter(members.Member)
_SURVEY = TypeAdapter(surveys.SurveySent)


def _save_need(pending: Pending, recorded: Recorded) -> None:
    need = saved_need(recorded)
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


def saved_need(recorded: Recorded) -> participation.SavedNeed:
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
            iso(wishes.paused_until),
            wishes.has_opted_out,
            iso(recorded.event_date) if has_resumed else None,
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


def nothing(pending: Pending, recorded: Recorded) -> None:
    """Most events of a case change its own rows only."""


OF_CASES: Mapping[str, Callable[[Pending, Recorded], None]] = {
    "MeetingPlanned": _plan_meeting,
    "MeetingCalledOff": _call_off_meeting,
    "FollowUpAsked": _ask_follow_up,
    "FollowUpAnswered": _close_follow_up,
    "FollowUpUnanswered": _close_follow_up,
}

ROWS: Mapping[str, Callable[[Pending, Recorded], None]] = {
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


ABOUT_MEMBERS = frozenset(type for type, put in ROWS.items() if put in (_take_part, _write_member))
ABOUT_ORGANISATIONS = frozenset(
    type for type, put in ROWS.items() if put in (_assign, _group, _wish, _bar, _unbar)
)
"""The events after which what was known of people and wishes is asked anew."""
