"""What the read models remember between commands: the same as the rows say, whoever wrote meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.desk import Desk
from matchbot.errors import UnavailableError
from matchbot.introductions.words import Means, State
from matchbot.ledger import Ledger
from matchbot.members import Member
from matchbot.need import Purpose
from matchbot.policy import PastRequest
from matchbot.readmodels.files import ReadModels
from small_network import MONDAY, Network

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def elsewhere(network: Network, tmp_path: Path) -> Desk:
    """The desk of another process."""
    models = ReadModels(tmp_path / "home" / "readmodels.db")
    return Desk(replace(network.office, ledger=Ledger.open(tmp_path / "home"), models=models))


def remembered(network: Network, organisation: str) -> list[PastRequest]:
    with network.ledger.unit() as unit, network.models.unit(unit.events) as models:
        return models.past_requests([organisation], since=LONG_AGO)


def speaking_for(network: Network, organisation: str) -> list[Member]:
    with network.ledger.unit() as unit, network.models.unit(unit.events) as models:
        return list(models.speakers(organisation))


@contextmanager
def undone(network: Network) -> Iterator[None]:
    """Commands within one that is undone in the end, as a part of a longer unit of work."""
    with suppress(InterruptedError), network.desk.together():
        yield
        raise InterruptedError


def test_a_case_that_changes_changes_in_what_is_remembered(network: Network) -> None:
    assert remembered(network, "yamada") == []
    case = network.requested("suzuki")
    assert [(one.case_id, one.is_open) for one in remembered(network, "yamada")] == [(case, True)]
    network.desk.withdraw(case, **network.acting("m-yamada"))
    assert [(one.is_open, one.is_refunded) for one in remembered(network, "yamada")] == [(False, True)]


def test_what_another_process_did_is_seen(network: Network, elsewhere: Desk) -> None:
    case = network.requested("suzuki")
    assert [one.is_open for one in remembered(network, "yamada")] == [True]
    elsewhere.withdraw(case, **network.acting("m-yamada"))
    assert [one.is_open for one in remembered(network, "yamada")] == [False]
    assert network.desk.case(case, network.member("staff")).state is State.WITHDRAWN


def test_an_introduction_is_known_to_be_logged_whoever_logged_it(network: Network, elsewhere: Desk) -> None:
    made = {"means": Means.FAIR, "made_on": MONDAY.date(), "purpose": Purpose.SALES}
    desks = (network.desk, elsewhere, network.desk)
    receipts = [desk.log_outside(["yamada", "sato"], **made, **network.acting("k-north")) for desk in desks]
    assert [one.notices for one in receipts] == [(), ("already-logged",), ("already-logged",)]
    with undone(network):
        again = network.desk.log_outside(["yamada", "tanaka"], **made, **network.acting("k-north"))
    assert again.notices == ()
    assert elsewhere.log_outside(["yamada", "tanaka"], **made, **network.acting("k-north")).notices == ()


def test_needs_are_known_as_they_were_saved_and_closed(network: Network, elsewhere: Desk) -> None:
    def known(models: ReadModels) -> list[tuple[str, bool, bool]]:
        with network.ledger.unit() as unit, models.unit(unit.events) as within:
            needs = within.needs_of("yamada")
            assert [within.need(need.id) for need in needs] == needs
            assert within.needs_of("yamada", since=MONDAY.date() + timedelta(days=1)) == []
            return [(need.id, need.wants_alerts, need.is_closed) for need in needs]

    def save(text: str) -> str:
        yamada = network.acting("m-yamada")
        return network.desk.save_need("yamada", text, Purpose.SALES, **yamada, wants_alerts=True).id

    assert known(network.models) == []
    first = save("塗装の相手")
    assert known(network.models) == known(ReadModels(network.models.file)) == [(first, True, False)]
    with undone(network):
        save("切削の相手")
        network.desk.close_need(first, **network.acting("m-yamada"))
    assert known(network.models) == [(first, True, False)]
    elsewhere.close_need(first, **network.acting("m-yamada"))
    second = save("検査の相手")
    assert sorted(known(network.models)) == [(first, True, True), (second, True, False)]
    assert known(network.models) == known(ReadModels(network.models.file))


def test_people_are_asked_about_anew_once_they_have_changed(network: Network, elsewhere: Desk) -> None:
    assert [one.id for one in speaking_for(network, "suzuki")] == ["m-suzuki"]
    elsewhere.remove_member("m-suzuki", **network.acting("staff"))
    assert speaking_for(network, "suzuki") == []
    assert [one.id for one in speaking_for(network, "yamada")] == ["m-yamada"]
    network.desk.remove_member("m-yamada", **network.acting("staff"))
    assert speaking_for(network, "yamada") == []


def test_what_was_refused_leaves_nothing_in_memory(network: Network) -> None:
    with network.desk.together():
        case = network.requested("suzuki")
        network.desk.opt_out("sato", **network.acting("k-south"))
        with pytest.raises(UnavailableError):
            network.requested("sato")
        with network.ledger.read() as unit, network.models.read(unit.events) as models:
            within = models.past_requests(["yamada"], since=LONG_AGO)
    assert [one.case_id for one in within] == [case]
    assert remembered(network, "yamada") == within


def test_what_was_undone_is_neither_remembered_nor_recorded(network: Network) -> None:
    on, staff = MONDAY.date(), network.acting("staff")
    with network.desk.together():
        outcome = network.desk.record_outcome(
            OutcomeKind.DEAL, ["yamada", "suzuki"], on=on, certainty=Certainty.EXPECTED, **staff
        ).id
        before = network.ledger.head()
        with undone(network):
            network.desk.opt_out("suzuki", **network.acting("m-suzuki"))
            network.desk.confirm_outcome(outcome, on=on, **network.acting("staff"))
        assert network.ledger.head() == before
        case = network.requested("suzuki")
        assert network.desk.outcome(outcome, network.member("staff")).facts.certainty is Certainty.EXPECTED
        confirmed = network.acting("staff")
        with undone(network):
            network.desk.confirm_outcome(outcome, on=on, **confirmed)
        network.desk.confirm_outcome(outcome, on=on, **confirmed)
    assert [one.case_id for one in remembered(network, "suzuki")] == [case]
    assert network.desk.outcome(outcome, network.member("staff")).facts.certainty is Certainty.CONFIRMED


def test_what_an_organisation_wishes_leaves_alone_what_is_known_of_others(network: Network) -> None:
    with network.ledger.unit() as unit, network.models.unit(unit.events) as models:
        standing = models.standing("suzuki")
        network.desk.opt_out("sato", **network.acting("k-south"))
        assert models.standing("suzuki") is standing
        assert models.standing("sato").is_opted_out
        network.desk.pause("suzuki", **network.acting("m-suzuki"))
        assert models.standing("suzuki").paused_until is not None
