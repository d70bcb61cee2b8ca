"""How far cases have come: three of them, followed by hand."""

from datetime import timedelta
from itertools import pairwise

import pytest

from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.aftermath.reports import MeetingForm
from matchbot.desk import Claim
from matchbot.indicators import FixedNetwork, Passed, Period, Question, Step
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from small_network import MONDAY, Network

YEAR = Period.fiscal_year(2026)


@pytest.fixture
def followed(network: Network) -> Network:
    """One case is asked for and no more, one is introduced, and one met outside led to a contract."""
    network.requested("sato")
    network.introduced()
    acting = network.acting("k-north")
    parties = ["yamada", "tanaka"]
    case_id = network.desk.log_outside(
        parties, made_on=MONDAY.date(), means=Means.FAIR, purpose=Purpose.SALES, **acting
    ).id
    network.desk.record_meeting(
        case_id, met_on=MONDAY.date(), form=MeetingForm.ONLINE, organisation_id="yamada",
        **network.acting("m-yamada"),
    )  # fmt: skip
    network.desk.claim_outcome(
        OutcomeKind.DEAL, parties, on=MONDAY.date(), certainty=Certainty.CONFIRMED,
        claim=Claim(organisation_id="yamada", case_id=case_id), **network.acting("m-yamada"),
    )  # fmt: skip
    return network


def passed(network: Network, *, days_later: int = 0) -> list[Passed]:
    question = Question(period=YEAR, as_of=network.clock.now() + timedelta(days=days_later))
    with network.desk.evaluation(FixedNetwork(), network.member("evaluator")) as evaluation:
        return evaluation.funnel(question)


def immature(found: list[Passed]) -> dict[Step, int]:
    """By step, where there are any, of all paths together."""
    return {one.step: one.n_immature for one in found if not one.path and one.n_immature}


def test_each_step_counts_those_who_came_as_far(followed: Network) -> None:
    n = {one.step: one.n for one in passed(followed) if not one.path}
    assert list(n) == list(Step)
    assert list(n.values()) == [3, 2, 2, 2, 1, 1, 0]


def test_no_step_has_more_than_the_one_before_it(followed: Network) -> None:
    for path in ("", "bot", "outside"):
        rows = [one.n for one in passed(followed) if one.path == path]
        assert len(rows) == len(Step)
        assert all(before >= after for before, after in pairwise(rows))


def test_the_paths_add_up_to_the_whole(followed: Network) -> None:
    found = passed(followed)
    for step in Step:
        parts = sum(one.n for one in found if one.step == step and one.path)
        assert [one.n for one in found if one.step == step and not one.path] == [parts]


def test_cases_are_told_apart_that_are_too_young_to_have_come_further(followed: Network) -> None:
    # Each stands before the step that it has not reached yet.
    assert immature(passed(followed)) == {Step.APPROVED: 1, Step.MET: 1, Step.BUSINESS: 1}
    # A request may wait 30 days for an approval, an introduction 90 + 90 days for a meeting.
    assert immature(passed(followed, days_later=29))[Step.APPROVED] == 1
    assert immature(passed(followed, days_later=30)) == {Step.MET: 1, Step.BUSINESS: 1}
    assert immature(passed(followed, days_later=180)) == {Step.BUSINESS: 1}
    assert immature(passed(followed, days_later=545 + 730)) == {}
