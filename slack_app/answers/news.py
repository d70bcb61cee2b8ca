"""News of cases, for everybody who knows of one; the words give nobody's reasons away."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from matchbot.desk import HelpView, MessageKind, QueueItem
from slack_app.answers.telling import headline, its_organisation, of_case
from slack_app.blocks import actions, button, context, section
from slack_app.cards import said
from slack_app.ids import Click
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.news import news
from slack_app.views.queue import asking, queue


def deferred(telling: Telling) -> Posting:
    """The other side needs until a day."""
    until = date.fromisoformat(str(telling.facts["until"]))
    case = telling.desk.case(telling.case_id, telling.member)
    told = headline(telling, until=until)
    return news(told, case, telling.member, telling.texts, telling.names)


def handed_over(telling: Telling) -> Posting:
    """Everything of a coordinator who leaves has come to the reader, with what still waits of it."""
    n_cases, n_organisations = len(_its_cases(telling)), telling.facts["n_organisations"]
    told = headline(telling, cases=n_cases, organisations=n_organisations)
    return Posting(told, (section(told), *queue(_waiting(telling), telling.texts, telling.names)))


def digest(telling: Telling) -> Posting:
    """What still waits of the day's list, how much of it is late or about to expire, who asks for help, and
    who has been silent."""
    say, names = telling.texts, telling.names
    waiting, tickets = _waiting(telling), _asking(telling)
    n_listed = len(_its_cases(telling)) + len(telling.facts.get("help", ()))
    n_left = len({item.case_id for item in waiting}) + len(tickets)
    told = headline(telling, n=n_left, done=n_listed - n_left)
    silent = names.listed(names.organisation(id) for id in telling.facts.get("silent", ()))
    about_silence = [section(say("slack-silent", organisations=silent))] if silent else []
    if n_listed and not n_left:
        return Posting(told, (section(told), *about_silence))
    counts = names.listed(_counts(telling, waiting))
    rows = chain(queue(waiting, say, names) if waiting else (), asking(tickets, say, names))
    visiting = actions(button(say("slack-visit"), Click.VISIT))
    return Posting(
        told,
        (section(f"*{told}*"), *([context(counts)] if counts else ()), *rows, *about_silence, visiting),
    )


def nightly_failed(telling: Telling) -> Posting:
    """Which steps of a night's work failed, and where it is told in full."""
    failures: Mapping[str, str] = telling.facts["failures"]
    told = headline(telling, night=str(telling.facts["night"]), n=len(failures))
    steps = [
        telling.texts("slack-nightly-step", step=telling.texts(f"nightly-step-{step}"), code=code)
        for step, code in failures.items()
    ]
    return Posting(told, (section("\n".join([told, *steps, telling.texts("slack-nightly-remedy")])),))


def silence(telling: Telling) -> Posting:
    """An organisation was paused because it did not answer; with the way back, until it has returned."""
    organisation_id = str(telling.facts["organisation_id"])
    told = headline(telling, organisation=telling.names.organisation(organisation_id))
    if telling.desk.presence(organisation_id, telling.member).is_shown:
        return said(telling.texts("slack-returned", organisation=telling.names.organisation(organisation_id)))
    returning = button(telling.texts("slack-return-to"), Click.RESUME, organisation_id, style="primary")
    return said(told, actions(returning))


def _its_cases(telling: Telling) -> tuple[str, ...]:
    return tuple(telling.facts.get("cases", ()))


def _waiting(telling: Telling) -> list[QueueItem]:
    """What waits for the reader of the cases that a message lists."""
    listed = _its_cases(telling)
    return [item for item in telling.desk.queue(telling.member) if item.case_id in listed]


def _asking(telling: Telling) -> list[HelpView]:
    """Who still asks the reader for help, of those that a message lists."""
    listed = telling.facts.get("help", ())
    return [ticket for ticket in telling.desk.help_tickets(telling.member) if ticket.id in listed]


def _counts(telling: Telling, waiting: Iterable[QueueItem]) -> Iterator[str]:
    """How much is late and how much about to expire, of what still waits."""
    cases = {item.case_id for item in waiting}
    for name in ("late", "expiring"):
        if n := len(cases.intersection(telling.facts.get(name, ()))):
            yield telling.texts(f"slack-digest-{name}", n=n)


def _whatever_it_lists(telling: Telling) -> tuple[str, ...]:
    cases = (f"case:{id}" for id in _its_cases(telling))
    return (*cases, *(f"help:{id}" for id in telling.facts.get("help", ())))


NOTICES = (
    *(
        Notice(kind, of_case)
        for kind in (
            MessageKind.APPROVED,
            MessageKind.DECLINED,
            MessageKind.STOPPED,
            MessageKind.CANCELLED,
            MessageKind.WITHDRAWN,
            MessageKind.REFUSED,
            MessageKind.EXPIRED,
        )
    ),
    Notice(MessageKind.DEFERRED, deferred),
    Notice(MessageKind.HANDED_OVER, handed_over, streams=_whatever_it_lists),
    Notice(MessageKind.DIGEST, digest, streams=_whatever_it_lists),
    Notice(MessageKind.NIGHTLY_FAILED, nightly_failed),
    Notice(MessageKind.SILENCE, silence, streams=its_organisation),
)
