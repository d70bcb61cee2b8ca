"""What the desk answers, as people see it in a terminal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from matchbot.cli.cards import reason_lines
from matchbot.cli.rejections import show_rejected
from matchbot.cli.shell import Shell
from matchbot.introductions.words import OPEN
from matchbot.policy import Barred
from matchbot.workdays import day_of, to_the_minute

if TYPE_CHECKING:
    from matchbot.deadlines import Absence
    from matchbot.desk import (
        Accesses,
        AwardImport,
        CaseView,
        ContactView,
        DecisionCard,
        Document,
        Forgotten,
        Handover,
        HelpView,
        LetterFacts,
        LoadRow,
        LogEntry,
        MeetingMemo,
        MemberImport,
        MemberView,
        NeedDraft,
        NeedView,
        OutcomeImport,
        OutcomeView,
        PairView,
        PartyView,
        PerformanceImport,
        PrivacyReport,
        QuestionView,
        QueueItem,
        Receipt,
        Silent,
        SurveyWave,
        TargetImport,
        TurnView,
    )
    from matchbot.matchmaking import Match
    from matchbot.policy import NeverIntroduce, Quota
    from matchbot.rows import RowRejection


def done(deed: str) -> "Callable[[Shell, Receipt], None]":
    """Shows that something was done (text ``did-<deed>``), where the case stands now, and what to know."""

    def show(shell: Shell, receipt: "Receipt") -> None:
        shell.say("receipt-repeated" if receipt.is_repeated else f"did-{deed}", id=receipt.id)
        if receipt.state:
            state = shell.texts(f"state-{receipt.state}")
            is_waiting = receipt.expires_on and receipt.state in OPEN
            expires = {"expires": receipt.expires_on} if is_waiting else {}
            shell.say(
                "case-stands-until" if expires else "case-stands", id=receipt.id, state=state, **expires
            )
        for notice in receipt.notices:
            shell.say(f"notice-{notice}")

    return show


# --- Cases


def show_cases(shell: Shell, cases: "Sequence[CaseView]") -> None:
    """One line for each case: where it stands, whose turn it is, since when, until when."""
    if not cases:
        shell.say("cases-none")
        return
    rows = [
        (
            case.id,
            shell.texts(f"state-{case.state}"),
            max((turn.n_days for turn in case.turns), default=None),
            case.expires_on if case.turns else None,
            _listed(shell, (_turn(shell, turn) for turn in case.turns)) or None,
            _listed(shell, (shell.wording.name(party.name) for party in case.parties)),
        )
        for case in cases
    ]
    shell.table(("case", "state", "days-waited", "expires", "turn", "parties"), rows)


def show_case(shell: Shell, case: "CaseView", fits: "Mapping[str, Match]") -> None:
    """Everything of one case that who asks may see; with why its partners fit, by id, where that is known."""
    click.echo(f"{case.id} {shell.texts(f'state-{case.state}')}")
    coordinators = {case.coordinator: case.coordinator_name or case.coordinator}
    _show_facts(
        shell,
        {
            "purpose": shell.texts(f"purpose-{case.purpose}"),
            "path": shell.texts(f"path-{case.path}"),
            "need": case.need_id,
            "coordinator": _listed(shell, _called(shell, filter(None, [case.coordinator]), coordinators)),
            "opened": case.opened_on,
            "expires": case.expires_on if case.turns else "",
            "turns": _listed(shell, (_turn(shell, turn) for turn in case.turns)),
            "introduced": case.introduced_on or "",
            "closed": case.closed_on or "",
            "progress": shell.texts(f"progress-{case.progress}") if case.introduced_on else "",
            "meetings": _listed(shell, case.meetings),
            "planned": case.planned_on or "",
            "nda": shell.texts(f"nda-{case.nda}") if case.nda != "not_needed" else "",
            "repeats": case.repeats,
            "brief": case.brief,
            "outcomes": _listed(shell, case.outcomes),
        },
    )
    names = {party.id: shell.wording.name(party.name) for party in case.parties}
    rows = [_party_row(shell, party) for party in case.parties]
    shell.table(("id", "cluster", "answer", "day", "marks", "name"), rows)
    if case.documents:
        documents = [
            (each.id, shell.texts(f"document-{'open' if each.is_open else 'closed'}"), each.organisation)
            for each in case.documents
        ]
        shell.table(("document", "readable", "organisation"), documents)
    if case.card:
        _show_card(shell, case.card, names)
    for id, match in fits.items():
        _show_fit(shell, names[id], match)
    for contact in case.contacts:
        _show_contact(shell, contact, names)
    if case.letter:
        shell.say("case-letter", letter=case.letter)
    for notice in case.notices:
        shell.say(f"notice-{notice}")


def _party_row(shell: Shell, party: "PartyView") -> tuple[object, ...]:
    marks = {
        "requester": party.is_requester,
        "masked": party.is_masked,
        "attested": party.is_attested,
    }
    return (
        party.id,
        shell.wording.cluster(party.home_cluster) or None,
        shell.texts(f"answer-{party.answer}"),
        party.answered_on,
        "".join(shell.texts(f"mark-{mark}") for mark, is_shown in marks.items() if is_shown),
        shell.wording.name(party.name),
    )


def _turn(shell: Shell, turn: "TurnView") -> str:
    who = shell.wording.name(turn.organisation) or (
        shell.wording.cluster(turn.cluster) if turn.cluster else shell.texts("staff")
    )
    return shell.texts("turn", act=shell.texts(f"act-{turn.act}"), who=who)


def _show_card(shell: Shell, card: "DecisionCard", names: Mapping[str, str]) -> None:
    """What an approver should know, also where there is nothing. ``names``: of the parties, by id."""
    from matchbot.wording import visibility_told

    asked = (
        shell.texts("asked-this-quarter", id=names.get(id, id), n=n)
        for id, n in card.n_asked_this_quarter.items()
    )
    ties = (
        shell.texts(
            "tie",
            id=names.get(tie.organisation_id, tie.organisation_id),
            closeness=shell.texts(f"closeness-{tie.closeness}"),
        )
        for tie in card.conflicts
    )
    told = {
        "need-text": card.need,
        "visibility": _listed(shell, visibility_told(shell.texts, names, card.codes, card.anonymous)),
        "earlier": _listed(shell, card.earlier_cases),
        "quota": "" if card.quota_left is None else card.quota_left,
        "asked": _listed(shell, asked),
        "ties": _listed(shell, ties),
    }
    _show_facts(
        shell, {name: value if value != "" else shell.texts("no-value") for name, value in told.items()}
    )


def _show_fit(shell: Shell, name: str, match: "Match") -> None:
    """The best reason why a partner fits the need."""
    for reason in match.reasons[:1]:
        lines = reason_lines(shell, reason)
        if lines:
            told = shell.texts("case-fit", name=name, why=lines[0])
            click.echo(f"  {told}")


def _show_contact(shell: Shell, contact: "ContactView", names: Mapping[str, str]) -> None:
    told = (contact.name, contact.mail, contact.phone, contact.address)
    (whose,) = _called(shell, [contact.organisation_id], names)
    shell.say("contact", id=whose, told=_listed(shell, filter(None, told)))


def show_log(shell: Shell, entries: "Sequence[LogEntry]") -> None:
    """Every event of a case in its order, with what was written."""
    rows = [
        (
            entry.seq,
            entry.event_date,
            to_the_minute(entry.recorded_at),
            entry.actor,
            _happened(shell, entry),
            entry.organisation or None,
            shell.texts("mark-attested") if entry.is_attested else "",
            entry.correlation_id,
            _listed(shell, entry.texts.values()),
        )
        for entry in entries
    ]
    columns = ("seq", "day", "recorded", "actor", "event", "organisation", "marks", "correlation", "texts")
    shell.table(columns, rows)


def _happened(shell: Shell, entry: "LogEntry") -> str:
    """What happened, with what tells it from others of its kind: the wording agreed to, by which means, a
    day, a stage."""
    told = [str(entry.facts[name]) for name in _TELLING if entry.facts.get(name)]
    told += [shell.texts(f"means-{entry.facts[name]}") for name in _MEANS if entry.facts.get(name)]
    if "progress" in entry.facts:
        told.append(shell.texts(f"progress-{entry.facts['progress']}"))
    event = shell.texts(f"event-{entry.type}")
    return shell.texts("event-told", event=event, told=_listed(shell, told)) if told else event


_TELLING = ("wording", "until", "met_on", "signed_on", "to_member")
_MEANS = ("means", "delivered_by")


def show_quotas(shell: Shell, quotas: "Mapping[str, Quota]") -> None:
    """How many requests are left, and when the next one frees."""
    rows = [
        (quota.left, quota.limit, quota.frees_on, shell.texts(f"left-{name}"))
        for name, quota in quotas.items()
    ]
    shell.table(("left", "limit", "frees-on", "quota"), rows)


def show_letter(shell: Shell, facts: "LetterFacts") -> None:
    """The text of a mail: before the consent a question, afterwards who is who."""
    shell.say(
        "letter-introduction" if facts.is_released else "letter-question",
        organisation=shell.wording.name(facts.organisation),
        kind=facts.kind.value,
        partners=_listed(shell, map(shell.wording.name, facts.partners)),
        brief=facts.brief or shell.texts("no-brief"),
        wording=shell.texts(f"wording-{facts.wording}"),
        expires_on=facts.expires_on,
        id=facts.case_id,
    )


def show_memo(shell: Shell, memo: "MeetingMemo") -> None:
    """Who meets whom, what each does and seeks, and three questions to begin with."""
    shell.say("memo-head", id=memo.case_id, on=memo.on, form=shell.texts(f"form-{memo.form}"))
    for party in memo.parties:
        click.echo(shell.wording.name(party.name))
        _show_facts(
            shell,
            {
                "kind": shell.texts(f"kind-{party.kind}"),
                "cluster": shell.wording.cluster(party.home_cluster) if party.home_cluster else "",
                "does": _listed(shell, party.does),
                "seeks": _listed(shell, party.seeks),
            },
        )
    shell.say("memo-questions")
    for code in memo.questions:
        question = shell.texts(f"memo-question-{code}")
        click.echo(f"  - {question}")


def show_attached(shell: Shell, receipt: "Receipt") -> None:
    """Under which id a document can be read from now on."""
    shell.say("receipt-repeated" if receipt.is_repeated else "did-attach", id=receipt.id)


def show_asked(shell: Shell, receipt: "Receipt") -> None:
    """Under which id a question can be answered."""
    shell.say("receipt-repeated" if receipt.is_repeated else "did-question", id=receipt.id)


def show_questions(shell: Shell, questions: "Sequence[QuestionView]") -> None:
    """What the parties asked each other, each with its answer."""
    if not questions:
        shell.say("questions-none")
        return
    rows = [
        (
            each.id,
            each.asked_on,
            shell.wording.name(each.asked_by),
            each.text,
            each.answered_on,
            each.answer or None,
        )
        for each in questions
    ]
    shell.table(("id", "day", "organisation", "question", "answered", "texts"), rows)


def show_document(shell: Shell, document: "Document") -> None:
    """What was attached, as it is."""
    click.echo(document.text)


def show_needs(shell: Shell, needs: "Sequence[NeedView]") -> None:
    """One line for each need."""
    if not needs:
        shell.say("needs-none")
        return
    rows = [
        (
            need.id,
            need.saved_on,
            shell.texts(f"purpose-{need.purpose}"),
            "".join(
                shell.texts(f"mark-{mark}")
                for mark, is_shown in (("alerts", need.wants_alerts), ("closed", need.is_closed))
                if is_shown
            ),
            need.text,
        )
        for need in needs
    ]
    shell.table(("need", "day", "purpose", "marks", "texts"), rows)


def show_need_draft(shell: Shell, draft: "NeedDraft") -> None:
    """What a note suggests as a need, or that it suggests none."""
    if not draft.text:
        shell.say("draft-none", id=draft.visit_id)
        return
    shell.say("draft-head", id=draft.visit_id, organisation=draft.organisation_id)
    purpose = shell.texts(f"purpose-{draft.purpose}") if draft.purpose else ""
    _show_facts(shell, {"need-text": draft.text, "purpose": purpose, "need": draft.need_id})


# --- The work of coordinators


def show_queue(shell: Shell, items: "Sequence[QueueItem]") -> None:
    """What is to be done, the earliest expiry first."""
    if not items:
        shell.say("queue-empty")
        return
    rows = [
        (
            item.case_id,
            shell.texts(f"act-{item.act}"),
            item.n_days,
            item.expires_on,
            shell.wording.cluster(item.cluster) if item.cluster else shell.texts("staff"),
            _listed(shell, _called(shell, item.members, item.names)) or None,
            _listed(shell, _called(shell, filter(None, [item.organisation]), item.names)) or None,
            _listed(shell, map(shell.wording.name, item.parties)),
        )
        for item in items
    ]
    columns = ("case", "act", "days-waited", "expires", "cluster", "members", "concerning", "parties")
    shell.table(columns, rows)


def show_pairs(shell: Shell, pairs: "Sequence[PairView]") -> None:
    """Whom the coordinators could introduce unasked, and what speaks for it."""
    if not pairs:
        shell.say("pairs-none")
        return
    rows = [
        (
            pair.week,
            pair.organisation_id,
            pair.partner_id,
            shell.texts(f"purpose-{pair.purpose}"),
            pair.need_id or None,
            pair.case_id or None,
            pair.wish,
            pair.offer,
        )
        for pair in pairs
    ]
    columns = ("day", "organisation", "partner", "purpose", "need", "case", "seeks", "does")
    shell.table(columns, rows)


def show_load(shell: Shell, rows: "Sequence[LoadRow]") -> None:
    """How much waits for whom, and how many visits each recorded; the rows add up to the queue."""
    if not rows:
        shell.say("queue-empty")
        return
    lines = [
        (
            row.n_items,
            row.n_cases,
            row.oldest,
            None if row.median_days is None else f"{row.median_days:g}",
            row.n_visits,
            _called(shell, [row.member_id], {row.member_id: row.name})[0]
            if row.member_id
            else shell.texts("staff"),
        )
        for row in rows
    ]
    n_items, n_visits = sum(row.n_items for row in rows), sum(row.n_visits for row in rows)
    total = (n_items, None, None, None, n_visits, shell.texts("total"))
    shell.table(("tasks", "cases", "oldest", "median-days", "visits", "member"), [*lines, total])


def show_handover(shell: Shell, handed: "Handover") -> None:
    """How much went over."""
    shell.say("did-handover", cases=handed.n_cases, organisations=handed.n_organisations)


def show_help_tickets(shell: Shell, tickets: "Sequence[HelpView]") -> None:
    """One line for each call for help: how far it is, who asked what, and who takes care of it."""
    if not tickets:
        shell.say("help-none")
        return
    rows = [
        (
            each.id,
            shell.texts(f"help-state-{each.state}"),
            each.asked_on,
            each.n_days,
            each.member_id,
            _listed(shell, (each.taken_by,) if each.taken_by else each.helpers) or None,
            each.text,
            each.reply or None,
        )
        for each in tickets
    ]
    columns = ("id", "state", "day", "days-waited", "member", "members", "question", "texts")
    shell.table(columns, rows)


# --- What came of it


def show_outcomes(shell: Shell, outcomes: "Sequence[OutcomeView]") -> None:
    """One line for each outcome."""
    if not outcomes:
        shell.say("outcomes-none")
        return
    rows = [
        (
            outcome.id,
            outcome.facts.on,
            shell.texts(f"outcome-{outcome.facts.kind}"),
            shell.texts(f"certainty-{outcome.facts.certainty}"),
            outcome.evidence,
            shell.texts(f"attribution-{outcome.attribution}") if outcome.attribution else None,
            _listed(shell, outcome.case_ids) or None,
            _listed(shell, _called(shell, outcome.facts.organisation_ids, outcome.names)),
        )
        for outcome in outcomes
    ]
    columns = ("outcome", "day", "kind", "certainty", "evidence", "attribution", "cases", "parties")
    shell.table(columns, rows)


def show_outcome_import(shell: Shell, report: "OutcomeImport") -> None:
    """What a survey brought, and the rows that were left out."""
    shell.say("outcomes-imported", rows=report.n_rows, recorded=report.n_recorded, claimed=report.n_claimed)
    _show_rejections(shell, report.rejections)


def show_survey_sent(shell: Shell, sent: "SurveyWave") -> None:
    """How many were asked."""
    shell.say("did-survey-send", wave=sent.wave, n=sent.n_asked, before=sent.n_asked_before)


def show_award_import(shell: Shell, report: "AwardImport") -> None:
    """What a list of awards brought, how many of it members hold, and the rows that were left out."""
    shell.say(
        "awards-imported",
        rows=report.n_rows,
        recorded=report.n_recorded,
        members=report.n_of_members,
        known=report.n_known,
    )
    _show_rejections(shell, report.rejections)


def show_performance_import(shell: Shell, report: "PerformanceImport") -> None:
    """What a file of yearly figures brought, and the rows that were left out."""
    shell.say("performance-imported", rows=report.n_rows, recorded=report.n_recorded, known=report.n_known)
    _show_rejections(shell, report.rejections)


def show_target_import(shell: Shell, report: "TargetImport") -> None:
    """What a list of targets brought, and the rows that were left out."""
    shell.say("targets-imported", rows=report.n_rows, recorded=report.n_recorded, known=report.n_known)
    _show_rejections(shell, report.rejections)


# --- People


def show_members(shell: Shell, members: "Sequence[MemberView]") -> None:
    """One line for each member."""
    if not members:
        shell.say("members-none")
        return
    rows = [
        (
            member.id,
            shell.texts(f"member-role-{member.role}"),
            _listed(
                shell,
                (
                    *_called(shell, member.organisations, member.names),
                    *map(shell.wording.cluster, member.clusters),
                ),
            )
            or None,
            _listed(shell, _called(shell, filter(None, [member.deputy]), member.names)) or None,
            _listed(shell, (_absence(shell, absence) for absence in member.absences)) or None,
            "".join(
                shell.texts(f"mark-{mark}")
                for mark, is_shown in (("slack", member.slack_id), ("left", member.has_left))
                if is_shown
            ),
            member.name or None,
        )
        for member in members
    ]
    shell.table(("id", "role", "acts-for", "deputy", "absent", "marks", "person"), rows)


def _absence(shell: Shell, absence: "Absence") -> str:
    days = {"first": absence.first, "last": absence.last}
    return shell.texts("absence", **days, delegate=absence.delegate_id or "none")


def show_member_import(shell: Shell, report: "MemberImport") -> None:
    """What a file of members made different."""
    shell.say(
        "members-imported",
        rows=report.n_rows,
        added=report.n_added,
        changed=report.n_changed,
        unchanged=report.n_unchanged,
    )
    _show_rejections(shell, report.rejections)


def show_barred(shell: Shell, entries: "Sequence[NeverIntroduce]") -> None:
    """Whom an organisation keeps off."""
    if not entries:
        shell.say("barred-none")
        return
    organisations = (entry.target_id for entry in entries if entry.kind is Barred.ORGANISATION)
    names = {id: shell.service.called(id) for id in organisations}
    rows = [
        (shell.texts(f"barred-{entry.kind}"), *_called(shell, [entry.target_id], names)) for entry in entries
    ]
    shell.table(("kind", "id"), rows)


def show_silent(shell: Shell, silent: "Sequence[Silent]") -> None:
    """Who has left introductions unanswered, and what follows from that."""
    if not silent:
        shell.say("silent-none")
        return
    rows = [
        (
            *_called(shell, [each.organisation_id], {each.organisation_id: each.name}),
            shell.texts(f"silence-{each.silence}"),
        )
        for each in silent
    ]
    shell.table(("organisation", "silence"), rows)


def show_accesses(shell: Shell, accesses: "Accesses") -> None:
    """How often a profile was looked at, and by whom as far as that may be told."""
    shell.say("accesses", n=accesses.n_accesses, viewers=accesses.n_viewers)
    if accesses.known:
        rows = [(day, *_called(shell, ids, accesses.names)) for day, *ids in accesses.known]
        shell.table(("day", "member", "organisation"), rows)


def show_privacy_report(shell: Shell, report: "PrivacyReport") -> None:
    """What is kept about a person, and what was given to whom on which consent."""
    role = shell.texts(f"member-role-{report.role}")
    shell.say("privacy-head", member=report.member_id, role=role, accesses=report.n_accesses)
    texts = [(day_of(t.recorded_at), shell.texts(f"text-{t.kind}"), t.text) for t in report.texts]
    shell.table(("day", "kind", "texts"), texts)
    disclosures = [
        (
            given.on,
            given.case_id,
            *_called(
                shell,
                (given.about, given.to),
                {given.about: given.about_name, given.to: given.to_name},
            ),
            _listed(shell, (shell.texts(f"item-{item}") for item in given.items)),
            shell.texts(
                "consent-on-record",
                member=given.consent.member_id or given.consent.attested_by,
                wording=given.consent.wording,
                on=given.consent.given_on,
                means=shell.texts(f"means-{given.consent.means}"),
            ),
        )
        for given in report.disclosures
    ]
    shell.table(("day", "case", "about", "given-to", "items", "consent"), disclosures)


def show_forgotten(shell: Shell, forgotten: "Forgotten") -> None:
    """How much was erased."""
    shell.say("did-erase", member=forgotten.member_id, texts=forgotten.n_texts, contacts=forgotten.n_contacts)


# --- Pieces


def _show_facts(shell: Shell, facts: Mapping[str, object]) -> None:
    """The facts that say something, one a line, under their names (texts ``about-<name>``)."""
    for name, value in facts.items():
        if value != "":
            label = shell.texts(f"about-{name}")
            click.echo(f"  {label}: {value}")


def _called(shell: Shell, ids: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Members or organisations by their names and ids; by the id alone where there is no other name."""
    return [
        id if names.get(id, id) == id else shell.texts("called", name=shell.wording.name(names[id]), id=id)
        for id in ids
    ]


def _show_rejections(shell: Shell, rejections: "Sequence[RowRejection]") -> None:
    if rejections:
        shell.say("import-rejections", n=len(rejections))
    show_rejected(shell, rejections)


def _listed(shell: Shell, things: Iterable[object]) -> str:
    return shell.texts("list-separator").join(map(str, things))
