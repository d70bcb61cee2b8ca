"""A change of a profile, from the draft to the public."""

import pytest

from matchbot.errors import ReviewStateError
from matchbot.profiles import (
    Change,
    Draft,
    ProfileChangePassed,
    ProfileChangePublished,
    ProfileChangeReturned,
    ProfileChangeSuggested,
    fold,
    next_stage,
    pass_on,
)
from matchbot.references import TextRef

STAGES = ("draft", "checked", "published")
SUGGESTED = ProfileChangeSuggested(
    draft_id="draft-1", organisation_id="yamada", member_id="m-1", change=Change.ADD
)
PASSED = ProfileChangePassed(draft_id="draft-1", member_id="k-1", stage="checked")
PUBLISHED = ProfileChangePublished(draft_id="draft-1", member_id="k-1")
RETURNED = ProfileChangeReturned(draft_id="draft-1", member_id="k-1", reason=TextRef("t-1", "…"))


def test_two_stages_take_one_step_and_three_take_two() -> None:
    assert pass_on(Draft(suggested=SUGGESTED), "k-1", ("draft", "published")) == PUBLISHED
    assert pass_on(Draft(suggested=SUGGESTED), "k-1", STAGES) == PASSED
    assert pass_on(Draft(suggested=SUGGESTED, stage="checked"), "k-1", STAGES) == PUBLISHED


@pytest.mark.parametrize("wanted", ["published", "draft", "unheard-of"])
def test_no_stage_can_be_skipped(wanted: str) -> None:
    with pytest.raises(ReviewStateError) as raised:
        pass_on(Draft(suggested=SUGGESTED), "k-1", STAGES, to=wanted)
    assert raised.value.facts == {"id": "draft-1", "state": "draft", "wanted": wanted}


def test_a_stage_that_was_given_up_leads_to_the_first_that_is_left() -> None:
    assert next_stage("audited", STAGES) == "checked"
    assert next_stage("checked", ("draft", "published")) == "published"


def test_a_draft_is_what_its_events_leave() -> None:
    assert fold([]) is None
    assert fold([SUGGESTED]) == Draft(suggested=SUGGESTED)
    passed, returned = fold([SUGGESTED, PASSED]), fold([SUGGESTED, PASSED, RETURNED])
    assert passed == Draft(suggested=SUGGESTED, stage="checked")
    assert passed.is_open
    assert returned == Draft(suggested=SUGGESTED, stage="checked", reason=RETURNED.reason)
    assert not returned.is_open
    published = fold([SUGGESTED, PUBLISHED])
    assert published
    assert not published.is_open
