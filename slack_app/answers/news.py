"""News of cases, for everybody who knows of one; the words give nobody's reasons away."""

from collections.abc import Mapping
from datetime import date

from matchbot.desk import MessageKind
from slack_app.answers.telling import headline
from slack_app.blocks import actions, button, section
from slack_app.cards import said
from slack_app.ids import Click
from slack_app.limits import Posting
from slack_app.notices import Notice, Telling
from slack_app.views.news import news
from slack_app.views.queue import queue


def of_case(telling: Telling) -> Posting:
    """What became of a case."""
    case = telling.desk.case(telling.case_id, telling.member)
    return news(headline(telling), case, telling.member, telling.texts, telling.names)


def deferred(telling: Telling) -> Posting:
    """The other side needs until a day."""
    until = date.fromisoformat(str(telling.facts["until"]))
    case = telling.desk.case(telling.case_id, telling.member)
    told = headline(telling, until=until)
    return news(told, case, telling.member, telling.texts, telling.names)


def handed_over(telling: Telling) -> Posting:
    """Everything of a coordinator who leaves has come to the reader."""
    n_cases, n_organisations = telling.facts["n_cases"], telling.facts["n_organisations"]
    told = headline(telling, cases=n_cases, organisations=n_organisations)
    return Posting(
        told, (section(told), *queue(telling.desk.queue(telling.member), telling.texts, telling.names))
    )


def digest(telling: Telling) -> Posting:
    """What waits today, how much of it is late or about to expire, and who has been silent."""
    counts = {name: len(telling.facts.get(name, ())) for name in ("cases", "late", "expiring", "silent")}
    told = headline(telling, **counts)
    silent = [telling.names.organisation(id) for id in telling.facts.get("silent", ())]
    about_silence = [section(telling.texts("slack-silent", organisations=telling.names.listed(silent)))]
    waiting = queue(telling.desk.queue(telling.member), telling.texts, telling.names)
    logging = actions(button(telling.texts("slack-visit"), Click.VISIT))
    return Posting(told, (section(told), *waiting, *(about_silence if silent else ()), logging))


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


def _its_organisation(telling: Telling) -> str:
    return f"organisation:{telling.facts['organisation_id']}"


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
    Notice(MessageKind.HANDED_OVER, handed_over),
    Notice(MessageKind.DIGEST, digest),
    Notice(MessageKind.NIGHTLY_FAILED, nightly_failed),
    Notice(MessageKind.SILENCE, silence, stream=_its_organisation),
)
