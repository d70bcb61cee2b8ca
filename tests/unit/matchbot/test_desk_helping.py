"""Help from a person: every call goes to somebody by name, and one of them takes it."""

from datetime import timedelta

import pytest

from matchbot.desk import HelpState
from matchbot.duties import TaskKind
from matchbot.errors import AlreadyHandledError, NotAllowedError, StepError, UnknownRecordError, user_message
from matchbot.jobs import Jobs
from matchbot.texts import Texts
from small_network import MONDAY, Network

WORDS = "使える補助金を教えてください"


def asked(network: Network, member: str = "m-yamada", **facts: str) -> str:
    return network.desk.ask_for_help(WORDS, **facts, **network.acting(member)).id


def test_a_call_goes_to_the_coordinators_of_the_home_cluster(network: Network) -> None:
    ticket_id = asked(network, about="c-1")
    assert network.told("help-asked") == {"k-north", "k-north-2"}
    (seen,) = network.desk.help_tickets(network.member("k-north-2"))
    assert (seen.id, seen.text, seen.about, seen.state) == (ticket_id, WORDS, "c-1", HelpState.OPEN)
    assert seen.can_help


def test_who_looks_after_an_organisation_is_asked_first(network: Network) -> None:
    network.desk.assign("yamada", "k-north-2", **network.acting("staff"))
    asked(network)
    assert network.told("help-asked") == {"k-north-2"}


def test_a_guest_a_coordinator_and_an_evaluator_are_helped_by_the_staff(network: Network) -> None:
    guest = network.desk.welcome("U0GUEST", key="hello")
    network.desk.ask_for_help(WORDS, by=guest, key="help")
    for member in ("k-north", "evaluator"):
        asked(network, member)
    assert network.told("help-asked") == {"staff"}
    assert len(network.desk.help_tickets(network.member("staff"))) == 3
    assert [each.can_help for each in network.desk.help_tickets(guest)] == [False]
    with pytest.raises(NotAllowedError):
        network.desk.take_help(network.desk.help_tickets(guest)[0].id, **network.acting("k-north"))


def test_the_first_takes_it_and_the_others_are_told_who(network: Network) -> None:
    ticket_id = asked(network)
    network.desk.take_help(ticket_id, **network.acting("k-north"))
    assert network.told("help-taken") == {"m-yamada", "k-north-2"}
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.take_help(ticket_id, **network.acting("k-north-2"))
    assert raised.value.facts["member"] == "k-north"
    assert (
        user_message(raised.value, Texts("ja")) == f"{ticket_id} は k-north さんが対応済みです（引き受け）。"
    )
    network.desk.take_help(ticket_id, **network.acting("k-north"))
    assert network.n_events("HelpTaken") == 1


def test_the_answer_reaches_whoever_asked(network: Network) -> None:
    ticket_id = asked(network)
    network.desk.take_help(ticket_id, **network.acting("k-north"))
    network.desk.close_help(ticket_id, reply="窓口をご案内します", **network.acting("k-north"))
    assert network.told("help-answered") == {"m-yamada"}
    told = network.desk.help_ticket(ticket_id, network.member("m-yamada"))
    assert (told.state, told.reply, told.closed_by) == (HelpState.CLOSED, "窓口をご案内します", "k-north")
    assert network.desk.help_tickets(network.member("m-yamada")) == []
    assert network.desk.help_tickets(network.member("m-yamada"), with_closed=True) == [told]
    with pytest.raises(AlreadyHandledError):
        network.desk.close_help(ticket_id, **network.acting("k-north-2"))


def test_the_same_click_asks_takes_and_closes_once(network: Network) -> None:
    ask, take, close = (network.acting(member) for member in ("m-yamada", "k-north", "k-north"))
    ids = {network.desk.ask_for_help(WORDS, **ask).id for _ in range(2)}
    (ticket_id,) = ids
    for _ in range(2):
        network.desk.take_help(ticket_id, **take)
    for _ in range(2):
        network.desk.close_help(ticket_id, **close)
    assert [network.n_events(f"Help{done}") for done in ("Asked", "Taken", "Closed")] == [1, 1, 1]
    assert len([message for message in network.unsent() if message.kind == "help-answered"]) == 1


def test_others_neither_see_nor_take_it(network: Network) -> None:
    ticket_id = asked(network)
    for member in ("m-suzuki", "k-south", "evaluator"):
        assert network.desk.help_tickets(network.member(member), with_closed=True) == []
        with pytest.raises(NotAllowedError):
            network.desk.help_ticket(ticket_id, network.member(member))
        with pytest.raises(NotAllowedError):
            network.desk.take_help(ticket_id, **network.acting(member))


def test_what_says_nothing_and_what_is_not_there_is_refused(network: Network) -> None:
    with pytest.raises(StepError):
        network.desk.ask_for_help("  ", **network.acting("m-yamada"))
    with pytest.raises(UnknownRecordError):
        network.desk.take_help("h-999", **network.acting("k-north"))


def test_what_nobody_has_settled_stands_in_every_digest(network: Network) -> None:
    ticket_id = asked(network)

    def digests(n_days: int) -> dict[str, list[str]]:
        network.clock.go_to(MONDAY.date() + timedelta(days=n_days))
        Jobs(network.office).run()
        return {
            message.recipient: message.payload["help"]
            for message in network.unsent()
            if message.kind == TaskKind.DIGEST and str(network.clock.now().date()) in message.id
        }

    assert digests(1) == {"k-north": [ticket_id], "k-north-2": [ticket_id]}
    network.desk.take_help(ticket_id, **network.acting("k-north"))
    assert digests(2) == {"k-north": [ticket_id]}
    network.desk.close_help(ticket_id, **network.acting("k-north"))
    assert digests(3) == {}


def test_words_are_kept_apart_erased_with_the_person_and_the_tickets_made_again(network: Network) -> None:
    ticket_id = asked(network)
    network.desk.close_help(ticket_id, reply="山田様へのお答え", **network.acting("k-north"))
    with network.ledger.read() as unit:
        assert WORDS not in str([recorded.payload for recorded in unit.events.read_all()])
    network.desk.erase("m-yamada", **network.acting("admin"))
    (ticket,) = network.desk.help_tickets(network.member("k-north"), with_closed=True)
    assert (ticket.text, ticket.reply) == ("", "")
    assert network.ledger.verify().is_intact
    with network.ledger.unit() as unit:
        assert network.models.rebuild(unit.events, progress=lambda *_: None).is_equal
