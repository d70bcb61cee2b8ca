"""Introductions in Slack: ordered by a coordinator, delivered by matchbot, made once they got there."""

from datetime import timedelta

import pytest

from matchbot.errors import (
    AlreadyHandledError,
    MatchbotError,
    NotAllowedError,
    Obstacle,
    StepError,
    TransitionError,
    UnavailableError,
)
from matchbot.following import PartyAnswer
from matchbot.introductions.cases import Act
from matchbot.introductions.words import Means, State
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from matchbot.workdays import add_working_days
from small_network import MONDAY, NORTH, Network

LETTER = "山田様、鈴木様をご紹介します。"


def ordered(network: Network) -> str:
    """A case whose letter is on its way."""
    case_id = network.consented()
    network.desk.order_delivery(case_id, letter=LETTER, **network.acting("k-north"))
    return case_id


def state_of(network: Network, case_id: str) -> State:
    return network.desk.case(case_id, network.member("staff")).state


def confirmed(network: Network, case_id: str, key: str = "delivered") -> State | None:
    return network.desk.confirm_delivery(case_id, channel="G1", ts="17.5", key=key).state


def test_a_letter_that_was_ordered_counts_once_it_got_there(network: Network) -> None:
    case_id = ordered(network)
    assert network.told("delivery") == {MATCHBOT.id}
    assert state_of(network, case_id) is State.CONSENTED
    assert network.n_events("IntroductionMade") == 0
    assert confirmed(network, case_id) is State.INTRODUCED
    assert network.desk.case(case_id, network.member("m-suzuki")).letter == LETTER
    assert network.told("introduced") >= {"m-yamada", "m-suzuki", "k-north", "k-south"}


def test_the_letter_is_handed_out_word_for_word_with_people_and_days(network: Network) -> None:
    network.desk.choose_language("en", **network.acting("m-suzuki"))
    view = network.desk.delivery(ordered(network))
    assert view.letter == LETTER
    assert [(one.slack_id, one.organisation_id, one.language) for one in view.people] == [
        ("U-yamada", "yamada", ""),
        ("U-suzuki", "suzuki", "en"),
    ]
    assert view.proposals == tuple(add_working_days(MONDAY.date(), n) for n in (5, 7, 9))


def test_who_agreed_stands_for_the_party_and_coordinators_in_slack_come_last(network: Network) -> None:
    colleague = MemberRow(row=0, id="m-a", role=Role.FIRM, organisations=("suzuki",), slack_id="U-a")
    coordinator = MemberRow(row=0, id="k-north", role=Role.COORDINATOR, clusters=(NORTH,), slack_id="U-k")
    for row in (colleague, coordinator):
        network.desk.register_member(row, **network.acting("staff"))
    people = network.desk.delivery(ordered(network)).people
    assert [one.slack_id for one in people] == ["U-yamada", "U-suzuki", "U-k"]


def test_a_letter_that_cannot_be_delivered_is_told_to_both_coordinators_and_counts_nothing(
    network: Network,
) -> None:
    case_id = ordered(network)
    for _ in range(2):
        network.desk.report_undelivered(case_id, reason="invalid_user_combination", key="failed")
    messages = [message for message in network.unsent() if message.kind == "undelivered"]
    assert {message.recipient for message in messages} == {"k-north", "k-north-2", "k-south"}
    assert all(message.payload["reason"] == "invalid_user_combination" for message in messages)
    assert network.n_events("DeliveryFailed") == 1
    assert [item.act for item in network.desk.queue(network.member("k-north"))] == [Act.INTRODUCE]
    made = network.desk.introduce(
        case_id, delivered_by=Means.MAIL, letter=LETTER, **network.acting("k-north")
    )
    assert made.state is State.INTRODUCED


def test_it_can_be_ordered_again_after_it_did_not_get_there(network: Network) -> None:
    case_id = ordered(network)
    network.desk.report_undelivered(case_id, reason="channel_not_found", key="failed")
    network.desk.order_delivery(case_id, letter="改めて", **network.acting("k-north"))
    assert confirmed(network, case_id) is State.INTRODUCED
    assert network.desk.case(case_id, network.member("staff")).letter == "改めて"


def test_a_letter_under_way_waits_for_nobody_in_the_queue_until_it_takes_too_long(network: Network) -> None:
    case_id = ordered(network)
    assert network.desk.queue(network.member("k-north")) == []
    (turn,) = network.desk.case(case_id, network.member("staff")).turns
    assert turn.act is Act.DELIVER


def test_a_second_order_is_told_who_was_first(network: Network) -> None:
    case_id = ordered(network)
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.order_delivery(case_id, letter=LETTER, **network.acting("k-north-2"))
    assert (raised.value.facts["member"], raised.value.facts["event"]) == ("k-north", "DeliveryOrdered")


def test_the_same_confirmation_twice_makes_one_introduction(network: Network) -> None:
    case_id = ordered(network)
    for _ in range(2):
        assert confirmed(network, case_id) is State.INTRODUCED
    with pytest.raises(TransitionError):
        confirmed(network, case_id, key="another")
    assert network.n_events("IntroductionMade") == 1


def test_where_a_party_is_not_in_slack_nothing_is_ordered(network: Network) -> None:
    case_id = network.asked("uni-south")
    network.desk.record_asked(case_id, "uni-south", means=Means.PHONE, **network.acting("k-south"))
    network.desk.record_answer(
        case_id, "uni-south", PartyAnswer.YES, means=Means.PHONE, **network.acting("k-south")
    )
    with pytest.raises(StepError) as raised:
        network.desk.order_delivery(case_id, letter=LETTER, **network.acting("k-north"))
    assert raised.value.facts["reason"] == Obstacle.OUTSIDE_SLACK
    assert network.told("delivery") == set()


def test_nobody_says_by_hand_that_slack_delivered_it(network: Network) -> None:
    with pytest.raises(StepError) as raised:
        network.desk.introduce(network.consented(), delivered_by=Means.SLACK, **network.acting("k-north"))
    assert raised.value.facts["reason"] == Obstacle.UNCONFIRMED


@pytest.mark.parametrize("member", ["m-yamada", "m-suzuki", "evaluator", "admin"])
def test_only_who_decides_orders(network: Network, member: str) -> None:
    with pytest.raises(NotAllowedError):
        network.desk.order_delivery(network.consented(), letter=LETTER, **network.acting(member))


def test_a_party_that_pauses_meanwhile_is_not_delivered(network: Network) -> None:
    case_id = ordered(network)
    network.desk.pause("suzuki", **network.acting("m-suzuki"))
    with pytest.raises(UnavailableError):
        network.desk.delivery(case_id)


@pytest.mark.parametrize(
    ("end", "error"),
    [
        (lambda n, c: n.desk.refuse(c, "suzuki", **n.acting("m-suzuki")), TransitionError),
        (lambda n, c: n.desk.introduce(c, delivered_by=Means.MAIL, **n.acting("k-north")), TransitionError),
        (lambda n, c: n.desk.report_undelivered(c, reason="x", key="x"), StepError),
    ],
)
def test_what_is_void_is_not_delivered(network: Network, end, error: type[MatchbotError]) -> None:
    case_id = ordered(network)
    end(network, case_id)
    for attempt in (network.desk.delivery, lambda id: confirmed(network, id)):
        with pytest.raises(error):
            attempt(case_id)


def test_the_letter_goes_with_whoever_wrote_it(network: Network) -> None:
    case_id = ordered(network)
    network.desk.erase("k-north", **network.acting("admin"))
    assert network.desk.delivery(case_id).letter == ""
    network.clock.go_to(MONDAY.date() + timedelta(days=1))
    assert confirmed(network, case_id) is State.INTRODUCED
    assert network.ledger.verify().is_intact
