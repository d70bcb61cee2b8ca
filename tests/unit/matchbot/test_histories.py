"""Who asked for whom before: read once, or known from the beginning."""

from datetime import date

from corpus.records import Kind
from matchbot.following import Followed
from matchbot.histories import Histories
from matchbot.introductions.cases import Introduction
from matchbot.introductions.parties import Party
from matchbot.introductions.words import CasePath, State
from matchbot.need import Purpose

LONG_AGO, DAY = date(2020, 1, 1), date(2026, 4, 6)


def followed(*organisations: str, id: str = "c-1", state: State = State.REQUESTED) -> Followed:
    parties = tuple(Party(organisation_id=one, kind=Kind.FIRM) for one in organisations)
    case = Introduction(
        id=id,
        state=state,
        need_id="",
        parties=parties,
        purpose=Purpose.SALES,
        path=CasePath.BOT,
        approvals_needed=(),
        told=(),
        expires_on=DAY,
        coordinator="",
    )
    return Followed(case, DAY, {})


def ids(histories: Histories, *organisations: str) -> list[str]:
    return [request.case_id for request in histories.of(organisations, since=LONG_AGO)]


def test_who_has_no_case_in_a_whole_history_has_none_at_all():
    histories = Histories(is_whole=True)
    histories.take(followed("a", "b"))
    assert histories.unknown(["a", "b", "c"], since=LONG_AGO) == []
    assert (ids(histories, "a", "b"), ids(histories, "c")) == (["c-1"], [])


def test_in_any_other_history_only_who_was_looked_up_is_known():
    histories = Histories()
    histories.take(followed("a", "b"))
    assert histories.unknown(["a", "c"], since=LONG_AGO) == ["a", "c"]
    histories.learn(["c"], [], since=LONG_AGO)
    histories.take(followed("b", "c", id="c-2"))
    assert histories.unknown(["a", "b", "c"], since=LONG_AGO) == ["a", "b"]
    assert ids(histories, "c") == ["c-2"]


def test_who_was_forgotten_is_looked_up_again_also_in_a_whole_history():
    histories = Histories(is_whole=True)
    histories.take(followed("a", "b"))
    histories.forget(["a"])
    histories.take(followed("a", "b", id="c-2"))
    assert histories.unknown(["a", "b"], since=LONG_AGO) == ["a"]
    histories.learn(["a"], histories.of(["b"], since=LONG_AGO), since=LONG_AGO)
    histories.take(followed("a", "b", id="c-3"))
    assert ids(histories, "a") == ["c-1", "c-2", "c-3"]


def test_a_whole_history_that_was_cleared_is_whole_no_longer():
    histories = Histories(is_whole=True)
    histories.take(followed("a", "b"))
    histories.clear()
    assert histories.unknown(["a", "c"], since=LONG_AGO) == ["a", "c"]
