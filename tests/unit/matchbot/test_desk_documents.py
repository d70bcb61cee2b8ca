"""Documents of a case: who may read them when, and what is logged of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from matchbot.errors import NotAllowedError, Obstacle, StepError, TransitionError, UnknownRecordError
from matchbot.introductions.words import Nda
from matchbot.rules import Rules
from small_network import MONDAY, Network

TODAY = MONDAY.date()
DRAWING = "図面: 社内サーバーの 2026/図面-17.pdf"


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return Network(tmp_path / "home", rules=Rules(nda_stage=True))


def attached(network: Network, case_id: str) -> str:
    return network.desk.attach(case_id, "yamada", DRAWING, **network.acting("m-yamada")).id


def opened(network: Network, case_id: str, document_id: str, member_id: str) -> str:
    return network.desk.open_document(case_id, document_id, **network.acting(member_id)).text


def refusal(attempt: Callable[[], object]) -> object:
    with pytest.raises(NotAllowedError) as raised:
        attempt()
    return raised.value.facts["reason"]


def log(network: Network, case_id: str) -> list[tuple[str, str]]:
    entries = network.desk.case_log(case_id, network.member("k-north"))
    return [(entry.type, entry.actor) for entry in entries if "Document" in entry.type or "Nda" in entry.type]


def test_what_was_attached_opens_to_the_other_side_on_the_day_the_agreement_is_signed(
    network: Network,
) -> None:
    case_id = network.introduced()
    network.desk.request_nda(case_id, "yamada", **network.acting("k-north"))
    document_id = attached(network, case_id)
    assert refusal(lambda: opened(network, case_id, document_id, "m-suzuki")) == Obstacle.NDA_MISSING
    tomorrow = TODAY + timedelta(days=1)
    network.desk.sign_nda(case_id, signed_on=tomorrow, **network.acting("k-north"))
    assert refusal(lambda: opened(network, case_id, document_id, "m-suzuki")) == Obstacle.NDA_MISSING
    network.clock.go_to(tomorrow)
    assert opened(network, case_id, document_id, "m-suzuki") == DRAWING
    assert log(network, case_id) == [
        ("NdaRequested", "k-north"),
        ("DocumentAttached", "m-yamada"),
        ("DocumentRefused", "m-suzuki"),
        ("NdaSigned", "k-north"),
        ("DocumentRefused", "m-suzuki"),
        ("DocumentOpened", "m-suzuki"),
    ]


def test_a_day_of_signing_that_was_wrong_closes_the_documents_again(network: Network) -> None:
    case_id = network.introduced()
    network.desk.request_nda(case_id, "yamada", **network.acting("k-north"))
    document_id = attached(network, case_id)
    network.desk.sign_nda(case_id, signed_on=TODAY, **network.acting("k-north"))
    assert opened(network, case_id, document_id, "m-suzuki") == DRAWING
    network.desk.sign_nda(
        case_id, signed_on=TODAY + timedelta(days=7), reason="締結日の読み違い", **network.acting("k-north")
    )
    assert refusal(lambda: opened(network, case_id, document_id, "m-suzuki")) == Obstacle.NDA_MISSING
    corrected = network.desk.case_log(case_id, network.member("k-north"))[-2]
    assert (corrected.type, corrected.texts) == ("NdaSigned", {"reason": "締結日の読み違い"})


def test_nobody_of_the_other_side_reads_a_document_before_all_have_consented(network: Network) -> None:
    case_id = network.asked()
    document_id = attached(network, case_id)
    for member_id in ("m-suzuki", "k-south"):
        closed = refusal(lambda who=member_id: opened(network, case_id, document_id, who))
        assert closed == Obstacle.NOT_RELEASED
    network.desk.consent(case_id, "suzuki", **network.acting("m-suzuki"))
    assert network.desk.case(case_id, network.member("k-north")).nda is Nda.NOT_NEEDED
    assert opened(network, case_id, document_id, "m-suzuki") == DRAWING


def test_the_own_side_reads_its_documents_at_any_time_without_a_log(network: Network) -> None:
    case_id = network.asked()
    document_id = attached(network, case_id)
    for member_id in ("m-yamada", "k-north", "staff"):
        assert opened(network, case_id, document_id, member_id) == DRAWING
    assert log(network, case_id) == [("DocumentAttached", "m-yamada")]


def test_whoever_has_no_part_in_the_case_neither_attaches_nor_reads(network: Network) -> None:
    case_id = network.introduced()
    document_id = attached(network, case_id)
    assert refusal(lambda: opened(network, case_id, document_id, "m-tanaka")) == "not-your-case"
    acting = network.acting("m-suzuki")
    assert refusal(lambda: network.desk.attach(case_id, "yamada", "偽の図面", **acting)) == (
        "not-your-organisation"
    )


def test_events_and_the_log_hold_the_id_of_a_document_and_nothing_it_says(network: Network) -> None:
    case_id = network.introduced()
    document_id = attached(network, case_id)
    opened(network, case_id, document_id, "m-suzuki")
    with network.ledger.read() as unit:
        assert not any("図面" in str(recorded.payload) for recorded in unit.events.read_all())
    entries = network.desk.case_log(case_id, network.member("k-south"))
    assert "図面" not in str(entries)
    assert next(e for e in entries if e.type == "DocumentAttached").facts["document"] == document_id


def test_a_case_lists_its_documents_and_whether_they_can_be_read(network: Network) -> None:
    case_id = network.asked()
    document_id = attached(network, case_id)
    for member_id, is_open in (("m-yamada", True), ("m-suzuki", False)):
        (shown,) = network.desk.case(case_id, network.member(member_id)).documents
        assert (shown.id, shown.organisation, shown.is_open) == (document_id, "株式会社yamada", is_open)


def test_the_same_key_attaches_and_logs_once(network: Network) -> None:
    case_id = network.introduced()
    attaching = network.acting("m-yamada")
    first = network.desk.attach(case_id, "yamada", DRAWING, **attaching)
    again = network.desk.attach(case_id, "yamada", DRAWING, **attaching)
    assert (again.id, again.is_repeated) == (first.id, True)
    looking = network.acting("m-suzuki")
    for _ in range(2):
        network.desk.open_document(case_id, first.id, **looking)
    assert log(network, case_id) == [("DocumentAttached", "m-yamada"), ("DocumentOpened", "m-suzuki")]


def test_a_document_that_does_not_exist_or_says_nothing_is_refused(network: Network) -> None:
    case_id = network.introduced()
    for attempt in (
        lambda: opened(network, case_id, "nothing", "m-suzuki"),
        lambda: network.desk.attach(case_id, "yamada", "  ", **network.acting("m-yamada")),
    ):
        with pytest.raises(StepError) as raised:
            attempt()
        assert raised.value.facts["reason"] == Obstacle.NO_DOCUMENT


def test_an_erased_document_is_gone_for_everybody(network: Network) -> None:
    case_id = network.introduced()
    document_id = attached(network, case_id)
    network.desk.erase("m-yamada", **network.acting("admin"))
    with pytest.raises(UnknownRecordError):
        opened(network, case_id, document_id, "m-suzuki")


def test_an_ended_case_shows_its_documents_to_their_own_side_only(network: Network) -> None:
    case_id = network.asked()
    document_id = attached(network, case_id)
    network.desk.withdraw(case_id, **network.acting("m-yamada"))
    with pytest.raises(TransitionError):
        opened(network, case_id, document_id, "m-suzuki")
    assert opened(network, case_id, document_id, "m-yamada") == DRAWING
