"""A small case at each step of its way, as decisions make it, to try what comes next on."""

from datetime import date, timedelta

import pytest

from corpus.records import Kind
from matchbot.errors import StepError
from matchbot.introductions import decisions as do
from matchbot.introductions.cases import Introduction, evolve, fold
from matchbot.introductions.events import Event
from matchbot.introductions.parties import Party, Statement
from matchbot.introductions.words import CrossCluster, Means
from matchbot.need import Purpose
from matchbot.references import TextRef

EXPIRY = date(2026, 4, 22)
LATER = EXPIRY + timedelta(days=14)
WHY = TextRef(id="t1", commitment="c0ffee")
CONTRACT = TextRef(id="t2", commitment="beef")
ITSELF = Statement(member_id="suzuki")
BY_PHONE = Statement(attested_by="coordinator-south", means=Means.PHONE)

FIRM = Party(organisation_id="firm", kind=Kind.FIRM, home_cluster="north", is_requester=True)
UNIVERSITY = Party(organisation_id="university", kind=Kind.UNIVERSITY, home_cluster="south")
BANK = Party(organisation_id="bank", kind=Kind.FINANCIER)
NEIGHBOUR = Party(organisation_id="neighbour", kind=Kind.FIRM, home_cluster="north")


def then(case: Introduction, events: tuple[Event, ...]) -> Introduction:
    for event in events:
        case = evolve(case, event)
    return case


def requested(*others: Party, by: Statement = ITSELF, cross_cluster: str = "notify") -> Introduction:
    events = do.request(
        "C-1",
        need_id="need",
        parties=[FIRM, *(others or (UNIVERSITY,))],
        purpose=Purpose.RESEARCH,
        by=by,
        wording="w1",
        cross_cluster=CrossCluster(cross_cluster),
        expires_on=EXPIRY,
    )
    case = fold(events)
    assert case is not None
    return case


def proposed(*parties: Party, cluster: str = "north", cross_cluster: str = "notify") -> Introduction:
    events = do.propose(
        "C-1",
        need_id="need",
        parties=parties or (NEIGHBOUR, UNIVERSITY),
        purpose=Purpose.SALES,
        cluster=cluster,
        member_id="coordinator-north",
        cross_cluster=CrossCluster(cross_cluster),
        expires_on=EXPIRY,
    )
    case = fold(events)
    assert case is not None
    return case


def approved(case: Introduction | None = None) -> Introduction:
    case = case or requested()
    for cluster in case.approvals_missing:
        case = then(case, do.approve(case, cluster=cluster, member_id=f"coordinator-{cluster}"))
    return case


def asked(case: Introduction | None = None) -> Introduction:
    case = approved(case)
    for party in case.not_asked:
        asking = {"organisation_id": party.organisation_id, "means": Means.SLACK, "expires_on": EXPIRY}
        case = then(case, do.ask(case, **asking))
    return case


def consented(case: Introduction | None = None) -> Introduction:
    case = asked(case)
    for party in case.consents_missing:
        case = then(case, yes(case, party.organisation_id))
    return case


def introduced(case: Introduction | None = None) -> Introduction:
    case = consented(case)
    return then(case, do.introduce(case, delivered_by=Means.MAIL))


def yes(case: Introduction, organisation_id: str, answer: Statement = ITSELF) -> tuple[Event, ...]:
    return do.consent(case, organisation_id=organisation_id, answer=answer, wording="w1")


def refusal(command: object, *args: object, **facts: object) -> object:
    """Why a decision refuses what is wanted of it."""
    with pytest.raises(StepError) as caught:
        command(*args, **facts)
    return caught.value.facts["reason"]
