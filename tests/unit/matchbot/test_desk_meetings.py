"""Meetings that are planned, and the memo that everybody gets the working day before."""

from datetime import date, datetime, time, timedelta

import pytest

from matchbot.aftermath.reports import CaseProgress, MeetingForm
from matchbot.duties import TaskKind
from matchbot.errors import NotAllowedError, Obstacle, StepError, TransitionError
from matchbot.jobs import Jobs
from matchbot.workdays import OFFICE_ZONE
from small_network import MONDAY, Network

WEDNESDAY = MONDAY.date() + timedelta(days=2)
NEXT_MONDAY = MONDAY.date() + timedelta(days=7)


def planned(network: Network, on: date = WEDNESDAY, by: str = "m-yamada") -> str:
    case_id = network.introduced()
    network.desk.plan_meeting(case_id, on=on, form=MeetingForm.ONLINE, **network.acting(by))
    return case_id


def memos(network: Network, day: date, at: time = time(10)) -> dict[str, str]:
    """Who has got which memo by then, by recipient."""
    network.clock.at = datetime.combine(day, at, OFFICE_ZONE)
    Jobs(network.office).run()
    return {m.recipient: m.payload["on"] for m in network.unsent() if m.kind == TaskKind.MEETING_MEMO}


def test_the_working_day_before_everybody_who_meets_gets_one_memo(network: Network) -> None:
    planned(network)
    assert memos(network, MONDAY.date()) == {}
    tuesday = WEDNESDAY - timedelta(days=1)
    assert memos(network, tuesday, time(8)) == {}
    both = {"m-yamada": str(WEDNESDAY), "m-suzuki": str(WEDNESDAY)}
    assert memos(network, tuesday) == both
    assert memos(network, tuesday, time(16)) == both
    assert len([m for m in network.unsent() if m.kind == TaskKind.MEETING_MEMO]) == 2


def test_before_a_monday_it_comes_on_friday_and_late_plans_get_it_at_once(network: Network) -> None:
    planned(network, NEXT_MONDAY)
    friday = NEXT_MONDAY - timedelta(days=3)
    assert memos(network, friday - timedelta(days=1)) == {}
    assert set(memos(network, friday)) == {"m-yamada", "m-suzuki"}
    case_id = planned(network, NEXT_MONDAY)
    network.clock.at += timedelta(hours=2)
    Jobs(network.office).run()
    of_it = [m for m in network.unsent() if m.kind == "meeting-memo" and m.payload["case_id"] == case_id]
    assert len(of_it) == 2


def test_a_meeting_that_moved_has_a_memo_of_its_new_day_and_one_called_off_has_none(
    network: Network,
) -> None:
    case_id = planned(network)
    network.desk.plan_meeting(
        case_id, on=NEXT_MONDAY, form=MeetingForm.IN_PERSON, **network.acting("k-north")
    )
    assert memos(network, WEDNESDAY - timedelta(days=1)) == {}
    assert network.desk.case(case_id, network.member("m-suzuki")).planned_on == NEXT_MONDAY
    network.desk.call_off_meeting(case_id, **network.acting("m-suzuki"))
    assert network.told("meeting-called-off") == {"m-yamada", "k-north"}
    assert memos(network, NEXT_MONDAY - timedelta(days=3)) == {}


def test_the_others_hear_of_the_plan(network: Network) -> None:
    planned(network)
    (message,) = [m for m in network.unsent() if m.kind == "meeting-planned" and m.recipient == "m-suzuki"]
    assert message.payload == {**message.payload, "on": str(WEDNESDAY), "form": "online"}
    assert network.told("meeting-planned") == {"m-suzuki", "k-north"}


def test_nobody_is_prepared_for_what_was_given_up(network: Network) -> None:
    case_id = planned(network)
    network.desk.record_progress(case_id, CaseProgress.GIVEN_UP, **network.acting("k-north"))
    assert memos(network, WEDNESDAY - timedelta(days=1)) == {}


def test_the_memo_says_who_they_are_what_they_seek_and_three_questions(network: Network) -> None:
    memo = network.desk.meeting_memo(planned(network), network.member("m-suzuki"))
    assert (memo.on, memo.form) == (WEDNESDAY, MeetingForm.ONLINE)
    asker, other = memo.parties
    assert (asker.name, asker.does) == ("株式会社yamada", ("yamadaの得意なこと",))
    assert asker.seeks[0].startswith("yamadaと話したい")
    assert (other.name, other.seeks) == ("株式会社suzuki", ("suzukiが探していること",))
    assert memo.questions == ("research-1", "research-2", "research-3")


def test_the_same_click_plans_once(network: Network) -> None:
    case_id, acting = network.introduced(), network.acting("m-yamada")
    for _ in range(2):
        network.desk.plan_meeting(case_id, on=WEDNESDAY, form=MeetingForm.ONLINE, **acting)
    assert network.n_events("MeetingPlanned") == 1


def test_what_is_over_not_introduced_or_not_planned_is_refused(network: Network) -> None:
    case_id = network.introduced()
    yesterday = MONDAY.date() - timedelta(days=1)
    with pytest.raises(StepError) as raised:
        network.desk.plan_meeting(
            case_id, on=yesterday, form=MeetingForm.ONLINE, **network.acting("m-yamada")
        )
    assert raised.value.facts["reason"] == Obstacle.OVER
    with pytest.raises(StepError):
        network.desk.call_off_meeting(case_id, **network.acting("m-yamada"))
    with pytest.raises(StepError):
        network.desk.meeting_memo(case_id, network.member("m-yamada"))
    with pytest.raises(TransitionError):
        network.desk.plan_meeting(
            network.asked(), on=WEDNESDAY, form=MeetingForm.ONLINE, **network.acting("m-yamada")
        )


@pytest.mark.parametrize("member", ["m-tanaka", "evaluator", "staff"])
def test_others_plan_nothing(network: Network, member: str) -> None:
    with pytest.raises(NotAllowedError):
        planned(network, by=member)


def test_the_plans_are_made_again_from_the_events(network: Network) -> None:
    planned(network)
    network.desk.call_off_meeting(planned(network), **network.acting("m-yamada"))
    with network.ledger.unit() as unit:
        assert network.models.rebuild(unit.events, progress=lambda *_: None).is_equal
