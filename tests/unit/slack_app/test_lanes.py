"""Work in lanes: together what can be, one after the other what must."""

from threading import Barrier, Event

from slack_app.lanes import Lanes


def test_the_work_of_a_lane_is_done_in_the_order_in_which_it_was_put() -> None:
    lanes, done = Lanes(4), []
    for number in range(200):
        lanes.put("one", lambda number=number: done.append(number))
    lanes.close()
    assert done == list(range(200))


def test_two_lanes_are_worked_on_at_the_same_time() -> None:
    lanes, both_at_work = Lanes(2), Barrier(2, timeout=10)
    lanes.put("one", both_at_work.wait)
    lanes.put("other", both_at_work.wait)
    lanes.close()
    assert not both_at_work.broken


def test_work_that_fails_does_not_hold_up_its_lane() -> None:
    lanes, done = Lanes(1), Event()

    def fail() -> None:
        raise RuntimeError

    lanes.put("one", fail)
    lanes.put("one", done.set)
    lanes.close()
    assert done.is_set()


def test_a_lane_is_idle_only_when_its_work_is_done() -> None:
    lanes, may_end = Lanes(1), Event()
    lanes.put("one", may_end.wait)
    assert not lanes.is_idle(timeout_s=0.01)
    may_end.set()
    assert lanes.is_idle(timeout_s=10)
    lanes.close()


def test_while_whoever_is_in_a_hurry_holds_the_lanes_no_work_begins() -> None:
    lanes, begun = Lanes(2), Event()
    with lanes.held(), lanes.held():
        lanes.put("one", begun.set)
        assert not begun.wait(0.03)
    assert begun.wait(10)
    lanes.close()


def test_work_is_not_held_up_for_good_by_those_who_are_in_a_hurry() -> None:
    lanes, begun = Lanes(1), Event()
    with lanes.held():
        lanes.put("one", begun.set)
        assert begun.wait(10)
    lanes.close()
