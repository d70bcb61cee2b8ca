"""What people thought of it."""

import pytest
from small_cases import refusal

from matchbot.aftermath import surveys
from matchbot.aftermath.surveys import Side, SurveyAnswered, SurveySent
from matchbot.errors import Obstacle

# --- surveys ---

SENT = SurveySent(
    wave="2026", member_id="suzuki", organisation_id="firm", role="firm", side=Side.REQUESTER, cluster="north"
)


def answered(**said: object) -> SurveyAnswered:
    (answer,) = surveys.answer_survey(SENT, **said)
    assert isinstance(answer, SurveyAnswered)
    return answer


def test_an_answer_keeps_on_whose_side_it_was_given():
    answer = answered(satisfaction=5, recommendation=0)
    assert (answer.side, answer.role, answer.cluster) == (Side.REQUESTER, "firm", "north")
    assert (answer.satisfaction, answer.recommendation) == (5, 0)


@pytest.mark.parametrize("said", [{"satisfaction": 0}, {"satisfaction": 6}, {"recommendation": -1}])
def test_an_answer_outside_its_scale_is_refused(said):
    assert refusal(answered, **said) == Obstacle.OUT_OF_RANGE


def test_eleven_is_too_much_and_nothing_too_little():
    assert refusal(answered, recommendation=11) == Obstacle.OUT_OF_RANGE
    assert refusal(answered) == Obstacle.NOTHING_SAID
