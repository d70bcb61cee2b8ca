"""What a party asks the other side before it answers."""

import pytest

from matchbot.duties import TaskKind
from matchbot.errors import (
    AlreadyHandledError,
    NotAllowedError,
    Obstacle,
    StepError,
)
from matchbot.introductions.cases import Act
from matchbot.introductions.words import Means, State
from matchbot.jobs import Jobs
from matchbot.masking import code_of
from matchbot.workdays import add_working_days
from small_network import MONDAY, Network

QUESTION = "月に何個ほど必要ですか"


def asking(network: Network, *, case_id: str = "", text: str = QUESTION) -> str:
    """A case in which the counterpart has asked something."""
    case_id = case_id or network.asked()
    network.desk.ask_question(case_id, "suzuki", text, **network.acting("m-suzuki"))
    return case_id


def test_a_question_reaches_the_other_side_and_its_coordinators_and_the_answer_whoever_asked(
    network: Network,
) -> None:
    case_id = asking(network)
    assert network.told("question-asked") == {"m-yamada", "k-north", "k-north-2"}
    (question,) = network.desk.questions(case_id, network.member("m-yamada"))
    assert (question.id, question.text, question.can_answer) == ("q1", QUESTION, True)
    network.desk.answer_question(case_id, "q1", "千個です", **network.acting("m-yamada"))
    assert network.told("question-answered") == {"m-suzuki"}
    (answered,) = network.desk.questions(case_id, network.member("m-suzuki"))
    assert (answered.answer, answered.answered_by) == ("千個です", "株式会社yamada")
    assert (answered.is_own, answered.can_answer) == (True, False)


def test_while_a_question_is_open_it_is_the_turn_of_the_other_side(network: Network) -> None:
    case_id = asking(network)
    turns = {
        turn.act: turn.organisation for turn in network.desk.case(case_id, network.member("staff")).turns
    }
    assert turns == {Act.ANSWER: "株式会社suzuki", Act.REPLY: "株式会社yamada"}
    assert network.desk.queue(network.member("k-north")) == []
    network.clock.go_to(add_working_days(MONDAY.date(), 2))
    Jobs(network.office).run()
    assert network.told(TaskKind.REMINDER) == {"m-yamada"}


def test_a_question_is_no_answer_and_its_party_can_still_say_yes(network: Network) -> None:
    case_id = asking(network)
    said = network.desk.consent(case_id, "suzuki", **network.acting("m-suzuki"))
    assert said.state is State.CONSENTED
    network.desk.answer_question(case_id, "q1", "千個です", **network.acting("m-yamada"))


def test_a_coordinator_answers_for_its_firm_and_asks_for_one_outside_slack(network: Network) -> None:
    case_id = network.asked("uni-south")
    network.desk.record_asked(case_id, "uni-south", means=Means.PHONE, **network.acting("k-south"))
    network.desk.ask_question(case_id, "uni-south", QUESTION, **network.acting("k-south"))
    network.desk.answer_question(case_id, "q1", "千個です", **network.acting("k-north"))
    (question,) = network.desk.questions(case_id, network.member("k-south"))
    assert question.answered_by == "株式会社yamada"
    assert network.told("question-answered") == {"k-south"}


def test_a_question_is_answered_once_and_others_are_told_who_was_first(network: Network) -> None:
    case_id = asking(network)
    network.desk.answer_question(case_id, "q1", "千個です", **network.acting("m-yamada"))
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.answer_question(case_id, "q1", "百個です", **network.acting("k-north"))
    assert raised.value.facts["member"] == "m-yamada"
    assert network.n_events("QuestionAnswered") == 1


def test_the_same_click_asks_and_answers_once(network: Network) -> None:
    case_id = network.asked()
    ask, answer = network.acting("m-suzuki"), network.acting("m-yamada")
    first = network.desk.ask_question(case_id, "suzuki", QUESTION, **ask)
    again = network.desk.ask_question(case_id, "suzuki", QUESTION, **ask)
    assert (first.id, again.id, again.is_repeated) == ("q1", "q1", True)
    for _ in range(2):
        network.desk.answer_question(case_id, "q1", "千個です", **answer)
    assert (network.n_events("QuestionAsked"), network.n_events("QuestionAnswered")) == (1, 1)


def test_whoever_asked_does_not_answer_and_strangers_neither(network: Network) -> None:
    case_id = asking(network)
    with pytest.raises(StepError) as raised:
        network.desk.answer_question(case_id, "q1", "千個です", **network.acting("m-suzuki"))
    assert raised.value.facts["reason"] == Obstacle.OWN_QUESTION
    for attempt in (
        lambda: network.desk.answer_question(case_id, "q1", "千個です", **network.acting("m-tanaka")),
        lambda: network.desk.ask_question(case_id, "suzuki", QUESTION, **network.acting("m-yamada")),
        lambda: network.desk.questions(case_id, network.member("m-tanaka")),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


@pytest.mark.parametrize(
    ("question", "text", "reason"), [("q9", "はい", "no-question"), ("q1", " ", "no-text")]
)
def test_what_was_not_asked_and_what_says_nothing_is_refused(
    network: Network, question: str, text: str, reason: str
) -> None:
    case_id = asking(network)
    with pytest.raises(StepError) as raised:
        network.desk.answer_question(case_id, question, text, **network.acting("m-yamada"))
    assert raised.value.facts["reason"] == reason


def test_nothing_is_asked_before_the_party_is_or_after_the_case_has_ended(network: Network) -> None:
    case_id = network.requested()
    with pytest.raises(NotAllowedError):
        network.desk.ask_question(case_id, "suzuki", QUESTION, **network.acting("m-suzuki"))
    case_id = asking(network)
    network.desk.withdraw(case_id, **network.acting("m-yamada"))
    with pytest.raises(AlreadyHandledError):
        network.desk.ask_question(case_id, "suzuki", QUESTION, **network.acting("m-suzuki"))
    (question,) = network.desk.questions(case_id, network.member("m-yamada"))
    assert not question.can_answer


def test_a_masked_party_stays_a_code_also_in_its_own_words(network: Network) -> None:
    case_id = network.requested("secret")
    for coordinator in ("k-north", "k-south"):
        network.desk.approve(case_id, **network.acting(coordinator))
    words = "株式会社secretの設備で足りますか"
    network.desk.ask_question(case_id, "secret", words, **network.acting("m-secret"))
    code = code_of("secret", b"key")
    (seen,) = network.desk.questions(case_id, network.member("m-yamada"))
    assert (seen.asked_by, seen.text) == (code, f"株式会社{code}の設備で足りますか")
    for member in ("m-secret", "k-north"):
        (own,) = network.desk.questions(case_id, network.member(member))
        assert (own.asked_by, own.text) == ("株式会社secret", words)


def test_events_hold_no_words_and_erasing_a_person_takes_theirs(network: Network) -> None:
    case_id = asking(network)
    network.desk.answer_question(case_id, "q1", "千個です", **network.acting("m-yamada"))
    with network.ledger.read() as unit:
        payloads = str([recorded.payload for recorded in unit.events.read_all()])
    assert QUESTION not in payloads
    assert "千個" not in payloads
    network.desk.erase("m-suzuki", **network.acting("admin"))
    (question,) = network.desk.questions(case_id, network.member("m-yamada"))
    assert (question.text, question.answer) == ("", "千個です")
    assert network.ledger.verify().is_intact
