"""What happens is told once, and belongs to what somebody did."""

import json
import logging
from contextlib import suppress
from io import StringIO

import pytest

from matchbot.errors import EmptyCorpusError
from matchbot.happenings import (
    DONE,
    FAILED,
    Happening,
    correlated,
    correlation,
    correlation_id,
    part_of,
    tell,
    telling,
)


def lines(log: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_part_of_what_is_done_has_the_id_of_the_whole_and_something_else_another_one() -> None:
    key = "click:T1:U1:approve:c-4:17.5"
    assert correlation_id(part_of(key, "to:k-1")) == correlation_id(key)
    assert correlation_id("click:T1:U1:approve:c-5:17.5") != correlation_id(key)


def test_what_is_done_within_something_else_names_it_as_its_cause_through_all_that_follows() -> None:
    with correlated("run"):
        with correlated("task"), correlated(part_of("task", "told")):
            assert correlation().id == correlation_id("task")
            assert correlation().cause == correlation_id("run")
        assert (correlation().id, correlation().cause) == (correlation_id("run"), "")
    assert correlation().id == ""


@pytest.mark.parametrize(
    ("error", "result"), [(None, DONE), (EmptyCorpusError(file="x"), "empty-corpus"), (KeyError(), FAILED)]
)
def test_each_thing_is_one_line_with_its_result(log: StringIO, error: Exception | None, result: str) -> None:
    command = telling(Happening.COMMAND, action="request")
    with suppress(EmptyCorpusError, KeyError), correlated("k"), command as told:
        told["rows"] = [3, 4]
        if error:
            raise error
    (line,) = lines(log)
    facts = (line["event"], line["action"], line["rows"], line["result"], line["correlation_id"])
    assert facts == ("command", "request", [3, 4], result, correlation_id("k"))
    assert isinstance(line["duration_s"], float)


def test_of_an_error_its_kind_and_place_are_logged_and_not_what_it_says(log: StringIO) -> None:
    for error in (ValueError("株式会社月影"), EmptyCorpusError(file="株式会社月影")):
        try:
            raise error
        except (ValueError, EmptyCorpusError):
            logging.getLogger("matchbot.somewhere").exception("it broke")
    assert "月影" not in log.getvalue()
    of_python, of_ours = (str(line["exc_info"]) for line in lines(log))
    assert of_python.startswith("ValueError ← ")
    assert of_ours.startswith("EmptyCorpusError(empty-corpus) ← ")
    assert __file__ in of_python


def test_of_other_libraries_only_warnings_are_logged(log: StringIO) -> None:
    other = logging.getLogger("somebody.else")
    other.info("chatter")
    other.warning("trouble")
    tell(Happening.RATE_LIMIT, method="chat.postMessage")
    assert [line["event"] for line in lines(log)] == ["trouble", "rate-limit"]
